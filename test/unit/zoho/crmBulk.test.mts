import fc from 'fast-check';

import { cellOf, CellError, valueOf } from '../../../zoho/crm/bulk/cells';
import { downloadCall } from '../../../zoho/crm/bulk/outcome';
import { faultsOfErrors, pairedResults } from '../../../zoho/crm/bulk/results';
import { problemOf, rowsOf, tablesOf, type Row } from '../../../zoho/crm/bulk/tables';
import { waitFor } from '../../../zoho/crm/bulk/waiting';
import type { ZohoClient } from '../../../zoho/client';
import { csvRows } from '../../../zoho/csv';
import type { JsonObject } from '../../../zoho/types';

const kinds = new Map([
	...['Last_Name', 'Email', 'Title', 'Department'].map((name) => [name, 'text'] as const),
	['Account_Name', 'lookup'],
	['Tags_Of_Trade', 'multiselectpicklist'],
	['Called_At', 'datetime'],
	['Items', 'subform'],
	['Amount', 'currency'],
	['Done', 'boolean'],
] as Array<readonly [string, string]>);
const rows = (records: JsonObject[], operation: 'insert' | 'update' | 'upsert' = 'insert', findBy = 'id') => rowsOf(records, operation, findBy, kinds);
const fits = (list: ReturnType<typeof rows>): Row[] => list.filter((row): row is Row => 'cells' in row);

describe('cells', () => {
	test.each<[string, JsonObject[string], string]>([
		['Account_Name', { id: '4876876000000240001', name: 'Acme' }, '4876876000000240001'],
		['Account_Name', '4876876000000240001', '4876876000000240001'],
		['Tags_Of_Trade', ['a', 'b c'], 'a;b c'],
		['Called_At', '2026-11-01T10:00:00+01:00', '2026-11-01T09:00:00+00:00'],
		['Amount', 12.5, '12.5'],
		['Done', false, 'false'],
		['Last_Name', null, ''],
	])('%s of %j is %j', (name, value, cell) => expect(cellOf(name, value, kinds.get(name))).toBe(cell));

	test.each<[string, JsonObject[string], RegExp]>([
		['Account_Name', { name: 'Acme' }, /named by its id/],
		['Tags_Of_Trade', ['a;b'], /semicolon/],
		['Called_At', '2026-11-01 10:00', /not a time with an offset/],
		['Items', [{ Quantity: 1 }], /cannot be written in bulk/],
		['Last_Name', ['x'], /no text, number or boolean/],
		['$append_values', { Tags_Of_Trade: true }, /in bulk/],
	])('%s of %j is refused', (name, value, words) => {
		expect(() => cellOf(name, value, kinds.get(name))).toThrow(CellError);
		expect(() => cellOf(name, value, kinds.get(name))).toThrow(words);
	});

	test('what is read has the kind of its field, and no digit is lost', () => {
		expect(valueOf('12.5', 'currency')).toBe(12.5);
		expect(valueOf('4876876000000240001', 'bigint')).toBe('4876876000000240001');
		expect(valueOf('12345678901234567890', 'double')).toBe('12345678901234567890');
		expect(valueOf('true', 'boolean')).toBe(true);
		expect(valueOf('a;b', 'multiselectpicklist')).toEqual(['a', 'b']);
		expect(valueOf('4876876000000240001', 'lookup')).toEqual({ id: '4876876000000240001' });
		expect(valueOf('', 'text')).toBeNull();
		expect(valueOf('007', 'text')).toBe('007');
	});
});

