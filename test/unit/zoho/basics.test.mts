import fc from 'fast-check';
import { dataCentreByCode, dataCentreOfApiDomain, dataCentres } from '../../../zoho/dataCentres';
import { parseZohoTime, toBooksTime, toCrmTime } from '../../../zoho/dates';
import { deriveChannelId, deriveSecret, isZohoId } from '../../../zoho/ids';
import { asArray, asObject, chunks, numberOf, objectsOf, text } from '../../../zoho/json';

describe('data centres', () => {
	test('there are ten, each with https origins of its own', () => {
		expect(dataCentres.map(({ code }) => code)).toEqual([
			'us',
			'eu',
			'in',
			'au',
			'jp',
			'ca',
			'cn',
			'sa',
			'uk',
			'ae',
		]);
		const origins = dataCentres.flatMap(({ accounts, api, content = [], downloads = [] }) => [accounts, api, content, downloads].flat());
		expect(new Set(origins).size).toBe(30);
		for (const origin of origins) expect(new URL(origin).origin).toBe(origin);
	});

	test('Canada signs in at zohocloud.ca', () => {
		expect(dataCentreByCode('CA')).toMatchObject({
			accounts: 'https://accounts.zohocloud.ca',
			api: 'https://www.zohoapis.ca',
		});
	});

	test('the United Kingdom and Saudi Arabia are not mixed up', () => {
		expect(dataCentreByCode('uk')?.api).toBe('https://www.zohoapis.uk');
		expect(dataCentreByCode('sa')?.api).toBe('https://www.zohoapis.sa');
	});

	test('every API origin is found again, with one trailing slash too', () => {
		for (const dataCentre of dataCentres) {
			expect(dataCentreOfApiDomain(dataCentre.api)).toBe(dataCentre);
			expect(dataCentreOfApiDomain(`${dataCentre.api}/`)).toBe(dataCentre);
		}
	});

	test.each([
		'http://www.zohoapis.eu',
		'https://www.zohoapis.eu.evil.example',
		'https://evil.example/https://www.zohoapis.eu',
		'https://www.zohoapis.eu@evil.example',
		'https://www.zohoapis.eu:8443',
		'https://www.zohoapis.eu//',
		'https://zohoapis.eu',
		'HTTPS://WWW.ZOHOAPIS.EU/x',
		' https://www.zohoapis.eu',
		'',
	])('no token goes to %j', (apiDomain) => {
		expect(dataCentreOfApiDomain(apiDomain)).toBeUndefined();
	});
});

describe('times', () => {
	const instants = fc
		.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2100, 0, 1) / 1000 })
		.map((s) => s * 1000);

	test('Books gets neither Z, colon nor milliseconds', () => {
		expect(toBooksTime(Date.UTC(2026, 6, 1, 12, 30, 5, 999))).toBe('2026-07-01T12:30:05+0000');
	});

	test('CRM gets an offset with a colon', () => {
		expect(toCrmTime(Date.UTC(2026, 6, 1, 12, 30, 5, 999))).toBe('2026-07-01T12:30:05+00:00');
	});

	test('what is written is read back as the same instant', () => {
		fc.assert(
			fc.property(instants, (instant) => {
				expect(parseZohoTime(toBooksTime(instant))).toBe(instant);
				expect(parseZohoTime(toCrmTime(instant))).toBe(instant);
			}),
		);
	});

	test('offsets of any zone are taken into account', () => {
		fc.assert(
			fc.property(
				instants,
				fc.integer({ min: -12 * 60, max: 14 * 60 }),
				fc.boolean(),
				(instant, offset, colon) => {
					const local = new Date(instant + offset * 60_000).toISOString().slice(0, 19);
					const two = (value: number) => String(value).padStart(2, '0');
					const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}${colon ? ':' : ''}${two(Math.abs(offset) % 60)}`;
					expect(parseZohoTime(local + zone)).toBe(instant);
				},
			),
		);
	});

	test.each([
		'',
		'yesterday',
		'2026-07-01',
		'2026-07-01T12:00:00',
		'2026-13-01T00:00:00Z',
		'12:00',
		'2026-07-01T12:00:00+1',
		'2027-02-29T12:00:00Z',
		'2026-02-30 12:00+01:00',
	])('%j is not an instant', (value) => {
		expect(parseZohoTime(value)).toBeUndefined();
	});
});

describe('ids', () => {
	test('a record id is 1 to 19 digits, as text', () => {
		expect(isZohoId('5725767000000524157')).toBe(true);
		for (const value of ['', '12345678901234567890', '1e5', '-1', ' 1', 5725767000000524, null])
			expect(isZohoId(value)).toBe(false);
	});

	test('a channel id fits a positive signed 64-bit number and is the same every time', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (secret, webhookId) => {
				const id = deriveChannelId(secret, webhookId);
				expect(id).toMatch(/^[1-9][0-9]{0,18}$/);
				expect(BigInt(id)).toBeLessThanOrEqual(2n ** 63n - 1n);
				expect(deriveChannelId(secret, webhookId)).toBe(id);
			}),
		);
	});

	test('other secrets and other webhooks give other channel ids', () => {
		const ids = ['a', 'b', 'c'].flatMap((secret) =>
			['1', '2', '3'].map((webhook) => deriveChannelId(secret, webhook)),
		);
		expect(new Set(ids).size).toBe(9);
	});

	test('a derived secret has the asked length, only letters and digits, and one value per purpose', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 200 }), (secret, webhookId, length) => {
				const derived = deriveSecret(secret, 'signature', webhookId, length);
				expect(derived).toMatch(new RegExp(`^[A-Za-z0-9]{${length}}$`));
				expect(deriveSecret(secret, 'signature', webhookId, length)).toBe(derived);
			}),
		);
		expect(deriveSecret('s', 'signature', 'w', 40)).not.toBe(deriveSecret('s', 'token', 'w', 40));
	});
});

describe('guards for parsed JSON', () => {
	test('whatever comes in, a usable value comes out', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(typeof asObject(value)).toBe('object');
				expect(Array.isArray(asObject(value))).toBe(false);
				expect(Array.isArray(asArray(value))).toBe(true);
				expect(typeof text(value)).toBe('string');
				for (const one of objectsOf(value)) expect(one).not.toBeNull();
			}),
		);
	});

	test('numbers are read from text, and nothing else is one', () => {
		expect([
			numberOf('12.5'),
			numberOf(3),
			numberOf(''),
			numberOf(' '),
			numberOf('x'),
			numberOf(null),
			numberOf(Infinity),
		]).toEqual([12.5, 3, undefined, undefined, undefined, undefined, undefined]);
	});

	test('chunks hold everything once, in order', () => {
		fc.assert(
			fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (list, size) => {
				const parts = chunks(list, size);
				expect(parts.flat()).toEqual(list);
				for (const part of parts) expect(part.length).toBeLessThanOrEqual(size);
			}),
		);
	});
});
