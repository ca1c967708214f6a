import { type Json, startCrm } from './crmSupport.mts';

const codes = (answer: { body: Json }) => answer.body['data'].map((item: Json) => item['code']);
const details = (answer: { body: Json }) => answer.body['data'][0].details as Json;

describe('taxes of the organization', () => {
	const tax = (...taxes: Json[]) => ({ org_taxes: { taxes } });

	test('there are none at first; new ones are made by POST or PUT and listed in order', async () => {
		const { call } = startCrm();
		expect((await call('GET', '/org/taxes')).status).toBe(204);
		const made = await call('POST', '/org/taxes', tax({ name: 'VAT', value: 19, sequence_number: 1 }));
		expect([made.status, made.body['org_taxes'].code]).toEqual([201, 'SUCCESS']);
		expect((await call('PUT', '/org/taxes', tax({ name: 'Levy', value: 7.5 }))).status).toBe(200);
		const { body } = await call('GET', '/org/taxes');
		expect(body).toEqual({
			org_taxes: {
				taxes: [
					{ display_label: 'VAT', name: 'VAT', id: expect.any(String), value: 19, sequence_number: 1 },
					{ display_label: 'Levy', name: 'Levy', id: expect.any(String), value: 7.5, sequence_number: 2 },
				],
				preference: { auto_populate_tax: false, modify_tax_rates: true },
			},
		});
		const { id } = body['org_taxes'].taxes[1];
		expect((await call('GET', `/org/taxes/${id}`)).body['org_taxes'].taxes).toHaveLength(1);
		await call('PUT', '/org/taxes', tax({ id, value: 8 }));
		expect((await call('GET', `/org/taxes/${id}`)).body['org_taxes'].taxes).toMatchObject([
			{ name: 'Levy', value: 8 },
		]);
	});

	test('a wrong one is refused, and with it those beside it', async () => {
		const { call } = startCrm({ crm: { taxes: [{ name: 'VAT', value: 19 }] } });
		const good = { name: 'Good', value: 1 };
		const wrong: Array<[Json, string, string]> = [
			[{ value: 5 }, 'MANDATORY_NOT_FOUND', 'name'],
			[{ name: 'X' }, 'MANDATORY_NOT_FOUND', 'value'],
			[{ name: 'X', value: '5' }, 'INVALID_DATA', 'value'],
			[{ name: 'X', value: 101 }, 'INVALID_DATA', 'value'],
			[{ name: 'vat', value: 19 }, 'DUPLICATE_DATA', 'name'],
			[{ id: '1', value: 19 }, 'INVALID_DATA', 'id'],
		];
		for (const [entry, code, field] of wrong) {
			const answer = await call('POST', '/org/taxes', tax(good, entry));
			expect([answer.status, answer.body['code'], answer.body['details'].json_path]).toEqual([
				400,
				code,
				`$.org_taxes.taxes[1].${field}`,
			]);
		}
		expect((await call('GET', '/org/taxes')).body['org_taxes'].taxes).toHaveLength(1);
	});

	test('with the switch off only PUT makes them', async () => {
		const { call } = startCrm({ switches: { crmTaxPost: false } });
		const body = tax({ name: 'VAT', value: 19 });
		expect((await call('POST', '/org/taxes', body)).body['code']).toBe('INVALID_REQUEST_METHOD');
		expect((await call('PUT', '/org/taxes', body)).status).toBe(200);
	});
});

