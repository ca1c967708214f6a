import { ensureField } from '../../zoho/crm/metadata';
import { directClient } from '../support/directZoho.mts';
import { CrmBench, chosen, location, of, persons, wordsOf } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const manyPersons = (bad: number) =>
	persons(250).map((person, n) => (n === bad ? { First_Name: 'Nobody', Email: person.Email } : person));

test('250 records are created in 3 calls, and each result belongs to its item', async () => {
	const { rows, items, calls } = await crm.write('create', 'Contacts', persons(250));
	expect(calls.map(({ method, path, records }) => [method, path, records])).toEqual([
		['POST', '/crm/v8/Contacts', 100],
		['POST', '/crm/v8/Contacts', 100],
		['POST', '/crm/v8/Contacts', 50],
	]);
	const names = new Map(crm.records('Contacts').map((record) => [record.id, record.Last_Name]));
	expect(rows.map(({ id }) => names.get(id))).toEqual(persons(250).map(({ Last_Name }) => Last_Name));
	expect(rows[0]).toMatchObject({ module: 'Contacts', action: 'insert' });
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
});

test('one wrong record of 250 stops no other when the node continues on failure, and its item names record and field', async () => {
	const { items, rows, error } = await crm.write('create', 'Contacts', manyPersons(136), {}, 'continueRegularOutput');
	expect(error).toBeUndefined();
	expect(crm.records('Contacts')).toHaveLength(249);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	expect(rows.filter((row) => 'id' in row)).toHaveLength(249);
	expect(rows[136]).toEqual({
		error: expect.stringMatching(/Contacts lee136@example.com.*required field not found.*Last_Name/) as string,
		details: expect.stringMatching(/Give this field a value.*Zoho code MANDATORY_NOT_FOUND/) as string,
	});
});

test('without continue on fail the error names field and item, and says that the others were written', async () => {
	const run = await crm.write('create', 'Contacts', manyPersons(136));
	expect(wordsOf(run)).toMatch(/Last_Name/);
	expect(wordsOf(run)).toMatch(/Of 250 records 249 were written and 1 failed/);
	expect(run.error).toMatchObject({ context: { itemIndex: 136 } });
});

test('an item that is no record stops the run before anything is written', async () => {
	const items = [{ record: { Last_Name: 'Lee' } }, { record: 'nonsense' }];
	const run = await crm.write('create', 'Contacts', items, { record: '={{ $json.record }}' });
	expect(run.error?.message).toMatch(/"Record" is not a JSON object/);
	expect(run.calls).toEqual([]);
});

test('create or update updates what has an id and finds the others by a unique field', async () => {
	await ensureField(directClient(crm.simulator, 'crm', location), 'Contacts', { label: 'Key', type: 'text', unique: true });
	const [first = ''] = await crm.fill('Contacts', [{ Last_Name: 'First' }, { Last_Name: 'Second', Key: 'k2' }]);
	const items = [
		{ Last_Name: 'New', Key: 'k3' },
		{ id: first, Last_Name: 'First changed' },
		{ Last_Name: 'Second changed', Key: 'k2' },
	];
	const { rows } = await crm.write('upsert', 'Contacts', items, { duplicateCheckFields: ['Key'] });
	expect(rows.map(({ action }) => action)).toEqual(['insert', 'update', 'update']);
	expect(rows[1]?.id).toBe(first);
	expect(crm.records('Contacts').map(({ Last_Name }) => Last_Name)).toEqual(['First changed', 'Second changed', 'New']);
});

test('records of several modules go in one run, each in its own calls', async () => {
	const items = [
		{ m: 'Accounts', r: { Account_Name: 'Acme' } },
		{ m: 'Contacts', r: { Last_Name: 'Lee' } },
		{ m: 'Accounts', r: { Account_Name: 'Zeta' } },
	];
	const module = { __rl: true, mode: 'name', value: '={{ $json.m }}' };
	const { rows, calls } = await crm.write('create', 'Accounts', items, { module, record: '={{ $json.r }}' });
	expect(rows.map((row) => row.module)).toEqual(['Accounts', 'Contacts', 'Accounts']);
	expect(calls.map(({ path, records }) => [path, records])).toEqual([
		['/crm/v8/Accounts', 2],
		['/crm/v8/Contacts', 1],
	]);
});

test('a create whose answer is lost is not sent again, and the error says that its outcome is unknown', async () => {
	crm.fault({ what: 'lost-answer', path: '/crm/v8/Contacts' });
	const run = await crm.write('create', 'Contacts', persons(1));
	expect(crm.records('Contacts')).toHaveLength(1);
	expect(run.calls).toHaveLength(1);
	expect(wordsOf(run)).toMatch(/unknown whether Zoho carried this out/);
});

