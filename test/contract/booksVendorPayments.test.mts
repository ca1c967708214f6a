/** Payments to vendors of the simulated Books, and what they make of bills; also against Zoho's OpenAPI file and recorded answers. */

import { customerPaymentRoutes, vendorPaymentRoutes } from '../../sandbox/simulator/books/paymentRoutes.mts';
import { describeWhere } from '../support/where.mts';
import { routesAgainst } from './booksOpenapiRoutes.mts';
import { filesArePresent, type KnownError, OpenapiChecker } from './booksOpenapiChecker.mts';
import { startOrders } from './booksOrdersSupport.mts';
import { differences, present, recordingsOf } from './booksRecorded.mts';
import type { Json } from './booksSupport.mts';

const customFields = [{ entity: 'vendorpayment' as const, apiName: 'cf_key', label: 'Key', unique: true }];

/** A vendor with open bills of these amounts. */
async function setUp(amounts: number[], options: Parameters<typeof startOrders>[0] = {}) {
	const books = startOrders({ ...options, books: { customFields, ...options.books } });
	const seller = await books.vendor();
	const bills: Json[] = [];
	for (const rate of amounts) bills.push(await books.made('bill', seller, [{ name: 'Work', rate }]));
	const spent = (...parts: number[]) =>
		parts.map((amount_applied, index) => ({ bill_id: bills[index]?.['bill_id'], amount_applied }));
	const getPayment = async (payment: Json): Promise<Json> =>
		(await books.call('GET', `/vendorpayments/${payment['payment_id']}`)).body['vendorpayment'] as Json;
	/** Status, paid and due of each bill. */
	const standing = async () => {
		const now = [];
		for (const bill of bills) now.push(await books.get('bill', bill));
		return now.map((one) => [one['status'], one['payment_made'], one['balance']]);
	};
	return { ...books, seller, bills, spent, getPayment, standing };
}

