import fc from 'fast-check';
import {
	disableChannel,
	enableChannel,
	getChannel,
	readNotification,
	renewChannel,
} from '../../../zoho/crm/channels';
import { allOf, anyOf, coqlRows, countCriteria, inList, quote } from '../../../zoho/crm/coql';
import { ensureField, getOrg, listModules } from '../../../zoho/crm/metadata';
import { fieldGroups } from '../../../zoho/crm/read';
import { crmPages, getRecord, getRecordsByIds, writeRecords } from '../../../zoho/crm/records';
import { asObject, objectsOf, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import {
	type Answer,
	FakeTime,
	type SentCall,
	all,
	answer,
	clientFor,
	connect,
	queryOf,
} from './fakeZoho.mts';

const success = (id: string, more: JsonObject = {}) => ({
	code: 'SUCCESS',
	details: { id },
	message: 'record added',
	status: 'success',
	...more,
});
const failed = (code: string, details: JsonObject = {}, message = 'no') => ({
	code,
	details,
	message,
	status: 'error',
});
const dataOf = (call: SentCall) => objectsOf(asObject(call.body).data);

function setUp(handle: (call: SentCall, n: number) => Answer, time = new FakeTime()) {
	const connection = connect('crm', handle);
	return { connection, client: clientFor(connection, time), time };
}

describe('writing records', () => {
	test('goes 100 per call and gives one result per record, in order', async () => {
		const { client, connection } = setUp((call) =>
			answer(201, { data: dataOf(call).map((one) => success(`id-${text(one.n)}`)) }),
		);
		const records = Array.from({ length: 250 }, (_none, n) => ({ n: String(n) }));
		const results = await writeRecords(client, 'Contacts', 'create', records);
		expect(connection.sent.map((call) => dataOf(call).length)).toEqual([100, 100, 50]);
		expect(results.map(({ index, ok, id, action }) => [index, ok, id, action])).toEqual(
			records.map((_record, n) => [n, true, `id-${n}`, 'insert']),
		);
	});

	test('tells success and failure of every record of a mixed answer', async () => {
		const { client } = setUp(() =>
			answer(207, {
				data: [
					success('1', { action: 'insert' }),
					failed('DUPLICATE_DATA', { api_name: 'Zoho_Books_ID', duplicate_record: { id: '99' } }),
					success('3', { action: 'update' }),
				],
			}),
		);
		const results = await writeRecords(client, 'Contacts', 'upsert', [{}, {}, {}]);
		expect(results).toMatchObject([
			{ index: 0, ok: true, id: '1', action: 'insert' },
			{ index: 1, ok: false, fault: { intent: 'duplicate', existingId: '99', index: 1 } },
			{ index: 2, ok: true, id: '3', action: 'update' },
		]);
	});

	test('a call in which all failed with 400 is read per record too', async () => {
		const { client } = setUp(() =>
			answer(400, {
				data: [
					failed('MANDATORY_NOT_FOUND', { api_name: 'Last_Name' }),
					failed('INVALID_DATA', { api_name: 'Email' }),
				],
			}),
		);
		const results = await writeRecords(client, 'Contacts', 'create', [{}, {}]);
		expect(results.map(({ fault }) => fault?.field)).toEqual(['Last_Name', 'Email']);
	});

	test('the position in a fault is that in the whole list, not in its call', async () => {
		const { client } = setUp((call) =>
			answer(207, { data: dataOf(call).map((one) => (one.bad ? failed('INVALID_DATA') : success('1'))) }),
		);
		const records: JsonObject[] = Array.from({ length: 150 }, (_none, n) => ({ bad: n === 120 }));
		const results = await writeRecords(client, 'Contacts', 'create', records);
		expect(results.filter(({ ok }) => !ok)).toMatchObject([{ index: 120, fault: { index: 120 } }]);
	});

	test('a call that fails as a whole does not stop the others', async () => {
		const { client } = setUp((call, n) =>
			n === 1
				? answer(400, failed('INVALID_DATA'))
				: answer(201, { data: dataOf(call).map(() => success('1')) }),
		);
		const results = await writeRecords(
			client,
			'Contacts',
			'create',
			Array.from({ length: 101 }, () => ({})),
		);
		expect(results.slice(0, 100).every(({ ok, fault }) => !ok && fault?.code === 'INVALID_DATA')).toBe(true);
		expect(results[100]?.ok).toBe(true);
	});

	test.each([
		['a missing scope', () => answer(401, failed('OAUTH_SCOPE_MISMATCH'))],
		['a module that is not in the edition', () => answer(400, failed('INVALID_MODULE'))],
		['the same, wrapped as one item', () => answer(400, { data: [failed('INVALID_MODULE')] })],
		['a rate limit beyond patience', () => answer(429, failed('TOO_MANY_REQUESTS', { retry_after: 9999 }))],
	])('%s stops the rest, and every record says so', async (_name, refuse) => {
		const { client, connection, time } = setUp(refuse);
		const results = await time.run(
			writeRecords(
				client,
				'Invoices',
				'create',
				Array.from({ length: 201 }, () => ({})),
			),
		);
		expect(connection.sent).toHaveLength(1);
		expect(results).toHaveLength(201);
		expect(results.every(({ ok }) => !ok)).toBe(true);
		expect(results[200]?.fault?.message).toMatch(/^not sent, because/);
	});

	test('an insert whose answer got lost is not repeated, and each record says that its outcome is unknown', async () => {
		const { client, connection, time } = setUp(() => new Error('socket hang up'));
		const results = await time.run(writeRecords(client, 'Contacts', 'create', [{}, {}]));
		expect(connection.sent).toHaveLength(1);
		expect(results.map(({ fault }) => fault?.outcomeUnknown)).toEqual([true, true]);
	});

	test('an upsert by a unique field is repeated; one whose records cannot be found by it is not', async () => {
		const lossy = () =>
			setUp((_call, n) =>
				n === 1 ? new Error('socket hang up') : answer(200, { data: [success('1', { action: 'update' })] }),
			);
		const options = { duplicateCheckFields: ['Zoho_Books_ID'] };
		const found = lossy();
		const [result] = await found.time.run(
			writeRecords(found.client, 'Contacts', 'upsert', [{ Zoho_Books_ID: '5' }], options),
		);
		expect([found.connection.sent.length, result?.ok]).toEqual([2, true]);
		expect(found.connection.sent[0]).toMatchObject({
			path: '/crm/v8/Contacts/upsert',
			body: { duplicate_check_fields: ['Zoho_Books_ID'] },
		});
		const lost = lossy();
		await lost.time.run(writeRecords(lost.client, 'Contacts', 'upsert', [{ Zoho_Books_ID: '' }], options));
		expect(lost.connection.sent).toHaveLength(1);
	});

	test('an answer with fewer items than records leaves none of them without a result', async () => {
		const { client } = setUp(() => answer(201, { data: [success('1'), success('2')] }));
		const results = await writeRecords(client, 'Contacts', 'create', [{}, {}, {}]);
		expect(results.map(({ ok }) => ok)).toEqual([true, true, false]);
		expect(results[2]?.fault).toMatchObject({ code: 'no-result', outcomeUnknown: true });
	});

	test.each(['update', 'delete'] as const)(
		'%s without an id is refused before anything is sent; the others go',
		async (operation) => {
			const { client, connection } = setUp(() => answer(200, { data: [success('7')] }));
			const results = await writeRecords(client, 'Contacts', operation, [{}, { id: '7' }]);
			expect(results).toMatchObject([
				{ ok: false, fault: { code: 'no-id' } },
				{ ok: true, id: '7', action: operation },
			]);
			expect(connection.sent).toHaveLength(1);
		},
	);

	test('a delete sends ids only', async () => {
		const { client, connection } = setUp(() => answer(200, { data: [success('7'), success('8')] }));
		await writeRecords(client, 'Contacts', 'delete', [{ id: '7', Last_Name: 'x' }, { id: '8' }], {
			trigger: [],
		});
		expect(queryOf(connection.sent[0] as SentCall)).toEqual({ ids: '7,8', wf_trigger: 'false' });
		expect(connection.sent[0]?.body).toBeUndefined();
	});

	test('a record changed meanwhile is told as such', async () => {
		const { client, connection } = setUp(() => answer(412, { data: [failed('ALREADY_MODIFIED')] }));
		const [result] = await writeRecords(client, 'Contacts', 'update', [{ id: '7' }], {
			ifUnmodifiedSince: '2026-07-01T00:00:00+00:00',
		});
		expect(result?.fault?.intent).toBe('changed');
		expect(connection.sent[0]?.headers).toEqual({ 'If-Unmodified-Since': '2026-07-01T00:00:00+00:00' });
	});

	test('no records, no call', async () => {
		const { client, connection } = setUp(() => answer(500));
		expect(await writeRecords(client, 'Contacts', 'create', [])).toEqual([]);
		expect(connection.sent).toHaveLength(0);
	});
});

describe('reading lists', () => {
	const rows = Array.from({ length: 2_450 }, (_none, n) => ({ id: String(n + 1) }));

	/** As CRM pages: by number up to row 2000, then by token only. */
	function list(call: SentCall): Answer {
		const { page, page_token, per_page, ids, fields } = queryOf(call);
		const named = String(fields).split(',');
		if (ids)
			return answer(200, {
				data: ids
					.split(',')
					.map((id) => ({ id, ...Object.fromEntries(named.map((name) => [name, `${name}-${id}`])) })),
			});
		if (page && page_token) return answer(400, failed('AMBIGUITY_DURING_PROCESSING'));
		if (Number(page) * Number(per_page) > 2_000)
			return answer(400, failed('DISCRETE_PAGINATION_LIMIT_EXCEEDED'));
		const start = page_token ? Number(page_token) : (Number(page) - 1) * Number(per_page);
		const part = rows.slice(start, start + Number(per_page));
		const end = start + part.length;
		return answer(200, {
			data: part,
			info: { more_records: end < rows.length, next_page_token: String(end) },
		});
	}

	test('all rows come, past the 2000 that numbered pages reach', async () => {
		const { client, connection } = setUp(list);
		expect(await all(crmPages(client, 'Contacts', { fields: ['id'] }))).toEqual(rows);
		expect(connection.sent).toHaveLength(13);
	});

	test('a limit is kept', async () => {
		const { client, connection } = setUp(list);
		expect(await all(crmPages(client, 'Contacts', { fields: ['id'], limit: 201 }))).toHaveLength(201);
		expect(connection.sent).toHaveLength(2);
	});

	test('more than 50 fields are fetched in several calls and merged by id', async () => {
		const { client, connection } = setUp(list);
		const fields = Array.from({ length: 120 }, (_none, n) => `Field_${n}`);
		const [row] = await all(crmPages(client, 'Contacts', { fields, limit: 60 }));
		expect(row).toMatchObject({ id: '1', Field_60: 'Field_60-1', Field_119: 'Field_119-1' });
		for (const call of connection.sent) {
			expect(String(queryOf(call).fields).split(',').length).toBeLessThanOrEqual(50);
			expect(String(queryOf(call).ids ?? '').split(',').length).toBeLessThanOrEqual(50);
		}
	});

	test.each([204, 304])('an empty %d is an empty list', async (status) => {
		const { client, connection } = setUp(() => answer(status));
		expect(
			await all(crmPages(client, 'Contacts', { fields: ['id'], modifiedSince: '2026-07-01T00:00:00+00:00' })),
		).toEqual([]);
		expect(connection.sent[0]?.headers).toEqual({ 'If-Modified-Since': '2026-07-01T00:00:00+00:00' });
	});

	test('a list that cannot be read to its end is an error, not a short list', async () => {
		const { client } = setUp(() =>
			answer(200, { data: rows.slice(0, 200), info: { more_records: true, next_page_token: null } }),
		);
		await expect(all(crmPages(client, 'Contacts', { fields: ['id'] }))).rejects.toThrow(
			'no way to the next page',
		);
	});

	test('groups of fields hold every field once and stay within 50 names and 1000 characters', () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[A-Za-z_]{1,60}$/)), (fields) => {
				const groups = fieldGroups(fields);
				expect(groups.flat()).toEqual([...new Set(fields)]);
				for (const group of groups) {
					expect(group.length).toBeLessThanOrEqual(50);
					expect(group.join(',').length).toBeLessThanOrEqual(1000);
				}
			}),
		);
	});

	test('records are fetched 50 ids a call, in the order asked, without those that are gone', async () => {
		const { client, connection } = setUp((call) => {
			const ids = String(queryOf(call).ids)
				.split(',')
				.filter((id) => id !== '3');
			return answer(200, { data: ids.reverse().map((id) => ({ id })) });
		});
		const ids = Array.from({ length: 120 }, (_none, n) => String(n));
		const records = await getRecordsByIds(client, 'Contacts', [...ids, '5'], ['Last_Name']);
		expect(records.map((record) => record.id)).toEqual(ids.filter((id) => id !== '3'));
		expect(connection.sent).toHaveLength(3);
	});

	test.each([
		['204', () => answer(204)],
		['404', () => answer(404, failed('INVALID_URL_PATTERN'))],
		[
			'INVALID_DATA',
			() => answer(400, failed('INVALID_DATA', { id: '7' }, 'the id given seems to be invalid')),
		],
	])('a record that is gone (%s) is undefined or a clear error', async (name, reply) => {
		const { client } = setUp(reply);
		const found = getRecord(client, 'Contacts', '7');
		if (name === '404') await expect(found).rejects.toThrow('Check the module and the id');
		else expect(await found).toBeUndefined();
	});
});

