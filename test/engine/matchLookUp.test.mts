import type { IDataObject } from 'n8n-workflow';

import { ensureField } from '../../zoho/crm/metadata';
import { directClient } from '../support/directZoho.mts';
import type { NodeRunOptions } from '../support/nodeRun.mts';
import { MatchBench, moduleNamed, wordsOf, type Row } from './matchSupport.mts';

let bench: MatchBench;

beforeAll(async () => {
	bench = await MatchBench.start();
});
afterAll(async () => await bench?.zoho.stop());
beforeEach(async () => {
	bench.reset();
	const crm = directClient(bench.zoho.simulator, 'crm', 'in');
	for (const module of ['Accounts', 'Contacts']) {
		await ensureField(crm, module, { label: 'Zoho Books ID', type: 'text', unique: true });
	}
});

const coql = 'POST /crm/v8/coql';
const byEmail = { kind: 'email', field: 'Email', value: '={{ $json.email }}' };
const byLink = { kind: 'externalId', field: 'Zoho_Books_ID', value: '={{ $json.books }}' };
const byName = { kind: 'field', field: 'Last_Name', value: '={{ $json.name }}' };
const byId = { kind: 'recordId', value: '={{ $json.crm }}' };

interface Look {
	module?: string | IDataObject;
	fields?: string;
	putUnder?: string;
}

async function lookUp(
	rules: IDataObject[],
	items: Row[],
	look: Look = {},
	onError?: NodeRunOptions['onError'],
) {
	const { module = 'Contacts', ...more } = look;
	const parameters = {
		operation: 'lookUp',
		module: typeof module === 'string' ? moduleNamed(module) : module,
		rules: { rule: rules },
		putUnder: 'person',
		fields: '',
		...more,
	};
	const run = await bench.run(parameters, items, onError);
	return { ...run, found: run.rows[0] ?? [], missing: run.rows[1] ?? [] };
}

test('an item goes on whole with what its first rule finds; the rest go to Not Found as they came', async () => {
	const id = bench.crm('Contacts', { Last_Name: 'Osei', Email: 'Ama@Example.com', Zoho_Books_ID: '461' });
	const items = [
		{ n: 0, email: 'nobody@example.com' },
		{ n: 1, deep: { a: [1] }, books: '461', email: 'x@y.z' },
		{ n: 2 },
	];
	const { found, missing, paired, lines } = await lookUp([byLink, byEmail], items);
	expect(found).toEqual([{ ...items[1], person: { id, rule: 'externalId Zoho_Books_ID' } }]);
	expect(missing).toEqual([items[0], items[2]]);
	expect(paired).toEqual([[1], [0, 2]]);
	expect(lines).toEqual([coql]);
});

test('rules are tried in their order, and a weaker one only when a stronger finds nothing', async () => {
	const linked = bench.crm('Contacts', { Last_Name: 'Linked', Zoho_Books_ID: '1' });
	const mailed = bench.crm('Contacts', { Last_Name: 'Mailed', Email: 'm@example.com' });
	const items = [
		{ books: '1', email: 'm@example.com' },
		{ books: '2', email: ' M@EXAMPLE.com ' },
		{ books: '', email: '', name: 'mailed' },
		{ crm: linked, books: '', email: 'm@example.com' },
	];
	const { found, missing } = await lookUp([byId, byLink, byEmail, byName], items);
	expect(missing).toEqual([]);
	expect(found.map(({ person }) => person)).toEqual([
		{ id: linked, rule: 'externalId Zoho_Books_ID' },
		{ id: mailed, rule: 'email Email' },
		{ id: mailed, rule: 'field Last_Name' },
		{ id: linked, rule: 'recordId id' },
	]);
});

test('several records for a rule end the search, with a reason that names them', async () => {
	const twins = [1, 2].map(() => bench.crm('Contacts', { Last_Name: 'Twin', Email: 'twin@example.com' }));
	bench.crm('Contacts', { Last_Name: 'Only' });
	const { found, missing } = await lookUp([byEmail, byName], [{ email: 'twin@example.com', name: 'Only' }]);
	expect(found).toEqual([]);
	const { problem } = missing[0]?.person as { problem: string };
	expect(problem).toContain('email Email finds 2 records');
	for (const id of twins) expect(problem).toContain(id);
});

