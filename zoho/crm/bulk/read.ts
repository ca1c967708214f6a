/** Reading a whole module through jobs of 200,000 rows. Sources: CRM v8 "Create Bulk Read Job", "Get the Status of the Bulk Read Job", "Download Bulk Read Result". */

import type { ZohoClient } from '../../client';
import { ZohoError } from '../../errors';
import { asObject, numberOf, objectsOf, text } from '../../json';
import type { JsonObject, ZohoCall } from '../../types';
import { editionOf } from '../editions';
import { listFields } from '../metadata';
import { kindsOf, valueOf, type FieldKinds } from './cells';
import { rowsOf } from './files';
import { waitFor } from './waiting';

const path = '/crm/bulk/v8/read';

export interface BulkReadOptions {
	/** API names; all that the module has when left out. `id` always comes. */
	fields?: readonly string[];
	/** As the page shows them: `{ field: { api_name }, comparator, value }`, or `{ group_operator, group: […] }`. */
	criteria?: JsonObject;
	/** Milliseconds that each job may take. */
	timeLimit: number;
	/** Told of each job that was made. */
	onJob?: (id: string) => void;
}

/**
 * All rows of a module, in lists of 1,000. Costs 50 credits a job, and one for the kinds of the fields.
 * @throws ZohoError, also when a job fails or takes too long
 */
export async function* bulkRead(client: ZohoClient, module: string, { fields = [], criteria, timeLimit, onJob }: BulkReadOptions): AsyncGenerator<JsonObject[]> {
	const kinds = kindsOf(await listFields(client, module));
	const first: JsonObject = { module: { api_name: module }, ...(fields.length > 0 && { fields: [...fields] }), ...(criteria && { criteria }), page: 1 };
	for (let query = first, page = 1; ; page++) {
		const id = await createJob(client, module, query);
		onJob?.(id);
		const result = await resultOf(client, module, id, timeLimit);
		if (numberOf(result.count) !== 0) yield* rowsOfJob(client, module, id, kinds);
		if (result.more_records !== true) return;
		const token = text(result.next_page_token);
		query = token === '' ? { ...first, page: page + 1 } : { page_token: token };
	}
}

/** The scopes of which the job needs both; the pages write the first in small letters, the OpenAPI file as here. */
function callOf(module: string, more: Pick<ZohoCall, 'method' | 'path'> & Partial<ZohoCall>): ZohoCall {
	return { subject: `all records of ${module}`, scope: `ZohoCRM.bulk.READ, ZohoCRM.modules.${module}.READ`, plan: editionOf(module), ...more };
}

async function createJob(client: ZohoClient, module: string, query: JsonObject): Promise<string> {
	const call = callOf(module, { method: 'POST', path, body: { query }, repeatable: true });
	const body = asObject((await client.request(call)).body);
	const [job] = objectsOf(body.data);
	const id = text(asObject(job?.details).id);
	if (id !== '') return id;
	throw failure(call, 'no-job', 'Zoho CRM did not say which job it made');
}

/** The part `result` of the job, when it is done. */
async function resultOf(client: ZohoClient, module: string, id: string, timeLimit: number): Promise<JsonObject> {
	const call = callOf(module, { method: 'GET', path: `${path}/${encodeURIComponent(id)}` });
	return await waitFor(client, { id, call }, timeLimit, async () => {
		const [job] = objectsOf(asObject((await client.request(call)).body).data);
		const state = text(job?.state);
		if (/^fail/i.test(state)) throw failure(call, 'job-failed', `the job ${id} failed (${state})`);
		return state === 'COMPLETED' ? asObject(job?.result) : undefined;
	});
}

const rowsPerList = 1_000;

async function* rowsOfJob(client: ZohoClient, module: string, id: string, kinds: FieldKinds): AsyncGenerator<JsonObject[]> {
	const call = callOf(module, { method: 'GET', path: `${path}/${encodeURIComponent(id)}/result`, wantsFile: true });
	const reply = await client.request(call);
	let list: JsonObject[] = [];
	for await (const row of rowsOf(reply, call)) {
		list.push(recordOf(row, kinds));
		if (list.length < rowsPerList) continue;
		yield list;
		list = [];
	}
	if (list.length > 0) yield list;
}

/** Some versions write the name of the id with a capital letter. */
function recordOf(row: Record<string, string>, kinds: FieldKinds): JsonObject {
	const values = Object.entries(row).map(([name, cell]) => (name.toLowerCase() === 'id' ? ['id', cell] : [name, valueOf(cell, kinds.get(name))]));
	return Object.fromEntries(values) as JsonObject;
}

function failure(call: ZohoCall, code: string, message: string): ZohoError {
	return new ZohoError([{ intent: 'invalid', code, message, remedy: 'Run this again; look at the criteria where it fails anew.' }], call);
}
