import fc from 'fast-check';

import { flatten, getPath, isBlank, setPath, unflatten, writable } from '../../../sync/fields';
import { hashOf, shortHash } from '../../../sync/hash';
import { fingerprint, readMark, sameMark, writeMark } from '../../../sync/mark';
import { normalise, normaliseName } from '../../../sync/normalise';
import type { Json, JsonObject, SyncMark } from '../../../sync/types';

describe('values that mean the same', () => {
	const same: Array<[string, Json, Json]> = [
		['Email', ' Ann@Example.COM ', 'ann@example.com'],
		['notes', 'a\r\nb ', 'a\nb'],
		['amount', 12.5, '12.50'],
		['amount', '12', 12],
		['amount', -0, '0'],
		['active', true, 'true'],
		['website', null, ''],
		['website', undefined, '  '],
		['Tag', [], ''],
		['Modified', '2026-01-02T10:00:00+05:30', '2026-01-02T04:30:00Z'],
		['Modified', '2026-01-02T10:00:00+0530', '2026-01-02T04:30:00+00:00'],
		['Account_Name', { id: '4876876000000624001', name: 'Acme' }, '4876876000000624001'],
		['Account_Name', { id: '1', name: 'old name' }, { id: '1' }],
		['Tag', ['b', 'a'], ['a', 'b']],
		['Tag', [{ name: 'vip', id: '7', color_code: null }], ['vip']],
		['Tag', [{ name: 'vip', id: '7', color_code: null }], [{ name: 'vip' }]],
		['rate', 5, '5.00'],
		['rate', '5.0', '5'],
		['rate', 0.1 + 0.2, 0.3],
		['rate', 1234567890123.45, '1234567890123.4500'],
		['rate', -0.5, '-0.500'],
		['lines', [{ a: 5, b: { id: '1', name: 'x' } }], [{ b: { id: '1' }, a: '5.00', c: '' }]],
		['lines', [{ taxes: [{ name: 'VAT', percentage: 19 }] }], [{ taxes: [{ percentage: '19.0', name: 'VAT' }] }]],
		['city', 'Zu\u0308rich', 'Z\u00fcrich'],
	];
	test.each(same)('%s: %j and %j', (field, a, b) => {
		expect(hashOf(a, field)).toBe(hashOf(b, field));
	});

	const different: Array<[string, Json, Json]> = [
		['phone', '0123', '123'],
		['phone', '+49123', '49123'],
		['id', '4876876000000624001', '4876876000000624002'],
		['number', '1234567890123456', '1234567890123457'],
		['name', 'Ann', 'ann'],
		['amount', 0, ''],
		['active', false, ''],
		['date', '2026-01-02', '2026-01-03'],
		['Email_Opt_Out', 'A', 'a'],
		['code', '1e3', '1000'],
		['Product_Code', '1.10', '1.1'],
		['sku', '2026-01-02T10:00:00Z', '2026-01-02T11:00:00+01:00'],
		['rate', 33.333333, 33.33],
		['rate', 999999999999.99, 999999999999.98],
		['lines', [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }]],
		['lines', [{ a: 1 }], [{ a: 1 }, { a: 1 }]],
	];
	test.each(different)('%s: not %j and %j', (field, a, b) => {
		expect(hashOf(a, field)).not.toBe(hashOf(b, field));
	});

	test('normalising what is normalised changes nothing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.string())), (value) => {
				if (typeof value !== 'object') expect(normalise(normalise(value))).toBe(normalise(value));
				expect(hashOf(value, 'x') === '').toBe(isBlank(value));
			}),
		);
	});

	test('names fold accents, case, punctuation and spaces, and keep other scripts apart', () => {
		expect(normaliseName('  ACME,  Gmbh & Co. ')).toBe('acme gmbh co');
		expect(normaliseName('Müller Straße')).toBe(normaliseName('MULLER STRASSE'));
		expect(normaliseName('株式会社')).not.toBe(normaliseName('有限会社'));
		expect(normaliseName('株式会社')).not.toBe('');
	});
});

