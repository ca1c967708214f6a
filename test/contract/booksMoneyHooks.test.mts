/** Webhooks about money, what people do at their desk, and what the simulator tells of it. */

import type { DeskAction, Switches } from '../../sandbox/simulator/types.mts';
import type { RecordChange } from '../../sandbox/simulator/world.mts';
import { addHook, type Json, startReceiver } from './booksSupport.mts';
import { startMoney } from './booksMoneySupport.mts';

const work = { name: 'Work', rate: 100 };

/** Rules for these entities, all of them on one receiver; `told` gives what arrived, in the order of sending: entity, event and body. */
async function listen(entities: string[], switches: Partial<Switches> = {}) {
	const money = startMoney({ switches: { deliveryDelay: 0, ...switches } });
	const receiver = await startReceiver();
	for (const entity of entities)
		for (const event of ['add', 'edit', 'delete'])
			await addHook(money.call, `${receiver.url}/${entity}/${event}`, { entity, event });
	const told = async (): Promise<Array<[rule: string, body: Json]>> => {
		const { deliveries } = money.simulator.world;
		await deliveries.settled();
		// Each goes its own way: two that are sent one after the other may arrive the other way round.
		const sent = deliveries.log.map(({ url }) => new URL(url).pathname);
		const turn = ({ url }: { url: URL }) => sent.lastIndexOf(url.pathname);
		return receiver.received
			.splice(0)
			.sort((a, b) => turn(a) - turn(b))
			.map(({ url, body }) => [url.pathname.slice(1), JSON.parse(body) as Json]);
	};
	const rules = async () => (await told()).map(([rule]) => rule);
	const desk = (
		collection: string,
		action: DeskAction['action'],
		record: Json = {},
		id = '',
		silent = false,
	) =>
		money.simulator.desk({ system: 'books', location: 'us', collection, action, record, id, silent }) as Json;
	return { ...money, receiver, told, rules, desk };
}

describe('rules', () => {
	test('of items, invoices, estimates and payments fire with the whole record, on deletes with the id alone', async () => {
		const { call, told, receiver, customer, item, invoice, estimate, payment, getInvoice } = await listen([
			'item',
			'invoice',
			'estimate',
			'customerpayment',
		]);
		const id = await customer();
		const lamp = await item({ name: 'Lamp', rate: 1 });
		const bill = await invoice(id, [work]);
		const quote = await estimate(id, [work]);
		const paid = await payment(id, 5);
		expect(await told()).toEqual([
			['item/add', { item: lamp }],
			['invoice/add', { invoice: bill }],
			['estimate/add', { estimate: quote }],
			['customerpayment/add', { payment: paid }],
		]);
		await call('PUT', `/items/${lamp['item_id']}`, { rate: 2 });
		await call('POST', `/invoices/${bill['invoice_id']}/status/sent`);
		await call('POST', `/estimates/${quote['estimate_id']}/status/sent`);
		await call('PUT', `/customerpayments/${paid['payment_id']}`, { description: 'x' });
		expect(await told()).toEqual([
			['item/edit', { item: expect.objectContaining({ rate: 2 }) }],
			['invoice/edit', { invoice: await getInvoice(String(bill['invoice_id'])) }],
			['estimate/edit', { estimate: expect.objectContaining({ status: 'sent' }) }],
			['customerpayment/edit', { payment: expect.objectContaining({ description: 'x' }) }],
		]);
		await call('DELETE', `/items/${lamp['item_id']}`);
		await call('DELETE', `/invoices/${bill['invoice_id']}`);
		await call('DELETE', `/estimates/${quote['estimate_id']}`);
		await call('DELETE', `/customerpayments/${paid['payment_id']}`);
		expect(await told()).toEqual([
			['item/delete', { item: { item_id: lamp['item_id'] } }],
			['invoice/delete', { invoice: { invoice_id: bill['invoice_id'] } }],
			['estimate/delete', { estimate: { estimate_id: quote['estimate_id'] } }],
			['customerpayment/delete', { payment: { payment_id: paid['payment_id'] } }],
		]);
		await receiver.stop();
	});

	test('refused and read-only calls fire nothing', async () => {
		const { call, rules, receiver, customer, invoice } = await listen(['invoice', 'item']);
		const bill = await invoice(await customer(), [work]);
		await rules();
		await call('GET', `/invoices/${bill['invoice_id']}`);
		await call('PUT', `/invoices/${bill['invoice_id']}`, { line_items: [] });
		await call('POST', '/items', { name: 'No rate' });
		expect(await rules()).toEqual([]);
		await receiver.stop();
	});

	test.each([false, true])(
		'a payment fires the edit rule of its invoices: %s',
		async (paymentFiresInvoiceRule) => {
			const { call, rules, told, receiver, customer, invoice, payment } = await listen(
				['invoice', 'customerpayment'],
				{
					paymentFiresInvoiceRule,
				},
			);
			const id = await customer();
			const { invoice_id } = await invoice(id, [work]);
			await rules();
			const paid = await payment(id, 40, [{ invoice_id, amount_applied: 40 }]);
			const got = await told();
			expect(got.map(([rule]) => rule).sort()).toEqual(
				paymentFiresInvoiceRule ? ['customerpayment/add', 'invoice/edit'] : ['customerpayment/add'],
			);
			if (paymentFiresInvoiceRule)
				expect(got.find(([rule]) => rule === 'invoice/edit')?.[1]).toMatchObject({
					invoice: { invoice_id, balance: 60, status: 'partially_paid' },
				});
			await call('DELETE', `/customerpayments/${paid['payment_id']}`);
			expect((await rules()).sort()).toEqual(
				paymentFiresInvoiceRule ? ['customerpayment/delete', 'invoice/edit'] : ['customerpayment/delete'],
			);
			await receiver.stop();
		},
	);

	test('by the switch paymentRules Books takes none for payments', async () => {
		const { call } = startMoney({ switches: { paymentRules: false } });
		await expect(addHook(call, 'https://n8n.example.com/a', { entity: 'customerpayment' })).rejects.toThrow(
			'entity',
		);
		await addHook(call, 'https://n8n.example.com/b', { entity: 'invoice' });
	});

	test('below the Professional plan nothing fires', async () => {
		const { call, simulator, item } = startMoney({ books: { plan: 'standard' } });
		await expect(addHook(call, 'https://n8n.example.com/a', { entity: 'item' })).rejects.toThrow();
		await item({ name: 'Lamp', rate: 1 });
		expect(simulator.world.deliveries.log).toEqual([]);
	});
});

