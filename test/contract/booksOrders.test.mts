import { startOrders } from './booksOrdersSupport.mts';
import type { Json } from './booksSupport.mts';

const day = 86_400_000;
const today = () => new Date().toISOString().slice(0, 10);
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);

describe('numbers', () => {
	test('each kind counts for itself, in the form of its own', async () => {
		const { made, customer, vendor } = startOrders();
		const [buyer, seller] = [await customer(), await vendor()];
		await made('salesorder', buyer);
		expect([
			(await made('salesorder', buyer))['salesorder_number'],
			(await made('creditnote', buyer))['creditnote_number'],
			(await made('purchaseorder', seller))['purchaseorder_number'],
			(await made('vendorcredit', seller))['vendor_credit_number'],
			(await made('invoice', buyer))['invoice_number'],
		]).toEqual(['SO-00002', 'CN-00001', 'PO-00001', 'DN-00001', 'INV-000001']);
	});

	test('an own number needs the parameter, and is not given twice', async () => {
		const { refusal, customer, call } = startOrders();
		const body = {
			customer_id: await customer(),
			line_items: [{ name: 'Desk', rate: 1 }],
			salesorder_number: 'MINE-1',
		};
		const own = { ignore_auto_number_generation: 'true' };
		expect(await refusal('POST', '/salesorders', body)).toEqual([400, 4097]);
		expect((await call('POST', '/salesorders', body, { query: own })).status).toBe(201);
		expect(await refusal('POST', '/salesorders', body, own)).toEqual([400, 4096]);
	});

	test('credit notes take the parameter in their body, too', async () => {
		const { made, customer } = startOrders();
		const more = { creditnote_number: 'MINE-1', ignore_auto_number_generation: true };
		expect((await made('creditnote', await customer(), undefined, more))['creditnote_number']).toBe('MINE-1');
	});

	test("a bill has its vendor's number, which two vendors can give", async () => {
		const { made, refusal, vendor } = startOrders();
		const [one, other] = [await vendor(), await vendor({ contact_name: 'Gamma' })];
		const line_items = [{ name: 'Paper', rate: 5 }];
		expect(await refusal('POST', '/bills', { vendor_id: one, line_items })).toEqual([400, 2]);
		for (const id of [one, other])
			expect((await made('bill', id, line_items, { bill_number: '7' }))['bill_number']).toBe('7');
	});
});

describe('whom a document is with', () => {
	test('purchases are with vendors, sales with customers', async () => {
		const { refusal, customer, vendor } = startOrders();
		const [buyer, seller] = [await customer(), await vendor()];
		const line_items = [{ name: 'Desk', rate: 1 }];
		const bill = { bill_number: '1', line_items };
		expect(await refusal('POST', '/bills', { ...bill, vendor_id: buyer })).toEqual([404, 1002]);
		expect(await refusal('POST', '/salesorders', { customer_id: seller, line_items })).toEqual([404, 1002]);
		expect(await refusal('POST', '/purchaseorders', { customer_id: buyer, line_items })).toEqual([400, 2]);
		expect(await refusal('GET', '/bills/1')).toEqual([404, 1002]);
	});

	test('a vendor with a bill cannot be deleted', async () => {
		const { made, refusal, vendor } = startOrders();
		const seller = await vendor();
		await made('bill', seller);
		expect(await refusal('DELETE', `/contacts/${seller}`)).toEqual([400, 3063]);
	});

	test('a purchase takes what the item costs, a sale what it is sold for', async () => {
		const { made, item, customer, vendor } = startOrders();
		const { item_id } = await item({
			name: 'Lamp',
			rate: 30,
			purchase_rate: 20,
			description: 'to sell',
			purchase_description: 'to buy',
		});
		const line = async (kind: 'salesorder' | 'bill', id: string) =>
			((await made(kind, id, [{ item_id }]))['line_items'] as Json[])[0];
		expect(await line('salesorder', await customer())).toMatchObject({ rate: 30, description: 'to sell' });
		expect(await line('bill', await vendor())).toMatchObject({ rate: 20, description: 'to buy' });
	});
});

