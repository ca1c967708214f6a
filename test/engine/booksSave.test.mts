import { BooksBench, wordsOf, type Row } from './booksSupport.mts';

let books: BooksBench;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(() => books.reset());

const asJson = { operation: 'upsert', inputMode: 'json', record: '={{ $json.record }}' };
const save = async (records: unknown[], onError?: 'continueErrorOutput' | 'continueRegularOutput') =>
	await books.runHere(asJson, records.map((record) => ({ record })), onError);

test('a record without an ID is created, one with an ID updated, each in one call and paired with its item', async () => {
	const [known] = books.fill([{ contact_name: 'Known' }]);
	const { items, rows, lines } = await save([{ contact_name: 'New' }, { contact_id: known?.contact_id, website: 'https://k.example' }]);
	expect(rows).toEqual([
		expect.objectContaining({ contact_name: 'New', contact_id: expect.stringMatching(/^\d+$/) as string }),
		expect.objectContaining({ contact_name: 'Known', website: 'https://k.example' }),
	]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	expect(lines.sort()).toEqual(['POST /contacts', `PUT /contacts/${known?.contact_id}`]);
});

test('the form updates the contact whose ID is given and creates it without one', async () => {
	const form = { operation: 'upsert', existingContactId: '={{ $json.id }}', contactName: '={{ $json.name }}', fields: {} };
	const first = await books.runHere(form, [{ name: 'Aurora' }]);
	const id = first.rows[0]?.contact_id;
	await books.runHere(form, [{ id, name: 'Aurora renamed' }]);
	expect(books.contacts().map((contact) => [contact.contact_id, contact.contact_name])).toEqual([[id, 'Aurora renamed']]);
});

test('a contact of the same name is updated and not doubled', async () => {
	books.fill([{ contact_name: 'Aurora', contact_persons: [{ first_name: 'Ada', email: 'ada@example.com' }] }]);
	const { rows } = await save([
		{ contact_name: 'Aurora', website: 'https://a.example', contact_persons: [{ first_name: 'Ada', email: 'ada@example.com' }] },
	]);
	expect(rows).toHaveLength(1);
	expect(books.contacts()).toHaveLength(1);
	expect(books.contacts()[0]).toMatchObject({ website: 'https://a.example' });
});

test('items for the same contact are written in their order', async () => {
	const [known, other] = books.fill([{ contact_name: 'Known' }, { contact_name: 'Other' }]);
	const records = Array.from({ length: 12 }, (_, n) => ({ contact_id: (n % 3 ? known : other)?.contact_id, notes: `note ${n}` }));
	// The first writes take longest: without a queue the later ones would overtake them.
	books.fault({ what: 'delay', delay: 300, method: 'PUT', times: 2 });
	const { rows } = await save(records);
	expect(rows.map(({ notes }) => notes)).toEqual(records.map(({ notes }) => notes));
	expect(books.contact(known?.contact_id)?.notes).toBe('note 11');
	expect(books.contact(other?.contact_id)?.notes).toBe('note 9');
});

test('two new items of the same name become one contact', async () => {
	await save([{ contact_name: 'Twin', website: 'https://1.example' }, { contact_name: 'Twin', website: 'https://2.example' }]);
	expect(books.contacts().map(({ website }) => website)).toEqual(['https://2.example']);
});

test('a create whose answer gets lost is not repeated blindly', async () => {
	books.fault({ what: 'lost-answer', method: 'POST', path: '/contacts' });
	const { rows, error } = await save([{ contact_name: 'Aurora' }]);
	expect(error).toBeUndefined();
	expect(books.contacts().map(({ contact_id }) => contact_id)).toEqual([rows[0]?.contact_id]);
});

test('with "continue", a failed item tells record, reason and remedy, and the others are written', async () => {
	const { rows, items } = await save([{ contact_name: 'One' }, { contact_id: '460000000000000001', notes: 'x' }, { contact_name: 'Three' }, 'nonsense'], 'continueRegularOutput');
	expect(books.contacts()).toHaveLength(2);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
	expect(rows[1]).toEqual({
		error: expect.stringMatching(/contact 460000000000000001.*does not exist/) as string,
		details: expect.stringMatching(/does not exist in this organization.*Zoho code 1002/) as string,
	});
	expect(rows[3]).toMatchObject({ error: expect.stringContaining('"Record" is not a JSON object') as string });
});

test('with the error output, failed items leave there', async () => {
	const { rows } = await save([{ contact_id: '460000000000000001', notes: 'x' }], 'continueErrorOutput');
	expect(rows).toEqual([expect.objectContaining({ error: expect.stringMatching(/contact 460000000000000001/) as string })]);
});

test('without "continue", the error says how many were written, and nothing new is begun', async () => {
	const bad: Row = { contact_id: '460000000000000001', notes: 'x' };
	const run = await save([bad, ...Array.from({ length: 30 }, (_, n) => ({ contact_name: `C${n}` }))]);
	expect(wordsOf(run)).toMatch(/does not exist.*\d+ of 31 contacts were written/s);
	expect(books.contacts().length).toBeLessThan(30);
	expect(wordsOf(run)).toContain(`${books.contacts().length} of 31 contacts were written`);
});

test('update without a contact is refused, and says what to use instead', async () => {
	const run = await books.runHere({ operation: 'update', inputMode: 'json', record: '{ "notes": "x" }' });
	expect(wordsOf(run)).toMatch(/No contact is chosen.*Create or Update/);
	expect(run.calls).toEqual([]);
});

test('a contact ID that lost its last digits as a number is refused', async () => {
	const run = await books.runHere({ ...asJson, record: '={{ { contact_id: 4600000000000260491, notes: "x" } }}' });
	expect(wordsOf(run)).toMatch(/lost its last digits/);
	expect(run.calls).toEqual([]);
});
