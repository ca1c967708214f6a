import type { IDataObject } from 'n8n-workflow';

import { BooksBench, chosen, wordsOf, type Row } from './booksSupport.mts';

let books: BooksBench;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(() => books.reset());

const aurora = {
	contact_name: 'Aurora Trading',
	billing_address: { address: '1 High Street', city: 'York', zip: 'YO1' },
	contact_persons: [
		{ first_name: 'Ada', last_name: 'Lee', email: 'ada@example.com' },
		{ first_name: 'Bo', last_name: 'Lee', email: 'bo@example.com' },
	],
};

const personsOf = (contact: Row | undefined) => contact?.contact_persons as Row[];

function one(record: Row = aurora): Row {
	const [contact] = books.fill([record]);
	if (!contact) throw new Error('nothing was filled in');
	return contact;
}

describe('organizations', () => {
	test('get gives the chosen organization, and the only one where none is chosen', async () => {
		for (const organizationId of [books.org.organizationId, '']) {
			const { rows, error } = await books.run({ resource: 'organization', operation: 'get', organizationId });
			expect(error).toBeUndefined();
			expect(rows).toEqual([expect.objectContaining({ organization_id: books.org.organizationId, name: 'Aurora 1' })]);
		}
	});

	test('get many lists all of them and needs none to be chosen', async () => {
		books.reset({}, [{}, {}]);
		const { rows, calls } = await books.run({ resource: 'organization', operation: 'getAll', returnAll: true });
		expect(rows.map(({ name }) => name)).toEqual(['Aurora 1', 'Aurora 2']);
		expect(calls).toHaveLength(1);
	});
});

