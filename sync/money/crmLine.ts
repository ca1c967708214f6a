/** A line of an invoice as CRM takes it: quantity × list price, less the discount, is exactly its net amount. */

import {
	absolute,
	fits,
	fromAmount,
	numberFrom,
	percent,
	perUnit,
	product,
	toAmount,
	decimalOf,
	wordsOf,
	type Amount,
} from './decimal';
import { freeText, shipping, type Line } from './invoiceLines';
import { taxKey } from './taxes';
import type { CrmLine, NamedTax } from './types';

export interface KnownOfCrm {
	/** item_id, `free-text` or `shipping` → id of the CRM Product. */
	products: Map<string, string>;
	/** Taxes of the CRM organization. */
	taxes: NamedTax[];
	/** Decimals of the invoice's currency in CRM. */
	currencyPlaces: number;
}

export interface Converted {
	line: CrmLine;
	/** After all discounts, before tax. */
	after: Amount;
	tax: Amount;
}

/** CRM keeps four decimals of a quantity (assumed: no page tells). */
const quantityPlaces = 4;
/** A price that cannot be written exactly is rounded up, and this many minor units may come back as the line's discount. */
const priceTolerance = 5n;
/** Longest description of a line in CRM. */
const longestDescription = 2000;

/**
 * @param portion the line's share of the invoice's discount
 * @param problems gets what CRM lacks for the line
 */
export function crmLine(line: Line, portion: Amount, known: KnownOfCrm, problems: string[]): Converted {
	const { currencyPlaces: places } = known;
	const id = productOf(line, known.products, problems);
	const taxes = line.taxes.map((tax) => crmTax(tax, known.taxes, problems));
	const after = line.net - portion;
	// CRM takes no discount below zero: such a one is part of the price.
	const discount = line.discount + portion < 0n ? 0n : line.discount + portion;
	const { quantity, price, extra, note } = priceOf(line, after + discount, discount, places);
	return {
		line: {
			Product_Name: { id },
			Quantity: Number(quantity),
			List_Price: numberFrom(price, places),
			Discount: numberFrom(discount + extra, places),
			Description: describe([note, line.key === freeText ? line.name : '', line.description]),
			Line_Tax: taxes.map(({ name, percentage }) => ({ name, percentage })),
		},
		after,
		tax: taxes.reduce((all, { percentage }) => all + percent(after, decimalOf(percentage) ?? 0n), 0n),
	};
}

function productOf({ key, name }: Line, products: Map<string, string>, problems: string[]): string {
	const id = products.get(key);
	if (id !== undefined) return id;
	const shared = new Map([
		[freeText, 'lines without an item ("Other (Zoho Books)")'],
		[shipping, 'shipping ("Shipping (Zoho Books)")'],
	]);
	problems.push(
		`CRM has no Product for ${shared.get(key) ?? (name ? `"${name}" (item ${key})` : `item ${key}`)}.`,
	);
	return '';
}

/** The tax as CRM writes its name. */
function crmTax(wanted: NamedTax, taxes: readonly NamedTax[], problems: string[]): NamedTax {
	const same = taxes.filter(({ name }) => taxKey(name) === taxKey(wanted.name));
	const found = same.find(({ percentage }) => percentage === wanted.percentage);
	if (found) return { name: found.name, percentage: found.percentage };
	const [other] = same;
	const but = other ? ` (its "${other.name}" is ${other.percentage} %)` : '';
	const way = 'under Setup > Customization > Modules and Fields > Products > Tax Rates';
	problems.push(
		`CRM has no tax "${wanted.name}" of ${wanted.percentage} %${but}. ${other ? 'Give the two taxes different names in Books, or change the rate' : 'Add it'} ${way}.`,
	);
	return wanted;
}

interface Price {
	quantity: string;
	price: Amount;
	/** What the product is above the gross amount. */
	extra: Amount;
	note: string;
}

/**
 * As Books shows them where CRM can hold that. Else the price is what one piece costs, rounded up where need be, with the few minor units more in the discount; where that would be a real
 * discount, the line becomes one piece, and `note` tells the quantity and price.
 */
function priceOf(
	{ quantity, rate, isNetRate }: Line,
	gross: Amount,
	discount: Amount,
	places: number,
): Price {
	const written = wordsOf(quantity);
	const extraOf = (price: Amount) => product(quantity, fromAmount(price, places), places) - gross;
	if (fits(quantity, quantityPlaces)) {
		const shown = toAmount(rate, places);
		const off = extraOf(shown);
		const hidden = absolute(off) <= 1n && discount > 0n && discount + off >= 0n;
		if (isNetRate && fits(rate, places) && (off === 0n || hidden))
			return { quantity: written, price: shown, extra: off, note: '' };
		const one = perUnit(gross, quantity);
		for (const price of quantity === 0n ? [] : [one, one + 1n]) {
			const extra = extraOf(price);
			if (extra === 0n || (extra > 0n && extra <= priceTolerance && gross > 0n))
				return { quantity: written, price, extra, note: '' };
		}
	}
	if (quantity === 0n && gross === 0n) return { quantity: '0', price: 0n, extra: 0n, note: '' };
	return { quantity: '1', price: gross, extra: 0n, note: `${written} × ${wordsOf(rate)}` };
}

function describe(parts: string[]): string {
	const text = parts.filter(Boolean).join('\n');
	return text.length > longestDescription ? `${text.slice(0, longestDescription - 1)}…` : text;
}
