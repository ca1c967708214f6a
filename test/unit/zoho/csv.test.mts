import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';

import { CsvError, csvLine, csvRecords, csvRows } from '../../../zoho/csv';

const cell = fc.oneof(fc.string({ maxLength: 12, unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', ';', 'é', '🧾', 'ש') }), fc.string({ unit: 'grapheme', maxLength: 20 }));
const table = fc.integer({ min: 1, max: 5 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }));

test('what is written is read again, by another reader, too', () => {
	fc.assert(
		fc.property(table, (rows) => {
			const text = rows.map(csvLine).join('');
			expect([...csvRows(text)]).toEqual(rows);
			expect(parse(text, { record_delimiter: '\r\n' })).toEqual(rows);
		}),
	);
});

test('what another writer wrote is read, whatever ends its lines', () => {
	fc.assert(
		fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.boolean(), (rows, record_delimiter, quoted, eof) => {
			// A line without anything stands for no row: only quotes make it one.
			fc.pre(quoted || rows.every((row) => row.length > 1 || row[0] !== ''));
			const text = stringify(rows, { record_delimiter, quoted, quoted_empty: quoted, quoted_match: /[\r\n]/, eof });
			expect([...csvRows(text)]).toEqual(rows);
		}),
	);
});

test('records are told by the names of the first row, with a byte order mark or without', () => {
	for (const mark of ['', '\uFEFF'])
		expect([...csvRecords(`${mark}id,Last_Name,Notes\r\n1,Lee,"two\nlines, and ""quotes"""\r\n2,,\r\n\r\n`)]).toEqual([
			{ id: '1', Last_Name: 'Lee', Notes: 'two\nlines, and "quotes"' },
			{ id: '2', Last_Name: '', Notes: '' },
		]);
	expect([...csvRecords('')]).toEqual([]);
	expect([...csvRecords('id,Name\n')]).toEqual([]);
});

test.each([
	['"open', /character 1 are not closed/],
	['a,b"c\n', /character 4/],
	['"a"b\n', /goes on after its quotes/],
	['id,id\n', /same name/],
	['a,b\n1\n', /Row 2 has 1 cells; there are 2 columns/],
	['a,b\n1,2,3\n', /Row 2 has 3 cells/],
])('%j is refused', (text, words) => {
	expect(() => [...csvRecords(text)]).toThrow(CsvError);
	expect(() => [...csvRecords(text)]).toThrow(words);
});

test('no text makes the reader hang or throw anything but a CsvError', () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '\uFEFF') }), (text) => {
			try {
				for (const row of csvRows(text)) expect(row.length).toBeGreaterThan(0);
			} catch (error) {
				expect(error).toBeInstanceOf(CsvError);
			}
		}),
	);
});
