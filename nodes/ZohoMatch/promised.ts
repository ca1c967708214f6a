/** CRM records that Books records may be linked with in a moment, whatever they are called by now, see sync/promised.ts. */

import { linkField } from '../../sync/mark';
import type { CrmItem } from '../../sync/plan';
import { announcedSince, withPromisedLinks } from '../../sync/promised';
import type { JsonObject } from '../../sync/types';
import type { ZohoClient } from '../../zoho/client';
import { coqlRows, quote } from '../../zoho/crm/coql';
import { toCrmTime } from '../../zoho/dates';
import { fieldsToRead } from './candidates';

/** One call. Where so many records without a link were changed since, the latest ones are looked at. */
const mostRecords = 2_000;

/**
 * The records without a link that announced one of these Books records, each with the link that it is to get.
 * @param items those that no rule finds a record for
 */
export async function readPromised(client: ZohoClient, module: string, items: CrmItem[], fields: string[]): Promise<JsonObject[]> {
	const since = announcedSince(items);
	if (since === undefined) return [];
	// `is null`: "COQL Overview". The mark cannot be asked for: COQL does not filter by text areas.
	const where = [`${linkField} is null`, `Modified_Time >= ${quote(toCrmTime(since))}`];
	const records: JsonObject[] = [];
	const select = { module, fields: fieldsToRead(fields), where, orderBy: 'Modified_Time desc' };
	for await (const rows of coqlRows(client, select, { limit: mostRecords })) records.push(...rows);
	return withPromisedLinks(items, records);
}
