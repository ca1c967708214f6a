import { stringify } from 'csv-stringify/sync';
import { strToU8, zipSync } from 'fflate';
import type { SimResponse } from '../../types.mts';
import type { CrmCall } from '../call.mts';
import { refuse } from '../errors.mts';
import type { CrmOrg, FieldState, ModuleState } from '../org.mts';
import { renderUser } from '../render.mts';
import type { Row, Value } from '../store.mts';
import { writeTime } from '../times.mts';
import { isObject, type Json } from '../values.mts';
import { columnOf, testOf } from './criteria.mts';
import { bookOf, type Job, stateOf } from './jobs.mts';

/**
 * Bulk read. Sources: https://www.zoho.com/crm/developer/docs/api/v8/bulk-read/create-job.html, …/job-details.html, …/download-result.html and Zoho's OpenAPI file. A first
 * job is of page 1; those after it are made by page_token alone, as the pages show.
 */

export const bulkReadCredits = 50;
const tokenLife = 24 * 3_600_000;

interface Wish {
	module: string;
	fields?: string[];
	criteria?: Json;
	page: number;
}

interface Outcome {
	csv: string;
	count: number;
	more: boolean;
	token?: string;
}

type ReadJob = Job<Wish, Outcome>;

const moduleOf = (org: CrmOrg, name: string): ModuleState =>
	org.modules.get(name) ?? refuse(400, 'MODULE_NOT_AVAILABLE', `Requested module '${name}' is not available.`, { api_name: name, reason: 'invalid module', module: name });

/** The module that a request is about, for its scope; undefined when the request does not say it. */
export function moduleOfRead(call: CrmCall, id: string | undefined): ModuleState | undefined {
	const name = id === undefined ? nameIn(call) : (bookOf(call.org).reads.get(id)?.wish as Wish | undefined)?.module;
	return name === undefined ? undefined : call.org.modules.get(name);
}

function nameIn(call: CrmCall): string | undefined {
	const { query } = call.json();
	const { module, page_token: token } = isObject(query) ? query : {};
	if (typeof token === 'string') return (bookOf(call.org).tokens.get(token)?.wish as Wish | undefined)?.module;
	return isObject(module) && typeof module['api_name'] === 'string' ? module['api_name'] : undefined;
}

function wishOf(call: CrmCall): Wish {
	const { query, file_type: kind } = call.json();
	if (kind !== undefined && kind !== 'csv') return refuse(400, 'REQUEST_BODY_NOT_SUPPORTED', 'request body contains invalid format');
	if (!isObject(query)) return refuse(400, 'REQUEST_BODY_NOT_SUPPORTED', 'request body contains invalid format');
	const { org } = call;
	const { module: named, fields, criteria, page = 1, page_token: token, cvid, ...rest } = query;
	if (Object.keys(rest).length > 0) return refuse(400, 'REQUEST_BODY_NOT_SUPPORTED', 'request body contains invalid format');
	if (token !== undefined) return goneOn(org, token, [named, fields, criteria].some((part) => part !== undefined));
	if (cvid !== undefined) return refuse(400, 'CVID_NOT_SUPPORTED', 'cvid is not supported');
	const name = isObject(named) ? named['api_name'] : undefined;
	if (typeof name !== 'string') return refuse(400, 'REQUEST_BODY_NOT_SUPPORTED', 'request body contains invalid format');
	const module = moduleOf(org, name);
	if (page !== 1) return refuse(400, 'PAGE_RANGE_EXCEEDED', 'page range exceeded', { max_limit: 1 });
	const names = fields === undefined ? undefined : fieldsOf(org, module, fields);
	if (criteria !== undefined) testOf(org, module, criteria);
	return { module: name, ...(names && { fields: names }), ...(criteria !== undefined && { criteria: criteria as Json }), page: 1 };
}

function goneOn(org: CrmOrg, token: unknown, withMore: boolean): Wish {
	const known = bookOf(org).tokens.get(String(token));
	if (!known || withMore) return refuse(400, 'INVALID_DATA', 'page_token is invalid', { api_name: 'page_token' });
	if (known.expires <= org.now()) return refuse(400, 'EXPIRED_VALUE', 'page_token is expired');
	return known.wish as Wish;
}

function fieldsOf(org: CrmOrg, module: ModuleState, fields: unknown): string[] {
	if (!Array.isArray(fields)) return refuse(400, 'REQUEST_BODY_NOT_SUPPORTED', 'request body contains invalid format');
	return fields.map((name: unknown) => {
		const column = typeof name === 'string' ? columnOf(org, module, name) : undefined;
		if (!column || column.field.type === 'subform') return refuse(400, 'FIELD_NOT_SUPPORTED', 'field is not supported', { api_name: String(name) });
		return name as string;
	});
}

