/** Items, invoices, estimates and payments through the node, against the simulated Books. */

import { createOnce } from '../../zoho/books/createOnce';
import { invoice } from '../../zoho/books/invoice';
import { ZohoClient } from '../../zoho/client';
import { booksScopes } from '../../zoho/oauth';
import type { JsonValue } from '../../zoho/types';
import { located } from './booksMoneySupport.mts';
import { BooksBench, wordsOf, type Row } from './booksSupport.mts';

let books: BooksBench;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());

const location = 'eu';
let customer = '';
beforeEach(() => {
	books.reset();
	// What the credential asks for has to do.
	books.grant(undefined, booksScopes);
	customer = String(books.fill([{ contact_name: 'Aurora' }])[0]?.contact_id);
});

const desk = (collection: string, record: Row) => books.simulator.desk({ system: 'books', location, collection, action: 'create', record });
const stored = (collection: string) => books.simulator.records('books', location, collection);
const json = (resource: string, operation: string, records: Row[], onError?: 'continueRegularOutput') =>
	books.runHere({ resource, operation, inputMode: 'json', record: '={{ $json }}' }, records, onError);
const lines = (rate: number, quantity = 1) => [{ name: 'Work', rate, quantity }];

describe('items', () => {
	test('without an id are created, with one updated, and a name or SKU that is taken leads to the item that has it', async () => {
		const [known, bySku, byName] = [
			desk('items', { name: 'Known', rate: 1 }),
			desk('items', { name: 'Old name', sku: 'S-1', rate: 1 }),
			desk('items', { name: 'Same name', rate: 1 }),
		];
		const { rows, error } = await json('item', 'upsert', [
			{ name: 'New', rate: 5 },
			{ item_id: known.item_id, rate: 2 },
			{ name: 'New name', sku: 's-1', rate: 3 },
			{ name: 'same NAME', rate: 4, sku: 'S-4' },
		]);
		expect(error).toBeUndefined();
		expect(rows.map(({ item_id, rate }) => [item_id, rate])).toEqual([[expect.any(String), 5], [known.item_id, 2], [bySku.item_id, 3], [byName.item_id, 4]]);
		expect(stored('items')).toHaveLength(4);
		expect(stored('items').find(({ item_id }) => item_id === bySku.item_id)).toMatchObject({ name: 'New name', rate: 3 });
	});

	test('of the same name in one run become one', async () => {
		await json('item', 'upsert', [{ name: 'Twin', rate: 1 }, { name: 'Twin', rate: 2 }]);
		expect(stored('items').map(({ rate }) => rate)).toEqual([2]);
	});

	test('whose create gets no answer are not doubled', async () => {
		books.fault({ what: 'lost-answer', method: 'POST', path: '/items' });
		const { rows, error } = await json('item', 'upsert', [{ name: 'Drive', rate: 1 }]);
		expect(error).toBeUndefined();
		expect(stored('items').map(({ item_id }) => item_id)).toEqual([rows[0]?.item_id]);
	});

	test('of the same name with another SKU are reported, and the other items written', async () => {
		desk('items', { name: 'Drive', sku: 'S-1', rate: 1 });
		const { rows } = await json('item', 'upsert', [{ name: 'Drive', sku: 'S-2', rate: 9 }, { name: 'Other', rate: 1 }], 'continueRegularOutput');
		expect(rows[0]).toMatchObject({ details: expect.stringContaining('has this name but the SKU "S-1"') as string });
		expect(stored('items').map(({ name, rate }) => [name, rate])).toEqual([['Drive', 1], ['Other', 1]]);
	});

	test('are read by their ids in one call, made inactive, and deleted', async () => {
		const ids = ['A', 'B', 'C'].map((name) => String(desk('items', { name, rate: 1 }).item_id));
		const read = await books.runHere({ resource: 'item', operation: 'getByIds', itemIds: [ids[2], ids[0]].join(',') });
		expect([read.rows.map(({ name }) => name), read.calls.length]).toEqual([['C', 'A'], 1]);
		await books.runHere({ resource: 'item', operation: 'markInactive', ...located('itemId', ids[0] ?? '') });
		await books.runHere({ resource: 'item', operation: 'delete', ...located('itemId', ids[1] ?? '') });
		expect(stored('items').map(({ name, status }) => [name, status])).toEqual([['A', 'inactive'], ['C', 'active']]);
	});
});

