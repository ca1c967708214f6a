/** Related lists: putting records there and taking them off, Contacts with roles, and what the editor offers. */

import type { IDataObject } from 'n8n-workflow';

import { CrmBench, chosen, location, of, persons, wordsOf, type Row } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const gone = '4876876000000999999';
const list = (value: string) => ({ relatedList: { __rl: true, mode: 'name', value } });
const products = async (count: number) => await crm.fill('Products', Array.from({ length: count }, (_, n) => ({ Product_Name: `Tile ${n}` })));
const deals = async (count: number) => await crm.fill('Deals', Array.from({ length: count }, (_, n) => ({ Deal_Name: `Roof ${n}`, Stage: 'Qualification' })));
/** One related record for each item. */
const relate = async (operation: 'link' | 'unlink', items: Row[], more: IDataObject = {}, onError?: 'continueRegularOutput') =>
	await crm.run({ operation, ...of('Deals'), ...chosen('={{ $json.deal }}'), ...list('Products'), relatedIds: '={{ $json.id }}', ...more }, items, onError);
const on = (deal: string) => [...(crm.simulator.world.tenantOf('crm', location)?.crm.links.of(deal) ?? [])];
const writes = (calls: Array<{ kind: string }>) => calls.filter(({ kind }) => kind === 'write').length;