describe('a payment', () => {
	test('over several bills: paid, partially paid, and what is left over stays with the vendor', async () => {
		const { pay, seller, bills, spent, standing, list } = await setUp([119, 59.5, 30]);
		const made = await pay(seller, 200, spent(119, 59.5, 10), { reference_number: 'R-1' });
		expect(made).toMatchObject({
			payment_number: '1',
			vendor_name: 'Beta Supplies',
			payment_mode: 'Cash',
			amount: 200,
			balance: 11.5,
			offset_account_name: 'Accounts Payable',
			bills: [
				{ bill_id: bills[0]?.['bill_id'], amount_applied: 119, total: 119, balance: 0 },
				{ amount_applied: 59.5, balance: 0 },
				{ amount_applied: 10, balance: 20 },
			],
		});
		expect(await standing()).toEqual([
			['paid', 119, 0],
			['paid', 59.5, 0],
			['partially_paid', 10, 20],
		]);
		expect(await list('/vendorpayments')).toMatchObject([
			{
				bill_numbers: bills.map((bill) => bill['bill_number']).join(', '),
				balance: 11.5,
				reference_number: 'R-1',
			},
		]);
	});

	test('in advance pays nothing, until a change applies it; the list that is sent is the whole list', async () => {
		const { call, pay, seller, spent, standing, getPayment } = await setUp([100, 50]);
		const made = await pay(seller, 150);
		expect(made).toMatchObject({ balance: 150, bills: [], offset_account_name: 'Prepaid Expenses' });
		const path = `/vendorpayments/${made['payment_id']}`;
		await call('PUT', path, { bills: spent(100, 20) });
		expect(await standing()).toEqual([
			['paid', 100, 0],
			['partially_paid', 20, 30],
		]);
		const [first, second] = (await getPayment(made))['bills'] as Json[];
		const again = { ...spent(0, 50)[1], bill_payment_id: second?.['bill_payment_id'] };
		await call('PUT', path, { bills: [again], description: 'Late' });
		expect(await getPayment(made)).toMatchObject({
			balance: 100,
			description: 'Late',
			bills: [{ bill_payment_id: second?.['bill_payment_id'], amount_applied: 50 }],
		});
		expect(await standing()).toEqual([
			['open', 0, 100],
			['paid', 50, 0],
		]);
		const wrong = { ...again, bill_payment_id: first?.['bill_payment_id'] };
		expect((await call('PUT', path, { bills: [wrong] })).body['code']).toBe(2);
	});

	test('of which something is left pays a bill later; taken off the bill it is free again', async () => {
		const { call, pay, post, seller, bills, getPayment, standing } = await setUp([100]);
		const made = await pay(seller, 60);
		const [bill = {}] = bills;
		const from = { bill_payments: [{ payment_id: made['payment_id'], amount_applied: 45 }] };
		await post('bill', bill, '/credits', from);
		expect(await getPayment(made)).toMatchObject({
			balance: 15,
			bills: [{ amount_applied: 45, balance: 55 }],
		});
		expect(await standing()).toEqual([['partially_paid', 45, 55]]);
		const path = `/bills/${bill['bill_id']}/payments`;
		const [row] = (await call('GET', path)).body['payments'] as Json[];
		expect(row).toMatchObject({
			payment_id: made['payment_id'],
			amount: 45,
			paid_through: 'Undeposited Funds',
		});
		await call('DELETE', `${path}/${row?.['bill_payment_id']}`);
		expect(await getPayment(made)).toMatchObject({ balance: 60, bills: [] });
		expect(await standing()).toEqual([['open', 0, 100]]);
	});

	test('that is deleted makes its bills owed again; several are deleted at once', async () => {
		const { call, pay, seller, spent, standing, list, refusal } = await setUp([100]);
		const ids = [
			await pay(seller, 40, spent(40)),
			await pay(seller, 60, spent(60)),
			await pay(seller, 5),
		].map((one) => String(one['payment_id']));
		expect(await standing()).toEqual([['paid', 100, 0]]);
		await call('DELETE', `/vendorpayments/${ids[0]}`);
		expect(await standing()).toEqual([['partially_paid', 60, 40]]);
		const both = ids.slice(1).join(',');
		expect(await refusal('DELETE', '/vendorpayments', undefined, { vendorpayment_id: both })).toEqual([
			400, 2,
		]);
		await call('DELETE', '/vendorpayments', undefined, {
			query: { vendorpayment_id: both, bulk_delete: 'true' },
		});
		expect(await list('/vendorpayments')).toEqual([]);
		expect(await standing()).toEqual([['open', 0, 100]]);
	});

	test("is refused without vendor and amount, over what is due, for what is not the vendor's or not open", async () => {
		const { customer, vendor, made, post, seller, bills, spent, refusal, org } = await setUp([100]);
		const other = await vendor({ contact_name: 'Gamma' });
		const pay = (more: Json) =>
			refusal('POST', '/vendorpayments', { vendor_id: seller, amount: 200, date: '2026-03-01', ...more });
		expect(await pay({ vendor_id: undefined })).toEqual([400, 2]);
		expect(await pay({ vendor_id: await customer() })).toEqual([404, 1002]);
		expect(await pay({ amount: undefined })).toEqual([400, 2]);
		expect(await pay({ amount: 0 })).toEqual([400, 2]);
		expect(await pay({ bills: spent(101) })).toEqual([400, 24016]);
		expect(await pay({ amount: 99, bills: spent(100) })).toEqual([400, 24014]);
		expect(await pay({ vendor_id: other, bills: spent(100) })).toEqual([400, 24011]);
		expect(await pay({ bills: [{ bill_id: '7', amount_applied: 1 }] })).toEqual([404, 1002]);
		expect(await pay({ paid_through_account_id: '7' })).toEqual([404, 1002]);
		const { goods } = org.accountIds;
		expect(await pay({ paid_through_account_id: goods, bills: spent(1) })).toEqual([201, 0]);
		const gone = await made('bill', seller);
		await post('bill', gone, '/status/void');
		const waiting = await made('bill', seller);
		await post('bill', waiting, '/submit');
		for (const { bill_id } of [gone, waiting])
			expect(await pay({ bills: [{ bill_id, amount_applied: 1 }] })).toEqual([400, 24010]);
		expect(bills).toHaveLength(1);
	});

	test('keeps its vendor, and the vendor is not deleted while there is one', async () => {
		const { vendor, pay, seller, refusal, call } = await setUp([]);
		const made = await pay(seller, 10);
		const other = await vendor({ contact_name: 'Gamma' });
		const path = `/vendorpayments/${made['payment_id']}`;
		expect(await refusal('PUT', path, { vendor_id: other })).toEqual([400, 24015]);
		expect(await refusal('DELETE', `/contacts/${seller}`)).toEqual([400, 3063]);
		await call('DELETE', path);
		expect((await call('DELETE', `/contacts/${seller}`)).status).toBe(200);
	});

	test('is in the currency of its bills, at its own rate', async () => {
		const { org, vendor, made, pay, list } = await setUp([], { books: { exchangeRates: { KWD: 3.25 } } });
		const currency_id = org.currencies.find(({ code }) => code === 'KWD')?.id;
		const seller = await vendor({ contact_name: 'Kuwait', currency_id });
		const { bill_id } = await made('bill', seller, [{ name: 'Work', rate: 1.2345 }]);
		const payment = await pay(seller, 2, [{ bill_id, amount_applied: 1.2345 }], { exchange_rate: 3.3 });
		expect(payment).toMatchObject({
			currency_code: 'KWD',
			exchange_rate: 3.3,
			bills: [{ amount_applied: 1.235 }],
		});
		expect(await list('/vendorpayments')).toMatchObject([{ bcy_amount: 6.6, bcy_balance: 2.52 }]);
	});

	test('is found by a unique custom field, or made where X-Upsert says so', async () => {
		const { call, seller, list } = await setUp([]);
		const unique = { 'x-unique-identifier-key': 'cf_key', 'x-unique-identifier-value': 'K-1' };
		const put = (more: Json, headers: Record<string, string> = unique) =>
			call('PUT', '/vendorpayments', { vendor_id: seller, amount: 10, ...more }, { headers });
		expect((await put({})).status).toBe(404);
		const made = await put({}, { ...unique, 'x-upsert': 'true' });
		expect([made.status, made.body['vendorpayment'].cf_key]).toEqual([201, 'K-1']);
		const again = await put({ amount: 12 }, { ...unique, 'x-upsert': 'true' });
		expect([
			again.status,
			again.body['vendorpayment'].payment_id,
			again.body['vendorpayment'].amount,
		]).toEqual([200, made.body['vendorpayment'].payment_id, 12]);
		expect(await list('/vendorpayments')).toHaveLength(1);
		expect((await put({}, {})).status).toBe(400);
	});

	test('is emailed with all that the file requires, which its history tells', async () => {
		const { call, pay, seller, getPayment, refusal } = await setUp([]);
		const made = await pay(seller, 10);
		const path = `/vendorpayments/${made['payment_id']}/email`;
		const mail = { to_mail_ids: ['a@example.com'], subject: 's', body: 'b' };
		for (const name of Object.keys(mail))
			expect(await refusal('POST', path, { ...mail, [name]: '' })).toEqual([400, 2]);
		expect((await call('POST', path, mail)).status).toBe(200);
		expect((await getPayment(made))['comments']).toMatchObject([{}, { description: 'Receipt emailed' }]);
	});

	test("moves the bill's last_modified_time, so that its filter finds it", async () => {
		const { simulator, pay, seller, bills, spent, list } = await setUp([10, 20]);
		simulator.world.clock.advance(10_000);
		const made = await pay(seller, 10, spent(10));
		const last_modified_time = String(made['last_modified_time']);
		expect((await list('/bills', { last_modified_time })).map((row) => row['bill_id'])).toEqual([
			bills[0]?.['bill_id'],
		]);
	});
});

