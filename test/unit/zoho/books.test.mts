import { booksResources } from '../../../zoho/books/resources';
import { bookPages, getBooksRecord, listOrganizations } from '../../../zoho/books/read';
import { saveContact } from '../../../zoho/books/contactWrite';
import { ensureHook, findHooks, removeHook } from '../../../zoho/books/webhooks';
import { contact } from '../../../zoho/books/contact';
import { asObject } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import {
	type Answer,
	FakeTime,
	type SentCall,
	all,
	answer,
	clientFor,
	connect,
	queryOf,
} from './fakeZoho.mts';

const ok = (more: JsonObject = {}) => answer(200, { code: 0, message: 'success', ...more });
const gone = () => answer(404, { code: 1002, message: 'Contact does not exist.' });
const nameTaken = () =>
	answer(400, {
		code: 3062,
		message: 'The customer "Acme" already exists. Please specify a different name.',
	});
const lost = () => new Error('socket hang up');

/** A script by `METHOD /path`; every call must be foreseen. A list of answers is used up one by one, the last one stays. */
function setUp(routes: Record<string, (call: SentCall) => Answer>, time = new FakeTime()) {
	const connection = connect('books', (call) => {
		const route = routes[`${call.method} ${call.path.replace('/books/v3', '')}`];
		if (!route) throw new Error(`unforeseen ${call.method} ${call.path}`);
		return route(call);
	});
	const client = clientFor(connection, time);
	const calls = () => connection.sent.map((call) => `${call.method} ${call.path.replace('/books/v3', '')}`);
	return { connection, client, calls, time };
}

const inTurn = (...answers: Array<() => Answer>) => {
	let n = 0;
	return () => (answers[Math.min(n++, answers.length - 1)] as () => Answer)();
};

describe('lists', () => {
	const people = Array.from({ length: 450 }, (_none, n) => ({ contact_id: String(n) }));
	const paged = (call: SentCall) => {
		const { page, per_page } = queryOf(call);
		const start = (Number(page) - 1) * Number(per_page);
		const rows = people.slice(start, start + Number(per_page));
		const context = {
			page: Number(page),
			per_page: Number(per_page),
			has_more_page: start + rows.length < people.length,
		};
		return ok({ contacts: rows, page_context: context });
	};

	test('every page is read, 200 rows at a time', async () => {
		const { client, connection } = setUp({ 'GET /contacts': paged });
		expect(await all(bookPages(client, contact, { contact_type: 'customer' }))).toEqual(people);
		expect(connection.sent.map((call) => queryOf(call).page)).toEqual(['1', '2', '3']);
		for (const call of connection.sent)
			expect(queryOf(call)).toMatchObject({ per_page: '200', contact_type: 'customer' });
	});

	test('a limit is kept exactly and costs no call too many', async () => {
		const { client, connection } = setUp({ 'GET /contacts': paged });
		expect(await all(bookPages(client, contact, {}, 250))).toEqual(people.slice(0, 250));
		expect(connection.sent).toHaveLength(2);
		expect(await all(bookPages(client, contact, {}, 3))).toHaveLength(3);
		expect(queryOf(connection.sent[2] as SentCall).per_page).toBe('3');
	});

	test('an answer without page_context is the only page', async () => {
		const { client, calls } = setUp({
			'GET /organizations': () => ok({ organizations: [{ organization_id: '1' }] }),
		});
		expect(await listOrganizations(client)).toEqual([{ organization_id: '1' }]);
		expect(calls()).toHaveLength(1);
	});

	test('a server that keeps answering with the first page is an error, not an endless or short list', async () => {
		const first = () =>
			ok({ contacts: people.slice(0, 200), page_context: { page: 1, has_more_page: true } });
		const { client } = setUp({ 'GET /contacts': first });
		await expect(all(bookPages(client, contact))).rejects.toThrow('page 2 was asked for');
	});

	test('an empty page in between does not end the list', async () => {
		const { client } = setUp({
			'GET /contacts': inTurn(
				() => ok({ contacts: [], page_context: { page: 1, has_more_page: true } }),
				() => ok({ contacts: [{ contact_id: '1' }], page_context: { page: 2, has_more_page: false } }),
			),
		});
		expect(await all(bookPages(client, contact))).toHaveLength(1);
	});

	test('a record that is gone is undefined; every other failure is told', async () => {
		const { client } = setUp({
			'GET /contacts/1': gone,
			'GET /contacts/2': () => answer(400, { code: 2, message: 'bad' }),
		});
		expect(await getBooksRecord(client, contact, '1')).toBeUndefined();
		await expect(getBooksRecord(client, contact, '2')).rejects.toThrow('code 2');
	});
});

