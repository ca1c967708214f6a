import type { IDataObject } from 'n8n-workflow';

import { ensureField } from '../../zoho/crm/metadata';
import { directClient } from '../support/directZoho.mts';
import type { NodeRunOptions } from '../support/nodeRun.mts';
import { MatchBench, wordsOf, type BooksOptions, type CrmOptions, type Row } from './matchSupport.mts';

const organizationId = '60900001';
const customerId = '46000000000111';
let bench: MatchBench;

beforeAll(async () => {
	bench = await MatchBench.start();
});
afterAll(async () => await bench?.zoho.stop());
beforeEach(async () => await prepare());

const client = () => directClient(bench.zoho.simulator, 'crm', 'in');

async function prepare(crm: CrmOptions = {}, books: BooksOptions = {}): Promise<void> {
	const taxes = [
		{ name: 'VAT', percentage: 19 },
		{ name: 'City', percentage: 2 },
	];
	bench.reset(
		{
			currency: 'EUR',
			taxes: [
				{ name: 'VAT', value: 19 },
				{ name: 'Rare', value: 3 },
			],
			...crm,
		},
		{ organizationId, taxes, ...books },
	);
	await ensureField(client(), 'Products', { label: 'Zoho Books ID', type: 'text', unique: true });
}

const coql = 'POST /crm/v8/coql';
const org = 'GET /crm/v8/org';
const currencies = 'GET /books/v3/settings/currencies';
const taxes = 'GET /books/v3/settings/taxes';

function deal(more: Row = {}): string {
	return bench.crm('Deals', { Deal_Name: 'Lighting', Stage: 'Closed Won', Amount: 500, ...more });
}

function quote(dealId: string, rows: Row[], more: Row = {}): string {
	return bench.crm('Quotes', { Subject: 'Quote', Deal_Name: { id: dealId }, Quoted_Items: rows, ...more });
}

const product = (name: string, more: Row = {}) =>
	bench.crm('Products', { Product_Name: name, Unit_Price: 7.5, ...more });
const row = (productId: string, more: Row = {}): Row => ({
	Product_Name: { id: productId },
	Quantity: 3,
	List_Price: 10,
	...more,
});
const recordOf = (module: string, id: string) =>
	bench.zoho.simulator.records('crm', 'in', module).find((record) => record.id === id) as Row;

async function putOnDeal(dealId: string, products: string[]): Promise<void> {
	await client().request({
		method: 'PUT',
		path: `/crm/v8/Deals/${dealId}/Products`,
		body: { data: products.map((id) => ({ id })) },
	});
}

async function convert(deals: Row[], parameters: IDataObject = {}, onError?: NodeRunOptions['onError']) {
	const run = await bench.run(
		{ operation: 'convertDeal', organizationId, deal: '={{ $json }}', customerId, ...parameters },
		deals,
		onError,
		['books', 'crm'],
	);
	const [converted = [], review = []] = run.rows;
	return {
		...run,
		converted: converted as Array<{ deal: Row; body: Row & { line_items: Row[] } }>,
		review,
		reasons: review.map(({ match }) => (match as { reason: string }).reason),
	};
}

test('the lines of the newest Quote, linked items and taxes by their ids in Books', async () => {
	const id = deal();
	const lamp = product('Lamp', { Zoho_Books_ID: '46001' });
	const loose = product('Assembly');
	quote(id, [row(loose, { Quantity: 99 })]);
	const vat = [{ name: 'VAT', percentage: 19 }];
	quote(id, [
		row(lamp, { Line_Tax: vat, Discount: 5, Description: 'Bright' }),
		row(loose, { Quantity: 1.5, Line_Tax: vat }),
	]);
	const { converted, error, lines } = await convert([{ id, Deal_Name: 'Lighting', Amount: 500 }]);
	expect(error).toBeUndefined();
	const vatId = bench.zoho.simulator
		.records('books', 'eu', 'taxes')
		.find(({ tax_name: name }) => name === 'VAT')?.tax_id;
	expect(converted).toHaveLength(1);
	expect(converted[0]?.deal).toMatchObject({ id });
	expect(converted[0]?.body).toMatchObject({
		customer_id: customerId,
		reference_number: id,
		currency_id: expect.stringMatching(/^\d+$/),
	});
	expect(converted[0]?.body).not.toHaveProperty('currency_code');
	expect(converted[0]?.body.line_items).toEqual([
		{ item_id: '46001', description: 'Bright', quantity: 3, rate: 10, discount: 5, tax_id: vatId },
		{ name: 'Assembly', quantity: 1.5, rate: 10, tax_id: vatId },
	]);
	const quoteRead = expect.stringMatching(/^GET \/crm\/v8\/Quotes\/\d+$/);
	expect(lines).toEqual([coql, quoteRead, coql, org, currencies, taxes]);
});

