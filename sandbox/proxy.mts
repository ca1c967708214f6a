import { getLocal, type CompletedRequest } from 'mockttp';
import { ensureCertificate } from './certificate.mts';
import { isZohoHost } from './hosts.mts';
import type { SimRequest, SimResponse } from './simulator/types.mts';

/** What answers for Zoho: the simulator, or anything else with its one function. */
export interface ZohoAnswerer {
	handle(request: SimRequest): Promise<SimResponse>;
}

export interface ProxyOptions {
	simulator: ZohoAnswerer;
	/** Folder of the certificate authority; made where missing. */
	caFolder?: string;
	/** 0 or absent: any free port. */
	port?: number;
	/** One line per request that was refused or that the simulator failed on. Default: standard error. */
	warn?(line: string): void;
}

export interface RunningProxy {
	/** `http://127.0.0.1:PORT`, for HTTPS_PROXY. */
	url: string;
	/** For NODE_EXTRA_CA_CERTS. */
	caPath: string;
	stop(): Promise<void>;
}

type Reply = { statusCode: number; headers?: Record<string, string>; body?: string | Buffer } | 'reset';

async function toSimRequest(request: CompletedRequest): Promise<SimRequest> {
	const headers = Object.entries(request.headers).map(([name, value]) => [
		name.toLowerCase(),
		Array.isArray(value) ? value.join(', ') : (value ?? ''),
	]);
	return {
		method: request.method,
		url: new URL(request.url),
		headers: Object.fromEntries(headers) as Record<string, string>,
		body: (await request.body.getDecodedBuffer()) ?? Buffer.alloc(0),
	};
}

function toReply(response: SimResponse): Reply {
	if ('cut' in response) return 'reset';
	const { status, headers } = response;
	if (response.json !== undefined) {
		const body = JSON.stringify(response.json);
		return {
			statusCode: status,
			headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
			body,
		};
	}
	return { statusCode: status, headers: { ...headers }, body: response.bytes ?? response.text ?? '' };
}

function refusal(url: URL): string | undefined {
	if (!isZohoHost(url.hostname)) {
		return `The sandbox answers for Zoho's hosts only and lets nothing else out: ${url.origin} was refused.`;
	}
	if (url.protocol !== 'https:') return `Zoho is reached over https only: ${url.origin} was refused.`;
	return undefined;
}

/**
 * Starts an intercepting proxy: what goes to a host of Zoho's data centres is answered by `simulator.handle`, everything else with
 * 502 and a sentence. It carries requests and decides nothing: status, headers, body and cut connections are the simulator's.
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
	const { simulator, warn = (line: string) => process.stderr.write(`${line}\n`) } = options;
	const { certPath, keyPath } = await ensureCertificate(options.caFolder);
	const server = getLocal({
		https: { certPath, keyPath },
		http2: false,
		cors: false,
		recordTraffic: false,
		suggestChanges: false,
	});
	await server.start(options.port ? { startPort: options.port, endPort: options.port } : undefined);

	async function answer(request: CompletedRequest): Promise<Reply> {
		const url = new URL(request.url);
		const refused = refusal(url);
		if (refused) {
			warn(refused);
			return { statusCode: 502, headers: { 'content-type': 'text/plain' }, body: refused };
		}
		try {
			return toReply(await simulator.handle(await toSimRequest(request)));
		} catch (error) {
			const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
			warn(`The simulator failed on ${request.method} ${url.origin}${url.pathname}: ${story}`);
			const body = JSON.stringify({ simulator_error: String(error) });
			return { statusCode: 500, headers: { 'content-type': 'application/json' }, body };
		}
	}

	await server.forAnyRequest().thenCallback(answer);
	return { url: `http://127.0.0.1:${server.port}`, caPath: certPath, stop: () => server.stop() };
}

const variables = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'] as const;

/**
 * The environment that sends a process through the proxy. Both spellings, because where both are set the lower-case one wins
 * (proxy-from-env).
 */
export function proxyEnvironment(proxy: RunningProxy): Record<(typeof variables)[number], string> {
	const none = 'localhost,127.0.0.1,::1';
	return {
		HTTPS_PROXY: proxy.url,
		HTTP_PROXY: proxy.url,
		NO_PROXY: none,
		https_proxy: proxy.url,
		http_proxy: proxy.url,
		no_proxy: none,
	};
}
