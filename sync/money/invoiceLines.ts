/** The lines of a Books invoice in net amounts, whatever kind of prices and discounts it has. */

import type { JsonObject } from '../types';
import { amountOf, decimalOf, divided, fits, product, shares, type Amount, type Decimal } from './decimal';
import { listOf, shippingTaxOf, taxesOf, textOf } from './taxes';
import type { NamedTax } from './types';

/** Key of the shared Product for lines without an item. */
export const freeText = 'free-text';
/** Key of the shared Product for shipping. */
export const shipping = 'shipping';

/** A line before it is CRM's: amounts in minor units, without tax. */
export interface Line {
	/** item_id, `free-text` or `shipping`. */
	key: string;
	name: string;
	description: string;
	quantity: Decimal;
	/** As Books shows it; in an invoice whose prices include tax, with tax. */
	rate: Decimal;
	/** The rate is the price without tax. */
	isNetRate: boolean;
	/** After the line's own discount, before tax. */
	net: Amount;
	/** The line's own discount. */
	discount: Amount;
	/** Books shows the net amount itself, without having rounded or divided anything. */
	isExact: boolean;
	taxes: NamedTax[];
}

const hundred = 100n;

/** Headings and sums between lines have no amount of their own. */
export function amountLines(invoice: JsonObject): JsonObject[] {
	const silent = ['header', 'subtotal'];
	return listOf(invoice.line_items).filter((line) => !silent.includes(textOf(line.line_item_category)));
}

export function hasShipping(invoice: JsonObject): boolean {
	return (decimalOf(invoice.shipping_charge) ?? 0n) !== 0n;
}

/** Lines with an amount, then shipping. Adds to `problems` what cannot be told of their taxes. */
export function readLines(invoice: JsonObject, places: number, problems: string[]): Line[] {
	const lines = amountLines(invoice).map((line) => {
		const { taxes, problem } = taxesOf(line);
		if (problem) problems.push(problem);
		return readLine(line, invoice, taxes, places);
	});
	if (!hasShipping(invoice)) return lines;
	const { taxes, problem } = taxesOf(shippingTaxOf(invoice));
	if (problem) problems.push(problem);
	return [...lines, shippingLine(invoice, taxes, places)];
}

function readLine(line: JsonObject, invoice: JsonObject, taxes: NamedTax[], places: number): Line {
	const quantity = decimalOf(line.quantity) ?? 0n;
	const rate = decimalOf(line.rate) ?? 0n;
	const isOfLine = textOf(invoice.discount_type) !== 'entity_level';
	const given = isOfLine ? amountOf(line.discount_amount, places) : 0n;
	const isInclusive = invoice.is_inclusive_tax === true && taxes.length > 0;
	const total = decimalOf(line.item_total);
	const discount = isInclusive ? withoutTax(given, taxes) : given;
	const asked = product(quantity, rate, places) - given;
	return {
		key: textOf(line.item_id) || freeText,
		name: textOf(line.name),
		description: textOf(line.description),
		quantity,
		rate,
		isNetRate: !isInclusive,
		net:
			total === undefined
				? isInclusive
					? withoutTax(asked, taxes)
					: asked
				: amountOf(line.item_total, places),
		discount,
		isExact: !isInclusive && total !== undefined && fits(total, places),
		taxes,
	};
}

function shippingLine(invoice: JsonObject, taxes: NamedTax[], places: number): Line {
	const net = decimalOf(invoice.shipping_charge_exclusive_of_tax) || decimalOf(invoice.shipping_charge) || 0n;
	return {
		key: shipping,
		name: '',
		description: '',
		quantity: decimalOf(1) ?? 0n,
		rate: net,
		isNetRate: true,
		net: product(net, decimalOf(1) ?? 0n, places),
		discount: 0n,
		isExact: fits(net, places),
		taxes,
	};
}

/** What is left of an amount when the taxes in it are taken out. */
function withoutTax(amount: Amount, taxes: readonly NamedTax[]): Amount {
	const scale = decimalOf(1) ?? 1n;
	const rate = taxes.reduce<Decimal>((all, { percentage }) => all + (decimalOf(percentage) ?? 0n), 0n);
	return divided(amount * hundred * scale, hundred * scale + rate);
}

/** How the discount of the whole invoice may be meant. */
export interface DiscountOfAll {
	/** Share of each line, before tax. */
	portions: Amount[];
	/** Discount of the CRM record, after tax. */
	record: Amount;
}

/**
 * A discount before tax is divided among the lines in proportion to what they cost, to the last minor unit; one after tax stays with the record. No page tells whether Books shows a discount
 * before tax with tax where prices include tax, so both readings are given then: the invoice's total tells which is right.
 */
export function discountsOfAll(invoice: JsonObject, lines: readonly Line[], places: number): DiscountOfAll[] {
	const none = lines.map(() => 0n);
	const amount = amountOf(invoice.discount_total, places);
	if (textOf(invoice.discount_type) !== 'entity_level' || amount === 0n)
		return [{ portions: none, record: 0n }];
	if (invoice.is_discount_before_tax === false) return [{ portions: none, record: amount }];
	const weights = lines.map(({ net, key }) => (key === shipping ? 0n : net));
	const portions = shares(amount, weights);
	const asNet = { portions, record: 0n };
	if (invoice.is_inclusive_tax !== true) return [asNet];
	return [
		asNet,
		{
			portions: portions.map((portion, index) => withoutTax(portion, lines[index]?.taxes ?? [])),
			record: 0n,
		},
	];
}