describe('tables', () => {
	test('hold every record once, in tables of 25,000, each with its own cells', () => {
		const many = Array.from({ length: 60_001 }, (_, n) => ({ Last_Name: `Lee ${n}`, Email: `${n}@example.com` }));
		const tables = tablesOf(fits(rows(many)), 'insert', 'id');
		expect(tables.map((table) => table.rows.length)).toEqual([25_000, 25_000, 10_001]);
		expect(tables.flatMap((table) => table.rows.map(({ index }) => index))).toEqual(many.map((_, n) => n));
		const last = [...csvRows(tables[2]?.csv ?? '')];
		expect([last.length, last[10_001]]).toEqual([10_002, last[0]?.map((name) => many[60_000]?.[name as 'Email'])]);
	});

	test('do not grow beyond what Zoho takes of a file', () => {
		const long = Array.from({ length: 900 }, (_, n) => ({ Last_Name: String(n), Title: 'x'.repeat(50_000) }));
		const tables = tablesOf(fits(rows(long)), 'insert', 'id');
		expect(tables.length).toBe(3);
		for (const { csv } of tables) expect(csv.length).toBeLessThan(20_000_001);
	});

	test('a field that a record lacks is never emptied by the blank of its column', () => {
		const records = [
			{ id: '1', Title: 'Dr' },
			{ id: '2', Department: 'Sales' },
			{ id: '3', Title: null, Department: 'Sales' },
			{ id: '4', Title: 'Dr', Department: '' },
			{ id: '5', Title: null },
		];
		const shown = tablesOf(fits(rows(records, 'update')), 'update', 'id').map(({ rows: own, columns, ignoreEmpty }) => [own.map(({ cells }) => cells.get('id')), [...columns].sort(), ignoreEmpty]);
		expect(shown).toEqual([
			[['1', '2'], ['Department', 'Title', 'id'], true],
			[['3', '4'], ['Department', 'Title', 'id'], false],
			[['5'], ['Title', 'id'], false],
		]);
	});

	test('the columns that the result repeats are the key and those that tell records apart', () => {
		const records = Array.from({ length: 9 }, (_, n) => ({ Department: 'Sales', Title: `T${n % 3}`, Last_Name: 'Lee', Email: `${n}@example.com` }));
		expect(tablesOf(fits(rows(records)), 'insert', 'id')[0]?.columns.slice(0, 2)).toEqual(['Email', 'Title']);
		expect(tablesOf(fits(rows(records, 'upsert', 'Email')), 'upsert', 'Email')[0]?.columns[0]).toBe('Email');
		expect(tablesOf(fits(rows(records.map((record, n) => ({ ...record, id: String(n) })), 'update')), 'update', 'id')[0]?.columns[0]).toBe('id');
	});

	test('what cannot go in bulk is told for its record, before anything is sent', () => {
		const words = rows([{ id: '1', Nonsense: 1 }, { Title: 'x' }, { id: '2', Title: 'a' }, { id: '2', Title: 'b' }, { id: '3', Items: [{}] }], 'update').map((row) =>
			'fault' in row ? [row.fault.field, row.fault.message] : undefined,
		);
		expect(words).toEqual([
			['Nonsense', 'the module has no such field'],
			['id', expect.stringMatching(/no value by which/)],
			undefined,
			['id', expect.stringMatching(/earlier item has the same value "2"/)],
			['Items', expect.stringMatching(/cannot be written in bulk/)],
		]);
		const wide = [Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`F${n}`, 'x']))];
		const manyKinds = new Map(Array.from({ length: 201 }, (_, n) => [`F${n}`, 'text']));
		const [table] = tablesOf(fits(rowsOf(wide, 'insert', 'id', manyKinds)), 'insert', 'id');
		expect(table && problemOf(table)?.message).toMatch(/201 fields together; a job takes 200/);
	});
});

