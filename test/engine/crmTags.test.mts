/** Tags: many records in few calls, a result for each, and what is told when one of them cannot have its tags. */

import type { IDataObject } from 'n8n-workflow';

import { CrmBench, chosen, of, persons, wordsOf, type Row } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const gone = '4876876000000999999';
const each = { resource: 'tag', ...of('Contacts'), ...chosen('={{ $json.id }}') };
const tagged = async (operation: 'add' | 'remove', items: Row[], more: IDataObject = {}, onError?: 'continueRegularOutput') =>
	await crm.run({ ...each, operation, tags: 'VIP', ...more }, items, onError);
const create = async (name: string, module = 'Contacts') => await crm.run({ resource: 'tag', operation: 'create', ...of(module), name });
/** Names of the tags that each Contact has in Zoho. */
const tagsIn = () => crm.records('Contacts').map(({ Tag }) => (Tag as Array<{ name: string }>).map(({ name }) => name));
const writes = (calls: Array<{ kind: string }>) => calls.filter(({ kind }) => kind === 'write').length;

test('501 records are tagged in two calls, each with a result of its own, in order', async () => {
	const ids = await crm.fill('Contacts', persons(501));
	const run = await tagged('add', ids.map((id) => ({ id })));
	expect([run.error, writes(run.calls)]).toEqual([undefined, 2]);
	expect(run.rows.map(({ id }) => id)).toEqual(ids);
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	expect(tagsIn()).toEqual(ids.map(() => ['VIP']));
	const off = await tagged('remove', ids.map((id) => ({ id })));
	expect([writes(off.calls), off.rows.length, tagsIn().flat()]).toEqual([2, 501, []]);
}, 60_000);

test('items with the same tags share a call, others do not, and order and pairing stay', async () => {
	const ids = await crm.fill('Contacts', persons(4));
	const items = ids.map((id, n) => ({ id, tags: n % 2 === 0 ? 'VIP, Fair' : 'Fair' }));
	const { rows, calls } = await tagged('add', items, { tags: '={{ $json.tags }}' });
	expect([rows.map(({ id }) => id), writes(calls)]).toEqual([ids, 2]);
	expect(tagsIn()).toEqual([['VIP', 'Fair'], ['Fair'], ['VIP', 'Fair'], ['Fair']]);
});

test('a record that is not there fails alone', async () => {
	const [one = '', two = ''] = await crm.fill('Contacts', persons(2));
	const items = [{ id: one }, { id: gone }, { id: two }];
	const run = await tagged('add', items, {}, 'continueRegularOutput');
	expect(run.rows).toMatchObject([{ id: one }, { error: expect.stringMatching(`Contacts ${gone}: tags not updated`) as string }, { id: two }]);
	expect([run.items.map(({ pairedItem }) => pairedItem), writes(run.calls)]).toEqual([[{ item: 0 }, { item: 1 }, { item: 2 }], 1]);
	expect(wordsOf(await tagged('add', items))).toMatch(/Of 3 records 2 were written and 1 failed/);
});

test('nothing is sent once an item is known to be wrong, unless the node goes on', async () => {
	const [id = ''] = await crm.fill('Contacts', persons(1));
	const stopped = await tagged('add', [{ id }, { id: '' }]);
	expect([wordsOf(stopped), stopped.calls]).toEqual([expect.stringContaining('No record is chosen'), []]);
	const goes = await tagged('add', [{ id }, { id: '' }], {}, 'continueRegularOutput');
	expect([goes.rows[0]?.id, goes.rows[1]?.error, tagsIn()]).toEqual([id, expect.stringContaining('No record is chosen'), [['VIP']]]);
	expect(wordsOf(await tagged('add', [{ id }], { tags: '={{ " , " }}' }))).toMatch(/No tag is given/);
});

test('an eleventh tag is told as not added, although Zoho calls it a success', async () => {
	const [id = ''] = await crm.fill('Contacts', persons(1));
	await tagged('add', [{ id }], { tags: Array.from({ length: 10 }, (_, n) => `Tag ${n}`).join() });
	expect(wordsOf(await tagged('add', [{ id }]))).toMatch(/not added: "VIP".*A record takes 10 tags/s);
	const replaced = await tagged('add', [{ id }], { overwrite: true });
	expect([replaced.error, tagsIn()]).toEqual([undefined, [['VIP']]]);
});

