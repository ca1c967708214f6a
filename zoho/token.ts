/**
 * Care of access tokens. Zoho's rules (Zoho Accounts "Token limits"): a token lives an hour; 10 new ones per refresh token in 10 minutes,
 * after which it answers 400 "Access Denied"; errors of the token endpoint come with HTTP status 200.
 */

import { dataCentreByCode, dataCentreOfApiDomain } from './dataCentres';
import type { DataCentre } from './dataCentres';
import { ZohoError, withoutSecrets } from './errors';
import { asObject, text } from './json';
import type { Connection, Surroundings, ZohoCall, ZohoFault } from './types';

const minute = 60_000;

/** Stands for the token request in errors. */
const tokenCall: ZohoCall = { method: 'POST', path: '/oauth/v2/token' };

/** True from 55 of the 60 minutes on. An unknown expiry is never due: a 401 tells. */
export function tokenIsDue(expiresAt: number | undefined, now: number): boolean {
	return expiresAt !== undefined && expiresAt - now <= 5 * minute;
}

/** At most 9 token requests in 10 minutes per credential, of this process: Zoho allows 10, and pressing "Connect" takes one, too. */
export class TokenQuota {
	private readonly limit: number;
	private readonly window: number;
	private readonly taken = new Map<string, number[]>();

	/** The half minute on top allows for requests that were slow to arrive. */
	constructor(limit = 9, window = 10 * minute + minute / 2) {
		this.limit = limit;
		this.window = window;
	}

	/** Takes one request: undefined when it is allowed, else the time (epoch milliseconds) when the next one is. */
	take(key: string, now: number): number | undefined {
		const recent = (this.taken.get(key) ?? []).filter((time) => time > now - this.window && time <= now);
		this.taken.set(key, recent);
		const oldest = recent[0];
		if (recent.length >= this.limit && oldest !== undefined) return oldest + this.window;
		recent.push(now);
		return undefined;
	}
}

interface TokenState {
	/** Counts the refreshes, so that a call can tell whether the token was replaced after it was sent. */
	generation: number;
	refreshedAt?: number;
	expiresAt?: number;
	running?: Promise<void>;
	/** No early refresh before this time: the last one failed. */
	notBefore: number;
	/** Kind of call → when Zoho refused it although the token was new. */
	refused: Map<string, number>;
}

/** Refreshes: one at a time per credential, within the quota. */
export class TokenCare {
	private readonly quota: TokenQuota;
	private readonly states = new Map<string, TokenState>();

	constructor(quota = new TokenQuota()) {
		this.quota = quota;
	}

	generation(connection: Connection): number {
		return this.stateOf(connection).generation;
	}

	/** Remembers that a new token did not help this kind of call: it lacks a scope or permission. */
	noteRefusal(connection: Connection, call: ZohoCall, now: number): void {
		this.stateOf(connection).refused.set(kindOf(call), now);
	}

	/** Has a new token not helped this kind of call in the last 10 minutes? Then another one would only cost quota. */
	isRefused(connection: Connection, call: ZohoCall, now: number): boolean {
		const at = this.stateOf(connection).refused.get(kindOf(call));
		return at !== undefined && now - at < 10 * minute;
	}

	/** Gets a new token, unless another call did since generation `seen`. Rejects with a ZohoError. */
	async refresh(connection: Connection, surroundings: Surroundings, seen: number): Promise<void> {
		const state = this.stateOf(connection);
		if (state.generation === seen) {
			state.running ??= this.renew(connection, surroundings, state).finally(() => {
				state.running = undefined;
			});
			await state.running;
		}
		connection.tokenExpiresAt = state.expiresAt;
	}

	/** Refreshes a token that is due. As long as it is still valid, a failure to do so stops nothing. */
	async keepFresh(connection: Connection, surroundings: Surroundings): Promise<void> {
		const state = this.stateOf(connection);
		const now = surroundings.now();
		const known = [connection.tokenExpiresAt, state.expiresAt].filter((time) => time !== undefined);
		const expiresAt = known.length > 0 ? Math.max(...known) : undefined;
		if (expiresAt === undefined || !tokenIsDue(expiresAt, now)) return;
		if (expiresAt > now && state.notBefore > now) return;
		// A token that is due again so soon lives shorter than Zoho's do: its 401 tells when to refresh.
		if (state.refreshedAt !== undefined && now - state.refreshedAt < 10 * minute) return;
		await this.refresh(connection, surroundings, state.generation).catch((reason: unknown) => {
			if (expiresAt <= surroundings.now()) throw reason;
			state.notBefore = now + minute;
			surroundings.log?.('warn', `Zoho: early refresh of the access token failed. ${messageOf(reason)}`);
		});
	}

	private async renew(connection: Connection, surroundings: Surroundings, state: TokenState): Promise<void> {
		const now = surroundings.now();
		const freeAt = this.quota.take(connection.key, now);
		if (freeAt !== undefined) throw new ZohoError([quotaFault(freeAt)], tokenCall);
		const { expiresAt } = await connection.refreshToken().catch((reason: unknown) => {
			throw reason instanceof ZohoError ? reason : new ZohoError([explainTokenFailure(reason)], tokenCall);
		});
		state.expiresAt = expiresAt;
		state.refreshedAt = now;
		state.generation++;
	}

	private stateOf({ key }: Connection): TokenState {
		const state = this.states.get(key) ?? { generation: 0, notBefore: 0, refused: new Map() };
		this.states.set(key, state);
		return state;
	}
}

/** Calls that need the same scope; without one, calls to the same part of the API. */
function kindOf({ scope, method, path }: ZohoCall): string {
	return scope ?? `${method} ${path.split('/').slice(0, 4).join('/')}`;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? withoutSecrets(error.message) : '';
}

