import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { BooksOrg } from '../../sandbox/simulator/books/org.mts';
import { Simulator } from '../../sandbox/simulator/simulator.mts';
import type { CallEntry, Location, Switches, TenantOptions } from '../../sandbox/simulator/types.mts';

export type Json = Record<string, any>;

/** Zoho's published files and recorded answers, where they lie beside the project. */
export const zohoFiles = resolve(__dirname, '..', '..', '..', 'shared', 'zoho');

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Json;
	entry: CallEntry;
}

export interface Seen {
	(method: string, path: string, body: unknown, answer: Answer): void;
}

export type Call = (
	method: string,
	path: string,
	body?: unknown,
	options?: { headers?: Record<string, string>; query?: Record<string, string>; token?: string },
) => Promise<Answer>;

/** A Books organization with a token for it, reached through the simulator's one function. */
export function startBooks(
	options: {
		location?: Location;
		books?: TenantOptions['books'];
		switches?: Partial<Switches>;
		scopes?: string[];
		seen?: Seen;
	} = {},
): { simulator: Simulator; org: BooksOrg; call: Call; token: string; add(body: Json): Promise<Json> } {
	const { location = 'us' } = options;
	const simulator = new Simulator({
		tenants: [{ location, books: options.books ?? {} }],
		switches: options.switches,
	});
	const org = simulator.world.tenantOf('books', location)?.books;
	if (!org) throw new Error('no organization');
	const grant = simulator.grant({ location, product: 'books', scopes: options.scopes });
	const token = grant.oauthTokenData.access_token;

	const call: Call = async (method, path, body, extra = {}) => {
		const url = new URL(`${grant.oauthTokenData.api_domain}/books/v3${path}`);
		const query = { organization_id: org.organizationId, ...extra.query };
		for (const [name, value] of Object.entries(query)) if (value !== '') url.searchParams.set(name, value);
		const answer = await simulator.handle({
			method,
			url,
			headers: {
				authorization: `Zoho-oauthtoken ${extra.token ?? token}`,
				'content-type': 'application/json',
				...extra.headers,
			},
			body: Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
		});
		if ('cut' in answer) throw new Error('cut');
		const entry = simulator.world.log.at(-1);
		if (!entry) throw new Error('not logged');
		const result = {
			status: answer.status,
			headers: answer.headers ?? {},
			body: (answer.json ?? {}) as Json,
			entry,
		};
		options.seen?.(method, url.pathname.replace('/books/v3', ''), body, result);
		return result;
	};
	const add = async (body: Json): Promise<Json> => {
		const { status, body: answer } = await call('POST', '/contacts', body);
		if (status !== 201) throw new Error(JSON.stringify(answer));
		return answer['contact'] as Json;
	};
	return { simulator, org, call, token, add };
}

export interface Received {
	method: string;
	url: URL;
	headers: Record<string, string>;
	body: string;
}

/** A real HTTP server that keeps what it is sent; `statuses` are its answers in order, then 200. */
export async function startReceiver(
	...statuses: number[]
): Promise<{ url: string; received: Received[]; stop(): Promise<void> }> {
	const received: Received[] = [];
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({
				method: request.method ?? '',
				url: new URL(request.url ?? '/', 'http://127.0.0.1'),
				headers: request.headers as Record<string, string>,
				body: Buffer.concat(chunks).toString('utf8'),
			});
			response.writeHead(statuses.shift() ?? 200).end();
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	return {
		received,
		url: `http://127.0.0.1:${port}`,
		stop: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
	};
}

/** A webhook with its rule, as the public integrations make them. */
export async function addHook(
	call: Call,
	url: string,
	options: { event?: string; entity?: string; secret?: string; name?: string; webhook?: Json } = {},
): Promise<{ webhookId: string; ruleId: string }> {
	const {
		event = 'add_edit',
		entity = 'customer',
		secret = 'abcdefghijkl1234',
		name = `n8n ${event} ${entity}`,
	} = options;
	const webhook = await call('POST', '/settings/webhooks', {
		webhook_name: name,
		entity,
		method: 'POST',
		url,
		secret,
		...options.webhook,
	});
	if (webhook.status !== 201) throw new Error(JSON.stringify(webhook.body));
	const webhookId = webhook.body['webhook'].webhook_id as string;
	const rule = await call('POST', '/settings/workflows', {
		workflow_name: name,
		rule_type: event,
		entity,
		rule: {},
		apply_rule_always: true,
		instant_actions: [{ action_id: webhookId, action_type: 'webhook' }],
	});
	if (rule.status !== 201) throw new Error(JSON.stringify(rule.body));
	return { webhookId, ruleId: rule.body['workflow'].workflow_id as string };
}
