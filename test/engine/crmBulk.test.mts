import type { Location } from '../../sandbox/simulator/types.mts';
import { Simulator } from '../../sandbox/simulator/simulator.mts';
import { ZohoClient } from '../../zoho/client';
import { bulkRead } from '../../zoho/crm/bulk/read';
import { bulkWrite, type BulkOperation } from '../../zoho/crm/bulk/write';
import { ensureField } from '../../zoho/crm/metadata';
import { ZohoError } from '../../zoho/errors';
import type { JsonObject } from '../../zoho/types';
import { directClient } from '../support/directZoho.mts';
import { CrmBench, of, persons, wordsOf, type Row } from './crmSupport.mts';

describe('in the node', () => {
	let crm: CrmBench;
	beforeAll(async () => (crm = await CrmBench.start()));
	afterAll(async () => await crm?.zoho.stop());
	beforeEach(() => {
		crm.reset();
		crm.simulator.world.switches.bulkTime = 0;
	});

	const bulkWriteOf = (items: Row[], more: object = {}, onError?: 'continueRegularOutput') =>
		crm.run({ operation: 'bulkWrite', ...of('Contacts'), bulkOperation: 'insert', bulkRecord: '={{ $json }}', ...more }, items, onError);

	test('250 items are written by one job, one of them fails for itself, and each result belongs to its item', async () => {
		const items = persons(250).map((person, n) => (n === 136 ? { ...person, Email: 'no address' } : person));
		const { rows, items: out, error, calls } = await bulkWriteOf(items, {}, 'continueRegularOutput');
		expect(error).toBeUndefined();
		expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		const names = new Map(crm.records('Contacts').map((record) => [record.id, record.Last_Name]));
		expect(names.size).toBe(249);
		expect(rows.map(({ id }) => names.get(id))).toEqual(items.map(({ Last_Name }, n) => (n === 136 ? undefined : Last_Name)));
		expect(rows[136]).toMatchObject({ error: expect.stringMatching(/^Contacts .*invalid data \(field Email\)/) as string });
		expect(calls.filter(({ path }) => path === '/crm/bulk/v8/write')).toHaveLength(1);
	});

	test('without continue on fail the error says how many of them are written', async () => {
		const run = await bulkWriteOf([{ Last_Name: 'Lee' }, { Last_Name: 'Roy', Email: 'x' }]);
		expect(wordsOf(run)).toMatch(/invalid data.*Of 2 records 1 were written and 1 failed/s);
	});

	test('items that are no records stop the run before anything is sent, and what a table cannot hold is told for its item', async () => {
		const refused = await bulkWriteOf([{ r: { Last_Name: 'Lee' } }, { r: 'x' }], { bulkRecord: '={{ $json.r }}' });
		expect([refused.error?.message, refused.calls]).toEqual([expect.stringMatching(/not a JSON object/), []]);
		const run = await bulkWriteOf([{ Last_Name: 'Lee' }, { Last_Name: 'Roy', Account_Name: { name: 'Acme' } }], {}, 'continueRegularOutput');
		expect(run.rows).toMatchObject([{ action: 'insert' }, { error: expect.stringMatching(/named by its id \(field Account_Name\)/) as string }]);
	});

	test('records of several modules go in jobs of their own', async () => {
		const items = [
			{ m: 'Accounts', r: { Account_Name: 'Acme' } },
			{ m: 'Contacts', r: { Last_Name: 'Lee' } },
			{ m: 'Accounts', r: { Account_Name: 'Zeta' } },
		];
		const module = { __rl: true, mode: 'name', value: '={{ $json.m }}' };
		const { rows } = await bulkWriteOf(items, { module, bulkRecord: '={{ $json.r }}' });
		expect(rows.map((row) => row.module)).toEqual(['Accounts', 'Contacts', 'Accounts']);
		expect([rows[0]?.job_id === rows[2]?.job_id, rows[0]?.job_id === rows[1]?.job_id]).toEqual([true, false]);
	});

	test('all records of a module come as Get Many gives them, but for lookups', async () => {
		const client = directClient(crm.simulator, 'crm', 'in');
		await ensureField(client, 'Contacts', { label: 'Active', type: 'boolean' });
		await ensureField(client, 'Contacts', { label: 'Score', type: 'double' });
		const [account = ''] = await crm.fill('Accounts', [{ Account_Name: 'Acme, "Söhne"' }]);
		const description = 'two\r\nlines, "quotes", 🧾 and שלום; ';
		const ids = await crm.fill('Contacts', [
			{ Last_Name: 'Lee', Account_Name: { id: account }, Description: description, Active: true, Score: 1.5, Phone: '007' },
			{ Last_Name: 'Roy' },
		]);
		const { rows, error } = await crm.run({ operation: 'bulkRead', ...of('Contacts') });
		expect(error).toBeUndefined();
		expect(rows).toMatchObject([
			{ id: ids[0], Last_Name: 'Lee', Account_Name: { id: account }, Description: description.trim(), Active: true, Score: 1.5, Phone: '007', Title: null },
			{ id: ids[1], Last_Name: 'Roy', Account_Name: null, Active: null },
		]);
		const dotted = await crm.run({ operation: 'bulkRead', ...of('Contacts'), fields: '={{ ["Last_Name", "Account_Name.Account_Name"] }}', options: { mostRows: 1 } });
		expect(dotted.rows).toEqual([{ id: ids[0], Last_Name: 'Lee', 'Account_Name.Account_Name': 'Acme, "Söhne"' }]);
	});

	test('conditions of all kinds, and criteria as JSON', async () => {
		await crm.fill('Deals', ['A', 'B', 'C'].map((name, n) => ({ Deal_Name: name, Stage: 'Qualification', Amount: n * 10, Closing_Date: `2026-12-0${n + 1}` })));
		const found = async (condition: object[], more: object = {}) =>
			(await crm.run({ operation: 'bulkRead', ...of('Deals'), fields: ['Deal_Name'], conditions: { condition }, ...more })).rows.map(({ Deal_Name }) => Deal_Name);
		expect(await found([{ field: 'Amount', comparator: 'greater_equal', value: '10' }])).toEqual(['B', 'C']);
		expect(await found([{ field: 'Closing_Date', comparator: 'between', value: '2026-12-01, 2026-12-02' }])).toEqual(['A', 'B']);
		expect(await found([{ field: 'Deal_Name', comparator: 'in', value: 'A,C' }, { field: 'Amount', comparator: 'equal', value: '20' }])).toEqual(['C']);
		expect(await found([{ field: 'Deal_Name', comparator: 'equal', value: 'A' }, { field: 'Amount', comparator: 'equal', value: '20' }], { combine: 'or' })).toEqual(['A', 'C']);
		const criteria = { group_operator: 'and', group: [{ field: { api_name: 'Amount' }, comparator: 'not_equal', value: '${EMPTY}' }, { field: { api_name: 'Deal_Name' }, comparator: 'not_in', value: ['B'] }] };
		expect(await found([], { options: { criteria: JSON.stringify(criteria) } })).toEqual(['A', 'C']);
		const refused = await crm.run({ operation: 'bulkRead', ...of('Deals'), conditions: { condition: [{ field: 'Nonsense', comparator: 'equal', value: 'x' }] } });
		expect(wordsOf(refused)).toMatch(/all records of Deals: .*not available/);
		expect(wordsOf(await crm.run({ operation: 'bulkRead', ...of('Deals'), options: { criteria: '[]' } }))).toMatch(/"Criteria" is not a JSON object/);
	});

	test('a module that is empty puts out nothing, one that takes no bulk jobs is told as such', async () => {
		const empty = await crm.run({ operation: 'bulkRead', ...of('Deals') });
		expect([empty.rows, empty.error]).toEqual([[], undefined]);
		crm.reset({ edition: 'free' });
		expect(wordsOf(await crm.run({ operation: 'bulkRead', ...of('Vendors') }))).toMatch(/Vendors/);
		expect(wordsOf(await crm.run({ operation: 'bulkWrite', ...of('Tasks'), bulkOperation: 'insert', bulkRecord: '{"Subject":"Call"}' }))).toMatch(/takes no bulk jobs for this module/);
	});

	test('a scope that is missing is named', async () => {
		crm.grant(['ZohoCRM.modules.ALL', 'ZohoCRM.settings.ALL', 'ZohoCRM.org.READ', 'ZohoCRM.bulk.CREATE']);
		expect(wordsOf(await bulkWriteOf(persons(1)))).toMatch(/ZohoFiles\.files\.ALL/);
		expect(wordsOf(await crm.run({ operation: 'bulkRead', ...of('Contacts') }))).toMatch(/ZohoCRM\.bulk\.READ/);
	});

	test('the form offers the fields by which records are found, and the layouts', async () => {
		const keys = await crm.list((node) => node.methods.loadOptions.getKeyFields, 'Contacts');
		expect(keys.map(({ value }) => value)).toEqual(expect.arrayContaining(['id', 'Email']));
		const [layout] = await crm.list((node) => node.methods.loadOptions.getLayouts, 'Contacts');
		const run = await bulkWriteOf(persons(1), { options: { layoutId: layout?.value } });
		expect(run.rows).toMatchObject([{ action: 'insert' }]);
	});
});

