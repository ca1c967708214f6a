/** Marks of CRM records as they are by now, and writes that CRM refuses where one was changed since. */

import { linkField, markField } from '../../sync/mark';
import { parseInstant } from '../../sync/normalise';
import type { JsonObject } from '../../sync/types';
import type { ZohoClient } from '../../zoho/client';
import { writeRecords, type RecordResult } from '../../zoho/crm/records';
import { toCrmTime } from '../../zoho/dates';
import type { JsonObject as ZohoObject } from '../../zoho/types';
import { readRecords } from './candidates';

/** Link, mark and time of the records that exist, 200 a call. */
export async function readMarks(client: ZohoClient, module: string, ids: string[]): Promise<JsonObject[]> {
	const lookups = [{ kind: 'recordId' as const, field: 'id', values: ids }];
	return await readRecords(client, module, lookups, [linkField, markField, 'Modified_Time']);
}

/**
 * Writes marks, 100 a call; they start nothing in CRM. A record that was changed after all of them were read is refused (intent `changed`).
 * @param asOf CRM's `Modified_Time` of each, as read together, so that the latest one holds for all; where one is not known, or none is given, nothing is refused for that
 */
export async function writeMarks(client: ZohoClient, module: string, records: ZohoObject[], asOf: string[] = []): Promise<RecordResult[]> {
	const times = asOf.map(parseInstant).filter((time) => time !== undefined);
	const isKnown = times.length === asOf.length && times.length > 0;
	const lock = isKnown ? { ifUnmodifiedSince: toCrmTime(Math.max(...times)) } : {};
	return await writeRecords(client, module, 'update', records, { trigger: [], ...lock });
}
