import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { commentOperations } from '../comments';
import { applyOperation, unapplyOperation } from '../credits';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { field } from '../formFields';
import { vendorCredit as described } from '../generated/vendorCredit';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';
import { pdfOperation } from '../paper';
import { refundOperations } from '../refunds';

/** Source: Books v3 "Vendor Credits". */
const books: BooksResource = {
	...unwatched,
	name: 'vendorCredit',
	label: 'Vendor Credit',
	path: '/vendorcredits',
	listKey: 'vendorcredits',
	recordKey: 'vendor_credit',
	idField: 'vendor_credit_id',
	displayField: 'vendor_credit_number',
	searchFilter: 'search_text',
	numberField: 'vendor_credit_number',
	scope: 'debitnotes',
};

const kind = describedKind(books, described, {
	one: 'a vendor credit',
	many: 'vendor credits',
	main: ['vendor_id', 'vendor_credit_number', 'line_items', 'date'],
	example: '{ "vendor_id": "460000000020029", "vendor_credit_number": "DN-00002", "line_items": [{ "account_id": "460000000000388", "rate": 10, "quantity": 1 }] }',
});

const has = operationsOf(kind);

const applyToBills = applyOperation(kind, has, {
	name: 'Apply to Bills',
	value: 'applyToBills',
	description: 'Pay bills of the vendor with a vendor credit',
	action: 'Apply a vendor credit to bills',
	below: '/bills',
	lists: [{ key: 'bills', displayName: 'Bills', id: field('Bill ID', 'bill_id') }],
});

/** Source: Books v3 "Vendor Credits". */
export const vendorCredit = nodeResource(
	kind,
	[
		has.create(),
		has.remove(),
		has.get('with its lines, taxes and bills'),
		has.getAll('without lines'),
		applyToBills,
		has.listOfRecord(
			{ name: 'Get Bills', value: 'getBills', description: 'Get what a vendor credit was applied to', action: 'Get bills of a vendor credit' },
			{ label: 'Bill', listKey: 'bills_credited' },
			'/bills',
		),
		unapplyOperation(kind, has, { from: 'a bill', below: '/bills' }),
		has.mark('Open', 'Make a draft count as open'),
		has.mark('Void', 'Cancel a vendor credit without deleting it'),
		has.submit(),
		has.approve(),
		...refundOperations(kind, has, { listKey: 'vendor_credit_refunds', account: 'account_id' }),
		pdfOperation(kind, has),
		...commentOperations(kind, has),
		has.update('lines that are given replace all lines'),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
