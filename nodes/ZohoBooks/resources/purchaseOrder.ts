import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { attachmentOperations } from '../attachments';
import { commentOperations } from '../comments';
import { toBill } from '../conversions';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { dayField } from '../formFields';
import { purchaseOrder as described } from '../generated/purchaseOrder';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';
import { addressOperation, pdfOperation, templateOperations } from '../paper';

/** Source: Books v3 "Purchase Orders". */
const books: BooksResource = {
	...unwatched,
	name: 'purchaseOrder',
	label: 'Purchase Order',
	path: '/purchaseorders',
	listKey: 'purchaseorders',
	recordKey: 'purchaseorder',
	idField: 'purchaseorder_id',
	displayField: 'purchaseorder_number',
	searchFilter: 'search_text',
	numberField: 'purchaseorder_number',
	customFieldsPath: '/purchaseorder',
	scope: 'purchaseorders',
	otherScopes: { 'POST /reject': 'ZohoBooks.purchaseorders.UPDATE' },
};

const kind = describedKind(books, described, {
	one: 'a purchase order',
	many: 'purchase orders',
	main: ['vendor_id', 'line_items', 'date'],
	example: '{ "vendor_id": "460000000026049", "line_items": [{ "item_id": "460000000027009", "quantity": 5 }] }',
});

const has = operationsOf(kind);

/** Source: Books v3 "Purchase Orders". */
export const purchaseOrder = nodeResource(
	kind,
	[
		has.create(),
		has.upsert(),
		has.remove(),
		has.email(['body']),
		has.get('with its lines and taxes'),
		has.getAll('without lines'),
		has.mark('Billed', 'Make a purchase order count as billed'),
		has.mark('Cancelled', 'Cancel a purchase order'),
		has.mark('Open', 'Make a purchase order count as issued'),
		has.submit(),
		has.approve(),
		has.reject(),
		toBill(kind, has),
		...attachmentOperations(kind, has, { can: ['add', 'delete', 'get', 'update'], canSend: false }),
		pdfOperation(kind, has),
		...templateOperations(kind, has),
		addressOperation(kind, has, 'Billing', ['attention']),
		...commentOperations(kind, has, { canUpdate: true, fields: { expected_delivery_date: dayField('Expected Delivery Date', 'expectedDeliveryDate') } }),
		has.update('lines that are given replace all lines'),
		has.updateCustomFields(),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
