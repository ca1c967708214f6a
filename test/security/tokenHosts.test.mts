/**
 * Tokens go to the API hosts of Zoho's table and nowhere else, whatever the credential says its API domain is, and wherever an answer would
 * lead. Seen at the proxy and at the sockets of this process.
 */

import type { ICredentialTestRequest, ICredentialType, IDataObject, INodeType } from 'n8n-workflow';

import { ZohoBooksOAuth2Api } from '../../credentials/ZohoBooksOAuth2Api.credentials';
import { ZohoCrmClientCredentialsApi } from '../../credentials/ZohoCrmClientCredentialsApi.credentials';
import { ZohoCrmOAuth2Api } from '../../credentials/ZohoCrmOAuth2Api.credentials';
import { ZohoBooks } from '../../nodes/ZohoBooks/ZohoBooks.node';
import { ZohoCrm } from '../../nodes/ZohoCrm/ZohoCrm.node';
import { ZohoMatch } from '../../nodes/ZohoMatch/ZohoMatch.node';
import { zohoHosts } from '../../sandbox/hosts.mts';
import type { CredentialStore } from '../support/memoryCredentials.mts';
import { loadOptionsContext } from '../support/loadOptions.mts';
import { feeder, runNode } from '../support/nodeRun.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';
import { figure } from './figures.mts';
import { hostileDomains } from './hostileDomains.mts';
import { credentialOf, locations, triggerOf, type Product } from './triggers.mts';
import { accountsOrigins, apiOrigins, textOf, watchWire, type Wire } from './wire.mts';

let zoho: Zoho;
let wire: Wire;
let count = 0;
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

const types: ICredentialType[] = [
	new ZohoBooksOAuth2Api(),
	new ZohoCrmOAuth2Api(),
	new ZohoCrmClientCredentialsApi(),
];
const typeOf = { books: 'zohoBooksOAuth2Api', crm: 'zohoCrmOAuth2Api' } as const;
const contacts = { __rl: true, mode: 'name', value: 'Contacts' };

interface Way {
	name: string;
	product: Product;
	/** Resolves with the words of the failure, '' when it succeeded. */
	run(credential: IDataObject): Promise<string>;
}

const wordsOf = (error: unknown) => {
	const { message = '', description = '' } = (error ?? {}) as { message?: string; description?: string };
	return `${message} ${description ?? ''}`.trim();
};

function node(
	name: string,
	product: Product,
	make: () => INodeType,
	parameters: IDataObject,
	organization?: string,
): Way {
	return {
		name,
		product,
		async run(credential) {
			const store = { [`c${++count}`]: { type: typeOf[product], data: credential } } as CredentialStore;
			const given = {
				...parameters,
				...(organization === undefined ? {} : { organizationId: organization }),
			};
			const { error } = await runNode({
				node: make(),
				parameters: given,
				items: [{}],
				credentials: store,
				credentialTypes: types,
			});
			return wordsOf(error);
		},
	};
}

function trigger(product: Product): Way {
	return {
		name: `${product} trigger`,
		product,
		async run(credential) {
			const driver = triggerOf(zoho, product, {}, credential);
			const failed = await driver.activate().then(
				() => driver.emittedErrors[0] ?? driver.failures[0],
				(error: unknown) => error,
			);
			await driver.close();
			return wordsOf(failed);
		},
	};
}

const ways: Way[] = [
	node(
		'Zoho Books, read',
		'books',
		() => new ZohoBooks(),
		{ resource: 'contact', operation: 'getAll' },
		'60000100001',
	),
	node('Zoho Books, organization looked up', 'books', () => new ZohoBooks(), {
		resource: 'contact',
		operation: 'getAll',
	}),
	node(
		'Zoho Books, write',
		'books',
		() => new ZohoBooks(),
		{ resource: 'contact', operation: 'upsert', contactName: 'Acme' },
		'60000100001',
	),
	node('Zoho CRM, read', 'crm', () => new ZohoCrm(), {
		authentication: 'oAuth2',
		resource: 'record',
		operation: 'getAll',
		module: contacts,
	}),
	node('Zoho CRM, write', 'crm', () => new ZohoCrm(), {
		authentication: 'oAuth2',
		resource: 'record',
		operation: 'create',
		module: contacts,
		inputMode: 'json',
		record: { Last_Name: 'Lee' },
	}),
	node('Zoho Match', 'crm', () => new ZohoMatch(), {
		authentication: 'oAuth2',
		operation: 'lookUp',
		module: contacts,
		rules: { rule: [{ kind: 'email', field: 'Email', value: 'a@b.example' }] },
		putUnder: 'found',
	}),
	trigger('books'),
	trigger('crm'),
	{
		name: 'dropdown of organizations',
		product: 'books',
		async run(credential) {
			const books = new ZohoBooks();
			const store = { [`c${++count}`]: { type: typeOf.books, data: credential } } as CredentialStore;
			const methods = books.methods as unknown as {
				loadOptions: Record<string, (this: unknown) => Promise<unknown>>;
			};
			const context = loadOptionsContext(books, { resource: 'contact', operation: 'getAll' }, store, types);
			return await (methods.loadOptions.getOrganizations as (this: unknown) => Promise<unknown>)
				.call(context)
				.then(() => '', wordsOf);
		},
	},
];

