import fc from 'fast-check';
import { exact, rounded, toNumber } from '../../sandbox/simulator/crm/exact.mts';
import { type Json, startCrm } from './crmSupport.mts';

const taxes = [
	{ name: 'VAT', value: 19 },
	{ name: 'Levy', value: 7.5 },
];
const euros = { currency: 'EUR', taxes };

/** An org with a Product, and shorthand for its invoices. */
async function shop(crm: Json = euros) {
	const started = startCrm({ crm });
	const { call, add } = started;
	const product = await add('Products', { Product_Name: 'Bolt' });
	const line = (values: Json): Json => ({ Product_Name: { id: product }, Quantity: 1, ...values });
	const invoice = (lines: Json[], values: Json = {}) =>
		add('Invoices', { Subject: 'A', Invoiced_Items: lines, ...values });
	const read = async (id: string, module = 'Invoices'): Promise<Json> =>
		(await call('GET', `/${module}/${id}`)).body['data'][0];
	const write = (id: string, values: Json, headers?: Record<string, string>) =>
		call('PUT', `/Invoices/${id}`, { data: [values] }, headers);
	return { ...started, product, line, invoice, read, write };
}

const codes = (answer: { body: Json }) => answer.body['data'].map((item: Json) => item['code']);
const details = (answer: { body: Json }) => answer.body['data'][0].details as Json;

describe('exact arithmetic', () => {
	test.each([
		[1.005, 2, 1.01],
		[2.675, 2, 2.68],
		[-2.675, 2, -2.68],
		[0.1, 2, 0.1],
		[1e-7, 6, 0],
		[5e-7, 6, 1e-6],
		[1.5, 0, 2],
		[2.5, 0, 3],
		[1e21, 2, 1e21],
	])('%p to %p decimals is %p', (value, places, expected) => {
		expect(toNumber(rounded(exact(value), places))).toBe(expected);
	});

	test('a number with no more decimals than asked for stays what it is', () => {
		fc.assert(
			fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 3 }), (units, places) => {
				const value = Number(`${units}e-${places}`);
				expect(toNumber(rounded(exact(value), places))).toBe(value === 0 ? 0 : value);
			}),
		);
	});
});

describe('totals of an invoice', () => {
	test('a line: quantity by price, less the discount, each tax rounded by itself; the record: lines, less its discount, plus its adjustment', async () => {
		const { line, invoice, read } = await shop();
		const id = await invoice(
			[
				line({
					Quantity: 3,
					List_Price: 33.335,
					Discount: 0.01,
					Line_Tax: [
						{ name: 'VAT', percentage: 19 },
						{ name: 'Levy', percentage: 7.5 },
					],
				}),
				line({ Quantity: 0.5, List_Price: 9.99, Discount: '10%' }),
			],
			{ Discount: 5, Adjustment: -0.02 },
		);
		const record = await read(id);
		// 3 × 33.335 = 100.005, half up.
		expect(record['Invoiced_Items']).toMatchObject([
			{
				Total: 100.01,
				Total_After_Discount: 100,
				Tax: 26.5,
				Net_Total: 126.5,
				Line_Tax: [
					{ name: 'VAT', percentage: 19, value: 19 },
					{ name: 'Levy', percentage: 7.5, value: 7.5 },
				],
			},
			{ Total: 5, Discount: '10%', Total_After_Discount: 4.5, Tax: 0, Net_Total: 4.5, Line_Tax: [] },
		]);
		expect(record).toMatchObject({ Sub_Total: 131, Grand_Total: 125.98 });
	});

	test('what a tenth and a third leave behind in binary never shows', async () => {
		const { line, invoice, read } = await shop();
		const lines = Array.from({ length: 10 }, () => line({ List_Price: 0.1, Quantity: 3 }));
		expect(await read(await invoice(lines))).toMatchObject({ Sub_Total: 3, Grand_Total: 3 });
	});

	test('they follow every change of rows, discount and adjustment, and COQL reads them', async () => {
		const { line, invoice, write, coql } = await shop();
		const id = await invoice([line({ List_Price: 10 })]);
		const total = async () => {
			const { body } = await coql(`select Sub_Total, Grand_Total from Invoices where id = '${id}'`);
			return [body['data'][0].Sub_Total, body['data'][0].Grand_Total];
		};
		expect(await total()).toEqual([10, 10]);
		await write(id, { Discount: 1.5 });
		expect(await total()).toEqual([10, 8.5]);
		await write(id, { Adjustment: 0.03 });
		expect(await total()).toEqual([10, 8.53]);
		await write(id, { Invoiced_Items: [line({ List_Price: 1, Quantity: 2 })] });
		expect(await total()).toEqual([12, 10.53]);
		const { body } = await coql('select id from Invoices where Grand_Total = 10.53');
		expect(body['data']).toEqual([{ id }]);
	});

	test('what CRM computes cannot be written: it is passed over, and the call log tells', async () => {
		const { call, line, read } = await shop();
		const answer = await call('POST', '/Invoices', {
			data: [
				{
					Subject: 'A',
					Grand_Total: 99,
					Sub_Total: 99,
					Tax: 99,
					Invoiced_Items: [line({ List_Price: 10, Total: 99, Net_Total: 99, Tax: 99 })],
				},
			],
		});
		expect(answer.note.ignoredFields?.sort()).toEqual([
			'Grand_Total',
			'Invoiced_Items.Net_Total',
			'Invoiced_Items.Tax',
			'Invoiced_Items.Total',
			'Sub_Total',
			'Tax',
		]);
		expect(await read(details(answer)['id'])).toMatchObject({
			Sub_Total: 10,
			Grand_Total: 10,
			Tax: null,
			Invoiced_Items: [{ Tax: 0, Total: 10 }],
		});
	});

	test.each([
		['JPY', 13.335, 13, 2],
		['KWD', 13.3335, 13.334, 2.533],
	])('in %s amounts have its decimals', async (currency, List_Price, net, tax) => {
		const { line, invoice, read } = await shop({ currency, taxes: [{ name: 'VAT', value: 19 }] });
		const id = await invoice([line({ List_Price, Line_Tax: [{ name: 'VAT', percentage: 19 }] })]);
		expect((await read(id))['Invoiced_Items']).toMatchObject([{ Total_After_Discount: net, Tax: tax }]);
	});

	test('a Quote has totals, too', async () => {
		const { add, line, read } = await shop();
		const id = await add('Quotes', { Subject: 'Q', Quoted_Items: [line({ List_Price: 2, Quantity: 2 })] });
		expect(await read(id, 'Quotes')).toMatchObject({ Grand_Total: 4, Quoted_Items: [{ Net_Total: 4 }] });
	});
});

