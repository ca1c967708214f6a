import { CrmBench, chosen, location, of, persons, wordsOf, type Row } from './crmSupport.mts';

/** What a person puts into the node on a bad day, end to end; the other files of this folder hold what each operation does. */
let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const addField = (module: string, more: { name: string; type: 'multiselectpicklist' | 'datetime' | 'textarea'; length: number; values?: string[]; area?: 'rich_text' }) => {
	const org = crm.simulator.world.tenantOf('crm', location)?.crm;
	org?.addField(org.module(module), { label: more.name, custom: true, id: org.newId(), ...more });
};
/** What Get puts out for the record that Create has made of `person`. */
const roundTrip = async (person: Row, module = 'Contacts'): Promise<Row> => {
	const made = await crm.write('create', module, [person]);
	expect(made.error).toBeUndefined();
	const { rows } = await crm.run({ operation: 'get', ...of(module), ...chosen(String(made.rows[0]?.id)) });
	return rows[0] ?? {};
};

test('10,000 rows come in 50 calls, each once, far beyond the 2,000 that page numbers reach', async () => {
	const ids = await crm.fill('Contacts', persons(10_000));
	const { rows, calls, error } = await crm.run({ operation: 'getAll', ...of('Contacts'), returnAll: true, fields: ['Last_Name'] });
	expect(error).toBeUndefined();
	expect(rows).toHaveLength(10_000);
	expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(ids));
	const places = calls.map(({ query }) => new URLSearchParams(query));
	expect(places).toHaveLength(50);
	expect(places.flatMap((place) => place.get('page') ?? [])).toEqual(Array.from({ length: 10 }, (_, n) => String(n + 1)));
	expect(new Set(places.flatMap((place) => place.get('page_token') ?? [])).size).toBe(40);
}, 120_000);

describe('days that there are not', () => {
	test.each(['2026-02-30', '2027-02-29', '2026-13-01', '2026-00-10', '0000-00-00', '30.02.2026', 'tomorrow'])('%s is refused, and its item names the field', async (day) => {
		const items = [{ Last_Name: 'Lee', Date_of_Birth: day }, { Last_Name: 'Roy', Date_of_Birth: '2028-02-29' }];
		const { rows } = await crm.write('create', 'Contacts', items, {}, 'continueRegularOutput');
		expect(rows[0]?.error).toMatch(/Contacts Lee: invalid data, expected_data_type date \(field Date_of_Birth\)/);
		expect(crm.records('Contacts')).toMatchObject([{ Last_Name: 'Roy', Date_of_Birth: '2028-02-29' }]);
	});

	test.each(['2026-02-30T10:00:00+01:00', '2026-02-30T10:00', '2026-02-30'])('no list is read since %s', async (modifiedSince) => {
		const run = await crm.run({ operation: 'getAll', ...of('Contacts'), limit: 1, fields: ['id'], options: { modifiedSince } });
		expect(wordsOf(run)).toMatch(/2026-02-30.* is not a time.*Modified Since/);
		expect(run.calls).toEqual([]);
	});

	test.each(['2026-02-30T10:00:00+00:00', '2026-02-03T25:00:00+00:00', 'noon'])('so is the time %s', async (time) => {
		addField('Contacts', { name: 'Seen_At', type: 'datetime', length: 20 });
		expect(wordsOf(await crm.write('create', 'Contacts', [{ Last_Name: 'Lee', Seen_At: time }]))).toMatch(/expected_data_type datetime \(field Seen_At\)/);
		expect(crm.records('Contacts')).toEqual([]);
	});
});

test('50,000 characters survive where there is room for them; where not, the error tells how many there are room for', async () => {
	addField('Contacts', { name: 'Story', type: 'textarea', length: 50_000, area: 'rich_text' });
	const story = 'ä🧾'.repeat(16_666);
	expect(await roundTrip({ Last_Name: 'Lee', Story: story })).toMatchObject({ Story: story });
	const [record] = crm.records('Contacts');
	const note = { resource: 'note', operation: 'create', ...of('Contacts'), ...chosen(String(record?.id)), title: 'Long' };
	expect((await crm.run({ ...note, content: 'x'.repeat(2_000) })).error).toBeUndefined();
	expect(wordsOf(await crm.run({ ...note, content: 'x'.repeat(50_000) }))).toMatch(/invalid data, maximum_length \d+ \(field Note_Content\)/);
	expect(crm.records('Notes')).toHaveLength(1);
});

