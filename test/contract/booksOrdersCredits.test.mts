import type { Kind } from '../../sandbox/simulator/books/documentKinds.mts';
import { startOrders } from './booksOrdersSupport.mts';
import type { Json } from './booksSupport.mts';

type Orders = ReturnType<typeof startOrders>;

/** Both kinds of credits, with what they pay. */
const sides = [
	{
		credit: 'creditnote',
		target: 'invoice',
		list: 'invoices',
		creditId: 'creditnote_id',
		targetId: 'invoice_id',
		shareId: 'creditnote_invoice_id',
		credited: 'invoices_credited',
		applied: 'apply_creditnotes',
		payments: 'invoice_payments',
		account: 'from_account_id',
		refund: 'creditnote_refund',
	},
	{
		credit: 'vendorcredit',
		target: 'bill',
		list: 'bills',
		creditId: 'vendor_credit_id',
		targetId: 'bill_id',
		shareId: 'vendor_credit_bill_id',
		credited: 'bills_credited',
		applied: 'apply_vendor_credits',
		payments: 'bill_payments',
		account: 'account_id',
		refund: 'vendor_credit_refund',
	},
] as const satisfies ReadonlyArray<{ credit: Kind; target: Kind } & Record<string, string>>;
type Side = (typeof sides)[number];

/** A credit of 100 and a document of 100 of the same contact. */
async function pair(side: Side, books: Orders = startOrders()) {
	const contact = side.credit === 'creditnote' ? await books.customer() : await books.vendor();
	const credit = await books.made(side.credit, contact);
	const target = await books.made(side.target, contact);
	const share = (amount: number, of: Json = target): Json => ({
		[side.targetId]: of[side.targetId],
		amount_applied: amount,
	});
	return {
		...books,
		contact,
		credit,
		target,
		share,
		path: books.pathOf(side.credit, credit),
		targetPath: books.pathOf(side.target, target),
		apply: (...shares: Json[]) => books.post(side.credit, credit, `/${side.list}`, { [side.list]: shares }),
		creditNow: () => books.get(side.credit, credit),
		targetNow: () => books.get(side.target, target),
	};
}

