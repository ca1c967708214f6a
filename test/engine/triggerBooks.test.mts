import { startZoho, type Zoho } from '../support/zoho.mts';
import { oAuth2Api, TriggerDriver, type Item } from './triggerSupport.mts';

const minute = 60_000;

let zoho: Zoho;
let driver: TriggerDriver;
let count = 0;

beforeAll(async () => {
	zoho = await startZoho();
});

afterAll(async () => await zoho.stop());

beforeEach(() => zoho.simulator.reset());

afterEach(async () => {
	await settled();
	await driver.close();
});

function trigger(parameters: Record<string, unknown> = {}, scopes?: string[]): TriggerDriver {
	const { clientId, clientSecret, oauthTokenData } = zoho.simulator.grant({
		location: 'eu',
		product: 'books',
		...(scopes ? { scopes } : {}),
	});
	driver = new TriggerDriver({
		load: () => {
			let loaded: ReturnType<ConstructorParameters<typeof TriggerDriver>[0]['load']> | undefined;
			jest.isolateModules(() => {
				const { ZohoBooksTrigger } =
					require('../../nodes/ZohoBooksTrigger/ZohoBooksTrigger.node') as typeof import('../../nodes/ZohoBooksTrigger/ZohoBooksTrigger.node');
				const { ZohoBooksOAuth2Api } =
					require('../../credentials/ZohoBooksOAuth2Api.credentials') as typeof import('../../credentials/ZohoBooksOAuth2Api.credentials');
				loaded = {
					node: new ZohoBooksTrigger(),
					credentialTypes: { oAuth2Api, zohoBooksOAuth2Api: new ZohoBooksOAuth2Api() },
				};
			});
			if (!loaded) throw new Error('not loaded');
			return loaded;
		},
		parameters: {
			organizationId: '',
			resource: 'contact',
			entities: ['customer', 'vendor'],
			events: ['created', 'updated', 'deleted'],
			delivery: 'webhookAndPolling',
			options: { batchWindow: 0 },
			...parameters,
		},
		credentialType: 'zohoBooksOAuth2Api',
		credential: { clientId, clientSecret, dataCentre: 'eu', oauthTokenData, grantType: 'authorizationCode' },
		webhookId: `books-${++count}`,
	});
	return driver;
}

function desk(action: 'create' | 'update' | 'delete', record: Record<string, unknown>, id?: string) {
	return zoho.simulator.desk({
		system: 'books',
		location: 'eu',
		collection: 'contacts',
		action,
		record,
		...(id ? { id } : {}),
	}) as { contact_id: string };
}

async function settled() {
	await zoho.simulator.world.deliveries.settled();
	await driver.idle();
}

const books = () => zoho.simulator.world.tenantOf('books', 'eu')?.books;
const webhooks = () => [...(books()?.hooks.webhooks.values() ?? [])];
const rules = () => [...(books()?.hooks.rules.values() ?? [])];
const deliveries = () => zoho.simulator.world.deliveries.log;
const told = (items: Item[]) =>
	items.map(
		({ contact_id, _event }) => `${String(contact_id)} ${String(_event?.type)} ${String(_event?.delivery)}`,
	);
const reads = (part: RegExp) =>
	zoho.simulator.calls().filter(({ method, path }) => method === 'GET' && part.test(path)).length;

function advance(milliseconds: number) {
	zoho.simulator.world.clock.advance(milliseconds);
}

/** Sends a delivery that Zoho has made once more, changed or not. */
async function resend(
	change: { body?: string; query?: string; signature?: string; type?: string } = {},
	at = -1,
) {
	const caught = deliveries().at(at);
	const url = new URL(caught?.url ?? '');
	const headers = {
		'content-type': change.type ?? 'application/json;charset=UTF-8',
		'x-zoho-webhook-signature': change.signature ?? signatures.at(at) ?? '',
	};
	return await driver.send(change.body ?? caught?.body ?? '', headers, change.query ?? url.search);
}

/** Signatures as Zoho sent them, in the order of the deliveries. */
let signatures: string[] = [];

function watchSignatures() {
	signatures = [];
	const send = zoho.simulator.world.deliveries.send.bind(zoho.simulator.world.deliveries);
	jest.spyOn(zoho.simulator.world.deliveries, 'send').mockImplementation((url, message, meta) => {
		signatures.push(message.headers['X-Zoho-Webhook-Signature'] ?? '');
		send(url, message, meta);
	});
}

