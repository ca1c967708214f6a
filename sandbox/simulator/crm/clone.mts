import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, faults } from './errors.mts';
import type { CrmOrg, FieldState, ModuleState } from './org.mts';
import { checkId } from './reads.mts';
import type { Row, StoredRecord, Value } from './store.mts';
import { writeTime } from './times.mts';
import type { Json } from './values.mts';
import type { Change } from './writer.mts';
import { insertedItem, recordsOf } from './writes.mts';

/** Source: Zoho's OpenAPI file for records (cloneRecord). */

/** A stored value as a write takes it. */
function given(org: CrmOrg, field: Pick<FieldState, 'type' | 'rows'>, value: Value): unknown {
	if (value === null) return null;
	switch (field.type) {
		case 'datetime':
			return writeTime(Number(value), org.timeZone);
		case 'lookup':
		case 'parentlookup':
		case 'ownerlookup':
			return { id: String(value) };
		case 'subform':
			return (value as Row[]).map(({ values }) =>
				Object.fromEntries(
					(field.rows ?? []).filter((column) => !column.readOnly).map((column) => [column.name, given(org, column, values[column.name] ?? null)]),
				),
			);
		default:
			return value;
	}
}

function copyOf(org: CrmOrg, module: ModuleState, record: StoredRecord): Json {
	const fields = [...module.fields.values()].filter((field) => !field.readOnly && (record.values[field.name] ?? null) !== null);
	return Object.fromEntries(fields.map((field) => [field.name, given(org, field, record.values[field.name] ?? null)]));
}

/** `POST /{module}/{id}/actions/clone`: what a body names is other than in the record. Unique values are copied, too, and refused. */
export function cloneRecord(call: CrmCall, module: ModuleState, id: string): SimResponse {
	checkId(id);
	const record = module.store.get(id);
	if (!record) throw new CrmRefusal(400, faults.badId({ resource_path_index: 1 }));
	const [changed = {}] = call.hasBody ? recordsOf(call) : [];
	const changes: Change[] = [];
	const input = { ...copyOf(call.org, module, record), ...changed };
	const item = insertedItem(call, module, input, changes);
	call.org.publish(changes, 'api');
	return { status: item.status === 'error' ? 400 : 201, json: { data: [item] } };
}
