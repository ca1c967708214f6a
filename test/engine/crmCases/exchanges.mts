/** What passes between the node and the simulated CRM, as the test of every operation looks at it. */

import type { SimRequest, SimResponse } from '../../../sandbox/simulator/types.mts';
import type { Row } from '../crmSupport.mts';
import { line } from './case.mts';

export interface Exchange {
	line: string;
	method: string;
	/** From `/crm/v8` on; of bulk jobs and uploads the whole path, after the host where that is another. */
	path: string;
	query: string[];
	headers: Record<string, string>;
	/** JSON, or the parts of a form by their names. */
	body: unknown;
	status: number;
	answer: Row;
}

/** Hosts beside that of the API, by how their names begin. */
const servers = [
	['content.', 'content'],
	['download-', 'downloads'],
] as const;

export async function exchangeOf({ method, url, headers, body }: SimRequest, response: SimResponse): Promise<Exchange> {
	const server = servers.find(([beginning]) => url.hostname.startsWith(beginning))?.[1];
	const path = `${server ? `${server} ` : ''}${url.pathname.replace('/crm/v8', '')}`;
	const query = Object.fromEntries(url.searchParams);
	const { status, json } = 'cut' in response ? { status: 0, json: undefined } : response;
	return {
		line: line(method, path, query),
		method,
		path,
		query: Object.keys(query),
		headers,
		body: await contentOf(headers, body),
		status,
		answer: (json ?? {}) as Row,
	};
}

/** A file of a form is told by its name, kind and size. */
async function contentOf(headers: Record<string, string>, body: Buffer): Promise<unknown> {
	if (body.length === 0) return undefined;
	if (!headers['content-type']?.startsWith('multipart/form-data')) return JSON.parse(body.toString('utf8')) as unknown;
	const form = await new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] } }).formData();
	const parts = [...form].map(([name, value]) => [name, typeof value === 'string' ? value : { name: value.name, type: value.type, size: value.size }]);
	return Object.fromEntries(parts) as unknown;
}
