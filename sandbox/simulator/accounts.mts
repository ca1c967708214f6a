import { zohoHosts, isLocation } from '../hosts.mts';
import { consentPage, refusalPage } from './consentPage.mts';
import { accessDenied } from './faults.mts';
import { hostOf } from './places.mts';
import type { AccessToken, AuthorizationCode, OAuthClient, RefreshToken } from './tokens.mts';
import type { Location, Service, SimRequest, SimResponse } from './types.mts';
import type { World } from './world.mts';

/**
 * The accounts servers of all data centres: https://www.zoho.com/accounts/protocol/oauth/web-apps.html, refresh, revoke,
 * multi-dc and self-client/client-credentials-flow pages. Token errors come with HTTP 200, as observed in many logs; only
 * the quota answers 400.
 */
export function createAccountsService(world: World): Service {
	return {
		name: 'accounts',
		owns: (url) => hostOf(url)?.server === 'accounts',
		handle: (request) => answer(world, request),
	};
}

function answer(world: World, request: SimRequest): SimResponse {
	const location = hostOf(request.url)?.location ?? 'us';
	const route = `${request.method} ${request.url.pathname.replace(/\/$/, '')}`;
	const parameters = readParameters(request);
	switch (route) {
		case 'GET /oauth/v2/auth':
			return showConsent(world, location, parameters);
		case 'POST /oauth/v2/auth':
			return decide(world, location, parameters);
		case 'POST /oauth/v2/token':
			return giveToken(world, location, parameters);
		case 'POST /oauth/v2/token/revoke':
			return world.tokens.revoke(parameters.get('token') ?? '')
				? { status: 200, json: { status: 'success' } }
				: { status: 200, json: { error: 'invalid_code' } };
		case 'GET /oauth/serverinfo':
			return { status: 200, json: { result: 'success', locations: accountsServers() } };
		default:
			return { status: 404, text: 'Not found' };
	}
}

const accountsServers = () =>
	Object.fromEntries(Object.entries(zohoHosts).map(([code, { accounts }]) => [code, `https://${accounts}`]));

/** Query and form fields together: Zoho takes either. */
function readParameters({ url, body, headers }: SimRequest): URLSearchParams {
	const parameters = new URLSearchParams(url.search);
	const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
	if (isForm)
		for (const [name, value] of new URLSearchParams(body.toString('utf8'))) parameters.set(name, value);
	return parameters;
}

const booksAreas = new Set([
	'contacts',
	'settings',
	'estimates',
	'invoices',
	'customerpayments',
	'creditnotes',
	'projects',
	'expenses',
	'salesorders',
	'purchaseorders',
	'bills',
	'debitnotes',
	'vendorpayments',
	'banking',
	'accountants',
	'reports',
	'fixedasset',
	'custommodules',
]);
const products = new Set(['zohobooks', 'zohocrm', 'zohosearch', 'zohofiles', 'aaaserver', 'zohoworkdrive']);

function isKnownScope(scope: string): boolean {
	const [product = '', area = '', ...rest] = scope.toLowerCase().split('.');
	if (!products.has(product) || rest.length === 0) return false;
	if (product !== 'zohobooks') return true;
	if (area === 'fullaccess') return rest.join('.') === 'all';
	return booksAreas.has(area) && ['create', 'read', 'update', 'delete', 'all'].includes(rest.join('.'));
}

