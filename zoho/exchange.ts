/** The one request path: limiter, send, read the answer, then wait and retry, refresh the token once, or give up with a clear error. */

import { dataCentreOfApiDomain } from './dataCentres';
import { ZohoError, faultsOf, networkFault, refusal } from './errors';
import { limitOf } from './faultTable';
import { asObject, numberOf } from './json';
import type { Limiter } from './limiter';
import type { Limits } from './limits';
import { RetryPlan } from './retry';
import type { Connection, QueryValues, Surroundings, ZohoCall, ZohoFault, ZohoReply } from './types';

export { createLimits, processLimits } from './limits';
export type { LimitOptions, Limits } from './limits';

interface Attempt {
	reply?: ZohoReply;
	faults: ZohoFault[];
	/** No answer came, but the request surely never left. */
	neverSent?: boolean;
	/** Generation of the token that it was sent with. */
	generation: number;
}

/**
 * Sends a call and resolves with Zoho's answer. Answers of CRM bulk writes whose `data` tells success or failure per record are resolved
 * too, whatever their status: the caller reads `data`.
 * @throws ZohoError for everything else that is not a success.
 */
export async function exchange(
	call: ZohoCall,
	connection: Connection,
	surroundings: Surroundings,
	limits: Limits,
): Promise<ZohoReply> {
	const url = urlOf(call, connection);
	const limiter = limits.limiterFor(connection, surroundings);
	const ticket = limiter.ticket();
	const plan = new RetryPlan(surroundings, limits);
	let refreshed = false;
	/** Did an earlier sending get no answer that tells what became of it? */
	let mayBeDone = false;

	for (;;) {
		// The ticket is older than those of the calls that this makes: nobody comes between them and the sending.
		const body = call.freshBody ? await call.freshBody() : call.body;
		const attempt = await limiter.run(ticket, limits.callsInFlight(connection), async () => {
			await limits.tokens.keepFresh(connection, surroundings);
			return await send({ ...call, url, body }, connection, surroundings, limits);
		});
		const { reply, faults } = attempt;
		if (reply) watchQuota(reply, connection, limiter, surroundings);
		const fault = faults[0];
		if (reply && (!fault || answersPerRecord(call, reply))) return { ...reply, ...(mayBeDone && { mayBeDone }) };
		// What was to be deleted is gone: by the sending before, whose answer was lost.
		if (reply && mayBeDone && call.method === 'DELETE' && fault?.intent === 'gone') return { ...reply, mayBeDone };
		if (!fault) throw new Error('a call has neither an answer nor a fault');

		const notAuthorised = connection.product === 'books' && fault.code === '57';
		if (notAuthorised && refreshed) limits.tokens.noteRefusal(connection, call, surroundings.now());
		const hopeless = notAuthorised && limits.tokens.isRefused(connection, call, surroundings.now());
		if (!refreshed && !hopeless && tokenMayBeStale(fault)) {
			refreshed = true;
			await limits.tokens.refresh(connection, surroundings, attempt.generation);
			continue;
		}

		const limit = reply && limitOf(connection.product, fault.code, reply.status);
		const mayRepeat = limit !== undefined || attempt.neverSent === true || isRepeatable(call);
		const wait =
			mayRepeat && fault.intent === 'retry' ? plan.next(limit ?? 'fault', fault.retryAfter) : undefined;
		if (wait === undefined) throw failure(call, attempt, connection, mayRepeat);
		if (limit === 'minute') limiter.refused(wait);
		else if (limit) limiter.pause(wait);
		else if (!attempt.neverSent) mayBeDone = true;
		surroundings.log?.(
			'info',
			`Zoho: ${call.method} ${call.path} waits ${Math.ceil(wait / 1000)} s (${fault.code})`,
		);
		await surroundings.sleep(wait);
	}
}

async function send(
	call: ZohoCall & { url: string },
	connection: Connection,
	surroundings: Surroundings,
	limits: Limits,
): Promise<Attempt> {
	const generation = limits.tokens.generation(connection);
	return await connection.send(call).then(
		(reply) => ({ reply, faults: faultsOf(connection.product, reply, call, surroundings.now()), generation }),
		(reason: unknown) => {
			if (reason instanceof ZohoError) throw reason;
			return { faults: [networkFault(reason)], neverSent: neverSent(reason), generation };
		},
	);
}

/** Did the connection fail before a byte of the request could leave? */
function neverSent(reason: unknown, depth = 0): boolean {
	const codes = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'];
	if (typeof reason !== 'object' || reason === null || depth > 5) return false;
	const { code, cause } = reason as { code?: unknown; cause?: unknown };
	return (typeof code === 'string' && codes.includes(code)) || neverSent(cause, depth + 1);
}

