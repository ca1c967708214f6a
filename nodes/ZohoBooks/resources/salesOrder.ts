import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { attachmentOperations } from '../attachments';
import { commentOperations } from '../comments';
import { toInvoice } from '../conversions';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { salesOrder as described } from '../generated/salesOrder';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';
import { addressOperation, pdfOperation, templateOperations } from '../paper';

/** Source: Books v3 "Sales Orders". */
const books: BooksResource = {
	...unwatched,
	name: 'salesOrder',
	label: 'Sales Order',
	path: '/salesorders',
	listKey: 'salesorders',
	recordKey: 'salesorder',
	idField: 'salesorder_id',
	displayField: 'salesorder_number',
	searchFilter: 'search_text',
	numberField: 'salesorder_number',
	customFieldsPath: '/salesorder',
	scope: 'salesorders',
};

const kind = describedKind(books, described, {
	one: 'a sales order',
	many: 'sales orders',
	main: ['customer_id', 'line_items', 'date'],
	example: '{ "customer_id": "460000000017138", "line_items": [{ "item_id": "460000000017088", "quantity": 2 }] }',
});

const has = operationsOf(kind);

/** Source: Books v3 "Sales Orders". */
export const salesOrder = nodeResource(
	kind,
	[
		has.create(),
		has.upsert(),
		has.remove(),
		has.email(['subject', 'body']),
		has.get('with its lines and taxes'),
		has.getAll('without lines'),
		has.mark('Open', 'Make a void sales order or a draft count as open'),
		has.mark('Void', 'Cancel a sales order without deleting it'),
		has.submit(),
		has.approve(),
		toInvoice(kind, has),
		...attachmentOperations(kind, has, { can: ['add', 'delete', 'get', 'update'] }),
		pdfOperation(kind, has),
		...templateOperations(kind, has),
		addressOperation(kind, has, 'Billing', ['attention', 'phone']),
		addressOperation(kind, has, 'Shipping', ['attention']),
		...commentOperations(kind, has, { canUpdate: true }),
		has.update('lines that are given replace all lines'),
		has.updateCustomFields(),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
