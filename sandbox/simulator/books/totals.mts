import { type Exact, exact, minus, percent, plus, rounded, sum, times } from '../crm/exact.mts';
import type { TaxInfo, TaxPart } from './taxes.mts';

/** An amount, or so many per cent. */
export type Discount = { amount: Exact } | { percent: Exact };

export interface LineInput {
	quantity: Exact;
	rate: Exact;
	discount: Discount;
	tax: TaxInfo | undefined;
}

export interface DocumentInput {
	lines: readonly LineInput[];
	/** Decimals of the currency. */
	places: number;
	/** Rates, line discounts and shipping include tax. */
	inclusive: boolean;
	/** On the whole document; none where the lines have their own. */
	discount: Discount;
	/** Else it is taken off what is asked for with taxes, and changes none of them. */
	beforeTax: boolean;
	/** Where rates include tax, the discount on the whole does so, too. */
	discountWithTax: boolean;
	taxRounding: 'item_level' | 'entity_level';
	shipping: Exact;
	shippingTax: TaxInfo | undefined;
	adjustment: Exact;
}

export interface TaxAmount {
	tax: TaxPart;
	amount: Exact;
}

export interface LineTotals {
	/** Quantity times rate. */
	gross: Exact;
	discount: Exact;
	/** Less the line's own discount, without tax. */
	net: Exact;
	/** Rounded, as the line shows them. */
	taxes: TaxAmount[];
}

export interface DocumentTotals {
	lines: LineTotals[];
	/** Of the lines without tax, less their own discounts. */
	subTotal: Exact;
	/** The same with the tax in it; of use where rates include tax. */
	subTotalWithTax: Exact;
	/** Of the lines before any discount. */
	gross: Exact;
	discountTotal: Exact;
	/** What a discount on the whole was taken off. */
	discountedOn: Exact;
	/** By tax, that on shipping among them. */
	taxes: TaxAmount[];
	taxTotal: Exact;
	shipping: { net: Exact; withTax: Exact; tax: Exact; taxes: TaxAmount[] };
	total: Exact;
}

const zero = exact(0);
const hundred = exact(100);

/** a / b to so many decimals, a half away from zero. */
export function quotient(a: Exact, b: Exact, places: number): Exact {
	const scale = Math.max(a.scale, b.scale);
	const top = a.units * 10n ** BigInt(scale - a.scale + places);
	const bottom = b.units * 10n ** BigInt(scale - b.scale);
	const negative = top < 0n !== bottom < 0n;
	const [size, by] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
	const units = (size * 2n + by) / (by * 2n);
	return { units: negative ? -units : units, scale: places };
}

const isNothing = ({ units }: Exact) => units === 0n;
const off = (amount: Exact, discount: Discount, places: number) =>
	rounded('percent' in discount ? percent(amount, discount.percent) : discount.amount, places);
/** What is left of a price when the tax in it is taken out. */
const withoutTax = (price: Exact, tax: TaxInfo | undefined, places: number) =>
	tax ? quotient(times(price, hundred), plus(hundred, exact(tax.percentage)), places) : price;
const ofTax = (tax: TaxInfo | undefined, amount: Exact): TaxAmount[] =>
	(tax?.parts ?? []).map((part) => ({ tax: part, amount: percent(amount, exact(part.percentage)) }));
const shown = (taxes: readonly TaxAmount[], places: number): TaxAmount[] =>
	taxes.map(({ tax, amount }) => ({ tax, amount: rounded(amount, places) }));

/**
 * What Books calculates of a document. Zoho publishes no formula. Known from documents of live organizations: `item_total` is net of the line's discount and of the tax in its
 * price, rounded to the currency's decimals; `sub_total` is the sum of those; with tax_rounding entity_level each tax is calculated on the whole and rounded once. The rest is
 * assumed: a discount on the whole before tax is without tax, divided among the lines in proportion and to the last minor unit; one after tax, in per cent, is of the lines with
 * their taxes; rounding is half up everywhere.
 */
