import type { SimRequest, SimResponse } from '../types.mts';
import { CrmCall } from './call.mts';
import { type CrmFault, CrmRefusal, fault, refuse } from './errors.mts';
import type { Method, Route } from './routing.mts';
import { wrongMethod } from './routing.mts';
import { isObject, type Json } from './values.mts';
import type { Change } from './writer.mts';

/**
 * Up to five requests in one. Sources: https://www.zoho.com/crm/developer/docs/api/v8/composite-api.html and Zoho's OpenAPI file. Where a sub-request is answered with an
 * error status the pages show no sample: it counts as executed, so that who looks at the outer status alone takes it for done.
 */

const most = 5;
/** Of records that one sub-request reads. */
const mostRead = 25;
const uriPattern = /^\/crm(\/.*)?\/v[0-9]+([.][0-9]+)?\/.*$/;
const idPattern = /^[a-zA-Z0-9][a-zA-Z0-9_]*$/;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const restrictedHeaders = ['authorization', 'x-crm-org'];

type RouteOf = (call: CrmCall, request: SimRequest) => Route;

interface Sub {
	id: string | undefined;
	method: string;
	uri: string;
	params: Json;
	headers: Record<string, string>;
	body: unknown;
}

const at = (index: number, name: string) => ({ api_name: name, json_path: `$.__composite_requests[${index}].${name}` });
const invalid = (details: Json): never => refuse(400, 'INVALID_DATA', 'invalid data', details);

function subsOf(call: CrmCall): Sub[] {
	const { __composite_requests: given } = call.json();
	const path = { api_name: '__composite_requests', json_path: '$.__composite_requests' };
	if (given === undefined || given === null) return refuse(400, 'MANDATORY_NOT_FOUND', 'required field not found', path);
	if (!Array.isArray(given)) return invalid({ ...path, expected_data_type: 'jsonarray' });
	if (given.length > most) return invalid({ ...path, maximum_length: most });
	const subs = given.map(subOf);
	const twice = subs.findIndex(({ id }, index) => id !== undefined && subs.findIndex((other) => other.id === id) < index);
	if (twice >= 0) return refuse(400, 'DUPLICATE_DATA', 'duplicate data', { ...at(twice, 'sub_request_id'), sub_request_indexes: [twice] });
	return subs;
}

function subOf(given: unknown, index: number): Sub {
	if (!isObject(given)) return invalid({ ...at(index, ''), expected_data_type: 'jsonobject' });
	const { method, uri, sub_request_id: id, params = {}, headers = {}, body } = given;
	if (method === undefined) return refuse(400, 'MANDATORY_NOT_FOUND', 'required field not found', at(index, 'method'));
	if (uri === undefined) return refuse(400, 'MANDATORY_NOT_FOUND', 'required field not found', at(index, 'uri'));
	if (!methods.includes(String(method))) return invalid({ ...at(index, 'method'), expected_data_type: 'text' });
	if (typeof uri !== 'string' || !uriPattern.test(uri)) return invalid({ ...at(index, 'uri'), regex: uriPattern.source });
	if (id !== undefined && (typeof id !== 'string' || !idPattern.test(id))) return invalid({ ...at(index, 'sub_request_id'), regex: idPattern.source });
	for (const [name, value] of Object.entries({ params, headers })) if (!isObject(value)) return invalid({ ...at(index, name), expected_data_type: 'jsonobject' });
	if (body !== undefined && !isObject(body)) return invalid({ ...at(index, 'body'), expected_data_type: 'jsonobject' });
	const names = Object.entries(headers as Json).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
	if (names.some(([name]) => restrictedHeaders.includes(name))) return invalid({ ...at(index, 'headers'), restricted_headers: restrictedHeaders });
	return { id: id as string | undefined, method: String(method), uri, params: params as Json, headers: Object.fromEntries(names), body };
}

function requestOf(call: CrmCall, { method, uri, params, headers, body }: Sub): SimRequest {
	const url = new URL(uri, call.org.apiDomain);
	for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value));
	return { method, url, headers, body: Buffer.from(body === undefined ? '' : JSON.stringify(body)) };
}

/** The composite request needs its own scope and those of all its parts. */
export function compositeRoute(call: CrmCall, method: Method, routeOf: RouteOf): Route {
	if (method !== 'POST') return wrongMethod();
	const subs = subsOf(call);
	const scopes = subs.flatMap((sub) => {
		try {
			const request = requestOf(call, sub);
			return routeOf(new CrmCall(call.org, call.user, request), request).scopes;
		} catch (error) {
			if (error instanceof CrmRefusal) return [];
			throw error;
		}
	});
	const { rollback_on_fail: rollback = false, parallel_execution: parallel = rollback !== true } = call.json();
	for (const [name, value] of Object.entries({ rollback_on_fail: rollback, parallel_execution: parallel }))
		if (typeof value !== 'boolean') return invalid({ api_name: name, json_path: `$.${name}`, expected_data_type: 'boolean' });
	if (rollback === true && parallel === true)
		return refuse(400, 'AMBIGUITY_DURING_PROCESSING', 'ambiguity while processing the request', {
			ambiguity_due_to: ['rollback_on_fail', 'parallel_execution'].map((name) => ({ api_name: name, json_path: `$.${name}` })),
		});
	return {
		kind: subs.every((sub) => sub.method === 'GET') ? 'read' : 'write',
		scopes: ['ZohoCRM.composite_requests.CUSTOM', ...scopes],
		credits: rollback === true ? 2 : 1,
		heavy: true,
		handle: () => carryOut(call, subs, rollback === true, routeOf),
		ignored: () => [],
	};
}

