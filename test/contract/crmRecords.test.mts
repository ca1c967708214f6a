import { startCrm } from './crmSupport.mts';

const day = 24 * 3_600_000;

describe('authorisation of CRM calls', () => {
	test("no token, a wrong token, an expired one and one of another data centre are refused with Zoho's codes", async () => {
		const { call, world, tokenFor } = startCrm();
		const path = '/org';
		expect((await call('GET', path, undefined, { authorization: '' })).body).toEqual({
			code: 'AUTHENTICATION_FAILURE',
			details: {},
			message: 'Authentication failed',
			status: 'error',
		});
		expect(
			(await call('GET', path, undefined, { authorization: 'Zoho-oauthtoken 1000.abc.def' })).body['code'],
		).toBe('INVALID_TOKEN');
		const european = tokenFor(['ZohoCRM.org.READ'], 'eu');
		const answer = await call('GET', path, undefined, { authorization: `Zoho-oauthtoken ${european}` });
		expect([answer.status, answer.body['code']]).toEqual([401, 'INVALID_TOKEN']);
		expect((await call('GET', path)).status).toBe(200);
		world.clock.advance(3_601_000);
		expect((await call('GET', path)).body['code']).toBe('INVALID_TOKEN');
	});

	test('each route asks for its own scope', async () => {
		const { call, add } = startCrm({
			scopes: ['ZohoCRM.modules.Contacts.READ', 'ZohoCRM.modules.contacts.WRITE', 'ZohoCRM.coql.READ'],
		});
		await add('Contacts', { Last_Name: 'Roy' });
		expect((await call('GET', '/Contacts?fields=Email')).status).toBe(200);
		expect(
			(await call('POST', '/coql', { select_query: 'select id from Contacts where id is not null' })).status,
		).toBe(200);
		const refused = [
			await call('GET', '/Accounts?fields=Phone'),
			await call('DELETE', '/Contacts?ids=1'),
			await call('GET', '/settings/modules'),
			await call('GET', '/Contacts/search?word=roy'),
			await call('POST', '/coql', { select_query: 'select id from Accounts where id is not null' }),
			await call('GET', '/actions/watch'),
		];
		expect(refused.map(({ status, body }) => [status, body['code']])).toEqual(
			refused.map(() => [401, 'OAUTH_SCOPE_MISMATCH']),
		);
	});

	test('every answer tells when the token ends; credits appear only when half of them are used', async () => {
		const { call, world } = startCrm({ crm: { edition: 'free' } });
		const first = await call('GET', '/org');
		expect(Date.parse(first.headers['x-accesstoken-reset'] ?? '') - world.now()).toBeLessThanOrEqual(
			3_600_000,
		);
		expect(first.headers['x-api-credits-remaining']).toBeUndefined();
		for (let n = 0; n < 2500; n++) await call('GET', '/org');
		expect((await call('GET', '/org')).headers['x-api-credits-remaining']).toBe('2498');
	});

	test("the day's credits run out with 429 and come back after 24 hours", async () => {
		const { call, world, tokenFor } = startCrm({ crm: { edition: 'free' } });
		for (let n = 0; n < 5000; n++) await call('GET', '/org');
		const answer = await call('GET', '/org');
		expect([answer.status, answer.body['code']]).toEqual([429, 'TOO_MANY_REQUESTS']);
		world.clock.advance(day + 1000);
		expect(
			(await call('GET', '/org', undefined, { authorization: `Bearer ${tokenFor(['ZohoCRM.org.READ'])}` }))
				.status,
		).toBe(200);
	});

	test('more than ten heavy calls, or more calls than the edition allows, at once give 429', async () => {
		const { coql, call } = startCrm({ switches: { latency: 5 }, crm: { edition: 'professional' } });
		const heavy = await Promise.all(
			Array.from({ length: 12 }, () => coql('select id from Contacts where id is not null')),
		);
		expect(heavy.filter(({ status }) => status === 429)).toHaveLength(2);
		const light = await Promise.all(Array.from({ length: 18 }, () => call('GET', '/org')));
		expect(light.filter(({ status }) => status === 429)).toHaveLength(3);
	});

	test('unknown paths are 404, unknown modules and those of other editions 400', async () => {
		const { call } = startCrm({ crm: { edition: 'standard' } });
		expect((await call('GET', '/settings/nonsense')).body).toMatchObject({ code: 'INVALID_URL_PATTERN' });
		expect((await call('GET', 'https://www.zohoapis.in/crm/v9/org')).status).toBe(404);
		const invoices = await call('GET', '/Invoices?fields=Subject');
		expect([invoices.status, invoices.body]).toEqual([
			400,
			{
				code: 'INVALID_MODULE',
				details: { resource_path_index: 0 },
				message: 'the module name given seems to be invalid',
				status: 'error',
			},
		]);
	});
});

