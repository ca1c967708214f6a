import { AsyncLocalStorage } from 'node:async_hooks';
import type { Simulator } from '../../sandbox/simulator/simulator.mts';
import type { CallEntry } from '../../sandbox/simulator/types.mts';

/** A line of the call log with the COQL that the caller sent: the log itself keeps no bodies, and those of writes would fill the memory. */
export interface Call extends CallEntry {
	body: string;
	/** Milliseconds from the request to the answer. */
	took: number;
}

interface Asked {
	body: string;
	at: number;
}

/** Listens to all calls of a simulated Zoho from now on. */
export class CallBook {
	readonly all: Call[] = [];

	constructor(simulator: Simulator) {
		const asked = new AsyncLocalStorage<Asked>();
		const handle = simulator.handle.bind(simulator);
		const { world } = simulator;
		simulator.handle = (request) => {
			const body = request.url.pathname.endsWith('/coql') ? request.body.toString('utf8') : '';
			return asked.run({ body, at: world.now() }, () => handle(request));
		};
		world.events.on('call', (entry) => {
			const { body = '', at = entry.at } = asked.getStore() ?? {};
			this.all.push({ ...entry, body, took: entry.at - at });
		});
	}

	/** Calls to Books and CRM from entry `since` on that `wanted` takes. */
	since(since: number, wanted: (call: Call) => boolean = () => true): Call[] {
		return this.all.slice(since).filter((call) => call.service !== 'accounts' && wanted(call));
	}
}

/** The statement of a COQL call; '' for any other call. */
export function coqlOf({ path, body }: Call): string {
	if (!path.endsWith('/coql')) return '';
	return String((JSON.parse(body) as { select_query?: string }).select_query ?? '');
}

/** The ids of records that a read of CRM asks for by their ids; none for any other call. */
export function idsAskedFor(call: Call): string[] {
	const statement = coqlOf(call);
	const lists = [...statement.matchAll(/(?<![\w.])id in \(([^)]*)\)/g)].map(([, list = '']) => list);
	const ids = new URLSearchParams(call.query).get('ids');
	const isRead = call.service === 'crm' && call.kind === 'read';
	return isRead ? [...lists, ids ?? ''].join(',').replaceAll("'", '').split(',').filter(Boolean) : [];
}

/** A trigger's poll: what has changed since, or whether its webhooks and its channel still stand. */
export function isPoll(call: Call): boolean {
	const { service, method, path } = call;
	const isUpkeep = service === 'crm' ? /\/actions\/watch$/.test(path) : service === 'books' && method === 'GET' && /\/settings\/(webhooks|workflows)$/.test(path);
	return isUpkeep || lookedAt(call) !== undefined;
}

/** What a poll looks at for what was modified or deleted: `books` or the module of CRM; undefined for any other call. */
export function lookedAt(call: Call): string | undefined {
	const { service, method, path, query } = call;
	if (service === 'books') return method === 'GET' && query.includes('last_modified_time') ? service : undefined;
	if (service !== 'crm') return undefined;
	return /\/(\w+)\/deleted$/.exec(path)?.[1] ?? /from (\w+) where Modified_Time >=/.exec(coqlOf(call))?.[1];
}

/** `POST /crm/v8/coql Accounts`: what calls are told apart by in a list of counts. Ids are left out. */
export function kindOfCall(call: Call): string {
	const statement = coqlOf(call);
	const module = /from (\w+)/.exec(statement)?.[1];
	const by = [...statement.matchAll(/([\w.]+) in \(/g)].map(([, field = '']) => field);
	const path = call.path.replace(/\/\d{6,}/g, '/{id}');
	const about = module ? ` ${module} by ${[...new Set(by)].join(', ') || 'time'}` : '';
	return `${call.service} ${call.method} ${path}${about}${call.status === 429 ? ' 429' : ''}`;
}

/** How many calls there are of each kind, most first. */
export function countKinds(calls: readonly Call[]): Record<string, number> {
	const counts = new Map<string, number>();
	for (const call of calls) counts.set(kindOfCall(call), (counts.get(kindOfCall(call)) ?? 0) + 1);
	return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

export function countOf(calls: readonly Call[], service: 'books' | 'crm'): number {
	return calls.filter((call) => call.service === service).length;
}
