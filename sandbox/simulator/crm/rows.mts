import { faults } from './errors.mts';
import type { FieldSpec } from './modules.mts';
import type { Row, Value } from './store.mts';
import { type Checked, checkValue, isObject, type Json, type ValueContext } from './values.mts';

type RowResult = { row: Row } | Extract<Checked, { fault: unknown }>;

/** A new row, or one with the columns changed that the entry names. */
function written(field: FieldSpec, entry: Json, at: string, context: ValueContext, before?: Row): RowResult {
	const values: Record<string, Value> = { ...before?.values };
	for (const column of field.rows ?? []) {
		const path = `${at}.${column.name}`;
		if (column.readOnly || (before && !Object.hasOwn(entry, column.name))) continue;
		const checked = checkValue(column, entry[column.name], path, context);
		if ('fault' in checked) return checked;
		if (column.mandatory && checked.value === null) return { fault: faults.mandatory(column.name, path) };
		values[column.name] = checked.value;
	}
	return { row: { id: before?.id ?? context.newId(), values } };
}

/**
 * The rows of a subform after a write: an entry with the `id` of a row changes what it names of it, one without is appended, one with `_delete` takes
 * the row away, and rows that are not named stay.
 * Source: https://www.zoho.com/crm/developer/docs/api/v8/update-subforms.html
 */
export function checkRows(
	field: FieldSpec,
	value: unknown,
	path: string,
	context: ValueContext,
	before: readonly Row[],
): Checked {
	if (value === undefined || value === null) return { value: null };
	if (!Array.isArray(value)) return { fault: faults.type('jsonarray', field.name, path) };
	const rows = new Map(before.map((row) => [row.id, row]));
	for (const [index, entry] of value.entries()) {
		const at = `${path}[${index}]`;
		if (!isObject(entry)) return { fault: faults.type('jsonobject', field.name, at) };
		const { id } = entry;
		const known = typeof id === 'string' ? rows.get(id) : undefined;
		if (id !== undefined && id !== null && !known)
			return { fault: faults.badId({ api_name: 'id', json_path: `${at}.id` }) };
		if (Object.hasOwn(entry, '_delete')) {
			if (!known) return { fault: faults.mandatory('id', `${at}.id`) };
			rows.delete(known.id);
			continue;
		}
		const result = written(field, entry, at, context, known);
		if ('fault' in result) return result;
		rows.set(result.row.id, result.row);
	}
	if (rows.size > field.length) return { fault: faults.tooLong(field.length, field.name, path) };
	return { value: rows.size ? [...rows.values()] : null };
}
