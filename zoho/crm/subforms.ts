/**
 * Writing records whose rows of subforms are to be replaced. CRM itself keeps rows that an update does not name and adds those without `id`, so a repeat would
 * double them. Source: CRM v8 "Update Subform Data".
 */

import type { ZohoClient } from '../client';
import { ZohoError } from '../errors';
import { asArray, asObject, objectsOf, text } from '../json';
import type { JsonObject, JsonValue, ZohoFault } from '../types';
import { listFields } from './metadata';
import { getRecord } from './read';
import { notSent, stopsAll, writeRecords, type CrmWrite, type RecordResult, type WriteOptions } from './records';
import { settled, unmodifiedSince } from './settled';

/** Lets only one task of a key run at a time. */
export interface Turns {
	run<Result>(key: string, task: () => Promise<Result>): Promise<Result>;
}

/** How often a record is read and written anew when somebody else changes it between the two. */
const mostAttempts = 5;

/** What CRM fills in a row by itself. */
const ownColumns = new Set([
	'id',
	'Created_By',
	'Created_Time',
	'Modified_By',
	'Modified_Time',
	'Net_Total',
	'Parent_Id',
	'Sequence_Number',
	'Tax',
	'Total',
	'Total_After_Discount',
]);

/**
 * As `writeRecords`, but after an update the subforms that a record names have exactly the rows it names, in their order. Such a record is read and written by
 * itself, refused when it was changed in between, and then tried again; records without rows go 100 per call.
 * Upsert: such records are created, and those that CRM refuses because of a unique field of `duplicateCheckFields` are updated instead. Fields that are not unique
 * do not find them.
 */
export async function writeReplacingRows(
	client: ZohoClient,
	module: string,
	operation: CrmWrite,
	records: JsonObject[],
	options: WriteOptions,
	turns: Turns,
): Promise<RecordResult[]> {
	const subforms = await subformsOf(client, module, records);
	const hasRows = (record: JsonObject | undefined) => subforms.some((name) => Array.isArray(record?.[name]));
	const indexes = [...records.keys()];
	const withRows = indexes.filter((index) => hasRows(records[index]));
	const others = indexes.filter((index) => !hasRows(records[index]));
	const results: RecordResult[] = [];
	const write = async (some: number[], how: CrmWrite, more: WriteOptions = {}) => {
		const batch = some.map((index) => asObject(records[index]));
		const written = await writeRecords(client, module, how, batch, { ...options, ...more });
		some.forEach((index, place) => (results[index] = { ...(written[place] as RecordResult), index }));
	};

	await write(others, operation);
	const targets = new Map<number, string>();
	if (operation === 'update') for (const index of withRows) targets.set(index, text(records[index]?.id));
	else {
		const { duplicateCheckFields: checked = [] } = options;
		const isFound = (index: number) => checked.some((field) => text(records[index]?.[field]) !== '');
		await write(withRows, 'create', { repeatable: withRows.every(isFound) });
		for (const index of operation === 'upsert' ? withRows : []) {
			const existing = duplicateOf(results[index], checked);
			if (existing !== undefined) targets.set(index, existing);
		}
	}
	let stoppedBy: ZohoFault | undefined;
	for (const [index, id] of targets) {
		const key = `${client.connection.apiDomain} ${module} ${id}`;
		const task = async () => await replaceRows(client, module, { ...records[index], id }, subforms, options).catch(asResult);
		const result = stoppedBy ? failed(notSent(stoppedBy)) : await turns.run(key, task);
		results[index] = { ...result, index };
		if (result.fault && stopsAll(result.fault)) stoppedBy ??= result.fault;
	}
	return results;
}

function failed(fault: ZohoFault): RecordResult {
	return { index: 0, ok: false, fault };
}

function asResult(error: unknown): RecordResult {
	if (error instanceof ZohoError) return failed(error.fault);
	throw error;
}

/** API names of the module's subforms; no call when no record has a list. */
async function subformsOf(client: ZohoClient, module: string, records: JsonObject[]): Promise<string[]> {
	if (!records.some((record) => Object.values(record).some(Array.isArray))) return [];
	const fields = await listFields(client, module);
	return fields.filter((field) => text(field.data_type) === 'subform').map((field) => text(field.api_name));
}

/** Id of the record that has the value already, when it is one of the checked fields that says so. */
function duplicateOf(result: RecordResult | undefined, checked: readonly string[]): string | undefined {
	const fault = result?.fault;
	if (fault?.intent !== 'duplicate') return undefined;
	return checked.length === 0 || checked.includes(fault.field ?? '') ? fault.existingId : undefined;
}

async function replaceRows(
	client: ZohoClient,
	module: string,
	record: JsonObject,
	subforms: readonly string[],
	options: WriteOptions,
): Promise<RecordResult> {
	const read = async () => await getRecord(client, module, text(record.id));
	for (let attempt = 1; ; attempt++) {
		const current = text(record.id) === '' ? {} : await settled(client, read);
		if (!current) return failed(gone);
		const lists = subforms.filter((name) => Array.isArray(record[name]));
		const rows = lists.map((name) => [name, replacedRows(objectsOf(current[name]), asArray(record[name]))] as const);
		const since = options.ifUnmodifiedSince ?? unmodifiedSince(current);
		const change = { ...record, ...Object.fromEntries(rows) };
		const [result] = await writeRecords(client, module, 'update', [change], { ...options, ...(since && { ifUnmodifiedSince: since }) });
		const wasChanged = result?.fault?.intent === 'changed' && options.ifUnmodifiedSince === undefined;
		if (result && (!wasChanged || attempt === mostAttempts)) return result;
	}
}

const gone: ZohoFault = {
	intent: 'gone',
	code: 'not-found',
	message: 'there is no such record',
	remedy: 'Check the ID and the module. The record may have been deleted.',
	field: 'id',
};

/**
 * What to send so that the rows `before` become the rows `wanted`. A row is changed in its place as long as it has nothing that the new one does not name, which CRM
 * would keep; from the first other one on, rows are deleted and added, so that their order is right.
 */
export function replacedRows(before: readonly JsonObject[], wanted: readonly JsonValue[]): JsonValue[] {
	const misfit = before.findIndex((row, place) => !isCovered(row, wanted[place]));
	const kept = misfit === -1 ? Math.min(before.length, wanted.length) : misfit;
	return [
		...wanted.map((row, place) => {
			const columns = Object.fromEntries(Object.entries(asObject(row)).filter(([name]) => name !== 'id'));
			return place < kept ? { ...columns, id: text(before[place]?.id) } : columns;
		}),
		...before.slice(kept).map((row) => ({ id: text(row.id), _delete: null })),
	];
}

function isCovered(before: JsonObject, wanted: JsonValue | undefined): boolean {
	if (wanted === undefined) return false;
	const named = asObject(wanted);
	return Object.entries(before).every(
		([name, value]) => name in named || ownColumns.has(name) || name.startsWith('$') || isEmpty(value),
	);
}

function isEmpty(value: JsonValue | undefined): boolean {
	return value === undefined || value === null || value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}
