import type { Simulator } from '../../sandbox/simulator/simulator.mts';

export interface Sent {
	at: number;
	text: string;
}

/** Longer bodies are cut: a trace is read by people. */
const longest = 2_000;

/** Keeps what n8n writes to Zoho, for the trace of a script that fails. */
export function keepSent(simulator: Simulator): Sent[] {
	const sent: Sent[] = [];
	const handle = simulator.handle.bind(simulator);
	simulator.handle = async (request) => {
		const answer = await handle(request);
		const { method, url, body } = request;
		const isWrite = method !== 'GET' && !url.pathname.startsWith('/oauth/') && !url.pathname.endsWith('/coql');
		if (isWrite) sent.push({ at: simulator.world.now(), text: `  sent ${method} ${url.pathname}: ${body.toString().slice(0, longest)}` });
		return answer;
	};
	return sent;
}
