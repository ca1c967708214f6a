import { compare, notThere, type Comparison } from './compare.mts';
import type { Row, Snapshot } from './systems.mts';
import { amountAt, inWords, rowsAt, textAt } from './values.mts';

const refunded = (payment: Row): number =>
	rowsAt(payment, 'payment_refunds').reduce((sum, refund) => sum + amountAt(refund, 'amount'), 0);

const sorted = (ids: string[]) =>
	ids
		.filter((id) => id !== '')
		.sort()
		.join(', ');

/** Payments of customers against the records that the templates keep of them. */
export function comparePayments({ payments, crmPayments }: Snapshot): Comparison {
	const expected = payments.map((row) => ({
		id: textAt(row, 'payment_id'),
		name: textAt(row, 'payment_number'),
		row,
		within: [textAt(row, 'customer_id')],
	}));
	const [module, title] = ['Books_Payments', 'payments ↔ Books_Payments'];
	if (!crmPayments) return notThere(module, title, expected.length);
	return compare({
		module,
		title,
		noun: 'payment',
		expected,
		found: crmPayments,
		nameField: 'Name',
		bothWays: false,
		fields: [
			{
				label: 'amount',
				books: (row) => inWords(amountAt(row, 'amount')),
				crm: (row) => inWords(amountAt(row, 'Amount')),
			},
			{
				label: 'amount not used yet',
				books: (row) => inWords(amountAt(row, 'unused_amount')),
				crm: (row) => inWords(amountAt(row, 'Unused_Amount')),
			},
			{
				label: 'amount refunded',
				books: (row) => inWords(refunded(row)),
				crm: (row) => inWords(amountAt(row, 'Refunded_Amount')),
			},
			{ label: 'date', books: (row) => textAt(row, 'date'), crm: (row) => textAt(row, 'Payment_Date') },
			{
				label: 'reference',
				books: (row) => textAt(row, 'reference_number'),
				crm: (row) => textAt(row, 'Reference'),
			},
			{
				label: 'invoices',
				books: (row) => sorted(rowsAt(row, 'invoices').map((each) => textAt(each, 'invoice_id'))),
				crm: (row) =>
					sorted(
						textAt(row, 'Zoho_Books_Invoice_IDs')
							.split(',')
							.map((id) => id.trim()),
					),
			},
		],
	});
}