test('fields of the record and of a linked one, also when they are empty', async () => {
	const account = bench.crm('Accounts', { Account_Name: 'Acme', Zoho_Books_ID: '77' });
	bench.crm('Contacts', { Last_Name: 'Lee', Email: 'lee@example.com', Account_Name: { id: account } });
	bench.crm('Contacts', { Last_Name: 'Solo', Email: 'solo@example.com' });
	const { found } = await lookUp([byEmail], [{ email: 'lee@example.com' }, { email: 'solo@example.com' }], {
		fields: 'Last_Name, Phone,Account_Name , Account_Name.Zoho_Books_ID',
	});
	expect(found[0]?.person).toMatchObject({
		Last_Name: 'Lee',
		Phone: null,
		Account_Name: { id: account, name: 'Acme' },
		'Account_Name.Zoho_Books_ID': '77',
	});
	expect(found[1]?.person).toMatchObject({ Account_Name: null, 'Account_Name.Zoho_Books_ID': null });
	expect(found[0]?.person).not.toHaveProperty('Email');
});

test('a lookup as value stands for its id, and what cannot be an id finds nothing without spoiling the rest', async () => {
	const account = bench.crm('Accounts', { Account_Name: 'Acme' });
	const rule = { kind: 'recordId', value: '={{ $json.account }}' };
	const items = [{ account: { id: account, name: 'Acme' } }, { account: 'no id' }, { account: null }];
	const { found, missing, lines } = await lookUp([rule], items, {
		module: 'Accounts',
		fields: 'Account_Name',
	});
	expect(found.map(({ person }) => person)).toEqual([
		{ id: account, rule: 'recordId id', Account_Name: 'Acme' },
	]);
	expect(missing).toHaveLength(2);
	expect(lines).toEqual([coql]);
});

test('nothing to look for costs no call', async () => {
	const { missing, lines, error } = await lookUp(
		[byId, byLink, byEmail],
		[{ a: 1 }, { crm: 'x', books: ' ' }],
	);
	expect(error).toBeUndefined();
	expect(missing).toEqual([{ a: 1 }, { crm: 'x', books: ' ' }]);
	expect(lines).toEqual([]);
});

test('a hundred items with three rules cost two calls, and each gets its own record', async () => {
	const items = Array.from({ length: 100 }, (_, n) => ({
		books: `b${n}`,
		email: `p${n}@example.com`,
		name: `Name ${n}`,
	}));
	const ids = items.map(({ email, name }) => bench.crm('Contacts', { Last_Name: name, Email: email }));
	const { found, lines } = await lookUp([byLink, byEmail, byName], items);
	expect(lines).toEqual([coql, coql]);
	expect(found.map(({ person }) => (person as Row).id)).toEqual(ids);
});

test('items of several modules cost a call for each', async () => {
	const account = bench.crm('Accounts', { Account_Name: 'Acme', Zoho_Books_ID: '5' });
	const person = bench.crm('Contacts', { Last_Name: 'Lee', Zoho_Books_ID: '5' });
	const items = ['Accounts', 'Contacts', 'Accounts'].map((module) => ({ module, books: '5' }));
	const { found, lines, paired } = await lookUp([byLink], items, {
		module: moduleNamed('={{ $json.module }}'),
	});
	expect(found.map((item) => (item.person as Row).id)).toEqual([account, person, account]);
	expect(paired[0]).toEqual([0, 1, 2]);
	expect(lines).toEqual([coql, coql]);
});

test('one module that CRM lacks fails its own items only', async () => {
	const id = bench.crm('Contacts', { Last_Name: 'Lee', Zoho_Books_ID: '5' });
	const items = ['No_Such', 'Contacts'].map((module) => ({ module, books: '5' }));
	const { found, missing, rows } = await lookUp(
		[byLink],
		items,
		{ module: moduleNamed('={{ $json.module }}') },
		'continueErrorOutput',
	);
	expect(found.map(({ person }) => (person as Row).id)).toEqual([id]);
	expect(missing).toEqual([]);
	expect(rows[2]).toEqual([
		{ ...items[0], error: expect.any(String), details: expect.stringContaining('Modules') },
	]);
});

test('without the field of the sync the error says what to run', async () => {
	const run = await lookUp([byLink], [{ books: '5' }], { module: 'Vendors' });
	expect(wordsOf(run)).toContain('Zoho_Books_ID');
	expect(wordsOf(run)).toContain('Set up the sync');
});

test('a rule without a field and a missing name say what to fill in', async () => {
	expect(wordsOf(await lookUp([{ kind: 'email', field: '', value: 'a' }], [{}]))).toContain('has no field');
	expect(wordsOf(await lookUp([byEmail], [{}], { putUnder: '={{ "" }}' }))).toContain('Put Under');
	expect(wordsOf(await lookUp([], [{}]))).toContain('no rule');
});