test('an upsert by a unique field whose answer is lost is sent again and doubles nothing', async () => {
	await ensureField(directClient(crm.simulator, 'crm', location), 'Contacts', { label: 'Key', type: 'text', unique: true });
	crm.fault({ what: 'lost-answer', path: '/upsert' });
	const items = persons(120, (n) => ({ Key: `k${n}` }));
	const { rows, error } = await crm.write('upsert', 'Contacts', items, { duplicateCheckFields: ['Key'] });
	expect(error).toBeUndefined();
	expect(rows).toHaveLength(120);
	expect(crm.records('Contacts')).toHaveLength(120);
});

test('a burst of 429 is survived and doubles nothing', async () => {
	crm.fault({ what: 'status', status: 429, service: 'crm', times: 3 });
	const { rows, calls } = await crm.write('create', 'Contacts', persons(150));
	expect(rows).toHaveLength(150);
	expect(crm.records('Contacts')).toHaveLength(150);
	expect(calls.filter(({ status }) => status === 429)).toHaveLength(3);
});

test('ids of 64 bits, emoji, right-to-left text, 2,000 characters and null survive a round trip', async () => {
	const person = { Last_Name: 'عبد الله 🧾 שלום', Title: null, Description: 'ä'.repeat(2_000), Department: '0123' };
	const { rows } = await crm.write('create', 'Contacts', [person]);
	const id = String(rows[0]?.id);
	expect(id).toMatch(/^\d{17,19}$/);
	expect((await crm.run({ operation: 'get', ...of('Contacts'), ...chosen(id) })).rows).toMatchObject([{ id, ...person }]);
	await crm.write('update', 'Contacts', [{ id, Department: null }]);
	expect(crm.records('Contacts')[0]?.Department).toBeNull();
});

test('an id that came as a number and lost digits is refused before it can hit another record, nested ones too', async () => {
	const lost = Number('4876876000000240001');
	for (const [item, path] of [
		[{ id: lost, Title: 'x' }, /"id"/],
		[{ id: '1', Account_Name: { id: lost } }, /"Account_Name\.id"/],
	] as const) {
		const run = await crm.write('update', 'Contacts', [item]);
		expect(wordsOf(run)).toMatch(/lost its last digits.*as text, in JSON in quotes/);
		expect(wordsOf(run)).toMatch(path);
		expect(run.calls).toEqual([]);
	}
});

test('ids that stand as numbers in JSON text keep their digits', async () => {
	const [account = ''] = await crm.fill('Accounts', [{ Account_Name: 'Acme' }]);
	const [id = ''] = await crm.fill('Contacts', persons(1));
	expect([id, account].map((one) => Number.isSafeInteger(Number(one)))).toEqual([false, false]);
	const record = `{ "id": ${id}, "Account_Name": { "id": ${account} } }`;
	const { error } = await crm.write('update', 'Contacts', [{ record }], { record: '={{ $json.record }}' });
	expect(error).toBeUndefined();
	expect(crm.records('Contacts')).toMatchObject([{ id, Account_Name: { id: account } }]);
});

test('items for the same record go one after the other, in calls of their own, and each tells what became of it', async () => {
	await ensureField(directClient(crm.simulator, 'crm', location), 'Contacts', { label: 'Key', type: 'text', unique: true });
	const items = [
		{ Last_Name: 'One', Key: 'k1' },
		{ Last_Name: 'Two', Key: 'k2' },
		{ Last_Name: 'One again', Key: 'K1' },
		{ Last_Name: 'Three', Key: 'k3' },
		{ Last_Name: 'One at last', Key: 'k1' },
	];
	const created = await crm.write('upsert', 'Contacts', items, { duplicateCheckFields: ['Key'] });
	expect(created.rows.map(({ action }) => action)).toEqual(['insert', 'insert', 'update', 'insert', 'update']);
	expect(created.calls.map(({ records }) => records)).toEqual([3, 1, 1]);
	expect(crm.records('Contacts').map(({ Last_Name }) => Last_Name)).toEqual(['One at last', 'Two', 'Three']);

	const id = created.rows[0]?.id;
	const updated = await crm.write('update', 'Contacts', [{ id, Title: 'a' }, { id, Title: 'b' }]);
	expect(updated.calls.map(({ records }) => records)).toEqual([1, 1]);
	expect(crm.records('Contacts')[0]?.Title).toBe('b');
});

