/** Invoices and estimates of the simulated Books. */

import type { Json } from './booksSupport.mts';
import { startMoney } from './booksMoneySupport.mts';

const work = { name: 'Work', rate: 100 };
const day = 86_400_000;

test("an invoice is numbered, dated today and due by the customer's terms; it is a draft", async () => {
	const { org, customer, invoice } = startMoney();
	const id = await customer({ payment_terms: 15 });
	const first = await invoice(id, [work]);
	expect(first).toMatchObject({
		invoice_number: 'INV-000001',
		status: 'draft',
		customer_id: id,
		customer_name: 'Aurora',
		date: org.today(),
		due_date: new Date(Date.parse(org.today()) + 15 * day).toISOString().slice(0, 10),
		payment_terms: 15,
		payment_terms_label: 'Net 15',
		total: 100,
		balance: 100,
		payment_made: 0,
		last_payment_date: '',
	});
	const second = await invoice(id, [work], { date: '2026-01-31', payment_terms: 0 });
	expect(second).toMatchObject({ invoice_number: 'INV-000002', due_date: '2026-01-31' });
	expect(await invoice(id, [work], { due_date: '2026-05-01' })).toMatchObject({ due_date: '2026-05-01' });
});

describe('numbers', () => {
	test('an own one needs ignore_auto_number_generation, unless it is the next', async () => {
		const { customer, made, refusal } = startMoney();
		const id = await customer();
		const body = { customer_id: id, line_items: [work], invoice_number: 'A-7' };
		expect(await refusal('POST', '/invoices', body)).toEqual([400, 4097]);
		const own = { ignore_auto_number_generation: 'true' };
		expect((await made('/invoices', 'invoice', body, own))['invoice_number']).toBe('A-7');
		expect(await refusal('POST', '/invoices', body, own)).toEqual([400, 4096]);
		expect(await refusal('POST', '/invoices', { ...body, invoice_number: 'INV-000001' })).toEqual([201, 0]);
		expect(
			(await made('/invoices', 'invoice', { ...body, invoice_number: 'INV-000009' }, own))['invoice_number'],
		).toBe('INV-000009');
		expect((await made('/invoices', 'invoice', { ...body, invoice_number: '' }))['invoice_number']).toBe(
			'INV-000010',
		);
	});

	test('one that was deleted is not given again; a refused create uses none up', async () => {
		const { call, customer, invoice, refusal } = startMoney();
		const id = await customer();
		await call('DELETE', `/invoices/${(await invoice(id, [work]))['invoice_id']}`);
		await refusal('POST', '/invoices', { customer_id: id, line_items: [{}] });
		expect((await invoice(id, [work]))['invoice_number']).toBe('INV-000002');
	});

	test('is changed later, as a public integration does', async () => {
		const { call, customer, invoice, refusal } = startMoney();
		const made = await invoice(await customer(), [work]);
		const path = `/invoices/${made['invoice_id']}`;
		expect(await refusal('PUT', path, { invoice_number: 'X' })).toEqual([400, 4097]);
		expect(await refusal('PUT', path, { invoice_number: 'INV-000001' })).toEqual([200, 0]);
		const query = { ignore_auto_number_generation: 'true' };
		const { body } = await call('PUT', path, { invoice_number: 'X' }, { query });
		expect(body['invoice'].invoice_number).toBe('X');
	});
});

