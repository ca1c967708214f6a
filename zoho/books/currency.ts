import type { BooksResource } from './resource';

/** Source: Books v3 "Currency". `exchange_rate` is in units of the base currency for one unit of this one. */
export const currency: BooksResource = {
	name: 'currency',
	label: 'Currency',
	path: '/settings/currencies',
	listKey: 'currencies',
	recordKey: 'currency',
	idField: 'currency_id',
	displayField: 'currency_code',
	modifiedFilter: 'none',
	sortByModified: false,
	detailNeeded: false,
	scope: 'settings',
	comparable: [],
};