describe('COQL', () => {
	const queryText = (call: SentCall) => text(asObject(call.body).select_query);

	test('quotes and backslashes cannot end a value', () => {
		expect(quote("O'Brien \\")).toBe("'O''Brien \\\\'");
		expect([quote(5), quote(true)]).toEqual(['5', "'true'"]);
		fc.assert(
			fc.property(fc.string(), (value) => {
				const quoted = quote(value);
				expect(quoted).toMatch(/^'(?:[^'\\]|''|\\\\)*'$/s);
				expect(quoted.slice(1, -1).replace(/''/g, "'").replace(/\\\\/g, '\\')).toBe(value);
			}),
		);
	});

	test('criteria are bracketed in pairs', () => {
		expect(allOf([])).toBe('');
		expect(allOf(['a'])).toBe('a');
		expect(allOf(['a', 'b', 'c'])).toBe('((a and b) and c)');
		expect(anyOf(['a', 'b', 'c', 'd'])).toBe('(((a or b) or c) or d)');
	});

	test('criteria are counted without what stands in quotes', () => {
		expect(countCriteria("((a = 'x and y or z' and b = 'it''s') or c is not null)")).toBe(3);
		expect(countCriteria('')).toBe(0);
	});

	test('a list holds 1 to 50 values', () => {
		expect(inList('Email', ['a', "b'"])).toBe("Email in ('a','b''')");
		expect(() => inList('Email', [])).toThrow(RangeError);
		expect(() => inList('Email', Array.from({ length: 51 }, String))).toThrow(RangeError);
	});

	test('pages follow the ids, so that rows changed meanwhile shift nothing', async () => {
		const { client, connection } = setUp((_call, n) =>
			n === 1
				? answer(200, { data: [{ id: '10' }, { id: '20' }], info: { more_records: true } })
				: answer(200, { data: [{ id: '30' }], info: { more_records: false } }),
		);
		const rows = await all(
			coqlRows(client, { module: 'Contacts', fields: ['Email'], where: ['Email is not null'] }),
		);
		expect(rows.map((row) => row.id)).toEqual(['10', '20', '30']);
		expect(connection.sent.map(queryText)).toEqual([
			'select Email from Contacts where Email is not null order by id asc limit 2000',
			"select Email from Contacts where (Email is not null and id > '20') order by id asc limit 2000",
		]);
	});

	test('with an order of its own it pages by offset', async () => {
		const { client, connection } = setUp((_call, n) =>
			answer(200, { data: [{ id: '1' }, { id: '2' }], info: { more_records: n === 1 } }),
		);
		await all(coqlRows(client, { module: 'Contacts', fields: ['id'], orderBy: 'Modified_Time desc' }));
		expect(queryText(connection.sent[1] as SentCall)).toBe(
			'select id from Contacts where id is not null order by Modified_Time desc limit 2000 offset 2',
		);
	});

	test('an account that allows 200 rows only is read 200 at a time', async () => {
		const { client, connection } = setUp((call) =>
			/limit 2000/.test(queryText(call))
				? answer(400, failed('LIMIT_EXCEEDED'))
				: answer(200, { data: [{ id: '1' }], info: { more_records: false } }),
		);
		expect(await all(coqlRows(client, { module: 'Contacts', fields: ['id'] }))).toEqual([{ id: '1' }]);
		expect(queryText(connection.sent[1] as SentCall)).toMatch(/limit 200$/);
	});

	test('no row is an empty answer, and a limit is kept', async () => {
		expect(
			await all(coqlRows(setUp(() => answer(204)).client, { module: 'Contacts', fields: ['id'] })),
		).toEqual([]);
		const { client, connection } = setUp(() =>
			answer(200, { data: [{ id: '1' }], info: { more_records: true } }),
		);
		expect(await all(coqlRows(client, { module: 'Contacts', fields: ['id'] }, { limit: 1 }))).toEqual([
			{ id: '1' },
		]);
		expect(connection.sent).toHaveLength(1);
	});

	test('more than 50 fields are asked for in several queries and merged by id', async () => {
		const { client, connection } = setUp((call) => {
			const names = (/^select (.*) from/.exec(queryText(call))?.[1] ?? '').split(', ');
			expect(names.length).toBeLessThanOrEqual(50);
			return answer(200, {
				data: ['1', '2'].map((id) => ({ id, [names[0] as string]: id })),
				info: { more_records: false },
			});
		});
		const fields = Array.from({ length: 101 }, (_none, n) => `F${n}`);
		const rows = await all(coqlRows(client, { module: 'Contacts', fields }));
		expect(rows).toEqual(['1', '2'].map((id) => ({ id, F0: id, F50: id, F100: id })));
		expect(queryText(connection.sent[1] as SentCall)).toContain("where id in ('1','2')");
	});

	test('26 criteria are refused before anything is sent', async () => {
		const { client, connection } = setUp(() => answer(204));
		const where = Array.from({ length: 26 }, (_none, n) => `F = '${n}'`);
		await expect(all(coqlRows(client, { module: 'Contacts', fields: ['id'], where }))).rejects.toThrow(
			'26 criteria',
		);
		expect(connection.sent).toHaveLength(0);
	});

	test('a query is sent again after a broken connection: it changes nothing', async () => {
		const { client, connection, time } = setUp((_call, n) =>
			n === 1 ? new Error('socket hang up') : answer(204),
		);
		await time.run(all(coqlRows(client, { module: 'Contacts', fields: ['id'] })));
		expect(connection.sent).toHaveLength(2);
	});
});