describe('lines', () => {
	test('take name, rate, unit, description and tax of their item, unless they say otherwise', async () => {
		const { customer, item, invoice, tax } = startMoney();
		const vat = await tax('VAT', 19);
		const lamp = await item({ name: 'Lamp', rate: 33.35, unit: 'pcs', description: 'Bright', tax_id: vat });
		const { line_items, total } = await invoice(await customer(), [
			{ item_id: lamp['item_id'], quantity: 2 },
			{ item_id: lamp['item_id'], rate: 30, description: '', tax_id: '' },
		]);
		expect(line_items).toEqual([
			expect.objectContaining({
				name: 'Lamp',
				rate: 33.35,
				unit: 'pcs',
				description: 'Bright',
				quantity: 2,
				tax_name: 'VAT',
				tax_percentage: 19,
				item_total: 66.7,
				line_item_taxes: [expect.objectContaining({ tax_name: 'VAT (19%)', tax_amount: 12.67 })],
			}),
			expect.objectContaining({ rate: 30, description: '', tax_id: '', quantity: 1, item_total: 30 }),
		]);
		expect(total).toBe(109.37);
	});

	test('a list that is sent is the whole list: lines are kept by line_item_id, changed, added and left out', async () => {
		const { call, customer, invoice } = startMoney();
		const made = await invoice(await customer(), [
			work,
			{ name: 'Drive', rate: 50 },
			{ name: 'Food', rate: 10 },
		]);
		const [first, second] = made['line_items'] as Json[];
		const line_items = [
			{ line_item_id: second?.['line_item_id'], quantity: 3 },
			{ name: 'New', rate: 1 },
			{ line_item_id: first?.['line_item_id'] },
		];
		const { body } = await call('PUT', `/invoices/${made['invoice_id']}`, { line_items });
		const after = body['invoice'].line_items as Json[];
		expect(after.map(({ name, quantity, rate, item_order }) => [name, quantity, rate, item_order])).toEqual([
			['Drive', 3, 50, 1],
			['New', 1, 1, 2],
			['Work', 1, 100, 3],
		]);
		expect(after.map((line) => line['line_item_id'])).toEqual([
			second?.['line_item_id'],
			expect.stringMatching(/^\d+$/),
			first?.['line_item_id'],
		]);
		expect(body['invoice'].total).toBe(251);
	});

	test('a change without line_items leaves them alone', async () => {
		const { call, customer, invoice } = startMoney();
		const made = await invoice(await customer(), [work], { discount: '10%', discount_type: 'entity_level' });
		const { body } = await call('PUT', `/invoices/${made['invoice_id']}`, { notes: 'Thanks' });
		expect(body['invoice']).toMatchObject({ notes: 'Thanks', line_items: made['line_items'], total: 90 });
	});

	test('another item in a line brings its own name and rate', async () => {
		const { call, customer, item, invoice } = startMoney();
		const [lamp, book] = [await item({ name: 'Lamp', rate: 1 }), await item({ name: 'Book', rate: 2 })];
		const made = await invoice(await customer(), [{ item_id: lamp['item_id'] }]);
		const { line_item_id } = made['line_items'][0] as Json;
		const line_items = [{ line_item_id, item_id: book['item_id'] }];
		const { body } = await call('PUT', `/invoices/${made['invoice_id']}`, { line_items });
		expect(body['invoice'].line_items).toEqual([
			expect.objectContaining({ line_item_id, name: 'Book', rate: 2 }),
		]);
	});
});

