import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { attachmentOperations, documentOperations } from '../attachments';
import { commentOperations } from '../comments';
import { applyOperation, unapplyOperation } from '../credits';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { creditNote as described } from '../generated/creditNote';
import { nodeResource } from '../kind';
import { invoiceLocator } from '../locators';
import { operationsOf, rejectReason } from '../operations';
import { addressOperation, pdfOperation, templateOperations } from '../paper';
import { refundOperations } from '../refunds';

/** Source: Books v3 "Credit Notes". */
const books: BooksResource = {
	...unwatched,
	name: 'creditNote',
	label: 'Credit Note',
	path: '/creditnotes',
	listKey: 'creditnotes',
	recordKey: 'creditnote',
	idField: 'creditnote_id',
	displayField: 'creditnote_number',
	searchFilter: 'search_text',
	numberField: 'creditnote_number',
	scope: 'creditnotes',
	otherScopes: { 'GET /documents/{}': 'ZohoBooks.invoices.READ' },
};

const kind = describedKind(books, described, {
	one: 'a credit note',
	many: 'credit notes',
	main: ['customer_id', 'line_items', 'date'],
	example: '{ "customer_id": "460000000017138", "date": "2026-01-31", "line_items": [{ "item_id": "460000000017088", "quantity": 2 }] }',
});

const has = operationsOf(kind);

const applyToInvoices = applyOperation(kind, has, {
	name: 'Apply to Invoices',
	value: 'applyToInvoices',
	description: 'Pay invoices of the customer with a credit note',
	action: 'Apply a credit note to invoices',
	below: '/invoices',
	lists: [{ key: 'invoices', displayName: 'Invoices', id: invoiceLocator('invoice_id') }],
});

/** Source: Books v3 "Credit Notes". */
export const creditNote = nodeResource(
	kind,
	[
		has.create(),
		has.upsert(),
		has.remove(),
		has.email(['subject', 'body']),
		has.get('with its lines, taxes and invoices'),
		has.getAll('without lines'),
		applyToInvoices,
		has.listOfRecord(
			{ name: 'Get Invoices', value: 'getInvoices', description: 'Get what a credit note was applied to', action: 'Get invoices of a credit note' },
			{ label: 'Invoice', listKey: 'invoices_credited' },
			'/invoices',
		),
		unapplyOperation(kind, has, { from: 'an invoice', below: '/invoices' }),
		has.mark('Draft', 'Make a void credit note a draft again'),
		has.mark('Open', 'Make a draft count as open'),
		has.mark('Void', 'Cancel a credit note without deleting it'),
		has.submit(),
		has.approve(),
		has.approveFinally(),
		has.reject([rejectReason]),
		...attachmentOperations(kind, has, { can: ['add'], canSend: true }),
		...documentOperations(kind, has),
		pdfOperation(kind, has),
		...templateOperations(kind, has),
		addressOperation(kind, has, 'Billing'),
		addressOperation(kind, has, 'Shipping'),
		...refundOperations(kind, has, { listKey: 'creditnote_refunds', account: 'from_account_id' }),
		...commentOperations(kind, has),
		has.update('lines that are given replace all lines'),
		has.updateCustomFields('POST'),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