test('the list filters by vendor, bill, number, day, amount, mode and time, and sorts', async () => {
	const { vendor, pay, seller, bills, spent, list, refusal } = await setUp([100]);
	const other = await vendor({ contact_name: 'Gamma' });
	const one = await pay(seller, 100, spent(40), {
		payment_mode: 'check',
		reference_number: 'AX',
		date: '2026-03-01',
	});
	const two = await pay(other, 30, [], { description: 'deposit', date: '2026-03-05' });
	const [a, b] = [one['payment_id'], two['payment_id']];
	const found = async (query: Record<string, string>) =>
		(await list('/vendorpayments', query)).map((row) => row['payment_id']);
	expect(await found({})).toEqual([b, a]);
	for (const [query, ids] of [
		[{ vendor_id: other }, [b]],
		[{ vendor_name_startswith: 'bet' }, [a]],
		[{ bill_id: String(bills[0]?.['bill_id']) }, [a]],
		[{ payment_number: '2' }, [b]],
		[{ reference_number_contains: 'x' }, [a]],
		[{ description_contains: 'pos' }, [b]],
		[{ notes: 'deposit' }, [b]],
		[{ date_before: '2026-03-05' }, [a]],
		[{ amount_greater_than: '30' }, [a]],
		[{ payment_mode: 'check' }, [a]],
		[{ filter_by: 'PaymentMode.Check' }, [a]],
		[{ search_text: 'gam' }, [b]],
		[{ last_modified_time: '2090-01-01T00:00:00+0000' }, []],
		[{ sort_column: 'amount' }, [b, a]],
		[{ sort_column: 'balance', sort_order: 'D' }, [a, b]],
		[{ per_page: '1', page: '2' }, [a]],
	] as Array<[Record<string, string>, unknown[]]>)
		expect([query, await found(query)]).toEqual([query, ids]);
	expect(await refusal('GET', '/vendorpayments', undefined, { sort_column: 'nope' })).toEqual([400, 2]);
});