describe('refused', () => {
	const refusals: Array<[what: string, body: Json, expected: [number, number]]> = [
		['no customer', { line_items: [work] }, [400, 2]],
		['an unknown customer', { customer_id: '999', line_items: [work] }, [404, 1002]],
		['no lines', { customer_id: '$' }, [400, 2]],
		['an empty list of lines', { customer_id: '$', line_items: [] }, [400, 2]],
		['a line without name, description and item', { customer_id: '$', line_items: [{ rate: 1 }] }, [400, 2]],
		['an unknown item', { customer_id: '$', line_items: [{ item_id: '999' }] }, [404, 1002]],
		['an unknown tax', { customer_id: '$', line_items: [{ ...work, tax_id: '999' }] }, [404, 1002]],
		['an unknown currency', { customer_id: '$', line_items: [work], currency_id: '999' }, [404, 1002]],
		['a day that there is not', { customer_id: '$', line_items: [work], date: '2026-02-30' }, [400, 2]],
		['a rate that is no number', { customer_id: '$', line_items: [{ name: 'A', rate: 'x' }] }, [400, 2]],
		['a discount of 101 %', { customer_id: '$', line_items: [{ ...work, discount: '101%' }] }, [400, 2]],
		[
			'more discount than the line costs',
			{ customer_id: '$', line_items: [{ ...work, discount: 101 }] },
			[400, 4019],
		],
		[
			'more discount than all lines cost',
			{ customer_id: '$', line_items: [work], discount: 101, discount_type: 'entity_level' },
			[400, 4019],
		],
		['less than nothing', { customer_id: '$', line_items: [work], adjustment: -101 }, [400, 4018]],
		[
			'a type of discount that there is not',
			{ customer_id: '$', line_items: [work], discount_type: 'all' },
			[400, 2],
		],
		['an exchange rate of nothing', { customer_id: '$', line_items: [work], exchange_rate: 0 }, [400, 2]],
	];

	test.each(refusals)('%s', async (_what, body, expected) => {
		const { customer, refusal, list } = startMoney();
		const customer_id = body['customer_id'] === '$' ? await customer() : body['customer_id'];
		expect(await refusal('POST', '/invoices', { ...body, customer_id })).toEqual(expected);
		expect(await list('/invoices')).toEqual([]);
	});

	test('a vendor is no customer', async () => {
		const { add, refusal } = startMoney();
		const { contact_id } = await add({ contact_name: 'Vendor', contact_type: 'vendor' });
		expect(await refusal('POST', '/invoices', { customer_id: contact_id, line_items: [work] })).toEqual([
			404, 1002,
		]);
	});

	test('a refused change changes nothing; an unknown line is refused', async () => {
		const { customer, invoice, refusal, getInvoice } = startMoney();
		const made = await invoice(await customer(), [work]);
		const path = `/invoices/${made['invoice_id']}`;
		expect((await refusal('PUT', path, { notes: 'x', line_items: [{ name: 'A', rate: 'x' }] }))[0]).toBe(400);
		expect(await refusal('PUT', path, { line_items: [{ line_item_id: '1', name: 'A' }] })).toEqual([400, 2]);
		expect(await getInvoice(String(made['invoice_id']))).toEqual(made);
	});

	test('a customer with documents cannot be deleted', async () => {
		const { call, customer, invoice, refusal } = startMoney();
		const id = await customer();
		const { invoice_id } = await invoice(id, [work]);
		expect((await refusal('DELETE', `/contacts/${id}`))[0]).toBe(400);
		await call('DELETE', `/invoices/${invoice_id}`);
		expect(await refusal('DELETE', `/contacts/${id}`)).toEqual([200, 0]);
	});

	test('an estimate is no invoice, and the other way round', async () => {
		const { customer, invoice, estimate, refusal } = startMoney();
		const id = await customer();
		const { invoice_id } = await invoice(id, [work]);
		const { estimate_id } = await estimate(id, [work]);
		expect(await refusal('GET', `/estimates/${invoice_id}`)).toEqual([404, 1002]);
		expect(await refusal('DELETE', `/invoices/${estimate_id}`)).toEqual([404, 1002]);
	});
});