describe('making sure of a field', () => {
	const spec = { label: 'Zoho Books ID', type: 'text' as const, unique: true, length: 50 };
	const good = {
		id: '1',
		api_name: 'Zoho_Books_ID',
		field_label: 'Zoho Books ID',
		data_type: 'text',
		length: 50,
		custom_field: true,
		unique: { casesensitive: false },
	};

	/** CRM with one module whose fields can be made. */
	function crm(
		fields: JsonObject[],
		create: (field: JsonObject) => Answer = () => answer(201, { fields: [success('1')] }),
	) {
		return setUp((call) => {
			if (call.method === 'GET') return answer(200, { fields });
			const [field = {}] = objectsOf(asObject(call.body).fields);
			const reply = create(field);
			if (!(reply instanceof Error) && reply.status === 201)
				fields.push({ ...good, ...field, custom_field: true });
			return reply;
		});
	}

	test('a missing one is made as asked, and then looked at', async () => {
		const { client, connection } = crm([]);
		expect(await ensureField(client, 'Contacts', spec)).toEqual({
			apiName: 'Zoho_Books_ID',
			id: '1',
			state: 'created',
			problems: [],
		});
		const made = connection.sent.find((call) => call.method === 'POST') as SentCall;
		expect(queryOf(made)).toEqual({ module: 'Contacts' });
		expect(made.body).toEqual({
			fields: [
				{ field_label: 'Zoho Books ID', data_type: 'text', length: 50, unique: { case_sensitive: false } },
			],
		});
	});

	test('a long text is made as a large text area', async () => {
		const { client, connection } = crm([]);
		await ensureField(client, 'Contacts', {
			label: 'Zoho Books Sync',
			type: 'textarea',
			help: 'Kept by n8n.',
		});
		expect(connection.sent[1]?.body).toEqual({
			fields: [
				{
					field_label: 'Zoho Books Sync',
					data_type: 'textarea',
					textarea: { type: 'large' },
					tooltip: { name: 'info_icon', value: 'Kept by n8n.' },
				},
			],
		});
	});

	test('an existing good one is left alone', async () => {
		const { client, connection } = crm([good]);
		expect(await ensureField(client, 'Contacts', spec)).toMatchObject({ state: 'existed', problems: [] });
		expect(connection.sent).toHaveLength(1);
	});

	test.each([
		[{ data_type: 'integer' }, /type is integer, not text/],
		[{ unique: {} }, /same value twice/],
		[{ unique: false }, /same value twice/],
		[{ length: 20 }, /20 characters; 50/],
		[{ api_name: 'Zoho_Books_ID1' }, /API name is Zoho_Books_ID1/],
	])('an existing one with %j is left alone and told about', async (wrong, problem) => {
		const { client, connection } = crm([{ ...good, ...wrong }]);
		const field = await ensureField(client, 'Contacts', spec);
		expect(field.problems.join()).toMatch(problem);
		expect(connection.sent).toHaveLength(1);
	});

	test('an account that knows the other spelling of "unique" is asked in that spelling', async () => {
		const { client } = crm([], (field) =>
			'case_sensitive' in asObject(field.unique)
				? answer(400, { fields: [failed('INVALID_DATA', { api_name: 'unique' })] })
				: answer(201, { fields: [success('1')] }),
		);
		expect(await ensureField(client, 'Contacts', spec)).toMatchObject({ state: 'created', problems: [] });
	});

	test('an account that overlooks the spelling of "unique" is told again in the other one', async () => {
		const made: JsonObject = { ...good, unique: {} };
		const fields: JsonObject[] = [];
		const { client, connection } = setUp((call) => {
			const [field = {}] = objectsOf(asObject(call.body).fields);
			if (call.method === 'POST') fields.push(made);
			if (call.method === 'PATCH') made.unique = field.unique;
			return answer(
				call.method === 'POST' ? 201 : 200,
				call.method === 'GET' ? { fields } : { fields: [success('1')] },
			);
		});
		expect(await ensureField(client, 'Contacts', spec)).toMatchObject({ state: 'created', problems: [] });
		const patch = connection.sent.find((call) => call.method === 'PATCH') as SentCall;
		expect(patch.path).toBe('/crm/v8/settings/fields/1');
		expect(patch.body).toEqual({ fields: [{ unique: { casesensitive: false } }] });
	});

	test('a field that stays without uniqueness is told about, not passed off as good', async () => {
		const { client } = setUp((call, n) =>
			call.method === 'GET'
				? answer(200, { fields: n === 1 ? [] : [{ ...good, unique: {} }] })
				: answer(call.method === 'POST' ? 201 : 400, {
						fields: [call.method === 'POST' ? success('1') : failed('INVALID_DATA')],
					}),
		);
		const field = await ensureField(client, 'Contacts', spec);
		expect(field.state).toBe('created');
		expect(field.problems.join()).toMatch(/same value twice/);
	});

	test('a refusal is told with its scope or limit', async () => {
		const { client } = crm([], () => answer(400, { fields: [failed('LIMIT_EXCEEDED', { limit: 10 })] }));
		await expect(ensureField(client, 'Contacts', spec)).rejects.toThrow(/Zoho Books ID.*LIMIT_EXCEEDED/);
	});

	test('modules, organization and user come as plain records', async () => {
		const { client } = setUp((call) =>
			answer(
				200,
				call.path.endsWith('/org')
					? { org: [{ zgid: '7' }] }
					: call.path.endsWith('/users')
						? { users: [{ id: '3' }] }
						: { modules: [{ api_name: 'Contacts' }] },
			),
		);
		expect([await getOrg(client), await listModules(client)]).toEqual([
			{ zgid: '7' },
			[{ api_name: 'Contacts' }],
		]);
	});
});

