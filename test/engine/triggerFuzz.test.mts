/**
 * Ten thousand deliveries per trigger that Zoho has not sent: true ones that were damaged, cut, encoded anew or signed by somebody else,
 * and plain noise. Each must be refused, or answered without any effect: no execution, no failed execution, no call to Zoho, no word in the answer.
 */

import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { startZoho, type Zoho } from '../support/zoho.mts';
import { oAuth2Api, TriggerDriver } from './triggerSupport.mts';

const cases = 10_000;
/** Milliseconds; a busy machine takes a minute. */
const patience = 600_000;
/** At once; the trigger must not mix them up. */
const width = 8;

let zoho: Zoho;
let driver: TriggerDriver;

beforeAll(async () => {
	zoho = await startZoho();
});
afterAll(async () => {
	await driver.close();
	await zoho.stop();
});

interface Sent {
	body: string | Buffer;
	query: string;
	headers: Record<string, string>;
}

function triggerOf(product: 'books' | 'crm', parameters: Record<string, unknown>): TriggerDriver {
	const location = product === 'books' ? 'eu' : 'in';
	const { clientId, clientSecret, oauthTokenData } = zoho.simulator.grant({ location, product });
	return new TriggerDriver({
		load: () => {
			const trigger = product === 'books' ? 'ZohoBooksTrigger' : 'ZohoCrmTrigger';
			const type = product === 'books' ? 'ZohoBooksOAuth2Api' : 'ZohoCrmOAuth2Api';
			const nodes = require(`../../nodes/${trigger}/${trigger}.node`) as Record<string, new () => never>;
			const types = require(`../../credentials/${type}.credentials`) as Record<string, new () => never>;
			const name = `zoho${type.slice(4)}`;
			return {
				node: new nodes[trigger]!(),
				credentialTypes: { oAuth2Api, [name]: new types[type]!() },
			};
		},
		parameters: {
			events: ['created', 'updated', 'deleted'],
			delivery: 'webhookAndPolling',
			options: { batchWindow: 0 },
			...parameters,
		} as never,
		credentialType: product === 'books' ? 'zohoBooksOAuth2Api' : 'zohoCrmOAuth2Api',
		credential: { clientId, clientSecret, dataCentre: location, oauthTokenData, grantType: 'authorizationCode' } as never,
		webhookId: `fuzz-${product}`,
	});
}

/** Changes at least one byte. */
const damaged = (text: string): fc.Arbitrary<Buffer> =>
	fc
		.tuple(fc.nat(Math.max(0, text.length - 1)), fc.integer({ min: 1, max: 255 }), fc.constantFrom('flip', 'cut', 'insert', 'double'))
		.map(([at, by, how]) => {
			const bytes = Buffer.from(text);
			if (how === 'cut') return bytes.subarray(0, at);
			if (how === 'double') return Buffer.concat([bytes, bytes]);
			if (how === 'insert') return Buffer.concat([bytes.subarray(0, at), Buffer.from([by]), bytes.subarray(at)]);
			bytes[at] = (bytes[at] ?? 0) ^ by;
			return bytes;
		});

const noise = fc.oneof(
	fc.string({ maxLength: 300 }),
	fc.json(),
	fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
	fc.constantFrom('', '{}', '[]', 'null', '0', '{"__proto__":{"x":1}}', `${'['.repeat(5000)}`, '\u0000', '{"contact":null}', 'JSONString=%7B%7D'),
);
const contentTypes = fc.constantFrom(
	'application/json',
	'application/json;charset=UTF-16',
	'application/x-www-form-urlencoded',
	'text/plain',
	'multipart/form-data; boundary=x',
	'application/octet-stream',
);
const headerNoise = fc.dictionary(
	fc.constantFrom('x-forwarded-for', 'x-http-method-override', 'x-hub-signature-256', 'stripe-signature', 'webhook-signature', 'user-agent'),
	fc.string({ maxLength: 60 }).map((text) => text.replace(/[^\x20-\x7e]/g, '?').trim()),
	{ maxKeys: 3 },
);
const queryNoise = fc.string({ maxLength: 80 }).map((text) => `?${encodeURI(text).replaceAll('#', '%23')}`);

async function refuses(sent: Sent[]): Promise<void> {
	const callsBefore = zoho.simulator.calls().length;
	const waiting = [...sent];
	const answers = new Map<number, number>();
	const work = async () => {
		for (let one = waiting.pop(); one; one = waiting.pop()) {
			const { status, body } = await driver.send(one.body, one.headers, one.query);
			if (body !== '' || (status !== 401 && status !== 200)) {
				throw new Error(`answered ${status} "${body}" to ${one.query} ${JSON.stringify(one.headers)} ${String(one.body).slice(0, 200)}`);
			}
			answers.set(status, (answers.get(status) ?? 0) + 1);
			if (driver.executions.length + driver.failures.length > 0)
				throw new Error(`started something: ${one.query} ${JSON.stringify(one.headers)} ${String(one.body).slice(0, 200)}`);
		}
	};
	await Promise.all(Array.from({ length: width }, work));
	expect([...answers.values()].reduce((sum, count) => sum + count, 0)).toBe(sent.length);
	expect([driver.executions, driver.failures]).toEqual([[], []]);
	expect(zoho.simulator.calls()).toHaveLength(callsBefore);
}