test('Books arrives at the total of the Quote', async () => {
	const contact = bench.zoho.simulator.desk({
		system: 'books',
		location: 'eu',
		collection: 'contacts',
		action: 'create',
		record: { contact_name: 'Acme', contact_type: 'customer' },
	});
	const item = bench.zoho.simulator.desk({
		system: 'books',
		location: 'eu',
		collection: 'items',
		action: 'create',
		record: { name: 'Lamp', rate: 1 },
	});
	const id = deal();
	const vat = [{ name: 'VAT', percentage: 19 }];
	const lamp = product('Lamp', { Zoho_Books_ID: item.item_id });
	const rows = [
		row(lamp, { List_Price: 33.35, Line_Tax: vat, Discount: 0.05 }),
		row(product('Assembly'), { Quantity: 1.5, List_Price: 61.1, Line_Tax: vat }),
	];
	const made = recordOf('Quotes', quote(id, rows, { Adjustment: -0.2 }));
	const { converted } = await convert([{ id, Deal_Name: 'Lighting' }], { customerId: contact.contact_id as string });
	const books = directClient(bench.zoho.simulator, 'books', 'eu', organizationId);
	await books.request({ method: 'POST', path: '/books/v3/invoices', body: converted[0]?.body as never });
	const [invoice] = bench.zoho.simulator.records('books', 'eu', 'invoices');
	expect(invoice).toMatchObject({ total: made.Grand_Total, currency_code: 'EUR', reference_number: id });
	expect(made.Grand_Total).toBeGreaterThan(200);
});

test('without a Quote, one piece of each of its Products', async () => {
	const id = deal();
	const products = [
		product('Lamp', { Zoho_Books_ID: '46001' }),
		product('Shared', { Zoho_Books_ID: 'free-text', Unit_Price: 4 }),
	];
	await putOnDeal(id, products);
	const { converted, lines } = await convert([{ id, Deal_Name: 'Lighting' }]);
	const sorted = converted[0]?.body.line_items.sort((one, other) => Number(other.rate) - Number(one.rate));
	expect(sorted).toEqual([
		{ item_id: '46001', quantity: 1, rate: 7.5 },
		{ name: 'Shared', quantity: 1, rate: 4 },
	]);
	expect(lines).toEqual([coql, `GET /crm/v8/Deals/${id}/Products`, coql, org, currencies]);
});

test('without both, one line with its amount; without an amount it is for a person', async () => {
	const [one, other] = [deal(), deal({ Amount: null })];
	const { converted, reasons, paired } = await convert([
		{ id: one, Deal_Name: 'Lighting', Amount: 500 },
		{ id: other, Deal_Name: 'Nothing', Amount: null },
	]);
	expect(converted.map(({ body }) => body.line_items)).toEqual([
		[{ name: 'Lighting', quantity: 1, rate: 500 }],
	]);
	expect(reasons).toEqual([expect.stringContaining('neither a Quote nor Products')]);
	expect(paired).toEqual([[0], [1]]);
});

test('a given Quote or given Products cost no call for them', async () => {
	const id = deal();
	const lamp = product('Lamp', { Zoho_Books_ID: '46001' });
	const whole = recordOf('Quotes', quote(id, [row(lamp)]));
	const given = await convert([{ id, Deal_Name: 'Lighting', quote: whole }], { quote: '={{ $json.quote }}' });
	expect(given.converted[0]?.body.line_items).toEqual([{ item_id: '46001', quantity: 3, rate: 10 }]);
	expect(given.lines).toEqual([coql, org, currencies]);

	const list = JSON.stringify([{ id: lamp, Product_Name: 'Lamp', Unit_Price: 2 }]);
	const products = await convert([{ id, Deal_Name: 'Lighting' }], { products: list });
	expect(products.converted[0]?.body.line_items).toEqual([{ item_id: '46001', quantity: 1, rate: 2 }]);
	expect(products.lines).toEqual([coql, org, currencies]);
});