describe('metadata', () => {
	test('an edition lists only the modules it has', async () => {
		const names = async (edition: 'free' | 'standard' | 'professional') => {
			const { body } = await startCrm({ crm: { edition } }).call('GET', '/settings/modules');
			return (body['modules'] as Array<{ api_name: string }>).map((module) => module.api_name);
		};
		expect(await names('free')).not.toContain('Products');
		expect(await names('standard')).not.toContain('Invoices');
		expect(await names('professional')).toEqual(
			expect.arrayContaining(['Invoices', 'Quotes', 'Vendors', 'Products', 'Contacts', 'Accounts']),
		);
	});

	test('a unique text field and a long text field can be created, once', async () => {
		const { call, add } = startCrm();
		const wanted = {
			fields: [
				{ field_label: 'Zoho Books ID', data_type: 'text', length: 50, unique: { case_sensitive: false } },
				{ field_label: 'Zoho Books Sync', data_type: 'textarea', textarea: { type: 'large' } },
			],
		};
		expect((await call('POST', '/settings/fields?module=Contacts', wanted)).status).toBe(201);
		const { body } = await call('GET', '/settings/fields?module=Contacts');
		const created = (body['fields'] as Array<Record<string, unknown>>).filter(
			(field) => field['custom_field'],
		);
		expect(created).toMatchObject([
			{ api_name: 'Zoho_Books_ID', data_type: 'text', length: 50, unique: { case_sensitive: false } },
			{ api_name: 'Zoho_Books_Sync', data_type: 'textarea', length: 32000, unique: {} },
		]);
		const again = await call('POST', '/settings/fields?module=Contacts', wanted);
		expect([again.status, again.body['fields'][0].code]).toEqual([400, 'DUPLICATE_DATA']);
		await add('Contacts', { Last_Name: 'Roy', Zoho_Books_ID: 'B1' });
		const twin = await call('POST', '/Contacts', { data: [{ Last_Name: 'Other', Zoho_Books_ID: 'b1' }] });
		expect(twin.body['data'][0]).toMatchObject({
			code: 'DUPLICATE_DATA',
			details: { api_name: 'Zoho_Books_ID' },
		});
	});

	test('the current user and the org tell what echo detection and set-up need', async () => {
		const { call, org } = startCrm({
			crm: { edition: 'professional', timeZone: 'Asia/Kolkata', zgid: '60012345678' },
		});
		const user = (await call('GET', '/users?type=CurrentUser')).body['users'];
		expect(user).toMatchObject([{ id: org.users[0].id, status: 'active' }]);
		expect((await call('GET', '/org')).body['org'][0]).toMatchObject({
			zgid: '60012345678',
			time_zone: 'Asia/Kolkata',
			license_details: { paid_type: 'professional' },
		});
	});
});