describe('contacts', () => {
	test('create sends the form, with addresses, persons and custom fields as Books takes them', async () => {
		books.reset({}, [{ customFields: [{ apiName: 'cf_crm_id', label: 'CRM ID' }] }]);
		const { rows, lines, error } = await books.runHere({
			operation: 'create',
			contactName: '={{ $json.name }}',
			fields: {
				contact_type: 'vendor',
				website: 'https://aurora.example',
				billing_address: { address: { city: 'York', zip: 'YO1' } },
				contact_persons: { person: [{ first_name: 'Ada', email: 'ada@example.com' }] },
				custom_fields: { field: [{ api_name: 'cf_crm_id', value: '42' }] },
			},
		}, [{ name: 'Aurora Trading' }]);
		expect(error).toBeUndefined();
		expect(lines).toEqual(['POST /contacts']);
		expect(books.contacts()).toHaveLength(1);
		expect(rows[0]).toMatchObject({
			contact_name: 'Aurora Trading',
			contact_type: 'vendor',
			website: 'https://aurora.example',
			billing_address: { city: 'York', zip: 'YO1' },
			contact_persons: [{ first_name: 'Ada', email: 'ada@example.com' }],
			cf_crm_id: '42',
		});
	});

	test('create takes the whole record as JSON, as an object or as text', async () => {
		const items = [{ record: aurora }, { record: JSON.stringify({ contact_name: 'Boreal' }) }];
		const { rows, items: out } = await books.runHere({ operation: 'create', inputMode: 'json', record: '={{ $json.record }}' }, items);
		expect(rows.map(({ contact_name }) => contact_name)).toEqual(['Aurora Trading', 'Boreal']);
		expect(out.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('get gives the contact with its persons', async () => {
		const { contact_id } = one();
		const { rows } = await books.runHere({ operation: 'get', ...chosen(contact_id) });
		expect(rows).toEqual([expect.objectContaining({ contact_id, contact_name: 'Aurora Trading' })]);
		expect(personsOf(rows[0])).toHaveLength(2);
	});

	test('update changes only what is filled in, and keeps the other persons', async () => {
		const contact = one();
		const { lines, error } = await books.runHere({
			operation: 'update',
			...chosen(contact.contact_id),
			fields: { website: 'https://new.example', contact_persons: { person: [{ first_name: 'Cy', email: 'cy@example.com' }] } },
		});
		expect(error).toBeUndefined();
		expect(lines).toEqual([`PUT /contacts/${contact.contact_id}`, 'POST /contacts/contactpersons']);
		const after = books.contact(contact.contact_id);
		expect(after).toMatchObject({ contact_name: 'Aurora Trading', website: 'https://new.example' });
		expect(personsOf(after).map(({ first_name }) => first_name)).toEqual(['Ada', 'Bo', 'Cy']);
	});

	test('update of one part of an address keeps the other parts, though Books replaces addresses', async () => {
		const { contact_id } = one();
		const form = { fields: { billing_address: { address: { zip: 'YO2' } } } };
		const { lines } = await books.runHere({ operation: 'update', ...chosen(contact_id), ...form });
		expect(lines.map((line) => line.split(' ')[0])).toEqual(['GET', 'PUT']);
		expect(books.contact(contact_id)?.billing_address).toMatchObject({ address: '1 High Street', city: 'York', zip: 'YO2' });
	});

	test('delete puts out that it is deleted', async () => {
		const { contact_id } = one();
		const { rows, lines } = await books.runHere({ operation: 'delete', ...chosen(contact_id) });
		expect(rows).toEqual([{ deleted: true }]);
		expect(lines).toEqual([`DELETE /contacts/${contact_id}`]);
		expect(books.contacts()).toEqual([]);
	});

	test('items that change the same contact do so in their order', async () => {
		const { contact_id } = one();
		const contactPersonId = String(personsOf(books.contact(contact_id))[0]?.contact_person_id);
		books.fault({ what: 'delay', delay: 300, method: 'PUT', times: 1 });
		const change = { resource: 'contactPerson', operation: 'update', ...chosen(contact_id), contactPersonId };
		const run = await books.runHere({ ...change, fields: { first_name: '={{ $json.name }}' } }, [{ name: 'First' }, { name: 'Last' }]);
		expect(run.error).toBeUndefined();
		expect(run.rows.map(({ first_name }) => first_name)).toEqual(['First', 'Last']);
		expect(personsOf(books.contact(contact_id))[0]).toMatchObject({ first_name: 'Last' });
	});

	test('an empty ID deletes nothing', async () => {
		one();
		const run = await books.runHere({ operation: 'delete', ...chosen('={{ $json.missing }}') });
		expect(wordsOf(run)).toMatch(/No ID is given.*what the expression of the field yields/);
		expect(run.calls).toEqual([]);
		expect(books.contacts()).toHaveLength(1);
	});

	test('an ID that lost its last digits as a number is refused', async () => {
		const run = await books.runHere({ operation: 'get', contactId: '={{ $json.id }}' }, [{ id: 4600000000000260491 }]);
		expect(wordsOf(run)).toMatch(/lost its last digits/);
		expect(run.calls).toEqual([]);
	});

	test('mark inactive and mark active switch a contact off and on', async () => {
		const { contact_id } = one();
		expect((await books.runHere({ operation: 'markInactive', ...chosen(contact_id) })).rows).toEqual([{ status: 'inactive' }]);
		expect(books.contact(contact_id)).toMatchObject({ status: 'inactive' });
		expect((await books.runHere({ operation: 'markActive', ...chosen(contact_id) })).rows).toEqual([{ status: 'active' }]);
		expect(books.contact(contact_id)).toMatchObject({ status: 'active' });
	});
});

describe('lists of contacts', () => {
	const many = (count: number) => Array.from({ length: count }, (_, n) => ({ contact_name: `Company ${1000 + n}` }));

	test('401 contacts are read in 3 pages', async () => {
		books.fill(many(401));
		const { rows, calls } = await books.runHere({ operation: 'getAll', returnAll: true });
		expect(new Set(rows.map(({ contact_id }) => contact_id)).size).toBe(401);
		expect(calls).toHaveLength(3);
	});

	test.each([
		[1, ['GET /contacts?page=1&per_page=1']],
		[200, ['GET /contacts?page=1&per_page=200']],
		[201, ['GET /contacts?page=1&per_page=200', 'GET /contacts?page=2&per_page=200']],
	])('a limit of %i costs no call too many', async (limit, lines) => {
		books.fill(many(250));
		const run = await books.runHere({ operation: 'getAll', limit });
		expect(run.rows).toHaveLength(limit);
		expect(run.lines).toEqual(lines);
	});

	test('filters and sorting reach Books, and every filter of the node is one that Books knows', async () => {
		books.fill([...many(2), { contact_name: 'Vendor', contact_type: 'vendor' }]);
		const { rows, calls } = await books.runHere({
			operation: 'getAll',
			filters: { contact_name_startswith: 'Company', contact_type: 'customer', filter_by: 'Status.Active', email: '' },
			options: { sort_column: 'contact_name', sort_order: 'D' },
		});
		expect(rows.map(({ contact_name }) => contact_name)).toEqual(['Company 1001', 'Company 1000']);
		expect(calls.map(({ ignored }) => ignored ?? [])).toEqual([[]]);
	});

	test('several items each get their own rows, paired', async () => {
		books.fill(many(3));
		const { items } = await books.runHere(
			{ operation: 'getAll', returnAll: true, filters: { contact_name: '={{ $json.name }}' } },
			[{ name: 'Company 1002' }, { name: 'Nobody' }, { name: 'Company 1000' }],
		);
		expect(items.map(({ json, pairedItem }) => [json.contact_name, pairedItem])).toEqual([
			['Company 1002', { item: 0 }],
			['Company 1000', { item: 2 }],
		]);
	});

	test('the Contact field finds contacts by part of their name, page by page', async () => {
		books.fill(many(201));
		const first = await books.list((node) => node.methods.listSearch.searchContacts, 'pany 1');
		expect([first.results.length, first.paginationToken]).toEqual([200, '2']);
		const second = await books.list((node) => node.methods.listSearch.searchContacts, 'pany 1', '2');
		expect(second.results).toEqual([{ name: 'Company 1200', value: expect.stringMatching(/^\d+$/) as string }]);
	});

	test('custom fields that contacts have values in are offered', async () => {
		books.reset({}, [{ customFields: [{ apiName: 'cf_crm_id', label: 'CRM ID' }] }]);
		one({ contact_name: 'Aurora', custom_fields: [{ api_name: 'cf_crm_id', value: '1' }] });
		expect(await books.list((node) => node.methods.loadOptions.getContactCustomFields)).toEqual([
			{ name: 'CRM ID', value: 'cf_crm_id' },
		]);
	});
});

describe('contact persons', () => {
	const person = { resource: 'contactPerson' };

	test('create adds a person and keeps the others', async () => {
		const { contact_id } = one();
		const { rows, lines } = await books.runHere({
			...person,
			operation: 'create',
			...chosen(contact_id),
			firstName: 'Cy',
			fields: { email: 'cy@example.com' },
		});
		expect(rows).toEqual([expect.objectContaining({ first_name: 'Cy', email: 'cy@example.com' })]);
		expect(lines).toEqual(['POST /contacts/contactpersons']);
		expect(personsOf(books.contact(contact_id))).toHaveLength(3);
	});

	test('an update that Books refuses for want of a first name is sent with the one that the person has', async () => {
		const contact = one();
		const [person1] = personsOf(books.contact(contact.contact_id));
		const contactPersonId = String(person1?.contact_person_id);
		books.fault({ what: 'status', status: 400, code: 2, method: 'PUT' });
		const { rows, lines, error } = await books.runHere({
			...person,
			operation: 'update',
			...chosen(contact.contact_id),
			contactPersonId,
			fields: { phone: '7' },
		});
		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ contact_person_id: contactPersonId, first_name: 'Ada', last_name: 'Lee', phone: '7' })]);
		expect(lines).toEqual([
			`PUT /contacts/contactpersons/${contactPersonId}`,
			`GET /contacts/${String(contact.contact_id)}/contactpersons/${contactPersonId}`,
			`PUT /contacts/contactpersons/${contactPersonId}`,
		]);
	});

	test('update through the form changes only what is filled in', async () => {
		const { contact_id } = one();
		const contactPersonId = String(personsOf(books.contact(contact_id))[0]?.contact_person_id);
		const { error } = await books.runHere({
			...person,
			operation: 'update',
			...chosen(contact_id),
			contactPersonId,
			fields: { first_name: 'Ada', mobile: '5' },
		});
		expect(error).toBeUndefined();
		expect(personsOf(books.contact(contact_id))[0]).toMatchObject({ first_name: 'Ada', mobile: '5', email: 'ada@example.com' });
	});

	test('get many lists the persons of one contact only', async () => {
		const { contact_id } = one();
		one({ ...aurora, contact_name: 'Other' });
		const { rows } = await books.runHere({ ...person, operation: 'getAll', ...chosen(contact_id), returnAll: true });
		expect(rows.map(({ first_name }) => first_name)).toEqual(['Ada', 'Bo']);
	});

	test.each(['object', 'list'] as const)('get, update, mark primary and delete act on one person (answered as %s)', async (personAnswer) => {
		books.reset({ personAnswer });
		const contact = one();
		const contactPersonId = String(personsOf(books.contact(contact.contact_id))[1]?.contact_person_id);
		const which = { ...person, ...chosen(contact.contact_id), contactPersonId };
		const got = await books.runHere({ ...which, operation: 'get' });
		expect(got.rows).toEqual([expect.objectContaining({ first_name: 'Bo' })]);
		const updated = await books.runHere({
			...which,
			operation: 'update',
			inputMode: 'json',
			record: '{ "first_name": "Bob", "phone": "7" }',
		});
		expect(updated.rows).toEqual([expect.objectContaining({ first_name: 'Bob', phone: '7', email: 'bo@example.com' })]);
		const marked = await books.runHere({ ...which, operation: 'markPrimary' });
		expect(marked.rows).toEqual([{ is_primary_contact: true }]);
		expect(personsOf(books.contact(contact.contact_id))[1]).toMatchObject({ is_primary_contact: true });
		const deleted = await books.runHere({ ...which, operation: 'delete' });
		expect(deleted.rows).toEqual([{ deleted: true }]);
		expect(personsOf(books.contact(contact.contact_id)).map(({ first_name }) => first_name)).toEqual(['Ada']);
	});
});

