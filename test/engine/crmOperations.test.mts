import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { IDataObject } from 'n8n-workflow';

import { ZohoCrm } from '../../nodes/ZohoCrm/ZohoCrm.node';
import { resources } from '../../nodes/ZohoCrm/resources';
import { makeDealFields } from './crmMoneySupport.mts';
import { CrmBench, chosen, of, persons, wordsOf } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() =>
	crm.reset({
		edition: 'enterprise',
		taxes: [{ name: 'VAT 7', value: 7 }],
		currencies: [
			{ iso_code: 'EUR', exchange_rate: 1 },
			{ iso_code: 'USD', exchange_rate: 1.1 },
		],
	}),
);

const channel = {
	resource: 'notificationChannel',
	channelId: '1000000068001',
	events: 'Contacts.create, Accounts.all',
	notifyUrl: 'https://n8n.example.com/webhook/zoho',
	token: 'secret-token',
	hours: 24,
};

/** One run of each operation that must succeed; `id` is that of a Contact. */
const runs: Record<string, (id: string) => IDataObject> = {
	'currency.getAll': () => ({ limit: 5 }),
	'customField.ensure': () => ({ ...of('Contacts'), label: 'Zoho Books ID', type: 'text' }),
	'deal.recordInvoice': (id) => ({ invoice: { invoice_id: '1', invoice_number: 'INV-1' }, contactId: id }),
	'module.ensure': () => ({ apiName: 'Books_Payments', singularLabel: 'Books Payment', pluralLabel: 'Books Payments' }),
	'module.getAll': () => ({ limit: 5 }),
	'note.create': (id) => ({ ...of('Contacts'), ...chosen(id), title: 'Paid', content: 'In full' }),
	'note.delete': () => ({ noteId: '={{ $json.noteId }}' }),
	'note.getAll': (id) => ({ ...of('Contacts'), ...chosen(id), limit: 5 }),
	'note.upsert': (id) => ({ ...of('Contacts'), ...chosen(id), title: 'Paid', content: 'In full' }),
	'notificationChannel.disable': () => channel,
	'notificationChannel.enable': () => channel,
	'notificationChannel.getAll': () => ({ limit: 5 }),
	'notificationChannel.renew': () => channel,
	'organization.get': () => ({}),
	'record.create': () => ({ ...of('Contacts'), inputMode: 'json', record: '{"Last_Name":"New"}' }),
	'record.delete': (id) => ({ ...of('Contacts'), ...chosen(id) }),
	'record.get': (id) => ({ ...of('Contacts'), ...chosen(id) }),
	'record.getAll': () => ({ ...of('Contacts'), limit: 5 }),
	'record.getRelated': (id) => ({ ...of('Contacts'), ...chosen(id), relatedList: 'Notes', relatedFields: 'Note_Title', limit: 5 }),
	'record.query': () => ({ query: 'select Last_Name from Contacts where id is not null' }),
	'record.search': () => ({ ...of('Contacts'), searchBy: 'word', searchValue: 'Lee' }),
	'record.update': (id) => ({ ...of('Contacts'), inputMode: 'json', record: `{"id":"${id}","Title":"Dr"}` }),
	'record.upsert': () => ({ ...of('Contacts'), inputMode: 'json', record: '{"Last_Name":"New"}' }),
	'tax.ensure': () => ({ taxName: 'VAT 19', percentage: 19 }),
	'tax.getAll': () => ({ limit: 5 }),
};

/** The file that n8n's server hands to the editor for the output of an operation that was not run yet. */
function schemaOf(resource: string, operation: string): { properties: object } {
	const { resolveOutputSchemaPath } = require('n8n-core') as typeof import('n8n-core');
	const nodeDir = path.resolve(import.meta.dirname, '../../nodes/ZohoCrm');
	const file = resolveOutputSchemaPath({ nodeDir, version: '1', resource, operation } as never);
	return JSON.parse(readFileSync(String(file), 'utf8')) as { properties: object };
}

const operations = resources.flatMap(({ value, operations: all }) => all.map((operation) => `${value}.${operation.value}`));

