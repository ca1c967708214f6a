import fc from 'fast-check';

import { replacedRows } from '../../../zoho/crm/subforms';
import type { JsonObject, JsonValue } from '../../../zoho/types';

/** What CRM makes of rows that an update sends: by id changed or deleted, without one appended, what is not named stays. */
function carriedOut(before: JsonObject[], sent: readonly JsonValue[]): JsonObject[] {
	const rows = new Map(before.map((row) => [String(row.id), row]));
	let next = 1_000;
	for (const entry of sent as JsonObject[]) {
		const { id = `new${next++}`, ...columns } = entry;
		if ('_delete' in entry) rows.delete(String(id));
		else rows.set(String(id), { ...rows.get(String(id)), ...columns, id });
	}
	return [...rows.values()];
}

const columns = fc.record(
	{ Product: fc.constantFrom('lamp', 'book'), Quantity: fc.integer({ min: 1, max: 3 }), Note: fc.constantFrom('x', 'y') },
	{ requiredKeys: ['Product', 'Quantity'] },
);

test('after the update there are exactly the wanted rows, in their order, whatever there was before', () => {
	fc.assert(
		fc.property(fc.array(columns, { maxLength: 6 }), fc.array(columns, { maxLength: 6 }), (old, wanted) => {
			const before = old.map((row, place) => ({ ...row, id: `${place}`, Total: 5, $state: 'x' }));
			const after = carriedOut(before, replacedRows(before, wanted));
			expect(after.map(({ id: _id, Total: _total, $state: _state, ...row }) => row)).toEqual(wanted);
		}),
	);
});

test('rows stay the same rows where they can', () => {
	const before = [
		{ id: '1', Quantity: 1, Discount: 0, Line_Tax: [], Net_Total: 3 },
		{ id: '2', Quantity: 2 },
	];
	expect(replacedRows(before, [{ Quantity: 5 }, { Quantity: 6 }, { Quantity: 7 }])).toEqual([
		{ id: '1', Quantity: 5 },
		{ id: '2', Quantity: 6 },
		{ Quantity: 7 },
	]);
	expect(replacedRows(before, [{ id: 'someone else\'s', Quantity: 5 }])).toEqual([
		{ id: '1', Quantity: 5 },
		{ id: '2', _delete: null },
	]);
});
