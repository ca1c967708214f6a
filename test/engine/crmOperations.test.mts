import type { IDataObject } from 'n8n-workflow';

import { ZohoCrm } from '../../nodes/ZohoCrm/ZohoCrm.node';
import { CrmBench, of, wordsOf } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const channel = {
	resource: 'notificationChannel',
	channelId: '1000000068001',
	events: 'Contacts.create, Accounts.all',
	notifyUrl: 'https://n8n.example.com/webhook/zoho',
	token: 'secret-token',
	hours: 24,
};

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