describe('writing records', () => {
	test('answers stand in the order of the records, each with its own result', async () => {
		const { call } = startCrm();
		const { status, body } = await call('POST', '/Contacts', {
			data: [
				{ Last_Name: ' Roy ', Email: 'a@example.com' },
				{ First_Name: 'No last name' },
				{ Last_Name: 'X', Email: 'not an address' },
				{ Last_Name: 'Y'.repeat(81) },
				{ Last_Name: 'Z', Phone: '<12>' },
				{ First_Name: 5, Email: 'x' },
			],
		});
		expect(status).toBe(207);
		expect(body['data'].map((item: Record<string, unknown>) => item['code'])).toEqual([
			'SUCCESS',
			'MANDATORY_NOT_FOUND',
			'INVALID_DATA',
			'INVALID_DATA',
			'INVALID_DATA',
			'MULTIPLE_OR_MULTI_ERRORS',
		]);
		expect(body['data'][2].details).toEqual({
			expected_data_type: 'email',
			api_name: 'Email',
			json_path: '$.data[2].Email',
		});
		expect(body['data'][3].details).toEqual({
			maximum_length: 80,
			api_name: 'Last_Name',
			json_path: '$.data[3].Last_Name',
		});
		const { body: one } = await call('GET', `/Contacts/${body['data'][0].details.id}`);
		expect(one['data'][0]).toMatchObject({
			Last_Name: 'Roy',
			Full_Name: 'Roy',
			Email: 'a@example.com',
			Phone: null,
		});
	});

	test('101 records, no data and garbage are refused as a whole', async () => {
		const { call } = startCrm();
		const many = await call('POST', '/Contacts', {
			data: Array.from({ length: 101 }, () => ({ Last_Name: 'X' })),
		});
		expect([many.status, many.body['details'].maximum_length]).toEqual([400, 100]);
		expect((await call('POST', '/Contacts', {})).body['code']).toBe('MANDATORY_NOT_FOUND');
		expect((await call('POST', '/Contacts', '{broken')).body['code']).toBe('INVALID_DATA');
	});

	test('lookups must point to a record that exists; a deleted account leaves its contacts without one', async () => {
		const { call, add } = startCrm();
		const account = await add('Accounts', { Account_Name: 'Acme' });
		const contact = await add('Contacts', { Last_Name: 'Roy', Account_Name: { id: account } });
		expect((await call('GET', `/Contacts/${contact}`)).body['data'][0].Account_Name).toEqual({
			id: account,
			name: 'Acme',
		});
		const lost = await call('POST', '/Contacts', {
			data: [{ Last_Name: 'Roy', Account_Name: { id: '4876876000000999999' } }],
		});
		expect([lost.status, lost.body['data'][0].code]).toEqual([400, 'INVALID_DATA']);
		expect((await call('DELETE', `/Accounts?ids=${account}`)).body['data']).toEqual([
			{ code: 'SUCCESS', details: { id: account }, message: 'record deleted', status: 'success' },
		]);
		expect((await call('GET', `/Contacts/${contact}`)).body['data'][0].Account_Name).toBeNull();
		expect((await call('GET', `/Accounts/${account}`)).status).toBe(204);
		const deleted = (await call('GET', '/Accounts/deleted?type=all')).body['data'];
		expect(deleted).toMatchObject([{ id: account, display_name: 'Acme', type: 'recycle' }]);
	});

	test("Modified_Time has the user's offset, moves with an accepted update and stays with a refused one", async () => {
		const { call, add, world } = startCrm({ crm: { timeZone: 'Asia/Kolkata' } });
		const id = await add('Contacts', { Last_Name: 'Roy' });
		const modified = async () =>
			(await call('GET', `/Contacts/${id}`)).body['data'][0].Modified_Time as string;
		const first = await modified();
		expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/);
		world.clock.advance(5000);
		await call('PUT', '/Contacts', { data: [{ id, Email: 'wrong' }] });
		expect(await modified()).toBe(first);
		await call('PUT', '/Contacts', { data: [{ id, Phone: '1' }] });
		expect(Date.parse(await modified()) - Date.parse(first)).toBeGreaterThanOrEqual(4000);
	});

	test('If-Unmodified-Since refuses an update of a record that was changed later with 412', async () => {
		const { call, add, world } = startCrm();
		const id = await add('Contacts', { Last_Name: 'Roy' });
		const { Modified_Time: seen } = (await call('GET', `/Contacts/${id}`)).body['data'][0];
		world.clock.advance(2000);
		expect(
			(await call('PUT', `/Contacts/${id}`, { data: [{ Phone: '1' }] }, { 'if-unmodified-since': seen }))
				.status,
		).toBe(200);
		const late = await call(
			'PUT',
			`/Contacts/${id}`,
			{ data: [{ Phone: '2' }] },
			{ 'if-unmodified-since': seen },
		);
		expect([late.status, late.body['data'][0].code]).toEqual([412, 'ALREADY_MODIFIED']);
		expect((await call('GET', `/Contacts/${id}`)).body['data'][0].Phone).toBe('1');
	});

	test("an update of an unknown record is that record's own failure", async () => {
		const { call, add } = startCrm();
		const id = await add('Contacts', { Last_Name: 'Roy' });
		const { status, body } = await call('PUT', '/Contacts', {
			data: [{ id: '4876876000000999999', Phone: '1' }, { id, Phone: '1' }, { Phone: '3' }],
		});
		expect([status, body['data'].map((item: Record<string, unknown>) => item['code'])]).toEqual([
			207,
			['INVALID_DATA', 'SUCCESS', 'MANDATORY_NOT_FOUND'],
		]);
	});

	test('fields that do not exist are passed over, and the call log tells', async () => {
		const { call } = startCrm();
		const { status, note } = await call('POST', '/Contacts', {
			data: [{ Last_Name: 'Roy', Nonsense: 1, Full_Name: 'x' }],
		});
		expect([status, note.ignoredFields]).toEqual([201, ['Nonsense', 'Full_Name']]);
	});

	test('of writes that race for one unique value exactly one wins', async () => {
		const { call } = startCrm({ switches: { latency: 1 } });
		await call('POST', '/settings/fields?module=Contacts', {
			fields: [{ field_label: 'Ref', data_type: 'text', unique: { case_sensitive: false } }],
		});
		const answers = await Promise.all(
			Array.from({ length: 8 }, () => call('POST', '/Contacts', { data: [{ Last_Name: 'R', Ref: 'one' }] })),
		);
		expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
		const winner = answers.find(({ status }) => status === 201)?.body['data'][0].details.id;
		const losers = answers
			.filter(({ status }) => status === 400)
			.map(({ body }) => body['data'][0].details.duplicate_record.id);
		expect(losers).toEqual(Array.from({ length: 7 }, () => winner));
	});

	test('an invoice computes its totals and needs lines with products', async () => {
		const { call, add } = startCrm();
		const product = await add('Products', { Product_Name: 'Bolt' });
		expect(
			(await call('POST', '/Invoices', { data: [{ Subject: 'A' }] })).body['data'][0].details.api_name,
		).toBe('Invoiced_Items');
		const id = await add('Invoices', {
			Subject: 'A',
			Invoiced_Items: [{ Product_Name: { id: product }, Quantity: 2, List_Price: 10, Discount: '10%' }],
		});
		const [invoice] = (await call('GET', `/Invoices/${id}`)).body['data'];
		expect(invoice).toMatchObject({
			Sub_Total: 18,
			Grand_Total: 18,
			Invoiced_Items: [{ Product_Name: { name: 'Bolt', id: product }, Quantity: 2 }],
		});
		expect((await call('GET', '/Invoices?fields=Subject,Invoiced_Items')).body['data'][0]).toEqual({
			id,
			Subject: 'A',
		});
	});
});

