import { currencyRoutes } from '../../sandbox/simulator/books/currencyRoutes.mts';
import { documentRoutes } from '../../sandbox/simulator/books/documentRoutes.mts';
import { itemRoutes } from '../../sandbox/simulator/books/itemRoutes.mts';
import { customerPaymentRoutes } from '../../sandbox/simulator/books/paymentRoutes.mts';
import { taxRoutes } from '../../sandbox/simulator/books/taxRoutes.mts';
import { everyMoneyOperation, startMoney } from './booksMoneySupport.mts';
import { filesArePresent, type KnownError, OpenapiChecker } from './booksOpenapiChecker.mts';
import { answersAgainst } from './booksOpenapiRoutes.mts';
import type { Json } from './booksSupport.mts';
import { describeWhere } from '../support/where.mts';

/** Money in its fuller forms: taxes and groups on lines and shipping, discounts, other currencies, custom fields, payments over several invoices, refunds. */

const files = [
	'items.yml',
	'invoices.yml',
	'estimates.yml',
	'customer-payments.yml',
	'taxes.yml',
	'currency.yml',
];
const routes = [...itemRoutes, ...documentRoutes, ...customerPaymentRoutes, ...taxRoutes, ...currencyRoutes];

/** Where the files are wrong, and what says so. */
const knownErrors: KnownError[] = [
	{
		operation: /^taxes.yml .*_tax$/,
		at: /^\/tax$/,
		why: 'a list of one in the file, an object to public code that reads it; as with contact persons',
	},
	{
		operation: /^items.yml /,
		at: /\/tax_percentage$/,
		why: 'text "70%" in the file, a number in recorded items',
	},
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
		operation: /^(invoices|estimates).yml /,
		at: /^\/(invoice|estimate)\/discount$/,
		why: 'a number in the file, whose own words take a percentage with its sign, too',
	},
	{
		operation: /refunds$/,
		at: /\/amount_bcy$/,
		why: 'a whole number in the file, which amounts of money are not',
	},
];

/** Body fields that the files lack, and where they are known from. */
const sentUndocumented = [
	// A recorded request makes an item with it.
	'items.yml create_item: unit',
	// The files have it in answers only; public code sends it.
	'invoices.yml create_invoice: shipping_charge_tax_id',
	'estimates.yml create_estimate: shipping_charge_tax_id',
];

/** One line for all rows of a list. */
const places = (lines: Iterable<string>) =>
	new Set([...lines].map((line) => line.replaceAll(/\/\d+\//g, '/…/')));

/** Makes and reads documents and payments that have something in every place that can hold something. */
async function fullerForms(checker: OpenapiChecker): Promise<void> {
	const money = startMoney({
		seen: (...exchange) => checker.seen(...exchange),
		switches: { booksPerMinute: 1000 },
		books: {
			exchangeRates: { EUR: 1.1, KWD: 3.25 },
			customFields: (['item', 'invoice', 'estimate', 'customerpayment'] as const).map((entity) => ({
				entity,
				apiName: 'cf_note',
				label: 'Note',
				unique: entity === 'customerpayment',
			})),
		},
	});
	const { call, org, customer, item, tax, group, made, payment } = money;
	await everyMoneyOperation(call, await customer({ contact_name: 'Plain' }), org.accountIds.undeposited);
	const custom_fields = [{ api_name: 'cf_note', value: 'x' }];
	const ids = [await tax('CGST', 9), await tax('SGST', 9)];
	const tax_id = await group('GST', ids);
	const desk = await item({ name: 'Desk', rate: 118, sku: 'D', unit: 'pcs', tax_id, custom_fields });
	const currency = (code: string) => org.currencies.find((one) => one.code === code)?.id ?? '';
	const buyer = await customer({ contact_persons: [{ first_name: 'Ann', email: 'ann@example.com' }] });
	const body = (currency_id: string, more: Json): Json => ({
		customer_id: buyer,
		currency_id,
		reference_number: 'D-1',
		line_items: [
			{ item_id: desk['item_id'], quantity: 1.5 },
			{ name: 'Free', rate: 10, tax_id: ids[0] },
		],
		custom_fields,
		shipping_charge: 11.8,
		shipping_charge_tax_id: tax_id,
		adjustment: -0.05,
		adjustment_description: 'Rounding',
		notes: 'n',
		terms: 't',
		...more,
	});
	const onAll = { discount_type: 'entity_level', discount: '10%' };
	const invoices: string[] = [];
	for (const [kind, path] of [
		['invoice', '/invoices'],
		['estimate', '/estimates'],
	] as const) {
		for (const more of [onAll, { ...onAll, is_discount_before_tax: false }, { is_inclusive_tax: true }]) {
			for (const code of ['USD', 'KWD']) {
				const document = await made(path, kind, body(currency(code), more));
				const id = String(document[`${kind}_id`]);
				await call('GET', `${path}/${id}`);
				await call('PUT', `${path}/${id}`, { line_items: (document['line_items'] as Json[]).slice(0, 1) });
				await call('POST', `${path}/${id}/status/sent`);
				if (kind === 'invoice' && code === 'KWD') invoices.push(id);
			}
		}
	}
	const applied = invoices.slice(0, 2).map((invoice_id) => ({ invoice_id, amount_applied: 1.5 }));
	const { payment_id } = await payment(buyer, 10, applied, {
		custom_fields,
		reference_number: 'R',
		description: 'd',
	});
	const headers = { 'x-unique-identifier-key': 'cf_note', 'x-unique-identifier-value': 'x' };
	await call('PUT', '/customerpayments', { description: 'again' }, { headers });
	await call('POST', `/customerpayments/${payment_id}/refunds`, {
		date: '2026-03-02',
		amount: 2,
		refund_mode: 'cash',
		from_account_id: org.accountIds.undeposited,
	});
	for (const path of [`/customerpayments/${payment_id}`, `/customerpayments/${payment_id}/refunds`])
		await call('GET', path);
	for (const path of [
		'/items',
		'/invoices',
		'/estimates',
		'/customerpayments',
		'/settings/taxes',
		'/settings/currencies',
	])
		await call('GET', path);
	await call('GET', `/items/${desk['item_id']}`);
	await call('GET', `/invoices/${invoices[0]}/payments`);
}

describeWhere(filesArePresent(files), "Zoho's OpenAPI files for Books' money are not beside the project")(
	"the simulated Books' money against Zoho's OpenAPI files",
	() => {
		let checker: OpenapiChecker;

		beforeAll(async () => {
			checker = new OpenapiChecker(files, knownErrors);
			await fullerForms(checker);
		});

		afterAll(() => {
			console.log(
				[
					`Books OpenAPI, money: ${checker.checked.size} operations compared.`,
					...(checker.lenient.size > 0 ? ['Known errors of the files:', ...places(checker.lenient)] : []),
				].join('\n  '),
			);
		});

		answersAgainst(() => checker, routes, knownErrors, sentUndocumented);
	},
);
