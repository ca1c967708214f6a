/** Forged notifications to the Zoho CRM trigger. CRM signs nothing: the key in the address and the channel's token prove a notification. */

import type { Forgery } from './booksCases.mts';
import type { Delivery } from './triggers.mts';

const bodyOf = ({ body }: Delivery) => String(body);
const parsed = (delivery: Delivery) => JSON.parse(bodyOf(delivery)) as Record<string, unknown>;
const withFields =
	(more: Record<string, unknown>): Forgery =>
	({ delivery }) => ({ ...delivery, body: JSON.stringify({ ...parsed(delivery), ...more }) });
const withBody =
	(change: (body: string) => string | Buffer): Forgery =>
	({ delivery }) => ({ ...delivery, body: change(bodyOf(delivery)) });
const withUrl =
	(change: (url: string) => string): Forgery =>
	({ delivery }) => ({ ...delivery, url: change(delivery.url) });
const keyOf = (url: string) => new URL(url).searchParams.get('key') ?? '';
/** Writes a value into the JSON that JavaScript cannot hold. */
const withRaw =
	(name: string, json: string): Forgery =>
	({ delivery }) => {
		const { [name]: _left, ...rest } = parsed(delivery);
		return { ...delivery, body: `${JSON.stringify(rest).slice(0, -1)},"${name}":${json}}` };
	};

const keys: Array<[string, Forgery]> = [
	['without the key', withUrl((url) => url.split('?')[0] ?? '')],
	['with an empty key', withUrl((url) => url.replace(/key=.*/, 'key='))],
	['with a wrong key', withUrl((url) => url.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x')))],
	['with a key one character short', withUrl((url) => url.slice(0, -1))],
	['with a key one character long', withUrl((url) => `${url}x`)],
	['with the key twice', withUrl((url) => `${url}&key=${keyOf(url)}`)],
	['with the key as a list', withUrl((url) => url.replace('key=', 'key[]='))],
	['with the key in other letters', withUrl((url) => `${url.split('?')[0]}?key=${keyOf(url).toUpperCase()}`)],
	['with the key under another name', withUrl((url) => url.replace('key=', 'KEY='))],
	['with __proto__ in place of the key', withUrl((url) => url.replace('key=', '__proto__='))],
	[
		'with the key in a header',
		({ delivery }) => ({
			...delivery,
			url: delivery.url.split('?')[0] ?? '',
			headers: { ...delivery.headers, key: keyOf(delivery.url) },
		}),
	],
	[
		'with the key in the body only',
		({ delivery }) => ({
			...delivery,
			url: delivery.url.split('?')[0] ?? '',
			body: JSON.stringify({
				...parsed(delivery),
				key: keyOf(delivery.url),
				query_params: { key: keyOf(delivery.url) },
			}),
		}),
	],
];

const tokens: Array<[string, Forgery]> = [
	['without a token', withFields({ token: undefined })],
	['whose token is null, about an update', withFields({ token: null, operation: 'update' })],
	['whose token is empty', withFields({ token: '' })],
	['with a wrong token', withFields({ token: 'x'.repeat(40) })],
	['with a wrong token, about a delete', withFields({ token: 'x'.repeat(40), operation: 'delete' })],
	[
		'whose token is a list of the right one',
		({ delivery }) => ({
			...delivery,
			body: JSON.stringify({ ...parsed(delivery), token: [parsed(delivery).token] }),
		}),
	],
	['whose token is true', withFields({ token: true })],
	['whose token is an object', withFields({ token: { $ne: '' } })],
	[
		'whose token is in other letters',
		({ delivery }) => ({
			...delivery,
			body: JSON.stringify({ ...parsed(delivery), token: String(parsed(delivery).token).toLowerCase() }),
		}),
	],
	[
		'whose token is that of the address',
		({ delivery }) => ({
			...delivery,
			body: JSON.stringify({ ...parsed(delivery), token: keyOf(delivery.url) }),
		}),
	],
	['of another channel', withFields({ channel_id: '1000000068001' })],
	['of no channel', withFields({ channel_id: null })],
	[
		'whose channel is rounded',
		({ delivery }) => ({
			...delivery,
			body: JSON.stringify({ ...parsed(delivery), channel_id: Number(parsed(delivery).channel_id) }),
		}),
	],
];

const contents: Array<[string, Forgery]> = [
	['about a module nobody asked for', withFields({ module: 'Deals' })],
	['about a module called __proto__', withFields({ module: '__proto__' })],
	['about a module that is an expression', withFields({ module: '={{ $env }}' })],
	['of an unknown operation', withFields({ operation: 'constructor' })],
	['without ids', withFields({ ids: [] })],
	['whose ids are text', withFields({ ids: '4600000000260491234' })],
	['with a query for an id', withFields({ ids: ["5') or (id is not null"] })],
	['with a path for an id', withFields({ ids: ['../../org'] })],
	['with one bad id among good ones', withFields({ ids: ['4600000000260491234', 'x'] })],
	['with an id that is too long', withFields({ ids: ['9'.repeat(20)] })],
	['with an id that is a huge number', withRaw('ids', '[1e400]')],
	['with an id that is a fraction', withRaw('ids', '[1.5]')],
	['with an id of 300 digits', withRaw('ids', `[${'9'.repeat(300)}]`)],
	['of JSON 200,000 deep', withRaw('affected_values', '['.repeat(200_000) + ']'.repeat(200_000))],
	['of JSON 200,000 deep that never closes', withBody(() => '{"ids":'.repeat(200_000))],
	['whose fields are in __proto__', withBody((body) => `{"__proto__":${body}}`)],
	['that is a list', withBody((body) => `[${body}]`)],
	['that is a string', withBody((body) => JSON.stringify(body))],
	[
		'that is XML',
		withBody(() => '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
	],
	['that is empty', withBody(() => '')],
	['that is binary', withBody(() => Buffer.from([0, 255, 254, 1]))],
	['that stands twice', withBody((body) => body.repeat(2))],
	['in UTF-16', withBody((body) => Buffer.from(body, 'utf16le'))],
	['in Base64', withBody((body) => Buffer.from(body).toString('base64'))],
	[
		'as a form',
		({ delivery }) => ({
			...delivery,
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ JSONString: bodyOf(delivery) }).toString(),
		}),
	],
	['of 3 MiB', withBody((body) => body + ' '.repeat(3 * 1024 * 1024))],
	['of 20 MiB', withBody(() => Buffer.alloc(20 * 1024 * 1024, 0x5b))],
];

export const crmCases: Array<[string, Forgery]> = [...keys, ...tokens, ...contents];
