import { Simulator } from '../../sandbox/simulator/simulator.mts';
import { zohoHosts } from '../../sandbox/hosts.mts';
import type { Location } from '../../sandbox/simulator/types.mts';
import type { Json } from './booksSupport.mts';

const redirectUri = 'http://localhost:5678/rest/oauth2-credential/callback';
const scope = 'ZohoBooks.contacts.ALL,ZohoBooks.settings.READ';

function start(...locations: Location[]) {
	const simulator = new Simulator({
		tenants: locations.map((location) => ({ location, books: {}, crm: {} })),
	});
	const { clientId, clientSecret } = simulator.world.tokens.register({
		location: 'us',
		redirectUris: [redirectUri],
	});

	async function send(
		method: 'GET' | 'POST',
		location: Location,
		path: string,
		values: Record<string, string> = {},
		as: 'query' | 'form' = 'query',
	) {
		const url = new URL(`https://${zohoHosts[location].accounts}${path}`);
		const form = new URLSearchParams(values).toString();
		if (as === 'query') url.search = form;
		const headers: Record<string, string> =
			as === 'form' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
		const answer = await simulator.handle({
			method,
			url,
			headers,
			body: Buffer.from(as === 'form' ? form : ''),
		});
		if ('cut' in answer) throw new Error('cut');
		return {
			status: answer.status,
			body: (answer.json ?? {}) as Json,
			text: answer.text ?? '',
			headers: answer.headers ?? {},
		};
	}

	const consent = (more: Record<string, string> = {}) => ({
		client_id: clientId,
		redirect_uri: redirectUri,
		response_type: 'code',
		scope,
		state: 's t',
		access_type: 'offline',
		prompt: 'consent',
		...more,
	});
	async function accept(location: Location, more: Record<string, string> = {}) {
		const { headers } = await send(
			'POST',
			location,
			'/oauth/v2/auth',
			{ ...consent(), decision: 'accept', ...more },
			'form',
		);
		return new URL(headers['location'] ?? 'http://none').searchParams;
	}
	const token = (location: Location, values: Record<string, string>, as: 'query' | 'form' = 'form') =>
		send(
			'POST',
			location,
			'/oauth/v2/token',
			{ client_id: clientId, client_secret: clientSecret, ...values },
			as,
		);
	const exchange = (location: Location, code: string, more: Record<string, string> = {}) =>
		token(location, { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...more });
	return { simulator, clientId, clientSecret, send, consent, accept, token, exchange };
}

describe('consent', () => {
	test('the page names every scope and leads back with code, location, accounts-server and state', async () => {
		const { send, consent, accept } = start('eu');
		const page = await send('GET', 'eu', '/oauth/v2/auth', consent());
		for (const one of scope.split(',')) expect(page.text).toContain(one);
		const back = await accept('eu');
		expect(Object.fromEntries(back)).toEqual({
			code: expect.stringMatching(/^1000\./),
			location: 'eu',
			'accounts-server': 'https://accounts.zoho.eu',
			state: 's t',
		});
	});

	test('rejecting leads back with access_denied', async () => {
		const { accept } = start('eu');
		expect(Object.fromEntries(await accept('eu', { decision: 'reject' }))).toEqual({
			error: 'access_denied',
			state: 's t',
		});
	});

	test.each([
		['an unknown client', { client_id: '1000.NOBODY' }, 'Client ID'],
		['a redirect address that is not registered', { redirect_uri: 'https://evil.example/' }, 'Redirect Uri'],
		['an unknown scope', { scope: 'ZohoBooks.contact.ALL' }, 'Scope'],
	])('%s gets an error page and no way back', async (_name, more, words) => {
		const { send, consent } = start('eu');
		const page = await send('GET', 'eu', '/oauth/v2/auth', consent(more));
		expect(page.text).toContain(words);
		expect(page.text).not.toContain('<form');
		const decided = await send(
			'POST',
			'eu',
			'/oauth/v2/auth',
			{ ...consent(more), decision: 'accept' },
			'form',
		);
		expect(decided.headers['location']).toBeUndefined();
	});

	test('what a client sends cannot inject markup', async () => {
		const { send, consent } = start('eu');
		const page = await send('GET', 'eu', '/oauth/v2/auth', consent({ state: '"><script>alert(1)</script>' }));
		expect(page.text).not.toContain('<script>');
	});

	test('a person of another data centre comes back with that location, and the code works only there', async () => {
		const { accept, exchange } = start('eu', 'in');
		const back = await accept('eu', { account: 'in' });
		expect(back.get('accounts-server')).toBe('https://accounts.zoho.in');
		const code = back.get('code') ?? '';
		expect((await exchange('eu', code)).body).toEqual({ error: 'invalid_code' });
		expect((await exchange('in', code)).body['api_domain']).toBe('https://www.zohoapis.in');
	});
});

