/** Items, taxes and currencies of the simulated Books. */

import type { Json } from './booksSupport.mts';
import { startMoney } from './booksMoneySupport.mts';

const names = (rows: Json[]) => rows.map(({ name }) => name as string);

describe('items', () => {
	test('are made, read, changed and deleted; what a change does not name stays', async () => {
		const { call, item } = startMoney();
		const made = await item({ name: 'Lamp', rate: 33.35, sku: 'L-1', unit: 'pcs', description: 'Bright' });
		const path = `/items/${made['item_id']}`;
		expect(made).toMatchObject({
			status: 'active',
			source: 'api',
			item_type: 'sales',
			product_type: 'goods',
		});
		await call('PUT', path, { rate: 35 });
		const read = (await call('GET', path)).body['item'] as Json;
		expect(read).toMatchObject({ rate: 35, name: 'Lamp', sku: 'L-1', unit: 'pcs', description: 'Bright' });
		expect((await call('DELETE', path)).status).toBe(200);
		expect((await call('GET', path)).body['code']).toBe(1002);
	});

	test.each([
		['no name', { rate: 1 }],
		['no rate', { name: 'A' }],
		['a rate that is no number', { name: 'A', rate: 'cheap' }],
		['an unknown tax', { name: 'A', rate: 1, tax_id: '999' }],
		['an unknown type', { name: 'A', rate: 1, item_type: 'thing' }],
		['an unknown product type', { name: 'A', rate: 1, product_type: 'thing' }],
	])('refused with code 2: %s', async (_what, body) => {
		const { refusal, list } = startMoney();
		expect(await refusal('POST', '/items', body)).toEqual([400, 2]);
		expect(await list('/items')).toEqual([]);
	});

	test('a name or SKU that is taken is refused, whatever its case; the own one is not', async () => {
		const { refusal, item } = startMoney();
		const lamp = await item({ name: 'Lamp', rate: 1, sku: 'L-1' });
		const book = await item({ name: 'Book', rate: 1 });
		expect(await refusal('POST', '/items', { name: 'lamp', rate: 1 })).toEqual([400, 1001]);
		expect(await refusal('POST', '/items', { name: 'Other', rate: 1, sku: 'l-1' })).toEqual([400, 120124]);
		expect(await refusal('PUT', `/items/${book['item_id']}`, { name: 'LAMP' })).toEqual([400, 1001]);
		expect(await refusal('PUT', `/items/${lamp['item_id']}`, { name: 'LAMP', sku: 'L-1' })).toEqual([200, 0]);
		// An inactive item keeps its name.
		await refusal('POST', `/items/${lamp['item_id']}/inactive`);
		expect(await refusal('POST', '/items', { name: 'Lamp', rate: 1 })).toEqual([400, 1001]);
	});

	test('active and inactive, as status and as filter', async () => {
		const { call, item, list } = startMoney();
		const lamp = await item({ name: 'Lamp', rate: 1 });
		await item({ name: 'Book', rate: 2 });
		await call('POST', `/items/${lamp['item_id']}/inactive`);
		expect(names(await list('/items'))).toEqual(['Book', 'Lamp']);
		expect(names(await list('/items', { filter_by: 'Status.Inactive' }))).toEqual(['Lamp']);
		expect(names(await list('/items', { filter_by: 'Status.Active' }))).toEqual(['Book']);
		await call('POST', `/items/${lamp['item_id']}/active`);
		expect(await list('/items', { filter_by: 'Status.Inactive' })).toEqual([]);
	});

	test('one that a document has cannot be deleted', async () => {
		const { customer, item, invoice, refusal } = startMoney();
		const lamp = await item({ name: 'Lamp', rate: 1 });
		const { invoice_id } = await invoice(await customer(), [{ item_id: lamp['item_id'] }]);
		expect(await refusal('DELETE', `/items/${lamp['item_id']}`)).toEqual([400, 2014]);
		await refusal('DELETE', `/invoices/${invoice_id}`);
		expect(await refusal('DELETE', `/items/${lamp['item_id']}`)).toEqual([200, 0]);
	});

	test('itemdetails gives several whole items; ids without an item are left out', async () => {
		const { call, item } = startMoney();
		const ids = [];
		for (const name of ['A', 'B', 'C']) ids.push((await item({ name, rate: 1 }))['item_id'] as string);
		const item_ids = [ids[2], '99999', ids[0]].join(',');
		const { body } = await call('GET', '/itemdetails', undefined, { query: { item_ids } });
		expect(names(body['items'] as Json[])).toEqual(['C', 'A']);
		expect(body['items'][0]).toHaveProperty('custom_fields');
		expect((await call('GET', '/itemdetails')).body['code']).toBe(2);
	});

	test('the list filters by parts of texts, rates and tax, and sorts', async () => {
		const { item, list, tax } = startMoney();
		const vat = await tax('VAT', 19);
		await item({ name: 'Lamp', rate: 30, sku: 'L-1', description: 'Bright light', tax_id: vat });
		await item({ name: 'Book', rate: 9.99, description: 'Heavy' });
		await item({ name: 'Bookcase', rate: 100 });
		const found = async (query: Record<string, string>) => names(await list('/items', query));
		expect(await found({ name_startswith: 'book' })).toEqual(['Book', 'Bookcase']);
		expect(await found({ name: 'BOOK' })).toEqual(['Book']);
		expect(await found({ name_contains: 'o' })).toEqual(['Book', 'Bookcase']);
		expect(await found({ description_contains: 'light' })).toEqual(['Lamp']);
		expect(await found({ rate: '9.99' })).toEqual(['Book']);
		expect(await found({ rate_greater_than: '9.99' })).toEqual(['Bookcase', 'Lamp']);
		expect(await found({ rate_less_equals: '30' })).toEqual(['Book', 'Lamp']);
		expect(await found({ tax_id: vat })).toEqual(['Lamp']);
		expect(await found({ search_text: 'heav' })).toEqual(['Book']);
		expect(await found({ sort_column: 'rate', sort_order: 'D' })).toEqual(['Bookcase', 'Lamp', 'Book']);
		expect(await found({ per_page: '1', page: '2' })).toEqual(['Bookcase']);
	});

	test('the list refuses what it does not know, and tells what it passes over', async () => {
		const { call, refusal } = startMoney();
		expect(await refusal('GET', '/items', undefined, { sort_column: 'sku' })).toEqual([400, 2]);
		expect(await refusal('GET', '/items', undefined, { filter_by: 'Status.Odd' })).toEqual([400, 2]);
		expect(await refusal('GET', '/items', undefined, { last_modified_time: 'yesterday' })).toEqual([400, 2]);
		const { entry } = await call('GET', '/items', undefined, { query: { color: 'red' } });
		expect(entry.ignored).toEqual(['color']);
	});

	test('the undocumented filter by last_modified_time takes whole seconds', async () => {
		const { simulator, item, call, list } = startMoney();
		const lamp = await item({ name: 'Lamp', rate: 1 });
		simulator.world.clock.advance(5_000);
		await item({ name: 'Book', rate: 1 });
		const last_modified_time = (await list('/items', { name: 'Book' }))[0]?.['last_modified_time'] as string;
		expect(names(await list('/items', { last_modified_time }))).toEqual(['Book']);
		simulator.world.clock.advance(5_000);
		await call('PUT', `/items/${lamp['item_id']}`, { rate: 2 });
		expect(names(await list('/items', { last_modified_time }))).toEqual(['Book', 'Lamp']);
	});

	test('custom fields, also by themselves, by the singular path and a list as body', async () => {
		const { call, item } = startMoney({
			books: { customFields: [{ entity: 'item', apiName: 'cf_crm', label: 'CRM', unique: true }] },
		});
		const custom_fields = [{ api_name: 'cf_crm', value: '7' }];
		const lamp = await item({ name: 'Lamp', rate: 1, custom_fields });
		const book = await item({ name: 'Book', rate: 1 });
		expect(lamp).toMatchObject({ cf_crm: '7', custom_field_hash: { cf_crm: '7' } });
		const again = await call('PUT', `/item/${book['item_id']}/customfields`, custom_fields);
		expect([again.status, again.body['code']]).toEqual([400, 120303]);
		await call('PUT', `/item/${book['item_id']}/customfields`, [{ label: 'CRM', value: '8' }]);
		expect((await call('GET', `/items/${book['item_id']}`)).body['item']).toMatchObject({ cf_crm: '8' });
		const noList = await call('PUT', `/item/${book['item_id']}/customfields`, { custom_fields });
		expect(noList.body['code']).toBe(1038);
	});

	test('need a settings scope', async () => {
		const { refusal } = startMoney({ scopes: ['ZohoBooks.invoices.ALL'] });
		expect(await refusal('GET', '/items')).toEqual([401, 57]);
	});
});

