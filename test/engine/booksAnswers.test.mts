/** What the node makes of answers that differ from resource to resource, and what it refuses before anything is sent. */

import { BooksBench, wordsOf } from './booksSupport.mts';
import { located, Script } from './booksMoneySupport.mts';

let books: BooksBench;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(() => books.reset());
afterEach(() => jest.restoreAllMocks());

const id = '460000000026049';

describe('a new comment', () => {
	const comment = { comment_id: '7', description: 'Paid soon' };
	const addTo = async (resource: string, path: string, answer: Record<string, unknown>) => {
		new Script(books, { [`POST ${path}/${id}/comments`]: answer });
		return (await books.runHere({ resource, operation: 'addComment', ...located(`${resource}Id`, id), comment: 'Paid soon' })).rows;
	};

	test.each([
		['bill', '/bills', { comment }],
		['salesOrder', '/salesorders', { comment: [comment] }],
		['project', '/projects', { comments: [comment] }],
	])('of %s is put out as Zoho answers it', async (resource, path, answer) => {
		expect(await addTo(resource, path, answer)).toEqual([comment]);
	});

	test.each([
		['invoice', '/invoices'],
		['contact', '/contacts'],
	])('of %s is put out as it was sent, as the answer is without it', async (resource, path) => {
		expect(await addTo(resource, path, {})).toEqual([{ description: 'Paid soon', added: true }]);
	});
});

describe('Create or Update by a unique field', () => {
	const bill = { resource: 'bill', operation: 'upsert', inputMode: 'json', record: '{ "vendor_id": "1", "bill_number": "7" }', uniqueField: 'cf_key' };

	test('takes the headers of each item', async () => {
		const script = new Script(books, { 'PUT /bills': { bill: { bill_id: id } } });
		const { rows } = await books.runHere({ ...bill, uniqueValue: '={{ $json.key }}' }, [{ key: 'A 1' }, { key: 'B' }]);
		const values = jest.mocked(books.simulator.handle).mock.calls.map(([{ headers }]) => headers['x-unique-identifier-value']);
		expect([rows.length, values.sort(), script.lines]).toEqual([2, ['A 1', 'B'], ['PUT /bills', 'PUT /bills']]);
	});

	test.each([
		['={{ $json.none }}', /unique field or its value is missing/],
		['Müller', /cannot look for "Müller".*Latin letters/],
		['A\r\nX-Evil: 1', /cannot look for/],
	])('refuses the value %p before anything is sent', async (uniqueValue, words) => {
		const script = new Script(books, { 'PUT /bills': { bill: { bill_id: id } } });
		const run = await books.runHere({ ...bill, uniqueValue });
		expect([wordsOf(run), script.lines]).toEqual([expect.stringMatching(words), []]);
	});

	test.each([
		['customerPayment', '/customerpayments', 'payment'],
		['vendorPayment', '/vendorpayments', 'vendorpayment'],
		['expense', '/expenses', 'expense'],
		['project', '/projects', 'project'],
	])('of %s sends nothing for fields that are left alone', async (resource, path, key) => {
		const script = new Script(books, { [`PUT ${path}`]: { [key]: { id } } });
		const { rows } = await books.runHere({ resource, operation: 'upsert', uniqueField: 'cf_key', uniqueValue: 'K', fields: { description: 'Only this' } });
		expect([rows, script.sent]).toEqual([[{ id }], [{ line: `PUT ${path}`, body: { description: 'Only this' } }]]);
	});

	test('asks for a number that is given', async () => {
		const script = new Script(books, { 'PUT /salesorders': { salesorder: [{ salesorder_id: id }] } });
		const { rows } = await books.runHere({ ...bill, resource: 'salesOrder', record: '{ "salesorder_number": "SO-7" }', uniqueValue: 'K' });
		expect([rows, script.lines]).toEqual([[{ salesorder_id: id }], ['PUT /salesorders?ignore_auto_number_generation=true']]);
	});
});

test('an exchange rate is the bare number, or nothing but a message', async () => {
	const path = `/settings/currencies/${id}/exchangerates`;
	new Script(books, { [`GET ${path}/8`]: { exchange_rate: 1.25 }, [`PUT ${path}/8`]: {} });
	const at = { resource: 'currency', currencyId: id, exchangeRateId: '8' };
	const read = await books.runHere({ ...at, operation: 'getExchangeRate' });
	const updated = await books.runHere({ ...at, operation: 'updateExchangeRate', effectiveDate: '2026-02-01T00:00:00', rate: 1.5 });
	expect([read.rows, updated.rows]).toEqual([[{ rate: 1.25 }], [{ effective_date: '2026-02-01', rate: 1.5 }]]);
});

test('a refund is put out under whichever name Zoho gives it', async () => {
	const refund = { vendorpayment_refund_id: '8', amount: 5 };
	const form = { ...located('vendorPaymentId', id), refundAmount: 5, refundDate: '2026-07-01', refundAccountId: '11', fields: {} };
	for (const answer of [{ vendorpayment_refund: [refund] }, { vendorpayment_refund: refund }, { vendorpayment_refunds: [refund] }]) {
		new Script(books, { [`POST /vendorpayments/${id}/refunds`]: answer });
		const { rows } = await books.runHere({ resource: 'vendorPayment', operation: 'createRefund', ...form });
		expect(rows).toEqual([refund]);
		jest.restoreAllMocks();
	}
});

test.each([
	['creditNote', 'applyToInvoices'],
	['bill', 'applyCredits'],
	['invoice', 'applyCredits'],
])('%s %s without an entry is refused', async (resource, operation) => {
	const run = await books.runHere({ resource, operation, ...located(`${resource}Id`, id) });
	expect([wordsOf(run), run.calls]).toEqual([expect.stringContaining('Nothing is to be applied'), []]);
});

test('an action of a record that is not there says so', async () => {
	const run = await books.runHere({ resource: 'bill', operation: 'markVoid', ...located('billId', '={{ $json.none }}') });
	expect([wordsOf(run), run.calls]).toEqual([expect.stringContaining('No ID is given (billId, for bill)'), []]);
});

describe('choices of a form', () => {
	const listed = (key: string, rows: object[], page: string, more: boolean) => ({ [key]: rows, page_context: { page: Number(page), has_more_page: more } });

	test('hold every page of the chart of accounts', async () => {
		new Script(books, {
			'GET /chartofaccounts': ({ line }) =>
				/[?&]page=2/.test(line) ? listed('chartofaccounts', [{ account_id: '2', account_name: 'Rent', account_code: 'E-1' }], '2', false) : listed('chartofaccounts', [{ account_id: '1', account_name: 'Sales' }], '1', true),
		});
		expect(await books.list((node) => node.methods.loadOptions.getAccounts)).toEqual([{ name: 'Rent · E-1', value: '2' }, { name: 'Sales', value: '1' }]);
	});

	test('end where the next page holds the same', async () => {
		const script = new Script(books, { 'GET /chartofaccounts': listed('chartofaccounts', [{ account_id: '1', account_name: 'Sales' }], '1', true) });
		expect(await books.list((node) => node.methods.loadOptions.getAccounts)).toHaveLength(1);
		expect(script.lines).toHaveLength(2);
	});
});