/** `POST /crm/bulk/v8/read`. */
export function createReadJob(call: CrmCall): SimResponse {
	const { org } = call;
	const wish = wishOf(call);
	const job: ReadJob = { id: org.newId(), at: org.now(), by: call.user.id, wish, carryOut: () => carryOut(org, wish) };
	bookOf(org).reads.set(job.id, job);
	const details = { id: job.id, operation: 'read', state: 'ADDED', ...madeBy(org, job) };
	return { status: 201, json: { data: [{ status: 'success', code: 'ADDED_SUCCESSFULLY', message: 'Added successfully.', details }], info: {} } };
}

const madeBy = (org: CrmOrg, { by, at }: { by: string; at: number }) => ({
	created_by: renderUser(org, by, false),
	created_time: writeTime(at, org.timeZone),
});

/** Rows come in the order of their ids, as do those of the pages after. */
function carryOut(org: CrmOrg, wish: Wish): Outcome {
	const module = moduleOf(org, wish.module);
	const test = wish.criteria ? testOf(org, module, wish.criteria) : () => true;
	const { bulkRowsPerJob } = org.switches;
	const found = [...module.store.byId()].filter(test);
	const part = found.slice((wish.page - 1) * bulkRowsPerJob, wish.page * bulkRowsPerJob);
	const columns = (wish.fields ?? [...module.fields.keys()]).filter((name) => name !== 'id').flatMap((name) => {
		const column = columnOf(org, module, name);
		return column && column.field.type !== 'subform' ? [{ name, ...column }] : [];
	});
	const rows = part.map((record) => [record.id, ...columns.map(({ field, read }) => cellOf(org, field, read(record)))]);
	const more = found.length > wish.page * bulkRowsPerJob;
	const token = more ? org.newId() : undefined;
	if (token) bookOf(org).tokens.set(token, { wish: { ...wish, page: wish.page + 1 }, expires: org.now() + tokenLife });
	const csv = stringify([['Id', ...columns.map(({ name }) => name)], ...rows]);
	return { csv, count: part.length, more, ...(token && { token }) };
}

/** Lookups as ids, choices with semicolons, times as ISO 8601. */
function cellOf(org: CrmOrg, field: FieldState, value: Value): string {
	if (value === null) return '';
	if (field.type === 'datetime') return writeTime(Number(value), org.timeZone);
	if (Array.isArray(value)) return (value as Array<string | Row>).filter((one) => typeof one === 'string').join(';');
	return String(value);
}

const unknownJob = (id: string): never => refuse(404, 'RESOURCE_NOT_FOUND', "The requested resource doesn't exist.", { resource: id });

function jobOf(call: CrmCall, id: string): ReadJob {
	return (bookOf(call.org).reads.get(id) as ReadJob | undefined) ?? unknownJob(id);
}

/** `GET /crm/bulk/v8/read/{id}`. */
export function readJobDetails(call: CrmCall, id: string): SimResponse {
	const { org } = call;
	const job = jobOf(call, id);
	const state = stateOf(org, job);
	const { outcome, wish } = job;
	const module = moduleOf(org, wish.module);
	const result = outcome && {
		page: wish.page,
		per_page: org.switches.bulkRowsPerJob,
		count: outcome.count,
		download_url: `/crm/bulk/v8/read/${id}/result`,
		more_records: outcome.more,
		...(outcome.token && { next_page_token: outcome.token }),
	};
	const query = {
		module: { id: module.id, api_name: module.spec.name },
		...(wish.fields && { fields: wish.fields }),
		...(wish.criteria && { criteria: wish.criteria }),
		page: wish.page,
	};
	const row = { id, operation: 'read', state: state === 'INPROGRESS' ? 'IN PROGRESS' : state, ...(result && { result }), query, ...madeBy(org, job), file_type: 'csv' };
	return { status: 200, json: { data: [row] } };
}

/** `GET /crm/bulk/v8/read/{id}/result`. */
export function readJobResult(call: CrmCall, id: string): SimResponse {
	const { org } = call;
	const job = jobOf(call, id);
	if (stateOf(org, job) !== 'COMPLETED' || !job.outcome) return unknownJob(id);
	if (!bookOf(org).mayDownload(org.now())) return refuse(429, 'TOO_MANY_REQUESTS', 'Too many downloads within a minute');
	return {
		status: 200,
		headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename=${id}.zip` },
		bytes: Buffer.from(zipSync({ [`${id}.csv`]: strToU8(job.outcome.csv) })),
	};
}
