import { type Exact, exact, minus } from '../crm/exact.mts';
import { discountOf, type Document } from './documentBody.mts';
import { refuse } from './errors.mts';
import { type DocumentTotals, totalsOf } from './totals.mts';

const zero = exact(0);
const isNegative = ({ units }: Exact) => units < 0n;

/** What the organization has to say about sums. */
interface Preferences {
	readonly taxRounding: 'item_level' | 'entity_level';
	readonly discountWithTax: boolean;
}

/** @param places decimals of the document's currency */
export function totalsOfDocument(document: Document, org: Preferences, places: number): DocumentTotals {
	const isOnAll = document.discountType === 'entity_level';
	return totalsOf({
		lines: document.lines.map(({ quantity, rate, discount, tax }) => ({
			quantity: exact(quantity),
			rate: exact(rate),
			discount: isOnAll ? { amount: zero } : discountOf(discount),
			tax,
		})),
		places,
		inclusive: document.inclusive,
		discount: isOnAll ? discountOf(document.discount) : { amount: zero },
		beforeTax: document.beforeTax,
		discountWithTax: org.discountWithTax,
		taxRounding: org.taxRounding,
		shipping: exact(document.shipping),
		shippingTax: document.shippingTax,
		adjustment: exact(document.adjustment),
	});
}

/** Refuses a discount of more than the amount that it is given on, and a total below zero. */
export function refuseTooMuch(
	document: Document,
	{ lines, total, discountedOn, discountTotal }: DocumentTotals,
): void {
	const isTooMuch =
		lines.some(({ gross, discount }) => gross.units >= 0n && isNegative(minus(gross, discount))) ||
		(document.discountType === 'entity_level' && isNegative(minus(discountedOn, discountTotal)));
	if (isTooMuch) refuse(400, 4019, 'The discount cannot be more than the amount that it is given on.');
	if (isNegative(total)) refuse(400, 4018, 'The total cannot be less than zero.');
}
