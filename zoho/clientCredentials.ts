/** Tokens by client credentials (Zoho Accounts "Self client: client credentials flow"): no refresh token, a new request each hour. */

import { dataCentreByCode } from './dataCentres';
import { asObject, text } from './json';
import { TokenQuota, explainTokenAnswer, explainTokenFailure, tokenError } from './token';

export interface TokenRequest {
	url: string;
	/** Form-encoded body. */
	form: string;
}

/** Requests under way, by client: n8n has no single flight for this kind of credential, and Zoho allows few tokens. */
const underWay = new Map<string, Promise<string>>();
/** The last token of each client and when it came, for callers whose call was still on its way with the one before. */
const latest = new Map<string, { token: string; at: number }>();
/** No call is on its way longer than this. An older token may have expired, and the caller's come from another process of n8n. */
const youngFor = 5 * 60_000;
const quota = new TokenQuota();

/**
 * An access token for `{ dataCentre, clientId, clientSecret, zgid, scope }` other than its `accessToken`, which is missing or did not work. Callers
 * share one request; one that comes up to 5 minutes late with an older token gets what the others got. `now` in epoch milliseconds.
 * @throws ZohoError that says in words why Zoho gave none
 */
export async function requestClientToken(
	credential: Record<string, unknown>,
	send: (request: TokenRequest) => Promise<unknown>,
	now: number,
): Promise<string> {
	const { dataCentre, clientId, clientSecret, zgid, scope } = credential;
	const key = JSON.stringify([dataCentre, clientId, clientSecret, zgid, scope].map(text));
	const known = latest.get(key);
	if (known && now - known.at < youngFor && known.token !== text(credential.accessToken)) return known.token;
	const running = underWay.get(key) ?? request(credential, send, key, now).finally(() => underWay.delete(key));
	underWay.set(key, running);
	const token = await running;
	latest.set(key, { token, at: now });
	return token;
}

async function request(
	credential: Record<string, unknown>,
	send: (request: TokenRequest) => Promise<unknown>,
	key: string,
	now: number,
): Promise<string> {
	const chosen = text(credential.dataCentre);
	const dataCentre = dataCentreByCode(chosen);
	if (!dataCentre) throw tokenError(explainTokenFailure(new Error('no data centre is chosen')));
	const freeAt = quota.take(key, now);
	if (freeAt !== undefined) throw tokenError(explainTokenFailure(new Error('too many requests: 9 tokens in 10 minutes')));
	const form = new URLSearchParams({
		grant_type: 'client_credentials',
		client_id: text(credential.clientId),
		client_secret: text(credential.clientSecret),
		scope: text(credential.scope),
		soid: `ZohoCRM.${text(credential.zgid)}`,
	});
	const answer = asObject(await send({ url: `${dataCentre.accounts}/oauth/v2/token`, form: form.toString() }));
	const problem = explainTokenAnswer(answer, chosen);
	if (problem) throw tokenError(problem);
	return text(answer.access_token);
}
