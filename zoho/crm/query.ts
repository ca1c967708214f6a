/** Searches and COQL queries as a user writes them. Sources: CRM v8 "Search Records", "COQL Overview", "COQL Limitations". */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, objectsOf } from '../json';
import type { JsonObject, QueryValues, ZohoCall } from '../types';
import { crmRoot } from './read';

const searchRowsPerPage = 200;
/** Search shows no more than this many rows, whatever matches. */
const searchReach = 2_000;
const coqlRowsPerCall = 2_000;
/** What every account allows. */
const leastCoqlRows = 200;
/** By offset. */
const coqlReach = 100_000;

/**
 * What `/search` finds, page by page. `by` holds one of `criteria`, `email`, `phone`, `word`. The search index lags behind writes, and text
 * compares as "contains": not for finding duplicates.
 * @throws ZohoError, also when more rows match than search can show
 */
export async function* searchPages(
	client: ZohoClient,
	module: string,
	by: QueryValues,
	limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<JsonObject[]> {
	const per_page = Math.min(searchRowsPerPage, limit);
	let left = limit;
	for (let page = 1; left > 0; page++) {
		const call: ZohoCall = {
			method: 'GET',
			path: `${crmRoot}/${encodeURIComponent(module)}/search`,
			query: { ...by, page, per_page },
			subject: `search in ${module}`,
			scope: 'ZohoSearch.securesearch.READ',
		};
		if ((page - 1) * per_page >= searchReach) {
			throw refusal(call, 'search-reach', `more than ${searchReach} records match`, 'Narrow the search, or use a COQL query.');
		}
		const body = asObject((await client.request(call)).body);
		const rows = objectsOf(body.data).slice(0, left);
		left -= rows.length;
		if (rows.length > 0) yield rows;
		if (asObject(body.info).more_records !== true) return;
	}
}

/**
 * Rows of a query, no more than `limit`. A query that ends with a `limit` of its own is sent as it is; any other is read to the end, 2,000 rows a
 * call (some accounts allow 200, which is found out). Its order must then be told (`order by`), or rows may come twice or not at all.
 * @throws ZohoError, also when there are more rows than COQL reaches
 */
export async function* queryPages(client: ZohoClient, query: string, limit = Number.POSITIVE_INFINITY): AsyncGenerator<JsonObject[]> {
	const text = query.trim().replace(/;$/, '');
	const isLimited = /\blimit\s+\d+(\s*,\s*\d+|\s+offset\s+\d+)?$/i.test(text);
	let most = coqlRowsPerCall;
	let offset = 0;
	while (offset < limit) {
		const size = Math.min(most, limit - offset);
		const call = coqlCall(isLimited ? text : `${text} limit ${size}${offset > 0 ? ` offset ${offset}` : ''}`);
		if (offset >= coqlReach) throw refusal(call, 'too-many-rows', `COQL reaches ${coqlReach} rows`, 'Narrow the query.');
		const { reply, error } = await client.attempt(call);
		if (!isLimited && error?.fault.code === 'LIMIT_EXCEEDED' && size > leastCoqlRows) {
			most = leastCoqlRows;
			continue;
		}
		if (error) throw error;
		const body = asObject(reply.body);
		const rows = objectsOf(body.data).slice(0, limit - offset);
		offset += rows.length;
		if (rows.length > 0) yield rows;
		if (isLimited || rows.length === 0 || asObject(body.info).more_records !== true) return;
	}
}

function coqlCall(select_query: string): ZohoCall {
	return {
		method: 'POST',
		path: `${crmRoot}/coql`,
		body: { select_query },
		repeatable: true,
		subject: 'the COQL query',
		scope: 'ZohoCRM.coql.READ',
	};
}