describe('upsert', () => {
	const start = async () => {
		const crm = startCrm();
		await crm.call('POST', '/settings/fields?module=Contacts', {
			fields: [{ field_label: 'Zoho Books ID', data_type: 'text', unique: { case_sensitive: false } }],
		});
		return crm;
	};

	test('without duplicate_check_fields the system field tells duplicates, then the unique fields', async () => {
		const { call, add } = await start();
		const byMail = await add('Contacts', { Last_Name: 'A', Email: 'A@example.com' });
		const byId = await add('Contacts', { Last_Name: 'B', Zoho_Books_ID: '7' });
		const { status, body } = await call('POST', '/Contacts/upsert', {
			data: [
				{ Last_Name: 'A2', Email: 'a@example.com' },
				{ Last_Name: 'B2', Zoho_Books_ID: '7' },
				{ Last_Name: 'C' },
			],
		});
		expect(status).toBe(200);
		expect(
			body['data'].map((item: any) => [item.action, item.duplicate_field, item.details.id, item.message]),
		).toEqual([
			['update', 'Email', byMail, 'record updated'],
			['update', 'Zoho_Books_ID', byId, 'record updated'],
			['insert', null, expect.any(String), 'record added'],
		]);
	});

	test('given without the system field, the system field does not count, but unique fields always do', async () => {
		const { call, add } = await start();
		await add('Contacts', { Last_Name: 'A', Email: 'a@example.com' });
		const holder = await add('Contacts', { Last_Name: 'B', Zoho_Books_ID: '7' });
		const upsert = (record: object, fields: string[]) =>
			call('POST', '/Contacts/upsert', { data: [record], duplicate_check_fields: fields });
		expect(
			(await upsert({ Last_Name: 'A', Email: 'a@example.com' }, ['Zoho_Books_ID'])).body['data'][0].action,
		).toBe('insert');
		expect(
			(await upsert({ Last_Name: 'B', Email: 'b@example.com', Zoho_Books_ID: '7' }, ['Email'])).body[
				'data'
			][0],
		).toMatchObject({ action: 'update', details: { id: holder } });
		expect((await upsert({ Last_Name: 'A' }, ['Phone'])).body['code']).toBe('INVALID_DATA');
	});

	test("a record found by one field that takes another record's unique value is refused", async () => {
		const { call, add } = await start();
		await add('Contacts', { Last_Name: 'A', Email: 'a@example.com', Zoho_Books_ID: '1' });
		const other = await add('Contacts', { Last_Name: 'B', Zoho_Books_ID: '2' });
		const { status, body } = await call('POST', '/Contacts/upsert', {
			data: [{ Last_Name: 'A', Email: 'a@example.com', Zoho_Books_ID: '2' }],
			duplicate_check_fields: ['Email'],
		});
		expect([status, body['data'][0].code, body['data'][0].details.duplicate_record.id]).toEqual([
			400,
			'DUPLICATE_DATA',
			other,
		]);
	});
});