describe.each(sides)('$credit and $target', (side) => {
	test('what is applied reduces both balances, and taken back restores them', async () => {
		const { call, path, apply, share, creditNow, targetNow, target } = await pair(side);
		expect((await creditNow())['status']).toBe('open');
		await apply(share(40));
		expect(await creditNow()).toMatchObject({ balance: 60, total_credits_used: 40, status: 'open' });
		expect(await targetNow()).toMatchObject({ balance: 60, status: 'partially_paid' });
		const rows = (await call('GET', `${path}/${side.list}`)).body[side.credited] as Json[];
		expect(rows).toMatchObject([{ [side.targetId]: target[side.targetId] }]);
		const gone = await call('DELETE', `${path}/${side.list}/${rows[0]?.[side.shareId]}`);
		expect(gone.status).toBe(200);
		expect((await creditNow())['balance']).toBe(100);
		expect((await targetNow())['balance']).toBe(100);
		expect((await call('GET', `${path}/${side.list}`)).body[side.credited]).toEqual([]);
	});

	test('a credit that is used up is closed, what it pays is paid', async () => {
		const { apply, share, creditNow, targetNow, list } = await pair(side);
		await apply(share(100));
		expect(await creditNow()).toMatchObject({ status: 'closed', balance: 0 });
		expect(await targetNow()).toMatchObject({ status: 'paid', balance: 0 });
		expect(await list(`/${side.credit}s`, { filter_by: 'Status.Closed' })).toHaveLength(1);
		expect(await list(`/${side.credit}s`, { filter_by: 'Status.Open' })).toEqual([]);
	});

	test('not more than what is left of the credit, nor than what is due', async () => {
		const { refusal, path, made, contact, share, apply, targetNow } = await pair(side);
		const small = await made(side.target, contact, [{ name: 'Pen', rate: 5 }]);
		const tried = (...shares: Json[]) => refusal('POST', `${path}/${side.list}`, { [side.list]: shares });
		expect(await tried(share(5.01, small))).toEqual([400, 12006]);
		expect(await tried(share(99), share(2, small))).toEqual([400, 12005]);
		expect(await tried(share(0))).toEqual([400, 2]);
		expect(await tried(share(60), share(60))).toEqual([400, 12005]);
		await apply(share(3, small));
		expect(await tried(share(3, small))).toEqual([400, 12006]);
		expect(await tried(share(97.01))).toEqual([400, 12005]);
		expect((await targetNow())['balance']).toBe(100);
	});

	test('only what is of the same contact, in the same currency, and not void', async () => {
		const { refusal, path, made, post, share, targetPath, org, contact, call, customer } = await pair(
			side,
			startOrders({ books: { exchangeRates: { EUR: 1.1 } } }),
		);
		const type = side.credit === 'creditnote' ? 'customer' : 'vendor';
		const foreign = await made(side.target, await customer({ contact_name: 'Else', contact_type: type }));
		const EUR = org.currencies.find(({ code }) => code === 'EUR')?.id;
		const euros = await made(side.target, contact, undefined, { currency_id: EUR });
		const tried = (one: Json) => refusal('POST', `${path}/${side.list}`, { [side.list]: [one] });
		expect(await tried(share(1, foreign))).toEqual([400, 12003]);
		expect(await tried(share(1, euros))).toEqual([400, 12004]);
		expect(await tried({ [side.targetId]: '1', amount_applied: 1 })).toEqual([404, 1002]);
		await call('POST', `${targetPath}/status/void`);
		expect(await tried(share(1))).toEqual([400, 12002]);
		await call('POST', `${path}/status/void`);
		expect(await tried(share(1, await made(side.target, contact)))).toEqual([400, 12001]);
		await post(side.target, euros, '/comments', { description: 'still there' });
	});

	test('what is used can be neither deleted, void, nor less than that', async () => {
		const { refusal, path, targetPath, apply, share } = await pair(side);
		await apply(share(40));
		for (const one of [path, targetPath]) expect(await refusal('DELETE', one)).toEqual([400, 4026]);
		expect(await refusal('POST', `${path}/status/void`)).toEqual([400, 4039]);
		for (const one of [path, targetPath])
			expect(await refusal('PUT', one, { line_items: [{ name: 'x', rate: 39 }] })).toEqual([400, 4035]);
	});

	test('the document can ask for credits itself, from several at once', async () => {
		const { made, contact, credit, target, post, creditNow, targetNow } = await pair(side);
		const second = await made(side.credit, contact);
		const from = (of: Json, amount_applied: number) => ({
			[side.creditId]: of[side.creditId],
			amount_applied,
		});
		await post(side.target, target, '/credits', { [side.applied]: [from(credit, 30), from(second, 20)] });
		expect((await creditNow())['balance']).toBe(70);
		expect((await targetNow())['balance']).toBe(50);
	});

	test('a refund cannot exceed what is left, also not when it is changed', async () => {
		const { org, call, refusal, post, credit, path, apply, share, creditNow } = await pair(side);
		await apply(share(40));
		const money = { date: '2026-03-02', [side.account]: org.accountIds.undeposited };
		const refunds = `${path}/refunds`;
		expect(await refusal('POST', refunds, { ...money, amount: 60.01 })).toEqual([400, 12007]);
		expect(await refusal('POST', refunds, { date: '2026-03-02', amount: 1 })).toEqual([400, 2]);
		const made = (await post(side.credit, credit, '/refunds', { ...money, amount: 25 }))[side.refund] as Json;
		const one = `${refunds}/${made[`${side.refund}_id`]}`;
		expect(await creditNow()).toMatchObject({ balance: 35, total_refunded_amount: 25 });
		expect(await refusal('PUT', one, { amount: 60.01 })).toEqual([400, 12007]);
		const changed = await call('PUT', one, { amount: 60, description: 'all of it' });
		expect(changed.body[side.refund]).toMatchObject({
			amount: 60,
			date: '2026-03-02',
			description: 'all of it',
		});
		expect(await creditNow()).toMatchObject({ balance: 0, status: 'closed' });
		expect((await call('GET', refunds)).body[`${side.refund}s`]).toMatchObject([{ amount_fcy: 60 }]);
		expect(await refusal('DELETE', path)).toEqual([400, 4026]);
		await call('DELETE', one);
		expect(await creditNow()).toMatchObject({ balance: 60, status: 'open', total_refunded_amount: 0 });
		expect(await refusal('GET', one)).toEqual([404, 1002]);
	});

	test('neither a share nor a refund is found below another credit', async () => {
		const { org, call, refusal, made, contact, credit, post, path, apply, share, pathOf } = await pair(side);
		await apply(share(10));
		const other = pathOf(side.credit, await made(side.credit, contact));
		const [row] = (await call('GET', `${path}/${side.list}`)).body[side.credited] as Json[];
		const money = { date: '2026-03-02', amount: 1, [side.account]: org.accountIds.undeposited };
		const back = (await post(side.credit, credit, '/refunds', money))[side.refund] as Json;
		expect(await refusal('DELETE', `${other}/${side.list}/${row?.[side.shareId]}`)).toEqual([404, 1002]);
		expect(await refusal('GET', `${other}/refunds/${back[`${side.refund}_id`]}`)).toEqual([404, 1002]);
	});
});

