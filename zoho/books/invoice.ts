import type { BooksResource } from './resource';

/** Sources: Books v3 "Invoices"; recorded answers of a live organization. The sync carries invoices one way only, so it compares nothing of them. */
export const invoice: BooksResource = {
	name: 'invoice',
	label: 'Invoice',
	path: '/invoices',
	listKey: 'invoices',
	recordKey: 'invoice',
	idField: 'invoice_id',
	displayField: 'invoice_number',
	modifiedField: 'last_modified_time',
	modifiedFilter: 'documented',
	sortByModified: false,
	newestColumn: 'created_time',
	numberField: 'invoice_number',
	customFieldsPath: '/invoice',
	webhookEntities: ['invoice'],
	detailNeeded: true,
	scope: 'invoices',
	comparable: [],
};
