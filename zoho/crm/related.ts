/** Records of a related list of one record. Source: CRM v8 "Get Related Records". */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, objectsOf, text } from '../json';
import type { JsonObject, QueryValues, ZohoCall } from '../types';
import { crmRoot } from './read';

const rowsPerPage = 200;
/** Pages by number reach this many rows; from there on `page_token` leads. */
const rowsByPageNumber = 2_000;

/**
 * The records of a related list, `list` by its API name (`Products`), no more than `limit`. Fields must be named, 50 at most; `id` always comes. None is an
 * empty list.
 * @throws ZohoError
 */
export async function relatedRecords(
	client: ZohoClient,
	module: string,
	id: string,
	list: string,
	fields: readonly string[],
	limit = Number.POSITIVE_INFINITY,
): Promise<JsonObject[]> {
	const found: JsonObject[] = [];
	const per_page = Math.min(rowsPerPage, limit);
	const path = [module, id, list].map(encodeURIComponent).join('/');
	let place: QueryValues = { page: 1 };
	for (let page = 1; ; page++) {
		const call: ZohoCall = {
			method: 'GET',
			path: `${crmRoot}/${path}`,
			query: { fields: fields.join(','), per_page, ...place },
			subject: `${list} of ${module} ${id}`,
			scope: `ZohoCRM.modules.${module}.READ`,
		};
		const body = asObject((await client.request(call)).body);
		found.push(...objectsOf(body.data));
		const info = asObject(body.info);
		if (info.more_records !== true || found.length >= limit) return found.slice(0, limit);
		const token = text(info.next_page_token);
		place = page * per_page < rowsByPageNumber ? { page: page + 1 } : { page_token: token };
		if (place.page_token === '')
			throw refusal(call, 'no-page-token', 'Zoho CRM told no way to the next page', 'Run this again.');
	}
}
