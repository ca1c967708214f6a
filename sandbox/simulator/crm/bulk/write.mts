import { stringify } from 'csv-stringify/sync';
import { strToU8, zipSync } from 'fflate';
import type { SimResponse } from '../../types.mts';
import type { CrmCall } from '../call.mts';
import { type CrmFault, refuse } from '../errors.mts';
import type { CrmOrg, CrmUser, FieldState, ModuleState } from '../org.mts';
import { renderUser } from '../render.mts';
import type { StoredRecord } from '../store.mts';
import { writeTime } from '../times.mts';
import { isObject, type Json } from '../values.mts';
import type { Change, Written } from '../writer.mts';
import { knownFormats, valueOfCell } from './cells.mts';
import { bookOf, type Job, stateOf } from './jobs.mts';
import { resultAddress, tableOf } from './upload.mts';

/**
 * Bulk write. Sources: https://www.zoho.com/crm/developer/docs/api/v8/bulk-write/create-job.html, …/job-details.html, …/download-result.html and Zoho's OpenAPI file. Whether the
 * records written are told to notification channels no page says: they are not. Nor in which order the result has the rows: backwards.
 */

export const bulkWriteCredits = 500;
/** "This API does not support … Notes, Tasks, Events, Calls": page "Limitations". */
const unsupported = new Set(['Notes', 'Tasks', 'Events', 'Calls']);
const columnsInResult = 3;

interface Mapping {
	field: FieldState;
	index: number;
	format: string | undefined;
}

interface Wish {
	module: string;
	operation: 'insert' | 'update' | 'upsert';
	mappings: Mapping[];
	shown: Json[];
	findBy: FieldState | undefined;
	ignoreEmpty: boolean;
	rows: string[][];
	fileName: string;
}

interface Outcome {
	added: number;
	updated: number;
	skipped: number;
	csv: string;
}

type WriteJob = Job<Wish, Outcome>;

const missing = (path: string): never =>
	refuse(400, 'MISSING_REQUIRED_KEY', `required key ${path.split('.').at(-1)} is not found in request body.`, { json_path: path });

function wishOf(call: CrmCall): Wish {
	const { operation, resource, ignore_empty: ignoreAll } = call.json();
	if (operation !== 'insert' && operation !== 'update' && operation !== 'upsert') return missing('$.operation');
	const [given, second] = Array.isArray(resource) ? (resource as unknown[]) : [];
	if (!isObject(given)) return missing('$.resource');
	if (second !== undefined) return refuse(400, 'INVALID_REQUEST', 'several modules are not simulated');
	if (given['type'] !== 'data') return missing('$.resource[0].type');
	const module = moduleOf(call.org, given['module']);
	const rows = tableOf(call.org, given['file_id'], given['file_names']);
	const { find_by: by } = given;
	if (by === undefined && operation !== 'insert') return refuse(400, 'MANDATORY_NOT_FOUND', 'Required key find_by is not available');
	const mappings = mappingsOf(call.org, module, given['field_mappings'], rows[0] ?? []);
	const lacking = [...module.fields.values()].some((field) => field.mandatory && !mappings.some((mapping) => mapping.field === field));
	if (lacking && operation !== 'update') return refuse(400, 'MANDATORY_FIELDS_NOT_MAPPED', 'All mandatory fields are not mapped for the layout');
	return {
		module: module.spec.name,
		operation,
		mappings,
		shown: Array.isArray(given['field_mappings']) ? (given['field_mappings'] as Json[]) : [],
		findBy: by === undefined ? undefined : keyField(module, by),
		ignoreEmpty: given['ignore_empty'] === true || ignoreAll === true,
		rows: rows.slice(1),
		fileName: Array.isArray(given['file_names']) ? String(given['file_names'][0]) : `${module.spec.name}.csv`,
	};
}

function moduleOf(org: CrmOrg, given: unknown): ModuleState {
	const name = isObject(given) ? String(given['api_name']) : '';
	const module = org.modules.get(name);
	if (module && !unsupported.has(name)) return module;
	return refuse(400, 'MODULE_NOT_AVAILABLE', `Requested module '${name}' is not available.`);
}