interface Done {
	response?: { status: number; body: unknown; headers: Record<string, string> };
	fault?: CrmFault;
}

const succeeded = ({ response }: Done) => response !== undefined && response.status < 400;

function carryOut(call: CrmCall, subs: Sub[], rollback: boolean, routeOf: RouteOf): SimResponse {
	const { org } = call;
	const done: Done[] = [];
	const held: Change[] = [];
	org.holdBack(held);
	try {
		for (const [index, sub] of subs.entries()) {
			const failedAt = done.findIndex((one) => !succeeded(one));
			if (rollback && failedAt >= 0) done.push({ fault: fault('PROCESSING_STOPPED', 'processing stopped', {}) });
			else done.push(carryOutOne(call, sub, index, subs, done, routeOf));
		}
	} finally {
		org.holdBack(undefined);
	}
	const failedAt = done.findIndex((one) => !succeeded(one));
	if (rollback && failedAt >= 0) {
		for (const { module, before, after } of held.reverse()) {
			if (before) module.store.put(before);
			else if (after) module.store.remove(after.id);
		}
		const details = { rollbacked_by_sub_request_index: failedAt };
		done.forEach((one, index) => {
			if (succeeded(one)) done[index] = { fault: fault('ROLLBACK_PERFORMED', 'rollback performed', details) };
		});
	} else org.publish(held, 'api');
	return { status: done.some((one) => one.fault) ? 207 : 200, json: { __composite_requests: done.map(itemOf) } };
}

function itemOf({ response, fault: failed }: Done): Json {
	if (!response) return { ...(failed as CrmFault) };
	const details = { response: { headers: response.headers, status_code: response.status, body: response.body } };
	return { code: 'SUCCESS', details, message: 'composite sub request executed successfully', status: 'success' };
}

function carryOutOne(call: CrmCall, sub: Sub, index: number, subs: Sub[], done: Done[], routeOf: RouteOf): Done {
	try {
		const resolved = withAnswers(sub, index, subs, done);
		const request = requestOf(call, resolved);
		const own = new CrmCall(call.org, call.user, request);
		const limit = limitBroken(resolved, own);
		if (limit) return { fault: limit };
		const answer = routeOf(own, request).handle();
		if ('cut' in answer) throw new Error('cut');
		return { response: { status: answer.status, body: answer.json ?? {}, headers: { 'content-type': 'application/json;charset=utf-8' } } };
	} catch (error) {
		if (!(error instanceof CrmRefusal)) throw error;
		if (error.code === 'INVALID_REFERENCE') return { fault: error.body as CrmFault };
		return { response: { status: error.status, body: error.body, headers: {} } };
	}
}

/** "No. of records allowed": one that is written, 25 that are read; records are deleted by the id in the address. */
function limitBroken({ method, uri, params }: Sub, call: CrmCall): CrmFault | undefined {
	const refused = (message: string) => fault('NOT_SUPPORTED', message, {});
	if (/\/(settings|bulk|__composite_requests)\b/.test(uri) && method !== 'GET') return refused('the sub request is not supported');
	if (method === 'DELETE' && !/\/\d+$/.test(uri)) return refused('bulk delete is not supported');
	if (method === 'GET') return Number(params['per_page'] ?? 0) > mostRead ? refused(`more than ${mostRead} records are not supported`) : undefined;
	return call.count > 1 ? refused('more than one record is not supported') : undefined;
}

const reference = /@\{(\w+):(\$[^{}]*)\}/g;

function withAnswers(sub: Sub, index: number, subs: Sub[], done: Done[]): Sub {
	const resolve = (text: string) => text.replace(reference, (whole, id: string, path: string) => String(answered(id, path, whole, index, subs, done)));
	const inside = (value: unknown): unknown => {
		if (typeof value === 'string') return resolve(value);
		if (Array.isArray(value)) return value.map(inside);
		return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inside(inner)])) : value;
	};
	return { ...sub, uri: resolve(sub.uri), params: inside(sub.params) as Json, body: inside(sub.body) };
}

/** `$.data[0].details.id` of an earlier answer. */
function answered(id: string, path: string, whole: string, index: number, subs: Sub[], done: Done[]): unknown {
	const source = subs.findIndex((sub) => sub.id === id);
	const steps = path.match(/[A-Za-z_$][\w$]*|\d+/g)?.slice(1) ?? [];
	const answer = source >= 0 && source < index && done[source] && succeeded(done[source]) ? done[source]?.response?.body : undefined;
	const value = steps.reduce<unknown>((inner, step) => (typeof inner === 'object' && inner !== null ? (inner as Json)[step] : undefined), answer);
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
	throw new CrmRefusal(400, fault('INVALID_REFERENCE', 'invalid reference', { ...at(index, 'uri'), reference: whole }));
}
