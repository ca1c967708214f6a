import { startCrm } from './crmSupport.mts';

const ids = (body: any): string[] => (body.data ?? []).map((row: { id: string }) => row.id);

/** Two accounts and four contacts, with a link field on both modules. */
async function sample(switches = {}) {
	const crm = startCrm({ switches });
	for (const module of ['Accounts', 'Contacts']) {
		await crm.call('POST', `/settings/fields?module=${module}`, {
			fields: [
				{ field_label: 'Zoho Books ID', data_type: 'text', unique: { case_sensitive: false } },
				{ field_label: 'Zoho Books Sync', data_type: 'textarea', textarea: { type: 'large' } },
			],
		});
	}
	const acme = await crm.add('Accounts', { Account_Name: 'Acme', Zoho_Books_ID: 'c1', Annual_Revenue: 10 });
	const blue = await crm.add('Accounts', { Account_Name: "Blue's", Annual_Revenue: 20 });
	const contacts: string[] = [];
	for (const [name, mail, account] of [
		['Ann', 'ann@example.com', acme],
		['Bob', 'bob@example.com', acme],
		['Cid', 'CID@Example.com', blue],
		['Dan', null, null],
	] as const) {
		contacts.push(await crm.add('Contacts', { Last_Name: name, Email: mail, Account_Name: account }));
	}
	return { ...crm, acme, blue, contacts };
}

