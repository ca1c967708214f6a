/** Payments and refunds of the simulated Books, and what they make of invoices. */

import type { Json } from './booksSupport.mts';
import { startMoney } from './booksMoneySupport.mts';

/** A customer with sent invoices of these amounts. */
async function setUp(...amounts: number[]) {
	const money = startMoney({ switches: { tokenLifetime: 1_000_000 } });
	const id = await money.customer();
	const ids: string[] = [];
	for (const rate of amounts) {
		const made = await money.invoice(id, [{ name: 'Work', rate }]);
		ids.push(String(made['invoice_id']));
		await money.call('POST', `/invoices/${ids.at(-1)}/status/sent`);
	}
	const spent = (...parts: number[]) =>
		parts.map((amount_applied, index) => ({ invoice_id: ids[index], amount_applied }));
	/** Status, paid, due and last payment of each invoice. */
	const standing = async () => {
		const invoices = [];
		for (const one of ids) invoices.push(await money.getInvoice(one));
		return invoices.map((one) => [
			one['status'],
			one['payment_made'],
			one['balance'],
			one['last_payment_date'],
		]);
	};
	return { ...money, id, ids, spent, standing };
}

test('over several invoices: paid, partially paid, and what is left over stays as advance', async () => {
	const { payment, id, ids, spent, standing, list } = await setUp(119, 59.5, 30);
	const made = await payment(id, 200, spent(119, 59.5, 10));
	expect(made).toMatchObject({
		payment_number: '1',
		customer_name: 'Aurora',
		amount: 200,
		unused_amount: 11.5,
		payment_mode: 'cash',
		date: '2026-03-01',
		invoices: [
			expect.objectContaining({
				invoice_id: ids[0],
				invoice_number: 'INV-000001',
				amount_applied: 119,
				total: 119,
				balance: 0,
			}),
			expect.objectContaining({ invoice_id: ids[1], amount_applied: 59.5, balance: 0 }),
			expect.objectContaining({ invoice_id: ids[2], amount_applied: 10, balance: 20 }),
		],
	});
	expect(await standing()).toEqual([
		['paid', 119, 0, '2026-03-01'],
		['paid', 59.5, 0, '2026-03-01'],
		['partially_paid', 10, 20, '2026-03-01'],
	]);
	expect((await list('/customerpayments'))[0]).toMatchObject({
		invoice_numbers: 'INV-000001, INV-000002, INV-000003',
		unused_amount: 11.5,
		bcy_unused_amount: 11.5,
		payment_type: 'Invoice Payment',
	});
	expect((await list('/invoices', { status: 'paid' })).map((row) => row['invoice_id']).sort()).toEqual(
		[ids[0], ids[1]].sort(),
	);
});

test("several on one invoice; the latest date counts, and the invoice's list of payments has both", async () => {
	const { call, payment, id, ids, spent, standing } = await setUp(100);
	await payment(id, 30, spent(30), { date: '2026-03-05', reference_number: 'first' });
	await payment(id, 70, spent(70), { date: '2026-03-02' });
	expect(await standing()).toEqual([['paid', 100, 0, '2026-03-05']]);
	const { body } = await call('GET', `/invoices/${ids[0]}/payments`);
	expect(
		(body['payments'] as Json[]).map((row) => [
			row['amount'],
			row['reference_number'],
			row['is_single_invoice_payment'],
		]),
	).toEqual([
		[30, 'first', true],
		[70, '', true],
	]);
});

test('cents add up exactly: 0.1 and 0.2 pay 0.3', async () => {
	const { payment, id, spent, standing } = await setUp(0.3);
	await payment(id, 0.1, spent(0.1));
	await payment(id, 0.2, spent(0.2));
	expect((await standing())[0]?.slice(0, 3)).toEqual(['paid', 0.3, 0]);
});

test('an advance pays nothing, until a change applies it', async () => {
	const { call, payment, id, spent, standing, list } = await setUp(100);
	const advance = await payment(id, 150);
	expect(advance).toMatchObject({ unused_amount: 150, invoices: [] });
	expect((await list('/customerpayments'))[0]).toMatchObject({
		payment_type: 'Customer Advance',
		invoice_numbers: '',
	});
	const { body } = await call('PUT', `/customerpayments/${advance['payment_id']}`, { invoices: spent(100) });
	expect(body['payment']).toMatchObject({ unused_amount: 50 });
	expect((await standing())[0]?.[0]).toBe('paid');
});