function isRepeatable(call: ZohoCall): boolean {
	return call.repeatable ?? call.method !== 'POST';
}

/**
 * CRM's answer to writes of several records, or to several calls in one: even when all failed, a list says what became of each. Where records were asked for, what
 * comes with an error status are none.
 */
function answersPerRecord(call: ZohoCall, reply: ZohoReply): boolean {
	const reads = call.method === 'GET' || call.path.endsWith('/coql');
	const refusedAsAWhole = reply.status === 401 || reply.status === 429 || reply.status >= (reads ? 400 : 500);
	const { data, __composite_requests } = asObject(reply.body);
	return !refusedAsAWhole && [data, __composite_requests].some(Array.isArray);
}

/** CRM has a code of its own for a missing scope; Books says 57 for that and for an expired token alike. */
function tokenMayBeStale(fault: ZohoFault): boolean {
	return fault.intent === 'reauthorise' && fault.code !== 'OAUTH_SCOPE_MISMATCH';
}

function failure(call: ZohoCall, attempt: Attempt, connection: Connection, mayRepeat: boolean): ZohoError {
	const faults = attempt.faults.map((fault): ZohoFault => {
		if (fault.intent === 'retry' && !mayRepeat) {
			return {
				...fault,
				outcomeUnknown: true,
				remedy: 'It is unknown whether Zoho carried this out. Look for the record before you send it again.',
			};
		}
		if (connection.product === 'books' && fault.code === '57') return { ...fault, remedy: scopeRemedy(call) };
		if (fault.code === 'OAUTH_SCOPE_MISMATCH') return { ...fault, remedy: scopeRemedy(call) };
		return fault;
	});
	return new ZohoError(faults, call, attempt.reply?.status);
}

function scopeRemedy(call: ZohoCall): string {
	const scope = call.scope ? `the scope ${call.scope}` : 'a scope that the credential was not given';
	return `The call needs ${scope}, and a user who may do this in Zoho. Add it to the scopes of the credential and reconnect it.`;
}

/** Books tells how many calls of the day are left; one warning when few are. */
function watchQuota(
	reply: ZohoReply,
	connection: Connection,
	limiter: Limiter,
	surroundings: Surroundings,
): void {
	if (connection.product !== 'books') return;
	const remaining = numberOf(reply.headers['x-rate-limit-remaining']);
	const limit = numberOf(reply.headers['x-rate-limit-limit']);
	if (remaining === undefined || limit === undefined) return;
	const low = remaining < limit / 10;
	if (low && !limiter.quotaIsLow) {
		surroundings.log?.('warn', `Zoho Books: ${remaining} of ${limit} calls are left for today`);
	}
	limiter.quotaIsLow = low;
}

/**
 * The full address of a call, on the host of the connection or another of the same data centre in the table, and nowhere else. `+` of a time's offset is sent as `%2B`, as Books demands.
 * @throws ZohoError when host, path or organization cannot be right.
 */
export function urlOf(
	call: ZohoCall,
	connection: Pick<Connection, 'product' | 'apiDomain' | 'organizationId'>,
): string {
	const dataCentre = dataCentreOfApiDomain(connection.apiDomain);
	if (!dataCentre) {
		throw refusal(
			call,
			'unknown-api-domain',
			`"${connection.apiDomain}" is not an API host of Zoho`,
			'Reconnect the credential.',
		);
	}
	const origin = dataCentre[call.host ?? 'api'];
	if (!origin) {
		throw refusal(
			call,
			'no-such-host',
			`Zoho names no server for this in the data centre ${dataCentre.name}`,
			'Do without it, or do it in Zoho itself.',
		);
	}
	const url = new URL(origin);
	url.pathname = call.path;
	if (url.pathname !== call.path) {
		throw refusal(
			call,
			'invalid-path',
			'the address of the call is not valid',
			'Check the id or module name it is made of.',
		);
	}
	const query: QueryValues = { ...call.query };
	if (connection.product === 'books' && !/^\/books\/v3\/organizations(\/|$)/.test(call.path)) {
		query.organization_id ??= connection.organizationId;
		if (query.organization_id === undefined) {
			throw refusal(
				call,
				'no-organization',
				'no organization is chosen',
				'Choose the organization in the node.',
			);
		}
	}
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined) url.searchParams.append(name, String(value));
	}
	// A space as `+` is only right in forms.
	return url.origin + url.pathname + url.search.replace(/\+/g, '%20');
}
