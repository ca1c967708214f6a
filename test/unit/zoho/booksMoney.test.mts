import { createOnce } from '../../../zoho/books/createOnce';
import { getItems } from '../../../zoho/books/itemRead';
import { saveItem } from '../../../zoho/books/itemWrite';
import { booksResources, type BooksResource } from '../../../zoho/books/resources';
import { updateBooksRecord } from '../../../zoho/books/write';
import type { JsonObject } from '../../../zoho/types';
import { type Answer, FakeTime, type SentCall, answer, clientFor, connect, queryOf } from './fakeZoho.mts';

const ok = (more: JsonObject = {}) => answer(200, { code: 0, message: 'success', ...more });
const refused = (code: number, message: string) => () => answer(400, { code, message });
const lost = () => new Error('socket hang up');
const resource = (name: string) => booksResources[name] as BooksResource;
const invoice = resource('invoice');

function setUp(routes: Record<string, (call: SentCall) => Answer>) {
	const time = new FakeTime();
	const connection = connect('books', (call) => {
		const route = routes[`${call.method} ${call.path.replace('/books/v3', '')}`];
		if (!route) throw new Error(`unforeseen ${call.method} ${call.path}`);
		return route(call);
	});
	const calls = () => connection.sent.map((call) => `${call.method} ${call.path.replace('/books/v3', '')}`);
	return { client: clientFor(connection, time), connection, calls, time };
}

const inTurn = (...answers: Array<(call: SentCall) => Answer>) => {
	let n = 0;
	return (call: SentCall) => (answers[Math.min(n++, answers.length - 1)] as (call: SentCall) => Answer)(call);
};
const list = (key: string, rows: JsonObject[]) => () => ok({ [key]: rows, page_context: { page: 1, has_more_page: false } });

describe('saving an item', () => {
	test('with an id: its fields in one write, and nothing else', async () => {
		const { client, connection, calls } = setUp({ 'PUT /items/5': () => ok({ item: { item_id: '5', rate: 9 } }) });
		expect(await saveItem(client, { item_id: '5', rate: 9 })).toEqual({ item: { item_id: '5', rate: 9 }, action: 'updated' });
		expect(calls()).toEqual(['PUT /items/5']);
		expect(connection.sent[0]?.body).toEqual({ rate: 9 });
	});

	test('without one: it is created in one call', async () => {
		const { client, calls } = setUp({ 'POST /items': () => answer(201, { code: 0, item: { item_id: '6', name: 'A' } }) });
		expect(await saveItem(client, { name: 'A', rate: 1 })).toMatchObject({ item: { item_id: '6' }, action: 'created' });
		expect(calls()).toEqual(['POST /items']);
	});

	test.each([
		['a code that is known', refused(120303, 'SKU is taken')],
		['any other code', refused(1001, 'The item "A" already exists')],
	])('refused with %s, the item of the same SKU is updated', async (_name, refusal) => {
		const { client, connection } = setUp({
			'POST /items': refusal,
			'GET /items': (call) => list('items', queryOf(call).sku ? [{ item_id: '7', name: 'Old', sku: 's-1' }] : [])(),
			'PUT /items/7': () => ok({ item: { item_id: '7', name: 'A' } }),
		});
		expect(await saveItem(client, { name: 'A', sku: 'S-1', rate: 1 })).toMatchObject({ item: { item_id: '7' }, action: 'linked' });
		expect(connection.sent.at(-1)?.body).toEqual({ name: 'A', sku: 'S-1', rate: 1 });
	});

	test('a SKU filter that Books ignores misleads nobody', async () => {
		const { client } = setUp({
			'POST /items': refused(1001, 'The item "A" already exists'),
			'GET /items': list('items', [
				{ item_id: '1', name: 'Other', sku: 'S-9' },
				{ item_id: '2', name: 'a ', sku: '' },
			]),
			'PUT /items/2': () => ok({ item: { item_id: '2' } }),
		});
		expect(await saveItem(client, { name: 'A', sku: 'S-1' })).toMatchObject({ item: { item_id: '2' }, action: 'linked' });
	});

	test('an item of the same name with another SKU is somebody else: nothing is written, and the error names it', async () => {
		const { client, calls } = setUp({
			'POST /items': refused(1001, 'The item "A" already exists'),
			'GET /items': (call) => list('items', queryOf(call).name ? [{ item_id: '7', name: 'A', sku: 'S-2' }] : [])(),
		});
		await expect(saveItem(client, { name: 'A', sku: 'S-1' })).rejects.toMatchObject({
			intent: 'duplicate',
			faults: [expect.objectContaining({ existingId: '7' })],
		});
		expect(calls().filter((call) => call.startsWith('PUT'))).toEqual([]);
	});

	test('a refusal for another reason stays what it is, after one look', async () => {
		const { client, calls } = setUp({ 'POST /items': refused(2, 'Invalid value passed for tax_id'), 'GET /items': list('items', []) });
		await expect(saveItem(client, { name: 'A' })).rejects.toThrow('Invalid value passed for tax_id');
		expect(calls()).toEqual(['POST /items', 'GET /items']);
	});

	test('a create whose answer got lost is looked for before it is sent again', async () => {
		const { client, calls, time } = setUp({
			'POST /items': inTurn(lost, () => answer(201, { code: 0, item: { item_id: '6' } })),
			'GET /items': list('items', []),
		});
		expect(await time.run(saveItem(client, { name: 'A' }))).toMatchObject({ action: 'created' });
		expect(calls()).toEqual(['POST /items', 'GET /items', 'GET /items', 'GET /items', 'POST /items']);
	});

	test('without a name nothing is sent', async () => {
		const { client, calls } = setUp({});
		await expect(saveItem(client, { rate: 1 })).rejects.toThrow('name is missing');
		expect(calls()).toEqual([]);
	});
});