test('a name that is too long, or unknown when it is to be removed, changes nothing', async () => {
	const [id = ''] = await crm.fill('Contacts', persons(1));
	expect(wordsOf(await tagged('add', [{ id }], { tags: 'x'.repeat(26) }))).toMatch(/maximum_length 25/);
	expect(wordsOf(await tagged('remove', [{ id }], { tags: 'Nobody' }))).toMatch(/invalid data.*tags/s);
	expect(tagsIn()).toEqual([[]]);
});

test('a tagging whose answer is lost is sent again, and tags once', async () => {
	const [id = ''] = await crm.fill('Contacts', persons(1));
	crm.fault({ what: 'lost-answer', service: 'crm', method: 'POST' });
	const { error, calls } = await tagged('add', [{ id }]);
	expect([error, calls.length, tagsIn()]).toEqual([undefined, 2, [['VIP']]]);
});

test('the records show their tags, in lists and alone, and a rename shows on all of them', async () => {
	const ids = await crm.fill('Contacts', persons(2));
	await tagged('add', ids.map((id) => ({ id })), { tags: 'VIP' });
	const renamed = await crm.run({ resource: 'tag', operation: 'update', ...of('Contacts'), tag: { __rl: true, mode: 'name', value: 'vip' }, name: 'Gold' });
	expect([renamed.error, renamed.rows[0]?.name]).toEqual([undefined, 'Gold']);
	const { rows } = await crm.run({ operation: 'getAll', ...of('Contacts'), returnAll: true, fields: ['Last_Name', 'Tag'] });
	expect(rows.map(({ Tag }) => Tag)).toEqual(ids.map(() => [expect.objectContaining({ name: 'Gold' })]));
	const one = await crm.run({ operation: 'get', ...of('Contacts'), ...chosen(ids[0] ?? '') });
	expect(one.rows[0]?.Tag).toMatchObject([{ name: 'Gold' }]);
});

describe('the tags of a module', () => {
	test('have a name once, whatever its case, and each module has its own', async () => {
		await create('VIP');
		expect(wordsOf(await create('vip'))).toMatch(/tag "vip" of Contacts: duplicate data/);
		expect((await create('vip', 'Leads')).error).toBeUndefined();
	});

	test('are found by name and listed for the editor', async () => {
		for (const name of ['VIP', 'Fair']) await create(name);
		const list = async (filter?: string) => await crm.list((node) => node.methods.listSearch.searchTags, 'Contacts', filter);
		expect((await list()).results.map(({ name }) => name)).toEqual(['Fair', 'VIP']);
		expect((await list('vi')).results.map(({ name }) => name)).toEqual(['VIP']);
		const missing = await crm.run({ resource: 'tag', operation: 'delete', ...of('Contacts'), tag: { __rl: true, mode: 'name', value: 'Nobody' } });
		expect(wordsOf(missing)).toMatch(/tag "Nobody" of Contacts: there is no tag of this name/);
	});

	test('are told when they are not there (any more), and a deletion whose answer is lost has succeeded', async () => {
		const remove = async (id: unknown) => await crm.run({ resource: 'tag', operation: 'delete', ...of('Contacts'), tag: { __rl: true, mode: 'id', value: String(id) } });
		const { rows } = await create('VIP');
		crm.fault({ what: 'lost-answer', service: 'crm', method: 'DELETE' });
		const run = await remove(rows[0]?.id);
		expect([run.error, run.rows, run.calls.length]).toEqual([undefined, [{ id: rows[0]?.id, deleted: true }], 2]);
		expect(wordsOf(await remove(rows[0]?.id))).toMatch(/tags not found.*does not exist in this module/s);
		const renamed = await crm.run({ resource: 'tag', operation: 'update', ...of('Contacts'), tag: gone, name: 'Gold' });
		expect(wordsOf(renamed)).toMatch(/invalid tag id.*does not exist in this module/s);
	});

	test('of a module that has none are an empty list; notes have no tags at all', async () => {
		const list = async (module: string) => await crm.run({ resource: 'tag', operation: 'getAll', ...of(module), returnAll: true });
		expect((await list('Contacts')).rows).toEqual([]);
		expect(wordsOf(await list('Notes'))).toMatch(/not supported for this api/);
	});
});

test('a credential of an earlier version is told which scope it lacks', async () => {
	const [id = ''] = await crm.fill('Contacts', persons(1));
	crm.grant(['ZohoCRM.modules.ALL']);
	expect(wordsOf(await tagged('add', [{ id }]))).toMatch(/scope ZohoCRM\.settings\.tags\.ALL/);
});
