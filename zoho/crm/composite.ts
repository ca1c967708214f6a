/** Up to five calls in one. Source: CRM v8 "Composite API". */

import type { ZohoClient } from '../client';
import { faultsOf, faultsOfItem } from '../errors';
import { asObject, numberOf, objectsOf, text } from '../json';
import type { HttpMethod, JsonObject, JsonValue, ZohoCall, ZohoFault } from '../types';
import { crmRoot } from './read';

export const mostSubRequests = 5;
const subMethods: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** What a sub-request may tell beside its body: never who sends it, or to whom. */
const allowedHeaders = ['If-Modified-Since', 'If-Unmodified-Since', 'X-EXTERNAL'];

/** `parallel`: those that do not refer to each other run at the same time. `rollback`: when one fails, what the others wrote is taken back. */
export type CompositeMode = 'parallel' | 'sequence' | 'rollback';

export interface SubRequest {
	method: HttpMethod;
	/** Below `/crm/v8`; may refer to an earlier answer: `/crm/v8/Leads/@{1:$.data[0].details.id}`. */
	uri: string;
	params?: JsonObject;
	headers?: JsonObject;
	body?: JsonObject;
	sub_request_id?: string;
}

export type SubResult = { status: number; body: JsonValue; sub_request_id?: string } | { fault: ZohoFault };

/** What is wrong with a sub-request; thrown by `subRequestOf`. */
export class SubRequestError extends Error {}

/**
 * A sub-request as Zoho takes it.
 * @throws SubRequestError for what is none, or would reach beyond `/crm/v8`
 */
export function subRequestOf(given: JsonObject): SubRequest {
	const method = subMethods.find((one) => one === text(given.method).toUpperCase());
	if (!method) throw new SubRequestError(`"method" is not one of ${subMethods.join(', ')}`);
	const { body, params, headers } = given;
	const id = text(given.sub_request_id);
	if (id !== '' && !/^[a-zA-Z0-9][a-zA-Z0-9_]*$/.test(id)) throw new SubRequestError('"sub_request_id" may have letters, digits and underscores only');
	return {
		...(id !== '' && { sub_request_id: id }),
		method,
		uri: uriOf(text(given.uri) || text(given.path)),
		...part('params', params),
		...part('headers', headers === undefined ? undefined : checkedHeaders(headers)),
		...part('body', body),
	};
}

function part(name: 'params' | 'headers' | 'body', value: JsonValue | undefined): Partial<Record<typeof name, JsonObject>> {
	if (value === undefined || value === null) return {};
	if (typeof value !== 'object' || Array.isArray(value)) throw new SubRequestError(`"${name}" is not an object`);
	return Object.keys(value).length > 0 ? { [name]: value } : {};
}

/** `Contacts`, `/Contacts` and `/crm/v8/Contacts` are one; a query belongs into `params`. */
function uriOf(given: string): string {
	const uri = given.startsWith('/crm/') ? given : `${crmRoot}/${given.replace(/^\//, '')}`;
	const rest = uri.slice(crmRoot.length).replace(/@\{\w+:[^{}]*\}/g, '0');
	const isBelow = uri.startsWith(`${crmRoot}/`) && /^(\/[A-Za-z0-9_-]+)+$/.test(rest) && !rest.startsWith('/__composite_requests');
	if (isBelow) return uri;
	throw new SubRequestError(`"${given}" is no path below ${crmRoot}, such as ${crmRoot}/Contacts; a query is given as "params"`);
}

function checkedHeaders(headers: JsonValue): JsonValue {
	const foreign = Object.keys(asObject(headers)).find((name) => !allowedHeaders.some((allowed) => allowed.toLowerCase() === name.toLowerCase()));
	if (foreign === undefined) return headers;
	throw new SubRequestError(`the header "${foreign}" cannot be given; ${allowedHeaders.join(', ')} can`);
}

/**
 * Sends up to five sub-requests and resolves with the result of each, in order.
 * @throws ZohoError when they are refused together
 */
export async function sendComposite(client: ZohoClient, requests: readonly SubRequest[], mode: CompositeMode): Promise<SubResult[]> {
	const call: ZohoCall = {
		method: 'POST',
		path: `${crmRoot}/__composite_requests`,
		body: {
			rollback_on_fail: mode === 'rollback',
			parallel_execution: mode === 'parallel',
			__composite_requests: requests.map((request) => ({ ...request })),
		},
		repeatable: requests.every(({ method }) => method === 'GET'),
		subject: 'the composite request',
		scope: 'ZohoCRM.composite_requests.CUSTOM, and those of the sub-requests',
	};
	const reply = await client.request(call);
	const items = objectsOf(asObject(reply.body).__composite_requests);
	return requests.map((request, place) => resultOf(request, items[place], call, reply.status));
}

function resultOf({ method, uri, sub_request_id }: SubRequest, item: JsonObject | undefined, call: ZohoCall, status: number): SubResult {
	const [whole] = faultsOfItem(item, status);
	if (whole) return { fault: whole };
	const response = asObject(asObject(item?.details).response);
	const answer = { status: numberOf(response.status_code) ?? 0, headers: {}, body: response.body };
	if (answer.status === 0) return { fault: noAnswer };
	const [fault] = faultsOf('crm', answer, { ...call, method, path: uri });
	if (fault) return { fault };
	return { status: answer.status, body: answer.body ?? null, ...(sub_request_id && { sub_request_id }) };
}

const noAnswer: ZohoFault = {
	intent: 'retry',
	code: 'no-result',
	message: 'Zoho CRM did not say what became of this sub-request',
	remedy: 'It is unknown whether it was carried out. Look before you send it again.',
	outcomeUnknown: true,
};