describe('items by their ids', () => {
	test('100 in a call, in the order of the ids, each once, without those that are gone', async () => {
		const { client, connection } = setUp({
			'GET /itemdetails': (call) =>
				ok({ items: (queryOf(call).item_ids ?? '').split(',').filter((id) => id !== '3').reverse().map((item_id) => ({ item_id })) }),
		});
		const ids = Array.from({ length: 130 }, (_none, n) => String(n));
		const found = await getItems(client, [...ids, '0']);
		expect(found.map(({ item_id }) => item_id)).toEqual(ids.filter((id) => id !== '3'));
		expect(connection.sent.map((call) => (queryOf(call).item_ids ?? '').split(',').length)).toEqual([100, 30]);
	});

	test('an answer that one missing id spoils is made up for one by one', async () => {
		const { client } = setUp({
			'GET /itemdetails': () => answer(404, { code: 1002, message: 'Item does not exist.' }),
			'GET /items/1': () => ok({ item: { item_id: '1' } }),
			'GET /items/2': () => answer(404, { code: 1002, message: 'Item does not exist.' }),
		});
		expect(await getItems(client, ['1', '2'])).toEqual([{ item_id: '1' }]);
	});

	test('no ids, no call', async () => {
		const { client, calls } = setUp({});
		expect([await getItems(client, []), calls()]).toEqual([[], []]);
	});
});

