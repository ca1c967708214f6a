/** Answers for addresses of Books given by the test itself, to look at exactly what the node sends. */

import type { Simulator } from '../../sandbox/simulator/simulator.mts';
import type { SimRequest, SimResponse } from '../../sandbox/simulator/types.mts';
import type { Row } from './booksSupport.mts';

export interface Sent {
	/** `POST /invoices?send=true`, without the organization. */
	line: string;
	body: unknown;
}

type Answer = Row | ((sent: Sent) => Row | { status: number; json: Row });

/** Scripted answers by `METHOD /path`; everything else goes to the simulator. */
export class Script {
	readonly sent: Sent[] = [];

	constructor({ simulator }: { simulator: Simulator }, answers: Record<string, Answer>) {
		const handle = simulator.handle.bind(simulator);
		jest.spyOn(simulator, 'handle').mockImplementation(async (request: SimRequest): Promise<SimResponse> => {
			const { url, method } = request;
			const path = url.pathname.replace('/books/v3', '');
			const answer = answers[`${method} ${path}`];
			if (!answer || !url.pathname.startsWith('/books/')) return await handle(request);
			const query = new URLSearchParams(url.searchParams);
			query.delete('organization_id');
			const text = request.body.toString();
			const rest = query.toString();
			const sent = { line: `${method} ${path}${rest && `?${rest}`}`, body: text ? (JSON.parse(text) as unknown) : undefined };
			this.sent.push(sent);
			const given = typeof answer === 'function' ? answer(sent) : answer;
			const headers = { date: new Date(simulator.world.now()).toUTCString() };
			if ('json' in given && typeof given.status === 'number') return { ...(given as { status: number; json: Row }), headers };
			return { status: method === 'POST' ? 201 : 200, headers, json: { code: 0, message: 'success', ...given } };
		});
	}

	get lines(): string[] {
		return this.sent.map(({ line }) => line);
	}
}

/** A record, as its locator field holds it. */
export const located = (name: string, value: string) => ({ [name]: { __rl: true, mode: 'id', value } });