describe('notes', () => {
	async function noted() {
		const crm = startCrm();
		const parent = await crm.add('Accounts', { Account_Name: 'Acme' });
		const of = (id: string, module = 'Accounts') => ({ module: { api_name: module }, id });
		const post = (...data: Json[]) => crm.call('POST', '/Notes', { data });
		return { ...crm, parent, of, post };
	}

	test('a note is made under a record, read, changed and deleted', async () => {
		const { call, coql, org, parent, of, post } = await noted();
		const made = await post({ Note_Title: 'Paid', Note_Content: 'x'.repeat(32_000), Parent_Id: of(parent) });
		expect(made.status).toBe(201);
		const { id, ...rest } = details(made);
		expect(Object.keys(rest).sort()).toEqual(['Created_By', 'Created_Time', 'Modified_By', 'Modified_Time']);
		const shown = {
			id,
			Note_Title: 'Paid',
			Parent_Id: {
				module: { api_name: 'Accounts', id: org.module('Accounts').id },
				name: 'Acme',
				id: parent,
			},
		};
		expect((await call('GET', `/Notes/${id}`)).body['data'][0]).toMatchObject(shown);
		expect((await call('GET', '/Notes?fields=Note_Title,Parent_Id')).body['data']).toEqual([shown]);
		expect((await call('GET', `/Accounts/${parent}/Notes?fields=Note_Title,Parent_Id`)).body['data']).toEqual(
			[shown],
		);
		for (const where of [`Parent_Id = '${parent}'`, "Note_Title = 'Paid'"]) {
			const { body } = await coql(`select Note_Title, Note_Content, Parent_Id from Notes where ${where}`);
			expect(body['data']).toMatchObject([{ ...shown, Note_Content: 'x'.repeat(32_000) }]);
		}
		expect((await call('PUT', `/Notes/${id}`, { data: [{ Note_Content: 'short' }] })).status).toBe(200);
		expect((await call('GET', `/Notes/${id}`)).body['data'][0]).toMatchObject({
			...shown,
			Note_Content: 'short',
		});
		expect((await call('DELETE', `/Notes?ids=${id}`)).status).toBe(200);
		expect((await call('GET', `/Notes/${id}`)).status).toBe(204);
	});

	test('a note stays with the record it was made under, and goes with it', async () => {
		const { add, call, parent, of, post, org } = await noted();
		const other = await add('Accounts', { Account_Name: 'Other' });
		const { id } = details(await post({ Note_Title: 'N', Parent_Id: of(parent) }));
		await call('PUT', `/Notes/${id}`, { data: [{ Note_Title: 'M', Parent_Id: of(other) }] });
		expect((await call('GET', `/Accounts/${other}/Notes?fields=Note_Title`)).status).toBe(204);
		await call('DELETE', `/Accounts/${parent}`);
		expect(org.records('Notes')).toEqual([]);
	});

	test('what a note needs', async () => {
		const { parent, of, post, call, coql } = await noted();
		const answer = await post(
			{ Note_Title: 'Good', Parent_Id: of(parent) },
			{ Parent_Id: of(parent) },
			{ Note_Title: 'No parent' },
			{ Note_Title: 'Bad', Parent_Id: of('4876876000000999999') },
			{ Note_Title: 'Bad', Parent_Id: of(parent, 'Contacts') },
			{ Note_Title: 'x'.repeat(121), Parent_Id: of(parent) },
			{ Note_Content: 'x'.repeat(32_001), Parent_Id: of(parent) },
		);
		expect([answer.status, codes(answer)]).toEqual([
			207,
			['SUCCESS', 'EXPECTED_FIELD_MISSING', ...Array.from({ length: 5 }, () => 'INVALID_DATA')],
		]);
		const list = await coql(`select id from Notes where Parent_Id in ('${parent}')`);
		expect(list.body).toMatchObject({ code: 'INVALID_QUERY', details: { operator: 'in' } });
		expect((await coql("select id from Notes where Note_Content = 'x'")).body['code']).toBe('INVALID_QUERY');
		expect((await call('GET', '/Notes/search?word=good')).status).toBe(404);
		expect((await call('POST', '/Notes/upsert', { data: [] })).status).toBe(404);
	});
});