function quotaFault(freeAt: number): ZohoFault {
	const when = new Date(freeAt).toISOString();
	return {
		intent: 'retry',
		code: 'token-quota',
		message: '9 access tokens were asked for in the last 10 minutes; Zoho allows 10, and one is left for connecting',
		remedy: `The next one is possible at ${when}. If this repeats, reconnect the credential and see that no other program uses it.`,
		resetsAt: freeAt,
	};
}

/** The `error` values of Zoho's token endpoint (Zoho Accounts "OAuth"; the API's own words are terse). */
const tokenErrors: Record<string, { message: string; remedy: string }> = {
	invalid_code: {
		message: 'Zoho does not accept the refresh token',
		remedy:
			'It was revoked, replaced by newer ones (Zoho keeps 20 per user), or belongs to another data centre. Reconnect the credential.',
	},
	invalid_client: {
		message: 'Zoho does not know this client id in this data centre',
		remedy:
			'Compare the client id with the one in the API console, and switch on Multi-DC there for other data centres.',
	},
	invalid_client_secret: {
		message: 'the client secret is wrong',
		remedy:
			'Copy it again from the API console. With Multi-DC, each data centre may have a secret of its own.',
	},
	invalid_redirect_uri: {
		message: 'the redirect URL is not registered',
		remedy: 'Add the OAuth Redirect URL that n8n shows to the client in the API console.',
	},
	missing_org_info: {
		message: 'the organization is missing in the request',
		remedy: 'Enter the CRM organization (zgid) in the credential.',
	},
};

function throttledFault(): ZohoFault {
	return {
		intent: 'retry',
		code: 'token-throttled',
		message: 'Zoho gives out no more access tokens for now: too many were asked for',
		remedy: 'Wait 10 minutes. If this repeats, see that no other program uses the same credential.',
		retryAfter: 10 * minute,
	};
}

/**
 * What is wrong with a token answer as n8n keeps it (`oauthTokenData`); undefined when nothing is. n8n merges answers, so an `error` key may be a
 * leftover and counts only when no new access token came.
 * @param data the token data; `callbackQueryString.location` is the data centre that consent was given in
 * @param chosen code of the data centre that the credential is set to
 * @param previousToken the access token before a refresh; leave out at first connection
 */
export function explainTokenAnswer(
	data: unknown,
	chosen: string,
	previousToken?: string,
): ZohoFault | undefined {
	const answer = asObject(data);
	const accessToken = text(answer.access_token);
	if (accessToken !== '' && accessToken !== previousToken) return undefined;

	const location = text(asObject(answer.callbackQueryString).location);
	const lives = dataCentreByCode(location);
	const set = dataCentreByCode(chosen);
	if (lives && lives.code !== set?.code) return wrongDataCentre(lives, set);

	const code = text(answer.error);
	if (/access.denied/i.test(code)) return throttledFault();
	if (previousToken !== undefined && text(answer.refresh_token) === '' && code === '') {
		return reconnectFault(
			'no-refresh-token',
			'there is no refresh token',
			'Zoho gives one only at a first consent. Reconnect the credential; if it is still missing, remove the app under Connected Apps of the Zoho account first.',
		);
	}
	const known = Object.hasOwn(tokenErrors, code) ? tokenErrors[code] : undefined;
	if (known) return reconnectFault(code, known.message, known.remedy);
	return reconnectFault(
		code || (accessToken === '' ? 'no-access-token' : 'token-unchanged'),
		accessToken === '' ? 'there is no access token' : 'Zoho gave no new access token',
		'Reconnect the credential.',
	);
}

/** What a token request that failed outright means. `reason` is whatever was thrown. */
export function explainTokenFailure(reason: unknown): ZohoFault {
	const message = messageOf(reason);
	if (/access.denied|too many requests/i.test(message)) return throttledFault();
	const known = Object.entries(tokenErrors).find(([code]) => new RegExp(`\\b${code}\\b`).test(message));
	if (known) return reconnectFault(known[0], known[1].message, known[1].remedy);
	return {
		intent: 'reauthorise',
		code: 'token-refresh',
		message: `a new access token could not be got${message ? `: ${message}` : ''}`,
		remedy: 'Check that n8n reaches Zoho. If it does, reconnect the credential.',
	};
}

function reconnectFault(code: string, message: string, remedy: string): ZohoFault {
	return { intent: 'reauthorise', code, message, remedy };
}

function wrongDataCentre(lives: DataCentre, set: DataCentre | undefined): ZohoFault {
	return reconnectFault(
		'wrong-data-centre',
		`the Zoho account lives in ${lives.name}, but the credential is set to ${set?.name ?? 'another data centre'}`,
		`Choose ${lives.name} in the credential and reconnect it.`,
	);
}

/**
 * The API origin that the token belongs to. Without `api_domain` it is that of the chosen data centre.
 * @throws ZohoError when `api_domain` is not one of Zoho's: no token is sent there.
 */
export function apiDomainOf(data: unknown, chosen: string): string {
	const given = text(asObject(data).api_domain);
	const dataCentre = given === '' ? dataCentreByCode(chosen) : dataCentreOfApiDomain(given);
	if (dataCentre) return dataCentre.api;
	const message =
		given === ''
			? 'the data centre of the credential is unknown'
			: `"${given}" is not an API host of Zoho; no token is sent to it`;
	throw new ZohoError(
		[
			reconnectFault(
				'unknown-api-domain',
				message,
				'Choose the data centre in the credential and reconnect it.',
			),
		],
		tokenCall,
	);
}

/** A ZohoError about the token itself. */
export function tokenError(fault: ZohoFault): ZohoError {
	return new ZohoError([fault], tokenCall);
}
