import { startAccounts } from './booksAccountsSupport.mts';
import type { Json } from './booksSupport.mts';

const chart = '/chartofaccounts';
const banks = '/bankaccounts';

describe('the chart of accounts', () => {
	test('an account needs a name and a known type, and has its name and code for itself', async () => {
		const { account, refusal, bank } = startAccounts();
		const make = (body: Json, path = chart) => refusal('POST', path, body);
		expect(await make({ account_type: 'expense' })).toEqual([400, 2]);
		expect(await make({ account_name: 'Paper' })).toEqual([400, 2]);
		expect(await make({ account_name: 'Paper', account_type: 'paper' })).toEqual([400, 2]);
		await account({ account_name: 'Paper', account_type: 'expense', account_code: 'E-1' });
		expect(await make({ account_name: 'paper', account_type: 'income' })).toEqual([400, 11001]);
		expect(await make({ account_name: 'Sales', account_type: 'income' })).toEqual([400, 11001]);
		expect(await make({ account_name: 'Ink', account_type: 'expense', account_code: 'e-1' })).toEqual([
			400, 11002,
		]);
		await bank({ account_name: 'Savings' });
		expect(await make({ account_name: 'Savings', account_type: 'expense' })).toEqual([400, 11001]);
		expect(await make({ account_name: 'Paper', account_type: 'bank' }, banks)).toEqual([400, 11001]);
	});

	test('is below an account of its type, and not below itself', async () => {
		const { account, call, refusal, list, idOf } = startAccounts();
		const top = await account({ account_name: 'Cars', account_type: 'expense' });
		const below = await account({
			account_name: 'Fuel',
			account_type: 'expense',
			parent_account_id: top,
		});
		const put = (id: string, parent_account_id: string) =>
			refusal('PUT', `${chart}/${id}`, { parent_account_id });
		expect(await put(below, idOf('Sales'))).toEqual([400, 2]);
		expect(await put(top, below)).toEqual([400, 2]);
		expect(await put(top, top)).toEqual([400, 2]);
		expect(await put(below, '7')).toEqual([404, 1002]);
		const rows = await list(chart);
		expect(rows.find(({ account_id }) => account_id === below)).toMatchObject({
			depth: 1,
			parent_account_name: 'Cars',
			child_count: '',
		});
		expect(rows.find(({ account_id }) => account_id === top)).toMatchObject({
			depth: 0,
			is_child_present: true,
			child_count: '1',
		});
		expect(await refusal('DELETE', `${chart}/${top}`)).toEqual([400, 11004]);
		await call('DELETE', `${chart}/${below}`);
		expect((await call('DELETE', `${chart}/${top}`)).status).toBe(200);
	});

	test('an update changes what it names; what an account of the system or a used one is stays', async () => {
		const { account, call, refusal, idOf, journal } = startAccounts();
		const id = await account({ account_name: 'Paper', account_type: 'expense', description: 'White' });
		const put = (of: string, body: Json) => call('PUT', `${chart}/${of}`, body);
		const { status, body } = await put(id, { account_name: 'Card' });
		expect([status, body['chart_of_account']]).toEqual([
			200,
			expect.objectContaining({ account_name: 'Card', description: 'White', account_type: 'expense' }),
		]);
		expect((await put(id, { account_type: 'other_expense' })).status).toBe(200);
		await journal(id, idOf('Sales'), 5);
		expect(await refusal('PUT', `${chart}/${id}`, { account_type: 'expense' })).toEqual([400, 11006]);
		expect(await refusal('PUT', `${chart}/${idOf('Sales')}`, { account_type: 'expense' })).toEqual([
			400, 11006,
		]);
		expect((await put(idOf('Sales'), { description: 'Of goods' })).status).toBe(200);
	});

	test('what is used cannot be deleted: in lines, items, journals, expenses, payments and refunds', async () => {
		const books = startAccounts();
		const { account, bank, call, refusal, item, invoice, customer, journal, expense, payment, made } = books;
		const customerId = await customer();
		const make = (account_name: string, account_type = 'expense') => account({ account_name, account_type });
		const ids = {
			line: await make('Line', 'income'),
			item: await make('Item', 'income'),
			journal: await make('Journal'),
			expense: await make('Expense'),
			paid: await bank({ account_name: 'Paid' }),
			deposit: await bank({ account_name: 'Deposit' }),
			refund: await bank({ account_name: 'Refund' }),
		};
		await invoice(customerId, [{ name: 'Desk', rate: 1, account_id: ids.line }]);
		await item({ name: 'Lamp', rate: 1, account_id: ids.item });
		await journal(ids.journal, books.idOf('Sales'), 5);
		await expense(5, { account_id: ids.expense, paid_through_account_id: ids.paid });
		await payment(customerId, 5, [], { account_id: ids.deposit });
		const note = await made('/creditnotes', 'creditnote', {
			customer_id: customerId,
			line_items: [{ name: 'Desk', rate: 9 }],
		});
		const back = { date: '2026-07-01', amount: 1, from_account_id: ids.refund };
		expect((await call('POST', `/creditnotes/${note['creditnote_id']}/refunds`, back)).status).toBe(200);
		for (const [what, id] of Object.entries(ids))
			expect([what, await refusal('DELETE', `${chart}/${id}`)]).toEqual([what, [400, 11004]]);
		expect(await refusal('DELETE', `${chart}/${books.idOf('Sales')}`)).toEqual([400, 11003]);
		const free = await make('Free');
		expect((await call('DELETE', `${chart}/${free}`)).status).toBe(200);
		expect(await refusal('GET', `${chart}/${free}`)).toEqual([404, 1002]);
	});

	test('an inactive one is left out of the list, and takes nothing new', async () => {
		const { account, call, refusal, list, idOf, expense } = startAccounts();
		const id = await account({ account_name: 'Paper', account_type: 'expense' });
		const old = await expense(5, { account_id: id });
		const mark = async (state: string, of = id) => (await call('POST', `${chart}/${of}/${state}`)).status;
		expect(await mark('inactive')).toBe(201);
		const found = async (query: Record<string, string> = {}) =>
			(await list(chart, { account_name: 'Paper', ...query })).map(({ account_id }) => account_id);
		expect(await found()).toEqual([]);
		expect(await found({ filter_by: 'AccountType.Expense' })).toEqual([]);
		expect(await found({ filter_by: 'AccountType.Inactive' })).toEqual([id]);
		expect(await found({ filter_by: 'AccountType.All' })).toEqual([id]);
		const body = {
			date: '2026-07-01',
			amount: 1,
			account_id: id,
			paid_through_account_id: idOf('Petty Cash'),
		};
		expect(await refusal('POST', '/expenses', body)).toEqual([400, 11005]);
		// What names it already may name it again.
		expect((await call('PUT', `/expenses/${old['expense_id']}`, { account_id: id })).status).toBe(200);
		expect(await mark('active')).toBe(201);
		expect(await found()).toEqual([id]);
		expect(await refusal('POST', `${chart}/${idOf('Sales')}/inactive`)).toEqual([400, 11003]);
	});

	test('the list filters, searches, sorts and pages; without a size a page has room for 5000', async () => {
		const { account, call, list, refusal, ignored } = startAccounts();
		const id = await account({ account_name: 'Paper', account_type: 'expense', account_code: 'E-17' });
		const found = async (query: Record<string, string>) =>
			(await list(chart, query)).map(({ account_id }) => account_id);
		const queries: Array<Record<string, string>> = [
			{ account_name: 'paper' },
			{ account_name_contains: 'ape' },
			{ account_name_starts_with: 'Pap' },
			{ account_name_ends_with: 'aper' },
			{ account_code: 'e-17' },
			{ account_code_starts_with: 'E-1' },
			{ account_id: id },
			{ account_id_equal: id },
			{ search_text: 'E-17' },
		];
		for (const query of queries) expect([query, await found(query)]).toEqual([query, [id]]);
		expect(await found({ account_id_not_equal: id })).not.toContain(id);
		expect(await found({ last_modified_time: '2090-01-01T00:00:00+0000' })).toEqual([]);
		const names = (await list(chart, { sort_column: 'account_name', sort_order: 'D', per_page: '2' })).map(
			({ account_name }) => account_name,
		);
		expect(names).toEqual(['Unearned Revenue', 'Undeposited Funds']);
		const types = async (filter_by: string) =>
			new Set((await list(chart, { filter_by })).map(({ account_type }) => account_type));
		expect(await types('AccountType.Equity')).toEqual(new Set(['equity']));
		expect(await types('AccountType.Asset')).toEqual(
			new Set(['other_current_asset', 'cash', 'accounts_receivable', 'fixed_asset', 'stock']),
		);
		const context = async (query: Record<string, string>) =>
			(await call('GET', chart, undefined, { query })).body['page_context'] as Json;
		expect(await context({})).toMatchObject({ per_page: 5000, has_more_page: false });
		expect(await context({ per_page: '10' })).toMatchObject({ per_page: 10, has_more_page: true });
		expect(await context({ per_page: '9000' })).toMatchObject({ per_page: 5000 });
		expect(await refusal('GET', chart, undefined, { filter_by: 'Status.Active' })).toEqual([400, 2]);
		expect(await refusal('GET', chart, undefined, { sort_column: 'created_time' })).toEqual([400, 2]);
		// Other lists call it so.
		const strange = { account_name_startswith: 'P', status: 'active', showbalance: 'true' };
		expect(await ignored('GET', chart, undefined, strange)).toEqual(['account_name_startswith', 'status']);
	});
});

