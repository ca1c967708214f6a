/** A won Deal of CRM as the body of a Books invoice or estimate. */

import { getPath } from '../fields';
import type { Json, JsonObject } from '../types';
import {
	amountOf,
	decimalOf,
	numberFrom,
	percent,
	product,
	usualPlaces,
	wordsOf,
	type Decimal,
} from './decimal';
import { listOf, taxKey, textOf } from './taxes';
import type { NamedTax } from './types';

/** A line of what the Deal sells, whatever it was read from. */
export interface QuoteLine {
	/** CRM Product; '' for none. */
	productId: string;
	name: string;
	description: string;
	quantity: number;
	rate: number;
	/** Amount off the line, before tax. */
	discount: number;
	taxes: NamedTax[];
}

/** A tax or tax group of the Books organization. */
export interface BooksTax extends NamedTax {
	id: string;
	/** It consists of several taxes. */
	isGroup?: boolean;
}

export interface KnownOfBooks {
	/** contact_id of the customer. */
	customerId: string;
	/** CRM Product id → item_id. */
	items: Map<string, string>;
	taxes: BooksTax[];
	/** The Quote that the lines are of, for what it says of the whole. */
	quote?: JsonObject;
}

/** Longest name of a line in Books. */
const longestName = 100;
/** Decimals of discounts in percent, where nobody tells the currency. */
const amountPlaces = (record: JsonObject) =>
	textOf(record.Currency) === '' ? 2 : usualPlaces(textOf(record.Currency));

/** Lines of a Quote's `Quoted_Items`, those of quantity 0 left out. Books takes no quantity below zero: such a line gets a negative price. */
export function quoteLines(quote: JsonObject): QuoteLine[] {
	return listOf(quote.Quoted_Items).flatMap((row) => {
		const quantity = decimalOf(row.Quantity) ?? decimalOf(1) ?? 0n;
		const rate = decimalOf(row.List_Price) ?? 0n;
		if (quantity === 0n) return [];
		const gross = product(quantity, rate, amountPlaces(quote));
		return {
			productId: textOf(getPath(row, 'Product_Name')),
			name: nameAt(row.Product_Name),
			description: textOf(row.Description),
			quantity: numberOf(quantity < 0n ? -quantity : quantity),
			rate: numberOf(quantity < 0n ? -rate : rate),
			discount: discountOf(row.Discount, gross, amountPlaces(quote)),
			taxes: listOf(row.Line_Tax).map((tax) => ({
				name: textOf(tax.name),
				percentage: numberOf(decimalOf(tax.percentage) ?? 0n),
			})),
		};
	});
}

/** One piece of each Product of the Deal, at its own price. */
export function productLines(products: readonly JsonObject[]): QuoteLine[] {
	return products.map((row) => ({
		productId: textOf(row.id),
		name: textOf(row.Product_Name),
		description: textOf(row.Description),
		quantity: 1,
		rate: numberOf(decimalOf(row.Unit_Price) ?? 0n),
		discount: 0,
		taxes: [],
	}));
}

function numberOf(value: Decimal): number {
	return Number(wordsOf(value));
}

/** CRM takes an amount or a percentage (`5%`), and rounds only the latter. */
function discountOf(value: Json, gross: bigint, places: number): number {
	const text = textOf(value);
	if (text.endsWith('%')) return numberFrom(percent(gross, decimalOf(text.slice(0, -1)) ?? 0n), places);
	return numberOf(decimalOf(value) ?? 0n);
}

function nameAt(lookup: Json): string {
	return typeof lookup === 'object' && lookup !== null && 'name' in lookup ? textOf(lookup.name) : '';
}

/**
 * The Deal's id becomes the reference number, by which the document is found again: Books documents no field of an invoice or estimate that takes a CRM id (`zcrm_potential_id` is one of sales
 * orders only). Without lines, one line with the Deal's name and amount. Prices of CRM are without tax, and its discount of a record comes after tax. `currency_code` tells the Deal's currency;
 * Books wants its `currency_id` instead.
 * `problems`: what a person must put right first; the body is not to be sent then.
 */
