/** Signatures of webhooks against published known answers and against a second implementation. */

import crypto from 'node:crypto';
import CryptoJS from 'crypto-js';
import fc from 'fast-check';
import { signWebhook } from '../../sandbox/simulator/books/signature.mts';
import { booksStringToSign, equalSecrets, signBooks, verifyBooksSignature } from '../../zoho/signature';
import { figure } from './figures.mts';
import { vectors } from './vectors.mts';

const words = (value: string | Buffer) =>
	typeof value === 'string'
		? CryptoJS.enc.Utf8.parse(value)
		: CryptoJS.lib.WordArray.create(new Uint8Array(value) as never);
/** Second, independent implementation; lower-case hex. */
const cryptoJs = (key: string | Buffer, message: string | Buffer) =>
	CryptoJS.HmacSHA256(words(message), words(key)).toString(CryptoJS.enc.Hex);
const base64Of = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

describe('published known answers', () => {
	test.each(vectors)('$source', ({ key, message, digest }) => {
		expect(crypto.createHmac('sha256', key).update(message).digest('hex')).toBe(digest);
		expect(cryptoJs(key, message)).toBe(digest);
		// A webhook's secret is text; keys that are bytes show that the two implementations agree, no more.
		if (typeof key !== 'string') return;
		expect(signBooks(key, {}, message)).toBe(digest);
		expect(verifyBooksSignature(key, {}, message, digest)).toBe(true);
		expect(verifyBooksSignature(key, {}, message, base64Of(digest))).toBe(true);
	});

	afterAll(() =>
		figure(`${vectors.length} published known answers recomputed with node:crypto and crypto-js`),
	);

	test('Zoho Billing help, "Securing webhooks": the string that is signed', () => {
		const body = '{"created_date":"2019-03-06","event_id":"5675"}';
		const published = 'namebasicsubscription_id90343{"created_date":"2019-03-06","event_id":"5675"}';
		expect(booksStringToSign({ subscription_id: '90343', name: 'basic' }, body).toString()).toBe(published);
		const theirs = signWebhook(
			'a-secret-1234',
			[
				['subscription_id', '90343'],
				['name', 'basic'],
			],
			body,
			'hex',
		);
		expect(theirs).toBe(cryptoJs('a-secret-1234', published));
		expect(
			verifyBooksSignature('a-secret-1234', { subscription_id: '90343', name: 'basic' }, body, theirs),
		).toBe(true);
	});
});

test('product and sandbox agree on 1,000 random messages, and a changed one is refused', () => {
	const text = fc.string({ unit: 'binary', maxLength: 40 });
	const parameters = fc.dictionary(
		fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((name) => name !== '__proto__'),
		fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
		{ maxKeys: 6 },
	);
	const secret = fc.string({ minLength: 12, maxLength: 50 });
	let compared = 0;
	fc.assert(
		fc.property(secret, parameters, fc.string({ unit: 'binary', maxLength: 400 }), (key, query, body) => {
			const pairs = Object.entries(query).flatMap(([name, values]) =>
				[values].flat().map((value) => [name, value] as const),
			);
			for (const encoding of ['hex', 'base64'] as const) {
				const signature = signWebhook(key, pairs, body, encoding);
				expect(verifyBooksSignature(key, query, Buffer.from(body), signature)).toBe(true);
				expect(verifyBooksSignature(key, query, Buffer.from(`${body} `), signature)).toBe(false);
				expect(verifyBooksSignature(`${key}.`, query, Buffer.from(body), signature)).toBe(false);
				expect(verifyBooksSignature(key, { ...query, more: 'x' }, Buffer.from(body), signature)).toBe(false);
			}
			compared++;
		}),
		{ numRuns: 1_000, seed: 4_231 },
	);
	expect(compared).toBe(1_000);
	figure(
		`${compared} random messages signed by crypto-js were verified by node:crypto, in hex and in Base64`,
	);
});

