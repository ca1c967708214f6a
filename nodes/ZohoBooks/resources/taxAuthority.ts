import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { field, longText } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { ownLocator } from '../locators';
import { operationsOf } from '../operations';

/** Source: Books v3 "Taxes". */
const books: BooksResource = {
	...unwatched,
	name: 'taxAuthority',
	label: 'Tax Authority',
	path: '/settings/taxauthorities',
	listKey: 'tax_authorities',
	recordKey: 'tax_authority',
	idField: 'tax_authority_id',
	displayField: 'tax_authority_name',
	scope: 'settings',
};

const kind: Kind = {
	books,
	one: 'a tax authority',
	many: 'tax authorities',
	id: ownLocator('Tax Authority', 'taxAuthorityId'),
	main: [{ field: 'tax_authority_name', property: field('Tax Authority Name', 'taxAuthorityName'), required: true }],
	fields: [longText('Description', 'description'), field('Registration Number', 'registration_number'), field('Registration Number Label', 'registration_number_label')],
	example: '{ "tax_authority_name": "Illinois Department of Revenue" }',
};

const has = operationsOf(kind);

/** To whom taxes are owed. Source: Books v3 "Taxes". */
export const taxAuthority = nodeResource(kind, [has.create(), has.remove(), has.get(), has.getAll(), has.update()]);
