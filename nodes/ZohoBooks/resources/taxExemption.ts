import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { field, longText } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { ownLocator } from '../locators';
import { operationsOf } from '../operations';

/** Source: Books v3 "Taxes". */
const books: BooksResource = {
	...unwatched,
	name: 'taxExemption',
	label: 'Tax Exemption',
	path: '/settings/taxexemptions',
	listKey: 'tax_exemptions',
	recordKey: 'tax_exemption',
	idField: 'tax_exemption_id',
	displayField: 'tax_exemption_code',
	scope: 'settings',
};

const kind: Kind = {
	books,
	one: 'a tax exemption',
	many: 'tax exemptions',
	id: ownLocator('Tax Exemption', 'taxExemptionId'),
	main: [
		{ field: 'tax_exemption_code', property: field('Tax Exemption Code', 'taxExemptionCode', { placeholder: 'e.g. RESELLER' }), required: true },
		{
			field: 'type',
			property: field('Type', 'exemptionType', {
				type: 'options',
				options: [
					{ name: 'Customer', value: 'customer' },
					{ name: 'Item', value: 'item' },
				],
				default: 'customer',
			}),
			required: true,
		},
	],
	fields: [longText('Description', 'description')],
	example: '{ "tax_exemption_code": "RESELLER", "type": "customer" }',
};

const has = operationsOf(kind);

/** Why customers and items are not taxed. Source: Books v3 "Taxes". */
export const taxExemption = nodeResource(kind, [
	has.create(),
	has.remove(),
	has.get(),
	has.getAll(),
	has.update('Zoho wants its code and type every time'),
]);
