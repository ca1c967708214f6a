/**
 * What Books and CRM calculate, by a second hand: fractions instead of scaled decimals, and nothing shared with `sync/money`. Books: net lines, discounts, taxes by line or by invoice, prices with
 * tax, shipping, adjustment, round-off. CRM: as docs/mappings.md says that it is assumed to.
 */

import type { Json, JsonObject } from '../../../sync/types';

/** n / d, d > 0. */
export interface Fraction {
	n: bigint;
	d: bigint;
}

export function fraction(value: Json): Fraction {
	const found = /^(-?)(\d+)(?:\.(\d+))?(?:e-(\d+))?$/.exec(String(value));
	if (!found) throw new Error(`${String(value)} is no number`);
	const [, sign = '', whole = '', digits = '', down = '0'] = found;
	return { n: BigInt(sign + whole + digits), d: 10n ** BigInt(digits.length + Number(down)) };
}

const add = (a: Fraction, b: Fraction): Fraction =>
	a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { n: -b.n, d: b.d });
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
const over = (a: Fraction, b: Fraction): Fraction =>
	b.n < 0n ? { n: -a.n * b.d, d: -a.d * b.n } : { n: a.n * b.d, d: a.d * b.n };
const zero: Fraction = { n: 0n, d: 1n };
const hundred: Fraction = { n: 100n, d: 1n };
const total = (all: Fraction[]) => all.reduce(add, zero);

/** Half away from zero. */
export function rounded(value: Fraction, places: number): Fraction {
	const d = 10n ** BigInt(places);
	const size = value.n < 0n ? -value.n : value.n;
	const units = (2n * size * d + value.d) / (2n * value.d);
	return { n: value.n < 0n ? -units : units, d };
}

export function numberOf(value: Fraction, places: number): number {
	const { n } = rounded(value, places);
	const digits = (n < 0n ? -n : n).toString().padStart(places + 1, '0');
	const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
	return Number(n < 0n ? `-${text}` : text);
}

export const isEqual = (a: Fraction, b: Fraction) => a.n * b.d === b.n * a.d;

export interface ModelTax {
	name: string;
	rate: number;
	parts: Array<{ name: string; rate: number }>;
}

export interface ModelLine {
	itemId: string;
	quantity: number;
	rate: number;
	/** `10%`, an amount, or 0. */
	discount: string;
	tax: ModelTax | undefined;
}

export interface ModelInvoice {
	lines: ModelLine[];
	places: number;
	inclusive: boolean;
	taxRounding: 'item_level' | 'entity_level';
	/** Of the whole; '0' where the lines have their own. */
	discount: string;
	beforeTax: boolean;
	/** Where prices include tax, the discount is shown with tax. */
	discountWithTax: boolean;
	/** How a discount is divided for the taxes: exactly, or rounded with the rest on the last line. */
	division: 'exact' | 'rounded';
	shipping: number;
	shippingTax: ModelTax | undefined;
	adjustment: number;
	roundOff: boolean;
}

const off = (amount: Fraction, discount: string, places: number) =>
	rounded(
		discount.endsWith('%')
			? over(times(amount, fraction(discount.slice(0, -1))), hundred)
			: fraction(discount),
		places,
	);

