/** A Books invoice's lines, taxes, discounts, shipping and adjustments in CRM's terms, so that CRM arrives at the same total. */

import type { JsonObject } from '../types';
import { crmLine, type Converted, type KnownOfCrm } from './crmLine';
import { absolute, amountOf, decimalOf, fits, numberFrom, textFrom, type Amount } from './decimal';
import {
	amountLines,
	discountsOfAll,
	freeText,
	hasShipping,
	readLines,
	shipping,
	type DiscountOfAll,
	type Line,
} from './invoiceLines';
import { shippingTaxOf, taxesOf, taxKey, textOf } from './taxes';
import type { ConvertedInvoice, NamedTax } from './types';

/** CRM takes so many lines in a record. */
const mostLines = 200;

/** Keys of the CRM Products that the lines need. */
export function productKeys(invoice: JsonObject): string[] {
	const keys = amountLines(invoice).map((line) => textOf(line.item_id) || freeText);
	return [...new Set([...keys, ...(hasShipping(invoice) ? [shipping] : [])])];
}

/** Taxes that CRM must have, each once; groups are split into their taxes, and those of 0 % are not needed. */
export function neededTaxes(invoice: JsonObject): NamedTax[] {
	const lines = [...amountLines(invoice), ...(hasShipping(invoice) ? [shippingTaxOf(invoice)] : [])];
	const taxes = lines.flatMap((line) => taxesOf(line).taxes);
	return [...new Map(taxes.map((tax) => [`${taxKey(tax.name)} ${tax.percentage}`, tax])).values()];
}

/** A way to tell CRM of the invoice. */
interface Attempt {
	converted: Converted[];
	problems: string[];
	/** Discount of the record. */
	discount: Amount;
	/** What CRM adds up before the adjustment. */
	sum: Amount;
	/** Of all lines. */
	tax: Amount;
	adjustment: Amount;
	/** Part of the adjustment that Books does not have. */
	rounding: Amount;
	/** The most that rounding can explain. */
	allowed: Amount;
}

/**
 * Never throws for what the invoice holds: what cannot be told to CRM is in `problems`. The total is checked by the rules that CRM is assumed to calculate with (each amount and each tax of a
 * line rounded half up to the currency's decimals, see docs/mappings.md).
 */
export function convertInvoice(invoice: JsonObject, known: KnownOfCrm): ConvertedInvoice {
	const { currencyPlaces: places } = known;
	const problems = unreadable(invoice, places);
	const lines = readLines(invoice, places, problems);
	if (lines.length > mostLines)
		problems.push(`The invoice has ${lines.length} lines, CRM takes ${mostLines}.`);
	const total = amountOf(invoice.total, places);
	const own = amountOf(invoice.adjustment, places) + amountOf(invoice.roundoff_value, places);
	const ways = discountsOfAll(invoice, lines, places);
	const attempts = ways.map((way) => attempt(invoice, lines, way, known, total, own));
	// Of an invoice that cannot be read, the sum says nothing.
	const isReadable = problems.length === 0;
	const misfits = attempts.map((one) =>
		isReadable ? misfit(invoice, one, ways.length > 1, own, total, places) : [],
	);
	const place = Math.max(
		misfits.findIndex((sentences) => sentences.length === 0),
		0,
	);
	const best = attempts[place] as Attempt;
	problems.push(...best.problems, ...(misfits[place] ?? []));
	return {
		fields: {
			Invoiced_Items: best.converted.map(({ line }) => line),
			Discount: numberFrom(best.discount, places),
			Adjustment: numberFrom(best.adjustment, places),
		},
		grandTotal: numberFrom(total, places),
		rounding: numberFrom(best.rounding, places),
		problems: [...new Set(problems)],
	};
}

function unreadable(invoice: JsonObject, places: number): string[] {
	const total = decimalOf(invoice.total);
	if (total === undefined) return ['The invoice does not tell its total.'];
	if (fits(total, places)) return [];
	const code = textOf(invoice.currency_code) || 'this currency';
	return [
		`The total ${textOf(invoice.total)} has more decimals than CRM keeps for ${code} (${places}). Change the decimals of ${code} in CRM under Setup > General > Company Details > Currencies.`,
	];
}

function attempt(
	invoice: JsonObject,
	lines: Line[],
	{ portions, record }: DiscountOfAll,
	known: KnownOfCrm,
	total: Amount,
	own: Amount,
): Attempt {
	const problems: string[] = [];
	const converted = lines.map((line, index) => crmLine(line, portions[index] ?? 0n, known, problems));
	const sum = converted.reduce((all, { after, tax }) => all + after + tax, -record);
	const adjustment = total - sum;
	const allowed = allowedRounding(invoice, lines, portions, known.currencyPlaces);
	const tax = converted.reduce((all, one) => all + one.tax, 0n);
	return { converted, problems, discount: record, sum, tax, adjustment, rounding: adjustment - own, allowed };
}

/**
 * Half a minor unit for every amount that either system rounds: each tax of a line in CRM, each tax of a line or of the invoice in Books, each net amount that is not the one that Books shows,
 * and the adjustment where it has more decimals than CRM keeps.
 */
function allowedRounding(invoice: JsonObject, lines: Line[], portions: Amount[], places: number): Amount {
	const ofCrm = lines.reduce((all, { taxes }) => all + taxes.length, 0);
	const names = new Set(lines.flatMap(({ taxes }) => taxes.map(({ name }) => name)));
	const ofBooks = textOf(invoice.tax_rounding) === 'entity_level' ? names.size : ofCrm;
	const isShared = portions.some((portion) => portion !== 0n);
	const nets = lines.filter(({ isExact, taxes }) => !isExact || (isShared && taxes.length > 0)).length;
	const others = ['adjustment', 'roundoff_value', 'discount_total'].filter(
		(field) => !fits(decimalOf(invoice[field]) ?? 0n, places),
	).length;
	return BigInt(Math.floor((ofCrm + ofBooks + nets + others) / 2));
}

/** What the invoice itself says against it. Its sum of taxes is asked only where there is a choice. */
function misfit(
	invoice: JsonObject,
	{ sum, tax, rounding, allowed }: Attempt,
	isChoice: boolean,
	own: Amount,
	total: Amount,
	places: number,
): string[] {
	const code = textOf(invoice.currency_code);
	const words = (amount: Amount) => `${textFrom(amount, places)} ${code}`.trim();
	if (absolute(rounding) > allowed) {
		return [
			`The lines, taxes and charges of the invoice make ${words(sum + own)}, its total is ${words(total)}: the difference is more than the ${words(allowed)} that rounding explains. Look for what CRM has no place for, such as tax that is withheld or that the customer owes.`,
		];
	}
	const told = amountOf(invoice.tax_total, places);
	if (!isChoice || decimalOf(invoice.tax_total) === undefined || absolute(tax - told) <= allowed) return [];
	return [
		`The taxes of the lines make ${words(tax)}, the invoice says ${words(told)}: the difference is more than the ${words(allowed)} that rounding explains.`,
	];
}
