import { ensureField } from '../../zoho/crm/metadata';
import { directClient } from '../support/directZoho.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';
import { oAuth2Api, TriggerDriver, type Item } from './triggerSupport.mts';

const day = 24 * 3_600_000;

let zoho: Zoho;
let driver: TriggerDriver;
let count = 0;

beforeAll(async () => {
	zoho = await startZoho();
});

afterAll(async () => await zoho.stop());

beforeEach(() => zoho.simulator.reset());

afterEach(async () => {
	jest.restoreAllMocks();
	await zoho.simulator.world.deliveries.settled();
	await driver.close();
});

function trigger(parameters: Record<string, unknown> = {}, grant = {}): TriggerDriver {
	const { clientId, clientSecret, oauthTokenData } = zoho.simulator.grant({
		location: 'in',
		product: 'crm',
		...grant,
	});
	driver = new TriggerDriver({
		load: () => {
			let loaded: ReturnType<ConstructorParameters<typeof TriggerDriver>[0]['load']> | undefined;
			jest.isolateModules(() => {
				const { ZohoCrmTrigger } =
					require('../../nodes/ZohoCrmTrigger/ZohoCrmTrigger.node') as typeof import('../../nodes/ZohoCrmTrigger/ZohoCrmTrigger.node');
				const { ZohoCrmOAuth2Api } =
					require('../../credentials/ZohoCrmOAuth2Api.credentials') as typeof import('../../credentials/ZohoCrmOAuth2Api.credentials');
				loaded = {
					node: new ZohoCrmTrigger(),
					credentialTypes: { oAuth2Api, zohoCrmOAuth2Api: new ZohoCrmOAuth2Api() },
				};
			});
			if (!loaded) throw new Error('not loaded');
			return loaded;
		},
		parameters: {
			authentication: 'oAuth2',
			modules: ['Contacts'],
			events: ['created', 'updated', 'deleted'],
			fields: 'Last_Name,Email,Phone',
			delivery: 'webhookAndPolling',
			options: { batchWindow: 0 },
			...parameters,
		},
		credentialType: 'zohoCrmOAuth2Api',
		credential: { clientId, clientSecret, dataCentre: 'in', oauthTokenData, grantType: 'authorizationCode' },
		webhookId: `crm-${++count}`,
	});
	return driver;
}

function desk(
	action: 'create' | 'update' | 'delete',
	record: Record<string, unknown>,
	id?: string,
	collection = 'Contacts',
) {
	return zoho.simulator.desk({
		system: 'crm',
		location: 'in',
		collection,
		action,
		record,
		...(id ? { id } : {}),
	}) as { id: string };
}

async function settled() {
	await zoho.simulator.world.deliveries.settled();
	await driver.idle();
}

const crm = () => zoho.simulator.world.tenantOf('crm', 'in')?.crm;
const channels = () => crm()?.channels.live() ?? [];
const subscription = () => [...(channels()[0]?.subscriptions.values() ?? [])][0];
const told = (items: Item[]) =>
	items.map(({ id, _event }) => `${String(id)} ${String(_event?.type)} ${String(_event?.delivery)}`);

/** Moves the clocks of this process on: those of Zoho and of n8n. */
function advance(milliseconds: number): void {
	const now = Date.now() + milliseconds;
	const start = performance.now();
	jest.spyOn(Date, 'now').mockImplementation(() => Math.round(now + performance.now() - start));
}

/** Polls once a minute. */
async function pollTimes(count: number): Promise<void> {
	for (let minute = 0; minute < count; minute++) {
		advance(60_000);
		await driver.poll();
	}
}

const callsTo = (pattern: RegExp) => zoho.simulator.calls().filter(({ path }) => pattern.test(path)).length;

test('a record made in CRM starts one execution with the whole record', async () => {
	await trigger().activate();
	const { id } = desk('create', { Last_Name: 'Meyer', Email: 'm@example.com' });
	await settled();
	expect(driver.executions).toEqual([
		[
			expect.objectContaining({
				id,
				Last_Name: 'Meyer',
				Email: 'm@example.com',
				_event: { type: 'created', resource: 'Contacts', id, delivery: 'webhook' },
			}),
		],
	]);
});

