import type { BooksResource } from './resource';

/** Estimates, which Books calls quotes in some countries. Sources: Books v3 "Estimates"; recorded answers of a live organization. */
export const estimate: BooksResource = {
	name: 'estimate',
	label: 'Estimate',
	path: '/estimates',
	listKey: 'estimates',
	recordKey: 'estimate',
	idField: 'estimate_id',
	displayField: 'estimate_number',
	modifiedField: 'last_modified_time',
	modifiedFilter: 'documented',
	sortByModified: false,
	newestColumn: 'created_time',
	numberField: 'estimate_number',
	customFieldsPath: '/estimate',
	webhookEntities: ['estimate'],
	detailNeeded: true,
	scope: 'estimates',
	comparable: [],
};
