import { NodeHelpers, Workflow, type ICredentialDataDecryptedObject, type ICredentialType, type IDataObject } from 'n8n-workflow';

import { ZohoBooksOAuth2Api } from '../../credentials/ZohoBooksOAuth2Api.credentials';
import { ZohoCrmClientCredentialsApi } from '../../credentials/ZohoCrmClientCredentialsApi.credentials';
import { ZohoCrmOAuth2Api } from '../../credentials/ZohoCrmOAuth2Api.credentials';
import { zohoHosts } from '../../sandbox/hosts.mts';
import { MemoryCredentials, oAuth2Api } from '../support/memoryCredentials.mts';

const oAuth2Types: ICredentialType[] = [new ZohoBooksOAuth2Api(), new ZohoCrmOAuth2Api()];
const types: ICredentialType[] = [...oAuth2Types, new ZohoCrmClientCredentialsApi()];
const locations = Object.entries(zohoHosts);

/** The credential as n8n hands it to nodes and to its own OAuth2 code. */
async function decrypted(type: string, data: ICredentialDataDecryptedObject) {
	const helper = new MemoryCredentials(types, { one: { type, data } });
	return await helper.getDecrypted({}, { id: 'one' }, type, 'internal');
}

const cases = oAuth2Types.flatMap(({ name }) => locations.map(([code, { accounts }]) => [name, code, accounts] as const));

test('there are ten data centres', () => {
	expect(locations).toHaveLength(10);
	expect(zohoHosts.ca.accounts).toBe('accounts.zohocloud.ca');
});

test.each(cases)('%s in data centre %s asks for consent and tokens at %s', async (type, dataCentre, accounts) => {
	const data = await decrypted(type, { dataCentre });
	expect(data.authUrl).toBe(`https://${accounts}/oauth/v2/auth`);
	expect(data.accessTokenUrl).toBe(`https://${accounts}/oauth/v2/token`);
});

test.each(oAuth2Types)('$name: an address that was stored once cannot lead elsewhere', async ({ name }) => {
	const stored = { dataCentre: 'eu', authUrl: 'https://evil.example/a', accessTokenUrl: 'https://evil.example/t' };
	const data = await decrypted(name, stored);
	expect([data.authUrl, data.accessTokenUrl].map((url) => new URL(String(url)).host)).toEqual(['accounts.zoho.eu', 'accounts.zoho.eu']);
});

test.each(oAuth2Types)('$name asks for a refresh token each time, and hands client id and secret over in the body', async ({ name }) => {
	const data = await decrypted(name, { dataCentre: 'us' });
	expect(data).toMatchObject({ grantType: 'authorizationCode', authentication: 'body' });
	expect(data.authQueryParameters).toBe('access_type=offline&prompt=consent');
});

test.each(types)('$name leaves the token type to n8n, which then sends the token as a header', ({ properties }) => {
	expect(properties.map(({ name }) => name)).not.toContain('tokenType');
});

test.each(types.flatMap((type) => locations.map(([code, { api }]) => [type.name, code, api, type] as const)))(
	'the test of %s in data centre %s goes to %s',
	(_name, dataCentre, api, { test: credentialTest }) => {
		const node = { id: 'n', name: 'n', type: 't', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
		const nodeTypes = { getByNameAndVersion: () => ({ description: { properties: [] } }), getByName() {}, getKnownTypes: () => ({}) };
		const { expression } = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
		const request = (credentialTest as { request: { baseURL: string; url: string } }).request;
		const $credentials = { dataCentre };
		expect(expression.getSimpleParameterValue(node, request.baseURL, 'internal', { $credentials } as never)).toBe(`https://${api}`);
		expect(request.url).toMatch(/^\/(crm\/v8|books\/v3)\//);
	},
);

/** What n8n's editor is shown of a credential (`redactValues` in n8n's credentials.service.js): secrets only as far as the type marks them. */
function redacted(type: ICredentialType, data: IDataObject): IDataObject {
	const properties = type.extends ? [...oAuth2Api.properties] : [];
	NodeHelpers.mergeNodeProperties(properties, type.properties);
	const isHidden = (key: string) =>
		key === 'oauthTokenData' || properties.find(({ name }) => name === key)?.typeOptions?.password === true;
	return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, isHidden(key) ? '(hidden)' : value]));
}

test.each(types)('$name shows the editor no secret and no token', (type) => {
	const secrets = { clientSecret: 'secret-1', accessToken: '1000.secret-2', oauthTokenData: { access_token: '1000.secret-3' } };
	const names = type.extends ? ['clientSecret', 'oauthTokenData'] : ['clientSecret', 'accessToken'];
	const data = Object.fromEntries(Object.entries({ dataCentre: 'eu', ...secrets }).filter(([key]) => key === 'dataCentre' || names.includes(key)));
	const shown = JSON.stringify(redacted(type, data));
	expect(shown).not.toContain('secret-');
	expect(shown).toContain('"dataCentre":"eu"');
});
