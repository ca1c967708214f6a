import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { field } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { locator } from '../locators';
import { operationsOf } from '../operations';

/** Source: Books v3 "Taxes". Groups have no list of their own: that of taxes shows them. */
const books: BooksResource = {
	...unwatched,
	name: 'taxGroup',
	label: 'Tax Group',
	path: '/settings/taxgroups',
	listKey: 'tax_groups',
	recordKey: 'tax_group',
	idField: 'tax_group_id',
	displayField: 'tax_group_name',
	scope: 'settings',
};

const kind: Kind = {
	books,
	one: 'a tax group',
	many: 'tax groups',
	id: locator('Tax Group', 'taxGroupId', 'searchTaxGroups'),
	main: [
		{ field: 'tax_group_name', property: field('Tax Group Name', 'taxGroupName'), required: true },
		{ field: 'taxes', property: field('Tax IDs', 'taxIds', { description: 'Of the taxes in the group, with commas between them' }), required: true },
	],
	fields: [],
	example: '{ "tax_group_name": "GST and PST", "taxes": "460000000017094,460000000017096" }',
};

const has = operationsOf(kind);

/** Taxes that are charged together. Source: Books v3 "Taxes". */
export const taxGroup = nodeResource(kind, [has.create(), has.remove(), has.get('with its taxes'), has.update()]);