describe('resources', () => {
	test('each is listed under its own name', () => {
		expect(Object.keys(booksResources).sort()).toEqual(
			['contact', 'contactPerson', 'currency', 'customerPayment', 'estimate', 'invoice', 'item', 'organization', 'tax'],
		);
		for (const [name, resource] of Object.entries(booksResources)) expect(resource.name).toBe(name);
	});
});

describe('saving a contact', () => {
	test('a changed phone of one person is one write and no read', async () => {
		const { client, connection, calls } = setUp({
			'PUT /contacts/contactpersons/7': () =>
				ok({ contact_person: [{ contact_person_id: '7', first_name: 'Ann', phone: '123' }] }),
		});
		const saved = await saveContact(client, {
			contact_id: '1',
			contact_persons: [{ contact_person_id: '7', phone: '123' }],
		});
		expect(calls()).toEqual(['PUT /contacts/contactpersons/7']);
		expect(connection.sent[0]?.body).toEqual({ contact_id: '1', phone: '123' });
		expect(saved).toEqual({
			action: 'updated',
			contact: {
				contact_id: '1',
				contact_persons: [{ contact_person_id: '7', first_name: 'Ann', phone: '123' }],
			},
		});
	});

	test('fields go first and never carry the list of people, which Books would replace', async () => {
		const { client, connection, calls } = setUp({
			'PUT /contacts/1': () =>
				ok({
					contact: {
						contact_id: '1',
						notes: 'n',
						contact_persons: [{ contact_person_id: '7', phone: 'old' }, { contact_person_id: '8' }],
					},
				}),
			'PUT /contacts/contactpersons/7': () =>
				ok({ contact_person: { contact_person_id: '7', phone: '123' } }),
			'POST /contacts/contactpersons': () =>
				ok({ contact_person: [{ contact_person_id: '9', first_name: 'New' }] }),
		});
		const saved = await saveContact(client, {
			contact_id: '1',
			notes: 'n',
			contact_persons: [{ contact_person_id: '7', phone: '123' }, { first_name: 'New' }],
		});
		expect(calls()).toEqual([
			'PUT /contacts/1',
			'PUT /contacts/contactpersons/7',
			'POST /contacts/contactpersons',
		]);
		expect(connection.sent[0]?.body).toEqual({ notes: 'n' });
		expect(connection.sent[2]?.body).toEqual({ contact_id: '1', first_name: 'New' });
		expect(saved.contact.contact_persons).toEqual([
			{ contact_person_id: '7', phone: '123' },
			{ contact_person_id: '8' },
			{ contact_person_id: '9', first_name: 'New' },
		]);
	});

	test('a new contact is one call, people included', async () => {
		const created = { contact_id: '1', contact_name: 'Acme', contact_persons: [{ contact_person_id: '7' }] };
		const { client, connection } = setUp({
			'POST /contacts': () => answer(201, { code: 0, contact: created }),
		});
		const record = { contact_name: 'Acme', contact_persons: [{ first_name: 'Ann' }] };
		expect(await saveContact(client, record)).toEqual({ action: 'created', contact: created });
		expect(connection.sent).toHaveLength(1);
		expect(connection.sent[0]?.body).toEqual(record);
	});

	test('without a name nothing is sent', async () => {
		const { client, connection } = setUp({});
		await expect(saveContact(client, { notes: 'n' })).rejects.toThrow('contact_name is missing');
		expect(connection.sent).toHaveLength(0);
	});

	test('a contact that is gone is an error that names it', async () => {
		const { client } = setUp({ 'PUT /contacts/1': gone });
		await expect(saveContact(client, { contact_id: '1', contact_name: 'Acme', notes: 'n' })).rejects.toThrow(
			'contact "Acme" 1',
		);
	});

	describe('when the name is taken', () => {
		const existing = (email: string) => ({
			contact_id: '5',
			contact_name: 'ACME ',
			contact_type: 'customer',
			contact_persons: [{ contact_person_id: '51', first_name: 'Ann', last_name: 'Lee', email }],
		});
		const row = { contact_id: '5', contact_name: 'ACME ', contact_type: 'customer' };
		const routes = (email: string) => ({
			'POST /contacts': nameTaken,
			'GET /contacts': () =>
				ok({ contacts: [{ contact_id: '4', contact_name: 'Acme North', contact_type: 'customer' }, row] }),
			'GET /contacts/5': () => ok({ contact: existing(email) }),
			'PUT /contacts/5': () => ok({ contact: existing(email) }),
			'PUT /contacts/contactpersons/51': () =>
				ok({ contact_person: { contact_person_id: '51', phone: '1' } }),
			'POST /contacts/contactpersons': () => ok({ contact_person: { contact_person_id: '52' } }),
		});
		const record = {
			contact_name: 'Acme',
			contact_persons: [{ first_name: 'A.', email: ' Ann@Acme.example', phone: '1' }],
		};

		test('and the e-mail agrees, the existing contact is updated and no person is doubled', async () => {
			const { client, calls } = setUp(routes('ann@acme.example'));
			const saved = await saveContact(client, record);
			expect(saved).toMatchObject({ action: 'linked', contact: { contact_id: '5' } });
			expect(calls()).toEqual([
				'POST /contacts',
				'GET /contacts',
				'GET /contacts/5',
				'PUT /contacts/5',
				'PUT /contacts/contactpersons/51',
			]);
		});

		test('and the existing one has no e-mail, it is updated; the person of another name is added', async () => {
			const { client, calls } = setUp(routes(''));
			expect((await saveContact(client, record)).action).toBe('linked');
			expect(calls().at(-1)).toBe('POST /contacts/contactpersons');
		});

		test('and the e-mails differ, nothing is written and the error tells the id', async () => {
			const { client, calls } = setUp(routes('other@acme.example'));
			const error = await saveContact(client, record).catch((reason: unknown) => reason);
			expect(error).toMatchObject({ intent: 'duplicate', fault: { existingId: '5' } });
			expect(calls()).toEqual(['POST /contacts', 'GET /contacts', 'GET /contacts/5']);
		});

		test('and the search does not show it yet, it is looked for again', async () => {
			const late = inTurn(
				() => ok({ contacts: [] }),
				() => ok({ contacts: [row] }),
			);
			const { client, time } = setUp({ ...routes('ann@acme.example'), 'GET /contacts': late });
			expect((await time.run(saveContact(client, record))).action).toBe('linked');
		});

		test('and it is never found, the error of Books is told and nothing is created', async () => {
			const { client, calls, time } = setUp({ ...routes(''), 'GET /contacts': () => ok({ contacts: [] }) });
			await expect(time.run(saveContact(client, record))).rejects.toThrow('code 3062');
			expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
		});

		test('by a vendor only, it is not used for a customer', async () => {
			const { client, time } = setUp({
				...routes(''),
				'GET /contacts': () => ok({ contacts: [{ ...row, contact_type: 'vendor' }] }),
			});
			await expect(time.run(saveContact(client, record))).rejects.toThrow('code 3062');
		});
	});

	describe('when the answer to a create is lost', () => {
		const record = {
			contact_name: 'Acme',
			contact_persons: [{ first_name: 'Ann', email: 'ann@acme.example' }],
		};
		const full = {
			...record,
			contact_id: '5',
			contact_type: 'customer',
			contact_persons: [{ ...record.contact_persons[0], contact_person_id: '51' }],
		};

		test('and Books carried it out, the contact is found and there is no second one', async () => {
			const { client, calls, time } = setUp({
				'POST /contacts': lost,
				'GET /contacts': () =>
					ok({ contacts: [{ contact_id: '5', contact_name: 'Acme', contact_type: 'customer' }] }),
				'GET /contacts/5': () => ok({ contact: full }),
				'PUT /contacts/5': () => ok({ contact: full }),
				'PUT /contacts/contactpersons/51': () => ok({ contact_person: { contact_person_id: '51' } }),
			});
			expect((await time.run(saveContact(client, record))).contact.contact_id).toBe('5');
			expect(calls().filter((call) => call === 'POST /contacts')).toHaveLength(1);
		});

		test('and Books did not carry it out, it is created once the search found nothing', async () => {
			const { client, calls, time } = setUp({
				'POST /contacts': inTurn(lost, () => answer(201, { code: 0, contact: full })),
				'GET /contacts': () => ok({ contacts: [] }),
			});
			expect((await time.run(saveContact(client, record))).action).toBe('created');
			expect(calls()).toEqual([
				'POST /contacts',
				'GET /contacts',
				'GET /contacts',
				'GET /contacts',
				'POST /contacts',
			]);
		});

		test('a person to add is looked for before it is sent again', async () => {
			const { client, calls, time } = setUp({
				'POST /contacts/contactpersons': lost,
				'GET /contacts/1/contactpersons': () =>
					ok({ contact_persons: [{ contact_person_id: '9', email: 'Ann@acme.example' }] }),
			});
			const saved = await time.run(
				saveContact(client, { contact_id: '1', contact_persons: record.contact_persons }),
			);
			expect(saved.contact.contact_persons).toEqual([{ contact_person_id: '9', email: 'Ann@acme.example' }]);
			expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
		});
	});

	test('a person update that Books refuses without a first name is sent again with the known one', async () => {
		const { client, connection } = setUp({
			'PUT /contacts/contactpersons/7': inTurn(
				() => answer(400, { code: 2, message: 'Invalid value passed for first_name' }),
				() => ok(),
			),
			'GET /contacts/1/contactpersons/7': () =>
				ok({ contact_person: { contact_person_id: '7', first_name: 'Ann', last_name: 'Lee' } }),
		});
		await saveContact(client, {
			contact_id: '1',
			contact_persons: [{ contact_person_id: '7', phone: '123' }],
		});
		expect(connection.sent.at(-1)?.body).toEqual({
			contact_id: '1',
			first_name: 'Ann',
			last_name: 'Lee',
			phone: '123',
		});
	});
});

