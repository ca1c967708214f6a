import type { SimRequest } from '../types.mts';
import { hostOf } from '../places.mts';
import { bulkRoute, resultRoute, uploadRoute } from './bulk/routes.mts';
import type { CrmCall } from './call.mts';
import { compositeRoute } from './composite.mts';
import { coqlCredits, queryOf, runCoql } from './coql.mts';
import { recordRoute } from './recordRoutes.mts';
import {
	type Method,
	moduleScope,
	nothing,
	operationOf,
	reading,
	type Route,
	wrongMethod,
	wrongUrl,
} from './routing.mts';
import { orgRoute, settingsRoute, usersRoute } from './settingsRoutes.mts';
import { withTags } from './tags.mts';
import { disableChannels, listChannels, writeChannels } from './watch.mts';

function watchRoute(call: CrmCall, method: Method): Route {
	const scope = `ZohoCRM.notifications.${operationOf[method]}`;
	if (method === 'GET') return reading(scope, () => listChannels(call));
	const handle = method === 'DELETE' ? () => disableChannels(call) : () => writeChannels(call, method);
	return { ...reading(scope, handle), kind: 'write' };
}

function coqlRoute(call: CrmCall, method: Method): Route {
	if (method !== 'POST') return wrongMethod();
	const query = queryOf(call);
	const module = call.org.modules.get(query.module);
	const scopes = module ? ['ZohoCRM.coql.READ', moduleScope(module, 'READ')] : ['ZohoCRM.coql.READ'];
	return {
		kind: 'read',
		scopes,
		credits: coqlCredits(query),
		heavy: true,
		handle: () => runCoql(call),
		ignored: nothing,
	};
}

/** Finds the operation that a request asks for; refuses what CRM does not have. */
export function routeOf(call: CrmCall, request: SimRequest): Route {
	const method = request.method.toUpperCase() as Method;
	const [, product, version, first, ...rest] = request.url.pathname.split('/').map(decodeURIComponent);
	const server = hostOf(request.url)?.server;
	if (server === 'content') return uploadRoute(call, method, request);
	if (server === 'downloads' || version === 'crm') return resultRoute(call, method, request);
	if (product === 'crm' && version === 'bulk') return bulkRoute(call, method, [first ?? '', ...rest]);
	if (product !== 'crm' || version !== 'v8' || !first || !(method in operationOf)) return wrongUrl();
	if (first === 'settings') return settingsRoute(call, method, rest);
	if (first === 'actions' && rest[0] === 'watch' && rest.length === 1) return watchRoute(call, method);
	if (first === 'coql' && rest.length === 0) return coqlRoute(call, method);
	if (first === '__composite_requests' && rest.length === 0) return compositeRoute(call, method, routeOf);
	if (first === 'org') return orgRoute(call, method, rest);
	if (first === 'users') return usersRoute(call, method, rest);
	// `actions` and the like are no modules; Zoho has them, this simulator does not.
	if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(first)) return wrongUrl();
	const isTagging = rest.at(-2) === 'actions' && /^(add|remove)_tags$/.test(rest.at(-1) ?? '');
	return recordRoute(call, isTagging ? withTags(call.org, first) : call.org.module(first), method, rest);
}