describe.each([
	['invoice', 'invoices', 'invoice_id', 'invoiceId'],
	['estimate', 'estimates', 'estimate_id', 'estimateId'],
])('%s', (resource, collection, idField, locator) => {
	const record = (reference: string): Row => ({ customer_id: customer, reference_number: reference, line_items: lines(100) });

	test('Create Once makes one for a reference, in one run and in the next', async () => {
		const first = await json(resource, 'createOnce', [record('d-1'), record('d-1'), record('d-2')]);
		expect(first.error).toBeUndefined();
		expect(first.rows.map(({ _created }) => _created)).toEqual([true, false, true]);
		const again = await json(resource, 'createOnce', [record('d-1')]);
		expect(again.rows[0]).toMatchObject({ _created: false, [idField]: first.rows[0]?.[idField] });
		expect(again.calls.map(({ method }) => method)).toEqual(['GET', 'GET']);
		expect(stored(collection)).toHaveLength(2);
	});

	test('Create Once at the same moment in two executions makes one', async () => {
		const runs = await Promise.all([1, 2, 3].map(async () => await json(resource, 'createOnce', [record('d-1')])));
		expect(stored(collection)).toHaveLength(1);
		expect(new Set(runs.map(({ rows }) => rows[0]?.[idField])).size).toBe(1);
		expect(runs.filter(({ rows }) => rows[0]?._created).length).toBe(1);
	});

	test('Create Once whose answer gets lost makes one', async () => {
		books.fault({ what: 'lost-answer', method: 'POST', path: `/${collection}` });
		const { rows, error } = await json(resource, 'createOnce', [record('d-1')]);
		expect(error).toBeUndefined();
		expect(stored(collection).map((one) => one[idField])).toEqual([rows[0]?.[idField]]);
	});

	test('Create Once without a reference is refused before anything is sent', async () => {
		const run = await json(resource, 'createOnce', [{ customer_id: customer, line_items: lines(1) }]);
		expect(wordsOf(run)).toMatch(/reference_number is missing.*ID of the CRM Deal/);
		expect(run.calls).toEqual([]);
	});

	test('is created, read, marked sent, updated and deleted', async () => {
		const made = await json(resource, 'create', [record('r')]);
		expect(made.rows[0]).toMatchObject({ status: 'draft', total: 100 });
		const id = String(made.rows[0]?.[idField]);
		const at = { resource, ...located(locator, id) };
		await books.runHere({ ...at, operation: 'markSent' });
		const read = await books.runHere({ ...at, operation: 'get' });
		expect(read.rows[0]).toMatchObject({ status: 'sent', line_items: [expect.objectContaining({ rate: 100 })] });
		const updated = await json(resource, 'update', [{ [idField]: id, notes: 'new' }]);
		expect(updated.rows[0]).toMatchObject({ notes: 'new', total: 100 });
		await books.runHere({ ...at, operation: 'delete' });
		expect(stored(collection)).toEqual([]);
	});

	test('is found by its filters', async () => {
		await json(resource, 'create', [record('one'), record('two')]);
		const { rows } = await books.runHere({ resource, operation: 'getAll', filters: { reference_number: 'two' } });
		expect(rows.map(({ reference_number }) => reference_number)).toEqual(['two']);
	});
});

