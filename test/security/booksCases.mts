/** Forged deliveries to the Zoho Books trigger. Each is made of a true one. */

import CryptoJS from 'crypto-js';
import type { Delivery } from './triggers.mts';

export interface Means {
	/** A true delivery, as it went over the wire. */
	delivery: Delivery;
	/** Of its webhook; '' where there is none. */
	secret: string;
	/** Signs as Zoho would: for content that even a right signature must not get through. */
	sign(body: string, url?: string): Delivery;
}
export type Forgery = (means: Means) => Delivery;

const header = 'X-Zoho-Webhook-Signature';
const signatureOf = ({ headers }: Delivery) => String(headers[header]);
const withSignature = (delivery: Delivery, signature: string | string[] | undefined): Delivery => {
	const { [header]: _left, ...headers } = delivery.headers;
	return { ...delivery, headers: signature === undefined ? headers : { ...headers, [header]: signature } };
};
const withHeaders = (delivery: Delivery, headers: Delivery['headers']): Delivery => ({
	...delivery,
	headers: { ...delivery.headers, ...headers },
});
const withQuery = (delivery: Delivery, change: (query: string) => string): Delivery => {
	const [address, query = ''] = delivery.url.split('?');
	return { ...delivery, url: `${address}?${change(query)}` };
};
const bodyOf = ({ body }: Delivery) => String(body);
const hmac = (secret: string, message: string) =>
	CryptoJS.HmacSHA256(message, secret).toString(CryptoJS.enc.Hex);
const parsed = (delivery: Delivery) => JSON.parse(bodyOf(delivery)) as { contact: Record<string, unknown> };
const contactWith = (delivery: Delivery, more: object) =>
	JSON.stringify({ contact: { ...parsed(delivery).contact, ...more } });
const mebibyte = 1024 * 1024;

const signatures: Array<[string, Forgery]> = [
	['without a signature (template: missing)', ({ delivery }) => withSignature(delivery, undefined)],
	['with an empty signature (stripe: null or empty)', ({ delivery }) => withSignature(delivery, '')],
	[
		'with a malformed signature (template, stripe: bad_header)',
		({ delivery }) => withSignature(delivery, "I'm not even a real signature header"),
	],
	['with 64 zeros', ({ delivery }) => withSignature(delivery, '0'.repeat(64))],
	[
		'with part of the signature (standard-webhooks: partial)',
		({ delivery }) => withSignature(delivery, signatureOf(delivery).slice(0, 8)),
	],
	[
		'with the signature and one digit more',
		({ delivery }) => withSignature(delivery, `${signatureOf(delivery)}0`),
	],
	[
		'with a last digit changed',
		({ delivery }) =>
			withSignature(
				delivery,
				signatureOf(delivery).replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
			),
	],
	[
		'with the signature under a scheme (stripe: scheme missing)',
		({ delivery }) => withSignature(delivery, `t=${Date.now()},v=${signatureOf(delivery)}`),
	],
	[
		'with several signatures in one header (standard-webhooks: multi sig)',
		({ delivery }) => withSignature(delivery, `${'0'.repeat(64)} ${signatureOf(delivery)}`),
	],
	[
		'with the header twice, both right (stripe: array header)',
		({ delivery }) => withSignature(delivery, [signatureOf(delivery), signatureOf(delivery)]),
	],
	[
		'with the header twice, the first one right',
		({ delivery }) => withSignature(delivery, [signatureOf(delivery), '0'.repeat(64)]),
	],
	[
		'with the header twice, the last one right',
		({ delivery }) => withSignature(delivery, ['0'.repeat(64), signatureOf(delivery)]),
	],
	[
		'with the signature under another name',
		({ delivery }) =>
			withHeaders(withSignature(delivery, undefined), {
				'x-hub-signature-256': `sha256=${signatureOf(delivery)}`,
			}),
	],
	[
		'with the signature in the query',
		({ delivery }) =>
			withQuery(
				withSignature(delivery, undefined),
				(query) => `${query}&x-zoho-webhook-signature=${signatureOf(delivery)}`,
			),
	],
	[
		'signed with another secret (octokit)',
		({ delivery }) => withSignature(delivery, hmac('another-secret', bodyOf(delivery))),
	],
	['signed with an empty secret', ({ delivery }) => withSignature(delivery, hmac('', bodyOf(delivery)))],
	[
		'signed over its body only',
		({ delivery, secret }) => withSignature(delivery, hmac(secret, bodyOf(delivery))),
	],
	[
		'signed over its body and a time (standard-webhooks)',
		({ delivery, secret }) => withSignature(delivery, hmac(secret, `1614265330.${bodyOf(delivery)}`)),
	],
	[
		'signed with SHA-1',
		({ delivery, secret }) => withSignature(delivery, CryptoJS.HmacSHA1(bodyOf(delivery), secret).toString()),
	],
];