describe('bank accounts', () => {
	test('are accounts of the chart; cash is among them, too', async () => {
		const { bank, list, one } = startAccounts();
		const id = await bank({ account_number: '80000009823', routing_number: '1234', bank_name: 'First' });
		expect((await list(banks)).map(({ account_name }) => account_name)).toEqual([
			'First Bank',
			'Petty Cash',
			'Undeposited Funds',
		]);
		expect((await list(chart, { account_id: id }))[0]).toMatchObject({
			account_name: 'First Bank',
			account_type: 'bank',
			placeholder: 'gl_first_bank',
		});
		expect(await one(`${chart}/${id}`, 'chart_of_account')).toMatchObject({ account_type: 'bank' });
		// Of the number the end is told.
		expect(await one(`${banks}/${id}`, 'bankaccount')).toMatchObject({
			account_number: 'xxxx9823',
			routing_number: '1234',
			bank_name: 'First',
		});
	});

	test('are at a bank or of a credit card, in a currency that there is', async () => {
		const { bank, org, refusal, call, idOf } = startAccounts();
		const make = (body: Json) => refusal('POST', banks, { account_name: 'Card', ...body });
		expect(await make({})).toEqual([400, 2]);
		expect(await make({ account_type: 'expense' })).toEqual([400, 2]);
		expect(await make({ account_type: 'cash' })).toEqual([400, 2]);
		expect(await make({ account_type: 'bank', currency_code: 'XXX' })).toEqual([400, 2]);
		expect(await make({ account_type: 'bank', currency_id: '7' })).toEqual([404, 1002]);
		expect(await make({ account_type: 'bank', paypal_type: 'other' })).toEqual([400, 2]);
		const id = await bank({ account_name: 'Euros', currency_code: 'EUR' });
		const euro = org.currencies.find(({ code }) => code === 'EUR')?.id;
		expect((await call('GET', `${banks}/${id}`)).body['bankaccount']).toMatchObject({ currency_id: euro });
		expect(await refusal('DELETE', `/settings/currencies/${euro}`)).toEqual([400, 1005]);
		for (const method of ['GET', 'PUT', 'DELETE'])
			expect(await refusal(method, `${banks}/${idOf('Sales')}`, method === 'PUT' ? {} : undefined)).toEqual([
				404, 1002,
			]);
		expect(await refusal('DELETE', `${banks}/${idOf('Petty Cash')}`)).toEqual([400, 11003]);
	});

	test('one is the primary one', async () => {
		const { bank, call, list } = startAccounts();
		const [a, b] = [await bank({ is_primary_account: true }), await bank({ account_name: 'Second' })];
		const primary = async () =>
			(await list(banks))
				.filter(({ is_primary_account }) => is_primary_account)
				.map(({ account_id }) => account_id);
		expect(await primary()).toEqual([a]);
		await call('PUT', `${banks}/${b}`, { is_primary_account: true });
		expect(await primary()).toEqual([b]);
	});

	test('are listed by state, and pass over what their list does not know', async () => {
		const { bank, call, list, ignored, refusal } = startAccounts();
		const id = await bank();
		const found = async (filter_by: string) =>
			(await list(banks, { filter_by })).some(({ account_id }) => account_id === id);
		expect((await call('POST', `${banks}/${id}/inactive`)).status).toBe(201);
		expect([await found('Status.All'), await found('Status.Active'), await found('Status.Inactive')]).toEqual(
			[true, false, true],
		);
		expect((await call('POST', `${banks}/${id}/active`)).status).toBe(201);
		expect(await found('Status.Active')).toBe(true);
		expect(await refusal('GET', banks, undefined, { filter_by: 'Status.Odd' })).toEqual([400, 2]);
		expect(await ignored('GET', banks, undefined, { search_text: 'x', account_name: 'y' })).toEqual([
			'search_text',
			'account_name',
		]);
		expect(await ignored('PUT', `${banks}/${id}`, { iban: '1', description: 'Wages' })).toEqual(['iban']);
	});
});

