import { cents, MoneyDesk } from '../money.mts';
import { textAt } from '../pair.mts';
import { only, same } from '../scene.mts';
import type { Step } from '../step.mts';
import { moneyTime } from './moneyScene.mts';

export const itemToProduct: Step = {
	name: 'item_to_product',
	proves: 'An item of Books becomes a Product, its new price follows, and Books is not written to.',
	async run(scene) {
		const desk = new MoneyDesk(scene.pair);
		const since = scene.log.length;
		const item = desk.item({ name: 'Compass', sku: 'CMP-1', rate: 19.9, description: 'Brass' });
		const id = textAt(item, 'item_id');
		const product = () => desk.linked('Products', id)[0];
		await scene.eventually('the item in CRM', () => product() !== undefined, undefined, moneyTime);
		await scene.quiet();
		const made = only('Products of the item', desk.linked('Products', id));
		same(
			'name, code, price, description',
			[made.Product_Name, made.Product_Code, cents(made.Unit_Price), made.Description],
			['Compass', 'CMP-1', 1990, 'Brass'],
		);
		scene.pair.updateInBooks('items', id, { rate: 21.5 });
		await scene.eventually(
			'the new price in CRM',
			() => cents(product()?.Unit_Price) === 2150,
			product,
			moneyTime,
		);
		await scene.quiet();
		const coded = scene.pair.crm('Products').filter(({ Product_Code }) => Product_Code === 'CMP-1');
		same('Products of that code', coded.length, 1);
		same('writes to Books', scene.calls(since, 'books', 'write').length, 0);
	},
};

export const productToItem: Step = {
	name: 'product_to_item',
	proves: 'A Product of CRM becomes an item, linked, and its new price follows with a single write.',
	async run(scene) {
		const { pair } = scene;
		const record = { Product_Name: 'Sextant', Product_Code: 'SXT-1', Unit_Price: 240, Product_Active: true };
		const productId = textAt(pair.createInCrm('Products', record), 'id');
		const product = () => pair.crm('Products').find(({ id }) => id === productId);
		const items = () => pair.books('items').filter(({ name }) => name === 'Sextant');
		await scene.eventually(
			'the Product in Books, and its link',
			() => items().length > 0 && textAt(product(), 'Zoho_Books_ID') !== '',
			() => ({ items: items(), product: product() }),
			moneyTime,
		);
		await scene.quiet();
		const item = only('items of that name', items());
		same('the link', product()?.Zoho_Books_ID, item.item_id);
		same('code and price', [item.sku, cents(item.rate)], ['SXT-1', 24_000]);
		only(
			'Products of the item',
			pair.crm('Products').filter((row) => row.Zoho_Books_ID === item.item_id),
		);

		const since = scene.log.length;
		pair.updateInCrm('Products', productId, { Unit_Price: 255.55 });
		await scene.eventually(
			'the new price in Books',
			() => cents(items()[0]?.rate) === 25_555,
			items,
			moneyTime,
		);
		await scene.quiet();
		same('writes to Books', scene.calls(since, 'books', 'write').length, 1);
		only('items of that name, afterwards', items());
	},
};
