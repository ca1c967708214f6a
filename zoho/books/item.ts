import type { BooksResource } from './resource';

/**
 * Products and services. Sources: Books v3 "Items"; recorded answers of a live organization. Filter and order by last_modified_time are in no
 * description, though public clients send both. List rows lack custom fields.
 */
export const item: BooksResource = {
	name: 'item',
	label: 'Item',
	path: '/items',
	listKey: 'items',
	recordKey: 'item',
	idField: 'item_id',
	displayField: 'name',
	modifiedField: 'last_modified_time',
	modifiedFilter: 'undocumented',
	sortByModified: 'undocumented',
	everything: { filter_by: 'Status.All' },
	customFieldsPath: '/item',
	webhookEntities: ['item'],
	detailNeeded: true,
	scope: 'settings',
	comparable: [
		'name',
		'sku',
		'rate',
		'description',
		'unit',
		'tax_id',
		'status',
		'product_type',
		'item_type',
		'purchase_rate',
		'purchase_description',
	],
};
