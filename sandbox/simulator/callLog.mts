import type { CallEntry, CallNote, Location, SimRequest, SimResponse } from './types.mts';
import type { World } from './world.mts';

/** The line of the call log about one request: what the service noted, and what request and answer show from the outside. */
export function describeCall(
	world: World,
	service: CallEntry['service'],
	location: Location,
	request: SimRequest,
	response: SimResponse,
	note: CallNote,
): Omit<CallEntry, 'n' | 'at'> {
	const { url, method } = request;
	const kind = note.kind ?? kindOf(service, request);
	return {
		service,
		location,
		method,
		kind,
		organization: note.organization ?? organizationOf(world, service, location, url),
		path: url.pathname,
		query: readableQuery(url),
		status: 'cut' in response ? 'cut' : response.status,
		records: note.records ?? (kind === 'write' ? recordsIn(request) : 0),
		...optional('code', note.code ?? codeOf(response)),
		...optional('ignored', note.ignored?.length ? note.ignored : undefined),
		...optional('ignoredFields', note.ignoredFields?.length ? note.ignoredFields : undefined),
	};
}

function kindOf(service: CallEntry['service'], { method, url }: SimRequest): CallEntry['kind'] {
	if (service === 'accounts') return 'token';
	return method === 'GET' || url.pathname.endsWith('/coql') ? 'read' : 'write';
}

function organizationOf(world: World, service: CallEntry['service'], location: Location, url: URL): string {
	if (service === 'books') return url.searchParams.get('organization_id') ?? '';
	return service === 'crm' ? (world.tenantOf('crm', location)?.crm.zgid ?? '') : '';
}

const secretParameters = new Set(['client_secret', 'code', 'refresh_token', 'token', 'access_token']);

function readableQuery(url: URL): string {
	const shown = [...url.searchParams].map(
		([name, value]) => `${name}=${secretParameters.has(name) ? '(secret)' : value}`,
	);
	return shown.join('&');
}

/** Records in a CRM bulk body; 1 for any other write. */
function recordsIn(request: SimRequest): number {
	const ids = request.url.searchParams.get('ids');
	if (request.method === 'DELETE' && ids) return ids.split(',').length;
	const body = parsed(request.body.toString('utf8'));
	const data = isObject(body) ? body['data'] : undefined;
	return Array.isArray(data) ? data.length : 1;
}

function codeOf(response: SimResponse): string | undefined {
	const json = 'cut' in response ? undefined : response.json;
	if (!isObject(json)) return undefined;
	const { code, error } = json;
	if (typeof error === 'string') return error;
	if (typeof code === 'number') return code === 0 ? undefined : String(code);
	if (typeof code === 'string') return code === 'SUCCESS' ? undefined : code;
	for (const key of ['data', 'watch', 'fields']) {
		const items = json[key];
		const failed: unknown = Array.isArray(items)
			? items.find((item) => isObject(item) && item['status'] === 'error')
			: undefined;
		if (isObject(failed)) return String(failed['code']);
	}
	return undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
	return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