describe('taxes', () => {
	test('are there from the start, and are added, changed and deleted', async () => {
		const { call, list, tax } = startMoney({ books: { taxes: [{ name: 'VAT', percentage: 19 }] } });
		const id = await tax('Reduced', 7);
		expect((await list('/settings/taxes')).map((one) => [one['tax_name'], one['tax_percentage']])).toEqual([
			['Reduced', 7],
			['VAT', 19],
		]);
		await call('PUT', `/settings/taxes/${id}`, { tax_percentage: 7.5 });
		expect((await call('GET', `/settings/taxes/${id}`)).body['tax']).toMatchObject({
			tax_name: 'Reduced',
			tax_percentage: 7.5,
			tax_type: 'tax',
		});
		await call('DELETE', `/settings/taxes/${id}`);
		expect(await list('/settings/taxes')).toHaveLength(1);
	});

	test.each([
		[{ tax_percentage: 1 }],
		[{ tax_name: 'A' }],
		[{ tax_name: 'A', tax_percentage: 101 }],
		[{ tax_name: 'A', tax_percentage: -1 }],
	])('%j is refused', async (body) => {
		const { refusal } = startMoney();
		expect(await refusal('POST', '/settings/taxes', body)).toEqual([400, 2]);
	});

	test('a group is the sum of its taxes, exactly, and follows them', async () => {
		const { call, tax, group, refusal } = startMoney();
		const [gst, qst] = [await tax('GST', 5), await tax('QST', 9.975)];
		const both = await group('Both', [gst, qst]);
		const read = async () => (await call('GET', `/settings/taxgroups/${both}`)).body['tax_group'] as Json;
		expect((await read())['tax_group_percentage']).toBe(14.975);
		expect(((await read())['taxes'] as Json[]).map((one) => one['tax_name'])).toEqual(['GST', 'QST']);
		await call('PUT', `/settings/taxes/${gst}`, { tax_percentage: 6 });
		expect((await read())['tax_group_percentage']).toBe(15.975);
		// A group is in the list of taxes, but is no part of another one, and its parts cannot go.
		expect((await call('GET', `/settings/taxes/${both}`)).body['tax']).toMatchObject({
			tax_type: 'tax_group',
		});
		const nested = { tax_group_name: 'More', taxes: `${both},${gst}` };
		expect(await refusal('POST', '/settings/taxgroups', nested)).toEqual([404, 1002]);
		expect((await refusal('DELETE', `/settings/taxes/${gst}`))[0]).toBe(400);
		expect((await refusal('POST', '/settings/taxgroups', { tax_group_name: 'One', taxes: gst }))[0]).toBe(
			400,
		);
	});

	test('a tax in use stays; a document keeps the rate that it was written with', async () => {
		const { call, customer, invoice, getInvoice, tax, refusal } = startMoney();
		const vat = await tax('VAT', 16);
		const made = await invoice(await customer(), [{ name: 'Work', rate: 100, tax_id: vat }]);
		const id = String(made['invoice_id']);
		expect((await refusal('DELETE', `/settings/taxes/${vat}`))[0]).toBe(400);
		await call('PUT', `/settings/taxes/${vat}`, { tax_percentage: 19 });
		expect((await getInvoice(id))['total']).toBe(116);
		const line_items = [{ line_item_id: made['line_items'][0].line_item_id, tax_id: vat }];
		await call('PUT', `/invoices/${id}`, { line_items });
		expect((await getInvoice(id))['total']).toBe(119);
	});
});