test(`Books: ${cases} deliveries that are not Zoho's`, async () => {
	driver = triggerOf('books', { organizationId: '', resource: 'contact', entities: ['customer', 'vendor'] });
	const signatures: string[] = [];
	const { deliveries } = zoho.simulator.world;
	const send = deliveries.send.bind(deliveries);
	jest.spyOn(deliveries, 'send').mockImplementation((url, message, meta) => {
		signatures.push(message.headers['X-Zoho-Webhook-Signature'] ?? '');
		send(url, message, meta);
	});
	await driver.activate();
	zoho.simulator.desk({
		system: 'books',
		location: 'eu',
		collection: 'contacts',
		action: 'create',
		record: { contact_name: 'Acme', contact_persons: [{ first_name: 'Ann', email: 'ann@acme.example' }] },
	});
	await deliveries.settled();
	await driver.idle();
	driver.executions = [];
	const body = deliveries.log.at(-1)?.body ?? '';
	const query = new URL(deliveries.log.at(-1)?.url ?? '').search;
	const signature = signatures.at(-1) ?? '';
	expect([body.length > 100, query.length > 10, signature.length]).toEqual([true, true, 64]);

	const signedBy = (secret: string) => createHmac('sha256', secret).update(query).update(body).digest('hex');
	const forged = fc.oneof(
		damaged(body).map((changed) => ({ body: changed, query, signature })),
		damaged(signature).map((changed) => ({ body, query, signature: changed.toString('latin1').replace(/[^\x21-\x7e]/g, '!') })),
		damaged(query.slice(1)).map((changed) => ({ body, query: `?${encodeURI(changed.toString('latin1')).replaceAll('#', '%23')}`, signature })),
		fc.string({ minLength: 1, maxLength: 50 }).map((secret) => ({ body, query, signature: signedBy(secret) })),
		fc.constantFrom(`sha256=${signature}`, `t=1,v=${signature}`, signature.slice(0, 63), `${signature}0`, '', 'null').map((one) => ({ body, query, signature: one })),
		fc.record({ body: noise, query: fc.oneof(queryNoise, fc.constant(query)), signature: fc.constantFrom(signature, '', signedBy('x'.repeat(12))) }),
		fc.constantFrom<BufferEncoding>('utf16le', 'base64', 'hex').map((encoding) => ({
			body: encoding === 'utf16le' ? Buffer.from(body, encoding) : Buffer.from(body).toString(encoding),
			query,
			signature,
		})),
	);
	const all = fc.tuple(forged, contentTypes, headerNoise).map(
		([{ signature: signed, ...rest }, type, headers]): Sent => ({
			...rest,
			headers: { ...headers, 'content-type': type, 'x-zoho-webhook-signature': signed },
		}),
	);
	const isTrue = ({ body: sent, query: asked, headers }: Sent) =>
		String(sent) === body && asked === query && headers['x-zoho-webhook-signature']?.toLowerCase() === signature;
	await refuses(fc.sample(all.filter((one) => !isTrue(one)), { numRuns: cases, seed: 20261123 }));
	await driver.close();
}, patience);

test(`CRM: ${cases} notifications that are not Zoho's`, async () => {
	driver = triggerOf('crm', { authentication: 'oAuth2', modules: ['Contacts'], fields: 'Last_Name' });
	await driver.activate();
	const channel = zoho.simulator.world.tenantOf('crm', 'in')?.crm?.channels.live()[0];
	const subscription = [...(channel?.subscriptions.values() ?? [])][0];
	const query = new URL(subscription?.notifyUrl ?? '').search;
	const token = subscription?.token ?? '';
	expect([query.length > 10, token.length]).toEqual([true, 40]);
	const notification = {
		server_time: 1,
		module: 'Contacts',
		ids: ['5'],
		operation: 'update',
		channel_id: channel?.id,
		token,
		affected_fields: [],
		query_params: {},
		resource_uri: '',
	};
	const body = JSON.stringify(notification);
	const withField = (name: string, value: unknown) => JSON.stringify({ ...notification, [name]: value });
	/** Ids of digits only would be a true notification about such a record. */
	const noIds = fc
		.anything({ maxDepth: 2 })
		.filter((value) => ![value].flat().some((one) => /^"?\d+"?$/.test(JSON.stringify(one) ?? '')));

	const forged = fc.oneof(
		damaged(query.slice(1)).map((changed) => ({ body, query: `?${encodeURI(changed.toString('latin1')).replaceAll('#', '%23')}` })),
		damaged(token).map((changed) => ({ body: withField('token', changed.toString('latin1')), query })),
		fc.anything().filter((value) => value !== token).map((value) => ({ body: withField('token', value), query })),
		fc.anything().filter((value) => JSON.stringify(value)?.replaceAll('"', '') !== channel?.id).map((value) => ({ body: withField('channel_id', value), query })),
		fc.anything().filter((value) => value !== 'Contacts').map((value) => ({ body: withField('module', value), query })),
		noIds.map((value) => ({ body: withField('ids', value), query })),
		fc.anything().filter((value) => !['insert', 'update', 'delete'].includes(value as string)).map((value) => ({ body: withField('operation', value), query })),
		fc.record({ body: noise, query: fc.oneof(queryNoise, fc.constant(query)) }),
		fc.constantFrom<BufferEncoding>('utf16le', 'base64', 'hex').map((encoding) => ({
			body: encoding === 'utf16le' ? Buffer.from(body, encoding) : Buffer.from(body).toString(encoding),
			query,
		})),
	);
	const all = fc.tuple(forged, contentTypes, headerNoise).map(
		([rest, type, headers]): Sent => ({ ...rest, headers: { ...headers, 'content-type': type } }),
	);
	const isTrue = ({ body: sent, query: asked }: Sent) => String(sent) === body && asked === query;
	await refuses(fc.sample(all.filter((one) => !isTrue(one)), { numRuns: cases, seed: 20261123 }));
}, patience);
