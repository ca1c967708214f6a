import { type Json, startBooks } from './booksSupport.mts';

const person = (first_name: string, extra: Json = {}) => ({ first_name, ...extra });

describe('access', () => {
	test('no token, or something that is none, is 401 code 14', async () => {
		const { call } = startBooks();
		for (const authorization of ['', 'Zoho-oauthtoken garbage', 'Basic abc']) {
			const { status, body } = await call('GET', '/contacts', undefined, { headers: { authorization } });
			expect([status, body['code']]).toEqual([401, 14]);
		}
	});

	test('Bearer is taken as well as Zoho-oauthtoken', async () => {
		const { call, token } = startBooks();
		const { status } = await call('GET', '/contacts', undefined, {
			headers: { authorization: `Bearer ${token}` },
		});
		expect(status).toBe(200);
	});

	test('an expired token and a missing scope get the same answer: 401 code 57', async () => {
		const { call, simulator } = startBooks({ scopes: ['ZohoBooks.contacts.READ'] });
		expect((await call('GET', '/contacts')).status).toBe(200);
		const refused = await call('POST', '/contacts', { contact_name: 'A' });
		simulator.world.clock.advance(3_600_000);
		const expired = await call('GET', '/contacts');
		expect([refused.status, refused.body]).toEqual([
			401,
			{ code: 57, message: 'You are not authorized to perform this operation' },
		]);
		expect([expired.status, expired.body]).toEqual([refused.status, refused.body]);
	});

	test('a token works in its own data centre only', async () => {
		const { simulator, call } = startBooks({ location: 'eu' });
		const foreign = simulator.grant({ location: 'in', product: 'books' }).oauthTokenData.access_token;
		const { status, body } = await call('GET', '/contacts', undefined, { token: foreign });
		expect([status, body['code']]).toEqual([401, 57]);
	});

	test('a wrong or missing organization is 400 code 6041; the list of organizations needs none', async () => {
		const { call } = startBooks();
		for (const organization_id of ['', '123']) {
			const { status, body } = await call('GET', '/contacts', undefined, { query: { organization_id } });
			expect([status, body['code']]).toEqual([400, 6041]);
		}
		expect((await call('GET', '/organizations', undefined, { query: { organization_id: '' } })).status).toBe(
			200,
		);
	});

	test('an unknown address is 404 code 5', async () => {
		const { call } = startBooks();
		expect((await call('GET', '/nothing')).body['code']).toBe(5);
	});
});

describe('limits', () => {
	test('the 101st call in a minute is 429 code 44, and a minute later calls are taken again', async () => {
		const { call, simulator } = startBooks();
		for (let n = 0; n < 100; n++) expect((await call('GET', '/contacts')).status).toBe(200);
		const { status, body } = await call('GET', '/contacts');
		expect([status, body['code']]).toEqual([429, 44]);
		simulator.world.clock.advance(60_000);
		expect((await call('GET', '/contacts')).status).toBe(200);
	});

	test.each([
		['free', 5],
		['professional', 10],
	] as const)('on plan %s, call number %i+1 at once is 429 code 1070', async (plan, most) => {
		const { call } = startBooks({ books: { plan }, switches: { latency: 20 } });
		const answers = await Promise.all(Array.from({ length: most + 1 }, () => call('GET', '/contacts')));
		const refused = answers.filter(({ status }) => status === 429);
		expect(refused.map(({ body }) => body['code'])).toEqual([1070]);
		expect((await call('GET', '/contacts')).status).toBe(200);
	});

	test('when the calls of the day are used up: 429 code 45 until midnight of the organization', async () => {
		const { call, org, simulator } = startBooks({ books: { plan: 'free', timeZone: 'America/New_York' } });
		const { headers } = await call('GET', '/contacts');
		expect(headers).toMatchObject({ 'x-rate-limit-limit': '1000', 'x-rate-limit-remaining': '999' });
		org.limits.spend(1000, simulator.world.now());
		const { status, body } = await call('GET', '/contacts');
		expect([status, body['code']]).toEqual([429, 45]);
		expect(body['message']).toContain('1000');
		simulator.world.clock.advance((Number(headers['x-rate-limit-reset']) + 1) * 1000);
		const token = simulator.grant({ location: 'us', product: 'books' }).oauthTokenData.access_token;
		expect((await call('GET', '/contacts', undefined, { token })).status).toBe(200);
	});
});

