import { startAccounts } from './booksAccountsSupport.mts';
import type { Json } from './booksSupport.mts';

type Books = ReturnType<typeof startAccounts>;
const path = '/expenses';
const read = (books: Books, expense: Json) => books.one(`${path}/${expense['expense_id']}`, 'expense');
const customFields = [{ entity: 'expense' as const, apiName: 'cf_key', label: 'Key', unique: true }];

test('an expense needs a day, an amount, an account and one that pays it', async () => {
	const books = startAccounts();
	const whole: Json = {
		date: '2026-07-01',
		amount: 75,
		account_id: books.idOf('Office Supplies'),
		paid_through_account_id: books.idOf('Petty Cash'),
	};
	const make = (more: Json) => books.refusal('POST', path, { ...whole, ...more });
	for (const name of Object.keys(whole)) expect([name, await make({ [name]: '' })]).toEqual([name, [400, 2]]);
	for (const name of ['account_id', 'paid_through_account_id'])
		expect(await make({ [name]: '7' })).toEqual([404, 1002]);
	for (const amount of [0, -5, 'much']) expect(await make({ amount })).toEqual([400, 2]);
	expect(await make({ date: '01.07.2026' })).toEqual([400, 2]);
	expect(await make({ paid_through_account_id: whole['account_id'] })).toEqual([400, 2]);
	expect(await make({ tax_id: '7' })).toEqual([404, 1002]);
	expect(await make({})).toEqual([201, 0]);
	const [row] = await books.list(path);
	expect(row).toMatchObject({
		account_name: 'Office Supplies',
		paid_through_account_name: 'Petty Cash',
		total: 75,
		status: 'nonbillable',
	});
});

test('is in the currency of the account that pays it, at the rate of its day', async () => {
	const books = startAccounts({ books: { exchangeRates: { EUR: 1.25 } } });
	const euros = await books.bank({ account_name: 'Euros', currency_code: 'EUR' });
	const made = await books.expense(10, { paid_through_account_id: euros });
	expect(made).toMatchObject({ currency_code: 'EUR', exchange_rate: 1.25, total: 10, bcy_total: 12.5 });
	const at = `${path}/${made['expense_id']}`;
	const put = async (body: Json) => (await books.call('PUT', at, body)).body['expense'] as Json;
	expect(await put({ description: 'Taxi' })).toMatchObject({ currency_code: 'EUR', exchange_rate: 1.25 });
	expect(await put({ exchange_rate: 1.5 })).toMatchObject({ bcy_total: 15 });
	expect(await put({ paid_through_account_id: books.idOf('Petty Cash') })).toMatchObject({
		currency_code: 'USD',
		exchange_rate: 1,
	});
	expect(await books.refusal('PUT', at, { exchange_rate: 0 })).toEqual([400, 2]);
});

test('tax comes on top, or is in the amount', async () => {
	const books = startAccounts();
	const tax_id = await books.tax('VAT', 19);
	const onTop = await books.expense(100, { tax_id });
	expect(onTop).toMatchObject({ amount: 100, sub_total: 100, tax_amount: 19, total: 119, tax_name: 'VAT' });
	expect(onTop['taxes']).toEqual([{ tax_id, tax_name: 'VAT (19%)', tax_amount: 19 }]);
	const within = await books.expense(119, { tax_id, is_inclusive_tax: true });
	expect(within).toMatchObject({ amount: 119, sub_total: 100, tax_amount: 19, total: 119 });
	const [row] = await books.list(path, { amount: '119', sort_column: 'total' });
	expect(row).toMatchObject({ total: 119, total_without_tax: 100 });
	expect(await books.refusal('DELETE', `/settings/taxes/${tax_id}`)).toEqual([400, 1005]);
});

test('can have several lines, which are the whole list where they are named', async () => {
	const books = startAccounts();
	const line = (account: string, amount: number, more: Json = {}) => ({
		account_id: books.idOf(account),
		amount,
		...more,
	});
	const made = await books.expense(30, { line_items: [line('Lodging', 20), line('Postage', 10.5)] });
	expect(made).toMatchObject({ total: 30.5, amount: 30.5, account_name: 'Lodging' });
	const at = `${path}/${made['expense_id']}`;
	expect(await books.refusal('PUT', at, { amount: 5 })).toEqual([400, 2]);
	expect(await books.refusal('PUT', at, { line_items: [] })).toEqual([400, 2]);
	expect(await books.refusal('PUT', at, { line_items: [line('Lodging', 5, { line_item_id: '7' })] })).toEqual(
		[400, 2],
	);
	const [, second] = made['line_items'] as Json[];
	const { line_item_id } = second ?? {};
	const { expense } = (
		await books.call('PUT', at, { line_items: [{ line_item_id, amount: 12 }], description: 'Stamps' })
	).body;
	expect(expense.line_items).toEqual([
		expect.objectContaining({ line_item_id, account_name: 'Postage', amount: 12 }),
	]);
	expect(expense).toMatchObject({ total: 12, description: 'Stamps' });
});

