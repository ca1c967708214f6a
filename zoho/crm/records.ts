/** Writing CRM records, 100 per call, with a result for every one. Source: CRM v8 "Insert", "Update", "Upsert" and "Delete Records". */

import type { ZohoClient } from '../client';
import { faultsOfItem, joinFaults } from '../errors';
import { limitOf } from '../faultTable';
import { asArray, asObject, chunks, text } from '../json';
import type { HttpMethod, JsonObject, JsonValue, ZohoCall, ZohoFault, ZohoReply } from '../types';
import { crmRoot } from './read';

export { crmPages, getRecord, getRecordsByIds } from './read';
export type { PageOptions } from './read';

export type CrmWrite = 'create' | 'update' | 'upsert' | 'delete';

export interface WriteOptions {
	/** Upsert: API names of unique fields, the strongest first. Create: records that agree in one of them go in calls one after the other. */
	duplicateCheckFields?: string[];
	/** What CRM runs after the write: some of `workflow`, `approval`, `blueprint`, `pathfinder`, `orchestration`; an empty list for nothing; left out for everything. */
	trigger?: string[];
	/** Update, upsert: refuse (412, intent `changed`) what was changed after this time, as `toCrmTime` writes it. */
	ifUnmodifiedSince?: string;
	/** Create, update: what CRM does with records of the API only when asked, such as `layout_rules`. */
	applyFeatures?: string[];
	/** The records do not enter the cadences of their module. */
	skipCadences?: boolean;
	/** Create, upsert: id of the assignment rule that gives Leads their owner. */
	assignmentRuleId?: string;
	/** Create: sent twice, every record is refused the second time, as it has a unique value. */
	repeatable?: boolean;
}

export interface RecordResult {
	/** Position in the list that was handed in. */
	index: number;
	ok: boolean;
	id?: string;
	action?: 'insert' | 'update' | 'delete';
	/** Zoho's `details`: id, times, who. */
	details?: JsonObject;
	/** Set when `ok` is false. */
	fault?: ZohoFault;
}

const recordsPerCall = 100;

const methods: Record<CrmWrite, HttpMethod> = {
	create: 'POST',
	update: 'PUT',
	upsert: 'POST',
	delete: 'DELETE',
};
const scopes: Record<CrmWrite, string> = {
	create: 'CREATE',
	update: 'UPDATE',
	upsert: 'ALL',
	delete: 'DELETE',
};

/** Whatever fails with one of these fails for the rest of the list too. */
const stopping = new Set(['reauthorise', 'quota', 'unavailable']);

/** Would whatever comes after fail with the same fault? */
export function stopsAll({ intent, code }: ZohoFault): boolean {
	return stopping.has(intent) || limitOf('crm', code, 0) !== undefined || code.startsWith('token-');
}

/**
 * Writes the records in the order given and resolves with one result each, in the same order; it never rejects for Zoho's refusals.
 * A call that fails as a whole gives each of its records the fault; the other calls still go, unless token, quota or rate limit stop everything.
 * Updates and upserts of the same record (same `id`, or same value of a checked field) go in calls one after the other, so that the later one
 * finds what the earlier one wrote; within one call Zoho does not say what becomes of them.
 * `update` and `delete` need an `id` in every record. A delete whose answer got lost has succeeded where the repeat finds nothing.
 */
export async function writeRecords(
	client: ZohoClient,
	module: string,
	operation: CrmWrite,
	records: JsonObject[],
	options: WriteOptions = {},
): Promise<RecordResult[]> {
	const results: RecordResult[] = [];
	const sendable: number[] = [];
	records.forEach((record, index) => {
		const needsId = operation === 'update' || operation === 'delete';
		if (needsId && text(record.id) === '') results[index] = { index, ok: false, fault: missingId(operation) };
		else sendable.push(index);
	});
	let stoppedBy: ZohoFault | undefined;
	const keysOf = (index: number) => keysOfRecord(operation, asObject(records[index]), options);
	for (const indexes of rounds(sendable, keysOf).flatMap((round) => chunks(round, recordsPerCall))) {
		const batch = indexes.map((index) => asObject(records[index]));
		const outcome = stoppedBy
			? { fault: notSent(stoppedBy) }
			: await writeBatch(client, module, operation, batch, options);
		indexes.forEach((index, place) => {
			const result = 'fault' in outcome ? { ok: false, fault: outcome.fault } : outcome.results[place];
			results[index] = { ...(result ?? { ok: false, fault: noResult() }), index };
			if (results[index].fault) results[index].fault = { ...results[index].fault, index };
		});
		if ('fault' in outcome && outcome.stops) stoppedBy = outcome.fault;
	}
	return results;
}

/** Fields by which CRM's own system finds duplicates in an upsert that names no fields (CRM v8 "Upsert Records"). */
export const systemCheckFields = ['Email', 'Account_Name', 'Deal_Name', 'Product_Name', 'Vendor_Name', 'Subject', 'Name'];

/** What tells that two records to be written may be one in Zoho; values are compared without regard to case. */
function keysOfRecord(operation: CrmWrite, record: JsonObject, { duplicateCheckFields = [] }: WriteOptions): string[] {
	if (operation === 'delete' || (operation === 'create' && duplicateCheckFields.length === 0)) return [];
	const checked = duplicateCheckFields.length > 0 ? duplicateCheckFields : systemCheckFields;
	return ['id', ...(operation === 'update' ? [] : checked)].flatMap((field) => {
		const value = text(record[field]).trim().toLowerCase();
		return value === '' ? [] : [`${field} ${value}`];
	});
}