describe('in every data centre', () => {
	const simulator = new Simulator();
	afterAll(async () => await simulator.close());

	/** Waits by Zoho's clock, which it moves. */
	function at(location: Location, switches: Partial<typeof simulator.world.switches> = {}) {
		simulator.reset({ tenants: [{ location, crm: { timeZone: 'America/Chicago' } }], switches });
		const { world } = simulator;
		const { connection } = directClient(simulator, 'crm', location);
		const sleep = async (milliseconds: number) => await Promise.resolve(world.clock.advance(milliseconds));
		const client = new ZohoClient(connection, { now: () => world.now(), sleep, random: () => 0 });
		const records = () => simulator.records('crm', location, 'Contacts');
		const write = async (operation: BulkOperation, list: JsonObject[], findBy = 'id') => await bulkWrite(client, 'Contacts', operation, list, { findBy, timeLimit: 600_000 });
		const read = async (options: object = {}) => {
			const rows: JsonObject[] = [];
			for await (const list of bulkRead(client, 'Contacts', { timeLimit: 600_000, ...options })) rows.push(...list);
			return rows;
		};
		return { client, world, records, write, read };
	}

	test.each(['us', 'in'] as const)('%s: results come from the server that Zoho names, in whatever order they are', async (location) => {
		for (const bulkResultOrder of ['sent', 'backwards'] as const) {
			const { write, records } = at(location, { bulkResultOrder });
			const results = await write('insert', [...persons(30), { Last_Name: 'Bad', Email: 'x' }]);
			const names = new Map(records().map(({ id, Last_Name }) => [id, Last_Name]));
			expect(results.map(({ id }) => names.get(id))).toEqual([...persons(30).map(({ Last_Name }) => Last_Name), undefined]);
			expect(results[30]?.fault).toMatchObject({ code: 'INVALID_DATA', field: 'Email' });
		}
	});

	test.each(['us', 'eu', 'in', 'au', 'jp', 'ca', 'cn', 'sa'] as const)('%s: results come from the API host where Zoho says so', async (location) => {
		const { write, records } = at(location, { bulkResultAddress: 'path' });
		const [result] = await write('insert', persons(1));
		expect(result).toMatchObject({ ok: true, id: records()[0]?.id, action: 'insert' });
		expect(simulator.calls().filter(({ path }) => path === '/crm/v8/upload')).toHaveLength(1);
	});

	test.each(['eu', 'au', 'jp', 'ca', 'cn', 'sa'] as const)('%s: no token goes to a server that the table does not have; the counts of the job tell what they can', async (location) => {
		const { write, records } = at(location);
		expect(await write('insert', persons(2))).toMatchObject([{ ok: true, action: 'insert' }, { ok: true, action: 'insert' }]);
		const [good, bad] = await write('insert', [{ Last_Name: 'Good' }, { Last_Name: 'Bad', Email: 'x' }]);
		expect(good?.fault).toEqual(expect.objectContaining({ code: 'result-not-reachable', outcomeUnknown: true, message: expect.stringMatching(/^1 of 2 records were written/) as string }));
		expect(bad?.fault?.remedy).toMatch(/It is at https:\/\/download-accl\.zoho/);
		expect(records()).toHaveLength(3);
		expect(simulator.calls().filter(({ path }) => path.includes('bulk-write'))).toEqual([]);
	});

	test.each(['uk', 'ae'] as const)('%s: Zoho names no server for files, which is told before anything is sent', async (location) => {
		const { write } = at(location);
		await expect(write('insert', persons(1))).rejects.toThrow(/no server that takes files.*100 records per call/s);
		expect(simulator.calls()).toEqual([]);
	});

	test('a table of 450 rows in jobs of 200 is read to its end, each row once', async () => {
		const { read, write, world } = at('in', { bulkRowsPerJob: 200 });
		await write('insert', persons(450));
		const before = simulator.calls().length;
		const rows = await read({ fields: ['Last_Name'] });
		expect(rows.map(({ Last_Name }) => Last_Name)).toEqual(persons(450).map(({ Last_Name }) => Last_Name));
		const paths = simulator.calls(before).map(({ method, path }) => `${method} ${path.replace(/\d{9,}/, '{}')}`);
		expect(paths.filter((path) => path === 'POST /crm/bulk/v8/read')).toHaveLength(3);
		expect(paths.filter((path) => path === 'GET /crm/bulk/v8/read/{}/result')).toHaveLength(3);
		expect(world.switches.bulkRowsPerJob).toBe(200);
	});

	test('update and upsert find records by id or a unique value, keep what a row lacks and empty what is null', async () => {
		const { write, records } = at('in');
		const [one = '', two = ''] = (await write('insert', [{ Last_Name: 'One', Title: 'a', Email: 'one@example.com' }, { Last_Name: 'Two', Title: 'b' }])).map(({ id }) => id);
		const updated = await write('update', [{ id: one, Department: 'x' }, { id: two, Title: null }, { id: '4876000000000000001', Title: 'c' }]);
		expect(updated.map(({ ok, id, action, fault }) => [ok, id, action, fault?.intent])).toEqual([
			[true, one, 'update', undefined],
			[true, two, 'update', undefined],
			[false, undefined, undefined, 'gone'],
		]);
		expect(records()).toMatchObject([{ Last_Name: 'One', Title: 'a', Department: 'x' }, { Last_Name: 'Two', Title: null }]);
		const upserted = await write('upsert', [{ Last_Name: 'Uno', Email: 'ONE@example.com' }, { Last_Name: 'Three', Email: 'three@example.com' }], 'Email');
		expect(upserted.map(({ action }) => action)).toEqual(['update', 'insert']);
		expect(upserted[0]?.id).toBe(one);
	});

	test.each(['declared', 'undeclared'] as const)('days and times arrive as they were, where ISO 8601 is %s', async (bulkIsoTimes) => {
		const { client, write, records } = at('in', { bulkIsoTimes });
		const metadata = simulator.world.tenantOf('crm', 'in')?.crm.module('Contacts');
		if (!metadata) throw new Error('no module');
		simulator.world.tenantOf('crm', 'in')?.crm.addField(metadata, { name: 'Called_At', label: 'Called At', type: 'datetime', length: 20, custom: true, id: '1' });
		expect(client.connection.apiDomain).toBe('https://www.zohoapis.in');
		const [result] = await write('insert', [{ Last_Name: 'Lee', Date_of_Birth: '1990-02-03', Called_At: '2026-07-01T10:00:00+01:00' }]);
		expect(result?.fault).toBeUndefined();
		expect(records()).toMatchObject([{ Date_of_Birth: '1990-02-03', Called_At: '2026-07-01T04:00:00-05:00' }]);
	});

	test('lookups, choices and numbers arrive as they were', async () => {
		const { client, write, records } = at('in');
		await ensureField(client, 'Contacts', { label: 'Score', type: 'double' });
		const made = await bulkWrite(client, 'Accounts', 'insert', [{ Account_Name: 'Acme' }], { findBy: 'id', timeLimit: 60_000 });
		await write('insert', [{ Last_Name: 'Lee', Account_Name: { id: made[0]?.id }, Score: 12.5, Email_Opt_Out: true, Description: 'two\nlines, "x"' }]);
		expect(records()).toMatchObject([{ Account_Name: { id: made[0]?.id }, Score: 12.5, Email_Opt_Out: true, Description: 'two\nlines, "x"' }]);
	});

	test('a job that takes too long is told with its id, and none is made after it', async () => {
		const { write } = at('in', { bulkTime: 3_600_000 });
		const results = await write('insert', Array.from({ length: 25_001 }, (_, n) => ({ Last_Name: `Lee ${n}` })));
		expect(results[0]?.fault?.message).toMatch(/the job \d+ is not done after 600 seconds/);
		expect(results[25_000]?.fault?.message).toMatch(/^not sent, because an earlier part of the list failed/);
		expect(simulator.calls().filter(({ path }) => path === '/crm/bulk/v8/write')).toHaveLength(1);
	});

	test('a lost answer to the job makes no second one, and is told as unknown; one to the upload is sent again', async () => {
		const { write, records, world } = at('in');
		world.faults.push({ on: 'call', what: 'lost-answer', path: '/crm/v8/upload' });
		expect(await write('insert', persons(1))).toMatchObject([{ ok: true }]);
		world.faults.push({ on: 'call', what: 'lost-answer', path: '/crm/bulk/v8/write', method: 'POST' });
		const [result] = await write('insert', persons(1));
		expect(result?.fault).toMatchObject({ outcomeUnknown: true });
		expect(simulator.calls().filter(({ path, method }) => method === 'POST' && path === '/crm/bulk/v8/write')).toHaveLength(2);
		expect(records()).toHaveLength(1);
	});

	test('a job that Zoho refuses is told for every record of it', async () => {
		const { write } = at('in');
		const results = await write('insert', [{ Title: 'Dr' }, { Title: 'Prof' }]);
		expect(results.map(({ fault }) => [fault?.code, fault?.remedy])).toEqual(results.map(() => ['MANDATORY_FIELDS_NOT_MAPPED', expect.stringMatching(/every field that the module demands/)]));
	});

	test('what is no archive of a table is told as such', async () => {
		const { read, write } = at('in');
		await write('insert', persons(1));
		const handle = simulator.handle.bind(simulator);
		const spy = jest.spyOn(simulator, 'handle').mockImplementation(async (request) =>
			request.url.pathname.endsWith('/result') ? { status: 200, headers: { 'content-type': 'application/zip' }, bytes: Buffer.from('no zip at all') } : await handle(request),
		);
		await expect(read()).rejects.toThrow(/cannot be read: The zip archive is damaged/);
		await expect(read()).rejects.toBeInstanceOf(ZohoError);
		spy.mockRestore();
	});
});
