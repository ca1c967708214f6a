/**
 * Deliveries to the two triggers that Zoho has not sent, or has sent before, through n8n-core's webhook context over real HTTP. The cases are
 * those of stripe/stripe-node test/Webhook.spec.ts, standard-webhooks webhook.test.ts (and svix), octokit/webhooks-methods.js
 * test/verify.test.ts and the n8n template "signed webhook HMAC guard" (enescingoz/awesome-n8n-templates #189), adapted to Zoho's header and string to sign.
 */

import { gzipSync } from 'node:zlib';
import { signWebhook } from '../../sandbox/simulator/books/signature.mts';
import type { TriggerDriver } from '../engine/triggerSupport.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';
import { booksCases, type Forgery } from './booksCases.mts';
import { crmCases } from './crmCases.mts';
import { figure } from './figures.mts';
import { desk, post, settled, triggerOf, watchDeliveries, type Delivery, type Product } from './triggers.mts';

let zoho: Zoho;
let driver: TriggerDriver;
let refused = 0;

beforeAll(async () => (zoho = await startZoho()));
afterAll(async () => {
	await zoho.stop();
	figure(
		`${refused} forged, damaged and oversized deliveries refused with 401 and an empty body; none started an execution or a call`,
	);
});

/** A new Zoho, and a trigger that has just had a true delivery about a new record. */
async function listening(product: Product, parameters = {}): Promise<Delivery> {
	zoho.simulator.reset();
	const seen = watchDeliveries(zoho);
	driver = triggerOf(zoho, product, parameters);
	await driver.activate();
	desk(zoho, product, 'create', product === 'books' ? { contact_name: 'Acme' } : { Last_Name: 'Meyer' });
	await settled(zoho, driver);
	expect(driver.executions).toHaveLength(1);
	driver.executions = [];
	return seen.at(-1) as Delivery;
}

async function leave(): Promise<void> {
	await settled(zoho, driver);
	await driver.close();
	jest.restoreAllMocks();
}

/** What HTTP itself needs; the answer says nothing else. */
const plainHeaders = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];

/** The clock of this machine, ahead. */
function later(milliseconds: number): void {
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + milliseconds);
}

/** One answer for all: what is wrong must not show. */
async function expectRefused(delivery: Delivery): Promise<void> {
	const calls = zoho.simulator.calls().length;
	const { status, body, headers } = await post(delivery);
	await driver.idle();
	expect([status, body, headers.filter((name) => !plainHeaders.includes(name))]).toEqual([401, '', []]);
	expect([driver.executions, driver.failures, driver.emittedErrors]).toEqual([[], [], []]);
	expect(zoho.simulator.calls()).toHaveLength(calls);
	refused++;
}

async function expectTaken(delivery: Delivery): Promise<void> {
	expect(await post(delivery)).toMatchObject({ status: 200, body: '' });
	await driver.idle();
	expect(driver.executions).toHaveLength(1);
	expect(driver.failures).toEqual([]);
}

/** Of the webhook that made this delivery. */
function booksSecret(url: string): string {
	const webhooks = [...(zoho.simulator.world.tenantOf('books', 'eu')?.books?.hooks.webhooks.values() ?? [])];
	return webhooks.find((webhook) => webhook.url === url)?.secret ?? '';
}

/** Signs as Zoho would. */
function signed(
	delivery: Delivery,
	body: string,
	encoding: 'hex' | 'base64' = 'hex',
	url = delivery.url,
): Delivery {
	const pairs = [...new URL(url).searchParams];
	const signature = signWebhook(booksSecret(delivery.url), pairs, body, encoding);
	return { ...delivery, url, body, headers: { ...delivery.headers, 'X-Zoho-Webhook-Signature': signature } };
}

describe('Zoho Books: a delivery', () => {
	let delivery: Delivery;
	beforeAll(async () => (delivery = await listening('books')));
	beforeEach(() => void (driver.executions = []));
	afterAll(leave);

	test.each<[string, (delivery: Delivery) => Delivery]>([
		['as Zoho sent it', (one) => one],
		['signed anew by crypto-js', (one) => signed(one, String(one.body))],
		['signed in Base64', (one) => signed(one, String(one.body), 'base64')],
		[
			'with white space in its body, as that was signed (template: whitespace-preserving)',
			(one) => signed(one, JSON.stringify(JSON.parse(String(one.body)), null, 2)),
		],
		[
			'under another content type',
			(one) => ({ ...one, headers: { ...one.headers, 'content-type': 'text/plain' } }),
		],
		[
			'with headers of no concern',
			(one) => ({ ...one, headers: { ...one.headers, 'x-forwarded-for': '10.0.0.1', cookie: 'a=b' } }),
		],
	])('%s is taken', async (_what, change) => {
		await expectTaken(change(delivery));
	});

	test.each<[string, Forgery]>(booksCases)('%s is refused', async (_what, forge) => {
		const forged = forge({
			delivery,
			secret: booksSecret(delivery.url),
			sign: (body, url) => signed(delivery, body, 'hex', url),
		});
		await expectRefused(forged);
	});

	test('cut anywhere is refused', async () => {
		const body = Buffer.from(delivery.body as string);
		for (let length = 0; length < body.length; length += 7)
			await expectRefused({ ...delivery, body: body.subarray(0, length) });
	});
});

