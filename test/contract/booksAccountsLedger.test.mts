import { sum } from '../../sandbox/simulator/crm/exact.mts';
import { entriesOf } from '../../sandbox/simulator/books/ledger.mts';
import { startAccounts } from './booksAccountsSupport.mts';
import type { Json } from './booksSupport.mts';

type Books = ReturnType<typeof startAccounts>;
const detail = (books: Books, id: string) => books.one(`/chartofaccounts/${id}`, 'chart_of_account');
const bank = (books: Books, id: string) => books.one(`/bankaccounts/${id}`, 'bankaccount');

test('an account tells what was booked on it, and what that makes together', async () => {
	const books = startAccounts();
	const customer = await books.customer();
	const sales = books.idOf('Sales');
	expect(await detail(books, sales)).toMatchObject({
		is_involved_in_transaction: false,
		transactions: [],
		closing_balance: 0,
	});
	const tax_id = await books.tax('VAT', 10);
	const lines = [
		{ name: 'Desk', rate: 500, tax_id },
		{ name: 'Lamp', rate: 98 },
	];
	const made = await books.invoice(customer, lines, { reference_number: 'R-1' });
	// A draft counts for nothing.
	expect(await detail(books, sales)).toMatchObject({ closing_balance: 0 });
	await books.call('POST', `/invoices/${made['invoice_id']}/status/sent`);
	await books.made('/creditnotes', 'creditnote', {
		customer_id: customer,
		line_items: [{ name: 'Desk', rate: 100 }],
	});
	const { transactions, ...account } = await detail(books, sales);
	expect(account).toMatchObject({
		isdebit: false,
		is_involved_in_transaction: true,
		closing_balance: 498,
		closing_balance_formatted: '$498.00',
	});
	expect(transactions).toEqual([
		expect.objectContaining({
			transaction_id: made['invoice_id'],
			entity_type: 'invoice',
			entity_type_formatted: 'Invoice',
			reference_number: 'R-1',
			customer_name: 'Aurora',
			credit: 598,
			credit_formatted: '$598.00',
			debit: '',
		}),
		expect.objectContaining({ entity_type: 'creditnote', debit: 100, credit: '', fcy_debit: 100 }),
	]);
	expect(await detail(books, books.idOf('Tax Payable'))).toMatchObject({ closing_balance: 50 });
	expect(await detail(books, books.idOf('Accounts Receivable'))).toMatchObject({ closing_balance: 548 });
	await books.call('POST', `/invoices/${made['invoice_id']}/status/void`);
	expect(await detail(books, sales)).toMatchObject({ closing_balance: -100 });
});

test('money accounts hold what payments, refunds, expenses and journals leave in them', async () => {
	const books = startAccounts();
	const customer = await books.customer();
	const id = await books.bank();
	const balance = async () => (await bank(books, id))['balance'] as number;
	expect(await balance()).toBe(0);
	const payment = await books.payment(customer, 100, [], { account_id: id, bank_charges: 2.5 });
	expect(await balance()).toBe(97.5);
	const refund = { amount: 10, date: '2026-07-01', from_account_id: id };
	await books.call('POST', `/customerpayments/${payment['payment_id']}/refunds`, refund);
	expect(await balance()).toBe(87.5);
	const expense = await books.expense(7.5, { paid_through_account_id: id });
	expect(await balance()).toBe(80);
	await books.journal(id, books.idOf('General Income'), 20);
	expect(await balance()).toBe(100);
	await books.journal(id, books.idOf('General Income'), 20, { status: 'draft' });
	expect(await balance()).toBe(100);
	await books.call('DELETE', `/expenses/${expense['expense_id']}`);
	expect(await balance()).toBe(107.5);
	expect(await detail(books, books.idOf('Bank Fees and Charges'))).toMatchObject({ closing_balance: 2.5 });
	expect((await books.list('/bankaccounts')).map((row) => [row['account_name'], row['balance']])).toEqual([
		['First Bank', 107.5],
		['Petty Cash', 0],
		['Undeposited Funds', 0],
	]);
});

test('a balance is in the currency of the account, and in the base currency', async () => {
	const books = startAccounts({ books: { exchangeRates: { EUR: 1.25 } } });
	const id = await books.bank({ currency_code: 'EUR' });
	const euro = (await bank(books, id))['currency_id'];
	await books.journal(id, books.idOf('General Income'), 100, { currency_id: euro, exchange_rate: 1.5 });
	expect(await bank(books, id)).toMatchObject({ balance: 100, bcy_balance: 150, currency_code: 'EUR' });
});