describe('line items', () => {
	const subjects = (record: Json) =>
		record['Invoiced_Items'].map((row: Json) => [row['Description'], row['Quantity'], row['List_Price']]);

	test('an update changes rows that it names by id, appends those without, deletes by _delete, and leaves the rest', async () => {
		const { line, invoice, read, write } = await shop();
		const lines = ['a', 'b', 'c'].map((Description) => line({ Description, List_Price: 10 }));
		const id = await invoice(lines);
		const rows = (await read(id))['Invoiced_Items'] as Json[];
		expect(new Set(rows.map((row) => row['id'])).size).toBe(3);
		const answer = await write(id, {
			Invoiced_Items: [
				{ id: rows[1]?.['id'], Quantity: 2 },
				{ id: rows[2]?.['id'], _delete: null },
				line({ Description: 'd', List_Price: 1 }),
			],
		});
		expect(answer.status).toBe(200);
		const after = await read(id);
		expect(subjects(after)).toEqual([
			['a', 1, 10],
			['b', 2, 10],
			['d', 1, 1],
		]);
		expect(after['Invoiced_Items'].map((row: Json) => row['id']).slice(0, 2)).toEqual([
			rows[0]?.['id'],
			rows[1]?.['id'],
		]);
		expect(after['Grand_Total']).toBe(31);
	});

	test('an upsert that finds the invoice appends its rows: nothing is replaced by itself', async () => {
		const { call, line, invoice, read } = await shop();
		const id = await invoice([line({ List_Price: 10 })]);
		await call('POST', '/Invoices/upsert', {
			data: [{ Subject: 'A', Invoiced_Items: [line({ List_Price: 10 })] }],
		});
		expect(await read(id)).toMatchObject({ Grand_Total: 20, Invoiced_Items: [{}, {}] });
	});

	test('a row that is refused leaves the record as it was', async () => {
		const { call, line, invoice, read, write } = await shop();
		const id = await invoice([line({ Description: 'a', List_Price: 10 })]);
		const before = await read(id);
		const [row] = before['Invoiced_Items'];
		const wrong: Array<[Json, string]> = [
			[{ id: '4876876000000999999', Quantity: 2 }, '$.data[0].Invoiced_Items[0].id'],
			[{ _delete: null }, '$.data[0].Invoiced_Items[0].id'],
			[{ Quantity: 2 }, '$.data[0].Invoiced_Items[0].Product_Name'],
			[{ Product_Name: { id: '4876876000000999999' } }, '$.data[0].Invoiced_Items[0].Product_Name.id'],
			[{ id: row.id, Product_Name: null }, '$.data[0].Invoiced_Items[0].Product_Name'],
			[line({ List_Price: 'ten' }), '$.data[0].Invoiced_Items[0].List_Price'],
			[line({ Discount: -1 }), '$.data[0].Invoiced_Items[0].Discount'],
			[{ id: row.id, _delete: null }, '$.data[0].Invoiced_Items'],
		];
		for (const [entry, path] of wrong) {
			const answer = await write(id, { Subject: 'B', Invoiced_Items: [entry] });
			expect([answer.status, details(answer)['json_path']]).toEqual([400, path]);
		}
		expect(await read(id)).toEqual(before);
		const foreign = await call('POST', '/Invoices', {
			data: [{ Subject: 'C', Invoiced_Items: [{ ...line({}), id: row.id }] }],
		});
		expect(codes(foreign)).toEqual(['INVALID_DATA']);
	});

	test('a tax must be one of the organization, by name and percentage', async () => {
		const { call, line } = await shop();
		const send = (Line_Tax: unknown) =>
			call('POST', '/Invoices', { data: [{ Subject: 'A', Invoiced_Items: [line({ Line_Tax })] }] });
		for (const tax of [
			{ name: 'GST', percentage: 19 },
			{ name: 'VAT', percentage: 7 },
			{ name: 'VAT' },
			{ percentage: 19 },
		]) {
			const answer = await send([tax]);
			expect([codes(answer), details(answer)]).toEqual([
				['INVALID_DATA'],
				{ api_name: 'Line_Tax', json_path: '$.data[0].Invoiced_Items[0].Line_Tax[0]' },
			]);
		}
		expect(codes(await send({ name: 'VAT', percentage: 19 }))).toEqual(['INVALID_DATA']);
		expect(codes(await send([{ name: 'VAT', percentage: 19 }]))).toEqual(['SUCCESS']);
	});

	test('rows come with GET of one record, and with nothing else', async () => {
		const { call, coql, line, invoice, sent, write, org } = await shop();
		await call('POST', '/actions/watch', {
			watch: [
				{
					channel_id: '1',
					events: ['Invoices.all'],
					notify_url: 'https://n8n.example.com/x',
					return_affected_field_values: true,
				},
			],
		});
		const id = await invoice([line({ List_Price: 10 })]);
		await write(id, { Invoiced_Items: [line({ List_Price: 5 })] });
		expect((await call('GET', '/Invoices?fields=Subject,Invoiced_Items')).body['data']).toEqual([
			{ id, Subject: 'A' },
		]);
		expect((await call('GET', '/Invoices/search?word=in&fields=Invoiced_Items')).status).toBe(204);
		expect((await coql('select Invoiced_Items from Invoices where id is not null')).body['code']).toBe(
			'INVALID_QUERY',
		);
		expect(sent.map(({ body }) => [body['operation'], body['ids']])).toEqual([
			['insert', [id]],
			['update', [id]],
		]);
		expect(sent[1]?.body['affected_fields']).toEqual([{ [id]: ['Sub_Total', 'Grand_Total'] }]);
		expect(org.records('Invoices')).toMatchObject([{ Invoiced_Items: [{}, {}] }]);
	});

	test('If-Unmodified-Since guards rows as it guards fields', async () => {
		const { line, invoice, read, write, world } = await shop();
		const id = await invoice([line({ List_Price: 10 })]);
		const { Modified_Time: seen } = await read(id);
		expect((await write(id, { Adjustment: 1 }, { 'if-unmodified-since': seen })).status).toBe(200);
		world.clock.advance(2000);
		await write(id, { Adjustment: 2 });
		const late = await write(
			id,
			{ Invoiced_Items: [line({ List_Price: 5 })] },
			{ 'if-unmodified-since': seen },
		);
		expect([late.status, codes(late)]).toEqual([412, ['ALREADY_MODIFIED']]);
		expect(await read(id)).toMatchObject({ Grand_Total: 12 });
	});
});