describe('bills', () => {
	test('are open at once, paid in part, and paid', async () => {
		const { made, get, payBill, vendor } = startOrders();
		const bill = await made('bill', await vendor());
		expect([bill['status'], bill['balance']]).toEqual(['open', 100]);
		await payBill(bill, 30.5);
		expect(await get('bill', bill)).toMatchObject({
			status: 'partially_paid',
			balance: 69.5,
			payment_made: 30.5,
			payments: [{ amount: 30.5, bill_id: bill['bill_id'] }],
		});
		await payBill(bill, 69.5);
		expect(await get('bill', bill)).toMatchObject({ status: 'paid', balance: 0 });
	});

	test('a payment that is taken off makes it owed again', async () => {
		const { call, made, get, pathOf, payBill, refusal, vendor } = startOrders();
		const bill = await made('bill', await vendor());
		await payBill(bill, 100);
		const path = `${pathOf('bill', bill)}/payments`;
		const [payment] = (await call('GET', path)).body['payments'] as Json[];
		expect(payment).toMatchObject({ amount: 100, vendor_name: 'Beta Supplies' });
		expect(await refusal('DELETE', `${path}/77`)).toEqual([404, 1002]);
		await call('DELETE', `${path}/${payment?.['bill_payment_id']}`);
		expect(await get('bill', bill)).toMatchObject({ status: 'open', balance: 100, payments: [] });
	});

	test('that are paid in part can be neither deleted, void, cheaper than that, nor of another vendor', async () => {
		const { made, pathOf, payBill, refusal, vendor, call } = startOrders();
		const [seller, other] = [await vendor(), await vendor({ contact_name: 'Gamma' })];
		const bill = await made('bill', seller);
		const path = pathOf('bill', bill);
		await payBill(bill, 60);
		expect(await refusal('DELETE', path)).toEqual([400, 4026]);
		expect(await refusal('POST', `${path}/status/void`)).toEqual([400, 4039]);
		expect(await refusal('PUT', path, { line_items: [{ name: 'x', rate: 59 }] })).toEqual([400, 4035]);
		expect(await refusal('PUT', path, { vendor_id: other })).toEqual([400, 4036]);
		expect((await call('PUT', path, { line_items: [{ name: 'x', rate: 60 }] })).body['bill'].status).toBe(
			'paid',
		);
	});

	test('are due after the terms of their vendor, and overdue then', async () => {
		const { made, vendor, call, pathOf } = startOrders({ books: { timeZone: 'Etc/UTC' } });
		const seller = await vendor({ payment_terms: 30 });
		const bill = await made('bill', seller, undefined, { date: today() });
		expect([bill['due_date'], bill['status']]).toEqual([inDays(30), 'open']);
		const late = await call('PUT', pathOf('bill', bill), { due_date: inDays(-2) });
		expect(late.body['bill'].status).toBe('overdue');
		const [row] = (await call('GET', '/bills')).body['bills'] as Json[];
		expect(row).toMatchObject({ status: 'overdue', due_days: 'Overdue by 2 days' });
	});

	test('that are void can be opened, and cannot be edited', async () => {
		const { made, post, get, vendor, pathOf, refusal } = startOrders();
		const bill = await made('bill', await vendor());
		await post('bill', bill, '/status/void');
		expect((await get('bill', bill))['status']).toBe('void');
		expect(await refusal('PUT', pathOf('bill', bill), { notes: 'x' })).toEqual([400, 4020]);
		await post('bill', bill, '/status/open');
		expect((await get('bill', bill))['status']).toBe('open');
	});
});