test('an update changes what it names', async () => {
	const books = startAccounts();
	const made = await books.expense(75, { description: 'Taxi', reference_number: 'R-1' });
	const at = `${path}/${made['expense_id']}`;
	const { expense } = (await books.call('PUT', at, { amount: 80, account_id: books.idOf('Travel Expense') }))
		.body;
	expect(expense).toMatchObject({
		amount: 80,
		total: 80,
		account_name: 'Travel Expense',
		description: 'Taxi',
		reference_number: 'R-1',
		date: made['date'],
	});
	expect(expense.line_items[0]).toMatchObject({ account_name: 'Travel Expense', description: 'Taxi' });
	expect(await books.ignored('PUT', at, { total: 5, notes: 'n' })).toEqual(['total', 'notes']);
	expect((await books.call('DELETE', at)).status).toBe(200);
	expect(await books.refusal('GET', at)).toEqual([404, 1002]);
});

describe('an expense that a customer is to pay', () => {
	async function billable() {
		const books = startAccounts();
		const customer_id = await books.customer();
		const made = await books.expense(75, { customer_id, is_billable: true });
		const line_items = [{ name: 'Taxi', rate: 75, expense_id: made['expense_id'] }];
		return { books, customer_id, made, line_items };
	}

	test('has a customer', async () => {
		const { books, customer_id, made } = await billable();
		expect(made).toMatchObject({ status: 'unbilled', is_billable: true, customer_name: 'Aurora' });
		const at = `${path}/${made['expense_id']}`;
		expect(await books.refusal('PUT', at, { customer_id: '' })).toEqual([400, 14001]);
		expect(await books.refusal('PUT', at, { customer_id: '7' })).toEqual([404, 1002]);
		expect(await books.refusal('PUT', at, { vendor_id: customer_id })).toEqual([404, 1002]);
		expect(await books.refusal('DELETE', `/contacts/${customer_id}`)).toEqual([400, 3063]);
	});

	test('is invoiced once, to that customer, and stays as long as it is', async () => {
		const { books, customer_id, made, line_items } = await billable();
		const other = await books.customer({ contact_name: 'Borealis' });
		const at = `${path}/${made['expense_id']}`;
		const bill = (body: Json) => books.refusal('POST', '/invoices', { customer_id, line_items, ...body });
		expect(await bill({ customer_id: other })).toEqual([400, 14004]);
		expect(await bill({ line_items: [{ name: 'Taxi', rate: 75, expense_id: '7' }] })).toEqual([404, 1002]);
		const invoice = await books.invoice(customer_id, line_items);
		expect((invoice['line_items'] as Json[])[0]).toMatchObject({ expense_id: made['expense_id'] });
		expect(await read(books, made)).toMatchObject({
			status: 'invoiced',
			invoice_id: invoice['invoice_id'],
			invoice_number: invoice['invoice_number'],
		});
		expect(await bill({})).toEqual([400, 14004]);
		expect(await books.refusal('DELETE', at)).toEqual([400, 14003]);
		expect(await books.refusal('PUT', at, { is_billable: false })).toEqual([400, 14002]);
		expect(await books.refusal('PUT', at, { description: 'Cab' })).toEqual([200, 0]);
		// The invoice itself may go on naming it.
		expect(await books.refusal('PUT', `/invoices/${invoice['invoice_id']}`, { notes: 'n' })).toEqual([
			200, 0,
		]);
		await books.call('POST', `/invoices/${invoice['invoice_id']}/status/sent`);
		await books.call('POST', `/invoices/${invoice['invoice_id']}/status/void`);
		expect((await read(books, made))['status']).toBe('unbilled');
		expect((await books.call('DELETE', at)).status).toBe(200);
	});

	test('is listed by its state', async () => {
		const { books, customer_id, made, line_items } = await billable();
		const plain = await books.expense(5);
		const invoiced = await books.expense(6, { customer_id, is_billable: true });
		await books.invoice(customer_id, [{ ...line_items[0], expense_id: invoiced['expense_id'] }]);
		const found = async (query: Record<string, string>) =>
			(await books.list(path, { sort_column: 'total', ...query })).map(({ expense_id }) => expense_id);
		const [p, m, i] = [plain, made, invoiced].map(({ expense_id }) => expense_id as unknown);
		expect(await found({ filter_by: 'Status.All' })).toEqual([p, i, m]);
		expect(await found({ filter_by: 'Status.Billable' })).toEqual([i, m]);
		expect(await found({ filter_by: 'Status.Unbilled' })).toEqual([m]);
		expect(await found({ filter_by: 'Status.Invoiced' })).toEqual([i]);
		expect(await found({ filter_by: 'Status.Nonbillable' })).toEqual([p]);
		expect(await found({ filter_by: 'Status.Reimbursed' })).toEqual([]);
		expect(await found({ status: 'non-billable' })).toEqual([p]);
		expect(await found({ status: 'unbilled' })).toEqual([m]);
		expect(await found({ status: 'odd' })).toEqual([]);
	});
});