describe('amounts of an invoice', () => {
	test('discounts, taxes, shipping and adjustment as they are shown', async () => {
		const { customer, invoice, tax } = startMoney();
		const vat = await tax('VAT', 19);
		const made = await invoice(await customer(), [{ name: 'A', rate: 100, tax_id: vat }], {
			discount: '10%',
			discount_type: 'entity_level',
			shipping_charge: '5.95',
			shipping_charge_tax_id: vat,
			adjustment: -0.18,
			adjustment_description: 'Rounded',
		});
		expect(made).toMatchObject({
			sub_total: 100,
			discount: '10.00%',
			discount_percent: 10,
			discount_total: 10,
			discount_applied_on_amount: 100,
			discount_type: 'entity_level',
			is_discount_before_tax: true,
			shipping_charge: 5.95,
			shipping_charge_exclusive_of_tax: 5.95,
			shipping_charge_inclusive_of_tax: 7.08,
			shipping_charge_tax: 1.13,
			shipping_charge_tax_percentage: 19,
			shipping_charge_tax_name: 'VAT',
			tax_total: 18.23,
			taxes: [{ tax_name: 'VAT (19%)', tax_amount: 18.23, tax_id: vat }],
			adjustment: -0.18,
			adjustment_description: 'Rounded',
			total: 114,
			balance: 114,
			line_items: [expect.objectContaining({ item_total: 100, discount: 0, discount_amount: 0 })],
		});
	});

	test('of a line: "10%" is shown as "10.00%", an amount as a number', async () => {
		const { customer, invoice } = startMoney();
		const made = await invoice(await customer(), [
			{ name: 'A', rate: 50, quantity: 2, discount: '10%' },
			{ name: 'B', rate: 50, discount: 10 },
		]);
		expect(made['line_items']).toEqual([
			expect.objectContaining({ discount: '10.00%', discount_amount: 10, item_total: 90 }),
			expect.objectContaining({ discount: 10, discount_amount: 10, item_total: 40 }),
		]);
		expect(made).toMatchObject({ sub_total: 130, discount_total: 20, total: 130 });
	});

	test('with tax in the prices, as the organization or the document says: item_total and sub_total are net', async () => {
		const { customer, invoice, tax } = startMoney({ books: { inclusiveTax: true } });
		const tax_id = await tax('VAT', 19);
		const id = await customer();
		expect(await invoice(id, [{ name: 'A', rate: 119, tax_id }])).toMatchObject({
			sub_total: 100,
			sub_total_inclusive_of_tax: 119,
			tax_total: 19,
			total: 119,
			line_items: [expect.objectContaining({ rate: 119, item_total: 100 })],
		});
		const other = await invoice(id, [{ name: 'A', rate: 119, tax_id }], { is_inclusive_tax: false });
		expect(other).toMatchObject({ is_inclusive_tax: false, total: 141.61 });
	});

	test('the organization says where taxes are rounded', async () => {
		const lines = (tax_id: string) => [1, 2, 3].map((name) => ({ name, rate: 0.13, tax_id }));
		for (const [taxRounding, total] of [
			['entity_level', 0.46],
			['item_level', 0.45],
		] as const) {
			const { customer, invoice, tax } = startMoney({ books: { taxRounding } });
			const made = await invoice(await customer(), lines(await tax('VAT', 19)));
			expect(made).toMatchObject({ tax_rounding: taxRounding, total });
		}
	});

	test("in the customer's currency, with the amounts in the base currency beside them", async () => {
		const { org, customer, invoice, tax } = startMoney({
			books: { exchangeRates: { JPY: 0.0066, KWD: 3.25 } },
		});
		const currency = (code: string) => String(org.currencies.find((one) => one.code === code)?.id);
		const vat = await tax('VAT', 10);
		const yen = await customer({ contact_name: 'Yen', currency_id: currency('JPY') });
		expect(await invoice(yen, [{ name: 'A', rate: 333, quantity: 3, tax_id: vat }])).toMatchObject({
			currency_code: 'JPY',
			currency_symbol: '¥',
			price_precision: 0,
			exchange_rate: 0.0066,
			total: 1099,
			bcy_total: 7.25,
			bcy_sub_total: 6.59,
			bcy_tax_total: 0.66,
		});
		const dinar = await invoice(yen, [{ name: 'A', rate: 1.2345, quantity: 2, tax_id: vat }], {
			currency_id: currency('KWD'),
		});
		expect(dinar).toMatchObject({
			currency_code: 'KWD',
			price_precision: 3,
			sub_total: 2.469,
			tax_total: 0.247,
			total: 2.716,
			bcy_total: 8.83,
		});
	});
});

