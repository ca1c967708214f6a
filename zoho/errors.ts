/** Failures of calls: from Zoho's answers to `ZohoFault`s, and the one error class that carries them. */

import { editionOfCall } from './crm/editions';
import { ruleOf } from './faultTable';
import { asArray, asObject, isObject, numberOf, objectsOf, text } from './json';
import type {
	ErrorIntent,
	JsonObject,
	JsonValue,
	ZohoCall,
	ZohoFault,
	ZohoProduct,
	ZohoReply,
} from './types';

/** The service behind a path, for people. */
function serviceOf(path: string): string {
	if (path.startsWith('/oauth/')) return 'Zoho Accounts';
	return path.startsWith('/books/') ? 'Zoho Books' : 'Zoho CRM';
}

/** A call that failed. The message says what happened, to which record, and what to do; it never holds a token or secret. */
export class ZohoError extends Error {
	readonly faults: readonly ZohoFault[];
	readonly call: ZohoCall;
	/** HTTP status; absent when no answer came or nothing was sent. */
	readonly status?: number;

	/** `faults` must not be empty. */
	constructor(faults: readonly ZohoFault[], call: ZohoCall, status?: number) {
		const clean = faults.map((fault) => cleaned(withPlan(fault, call)));
		super(describe(clean, call));
		this.name = 'ZohoError';
		this.faults = clean;
		this.call = call;
		this.status = status;
	}

	/** The first fault: the one to act on. */
	get fault(): ZohoFault {
		return this.faults[0] as ZohoFault;
	}

	get intent(): ErrorIntent {
		return this.fault.intent;
	}

	/** True when Zoho may or may not have carried the call out (a create whose answer got lost). */
	get outcomeUnknown(): boolean {
		return this.faults.some((fault) => fault.outcomeUnknown === true);
	}
}

function describe(faults: readonly ZohoFault[], call: ZohoCall): string {
	const about = call.subject ? ` for ${call.subject}` : '';
	const what = faults.map((fault) => {
		const details = [`code ${fault.code}`, ...(fault.field ? [`field ${fault.field}`] : [])].join(', ');
		return `${fault.message} (${details})`;
	});
	const remedies = [...new Set(faults.map((fault) => fault.remedy))];
	return `${serviceOf(call.path)}, ${call.method} ${call.path}${about}: ${what.join('; ')}. ${remedies.join(' ')}`;
}