test('a draft that is paid is sent', async () => {
	const { payment, invoice, id, getInvoice } = await setUp();
	const { invoice_id } = await invoice(id, [{ name: 'Work', rate: 10 }]);
	await payment(id, 4, [{ invoice_id, amount_applied: 4 }]);
	expect(await getInvoice(String(invoice_id))).toMatchObject({ status: 'partially_paid', balance: 6 });
});

test('overdue comes before partially paid, paid before overdue', async () => {
	const { simulator, payment, id, spent, standing } = await setUp(100);
	await payment(id, 40, spent(40));
	simulator.world.clock.advance(3 * 86_400_000);
	expect((await standing())[0]?.[0]).toBe('overdue');
	await payment(id, 60, spent(60));
	expect((await standing())[0]?.[0]).toBe('paid');
});

test("the invoice's last_modified_time moves, so that its filter finds it", async () => {
	const { simulator, call, payment, id, ids, spent, list, getInvoice } = await setUp(100, 50);
	simulator.world.clock.advance(10_000);
	const made = await payment(id, 10, spent(10));
	const since = String((await getInvoice(ids[0] ?? ''))['last_modified_time']);
	const changed = async (last_modified_time: string) =>
		(await list('/invoices', { last_modified_time })).map((row) => row['invoice_id']);
	expect(await changed(since)).toEqual([ids[0]]);
	simulator.world.clock.advance(10_000);
	await call('DELETE', `/customerpayments/${made['payment_id']}`);
	const later = String((await getInvoice(ids[0] ?? ''))['last_modified_time']);
	expect(later > since).toBe(true);
	expect(await changed(later)).toEqual([ids[0]]);
});

describe('changes', () => {
	test('a sent list of invoices is the whole list: what is taken off is due again', async () => {
		const { call, payment, id, ids, spent, standing } = await setUp(100, 50);
		const made = await payment(id, 120, spent(100, 20));
		const invoices = [{ invoice_id: ids[1], amount_applied: 50 }];
		const { body } = await call('PUT', `/customerpayments/${made['payment_id']}`, { invoices });
		expect(body['payment']).toMatchObject({
			unused_amount: 70,
			// The part of an invoice keeps its id.
			invoices: [expect.objectContaining({ invoice_payment_id: made['invoices'][1].invoice_payment_id })],
		});
		expect(await standing()).toEqual([
			['sent', 0, 100, ''],
			['paid', 50, 0, '2026-03-01'],
		]);
	});

	test('a change of anything else leaves the invoices alone', async () => {
		const { call, payment, id, spent, standing } = await setUp(100);
		const made = await payment(id, 100, spent(100));
		const path = `/customerpayments/${made['payment_id']}`;
		const { body } = await call('PUT', path, { description: 'late', date: '2026-03-09', amount: 110 });
		expect(body['payment']).toMatchObject({
			description: 'late',
			amount: 110,
			unused_amount: 10,
			invoices: [{ amount_applied: 100 }],
		});
		expect(await standing()).toEqual([['paid', 100, 0, '2026-03-09']]);
	});

	test('one that is deleted takes its amounts back, from each invoice', async () => {
		const { call, payment, id, spent, standing } = await setUp(100, 50);
		await payment(id, 10, spent(10), { date: '2026-02-01' });
		const made = await payment(id, 140, spent(90, 50));
		await call('DELETE', `/customerpayments/${made['payment_id']}`);
		expect(await standing()).toEqual([
			['partially_paid', 10, 90, '2026-02-01'],
			['sent', 0, 50, ''],
		]);
	});

	test('several are deleted by their ids, all or none', async () => {
		const { payment, id, refusal, list } = await setUp();
		const ids = [(await payment(id, 1))['payment_id'], (await payment(id, 2))['payment_id']];
		const query = (payment_ids: string) => ({ payment_ids, bulk_delete: 'true' });
		expect(await refusal('DELETE', '/customerpayments', undefined, query(`${ids[0]},9`))).toEqual([
			404, 1002,
		]);
		expect(await list('/customerpayments')).toHaveLength(2);
		expect(await refusal('DELETE', '/customerpayments', undefined, query(ids.join()))).toEqual([200, 0]);
		expect(await list('/customerpayments')).toEqual([]);
	});
});