describe('several currencies', () => {
	const several = {
		taxes,
		currencies: [
			{ iso_code: 'EUR', exchange_rate: 1 },
			{ iso_code: 'JPY', exchange_rate: 160.5 },
			{ iso_code: 'CHF', exchange_rate: 0.95, is_active: false },
		],
	};

	test('a record takes an active currency, at its own or the organization’s rate; its amounts have its decimals', async () => {
		const { line, invoice, read, write } = await shop(several);
		const lines = [line({ List_Price: 10.5 })];
		expect(await read(await invoice(lines))).toMatchObject({
			Currency: 'EUR',
			Exchange_Rate: 1,
			Grand_Total: 10.5,
		});
		const yen = await invoice(lines, { Currency: 'JPY' });
		expect(await read(yen)).toMatchObject({ Currency: 'JPY', Exchange_Rate: 160.5, Grand_Total: 11 });
		await write(yen, { Exchange_Rate: 158 });
		await write(yen, { Adjustment: 1 });
		expect(await read(yen)).toMatchObject({ Exchange_Rate: 158, Grand_Total: 12 });
		for (const wrong of [{ Currency: 'CHF' }, { Currency: 'USD' }, { Exchange_Rate: 0 }]) {
			const answer = await write(yen, wrong);
			expect([codes(answer), details(answer)['api_name']]).toEqual([['INVALID_DATA'], Object.keys(wrong)[0]]);
		}
	});

	test('modules with money have the fields, others not; a custom module has them with its first amount', async () => {
		const { call, org } = await shop(several);
		const has = async (module: string) => {
			const { body } = await call('GET', `/settings/fields?module=${module}`);
			return body['fields'].filter(({ api_name: name }: Json) => /^(Currency|Exchange_Rate)$/.test(name))
				.length;
		};
		expect(
			await Promise.all(['Invoices', 'Deals', 'Products', 'Accounts', 'Notes', 'Tasks'].map(has)),
		).toEqual([2, 2, 2, 2, 0, 0]);
		await call('POST', '/settings/modules', {
			modules: [
				{
					singular_label: 'Refund',
					plural_label: 'Refunds',
					api_name: 'Refunds',
					profiles: [{ id: org.profileId }],
				},
			],
		});
		expect(await has('Refunds')).toBe(0);
		await call('POST', '/settings/fields?module=Refunds', {
			fields: [{ field_label: 'Amount', data_type: 'currency' }],
		});
		expect(await has('Refunds')).toBe(2);
	});

	test('GET /org/currencies lists them all; the organization names its home currency', async () => {
		const { call } = await shop(several);
		const { body } = await call('GET', '/org/currencies');
		expect(body['currencies']).toMatchObject([
			{ iso_code: 'EUR', exchange_rate: '1.000000000', is_base: true, is_active: true, symbol: '€' },
			{ iso_code: 'JPY', exchange_rate: '160.500000000', is_base: false, format: { decimal_places: '0' } },
			{ iso_code: 'CHF', is_active: false, format: { decimal_places: '2' } },
		]);
		expect(
			(await call('GET', `/org/currencies/${body['currencies'][1].id}`)).body['currencies'],
		).toHaveLength(1);
		expect((await call('GET', '/org')).body['org'][0]).toMatchObject({
			iso_code: 'EUR',
			currency: 'Euro - EUR',
		});
	});

	test('with one currency, and below Enterprise, there is none of this', async () => {
		const single = await shop();
		expect((await single.call('GET', '/org/currencies')).status).toBe(204);
		const small = await shop({ ...several, edition: 'professional' });
		expect((await small.call('GET', '/org/currencies')).body['code']).toBe('FEATURE_NOT_SUPPORTED');
		for (const { call, line } of [single, small]) {
			const answer = await call('POST', '/Invoices', {
				data: [{ Subject: 'A', Currency: 'XXX', Exchange_Rate: 7, Invoiced_Items: [line({})] }],
			});
			expect([answer.status, answer.note.ignoredFields]).toEqual([201, ['Currency', 'Exchange_Rate']]);
		}
	});
});

