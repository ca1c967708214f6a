import { withLastNameKept } from '../../../sync/mapped';
import { hashOf } from '../../../sync/hash';

const bassi = { First_Name: null, Last_Name: 'Bassi' };
const single = { first_name: 'Bassi', last_name: '', email: 'laura@example.com' };

describe('a single name of CRM', () => {
	test('that is the last name in Books says nothing of the first name', () => {
		const kept = { ...single, first_name: '', last_name: 'Bassi' };
		expect(withLastNameKept(single, bassi, { first_name: 'Laura', last_name: 'BASSI' }, undefined)).toEqual(kept);
		expect(withLastNameKept(single, bassi, undefined, { last_name: hashOf('Bassi', 'last_name') })).toEqual(kept);
	});

	test('is the first name where Books has another last name, or none, or nothing is known', () => {
		expect(withLastNameKept(single, bassi, { first_name: 'Laura', last_name: 'Agnesi' }, undefined)).toBe(single);
		expect(withLastNameKept(single, bassi, { first_name: 'Bassi', last_name: '' }, undefined)).toBe(single);
		expect(withLastNameKept(single, bassi, undefined, undefined)).toBe(single);
		expect(withLastNameKept(single, bassi, undefined, { last_name: hashOf('', 'last_name') })).toBe(single);
	});

	test('that CRM has as the first name is one', () => {
		const first = { First_Name: 'Bassi', Last_Name: 'Agnesi' };
		expect(withLastNameKept(single, first, { first_name: 'Laura', last_name: 'Bassi' }, undefined)).toBe(single);
	});

	test('two names stay as they are', () => {
		const both = { first_name: 'Laura', last_name: 'Bassi' };
		expect(withLastNameKept(both, { First_Name: 'Laura', Last_Name: 'Bassi' }, { first_name: 'X', last_name: 'Laura' }, undefined)).toBe(both);
	});
});