describe('lists', () => {
	async function filled(count: number) {
		const crm = startCrm();
		for (let from = 0; from < count; from += 100) {
			const data = Array.from({ length: Math.min(100, count - from) }, (_, index) => ({
				Last_Name: `L${from + index}`,
			}));
			expect((await crm.call('POST', '/Contacts', { data })).status).toBe(201);
		}
		return crm;
	}

	test('fields are demanded, 50 at most; an empty list is 204', async () => {
		const { call } = startCrm();
		expect((await call('GET', '/Contacts')).body).toEqual({
			code: 'REQUIRED_PARAM_MISSING',
			details: { param_name: 'fields' },
			message: 'required param is missing',
			status: 'error',
		});
		const many = Array.from({ length: 51 }, (_, n) => `F${n}`).join(',');
		expect((await call('GET', `/Contacts?fields=${many}`)).body).toMatchObject({
			code: 'LIMIT_EXCEEDED',
			details: { limit: 50, param_name: 'fields' },
		});
		expect(await call('GET', '/Contacts?fields=Email')).toMatchObject({ status: 204, body: {} });
	});

	test('pages end at 2,000 rows; page_token goes on to the last record, each once', async () => {
		const { call } = await filled(2450);
		const seen: string[] = [];
		let token = '';
		for (let page = 1; page <= 10; page++) {
			const { body } = await call('GET', `/Contacts?fields=Last_Name&per_page=200&page=${page}`);
			seen.push(...body['data'].map((record: any) => record.id));
			token = body['info'].next_page_token;
		}
		expect((await call('GET', '/Contacts?fields=Last_Name&per_page=200&page=11')).body['code']).toBe(
			'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
		);
		expect(
			(await call('GET', `/Contacts?fields=Last_Name,Email&per_page=200&page_token=${token}`)).body['code'],
		).toBe('TOKEN_BOUND_DATA_MISMATCH');
		expect(
			(await call('GET', `/Contacts?fields=Last_Name&per_page=200&page=2&page_token=${token}`)).body['code'],
		).toBe('AMBIGUITY_DURING_PROCESSING');
		await call('DELETE', `/Contacts?ids=${seen.slice(0, 3).join(',')}`);
		while (token) {
			const { body } = await call('GET', `/Contacts?fields=Last_Name&per_page=200&page_token=${token}`);
			seen.push(...body['data'].map((record: any) => record.id));
			token = body['info'].next_page_token;
		}
		expect([seen.length, new Set(seen).size]).toEqual([2450, 2450]);
		expect([...seen].sort().reverse()).toEqual(seen);
	});

	test('If-Modified-Since gives what changed since, or 304', async () => {
		const { call, add, world } = startCrm();
		await add('Contacts', { Last_Name: 'Old' });
		world.clock.advance(10_000);
		const since = new Date(world.now() - 5000).toISOString().replace(/\.\d+Z/, '+00:00');
		const read = () =>
			call('GET', '/Contacts?fields=Last_Name&sort_by=Modified_Time&sort_order=asc', undefined, {
				'if-modified-since': since,
			});
		expect((await read()).status).toBe(304);
		const id = await add('Contacts', { Last_Name: 'New' });
		expect((await read()).body['data']).toEqual([{ id, Last_Name: 'New' }]);
	});

	test('ids= reads those records; ids that are gone are left out', async () => {
		const { call, add } = startCrm();
		const [a, b] = [await add('Contacts', { Last_Name: 'A' }), await add('Contacts', { Last_Name: 'B' })];
		await add('Contacts', { Last_Name: 'C' });
		expect(
			(await call('GET', `/Contacts?fields=Last_Name&ids=${a},${b},123`)).body['data'].map(
				(record: any) => record.id,
			),
		).toEqual([b, a]);
	});

	test('sorting by Modified_Time pages through all records although many share a second', async () => {
		const { call } = await filled(450);
		const seen: string[] = [];
		let query = 'page=1';
		while (query) {
			const { body } = await call(
				'GET',
				`/Contacts?fields=Last_Name&per_page=200&sort_by=Modified_Time&sort_order=asc&${query}`,
			);
			seen.push(...body['data'].map((record: any) => record.id));
			query = body['info'].more_records ? `page_token=${body['info'].next_page_token}` : '';
		}
		expect(new Set(seen).size).toBe(450);
	});

	test("related lists give an account's contacts", async () => {
		const { call, add } = startCrm();
		const account = await add('Accounts', { Account_Name: 'Acme' });
		const id = await add('Contacts', { Last_Name: 'Roy', Account_Name: account });
		expect((await call('GET', `/Accounts/${account}/Contacts?fields=Last_Name`)).body['data']).toEqual([
			{ id, Last_Name: 'Roy' },
		]);
		expect((await call('GET', `/Accounts/${account}/Deals?fields=Deal_Name`)).status).toBe(204);
	});
});