describe('results', () => {
	const heads = ['STATUS', 'RECORD_ID', 'ERRORS'];
	const tableOf = (records: JsonObject[]) => {
		const [table] = tablesOf(fits(rows(records)), 'insert', 'id');
		if (!table) throw new Error('no table');
		return table;
	};
	const line = (cells: string[], n: number) => [...cells, ...(n % 7 === 3 ? ['SKIPPED', '', 'DUPLICATE_DATA-Email'] : ['ADDED', `id${n}`, ''])];

	test('every record gets its own, in whatever order they come', () => {
		const record = fc.record({ Last_Name: fc.constantFrom('Lee', 'Roy', ' Kim'), Email: fc.constantFrom('a', 'b'), Title: fc.constantFrom('a', ''), Department: fc.constantFrom('x', 'y') });
		fc.assert(
			fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.nat()), (records, chance) => {
				const table = tableOf(records);
				const sent = [...csvRows(table.csv)].slice(1);
				const shown = sent.map((cells, n) => ({ cells, n, at: chance.next().value as number }));
				const lines = shown.sort((one, other) => one.at - other.at).map(({ cells, n }) => line(cells.slice(0, 3), n));
				const results = pairedResults(table, [[...table.columns.slice(0, 3), ...heads], ...lines]);
				const isLike = (some: string[] | undefined, others: string[] | undefined, count: number) =>
					JSON.stringify(some?.slice(0, count).map((cell) => cell.trim())) === JSON.stringify(others?.slice(0, count).map((cell) => cell.trim()));
				results.forEach((result, n) => {
					const alike = sent.flatMap((cells, at) => (isLike(cells, sent[n], 3) ? [at] : []));
					const equal = alike.filter((at) => isLike(sent[at], sent[n], 9));
					if (alike.length === 1) expect([result.ok, result.id]).toEqual(n % 7 === 3 ? [false, undefined] : [true, `id${n}`]);
					// Which of several is which must not be guessed, unless it makes no difference.
					else if (equal.length === alike.length) expect(equal.map((at) => (at % 7 === 3 ? undefined : `id${at}`))).toContain(result.id);
					else expect([result.id, result.ok]).toEqual([undefined, alike.every((at) => at % 7 !== 3)]);
				});
			}),
			{ numRuns: 300 },
		);
	});

	test('records that are alike in what is repeated are told what holds for all of them', () => {
		const alike = (Department: string) => ({ Last_Name: 'Lee', Email: 'e', Title: 't', Department });
		const table = { ...tableOf([alike('x'), alike('y'), { ...alike('x'), Last_Name: 'Roy' }]), columns: ['Last_Name', 'Email', 'Title', 'Department'] };
		const of = (name: string, ...rest: string[]) => [name, 'e', 't', ...rest];
		const [lee, other, roy] = [of('Lee', 'ADDED', '1', ''), of('Lee', 'ADDED', '2', ''), of('Roy', 'ADDED', '3', '')];
		const told = (...lines: string[][]) => pairedResults(table, [['Last_Name', 'Email', 'Title', ...heads], ...lines]).map(({ ok, id, fault }) => [ok, id, fault?.code]);
		for (const lines of [[lee, other, roy], [roy, other, lee]]) expect(told(...lines)).toEqual([[true, undefined, undefined], [true, undefined, undefined], [true, '3', undefined]]);
		const refused = of('Lee', 'SKIPPED', '', 'INVALID_DATA-Last_Name');
		expect(told(roy, refused, lee)).toEqual([[false, undefined, 'result-ambiguous'], [false, undefined, 'result-ambiguous'], [true, '3', undefined]]);
		expect(told(roy, lee)).toEqual([[false, undefined, 'no-result'], [false, undefined, 'no-result'], [true, '3', undefined]]);
	});

	test('a value that CRM shows in another form does not break what is in order', () => {
		const table = tableOf([{ Last_Name: 'Lee', Called_At: '2026-11-01T10:00:00+01:00' }, { Last_Name: 'Roy', Called_At: '2026-11-02T10:00:00+01:00' }]);
		const lines = [['11/01/2026 10:00', 'Lee', 'ADDED', '1', ''], ['11/02/2026 10:00', 'Roy', 'ADDED', '2', '']];
		expect(pairedResults(table, [['Called_At', 'Last_Name', ...heads], ...lines]).map(({ id }) => id)).toEqual(['1', '2']);
	});

	test('the column of the new id is found by either of its names, beside a column id that was sent', () => {
		const [table] = tablesOf(fits(rows([{ id: '7', Title: 'Dr' }], 'update')), 'update', 'id');
		if (!table) throw new Error('no table');
		for (const name of ['RECORD_ID', 'ID'])
			expect(pairedResults(table, [['id', 'Title', 'STATUS', name, 'ERRORS'], ['7', 'Dr', 'UPDATED', '7', '']])).toEqual([{ ok: true, id: '7', action: 'update' }]);
	});

	test('errors are told in words with their fields', () => {
		expect(faultsOfErrors('MANDATORY_NOT_FOUND-Company,Last_Name:DUPLICATE_DATA-Email', 'SKIPPED')).toMatchObject([
			{ code: 'MANDATORY_NOT_FOUND', message: 'required field not found', field: 'Company,Last_Name', intent: 'invalid' },
			{ code: 'DUPLICATE_DATA', field: 'Email', intent: 'duplicate' },
		]);
		expect(faultsOfErrors('RESOURCE_NOT_FOUND-id', 'SKIPPED')).toMatchObject([{ intent: 'gone' }]);
		expect(faultsOfErrors('', 'unprocessed')).toMatchObject([{ code: 'UNPROCESSED' }]);
	});
});

