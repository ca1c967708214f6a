import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { item as books } from '../../../zoho/books/item';
import { getItems } from '../../../zoho/books/itemRead';
import { saveItem } from '../../../zoho/books/itemWrite';
import { asArray, asObject, text } from '../../../zoho/json';
import { writeEach } from '../eachRecord';
import { amount, choice, filter, listFilters, search } from '../filters';
import { byDisplayName, customFields, field, longText, numberField, yesNo } from '../formFields';
import { nodeResource, ownParameters, type Kind } from '../kind';
import { itemLocator, taxField } from '../locators';
import { operationsOf } from '../operations';
import { idsFrom, recordOfItem, withId } from '../record';
import { callTo } from '../resource';

const options = (values: Record<string, string>) => Object.entries(values).map(([value, name]) => ({ name, value }));

const kind: Kind = {
	books,
	one: 'an item',
	many: 'items',
	id: itemLocator('itemId'),
	main: [
		{ field: 'name', property: field('Name', 'itemName'), required: true },
		{ field: 'rate', property: field('Rate', 'rate', { description: 'Selling price of one, in the base currency' }), required: true },
	],
	fields: [
		field('Account ID', 'account_id', { description: 'Of the account for sales' }),
		customFields,
		longText('Description', 'description'),
		yesNo('Is Taxable', 'is_taxable', 'Whether sales of the item are taxed'),
		field('Item Type', 'item_type', {
			type: 'options',
			options: options({ inventory: 'Inventory', purchases: 'Purchases', sales: 'Sales', sales_and_purchases: 'Sales and Purchases' }),
			default: 'sales',
		}),
		field('Product Type', 'product_type', {
			type: 'options',
			options: options({ digital_service: 'Digital Service', goods: 'Goods', service: 'Service' }),
			default: 'goods',
		}),
		field('Purchase Account ID', 'purchase_account_id'),
		longText('Purchase Description', 'purchase_description'),
		numberField('Purchase Rate', 'purchase_rate', 'Purchase price of one, in the base currency'),
		field('SKU', 'sku', { description: 'A code that only this item has' }),
		field('Tax Exemption ID', 'tax_exemption_id'),
		taxField,
		field('Unit', 'unit', { placeholder: 'e.g. pcs' }),
		field('Vendor ID', 'vendor_id'),
	].sort(byDisplayName),
	example: '{ "name": "Hard Drive", "sku": "HD-500", "rate": 120 }',
};

/** Source: Books v3 "List items". */
const filters: INodeProperties[] = [
	filter('Account ID', 'account_id'),
	...search('Description', 'description'),
	yesNo('Is Taxable', 'is_taxable', 'Whether to get items whose sales are taxed, or those whose sales are not'),
	...search('Name', 'name'),
	...amount('Rate', 'rate'),
	filter('Search Text', 'search_text', { description: 'Looks in names and descriptions' }),
	choice('Status', 'filter_by', { 'Status.All': 'All', 'Status.Active': 'Active', 'Status.Inactive': 'Inactive' }),
	filter('Tax Exemption ID', 'tax_exemption_id'),
	filter('Tax ID', 'tax_id'),
	filter('Tax Name', 'tax_name'),
];

/** With an id the item is updated, without one created; see `saveItem` for names and SKUs that exist already. */
async function upsert(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await writeEach(this, {
		plural: 'items',
		recordOf: (index) => withId(this, index, recordOfItem(this, index, ownParameters(kind)), books.idField, 'existingItemId'),
		laneOf: (record) => text(record.item_id) || text(record.name).trim().toLowerCase(),
		write: async (client, record) => (await saveItem(client, record)).item,
	});
}

const has = operationsOf(kind);
const mark = (name: string, description: string) => {
	const status = name.toLowerCase();
	const words = { name: `Mark ${name}`, value: `mark${name}`, description, action: `Mark an item ${status}` };
	return has.act({ ...words, path: `/${status}`, output: { status } });
};

const inPortal = (name: string, path: string, shown: boolean) =>
	has.act({
		name,
		value: shown ? 'addToPortal' : 'removeFromPortal',
		description: shown ? 'Show an item in the customer portal' : 'No longer show an item in the customer portal',
		action: shown ? 'Add an item to the portal' : 'Remove an item from the portal',
		path,
		output: { show_in_portal: shown },
	});

/** Products and services. Source: Books v3 "Items". */
export const item = nodeResource(
	kind,
	[
		has.create(),
		has.run(
			{
				name: 'Create or Update',
				value: 'upsert',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
				action: 'Create or update an item',
			},
			upsert,
			['input', 'savedRecord'],
		),
		has.remove(),
		has.get(),
		has.called(
			{
				name: 'Get by IDs',
				value: 'getByIds',
				description: 'Get items by their IDs, 100 in one call; those that do not exist are left out',
				action: 'Get items by their IDs',
			},
			callTo(books, 'GET', '/itemdetails', {
				body: (read) => ({ ids: idsFrom(read('itemIds', '')) }),
				answer: async (client, call) => await getItems(client, asArray(asObject(call.body).ids).map(text)),
			}),
			[],
			[field('Item IDs', 'itemIds', { required: true, description: 'With commas between them, or an expression that gives a list' })],
		),
		has.getAll('without custom fields'),
		inPortal('Add to Portal', '/addtoportal', true),
		inPortal('Remove From Portal', '/removefromportal', false),
		mark('Active', 'Make an inactive item active again'),
		mark('Inactive', 'Keep an item without using it any more'),
		has.update(),
		has.updateCustomFields(),
	],
	[
		{
			displayName: 'Item ID',
			name: 'existingItemId',
			type: 'string',
			default: '',
			description: 'The item to update. Empty: one of the same SKU or name is updated, else a new one is created.',
			displayOptions: { show: { resource: ['item'], operation: ['upsert'], inputMode: ['fields'] } },
		},
		...listFilters('item', filters, { name: 'Name', rate: 'Rate', tax_name: 'Tax Name' }),
	],
);
