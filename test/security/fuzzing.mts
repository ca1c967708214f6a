/** What anybody on the internet could send to a webhook: true deliveries that were damaged, cut or encoded anew, and plain noise. */

import { Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import type { TriggerDriver } from '../engine/triggerSupport.mts';
import type { Zoho } from '../support/zoho.mts';

export const cases = 10_000;
/** Milliseconds; a busy machine takes a while. */
export const patience = 600_000;
export const seed = 20_261_123;
/** At once; the trigger must not mix them up. */
const width = 8;

export interface Sent {
	body: string | Buffer;
	query: string;
	headers: OutgoingHttpHeaders;
}

/** Changes at least one byte. */
export const damaged = (text: string): fc.Arbitrary<Buffer> =>
	fc
		.tuple(
			fc.nat(Math.max(0, text.length - 1)),
			fc.integer({ min: 1, max: 255 }),
			fc.constantFrom('flip', 'cut', 'insert', 'double'),
		)
		.map(([at, by, how]) => {
			const bytes = Buffer.from(text);
			if (how === 'cut') return bytes.subarray(0, at);
			if (how === 'double') return Buffer.concat([bytes, bytes]);
			if (how === 'insert')
				return Buffer.concat([bytes.subarray(0, at), Buffer.from([by]), bytes.subarray(at)]);
			bytes[at] = (bytes[at] ?? 0) ^ by;
			return bytes;
		});

/** A damaged query, still one that can stand in an address. */
export const damagedQuery = (query: string): fc.Arbitrary<string> =>
	damaged(query.slice(1)).map((changed) => asQuery(changed.toString('latin1')));

export const queryNoise = fc.string({ maxLength: 80 }).map(asQuery);

function asQuery(text: string): string {
	return `?${encodeURI(text).replaceAll('#', '%23')}`;
}

export const noise = fc.oneof(
	fc.string({ maxLength: 300 }),
	fc.json(),
	fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
	fc.constantFrom(
		'',
		'{}',
		'[]',
		'null',
		'0',
		'{"__proto__":{"x":1}}',
		'{"constructor":{"prototype":{"x":1}}}',
		'['.repeat(5000),
		'{"a":'.repeat(5000),
		'\u0000',
		'\ufeff',
		'{"contact":null}',
		'{"contact":{"contact_id":{"toString":1}}}',
		'JSONString=%7B%7D',
		'JSONString=%',
	),
);

/** The body in another encoding than it was signed or sent in. */
export const encodedAnew = (body: string): fc.Arbitrary<string | Buffer> =>
	fc
		.constantFrom<BufferEncoding>('utf16le', 'base64', 'hex')
		.map((encoding) =>
			encoding === 'utf16le' ? Buffer.from(body, encoding) : Buffer.from(body).toString(encoding),
		);

const contentTypes = fc.constantFrom(
	'application/json',
	'application/json;charset=UTF-16',
	'application/x-www-form-urlencoded',
	'text/plain',
	'multipart/form-data; boundary=x',
	'application/octet-stream',
	'',
);
const headerText = fc.string({ maxLength: 60 }).map(printable);

/** What HTTP lets a header hold. */
export function printable(text: string): string {
	return text.replace(/[^\x20-\x7e]/g, '?').trim();
}

const headerNoise = fc.dictionary(
	fc.constantFrom(
		'x-forwarded-for',
		'x-forwarded-proto',
		'x-http-method-override',
		'x-original-url',
		'x-hub-signature-256',
		'stripe-signature',
		'webhook-signature',
		'x-zoho-webhook-signature-2',
		'authorization',
		'cookie',
		'content-encoding',
		'user-agent',
		'__proto__',
	),
	fc.oneof(headerText, fc.array(headerText, { minLength: 2, maxLength: 3 })),
	{ maxKeys: 3 },
);

/** Under any content type and with any headers beside its own. */
export const underAnyHeaders = (forged: fc.Arbitrary<Sent>): fc.Arbitrary<Sent> =>
	fc.tuple(forged, contentTypes, headerNoise).map(([sent, type, headers]) => ({
		...sent,
		headers: { ...headers, 'content-type': type, ...sent.headers },
	}));

/**
 * Sends all of it. Each must be refused or have no effect: no word in the answer, no execution, no failed execution, no call to Zoho, no
 * changed prototype.
 * @returns how many were answered with each status
 */
export async function expectNoEffect(
	zoho: Zoho,
	driver: TriggerDriver,
	sent: Sent[],
): Promise<Map<number, number>> {
	const callsBefore = zoho.simulator.calls().length;
	const agent = new Agent({ keepAlive: true, maxSockets: width });
	const waiting = [...sent];
	const answers = new Map<number, number>();
	const work = async () => {
		for (let one = waiting.pop(); one; one = waiting.pop()) {
			const what = `${one.query} ${JSON.stringify(one.headers)} ${String(one.body).slice(0, 200)}`;
			const { status, body } = await post(agent, driver, one);
			if (body !== '' || (status !== 401 && status !== 200))
				throw new Error(`answered ${status} "${body}" to ${what}`);
			if (driver.executions.length + driver.failures.length > 0)
				throw new Error(`started something: ${what}`);
			answers.set(status, (answers.get(status) ?? 0) + 1);
		}
	};
	await Promise.all(Array.from({ length: width }, work));
	agent.destroy();
	await driver.idle();
	expect([...answers.values()].reduce((sum, count) => sum + count, 0)).toBe(sent.length);
	expect([driver.executions, driver.failures, driver.emittedErrors]).toEqual([[], [], []]);
	expect(zoho.simulator.calls()).toHaveLength(callsBefore);
	expect([Object.keys(Object.prototype), ({} as Record<string, unknown>).x]).toEqual([[], undefined]);
	return answers;
}

async function post(
	agent: Agent,
	driver: TriggerDriver,
	{ body, query, headers }: Sent,
): Promise<{ status: number; body: string }> {
	const bytes = Buffer.from(body as string);
	const options = { agent, method: 'POST', headers: { ...headers, 'content-length': bytes.length } };
	return await new Promise((resolve, reject) => {
		const request = httpRequest(`${driver.webhookUrl}${query}`, options, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
		});
		request.on('error', reject);
		request.end(bytes);
	});
}
