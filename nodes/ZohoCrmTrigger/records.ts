/** The whole records of events, 200 a call; 50 where they have fields that only a GET brings. */

import type { ZohoClient } from '../../zoho/client';
import { coqlRecords } from '../../zoho/crm/coql';
import { listFields } from '../../zoho/crm/metadata';
import { getRecordsByIds } from '../../zoho/crm/read';
import { chunks, text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import type { TriggerEvent } from '../shared/trigger/events';
import type { TriggerContext } from '../shared/trigger/keys';
import type { Fetched } from '../shared/trigger/system';
import { chosenFields } from './source';

const recordsPerRead = 200;
const fieldsAreKnownFor = 10 * 60_000;

/** Fields of modules by credential: API name → data type. */
const knownFields = new Map<string, { until: number; types: Map<string, string> }>();

/** In the order of the events; a call that failed is the error of all the events it was for. */
export async function fetchRecords(
	context: TriggerContext,
	client: ZohoClient,
	events: readonly TriggerEvent[],
): Promise<Fetched[]> {
	const results = new Map<TriggerEvent, Fetched>();
	for (const module of new Set(events.map(({ resource }) => resource))) {
		const ofModule = events.filter(({ resource }) => resource === module);
		for (const part of chunks(ofModule, recordsPerRead)) {
			try {
				const types = await fieldTypes(client, module);
				const ids = [...new Set(part.map(({ id }) => id))];
				const records = await read(client, module, ids, fieldsOf(context, types), types);
				const byId = new Map(records.map((record) => [text(record.id), record]));
				for (const event of part) results.set(event, { record: byId.get(event.id) });
			} catch (error) {
				for (const event of part) results.set(event, { error });
			}
		}
	}
	return events.map((event) => results.get(event) ?? { record: undefined });
}

/** Data types whose values COQL gives as a GET by ids does. */
const plainTypes = /^(text|textarea|email|phone|website|picklist|boolean|integer|bigint|double|currency|percent|date|datetime)$/;

/** COQL takes more ids, and follows lookups (`Account_Name.Zoho_Books_ID`), which a GET by ids cannot. */
async function read(
	client: ZohoClient,
	module: string,
	ids: string[],
	fields: string[],
	types: ReadonlyMap<string, string>,
): Promise<JsonObject[]> {
	const isPlain = fields.every((field) => field === 'id' || plainTypes.test(types.get(field) ?? ''));
	if (!isPlain && !fields.some((field) => field.includes('.'))) return await getRecordsByIds(client, module, ids, fields);
	return await coqlRecords(client, { module, fields }, [{ field: 'id', values: ids }]);
}

/**
 * The fields to ask a module for: those that the user named and the module has (one list serves several
 * modules), or all it has. `A.B` needs `A` to be a lookup of the module.
 */
function fieldsOf(context: TriggerContext, types: ReadonlyMap<string, string>): string[] {
	const chosen = chosenFields(context);
	if (chosen.length === 0) return [...types.keys()];
	return chosen.filter((field) => {
		const [own = '', ...hops] = field.split('.');
		if (own === 'id') return true;
		return hops.length === 0 ? types.has(own) : /lookup/i.test(types.get(own) ?? '');
	});
}

async function fieldTypes(client: ZohoClient, module: string): Promise<Map<string, string>> {
	const key = `${client.connection.key}/${module}`;
	const known = knownFields.get(key);
	const now = client.surroundings.now();
	if (known && known.until > now) return known.types;
	const fields = await listFields(client, module);
	const types = new Map(fields.map((field) => [text(field.api_name), text(field.data_type)]));
	types.delete('');
	knownFields.set(key, { until: now + fieldsAreKnownFor, types });
	return types;
}