test('documents name the accounts of the list, by the names that these have now', async () => {
	const { invoice, customer, call, payment, item, idOf, one } = startAccounts();
	const customerId = await customer();
	await call('PUT', `${chart}/${idOf('Sales')}`, { account_name: 'Turnover' });
	await call('PUT', `${chart}/${idOf('Undeposited Funds')}`, { account_name: 'In the Drawer' });
	const { invoice_id } = await invoice(customerId, [{ name: 'Desk', rate: 10 }]);
	const { line_items } = await one(`/invoices/${invoice_id}`, 'invoice');
	expect(line_items[0]).toMatchObject({ account_id: idOf('Sales'), account_name: 'Turnover' });
	expect(await payment(customerId, 5)).toMatchObject({
		account_id: idOf('Undeposited Funds'),
		account_name: 'In the Drawer',
	});
	const made = await item({ name: 'Lamp', rate: 1, purchase_account_id: idOf('Cost of Goods Sold') });
	expect(made).toMatchObject({ account_name: 'Turnover', purchase_account_name: 'Cost of Goods Sold' });
});

test('an account that a line, an item or a refund names has to be there', async () => {
	const { refusal, customer, made } = startAccounts();
	const customer_id = await customer();
	const line_items = [{ name: 'Desk', rate: 1, account_id: '7' }];
	expect(await refusal('POST', '/invoices', { customer_id, line_items })).toEqual([404, 1002]);
	expect(await refusal('POST', '/items', { name: 'Lamp', rate: 1, account_id: '7' })).toEqual([404, 1002]);
	const note = await made('/creditnotes', 'creditnote', {
		customer_id,
		line_items: [{ name: 'Desk', rate: 9 }],
	});
	const refunds = `/creditnotes/${note['creditnote_id']}/refunds`;
	const back = { date: '2026-07-01', amount: 1 };
	expect(await refusal('POST', refunds, { ...back, from_account_id: '7' })).toEqual([404, 1002]);
	expect(await refusal('POST', refunds, back)).toEqual([400, 2]);
});

test('people make and change accounts at the desk', () => {
	const { simulator, org } = startAccounts();
	const at = { system: 'books', location: 'us' } as const;
	for (const [collection, account_type] of [
		['chartofaccounts', 'expense'],
		['bankaccounts', 'bank'],
	] as const) {
		const before = org.records(collection).length;
		const record = { account_name: `My ${account_type}`, account_type };
		const made = simulator.desk({ ...at, collection, action: 'create', record }) as Json;
		const id = String(made['account_id']);
		expect(simulator.desk({ ...at, collection, action: 'inactive', id })).toMatchObject({ is_active: false });
		expect(org.records(collection)).toHaveLength(before + 1);
		simulator.desk({ ...at, collection, action: 'delete', id });
		expect(org.records(collection)).toHaveLength(before);
	}
});
