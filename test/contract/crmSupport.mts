import { CrmOrg } from '../../sandbox/simulator/crm/org.mts';
import { createCrmService } from '../../sandbox/simulator/crm/service.mts';
import type { CallNote, Location, Switches, TenantOptions } from '../../sandbox/simulator/types.mts';
import { World } from '../../sandbox/simulator/world.mts';

export type Json = Record<string, any>;

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Json;
	note: CallNote;
}

export const allScopes = [
	'ZohoCRM.modules.ALL',
	'ZohoCRM.settings.ALL',
	'ZohoCRM.bulk.ALL',
	'ZohoFiles.files.ALL',
	'ZohoCRM.composite_requests.CUSTOM',
	'ZohoCRM.notifications.ALL',
	'ZohoCRM.coql.READ',
	'ZohoSearch.securesearch.READ',
	'ZohoCRM.org.READ',
	'ZohoCRM.users.READ',
];

export interface Sent {
	url: string;
	body: Json;
	headers: Record<string, string>;
}

/** One org of a fresh world, with a token for it. `seen` is told of every exchange. */
export function startCrm(
	options: {
		location?: Location;
		crm?: TenantOptions['crm'];
		switches?: Partial<Switches>;
		scopes?: string[];
		seen?: (method: string, path: string, body: unknown, answer: Answer) => void;
	} = {},
) {
	const { location = 'in' } = options;
	const world = new World(options.switches);
	const org = new CrmOrg(world, location, options.crm ?? {});
	world.tenants.push({ location, crm: org });
	const service = createCrmService(world);
	const tokenFor = (scopes: string[], at: Location = location) =>
		world.tokens.issueAccessToken({ clientId: 'client', location: at, scopes })?.value ?? '';
	const token = tokenFor(options.scopes ?? allScopes);
	const sent: Sent[] = [];
	world.deliver = (url, message) => {
		sent.push({ url, body: JSON.parse(message.body) as Json, headers: message.headers });
	};

	async function call(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Answer> {
		const url = new URL(path.startsWith('http') ? path : `${org.apiDomain}/crm/v8${path}`);
		const note: CallNote = {};
		const answer = await service.handle(
			{
				method,
				url,
				headers: { authorization: `Zoho-oauthtoken ${token}`, ...headers },
				body: Buffer.isBuffer(body) ? body : Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
			},
			note,
		);
		if ('cut' in answer) throw new Error('cut');
		const result = {
			status: answer.status,
			headers: answer.headers ?? {},
			body: (answer.json ?? {}) as Json,
			note,
		};
		options.seen?.(method, url.pathname.replace('/crm/v8', ''), body, result);
		return result;
	}

	const coql = (query: string) => call('POST', '/coql', { select_query: query });
	/** Adds one record and answers its id. */
	async function add(module: string, record: Json): Promise<string> {
		const { status, body } = await call('POST', `/${module}`, { data: [record] });
		if (status !== 201) throw new Error(JSON.stringify(body));
		return body['data'][0].details.id as string;
	}
	return { world, org, service, call, coql, add, sent, tokenFor };
}