describe('search', () => {
	test('equals finds what contains the value, after the index has caught up', async () => {
		const { call, add, world } = startCrm({ switches: { searchLag: 10_000 } });
		await add('Accounts', { Account_Name: 'ABC Inc' });
		const search = (query: string) => call('GET', `/Accounts/search?${query}`);
		expect((await search('criteria=(Account_Name:equals:ABC)')).status).toBe(204);
		world.clock.advance(10_001);
		expect((await search('criteria=(Account_Name:equals:ABC)')).body['data'][0].Account_Name).toBe('ABC Inc');
		expect((await search('criteria=((Account_Name:starts_with:AB)and(Phone:equals:99))')).status).toBe(204);
		expect((await search('word=abc')).body['info']).toMatchObject({ count: 1, more_records: false });
		expect((await search('criteria=(Account_Name:equals:A)')).body['code']).toBe('INVALID_QUERY');
		expect((await search('')).body['code']).toBe('EXPECTED_PARAM_MISSING');
		expect((await search('word=abc&page=11')).body['code']).toBe('LIMIT_REACHED');
	});

	test('brackets and commas are escaped with a backslash; an e-mail address is found exactly', async () => {
		const { call, add } = startCrm();
		const id = await add('Contacts', { Last_Name: 'Roy (x), y', Email: 'roy@example.com' });
		const criteria = encodeURIComponent(
			'((Last_Name:equals:Roy \\(x\\)\\, y)or(Email:equals:nobody@example.com))',
		);
		expect(
			(await call('GET', `/Contacts/search?fields=Last_Name&criteria=${criteria}`)).body['data'],
		).toEqual([{ id, Last_Name: 'Roy (x), y' }]);
		expect((await call('GET', '/Contacts/search?email=ROY@example.com')).body['data']).toHaveLength(1);
		expect((await call('GET', '/Contacts/search?email=roy@example')).status).toBe(204);
	});
});