describe('COQL', () => {
	test('in finds many at once, lookups come with name and id, the mark comes along', async () => {
		const { coql, contacts, acme } = await sample();
		const { status, body } = await coql(
			"select Last_Name, Account_Name, Account_Name.Zoho_Books_ID, Zoho_Books_Sync from Contacts where Email in ('ann@example.com','cid@example.com','no@example.com')",
		);
		expect(status).toBe(200);
		expect(body['data']).toEqual([
			{
				Last_Name: 'Ann',
				Account_Name: { name: 'Acme', id: acme },
				'Account_Name.Zoho_Books_ID': 'c1',
				Zoho_Books_Sync: null,
				id: contacts[0],
			},
			{
				Last_Name: 'Cid',
				Account_Name: expect.anything(),
				'Account_Name.Zoho_Books_ID': null,
				Zoho_Books_Sync: null,
				id: contacts[2],
			},
		]);
		expect(body['info']).toEqual({ count: 2, more_records: false });
	});

	test('text is compared with or without regard to case, as the switch says', async () => {
		expect(
			ids((await (await sample()).coql("select id from Contacts where Email = 'cid@example.com'")).body),
		).toHaveLength(1);
		const strict = await sample({ coqlIgnoresCase: false });
		expect((await strict.coql("select id from Contacts where Email = 'cid@example.com'")).status).toBe(204);
		expect(
			ids((await strict.coql("select id from Contacts where Email in ('CID@Example.com')")).body),
		).toHaveLength(1);
	});

	test('conditions reach through lookups', async () => {
		const { coql, contacts } = await sample();
		expect(ids((await coql("select id from Contacts where Account_Name.Zoho_Books_ID = 'c1'")).body)).toEqual(
			[contacts[0], contacts[1]],
		);
		expect(
			ids((await coql("select id from Contacts where Account_Name.Account_Name like 'blue%'")).body),
		).toEqual([contacts[2]]);
	});

	test.each([
		["Last_Name like 'A%'", [0]],
		["Last_Name not like '%n'", [1, 2]],
		["Last_Name != 'Ann'", [1, 2, 3]],
		['Email is null', [3]],
		['Email is not null', [0, 1, 2]],
		["Last_Name not in ('Ann','Bob')", [2, 3]],
		['Account_Name is null', [3]],
		["(Last_Name = 'Ann' or Last_Name = 'Bob')", [0, 1]],
		["((Last_Name = 'Ann' or Last_Name = 'Bob') and Email like 'bob%')", [1]],
		["Email_Opt_Out = 'false'", []],
		["Created_Time > '2020-01-01T00:00:00+00:00'", [0, 1, 2, 3]],
		["Created_Time between '2000-01-01T00:00:00+00:00' and '2001-01-01T00:00:00Z'", []],
	])('where %s', async (where, expected) => {
		const { coql, contacts } = await sample();
		expect(ids((await coql(`select Last_Name from Contacts where ${where}`)).body)).toEqual(
			expected.map((index) => contacts[index]),
		);
	});

	test('a quote in a value is escaped; numbers compare as numbers', async () => {
		const { coql, blue, acme } = await sample();
		expect(ids((await coql("select id from Accounts where Account_Name = 'Blue\\'s'")).body)).toEqual([blue]);
		expect(ids((await coql('select id from Accounts where Annual_Revenue between 5 and 15')).body)).toEqual([
			acme,
		]);
		expect(
			ids(
				(await coql('select id from Accounts where Annual_Revenue >= 9 order by Annual_Revenue desc')).body,
			),
		).toEqual([blue, acme]);
	});

	test('rows come by id unless ordered; limit, offset and keyset reach every one', async () => {
		const { coql, contacts } = await sample();
		const { body } = await coql('select id from Contacts where id is not null limit 2');
		expect([ids(body), body['info']]).toEqual([contacts.slice(0, 2), { count: 2, more_records: true }]);
		expect(ids((await coql('select id from Contacts where id is not null limit 2 offset 2')).body)).toEqual(
			contacts.slice(2),
		);
		expect(
			ids(
				(await coql(`select id from Contacts where id > '${contacts[1]}' order by id asc limit 2000`)).body,
			),
		).toEqual(contacts.slice(2));
		expect(
			ids(
				(
					await coql(
						'select id from Contacts where id is not null order by Modified_Time desc, id desc limit 1, 2',
					)
				).body,
			),
		).toEqual([contacts[2], contacts[1]]);
	});

	test('an edit is seen at once, also by Modified_Time', async () => {
		const { coql, call, contacts, world } = await sample({ searchLag: 60_000 });
		const since = new Date(world.now() + 2000).toISOString();
		world.clock.advance(10_000);
		await call('PUT', '/Contacts', { data: [{ id: contacts[1], Email: 'new@example.com' }] });
		expect(ids((await coql("select id from Contacts where Email = 'new@example.com'")).body)).toEqual([
			contacts[1],
		]);
		expect((await coql("select id from Contacts where Email = 'bob@example.com'")).status).toBe(204);
		expect(
			ids(
				(
					await coql(
						`select id from Contacts where Modified_Time >= '${since}' order by Modified_Time asc, id asc`,
					)
				).body,
			),
		).toEqual([contacts[1]]);
	});

	test.each([
		[
			'select id from Contacts',
			{ code: 'SYNTAX_ERROR', details: { clause: 'where' }, message: 'missing clause' },
		],
		[
			"select id from Contacts where Last_Name > 'A'",
			{
				code: 'INVALID_QUERY',
				details: { reason: 'invalid operator found', column_name: 'Last_Name', operator: '>' },
			},
		],
		[
			"select id from Contacts where Zoho_Books_Sync = 'x'",
			{ code: 'INVALID_QUERY', details: { column_name: 'Zoho_Books_Sync', clause: 'where' } },
		],
		[
			'select Nonsense from Contacts where id is not null',
			{ code: 'INVALID_QUERY', details: { column_name: 'Nonsense' } },
		],
		[
			'select id from Nonsense where id is not null',
			{ code: 'INVALID_MODULE', message: 'the given module is not supported in api' },
		],
		[
			"select id from Contacts where Last_Name = 'A' and Email = 'b' and Phone = 'c'",
			{ code: 'SYNTAX_ERROR', details: { near: "and Phone = 'c'" } },
		],
		['select id from Contacts where id is not null limit 2001', { code: 'LIMIT_EXCEEDED' }],
		[
			'select id from Contacts where id is not null limit 0',
			{ code: 'INVALID_DATA', message: 'limit should be greater than 0' },
		],
		['select id from Contacts where id is not null limit 2000 offset 99000', { code: 'LIMIT_EXCEEDED' }],
		[
			'select id, id from Contacts where id is not null',
			{ code: 'DUPLICATE_DATA', details: { column_name: 'id' } },
		],
		[
			`select id from Contacts where Email in (${Array.from({ length: 51 }, (_, n) => `'${n}'`).join()})`,
			{ code: 'LIMIT_EXCEEDED' },
		],
		["select id from Contacts where Created_Time > 'yesterday'", { code: 'INVALID_QUERY' }],
		[
			'select id from Contacts where Account_Name.Parent_Account.Parent_Account.Phone is null',
			{ code: 'INVALID_QUERY' },
		],
		["select id from Contacts where Last_Name = 'open", { code: 'SYNTAX_ERROR' }],
	])('%s is refused', async (query, expected) => {
		const { coql } = await sample();
		const { status, body } = await coql(query);
		expect(status).toBe(400);
		expect(body).toMatchObject({ ...expected, status: 'error' });
	});

	test('twenty-six criteria are one too many', async () => {
		const { coql } = await sample();
		const nested = (count: number) =>
			Array.from({ length: count - 1 }).reduce<string>(
				(all) => `(${all} or Last_Name = 'x')`,
				"Last_Name = 'x'",
			);
		expect((await coql(`select id from Contacts where ${nested(25)}`)).status).toBe(204);
		expect((await coql(`select id from Contacts where ${nested(26)}`)).body['code']).toBe('LIMIT_EXCEEDED');
	});

	test('a query without select_query is refused', async () => {
		const { call } = await sample();
		expect((await call('POST', '/coql', {})).body['code']).toBe('MANDATORY_NOT_FOUND');
	});
});