test('records whose deletion was carried out, but whose answer was lost, count as deleted', async () => {
	const ids = await crm.fill('Contacts', persons(2));
	const recordId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const remove = { operation: 'delete', ...of('Contacts'), recordId };
	crm.fault({ what: 'lost-answer', method: 'DELETE' });
	const { rows, error, calls } = await crm.run(remove, ids.map((id) => ({ id })));
	expect(error).toBeUndefined();
	expect(rows).toEqual(ids.map((id) => expect.objectContaining({ id, deleted: true })));
	expect([calls.length, crm.records('Contacts')]).toEqual([2, []]);
	expect((await crm.run(remove, [{ id: ids[0] }])).error).toBeDefined();
});

test('an update without an id and one of a record that is gone are told for their items', async () => {
	const [id = ''] = await crm.fill('Contacts', persons(1));
	const items = [{ Title: 'x' }, { id: '4876000000000000001', Title: 'x' }, { id, Title: 'x' }];
	const { rows } = await crm.write('update', 'Contacts', items, {}, 'continueRegularOutput');
	expect(rows[0]?.error).toMatch(/no id/);
	expect(rows[1]?.error).toMatch(/4876000000000000001/);
	expect(rows[2]).toMatchObject({ id, action: 'update' });
});

test('the form writes its fields and leaves out what was left empty', async () => {
	const schema = [
		{ id: 'Last_Name', displayName: 'Last Name', type: 'string', required: true, display: true, defaultMatch: false },
		{ id: 'Account_Name', displayName: 'Account', type: 'object', required: false, display: true, defaultMatch: false },
		{ id: 'Title', displayName: 'Title', type: 'string', required: false, display: true, defaultMatch: false },
	];
	const [account = ''] = await crm.fill('Accounts', [{ Account_Name: 'Acme' }]);
	const value = { Last_Name: '={{ $json.name }}', Account_Name: `{"id":"${account}"}`, Title: null };
	const columns = { mappingMode: 'defineBelow', value, schema };
	const { error } = await crm.run({ operation: 'create', ...of('Contacts'), inputMode: 'fields', columns }, [{ name: 'Lee' }]);
	expect(error).toBeUndefined();
	expect(crm.records('Contacts')).toMatchObject([{ Last_Name: 'Lee', Account_Name: { id: account } }]);
});

test('automatic mapping empties the fields that are null in the item', async () => {
	const [id = ''] = await crm.fill('Contacts', [{ Last_Name: 'Lee', Title: 'Dr' }]);
	const columns = { mappingMode: 'autoMapInputData', value: null };
	await crm.run({ operation: 'update', ...of('Contacts'), ...chosen(id), inputMode: 'fields', columns }, [{ Title: null }]);
	expect(crm.records('Contacts')[0]).toMatchObject({ Last_Name: 'Lee', Title: null });
});

test('a record that was changed meanwhile is not overwritten when asked so', async () => {
	const [id = ''] = await crm.fill('Contacts', persons(1));
	const options = { ifUnmodifiedSince: '2020-01-01T00:00:00+00:00' };
	const run = await crm.write('update', 'Contacts', [{ id, Title: 'x' }], { options });
	expect(wordsOf(run)).toMatch(/changed the record after it was read/);
});

test('250 records are deleted in 3 calls', async () => {
	const ids = await crm.fill('Contacts', persons(250));
	const recordId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const run = await crm.run({ operation: 'delete', ...of('Contacts'), recordId }, ids.map((id) => ({ id })));
	expect(run.rows[249]).toMatchObject({ id: ids[249], action: 'delete', deleted: true });
	expect(run.calls.map(({ method, records }) => [method, records])).toEqual([['DELETE', 100], ['DELETE', 100], ['DELETE', 50]]);
	expect(crm.records('Contacts')).toEqual([]);
});

test('times of the form are sent as Zoho CRM reads them, without milliseconds', async () => {
	const requests = jest.spyOn(crm.simulator, 'handle');
	const schema = [{ id: 'When', displayName: 'When', type: 'dateTime', required: false, display: true, defaultMatch: false }];
	const columns = { mappingMode: 'defineBelow', value: { Last_Name: 'Lee', When: '2026-07-01T10:00:00.123+02:00' }, schema };
	await crm.run({ operation: 'create', ...of('Contacts'), inputMode: 'fields', columns });
	const bodies = requests.mock.calls.map(([{ body }]) => body.toString('utf8')).filter((body) => body !== '');
	requests.mockRestore();
	expect(bodies.map((body) => /"When":"([^"]*)"/.exec(body)?.[1])).toEqual(['2026-07-01T08:00:00+00:00']);
});
