import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { vendorPayment as described } from '../generated/vendorPayment';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';
import { refundOperations } from '../refunds';

/** Source: Books v3 "Vendor Payments". */
const books: BooksResource = {
	...unwatched,
	name: 'vendorPayment',
	label: 'Vendor Payment',
	path: '/vendorpayments',
	listKey: 'vendorpayments',
	recordKey: 'vendorpayment',
	idField: 'payment_id',
	displayField: 'payment_number',
	searchFilter: 'search_text',
	scope: 'vendorpayments',
};

const kind = describedKind(books, described, {
	one: 'a vendor payment',
	many: 'vendor payments',
	main: ['vendor_id', 'amount', 'date', 'paid_through_account_id', 'bills'],
	example: '{ "vendor_id": "460000000020029", "amount": 150, "bills": [{ "bill_id": "460000000053199", "amount_applied": 150 }] }',
});

const has = operationsOf(kind);

/** Source: Books v3 "Vendor Payments". */
export const vendorPayment = nodeResource(
	kind,
	[
		has.create(),
		has.upsert(),
		has.remove(),
		has.email(['subject', 'body']),
		has.get('with its bills and refunds'),
		has.getAll('without the amounts for each bill'),
		...refundOperations(kind, has, { listKey: 'vendorpayment_refunds', account: 'to_account_id' }),
		has.update('bills that are given replace all of them'),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
