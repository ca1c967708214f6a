import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { attachmentOperations } from '../attachments';
import { commentOperations } from '../comments';
import { applyOperation } from '../credits';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { field } from '../formFields';
import { bill as described } from '../generated/bill';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';
import { addressOperation } from '../paper';
import { callTo, says } from '../resource';

/** Source: Books v3 "Bills". */
const books: BooksResource = {
	...unwatched,
	name: 'bill',
	label: 'Bill',
	path: '/bills',
	listKey: 'bills',
	recordKey: 'bill',
	idField: 'bill_id',
	displayField: 'bill_number',
	searchFilter: 'search_text',
	customFieldsPath: '/bill',
	scope: 'bills',
};

const kind = describedKind(books, described, {
	one: 'a bill',
	many: 'bills',
	main: ['bill_number', 'vendor_id', 'date', 'line_items'],
	example: '{ "vendor_id": "460000000038029", "bill_number": "00002", "line_items": [{ "account_id": "460000000000388", "rate": 10, "quantity": 2 }] }',
});

const has = operationsOf(kind);

const applyCredits = applyOperation(kind, has, {
	name: 'Apply Credits',
	value: 'applyCredits',
	description: 'Pay a bill from vendor credits and from payments that are not used up',
	action: 'Apply credits to a bill',
	below: '/credits',
	lists: [
		{ key: 'apply_vendor_credits', displayName: 'Vendor Credits', id: field('Vendor Credit ID', 'vendor_credit_id') },
		{ key: 'bill_payments', displayName: 'Payments', id: field('Payment ID', 'payment_id') },
	],
});

/** Source: Books v3 "Bills". */
export const bill = nodeResource(
	kind,
	[
		has.create(),
		has.upsert(),
		has.remove(),
		has.get('with its lines, taxes and payments'),
		has.getAll('without lines'),
		applyCredits,
		has.called(
			{ name: 'Delete Payment', value: 'deletePayment', description: 'Delete what was paid on a bill', action: 'Delete a payment of a bill' },
			callTo(books, 'DELETE', '/bills/{billId}/payments/{billPaymentId}', { answer: says({ deleted: true }) }),
			['id'],
			[field('Bill Payment ID', 'billPaymentId', { required: true, description: 'As Get Payments tells it' })],
		),
		has.listOfRecord(
			{ name: 'Get Payments', value: 'getPayments', description: 'Get what was paid on a bill', action: 'Get payments of a bill' },
			{ label: 'Payment', listKey: 'payments' },
			'/payments',
		),
		has.mark('Open', 'Make a void bill or a draft count as owed'),
		has.mark('Void', 'Cancel a bill without deleting it'),
		has.submit(),
		has.approve(),
		...attachmentOperations(kind, has),
		addressOperation(kind, has, 'Billing', ['attention']),
		...commentOperations(kind, has),
		has.update('lines that are given replace all lines'),
		has.updateCustomFields(),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