describe('contacts', () => {
	test('a new contact without persons has none, and empty mirrors', async () => {
		const { add } = startBooks();
		expect(await add({ contact_name: 'Acme' })).toMatchObject({
			contact_persons: [],
			email: '',
			primary_contact_id: '',
			zcrm_account_id: '',
		});
	});

	test('top-level name, e-mail and phones mirror the primary person, also after another one becomes it', async () => {
		const { add, call } = startBooks();
		const contact = await add({
			contact_name: 'Acme',
			contact_persons: [
				person('Ann', { email: 'ann@a.example' }),
				person('Bob', { email: 'bob@a.example', mobile: '2' }),
			],
		});
		expect(contact).toMatchObject({ first_name: 'Ann', email: 'ann@a.example' });
		const bob = contact['contact_persons'][1].contact_person_id as string;
		await call('POST', `/contacts/contactpersons/${bob}/primary`);
		const { body } = await call('GET', `/contacts/${contact['contact_id']}`);
		expect(body['contact']).toMatchObject({
			first_name: 'Bob',
			email: 'bob@a.example',
			mobile: '2',
			primary_contact_id: bob,
		});
		expect(
			(body['contact'].contact_persons as Json[]).filter((one) => one['is_primary_contact']),
		).toHaveLength(1);
	});

	test('an update changes only what it names; with addressReplaces off, of an address too', async () => {
		const { add, call } = startBooks({ switches: { addressReplaces: false } });
		const contact = await add({
			contact_name: 'Acme',
			website: 'a.example',
			billing_address: { city: 'Berlin', zip: '1' },
		});
		const { body } = await call('PUT', `/contacts/${contact['contact_id']}`, {
			notes: 'n',
			billing_address: { zip: '2' },
		});
		expect(body['contact']).toMatchObject({
			contact_name: 'Acme',
			website: 'a.example',
			notes: 'n',
			billing_address: { city: 'Berlin', zip: '2' },
		});
	});

	test('an address that is sent replaces the stored one as a whole', async () => {
		const { add, call } = startBooks();
		const contact = await add({ contact_name: 'Acme', billing_address: { city: 'Berlin', zip: '1' } });
		const { body } = await call('PUT', `/contacts/${contact['contact_id']}`, {
			billing_address: { zip: '2' },
		});
		expect(body['contact'].billing_address).toMatchObject({ city: '', zip: '2' });
	});

	test('a list of persons in an update replaces the whole list; a known id keeps what is not named', async () => {
		const { add, call } = startBooks();
		const contact = await add({
			contact_name: 'Acme',
			contact_persons: [person('Ann', { phone: '1' }), person('Bob')],
		});
		const ann = contact['contact_persons'][0].contact_person_id as string;
		const { body } = await call('PUT', `/contacts/${contact['contact_id']}`, {
			contact_persons: [{ contact_person_id: ann, last_name: 'Lee' }, person('Cid')],
		});
		const persons = body['contact'].contact_persons as Json[];
		expect(persons.map((one) => one['first_name'])).toEqual(['Ann', 'Cid']);
		expect(persons[0]).toMatchObject({ contact_person_id: ann, last_name: 'Lee', phone: '1' });
	});

	test('the same name again is 400 code 3062, but not for the other type of contact', async () => {
		const { add, call } = startBooks();
		await add({ contact_name: 'Acme' });
		const { status, body } = await call('POST', '/contacts', { contact_name: 'ACME ' });
		expect([status, body['code']]).toEqual([400, 3062]);
		expect((await add({ contact_name: 'Acme', contact_type: 'vendor' }))['contact_type']).toBe('vendor');
	});

	test('a refused update leaves the contact as it was', async () => {
		const { add, call } = startBooks();
		const contact = await add({ contact_name: 'Acme', notes: 'before' });
		const { status } = await call('PUT', `/contacts/${contact['contact_id']}`, {
			notes: 'after',
			contact_persons: [{ email: 'no e-mail' }],
		});
		expect(status).toBe(400);
		expect((await call('GET', `/contacts/${contact['contact_id']}`)).body['contact'].notes).toBe('before');
	});

	test.each([
		[{}, 2],
		[{ contact_name: 'A', contact_type: 'friend' }, 2],
		[{ contact_name: 'x'.repeat(201) }, 15],
		['{"contact_name":', 1038],
	])('%j is refused with code %i', async (body, code) => {
		const { call } = startBooks();
		const answer = await call('POST', '/contacts', body);
		expect([answer.status, answer.body['code']]).toEqual([400, code]);
	});

	test('a body as form field JSONString is taken too', async () => {
		const { call } = startBooks();
		const body = new URLSearchParams({ JSONString: JSON.stringify({ contact_name: 'Acme' }) }).toString();
		const { status } = await call('POST', '/contacts', body, {
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		});
		expect(status).toBe(201);
	});

	test('a deleted contact is 404 code 1002 from then on', async () => {
		const { add, call } = startBooks();
		const { contact_id } = await add({ contact_name: 'Acme' });
		expect((await call('DELETE', `/contacts/${contact_id}`)).status).toBe(200);
		for (const method of ['GET', 'PUT', 'DELETE']) {
			const { status, body } = await call(
				method,
				`/contacts/${contact_id}`,
				method === 'PUT' ? { notes: '' } : undefined,
			);
			expect([status, body['code']]).toEqual([404, 1002]);
		}
	});

	test('a change of a person moves the contact’s last_modified_time', async () => {
		const { add, call, simulator } = startBooks();
		const contact = await add({ contact_name: 'Acme', contact_persons: [person('Ann')] });
		simulator.world.clock.advance(5000);
		await call('PUT', `/contacts/contactpersons/${contact['contact_persons'][0].contact_person_id}`, {
			phone: '1',
		});
		const { body } = await call('GET', `/contacts/${contact['contact_id']}`);
		expect(Date.parse(body['contact'].last_modified_time)).toBeGreaterThan(
			Date.parse(contact['last_modified_time']),
		);
	});

	test('a person alone needs a first name', async () => {
		const { add, call } = startBooks();
		const { contact_id } = await add({ contact_name: 'Acme' });
		expect((await call('POST', '/contacts/contactpersons', { contact_id, last_name: 'Lee' })).status).toBe(
			400,
		);
	});

	test('times are in the organization’s zone, with an offset without colon', async () => {
		const { add } = startBooks({ books: { timeZone: 'Asia/Kolkata' } });
		expect((await add({ contact_name: 'Acme' }))['created_time']).toMatch(/\+0530$/);
	});

	test('the native CRM integration gives contacts CRM ids, in the detail only', async () => {
		const { add, call } = startBooks({ books: { nativeCrmSync: true } });
		const contact = await add({ contact_name: 'Acme' });
		expect(contact).toMatchObject({
			is_linked_with_zohocrm: true,
			zcrm_account_id: expect.stringMatching(/^\d{19}$/),
		});
		const [row] = (await call('GET', '/contacts')).body['contacts'] as Json[];
		expect(row).toHaveProperty('is_linked_with_zohocrm', true);
		expect(row).not.toHaveProperty('zcrm_account_id');
	});
});