describe('status', () => {
	test('draft → sent → overdue when it is due no more, told at read time', async () => {
		const { simulator, org, call, customer, invoice, getInvoice, list } = startMoney({
			switches: { tokenLifetime: 1_000_000 },
		});
		const made = await invoice(await customer(), [work], { payment_terms: 3 });
		const id = String(made['invoice_id']);
		await call('POST', `/invoices/${id}/status/sent`);
		const sent = await getInvoice(id);
		expect(sent).toMatchObject({ status: 'sent', current_sub_status: 'sent', issued_date: org.today() });
		simulator.world.clock.advance(3 * day);
		expect((await getInvoice(id))['status']).toBe('sent');
		simulator.world.clock.advance(day);
		expect(await getInvoice(id)).toMatchObject({
			status: 'overdue',
			last_modified_time: sent['last_modified_time'],
		});
		expect(await list('/invoices', { status: 'overdue' })).toHaveLength(1);
		expect(await list('/invoices', { status: 'sent' })).toEqual([]);
		expect(await list('/invoices', { filter_by: 'Status.Unpaid' })).toHaveLength(1);
	});

	test('a draft is never overdue', async () => {
		const { customer, invoice } = startMoney();
		expect((await invoice(await customer(), [work], { date: '2020-01-01' }))['status']).toBe('draft');
	});

	test('void: shows its total as balance, as recorded, cannot be changed, and can become a draft again', async () => {
		const { call, customer, invoice, getInvoice, refusal } = startMoney();
		const id = String((await invoice(await customer(), [work]))['invoice_id']);
		await call('POST', `/invoices/${id}/status/void`);
		expect(await getInvoice(id)).toMatchObject({ status: 'void', total: 100, balance: 100 });
		expect((await refusal('PUT', `/invoices/${id}`, { notes: 'x' }))[0]).toBe(400);
		expect((await refusal('POST', `/invoices/${id}/status/sent`))[0]).toBe(400);
		await call('POST', `/invoices/${id}/status/draft`);
		expect((await getInvoice(id))['status']).toBe('draft');
		await call('POST', `/invoices/${id}/status/sent`);
		expect((await refusal('POST', `/invoices/${id}/status/draft`))[0]).toBe(400);
	});

	test('an invoice of nothing is paid once it is sent', async () => {
		const { call, customer, invoice, getInvoice } = startMoney();
		const id = String((await invoice(await customer(), [{ name: 'Gift', rate: 0 }]))['invoice_id']);
		await call('POST', `/invoices/${id}/status/sent`);
		expect((await getInvoice(id))['status']).toBe('paid');
	});

	test('e-mail marks a draft as sent, and needs somebody to go to; ?send=true does so at once', async () => {
		const { call, customer, invoice, made, getInvoice, refusal } = startMoney();
		const customer_id = await customer();
		const id = String((await invoice(customer_id, [work]))['invoice_id']);
		expect(await refusal('POST', `/invoices/${id}/email`, { subject: 'Hello' })).toEqual([400, 2]);
		const { body } = await call('POST', `/invoices/${id}/email`, { to_mail_ids: ['a@example.com'] });
		expect(body).toMatchObject({ code: 0, is_first_email: true });
		expect(await getInvoice(id)).toMatchObject({ status: 'sent', is_emailed: true });
		const sent = await made('/invoices', 'invoice', { customer_id, line_items: [work] }, { send: 'true' });
		expect(sent['status']).toBe('sent');
	});
});

