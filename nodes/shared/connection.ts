/** From n8n's context to a ZohoClient: credential in, checked and authorised connection out. */

import { createHash } from 'node:crypto';
import type {
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import { listOrganizations } from '../../zoho/books/read';
import { ZohoClient } from '../../zoho/client';
import { ZohoError } from '../../zoho/errors';
import { processLimits } from '../../zoho/exchange';
import { asObject, isObject, numberOf, text } from '../../zoho/json';
import { apiDomainOf, explainTokenAnswer, tokenError } from '../../zoho/token';
import type { Connection, Surroundings, ZohoCall, ZohoProduct, ZohoReply } from '../../zoho/types';
import { fileReplyOf, formOf, jsonOf } from './files';
import { replyOf } from './replies';
import { crmCredentialType, zohoBooksOAuth2Api, zohoCrmClientCredentialsApi } from './credentials';

export type ZohoContext =
	| IExecuteFunctions
	| IExecuteSingleFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

export interface ConnectOptions {
	/** Books: the chosen organization; '' or absent = the node's own parameter, else the only one. */
	organizationId?: string;
	/** Books: leave the organization open (for calls that need none, and for the dropdown of organizations). */
	anyOrganization?: boolean;
	/** Takes the place of n8n's `httpRequestWithAuthentication`; resolves with the full response. */
	transport?: Transport;
}

export type Transport = (request: IHttpRequestOptions) => Promise<unknown>;

/** The outside world, as `zoho/` wants it. */
function surroundingsOf(context: ZohoContext): Surroundings {
	return {
		now: Date.now,
		sleep,
		random: Math.random,
		log: (level, message) => context.logger[level](message),
	};
}

/**
 * A client for the credential that the node has for this product. Resolves the Books organization.
 * @throws ZohoError or NodeOperationError that says what to do; no request is made with a token that has no known host to go to
 */
export async function connect(context: ZohoContext, product: ZohoProduct, options: ConnectOptions = {}): Promise<ZohoClient> {
	const connection = await connectionOf(context, product, options.transport);
	const client = new ZohoClient(connection, surroundingsOf(context), processLimits());
	if (product === 'books' && !options.anyOrganization) {
		connection.organizationId = await organizationOf(context, client, options.organizationId);
	}
	return client;
}

/** The checked connection behind `connect`, without an organization. */
async function connectionOf(context: ZohoContext, product: ZohoProduct, transport?: Transport): Promise<Connection> {
	const node = context.getNode();
	const type = product === 'books' ? zohoBooksOAuth2Api : crmCredentialType(node.parameters);
	const credential = await context.getCredentials(type);
	const chosen = text(credential.dataCentre);
	const token = asObject(credential.oauthTokenData);
	const key = `${type}/${node.credentials?.[type]?.id ?? ''}/${digest(text(token.refresh_token))}`;
	const shares = { callsPerMinute: atLeastOne(credential.callsPerMinute), callsInFlight: atLeastOne(credential.callsAtOnce) };
	const send = async (call: ZohoCall & { url: string }) => {
		const reply = await sendOnce(context, type, call, transport);
		if (product === 'books' && text(asObject(reply.body).code) === notAMember) knownOrganizations.delete(key);
		return reply;
	};

	if (type === zohoCrmClientCredentialsApi) {
		// n8n gets a token before the request and once more after a 401; what comes back after that is final.
		const refused = tokenError({
			intent: 'reauthorise',
			code: 'INVALID_TOKEN',
			message: 'Zoho CRM refuses the token that it gave for these client credentials',
			remedy: 'Check the data centre, the organization (zgid) and the client in the credential.',
		});
		return { product, key, ...shares, apiDomain: apiDomainOf({}, chosen), send, refreshToken: async () => await Promise.reject(refused) };
	}

	const problem = text(token.access_token) === '' ? explainTokenAnswer(token, chosen) : undefined;
	if (problem) throw tokenError(problem);
	return {
		product,
		key,
		...shares,
		apiDomain: apiDomainOf(token, chosen),
		tokenExpiresAt: numberOf(token.n8n_expires_at),
		send,
		refreshToken: async () => await refreshToken(context, type, chosen),
	};
}

/** What the credential says of this process's share; undefined where it says nothing, as one made with an earlier version does. */
function atLeastOne(value: unknown): number | undefined {
	const given = numberOf(value);
	return given === undefined ? undefined : Math.max(1, Math.floor(given));
}

/** Gets a new token through n8n, which keeps it; then makes sure that one came, as Zoho reports errors with HTTP 200. */
async function refreshToken(context: ZohoContext, type: string, chosen: string): Promise<{ expiresAt: number }> {
	// Read anew: a long run refreshes more than once, and each time "no new token" must be told from a new one.
	const { oauthTokenData } = await context.getCredentials(type);
	const previous = text(asObject(oauthTokenData).access_token);
	const token: unknown = await context.helpers.refreshOAuth2Token.call(context, type);
	const problem = explainTokenAnswer(token, chosen, previous);
	if (problem) throw tokenError(problem);
	const lifetime = (numberOf(asObject(token).expires_in) ?? 3600) * 1000;
	return { expiresAt: Date.now() + lifetime };
}

/** One request with n8n's helper. Every HTTP status is an answer; what n8n throws is a missing answer. */
async function sendOnce(
	context: ZohoContext,
	type: string,
	call: ZohoCall & { url: string },
	transport: Transport = async (request) => await context.helpers.httpRequestWithAuthentication.call(context, type, request),
): Promise<ZohoReply> {
	const isOAuth2 = type !== zohoCrmClientCredentialsApi;
	const request: IHttpRequestOptions = {
		method: call.method satisfies IHttpRequestMethods,
		url: call.url,
		headers: { accept: 'application/json', ...call.headers },
		...(call.body !== undefined && { body: call.body as IHttpRequestOptions['body'] }),
		json: true,
		...formOf(call),
		...(call.wantsFile && { json: false, encoding: 'arraybuffer' as const }),
		returnFullResponse: true,
		disableFollowRedirect: true,
		// For OAuth2 the request path decides on a refresh; for client credentials n8n does, on a 401.
		ignoreHttpStatusErrors: isOAuth2 ? true : { ignore: true, except: [401] },
	};
	return await transport(request).then(call.wantsFile ? fileReplyOf : replyOf, refusedReply);
}

/** The answer inside the error that n8n throws for a 401; rejects with every other error, unwrapped where it explains why there is no token. */
async function refusedReply(error: unknown): Promise<ZohoReply> {
	const { httpCode, context, cause } = (error ?? {}) as { httpCode?: unknown; context?: unknown; cause?: unknown };
	if (cause instanceof ZohoError) return await Promise.reject(cause);
	if (httpCode !== '401') return await Promise.reject(error as Error);
	const data = jsonOf((context as { data?: unknown } | undefined)?.data);
	return { status: 401, headers: {}, body: isObject(data) ? data : undefined };
}

/** By connection: the user's organizations, remembered for an hour, so that the usual case costs one call a process and hour. */
const knownOrganizations = new Map<string, { at: number; found: Promise<Array<{ id: string; name: string }>> }>();
const hour = 3_600_000;
/** Books' code for an organization that the user does not belong to (any more). */
const notAMember = '6041';

/** Tells one consent from another: after reconnecting, perhaps as another user, nothing known of the earlier one holds. */
function digest(refreshToken: string): string {
	return createHash('sha256').update(refreshToken).digest('hex').slice(0, 16);
}

/** The organization to work in: the chosen one, else the only one there is; never the first of several. */
async function organizationOf(context: ZohoContext, client: ZohoClient, chosen = ''): Promise<string> {
	const parameter = context.getNode().parameters.organizationId;
	const wanted = chosen || (typeof parameter === 'string' && !parameter.startsWith('=') ? parameter : '');
	if (wanted !== '') return wanted;

	const organizations = await organizationsOf(client);
	const [only, ...others] = organizations;
	if (only && others.length === 0) return only.id;
	const names = organizations.map(({ id, name }) => `${name} (${id})`).join(', ');
	throw new NodeOperationError(
		context.getNode(),
		only ? 'The Zoho Books user belongs to several organizations' : 'The Zoho Books user belongs to no organization',
		{
			description: only
				? `Choose one in the field Organization: ${names}.`
				: 'Connect the credential as a user of the organization, or have that user invited in Zoho Books.',
		},
	);
}

/** Items that ask at the same time share one call. */
async function organizationsOf(client: ZohoClient): Promise<Array<{ id: string; name: string }>> {
	const { key } = client.connection;
	const known = knownOrganizations.get(key);
	if (known && Date.now() - known.at <= hour) return await known.found;
	const found = listOrganizations(client).then((rows) =>
		rows.map((row) => ({ id: text(row.organization_id), name: text(row.name) })),
	);
	knownOrganizations.set(key, { at: Date.now(), found });
	const forget = () => void knownOrganizations.delete(key);
	found.then((ids) => ids.length === 0 && forget(), forget);
	return await found;
}