describe('custom modules', () => {
	const order = (profile: string, values: Json = {}) => ({
		modules: [
			{
				singular_label: 'Books Payment',
				plural_label: 'Books Payments',
				api_name: 'Books_Payments',
				profiles: [{ id: profile }],
				...values,
			},
		],
	});
	const start = async (crm: Json = {}) => {
		const started = startCrm({ crm });
		const { body } = await started.call('GET', '/settings/profiles');
		const profile = body['profiles'][0].id as string;
		const make = (values?: Json) => started.call('POST', '/settings/modules', order(profile, values));
		return { ...started, profile, make };
	};

	test('a module is made, gets fields of every kind, takes records and is watched', async () => {
		const { call, coql, make, sent } = await start();
		const made = await make();
		expect([made.status, made.body['modules'][0].message]).toEqual([201, 'module created successfully']);
		expect((await call('GET', '/settings/modules/Books_Payments')).body['modules'][0]).toMatchObject({
			id: made.body['modules'][0].details.id,
			generated_type: 'custom',
			singular_label: 'Books Payment',
			api_supported: true,
		});
		const add = (...fields: Json[]) => call('POST', '/settings/fields?module=Books_Payments', { fields });
		const first = await add(
			{ field_label: 'Amount', data_type: 'currency' },
			{ field_label: 'Payment Date', data_type: 'date' },
			{ field_label: 'Rate', data_type: 'double' },
			{ field_label: 'Count', data_type: 'integer' },
			{ field_label: 'Settled', data_type: 'boolean' },
		);
		const second = await add(
			{
				field_label: 'Mode',
				data_type: 'picklist',
				pick_list_values: [{ display_value: 'Cash', actual_value: 'Cash' }],
			},
			{ field_label: 'Payer', data_type: 'lookup', lookup: { module: { api_name: 'Accounts' } } },
			{ field_label: 'Zoho Books ID', data_type: 'text', unique: { case_sensitive: false } },
			{ field_label: 'Zoho Books Sync', data_type: 'textarea', textarea: { type: 'large' } },
		);
		expect([first.status, second.status]).toEqual([201, 201]);
		await call('POST', '/actions/watch', {
			watch: [{ channel_id: '1', events: ['Books_Payments.all'], notify_url: 'https://n8n.example.com/x' }],
		});
		const account = await call('POST', '/Accounts', { data: [{ Account_Name: 'Acme' }] });
		const record = {
			Name: 'P-1',
			Amount: 10.5,
			Payment_Date: '2026-07-01',
			Rate: 1.25,
			Count: 3,
			Settled: true,
			Mode: 'Cash',
			Zoho_Books_ID: '9',
		};
		const saved = await call('POST', '/Books_Payments/upsert', {
			data: [{ ...record, Payer: { id: details(account)['id'] } }],
			duplicate_check_fields: ['Zoho_Books_ID'],
		});
		expect(codes(saved)).toEqual(['SUCCESS']);
		const { id } = details(saved);
		expect((await call('GET', `/Books_Payments/${id}`)).body['data'][0]).toMatchObject({
			...record,
			Payer: { name: 'Acme' },
		});
		expect((await coql("select Amount from Books_Payments where Zoho_Books_ID = '9'")).body['data']).toEqual([
			{ id, Amount: 10.5 },
		]);
		expect(sent.map(({ body }) => [body['module'], body['ids']])).toEqual([['Books_Payments', [id]]]);
		const wrong = await call('POST', '/Books_Payments', {
			data: [
				{ Name: 'P', Amount: 'ten' },
				{ Name: 'P', Payment_Date: '1 July' },
				{ Name: 'P', Settled: 'yes' },
				{ Amount: 1 },
			],
		});
		expect(codes(wrong)).toEqual(['INVALID_DATA', 'INVALID_DATA', 'INVALID_DATA', 'MANDATORY_NOT_FOUND']);
	});

	test('names and labels have rules', async () => {
		const { make } = await start();
		await make();
		const other = { singular_label: 'Other', plural_label: 'Others' };
		const wrong: Array<[Json, string]> = [
			[{ ...other, api_name: '1st' }, 'INVALID_DATA'],
			[{ ...other, api_name: 'A__b' }, 'INVALID_DATA'],
			[{ ...other, api_name: 'A_' }, 'INVALID_DATA'],
			[{ ...other, api_name: 'x'.repeat(51) }, 'INVALID_DATA'],
			[{ ...other, api_name: '' }, 'INVALID_DATA'],
			[{ ...other, api_name: 'Users' }, 'RESERVED_KEYWORD_NOT_ALLOWED'],
			[{ ...other, api_name: 'books_payments' }, 'DUPLICATE_DATA'],
			[{ ...other, api_name: 'Contacts' }, 'DUPLICATE_DATA'],
			[{ ...other, singular_label: undefined, api_name: 'A' }, 'MANDATORY_NOT_FOUND'],
			[{ ...other, singular_label: 'x'.repeat(26), api_name: 'A' }, 'INVALID_DATA'],
			[{ ...other, plural_label: 'A & B', api_name: 'A' }, 'INVALID_DATA'],
			[{ ...other, api_name: 'A', profiles: [] }, 'MANDATORY_NOT_FOUND'],
			[{ ...other, api_name: 'A', profiles: [{ id: '1' }] }, 'INVALID_DATA'],
		];
		for (const [values, code] of wrong) {
			const answer = await make(values);
			expect([values, answer.status, answer.body['modules']?.[0]?.code]).toEqual([values, 400, code]);
		}
		const twin = await make({ api_name: 'Elsewhere' });
		expect([twin.status, twin.body['code'], twin.body['details'].api_name]).toEqual([
			400,
			'DUPLICATE_DATA',
			'singular_label',
		]);
	});

	test('without an API name the plural label makes it; the name may be a number of its own', async () => {
		const { call, profile } = await start();
		await call('POST', '/settings/modules', {
			modules: [
				{
					singular_label: 'Kind Word',
					plural_label: 'Kind Words',
					profiles: [{ id: profile }],
					display_field: {
						field_label: 'Word No',
						data_type: 'autonumber',
						auto_number: { prefix: 'W-', start_number: '21', suffix: '' },
					},
				},
			],
		});
		const made = await call('POST', '/Kind_Words', { data: [{}, {}] });
		const ids = made.body['data'].map((item: Json) => item['details'].id);
		const names = await Promise.all(
			ids.map(async (id: string) => (await call('GET', `/Kind_Words/${id}`)).body['data'][0].Name),
		);
		expect(names).toEqual(['W-21', 'W-22']);
	});

	test.each([
		['free', 0],
		['standard', 10],
		['professional', 25],
	])('the edition %s has room for %p', async (edition, limit) => {
		const { call, profile, org } = await start({ edition });
		const make = (n: number) =>
			call('POST', '/settings/modules', {
				modules: [
					{
						singular_label: `M ${n}`,
						plural_label: `Ms ${n}`,
						api_name: `M${n}`,
						profiles: [{ id: profile }],
					},
				],
			});
		const custom = () => [...org.modules.values()].filter(({ spec }) => spec.generated === 'custom').length;
		for (let n = custom(); n < limit; n++) expect((await make(n)).status).toBe(201);
		const full = await make(999);
		expect([full.status, full.body['code'], full.body['details']]).toEqual([
			400,
			'LIMIT_EXCEEDED',
			{ limit },
		]);
		expect(custom()).toBe(limit);
	});

	test('making one costs 500 credits', async () => {
		const { make, call } = await start({ edition: 'free' });
		for (let n = 0; n < 9; n++) await make();
		expect((await make()).status).toBe(429);
		expect((await call('GET', '/org')).status).toBe(200);
	});
});