describe('currencies', () => {
	const idOf = (rows: Json[], code: string) =>
		String(rows.find((row) => row['currency_code'] === code)?.['currency_id']);

	test('have their decimals, and one is the base currency', async () => {
		const { list } = startMoney({ books: { currency: 'JPY', exchangeRates: { CHF: 170 } } });
		const rows = await list('/settings/currencies');
		const of = (code: string) => rows.find((row) => row['currency_code'] === code);
		expect(of('JPY')).toMatchObject({ price_precision: 0, is_base_currency: true, exchange_rate: 0 });
		expect(of('KWD')).toMatchObject({ price_precision: 3, is_base_currency: false });
		expect(of('CHF')).toMatchObject({ price_precision: 2, exchange_rate: 170 });
	});

	test('are added, changed and deleted; not twice, not the base currency, not one in use', async () => {
		const { call, list, made, refusal, customer, invoice } = startMoney();
		const path = '/settings/currencies';
		const chf = String((await made(path, 'currency', { currency_code: 'chf' }))['currency_id']);
		expect((await refusal('POST', path, { currency_code: 'CHF' }))[0]).toBe(400);
		expect(await refusal('POST', path, { currency_code: 'Francs' })).toEqual([400, 2]);
		expect(await refusal('PUT', `${path}/${chf}`, { price_precision: 7 })).toEqual([400, 2]);
		await call('PUT', `${path}/${chf}`, { currency_symbol: 'Fr.', price_precision: 3 });
		expect((await call('GET', `${path}/${chf}`)).body['currency']).toMatchObject({
			currency_symbol: 'Fr.',
			price_precision: 3,
		});
		expect((await refusal('DELETE', `${path}/${idOf(await list(path), 'USD')}`))[0]).toBe(400);
		const { invoice_id } = await invoice(await customer(), [{ name: 'A', rate: 1 }], { currency_id: chf });
		expect((await refusal('DELETE', `${path}/${chf}`))[0]).toBe(400);
		await call('DELETE', `/invoices/${invoice_id}`);
		expect(await refusal('DELETE', `${path}/${chf}`)).toEqual([200, 0]);
	});

	test('a document keeps the exchange rate of its day', async () => {
		const { call, list, customer, invoice } = startMoney({ books: { exchangeRates: {} } });
		const eur = idOf(await list('/settings/currencies'), 'EUR');
		const rates = `/settings/currencies/${eur}/exchangerates`;
		await call('POST', rates, { effective_date: '2026-01-01', rate: 1.1 });
		await call('POST', rates, { effective_date: '2026-02-01', rate: 1.2 });
		const id = await customer({ currency_id: eur });
		const rateOn = async (date: string) =>
			(await invoice(id, [{ name: 'A', rate: 1 }], { date }))['exchange_rate'] as number;
		expect([await rateOn('2025-12-31'), await rateOn('2026-01-31'), await rateOn('2026-02-01')]).toEqual([
			1.1, 1.1, 1.2,
		]);
		const given = await invoice(id, [{ name: 'A', rate: 1 }], { date: '2026-02-02', exchange_rate: 1.25 });
		expect(given['exchange_rate']).toBe(1.25);
	});

	test('rates: one for each day, changed and deleted, none for the base currency', async () => {
		const { call, list, refusal } = startMoney();
		const rows = await list('/settings/currencies');
		const rates = `/settings/currencies/${idOf(rows, 'EUR')}/exchangerates`;
		await call('POST', rates, { effective_date: '2026-01-01', rate: 1.1 });
		await call('POST', rates, { effective_date: '2026-01-01', rate: 1.15 });
		const all = async () => (await call('GET', rates)).body['exchange_rates'] as Json[];
		expect(await all()).toEqual([expect.objectContaining({ rate: 1.15, currency_code: 'EUR' })]);
		const one = `${rates}/${(await all())[0]?.['exchange_rate_id']}`;
		await call('PUT', one, { rate: 1.3 });
		expect((await call('GET', one)).body['exchange_rate']).toBe(1.3);
		expect(await refusal('POST', rates, { effective_date: '2026-13-01', rate: 1 })).toEqual([400, 2]);
		expect(await refusal('POST', rates, { rate: 0 })).toEqual([400, 2]);
		await call('DELETE', one);
		expect(await all()).toEqual([]);
		const base = `/settings/currencies/${idOf(rows, 'USD')}/exchangerates`;
		expect(await refusal('POST', base, { rate: 2 })).toEqual([400, 2]);
	});
});
