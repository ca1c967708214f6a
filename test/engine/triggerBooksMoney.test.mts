/** The Books trigger on items, invoices, estimates and payments. */

import { startZoho, type Zoho } from '../support/zoho.mts';
import { Script } from './booksMoneySupport.mts';
import { oAuth2Api, TriggerDriver, type Item } from './triggerSupport.mts';

let zoho: Zoho;
let driver: TriggerDriver;
let count = 0;

beforeAll(async () => (zoho = await startZoho()));
afterAll(async () => await zoho.stop());
beforeEach(() => zoho.simulator.reset());
afterEach(async () => {
	await driver.idle();
	await driver.close();
	jest.restoreAllMocks();
});

function trigger(resource: string): TriggerDriver {
	const { clientId, clientSecret, oauthTokenData } = zoho.simulator.grant({ location: 'eu', product: 'books' });
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
			resource,
			events: ['created', 'updated', 'deleted'],
			delivery: 'webhookAndPolling',
			options: { batchWindow: 0 },
		},
		credentialType: 'zohoBooksOAuth2Api',
		credential: { clientId, clientSecret, dataCentre: 'eu', oauthTokenData, grantType: 'authorizationCode' },
		webhookId: `books-money-${++count}`,
	});
	return driver;
}

const minute = 60_000;
const advance = (milliseconds: number) => zoho.simulator.world.clock.advance(milliseconds);
const written = () => `${new Date(zoho.simulator.world.now()).toISOString().slice(0, 19)}+0000`;
const refusal = { status: 400, json: { code: 2, message: 'Invalid value passed for entity' } };

test('payments are polled where Zoho has no webhooks for them, one call for the list and one for each that changed', async () => {
	const rows: Array<Record<string, string>> = [];
	const script = new Script(zoho, {
		'POST /settings/webhooks': () => refusal,
		'GET /customerpayments': () => ({ customerpayments: rows, page_context: { page: 1, has_more_page: false, sort_column: 'last_modified_time' } }),
		'GET /customerpayments/31': () => ({ payment: { payment_id: '31', amount: 5, invoices: [{ invoice_id: '9' }] } }),
	});
	await trigger('customerPayment').activate();
	const time = written();
	rows.push({ payment_id: '31', created_time: time, last_modified_time: time });
	for (let n = 0; n < 3; n++) {
		advance(minute);
		await driver.poll();
	}
	await driver.idle();
	expect(driver.items).toEqual([
		expect.objectContaining({ payment_id: '31', amount: 5, _event: expect.objectContaining({ type: 'created', delivery: 'polling' }) as object }),
	]);
	expect(driver.failures).toEqual([]);
	const polls = script.lines.filter((line) => line.startsWith('GET /customerpayments?'));
	// Zoho's clock and the first look at the activation, then one for each poll.
	expect(polls).toHaveLength(5);
	expect(script.lines.filter((line) => line === 'GET /customerpayments/31')).toHaveLength(1);
});

test('a test run by hand gives the payment that was changed last, also where Books refuses to sort by it', async () => {
	const row = (id: string, last_modified_time: string) => ({ payment_id: id, created_time: '2026-01-01T00:00:00+0000', last_modified_time });
	new Script(zoho, {
		'GET /customerpayments': ({ line }) =>
			line.includes('last_modified_time')
				? { status: 400, json: { code: 2, message: 'Invalid value passed for sort_column' } }
				: { customerpayments: [row('1', '2026-01-01T00:00:00+0000'), row('2', '2026-02-01T00:00:00+0000')], page_context: { page: 1, has_more_page: false } },
		'GET /customerpayments/2': { payment: { payment_id: '2' } },
	});
	trigger('customerPayment');
	driver.node.parameters.delivery = 'polling';
	await driver.listen();
	expect(await driver.runByHand()).toEqual([expect.objectContaining({ payment_id: '2' })]);
});

