/** Writing through jobs of 25,000 rows. Sources: CRM v8 "Upload File", "Create Bulk Write Job", "Bulk Write Job Details". Costs 500 credits a job. */

import type { ZohoClient } from '../../client';
import { dataCentreOfApiDomain } from '../../dataCentres';
import { ZohoError, refusal } from '../../errors';
import { ruleOf } from '../../faultTable';
import { asObject, objectsOf, text } from '../../json';
import type { JsonObject, ZohoCall, ZohoFault } from '../../types';
import { zip } from '../../zip';
import { editionOf } from '../editions';
import { getOrg, listFields } from '../metadata';
import { notSent, stopsAll, type RecordResult } from '../records';
import { formats, kindsOf, lookups, type FieldKinds } from './cells';
import { resultsOfJob } from './outcome';
import type { RowResult } from './results';
import { problemOf, rowsOf, tablesOf, type BulkOperation, type Table } from './tables';
import { jobNotDone, waitFor } from './waiting';

export type { BulkOperation } from './tables';

export interface BulkWriteOptions {
	/** Update, upsert: API name of `id` or of a unique field by which existing records are found. */
	findBy: string;
	/** Id of the layout that the records get. */
	layoutId?: string;
	/** Milliseconds that each job may take. */
	timeLimit: number;
}

const path = '/crm/bulk/v8/write';

interface Target extends BulkWriteOptions {
	client: ZohoClient;
	module: string;
	operation: BulkOperation;
	kinds: FieldKinds;
	/** The organization, as uploads name it. */
	zgid: string;
}

/**
 * Writes the records and resolves with one result each, in their order; it does not reject for what Zoho refuses. Records that share no job, because they empty
 * fields or are too many, go in one job after the other. A record of which a table cannot hold a value (subforms, times without an offset) is not sent.
 * @throws ZohoError when nothing could be sent at all
 */
export async function bulkWrite(client: ZohoClient, module: string, operation: BulkOperation, records: readonly JsonObject[], options: BulkWriteOptions): Promise<RecordResult[]> {
	const upload = uploadCall(module);
	if (!dataCentreOfApiDomain(client.connection.apiDomain)?.content) throw noServer(upload);
	const kinds = kindsOf(await listFields(client, module));
	const results: RecordResult[] = [];
	const rows = rowsOf(records, operation, options.findBy, kinds).flatMap((row) => {
		if ('cells' in row) return [row];
		results[row.index] = { index: row.index, ok: false, fault: row.fault };
		return [];
	});
	const zgid = rows.length > 0 ? text((await getOrg(client)).zgid) : '';
	const target = { ...options, client, module, operation, kinds, zgid };
	let stoppedBy: ZohoFault | undefined;
	for (const table of tablesOf(rows, operation, options.findBy)) {
		const fault = stoppedBy ? notSent(stoppedBy) : problemOf(table);
		const written = fault ? everyRow(table, fault) : await writeTable(target, table);
		table.rows.forEach(({ index }, place) => (results[index] = { ...(written[place] as RowResult), index }));
		const stopping = written.map((result) => result.fault).find((one) => one !== undefined && (stopsAll(one) || one.code === jobNotDone));
		stoppedBy ??= stopping;
	}
	return results;
}

const everyRow = ({ rows }: Table, fault: ZohoFault): RowResult[] => rows.map(() => ({ ok: false, fault }));

/** One result for each row, whatever happens. */
async function writeTable(target: Target, table: Table): Promise<RowResult[]> {
	return await sendTable(target, table).catch((error: unknown) => {
		if (error instanceof ZohoError) return everyRow(table, error.fault);
		throw error;
	});
}

async function sendTable(target: Target, table: Table): Promise<RowResult[]> {
	const fileId = await upload(target, table);
	const id = await createJob(target, table, fileId);
	const details = await doneJob(target, id);
	return await resultsOfJob(target.client, { id, details }, table, callOf(target.module, { method: 'GET', path: `${path}/${id}` }));
}

