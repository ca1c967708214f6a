import { type Json, startCrm } from './crmSupport.mts';

const hour = 3_600_000;
const url = 'https://n8n.example.com/hook?secret=1';
const order = (extra: Json = {}): Json => ({
	watch: [
		{
			channel_id: '1000000068001',
			events: ['Contacts.all'],
			notify_url: url,
			token: 'TOKEN',
			notify_on_related_action: false,
			...extra,
		},
	],
});
const iso = (at: number) => new Date(at).toISOString().replace(/\.\d+Z/, '+00:00');
const expiryOf = (body: Json, index = 0): number =>
	Date.parse(body['watch'][0].details.events[index].channel_expiry);

describe('notification channels', () => {
	test('an expiry of up to a week is granted; none, or more than a week, means one hour', async () => {
		const { call, world } = startCrm();
		const granted = async (asked: number | undefined) => {
			const { status, body } = await call(
				'POST',
				'/actions/watch',
				order(asked === undefined ? {} : { channel_expiry: iso(world.now() + asked) }),
			);
			expect(status).toBe(201);
			return Math.round((expiryOf(body) - world.now()) / 60_000);
		};
		expect(await granted(undefined)).toBe(60);
		expect(await granted(8 * 24 * hour)).toBe(60);
		expect(await granted(7 * 24 * hour - 60_000)).toBe(7 * 24 * 60 - 1);
	});

	test('the longest life that is granted can be told', async () => {
		const { call, world } = startCrm({ switches: { channelLife: 90_000 } });
		const { body } = await call(
			'POST',
			'/actions/watch',
			order({ channel_expiry: iso(world.now() + 24 * hour) }),
		);
		expect(Math.abs(expiryOf(body) - world.now() - 90_000)).toBeLessThan(2000);
	});

	test("GET shows one row per module, of the user's channels; 204 when there is none", async () => {
		const { call } = startCrm();
		expect((await call('GET', '/actions/watch')).status).toBe(204);
		await call('POST', '/actions/watch', order({ events: ['Contacts.all', 'Accounts.edit'] }));
		const { body } = await call('GET', '/actions/watch?channel_id=1000000068001');
		expect(
			body['watch'].map((row: Json) => [
				row['resource_name'],
				row['events'],
				row['token'],
				row['notify_url'],
			]),
		).toEqual([
			['Contacts', ['Contacts.create', 'Contacts.edit', 'Contacts.delete'], 'TOKEN', url],
			['Accounts', ['Accounts.edit'], 'TOKEN', url],
		]);
		expect((await call('GET', '/actions/watch?module=Accounts')).body['watch']).toHaveLength(1);
		expect((await call('GET', '/actions/watch?channel_id=7')).status).toBe(204);
	});

	test('PUT and PATCH of an unknown or expired channel are NOT_SUBSCRIBED', async () => {
		const { call, world } = startCrm({ switches: { tokenLifetime: 100_000 } });
		const unknown = await call('PUT', '/actions/watch', order());
		expect([unknown.status, unknown.body]).toEqual([
			400,
			{
				watch: [
					{
						code: 'NOT_SUBSCRIBED',
						details: {},
						message: 'Not subscribed for actions-watch of the given channel',
						status: 'error',
					},
				],
			},
		]);
		await call('POST', '/actions/watch', order());
		expect((await call('PUT', '/actions/watch', order())).status).toBe(200);
		world.clock.advance(hour + 1000);
		expect((await call('PATCH', '/actions/watch', order())).body['watch'][0].code).toBe('NOT_SUBSCRIBED');
	});

	test('PUT replaces all of a channel, PATCH keeps what it does not name and can remove events', async () => {
		const { call } = startCrm();
		await call(
			'POST',
			'/actions/watch',
			order({ events: ['Contacts.all', 'Accounts.all'], return_affected_field_values: true }),
		);
		const rows = async () => (await call('GET', '/actions/watch')).body['watch'] as Json[];
		expect(
			(await call('PATCH', '/actions/watch', order({ events: ['Contacts.edit'], token: undefined }))).body[
				'watch'
			][0].message,
		).toBe('Successfully updated the subscribe details');
		expect(
			(await rows()).map((row) => [
				row['resource_name'],
				row['events'].length,
				row['token'],
				row['return_affected_field_values'],
			]),
		).toEqual([
			['Contacts', 1, 'TOKEN', true],
			['Accounts', 3, 'TOKEN', true],
		]);
		await call('PATCH', '/actions/watch', order({ events: ['Accounts.delete'], _delete_events: true }));
		expect((await rows()).find((row) => row['resource_name'] === 'Accounts')?.['events']).toEqual([
			'Accounts.create',
			'Accounts.edit',
		]);
		await call('PUT', '/actions/watch', order({ events: ['Contacts.all'], token: undefined }));
		expect(
			(await rows()).map((row) => [row['resource_name'], row['token'], row['return_affected_field_values']]),
		).toEqual([['Contacts', null, false]]);
	});

	test('DELETE ends channels; the next GET finds none', async () => {
		const { call } = startCrm();
		await call('POST', '/actions/watch', order({ events: ['Contacts.all', 'Accounts.all'] }));
		const { status, body } = await call('DELETE', '/actions/watch?channel_ids=1000000068001');
		expect([status, body['watch'].length, body['watch'][0].message]).toEqual([
			200,
			2,
			'Successfully un-subscribed from actions-watch',
		]);
		expect((await call('GET', '/actions/watch')).status).toBe(204);
		expect((await call('DELETE', '/actions/watch?channel_ids=1000000068001')).body['watch'][0].code).toBe(
			'NOT_SUBSCRIBED',
		);
	});

	test.each([
		[
			{ token: 'x'.repeat(51) },
			'INVALID_DATA',
			{ maximum_length: 50, api_name: 'token', json_path: '$.watch[0].token' },
		],
		[
			{ channel_id: undefined },
			'MANDATORY_NOT_FOUND',
			{ api_name: 'channel_id', json_path: '$.watch[0].channel_id' },
		],
		[{ channel_id: 'abc' }, 'INVALID_DATA', { api_name: 'channel_id' }],
		[{ channel_id: '9223372036854775808' }, 'INVALID_DATA', { api_name: 'channel_id' }],
		[{ events: [] }, 'MANDATORY_NOT_FOUND', { api_name: 'events' }],
		[{ events: ['Nonsense.all'] }, 'INVALID_DATA', { json_path: '$.watch[0].events[0]' }],
		[{ events: Array.from({ length: 51 }, () => 'Contacts.all') }, 'INVALID_DATA', { maximum_length: 50 }],
		[{ notify_url: undefined }, 'MANDATORY_NOT_FOUND', { api_name: 'notify_url' }],
		[{ notify_url: `https://n8n.example.com/${'x'.repeat(255)}` }, 'INVALID_DATA', { maximum_length: 255 }],
		[{ channel_expiry: '2020-01-01T00:00:00+00:00' }, 'INVALID_DATA', { api_name: 'channel_expiry' }],
	])('order %# with a wrong part is refused', async (extra, code, details) => {
		const { call } = startCrm();
		const { status, body } = await call('POST', '/actions/watch', order(extra));
		expect([status, body['watch'][0].code]).toEqual([400, code]);
		expect(body['watch'][0].details).toMatchObject(details);
		expect((await call('GET', '/actions/watch')).status).toBe(204);
	});

	test('good and bad orders of one call each get their result', async () => {
		const { call } = startCrm();
		const { status, body } = await call('POST', '/actions/watch', {
			watch: [order()['watch'][0], { events: ['Contacts.all'] }],
		});
		expect([status, body['watch'].map((item: Json) => item['code'])]).toEqual([
			207,
			['SUCCESS', 'MANDATORY_NOT_FOUND'],
		]);
	});
});