describe('against the simulated Books', () => {
	const desk = (collection: string, action: 'create' | 'update' | 'delete', record: Record<string, unknown>, id = '') =>
		zoho.simulator.desk({ system: 'books', location: 'eu', collection, action, record, ...(id && { id }) });
	const rules = () => [...(zoho.simulator.world.tenantOf('books', 'eu')?.books?.hooks.rules.values() ?? [])];
	const reads = (part: RegExp) => zoho.simulator.calls().filter(({ method, path }) => method === 'GET' && part.test(path)).length;
	const told = (items: Item[], idField: string) =>
		items.map(({ [idField]: id, _event }) => `${String(id)} ${String(_event?.type)} ${String(_event?.delivery)}`);
	const settled = async () => {
		await zoho.simulator.world.deliveries.settled();
		await driver.idle();
	};
	const customer = () => String(desk('contacts', 'create', { contact_name: 'Aurora' }).contact_id);
	const lines = [{ name: 'Work', rate: 100, quantity: 1 }];

	test.each([
		['invoice', 'invoices', 'invoice_id', () => ({ customer_id: customer(), line_items: lines })],
		['estimate', 'estimates', 'estimate_id', () => ({ customer_id: customer(), line_items: lines })],
		['item', 'items', 'item_id', () => ({ name: 'Drive', rate: 1 })],
	])('%s: one rule for what is saved and one for what is deleted; the whole record comes without a read', async (resource, collection, idField, record) => {
		await trigger(resource).activate();
		expect(rules().map(({ entity, type }) => `${entity} ${type}`).sort()).toEqual([`${resource} add_edit`, `${resource} delete`]);
		const id = String(desk(collection, 'create', record())[idField]);
		await settled();
		expect(told(driver.items, idField)).toEqual([`${id} created webhook`]);
		expect(reads(new RegExp(`/${collection}/\\d`))).toBe(0);
		advance(5_000);
		desk(collection, 'update', resource === 'item' ? { rate: 2 } : { notes: 'new' }, id);
		await settled();
		desk(collection, 'delete', {}, id);
		await settled();
		expect(told(driver.items, idField).slice(1)).toEqual([`${id} updated webhook`, `${id} deleted webhook`]);
		expect(driver.failures).toEqual([]);
	});

	test.each([true, false])('payments, with rules for them: %s', async (paymentRules) => {
		zoho.simulator.reset({ switches: { paymentRules } });
		await trigger('customerPayment').activate();
		expect(rules()).toHaveLength(paymentRules ? 2 : 0);
		const customer_id = customer();
		const record = { customer_id, payment_mode: 'cash', amount: 50, date: '2026-07-01', invoices: [] };
		const id = String(desk('customerpayments', 'create', record).payment_id);
		await settled();
		if (!paymentRules) {
			advance(minute);
			await driver.poll();
			await driver.idle();
		}
		expect(driver.items[0]).toMatchObject({ payment_id: id, amount: 50, invoices: [], _event: { type: 'created' } });
		expect(driver.failures).toEqual([]);
	});

	test('a poll of payments takes one call once Books has refused to sort them', async () => {
		zoho.simulator.reset({ switches: { paymentRules: false } });
		const customer_id = customer();
		await trigger('customerPayment').activate();
		for (let n = 0; n < 3; n++) {
			const before = reads(/\/customerpayments$/);
			const record = { customer_id, payment_mode: 'cash', amount: 1 + n, date: '2026-07-01', invoices: [] };
			desk('customerpayments', 'create', record);
			advance(minute);
			await driver.poll();
			expect(reads(/\/customerpayments$/) - before).toBe(1);
		}
		await driver.idle();
		expect(driver.items.map(({ amount }) => amount)).toEqual([1, 2, 3]);
	});

	test('invoices are polled with their filter: a payment shows on its invoice', async () => {
		const customer_id = customer();
		// Due long after: late in the evening an hour later is the day after, on which it would be overdue.
		const id = String(desk('invoices', 'create', { customer_id, line_items: lines, due_date: '2099-12-31' }).invoice_id);
		zoho.simulator.desk({ system: 'books', location: 'eu', collection: 'invoices', action: 'sent', id });
		advance(60 * minute);
		await trigger('invoice').activate();
		const seen = driver.items.length;
		advance(minute);
		const invoices = [{ invoice_id: id, amount_applied: 40 }];
		desk('customerpayments', 'create', { customer_id, payment_mode: 'cash', amount: 40, date: '2026-07-01', invoices });
		advance(minute);
		const before = reads(/\/invoices$/);
		await driver.poll();
		await driver.idle();
		expect(reads(/\/invoices$/) - before).toBe(1);
		expect(driver.items.slice(seen)).toEqual([expect.objectContaining({ invoice_id: id, balance: 60, status: 'partially_paid' })]);
	});
});