describe('payments', () => {
	test('are applied to an invoice, listed with it, partly refunded, and deleted again', async () => {
		const [invoice] = (await json('invoice', 'create', [{ customer_id: customer, line_items: lines(100) }])).rows;
		const invoiceId = String(invoice?.invoice_id);
		await books.runHere({ resource: 'invoice', operation: 'markSent', ...located('invoiceId', invoiceId) });
		const payment = { customer_id: customer, payment_mode: 'cash', amount: 80, date: '2026-07-01', invoices: [{ invoice_id: invoiceId, amount_applied: 60 }] };
		const made = await json('customerPayment', 'create', [payment]);
		expect(made.error).toBeUndefined();
		const paymentId = String(made.rows[0]?.payment_id);
		const read = await books.runHere({ resource: 'invoice', operation: 'get', ...located('invoiceId', invoiceId) });
		expect(read.rows[0]).toMatchObject({ balance: 40, payment_made: 60, status: 'partially_paid' });
		const paid = await books.runHere({ resource: 'invoice', operation: 'getPayments', ...located('invoiceId', invoiceId) });
		expect(paid.rows).toEqual([expect.objectContaining({ payment_id: paymentId, amount: 60 })]);

		const at = { resource: 'customerPayment', ...located('customerPaymentId', paymentId) };
		const refund = await books.runHere({ ...at, operation: 'createRefund', refundAmount: 15, refundDate: '2026-07-02', refundAccountId: books.org.accountIds.undeposited, fields: {} });
		expect(refund.rows[0]).toMatchObject({ payment_refund_id: expect.any(String) as string });
		const refunds = await books.runHere({ ...at, operation: 'getRefunds' });
		expect(refunds.rows).toHaveLength(1);
		expect((await books.runHere({ ...at, operation: 'get' })).rows[0]).toMatchObject({ unused_amount: 5 });
		await books.runHere({ ...at, operation: 'deleteRefund', refundId: String(refunds.rows[0]?.payment_refund_id) });
		await books.runHere({ ...at, operation: 'delete' });
		expect(stored('customerpayments')).toEqual([]);
		expect(stored('invoices')[0]).toMatchObject({ balance: 100 });
	});
});

test('taxes and currencies are listed', async () => {
	const made = await json('tax', 'create', [{ tax_name: 'VAT', tax_percentage: 19 }]);
	expect(made.error).toBeUndefined();
	const taxes = await books.runHere({ resource: 'tax', operation: 'getAll' });
	expect(taxes.rows).toEqual([expect.objectContaining({ tax_name: 'VAT', tax_percentage: 19 })]);
	const currencies = await books.runHere({ resource: 'currency', operation: 'getAll', returnAll: true });
	expect(currencies.rows.filter(({ is_base_currency }) => is_base_currency)).toHaveLength(1);
});

test('processes that cannot wait for one another still leave one document, and agree on which', async () => {
	const { oauthTokenData } = books.simulator.grant({ location, product: 'books', scopes: booksScopes });
	const organizationId = books.org.organizationId;
	const clientOf = (process: number) =>
		new ZohoClient(
			{
				product: 'books',
				key: `process ${process} of ${organizationId}`,
				apiDomain: 'https://www.zohoapis.eu',
				organizationId,
				send: async ({ method, url, body }) => {
					const headers = { authorization: `Zoho-oauthtoken ${String(oauthTokenData.access_token)}`, 'content-type': 'application/json' };
					const answer = await books.simulator.handle({ method, url: new URL(url), headers, body: Buffer.from(body === undefined ? '' : JSON.stringify(body)) });
					if ('cut' in answer) throw new Error('cut');
					return { status: answer.status, headers: answer.headers ?? {}, body: answer.json as JsonValue };
				},
				refreshToken: async () => await Promise.reject(new Error('no refresh')),
			},
			{ now: Date.now, sleep: async () => {}, random: () => 0.5 },
		);
	const record = { customer_id: customer, reference_number: 'd-1', line_items: [{ name: 'Work', rate: 1, quantity: 1 }] };
	const made = await Promise.all([1, 2, 3].map(async (process) => await createOnce(clientOf(process), invoice, record)));
	expect(books.simulator.calls().filter(({ method, path }) => method === 'POST' && path.endsWith('/invoices')).length).toBeGreaterThan(1);
	expect(stored('invoices')).toHaveLength(1);
	expect(made.filter(({ created }) => created)).toHaveLength(1);
	expect(made.map(({ record: { invoice_id } }) => invoice_id)).toEqual(made.map(() => stored('invoices')[0]?.invoice_id));
});
