import axios from 'axios';
import { startControlServer, type ControlServer } from '../../sandbox/simulator/server.mts';
import { Simulator } from '../../sandbox/simulator/simulator.mts';
import type { Json } from './booksSupport.mts';
import { startBooks } from './booksSupport.mts';

describe('faults on calls', () => {
	test.each([
		[44, /requests per minute/],
		[45, /maximum call rate limit/],
		[1070, /in process requests/],
	])('a 429 with code %i says what Books says, as often as told, and does nothing', async (code, words) => {
		const { simulator, call, org } = startBooks();
		simulator.world.faults.push({
			on: 'call',
			service: 'books',
			what: 'status',
			status: 429,
			code,
			times: 2,
		});
		for (let n = 0; n < 2; n++) {
			const { status, body } = await call('POST', '/contacts', { contact_name: 'A' });
			expect([status, body['code']]).toEqual([429, code]);
			expect(body['message']).toMatch(words);
		}
		expect(org.contacts.byId.size).toBe(0);
		expect((await call('POST', '/contacts', { contact_name: 'A' })).status).toBe(201);
	});

	test('a cut connection has done nothing, a lost answer has done everything', async () => {
		const { simulator, call, org } = startBooks();
		simulator.world.faults.push(
			{ on: 'call', method: 'POST', what: 'cut' },
			{ on: 'call', method: 'POST', what: 'lost-answer' },
		);
		await expect(call('POST', '/contacts', { contact_name: 'A' })).rejects.toThrow('cut');
		expect(org.contacts.byId.size).toBe(0);
		await expect(call('POST', '/contacts', { contact_name: 'A' })).rejects.toThrow('cut');
		expect(org.contacts.byId.size).toBe(1);
		expect(simulator.calls().map(({ status, code }) => [status, code])).toEqual([
			['cut', undefined],
			['cut', 'lost-answer'],
		]);
	});

	test('a fault is for the traffic it names, and -1 lasts until it is taken away', async () => {
		const { simulator, call } = startBooks();
		simulator.world.faults.push({
			on: 'call',
			path: '/contacts',
			method: 'GET',
			what: 'status',
			status: 503,
			times: -1,
		});
		expect((await call('GET', '/organizations')).status).toBe(200);
		for (let n = 0; n < 3; n++) expect((await call('GET', '/contacts')).status).toBe(503);
		simulator.world.faults = [];
		expect((await call('GET', '/contacts')).status).toBe(200);
	});

	test('chance is drawn from the seed: the same seed, the same failures', async () => {
		const run = async (seed: number) => {
			const simulator = new Simulator({
				tenants: [{ location: 'us', books: { organizationId: '1' } }],
				seed,
			});
			simulator.world.faults.push({ on: 'call', what: 'status', status: 500, times: -1, chance: 0.5 });
			const url = new URL('https://www.zohoapis.com/books/v3/contacts?organization_id=1');
			for (let n = 0; n < 40; n++)
				await simulator.handle({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) });
			return simulator
				.calls()
				.map(({ status }) => status)
				.join();
		};
		expect(await run(7)).toBe(await run(7));
		expect(await run(7)).not.toBe(await run(8));
		expect(new Set((await run(7)).split(','))).toEqual(new Set(['500', '401']));
	});
});

describe('log and counts', () => {
	test('reads, writes, token calls and 429 are counted apart, from any line on', async () => {
		const { simulator, call } = startBooks();
		await call('GET', '/contacts');
		await call('POST', '/contacts', { contact_name: 'A' });
		const before = simulator.calls().length;
		simulator.world.faults.push({ on: 'call', what: 'status', status: 429 });
		await call('GET', '/contacts');
		expect(simulator.counts()).toEqual({
			books: { read: 2, write: 1 },
			crm: { read: 0, write: 0 },
			token: 0,
			http429: 1,
		});
		expect(simulator.counts(before)).toEqual({
			books: { read: 1, write: 0 },
			crm: { read: 0, write: 0 },
			token: 0,
			http429: 1,
		});
	});

	test('a host or path that is not Zoho’s is 404 and not logged', async () => {
		const { simulator } = startBooks();
		const answer = await simulator.handle({
			method: 'GET',
			url: new URL('https://example.com/books/v3'),
			headers: {},
			body: Buffer.alloc(0),
		});
		expect(answer).toHaveProperty('status', 404);
		expect(simulator.calls()).toEqual([]);
	});

	test('ids have 19 digits, are all different and do not survive a JavaScript number', async () => {
		const { add } = startBooks();
		const ids: string[] = [];
		for (let n = 0; n < 20; n++) ids.push(String((await add({ contact_name: `A${n}` }))['contact_id']));
		expect(new Set(ids).size).toBe(20);
		for (const id of ids) expect(id).toMatch(/^\d{19}$/);
		expect(ids.some((id) => String(Number(id)) !== id)).toBe(true);
	});
});

