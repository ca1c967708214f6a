/** Reads from CRM what a decision needs, in as few calls as possible. Always COQL: the search API's index lags behind. */

import { linkField, markField } from '../../sync/mark';
import type { Lookup } from '../../sync/plan';
import type { JsonObject } from '../../sync/types';
import type { ZohoClient } from '../../zoho/client';
import { coqlRows, inList, listQueries, valuesPerIn } from '../../zoho/crm/coql';
import { chunks } from '../../zoho/json';
import { findInSnapshot } from './snapshot';

/**
 * All records of a module that any of the look-ups finds, each once, with these fields, link, mark and Modified_Time.
 * @param wholeModuleFor the run for which the module is read as a whole, instead of record by record
 */
export async function readCandidates(
	client: ZohoClient,
	module: string,
	lookups: Lookup[],
	fields: string[],
	wholeModuleFor?: string,
): Promise<JsonObject[]> {
	const all = [linkField, markField, 'Modified_Time', ...fields];
	if (wholeModuleFor === undefined) return await readRecords(client, module, lookups, all);
	return await findInSnapshot(client, wholeModuleFor, module, lookups, all);
}

/**
 * All records of a module that any of the look-ups finds, each once, with these fields and those looked in. One call for four lists of 50 values,
 * of whichever look-up: 100 items with two rules cost 1 call.
 */
export async function readRecords(
	client: ZohoClient,
	module: string,
	lookups: Lookup[],
	fields: string[],
): Promise<JsonObject[]> {
	const select = { module, fields: [...new Set([...fields, ...lookups.map(({ field }) => field)])] };
	const records = new Map<string, JsonObject>();
	for (const criterion of listQueries(lookups)) {
		for await (const rows of coqlRows(client, { ...select, where: [criterion] })) {
			for (const row of rows) records.set(String(row.id), row);
		}
	}
	return [...records.values()];
}

/** Ids and links of the records whose `field` has one of these values: 50 a call. */
export async function readLinks(
	client: ZohoClient,
	module: string,
	field: string,
	values: string[],
): Promise<JsonObject[]> {
	const found: JsonObject[] = [];
	for (const some of chunks([...new Set(values)], valuesPerIn)) {
		const select = { module, fields: [linkField], where: [inList(field, some)] };
		for await (const rows of coqlRows(client, select)) found.push(...rows);
	}
	return found;
}