describe('notification channels', () => {
	const at = Date.UTC(2026, 6, 7);
	const spec = {
		channelId: '9007199254740993001',
		events: ['Contacts.create', 'Accounts.edit'],
		notifyUrl: 'https://n8n.example/webhook/1',
		token: 'token',
		expiresAt: at,
	};
	const granted = (...expiries: string[]) => ({
		watch: [
			success('1', {
				details: {
					events: expiries.map((channel_expiry) => ({ channel_expiry, channel_id: spec.channelId })),
				},
			}),
		],
	});

	test('the expiry that counts is the one Zoho grants, the earliest of all modules', async () => {
		const { client, connection } = setUp(() =>
			answer(201, granted('2026-07-07T00:00:00+00:00', '2026-07-01T01:00:00-01:00')),
		);
		expect(await enableChannel(client, spec)).toEqual({ expiresAt: Date.UTC(2026, 6, 1, 2) });
		expect(connection.sent[0]).toMatchObject({
			method: 'POST',
			body: {
				watch: [
					{
						channel_id: '9007199254740993001',
						channel_expiry: '2026-07-07T00:00:00+00:00',
						notify_on_related_action: false,
						return_affected_field_values: false,
						token: 'token',
						events: spec.events,
					},
				],
			},
		});
	});

	test('a lapsed channel cannot be renewed, and the error says so', async () => {
		const { client } = setUp(() => answer(400, { watch: [failed('NOT_SUBSCRIBED')] }));
		await expect(renewChannel(client, spec)).rejects.toMatchObject({ intent: 'gone' });
	});

	test('a channel that only some modules accepted is an error', async () => {
		const body = {
			watch: [...granted('2026-07-07T00:00:00+00:00').watch, failed('INVALID_DATA', { api_name: 'events' })],
		};
		await expect(enableChannel(setUp(() => answer(207, body)).client, spec)).rejects.toThrow('field events');
	});

	test('an answer without an expiry is an error, not a guess', async () => {
		await expect(enableChannel(setUp(() => answer(201, granted())).client, spec)).rejects.toThrow(
			'until when',
		);
	});

	test('the rows of all modules make one channel; none is undefined', async () => {
		const row = {
			channel_id: spec.channelId,
			notify_url: spec.notifyUrl,
			token: null,
			channel_expiry: '2026-07-07T00:00:00+00:00',
		};
		const { client } = setUp(() =>
			answer(200, {
				watch: [
					{ ...row, events: ['Contacts.create'] },
					{ ...row, events: ['Accounts.edit'] },
					{ ...row, channel_id: '1', events: ['Deals.edit'] },
				],
			}),
		);
		expect(await getChannel(client, spec.channelId)).toEqual({
			channelId: spec.channelId,
			events: spec.events,
			notifyUrl: spec.notifyUrl,
			expiresAt: at,
		});
		expect(await getChannel(setUp(() => answer(204)).client, '1')).toBeUndefined();
	});

	test('disabling tells whether there was anything to disable', async () => {
		expect(await disableChannel(setUp(() => answer(200, { watch: [success('1')] })).client, '1')).toBe(true);
		expect(
			await disableChannel(setUp(() => answer(400, { watch: [failed('NOT_SUBSCRIBED')] })).client, '1'),
		).toBe(false);
		expect(await disableChannel(setUp(() => answer(204)).client, '1')).toBe(false);
	});
});