test('the list filters, searches and sorts', async () => {
	const books = startAccounts();
	const { idOf, refusal, ignored } = books;
	const vendor_id = await books.customer({ contact_name: 'Beta', contact_type: 'vendor' });
	const one = await books.expense(112.5, { description: 'Marketing', reference_number: 'R-1', vendor_id });
	const two = await books.expense(20, {
		account_id: idOf('Rent Expense'),
		date: '2026-07-05',
		paid_through_account_id: idOf('Undeposited Funds'),
	});
	const [a, b] = [one['expense_id'], two['expense_id']];
	const found = async (query: Record<string, string>) =>
		(await books.list(path, query)).map(({ expense_id }) => expense_id);
	expect((await found({})).sort()).toEqual([a, b].sort());
	expect(await found({ sort_column: 'date' })).toEqual([a, b]);
	expect(await found({ sort_column: 'bcy_total', sort_order: 'D' })).toEqual([a, b]);
	expect(await found({ sort_column: 'account_name', per_page: '1', page: '2' })).toEqual([b]);
	const first: Array<Record<string, string>> = [
		{ description: 'marketing' },
		{ description_startswith: 'Mark' },
		{ reference_number_contains: '-1' },
		{ vendor_id },
		{ vendor_name_contains: 'et' },
		{ account_name: 'Office Supplies' },
		{ amount: '112.5' },
		{ amount_greater_than: '20' },
		{ date_end: '2026-07-04' },
		{ paid_through_account_id: idOf('Petty Cash') },
		{ search_text: 'beta' },
	];
	for (const query of first) expect([query, await found(query)]).toEqual([query, [a]]);
	const none: Array<Record<string, string>> = [
		{ customer_id: vendor_id },
		{ customer_name: 'Beta' },
		{ project_id: '7' },
		{ recurring_expense_id: '7' },
	];
	for (const query of none) expect([query, await found(query)]).toEqual([query, []]);
	expect(await refusal('GET', path, undefined, { filter_by: 'Status.Open' })).toEqual([400, 2]);
	expect(await refusal('GET', path, undefined, { sort_column: 'last_modified_time' })).toEqual([400, 2]);
	// Nobody has seen it work.
	expect(await ignored('GET', path, undefined, { last_modified_time: '2026-01-01T00:00:00+0000' })).toEqual([
		'last_modified_time',
	]);
});

test('by a unique custom field it is found, or made where X-Upsert says so', async () => {
	const books = startAccounts({ books: { customFields } });
	const unique = { 'x-unique-identifier-key': 'cf_key', 'x-unique-identifier-value': 'K-1' };
	const whole = {
		date: '2026-07-01',
		amount: 75,
		account_id: books.idOf('Office Supplies'),
		paid_through_account_id: books.idOf('Petty Cash'),
	};
	const put = (body: Json, headers: Record<string, string> = unique) =>
		books.call('PUT', path, body, { headers });
	expect((await put(whole)).status).toBe(404);
	expect((await put({ amount: 75 }, { ...unique, 'x-upsert': 'true' })).status).toBe(400);
	const made = await put(whole, { ...unique, 'x-upsert': 'true' });
	expect([made.status, made.body['expense'].cf_key]).toEqual([201, 'K-1']);
	const again = await put({ description: 'twice' }, { ...unique, 'x-upsert': 'true' });
	expect([again.status, again.body['expense'].expense_id]).toEqual([200, made.body['expense'].expense_id]);
	expect(await books.list(path)).toHaveLength(1);
	const taken = { ...whole, custom_fields: [{ api_name: 'cf_key', value: 'K-1' }] };
	expect(await books.refusal('POST', path, taken)).toEqual([400, 120303]);
	expect((await put(whole, { ...unique, 'x-unique-identifier-key': 'cf_other' })).status).toBe(400);
});

test('its history tells what was done, the newest first', async () => {
	const books = startAccounts();
	const made = await books.expense(1234.5);
	await books.call('PUT', `${path}/${made['expense_id']}`, { description: 'Taxi' });
	const comments = await books.one(`${path}/${made['expense_id']}/comments`, 'comments');
	expect(comments).toEqual([
		expect.objectContaining({ description: 'Expense updated.', operation_type: 'Updated' }),
		expect.objectContaining({
			description: 'Expense created for $1,234.50',
			operation_type: 'Added',
			expense_id: made['expense_id'],
		}),
	]);
});

test('people write expenses at the desk', () => {
	const { simulator, org, idOf } = startAccounts();
	const desk = (action: 'create' | 'update' | 'delete', more: Json) =>
		simulator.desk({ system: 'books', location: 'us', collection: 'expenses', action, ...more }) as Json;
	const record = {
		amount: 5,
		account_id: idOf('Postage'),
		paid_through_account_id: idOf('Petty Cash'),
	};
	const { expense_id: id, date } = desk('create', { record });
	expect(date).toBe(org.today());
	expect(desk('update', { id, record: { description: 'Stamps' } })['description']).toBe('Stamps');
	expect(org.records('expenses')).toHaveLength(1);
	desk('delete', { id });
	expect(org.records('expenses')).toEqual([]);
});