describe('Deals', () => {
	test('the stage brings its probability, the amount its expected revenue', async () => {
		const { add, call, read } = await shop();
		const id = await add('Deals', { Deal_Name: 'D', Stage: 'Negotiation/Review', Amount: 33.35 });
		expect(await read(id, 'Deals')).toMatchObject({ Probability: 90, Expected_Revenue: 30.02 });
		const update = (values: Json) => call('PUT', `/Deals/${id}`, { data: [values] });
		await update({ Probability: 50 });
		await update({ Stage: 'Negotiation/Review' });
		expect(await read(id, 'Deals')).toMatchObject({ Probability: 50 });
		await update({ Stage: 'Closed Won' });
		expect(await read(id, 'Deals')).toMatchObject({ Probability: 100, Expected_Revenue: 33.35 });
	});

	test('its Products are put on it and taken off, one by one', async () => {
		const { add, call, product, read, org } = await shop();
		const deal = await add('Deals', { Deal_Name: 'D', Stage: 'Qualification' });
		const other = await add('Products', { Product_Name: 'Nut', Unit_Price: 2 });
		const listed = async (path = `/Deals/${deal}/Products`) =>
			((await call('GET', `${path}?fields=Product_Name`)).body['data'] ?? []).map((row: Json) => row['id']);
		expect((await call('GET', `/Deals/${deal}/Products?fields=Product_Name`)).status).toBe(204);
		const { Modified_Time: before } = await read(deal, 'Deals');
		const put = await call('PUT', `/Deals/${deal}/Products`, {
			data: [{ id: product }, { id: '4876876000000999999' }, {}, { id: other }],
		});
		expect([put.status, codes(put)]).toEqual([
			207,
			['SUCCESS', 'INVALID_DATA', 'MANDATORY_NOT_FOUND', 'SUCCESS'],
		]);
		await call('PUT', `/Deals/${deal}/Products/${other}`, { data: [{}] });
		expect(await listed()).toEqual([other, product]);
		expect(await listed(`/Products/${other}/Deals`)).toEqual([deal]);
		expect((await read(deal, 'Deals'))['Modified_Time']).toBe(before);
		expect((await call('DELETE', `/Deals/${deal}/Products?ids=${product}`)).status).toBe(200);
		const again = await call('DELETE', `/Deals/${deal}/Products/${product}`);
		expect([again.status, again.body['message']]).toEqual([400, 'relation not found']);
		expect(await listed()).toEqual([other]);
		expect(await listed(`/Products/${product}/Deals`)).toEqual([]);
		await call('DELETE', `/Products/${other}`);
		expect(await listed()).toEqual([]);
		org.desk({
			system: 'crm',
			location: 'in',
			collection: 'Products',
			action: 'update',
			id: product,
			record: {},
			parent: deal,
		});
		expect(await listed()).toEqual([product]);
	});

	test('lists of lookups cannot be put on; a list that is not there is refused', async () => {
		const { add, call } = await shop();
		const deal = await add('Deals', { Deal_Name: 'D', Stage: 'Qualification' });
		const lookup = await call('PUT', `/Deals/${deal}/Quotes`, { data: [{ id: deal }] });
		expect([lookup.status, lookup.body['code']]).toEqual([400, 'NOT_SUPPORTED']);
		expect((await call('GET', `/Deals/${deal}/Nonsense?fields=id`)).body['details']).toEqual({
			resource_path_index: 2,
		});
		const { body } = await call('GET', '/settings/related_lists?module=Deals');
		expect(body['related_lists'].map((list: Json) => list['api_name'])).toEqual([
			'Quotes',
			'Sales_Orders',
			'Invoices',
			'Notes',
			'Products',
			'Contact_Roles',
		]);
	});
});