describe('custom fields and upsert', () => {
	const books = {
		customFields: [
			{ apiName: 'cf_crm_id', label: 'CRM id', unique: true },
			{ apiName: 'cf_size', label: 'Size', dataType: 'number' as const },
		],
	};

	test('values appear in the list, in the hash and flattened', async () => {
		const { add } = startBooks({ books });
		const contact = await add({ contact_name: 'Acme', custom_fields: [{ api_name: 'cf_size', value: 7 }] });
		expect(contact).toMatchObject({
			cf_size: '7',
			cf_size_unformatted: 7,
			custom_field_hash: { cf_size: '7', cf_size_unformatted: 7 },
			custom_fields: [expect.objectContaining({ api_name: 'cf_size', value: 7 })],
		});
	});

	test('upsert creates, then updates the same contact', async () => {
		const { call, org } = startBooks({ books });
		const headers = {
			'x-unique-identifier-key': 'cf_crm_id',
			'x-unique-identifier-value': '42',
			'x-upsert': 'true',
		};
		expect((await call('PUT', '/contacts', { contact_name: 'Acme' }, { headers })).status).toBe(201);
		expect((await call('PUT', '/contacts', { notes: 'n' }, { headers })).status).toBe(200);
		expect(org.records('contacts')).toEqual([
			expect.objectContaining({ contact_name: 'Acme', notes: 'n', cf_crm_id: '42' }),
		]);
		const without = { ...headers, 'x-unique-identifier-value': '43', 'x-upsert': 'false' };
		expect((await call('PUT', '/contacts', { contact_name: 'B' }, { headers: without })).status).toBe(404);
	});

	test('a value that is taken is 400 code 120303', async () => {
		const { add, call } = startBooks({ books });
		const custom_fields = [{ api_name: 'cf_crm_id', value: '42' }];
		await add({ contact_name: 'A', custom_fields });
		expect((await call('POST', '/contacts', { contact_name: 'B', custom_fields })).body['code']).toBe(120303);
	});
});