describe('notifications', () => {
	async function watching(extra: Json = {}) {
		const crm = startCrm();
		await crm.call('POST', '/actions/watch', order({ return_affected_field_values: true, ...extra }));
		return crm;
	}

	test('an insert tells module, ids and token, and nothing of the values', async () => {
		const { add, sent, world } = await watching();
		const id = await add('Contacts', { Last_Name: 'Roy' });
		expect(sent).toHaveLength(1);
		expect(sent[0]).toMatchObject({ url });
		expect(Object.keys(sent[0]?.headers ?? {})).toEqual(['content-type']);
		expect(sent[0]?.body).toEqual({
			server_time: expect.any(Number),
			query_params: { secret: '1' },
			module: 'Contacts',
			resource_uri: 'https://www.zohoapis.in/crm/v2/Contacts',
			ids: [id],
			affected_fields: [],
			operation: 'insert',
			channel_id: '1000000068001',
			token: 'TOKEN',
		});
		expect(Math.abs(Number(sent[0]?.body['server_time']) - world.now())).toBeLessThan(60_000);
	});

	test('an update names the fields that changed; Modified_By only when it is another user', async () => {
		const { add, call, sent, org } = await watching();
		const id = await add('Contacts', { Last_Name: 'Roy', Phone: '1' });
		await call('PUT', '/Contacts', { data: [{ id, Phone: '1', Mobile: '123456789' }] });
		expect(sent[1]?.body).toMatchObject({
			operation: 'update',
			affected_fields: [{ [id]: ['Mobile'] }],
			affected_values: [{ record_id: id, values: { Mobile: '123456789' } }],
		});
		org.desk({
			system: 'crm',
			location: 'in',
			collection: 'Contacts',
			action: 'update',
			id,
			record: { Phone: '2' },
		});
		expect(sent[2]?.body['affected_fields']).toEqual([{ [id]: ['Modified_By', 'Phone'] }]);
	});

	test("a delete tells who deleted it and the record's state", async () => {
		const { add, call, sent, org } = await watching();
		const id = await add('Contacts', { Last_Name: 'Roy' });
		await call('DELETE', `/Contacts/${id}`);
		const { name, email, id: user } = org.users[0];
		expect(sent[1]?.body).toMatchObject({
			operation: 'delete',
			ids: [id],
			affected_fields: [{ [id]: ['Modified_By', 'Record_Status__s'] }],
			affected_values: [
				{ record_id: id, values: { Modified_By: { name, id: user, email }, Record_Status__s: 0 } },
			],
		});
	});

	test('values come only when they were asked for; a channel without token sends null', async () => {
		const { add, call, sent } = await watching({ return_affected_field_values: undefined, token: undefined });
		const id = await add('Contacts', { Last_Name: 'Roy' });
		await call('PUT', '/Contacts', { data: [{ id, Phone: '2' }] });
		expect(sent.map(({ body }) => ['affected_values' in body, body['token']])).toEqual([
			[false, null],
			[false, null],
		]);
	});

	test('one call with 100 records is one notification with 100 ids; a refused record is not in it', async () => {
		const { call, sent } = await watching();
		await call('POST', '/Contacts', {
			data: Array.from({ length: 100 }, (_, n) => (n === 5 ? {} : { Last_Name: `L${n}` })),
		});
		expect(sent.map(({ body }) => body['ids'].length)).toEqual([99]);
	});

	test('an upsert that adds and changes sends one notification for each', async () => {
		const { add, call, sent } = await watching();
		const id = await add('Contacts', { Last_Name: 'Roy', Email: 'roy@example.com' });
		await call('POST', '/Contacts/upsert', {
			data: [{ Last_Name: 'Ray', Email: 'roy@example.com' }, { Last_Name: 'New' }],
		});
		expect(sent.slice(1).map(({ body }) => [body['operation'], body['ids'].includes(id)])).toEqual([
			['insert', false],
			['update', true],
		]);
	});

	test('unless switched off, an edit of a contact is told to those who watch its account', async () => {
		const { add, call, sent } = await watching({
			events: ['Accounts.edit'],
			notify_on_related_action: undefined,
		});
		const account = await add('Accounts', { Account_Name: 'Acme' });
		const id = await add('Contacts', { Last_Name: 'Roy', Account_Name: account });
		sent.length = 0;
		await call('PUT', '/Contacts', { data: [{ id, Phone: '2' }] });
		expect(sent.map(({ body }) => [body['module'], body['ids'], body['operation']])).toEqual([
			['Accounts', [account], 'update'],
		]);
		await call(
			'PATCH',
			'/actions/watch',
			order({ events: ['Accounts.edit'], notify_on_related_action: false }),
		);
		await call('PUT', '/Contacts', { data: [{ id, Phone: '3' }] });
		expect(sent).toHaveLength(1);
	});

	test('an expired channel says nothing, and nothing says that it expired', async () => {
		const { org, sent, world } = await watching();
		world.clock.advance(hour + 1000);
		org.desk({
			system: 'crm',
			location: 'in',
			collection: 'Contacts',
			action: 'create',
			record: { Last_Name: 'Roy' },
		});
		expect(sent).toEqual([]);
	});

	test("work at the desk is told like API calls; what the desk does wrong is refused with CRM's words", async () => {
		const { org, sent } = await watching();
		const { id } = org.desk({
			system: 'crm',
			location: 'in',
			collection: 'Contacts',
			action: 'create',
			record: { Last_Name: 'Roy' },
		});
		org.desk({
			system: 'crm',
			location: 'in',
			collection: 'Contacts',
			action: 'update',
			id: String(id),
			record: { Phone: '2' },
		});
		org.desk({ system: 'crm', location: 'in', collection: 'Contacts', action: 'delete', id: String(id) });
		expect(sent.map(({ body }) => body['operation'])).toEqual(['insert', 'update', 'delete']);
		expect(() =>
			org.desk({ system: 'crm', location: 'in', collection: 'Contacts', action: 'create', record: {} }),
		).toThrow('MANDATORY_NOT_FOUND');
	});

	test('a condition on fields lets only edits of these fields through', async () => {
		const { add, call, sent } = await watching({
			notification_condition: [
				{
					type: 'field_selection',
					module: { api_name: 'Contacts', id: '1' },
					field_selection: {
						group_operator: 'or',
						group: [{ field: { api_name: 'Phone', id: '2' } }, { field: { api_name: 'Email', id: '3' } }],
					},
				},
			],
		});
		const id = await add('Contacts', { Last_Name: 'Roy' });
		sent.length = 0;
		await call('PUT', '/Contacts', { data: [{ id, Mobile: '2' }] });
		expect(sent).toEqual([]);
		await call('PUT', '/Contacts', { data: [{ id, Phone: '2' }] });
		expect(sent).toHaveLength(1);
	});
});