test('updates and deletes are told, a deleted record with its id only', async () => {
	await trigger().activate();
	const { id } = desk('create', { Last_Name: 'Meyer' });
	await settled();
	desk('update', { Phone: '1' }, id);
	await settled();
	desk('delete', {}, id);
	await settled();
	expect(told(driver.items)).toEqual([
		`${id} created webhook`,
		`${id} updated webhook`,
		`${id} deleted webhook`,
	]);
	expect(driver.items.at(-1)).toEqual({
		id,
		_event: { type: 'deleted', resource: 'Contacts', id, delivery: 'webhook' },
	});
});

test('an update of nothing but link and mark is not told, a link by hand and other updates are', async () => {
	for (const label of ['Zoho Books ID', 'Zoho Books Sync']) await ensureField(directClient(zoho.simulator, 'crm', 'in'), 'Contacts', { label, type: 'text' });
	await trigger().activate();
	const [one, two, three] = ['Meyer', 'Osei', 'Ito'].map((name) => desk('create', { Last_Name: name }).id) as [string, string, string];
	await settled();
	const before = driver.items.length;
	desk('update', { Zoho_Books_Sync: '{}' }, one);
	desk('update', { Zoho_Books_Sync: '{ }', Zoho_Books_ID: '460' }, one);
	desk('update', { Zoho_Books_ID: '461' }, two);
	desk('update', { Zoho_Books_Sync: '{}', Phone: '1' }, three);
	await settled();
	expect(told(driver.items.slice(before)).sort()).toEqual([`${two} updated webhook`, `${three} updated webhook`].sort());
});

test('the channel asks for a week, sends nothing for related records, and has a token and a keyed URL', async () => {
	await trigger({ modules: ['Contacts', 'Accounts'] }).activate();
	expect(channels()).toHaveLength(1);
	const one = subscription();
	expect([...(channels()[0]?.subscriptions.keys() ?? [])].sort()).toEqual(['Accounts', 'Contacts']);
	expect(one?.onRelated).toBe(false);
	expect(one?.token).toMatch(/^[A-Za-z0-9]{40}$/);
	expect(one?.notifyUrl).toMatch(/\?key=[A-Za-z0-9]{24}$/);
	expect((one?.expiry ?? 0) - zoho.simulator.world.now()).toBeGreaterThan(6.9 * day);
});