test('names in any script and of any signs come back as they were', async () => {
	const names = ['אברהם בן־דוד', 'محمد \u200Fعلي\u200E', '👩‍👩‍👧‍👦 Family', 'O\'Neil "Q" <b>&amp;', 'a\\nb', '{{ $json }}', '=1+1', '𝕏', 'ﬁ'];
	for (const name of names) expect(await roundTrip({ Last_Name: name })).toMatchObject({ Last_Name: name });
});

test('an empty list empties a field of choices, and so does null; left out, nothing changes', async () => {
	addField('Contacts', { name: 'Trades', type: 'multiselectpicklist', length: 120, values: ['a', 'b'] });
	expect((await roundTrip({ Last_Name: 'None', Trades: [] })).Trades).toBeNull();
	for (const [given, left] of [[{ Trades: [] }, null], [{ Trades: null }, null], [{ Title: 'Dr' }, ['a', 'b']]] as const) {
		const [id = ''] = await crm.fill('Contacts', [{ Last_Name: 'Lee', Trades: ['a', 'b'] }]);
		expect((await crm.write('update', 'Contacts', [{ id, ...given }])).error).toBeUndefined();
		expect((await crm.run({ operation: 'get', ...of('Contacts'), ...chosen(id) })).rows[0]?.Trades).toEqual(left);
	}
});

test('null empties text, number, day and lookup; a field that is demanded is named', async () => {
	const [account = ''] = await crm.fill('Accounts', [{ Account_Name: 'Acme' }]);
	const [id = ''] = await crm.fill('Deals', [{ Deal_Name: 'Roof', Stage: 'Qualification', Amount: 5, Closing_Date: '2026-12-24', Next_Step: 'Call', Account_Name: { id: account } }]);
	const empty = { Amount: null, Closing_Date: null, Next_Step: null, Account_Name: null };
	expect((await crm.write('update', 'Deals', [{ id, ...empty }])).error).toBeUndefined();
	expect((await crm.run({ operation: 'get', ...of('Deals'), ...chosen(id) })).rows).toMatchObject([empty]);
	expect(wordsOf(await crm.write('update', 'Deals', [{ id, Deal_Name: null }]))).toMatch(/\(field Deal_Name\)/);
	expect(crm.records('Deals')).toMatchObject([{ Deal_Name: 'Roof' }]);
});

describe('a module that the edition lacks: the error says which edition has it', () => {
	const inModule = (module: string) => ({
		get: () => crm.run({ operation: 'get', ...of(module), ...chosen('1') }),
		list: () => crm.run({ operation: 'getAll', ...of(module), limit: 1, fields: ['id'] }),
		list_of_all_fields: () => crm.run({ operation: 'getAll', ...of(module), limit: 1 }),
		search: () => crm.run({ operation: 'search', ...of(module), searchBy: 'word', searchValue: 'a' }),
		create_one: () => crm.write('create', module, [{ Subject: 'a' }]),
		create_two: () => crm.write('create', module, [{ Subject: 'a' }, { Subject: 'b' }]),
		upsert: () => crm.write('upsert', module, [{ Subject: 'a' }]),
		bulk_read: () => crm.run({ operation: 'bulkRead', ...of(module), fields: ['Subject'] }),
	});
	const calls = Object.keys(inModule('')) as Array<keyof ReturnType<typeof inModule>>;

	test.each(calls)('%s', async (call) => {
		for (const [module, edition, needed] of [['Invoices', 'standard', 'Professional'], ['Products', 'free', 'Standard']] as const) {
			crm.reset({ edition });
			const words = wordsOf(await inModule(module)[call]());
			expect(words.match(new RegExp(`It needs the edition ${needed} or a higher one`, 'g'))).toHaveLength(1);
			expect(words).toContain(module);
		}
	});

	test('one that every edition has names none', async () => {
		const words = wordsOf(await crm.run({ operation: 'getAll', ...of('Nonsense'), limit: 1, fields: ['id'] }));
		expect(words).toMatch(/module name given seems to be invalid/);
		expect(words).not.toMatch(/It needs the edition/);
	});
});