test('250 records are linked in three calls, taken off in three, and stay', async () => {
	const [deal = ''] = await deals(1);
	const items = (await products(250)).map((id) => ({ id, deal }));
	const linked = await relate('link', items);
	expect([linked.error, writes(linked.calls), on(deal).length]).toEqual([undefined, 3, 250]);
	expect(linked.rows.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
	expect(linked.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	const off = await relate('unlink', items);
	expect([off.error, writes(off.calls), on(deal), crm.records('Products').length]).toEqual([undefined, 3, [], 250]);
}, 60_000);

test('each record has its own calls, and the results come in the order of the items', async () => {
	const [one = '', two = ''] = await deals(2);
	const ids = await products(4);
	const items = ids.map((id, n) => ({ id, deal: n % 2 === 0 ? one : two }));
	const { rows, calls } = await relate('link', items);
	expect([rows.map(({ id, recordId }) => ({ id, deal: recordId })), writes(calls)]).toEqual([items, 2]);
	expect([on(one).sort(), on(two).sort()]).toEqual([[ids[0], ids[2]], [ids[1], ids[3]]]);
});

test('an item may name several records; when one of them is not there, the error names it and the others are linked', async () => {
	const [deal = ''] = await deals(1);
	const [one, two] = await products(2);
	const run = await relate('link', [{ id: `${one}, ${gone}`, deal }, { id: two, deal }], {}, 'continueRegularOutput');
	expect(run.rows).toMatchObject([{ error: expect.stringContaining(gone) as string, details: expect.stringContaining('does not exist') as string }, { id: two }]);
	expect(on(deal).sort()).toEqual([one, two]);
	const both = await relate('unlink', [{ id: `${one},${two}`, deal }]);
	expect([both.rows.map(({ id, unlinked }) => [id, unlinked]), on(deal)]).toEqual([[[one, true], [two, true]], []]);
});

test('the same record twice is linked once and told twice', async () => {
	const [deal = ''] = await deals(1);
	const [id = ''] = await products(1);
	const { rows, calls } = await relate('link', [{ id, deal }, { id, deal }]);
	expect([rows.length, calls.map(({ records }) => records), on(deal)]).toEqual([2, [1], [id]]);
});

test('what is no ID is refused before anything is sent', async () => {
	const [deal = ''] = await deals(1);
	for (const [id, words] of [['Tile 1', /"Tile 1" is not the ID of a record/], ['', /No related record is given/]] as const) {
		const run = await relate('link', [{ id, deal }]);
		expect([wordsOf(run), run.calls]).toEqual([expect.stringMatching(words), []]);
	}
	const lost = await relate('link', [{ id: 4876876000000999999, deal }]);
	expect([wordsOf(lost), lost.calls]).toEqual([expect.stringMatching(/lost its last digits/), []]);
});

test('what is not on the list is told, and a removal whose answer is lost has succeeded', async () => {
	const [deal = ''] = await deals(1);
	const [id = ''] = await products(1);
	expect(wordsOf(await relate('unlink', [{ id, deal }]))).toMatch(/relation not found.*not on this list/s);
	await relate('link', [{ id, deal }]);
	crm.fault({ what: 'lost-answer', service: 'crm', method: 'DELETE' });
	const { error, calls } = await relate('unlink', [{ id, deal }]);
	expect([error, calls.length, on(deal)]).toEqual([undefined, 2, []]);
});

test('a list that goes by a lookup, and one that is not there, are refused in words', async () => {
	const [deal = ''] = await deals(1);
	expect(wordsOf(await relate('link', [{ id: deal, deal }], list('Quotes')))).toMatch(/the relation cannot be changed by this list/);
	expect(wordsOf(await relate('link', [{ id: deal, deal }], list('Nonsense')))).toMatch(/related list name given seems to be invalid/);
});

describe('the Contacts of a Deal', () => {
	const roles = async () => await crm.list((node) => node.methods.loadOptions.getContactRoles, 'Deals');

	test('are put there one by one with a role, listed with it, and taken off', async () => {
		const [deal = ''] = await deals(1);
		const [one = '', two = ''] = await crm.fill('Contacts', persons(2));
		const role = (await roles()).find(({ name }) => name === 'Decision Maker')?.value;
		const run = await relate('link', [{ id: `${one},${two}`, deal }], { ...list('Contact_Roles'), contactRole: String(role) });
		expect([run.error, writes(run.calls), run.rows.map(({ id }) => id)]).toEqual([undefined, 2, [one, two]]);
		const get = { operation: 'getRelated', ...of('Deals'), ...chosen(deal), ...list('Contact_Roles'), relatedFields: ['Last_Name'], returnAll: true };
		expect((await crm.run(get)).rows).toMatchObject([two, one].map((id) => ({ id, Contact_Role: { name: 'Decision Maker' } })));
		const off = await relate('unlink', [{ id: one, deal }], list('Contact_Roles'));
		expect([off.error, (await crm.run(get)).rows.map(({ id }) => id)]).toEqual([undefined, [two]]);
		expect(wordsOf(await relate('unlink', [{ id: one, deal }], list('Contact_Roles')))).toMatch(/relation not found/);
	});

	test('can be given a role by name, and need one', async () => {
		const [deal = ''] = await deals(1);
		const [id = ''] = await crm.fill('Contacts', persons(1));
		expect((await relate('link', [{ id, deal }], { ...list('Contact_Roles'), contactRole: 'Purchasing' })).error).toBeUndefined();
		const none = await relate('link', [{ id, deal }], list('Contact_Roles'));
		expect([wordsOf(none), none.calls]).toEqual([expect.stringContaining('No contact role is chosen'), []]);
		expect(wordsOf(await relate('link', [{ id, deal }], { ...list('Contact_Roles'), contactRole: 'King' }))).toMatch(/invalid data.*Contact_Role/s);
	});
});

describe('the editor', () => {
	const lists = async (module: string, filter?: string) => await crm.list((node) => node.methods.listSearch.searchRelatedLists, module, filter);
	const fields = async (module: string, relatedList: string) =>
		await crm.list((node) => node.methods.loadOptions.getRelatedFields, { operation: 'getRelated', ...of(module), ...list(relatedList) });

	test('offers the lists of the module by name', async () => {
		expect((await lists('Deals')).results).toEqual(expect.arrayContaining([{ name: 'Contact Roles', value: 'Contact_Roles' }, { name: 'Products', value: 'Products' }]));
		expect((await lists('Deals', 'prod')).results).toEqual([{ name: 'Products', value: 'Products' }]);
		expect((await lists('Notes')).results).toEqual([]);
	});

	test('asks Zoho once for the lists of a module, and for those of another one anew', async () => {
		const before = crm.simulator.calls().length;
		for (const module of ['Deals', 'Deals', 'Accounts', 'Deals']) await lists(module);
		await fields('Deals', 'Products');
		const asked = crm.simulator.calls().slice(before).map(({ path, query }) => `${path}?${query}`);
		expect(asked.filter((one) => one.includes('related_lists')).map((one) => one.split('module=')[1])).toEqual(['Deals', 'Accounts']);
	});

	test('offers the fields of the records on the list, which are not those of the module', async () => {
		const names = (await fields('Deals', 'Products')).map(({ value }) => value);
		expect(names).toEqual(expect.arrayContaining(['Product_Name', 'Unit_Price']));
		expect(names).not.toContain('Deal_Name');
		expect(await fields('Deals', 'Nonsense')).toEqual([]);
	});

	test('does not keep a failure', async () => {
		crm.fault({ what: 'status', status: 400, code: 'INVALID_DATA', service: 'crm', path: 'related_lists' });
		await expect(lists('Deals')).rejects.toThrow();
		expect((await lists('Deals')).results.length).toBeGreaterThan(0);
	});
});
