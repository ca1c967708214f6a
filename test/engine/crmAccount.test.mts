/** Copies, records that are gone, and what the account looks like: users, modules, fields, layouts, single notes. */

import type { IDataObject } from 'n8n-workflow';

import { CrmBench, chosen, of, persons, wordsOf } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const gone = '4876876000000999999';
const day = 24 * 3_600_000;
const uniqueField = { resource: 'customField', operation: 'ensure', ...of('Contacts'), label: 'Zoho Books ID', type: 'text', unique: true };

describe('Get Deleted', () => {
	const deleted = async (more: IDataObject = {}) => await crm.run({ operation: 'getDeleted', ...of('Contacts'), returnAll: true, ...more });

	test('reads all pages, each record once, and no more than the limit', async () => {
		const ids = await crm.fill('Contacts', persons(450));
		await crm.run({ operation: 'delete', ...of('Contacts'), ...chosen('={{ $json.id }}') }, ids.map((id) => ({ id })));
		const { rows, calls } = await deleted();
		expect([new Set(rows.map(({ id }) => id)), calls.length]).toEqual([new Set(ids), 3]);
		expect((await deleted({ returnAll: false, limit: 3 })).rows).toHaveLength(3);
	}, 60_000);

	test('tells the recycle bin from what is gone for good, and keeps to the time', async () => {
		const [early = '', late = ''] = await crm.fill('Contacts', persons(2));
		const remove = async (id: string) => await crm.run({ operation: 'delete', ...of('Contacts'), ...chosen(id) });
		await remove(early);
		crm.simulator.world.clock.advance(70 * day);
		crm.grant();
		await remove(late);
		const ids = async (more: IDataObject) => (await deleted(more)).rows.map(({ id }) => id);
		expect([await ids({ deletedType: 'recycle' }), await ids({ deletedType: 'permanent' }), await ids({})]).toEqual([[late], [early], [late, early]]);
		expect((await deleted({ deletedType: 'permanent' })).rows).toMatchObject([{ display_name: null, deleted_by: null }]);
		const since = new Date(crm.simulator.world.now() - day).toISOString();
		expect([await ids({ deletedSince: since }), await ids({ deletedSince: '2099-01-01T00:00:00' })]).toEqual([[late], []]);
		const wrong = await deleted({ deletedSince: 'last week' });
		expect([wordsOf(wrong), wrong.calls]).toEqual([expect.stringMatching(/not a time.*Deleted Since takes/s), []]);
	});
});

describe('Clone', () => {
	const clone = async (module: string, id: string, changes: object = {}) =>
		await crm.run({ operation: 'clone', ...of(module), ...chosen(id), changes: JSON.stringify(changes) });

	test('copies every value, those that are to be changed apart', async () => {
		const [account = ''] = await crm.fill('Accounts', [{ Account_Name: 'Borealis' }]);
		const [id = ''] = await crm.fill('Contacts', [{ Last_Name: 'Lee', Title: 'Dr', Account_Name: { id: account } }]);
		const { rows, error, calls } = await clone('Contacts', id, { Title: 'Prof' });
		expect([error, rows[0]?.clonedFrom, calls.length]).toEqual([undefined, id, 1]);
		expect(crm.records('Contacts')).toMatchObject([{ id, Title: 'Dr' }, { id: rows[0]?.id, Last_Name: 'Lee', Title: 'Prof', Account_Name: { id: account } }]);
	});

	test('needs nothing to be changed, and copies lines with ids of their own', async () => {
		const [product = ''] = await crm.fill('Products', [{ Product_Name: 'Tile' }]);
		const [id = ''] = await crm.fill('Invoices', [{ Subject: 'INV', Invoiced_Items: [{ Product_Name: { id: product }, Quantity: 2, List_Price: 5 }] }]);
		expect((await clone('Invoices', id)).error).toBeUndefined();
		const [one, two] = crm.records('Invoices').map(({ Invoiced_Items, Grand_Total }) => ({ rows: Invoiced_Items as Array<{ id: string }>, Grand_Total }));
		expect([one?.Grand_Total, two?.Grand_Total, two?.rows.length]).toEqual([10, 10, 1]);
		expect(one?.rows[0]?.id).not.toBe(two?.rows[0]?.id);
	});

	test('is refused where a unique value would be there twice, and of a record that is not there', async () => {
		await crm.run(uniqueField);
		const [id = ''] = await crm.fill('Contacts', [{ Last_Name: 'Lee', Zoho_Books_ID: '77' }]);
		expect(wordsOf(await clone('Contacts', id))).toMatch(new RegExp(`Contacts ${id}: duplicate data \\(field Zoho_Books_ID\\)`));
		expect((await clone('Contacts', id, { Zoho_Books_ID: null })).error).toBeUndefined();
		expect(wordsOf(await clone('Contacts', gone))).toMatch(/does not exist in Zoho CRM/);
	});

	test('whose answer is lost is not sent again', async () => {
		const [id = ''] = await crm.fill('Contacts', persons(1));
		crm.fault({ what: 'lost-answer', service: 'crm', method: 'POST' });
		expect(wordsOf(await clone('Contacts', id))).toMatch(/unknown whether Zoho carried this out/);
		expect(crm.records('Contacts')).toHaveLength(2);
	});
});