describe('refunds', () => {
	test('give back what is not used; changed and deleted they give it free again', async () => {
		const { call, org, pay, seller, spent, getPayment } = await setUp([100]);
		const made = await pay(seller, 150, spent(100));
		const path = `/vendorpayments/${made['payment_id']}/refunds`;
		const money = {
			date: '2026-03-04',
			amount: 30,
			to_account_id: org.accountIds.undeposited,
			refund_mode: 'cash',
		};
		const { body, status } = await call('POST', path, { ...money, description: 'too much' });
		const [refund] = body['vendorpayment_refund'] as Json[];
		expect([status, refund]).toEqual([
			201,
			expect.objectContaining({ amount: 30, to_account_name: 'Undeposited Funds', description: 'too much' }),
		]);
		expect(await getPayment(made)).toMatchObject({
			balance: 20,
			vendorpayment_refunds: [{ amount_fcy: 30 }],
		});
		const one = `${path}/${refund?.['vendorpayment_refund_id']}`;
		await call('PUT', one, { amount: 50 });
		expect((await call('GET', one)).body['vendorpayment_refund']).toMatchObject([
			{ amount: 50, refund_mode: 'cash' },
		]);
		expect((await call('GET', path)).body['vendorpayment_refunds']).toMatchObject([{ amount_fcy: 50 }]);
		await call('DELETE', one);
		expect(await getPayment(made)).toMatchObject({ balance: 50, vendorpayment_refunds: [] });
	});

	test('not more than is unused, not without account, day or amount; a payment with a refund stays', async () => {
		const { org, pay, seller, spent, refusal } = await setUp([100]);
		const made = await pay(seller, 150, spent(100));
		const path = `/vendorpayments/${made['payment_id']}`;
		const money = { date: '2026-03-04', amount: 50, to_account_id: org.accountIds.undeposited };
		expect(await refusal('POST', `${path}/refunds`, { ...money, amount: 50.01 })).toEqual([400, 24017]);
		for (const name of Object.keys(money))
			expect(await refusal('POST', `${path}/refunds`, { ...money, [name]: undefined })).toEqual([400, 2]);
		expect(await refusal('POST', `${path}/refunds`, { ...money, to_account_id: '7' })).toEqual([404, 1002]);
		expect(await refusal('POST', `${path}/refunds`, money)).toEqual([201, 0]);
		expect(await refusal('DELETE', path)).toEqual([400, 24013]);
		expect(await refusal('GET', `${path}/refunds/9`)).toEqual([404, 1002]);
	});
});

test('asks for the scope of payments to vendors', async () => {
	const { refusal } = startOrders({
		scopes: ['ZohoBooks.customerpayments.ALL', 'ZohoBooks.vendorpayments.READ'],
	});
	expect(await refusal('GET', '/vendorpayments')).toEqual([200, 0]);
	expect(await refusal('POST', '/vendorpayments', { amount: 1 })).toEqual([401, 57]);
});

/** Where the file is wrong, and what says so. */
const knownErrors: KnownError[] = [
	{
		operation: /^vendor-payments.yml /,
		at: /\/payment_number$/,
		why: 'a whole number in the file, text in recorded payments',
	},
	{
		operation: /^vendor-payments.yml update_/,
		at: /^\/vendorpayment$/,
		why: 'a list in the file, an object in recorded payments',
	},
	{
		operation: /^vendor-payments.yml /,
		at: /^\/vendorpayment\/(comments|billing_address)$/,
		why: 'text and a list in the file, a list and an object in recorded payments',
	},
	{
		operation: /list_vendor_payments$/,
		at: /\/bcy_(amount|balance)$/,
		why: 'a whole number in the file, which amounts of money are not',
	},
];
const files = ['vendor-payments.yml'];