test.each(operations)('%s works in n8n, and nothing that it sends is passed over by Zoho in silence', async (name) => {
	const [resource = '', operation = ''] = name.split('.');
	const [id = ''] = await crm.fill('Contacts', persons(1));
	const note = { Note_Title: 'Sent', Note_Content: 'By post', Parent_Id: { module: { api_name: 'Contacts' }, id } };
	const [noteId = ''] = await crm.fill('Notes', [note]);
	if (name.startsWith('deal.')) await makeDealFields(crm);
	if (/channel\.(renew|getAll)/i.test(name)) await crm.run({ ...channel, operation: 'enable' });
	crm.simulator.world.clock.advance(3_600_000);
	crm.grant();
	const { rows, error, calls } = await crm.run({ resource, operation, ...runs[name]?.(id) }, [{ noteId }]);
	expect(error).toBeUndefined();
	expect(rows.length).toBeGreaterThan(0);
	expect(calls.filter(({ ignored, ignoredFields }) => ignored ?? ignoredFields)).toEqual([]);
	const schema = schemaOf(resource, operation);
	const validate = new Ajv({ strict: false }).compile(schema);
	for (const row of rows) expect([validate(row), validate.errors]).toEqual([true, null]);
	// The editor offers what the schema names, so nothing may stand in it that does not come.
	expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(Object.keys(schema.properties)));
});

test('an operation that the node does not know is an error', async () => {
	expect((await crm.run({ operation: 'explode' })).error).toBeDefined();
	expect(new ZohoCrm().description.usableAsTool).toBe(true);
});

describe('Custom field', () => {
	const ensure = (more: IDataObject = {}) => ({
		...{ resource: 'customField', operation: 'ensure', ...of('Accounts') },
		...{ label: 'Zoho Books ID', type: 'text', unique: true },
		...more,
	});

	test('is made when it is missing and found the next time', async () => {
		const made = await crm.run(ensure());
		expect(made.rows).toMatchObject([{ module: 'Accounts', apiName: 'Zoho_Books_ID', state: 'created', problems: [] }]);
		const found = await crm.run(ensure());
		expect(found.rows).toMatchObject([{ apiName: 'Zoho_Books_ID', state: 'existed', id: made.rows[0]?.id, problems: [] }]);
		expect(found.calls.every(({ kind }) => kind === 'read')).toBe(true);
	});

	test('of the wrong type, or not unique, is told and left as it is', async () => {
		await crm.run(ensure({ unique: false }));
		expect((await crm.run(ensure())).rows[0]?.problems).toEqual([expect.stringContaining('the same value twice')]);
		const { rows, calls } = await crm.run(ensure({ type: 'textarea' }));
		expect(rows[0]?.problems).toEqual(expect.arrayContaining(['its type is text, not textarea']));
		expect(calls.every(({ kind }) => kind === 'read')).toBe(true);
	});
});

describe('Notification channel', () => {
	test('is enabled, listed, renewed and disabled', async () => {
		const [enabled] = (await crm.run({ ...channel, operation: 'enable' })).rows;
		const left = Date.parse(String(enabled?.expiresAt)) - Date.now();
		expect(Math.round(left / 3_600_000)).toBe(24);
		const listed = await crm.run({ resource: 'notificationChannel', operation: 'getAll', returnAll: true });
		expect(listed.rows.map((row) => row.channel_id)).toEqual(['1000000068001', '1000000068001']);
		const [renewed] = (await crm.run({ ...channel, operation: 'renew', hours: 100 })).rows;
		expect(String(renewed?.expiresAt) > String(enabled?.expiresAt)).toBe(true);
		const disable = { ...channel, operation: 'disable' };
		expect((await crm.run(disable)).rows).toEqual([{ channelId: '1000000068001', disabled: true }]);
		expect((await crm.run(disable)).rows).toEqual([{ channelId: '1000000068001', disabled: false }]);
		expect(crm.simulator.channels()).toEqual([]);
	});

	test('can do without a token', async () => {
		const { error } = await crm.run({ ...channel, token: '', operation: 'enable' });
		expect(error).toBeUndefined();
	});

	test('that lapsed cannot be renewed, and the error says to enable it again', async () => {
		await crm.run({ ...channel, operation: 'enable' });
		crm.simulator.lapseChannels();
		expect(wordsOf(await crm.run({ ...channel, operation: 'renew' }))).toMatch(/lapsed.*Enable it again/);
	});

	test('for more than a week is told until when it lives', async () => {
		const [row] = (await crm.run({ ...channel, operation: 'enable', hours: 500 })).rows;
		const days = (Date.parse(String(row?.expiresAt)) - Date.now()) / 86_400_000;
		expect(days).toBeGreaterThan(6.9);
		expect(days).toBeLessThanOrEqual(7);
	});
});