describe('the spelling of a signature', () => {
	const [vector] = vectors;
	const { key, message, digest } = vector as { key: string; message: string; digest: string };
	const base64 = base64Of(digest);
	const verify = (header: unknown) => verifyBooksSignature(key, {}, message, header);

	test.each([
		['hex in lower case', digest],
		['hex in upper case', digest.toUpperCase()],
		['hex in mixed case', digest.replace(/[a-c]/g, (letter) => letter.toUpperCase())],
		['Base64', base64],
		['with white space around it, which HTTP would take off anyway', ` \t${digest} `],
	])('%s is taken', (_what, header) => {
		expect(verify(header)).toBe(true);
	});

	// The case lists of stripe/stripe-node test/Webhook.spec.ts, standard-webhooks webhook.test.ts and octokit test/verify.test.ts, adapted.
	test.each<[string, unknown]>([
		['absent (stripe: null or empty)', undefined],
		['null (stripe)', null],
		['empty (stripe)', ''],
		['white space', '   '],
		['a list of one (stripe: array header)', [digest]],
		['bytes', Buffer.from(digest)],
		['an object with toString', { toString: () => digest }],
		['not of the format (stripe: bad_header)', "I'm not even a real signature header"],
		['"foo" (octokit)', 'foo'],
		['with wrong first digits (octokit)', `xxx${digest.slice(3)}`],
		['with the scheme of GitHub', `sha256=${digest}`],
		['with the scheme of Stripe', `t=1614265330,v1=${digest}`],
		['with the scheme of Zoho Payments', `t=1614265330000,v=${digest}`],
		['with the scheme of Standard Webhooks', `v1,${base64}`],
		['several, one of them right (standard-webhooks: multi sig)', `${digest} ${'0'.repeat(64)}`],
		['several, by comma (stripe: extra signature)', `${digest},v1=potato`],
		['of 8 characters (standard-webhooks: partial)', digest.slice(0, 8)],
		['one digit short', digest.slice(0, 63)],
		['one digit long', `${digest}0`],
		['twice in a row', digest + digest],
		['hex of 63 digits and a line break', `${digest.slice(0, 63)}\n`],
		['with white space in the middle', `${digest.slice(0, 32)} ${digest.slice(32)}`],
		['with a zero byte', `${digest.slice(0, 63)}\0`],
		['Base64 in lower case', base64.toLowerCase()],
		['Base64 in upper case', base64.toUpperCase()],
		['Base64 without padding', base64.replace('=', '')],
		['Base64 of the hex', Buffer.from(digest).toString('base64')],
		['in hex of the Base64', Buffer.from(base64).toString('hex')],
		['of SHA-1', crypto.createHmac('sha1', key).update(message).digest('hex')],
		['of SHA-512', crypto.createHmac('sha512', key).update(message).digest('hex')],
		['a plain hash without a key', crypto.createHash('sha256').update(message).digest('hex')],
		['full-width digits', digest.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))],
	])('%s is refused', (_what, header) => {
		expect(verify(header)).toBe(false);
	});

	test('each of the 64 digits and each of the 256 bits counts', () => {
		for (let bit = 0; bit < 256; bit++) {
			const changed = Buffer.from(digest, 'hex');
			changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect(verify(changed.toString('hex'))).toBe(false);
			expect(verify(changed.toString('base64'))).toBe(false);
		}
	});

	test('an empty secret verifies nothing, whatever was signed with it', () => {
		expect(verifyBooksSignature('', {}, message, cryptoJs('', message))).toBe(false);
	});
});

describe('comparison takes the same time for every wrong value', () => {
	afterEach(() => jest.restoreAllMocks());

	test.each([
		['right', (digest: string) => digest, true],
		[
			'wrong in the first digit',
			(digest: string) => `${digest[0] === '0' ? '1' : '0'}${digest.slice(1)}`,
			false,
		],
		[
			'wrong in the last digit',
			(digest: string) => `${digest.slice(0, 63)}${digest[63] === '0' ? '1' : '0'}`,
			false,
		],
	])('a signature that is %s goes through timingSafeEqual, whole', (_what, change, expected) => {
		const compare = jest.spyOn(crypto, 'timingSafeEqual');
		const digest = cryptoJs('secret-of-24-characters', 'body');
		expect(verifyBooksSignature('secret-of-24-characters', {}, 'body', change(digest))).toBe(expected);
		expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual([[32, 32]]);
	});

	test.each(['token-of-the-channel', 'token-of-the-channem', 'x', 'token-of-the-channel-and-more'])(
		'so do tokens, of any length: %s',
		(given) => {
			const compare = jest.spyOn(crypto, 'timingSafeEqual');
			expect(equalSecrets(given, 'token-of-the-channel')).toBe(given === 'token-of-the-channel');
			expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual([[32, 32]]);
		},
	);
});