describe('tokens', () => {
	test.each(Object.keys(zohoHosts) as Location[])(
		'data centre %s exchanges a code for tokens with its own api_domain',
		async (location) => {
			const { accept, exchange } = start(location);
			const { status, body } = await exchange(location, (await accept(location)).get('code') ?? '');
			expect(status).toBe(200);
			expect(body).toEqual({
				access_token: expect.any(String),
				refresh_token: expect.any(String),
				scope: scope.replace(',', ' '),
				api_domain: `https://${zohoHosts[location].api}`,
				token_type: 'Bearer',
				expires_in: 3600,
			});
		},
	);

	test('a code works once, and for two minutes', async () => {
		const { accept, exchange, simulator } = start('eu');
		const code = (await accept('eu')).get('code') ?? '';
		expect((await exchange('eu', code)).body).toHaveProperty('access_token');
		expect((await exchange('eu', code)).body).toEqual({ error: 'invalid_code' });
		const late = (await accept('eu')).get('code') ?? '';
		simulator.world.clock.advance(120_000);
		expect((await exchange('eu', late)).body).toEqual({ error: 'invalid_code' });
	});

	test('mistakes are answered with HTTP 200 and an error', async () => {
		const { accept, exchange, token } = start('eu');
		const code = (await accept('eu')).get('code') ?? '';
		const answers = [
			await exchange('eu', code, { client_id: 'x' }),
			await exchange('eu', code, { client_secret: 'x' }),
			await exchange('eu', code, { redirect_uri: 'http://other/' }),
			await token('eu', { grant_type: 'refresh_token', refresh_token: 'x' }),
		];
		expect(answers.map(({ status, body }) => [status, body])).toEqual([
			[200, { error: 'invalid_client' }],
			[200, { error: 'invalid_client_secret' }],
			[200, { error: 'invalid_redirect_uri' }],
			[200, { error: 'invalid_code' }],
		]);
	});

	test('a refresh token comes only with access_type offline, and again only with prompt consent', async () => {
		const { accept, exchange } = start('eu');
		const given = async (more: Record<string, string>) =>
			'refresh_token' in (await exchange('eu', (await accept('eu', more)).get('code') ?? '')).body;
		expect(await given({ access_type: 'online' })).toBe(false);
		expect(await given({ prompt: '' })).toBe(true);
		expect(await given({ prompt: '' })).toBe(false);
		expect(await given({ prompt: 'consent' })).toBe(true);
	});

	test('refreshing gives no new refresh token; parameters may be in the query', async () => {
		const { accept, exchange, token } = start('eu');
		const { body } = await exchange('eu', (await accept('eu')).get('code') ?? '');
		const values = { grant_type: 'refresh_token', refresh_token: body['refresh_token'] as string };
		for (const as of ['query', 'form'] as const) {
			const answer = await token('eu', values, as);
			expect(answer.body).toHaveProperty('access_token');
			expect(answer.body).not.toHaveProperty('refresh_token');
		}
		expect((await token('in', values)).body).toEqual({ error: 'invalid_code' });
	});

	test('the eleventh access token in ten minutes is HTTP 400 Access Denied; later ones are given again', async () => {
		const { accept, exchange, token, simulator } = start('eu');
		const { body } = await exchange('eu', (await accept('eu')).get('code') ?? '');
		const refresh = () =>
			token('eu', { grant_type: 'refresh_token', refresh_token: body['refresh_token'] as string });
		for (let n = 2; n <= 10; n++) expect((await refresh()).status).toBe(200);
		const refused = await refresh();
		expect([refused.status, refused.body['error']]).toEqual([400, 'Access Denied']);
		simulator.world.clock.advance(600_000);
		expect((await refresh()).status).toBe(200);
	});

	test('one live access token too many ends the oldest', async () => {
		const { accept, exchange, token, simulator } = start('eu');
		simulator.world.switches.liveTokens = 2;
		const { body } = await exchange('eu', (await accept('eu')).get('code') ?? '');
		const values = { grant_type: 'refresh_token', refresh_token: body['refresh_token'] as string };
		const second = (await token('eu', values)).body['access_token'] as string;
		await token('eu', values);
		const state = (value: string) => simulator.world.tokens.check(`Bearer ${value}`, 'eu').state;
		expect([state(body['access_token'] as string), state(second)]).toEqual(['invalid', 'valid']);
	});

	test('revoking a refresh token ends its access tokens', async () => {
		const { accept, exchange, send, token, simulator } = start('eu');
		const { body } = await exchange('eu', (await accept('eu')).get('code') ?? '');
		await send('POST', 'eu', '/oauth/v2/token/revoke', { token: body['refresh_token'] as string });
		expect(simulator.world.tokens.check(`Bearer ${body['access_token']}`, 'eu').state).toBe('invalid');
		expect(
			(await token('eu', { grant_type: 'refresh_token', refresh_token: body['refresh_token'] as string }))
				.body['error'],
		).toBe('invalid_code');
	});

	test('client credentials need the org, and give no refresh token', async () => {
		const { token, simulator } = start('eu');
		const zgid = simulator.world.tenantOf('crm', 'eu')?.crm.zgid;
		const values = { grant_type: 'client_credentials', scope: 'ZohoCRM.modules.ALL' };
		expect((await token('eu', values)).body).toEqual({ error: 'missing_org_info' });
		const { body } = await token('eu', { ...values, soid: `ZohoCRM.${zgid}` });
		expect(body).toMatchObject({ access_token: expect.any(String), api_domain: 'https://www.zohoapis.eu' });
		expect(body).not.toHaveProperty('refresh_token');
	});

	test('serverinfo lists the accounts servers; Canada is on zohocloud.ca', async () => {
		const { send } = start('us');
		const { body } = await send('GET', 'us', '/oauth/serverinfo');
		expect(body['locations']).toMatchObject({
			us: 'https://accounts.zoho.com',
			ca: 'https://accounts.zohocloud.ca',
		});
	});

	test('token calls are logged apart, without their secrets', async () => {
		const { accept, exchange, token, simulator, clientSecret } = start('eu');
		const { body } = await exchange('eu', (await accept('eu')).get('code') ?? '');
		await token(
			'eu',
			{ grant_type: 'refresh_token', refresh_token: body['refresh_token'] as string },
			'query',
		);
		expect(simulator.world.log.every(({ kind }) => kind === 'token')).toBe(true);
		const log = JSON.stringify(simulator.world.log);
		for (const hidden of [clientSecret, body['refresh_token'] as string]) expect(log).not.toContain(hidden);
	});
});