/** As few lists as possible in which no key stands twice; what shares a key keeps its order from list to list. */
function rounds(indexes: number[], keysOf: (index: number) => string[]): number[][] {
	const nextRound = new Map<string, number>();
	const lists: number[][] = [];
	for (const index of indexes) {
		const keys = keysOf(index);
		const round = Math.max(0, ...keys.map((key) => nextRound.get(key) ?? 0));
		for (const key of keys) nextRound.set(key, round + 1);
		(lists[round] ??= []).push(index);
	}
	return lists;
}

type Result = Omit<RecordResult, 'index'>;
type Outcome = { results: Result[] } | { fault: ZohoFault; stops?: boolean };

async function writeBatch(
	client: ZohoClient,
	module: string,
	operation: CrmWrite,
	batch: JsonObject[],
	options: WriteOptions,
): Promise<Outcome> {
	const { reply, error } = await client.attempt(writeCall(module, operation, batch, options));
	if (error) {
		const { fault, status } = error;
		return { fault, stops: status === 429 || stopsAll(fault) };
	}
	const items = asArray(asObject(reply.body).data);
	const [only] = items;
	const sole =
		items.length === 1 && batch.length > 1 ? joinFaults(faultsOfItem(only, reply.status)) : undefined;
	// A module that is not available comes as one item for all records.
	if (sole) return { fault: sole, stops: stopping.has(sole.intent) };
	return { results: items.map((item) => resultOf(item, operation, reply)) };
}

function writeCall(
	module: string,
	operation: CrmWrite,
	batch: JsonObject[],
	options: WriteOptions,
): ZohoCall {
	const path = `${crmRoot}/${encodeURIComponent(module)}`;
	const call: ZohoCall = {
		method: methods[operation],
		path: operation === 'upsert' ? `${path}/upsert` : path,
		subject: subjectOf(module, batch),
		scope: `ZohoCRM.modules.${module}.${scopes[operation]}`,
	};
	if (operation === 'delete') {
		const wf_trigger = options.trigger ? options.trigger.length > 0 : undefined;
		return { ...call, query: { ids: batch.map((record) => text(record.id)).join(','), wf_trigger } };
	}
	const { duplicateCheckFields = [], trigger, ifUnmodifiedSince, repeatable, applyFeatures = [], skipCadences, assignmentRuleId } = options;
	const checks = operation === 'upsert' && duplicateCheckFields.length > 0;
	return {
		...call,
		body: {
			data: batch,
			...(trigger && { trigger }),
			...(checks && { duplicate_check_fields: duplicateCheckFields }),
			...(applyFeatures.length > 0 && { apply_feature_execution: applyFeatures.map((name) => ({ name })) }),
			...(skipCadences && { skip_feature_execution: [{ name: 'cadences' }] }),
			...(assignmentRuleId && { lar_id: assignmentRuleId }),
		},
		...(ifUnmodifiedSince &&
			operation !== 'create' && { headers: { 'If-Unmodified-Since': ifUnmodifiedSince } }),
		// Sent twice, an upsert finds what it inserted, provided that every record has a value to be found by.
		...(checks && batch.every((record) => isFound(record, duplicateCheckFields)) && { repeatable: true }),
		...(repeatable && operation === 'create' && { repeatable }),
	};
}

function isFound(record: JsonObject, duplicateCheckFields: string[]): boolean {
	return text(record.id) !== '' || duplicateCheckFields.some((field) => text(record[field]) !== '');
}

function subjectOf(module: string, batch: JsonObject[]): string {
	const [first] = batch;
	const name =
		text(first?.id) || text(first?.Full_Name) || text(first?.Last_Name) || text(first?.Account_Name);
	return batch.length === 1 ? `${module} ${name}`.trim() : `${batch.length} records of ${module}`;
}

function resultOf(item: JsonValue | undefined, operation: CrmWrite, { status, mayBeDone }: ZohoReply): Result {
	const fault = joinFaults(faultsOfItem(item, status));
	const answer = asObject(item);
	const details = asObject(answer.details);
	const wasDeleted = operation === 'delete' && mayBeDone === true && fault?.intent === 'gone';
	if (fault && !wasDeleted) return { ok: false, fault, details };
	if (!fault && text(answer.status) !== 'success') return { ok: false, fault: noResult() };
	const action = operation === 'upsert' ? text(answer.action) : '';
	return {
		ok: true,
		id: text(details.id),
		action:
			operation === 'delete' ? 'delete' : operation === 'create' || action === 'insert' ? 'insert' : 'update',
		details,
	};
}

function missingId(operation: CrmWrite): ZohoFault {
	const remedy = `Give the item the id of the record to ${operation}.`;
	return { intent: 'invalid', code: 'no-id', message: 'the record has no id', remedy, field: 'id' };
}

function noResult(): ZohoFault {
	return {
		intent: 'retry',
		code: 'no-result',
		message: 'Zoho CRM did not say what became of this record',
		remedy: 'It is unknown whether it was written. Look for the record before you send it again.',
		outcomeUnknown: true,
	};
}

/** The fault of a record that was not sent, because of the fault of an earlier one. */
export function notSent(cause: ZohoFault): ZohoFault {
	return {
		...cause,
		outcomeUnknown: undefined,
		message: `not sent, because an earlier part of the list failed: ${cause.message}`,
	};
}
