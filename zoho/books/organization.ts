import type { BooksResource } from './resource';

/** Source: Books v3 "Organizations". The one resource that needs no `organization_id` and whose list has no pages. */
export const organization: BooksResource = {
	name: 'organization',
	label: 'Organization',
	path: '/organizations',
	listKey: 'organizations',
	recordKey: 'organization',
	idField: 'organization_id',
	displayField: 'name',
	modifiedFilter: 'none',
	sortByModified: false,
	detailNeeded: true,
	scope: 'settings',
	comparable: [],
};
