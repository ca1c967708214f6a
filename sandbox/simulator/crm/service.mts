import type { CallNote, Location, Service, SimRequest, SimResponse } from '../types.mts';
import { type AccessToken, hasScope } from '../tokens.mts';
import { hostOf } from '../places.mts';
import type { World } from '../world.mts';
import { CrmCall } from './call.mts';
import { CrmRefusal, refuse } from './errors.mts';
import type { CrmOrg } from './org.mts';
import { routeOf } from './routes.mts';
import type { Route } from './routing.mts';
import { writeTime } from './times.mts';
import { asV2, asV8, isV2 } from './v2.mts';

/** Does one of the alternatives hold, all of its scopes together? */
function permitted(token: AccessToken, scopes: Route['scopes']): boolean {
	return scopes.every((needed) => needed.split('|').some((scope) => hasScope(token, scope)));
}

function authenticate(
	world: World,
	location: Location,
	request: SimRequest,
): { org: CrmOrg; token: AccessToken } {
	const check = world.tokens.check(request.headers['authorization'], location);
	if (check.state === 'absent') refuse(401, 'AUTHENTICATION_FAILURE', 'Authentication failed');
	if (check.state === 'invalid') refuse(401, 'INVALID_TOKEN', 'invalid oauth token');
	const tenant = world.tenantOf('crm', location, check.token.zgid);
	return tenant
		? { org: tenant.crm, token: check.token }
		: refuse(401, 'INVALID_TOKEN', 'invalid oauth token');
}

function codeOf(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const lists = Object.values(body).filter(Array.isArray).flat() as Array<{
		status?: unknown;
		code?: unknown;
	}>;
	const failed = 'code' in body ? body : lists.find((item) => item?.status === 'error');
	return typeof failed?.code === 'string' ? failed.code : undefined;
}

/**
 * Zoho CRM v8 of all data centres: `https://www.zohoapis.…/crm/v8/…`.
 *
 * Where Zoho's pages are silent, the simulator is the less convenient one of the possibilities: a token's own writes come back as
 * notifications, an accepted update notifies and moves Modified_Time even when no value changed, If-Modified-Since takes only
 * what is later than it, emptying a lookup because its target was deleted moves nothing. Picklists take values outside their list.
 * A line's tax must be the organization's in name and percentage, a line's discount is never negative, the answer to new taxes names no ids,
 * and putting a Product on a Deal tells nobody and moves nothing.
 * All tokens of an org belong to its first user; the desk is the second.
 */
export function createCrmService(world: World): Service {
	async function carryOut(given: SimRequest, location: Location, note: CallNote): Promise<SimResponse> {
		const { org, token } = authenticate(world, location, given);
		const request = isV2(given) ? asV8(org, given) : given;
		note.organization = org.zgid;
		const call = new CrmCall(org, org.users[0], request);
		const headers: Record<string, string> = {
			'x-accesstoken-reset': writeTime(token.expiresAt, org.timeZone),
		};
		const answer = await run(call, request, token, note).catch((error: unknown): SimResponse => {
			if (error instanceof CrmRefusal) return error.response;
			throw error;
		});
		const { remaining } = org.budget;
		if (remaining !== undefined) headers['x-api-credits-remaining'] = String(remaining);
		if ('cut' in answer) return answer;
		return { ...(isV2(given) ? asV2(answer) : answer), headers: { ...headers, ...answer.headers } };
	}

	async function run(
		call: CrmCall,
		request: SimRequest,
		token: AccessToken,
		note: CallNote,
	): Promise<SimResponse> {
		const route = routeOf(call, request);
		note.kind = route.kind;
		if (!permitted(token, route.scopes))
			refuse(401, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL');
		const leave = call.org.budget.enter(route.heavy);
		try {
			call.org.budget.spend(route.credits, world.now());
			await world.latency();
			const answer = route.handle();
			const ignored = route.ignored();
			if (ignored.length) note.ignoredFields = ignored;
			return answer;
		} finally {
			leave();
		}
	}

	return {
		name: 'crm',
		owns: (url) => {
			const server = hostOf(url)?.server;
			// Results of bulk jobs: `/v8/crm/…`.
			return server === 'content' || server === 'downloads' || (server === 'api' && /^\/(v\d+\/)?crm\//.test(url.pathname));
		},
		async handle(request, note) {
			const location = hostOf(request.url)?.location ?? 'us';
			try {
				const answer = await carryOut(request, location, note);
				if ('json' in answer) note.code = codeOf(answer.json);
				return answer;
			} catch (error) {
				if (!(error instanceof CrmRefusal)) throw error;
				note.code = error.code;
				return error.response;
			}
		},
	};
}