describe('add persons', () => {
	const rowsOf = (n: number) =>
		books.fill(Array.from({ length: n }, (_, i) => ({ ...aurora, contact_name: `Aurora ${i}` }))).map(({ contact_id, contact_name }) => ({ contact_id, contact_name }));
	const add = async (items: Row[], options: Row = {}) =>
		await books.runHere({ operation: 'addPersons', ...chosen('={{ $json.contact_id }}'), options: options as IDataObject }, items);

	test('of a few contacts one by one, each item whole and with its own persons', async () => {
		const items = rowsOf(3);
		const { rows, lines } = await add(items);
		expect(rows.map(({ contact_name }) => contact_name)).toEqual(items.map(({ contact_name }) => contact_name));
		expect(rows.map((row) => personsOf(row).length)).toEqual([2, 2, 2]);
		expect(lines).toHaveLength(3);
	});

	test('of many contacts from the list of all persons, 200 a call', async () => {
		const { rows, lines } = await add(rowsOf(250));
		expect(rows.every((row) => personsOf(row).every(({ contact_id }) => contact_id === row.contact_id))).toBe(true);
		expect(rows.map((row) => personsOf(row).length)).toEqual(rows.map(() => 2));
		expect(lines.map((line) => line.split('?')[0])).toEqual(Array(3).fill('GET /contacts/contactpersons'));
	});

	test('asks for each where the list is longer than that', async () => {
		const items = rowsOf(500);
		const { rows, lines } = await add(items.slice(0, 4));
		expect(rows.map((row) => personsOf(row).length)).toEqual([2, 2, 2, 2]);
		expect(lines.length).toBeLessThanOrEqual(8);
	});

	test('executions that name the same run read the list once; items that bring their persons keep them', async () => {
		const items = rowsOf(5);
		expect((await add(items, { allPersonsFor: 'run 1' })).lines).toHaveLength(1);
		const { rows, lines } = await add([{ ...items[0], contact_persons: [] }, items[1] as Row], { allPersonsFor: 'run 1' });
		expect(lines).toEqual([]);
		expect(rows.map((row) => personsOf(row).length)).toEqual([0, 2]);
	});

	test('can begin to read the list for a run, and passes the items on as they came', async () => {
		const items = rowsOf(250);
		const begun = await add(items.slice(0, 1), { allPersonsFor: 'run 2', beginOnly: true });
		expect(begun.rows).toEqual(items.slice(0, 1));
		const { rows, lines } = await add(items, { allPersonsFor: 'run 2' });
		expect(rows.map((row) => personsOf(row).length)).toEqual(rows.map(() => 2));
		expect([...begun.lines, ...lines].map((line) => line.split('?')[0])).toEqual(Array(3).fill('GET /contacts/contactpersons'));
	});

	test('of a contact that was modified after the list was read they are read anew', async () => {
		const items = rowsOf(5);
		const options = { allPersonsFor: 'run 3' };
		await add(items, options);
		const modified = (time: number): Row => ({ ...items[0], last_modified_time: new Date(time).toISOString() });
		expect((await add([modified(Date.now() - 60_000)], options)).lines).toEqual([]);
		const { rows, lines } = await add([modified(Date.now() + 60_000)], options);
		expect(lines).toEqual([expect.stringContaining(`GET /contacts/${String(items[0]?.contact_id)}/contactpersons`)]);
		expect(personsOf(rows[0])).toHaveLength(2);
	});

	test('begins nothing without a run', async () => {
		const items = rowsOf(2);
		const { rows, lines } = await add(items, { beginOnly: true });
		expect([rows, lines]).toEqual([items, []]);
	});
});
