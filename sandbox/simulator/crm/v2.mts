import type { SimRequest, SimResponse } from '../types.mts';
import type { CrmOrg } from './org.mts';
import { isObject, type Json } from './values.mts';

/**
 * The records API of version 2, which n8n's built-in Zoho CRM node calls: one record, insert, update, upsert, delete and search. Module names
 * in paths may be in lower case, and what is wrong with a record is told with 202. Lists without `fields`, which version 2 allows, are left out.
 * Source: https://www.zoho.com/crm/developer/docs/api/v2/insert-records.html and the pages beside it.
 */
const prefix = /^\/crm\/v2\//;

export const isV2 = ({ url }: SimRequest): boolean => prefix.test(url.pathname);

/** The same request to version 8. */
export function asV8(org: CrmOrg, request: SimRequest): SimRequest {
	const [module = '', ...rest] = request.url.pathname.replace(prefix, '').split('/');
	const name = [...org.modules.keys()].find((known) => known.toLowerCase() === module.toLowerCase()) ?? module;
	const url = new URL(request.url);
	url.pathname = ['', 'crm', 'v8', name, ...rest].join('/');
	return { ...request, url };
}

/** The answer of version 8 as version 2 gives it. */
export function asV2(answer: SimResponse): SimResponse {
	if ('cut' in answer || !isObject(answer.json) || !Array.isArray(answer.json['data'])) return answer;
	const { data, info } = answer.json as { data: Json[]; info?: Json };
	const json = { data: data.map(withoutApproval), ...(info && { info: infoOf(info) }) };
	return { ...answer, status: answer.status === 400 ? 202 : answer.status, json };
}

/** Answers to writes tell no approval state. */
function withoutApproval(item: Json): Json {
	if (!isObject(item['details'])) return item;
	const { $approval_state: _approval, ...details } = item['details'];
	return { ...item, details };
}

const infoOf = ({ per_page, count, page, more_records }: Json): Json => ({ per_page, count, page, more_records });
