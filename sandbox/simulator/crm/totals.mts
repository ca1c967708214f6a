import { type Exact, exact, minus, percent, plus, rounded, sum, times, toNumber } from './exact.mts';
import type { LineTax, Row, Value } from './store.mts';

/**
 * Amounts of line items and of records that have them. Zoho's pages name the fields, not the rounding; assumed: every amount of a line is rounded
 * half up to the currency's decimals, each of its taxes by itself, and the record adds up what its lines show.
 */

type Values = Readonly<Record<string, Value>>;

const numberOf = (value: Value | undefined): Exact => exact(typeof value === 'number' ? value : 0);

/** `10%` of the line, or an amount. */
function discountOf(value: Value | undefined, total: Exact): Exact {
	return typeof value === 'string' ? percent(total, exact(value.replace('%', ''))) : numberOf(value);
}

/** A line with what CRM computes: quantity × list price, less the discount, plus its taxes. */
export function withAmounts(values: Values, places: number): Record<string, Value> {
	const quantity = values['Quantity'] ?? 1;
	const discount = values['Discount'] ?? 0;
	const total = rounded(times(numberOf(quantity), numberOf(values['List_Price'])), places);
	const net = minus(total, rounded(discountOf(discount, total), places));
	const taxes = ((values['Line_Tax'] ?? []) as LineTax[]).map((tax) => {
		const amount = rounded(percent(net, exact(tax.percentage)), places);
		return { amount, shown: { ...tax, value: toNumber(amount) } };
	});
	const tax = sum(taxes.map(({ amount }) => amount));
	return {
		...values,
		Quantity: quantity,
		Discount: discount,
		Line_Tax: taxes.map(({ shown }) => shown),
		Tax: toNumber(tax),
		Total: toNumber(total),
		Total_After_Discount: toNumber(net),
		Net_Total: toNumber(plus(net, tax)),
	};
}

/** `Sub_Total` and `Grand_Total` of a record from its lines, its discount and its adjustment. */
export function totalsOf(rows: readonly Row[], values: Values, places: number): Record<string, Value> {
	const sub = rounded(sum(rows.map((row) => numberOf(row.values['Net_Total']))), places);
	const grand = plus(minus(sub, numberOf(values['Discount'])), numberOf(values['Adjustment']));
	return { Sub_Total: toNumber(sub), Grand_Total: toNumber(rounded(grand, places)) };
}

/** What a Deal is worth by its probability. */
export function expectedRevenue({ Amount, Probability }: Values, places: number): number | null {
	if (typeof Amount !== 'number' || typeof Probability !== 'number') return null;
	return toNumber(rounded(percent(exact(Amount), exact(Probability)), places));
}
