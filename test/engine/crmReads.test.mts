import { ensureField } from '../../zoho/crm/metadata';
import { directClient } from '../support/directZoho.mts';
import { CrmBench, chosen, location, of, persons, wordsOf } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const everything = { returnAll: true };

describe('Get Many', () => {
	test('a limit of 1 is 1 call, for 1 row', async () => {
		await crm.fill('Contacts', persons(3));
		const { rows, calls } = await crm.run({ operation: 'getAll', ...of('Contacts'), limit: 1, fields: ['Last_Name'] });
		expect(rows).toHaveLength(1);
		expect(calls.map(({ query }) => query)).toEqual([expect.stringContaining('per_page=1')]);
	});

	test('all of 2,450 rows come, past the 2,000 that page numbers reach, each once', async () => {
		const ids = await crm.fill('Contacts', persons(2_450));
		const { rows, items } = await crm.run({ operation: 'getAll', ...of('Contacts'), ...everything, fields: ['Last_Name'] });
		expect(rows).toHaveLength(2_450);
		expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(ids));
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	}, 60_000);

	test('without a choice of fields each row has all of them, although they are more than 50', async () => {
		const client = directClient(crm.simulator, 'crm', location);
		for (let n = 1; n <= 20; n++) await ensureField(client, 'Contacts', { label: `Extra ${n}`, type: 'text' });
		const person = { Last_Name: 'Lee', First_Name: 'Ann', Description: 'd', Other_Zip: '2', Extra_1: 'one', Extra_20: 'twenty' };
		await crm.fill('Contacts', [person]);
		const { rows, calls } = await crm.run({ operation: 'getAll', ...of('Contacts'), limit: 1 });
		expect(rows).toMatchObject([person]);
		expect(Object.keys(rows[0] ?? {}).length).toBeGreaterThan(50);
		for (const { query } of calls) {
			const fields = new URLSearchParams(query).get('fields')?.split(',') ?? [];
			expect(fields.length).toBeLessThanOrEqual(50);
		}
	});

	test('an empty module puts out nothing', async () => {
		const { rows, error } = await crm.run({ operation: 'getAll', ...of('Deals'), ...everything });
		expect([rows, error]).toEqual([[], undefined]);
	});

	test('a time without an offset is in the time zone of the workflow, and nonsense is refused', async () => {
		await crm.fill('Contacts', persons(2));
		const since = async (modifiedSince: string) =>
			await crm.run({ operation: 'getAll', ...of('Contacts'), ...everything, options: { modifiedSince } });
		expect((await since('2020-01-01T00:00:00')).rows).toHaveLength(2);
		expect((await since('2099-01-01T00:00:00')).rows).toEqual([]);
		const refused = await since('last week');
		expect([wordsOf(refused), refused.calls]).toEqual([expect.stringContaining('not a time'), []]);
	});

	test('a limit that is no number is refused instead of putting out nothing', async () => {
		const run = await crm.run({ operation: 'getAll', ...of('Contacts'), limit: '={{ "many" }}' });
		expect(run.error?.message).toMatch(/limit is not a whole number/);
	});

	test('no module is an error in words', async () => {
		const run = await crm.run({ operation: 'getAll', ...of('={{ "" }}') });
		expect([run.error?.message, run.calls]).toEqual([expect.stringContaining('No module is chosen'), []]);
	});
});