describe('notifications', () => {
	const update = {
		server_time: 1718115953625,
		affected_values: [{ record_id: '5725767000003000010', values: { Mobile: '123456789' } }],
		query_params: {},
		module: 'Leads',
		resource_uri: 'https://www.zohoapis.com/crm/v2/Leads',
		ids: ['5725767000003000010'],
		affected_fields: [{ '5725767000003000010': ['Mobile'] }],
		operation: 'update',
		channel_id: '1000000068001',
		token: 'TOKEN_FOR_VERIFICATION',
	};

	test("Zoho's documented update is read", () => {
		expect(readNotification(update)).toEqual({
			channelId: '1000000068001',
			token: 'TOKEN_FOR_VERIFICATION',
			module: 'Leads',
			operation: 'update',
			ids: ['5725767000003000010'],
			serverTime: 1718115953625,
			affectedFields: { '5725767000003000010': ['Mobile'] },
			affectedValues: { '5725767000003000010': { Mobile: '123456789' } },
		});
	});

	test('an insert without values and a delete without token are read', () => {
		const { affected_values: _none, ...insert } = { ...update, operation: 'insert', affected_fields: [] };
		expect(readNotification(insert)).toMatchObject({
			operation: 'insert',
			affectedFields: {},
			affectedValues: {},
		});
		const deleted = readNotification({ ...update, operation: 'delete', token: null });
		expect(deleted).toMatchObject({ operation: 'delete' });
		expect(deleted).not.toHaveProperty('token');
	});

	test('anything else is not a notification, and nothing throws', () => {
		for (const body of [
			undefined,
			'x',
			[],
			{},
			{ ...update, operation: 'drop' },
			{ ...update, ids: [] },
			{ ...update, channel_id: null },
		]) {
			expect(readNotification(body)).toBeUndefined();
		}
		fc.assert(fc.property(fc.jsonValue(), (body) => void readNotification(body)));
	});
});