describe('the unique link field', () => {
	test.each(['Products', 'Vendors', 'Deals', 'Invoices', 'Customer_Payments'])(
		'of %s refuses a second record and finds the first one',
		async (module) => {
			const { call, line, org, sent } = await shop();
			await call('POST', `/settings/fields?module=${module}`, {
				fields: [{ field_label: 'Zoho Books ID', data_type: 'text', unique: { case_sensitive: false } }],
			});
			await call('POST', '/actions/watch', {
				watch: [{ channel_id: '1', events: [`${module}.all`], notify_url: 'https://n8n.example.com/x' }],
			});
			const name = org.module(module).spec.nameField;
			const record = (title: string): Json => ({
				[name]: title,
				Zoho_Books_ID: '77',
				...(module === 'Deals' ? { Stage: 'Qualification' } : {}),
				...(module === 'Invoices' ? { Invoiced_Items: [line({ List_Price: 1 })] } : {}),
			});
			const first = await call('POST', `/${module}`, { data: [record('One')] });
			const { id } = details(first);
			const twin = await call('POST', `/${module}`, { data: [record('Two')] });
			expect([twin.status, codes(twin), details(twin)['duplicate_record'].id]).toEqual([
				400,
				['DUPLICATE_DATA'],
				id,
			]);
			const upsert = await call('POST', `/${module}/upsert`, {
				data: [record('Three')],
				duplicate_check_fields: ['Zoho_Books_ID'],
			});
			expect(upsert.body['data'][0]).toMatchObject({ action: 'update', duplicate_field: 'Zoho_Books_ID' });
			await call('DELETE', `/${module}/${id}`);
			expect(sent.map(({ body }) => [body['module'], body['operation'], body['ids']])).toEqual([
				[module, 'insert', [id]],
				[module, 'update', [id]],
				[module, 'delete', [id]],
			]);
		},
	);
});
