/** Reading CRM records. Source: CRM v8 "Get Records" and "Get a Record". */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, chunks, objectsOf, text } from '../json';
import type { JsonObject, QueryValues, ZohoCall } from '../types';

export const crmRoot = '/crm/v8';

const rowsPerPage = 200;
/** Pages by number reach this many rows; from there on `page_token` leads. */
const rowsByPageNumber = 2_000;
/** `ids` may have 1024 characters: 50 ids of 19 digits. */
const idsPerCall = 50;
/** `fields` may have 50 names and 1024 characters. */
const fieldsPerCall = 50;
const fieldsLength = 1_000;

export interface PageOptions {
	/** API names; more than 50 are fetched in several calls. `id` always comes. */
	fields: string[];
	/** Further parameters, such as `sort_by` and `sort_order`. */
	query?: QueryValues;
	/** Rows in all. */
	limit?: number;
	/** Only what was modified after this time, as `toCrmTime` writes it. */
	modifiedSince?: string;
}

/** Groups of fields that fit into one call. At least one group. */
export function fieldGroups(fields: string[]): string[][] {
	const groups: string[][] = [[]];
	for (const field of new Set(fields)) {
		const last = groups.at(-1) as string[];
		const fits = last.length < fieldsPerCall && [...last, field].join(',').length <= fieldsLength;
		if (fits) last.push(field);
		else groups.push([field]);
	}
	return groups;
}

function readCall(module: string, query: QueryValues): ZohoCall {
	return {
		method: 'GET',
		path: `${crmRoot}/${encodeURIComponent(module)}`,
		query,
		subject: `records of ${module}`,
		scope: `ZohoCRM.modules.${module}.READ`,
	};
}

/** Rows page by page, to the end of the list; an empty answer (204, 304) is an empty list. */
export async function* crmPages(
	client: ZohoClient,
	module: string,
	{ fields, query = {}, limit = Number.POSITIVE_INFINITY, modifiedSince }: PageOptions,
): AsyncGenerator<JsonObject[]> {
	const [first = [], ...others] = fieldGroups(fields.length > 0 ? fields : ['id']);
	const per_page = Math.min(rowsPerPage, limit);
	let left = limit;
	let token = '';
	for (let page = 1; left > 0; page++) {
		const place: QueryValues = token === '' ? { page } : { page_token: token };
		const call = readCall(module, { ...query, fields: first.join(','), per_page, ...place });
		if (modifiedSince) call.headers = { 'If-Modified-Since': modifiedSince };
		const reply = await client.request(call);
		const body = asObject(reply.body);
		const rows = objectsOf(body.data).slice(0, left);
		left -= rows.length;
		if (rows.length > 0) yield await withFields(client, module, rows, others);
		const info = asObject(body.info);
		if (info.more_records !== true) return;
		if (page * per_page < rowsByPageNumber) continue;
		token = text(info.next_page_token);
		if (token === '')
			throw refusal(call, 'no-page-token', 'Zoho CRM told no way to the next page', 'Run this again.');
	}
}

/** The rows with further fields, fetched by id. */
async function withFields(
	client: ZohoClient,
	module: string,
	rows: JsonObject[],
	groups: string[][],
): Promise<JsonObject[]> {
	if (groups.length === 0) return rows;
	const further = await getRecordsByIds(
		client,
		module,
		rows.map((row) => text(row.id)),
		groups.flat(),
	);
	const byId = new Map(further.map((row) => [text(row.id), row]));
	return rows.map((row) => ({ ...row, ...byId.get(text(row.id)) }));
}

/**
 * The records that exist, in the order of `ids`, 50 per call. Without `fields` every record is read alone, which alone brings subforms and full
 * texts.
 */
export async function getRecordsByIds(
	client: ZohoClient,
	module: string,
	ids: string[],
	fields?: string[],
): Promise<JsonObject[]> {
	const found = new Map<string, JsonObject>();
	const wanted = [...new Set(ids)];
	if (!fields) {
		for (const id of wanted) {
			const record = await getRecord(client, module, id);
			if (record) found.set(id, record);
		}
	}
	for (const group of fields ? fieldGroups(fields.length > 0 ? fields : ['id']) : []) {
		for (const part of chunks(wanted, idsPerCall)) {
			const query = { ids: part.join(','), fields: group.join(','), per_page: rowsPerPage };
			const reply = await client.request(readCall(module, query));
			for (const row of objectsOf(asObject(reply.body).data)) {
				found.set(text(row.id), { ...found.get(text(row.id)), ...row });
			}
		}
	}
	return wanted.map((id) => found.get(id)).filter((record) => record !== undefined);
}

/** One record in full, subforms included; undefined when it does not exist (any more), which Zoho says in several ways. */
export async function getRecord(
	client: ZohoClient,
	module: string,
	id: string,
): Promise<JsonObject | undefined> {
	const reply = await client.requestIfThere({
		...readCall(module, {}),
		path: `${crmRoot}/${encodeURIComponent(module)}/${encodeURIComponent(id)}`,
		subject: `${module} ${id}`,
	});
	return objectsOf(asObject(reply?.body).data).find((record) => text(record.id) === id);
}