afterEach(() => jest.restoreAllMocks());

test('a contact made in Books starts one execution with the whole record, without reading it', async () => {
	await trigger().activate();
	const before = reads(/\/contacts\/\d/);
	const { contact_id } = desk('create', {
		contact_name: 'Acme',
		contact_persons: [{ first_name: 'Ada', is_primary_contact: true }],
	});
	await settled();
	expect(driver.executions).toHaveLength(1);
	expect(driver.items).toEqual([
		expect.objectContaining({
			contact_id,
			contact_name: 'Acme',
			contact_persons: [expect.objectContaining({ first_name: 'Ada' })],
			_event: {
				type: 'created',
				resource: 'contact',
				id: contact_id,
				delivery: 'webhook',
				organizationId: books()?.organizationId,
				fromPayload: true,
			},
		}),
	]);
	expect(reads(/\/contacts\/\d/)).toBe(before);
});

test.each([
	['json', 'hex'],
	['json', 'base64'],
	['form', 'hex'],
	['form', 'base64'],
] as const)(
	'a webhook whose body is %s, signed in %s, is understood',
	async (booksWebhookBody, signatureEncoding) => {
		Object.assign(zoho.simulator.world.switches, { booksWebhookBody, signatureEncoding });
		await trigger().activate();
		const { contact_id } = desk('create', { contact_name: 'Acme' });
		await settled();
		expect(told(driver.items)).toEqual([`${contact_id} created webhook`]);
		expect(driver.items[0]).toMatchObject({ contact_name: 'Acme' });
	},
);

test('updates and deletes are told, a deleted contact with its id only', async () => {
	await trigger().activate();
	const { contact_id } = desk('create', { contact_name: 'Acme' });
	await settled();
	advance(5000);
	desk('update', { website: 'acme.example' }, contact_id);
	await settled();
	desk('delete', {}, contact_id);
	await settled();
	expect(told(driver.items)).toEqual([
		`${contact_id} created webhook`,
		`${contact_id} updated webhook`,
		`${contact_id} deleted webhook`,
	]);
	expect(Object.keys(driver.items.at(-1) ?? {}).sort()).toEqual(['_event', 'contact_id']);
});

describe('a delivery that is not Zoho’s', () => {
	beforeEach(async () => {
		watchSignatures();
		await trigger().activate();
		desk('create', { contact_name: 'Acme' });
		await settled();
		driver.executions = [];
	});

	const body = () => deliveries().at(-1)?.body ?? '';

	test.each<[string, () => Parameters<typeof resend>[0]]>([
		['without a signature', () => ({ signature: '' })],
		['with a wrong signature', () => ({ signature: 'a'.repeat(64) })],
		['with another body', () => ({ body: body().replace('Acme', 'Evil') })],
		[
			'with another event in its URL',
			() => ({ query: new URL(deliveries().at(-1)?.url ?? '').search.replace('add_edit', 'delete') }),
		],
		['without its query', () => ({ query: '' })],
		['that is cut off', () => ({ body: body().slice(0, 30) })],
		['that is empty', () => ({ body: '' })],
		['that is too large', () => ({ body: `${body()}${' '.repeat(3 * 1024 * 1024)}` })],
		['that calls itself a form', () => ({ type: 'application/x-www-form-urlencoded' })],
	])('%s gets 401, no word more, and starts nothing', async (_what, change) => {
		const before = zoho.simulator.calls().length;
		expect(await resend(change())).toEqual({ status: 401, body: '' });
		expect([driver.executions, driver.failures]).toEqual([[], []]);
		expect(zoho.simulator.calls()).toHaveLength(before);
	});

	test('a true one that is sent again brings no old values back', async () => {
		const { contact_id } = desk('create', { contact_name: 'Old name' });
		await settled();
		const at = deliveries().length - 1;
		advance(2000);
		desk('update', { contact_name: 'New name' }, contact_id);
		await settled();
		expect(await resend({}, at)).toEqual({ status: 200, body: '' });
		expect(driver.items.at(-1)).toMatchObject({ contact_id, contact_name: 'New name' });
	});
});

