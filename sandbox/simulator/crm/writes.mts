import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, fault, faults, refuse } from './errors.mts';
import { checkFeatures } from './features.mts';
import type { FieldSpec } from './modules.mts';
import type { FieldState, ModuleState } from './org.mts';
import { checkId } from './reads.mts';
import type { StoredRecord } from './store.mts';
import { isObject, type Json } from './values.mts';
import { type Change, type WriteContext, type Written, writeDetails } from './writer.mts';

/**
 * Insert, update, upsert and delete: up to 100 records per call, an answer per record in the same order.
 * Sources: https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html, …/update-records.html, …/upsert-records.html,
 * …/delete-records.html, and Zoho's OpenAPI file for records.
 */

const mostRecords = 100;

export type Item = {
	code: string;
	details: unknown;
	message: string;
	status: string;
	[extra: string]: unknown;
};

/** The records of a body, 1 to 100. */
export function recordsOf(call: CrmCall): Json[] {
	checkFeatures(call);
	const { data } = call.json();
	if (data === undefined || data === null) throw new CrmRefusal(400, faults.mandatory('data', '$.data'));
	if (!Array.isArray(data)) throw new CrmRefusal(400, faults.type('jsonarray', 'data', '$.data'));
	if (data.length === 0) throw new CrmRefusal(400, faults.mandatory('data', '$.data'));
	if (data.length > mostRecords) throw new CrmRefusal(400, faults.tooLong(mostRecords, 'data', '$.data'));
	return data.map((record: unknown, index) => {
		if (!isObject(record)) throw new CrmRefusal(400, faults.type('jsonobject', 'data', `$.data[${index}]`));
		return record;
	});
}

/** 207 when some failed; when all did, 400 (412 when what failed was If-Unmodified-Since). */
export function statusOf(items: readonly Item[], success: number): number {
	const failed = items.filter((item) => item.status === 'error');
	if (failed.length === 0) return success;
	if (failed.length < items.length) return 207;
	return failed.every((item) => item.code === 'ALREADY_MODIFIED') ? 412 : 400;
}

const answer = (items: Item[], success: number): SimResponse => ({
	status: statusOf(items, success),
	json: { data: items },
});

const itemOf = (
	call: CrmCall,
	module: ModuleState,
	written: Written,
	message: string,
	extra: Record<string, unknown> = {},
): Item =>
	'fault' in written
		? { ...written.fault }
		: {
				code: 'SUCCESS',
				...extra,
				details: {
					...writeDetails(call.org, written.record),
					...(module.spec.name === 'Notes' ? {} : { $approval_state: 'approved' }),
				},
				message,
				status: 'success',
			};

const contextOf = (call: CrmCall, index: number): WriteContext => ({
	path: `$.data[${index}]`,
	who: call.user,
	unmodifiedSince: call.time('if-unmodified-since'),
});

/** Adds a record; what became of it. */
export function insertedItem(call: CrmCall, module: ModuleState, record: Json, changes: Change[], index = 0): Item {
	const written = call.org.writer.insert(module, record, contextOf(call, index), changes);
	return itemOf(call, module, written, 'record added');
}

/** `POST /{module}`. */
export function insertRecords(call: CrmCall, module: ModuleState): SimResponse {
	const changes: Change[] = [];
	const items = recordsOf(call).map((record, index) => insertedItem(call, module, record, changes, index));
	call.org.publish(changes, 'api');
	return answer(items, 201);
}

/** `PUT /{module}`, or `PUT /{module}/{id}` with one record. */
export function updateRecords(call: CrmCall, module: ModuleState, id?: string): SimResponse {
	if (id !== undefined) checkId(id);
	const changes: Change[] = [];
	const records = recordsOf(call);
	const items = (id === undefined ? records : records.slice(0, 1)).map((record, index) => {
		const context = contextOf(call, index);
		const target = id ?? (typeof record['id'] === 'number' ? String(record['id']) : record['id']);
		if (target === undefined || target === null || target === '')
			return { ...faults.mandatory('id', `${context.path}.id`) };
		return itemOf(
			call,
			module,
			call.org.writer.update(module, String(target), record, context, changes),
			'record updated',
		);
	});
	call.org.publish(changes, 'api');
	return answer(items, 200);
}

/**
 * Fields that tell duplicates, in order: those of duplicate_check_fields, then all unique fields. Without duplicate_check_fields the
 * module's system field comes first; with them it counts only when it is named.
 */