describe('records as fields', () => {
	test('flattened and built again, a record of plain fields is the same', () => {
		const key = fc.constantFrom('a', 'b', 'city', 'constructor');
		const tree = fc.letrec((tie) => ({
			node: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), tie('node')), {
				minKeys: 1,
			}),
		})).node as fc.Arbitrary<JsonObject>;
		fc.assert(fc.property(tree, (record) => expect(unflatten(flatten(record))).toEqual(record)));
		expect(({} as JsonObject).polluted).toBeUndefined();
	});

	test('lookups are their id for comparison and { id } for writing', () => {
		const record = { Account_Name: { id: '1', name: 'Acme' }, billing_address: { city: 'Bonn' }, Tag: ['a'] };
		expect(flatten(record)).toEqual({ Account_Name: '1', 'billing_address.city': 'Bonn', Tag: ['a'] });
		expect(writable(record).Account_Name).toEqual({ id: '1' });
		expect(getPath(record, 'Account_Name')).toBe('1');
		expect(getPath(record, 'billing_address.city')).toBe('Bonn');
		expect(getPath(record, 'shipping_address.city')).toBeUndefined();
	});

	test('setting a path keeps its neighbours', () => {
		const record: JsonObject = { address: { city: 'Bonn' } };
		setPath(record, 'address.zip', '53111');
		expect(record).toEqual({ address: { city: 'Bonn', zip: '53111' } });
	});
});

describe('the sync mark', () => {
	const half = fc.dictionary(
		fc.stringMatching(/^[A-Za-z_.]{1,30}$/),
		fc.oneof(fc.constant(''), fc.string().map(shortHash)),
		{ maxKeys: 60 },
	);
	const mark: fc.Arbitrary<SyncMark> = fc.record(
		{
			version: fc.constant(1 as const),
			booksModified: fc.constant('2026-01-02T10:00:00+0530'),
			booksParent: fc.constant('460000000001'),
			books: half,
			crm: half,
		},
		{ requiredKeys: ['version', 'books', 'crm'] },
	);

	test('is read back as it was written, and equal marks give equal text', () => {
		fc.assert(
			fc.property(mark, (one) => {
				const text = writeMark(one, Infinity);
				expect(readMark(text)).toEqual(one);
				const shuffled = { ...one, crm: Object.fromEntries(Object.entries(one.crm).reverse()) };
				expect(writeMark(shuffled, Infinity)).toBe(text);
			}),
		);
	});

	test('fits the field, loses whole entries only, and still counts as the same mark when it is read back', () => {
		fc.assert(
			fc.property(mark, fc.integer({ min: 250, max: 2000 }), (one, limit) => {
				const text = writeMark(one, limit);
				expect(text.length).toBeLessThanOrEqual(limit);
				const read = readMark(text) as SyncMark;
				for (const side of ['books', 'crm'] as const) {
					for (const [key, hash] of Object.entries(read[side])) expect(one[side][key]).toBe(hash);
				}
				expect(sameMark(read, one, limit)).toBe(true);
			}),
		);
	});

	test('any other text is no mark, and reading it never throws', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.json(), fc.string()), (text) =>
				expect(readMark(text)).toBeUndefined(),
			),
		);
		for (const text of [
			'',
			'{}',
			'null',
			'[]',
			'{"version":2,"books":{},"crm":{}}',
			'{"version":1,"books":[],"crm":{}}',
			'{"version":1,"boo',
		]) {
			expect(readMark(text)).toBeUndefined();
		}
	});

	test('one changed hash makes another mark, another time alone does not', () => {
		const one: SyncMark = { version: 1, booksModified: 'a', books: { email: 'x' }, crm: {} };
		expect(sameMark({ ...one, booksModified: 'b' }, one)).toBe(true);
		expect(sameMark({ ...one, books: { email: 'y' } }, one)).toBe(false);
		expect(sameMark({ ...one, booksParent: '1' }, one)).toBe(false);
		expect(sameMark(undefined, one)).toBe(false);
	});

	test('a fingerprint covers the paths asked for, blank ones included', () => {
		expect(
			fingerprint({ email: 'A@b.c', address: { city: '' } }, ['email', 'address.city', 'phone']),
		).toEqual({
			email: hashOf('a@b.c', 'email'),
			'address.city': '',
			phone: '',
		});
	});
});
