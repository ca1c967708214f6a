import { getLocal } from 'mockttp';

export interface Router {
	stop(): Promise<void>;
}

/**
 * What the reverse proxy in front of an n8n in queue mode does: production webhooks go to the webhook process, everything else
 * (editor, API, test webhooks, the editor's WebSocket) to the main process. Answers 502 while the process behind it is away.
 */
export async function startRouter(port: number, targets: { main: number; webhook: number }): Promise<Router> {
	const server = getLocal({ cors: false, recordTraffic: false, suggestChanges: false, http2: false });
	await server.start({ startPort: port, endPort: port });
	// The visitor's Host stays: n8n compares it with the origin of the editor.
	const to = (target: number) => ({
		transformRequest: { replaceHost: { targetHost: `127.0.0.1:${target}`, updateHostHeader: false } },
	});
	await server.forAnyRequest().thenPassThrough(to(targets.main));
	await server.forAnyRequest().withUrlMatching(/^[^?]*:\d+\/webhook\//).asPriority(1).thenPassThrough(to(targets.webhook));
	await server.forAnyWebSocket().thenPassThrough(to(targets.main));
	return { stop: () => server.stop() };
}
