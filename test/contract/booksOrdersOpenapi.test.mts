import { allKinds, type Kind, kinds } from '../../sandbox/simulator/books/documentKinds.mts';
import { bodyFields } from '../../sandbox/simulator/books/documentFields.mts';
import { orderRoutes } from '../../sandbox/simulator/books/orderRoutes.mts';
import { filesArePresent, type KnownError, OpenapiChecker } from './booksOpenapiChecker.mts';
import { answersAgainst } from './booksOpenapiRoutes.mts';
import { startOrders } from './booksOrdersSupport.mts';
import type { Json } from './booksSupport.mts';
import { describeWhere } from '../support/where.mts';

const files = [
	'sales-order.yml',
	'credit-notes.yml',
	'purchase-order.yml',
	'bills.yml',
	'vendor-credits.yml',
	'invoices.yml',
	'estimates.yml',
];

/** Where the files are wrong, and what says so. */
const knownErrors: KnownError[] = [
	{
		operation: /^(invoices|estimates).yml /,
		at: /\/(total|balance|shipping_charge)$/,
		why: 'text in the file, a number in recorded invoices and estimates',
	},
	{
		operation: /list_(invoices|estimates)$/,
		at: /^\/page_context$/,
		why: 'a list in the file, an object in recorded lists',
	},
	{
		operation: /^sales-order.yml /,
		at: /^\/salesorder$/,
		why: 'a list in the file, an object to public code that reads it',
	},
	{
		operation: /list_credit_notes$/,
		at: /^\/creditnotes$/,
		why: 'an object in the file, a list in recorded lists',
	},
	{
		operation: /^vendor-credits.yml /,
		at: /^\/vendor_credit\/line_items$/,
		why: 'an object in the file, a list in every other document',
	},
	{
		operation: /^(credit-notes|bills).yml /,
		at: /\/taxes\/\d+\/tax_amount$/,
		why: 'text in the file, a number in recorded invoices',
	},
	{
		operation: /^purchase-order.yml /,
		at: /\/taxes\/\d+$/,
		why: 'text in the file, an object in recorded invoices',
	},
	{
		operation: /^purchase-order.yml /,
		at: /\/(discount|quantity)$/,
		why: 'text in the file, a number in recorded purchase orders',
	},
	{
		operation: /list_purchase_orders$/,
		at: /\/price_precision$/,
		why: 'a whole number in the file, an empty text in recorded lists',
	},
	{
		operation: /^(bills|purchase-order).yml /,
		at: /\/(unused_credits_payable_amount|vendor_credits_applied|balance|payment_made|total|sub_total|tax_total|item_total|bcy_rate)$/,
		why: 'a whole number in the file, which amounts of money are not',
	},
	{
		operation: /^credit-notes.yml .*refunds/,
		at: /\/amount_(bcy|fcy)$/,
		why: 'a whole number in the file, which amounts of money are not',
	},
	{
		operation: /^credit-notes.yml /,
		at: /\/quantity$/,
		why: 'a whole number in the file, a decimal one in requests of all other documents',
	},
];

const newKinds = allKinds.filter((kind) => kind !== 'invoice' && kind !== 'estimate');

const addresses = { to_mail_ids: ['ann@example.com'], subject: 'News', body: 'See below.' };