const bodies: Array<[string, Forgery]> = [
	[
		'that is altered (template)',
		({ delivery }) => ({ ...delivery, body: bodyOf(delivery).replace('Acme', 'Evil') }),
	],
	[
		'that was made compact after signing (template: compact-signed)',
		({ delivery, sign }) => ({
			...sign(JSON.stringify(parsed(delivery), null, 2)),
			body: JSON.stringify(parsed(delivery)),
		}),
	],
	['with a space more', ({ delivery }) => ({ ...delivery, body: `${bodyOf(delivery)} ` })],
	['with a byte order mark', ({ delivery }) => ({ ...delivery, body: `\ufeff${bodyOf(delivery)}` })],
	['that stands twice', ({ delivery }) => ({ ...delivery, body: bodyOf(delivery).repeat(2) })],
	['without a body (standard-webhooks: empty payload)', ({ delivery }) => ({ ...delivery, body: '' })],
	['whose body is "null"', ({ delivery }) => ({ ...delivery, body: 'null' })],
	['in UTF-16', ({ delivery }) => ({ ...delivery, body: Buffer.from(bodyOf(delivery), 'utf16le') })],
	[
		'in UTF-16, and says so',
		({ delivery }) =>
			withHeaders(
				{ ...delivery, body: Buffer.from(bodyOf(delivery), 'utf16le') },
				{ 'content-type': 'application/json; charset=utf-16le' },
			),
	],
	[
		'in Latin-1',
		({ delivery }) => ({
			...delivery,
			body: Buffer.from(bodyOf(delivery).replace('Acme', 'Ácmé'), 'latin1'),
		}),
	],
	['in Base64', ({ delivery }) => ({ ...delivery, body: Buffer.from(bodyOf(delivery)).toString('base64') })],
	['in percent encoding', ({ delivery }) => ({ ...delivery, body: encodeURIComponent(bodyOf(delivery)) })],
	[
		'whose escapes are spelled otherwise',
		({ delivery }) => ({ ...delivery, body: bodyOf(delivery).replace('Acme', '\\u0041cme') }),
	],
	[
		'that calls itself a form',
		({ delivery }) => withHeaders(delivery, { 'content-type': 'application/x-www-form-urlencoded' }),
	],
	[
		'that was put into a form',
		({ delivery }) =>
			withHeaders(
				{ ...delivery, body: new URLSearchParams({ JSONString: bodyOf(delivery) }).toString() },
				{ 'content-type': 'application/x-www-form-urlencoded' },
			),
	],
	[
		'as multipart',
		({ delivery }) =>
			withHeaders(
				{ ...delivery, body: `--x\r\n\r\n${bodyOf(delivery)}\r\n--x--` },
				{ 'content-type': 'multipart/form-data; boundary=x' },
			),
	],
	['of 3 MiB', ({ delivery }) => ({ ...delivery, body: bodyOf(delivery) + ' '.repeat(3 * mebibyte) })],
	['of 3 MiB, rightly signed', ({ delivery, sign }) => sign(bodyOf(delivery) + ' '.repeat(3 * mebibyte))],
	['of 20 MiB', ({ delivery }) => ({ ...delivery, body: Buffer.alloc(20 * mebibyte, 0x5b) })],
];

