/** Reads from CRM what a decision needs, in as few calls as possible. Always COQL: the search API's index lags behind. */

import { linkField, markField } from '../../sync/mark';
import type { Lookup } from '../../sync/plan';
import type { JsonObject } from '../../sync/types';
import type { ZohoClient } from '../../zoho/client';
import { coqlRecords } from '../../zoho/crm/coql';
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
	const all = fieldsToRead(fields);
	if (wholeModuleFor === undefined) return await readRecords(client, module, lookups, all);
	return await findInSnapshot(client, wholeModuleFor, module, lookups, all);
}

/** These fields, link, mark and time. */
export const fieldsToRead = (fields: string[]): string[] => [...new Set([linkField, markField, 'Modified_Time', ...fields])];

/** All records of a module that any of the look-ups finds, each once, with these fields and those looked in: 100 items with two rules cost 1 call. */
export async function readRecords(
	client: ZohoClient,
	module: string,
	lookups: Lookup[],
	fields: string[],
): Promise<JsonObject[]> {
	return await coqlRecords(client, { module, fields: [...new Set([...fields, ...lookups.map(({ field }) => field)])] }, lookups);
}

/** Ids and links of the records whose `field` has one of these values: 200 a call. */
export async function readLinks(
	client: ZohoClient,
	module: string,
	field: string,
	values: string[],
): Promise<JsonObject[]> {
	return await coqlRecords(client, { module, fields: [linkField] }, [{ field, values: [...new Set(values)] }]);
}