/** The test behind "Save" in n8n's credential window: a declarative node made of the type's `test` (credentials-tester.service.js of n8n). */
async function testCredential(type: ICredentialType, data: IDataObject): Promise<string> {
	const request = (type.test as ICredentialTestRequest).request;
	const { description } = feeder([]);
	const properties = [
		{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' },
	];
	const node = {
		description: {
			...description,
			requestDefaults: {},
			credentials: [{ name: type.name, required: true }],
			properties,
		},
	} as unknown as INodeType;
	const credentials = { [`c${++count}`]: { type: type.name, data } } as CredentialStore;
	return wordsOf(
		(await runNode({ node, parameters: {}, items: [{}], credentials, credentialTypes: types })).error,
	);
}

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
		const words = await run(credential);
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
		const words = await run(credentialFor(product, domain));
		expect(`${name}: ${words}`).toContain('is not an API host of Zoho');
		expect([name, wire.requests, wire.strays, [...wire.connections]]).toEqual([name, [], [], []]);
		refused++;
	}
});

test.each([[['https://evil.example']], [{ href: 'https://evil.example' }], [true], [0], [null]])(
	'an API domain that is no text (%j) leaves it to the table',
	async (domain) => {
		for (const { product, run } of ways) await run(credentialFor(product, domain));
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
		await run(credential);
		// And when the token has to be refreshed first.
		const tokens = { ...(credentialOf(zoho, product).oauthTokenData as IDataObject), n8n_expires_at: 1 };
		await run({ ...credential, oauthTokenData: tokens });
	}
	expectNothingStrayed();
	expect(wire.requests.filter(({ url }) => accountsOrigins.has(url.origin))).toEqual([]);
	const client = { clientId: 'client', clientSecret: 'secret', zgid: '1', scope: 'x', dataCentre };
	const { error } = await runNode({
		node: new ZohoCrm(),
		parameters: {
			authentication: 'clientCredentials',
			resource: 'record',
			operation: 'getAll',
			module: contacts,
		},
		items: [{}],
		credentials: { [`c${++count}`]: { type: 'zohoCrmClientCredentialsApi', data: client } },
		credentialTypes: types,
	});
	expect(wordsOf(error)).toMatch(/data centre/);
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
	for (const { name, product, run } of ways.slice(0, 6)) {
		wire.requests = [];
		wire.answer = () => ({ status, headers: { location }, text: '' });
		expect(`${name}: ${await run(credentialOf(zoho, product))}`).toContain(`HTTP status ${status}`);
		expectNothingStrayed();
		// The same address again at most.
		expect(new Set(wire.requests.map(({ url }) => `${url.origin}${url.pathname}`)).size).toBe(1);
		expect(wire.requests.map(({ url }) => url.pathname)).not.toContain('/crm/v8/elsewhere');
	}
});

describe.each(types)('the test of a credential, $name', (type) => {
	const product = type.name.includes('Books') ? 'books' : 'crm';

	test('sends the token to the API host', async () => {
		expect(await testCredential(type, storedFor(type))).toBe('');
		expect(wire.requests.map(({ url }) => url.origin)).toContain(
			`https://${zohoHosts[locations[product]].api}`,
		);
		expectNothingStrayed();
	});

	test.each(elsewhere)('does not follow a redirection to %s', async (location) => {
		const data = storedFor(type);
		wire.answer = ({ url }) =>
			apiOrigins.has(url.origin) ? { status: 302, headers: { location }, text: '' } : undefined;
		expect(await testCredential(type, data)).not.toBe('');
		expect(wire.requests.filter(({ url }) => apiOrigins.has(url.origin))).toHaveLength(1);
		expectNothingStrayed();
	});

	/** As n8n stores it. */
	function storedFor({ name }: ICredentialType): IDataObject {
		if (name !== 'zohoCrmClientCredentialsApi') return credentialOf(zoho, product);
		const { clientId, clientSecret } = zoho.simulator.grant({ location: 'in', product: 'crm' });
		return {
			dataCentre: 'in',
			clientId,
			clientSecret,
			zgid: zoho.simulator.world.tenantOf('crm', 'in')?.crm.zgid ?? '',
		};
	}
});

test.each(redirections)(
	'an accounts server that answers %d to %s is not followed with a client secret (client credentials)',
	async (status, location) => {
		const { clientId, clientSecret } = zoho.simulator.grant({ location: 'in', product: 'crm' });
		wire.answer = () => ({ status, headers: { location }, text: '' });
		const { error } = await runNode({
			node: new ZohoCrm(),
			parameters: {
				authentication: 'clientCredentials',
				resource: 'record',
				operation: 'getAll',
				module: contacts,
			},
			items: [{}],
			credentials: {
				[`c${++count}`]: {
					type: 'zohoCrmClientCredentialsApi',
					data: { dataCentre: 'in', clientId, clientSecret, zgid: String(++count) },
				},
			},
			credentialTypes: types,
		});
		expect(wordsOf(error)).toMatch(/there is no access token/);
		expect(new Set(wire.requests.map(({ url }) => url.href))).toEqual(
			new Set([`https://${zohoHosts.in.accounts}/oauth/v2/token`]),
		);
		expectNothingStrayed();
	},
);