describe('a delivery that is not Zoho’s', () => {
	const body = (rest: Record<string, unknown> = {}) =>
		JSON.stringify({
			server_time: 1,
			module: 'Contacts',
			ids: ['5'],
			operation: 'update',
			channel_id: channels()[0]?.id,
			token: subscription()?.token,
			affected_fields: [],
			query_params: {},
			resource_uri: '',
			...rest,
		});
	const key = () => new URL(subscription()?.notifyUrl ?? '').search;

	test.each<[string, () => [string | Buffer, string, Record<string, string>?]]>([
		['without the key', () => [body(), '']],
		['with a wrong key', () => [body(), '?key=wrong']],
		['with a wrong token', () => [body({ token: 'x'.repeat(40) }), key()]],
		['without a token', () => [body({ token: null }), key()]],
		['of another channel', () => [body({ channel_id: '1' }), key()]],
		['about a module nobody asked for', () => [body({ module: 'Deals' }), key()]],
		['with an id that is none', () => [body({ ids: ["5') or 1=1"] }), key()]],
		['that is cut off', () => [body().slice(0, 40), key()]],
		['that is no JSON', () => ['<xml/>', key()]],
		['that is an array', () => [`[${body()}]`, key()]],
		['that is empty', () => ['', key()]],
		['that is binary', () => [Buffer.from([0, 255, 254, 1]), key()]],
		['that is too large', () => [body({ filler: 'x'.repeat(3 * 1024 * 1024) }), key()]],
		['of an unknown operation', () => [body({ operation: 'explode' }), key()]],
		['with the key twice', () => [body(), `${key()}&${key().slice(1)}`]],
		['in a strange content type', () => [body(), '', { 'content-type': 'text/plain; charset=x' }]],
	])('%s gets 401, no word more, and starts nothing', async (_what, make) => {
		await trigger().activate();
		const [content, query, headers] = make();
		const before = zoho.simulator.calls().length;
		expect(await driver.send(content, headers, query)).toEqual({ status: 401, body: '' });
		expect([driver.executions, driver.failures]).toEqual([[], []]);
		expect(zoho.simulator.calls()).toHaveLength(before);
	});

	test('a true one that is sent again is harmless: the record is fetched as it is now', async () => {
		await trigger().activate();
		const { id } = desk('create', { Last_Name: 'Old' });
		await settled();
		const caught = zoho.simulator.world.deliveries.log.at(-1);
		desk('update', { Last_Name: 'New' }, id);
		await settled();
		expect(await driver.send(caught?.body ?? '', {}, key())).toEqual({ status: 200, body: '' });
		expect(driver.items.at(-1)).toMatchObject({ id, Last_Name: 'New' });
	});

	test('a delete without a token is believed when the key is right', async () => {
		await trigger().activate();
		expect((await driver.send(body({ operation: 'delete', token: null }), {}, key())).status).toBe(200);
		expect(told(driver.items)).toEqual(['5 deleted webhook']);
	});
});

test('300 deliveries in a burst start a handful of executions and bring every record once', async () => {
	await trigger({ options: {} }).activate();
	const ids = Array.from({ length: 300 }, (_, n) => desk('create', { Last_Name: `Burst ${n}` }).id);
	await settled();
	await new Promise((done) => setTimeout(done, 1500));
	await settled();
	expect(driver.items.map(({ id }) => String(id)).sort()).toEqual([...ids].sort());
	expect(driver.executions.length).toBeLessThan(10);
	expect(driver.failures).toEqual([]);
});