describe('invoices with payments', () => {
	test('cannot be deleted', async () => {
		const { call, payment, id, ids, spent, refusal } = await setUp(100);
		const made = await payment(id, 10, spent(10));
		expect((await refusal('DELETE', `/invoices/${ids[0]}`))[0]).toBe(400);
		await call('DELETE', `/customerpayments/${made['payment_id']}`);
		expect(await refusal('DELETE', `/invoices/${ids[0]}`)).toEqual([200, 0]);
	});

	test('made void, they let go of them: the money stays with the customer', async () => {
		const { call, payment, id, ids, spent, standing, getPayment } = await setUp(100, 50);
		const made = await payment(id, 120, spent(80, 40));
		await call('POST', `/invoices/${ids[0]}/status/void`);
		expect(await standing()).toEqual([
			['void', 0, 100, ''],
			['partially_paid', 40, 10, '2026-03-01'],
		]);
		expect(await getPayment(String(made['payment_id']))).toMatchObject({
			amount: 120,
			unused_amount: 80,
			invoices: [{ invoice_id: ids[1] }],
		});
	});

	test("cannot become less than what is paid, nor another customer's", async () => {
		const { payment, customer, id, ids, spent, standing, refusal } = await setUp(100);
		await payment(id, 60, spent(60));
		const path = `/invoices/${ids[0]}`;
		expect((await refusal('PUT', path, { line_items: [{ name: 'Work', rate: 59.99 }] }))[0]).toBe(400);
		expect((await refusal('PUT', path, { customer_id: await customer({ contact_name: 'Other' }) }))[0]).toBe(
			400,
		);
		expect(await refusal('PUT', path, { line_items: [{ name: 'Work', rate: 60 }] })).toEqual([200, 0]);
		expect((await standing())[0]?.slice(0, 3)).toEqual(['paid', 60, 0]);
	});
});

describe('refused', () => {
	const body = (id: string, more: Json = {}): Json => ({
		customer_id: id,
		payment_mode: 'cash',
		amount: 10,
		date: '2026-03-01',
		...more,
	});

	test.each([
		['no amount', { amount: undefined }],
		['nothing', { amount: 0 }],
		['less than nothing', { amount: -5 }],
		['no mode', { payment_mode: '' }],
		['no date', { date: undefined }],
		['a day that there is not', { date: '2026-04-31' }],
		['no customer', { customer_id: '' }],
		['an invoice without amount', { invoices: [{ invoice_id: '$' }] }],
		['an amount without invoice', { invoices: [{ amount_applied: 5 }] }],
	] as Array<[string, Json]>)('with code 2: %s', async (_what, more) => {
		const { id, ids, refusal, list } = await setUp(100);
		const invoices = (more['invoices'] as Json[] | undefined)?.map((one) =>
			one['invoice_id'] ? { invoice_id: ids[0] } : one,
		);
		expect(
			await refusal('POST', '/customerpayments', body(id, { ...more, ...(invoices && { invoices }) })),
		).toEqual([400, 2]);
		expect(await list('/customerpayments')).toEqual([]);
	});

	test('an unknown customer, an unknown invoice', async () => {
		const { id, refusal } = await setUp();
		expect(await refusal('POST', '/customerpayments', body('999'))).toEqual([404, 1002]);
		const invoices = [{ invoice_id: '999', amount_applied: 1 }];
		expect(await refusal('POST', '/customerpayments', body(id, { invoices }))).toEqual([404, 1002]);
	});

	test('more than an invoice is due: 24016, also in two rows, also on a change', async () => {
		const { payment, id, ids, spent, refusal, standing } = await setUp(100);
		const over = (...invoices: Json[]) =>
			refusal('POST', '/customerpayments', body(id, { amount: 500, invoices }));
		expect(await over(...spent(100.01))).toEqual([400, 24016]);
		const half = { invoice_id: ids[0], amount_applied: 50.01 };
		expect(await over(half, half)).toEqual([400, 24016]);
		const made = await payment(id, 100, spent(60));
		expect(await over(...spent(40.01))).toEqual([400, 24016]);
		const path = `/customerpayments/${made['payment_id']}`;
		expect(await refusal('PUT', path, { amount: 200, invoices: spent(100.01) })).toEqual([400, 24016]);
		expect(await refusal('PUT', path, { invoices: spent(100) })).toEqual([200, 0]);
		expect((await standing())[0]?.slice(0, 3)).toEqual(['paid', 100, 0]);
	});

	test('more applied than paid', async () => {
		const { id, spent, refusal, standing, payment } = await setUp(100);
		expect((await refusal('POST', '/customerpayments', body(id, { invoices: spent(10.01) })))[0]).toBe(400);
		const made = await payment(id, 50, spent(50));
		expect((await refusal('PUT', `/customerpayments/${made['payment_id']}`, { amount: 49 }))[0]).toBe(400);
		expect((await standing())[0]?.slice(0, 3)).toEqual(['partially_paid', 50, 50]);
	});

	test("a void invoice, another customer's invoice, a change of the customer", async () => {
		const { call, customer, payment, id, ids, spent, refusal } = await setUp(100, 50);
		const other = await customer({ contact_name: 'Other' });
		expect((await refusal('POST', '/customerpayments', body(other, { invoices: spent(10) })))[0]).toBe(400);
		await call('POST', `/invoices/${ids[0]}/status/void`);
		expect((await refusal('POST', '/customerpayments', body(id, { invoices: spent(10) })))[0]).toBe(400);
		const made = await payment(id, 10);
		expect((await refusal('PUT', `/customerpayments/${made['payment_id']}`, { customer_id: other }))[0]).toBe(
			400,
		);
	});
});

