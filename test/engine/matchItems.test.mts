import { saveItem } from '../../zoho/books/itemWrite';
import { FlatBench, type Decision, type Row } from './flatSupport.mts';

let bench: FlatBench;
beforeAll(async () => {
	bench = await FlatBench.start();
});
afterAll(async () => await bench.zoho.stop());
beforeEach(async () => await bench.reset('Products'));

const toCrm = ({ name, sku, rate, description }: Row): Row => ({
	Product_Name: name,
	Product_Code: sku,
	Unit_Price: rate,
	Description: description,
});
const toBooks = (source: Row): Row => ({
	name: source.Product_Name,
	sku: source.Product_Code,
	rate: source.Unit_Price,
	description: source.Description,
});
const byField = (...fields: string[]) =>
	fields.map((field) => ({ kind: 'field', field, value: `={{ $json.${field} }}` }));

async function intoCrm(items: Row[], more = {}) {
	return await bench.matchCrm('Products', items.map(toCrm), items, byField('Product_Code', 'Product_Name'), more);
}

async function intoBooks(ids: unknown[], more = {}) {
	const sources = ids.map((id) => bench.fromCrm('Products', id));
	return await bench.matchBooks('item', sources.map(toBooks), sources, byField('sku', 'name'), more);
}

async function save(decisions: Decision[]): Promise<void> {
	const saved: Row[] = [];
	for (const { record } of decisions) saved.push((await saveItem(bench.books, record)).item);
	await bench.link(decisions, saved);
}

const item = (more: Row = {}) =>
	bench.inBooks('items', { name: 'Lamp', sku: 'LAMP', rate: 33.35, description: 'Bright', ...more });
const items = () => bench.booksRows('items');
const product = (id: unknown) => bench.crmRows('Products').find((row) => row.id === id);

/** An item that both systems have, in agreement. */
async function linked(more: Row = {}): Promise<{ itemId: unknown; id: unknown }> {
	const made = item(more);
	await bench.write('Products', 'upsert', (await intoCrm([made])).fresh.map(({ record }) => record));
	const row = bench.crmRows('Products').find(({ Zoho_Books_ID: link }) => link === made.item_id);
	return { itemId: made.item_id, id: row?.id };
}

test('an item becomes a Product, and its echo costs no Books call', async () => {
	const { itemId, id } = await linked();
	expect(product(id)).toMatchObject({ Product_Name: 'Lamp', Unit_Price: 33.35, Zoho_Books_ID: itemId });
	const echo = await intoBooks([id]);
	expect(echo.unchanged.map(({ match }) => match.sources.map(({ write }) => write))).toEqual([[false]]);
	expect(echo.counts.books).toEqual({ read: 0, write: 0 });
});

test('an edited price is told to Books alone, without a read, and comes back unchanged', async () => {
	const { itemId, id } = await linked();
	bench.inCrm('Products', { Unit_Price: 35 }, id);
	const { changed, counts } = await intoBooks([id]);
	expect(changed.map(({ record }) => record)).toEqual([{ item_id: itemId, rate: 35 }]);
	expect(counts.books).toEqual({ read: 0, write: 0 });
	await save(changed);
	const [back] = items();
	expect(back).toMatchObject({ rate: 35, name: 'Lamp', description: 'Bright' });
	expect((await intoCrm([back as Row])).unchanged).toHaveLength(1);
});

test('a new Product becomes an item and is linked with it by the answer', async () => {
	const { id } = bench.inCrm('Products', { Product_Name: 'Cable', Product_Code: 'CBL', Unit_Price: 4.5 });
	const { fresh } = await intoBooks([id]);
	expect(fresh.map(({ record }) => record)).toEqual([{ name: 'Cable', sku: 'CBL', rate: 4.5 }]);
	await save(fresh);
	expect(product(id)?.Zoho_Books_ID).toBe(items()[0]?.item_id);
	expect((await intoBooks([id])).unchanged).toHaveLength(1);
});

test('a Product is found by its code, then by its name, and linked without a double', async () => {
	const byCode = item({ name: 'Old lamp', description: '' });
	const byName = item({ name: 'Cable', sku: '', rate: 4.5 });
	const first = bench.inCrm('Products', { Product_Name: 'Lamp', Product_Code: 'lamp', Unit_Price: 33.35 });
	const second = bench.inCrm('Products', { Product_Name: 'Cable', Product_Code: 'CBL', Unit_Price: 4.5 });
	const { changed, fresh } = await intoBooks([first.id, second.id]);
	expect(fresh).toEqual([]);
	expect(changed.map(({ record, match }) => [record.item_id, match.rule])).toEqual([
		[byCode.item_id, 'field sku'],
		[byName.item_id, 'field name'],
	]);
});

test('an item that another Product is linked with is for a person to decide', async () => {
	await linked();
	const { id } = bench.inCrm('Products', { Product_Name: 'Lamp', Product_Code: 'LAMP', Unit_Price: 9 });
	const { review, fresh, changed } = await intoBooks([id]);
	expect([review.length, fresh.length, changed.length]).toEqual([1, 0, 0]);
});

test('different fields edited on both sides both survive; the same one goes to review under that policy', async () => {
	const { itemId, id } = await linked();
	bench.inCrm('Products', { Description: 'From CRM' }, id);
	const edited = bench.inBooks('items', { rate: 40 }, itemId);
	expect((await intoBooks([id])).changed.map(({ record }) => record)).toEqual([
		{ item_id: itemId, description: 'From CRM' },
	]);
	const right = await intoCrm([edited]);
	expect(right.changed[0]?.record).toMatchObject({ id, Unit_Price: 40 });
	expect(right.changed[0]?.record).not.toHaveProperty('Description');

	bench.inCrm('Products', { Unit_Price: 50 }, id);
	const { review } = await intoBooks([id], { policy: 'review' });
	expect(review[0]?.match.conflicts).toMatchObject([{ field: 'rate', settled: 'review' }]);
});

test('the shared Products for lines without item and for shipping stay out of Books', async () => {
	const { id } = bench.inCrm('Products', { Product_Name: 'Shipping (Zoho Books)', Zoho_Books_ID: 'shipping' });
	const { unchanged, counts } = await intoBooks([id]);
	expect(unchanged).toHaveLength(1);
	expect(counts.books).toEqual({ read: 0, write: 0 });
	expect(await bench.link(unchanged, unchanged as unknown as Row[])).toEqual([]);
});

test('the item of a link that is gone is not made again', async () => {
	const { id } = bench.inCrm('Products', { Product_Name: 'Lamp', Zoho_Books_ID: '460000000000999' });
	const { review } = await intoBooks([id]);
	expect(review[0]?.match.reason).toMatch(/linked item 460000000000999 does not exist/);
});

test('forty new Products cost one list, not a search each', async () => {
	const ids = Array.from({ length: 40 }, (_, n) => bench.inCrm('Products', { Product_Name: `P ${n}`, Product_Code: `C${n}` }).id);
	item();
	const { fresh, counts } = await intoBooks(ids);
	expect(fresh).toHaveLength(40);
	expect(counts.books).toEqual({ read: 1, write: 0 });
});
