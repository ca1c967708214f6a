import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Simulator } from '../../sandbox/simulator/simulator.mts';

/** A stand-in for n8n: keeps what is sent to it. */
async function listen(status = 200) {
	const received: Array<{ headers: Record<string, unknown>; body: any }> = [];
	const server: Server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			received.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) });
			response.writeHead(status).end();
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	return {
		received,
		url: `http://127.0.0.1:${port}/hook`,
		stop: () => new Promise((done) => server.close(done)),
	};
}

async function start(status?: number) {
	const simulator = new Simulator({ tenants: [{ location: 'in', crm: { zgid: '60000000001' } }] });
	const { oauthTokenData } = simulator.grant({ location: 'in', product: 'crm' });
	const hook = await listen(status);
	const call = async (method: string, path: string, body?: unknown) => {
		const answer = await simulator.handle({
			method,
			url: new URL(`${oauthTokenData.api_domain}/crm/v8${path}`),
			headers: { authorization: `Zoho-oauthtoken ${oauthTokenData.access_token}` },
			body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
		});
		if ('cut' in answer) throw new Error('cut');
		return answer as { status: number; json?: any };
	};
	const subscribed = await call('POST', '/actions/watch', {
		watch: [{ channel_id: '42', events: ['Contacts.all'], notify_url: hook.url, token: 'T' }],
	});
	expect(subscribed.status).toBe(201);
	const contact = (name: string) =>
		simulator.desk({
			system: 'crm',
			location: 'in',
			collection: 'Contacts',
			action: 'create',
			record: { Last_Name: name },
		});
	const stop = async () => {
		await simulator.close();
		await hook.stop();
	};
	return { simulator, hook, call, contact, stop };
}

describe('notifications on their way', () => {
	test('a contact typed in at the desk reaches the notify URL, unsigned', async () => {
		const { simulator, hook, contact, stop } = await start();
		const { id } = contact('Roy');
		await simulator.world.deliveries.settled();
		expect(hook.received).toHaveLength(1);
		expect(hook.received[0]?.body).toMatchObject({
			module: 'Contacts',
			operation: 'insert',
			ids: [id],
			channel_id: '42',
			token: 'T',
		});
		expect(Object.keys(hook.received[0]?.headers ?? {}).filter((name) => /sign/i.test(name))).toEqual([]);
		await stop();
	});

	test('what is not answered 2xx is not sent again', async () => {
		const { simulator, hook, contact, stop } = await start(500);
		contact('Roy');
		await simulator.world.deliveries.settled();
		expect(hook.received).toHaveLength(1);
		expect(simulator.world.deliveries.log.map(({ state, service }) => [state, service])).toEqual([
			['failed', 'crm'],
		]);
		await stop();
	});

	test('a dropped one never comes, a doubled one comes twice', async () => {
		const { simulator, hook, contact, stop } = await start();
		simulator.world.faults.push({ on: 'delivery', what: 'drop' }, { on: 'delivery', what: 'double' });
		contact('Lost');
		const { id } = contact('Twice');
		await simulator.world.deliveries.settled();
		expect(hook.received.map(({ body }) => body.ids)).toEqual([[id], [id]]);
		await stop();
	});

	test('the call log tells reads from writes, counts records and knows the org', async () => {
		const { simulator, call, stop } = await start();
		await call('POST', '/Contacts', { data: [{ Last_Name: 'A' }, { Last_Name: 'B' }, {}] });
		await call('POST', '/coql', { select_query: 'select id from Contacts where id is not null' });
		await call('GET', '/Nonsense?fields=id');
		expect(
			simulator
				.calls(1)
				.map(({ kind, records, code, organization, status }) => [kind, records, code, organization, status]),
		).toEqual([
			['write', 3, 'MANDATORY_NOT_FOUND', '60000000001', 207],
			['read', 0, undefined, '60000000001', 200],
			['read', 0, 'INVALID_MODULE', '60000000001', 400],
		]);
		await stop();
	});

	test('every change is announced once, whoever made it', async () => {
		const { simulator, call, contact, stop } = await start();
		const seen: unknown[] = [];
		simulator.world.events.on('record', ({ action, by, collection }) => seen.push([collection, action, by]));
		contact('Desk');
		const { json } = await call('POST', '/Contacts', { data: [{ Last_Name: 'Api' }] });
		await call('DELETE', `/Contacts?ids=${json.data[0].details.id}`);
		expect(seen).toEqual([
			['Contacts', 'create', 'desk'],
			['Contacts', 'create', 'api'],
			['Contacts', 'delete', 'api'],
		]);
		await stop();
	});
});
