/** What this process sends over the network, seen from three sides: by the simulated Zoho, by the proxy that refuses other hosts, and at the sockets. */

import net from 'node:net';
import { zohoHosts } from '../../sandbox/hosts.mts';
import type { SimRequest, SimResponse } from '../../sandbox/simulator/types.mts';
import type { Zoho } from '../support/zoho.mts';

export interface Wire {
	/** Every request to a host of Zoho's, whole. */
	requests: SimRequest[];
	/** One line for each request to another host, or without TLS. */
	strays: string[];
	/** `host:port` of every connection that was opened, but for those to Zoho itself: what an earlier test of this process left to itself may still try one. */
	connections: Set<string>;
	/** Answers in place of the simulated Zoho where it gives an answer. */
	answer?: (request: SimRequest) => SimResponse | undefined;
}

export const apiOrigins = new Set(Object.values(zohoHosts).map(({ api }) => `https://${api}`));
export const accountsOrigins = new Set(Object.values(zohoHosts).map(({ accounts }) => `https://${accounts}`));

const zohoNames = new Set(Object.values(zohoHosts).flatMap((hosts) => Object.values(hosts)));

/** Watches until `jest.restoreAllMocks()`. */
export function watchWire(zoho: Zoho): Wire {
	const wire: Wire = { requests: [], strays: [], connections: new Set() };
	const handle = zoho.simulator.handle.bind(zoho.simulator);
	jest.spyOn(zoho.simulator, 'handle').mockImplementation(async (request) => {
		wire.requests.push(request);
		return wire.answer?.(request) ?? (await handle(request));
	});
	const write = process.stderr.write.bind(process.stderr);
	jest.spyOn(process.stderr, 'write').mockImplementation((...given: unknown[]) => {
		const line = String(given[0]);
		if (!line.includes('was refused')) return write(...(given as [string]));
		wire.strays.push(line);
		return true;
	});
	const connect = net.Socket.prototype.connect;
	jest.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (
		this: net.Socket,
		...given: unknown[]
	) {
		const [target] = (Array.isArray(given[0]) ? given[0] : given) as [
			{ host?: string; port?: number | string; path?: string },
		];
		if (!zohoNames.has(target.host ?? '')) wire.connections.add(target.path ?? `${target.host ?? 'localhost'}:${target.port}`);
		return connect.apply(this, given as never);
	});
	return wire;
}

/** Everything that went out with a request, in one text. */
export function textOf({ method, url, headers, body }: SimRequest): string {
	return [method, url.href, JSON.stringify(headers), body.toString('utf8')].join('\n');
}