describe('Zoho CRM: a notification', () => {
	let delivery: Delivery;
	beforeAll(async () => (delivery = await listening('crm')));
	beforeEach(() => void (driver.executions = []));
	afterAll(leave);

	test.each<[string, (delivery: Delivery) => Delivery]>([
		['as Zoho sent it', (one) => one],
		['under another content type', (one) => ({ ...one, headers: { 'content-type': 'text/plain' } })],
		[
			'with values that are not used',
			(one) => ({
				...one,
				body: JSON.stringify({ ...JSON.parse(String(one.body)), affected_values: '={{ $env }}' }),
			}),
		],
	])('%s is taken', async (_what, change) => {
		await expectTaken(change(delivery));
	});

	test.each<[string, Forgery]>(crmCases)('%s is refused', async (_what, forge) => {
		await expectRefused(forge({ delivery, secret: '', sign: (body) => ({ ...delivery, body }) }));
	});

	test('cut anywhere is refused', async () => {
		const body = Buffer.from(delivery.body as string);
		for (let length = 0; length < body.length; length++)
			await expectRefused({ ...delivery, body: body.subarray(0, length) });
	});
});

describe.each<Product>(['books', 'crm'])('%s', (product) => {
	afterEach(leave);

	test('a delivery for one trigger is refused by another with the same credential', async () => {
		const first = await listening(product);
		const other = driver;
		driver = triggerOf(zoho, product, {}, structuredClone(other.credential));
		await driver.activate();
		driver.executions = [];
		const query = new URL(first.url).search;
		const { status } = await driver.send(first.body, first.headers as Record<string, string>, query);
		expect([status, driver.executions]).toEqual([401, []]);
		await other.close();
	});

	test('ten seconds after the client secret was changed the old deliveries are refused', async () => {
		const first = await listening(product);
		driver.credential.clientSecret = 'another secret';
		later(10_000);
		await expectRefused(first);
	});

	test('a second after the client secret was changed the new deliveries are taken', async () => {
		await listening(product);
		driver.credential.clientSecret = 'another secret';
		await driver.activate();
		later(1_000);
		desk(zoho, product, 'create', product === 'books' ? { contact_name: 'Second' } : { Last_Name: 'Second' });
		await settled(zoho, driver);
		expect(driver.executions.flat().map((item) => item._event?.delivery)).toContain('webhook');
	});

	test('compressed it is refused or read, never half', async () => {
		const first = await listening(product);
		const body = gzipSync(Buffer.from(first.body as string));
		await expectRefused({ ...first, body, headers: { ...first.headers, 'content-encoding': 'gzip' } });
	});

	test('sent again a hundred times at once it is folded: the record comes as it is now, in one or two executions', async () => {
		// Long enough for a hundred requests on a slow machine.
		const first = await listening(product, { options: { batchWindow: 6 } });
		const answers = await Promise.all(Array.from({ length: 100 }, async () => await post(first)));
		await settled(zoho, driver);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
		expect(driver.executions.length).toBeLessThanOrEqual(2);
		expect(driver.executions.map((items) => items.length)).toEqual(driver.executions.map(() => 1));
		expect(driver.failures).toEqual([]);
	}, 60_000);

	test('sent again after an edit it brings the new values, never the old ones', async () => {
		const first = await listening(product);
		const id = idIn(first, product);
		zoho.simulator.world.clock.advance(2_000);
		desk(zoho, product, 'update', product === 'books' ? { contact_name: 'New' } : { Last_Name: 'New' }, id);
		await settled(zoho, driver);
		driver.executions = [];
		await expectTaken(first);
		expect(driver.items).toEqual([
			expect.objectContaining(product === 'books' ? { contact_name: 'New' } : { Last_Name: 'New' }),
		]);
	});

	test('sent again after a delete it tells that the record is gone', async () => {
		const first = await listening(product);
		desk(zoho, product, 'delete', {}, idIn(first, product));
		await settled(zoho, driver);
		driver.executions = [];
		await expectTaken(first);
		expect(driver.items.map(({ _event }) => _event?.type)).toEqual(['deleted']);
	});
});

function idIn({ body }: Delivery, product: Product): string {
	const content = JSON.parse(String(body)) as { contact?: { contact_id: string }; ids?: string[] };
	return String(product === 'books' ? content.contact?.contact_id : content.ids?.[0]);
}