function callOf(module: string, more: Pick<ZohoCall, 'method' | 'path'> & Partial<ZohoCall>): ZohoCall {
	return { subject: `records of ${module} in bulk`, scope: `ZohoCRM.bulk.CREATE, ZohoCRM.modules.${module}.ALL`, plan: editionOf(module), ...more };
}

function uploadCall(module: string): ZohoCall {
	return { ...callOf(module, { method: 'POST', path: '/crm/v8/upload', host: 'content', repeatable: true }), scope: 'ZohoFiles.files.ALL' };
}

/** Resolves with the id by which the job names the file. */
async function upload({ client, module, zgid }: Target, { csv }: Table): Promise<string> {
	const content = await zip({ name: fileName(module), content: new TextEncoder().encode(csv) });
	const call: ZohoCall = {
		...uploadCall(module),
		headers: { feature: 'bulk-write', 'X-CRM-ORG': zgid },
		file: { name: `${module}.zip`, mimeType: 'application/zip', content },
	};
	const fileId = text(asObject(asObject((await client.request(call)).body).details).file_id);
	if (fileId !== '') return fileId;
	throw refusal(call, 'no-file', 'Zoho CRM did not say by which id it keeps the file', 'Run this again.');
}

const fileName = (module: string) => `${module}.csv`;

async function createJob(target: Target, table: Table, fileId: string): Promise<string> {
	const attempt = async (withFormats: boolean) => await target.client.attempt(jobCall(target, table, fileId, withFormats));
	let { reply, error } = await attempt(true);
	// The page knows no ISO times without their format, an earlier one of Zoho's needs none.
	if (error?.fault.code === 'INVALID_FORMAT') ({ reply, error } = await attempt(false));
	if (error) throw error;
	const id = text(asObject(asObject(reply?.body).details).id);
	if (id !== '') return id;
	throw new ZohoError([{ ...unknownJob, outcomeUnknown: true }], jobCall(target, table, fileId, true));
}

const unknownJob: ZohoFault = {
	intent: 'retry',
	code: 'no-job',
	message: 'Zoho CRM did not say which job it made',
	remedy: 'It is unknown whether the records are written. Look for them before you send them again.',
};

function jobCall({ module, operation, findBy, layoutId, kinds }: Target, { columns, ignoreEmpty }: Table, fileId: string, withFormats: boolean): ZohoCall {
	const field_mappings: JsonObject[] = columns.map((api_name, index) => {
		const kind = kinds.get(api_name) ?? '';
		const format = withFormats ? formats[kind] : undefined;
		return { api_name, index, ...(lookups.has(kind) && { find_by: 'id' }), ...(format && { format }) };
	});
	if (layoutId) field_mappings.push({ api_name: 'Layout', default_value: { value: layoutId } });
	const resource = {
		type: 'data',
		module: { api_name: module },
		file_id: fileId,
		file_names: [fileName(module)],
		ignore_empty: ignoreEmpty,
		...(operation !== 'insert' && { find_by: findBy }),
		field_mappings,
	};
	return callOf(module, { method: 'POST', path, body: { character_encoding: 'UTF-8', operation, resource: [resource] } });
}

/** The details of the job, when it is done. */
async function doneJob({ client, module, timeLimit }: Target, id: string): Promise<JsonObject> {
	const call = callOf(module, { method: 'GET', path: `${path}/${encodeURIComponent(id)}` });
	return await waitFor(client, { id, call }, timeLimit, async () => {
		const details = asObject((await client.request(call)).body);
		const [resource] = objectsOf(details.resource);
		const state = text(details.status);
		if (/^fail/i.test(state) || /^fail/i.test(text(resource?.status))) throw failed(call, id, text(resource?.code) || state);
		return state === 'COMPLETED' ? details : undefined;
	});
}

function failed(call: ZohoCall, id: string, code: string): ZohoError {
	const { intent, remedy } = ruleOf('crm', code, 400);
	return new ZohoError([{ intent, code, message: `the job ${id} failed`, remedy }], call);
}

function noServer(call: ZohoCall): ZohoError {
	const message = 'Zoho names no server that takes files for bulk jobs in this data centre';
	return refusal(call, 'no-such-host', message, 'Use Create, Update or Create or Update: they write 100 records per call.');
}