export function totalsOf(input: DocumentInput): DocumentTotals {
	const { places, inclusive } = input;
	const priced = input.lines.map((line) => {
		const gross = rounded(times(line.quantity, line.rate), places);
		const discount = off(gross, line.discount, places);
		const asked = minus(gross, discount);
		return { line, gross, discount, asked, net: inclusive ? withoutTax(asked, line.tax, places) : asked };
	});
	const nets = priced.map(({ net }) => net);
	const subTotal = sum(nets);
	const early = input.beforeTax ? off(subTotal, input.discount, places) : zero;
	const portions = portionsOf(early, nets, places).map((portion, index) =>
		inclusive && input.discountWithTax ? withoutTax(portion, priced[index]?.line.tax, places) : portion,
	);

	/** Without a discount on the whole, the tax in a price is what the net amount leaves of it. */
	const isInPrice = inclusive && isNothing(early);
	const ofLines = priced.map(({ line, asked, net }, index) =>
		isInPrice
			? divided(minus(asked, net), line.tax?.parts ?? [], places)
			: ofTax(line.tax, minus(net, portions[index] ?? zero)),
	);
	const shipping = shippingOf(input);
	const lineTaxes = byTax(ofLines.flat(), input);
	const taxes = byTax([...ofLines.flat(), ...shipping.taxes], input);

	const withTaxes = plus(subTotal, sum(lineTaxes.map(({ amount }) => amount)));
	const late = input.beforeTax ? zero : off(withTaxes, input.discount, places);
	const taxTotal = sum(taxes.map(({ amount }) => amount));
	const isOnAll = !isNothing(early) || !isNothing(late);
	return {
		lines: priced.map(({ gross, discount, net }, index) => ({
			gross,
			discount,
			net,
			taxes: shown(ofLines[index] ?? [], places),
		})),
		subTotal,
		subTotalWithTax: sum(priced.map(({ asked }) => asked)),
		gross: sum(priced.map(({ gross }) => gross)),
		discountTotal: isOnAll ? plus(early, late) : sum(priced.map(({ discount }) => discount)),
		discountedOn: isOnAll ? (input.beforeTax ? subTotal : withTaxes) : zero,
		taxes,
		taxTotal,
		shipping: { ...shipping, taxes: shown(shipping.taxes, places) },
		total: sum([minus(minus(subTotal, sum(portions)), late), taxTotal, shipping.net, input.adjustment]),
	};
}

function shippingOf({ shipping, shippingTax, inclusive, places }: DocumentInput): DocumentTotals['shipping'] {
	const asked = rounded(shipping, places);
	const net = inclusive ? withoutTax(asked, shippingTax, places) : asked;
	const taxes = inclusive
		? divided(minus(asked, net), shippingTax?.parts ?? [], places)
		: ofTax(shippingTax, net);
	const tax = sum(shown(taxes, places).map(({ amount }) => amount));
	return { net, withTax: plus(net, tax), tax, taxes };
}

/** Sums by tax: of rounded amounts, or rounded once. */
function byTax(all: readonly TaxAmount[], { taxRounding, places }: DocumentInput): TaxAmount[] {
	const sums = new Map<string, TaxAmount>();
	for (const { tax, amount } of taxRounding === 'item_level' ? shown(all, places) : all)
		sums.set(tax.id, { tax, amount: plus(sums.get(tax.id)?.amount ?? zero, amount) });
	return shown([...sums.values()], places);
}

/** A discount on the whole, on each line: in proportion, rounded; the last line with an amount takes what is left over. */
function portionsOf(all: Exact, nets: readonly Exact[], places: number): Exact[] {
	const whole = sum(nets);
	if (isNothing(all) || isNothing(whole)) return nets.map(() => zero);
	const last = nets.findLastIndex((net) => !isNothing(net));
	const portions = nets.map((net) => quotient(times(all, net), whole, places));
	const others = sum(portions.filter((_, index) => index !== last));
	return portions.map((portion, index) => (index === last ? minus(all, others) : portion));
}

/** A tax that is in the price, on the parts of its group; the last one takes what rounding leaves over. */
function divided(all: Exact, parts: readonly TaxPart[], places: number): TaxAmount[] {
	if (isNothing(all)) return parts.map((tax) => ({ tax, amount: zero }));
	const whole = sum(parts.map(({ percentage }) => exact(percentage)));
	let left = all;
	return parts.map((tax, index) => {
		const isLast = index === parts.length - 1;
		const amount = isLast ? left : quotient(times(all, exact(tax.percentage)), whole, places);
		left = minus(left, amount);
		return { tax, amount };
	});
}