describe('estimates', () => {
	test('are numbered by themselves and have no balance, nor rates in their rows', async () => {
		const { customer, invoice, estimate, list } = startMoney();
		const id = await customer();
		await invoice(id, [work]);
		const made = await estimate(id, [work], { reference_number: 'R', expiry_date: '2026-05-01' });
		expect(made).toMatchObject({
			estimate_number: 'QT-000001',
			status: 'draft',
			total: 100,
			expiry_date: '2026-05-01',
		});
		expect(made).not.toHaveProperty('balance');
		const [row] = await list('/estimates');
		expect(row).toMatchObject({ estimate_id: made['estimate_id'], total: 100, reference_number: 'R' });
		expect(row).not.toHaveProperty('exchange_rate');
	});

	test('a sent one is accepted or declined, on that day; a draft is not; void is nothing for estimates', async () => {
		const { org, call, customer, estimate, refusal, list } = startMoney();
		const { estimate_id } = await estimate(await customer(), [work]);
		const path = `/estimates/${estimate_id}/status`;
		expect((await refusal('POST', `${path}/accepted`))[0]).toBe(400);
		expect(await refusal('POST', `${path}/void`)).toEqual([404, 5]);
		for (const status of ['sent', 'accepted', 'declined']) {
			await call('POST', `${path}/${status}`);
			const [row] = await list('/estimates', {
				filter_by: `Status.${status[0]?.toUpperCase()}${status.slice(1)}`,
			});
			expect(row?.['status']).toBe(status);
		}
		expect((await list('/estimates'))[0]).toMatchObject({
			accepted_date: org.today(),
			declined_date: org.today(),
		});
	});

	test('expire on their day, when they were sent', async () => {
		const { call, customer, estimate, list } = startMoney();
		const { estimate_id } = await estimate(await customer(), [work], { expiry_date: '2020-01-01' });
		expect(await list('/estimates', { status: 'expired' })).toEqual([]);
		await call('POST', `/estimates/${estimate_id}/status/sent`);
		expect(await list('/estimates', { status: 'expired' })).toHaveLength(1);
	});

	test('become invoiced by an invoice that names them; an unknown one is passed over in silence', async () => {
		const { call, customer, estimate, invoice } = startMoney();
		const id = await customer();
		const { estimate_id } = await estimate(id, [work]);
		const made = await invoice(id, [work], { invoiced_estimate_id: estimate_id });
		expect(made['estimate_id']).toBe(estimate_id);
		expect((await call('GET', `/estimates/${estimate_id}`)).body['estimate']).toMatchObject({
			status: 'invoiced',
			invoiced_amount: 100,
			uninvoiced_amount: 0,
		});
		expect((await invoice(id, [work], { invoiced_estimate_id: '9' }))['estimate_id']).toBe('');
	});
});