describe('purchase orders', () => {
	test('are billed as long as a bill names them', async () => {
		const { made, get, post, call, vendor, pathOf, refusal } = startOrders();
		const seller = await vendor();
		const order = await made('purchaseorder', seller);
		const status = async () => (await get('purchaseorder', order))['status'];
		await post('purchaseorder', order, '/status/open');
		const bill = await made('bill', seller, undefined, { purchaseorder_ids: [order['purchaseorder_id']] });
		expect(bill['purchaseorders']).toMatchObject([
			{ purchaseorder_number: 'PO-00001', purchaseorder_status: 'billed' },
		]);
		expect(await get('purchaseorder', order)).toMatchObject({
			status: 'billed',
			bills: [{ bill_id: bill['bill_id'] }],
		});
		expect(await refusal('DELETE', pathOf('purchaseorder', order))).toEqual([400, 4027]);
		await post('bill', bill, '/status/void');
		expect(await status()).toBe('open');
		await post('bill', bill, '/status/open');
		expect(await status()).toBe('billed');
		await call('DELETE', pathOf('bill', bill));
		expect(await status()).toBe('open');
	});

	test('a void bill outlives its order, and can be deleted then', async () => {
		const { made, post, call, vendor, pathOf } = startOrders();
		const seller = await vendor();
		const order = await made('purchaseorder', seller);
		const bill = await made('bill', seller, undefined, { purchaseorder_ids: [order['purchaseorder_id']] });
		await post('bill', bill, '/status/void');
		for (const path of [pathOf('purchaseorder', order), pathOf('bill', bill)])
			expect((await call('DELETE', path)).status).toBe(200);
	});

	test('a bill of an order that there is not is refused, also when it is changed', async () => {
		const { made, refusal, vendor, pathOf } = startOrders();
		const bill = await made('bill', await vendor({ contact_name: 'Gamma' }));
		expect(await refusal('PUT', pathOf('bill', bill), { purchaseorder_ids: ['5'] })).toEqual([404, 1002]);
		const body = { vendor_id: await vendor(), bill_number: '1', line_items: [{ name: 'x', rate: 1 }] };
		expect(await refusal('POST', '/bills', { ...body, purchaseorder_ids: ['5'] })).toEqual([404, 1002]);
	});

	test('a bill can name the line of an order instead', async () => {
		const { made, get, vendor } = startOrders();
		const seller = await vendor();
		const order = await made('purchaseorder', seller);
		const [{ line_item_id }] = order['line_items'] as [Json];
		await made('bill', seller, [{ name: 'Desk', rate: 100, purchaseorder_item_id: line_item_id }]);
		expect((await get('purchaseorder', order))['status']).toBe('billed');
	});

	test('can be opened, marked as billed and cancelled', async () => {
		const { made, get, post, vendor, refusal, pathOf } = startOrders();
		const order = await made('purchaseorder', await vendor());
		expect(order['status']).toBe('draft');
		for (const state of ['open', 'billed', 'open', 'cancelled']) {
			await post('purchaseorder', order, `/status/${state}`);
			expect((await get('purchaseorder', order))['status']).toBe(state);
		}
		expect(await refusal('POST', `${pathOf('purchaseorder', order)}/status/billed`)).toEqual([400, 4037]);
		expect(await refusal('PUT', pathOf('purchaseorder', order), { notes: 'x' })).toEqual([400, 4020]);
	});
});

describe('sales orders', () => {
	test('are invoiced by the quantities of the invoices that have their lines', async () => {
		const { made, get, post, customer } = startOrders();
		const buyer = await customer();
		const order = await made('salesorder', buyer, [{ name: 'Desk', rate: 10, quantity: 3 }]);
		await post('salesorder', order, '/status/open');
		const [{ line_item_id }] = order['line_items'] as [Json];
		const invoice = (quantity: number) =>
			made('invoice', buyer, [{ name: 'Desk', rate: 10, quantity, salesorder_item_id: line_item_id }]);
		await invoice(1);
		expect((await get('salesorder', order))['status']).toBe('partially_invoiced');
		const second = await invoice(2);
		expect((await get('salesorder', order))['status']).toBe('invoiced');
		await post('invoice', second, '/status/void');
		expect((await get('salesorder', order))['status']).toBe('partially_invoiced');
	});

	test('are overdue when they should have been shipped', async () => {
		const { made, post, get, customer, list } = startOrders();
		const order = await made('salesorder', await customer(), undefined, { shipment_date: '2026-01-02' });
		expect(order['status']).toBe('draft');
		await post('salesorder', order, '/status/open');
		expect((await get('salesorder', order))['status']).toBe('overdue');
		expect(await list('/salesorders', { filter_by: 'Status.OverDue' })).toHaveLength(1);
		expect(await list('/salesorders', { status: 'open' })).toEqual([]);
	});

	test('that are void can be opened again', async () => {
		const { made, post, get, customer } = startOrders();
		const order = await made('salesorder', await customer());
		for (const state of ['void', 'open']) {
			await post('salesorder', order, `/status/${state}`);
			expect((await get('salesorder', order))['status']).toBe(state);
		}
	});

	test('are the only documents that the API links with a Deal', async () => {
		const { made, customer, list } = startOrders();
		const buyer = await customer();
		const deal = { zcrm_potential_id: '123', zcrm_potential_name: 'Big' };
		expect(await made('salesorder', buyer, undefined, deal)).toMatchObject(deal);
		expect((await made('invoice', buyer, undefined, deal))['zcrm_potential_id']).toBe('');
		expect(await list('/salesorders', { zcrm_potential_id: '123' })).toHaveLength(1);
	});
});