/** `id`, a unique field, or the one by which CRM's own system checks duplicates. */
function keyField(module: ModuleState, by: unknown): FieldState {
	const field = module.fields.get(String(by));
	if (field && (field.name === 'id' || field.unique || field.name === module.spec.duplicateCheck)) return field;
	return refuse(400, 'INVALID_FIELD', `invalid find_by ${String(by)}.`);
}

function mappingsOf(org: CrmOrg, module: ModuleState, given: unknown, head: string[]): Mapping[] {
	const list: Json[] = Array.isArray(given) ? (given as Json[]) : head.map((name, index) => ({ api_name: name, index }));
	return list.flatMap((mapping) => {
		const { api_name: name, index, format, find_by: by, default_value: preset } = mapping;
		if (name === 'Layout') return isObject(preset) && preset['value'] === module.layoutId ? [] : refuse(400, 'INVALID_DATA', 'invalid layout');
		const field = module.fields.get(String(name));
		if (!field || (field.readOnly && name !== 'id') || field.type === 'subform')
			return refuse(400, 'INVALID_FIELD_NAME', `invalid mapping. invalid api_name ${String(name)}.`);
		if (typeof index !== 'number' || !Number.isInteger(index)) return missing('$.resource[0].field_mappings.index');
		if (index < 0 || index >= head.length) return refuse(400, 'COLUMN_INDEX_NOT_FOUND', `column index ${index} is not found`);
		if (field.type === 'lookup' && by !== 'id') return refuse(400, 'MANDATORY_NOT_FOUND', 'Required key find_by is not available');
		const isKnown = knownFormats.get(field.type)?.includes(String(format)) && (org.switches.bulkIsoTimes === 'declared' || !String(format).startsWith('yyyy-MM-dd'));
		if (format !== undefined && format !== null && !isKnown) return refuse(400, 'INVALID_FORMAT', `invalid format ${String(format)}`);
		return [{ field, index, format: typeof format === 'string' ? format : undefined }];
	});
}

/** The module that a new job is about, for its scope. */
export function moduleOfWrite(call: CrmCall): ModuleState | undefined {
	const { resource } = call.json();
	const [first] = Array.isArray(resource) ? (resource as unknown[]) : [];
	const { module } = isObject(first) ? first : {};
	return isObject(module) ? call.org.modules.get(String(module['api_name'])) : undefined;
}

/** `POST /crm/bulk/v8/write`. */
export function createWriteJob(call: CrmCall): SimResponse {
	const { org } = call;
	const wish = wishOf(call);
	const job: WriteJob = { id: org.newId(), at: org.now(), by: call.user.id, wish, carryOut: () => carryOut(org, wish, call.user) };
	bookOf(org).writes.set(job.id, job);
	const details = { id: job.id, created_by: renderUser(org, job.by, false) };
	return { status: 201, json: { status: 'success', code: 'SUCCESS', message: 'success', details } };
}

function carryOut(org: CrmOrg, wish: Wish, who: CrmUser): Outcome {
	const module = org.module(wish.module);
	const changes: Change[] = [];
	const count = { ADDED: 0, UPDATED: 0, SKIPPED: 0 };
	const shown = wish.mappings.slice(0, columnsInResult);
	const lines = wish.rows.map((row) => {
		const { status, id, errors } = writeRow(org, module, wish, row, who, changes);
		count[status]++;
		return [...shown.map(({ index }) => row[index] ?? ''), status, id, errors];
	});
	org.publish(changes, 'api', true);
	if (org.switches.bulkResultOrder === 'backwards') lines.reverse();
	const csv = stringify([[...shown.map(({ field }) => field.name), 'STATUS', 'RECORD_ID', 'ERRORS'], ...lines]);
	return { added: count.ADDED, updated: count.UPDATED, skipped: count.SKIPPED, csv };
}

interface Line {
	status: 'ADDED' | 'UPDATED' | 'SKIPPED';
	id: string;
	errors: string;
}