const scopesOf = (parameters: URLSearchParams) =>
	(parameters.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');

/** What stands in the way of a consent; undefined when nothing does. */
function refusal(client: OAuthClient | undefined, parameters: URLSearchParams): string | undefined {
	if (!client) return 'Invalid Client ID: the passed client ID does not exist.';
	const redirectUri = parameters.get('redirect_uri') ?? '';
	const registered = client.redirectUris.length === 0 || client.redirectUris.includes(redirectUri);
	if (!URL.canParse(redirectUri) || !registered) {
		return 'Invalid Redirect Uri: the redirect URI passed does not match with the one configured.';
	}
	if (parameters.get('response_type') !== 'code')
		return 'Invalid response type: response_type must be "code".';
	const scopes = scopesOf(parameters);
	const unknown = scopes.find((scope) => !isKnownScope(scope));
	if (scopes.length === 0 || unknown)
		return `Invalid OAuth Scope: scope does not exist (${unknown ?? 'none given'}).`;
	return undefined;
}

const consentParameters = [
	'client_id',
	'redirect_uri',
	'response_type',
	'scope',
	'state',
	'access_type',
	'prompt',
];

function showConsent(world: World, location: Location, parameters: URLSearchParams): SimResponse {
	const client = world.tokens.clients.get(parameters.get('client_id') ?? '');
	const refused = refusal(client, parameters);
	const html =
		refused === undefined
			? consentPage({
					location,
					accounts: [...new Set([location, ...world.tenants.map((tenant) => tenant.location)])],
					scopes: scopesOf(parameters),
					fields: consentParameters
						.map((name) => [name, parameters.get(name) ?? ''] as const)
						.filter(([, value]) => value !== ''),
				})
			: refusalPage(refused);
	return { status: 200, headers: { 'content-type': 'text/html;charset=UTF-8' }, text: html };
}

const codeWindow = 10 * 60_000;
const codeLife = 2 * 60_000;

/** Accept or Reject on the consent page: back to the client with a code, or without. */
function decide(world: World, here: Location, parameters: URLSearchParams): SimResponse {
	const client = world.tokens.clients.get(parameters.get('client_id') ?? '');
	const refused = refusal(client, parameters);
	if (refused !== undefined || !client) {
		return {
			status: 200,
			headers: { 'content-type': 'text/html;charset=UTF-8' },
			text: refusalPage(refused ?? ''),
		};
	}
	const back = new URL(parameters.get('redirect_uri') ?? '');
	const state = parameters.get('state');
	const chosen = parameters.get('account') ?? here;
	const location = isLocation(chosen) ? chosen : here;
	const recent = [...world.tokens.codes.values()].filter(
		(code) => code.clientId === client.clientId && code.expiresAt - codeLife > world.now() - codeWindow,
	);
	if (parameters.get('decision') === 'accept' && recent.length < 10) {
		const offline = parameters.get('access_type') === 'offline';
		const again =
			world.tokens.hasConsented(client.clientId, location) && parameters.get('prompt') !== 'consent';
		const code = world.tokens.issueCode({
			clientId: client.clientId,
			location,
			scopes: scopesOf(parameters),
			redirectUri: parameters.get('redirect_uri') ?? '',
			offline: offline && !again,
		});
		back.searchParams.set('code', code.value);
		back.searchParams.set('location', location);
		back.searchParams.set('accounts-server', `https://${zohoHosts[location].accounts}`);
	} else back.searchParams.set('error', 'access_denied');
	if (state !== null) back.searchParams.set('state', state);
	return { status: 302, headers: { location: back.toString() }, text: '' };
}

const failure = (error: string): SimResponse => ({ status: 200, json: { error } });

function giveToken(world: World, location: Location, parameters: URLSearchParams): SimResponse {
	const client = world.tokens.clients.get(parameters.get('client_id') ?? '');
	if (!client) return failure('invalid_client');
	if (client.clientSecret !== parameters.get('client_secret')) return failure('invalid_client_secret');
	switch (parameters.get('grant_type')) {
		case 'authorization_code':
			return exchangeCode(world, location, client, parameters);
		case 'refresh_token':
			return refresh(world, location, client, parameters);
		case 'client_credentials':
			return clientCredentials(world, location, client, parameters);
		default:
			return failure('unsupported_grant_type');
	}
}

function exchangeCode(
	world: World,
	location: Location,
	client: OAuthClient,
	parameters: URLSearchParams,
): SimResponse {
	const code: AuthorizationCode | undefined = world.tokens.codes.get(parameters.get('code') ?? '');
	const usable =
		code &&
		!code.used &&
		code.expiresAt > world.now() &&
		code.location === location &&
		code.clientId === client.clientId;
	if (!usable) return failure('invalid_code');
	if (code.redirectUri !== parameters.get('redirect_uri')) return failure('invalid_redirect_uri');
	code.used = true;
	const refreshToken = code.offline ? world.tokens.issueRefreshToken(permissionOf(code)) : undefined;
	return tokenReply(world, world.tokens.issueAccessToken(permissionOf(code), refreshToken), refreshToken);
}

function refresh(
	world: World,
	location: Location,
	client: OAuthClient,
	parameters: URLSearchParams,
): SimResponse {
	const token: RefreshToken | undefined = world.tokens.refreshTokens.get(
		parameters.get('refresh_token') ?? '',
	);
	if (!token || token.location !== location || token.clientId !== client.clientId)
		return failure('invalid_code');
	return tokenReply(world, world.tokens.issueAccessToken(permissionOf(token), token));
}

function clientCredentials(
	world: World,
	location: Location,
	client: OAuthClient,
	parameters: URLSearchParams,
): SimResponse {
	const zgid = /^ZohoCRM\.(\d+)$/i.exec(parameters.get('soid') ?? '')?.[1];
	if (zgid === undefined || !world.tenantOf('crm', location, zgid)) return failure('missing_org_info');
	const scopes = scopesOf(parameters);
	if (scopes.length === 0 || !scopes.every(isKnownScope)) return failure('invalid_scope');
	return tokenReply(
		world,
		world.tokens.issueAccessToken({ clientId: client.clientId, location, scopes, zgid }),
	);
}

const permissionOf = ({ clientId, location, scopes, zgid }: AuthorizationCode | RefreshToken) => ({
	clientId,
	location,
	scopes,
	zgid,
});

function tokenReply(world: World, access: AccessToken | undefined, refreshToken?: RefreshToken): SimResponse {
	if (!access) return { status: 400, json: accessDenied };
	return {
		status: 200,
		json: {
			access_token: access.value,
			...(refreshToken ? { refresh_token: refreshToken.value } : {}),
			scope: access.scopes.join(' '),
			api_domain: `https://${zohoHosts[access.location].api}`,
			token_type: 'Bearer',
			expires_in: world.switches.tokenLifetime,
		},
	};
}