describe('lists', () => {
	const setUp = async () => {
		const money = startMoney();
		const [aurora, borealis] = [await money.customer(), await money.customer({ contact_name: 'Borealis' })];
		const { item_id } = await money.item({ name: 'Lamp', rate: 20 });
		await money.invoice(aurora, [work], {
			reference_number: 'R-1',
			date: '2026-01-10',
			due_date: '2026-02-10',
		});
		await money.invoice(aurora, [{ item_id }], {
			reference_number: 'R-12',
			date: '2026-02-10',
			due_date: '2026-02-20',
		});
		await money.invoice(borealis, [{ name: 'Food', rate: 7.5, description: 'Bread' }], {
			date: '2026-03-10',
			due_date: '2026-03-10',
		});
		const found = async (query: Record<string, string>) =>
			(await money.list('/invoices', { sort_column: 'invoice_number', ...query })).map((row) =>
				Number(String(row['invoice_number']).slice(-1)),
			);
		return { ...money, aurora, borealis, item_id: String(item_id), found };
	};

	test('find by number, reference, customer, item, amounts and days', async () => {
		const { found, aurora, item_id } = await setUp();
		const cases: Array<[query: Record<string, string>, numbers: number[]]> = [
			[{}, [1, 2, 3]],
			[{ invoice_number: 'inv-000002' }, [2]],
			[{ invoice_number_contains: '03' }, [3]],
			[{ reference_number: 'R-1' }, [1]],
			[{ reference_number_startswith: 'R-1' }, [1, 2]],
			[{ customer_id: aurora }, [1, 2]],
			[{ customer_name: 'Borealis' }, [3]],
			[{ customer_name_contains: 'or' }, [1, 2, 3]],
			[{ item_id }, [2]],
			[{ item_name: 'food' }, [3]],
			[{ item_description_contains: 'bread' }, [3]],
			[{ total: '20' }, [2]],
			[{ total_greater_than: '7.5' }, [1, 2]],
			[{ balance_less_equals: '20' }, [2, 3]],
			[{ date: '2026-02-10' }, [2]],
			[{ date_start: '2026-02-10' }, [2, 3]],
			[{ date_after: '2026-02-10' }, [3]],
			[{ date_end: '2026-02-10' }, [1, 2]],
			[{ date_before: '2026-02-10' }, [1]],
			[{ due_date_before: '2026-02-20', due_date_start: '2026-02-10' }, [1]],
			[{ search_text: 'r-12' }, [2]],
			[{ search_text: 'borea' }, [3]],
			[{ status: 'draft' }, [1, 2, 3]],
			[{ status: 'paid' }, []],
			[{ filter_by: 'Status.Draft', customer_id: aurora }, [1, 2]],
			[{ zcrm_potential_id: '7' }, []],
		];
		for (const [query, numbers] of cases) expect([query, await found(query)]).toEqual([query, numbers]);
	});

	test('sort by the documented columns; by created_time, newest first, by default', async () => {
		const { found, list, refusal } = await setUp();
		expect(await found({ sort_column: 'total' })).toEqual([3, 2, 1]);
		expect(await found({ sort_column: 'due_date', sort_order: 'D' })).toEqual([3, 2, 1]);
		expect(await found({ sort_column: 'customer_name', sort_order: 'D' })).toEqual([3, 2, 1]);
		expect((await list('/invoices')).map((row) => row['invoice_number'])).toEqual([
			'INV-000003',
			'INV-000002',
			'INV-000001',
		]);
		for (const sort_column of ['last_modified_time', 'status'])
			expect(await refusal('GET', '/invoices', undefined, { sort_column })).toEqual([400, 2]);
	});

	test('page: has_more_page ends with the last one', async () => {
		const { call } = await setUp();
		const pages = [];
		for (const page of ['1', '2', '3']) {
			const { body } = await call('GET', '/invoices', undefined, { query: { per_page: '1', page } });
			pages.push([body['invoices'].length, body['page_context'].has_more_page]);
		}
		expect(pages).toEqual([
			[1, true],
			[1, true],
			[1, false],
		]);
	});

	test.each([true, false])(
		'last_modified_time is a filter; equal times are found: %s',
		async (modifiedFilterInclusive) => {
			const money = startMoney({ switches: { modifiedFilterInclusive } });
			const { simulator, customer, invoice, call, list } = money;
			const id = await customer();
			const first = await invoice(id, [work]);
			simulator.world.clock.advance(5_000);
			const second = await invoice(id, [work]);
			const since = { last_modified_time: String(second['last_modified_time']) };
			expect(await list('/invoices', since)).toHaveLength(modifiedFilterInclusive ? 1 : 0);
			simulator.world.clock.advance(5_000);
			await call('PUT', `/invoices/${first['invoice_id']}`, { notes: 'x' });
			expect((await list('/invoices', since)).map((row) => row['invoice_id'])).toContain(first['invoice_id']);
			const wrong = await call('GET', '/invoices', undefined, {
				query: { last_modified_time: '2026-01-01T00:00:00Z' },
			});
			expect(wrong.body['code']).toBe(2);
		},
	);

	test("a Deal's id is set by the native integration only, and found by it", async () => {
		const { simulator, call, customer, list } = startMoney();
		const id = await customer();
		const body = { customer_id: id, line_items: [work], zcrm_potential_id: '77' };
		const { body: answer, entry } = await call('POST', '/invoices', body);
		expect(answer['invoice'].zcrm_potential_id).toBe('');
		expect(entry.ignoredFields).toEqual(['zcrm_potential_id']);
		simulator.desk({
			system: 'books',
			location: 'us',
			collection: 'invoices',
			action: 'create',
			record: body,
		});
		expect(await list('/invoices', { zcrm_potential_id: '77' })).toHaveLength(1);
	});
});

test('custom fields of an invoice are in its rows, too', async () => {
	const { call, customer, invoice, list } = startMoney({
		books: { customFields: [{ entity: 'invoice', apiName: 'cf_deal', label: 'Deal' }] },
	});
	const { invoice_id } = await invoice(await customer(), [work]);
	await call('PUT', `/invoice/${invoice_id}/customfields`, [{ api_name: 'cf_deal', value: 'D-1' }]);
	expect((await list('/invoices'))[0]).toMatchObject({
		cf_deal: 'D-1',
		custom_field_hash: { cf_deal: 'D-1' },
	});
});