/** The invoice as `GET /invoices/{id}` shows it, as far as money goes. */
export function booksInvoice(invoice: ModelInvoice): JsonObject {
	const { places, inclusive } = invoice;
	const isOfAll = invoice.discount !== '0';
	const lines = invoice.lines.map((line) => {
		const gross = rounded(times(fraction(line.quantity), fraction(line.rate)), places);
		const discount = isOfAll ? zero : off(gross, line.discount, places);
		const asked = subtract(gross, discount);
		const factor = over(add(hundred, fraction(line.tax?.rate ?? 0)), hundred);
		const net = inclusive ? rounded(over(asked, factor), places) : asked;
		return { line, discount, asked, net, factor };
	});
	const subTotal = total(lines.map(({ net }) => net));
	const shown = isOfAll && !isEqual(subTotal, zero) ? off(subTotal, invoice.discount, places) : zero;
	const beforeTax = invoice.beforeTax;
	const weights = lines.map(({ net }) => net);
	const divide = (amount: Fraction) =>
		isEqual(subTotal, zero) ? lines.map(() => zero) : dividedBy(amount, weights, subTotal, invoice);
	const portions = divide(beforeTax ? shown : zero).map((portion, index) =>
		inclusive && invoice.discountWithTax
			? withoutTax(portion, lines[index]?.factor ?? { n: 1n, d: 1n }, invoice)
			: portion,
	);
	const isDivided = portions.some(({ n }) => n !== 0n);

	const sums = new Map<string, Fraction>();
	const collect = (name: string, amount: Fraction) =>
		sums.set(
			name,
			add(sums.get(name) ?? zero, invoice.taxRounding === 'item_level' ? rounded(amount, places) : amount),
		);
	const rows = lines.map(({ line, discount, asked, net }, index): JsonObject => {
		const taxable = subtract(net, portions[index] ?? zero);
		const parts = line.tax?.parts ?? [];
		const ofLine = parts.map((part) =>
			inclusive && !isDivided
				? over(times(subtract(asked, net), fraction(part.rate)), fraction(line.tax?.rate || 1))
				: over(times(taxable, fraction(part.rate)), hundred),
		);
		const settled = inclusive && !isDivided ? withRest(ofLine, subtract(asked, net), places) : ofLine;
		parts.forEach((part, at) => collect(part.name, settled[at] ?? zero));
		return {
			item_id: line.itemId,
			name: `Line ${index}`,
			description: '',
			quantity: line.quantity,
			rate: line.rate,
			discount_amount: numberOf(discount, places),
			tax_name: line.tax?.name ?? '',
			tax_type: parts.length > 1 ? 'tax_group' : 'tax',
			tax_percentage: line.tax?.rate ?? 0,
			item_total: numberOf(net, places),
			line_item_taxes: taxRows(parts, settled, places),
			line_item_category: 'line_item',
		};
	});
	const shippingParts = invoice.shipping === 0 ? [] : (invoice.shippingTax?.parts ?? []);
	const shippingTaxes = shippingParts.map(({ rate }) =>
		over(times(fraction(invoice.shipping), fraction(rate)), hundred),
	);
	shippingParts.forEach((part, at) => collect(part.name, shippingTaxes[at] ?? zero));

	const taxes = [...sums].map(([name, amount]) => ({ name, amount: rounded(amount, places) }));
	const taxTotal = total(taxes.map(({ amount }) => amount));
	const discount = beforeTax ? total(portions) : shown;
	const exact = [
		subtract(subTotal, discount),
		taxTotal,
		fraction(invoice.shipping),
		fraction(invoice.adjustment),
	];
	const sum = rounded(total(exact), places);
	const roundOff = invoice.roundOff ? subtract(rounded(sum, 0), sum) : zero;
	return {
		currency_code: 'EUR',
		price_precision: places,
		is_inclusive_tax: inclusive,
		tax_rounding: invoice.taxRounding,
		discount_type: isOfAll ? 'entity_level' : 'item_level',
		is_discount_before_tax: beforeTax,
		discount: isOfAll ? invoice.discount : 0,
		discount_total: numberOf(isOfAll ? shown : total(lines.map((one) => one.discount)), places),
		line_items: [{ line_item_category: 'header', name: 'Part one' }, ...rows],
		shipping_charge: invoice.shipping,
		shipping_charge_exclusive_of_tax: invoice.shipping,
		shipping_charge_tax_name: shippingParts.length > 0 ? (invoice.shippingTax?.name ?? '') : '',
		shipping_charge_tax_percentage: shippingParts.length > 0 ? (invoice.shippingTax?.rate ?? 0) : '',
		shipping_charge_taxes: taxRows(shippingParts, shippingTaxes, places),
		adjustment: invoice.adjustment,
		roundoff_value: numberOf(roundOff, places),
		sub_total: numberOf(subTotal, places),
		tax_total: numberOf(taxTotal, places),
		taxes: taxes.map(({ name, amount }) => ({ tax_name: name, tax_amount: numberOf(amount, places) })),
		total: numberOf(add(sum, roundOff), places),
	};
}

const withoutTax = (portion: Fraction, factor: Fraction, { division, places }: ModelInvoice) =>
	division === 'exact' ? over(portion, factor) : rounded(over(portion, factor), places);

const taxRows = (parts: Array<{ name: string; rate: number }>, amounts: Fraction[], places: number) =>
	parts.map(({ name, rate }, at) => ({
		tax_name: `${name} (${rate}%)`,
		tax_amount: numberOf(amounts[at] ?? zero, places),
	}));

function dividedBy(
	amount: Fraction,
	weights: Fraction[],
	sum: Fraction,
	{ division, places }: ModelInvoice,
): Fraction[] {
	const shares = weights.map((weight) => over(times(amount, weight), sum));
	return division === 'exact' ? shares : withRest(shares, amount, places);
}

/** Rounded, and the last one has what is left of the whole. */
function withRest(shares: Fraction[], whole: Fraction, places: number): Fraction[] {
	const own = shares.map((share) => rounded(share, places));
	return own.map((share, index) =>
		index === own.length - 1 ? subtract(whole, total(own.slice(0, -1))) : share,
	);
}

/** What CRM makes of the record. Throws where CRM would not take it as it is. */
export function crmGrandTotal(fields: JsonObject, places: number): Fraction {
	const exact = (value: Json, most: number, name: string) => {
		const amount = fraction(value);
		if (!isEqual(rounded(amount, most), amount))
			throw new Error(`${name} ${String(value)} has more than ${most} decimals`);
		return amount;
	};
	const rows = fields.Invoiced_Items as JsonObject[];
	const subTotal = total(
		rows.map((row) => {
			const gross = rounded(
				times(exact(row.Quantity, 4, 'Quantity'), exact(row.List_Price, places, 'List_Price')),
				places,
			);
			const discount = exact(row.Discount, places, 'Discount');
			if (discount.n < 0n) throw new Error('A discount below zero');
			const after = subtract(gross, discount);
			const taxes = (row.Line_Tax as JsonObject[]).map(({ percentage }) =>
				rounded(over(times(after, fraction(percentage)), hundred), places),
			);
			return add(after, total(taxes));
		}),
	);
	return add(
		subtract(subTotal, exact(fields.Discount, places, 'Discount')),
		exact(fields.Adjustment, places, 'Adjustment'),
	);
}