describe('credits and payments of one invoice', () => {
	const [side] = sides;

	test('are applied together, or not at all', async () => {
		const { contact, credit, target, payment, post, refusal, targetPath, creditNow, targetNow, getPayment } =
			await pair(side);
		const advance = await payment(contact, 50);
		const body = (note: number, paid: number) => ({
			apply_creditnotes: [{ creditnote_id: credit['creditnote_id'], amount_applied: note }],
			invoice_payments: [{ payment_id: advance['payment_id'], amount_applied: paid }],
		});
		expect(await refusal('POST', `${targetPath}/credits`, body(60, 41))).toEqual([400, 12006]);
		expect(await refusal('POST', `${targetPath}/credits`, body(10, 50.5))).toEqual([400, 12005]);
		expect((await creditNow())['balance']).toBe(100);
		await post('invoice', target, '/credits', body(60, 15));
		await post('invoice', target, '/credits', { invoice_payments: body(0, 10).invoice_payments });
		expect(await targetNow()).toMatchObject({ balance: 15, credits_applied: 60, payment_made: 25 });
		expect((await getPayment(String(advance['payment_id'])))['unused_amount']).toBe(25);
	});

	test('the credits of an invoice are listed, and taken back one by one', async () => {
		const { call, credit, apply, share, targetPath, creditNow, refusal } = await pair(side);
		await apply(share(10));
		await apply(share(20));
		const path = `${targetPath}/creditsapplied`;
		const rows = (await call('GET', path)).body['credits'] as Json[];
		expect(rows).toMatchObject([
			{ creditnote_id: credit['creditnote_id'], creditnotes_number: 'CN-00001', amount_applied: 10 },
			{ amount_applied: 20 },
		]);
		expect(await refusal('DELETE', `${path}/1`)).toEqual([404, 1002]);
		await call('DELETE', `${path}/${rows[0]?.['creditnotes_invoice_id']}`);
		expect((await creditNow())['balance']).toBe(80);
	});

	test('a void invoice lets go of them', async () => {
		const { post, target, apply, share, creditNow } = await pair(side);
		await apply(share(30));
		await post('invoice', target, '/status/void');
		expect((await creditNow())['balance']).toBe(100);
	});

	test('a payment pays no more than what credits leave due', async () => {
		const { contact, target, apply, share, refusal } = await pair(side);
		await apply(share(70));
		const invoices = [{ invoice_id: target['invoice_id'], amount_applied: 31 }];
		const body = { customer_id: contact, payment_mode: 'cash', date: '2026-03-01', amount: 31, invoices };
		expect(await refusal('POST', '/customerpayments', body)).toEqual([400, 24016]);
	});
});

test('a bill takes payments that are not used up', async () => {
	const { made, pay, post, get, refusal, vendor, pathOf } = startOrders();
	const seller = await vendor();
	const bill = await made('bill', seller);
	const { payment_id } = await pay(seller, 20);
	const from = (amount_applied: number) => ({ bill_payments: [{ payment_id, amount_applied }] });
	expect(await refusal('POST', `${pathOf('bill', bill)}/credits`, from(21))).toEqual([400, 12005]);
	await post('bill', bill, '/credits', from(12));
	expect(await get('bill', bill)).toMatchObject({ balance: 88, payment_made: 12, status: 'partially_paid' });
});

test('a credit note can be a draft, which pays nothing', async () => {
	const { made, customer, refusal, pathOf } = startOrders();
	const buyer = await customer();
	const invoice = await made('invoice', buyer);
	const note = await made('creditnote', buyer, undefined, { is_draft: true });
	expect(note['status']).toBe('draft');
	const body = { invoices: [{ invoice_id: invoice['invoice_id'], amount_applied: 1 }] };
	expect(await refusal('POST', `${pathOf('creditnote', note)}/invoices`, body)).toEqual([400, 12001]);
});