test('a Quote without its lines says how to read it', async () => {
	const run = await convert([{ id: deal() }], { quote: { id: '1', Subject: 'Quote' } as never });
	expect(wordsOf(run)).toMatch(/no lines.*by its ID/);
});

test('fifty Deals: what all share is read once', async () => {
	const lamp = product('Lamp', { Zoho_Books_ID: '46001' });
	const ids = Array.from({ length: 50 }, () => deal());
	ids.forEach((id, n) =>
		quote(id, [row(lamp, { Quantity: n + 1, Line_Tax: [{ name: 'VAT', percentage: 19 }] })]),
	);
	const { converted, lines } = await convert(ids.map((id) => ({ id, Deal_Name: 'Lighting' })));
	expect(converted.map(({ body }) => body.line_items[0]?.quantity)).toEqual(ids.map((_id, n) => n + 1));
	expect(lines.filter((line) => !line.startsWith('GET /crm/v8/Quotes/'))).toEqual([
		coql,
		coql,
		org,
		currencies,
		taxes,
	]);
});

test('a tax that Books lacks is for a person, and the other Deals go on', async () => {
	const [bad, good] = [deal(), deal()];
	quote(bad, [row(product('Lamp'), { Line_Tax: [{ name: 'Rare', percentage: 3 }] })]);
	const { converted, reasons } = await convert(
		[bad, good].map((id) => ({ id, Deal_Name: 'Lighting', Amount: 5 })),
	);
	expect(converted.map(({ deal: { id } }) => id)).toEqual([good]);
	expect(reasons).toEqual([expect.stringContaining('"Rare" of 3 %')]);
});

test('a Deal without a customer in Books is for a person', async () => {
	const { reasons } = await convert([{ id: deal(), Deal_Name: 'Lighting', Amount: 5 }], { customerId: '' });
	expect(reasons).toEqual([expect.stringContaining('no customer')]);
});

test("the Deal's currency, or CRM's own, is that of the document; one that Books lacks is for a person", async () => {
	const named = await convert([
		{ id: deal(), Deal_Name: 'A', Amount: 5, Currency: 'GBP' },
		{ id: deal(), Deal_Name: 'B', Amount: 5, Currency: 'XXX' },
	]);
	const idOf = (code: string) =>
		bench.zoho.simulator.world.tenantOf('books', 'eu')?.books.currencies.find((one) => one.code === code)?.id;
	expect(named.converted.map(({ body }) => body.currency_id)).toEqual([idOf('GBP')]);
	expect(named.reasons).toEqual([expect.stringMatching(/XXX.*Settings > Currencies/)]);
	expect(named.lines).not.toContain(org);

	await prepare({ currency: 'INR' });
	const own = await convert([{ id: deal(), Deal_Name: 'A', Amount: 5 }]);
	expect([own.converted[0]?.body.currency_id, own.reasons]).toEqual([idOf('INR'), []]);
});

test('an edition without Quotes goes by the Products', async () => {
	await prepare({ edition: 'standard' });
	const id = deal();
	await putOnDeal(id, [product('Lamp')]);
	const { converted, error } = await convert([{ id, Deal_Name: 'Lighting', Amount: 5 }]);
	expect(error).toBeUndefined();
	expect(converted[0]?.body.line_items).toEqual([{ name: 'Lamp', quantity: 1, rate: 7.5 }]);
});

test('without permission for Quotes no Deal is converted by its Products or amount', async () => {
	const fault = { status: 403, code: 'NO_PERMISSION', what: 'status' } as const;
	bench.zoho.simulator.world.faults.push({ on: 'call', service: 'crm', path: '/coql', ...fault });
	const { converted, error } = await convert([{ id: deal(), Deal_Name: 'Lighting', Amount: 5 }]);
	expect(converted).toEqual([]);
	expect(error).toBeDefined();
});

test('what is no Deal fails by itself', async () => {
	const { converted, rows } = await convert(
		[{ a: 1 }, { id: deal(), Deal_Name: 'X', Amount: 5 }],
		{},
		'continueErrorOutput',
	);
	expect(converted).toHaveLength(1);
	expect(rows[2]).toMatchObject([{ a: 1, error: expect.stringContaining('no "id"') }]);
});