describe('webhooks and their workflow rules', () => {
	const hook = {
		name: 'n8n abc customer add',
		entity: 'customer',
		event: 'add' as const,
		url: 'https://n8n.example/webhook/1?e=add',
		secret: 'abcdefghijkl1234',
	};
	const made = {
		'POST /settings/webhooks': () => ok({ webhook: { webhook_id: 'w1' } }),
		'POST /settings/workflows': () => ok({ workflow: { workflow_id: 'r1' } }),
		'DELETE /settings/webhooks/w1': () => ok(),
		'DELETE /settings/workflows/r1': () => ok(),
	};

	test('a missing pair is made: the webhook, then the rule that calls it', async () => {
		const { client, connection, calls } = setUp(made);
		expect(await ensureHook(client, hook, {})).toEqual({ webhookId: 'w1', ruleId: 'r1' });
		expect(calls()).toEqual(['POST /settings/webhooks', 'POST /settings/workflows']);
		expect(connection.sent[0]?.body).toMatchObject({
			webhook_name: hook.name,
			url: hook.url,
			secret: hook.secret,
			entity: 'customer',
		});
		expect(connection.sent[1]?.body).toMatchObject({
			rule_type: 'add',
			instant_actions: [{ action_id: 'w1', action_type: 'webhook' }],
		});
	});

	test('what exists is found by name in two lists and left alone', async () => {
		const { client, calls } = setUp({
			'GET /settings/webhooks': () =>
				ok({
					webhooks: [
						{ webhook_name: 'other', webhook_id: 'w0' },
						{ webhook_name: hook.name, webhook_id: 'w1', url: hook.url },
					],
				}),
			'GET /settings/workflows': () => ok({ workflows: [{ workflow_name: hook.name, workflow_id: 'r1' }] }),
		});
		const states = await findHooks(client, [hook.name, 'missing']);
		expect(states.get('missing')).toEqual({});
		expect(await ensureHook(client, hook, states.get(hook.name) ?? {})).toEqual({
			webhookId: 'w1',
			ruleId: 'r1',
		});
		expect(calls()).toHaveLength(2);
	});

	test('a webhook that sends to an old address is replaced with its rule', async () => {
		const { client, calls } = setUp(made);
		await ensureHook(client, hook, { webhookId: 'w1', ruleId: 'r1', url: 'https://old.example/' });
		expect(calls()).toEqual([
			'DELETE /settings/workflows/r1',
			'DELETE /settings/webhooks/w1',
			'POST /settings/webhooks',
			'POST /settings/workflows',
		]);
	});

	test('a rule that was switched off is replaced', async () => {
		const { client, calls } = setUp(made);
		await ensureHook(client, hook, { webhookId: 'w1', ruleId: 'r1', url: hook.url, ruleIsActive: false });
		expect(calls()).toEqual(['DELETE /settings/workflows/r1', 'POST /settings/workflows']);
	});

	test('a plan without workflow rules leaves no webhook behind', async () => {
		const { client, calls } = setUp({
			...made,
			'POST /settings/workflows': () => answer(403, { code: 99, message: 'not in your plan' }),
		});
		await expect(ensureHook(client, hook, {})).rejects.toMatchObject({ intent: 'unavailable' });
		expect(calls().at(-1)).toBe('DELETE /settings/webhooks/w1');
	});

	test('a name that is taken already is used, so a repeat cannot fail', async () => {
		const { client } = setUp({
			...made,
			'POST /settings/webhooks': () => answer(400, { code: 107051, message: 'exists' }),
			'GET /settings/webhooks': () => ok({ webhooks: [{ webhook_name: hook.name, webhook_id: 'w7' }] }),
		});
		expect(await ensureHook(client, hook, {})).toEqual({ webhookId: 'w7', ruleId: 'r1' });
	});

	test('removing takes the rule first, and what is gone is fine', async () => {
		const { client, calls } = setUp({
			'DELETE /settings/workflows/r1': gone,
			'DELETE /settings/webhooks/w1': gone,
		});
		await removeHook(client, { webhookId: 'w1', ruleId: 'r1' });
		expect(calls()).toEqual(['DELETE /settings/workflows/r1', 'DELETE /settings/webhooks/w1']);
	});

	test('the secret is in the body only', async () => {
		const { client, connection } = setUp(made);
		await ensureHook(client, hook, {});
		for (const call of connection.sent) expect(call.url).not.toContain(hook.secret);
		expect(JSON.stringify(asObject(connection.sent[1]?.body))).not.toContain(hook.secret);
	});
});
