/** The default mapping of Books items and CRM Products, once for both directions. */

import type { Field } from './nodes.mts';

/** Prices are amounts in the base currency of their system: with two base currencies the price stays where it is. */
const price = (field: string) =>
	`={{ $('Settings').first().json.settings.copy_prices ? $json.${field} : null }}`;

/** Books item → CRM Product. */
export const itemToProduct: readonly Field[] = [
	['Product_Name', '={{ $json.name }}'],
	['Product_Code', '={{ $json.sku }}'],
	['Unit_Price', price('rate'), 'number'],
	['Description', '={{ $json.description }}'],
	['Product_Active', "={{ $json.status !== 'inactive' }}", 'boolean'],
];

/** CRM Product → Books item. Whether an item is active is told to Books by a call of its own, so it goes one way only. */
export const productToItem: readonly Field[] = [
	['name', '={{ $json.Product_Name }}'],
	['sku', '={{ $json.Product_Code }}'],
	['rate', price('Unit_Price'), 'number'],
	['description', '={{ $json.Description }}'],
];

/** CRM fields that the mapping reads, for the trigger. */
export const productFields: readonly string[] = [
	'Product_Name',
	'Product_Code',
	'Unit_Price',
	'Description',
	'Modified_Time',
	'Zoho_Books_ID',
	'Zoho_Books_Sync',
];