describe('User', () => {
	const users = async (userType: string) => await crm.run({ resource: 'user', operation: 'getAll', userType, returnAll: true });

	test('those of a kind are listed; of an empty kind there are none', async () => {
		expect((await users('ActiveUsers')).rows.map(({ full_name }) => full_name)).toEqual(['Patricia Boyle', 'Sam Desk']);
		const none = await users('DeletedUsers');
		expect([none.error, none.rows]).toEqual([undefined, []]);
	});

	test('one that is not there is told, and the editor finds them by name', async () => {
		expect(wordsOf(await crm.run({ resource: 'user', operation: 'get', userId: gone }))).toMatch(/user \d+: there is no such user/);
		const { results } = await crm.list((node) => node.methods.listSearch.searchUsers, 'Contacts', 'desk');
		expect(results.map(({ name }) => name)).toEqual(['Sam Desk']);
	});
});

test('a module that is not there is told', async () => {
	expect(wordsOf(await crm.run({ resource: 'module', operation: 'get', ...of('Nonsense') }))).toMatch(/the module Nonsense: .*not in the edition/s);
});

describe('Field and Layout', () => {
	const rows = async (resource: string, more: IDataObject = {}) => (await crm.run({ resource, operation: 'getAll', ...of('Contacts'), returnAll: true, ...more })).rows;

	test('fields are told with what matters of them: pick list values, uniqueness, what cannot be written', async () => {
		await crm.run(uniqueField);
		const fields = new Map((await rows('field')).map((field) => [field.api_name, field]));
		expect(fields.get('Lead_Source')).toMatchObject({ data_type: 'picklist', pick_list_values: expect.arrayContaining(['Trade Show']) as string[] });
		expect(fields.get('Zoho_Books_ID')).toMatchObject({ unique: true, custom_field: true, length: 255 });
		expect(fields.get('Email')).toMatchObject({ unique: false, read_only: false });
		expect(fields.get('Created_Time')).toMatchObject({ read_only: true });
	});

	test('everything that Zoho tells comes where nothing is simplified', async () => {
		const [field] = await rows('field', { simple: false });
		expect(field).toMatchObject({ operation_type: {}, view_type: {} });
		const [layout] = await rows('layout', { simple: false });
		expect(layout).toMatchObject({ sections: [{ fields: expect.arrayContaining([expect.objectContaining({ api_name: 'Last_Name', required: true })]) as object[] }] });
		expect((await rows('layout'))[0]).toMatchObject({ sections: [{ fields: expect.arrayContaining(['Last_Name']) as string[] }] });
		expect(await rows('field', { returnAll: false, limit: 2 })).toHaveLength(2);
	});
});

describe('Note', () => {
	const made = async () => {
		const [id = ''] = await crm.fill('Contacts', persons(1));
		const [noteId = ''] = await crm.fill('Notes', [{ Note_Title: 'Sent', Note_Content: 'By post', Parent_Id: { module: { api_name: 'Contacts' }, id } }]);
		return noteId;
	};
	const note = async (operation: 'get' | 'update', noteId: string, changes: IDataObject = {}) => await crm.run({ resource: 'note', operation, noteId, changes });

	test('what is not changed stays as it was', async () => {
		const noteId = await made();
		expect((await note('update', noteId, { content: 'By hand' })).error).toBeUndefined();
		expect((await note('get', noteId)).rows).toMatchObject([{ Note_Title: 'Sent', Note_Content: 'By hand' }]);
	});

	test('no change, and a note that is not there, are told', async () => {
		const nothing = await note('update', await made());
		expect([wordsOf(nothing), nothing.calls]).toEqual([expect.stringMatching(/Nothing is to be changed/), []]);
		expect(wordsOf(await note('get', gone))).toMatch(/there is no such note/);
		expect(wordsOf(await note('update', gone, { title: 'x' }))).toMatch(/Notes \d+: .*does not exist in Zoho CRM/s);
	});
});