/** In forms and addresses, in JSON (`"token":"…"`), and in JSON that is quoted in JSON (`\"token\":\"…\"`). */
const namedSecret = /\b((?:client_secret|secret|token|key)(?:\\*["'])?\s*[=:]\s*(?:\\*["'])?)[a-z0-9]{12,}(?!\w)/gi;

/**
 * Takes out whatever looks like a Zoho token, an authorization value, or one of the secrets that requests hold (client, webhook, channel); other
 * people's messages may quote a request.
 */
export function withoutSecrets(message: string): string {
	return message
		.replace(/\b1000\.[0-9a-z]{6,}(\.[0-9a-z]+)*/gi, '[token]')
		.replace(/\b(bearer|zoho-oauthtoken)\s+\S+/gi, '$1 [token]')
		.replace(/\b((?:access|refresh)_token|client_secret|code)=[^&\s]+/gi, '$1=[hidden]')
		.replace(namedSecret, '$1[hidden]');
}

/** Whatever Zoho put into a fault ends up before people: none of its texts may hold a secret. */
function cleaned(fault: ZohoFault): ZohoFault {
	const texts = Object.entries(fault).map(([name, value]: [string, unknown]) => [
		name,
		typeof value === 'string' ? withoutSecrets(value) : value,
	]);
	return Object.fromEntries(texts) as ZohoFault;
}

/** Reports a problem that shows before anything is sent. */
export function refusal(call: ZohoCall, code: string, message: string, remedy: string): ZohoError {
	return new ZohoError([{ intent: 'invalid', code, message, remedy }], call);
}

/** The fault of a call that got no answer. `reason` is the HTTP library's error. */
export function networkFault(reason: unknown): ZohoFault {
	const message = reason instanceof Error ? reason.message : 'no answer';
	return {
		intent: 'retry',
		code: 'network',
		message: `no answer from Zoho: ${withoutSecrets(message)}`,
		remedy: 'Check that n8n reaches Zoho, then run this again.',
	};
}

/**
 * Reads what went wrong out of an answer: Books' `code`/`message`; CRM's error object or the items of `data`, `watch`, `fields` and the like.
 * Empty when all is fine. `now` (epoch milliseconds) turns Books' seconds to the daily reset into `resetsAt`.
 */
export function faultsOf(product: ZohoProduct, reply: ZohoReply, call: ZohoCall, now?: number): ZohoFault[] {
	const body = asObject(reply.body);
	const faults = product === 'books' ? booksFaults(body, reply) : crmFaults(body, reply);
	if (faults.length === 0 && !isZohoAnswer(reply)) faults.push(plainFault(product, reply));
	const waits = retryAfterOf(reply, body, now);
	const reset = numberOf(reply.headers['x-rate-limit-reset']);
	for (const fault of faults) {
		if (fault.intent === 'retry' && waits !== undefined) fault.retryAfter = waits;
		if (fault.intent === 'quota' && reset !== undefined && now !== undefined) {
			fault.resetsAt = now + reset * 1000;
			fault.remedy += ` That is at ${new Date(fault.resetsAt).toISOString()}.`;
		}
		if (fault.intent === 'reauthorise' && call.scope)
			fault.remedy += ` The call needs the scope ${call.scope}.`;
	}
	return faults.map((fault) => cleaned(withPlan(fault, call)));
}

/** What is not available says from which plan or edition on it would be, where that is known. */
function withPlan(fault: ZohoFault, call: ZohoCall): ZohoFault {
	const isBooks = call.path.startsWith('/books/');
	const plan = call.plan ?? (isBooks ? undefined : editionOfCall(call));
	const words = ` It needs the ${isBooks ? 'plan' : 'edition'} ${plan} or a higher one.`;
	if (fault.intent !== 'unavailable' || plan === undefined || fault.remedy.includes(words)) return fault;
	return { ...fault, remedy: fault.remedy + words };
}

function booksFaults(body: JsonObject, reply: ZohoReply): ZohoFault[] {
	const code = text(body.code);
	if (code === '' || code === '0') return [];
	const message = text(body.message);
	const { intent, remedy } = ruleOf('books', code, reply.status, message);
	return [{ intent, remedy, code, message }];
}

const crmLists = ['data', 'watch', 'fields', 'users', 'modules', 'tags', 'related_lists'];

function crmFaults(body: JsonObject, reply: ZohoReply): ZohoFault[] {
	const whole = faultsOfItem(body, reply.status);
	if (whole.length > 0) return whole;
	// Older limit answer: {"code":429,"error":"TOO_MANY_REQUESTS",…}.
	if (text(body.error) !== '') {
		const code = text(body.error);
		const { intent, remedy } = ruleOf('crm', code, reply.status);
		return [{ intent, remedy, code, message: text(body.error_info) || code }];
	}
	const list = crmLists.map((key) => body[key]).find(Array.isArray);
	return asArray(list).flatMap((item, index) =>
		isFailedItem(item) ? faultsOfItem(item, reply.status, index) : [],
	);
}

/** Zoho's own envelope, so that a record with fields named `status` or `code` is not taken for a failure. */
function isFailedItem(item: unknown): item is JsonObject {
	return isObject(item) && item.status === 'error' && typeof item.code === 'string';
}

/** The faults of one item of CRM's answer; several when it says MULTIPLE_OR_MULTI_ERRORS; none when it succeeded. */
export function faultsOfItem(item: JsonValue | undefined, status: number, index?: number): ZohoFault[] {
	if (!isFailedItem(item)) return [];
	const details = asObject(item.details);
	const several = objectsOf(details.errors).filter((error) => text(error.code) !== '');
	if (several.length > 0)
		return several.flatMap((error) => faultsOfItem({ ...error, status: 'error' }, status, index));

	const code = text(item.code);
	const message = text(item.message);
	const gone = whatIsGone(code, message, details);
	const { intent, remedy } = gone ? { intent: 'gone' as const, remedy: gone } : ruleOf('crm', code, status);
	const existingId = text(asObject(details.duplicate_record).id) || text(details.id);
	return [
		{
			intent,
			code,
			message: message + hintsOf(details),
			remedy: missingPermission(details) ? `${remedy} Missing: ${missingPermission(details)}.` : remedy,
			...(text(details.api_name) && { field: text(details.api_name) }),
			...(index !== undefined && { index }),
			...(intent === 'duplicate' && existingId && { existingId }),
			...(intent !== 'duplicate' && text(details.id) && { recordId: text(details.id) }),
		},
	].map(cleaned);
}

/** What is not there comes as INVALID_DATA: the sentence about it, undefined for what is there. */
function whatIsGone(code: string, message: string, details: JsonObject): string | undefined {
	if (code !== 'INVALID_DATA') return undefined;
	if (/^relation not found/i.test(message)) return 'The record is not on this list (any more).';
	if (/^tags not found|^invalid tag id/i.test(message)) return 'The tag does not exist in this module (any more).';
	const aboutId =
		text(details.api_name) === 'id' || text(details.json_path).endsWith('.id') || 'id' in details || 'resource_path_index' in details;
	const isGone = /record not deleted/i.test(message) || (aboutId && /id given seems to be invalid/i.test(message));
	return isGone ? 'The record does not exist in Zoho CRM (any more).' : undefined;
}

function missingPermission(details: JsonObject): string {
	return asArray(details.permissions).map(text).join(', ');
}

/** The parts of `details` that tell a person what Zoho expected. */
function hintsOf(details: JsonObject): string {
	const names = [
		'expected_data_type',
		'maximum_length',
		'param_name',
		'limit',
		'reason',
		'clause',
		'column_name',
		'operator',
	];
	const hints = names
		.filter((name) => text(details[name]) !== '')
		.map((name) => `${name} ${text(details[name])}`);
	return hints.length > 0 ? `, ${hints.join(', ')}` : '';
}

/** Zoho answers with JSON or nothing. A page or a redirection comes from something in between, and must not pass for an empty list. */
function isZohoAnswer({ status, body }: ZohoReply): boolean {
	return (status < 300 || status === 304) && typeof body !== 'string';
}

/** An error status without one of Zoho's codes, or an answer that is not Zoho's: a gateway's page, a redirection. */
function plainFault(product: ZohoProduct, reply: ZohoReply): ZohoFault {
	const { intent, remedy } = ruleOf(product, '', reply.status < 300 ? 503 : reply.status);
	const words = text(asObject(reply.body).message) || text(asObject(reply.body).error);
	return {
		intent,
		remedy,
		code: `http-${reply.status}`,
		message: words || `Zoho answered with HTTP status ${reply.status}`,
	};
}

/** Milliseconds Zoho asks to wait: header `Retry-After` (seconds or a date) or CRM's `details.retry_after` (seconds). */
function retryAfterOf(reply: ZohoReply, body: JsonObject, now?: number): number | undefined {
	const header = reply.headers['retry-after'];
	const seconds = numberOf(header) ?? numberOf(asObject(body.details).retry_after);
	if (seconds !== undefined) return Math.max(0, seconds * 1000);
	const date = header === undefined ? Number.NaN : Date.parse(header);
	return Number.isNaN(date) || now === undefined ? undefined : Math.max(0, date - now);
}

/** One fault that tells of all of them, for callers that report one fault per record. */
export function joinFaults(faults: readonly ZohoFault[]): ZohoFault | undefined {
	const [first, ...others] = faults;
	if (!first || others.length === 0) return first;
	const spelled = faults.map((fault) => (fault.field ? `${fault.field}: ${fault.message}` : fault.message));
	return { ...first, message: spelled.join('; ') };
}