describe('at the desk', () => {
	test('people make, change and delete what the API does, and the rules fire', async () => {
		const { simulator, desk, rules, receiver, customer } = await listen([
			'item',
			'invoice',
			'estimate',
			'customerpayment',
		]);
		const id = await customer();
		const lamp = desk('items', 'create', { name: 'Lamp', rate: 5 });
		expect(lamp).toMatchObject({ name: 'Lamp', source: 'user' });
		expect(desk('items', 'inactive', {}, lamp['item_id'] as string)).toMatchObject({ status: 'inactive' });
		expect(desk('items', 'active', {}, lamp['item_id'] as string)).toMatchObject({ status: 'active' });
		const bill = desk('invoices', 'create', {
			customer_id: id,
			line_items: [{ item_id: lamp['item_id'], quantity: 4 }],
		});
		expect(bill).toMatchObject({ status: 'draft', total: 20 });
		const invoiceId = bill['invoice_id'] as string;
		expect(desk('invoices', 'sent', {}, invoiceId)).toMatchObject({ status: 'sent' });
		const paid = desk('customerpayments', 'create', {
			customer_id: id,
			amount: 30,
			invoices: [{ invoice_id: invoiceId, amount_applied: 20 }],
		});
		expect(paid).toMatchObject({ unused_amount: 10, payment_mode: 'cash' });
		const paymentId = paid['payment_id'] as string;
		expect(desk('customerpayments', 'refund', { amount: 4 }, paymentId)).toMatchObject({
			unused_amount: 6,
			payment_refunds: [{ amount: 4 }],
		});
		expect(desk('invoices', 'void', {}, invoiceId)).toMatchObject({ status: 'void', payment_made: 0 });
		expect(desk('invoices', 'draft', {}, invoiceId)).toMatchObject({ status: 'draft' });
		const quote = desk('estimates', 'create', { customer_id: id, line_items: [work] });
		const estimateId = quote['estimate_id'] as string;
		desk('estimates', 'sent', {}, estimateId);
		expect(desk('estimates', 'accepted', {}, estimateId)).toMatchObject({ status: 'accepted' });
		expect(desk('estimates', 'delete', {}, estimateId)).toEqual({ estimate_id: estimateId });
		expect(simulator.records('books', 'us', 'estimates')).toEqual([]);
		expect(simulator.records('books', 'us', 'customerpayments')).toEqual([
			expect.objectContaining({ unused_amount: 26 }),
		]);
		const fired = await rules();
		expect(
			Object.fromEntries(
				[...new Set(fired)].map((rule) => [rule, fired.filter((one) => one === rule).length]),
			),
		).toEqual({
			'item/add': 1,
			'item/edit': 2,
			'invoice/add': 1,
			'invoice/edit': 3,
			'customerpayment/add': 1,
			'customerpayment/edit': 1,
			'estimate/add': 1,
			'estimate/edit': 2,
			'estimate/delete': 1,
		});
		await receiver.stop();
	});

	test('taxes, groups, currencies and rates', async () => {
		const { simulator, desk, receiver } = await listen([]);
		const [gst, qst] = [
			desk('taxes', 'create', { tax_name: 'GST', tax_percentage: 5 }),
			desk('taxes', 'create', { tax_name: 'QST', tax_percentage: 9.975 }),
		];
		const taxes = [gst['tax_id'], qst['tax_id']].join(',');
		expect(desk('taxes', 'create', { tax_group_name: 'Both', taxes })).toMatchObject({
			tax_percentage: 14.975,
			tax_type: 'tax_group',
		});
		expect(simulator.records('books', 'us', 'taxes')).toHaveLength(3);
		const eur = simulator.records('books', 'us', 'currencies').find((one) => one['currency_code'] === 'EUR');
		desk('currencies', 'update', { rate: 1.5 }, String(eur?.['currency_id']));
		expect(simulator.world.tenantOf('books', 'us')?.books.currencyStore.rates).toEqual([
			expect.objectContaining({ rate: 1.5 }),
		]);
		await receiver.stop();
	});

	test('a change that arrives silently fires no rule', async () => {
		const { desk, rules, receiver, customer } = await listen(['item', 'invoice']);
		desk('items', 'create', { name: 'Lamp', rate: 5 }, '', true);
		desk('invoices', 'create', { customer_id: await customer(), line_items: [work] }, '', true);
		expect(await rules()).toEqual([]);
		await receiver.stop();
	});

	test('what Books would refuse is refused with its words, what nobody can do at all', async () => {
		const { desk, receiver, customer } = await listen([]);
		const id = await customer();
		desk('items', 'create', { name: 'Lamp', rate: 5 });
		expect(() => desk('items', 'create', { name: 'Lamp', rate: 5 })).toThrow('Item "Lamp" already exists.');
		expect(() => desk('invoices', 'create', { customer_id: '9', line_items: [work] })).toThrow(
			'Customer does not exist.',
		);
		expect(() => desk('invoices', 'delete', {}, '9')).toThrow('Invoice does not exist.');
		for (const [collection, action] of [
			['items', 'void'],
			['items', 'refund'],
			['invoices', 'refund'],
			['estimates', 'void'],
			['customerpayments', 'void'],
			['taxes', 'sent'],
			['contacts', 'void'],
		] as const)
			expect(() => desk(collection, action, {}, id)).toThrow(`cannot do "${action}" with ${collection}`);
		expect(() => desk('retainerinvoices', 'create')).toThrow('has no retainerinvoices');
		await receiver.stop();
	});
});

test('the live view hears of every change, also of invoices that a payment pays', async () => {
	const { simulator, customer, invoice, payment } = startMoney();
	const changes: string[] = [];
	simulator.world.events.on('record', ({ collection, action, by }: RecordChange) =>
		changes.push(`${collection} ${action} ${by}`),
	);
	const id = await customer();
	const { invoice_id } = await invoice(id, [work]);
	await payment(id, 10, [{ invoice_id, amount_applied: 10 }]);
	expect(changes).toEqual([
		'contacts create api',
		'invoices create api',
		'invoices update api',
		'customerpayments create api',
	]);
});

test('records() gives what the single record gives', async () => {
	const { simulator, customer, item, invoice, getInvoice } = startMoney();
	const lamp = await item({ name: 'Lamp', rate: 1 });
	const { invoice_id } = await invoice(await customer(), [work]);
	expect(simulator.records('books', 'us', 'items')).toEqual([lamp]);
	expect(simulator.records('books', 'us', 'invoices')).toEqual([await getInvoice(String(invoice_id))]);
	expect(() => simulator.records('books', 'us', 'retainerinvoices')).toThrow('has no retainerinvoices');
});
