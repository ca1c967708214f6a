import { compare, notThere, type Comparison } from './compare.mts';
import type { Snapshot } from './systems.mts';
import { amountAt, inWords, linkOf, textAt } from './values.mts';

/** Products that stand for what is no item in Books: lines of free text, and shipping. */
export const sharedProducts: readonly string[] = ['free-text', 'shipping'];

/** Items against Products. Prices are compared as numbers: each is an amount in the base currency of its system. */
export function compareItems({ items, products }: Snapshot): Comparison {
	const expected = items.map((row) => ({ id: textAt(row, 'item_id'), name: textAt(row, 'name'), row }));
	const [module, title] = ['Products', 'items ↔ Products'];
	if (!products) return notThere(module, title, expected.length);
	return compare({
		module,
		title,
		noun: 'item',
		expected,
		found: products.filter((product) => !sharedProducts.includes(linkOf(product))),
		nameField: 'Product_Name',
		bothWays: true,
		fields: [
			{ label: 'name', books: (row) => textAt(row, 'name'), crm: (row) => textAt(row, 'Product_Name') },
			{ label: 'SKU', books: (row) => textAt(row, 'sku'), crm: (row) => textAt(row, 'Product_Code') },
			{
				label: 'price',
				books: (row) => inWords(amountAt(row, 'rate')),
				crm: (row) => inWords(amountAt(row, 'Unit_Price')),
			},
			{
				label: 'description',
				books: (row) => textAt(row, 'description'),
				crm: (row) => textAt(row, 'Description'),
			},
		],
		// Books is not told when a Product is made inactive.
		further: (item, product) =>
			textAt(item, 'status') === 'inactive' && product['Product_Active'] === true
				? ['it is inactive in Books and active in CRM']
				: [],
	});
}