test('is found by a unique custom field, or made where X-Upsert says so', async () => {
	const { call, customer, list } = startMoney({
		books: { customFields: [{ entity: 'customerpayment', apiName: 'cf_key', label: 'Key', unique: true }] },
	});
	const customer_id = await customer();
	const unique = { 'x-unique-identifier-key': 'cf_key', 'x-unique-identifier-value': 'K-1' };
	const put = (more: Json, headers: Record<string, string>) =>
		call(
			'PUT',
			'/customerpayments',
			{ customer_id, payment_mode: 'cash', date: '2026-03-01', amount: 10, ...more },
			{ headers },
		);
	expect((await put({}, unique)).status).toBe(404);
	const made = await put({}, { ...unique, 'x-upsert': 'true' });
	expect([made.status, made.body['payment'].cf_key]).toEqual([201, 'K-1']);
	const again = await put({ amount: 12 }, { ...unique, 'x-upsert': 'true' });
	expect([again.status, again.body['payment'].payment_id, again.body['payment'].amount]).toEqual([
		200,
		made.body['payment'].payment_id,
		12,
	]);
	expect(await list('/customerpayments')).toHaveLength(1);
	expect((await put({}, { ...unique, 'x-unique-identifier-key': 'cf_other' })).status).toBe(400);
});

describe('refunds', () => {
	const money = (from_account_id: string, amount: number, more: Json = {}) => ({
		amount,
		date: '2026-03-04',
		from_account_id,
		refund_mode: 'cash',
		...more,
	});

	test('give back what is not used; changed and deleted they give it free again', async () => {
		const { call, org, payment, id, spent, getPayment, list, standing } = await setUp(100);
		const made = await payment(id, 150, spent(100));
		const account = org.accountIds.undeposited;
		const paymentId = String(made['payment_id']);
		const path = `/customerpayments/${paymentId}/refunds`;
		const { body, status } = await call('POST', path, money(account, 30, { description: 'too much' }));
		const [refund] = body['payment_refunds'] as Json[];
		expect([status, refund]).toEqual([
			200,
			expect.objectContaining({
				amount: 30,
				refund_mode: 'cash',
				description: 'too much',
				payment_id: paymentId,
			}),
		]);
		expect(await getPayment(paymentId)).toMatchObject({
			amount: 150,
			unused_amount: 20,
			payment_refunds: [{ amount: 30 }],
		});
		expect((await list('/customerpayments'))[0]).toMatchObject({
			bcy_refunded_amount: 30,
			unused_amount: 20,
		});
		const one = `${path}/${refund?.['payment_refund_id']}`;
		await call('PUT', one, { amount: 50 });
		expect(((await call('GET', one)).body['payment_refunds'] as Json[])[0]).toMatchObject({
			amount: 50,
			description: 'too much',
		});
		expect(await getPayment(paymentId)).toMatchObject({ unused_amount: 0 });
		expect(
			((await call('GET', path)).body['payment_refunds'] as Json[]).map(
				({ amount_fcy }) => amount_fcy as number,
			),
		).toEqual([50]);
		await call('DELETE', one);
		expect(await getPayment(paymentId)).toMatchObject({ unused_amount: 50, payment_refunds: [] });
		expect((await standing())[0]?.slice(0, 3)).toEqual(['paid', 100, 0]);
	});

	test('not more than is unused, not without account, day or amount; a payment with a refund stays', async () => {
		const { org, payment, id, spent, refusal } = await setUp(100);
		const made = await payment(id, 150, spent(100));
		const path = `/customerpayments/${made['payment_id']}`;
		const back = (amount: number) => money(org.accountIds.undeposited, amount);
		expect((await refusal('POST', `${path}/refunds`, back(50.01)))[0]).toBe(400);
		for (const name of ['amount', 'date', 'from_account_id'])
			expect(await refusal('POST', `${path}/refunds`, { ...back(1), [name]: undefined })).toEqual([400, 2]);
		expect(await refusal('POST', `${path}/refunds`, money('9', 1))).toEqual([404, 1002]);
		expect(await refusal('POST', `${path}/refunds`, back(50))).toEqual([200, 0]);
		expect((await refusal('DELETE', path))[0]).toBe(400);
		expect((await refusal('PUT', path, { amount: 149 }))[0]).toBe(400);
		expect(await refusal('GET', `${path}/refunds/9`)).toEqual([404, 1002]);
	});
});