function checkFields(call: CrmCall, module: ModuleState): FieldState[] {
	const unique = [...module.fields.values()].filter((field) => field.unique);
	const { duplicateCheck } = module.spec;
	const asked = call.json()['duplicate_check_fields'];
	if (asked !== undefined && asked !== null && !Array.isArray(asked))
		throw new CrmRefusal(400, faults.type('jsonarray', 'duplicate_check_fields', '$.duplicate_check_fields'));
	const names: unknown[] = Array.isArray(asked) && asked.length ? asked : [duplicateCheck];
	const first = names.flatMap((name, index) => {
		const field = typeof name === 'string' ? module.fields.get(name) : undefined;
		if (field && (field.unique || field.name === duplicateCheck)) return [field];
		if (!Array.isArray(asked) || !asked.length) return [];
		throw new CrmRefusal(
			400,
			fault('INVALID_DATA', 'invalid data', {
				api_name: 'duplicate_check_fields',
				json_path: `$.duplicate_check_fields[${index}]`,
			}),
		);
	});
	return [...new Set([...first, ...unique])];
}

/** The record that a record to be upserted stands for, and the field that told it. */
function existing(
	call: CrmCall,
	module: ModuleState,
	record: Json,
	fields: FieldState[],
): { found: StoredRecord; field: string | null } | undefined {
	const { id } = record;
	const named = typeof id === 'string' && id !== '' ? module.store.get(id) : undefined;
	if (named) return { found: named, field: null };
	for (const field of fields) {
		const value = record[field.name];
		const wanted = typeof value === 'string' ? value.trim() : value;
		if (wanted === undefined || wanted === null || wanted === '' || typeof wanted === 'object') continue;
		const found = call.org.writer.holder(module, field, wanted as string | number | boolean);
		if (found) return { found, field: field.name };
	}
	return undefined;
}

/** `POST /{module}/upsert`. */
export function upsertRecords(call: CrmCall, module: ModuleState): SimResponse {
	const fields = checkFields(call, module);
	const changes: Change[] = [];
	const items = recordsOf(call).map((record, index) => {
		const context = contextOf(call, index);
		const match = existing(call, module, record, fields);
		if (!match && typeof record['id'] === 'string' && record['id'] !== '')
			return { ...faults.badId({ api_name: 'id', json_path: `${context.path}.id` }) };
		return match
			? itemOf(
					call,
					module,
					call.org.writer.update(module, match.found.id, record, context, changes),
					'record updated',
					{ duplicate_field: match.field, action: 'update' },
				)
			: itemOf(call, module, call.org.writer.insert(module, record, context, changes), 'record added', {
					duplicate_field: null,
					action: 'insert',
				});
	});
	call.org.publish(changes, 'api');
	return answer(items, 200);
}

const deleted = (id: string): Item => ({
	code: 'SUCCESS',
	details: { id },
	message: 'record deleted',
	status: 'success',
});

/** `DELETE /{module}?ids=`. */
export function deleteRecords(call: CrmCall, module: ModuleState): SimResponse {
	const text = call.query('ids');
	if (text === undefined)
		return refuse(400, 'REQUIRED_PARAM_MISSING', 'required param is missing', { param_name: 'ids' });
	const ids = text.split(',').map((id) => id.trim());
	if (ids.length > mostRecords)
		return refuse(400, 'LIMIT_EXCEEDED', 'limit exceeded', { limit: mostRecords, param_name: 'ids' });
	const changes: Change[] = [];
	const items = ids.map((id): Item => {
		const written = call.org.writer.remove(module, id, call.user, changes);
		return 'fault' in written ? { ...written.fault } : deleted(id);
	});
	call.org.publish(changes, 'api');
	return answer(items, 200);
}

/** `DELETE /{module}/{id}`. */
export function deleteRecord(call: CrmCall, module: ModuleState, id: string): SimResponse {
	checkId(id);
	const changes: Change[] = [];
	const written = call.org.writer.remove(module, id, call.user, changes);
	if ('fault' in written) throw new CrmRefusal(400, faults.badId({ resource_path_index: 1 }));
	call.org.publish(changes, 'api');
	return { status: 200, json: { data: [deleted(id)] } };
}

/** Names of an object that are no field, or one that cannot be written; of rows, those of their columns. */
function ignoredIn(record: Json, fieldOf: (name: string) => FieldSpec | undefined): string[] {
	return Object.entries(record).flatMap(([name, value]) => {
		if (name === 'id' || name === '_delete' || name === 'Layout' || name.startsWith('$')) return [];
		const field = fieldOf(name);
		if (!field || field.readOnly) return [name];
		if (field.type !== 'subform' || !Array.isArray(value)) return [];
		return value
			.filter(isObject)
			.flatMap((row) => ignoredIn(row, (column) => field.rows?.find((known) => known.name === column)))
			.map((column) => `${name}.${column}`);
	});
}

/** Names in the records of a body that CRM passes over in silence. */
export function ignoredFields(call: CrmCall, module: ModuleState): string[] {
	const { data } = call.json();
	const records = Array.isArray(data) ? (data as unknown[]).filter(isObject) : [];
	return [...new Set(records.flatMap((record) => ignoredIn(record, (name) => module.fields.get(name))))];
}