test('deliveries that overtake each other bring no old values back', async () => {
	await trigger().activate();
	const { contact_id } = desk('create', { contact_name: 'Acme' });
	await settled();
	zoho.simulator.world.faults.push({ on: 'delivery', what: 'reorder' });
	advance(1000);
	desk('update', { contact_name: 'Second' }, contact_id);
	advance(1000);
	desk('update', { contact_name: 'Third' }, contact_id);
	await settled();
	expect(driver.items).toHaveLength(3);
	expect(driver.items.at(-1)).toMatchObject({ contact_name: 'Third' });
});

test('300 deliveries in a burst start a handful of executions and bring every contact', async () => {
	await trigger({ options: {} }).activate();
	const ids = Array.from(
		{ length: 300 },
		(_, n) => desk('create', { contact_name: `Burst ${n}` }).contact_id,
	);
	await settled();
	await new Promise((done) => setTimeout(done, 1500));
	await settled();
	expect(driver.items.map((item) => String(item.contact_id)).sort()).toEqual([...ids].sort());
	expect(driver.executions.length).toBeLessThan(10);
	expect(driver.failures).toEqual([]);
}, 60_000);

describe.each([true, false])(
	'the safety net, with the filter by modification time honoured: %s',
	(contactsModifiedFilter) => {
		beforeEach(() =>
			Object.assign(zoho.simulator.world.switches, { contactsModifiedFilter, booksPerMinute: 10_000 }),
		);

		test('brings what a lost webhook did not tell, once, in full', async () => {
			await trigger().activate();
			zoho.simulator.world.faults.push({ on: 'delivery', what: 'drop' });
			const { contact_id } = desk('create', { contact_name: 'Lost' });
			await settled();
			for (let n = 0; n < 2; n++) {
				advance(minute);
				await driver.poll();
			}
			expect(told(driver.items)).toEqual([`${contact_id} created polling`]);
			expect(driver.items[0]).toHaveProperty('contact_persons');
		});

		test('brings what was changed while n8n was down, and what was under way when it was killed', async () => {
			await trigger({ delivery: 'polling' }).activate();
			advance(minute);
			const one = desk('create', { contact_name: 'Under way' });
			advance(minute);
			await driver.poll();
			driver.kill();
			driver.executions = [];
			const two = desk('create', { contact_name: 'At night' });
			advance(10 * minute);
			await driver.activate('init');
			expect(told(driver.items).sort()).toEqual(
				[`${one.contact_id} created polling`, `${two.contact_id} created polling`].sort(),
			);
		});

		test('brings a burst of one second that fills several pages, each contact once, and stops reading at the cursor afterwards', async () => {
			for (let n = 0; n < 210; n++) desk('create', { contact_name: `Old ${n}` });
			advance(24 * 60 * minute);
			trigger({ delivery: 'polling', options: { recordsPerPoll: 150 } });
			driver.executes = false;
			await driver.activate();
			const ids = Array.from(
				{ length: 230 },
				(_, n) => desk('create', { contact_name: `Burst ${n}` }).contact_id,
			);
			for (let n = 0; n < 3; n++) {
				advance(minute);
				await driver.poll();
			}
			expect(driver.executions.map(({ length }) => length)).toEqual([150, 80]);
			expect(driver.items.map((item) => String(item.contact_id)).sort()).toEqual([...ids].sort());
			advance(60 * minute);
			desk('update', { website: 'x.example' }, ids[0]);
			advance(minute);
			await driver.poll();
			const before = reads(/\/contacts$/);
			advance(minute);
			await driver.poll();
			expect(reads(/\/contacts$/) - before).toBe(1);
		}, 60_000);

		test('watches only the chosen type of contact', async () => {
			await trigger({ entities: ['vendor'] }).activate();
			desk('create', { contact_name: 'A customer' });
			const { contact_id } = desk('create', { contact_name: 'A vendor', contact_type: 'vendor' });
			await settled();
			expect(rules().map(({ entity }) => entity)).toEqual(['vendor', 'vendor']);
			advance(minute);
			await driver.poll();
			expect(new Set(driver.items.map((item) => item.contact_id))).toEqual(new Set([contact_id]));
		});
	},
);

