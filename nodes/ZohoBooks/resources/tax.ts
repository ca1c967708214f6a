import { tax as books } from '../../../zoho/books/tax';
import { field, numberField, yesNo } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { ownLocator } from '../locators';
import { operationsOf } from '../operations';

const kind: Kind = {
	books,
	one: 'a tax',
	many: 'taxes',
	id: ownLocator('Tax', 'taxId'),
	main: [
		{ field: 'tax_name', property: field('Tax Name', 'taxName'), required: true },
		{ field: 'tax_percentage', property: numberField('Tax Percentage', 'taxPercentage'), required: true },
	],
	fields: [
		field('Country Code', 'country_code', { placeholder: 'e.g. DE' }),
		yesNo('Is Value Added', 'is_value_added', 'Whether it is a value added tax'),
		field('Tax Authority ID', 'tax_authority_id'),
		field('Tax Type', 'tax_type', {
			type: 'options',
			options: [
				{ name: 'Compound Tax', value: 'compound_tax' },
				{ name: 'Tax', value: 'tax' },
			],
			default: 'tax',
		}),
	],
	example: '{ "tax_name": "VAT", "tax_percentage": 19 }',
};

const has = operationsOf(kind);

/** Taxes and tax groups. Source: Books v3 "Taxes". */
export const tax = nodeResource(kind, [has.create(), has.remove(), has.get(), has.getAll('and tax groups'), has.update()]);