function writeRow(org: CrmOrg, module: ModuleState, wish: Wish, row: string[], who: CrmUser, changes: Change[]): Line {
	const { operation, findBy, ignoreEmpty } = wish;
	const record: Json = {};
	for (const { field, index, format } of wish.mappings) {
		const cell = row[index] ?? '';
		if (field.name !== 'id' && (cell !== '' || !ignoreEmpty)) record[field.name] = valueOfCell(org, field, cell, format);
	}
	const key = findBy && wish.mappings.find(({ field }) => field === findBy);
	const existing = findBy && key ? found(org, module, findBy, row[key.index] ?? '') : undefined;
	const context = { path: '$', who };
	if (operation === 'insert' && existing) return { status: 'SKIPPED', id: existing.id, errors: `DUPLICATE_DATA-${findBy?.name}` };
	if (operation === 'update' && !existing) return { status: 'SKIPPED', id: '', errors: `RESOURCE_NOT_FOUND-${findBy?.name}` };
	if (operation !== 'insert' && existing) return lineOf('UPDATED', org.writer.update(module, existing.id, record, context, changes));
	return lineOf('ADDED', org.writer.insert(module, record, context, changes));
}

function found(org: CrmOrg, module: ModuleState, field: FieldState, cell: string): StoredRecord | undefined {
	if (cell === '') return undefined;
	return field.name === 'id' ? module.store.get(cell) : org.writer.holder(module, field, cell);
}

function lineOf(status: 'ADDED' | 'UPDATED', written: Written): Line {
	if ('record' in written) return { status, id: written.record.id, errors: '' };
	const several = written.fault.details['errors'] as CrmFault[] | undefined;
	const byCode = new Map<string, string[]>();
	for (const { code, details } of several ?? [written.fault]) byCode.set(code, [...(byCode.get(code) ?? []), String(details['api_name'])]);
	return { status: 'SKIPPED', id: '', errors: [...byCode].map(([code, names]) => `${code}-${names.join(',')}`).join(':') };
}

const unknownJob = (): never => refuse(404, 'RESOURCE_NOT_FOUND', "The requested resource doesn't exist.");
const jobOf = (org: CrmOrg, id: string): WriteJob => (bookOf(org).writes.get(id) as WriteJob | undefined) ?? unknownJob();

/** `GET /crm/bulk/v8/write/{id}`. */
export function writeJobDetails(call: CrmCall, id: string): SimResponse {
	const { org } = call;
	const job = jobOf(org, id);
	const status = stateOf(org, job);
	const { wish, outcome } = job;
	const module = org.module(wish.module);
	const count = (value: number | undefined) => value ?? 0;
	const resource = {
		status,
		type: 'data',
		code: status === 'COMPLETED' ? 'SUCCESS' : 'ADDED',
		module: { api_name: module.spec.name, id: module.id },
		ignore_empty: wish.ignoreEmpty,
		field_mappings: wish.shown.filter(({ index }) => index !== undefined).map(({ api_name, index, format, find_by }) => ({
			...{ api_name, index, format: format ?? null, find_by: find_by ?? null },
		})),
		file: {
			status,
			name: wish.fileName,
			added_count: count(outcome?.added),
			skipped_count: count(outcome?.skipped),
			updated_count: count(outcome?.updated),
			total_count: outcome ? wish.rows.length : 0,
		},
	};
	return {
		status: 200,
		json: {
			status,
			character_encoding: 'UTF-8',
			resource: [resource],
			id,
			...(outcome && { result: { download_url: resultAddress(org, id) } }),
			created_by: renderUser(org, job.by, false),
			operation: wish.operation,
			created_time: writeTime(job.at, org.timeZone),
		},
	};
}

/** The file at the address that the details tell. */
export function writeJobResult(call: CrmCall, id: string): SimResponse {
	const job = jobOf(call.org, id);
	if (!job.outcome) return unknownJob();
	const bytes = Buffer.from(zipSync({ [`${job.wish.module}-bulkwrite.csv`]: strToU8(job.outcome.csv) }));
	return { status: 200, headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${id}.zip"` }, bytes };
}