describeWhere(filesArePresent(files), "Zoho's OpenAPI file is not beside the project")(
	"the simulated Books' payments to vendors against Zoho's OpenAPI file",
	() => {
		let checker: OpenapiChecker;

		beforeAll(async () => {
			checker = new OpenapiChecker(files, knownErrors);
			const { call, org, pay, seller, spent } = await setUp([10.5, 20], {
				seen: (...exchange) => checker.seen(...exchange),
			});
			const made = await pay(seller, 40.25, spent(10.5, 1), {
				custom_fields: [{ api_name: 'cf_key', value: 'K' }],
			});
			const path = `/vendorpayments/${made['payment_id']}`;
			const headers = { 'x-unique-identifier-key': 'cf_key', 'x-unique-identifier-value': 'K' };
			await call('PUT', '/vendorpayments', { description: 'd' }, { headers });
			await call('PUT', path, { reference_number: 'R' });
			await call('POST', `${path}/email`, { to_mail_ids: ['a@example.com'], subject: 's', body: 'b' });
			const money = { date: '2026-03-02', amount: 2.5, to_account_id: org.accountIds.undeposited };
			const [refund] = (await call('POST', `${path}/refunds`, money)).body['vendorpayment_refund'] as Json[];
			const one = `${path}/refunds/${refund?.['vendorpayment_refund_id']}`;
			for (const read of [one, `${path}/refunds`, path, '/vendorpayments']) await call('GET', read);
			await call('PUT', one, { ...money, amount: 1 });
			await call('DELETE', one);
			await call('DELETE', path);
			const { payment_id } = await pay(seller, 1);
			await call('DELETE', '/vendorpayments', undefined, {
				query: { vendorpayment_id: String(payment_id), bulk_delete: 'true' },
			});
		});

		routesAgainst(() => checker, vendorPaymentRoutes, knownErrors);

		test('every parameter that the file gives the list is known', () => {
			const operation = checker.operations.find(({ id }) => id === 'list_vendor_payments');
			const asked = operation ? checker.queryOf(operation) : [];
			const [route] = vendorPaymentRoutes;
			const known = typeof route?.query === 'function' ? route.query(startOrders().org) : [];
			expect(asked.length).toBeGreaterThan(10);
			expect(asked.filter((name) => !known.includes(name))).toEqual([]);
		});
	},
);

test('both kinds of payments have the same routes, but for email and custom fields', () => {
	const shape = (path: string) => path.replace(/^\/(customer|vendor)payments?/, '');
	const of = (routes: typeof vendorPaymentRoutes) =>
		routes.map(({ method, path }) => `${method} ${shape(path)}`);
	const [customers, vendors] = [of(customerPaymentRoutes), of(vendorPaymentRoutes)];
	expect(vendors.filter((one) => !customers.includes(one))).toEqual(['POST /{}/email']);
	expect(customers.filter((one) => !vendors.includes(one))).toEqual(['PUT /{}/customfields']);
});

describeWhere(present, 'recorded Books answers are not beside the project')(
	'payments to vendors against recorded answers of a live organization',
	() => {
		const recorded = recordingsOf(/^\/books\/v3\/vendorpayments(\/|$)/);

		test.each(['create-vendor-payment.json', 'get-vendor-payment.json'])(
			'%s has every recorded key, with the same type',
			async (file) => {
				const { call, org, pay, seller, spent } = await setUp([250]);
				const one = recorded.find((recording) => recording.file === file);
				const isNew = one?.request.method === 'POST';
				const there = {
					...one?.request.data,
					vendor_id: seller,
					paid_through_account_id: org.accountIds.undeposited,
				};
				const known = isNew ? {} : await pay(seller, 250, spent(250));
				const answer = isNew
					? await call('POST', '/vendorpayments', there)
					: await call('GET', `/vendorpayments/${known['payment_id']}`);
				expect([answer.status, answer.body['message']]).toEqual([one?.status, one?.response['message']]);
				expect(differences(one?.response, answer.body)).toEqual([]);
				const values = [
					'status',
					'balance',
					'payment_mode',
					'offset_account_name',
					'paid_through_account_name',
					'paid_through_account_type',
				];
				const of = (record: Json) => values.map((name) => record[name]);
				expect(of(answer.body['vendorpayment'])).toEqual(of(one?.response['vendorpayment']));
			},
		);
	},
);
