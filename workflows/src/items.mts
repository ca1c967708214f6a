/** Books items and CRM Products, in both directions. */

import type { WorkflowSpec } from './builder.mts';
import { itemToProduct, productFields, productToItem } from './itemMapping.mts';
import { toBooks, toCrm } from './oneToOne.mts';
import type { Field } from './nodes.mts';

const setup = (other: string) => `### Setup
1. Run the template **Set up the sync** once. Its report says whether your CRM edition has Products.
2. Choose your Zoho Books and Zoho CRM credentials in the nodes that show a warning.
3. If Books and CRM have different base currencies, set **copy_prices** in **Settings** to false: a price is an amount in the base currency of its system.
4. Publish. For the way back, publish **${other}** too.

Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

const settings: readonly Field[] = [['settings.copy_prices', true, 'boolean']];

export const booksItemsToCrm: WorkflowSpec = toCrm({
	id: 'zohoBooksItems',
	name: 'Sync Books items to CRM',
	summary: 'Items of Zoho Books become Products in Zoho CRM, and are linked with them.',
	file: 'sync-books-items-to-crm.json',
	overview: `### How it works
Every item that is created or edited in Zoho Books is carried over to Zoho CRM as a **Product**, a few seconds later.

* **Zoho Match** finds the Product by Zoho_Books_ID, then by SKU (Product Code), then by name, compares, and puts out only what differs. Changes made in CRM meanwhile are kept.
* Products are written 100 per call. Whatever is in doubt, was deleted or could not be written is put into the Data Table **Zoho sync review**.

${setup('Sync CRM products to Books')}`,
	resource: 'item',
	source: 'item',
	target: 'Product',
	module: 'Products',
	idField: 'item_id',
	nameField: 'name',
	mapping: itemToProduct,
	rules: [
		{ kind: 'field', field: 'Product_Code', value: '={{ $json.Product_Code }}' },
		{ kind: 'field', field: 'Product_Name', value: '={{ $json.Product_Name }}' },
	],
	settings,
});

export const crmProductsToBooks: WorkflowSpec = toBooks({
	id: 'zohoCrmProducts',
	name: 'Sync CRM products to Books',
	summary: 'Products of Zoho CRM become items in Zoho Books, and are linked with them.',
	file: 'sync-crm-products-to-books.json',
	overview: `### How it works
Every Product that is created or edited in Zoho CRM is carried over to Zoho Books as an **item**, a few seconds later.

* **Zoho Match** knows from the sync mark on the Product what both systems last agreed on. A Product that only came back from Books costs no Books call; a single edited field costs one.
* A Product without a link is looked for by SKU, then by name, and made when there is none.
* After the write, the ID of the item and a fresh sync mark are written to the Product.

${setup('Sync Books items to CRM')}`,
	resource: 'item',
	source: 'Product',
	target: 'item',
	module: 'Products',
	nameField: 'Product_Name',
	mapping: productToItem,
	rules: [
		{ kind: 'field', field: 'sku', value: '={{ $json.sku }}' },
		{ kind: 'field', field: 'name', value: '={{ $json.name }}' },
	],
	fields: productFields,
	settings,
	// Books takes no item without a price.
	record: '={{ $json.record.item_id ? $json.record : { rate: 0, ...$json.record } }}',
});
