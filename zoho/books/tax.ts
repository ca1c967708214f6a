import type { BooksResource } from './resource';

/** Source: Books v3 "Taxes". The list shows active taxes and tax groups; it has no time of modification. */
export const tax: BooksResource = {
	name: 'tax',
	label: 'Tax',
	path: '/settings/taxes',
	listKey: 'taxes',
	recordKey: 'tax',
	idField: 'tax_id',
	displayField: 'tax_name',
	modifiedFilter: 'none',
	sortByModified: false,
	detailNeeded: false,
	scope: 'settings',
	comparable: [],
};
