/**
 * Tokens go to the API hosts of Zoho's table and nowhere else, whatever the credential says its API domain is, and wherever an answer would
 * lead. Seen at the proxy and at the sockets of this process.
 */

import type { IDataObject } from 'n8n-workflow';

import { zohoHosts } from '../../sandbox/hosts.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';
import { figure } from './figures.mts';
import { hostileDomains } from './hostileDomains.mts';
import { credentialOf, locations, type Product } from './triggers.mts';
import { clientCredentials, nodes, storedFor, testCredential, types, ways } from './ways.mts';
import { accountsOrigins, apiOrigins, textOf, watchWire, type Wire } from './wire.mts';

let zoho: Zoho;
let wire: Wire;
let refused = 0;

beforeAll(async () => (zoho = await startZoho()));
afterAll(async () => {
	await zoho.stop();
	figure(
		`${hostileDomains.length} hostile API domains tried on every node and trigger: ${refused} runs, no request`,
	);
});
beforeEach(() => {
	zoho.simulator.reset();
	wire = watchWire(zoho);
});
afterEach(() => jest.restoreAllMocks());

/** With another API domain than Zoho gave. */
function credentialFor(product: Product, apiDomain: unknown): IDataObject {
	const credential = credentialOf(zoho, product);
	return {
		...credential,
		oauthTokenData: { ...(credential.oauthTokenData as IDataObject), api_domain: apiDomain } as IDataObject,
	};
}

/** No connection but to the proxy, and behind it no request but to Zoho's hosts. */
function expectNothingStrayed(): void {
	expect(wire.strays).toEqual([]);
	expect([...wire.connections].filter((target) => target !== new URL(zoho.proxy.url).host)).toEqual([]);
	for (const request of wire.requests) {
		expect(apiOrigins.has(request.url.origin) || accountsOrigins.has(request.url.origin)).toBe(true);
		// A token in an address ends up in logs on its way.
		expect(request.url.href).not.toMatch(/1000\.|access_token|refresh_token/);
		if (textOf(request).includes('Bearer')) expect(apiOrigins.has(request.url.origin)).toBe(true);
	}
}

test.each(ways)(
	'$name: with the API domain that Zoho gave, the token goes there',
	async ({ product, run }) => {
		const credential = credentialOf(zoho, product);
		const { words } = await run(zoho, credential);
		expect(words).not.toMatch(/API host/);
		const { access_token: token, api_domain: domain } = credential.oauthTokenData as Record<string, string>;
		const carrying = wire.requests.filter((request) => textOf(request).includes(token as string));
		expect(carrying.length).toBeGreaterThan(0);
		expect(new Set(carrying.map(({ url }) => url.origin))).toEqual(new Set([domain]));
		for (const { headers } of carrying) expect(headers.authorization).toBe(`Bearer ${token}`);
		expectNothingStrayed();
	},
);

test.each(hostileDomains)('an API domain %s gets no request at all', async (_what, domain) => {
	for (const { name, product, run } of ways) {
		const { words } = await run(zoho, credentialFor(product, domain));
		expect(`${name}: ${words}`).toContain('is not an API host of Zoho');
		expect([name, wire.requests, wire.strays, [...wire.connections]]).toEqual([name, [], [], []]);
		refused++;
	}
});

test.each([[['https://evil.example']], [{ href: 'https://evil.example' }], [true], [0], [null]])(
	'an API domain that is no text (%j) leaves it to the table',
	async (domain) => {
		for (const { product, run } of ways) await run(zoho, credentialFor(product, domain));
		expectNothingStrayed();
	},
);

test.each([
	'__proto__',
	'constructor',
	'toString',
	'evil.example',
	'eu.evil.example/',
	'" + "//evil.example',
	'"]}}{{ "https://evil.example',
	'',
])('a data centre "%s" sends neither token nor secret anywhere', async (dataCentre) => {
	for (const { product, run } of ways) {
		const credential = { ...credentialFor(product, ''), dataCentre };
		await run(zoho, credential);
		// And when the token has to be refreshed first.
		const tokens = { ...(credentialOf(zoho, product).oauthTokenData as IDataObject), n8n_expires_at: 1 };
		await run(zoho, { ...credential, oauthTokenData: tokens });
	}
	expectNothingStrayed();
	expect(wire.requests.filter(({ url }) => accountsOrigins.has(url.origin))).toEqual([]);
	const client = { clientId: 'client', clientSecret: 'secret', zgid: '1', scope: 'x', dataCentre };
	expect((await clientCredentials.run(zoho, client)).words).toMatch(/data centre/);
	expectNothingStrayed();
});

const elsewhere = [
	'https://evil.example/steal',
	'http://www.zohoapis.eu/books/v3/contacts',
	'https://www.zohoapis.eu@evil.example/',
	'//evil.example/',
	'https://www.zohoapis.com/',
	'/crm/v8/elsewhere',
];
const statuses = [301, 302, 303, 307, 308];
const redirections = statuses.flatMap((status) => elsewhere.map((location) => [status, location] as const));

test.each(redirections)('an API that answers %d to %s is not followed', async (status, location) => {
	for (const { name, product, run } of nodes) {
		wire.requests = [];
		wire.answer = () => ({ status, headers: { location }, text: '' });
		const { words } = await run(zoho, credentialOf(zoho, product));
		expect(`${name}: ${words}`).toContain(`HTTP status ${status}`);
		expectNothingStrayed();
		// The same address again at most.
		expect(new Set(wire.requests.map(({ url }) => `${url.origin}${url.pathname}`)).size).toBe(1);
		expect(wire.requests.map(({ url }) => url.pathname)).not.toContain('/crm/v8/elsewhere');
	}
});

describe.each(types)('the test of a credential, $name', (type) => {
	const product = type.name.includes('Books') ? 'books' : 'crm';

	test('sends the token to the API host', async () => {
		expect((await testCredential(type, storedFor(zoho, type.name))).words).toBe('');
		expect(wire.requests.map(({ url }) => url.origin)).toContain(
			`https://${zohoHosts[locations[product]].api}`,
		);
		expectNothingStrayed();
	});

	test.each(elsewhere)('does not follow a redirection to %s', async (location) => {
		const data = storedFor(zoho, type.name);
		wire.answer = ({ url }) =>
			apiOrigins.has(url.origin) ? { status: 302, headers: { location }, text: '' } : undefined;
		expect((await testCredential(type, data)).words).not.toBe('');
		expect(wire.requests.filter(({ url }) => apiOrigins.has(url.origin))).toHaveLength(1);
		expectNothingStrayed();
	});
});

test.each(redirections)(
	'an accounts server that answers %d to %s is not followed with a client secret (client credentials)',
	async (status, location) => {
		// The process remembers tokens by the content of the credential.
		const credential = {
			...storedFor(zoho, 'zohoCrmClientCredentialsApi'),
			zgid: `${status}${location.length}`,
		};
		wire.answer = () => ({ status, headers: { location }, text: '' });
		expect((await clientCredentials.run(zoho, credential)).words).toMatch(/there is no access token/);
		expect(new Set(wire.requests.map(({ url }) => url.href))).toEqual(
			new Set([`https://${zohoHosts.in.accounts}/oauth/v2/token`]),
		);
		expectNothingStrayed();
	},
);