const addresses: Array<[string, Forgery]> = [
	['without its query', ({ delivery }) => ({ ...delivery, url: delivery.url.split('?')[0] ?? '' })],
	['of another event', ({ delivery }) => withQuery(delivery, (query) => query.replace('add_edit', 'delete'))],
	[
		'of another organization',
		({ delivery }) => withQuery(delivery, (query) => query.replace(/organization=\d+/, 'organization=1')),
	],
	['with a parameter more', ({ delivery }) => withQuery(delivery, (query) => `${query}&x=1`)],
	['with an empty parameter more', ({ delivery }) => withQuery(delivery, (query) => `${query}&=`)],
	['with a parameter twice', ({ delivery }) => withQuery(delivery, (query) => `${query}&event=add_edit`)],
	// Joined without separators, these have the signature of the true address.
	[
		'whose name and value are split elsewhere',
		({ delivery }) => withQuery(delivery, (query) => query.replace('event=add_edit', 'eventa=dd_edit')),
	],
	[
		'whose two parameters are joined into one',
		({ delivery }) => withQuery(delivery, (query) => query.replace('&organization=', 'organization')),
	],
	[
		'whose first body character moved into the address',
		({ delivery }) =>
			withQuery({ ...delivery, body: bodyOf(delivery).slice(1) }, (query) =>
				query.replace(/organization=(\d+)/, 'organization=$1{'),
			),
	],
	[
		'with __proto__ in its query',
		({ delivery }) => withQuery(delivery, (query) => `${query}&__proto__=x&__proto__[event]=delete`),
	],
	[
		'with __proto__ in its query, rightly signed',
		({ delivery, sign }) => sign(bodyOf(delivery), `${delivery.url}&__proto__=x`),
	],
	[
		'with a strange event, rightly signed',
		({ delivery, sign }) => sign(bodyOf(delivery), delivery.url.replace('add_edit', 'explode')),
	],
];

/** Even Zoho's own signature does not turn these into a record. */
const contents: Array<[string, Forgery]> = [
	['of no JSON, rightly signed', ({ sign }) => sign('} I am not valid JSON; 123][')],
	['of a list, rightly signed', ({ delivery, sign }) => sign(`[${bodyOf(delivery)}]`)],
	['of a string, rightly signed', ({ delivery, sign }) => sign(JSON.stringify(bodyOf(delivery)))],
	['of an empty object, rightly signed', ({ sign }) => sign('{}')],
	[
		'without an id, rightly signed',
		({ delivery, sign }) => sign(contactWith(delivery, { contact_id: undefined })),
	],
	[
		'whose id is a path, rightly signed',
		({ delivery, sign }) => sign(contactWith(delivery, { contact_id: '../../organizations' })),
	],
	[
		'whose id is an expression, rightly signed',
		({ delivery, sign }) => sign(contactWith(delivery, { contact_id: '={{ $env }}' })),
	],
	[
		'whose id is too long, rightly signed',
		({ delivery, sign }) => sign(contactWith(delivery, { contact_id: '9'.repeat(20) })),
	],
	['whose id is a huge number, rightly signed', ({ sign }) => sign('{"contact":{"contact_id":1e400}}')],
	[
		'whose id is negative, rightly signed',
		({ sign }) => sign('{"contact":{"contact_id":-4600000000260491234}}'),
	],
	[
		'whose id is a list, rightly signed',
		({ delivery, sign }) => sign(contactWith(delivery, { contact_id: [1, 2] })),
	],
	[
		'whose id is in __proto__, rightly signed',
		({ sign }) => sign('{"__proto__":{"contact":{"contact_id":"460000000026049"}}}'),
	],
	[
		'whose record is the prototype of a record, rightly signed',
		({ sign }) => sign('{"contact":{"__proto__":{"contact_id":"460000000026049"}}}'),
	],
	[
		'of JSON 200,000 deep, rightly signed',
		({ sign }) => sign(`{"contact":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
	],
	[
		'of JSON 200,000 deep that never closes, rightly signed',
		({ sign }) => sign('{"contact":'.repeat(200_000)),
	],
];

export const booksCases: Array<[string, Forgery]> = [...signatures, ...bodies, ...addresses, ...contents];
