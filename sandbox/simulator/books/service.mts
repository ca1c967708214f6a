import { hostOf } from '../places.mts';
import { hasScope, type AccessToken } from '../tokens.mts';
import type { CallNote, Location, Service, SimRequest, SimResponse } from '../types.mts';
import type { World } from '../world.mts';
import { accountRoutes } from './accountRoutes.mts';
import { bankRoutes } from './bankRoutes.mts';
import { BooksRefusal, refuse, unknownUrl } from './errors.mts';
import { type BooksOrg, noSuchOrganization } from './org.mts';
import { contactMailRoutes } from './contactMailRoutes.mts';
import { contactRoutes } from './contactRoutes.mts';
import { currencyRoutes } from './currencyRoutes.mts';
import { documentRoutes } from './documentRoutes.mts';
import { expenseRoutes } from './expenseRoutes.mts';
import { itemRoutes } from './itemRoutes.mts';
import { journalRoutes } from './journalRoutes.mts';
import { orderRoutes } from './orderRoutes.mts';
import { partRoutes } from './partRoutes.mts';
import { paymentRoutes } from './paymentRoutes.mts';
import { projectRoutes } from './projectRoutes.mts';
import type { BooksCall, BooksRoute } from './route.mts';
import { settingsRoutes } from './settingsRoutes.mts';
import { taxRoutes } from './taxRoutes.mts';
import { type Json, readBody, readListBody } from './values.mts';
import { writeOffRoutes } from './writeOffRoutes.mts';

const root = '/books/v3';
const routes = [
	...contactRoutes,
	...contactMailRoutes,
	...itemRoutes,
	...documentRoutes,
	...orderRoutes,
	...partRoutes,
	...writeOffRoutes,
	...paymentRoutes,
	...projectRoutes,
	...taxRoutes,
	...currencyRoutes,
	...accountRoutes,
	...bankRoutes,
	...journalRoutes,
	...expenseRoutes,
	...settingsRoutes,
];

/** Zoho Books v3 of all data centres: `https://www.zohoapis.*`/books/v3 */
export function createBooksService(world: World): Service {
	return {
		name: 'books',
		owns: (url) => hostOf(url)?.server === 'api' && url.pathname.startsWith('/books/'),
		async handle(request, note) {
			try {
				return await answer(world, request, hostOf(request.url)?.location ?? 'us', note);
			} catch (error) {
				if (error instanceof BooksRefusal) return error.response;
				throw error;
			}
		},
	};
}

async function answer(
	world: World,
	request: SimRequest,
	location: Location,
	note: CallNote,
): Promise<SimResponse> {
	const { url } = request;
	const token = authenticate(world, request, location);
	const path = url.pathname.startsWith(`${root}/`)
		? url.pathname.slice(root.length).replace(/\/$/, '')
		: unknownUrl();
	const organization = organizationRoute(world, request.method, path, token, location);
	if (organization) {
		noteIgnored(note, url.searchParams, []);
		return organization;
	}
	const { route, ids } = findRoute(request.method, path);
	const org = theOrganization(world, location, url.searchParams.get('organization_id') ?? '');
	note.organization = org.organizationId;
	const leave = org.limits.enter(world.now(), world.switches.booksPerMinute);
	try {
		await world.latency();
		requireScope(token, route.scope);
		const known = typeof route.query === 'function' ? route.query(org) : (route.query ?? []);
		noteIgnored(note, url.searchParams, [...known, ...undocumented(world, route)]);
		const response = route.answer(callOf(org, request, ids, route, note));
		return 'cut' in response
			? response
			: { ...response, headers: { ...org.limits.headers(world.now()), ...response.headers } };
	} finally {
		leave();
	}
}

/** 14: no token or something that is none. 57: expired, revoked, of another data centre — or lacking the scope. */
function authenticate(world: World, request: SimRequest, location: Location): AccessToken {
	const check = world.tokens.check(request.headers['authorization'], location);
	if (check.state === 'valid') return check.token;
	return check.state === 'absent'
		? refuse(
				401,
				14,
				'The request could not be authenticated as the authentication value you entered is invalid. Enter a valid authentication value and try again.',
			)
		: refuse(401, 57, 'You are not authorized to perform this operation');
}

function requireScope(token: AccessToken, scope: string): void {
	if (!hasScope(token, `ZohoBooks.${scope}`))
		refuse(401, 57, 'You are not authorized to perform this operation');
}

/** `/organizations` works without `organization_id`, has no page_context and no rate-limit headers. */
function organizationRoute(
	world: World,
	method: string,
	path: string,
	token: AccessToken,
	location: Location,
): SimResponse | undefined {
	const id = /^\/organizations(?:\/(\d+))?$/.exec(path);
	if (!id) return undefined;
	if (method !== 'GET') return unknownUrl();
	requireScope(token, 'settings.READ');
	const all = world.tenants.flatMap((tenant) =>
		tenant.location === location && tenant.books ? [tenant.books] : [],
	);
	const wanted = id[1];
	if (wanted === undefined) {
		return {
			status: 200,
			json: { code: 0, message: 'success', organizations: all.map((org, index) => org.row(index === 0)) },
		};
	}
	const org = all.find((candidate) => candidate.organizationId === wanted) ?? noSuchOrganization(wanted);
	return { status: 200, json: { code: 0, message: 'success', organization: org.detail(org === all[0]) } };
}

function theOrganization(world: World, location: Location, id: string): BooksOrg {
	// What Zoho says when organization_id is missing is nowhere documented; the same answer is the best guess.
	return (id === '' ? undefined : world.tenantOf('books', location, id)?.books) ?? noSuchOrganization(id);
}

function findRoute(method: string, path: string): { route: BooksRoute; ids: string[] } {
	const parts = path.split('/');
	for (const route of routes) {
		const pattern = route.path.split('/');
		if (route.method !== method || pattern.length !== parts.length) continue;
		const fits = pattern.every(
			(part, index) => part === parts[index] || (part === '{}' && /^\d+$/.test(parts[index] ?? '')),
		);
		if (fits) return { route, ids: parts.filter((_, index) => pattern[index] === '{}') };
	}
	return unknownUrl();
}

/** `GET /contacts` takes a filter that Zoho does not document, by switch. */
const undocumented = (world: World, route: BooksRoute) =>
	route.path === '/contacts' && route.method === 'GET' && world.switches.contactsModifiedFilter
		? ['last_modified_time']
		: [];

function noteIgnored(note: CallNote, query: URLSearchParams, known: readonly string[]): void {
	const ignored = [...query.keys()].filter((name) => name !== 'organization_id' && !known.includes(name));
	if (ignored.length > 0) note.ignored = ignored;
}

function callOf(
	org: BooksOrg,
	request: SimRequest,
	ids: string[],
	route: BooksRoute,
	note: CallNote,
): BooksCall {
	if (route.automation && !org.hasWorkflowRules) {
		// Zoho's words and code for a plan without workflow rules are not known; in a public log this code says that a trial is over.
		refuse(
			400,
			103001,
			'This feature is not available in your current plan. Please upgrade your subscription to use it.',
		);
	}
	return {
		org,
		ids,
		query: request.url.searchParams,
		headers: request.headers,
		body(): Json {
			const body = readBody(request.body, request.headers['content-type'] ?? '');
			const known = route.fields ?? [];
			const ignored = Object.keys(body).filter((name) => !known.includes(name));
			if (ignored.length > 0) note.ignoredFields = ignored;
			return body;
		},
		raw: request.body,
		list: () => readListBody(request.body, request.headers['content-type'] ?? ''),
	};
}