describe('COQL Query', () => {
	test('a query is read past 2,000 rows', async () => {
		const ids = await crm.fill('Contacts', persons(2_450));
		const query = 'select id, Last_Name from Contacts where id is not null order by id';
		const { rows, calls } = await crm.run({ operation: 'query', query, ...everything });
		expect(rows.map(({ id }) => id)).toEqual([...ids].sort());
		expect(calls).toHaveLength(2);
	}, 60_000);

	test('a query with a limit of its own is sent as it is, and no more comes than the node allows', async () => {
		await crm.fill('Contacts', persons(20));
		const query = 'select Last_Name from Contacts where id is not null order by id limit 5, 10';
		expect((await crm.run({ operation: 'query', query, ...everything })).rows).toHaveLength(10);
		const { rows, calls } = await crm.run({ operation: 'query', query, limit: 3 });
		expect([rows.length, calls.length]).toEqual([3, 1]);
	});

	test('what is wrong with a query is told in Zoho\'s words', async () => {
		expect(wordsOf(await crm.run({ operation: 'query', query: 'select Nonsense from Contacts where id is not null' }))).toMatch(
			/the COQL query: .*Nonsense/s,
		);
	});
});

describe('Search', () => {
	test('by e-mail finds the record that was written', async () => {
		await crm.fill('Contacts', persons(30));
		crm.simulator.world.clock?.advance(3_600_000);
		const { rows } = await crm.run({ operation: 'search', ...of('Contacts'), searchBy: 'email', searchValue: 'lee7@example.com' });
		expect(rows).toMatchObject([{ Last_Name: 'Lee 7' }]);
	});
});

describe('Get', () => {
	test('a record is found by its id and by the address of its page', async () => {
		const [id = ''] = await crm.fill('Contacts', persons(1));
		const url = `https://crm.zoho.eu/crm/org20081234567/tab/Contacts/${id}`;
		for (const recordId of [chosen(id).recordId, { __rl: true, mode: 'url', value: url }, id]) {
			const { rows } = await crm.run({ operation: 'get', ...of('Contacts'), recordId });
			expect(rows).toMatchObject([{ id, Last_Name: 'Lee 0' }]);
		}
	});

	test('a record that is not there is an error that names it', async () => {
		const run = await crm.run({ operation: 'get', ...of('Contacts'), ...chosen('4876000000000000001') });
		expect(wordsOf(run)).toMatch(/Contacts 4876000000000000001: there is no such record/);
	});

	test('each item gets its own record, and one that is missing does not stop the others', async () => {
		const [one = '', two = ''] = await crm.fill('Contacts', persons(2));
		const items = [{ id: one }, { id: '4876000000000000001' }, { id: two }];
		const recordId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
		const run = await crm.run({ operation: 'get', ...of('Contacts'), recordId }, items, 'continueRegularOutput');
		expect(run.rows.map(({ id }) => id)).toEqual([one, undefined, two]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});
});

describe('The lists of the editor', () => {
	const list = async (method: 'searchModules' | 'searchRecords', module: string, filter?: string, token?: string) =>
		await crm.list((node) => node.methods.listSearch[method], module, filter, token);

	test('modules are found by name', async () => {
		const { results } = await list('searchModules', '', 'contac');
		expect(results).toEqual([{ name: 'Contacts', value: 'Contacts' }]);
	});

	test('records are found by name the moment they are written, whatever signs it has, a page at a time', async () => {
		const [id] = await crm.fill('Accounts', [{ Account_Name: "O'Neill \\ Söhne" }, { Account_Name: 'Acme' }]);
		expect(await list('searchRecords', 'Accounts', "O'Neill \\")).toEqual({ results: [{ name: "O'Neill \\ Söhne", value: id }] });
		await crm.fill('Contacts', persons(130));
		const first = await list('searchRecords', 'Contacts');
		expect([first.results.length, first.paginationToken]).toEqual([100, '100']);
		expect((await list('searchRecords', 'Contacts', '', '100')).results).toHaveLength(30);
	});

	test('the form offers what may be written, and the duplicate check what Zoho checks by', async () => {
		const { fields } = await crm.list((node) => node.methods.resourceMapping.getWritableFields, 'Contacts');
		const names = fields.map(({ id }) => id);
		expect(names[0]).toBe('Last_Name');
		expect(names).not.toContain('Created_Time');
		const unique = await crm.list((node) => node.methods.loadOptions.getUniqueFields, 'Contacts');
		expect(unique.map(({ value }) => value)).toContain('Email');
	});
});
