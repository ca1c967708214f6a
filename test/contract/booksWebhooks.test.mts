import { createHmac } from 'node:crypto';
import { addHook, type Json, type Received, startBooks, startReceiver } from './booksSupport.mts';

const secret = 'abcdefghijkl1234';

/** Zoho's string to sign, written out once more: parameters sorted by name, then the raw body. */
function signatureOf(received: Received, encoding: 'hex' | 'base64'): string {
	const isForm = received.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
	const parameters = [...received.url.searchParams, ...(isForm ? new URLSearchParams(received.body) : [])];
	const sorted = parameters.sort(([a], [b]) => (a < b ? -1 : 1));
	const text = sorted.map(([name, value]) => name + value).join('') + (isForm ? '' : received.body);
	return createHmac('sha256', secret).update(text).digest(encoding);
}

describe('settings', () => {
	test('below the Professional plan there are neither webhooks nor rules', async () => {
		const { call } = startBooks({ books: { plan: 'standard' } });
		for (const path of ['/settings/webhooks', '/settings/workflows']) {
			expect((await call('GET', path)).status).toBe(400);
		}
	});

	test('names are unique: 400 code 107051', async () => {
		const { call } = startBooks();
		await addHook(call, 'https://n8n.example.com/a');
		const body = {
			webhook_name: 'n8n add_edit customer',
			entity: 'customer',
			method: 'POST',
			url: 'https://n8n.example.com/b',
		};
		const again = await call('POST', '/settings/webhooks', body);
		expect([again.status, again.body['code']]).toEqual([400, 107051]);
		const rule = await call('POST', '/settings/workflows', {
			workflow_name: 'n8n add_edit customer',
			rule_type: 'add',
			entity: 'customer',
		});
		expect(rule.body['code']).toBe(107051);
	});

	test.each(['short', 'has-a-dash-in-it', 'x'.repeat(51)])('a secret like %s is refused', async (bad) => {
		const { call } = startBooks();
		await expect(addHook(call, 'https://n8n.example.com/a', { secret: bad })).rejects.toThrow();
	});

	test('a webhook in use cannot be deleted; after its rule it can; the secret is never shown', async () => {
		const { call } = startBooks();
		const { webhookId, ruleId } = await addHook(call, 'https://n8n.example.com/a', { secret });
		expect(JSON.stringify((await call('GET', `/settings/webhooks/${webhookId}`)).body)).not.toContain(secret);
		expect((await call('DELETE', `/settings/webhooks/${webhookId}`)).status).toBe(400);
		expect((await call('DELETE', `/settings/workflows/${ruleId}`)).status).toBe(200);
		expect((await call('DELETE', `/settings/webhooks/${webhookId}`)).status).toBe(200);
		expect((await call('GET', '/settings/webhooks')).body['webhooks']).toEqual([]);
	});

	test('settings need a settings scope', async () => {
		const { call } = startBooks({ scopes: ['ZohoBooks.contacts.ALL'] });
		expect((await call('GET', '/settings/webhooks')).body['code']).toBe(57);
	});
});