describe('the address of a result', () => {
	const india = 'https://www.zohoapis.in';
	test.each([
		[india, 'https://download-accl.zoho.in/v2/crm/600/bulk-write/1/1.zip', { host: 'downloads', path: '/v2/crm/600/bulk-write/1/1.zip' }],
		[india, '/v8/crm/org600/bulk-write/1/1.zip', { path: '/v8/crm/org600/bulk-write/1/1.zip' }],
		[india, 'https://download-accl.zoho.com/v2/crm/600/bulk-write/1/1.zip', undefined],
		[india, 'https://download-accl.zoho.in.evil.example/1.zip', undefined],
		[india, 'https://download-accl.zoho.in@evil.example/1.zip', undefined],
		[india, 'https://evil.example/1.zip', undefined],
		[india, '//evil.example/1.zip', undefined],
		[india, '/../x/1.zip', undefined],
		[india, '/v8/crm?x=1.zip', undefined],
		[india, '', undefined],
		['https://www.zohoapis.eu', 'https://download-accl.zoho.eu/v2/crm/600/bulk-write/1/1.zip', undefined],
	])('from %s to %j: %j', (apiDomain, address, call) => expect(downloadCall(apiDomain, address)).toEqual(call));
});

describe('waiting', () => {
	const worldOf = () => {
		let now = 0;
		const pauses: number[] = [];
		const sleep = async (milliseconds: number) => {
			pauses.push(milliseconds);
			now += milliseconds;
			await Promise.resolve();
		};
		const client = { surroundings: { now: () => now, sleep, random: () => 0 } } as unknown as ZohoClient;
		return { client, pauses };
	};
	const job = { id: '1', call: { method: 'GET', path: '/crm/bulk/v8/read/1' } as const };

	test('looks after pauses that grow, up to half a minute', async () => {
		const { client, pauses } = worldOf();
		let looks = 0;
		expect(await waitFor(client, job, 600_000, async () => await Promise.resolve(++looks === 14 ? 'done' : undefined))).toBe('done');
		expect(pauses.slice(0, 4)).toEqual([500, 750, 1_125, 1_687.5]);
		expect(pauses.at(-1)).toBe(30_000);
		expect(pauses).toHaveLength(14);
	});

	test('ends at the limit with the id of the job, and does not sleep beyond it', async () => {
		const { client, pauses } = worldOf();
		await expect(waitFor(client, job, 10_000, async () => await Promise.resolve(undefined))).rejects.toThrow(/the job 1 is not done after 10 seconds/);
		expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(10_000);
	});
});
