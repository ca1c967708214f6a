import fc from 'fast-check';

import { lookUpRecords, lookupsOf } from '../../../sync/lookUp';
import { RecordIndex } from '../../../sync/recordIndex';
import type { JsonObject, MatchRule } from '../../../sync/types';

const record = (id: string, more: JsonObject = {}): JsonObject => ({ id, ...more });
const byEmail = (value: string): MatchRule => ({ kind: 'email', field: 'Email', value });
const idsOf = (records: JsonObject[]) => records.map(({ id }) => id).sort();

test('finds by what rules compare: e-mails in any case, names folded, ids as they are', () => {
	const index = new RecordIndex();
	index.put([
		record('1', { Email: 'Ada@Lovelace.example', Account_Name: 'Café Müller', Zoho_Books_ID: '9007199254740993' }),
		record('2', { Email: 'grace@hopper.example', Account_Name: 'Hopper' }),
		record('3'),
	]);
	expect(idsOf(index.find([{ kind: 'email', field: 'Email', values: [' ada@lovelace.example '] }]))).toEqual(['1']);
	expect(idsOf(index.find([{ kind: 'field', field: 'Account_Name', values: ['cafe muller'] }]))).toEqual(['1']);
	expect(idsOf(index.find([{ kind: 'externalId', field: 'Zoho_Books_ID', values: ['9007199254740993'] }]))).toEqual(['1']);
	expect(index.find([{ kind: 'email', field: 'Email', values: ['', 'nobody@x.example'] }])).toEqual([]);
});

test('a record that is put again is found by what it has now, and no more by what it had', () => {
	const index = new RecordIndex();
	const find = (email: string) => idsOf(index.find([{ kind: 'email', field: 'Email', values: [email] }]));
	index.put([record('1', { Email: 'a@x.example' })]);
	expect(find('a@x.example')).toEqual(['1']);
	index.put([record('1', { Email: 'b@x.example' }), record('2', { Email: 'b@x.example' })]);
	expect([find('a@x.example'), find('b@x.example'), index.size]).toEqual([[], ['1', '2'], 2]);
	index.put([record('1', { Email: 'a@x.example' })]);
	expect([find('a@x.example'), find('b@x.example')]).toEqual([['1'], ['2']]);
});

test('finds what a look through all records finds, whatever was put when', () => {
	const email = fc.constantFrom('a@x.example', 'A@X.example', 'b@x.example', '', null);
	const puts = fc.array(fc.record({ id: fc.constantFrom('1', '2', '3', '4'), Email: email }), { maxLength: 20 });
	fc.assert(
		fc.property(puts, puts, fc.constantFrom('a@x.example', 'b@x.example'), (first, second, wanted) => {
			const index = new RecordIndex();
			index.put(first);
			const lookups = lookupsOf([byEmail(wanted)]);
			index.find(lookups);
			index.put(second);
			const now = [...new Map([...first, ...second].map((one) => [one.id, one])).values()];
			const [plain] = lookUpRecords([[byEmail(wanted)]], now);
			const found = index.find(lookups);
			expect(found.length > 0).toBe(plain?.kind !== 'none');
			expect(idsOf(found)).toEqual(idsOf(now.filter(({ Email }) => Email?.toLowerCase() === wanted)));
		}),
	);
});