describe('lists', () => {
	const names = async (call: ReturnType<typeof startBooks>['call'], query: Record<string, string>) =>
		((await call('GET', '/contacts', undefined, { query })).body['contacts'] as Json[]).map(
			(row) => row['contact_name'] as string,
		);

	test('pages are complete, without gap or repeat, and end with has_more_page false', async () => {
		const { call, org } = startBooks();
		for (let n = 0; n < 450; n++) org.contacts.create({ contact_name: `Contact ${n}` }, 'api');
		const seen: string[] = [];
		for (let page = 1, more = true; more; page++) {
			const { body } = await call('GET', '/contacts', undefined, {
				query: { page: String(page), per_page: '500' },
			});
			seen.push(...(body['contacts'] as Json[]).map((row) => row['contact_id'] as string));
			more = body['page_context'].has_more_page as boolean;
			expect(body['page_context'].per_page).toBe(200);
		}
		expect(new Set(seen).size).toBe(450);
		expect(seen).toHaveLength(450);
	});

	test('the e-mail filter looks at the primary person only', async () => {
		const { add, call } = startBooks();
		await add({
			contact_name: 'Acme',
			contact_persons: [person('A', { email: 'a@x.example' }), person('B', { email: 'b@x.example' })],
		});
		expect(await names(call, { email: 'A@x.example' })).toEqual(['Acme']);
		expect(await names(call, { email: 'b@x.example' })).toEqual([]);
	});

	test('filters for type, state, name and text', async () => {
		const { add, call } = startBooks();
		const old = await add({ contact_name: 'Old', notes: 'paper' });
		await add({ contact_name: 'New', contact_type: 'vendor' });
		await call('POST', `/contacts/${old['contact_id']}/inactive`);
		expect(await names(call, {})).toEqual(['New', 'Old']);
		expect(await names(call, { filter_by: 'Status.Active' })).toEqual(['New']);
		expect(await names(call, { contact_type: 'customer' })).toEqual(['Old']);
		expect(await names(call, { contact_name_startswith: 'ne' })).toEqual(['New']);
		expect(await names(call, { search_text: 'paper' })).toEqual(['Old']);
		expect(
			(await call('GET', '/contacts', undefined, { query: { filter_by: 'Status.Odd' } })).body['code'],
		).toBe(2);
	});

	test('sorting by last_modified_time, newest first', async () => {
		const { add, call, simulator } = startBooks();
		for (const contact_name of ['B', 'A', 'C']) {
			await add({ contact_name });
			simulator.world.clock.advance(1000);
		}
		expect(await names(call, { sort_column: 'last_modified_time', sort_order: 'D' })).toEqual([
			'C',
			'A',
			'B',
		]);
		expect((await call('GET', '/contacts', undefined, { query: { sort_column: 'website' } })).status).toBe(
			400,
		);
	});

	test.each([
		[true, ['A', 'B']],
		[false, ['B']],
	])('the modified filter, inclusive %s', async (modifiedFilterInclusive, expected) => {
		const { add, call, simulator } = startBooks({ switches: { modifiedFilterInclusive } });
		const first = await add({ contact_name: 'A' });
		simulator.world.clock.advance(2000);
		await add({ contact_name: 'B' });
		expect(await names(call, { last_modified_time: first['last_modified_time'] as string })).toEqual(
			expected,
		);
	});

	test.each([
		'2026-01-01T00:00:00Z',
		'2026-01-01T00:00:00+00:00',
		'2026-01-01T00:00:00.000+0000',
		'2026-01-01',
	])('the modified filter refuses %s', async (last_modified_time) => {
		const { call } = startBooks();
		const { status, body } = await call('GET', '/contacts', undefined, { query: { last_modified_time } });
		expect([status, body]).toEqual([
			400,
			{ code: 2, message: 'Invalid value passed for last_modified_time' },
		]);
	});

	test('without the switch the modified filter is passed over in silence, and logged so', async () => {
		const { add, call } = startBooks({ switches: { contactsModifiedFilter: false } });
		await add({ contact_name: 'A' });
		const { body, entry } = await call('GET', '/contacts', undefined, {
			query: { last_modified_time: '2099-01-01T00:00:00+0000', odd: '1' },
		});
		expect(body['contacts']).toHaveLength(1);
		expect(entry.ignored).toEqual(['last_modified_time', 'odd']);
	});
});
