import { type Exact, exact } from '../crm/exact.mts';
import { invalid } from './errors.mts';
import { type LineSurroundings, readAmount, readTaxId } from './journalLines.mts';
import type { TaxInfo } from './taxes.mts';
import { type DocumentTotals, totalsOf } from './totals.mts';
import { isObject, type Json, readText, readValue } from './values.mts';

export interface ExpenseLine {
	id: string;
	accountId: string;
	/** As it was entered: with its tax, where the expense says so. */
	amount: Exact;
	description: string;
	/** As it was when the line was written. */
	tax: TaxInfo | undefined;
}

/** What one line takes of the body, and what it does not name of the line before. */
function readLine(
	entry: Json,
	before: ExpenseLine | undefined,
	places: number,
	org: LineSurroundings,
): ExpenseLine {
	const has = (name: string) => name in entry || !before;
	return {
		id: before?.id ?? org.newId(),
		accountId: has('account_id')
			? org.account('account_id', entry['account_id'], before?.accountId).id
			: (before?.accountId ?? ''),
		amount: has('amount') ? readAmount('amount', entry['amount'], places) : (before?.amount ?? exact(0)),
		description: has('description')
			? readText('description', entry['description'])
			: (before?.description ?? ''),
		tax: has('tax_id') ? readTaxId(entry['tax_id'], org) : before?.tax,
	};
}

/**
 * The lines of an expense. One that is not itemized has a single line, which the fields of the expense itself tell; Zoho's file demands those of an itemized one, too, whose lines
 * count then.
 */
export function readExpenseLines(
	body: Json,
	before: readonly ExpenseLine[],
	places: number,
	org: LineSurroundings,
): ExpenseLine[] {
	if ('line_items' in body) {
		const list = readValue('line_items', { kind: 'list' }, body['line_items']) as unknown[];
		if (list.length === 0) invalid('line_items');
		return list.map((entry) => {
			if (!isObject(entry)) return invalid('line_items');
			const id = readText('line_item_id', entry['line_item_id']);
			const known = before.find((line) => line.id === id);
			return id === '' || known ? readLine(entry, known, places, org) : invalid('line_item_id');
		});
	}
	const [only, ...others] = before;
	if (others.length === 0) return [readLine(body, only, places, org)];
	// What one field says of several lines nobody tells.
	if (['account_id', 'amount', 'tax_id'].some((name) => name in body)) invalid('line_items');
	return [...before];
}

const zero = exact(0);

/** Sums and taxes, as of documents. */
export const expenseTotals = (
	lines: readonly ExpenseLine[],
	inclusive: boolean,
	taxRounding: 'item_level' | 'entity_level',
	places: number,
): DocumentTotals =>
	totalsOf({
		lines: lines.map(({ amount, tax }) => ({
			quantity: exact(1),
			rate: amount,
			discount: { amount: zero },
			tax,
		})),
		places,
		inclusive,
		discount: { amount: zero },
		beforeTax: true,
		discountWithTax: false,
		taxRounding,
		shipping: zero,
		shippingTax: undefined,
		adjustment: zero,
	});