/** Every operation of orders, bills and credits, and what invoices and estimates have beside those of the tests about money. */
async function everyOperation(checker: OpenapiChecker): Promise<void> {
	const books = startOrders({
		seen: (...exchange) => checker.seen(...exchange),
		books: {
			customFields: allKinds.map((entity) => ({ entity, apiName: 'cf_key', label: 'Key', unique: true })),
		},
	});
	const { call, org, customer, vendor, item, tax, made, pathOf, payBill, post } = books;
	const contacts = { customer: await customer(), vendor: await vendor() };
	const tax_id = await tax('VAT', 19);
	const { item_id } = await item({ name: 'Lamp', rate: 33.35, purchase_rate: 21.45, sku: 'L', tax_id });
	const lines = [
		{ item_id, quantity: 3, tax_id },
		{ name: 'Free', rate: 10, quantity: 1.5 },
	];
	const make = (kind: Kind, more: Json = {}) => made(kind, contacts[kinds[kind].party], lines, more);

	for (const kind of allKinds) {
		const { key, idField, party, moves, answers, customFields, upserts, list } = kinds[kind];
		const document = await make(kind, { reference_number: 'R-1', notes: 'n' });
		const path = pathOf(kind, document);
		await call('GET', path);
		await call('PUT', path, { reference_number: 'R-2' });
		const { comments } = await post(kind, document, '/comments', { description: 'Please check' }).then(
			async () => (await call('GET', `${path}/comments`)).body,
		);
		await call('DELETE', `${path}/comments/${(comments as Json[]).at(-1)?.['comment_id']}`);
		if (customFields) {
			const custom = [{ api_name: 'cf_key', value: `${kind}-1` }];
			const [method, root] = customFields;
			await call(
				method,
				`${root}/${document[idField]}/customfields`,
				method === 'PUT' ? custom : { custom_fields: custom },
			);
		}
		if (upserts)
			await call(
				'PUT',
				`/${list}`,
				{ [`${party}_id`]: contacts[party], date: '2026-03-01' },
				{
					headers: { 'x-unique-identifier-key': 'cf_key', 'x-unique-identifier-value': `${kind}-1` },
				},
			);
		await call('GET', `/${list}`);
		for (const below of ['/submit', '/approve']) await post(kind, document, below);
		for (const status of Object.keys(moves)) {
			const other = await make(kind);
			if (kind === 'estimate' && status !== 'sent') await post(kind, other, '/status/sent');
			if (kind === 'creditnote' && status === 'draft') await post(kind, other, '/status/void');
			await post(kind, other, `/status/${status}`);
		}
		if (answers.email) await post(kind, await make(kind), '/email', addresses);
		expect([key, (await call('DELETE', path)).status]).toEqual([key, 200]);
	}
	const order = await make('purchaseorder');
	await post('purchaseorder', order, '/submit');
	await post('purchaseorder', order, '/reject');
	await make('bill', { purchaseorder_ids: [order['purchaseorder_id']] });

	for (const [credit, target, shareId, refund, account, listKey] of [
		[
			'creditnote',
			'invoice',
			'creditnote_invoice_id',
			'creditnote_refund',
			'from_account_id',
			'invoices_credited',
		],
		['vendorcredit', 'bill', 'vendor_credit_bill_id', 'vendor_credit_refund', 'account_id', 'bills_credited'],
	] as const) {
		const [from, to] = [await make(credit), await make(target)];
		const path = pathOf(credit, from);
		const targets = `/${kinds[target].list}`;
		const targetId = to[kinds[target].idField];
		await post(credit, from, targets, {
			[kinds[target].list]: [{ [kinds[target].idField]: targetId, amount_applied: 12.5 }],
		});
		const [share] = (await call('GET', path + targets)).body[listKey] as Json[];
		for (const one of [path, pathOf(target, to)]) await call('GET', one);
		await call('DELETE', `${path}${targets}/${share?.[shareId]}`);
		await post(target, to, '/credits', {
			[credit === 'creditnote' ? 'apply_creditnotes' : 'apply_vendor_credits']: [
				{ [kinds[credit].idField]: from[kinds[credit].idField], amount_applied: 5 },
			],
		});
		const money = {
			date: '2026-03-02',
			amount: 2.5,
			refund_mode: 'cash',
			[account]: org.accountIds.undeposited,
		};
		const back = (await post(credit, from, '/refunds', money))[refund] as Json;
		const one = `${path}/refunds/${back[`${refund}_id`]}`;
		for (const read of [one, `${path}/refunds`, path, `/${kinds[credit].list}`]) await call('GET', read);
		await call('PUT', one, { ...money, amount: 1 });
		await call('DELETE', one);
		if (target !== 'invoice') continue;
		const applied = `${pathOf(target, to)}/creditsapplied`;
		const [row] = (await call('GET', applied)).body['credits'] as Json[];
		await call('DELETE', `${applied}/${row?.['creditnotes_invoice_id']}`);
	}
	const bill = await make('bill');
	await payBill(bill, 7.25);
	const payments = `${pathOf('bill', bill)}/payments`;
	const [payment] = (await call('GET', payments)).body['payments'] as Json[];
	await call('GET', pathOf('bill', bill));
	await call('DELETE', `${payments}/${payment?.['bill_payment_id']}`);
}

describeWhere(filesArePresent(files), "Zoho's OpenAPI files for Books' orders are not beside the project")(
	"the simulated Books' orders, bills and credits against Zoho's OpenAPI files",
	() => {
		let checker: OpenapiChecker;

		beforeAll(async () => {
			checker = new OpenapiChecker(files, knownErrors);
			await everyOperation(checker);
		});

		answersAgainst(() => checker, orderRoutes, knownErrors);

		test.each(newKinds)('every body field that the files give a new %s is known', (kind) => {
			const operation = checker.operations.find(
				({ method, path }) => method === 'POST' && path === `/${kinds[kind].list}`,
			);
			const fields = operation ? checker.bodyFieldsOf(operation) : [];
			expect(fields.length).toBeGreaterThan(10);
			expect(fields.filter((name) => !bodyFields[kind].includes(name))).toEqual([]);
		});

		test.each(newKinds)('every parameter that the files give the list of %s is known', (kind) => {
			const path = `/${kinds[kind].list}`;
			const operation = checker.operations.find((one) => one.method === 'GET' && one.path === path);
			const route = orderRoutes.find((one) => one.method === 'GET' && one.path === path);
			const { org } = startOrders();
			const known = typeof route?.query === 'function' ? route.query(org) : [];
			const asked = operation ? checker.queryOf(operation) : [];
			expect(asked.length).toBeGreaterThan(15);
			// Other forms of the answer, and views that only Books' own screens make.
			const passedOver = ['organization_id', 'accept', 'print', 'customview_id'];
			expect(asked.filter((name) => ![...known, ...passedOver].includes(name))).toEqual([]);
		});
	},
);
