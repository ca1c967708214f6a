/** Copies of records. Source: Zoho's OpenAPI file for records (`cloneRecord`). */

import type { ZohoClient } from '../client';
import type { JsonObject, ZohoCall } from '../types';
import { crmRoot } from './read';
import { soleDetails } from './results';

/**
 * Makes a record with the values of another one, those of `changes` apart. Unique fields need another value there.
 * @returns Zoho's details: `id`, times, who
 * @throws ZohoError
 */
export async function cloneRecord(client: ZohoClient, module: string, id: string, changes: JsonObject): Promise<JsonObject> {
	const call: ZohoCall = {
		method: 'POST',
		path: `${crmRoot}/${encodeURIComponent(module)}/${encodeURIComponent(id)}/actions/clone`,
		...(Object.keys(changes).length > 0 && { body: { data: [changes] } }),
		subject: `${module} ${id}`,
		scope: `ZohoCRM.modules.${module}.CREATE`,
	};
	return soleDetails(await client.request(call), call);
}