export function convertQuote(
	deal: JsonObject,
	lines: readonly QuoteLine[],
	known: KnownOfBooks,
): { body: JsonObject; problems: string[] } {
	const problems: string[] = [];
	const name = textOf(deal.Deal_Name);
	const amount = decimalOf(deal.Amount);
	if (known.customerId === '') problems.push(`The Deal "${name}" has no customer in Books.`);
	if (lines.length === 0 && (amount === undefined || amount === 0n)) {
		problems.push(
			`The Deal "${name}" has neither a Quote nor Products nor an amount. Give it one of them in CRM.`,
		);
	}
	const sold = lines.length > 0 ? lines : [amountLine(deal)];
	const { quote = {} } = known;
	const currency = textOf(deal.Currency) || textOf(quote.Currency);
	const body: JsonObject = {
		customer_id: known.customerId,
		reference_number: textOf(deal.id),
		...(currency && { currency_code: currency }),
		is_inclusive_tax: false,
		line_items: sold.map((line) => bookLine(line, known, problems)),
		...ofWhole(quote, sold),
		...(textOf(quote.Terms_and_Conditions) && { terms: textOf(quote.Terms_and_Conditions) }),
	};
	return { body, problems: [...new Set(problems)] };
}

/** Books takes discounts either on lines or on the whole; where CRM has both, that on the whole goes into the adjustment, which comes after tax as well. */
function ofWhole(quote: JsonObject, sold: readonly QuoteLine[]): JsonObject {
	const places = amountPlaces(quote);
	const discount = decimalOf(discountOf(quote.Discount, amountOf(quote.Sub_Total, places), places)) ?? 0n;
	const adjustment = decimalOf(quote.Adjustment) ?? 0n;
	const isOnLines = sold.some((line) => line.discount !== 0);
	const moved = isOnLines ? discount : 0n;
	const description =
		moved === 0n
			? 'Adjustment'
			: `Discount of ${wordsOf(moved)}${adjustment === 0n ? '' : ' and adjustment'}`;
	return {
		...(isOnLines && { discount_type: 'item_level', is_discount_before_tax: true }),
		...(discount !== moved && {
			discount: numberOf(discount),
			discount_type: 'entity_level',
			is_discount_before_tax: false,
		}),
		...(adjustment !== moved && {
			adjustment: numberOf(adjustment - moved),
			adjustment_description: description,
		}),
	};
}

function amountLine(deal: JsonObject): QuoteLine {
	const rate = numberOf(decimalOf(deal.Amount) ?? 0n);
	return {
		productId: '',
		name: textOf(deal.Deal_Name),
		description: '',
		quantity: 1,
		rate,
		discount: 0,
		taxes: [],
	};
}

function bookLine(line: QuoteLine, { items, taxes }: KnownOfBooks, problems: string[]): JsonObject {
	const itemId = items.get(line.productId);
	const taxId = taxOf(line, taxes, problems);
	const isCut = itemId === undefined && line.name.length > longestName;
	const description = isCut ? [line.name, line.description].filter(Boolean).join('\n') : line.description;
	return {
		...(itemId === undefined ? { name: line.name.slice(0, longestName) || 'Item' } : { item_id: itemId }),
		...(description && { description }),
		quantity: line.quantity,
		rate: line.rate,
		...(line.discount !== 0 && { discount: line.discount }),
		...(taxId && { tax_id: taxId }),
	};
}

/** Books takes one tax per line, which may be a group: several are looked for as a group of their sum, by their names or as the only one. */
function taxOf(
	{ name, taxes: wanted }: QuoteLine,
	taxes: readonly BooksTax[],
	problems: string[],
): string | undefined {
	if (wanted.length === 0) return undefined;
	const sum = wanted.reduce<Decimal>((all, tax) => all + (decimalOf(tax.percentage) ?? 0n), 0n);
	const names = wanted.map((tax) => taxKey(tax.name));
	const same = taxes.filter(({ percentage }) => decimalOf(percentage) === sum);
	const groups = same.filter(({ isGroup }) => isGroup);
	const found =
		wanted.length === 1
			? same.find((tax) => taxKey(tax.name) === names[0])
			: (same.find((tax) => names.every((one) => taxKey(tax.name).includes(one))) ??
				(groups.length === 1 ? groups[0] : undefined));
	if (!found) {
		const told = wanted.map((tax) => `"${tax.name}" of ${tax.percentage} %`).join(' and ');
		problems.push(
			`Books has no tax ${told} for ${name ? `"${name}"` : 'a line'}. Make ${wanted.length === 1 ? 'one of that name and rate' : 'a tax group of them'} in Books under Settings > Taxes.`,
		);
	}
	return found?.id;
}
