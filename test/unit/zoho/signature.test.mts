import { createHmac } from 'node:crypto';
import CryptoJS from 'crypto-js';
import fc from 'fast-check';
import { booksStringToSign, equalSecrets, signBooks, verifyBooksSignature } from '../../../zoho/signature';

/** Second, independent implementation. */
const cryptoJs = (secret: string, message: string) => CryptoJS.HmacSHA256(message, secret);

describe('the string that Books signs', () => {
	test("is the one of Zoho's page: sorted keys and values, then the raw body", () => {
		const body = '{"created_date":"2019-03-06","event_id":"5675"}';
		const signed = booksStringToSign({ subscription_id: '90343', name: 'basic' }, body);
		expect(signed.toString()).toBe(
			'namebasicsubscription_id90343{"created_date":"2019-03-06","event_id":"5675"}',
		);
	});

	test('is the body alone where there are no parameters', () => {
		expect(booksStringToSign({}, '{"a": 1}').toString()).toBe('{"a": 1}');
	});

	test('holds every value of a repeated parameter', () => {
		expect(booksStringToSign({ b: ['2', '1'], a: '0' }, '').toString()).toBe('a0b2b1');
	});

	test('keeps bytes that are not text', () => {
		const bytes = Buffer.from([0xff, 0x00, 0xfe]);
		expect(booksStringToSign({}, bytes)).toEqual(bytes);
	});
});

describe('published vectors', () => {
	// Each is HMAC-SHA256(secret, body); recomputed by node:crypto and crypto-js besides the published digest.
	const vectors = [
		{
			source: 'GitHub, "Validating webhook deliveries"',
			secret: "It's a Secret to Everybody",
			body: 'Hello, World!',
			hex: '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
		},
		{
			source: 'octokit/webhooks-methods.js',
			secret: 'mysecret',
			body: '{\n  "foo": "bar"\n}\n',
			hex: 'e3eccac34c43c7dc1cbb905488b1b81347fcc700a7b025697a9d07862256023f',
		},
		{
			source: 'Zoho Sign, "Securing webhooks with HMAC"',
			secret: 'thisisthesamplekeyfortestingpurposes',
			body: '{{"requests":{"request_name":"Test Name"},"notifications":{"operation_type":"RequestSigningSuccess"}}',
			hex: Buffer.from('drbSrM4H816RYKpZiRBLddUa0yHaTrwjtY04sIZFZus=', 'base64').toString('hex'),
		},
	];

	test.each(vectors)('$source', ({ secret, body, hex }) => {
		expect(createHmac('sha256', secret).update(body).digest('hex')).toBe(hex);
		expect(cryptoJs(secret, body).toString(CryptoJS.enc.Hex)).toBe(hex);
		expect(signBooks(secret, {}, body)).toBe(hex);
		expect(verifyBooksSignature(secret, {}, body, hex)).toBe(true);
		expect(verifyBooksSignature(secret, {}, body, hex.toUpperCase())).toBe(true);
		expect(verifyBooksSignature(secret, {}, body, Buffer.from(hex, 'hex').toString('base64'))).toBe(true);
	});
});

describe('verifying', () => {
	const secret = 'abcdefghijkl123456';
	const parameters = { organization_id: '20001', event: 'add' };
	const body = '{"contact":{"contact_name":"Müller & Söhne","note":"a  b"}}';
	const good = cryptoJs(secret, `eventaddorganization_id20001${body}`).toString(CryptoJS.enc.Hex);

	test('takes what the other implementation signed, for any text', () => {
		expect(verifyBooksSignature(secret, parameters, body, good)).toBe(true);
		fc.assert(
			fc.property(
				fc.string({ minLength: 1, unit: 'binary' }),
				fc.string({ unit: 'grapheme' }),
				(key, message) => {
					const raw = Buffer.from(message, 'utf8');
					const signature = cryptoJs(key, message).toString(CryptoJS.enc.Hex);
					expect(verifyBooksSignature(key, {}, raw, signature)).toBe(true);
				},
			),
		);
	});

	test('the body without its query string is not enough', () => {
		const bodyOnly = cryptoJs(secret, body).toString(CryptoJS.enc.Hex);
		expect(verifyBooksSignature(secret, parameters, body, bodyOnly)).toBe(false);
	});

	test.each([
		['another secret', () => verifyBooksSignature('abcdefghijkl123457', parameters, body, good)],
		['an empty secret', () => verifyBooksSignature('', parameters, body, cryptoJs('', body).toString())],
		[
			'a body whose spaces were changed',
			() => verifyBooksSignature(secret, parameters, body.replace('  ', ' '), good),
		],
		[
			'a changed parameter',
			() => verifyBooksSignature(secret, { ...parameters, event: 'delete' }, body, good),
		],
		['an added parameter', () => verifyBooksSignature(secret, { ...parameters, x: '1' }, body, good)],
		['no header', () => verifyBooksSignature(secret, parameters, body, undefined)],
		['a list of headers', () => verifyBooksSignature(secret, parameters, body, [good])],
		['a cut header', () => verifyBooksSignature(secret, parameters, body, good.slice(0, 63))],
		['a longer header', () => verifyBooksSignature(secret, parameters, body, `${good}0`)],
		['a header with a scheme', () => verifyBooksSignature(secret, parameters, body, `sha256=${good}`)],
		['an empty header', () => verifyBooksSignature(secret, parameters, body, '')],
	])('refuses %s', (_what, verify) => {
		expect(verify()).toBe(false);
	});

	test('a single changed character anywhere in the signature is refused', () => {
		for (let place = 0; place < good.length; place++) {
			const changed = good.slice(0, place) + (good[place] === '0' ? '1' : '0') + good.slice(place + 1);
			expect(verifyBooksSignature(secret, parameters, body, changed)).toBe(false);
		}
	});
});

describe('comparing secrets', () => {
	test('only equal, non-empty texts are equal', () => {
		expect(equalSecrets('token', 'token')).toBe(true);
		const unequal: Array<[unknown, unknown]> = [
			['token', 'tokem'],
			['token', 'toke'],
			['', ''],
			[undefined, undefined],
			[null, null],
			['1', 1],
		];
		for (const [a, b] of unequal) expect(equalSecrets(a, b)).toBe(false);
	});
});
