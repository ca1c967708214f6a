import { idFrom, limitFrom, objectFrom, recordFrom, withWholeNumbers } from '../../nodes/shared/given';

test('whole numbers of JSON text that are too long for a number keep all their digits, as text', () => {
	const json = `{ "id": 4876876000000240001, "Account_Name": { "id":-4876876000000240003 }, "list": [9007199254740991,9007199254740993],
		"note": "id: 4876876000000240001, \\"4876876000000240001\\"", "rate": 0.12345678901234567890, "big": 1e+20, "n": -7 }`;
	expect(objectFrom(json)).toEqual({
		id: '4876876000000240001',
		Account_Name: { id: '-4876876000000240003' },
		list: [9007199254740991, '9007199254740993'],
		note: 'id: 4876876000000240001, "4876876000000240001"',
		rate: 0.12345678901234568,
		big: 1e20,
		n: -7,
	});
});

test('a number that has lost digits already is refused, wherever it stands, with its path and what to do', () => {
	const record = { a: 1, lines: [{ item: { id: Number('4876876000000240001') } }] };
	for (const check of [recordFrom, withWholeNumbers]) {
		expect(() => check(record)).toThrow(
			expect.objectContaining({
				message: expect.stringContaining('"lines[0].item.id"') as string,
				remedy: expect.stringContaining('in quotes') as string,
			}),
		);
	}
	expect(() => idFrom(Number('4876876000000240001'))).toThrow(/lost its last digits/);
	expect(idFrom(' 4876876000000240001 ')).toBe('4876876000000240001');
});

test.each(['nonsense', '[1]', '7', '', 7, null, undefined, ['a']])('%j is no record', (value) => {
	expect(() => recordFrom(value)).toThrow(/not a JSON object/);
});

test.each([0, -1, 1.5, 'many'])('%j is no limit', (limit) => {
	expect(() => limitFrom(false, limit)).toThrow(/limit/);
	expect(limitFrom(true, limit)).toBe(Number.POSITIVE_INFINITY);
});