describe('scopes of settings', () => {
	test.each([
		['GET', '/org/taxes', 'ZohoCRM.settings.taxes.READ'],
		['POST', '/org/taxes', 'ZohoCRM.settings.taxes.CREATE'],
		['PUT', '/org/taxes', 'ZohoCRM.settings.taxes.UPDATE'],
		['GET', '/org/currencies', 'ZohoCRM.settings.currencies.READ'],
		['GET', '/settings/profiles', 'ZohoCRM.settings.profiles.READ'],
		['POST', '/settings/modules', 'ZohoCRM.settings.modules.CREATE'],
		['POST', '/settings/fields?module=Deals', 'ZohoCRM.settings.fields.CREATE'],
		['POST', '/Notes', 'ZohoCRM.modules.notes.CREATE'],
		['PUT', '/Deals/1/Products', 'ZohoCRM.modules.deals.UPDATE'],
	])('%s %s asks for %s', async (method, path, scope) => {
		const status = async (scopes: string[]) =>
			(await startCrm({ scopes }).call(method, path, method === 'GET' ? undefined : {})).status;
		const area = scope.slice(0, scope.lastIndexOf('.'));
		expect(await status([`${area}.DELETE`, 'ZohoCRM.org.READ', 'ZohoCRM.modules.vendors.ALL'])).toBe(401);
		expect(await status([scope])).not.toBe(401);
		expect(await status([`${area}.ALL`])).not.toBe(401);
	});
});

describe('editions', () => {
	test.each([
		['free', [], ['Products', 'Vendors', 'Quotes', 'Invoices', 'Customer_Payments']],
		['standard', ['Products', 'Customer_Payments'], ['Vendors', 'Quotes', 'Invoices']],
		['professional', ['Products', 'Vendors', 'Quotes', 'Invoices'], []],
	] as const)('%s', async (edition, there, absent) => {
		const { call } = startCrm({ crm: { edition } });
		const status = async (module: string) => (await call('GET', `/${module}?fields=Created_Time`)).status;
		expect(await Promise.all(['Deals', 'Notes', ...there].map(status))).toEqual(
			['Deals', 'Notes', ...there].map(() => 204),
		);
		expect(await Promise.all(absent.map(status))).toEqual(absent.map(() => 400));
	});
});