describe('creating a document once', () => {
	const made = (id: string, second: number, more: JsonObject = {}): JsonObject => ({
		invoice_id: id,
		reference_number: 'deal-1',
		status: 'draft',
		created_time: `2026-07-01T10:00:0${second}+0200`,
		...more,
	});
	const record = { customer_id: '1', reference_number: ' deal-1 ', line_items: [] };
	const read = (one: JsonObject) => () => ok({ invoice: { ...one, line_items: [] } });

	test('the one that is there is read and put out; nothing is created', async () => {
		const { client, calls, connection } = setUp({ 'GET /invoices': list('invoices', [made('9', 1)]), 'GET /invoices/9': read(made('9', 1)) });
		expect(await createOnce(client, invoice, record)).toMatchObject({ record: { invoice_id: '9', line_items: [] }, created: false });
		expect(calls()).toEqual(['GET /invoices', 'GET /invoices/9']);
		expect(queryOf(connection.sent[0] as SentCall).reference_number).toBe('deal-1');
	});

	test('a reference filter that Books ignores misleads nobody: it is created', async () => {
		const other = { ...made('8', 0), reference_number: 'deal-10' };
		const { client, connection } = setUp({
			'GET /invoices': inTurn(list('invoices', [other]), list('invoices', [other, made('9', 1)])),
			'POST /invoices': () => answer(201, { code: 0, invoice: made('9', 1) }),
		});
		expect(await createOnce(client, invoice, record)).toMatchObject({ record: { invoice_id: '9' }, created: true });
		expect(connection.sent[1]?.body).toMatchObject({ reference_number: 'deal-1' });
	});

	test('of two made at once the older one stays: the own draft is deleted', async () => {
		const { client, calls } = setUp({
			'GET /invoices': inTurn(list('invoices', []), list('invoices', [made('10', 1), made('9', 1)])),
			'POST /invoices': () => answer(201, { code: 0, invoice: made('10', 1) }),
			'GET /invoices/9': read(made('9', 1)),
			'DELETE /invoices/10': () => ok(),
		});
		expect(await createOnce(client, invoice, record)).toMatchObject({ record: { invoice_id: '9' }, created: false });
		expect(calls()).toContain('DELETE /invoices/10');
	});

	test('the other one of the two keeps its own', async () => {
		const { client, calls } = setUp({
			'GET /invoices': inTurn(list('invoices', []), list('invoices', [made('10', 1), made('9', 1)])),
			'POST /invoices': () => answer(201, { code: 0, invoice: made('9', 1) }),
		});
		expect(await createOnce(client, invoice, record)).toMatchObject({ record: { invoice_id: '9' }, created: true });
		expect(calls()).toEqual(['GET /invoices', 'POST /invoices', 'GET /invoices']);
	});

	test('one too many that is no draft any more is not deleted, but reported with the one to keep', async () => {
		const { client, calls } = setUp({
			'GET /invoices': inTurn(list('invoices', []), list('invoices', [made('9', 1), made('10', 2)])),
			'POST /invoices': () => answer(201, { code: 0, invoice: made('10', 2, { status: 'sent' }) }),
			'GET /invoices/9': read(made('9', 1)),
		});
		await expect(createOnce(client, invoice, record)).rejects.toMatchObject({ intent: 'duplicate', faults: [expect.objectContaining({ existingId: '9' })] });
		expect(calls().some((call) => call.startsWith('DELETE'))).toBe(false);
	});

	test('a list that lags behind is looked at until it shows the own document', async () => {
		const { client, calls, time } = setUp({
			'GET /invoices': inTurn(list('invoices', []), list('invoices', []), list('invoices', [made('9', 1)])),
			'POST /invoices': () => answer(201, { code: 0, invoice: made('9', 1) }),
		});
		expect(await time.run(createOnce(client, invoice, record))).toMatchObject({ created: true });
		expect(calls().filter((call) => call === 'GET /invoices')).toHaveLength(3);
	});

	test('a create whose answer got lost is found again', async () => {
		const { client, calls, time } = setUp({
			'GET /invoices': inTurn(list('invoices', []), list('invoices', [made('9', 1)])),
			'POST /invoices': lost,
			'GET /invoices/9': read(made('9', 1)),
		});
		expect(await time.run(createOnce(client, invoice, record))).toMatchObject({ record: { invoice_id: '9' }, created: true });
		expect(calls().filter((call) => call === 'POST /invoices')).toHaveLength(1);
	});

	test('what Books refuses is not tried again', async () => {
		const { client, calls } = setUp({ 'GET /invoices': list('invoices', []), 'POST /invoices': refused(2, 'Invalid value passed for customer_id') });
		await expect(createOnce(client, invoice, record)).rejects.toThrow('Invalid value passed for customer_id');
		expect(calls()).toEqual(['GET /invoices', 'POST /invoices']);
	});

	test('without a reference number nothing is sent', async () => {
		const { client, calls } = setUp({});
		await expect(createOnce(client, invoice, { customer_id: '1', reference_number: ' ' })).rejects.toThrow('reference_number is missing');
		expect(calls()).toEqual([]);
	});

	test('estimates go the same way, and a number that is given is asked to be taken', async () => {
		const own = { estimate_id: '4', reference_number: 'd', status: 'draft' };
		const { client, connection } = setUp({
			'GET /estimates': inTurn(list('estimates', []), list('estimates', [own])),
			'POST /estimates': () => answer(201, { code: 0, estimate: own }),
		});
		await createOnce(client, resource('estimate'), { reference_number: 'd', estimate_number: 'Q-1' });
		expect(queryOf(connection.sent[1] as SentCall)).toMatchObject({ ignore_auto_number_generation: 'true' });
	});
});

test('an update names the record in its error, and asks Books to take a number that is given', async () => {
	const { client, connection } = setUp({ 'PUT /invoices/3': refused(2, 'Invalid value passed for date') });
	await expect(updateBooksRecord(client, invoice, '3', { invoice_number: 'INV-1', date: 'x' })).rejects.toThrow(/invoice "INV-1" 3.*date/);
	expect(queryOf(connection.sent[0] as SentCall)).toMatchObject({ ignore_auto_number_generation: 'true' });
});