test('balances are in the list of accounts where they are asked for', async () => {
	const books = startAccounts();
	await books.expense(7.5);
	const supplies = async (query: Record<string, string>) =>
		(await books.list('/chartofaccounts', { account_name: 'Office Supplies', ...query }))[0];
	expect(await supplies({})).not.toHaveProperty('current_balance');
	expect(await supplies({ showbalance: 'false' })).not.toHaveProperty('current_balance');
	expect(await supplies({ showbalance: 'true' })).toMatchObject({ current_balance: 7.5 });
});

test('whatever happens, debits and credits are equal', async () => {
	const books = startAccounts({ books: { exchangeRates: { EUR: 1.1234 } } });
	const { call, made, org, idOf } = books;
	const [customer, vendor] = [
		await books.customer(),
		await books.customer({ contact_name: 'Beta', contact_type: 'vendor' }),
	];
	const tax_id = await books.tax('VAT', 19);
	const euro = org.currencies.find(({ code }) => code === 'EUR')?.id;
	const line_items = [
		{ name: 'Desk', rate: 33.35, quantity: 3, tax_id },
		{ name: 'Lamp', rate: 10, quantity: 1.5, discount: '12%' },
	];
	const sale: Json = { customer_id: customer, line_items, shipping_charge: 4.99, adjustment: 0.03 };
	const buy: Json = { vendor_id: vendor, line_items };
	const invoice = await made('/invoices', 'invoice', { ...sale, currency_id: euro });
	const whole = { ...sale, discount: '7%', discount_type: 'entity_level' };
	const late = await made('/invoices', 'invoice', { ...whole, is_discount_before_tax: false });
	const within = await made('/invoices', 'invoice', { ...whole, is_inclusive_tax: true });
	for (const { invoice_id } of [invoice, late, within])
		await call('POST', `/invoices/${invoice_id}/status/sent`);
	expect((await call('POST', `/invoices/${late['invoice_id']}/writeoff`)).status).toBe(200);
	const bill = await made('/bills', 'bill', { ...buy, bill_number: 'B-1' });
	const note = await made('/creditnotes', 'creditnote', { customer_id: customer, line_items });
	const credit = await made('/vendorcredits', 'vendor_credit', buy);
	const money = { date: '2026-07-01', amount: 2.5 };
	await call('POST', `/creditnotes/${note['creditnote_id']}/refunds`, {
		...money,
		from_account_id: idOf('Petty Cash'),
	});
	await call('POST', `/vendorcredits/${credit['vendor_credit_id']}/refunds`, {
		...money,
		account_id: idOf('Petty Cash'),
	});
	const paid = await made('/vendorpayments', 'vendorpayment', {
		vendor_id: vendor,
		amount: 50,
		date: '2026-07-01',
		paid_through_account_id: idOf('Petty Cash'),
		bills: [{ bill_id: bill['bill_id'], amount_applied: 20 }],
	});
	await call('POST', `/vendorpayments/${paid['payment_id']}/refunds`, {
		...money,
		to_account_id: idOf('Petty Cash'),
	});
	await books.payment(customer, 12.34, [{ invoice_id: within['invoice_id'], amount_applied: 5 }]);
	await books.expense(99.99, { tax_id, is_inclusive_tax: true });
	await books.journal(idOf('Rent Expense'), idOf('Petty Cash'), 5.05);

	const entries = entriesOf(org);
	expect(entries.map(({ type }) => type).sort()).toEqual(
		[
			'bill',
			'creditnote',
			'creditnote_refund',
			'customer_payment',
			'expense',
			'invoice',
			'invoice',
			'invoice',
			'journal',
			'payment_refund',
			'vendor_credit',
			'vendor_payment',
			'vendor_credit_refund',
		].sort(),
	);
	for (const { type, postings } of entries)
		expect([type, sum(postings.map(([, amount]) => amount)).units]).toEqual([type, 0n]);
	// What is due is what receivables and payables hold.
	const due = async (path: string, key: string, id: unknown) =>
		Number((await books.one(`${path}/${id}`, key))['balance']);
	const receivable = (await detail(books, idOf('Accounts Receivable')))['closing_balance'] as number;
	const open =
		(await due('/invoices', 'invoice', within['invoice_id'])) +
		(await due('/invoices', 'invoice', late['invoice_id'])) -
		(await due('/creditnotes', 'creditnote', note['creditnote_id'])) -
		(12.34 - 5);
	const inEuros = await books.one(`/invoices/${invoice['invoice_id']}`, 'invoice');
	expect(receivable).toBeCloseTo(open + Number(inEuros['bcy_total']), 2);
});