describe('the registration', () => {
	test('is a webhook and a rule per entity and kind of event, with an address that tells which', async () => {
		await trigger().activate();
		expect(
			rules()
				.map(({ entity, type }) => `${entity} ${type}`)
				.sort(),
		).toEqual(['customer add_edit', 'customer delete', 'vendor add_edit', 'vendor delete']);
		for (const { url, secret, name } of webhooks()) {
			expect(new URL(url).searchParams.get('organization')).toBe(books()?.organizationId);
			expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);
			expect(url).not.toContain(secret);
			expect(name.length).toBeLessThanOrEqual(50);
		}
	});

	test('is left as it is when n8n starts again', async () => {
		await trigger().activate();
		const before = [...webhooks(), ...rules()].map(({ id }) => id);
		driver.kill();
		await driver.activate('init');
		expect([...webhooks(), ...rules()].map(({ id }) => id)).toEqual(before);
	});

	test('that lost a rule or webhook is made whole by a poll', async () => {
		await trigger().activate();
		books()?.hooks.rules.clear();
		books()?.hooks.webhooks.clear();
		await driver.poll();
		expect([webhooks().length, rules().length]).toEqual([4, 4]);
		const { contact_id } = desk('create', { contact_name: 'Heard' });
		await settled();
		expect(told(driver.items)).toContain(`${contact_id} created webhook`);
	});

	test('drops what is not wanted any more', async () => {
		await trigger().activate();
		driver.node.parameters.entities = ['customer'];
		driver.node.parameters.events = ['created'];
		driver.kill();
		await driver.activate('update');
		expect(rules().map(({ entity, type }) => `${entity} ${type}`)).toEqual(['customer add']);
		expect(webhooks()).toHaveLength(1);
	});

	test('is gone after the workflow is switched off, and other people’s rules stay', async () => {
		books()?.hooks.saveWebhook({
			webhook_name: 'Mine',
			entity: 'customer',
			method: 'POST',
			url: 'https://example.com/',
			secret: '',
		});
		await trigger().activate();
		await driver.deactivate();
		expect(webhooks().map(({ name }) => name)).toEqual(['Mine']);
		expect(rules()).toEqual([]);
	});

	test('polling only registers nothing', async () => {
		await trigger({ delivery: 'polling' }).activate();
		await driver.poll();
		expect(zoho.simulator.calls().filter(({ path }) => path.includes('/settings/'))).toEqual([]);
	});

	test('a plan without workflow rules, or a scope that is missing, does not keep the trigger from polling', async () => {
		for (const plan of ['standard', 'professional'] as const) {
			zoho.simulator.reset({ tenants: [{ location: 'eu', books: { plan } }] });
			await trigger(
				{},
				plan === 'professional' ? ['ZohoBooks.contacts.ALL', 'ZohoBooks.settings.READ'] : undefined,
			).activate();
			const { contact_id } = desk('create', { contact_name: 'Acme' });
			for (let n = 0; n < 2; n++) {
				advance(minute);
				await driver.poll();
			}
			expect(told(driver.items)).toEqual([`${contact_id} created polling`]);
			expect([rules(), driver.emittedErrors, driver.failures]).toEqual([[], [], []]);
			await driver.close();
		}
	});

	test('a Zoho that is out of calls does not fail the activation; polls make up for it', async () => {
		trigger();
		zoho.simulator.world.faults.push({
			on: 'call',
			service: 'books',
			what: 'status',
			status: 429,
			code: 45,
			times: -1,
		});
		await driver.activate();
		expect(webhooks()).toEqual([]);
		zoho.simulator.world.faults.length = 0;
		const { contact_id } = desk('create', { contact_name: 'Meanwhile' });
		advance(minute);
		await driver.poll();
		expect([webhooks().length, rules().length]).toEqual([4, 4]);
		expect(told(driver.items)).toEqual([`${contact_id} created polling`]);
	});
});

describe('in the editor', () => {
	test('a test webhook is registered beside the production one, and is gone afterwards', async () => {
		await trigger().activate();
		const live = webhooks().map(({ id }) => id);
		await driver.listenForTest();
		expect(webhooks()).toHaveLength(8);
		const { contact_id } = desk('create', { contact_name: 'Tried out' });
		await settled();
		expect(told(driver.items)).toEqual([`${contact_id} created webhook`, `${contact_id} created webhook`]);
		await driver.stopTest();
		expect(webhooks().map(({ id }) => id)).toEqual(live);
	});

	test('polling only gives the latest record as a sample', async () => {
		desk('create', { contact_name: 'First' });
		advance(5000);
		const { contact_id } = desk('create', { contact_name: 'Latest' });
		await trigger({ delivery: 'polling' }).listen();
		expect(await driver.runByHand()).toEqual([
			expect.objectContaining({ contact_id, contact_name: 'Latest' }),
		]);
	});
});