describe('the safety net', () => {
	test('brings what a lost notification did not tell, once', async () => {
		await trigger().activate();
		zoho.simulator.world.faults.push({ on: 'delivery', what: 'drop' });
		const { id } = desk('create', { Last_Name: 'Lost' });
		await settled();
		expect(driver.executions).toEqual([]);
		advance(60_000);
		await driver.poll();
		advance(60_000);
		await driver.poll();
		expect(told(driver.items)).toEqual([`${id} created polling`]);
	});

	test('brings again what an execution had when another node of it failed', async () => {
		await trigger({ fields: 'Last_Name,Modified_Time' }).activate();
		driver.failsLater = true;
		const { id } = desk('create', { Last_Name: 'Told' });
		await settled();
		expect(driver.failures).toHaveLength(1);
		driver.failsLater = false;
		advance(60_000);
		await driver.poll();
		expect(told(driver.items)).toEqual([`${id} created webhook`, `${id} created polling`]);
	});

	test('brings again what it has brought, when the worker was killed with it', async () => {
		await trigger().activate();
		driver.losesWorkers = true;
		const { id } = desk('create', { Last_Name: 'With the worker' });
		await settled();
		advance(60_000);
		await driver.poll();
		expect(driver.executions).toEqual([]);
		driver.losesWorkers = false;
		await pollTimes(3);
		expect(told(driver.items)).toEqual([`${id} created polling`]);
	});

	test('leaves out what an execution has dealt with, until it changes again', async () => {
		await trigger({ fields: 'Last_Name,Modified_Time' }).activate();
		const { id } = desk('create', { Last_Name: 'Told' });
		await settled();
		advance(60_000);
		await driver.poll();
		expect(told(driver.items)).toEqual([`${id} created webhook`]);

		zoho.simulator.world.faults.push({ on: 'delivery', what: 'drop' });
		desk('update', { Phone: '1' }, id);
		await settled();
		await pollTimes(2);
		expect(told(driver.items)).toEqual([`${id} created webhook`, `${id} created polling`]);
	});

	test('brings what was changed while n8n was down', async () => {
		await trigger().activate();
		driver.kill();
		const { id } = desk('create', { Last_Name: 'Night' });
		await settled();
		advance(2 * 3_600_000);
		await driver.activate('init');
		expect(told(driver.items)).toEqual([`${id} created polling`]);
	});

	test('brings again what was under way when n8n was killed', async () => {
		await trigger({ delivery: 'polling' }).activate();
		advance(60_000);
		const { id } = desk('create', { Last_Name: 'Under way' });
		advance(60_000);
		await driver.poll();
		driver.kill();
		driver.executions = [];
		advance(60_000);
		await driver.activate('init');
		expect(driver.items.map((item) => item.id)).toEqual([id]);
	});

	test('brings records that were deleted', async () => {
		await trigger({ delivery: 'polling' }).activate();
		const { id } = desk('create', { Last_Name: 'Gone' });
		advance(60_000);
		await driver.poll();
		desk('delete', {}, id);
		advance(60_000);
		await driver.poll();
		expect(told(driver.items)).toEqual([`${id} created polling`, `${id} deleted polling`]);
	});

	test('takes one call for each poll and module: every third poll looks for what was deleted', async () => {
		await trigger({ modules: ['Contacts', 'Accounts'] }).activate();
		await pollTimes(1);
		const before = zoho.simulator.calls().length;
		await pollTimes(6);
		expect(zoho.simulator.calls().length - before).toBe(12);
		const { id } = desk('create', { Last_Name: 'Gone' });
		await settled();
		zoho.simulator.world.faults.push({ on: 'delivery', what: 'drop' });
		desk('delete', {}, id);
		await settled();
		await pollTimes(3);
		expect(told(driver.items)).toEqual([`${id} created webhook`, `${id} deleted polling`]);
	});

	test('looks for everything each time where polls are rare', async () => {
		await trigger().activate();
		const before = callsTo(/deleted$/);
		for (let hours = 0; hours < 3; hours++) {
			advance(3_600_000);
			await driver.poll();
		}
		expect(callsTo(/deleted$/) - before).toBe(3);
	});

	test('hands a flood out in portions, each record once', async () => {
		await trigger({ delivery: 'polling', options: { recordsPerPoll: 100 } }).activate();
		const ids = Array.from({ length: 250 }, (_, n) => desk('create', { Last_Name: `Flood ${n}` }).id);
		for (let n = 0; n < 4; n++) {
			advance(60_000);
			await driver.poll();
		}
		expect(driver.executions.map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(driver.items.map((item) => String(item.id)).sort()).toEqual([...ids].sort());
	});
});

describe('the channel', () => {
	test('is subscribed again when it lapsed: once a poll brings what it did not tell, or an hour later', async () => {
		await trigger().activate();
		await pollTimes(1);
		crm()?.channels.lapse();
		advance(3_600_000);
		await driver.poll();
		expect(channels()).toHaveLength(1);
		crm()?.channels.lapse();
		desk('create', { Last_Name: 'Unheard' });
		await pollTimes(2);
		expect(channels()).toHaveLength(1);
		const { id } = desk('create', { Last_Name: 'Heard' });
		await settled();
		expect(told(driver.items)).toContain(`${id} created webhook`);
	});

	test('is renewed a day after it was granted, and left alone before', async () => {
		await trigger().activate();
		const granted = subscription()?.expiry ?? 0;
		advance(0.9 * day);
		await driver.poll();
		expect(subscription()?.expiry).toBe(granted);
		advance(0.2 * day);
		await driver.poll();
		expect(subscription()?.expiry).toBeGreaterThan(granted + day);
	});

	test('is renewed in time when Zoho grants a short life only', async () => {
		zoho.simulator.world.switches.channelLife = 180_000;
		await trigger().activate();
		for (let minute = 0; minute < 8; minute++) {
			advance(60_000);
			await driver.poll();
			expect(channels()).toHaveLength(1);
		}
	});

	test('gets the present modules and address when those change', async () => {
		await trigger().activate();
		const before = subscription()?.notifyUrl;
		driver.node.parameters.modules = ['Contacts', 'Accounts'];
		driver.kill();
		await driver.activate('update');
		expect([...(channels()[0]?.subscriptions.keys() ?? [])].sort()).toEqual(['Accounts', 'Contacts']);
		expect(subscription()?.notifyUrl).toBe(before);
	});

	test('is gone after the workflow is switched off', async () => {
		await trigger().activate();
		await driver.deactivate();
		expect(channels()).toEqual([]);
	});
});

describe('deliveries of one kind only', () => {
	test('polling only registers nothing', async () => {
		await trigger({ delivery: 'polling' }).activate();
		await driver.poll();
		expect(channels()).toEqual([]);
		expect(zoho.simulator.calls().filter(({ path }) => path.includes('/actions/watch'))).toEqual([]);
	});

	test('webhook only keeps the channel and puts nothing out by polling', async () => {
		await trigger({ delivery: 'webhook' }).activate();
		zoho.simulator.world.faults.push({ on: 'delivery', what: 'drop' });
		desk('create', { Last_Name: 'Lost' });
		await settled();
		advance(60_000);
		crm()?.channels.lapse();
		await driver.poll();
		expect(driver.executions).toEqual([]);
		expect(channels()).toHaveLength(1);
	});
});

describe('in the editor', () => {
	test('a test webhook has a channel of its own, which is gone afterwards, and leaves the production one alone', async () => {
		await trigger().activate();
		const live = channels()[0]?.id;
		await driver.listenForTest();
		expect(channels()).toHaveLength(2);
		const { id } = desk('create', { Last_Name: 'Tried out' });
		await settled();
		expect(told(driver.items)).toEqual([`${id} created webhook`, `${id} created webhook`]);
		await driver.stopTest();
		expect(channels().map((channel) => channel.id)).toEqual([live]);
	});

	test('polling only gives the latest record as a sample', async () => {
		desk('create', { Last_Name: 'First' });
		advance(5000);
		const { id } = desk('create', { Last_Name: 'Latest' });
		await trigger({ delivery: 'polling' }).listen();
		expect(await driver.runByHand()).toEqual([expect.objectContaining({ id, Last_Name: 'Latest' })]);
	});
});

test('fields behind a lookup come with the record', async () => {
	await trigger({ fields: 'Last_Name, Account_Name, Account_Name.Phone, No_Such_Field' }).activate();
	const account = desk('create', { Account_Name: 'Acme', Phone: '123' }, undefined, 'Accounts');
	const { id } = desk('create', { Last_Name: 'Meyer', Account_Name: { id: account.id } });
	await settled();
	expect(driver.items).toEqual([
		expect.objectContaining({ id, Last_Name: 'Meyer', 'Account_Name.Phone': '123' }),
	]);
});

test('a record that is gone before it can be fetched is told as deleted', async () => {
	await trigger().activate();
	const { id } = desk('create', { Last_Name: 'Brief' });
	desk('delete', {}, id);
	await settled();
	expect(new Set(driver.items.map((item) => item._event?.type))).toEqual(new Set(['deleted']));
});

test('more events than a channel takes are refused in words that help', async () => {
	const modules = Array.from({ length: 17 }, (_, n) => `Module_${n}`);
	await expect(trigger({ modules }).activate()).rejects.toThrow(
		'The trigger watches 51 events; a channel takes 50',
	);
});

test('a delivery that cannot be verified, as the credential cannot be read, is not taken for wrong', async () => {
	await trigger().activate();
	driver.credential = {};
	expect(await driver.send('{}')).toEqual({ status: 503, body: '' });
	expect([driver.executions, driver.failures]).toEqual([[], []]);
});