describe('control API', () => {
	let simulator: Simulator;
	let server: ControlServer;
	const client = axios.create({ proxy: false, validateStatus: () => true });
	const get = async (path: string) => (await client.get<Json>(`${server.url}/sim${path}`)).data;
	const post = async (path: string, body: unknown = {}) =>
		(await client.post<Json>(`${server.url}/sim${path}`, body)).data;

	beforeEach(async () => {
		simulator = new Simulator();
		server = await startControlServer({ simulator });
	});
	afterEach(async () => {
		await server.stop();
		await simulator.close();
	});

	test('the default world is Books in the EU and CRM in India', async () => {
		const { tenants } = await get('/state');
		expect(
			(tenants as Json[]).map(({ location, books, crm }) => [location, Boolean(books), Boolean(crm)]),
		).toEqual([
			['eu', true, false],
			['in', false, true],
		]);
	});

	test('desk work in both systems shows up in their records', async () => {
		const contact = await post('/desk', {
			system: 'books',
			location: 'eu',
			collection: 'contacts',
			action: 'create',
			record: { contact_name: 'Acme', contact_persons: [{ first_name: 'Ann' }] },
		});
		const lead = await post('/desk', {
			system: 'crm',
			location: 'in',
			collection: 'Contacts',
			action: 'create',
			record: { Last_Name: 'Lee' },
		});
		expect(await get('/records/books/eu/contacts')).toEqual([contact]);
		expect(await get('/records/books/eu/contactpersons')).toEqual([
			expect.objectContaining({ first_name: 'Ann', contact_id: contact['contact_id'] }),
		]);
		expect(await get('/records/crm/in/Contacts')).toEqual([
			expect.objectContaining({ id: lead['id'], Last_Name: 'Lee' }),
		]);
		expect(contact['source']).toBe('user');
		expect(simulator.calls()).toEqual([]);
	});

	test('a mistake is answered 400 with Zoho’s complaint', async () => {
		const answer = await client.post(`${server.url}/sim/desk`, {
			system: 'books',
			location: 'eu',
			collection: 'contacts',
			action: 'update',
			id: '1',
			record: {},
		});
		expect([answer.status, answer.data]).toEqual([400, { error: 'Contact does not exist.' }]);
		expect((await client.get(`${server.url}/sim/records/books/us/contacts`)).status).toBe(400);
	});

	test('reset starts anew with the tenants that are asked for', async () => {
		await post('/desk', {
			system: 'books',
			location: 'eu',
			collection: 'contacts',
			action: 'create',
			record: { contact_name: 'Acme' },
		});
		await post('/reset', {
			tenants: [{ location: 'ca', books: { plan: 'free' } }],
			switches: { signatureEncoding: 'base64' },
		});
		const state = await get('/state');
		expect(state['tenants']).toEqual([
			expect.objectContaining({ location: 'ca', accounts: 'https://accounts.zohocloud.ca' }),
		]);
		expect(state['tenants'][0].books).toMatchObject({ plan: 'free', contacts: 0 });
		expect((await get('/switches'))['signatureEncoding']).toBe('base64');
	});

	test('a grant works against the API, until tokens are expired', async () => {
		const { oauthTokenData } = await post('/grant', { location: 'eu', product: 'books' });
		const read = async () => {
			const url = new URL(`${oauthTokenData.api_domain}/books/v3/organizations`);
			const answer = await simulator.handle({
				method: 'GET',
				url,
				headers: { authorization: `Bearer ${oauthTokenData.access_token}` },
				body: Buffer.alloc(0),
			});
			return 'status' in answer ? answer.status : 'cut';
		};
		expect(await read()).toBe(200);
		expect(await post('/tokens/expire')).toEqual({ expired: 1 });
		expect(await read()).toBe(401);
		expect(await get('/counts')).toMatchObject({ books: { read: 2, write: 0 } });
		expect(await get('/calls?after=1')).toHaveLength(1);
	});

	test('faults, switches and the clock are steered', async () => {
		expect(await post('/faults', { on: 'call', what: 'cut', times: 3 })).toEqual([
			{ on: 'call', what: 'cut', times: 3 },
		]);
		expect((await client.delete(`${server.url}/sim/faults`)).data).toEqual([]);
		expect(await post('/switches', { booksPerMinute: 5 })).toMatchObject({ booksPerMinute: 5 });
		const before = simulator.world.now();
		expect((await post('/clock', { advance: 3_600_000 }))['now']).toBeGreaterThanOrEqual(before + 3_600_000);
	});

	test('channels are listed without their token, and lapse in silence', async () => {
		const { oauthTokenData } = simulator.grant({ location: 'in', product: 'crm' });
		const watch = [
			{
				channel_id: '77',
				events: ['Contacts.all'],
				notify_url: 'https://n8n.example.com/x',
				token: 'hidden-token',
			},
		];
		await simulator.handle({
			method: 'POST',
			url: new URL('https://www.zohoapis.in/crm/v8/actions/watch'),
			headers: { authorization: `Bearer ${oauthTokenData.access_token}`, 'content-type': 'application/json' },
			body: Buffer.from(JSON.stringify({ watch })),
		});
		const channels = await get('/channels');
		expect(channels).toEqual([expect.objectContaining({ id: '77', module: 'Contacts', location: 'in' })]);
		expect(JSON.stringify(channels)).not.toContain('hidden-token');
		expect(await post('/channels/lapse')).toEqual({ lapsed: 1 });
		expect(await get('/channels')).toEqual([]);
	});

	test('the live stream tells of records and calls as they happen', async () => {
		const stream = await client.get(`${server.url}/sim/events`, { responseType: 'stream' });
		let text = '';
		const seen = (words: string) =>
			new Promise<void>((resolve) => {
				const look = () => text.includes(words) && resolve();
				stream.data.on('data', (chunk: Buffer) => {
					text += chunk.toString();
					look();
				});
				look();
			});
		await seen('event: hello');
		await post('/desk', {
			system: 'books',
			location: 'eu',
			collection: 'contacts',
			action: 'create',
			record: { contact_name: 'Acme' },
		});
		await seen('event: record');
		expect(text).toContain('"by":"desk"');
		stream.data.destroy();
	});

	test('a port that is taken is reported, not swallowed', async () => {
		await expect(startControlServer({ simulator, port: server.port })).rejects.toThrow('EADDRINUSE');
	});
});
