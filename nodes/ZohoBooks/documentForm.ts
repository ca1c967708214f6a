/** Form fields that invoices and estimates share. Names are Zoho's own: Books v3 "Create an invoice", "Create an estimate". */

import type { INodeProperties } from 'n8n-workflow';

import { customFields, dayField, entries, field, longText, numberField, yesNo } from './formFields';
import { itemLocator, taxField } from './locators';

/** The lines of a document; empty parts are what the item has. */
export const lineItems: INodeProperties = entries('Line Items', 'lineItems', 'line', [
	field('Description', 'description'),
	field('Discount', 'discount', { placeholder: 'e.g. 10%', description: 'An amount, or with % a part of the line' }),
	itemLocator('item_id'),
	field('Line Item ID', 'line_item_id', { description: 'Of a line that is there already, to keep it; lines of the document that are not given are removed' }),
	field('Name', 'name', { description: 'Of a line without an item' }),
	field('Quantity', 'quantity', { type: 'number', default: 1 }),
	field('Rate', 'rate', { description: 'Price of one; empty for that of the item' }),
	taxField,
]);

/** Fields beside customer and lines. */
export const documentFields: INodeProperties[] = [
	numberField('Adjustment', 'adjustment'),
	field('Adjustment Description', 'adjustment_description'),
	customFields,
	dayField('Date', 'date'),
	field('Discount', 'discount', { placeholder: 'e.g. 10%', description: 'An amount, or with % a part of the total' }),
	field('Discount Type', 'discount_type', {
		type: 'options',
		options: [
			{ name: 'On Each Line', value: 'item_level' },
			{ name: 'On the Total', value: 'entity_level' },
		],
		default: 'entity_level',
	}),
	numberField('Exchange Rate', 'exchange_rate', 'Units of the base currency for one unit of the currency of the document'),
	yesNo('Is Discount Before Tax', 'is_discount_before_tax', 'Whether the discount is taken off before taxes are calculated'),
	yesNo('Is Inclusive Tax', 'is_inclusive_tax', 'Whether the rates of the lines include taxes'),
	longText('Notes', 'notes'),
	field('Reference Number', 'reference_number'),
	field('Salesperson Name', 'salesperson_name'),
	field('Shipping Charge', 'shipping_charge'),
	field('Template ID', 'template_id'),
	longText('Terms', 'terms'),
];