describe('deliveries', () => {
	test.each(['hex', 'base64'] as const)(
		'are signed over query and body, as %s, and carry the whole contact',
		async (encoding) => {
			const { call, add, simulator } = startBooks({ switches: { signatureEncoding: encoding } });
			const receiver = await startReceiver();
			await addHook(call, `${receiver.url}/hook?organization=7&event=x`, {
				secret,
				webhook: {
					query_parameters: [{ param_name: 'a', param_value: 'ä b' }],
					headers: [{ param_name: 'X-Own', param_value: 'yes' }],
				},
			});
			const contact = await add({ contact_name: 'Müller & Söhne', contact_persons: [{ first_name: 'Zoë' }] });
			await simulator.world.deliveries.settled();
			await receiver.stop();
			const [received] = receiver.received as [Received];
			expect(receiver.received).toHaveLength(1);
			expect(Object.fromEntries(received.url.searchParams)).toEqual({
				organization: '7',
				event: 'x',
				a: 'ä b',
			});
			expect(received.headers['x-own']).toBe('yes');
			expect(JSON.parse(received.body)).toEqual({ contact });
			expect(received.headers['x-zoho-webhook-signature']).toBe(signatureOf(received, encoding));
		},
	);

	test('with the form switch the record comes as JSONString, signed as a parameter', async () => {
		const { call, add, simulator } = startBooks({ switches: { booksWebhookBody: 'form' } });
		const receiver = await startReceiver();
		await addHook(call, receiver.url, { secret });
		await add({ contact_name: 'Acme' });
		await simulator.world.deliveries.settled();
		await receiver.stop();
		const [received] = receiver.received as [Received];
		expect(JSON.parse(new URLSearchParams(received.body).get('JSONString') ?? '').contact.contact_name).toBe(
			'Acme',
		);
		expect(received.headers['x-zoho-webhook-signature']).toBe(signatureOf(received, 'hex'));
	});

	test('rules fire for their event and type of contact; a delete carries the id only', async () => {
		const { call, add, simulator } = startBooks();
		const receiver = await startReceiver();
		for (const [event, entity] of [
			['add', 'customer'],
			['edit', 'customer'],
			['delete', 'customer'],
			['add', 'vendor'],
		] as const) {
			await addHook(call, `${receiver.url}/${event}/${entity}`, { event, entity });
		}
		const { contact_id } = await add({ contact_name: 'Acme' });
		const told = async () => {
			await simulator.world.deliveries.settled();
			return receiver.received
				.splice(0)
				.map((one) => [
					one.url.pathname,
					Object.keys((JSON.parse(one.body) as Json)['contact'] as Json).length > 1,
				]);
		};
		expect(await told()).toEqual([['/add/customer', true]]);
		const person = await call('POST', '/contacts/contactpersons', { contact_id, first_name: 'Ann' });
		expect(await told()).toEqual([['/edit/customer', true]]);
		await call('DELETE', `/contacts/contactpersons/${person.body['contact_person'].contact_person_id}`);
		expect(await told()).toEqual([['/edit/customer', true]]);
		await call('DELETE', `/contacts/${contact_id}`);
		expect(await told()).toEqual([['/delete/customer', false]]);
		await add({ contact_name: 'Supplier', contact_type: 'vendor' });
		expect(await told()).toEqual([['/add/vendor', true]]);
		await receiver.stop();
	});

	test('a rule that is switched off, an import, and a webhook without rule send nothing', async () => {
		const { call, add, simulator } = startBooks();
		const receiver = await startReceiver();
		const { ruleId } = await addHook(call, receiver.url);
		await call('POST', '/settings/webhooks', {
			webhook_name: 'alone',
			entity: 'customer',
			method: 'POST',
			url: receiver.url,
		});
		simulator.desk({
			system: 'books',
			location: 'us',
			collection: 'contacts',
			action: 'create',
			record: { contact_name: 'Imported' },
			silent: true,
		});
		await call('POST', `/settings/workflows/${ruleId}/inactive`);
		await add({ contact_name: 'Acme' });
		await simulator.world.deliveries.settled();
		await receiver.stop();
		expect(receiver.received).toEqual([]);
	});

	test('what is not answered 2xx is sent again, at most five times more', async () => {
		const { call, add, simulator } = startBooks({ switches: { booksRetryDelay: 1 } });
		const receiver = await startReceiver(500, 302, 404);
		await addHook(call, receiver.url);
		await add({ contact_name: 'A' });
		await simulator.world.deliveries.settled();
		expect(receiver.received).toHaveLength(4);
		expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
		await receiver.stop();
		await add({ contact_name: 'B' });
		await simulator.world.deliveries.settled();
		expect(simulator.world.deliveries.log.map(({ state, attempts }) => [state, attempts])).toEqual([
			['delivered', 4],
			['failed', 6],
		]);
	});

	test('faults drop, double and reorder deliveries', async () => {
		const { call, add, simulator } = startBooks();
		const receiver = await startReceiver();
		await addHook(call, receiver.url);
		const told = async () => {
			await simulator.world.deliveries.settled();
			return receiver.received
				.splice(0)
				.map(({ body }) => (JSON.parse(body) as Json)['contact'].contact_name as string);
		};
		simulator.world.faults.push({ on: 'delivery', what: 'drop' });
		await add({ contact_name: 'Lost' });
		expect(await told()).toEqual([]);
		simulator.world.faults.push({ on: 'delivery', what: 'double' });
		await add({ contact_name: 'Twice' });
		expect(await told()).toEqual(['Twice', 'Twice']);
		simulator.world.faults.push({ on: 'delivery', what: 'reorder' });
		await add({ contact_name: 'First' });
		await add({ contact_name: 'Second' });
		expect(await told()).toEqual(['Second', 'First']);
		await receiver.stop();
	});
});