describe('currencies', () => {
	test('a payment is in the currency of its invoices, at its own rate', async () => {
		const { org, customer, invoice, payment, list } = startMoney({
			books: { exchangeRates: { KWD: 3.25, JPY: 0.0066 } },
		});
		const currency = (code: string) => String(org.currencies.find((one) => one.code === code)?.id);
		const id = await customer({ currency_id: currency('KWD') });
		const { invoice_id } = await invoice(id, [{ name: 'A', rate: 10.005 }]);
		const made = await payment(id, 10.005, [{ invoice_id, amount_applied: 10.005 }], { exchange_rate: 3.3 });
		expect(made).toMatchObject({
			currency_code: 'KWD',
			price_precision: 3,
			exchange_rate: 3.3,
			amount: 10.005,
		});
		expect((await list('/customerpayments'))[0]).toMatchObject({ amount: 10.005, bcy_amount: 33.02 });
		const yen = await invoice(id, [{ name: 'A', rate: 5 }], { currency_id: currency('JPY') });
		const paid = await payment(id, 3.4, [{ invoice_id: yen['invoice_id'], amount_applied: 3 }]);
		expect(paid).toMatchObject({ currency_code: 'JPY', amount: 3, exchange_rate: 0.0066 });
	});

	test('invoices of two currencies need two payments', async () => {
		const { org, customer, invoice, refusal } = startMoney({ books: { exchangeRates: { EUR: 1.1 } } });
		const id = await customer();
		const eur = String(org.currencies.find(({ code }) => code === 'EUR')?.id);
		const one = await invoice(id, [{ name: 'A', rate: 5 }]);
		const other = await invoice(id, [{ name: 'A', rate: 5 }], { currency_id: eur });
		const invoices = [one, other].map(({ invoice_id }) => ({ invoice_id, amount_applied: 5 }));
		const body = { customer_id: id, payment_mode: 'cash', amount: 10, date: '2026-03-01', invoices };
		expect((await refusal('POST', '/customerpayments', body))[0]).toBe(400);
	});
});

test('the list finds by mode, reference, day, amount and customer, newest payment day first', async () => {
	const { payment, customer, list, refusal } = startMoney();
	const [aurora, other] = [await customer(), await customer({ contact_name: 'Borealis' })];
	await payment(aurora, 10, [], { date: '2026-01-02', reference_number: 'R-1', description: 'early bird' });
	await payment(aurora, 20, [], { date: '2026-01-01', payment_mode: 'banktransfer' });
	await payment(other, 30, [], { date: '2026-01-03', payment_mode: 'check' });
	const found = async (query: Record<string, string>) =>
		(await list('/customerpayments', query)).map(({ amount }) => amount as number);
	const cases: Array<[query: Record<string, string>, amounts: number[]]> = [
		[{}, [30, 10, 20]],
		[{ customer_id: aurora }, [10, 20]],
		[{ customer_name_contains: 'bore' }, [30]],
		[{ reference_number: 'r-1' }, [10]],
		[{ payment_mode_startswith: 'bank' }, [20]],
		[{ filter_by: 'PaymentMode.BankTransfer' }, [20]],
		[{ notes_contains: 'bird' }, [10]],
		[{ date: '2026-01-03' }, [30]],
		[{ amount_greater_equals: '20' }, [30, 20]],
		[{ amount_less_than: '20' }, [10]],
		[{ search_text: 'early' }, [10]],
		[{ sort_column: 'created_time', sort_order: 'A' }, [10, 20, 30]],
	];
	for (const [query, amounts] of cases) expect([query, await found(query)]).toEqual([query, amounts]);
	expect(await refusal('GET', '/customerpayments', undefined, { sort_column: 'last_modified_time' })).toEqual(
		[400, 2],
	);
});

test("scopes are the payments' own; invoices and estimates have theirs", async () => {
	const { refusal } = startMoney({ scopes: ['ZohoBooks.invoices.READ', 'ZohoBooks.contacts.ALL'] });
	expect(await refusal('GET', '/invoices')).toEqual([200, 0]);
	expect(await refusal('POST', '/invoices', {})).toEqual([401, 57]);
	expect(await refusal('GET', '/estimates')).toEqual([401, 57]);
	expect(await refusal('GET', '/customerpayments')).toEqual([401, 57]);
});
