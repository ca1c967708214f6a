import axios from 'axios';
import { zohoHosts } from '../../../sandbox/hosts.mts';
import { proxyEnvironment, startProxy, type RunningProxy } from '../../../sandbox/proxy.mts';
import type { SimRequest, SimResponse } from '../../../sandbox/simulator/types.mts';

const seen: SimRequest[] = [];
const warnings: string[] = [];
const environment = { ...process.env };
let answer: SimResponse | Error = { status: 200 };
let proxy: RunningProxy;

function send(url: string, data?: unknown) {
	return axios.post<unknown>(url, data, { validateStatus: () => true, headers: { 'X-Probe': 'Yes' } });
}

beforeAll(async () => {
	proxy = await startProxy({
		simulator: {
			async handle(request) {
				seen.push(request);
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
		warn: (line) => warnings.push(line),
	});
	Object.assign(process.env, proxyEnvironment(proxy));
});

afterAll(async () => {
	process.env = environment;
	await proxy.stop();
});

beforeEach(() => {
	seen.length = 0;
	warnings.length = 0;
	answer = { status: 200, json: { code: 0 } };
});

test('every host of the ten data centres reaches the simulator over TLS, with its method, query, headers and body', async () => {
	const hosts = Object.values(zohoHosts).flatMap((names) => Object.values(names));
	expect(hosts).toHaveLength(30);
	for (const host of hosts) {
		const reply = await send(`https://${host}/books/v3/contacts?page=2&q=a%26b`, { contact_name: 'Müller' });
		expect(reply.data).toEqual({ code: 0 });
	}
	expect(seen.map(({ url }) => url.hostname)).toEqual(hosts);
	expect(seen[0]?.url.searchParams.get('q')).toBe('a&b');
	expect(seen[0]?.method).toBe('POST');
	expect(seen[0]?.headers['x-probe']).toBe('Yes');
	expect(seen[0]?.body.toString()).toBe('{"contact_name":"Müller"}');
});

test('status, headers and an empty body pass through as the simulator gave them', async () => {
	answer = { status: 429, headers: { 'Retry-After': '3' }, json: { code: 44 } };
	const limited = await send('https://www.zohoapis.in/crm/v8/Contacts');
	expect([limited.status, limited.headers['retry-after'], limited.data]).toEqual([429, '3', { code: 44 }]);
	answer = { status: 204 };
	const empty = await send('https://www.zohoapis.in/crm/v8/Contacts');
	expect([empty.status, empty.data]).toEqual([204, '']);
});

test('a cut connection is cut for the client', async () => {
	answer = { cut: true };
	await expect(send('https://www.zohoapis.eu/books/v3/contacts')).rejects.toMatchObject({
		code: 'ECONNRESET',
	});
});

test('a fault of the simulator itself is told, not hidden', async () => {
	answer = new Error('no such page');
	const reply = await send('https://www.zohoapis.eu/books/v3/contacts');
	expect(reply.status).toBe(500);
	expect(warnings.join()).toContain('no such page');
});

test.each(['https://example.com/x', 'https://www.zohoapis.eu.example.com/x', 'http://www.zohoapis.eu/x'])(
	'%s is refused with a sentence and never reaches the simulator',
	async (url) => {
		const reply = await send(url);
		expect(reply.status).toBe(502);
		expect(reply.data).toContain(`${new URL(url).origin} was refused`);
		expect(warnings).toHaveLength(1);
		expect(seen).toEqual([]);
	},
);
