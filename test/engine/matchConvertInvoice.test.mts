import type { IDataObject } from 'n8n-workflow';

import { ensureField } from '../../zoho/crm/metadata';
import { writeRecords } from '../../zoho/crm/records';
import type { JsonObject } from '../../zoho/types';
import { directClient } from '../support/directZoho.mts';
import type { NodeRunOptions } from '../support/nodeRun.mts';
import { MatchBench, wordsOf, type CrmOptions, type Row } from './matchSupport.mts';

let bench: MatchBench;
/** Key of the Books side → id of the Product. */
let products: Record<string, string>;

beforeAll(async () => {
	bench = await MatchBench.start();
});
afterAll(async () => await bench?.zoho.stop());
beforeEach(async () => await prepare());

const client = () => directClient(bench.zoho.simulator, 'crm', 'in');

async function prepare(crm: CrmOptions = { currency: 'EUR' }): Promise<void> {
	bench.reset(crm);
	await ensureField(client(), 'Products', { label: 'Zoho Books ID', type: 'text', unique: true });
	const keys = ['46001', '46002', 'free-text', 'shipping'];
	products = Object.fromEntries(
		keys.map((key) => [key, bench.crm('Products', { Product_Name: `Product ${key}`, Zoho_Books_ID: key })]),
	);
}

const coql = 'POST /crm/v8/coql';
const taxes = (method: string) => `${method} /crm/v8/org/taxes`;
const currencies = 'GET /crm/v8/org/currencies';
const org = 'GET /crm/v8/org';

function line(more: Row = {}): Row {
	const { quantity = 2, rate = 10 } = more;
	return {
		line_item_id: '1',
		item_id: '46001',
		name: 'Lamp',
		description: '',
		quantity,
		rate,
		discount_amount: 0,
		tax_id: '9',
		tax_name: 'VAT',
		tax_percentage: 19,
		item_total: Number(quantity) * Number(rate),
		line_item_taxes: [{ tax_id: '9', tax_name: 'VAT (19%)', tax_amount: 3.8 }],
		...more,
	};
}

function invoice(more: Row = {}): Row {
	return {
		invoice_id: '46100',
		invoice_number: 'INV-1',
		currency_code: 'EUR',
		exchange_rate: 1,
		discount_type: 'item_level',
		is_discount_before_tax: true,
		line_items: [line()],
		sub_total: 20,
		tax_total: 3.8,
		total: 23.8,
		...more,
	};
}

async function convert(
	invoices: Row[],
	options: IDataObject = {},
	onError?: NodeRunOptions['onError'],
	parameters: IDataObject = {},
) {
	const run = await bench.run(
		{ operation: 'convertInvoice', invoice: '={{ $json }}', options, ...parameters },
		invoices,
		onError,
	);
	const [converted = [], review = []] = run.rows;
	return { ...run, converted: converted as Array<Row & { crm: Row & { fields: Row } }>, review };
}

const reasonOf = (row: Row | undefined) => (row?.match as { reason: string } | undefined)?.reason ?? '';
const taxesInCrm = () =>
	bench.zoho.simulator.world.tenantOf('crm', 'in')?.crm.money.taxes.map(({ name, value }) => [name, value]);

test('the item goes on whole with lines that CRM adds up to the total of the invoice', async () => {
	const given = invoice({
		deal: { id: '5' },
		line_items: [line(), line({ item_id: '', name: 'Hours', quantity: 1.5, rate: 61.1, item_total: 91.65 })],
		shipping_charge: 5,
		adjustment: -0.37,
		total: 137.5,
		tax_total: 21.22,
	});
	const { converted, review, error } = await convert([given]);
	expect(error).toBeUndefined();
	expect(review).toEqual([]);
	const { crm, ...rest } = converted[0] as Row & { crm: Row & { fields: Row } };
	expect(rest).toEqual(given);
	expect(crm).toMatchObject({ grandTotal: 137.5, currency: {} });
	const lines = crm.fields.Invoiced_Items as Array<{ Product_Name: { id: string } }>;
	expect(lines.map(({ Product_Name: { id } }) => id)).toEqual([
		products['46001'],
		products['free-text'],
		products.shipping,
	]);

	const [written] = await writeRecords(client(), 'Invoices', 'create', [
		{ Subject: 'INV-1', ...(crm.fields as JsonObject) },
	]);
	expect(written).toMatchObject({ ok: true });
	const [record] = bench.zoho.simulator.records('crm', 'in', 'Invoices');
	expect(record?.Grand_Total).toBe(137.5);
});

test('a hundred invoices cost a call for each thing that must be known, and no tax is made twice', async () => {
	const { converted, lines } = await convert(
		Array.from({ length: 100 }, (_none, n) => invoice({ invoice_id: `461${n}` })),
	);
	expect(converted).toHaveLength(100);
	expect(lines).toEqual([coql, taxes('GET'), taxes('POST'), taxes('GET'), currencies, org]);
	expect(taxesInCrm()).toEqual([['VAT', 19]]);
	expect((await convert([invoice()])).lines).toEqual([coql, taxes('GET'), currencies, org]);
});

test('an invoice without taxes asks for none', async () => {
	const free = line({ tax_id: '', tax_name: '', tax_percentage: 0, line_item_taxes: [] });
	const { converted, lines } = await convert([invoice({ line_items: [free], total: 20, tax_total: 0 })]);
	expect(converted).toHaveLength(1);
	expect(lines).toEqual([coql, currencies, org]);
});

test('a CRM that takes new taxes by PUT only gets them so', async () => {
	bench.zoho.simulator.world.switches.crmTaxPost = false;
	const { converted, lines } = await convert([invoice()]);
	expect(converted).toHaveLength(1);
	expect(lines.slice(1, 5)).toEqual([taxes('GET'), taxes('POST'), taxes('PUT'), taxes('GET')]);
	expect(taxesInCrm()).toEqual([['VAT', 19]]);
});

test('taxes that are not to be made are for a person, and nothing is written', async () => {
	const { converted, review, lines } = await convert([invoice()], { createTaxes: false });
	expect(converted).toEqual([]);
	expect(reasonOf(review[0])).toMatch(/no tax "VAT" of 19/);
	expect(lines).not.toContain(taxes('POST'));
	expect(taxesInCrm()).toEqual([]);
});

test('taxes that cannot be made fail the invoices that need them, and no others', async () => {
	bench.zoho.simulator.world.faults.push({
		on: 'call',
		service: 'crm',
		path: '/org/taxes',
		method: 'POST',
		what: 'status',
		status: 403,
		code: 'NO_PERMISSION',
	});
	const free = line({ tax_id: '', tax_name: '', tax_percentage: 0, line_item_taxes: [] });
	const untaxed = invoice({ invoice_id: '46200', line_items: [free], total: 20, tax_total: 0 });
	const { converted, review, rows } = await convert([invoice(), untaxed], {}, 'continueErrorOutput');
	expect(converted.map(({ invoice_id: id }) => id)).toEqual(['46200']);
	expect(review).toEqual([]);
	expect(rows[2]).toEqual([
		{
			...invoice(),
			error: expect.stringContaining('"VAT"'),
			details: expect.stringContaining('NO_PERMISSION'),
		},
	]);
});

test('Products that CRM lacks are named, with what to do', async () => {
	const more = [line(), line({ item_id: '46009', name: 'Sofa' }), line({ item_id: '46010', name: 'Rug' })];
	const { converted, review, paired } = await convert([
		invoice(),
		invoice({ line_items: more, total: 71.4, tax_total: 11.4 }),
	]);
	expect(converted).toHaveLength(1);
	expect(paired).toEqual([[0], [1]]);
	expect(review[0]).toMatchObject({ record: { invoice_id: '46100' }, match: { action: 'review' } });
	expect(reasonOf(review[0])).toMatch(/no Product for "Sofa" \(item 46009\), "Rug" \(item 46010\)\..*items/);
	expect(reasonOf(review[0])).not.toContain('Lamp');
});

test('shared Products that CRM lacks are those of the set-up', async () => {
	bench.reset({ currency: 'EUR' });
	await ensureField(client(), 'Products', { label: 'Zoho Books ID', type: 'text', unique: true });
	const { review } = await convert([
		invoice({ line_items: [line({ item_id: '' })], shipping_charge: 5, total: 28.8 }),
	]);
	expect(reasonOf(review[0])).toMatch(/"Other \(Zoho Books\)".*"Shipping \(Zoho Books\)".*Set up the sync/);
});

test('a total that the lines do not explain is for a person', async () => {
	const { review } = await convert([invoice({ total: 99 })]);
	expect(reasonOf(review[0])).toMatch(/23\.8.*99/);
});

describe('currencies', () => {
	test('an organization with one currency gets invoices in that currency only', async () => {
		const { converted, review } = await convert([
			invoice(),
			invoice({ currency_code: 'GBP', exchange_rate: 1.16 }),
		]);
		expect(converted.map(({ crm }) => crm.currency)).toEqual([{}]);
		expect(reasonOf(review[0])).toMatch(/in GBP.*EUR only/);
	});

	const several: CrmOptions = {
		edition: 'enterprise',
		currency: 'EUR',
		currencies: [
			{ iso_code: 'EUR', exchange_rate: 1 },
			{ iso_code: 'GBP', exchange_rate: 0.85 },
			{ iso_code: 'JPY', exchange_rate: 160 },
		],
	};
	const pounds = () => invoice({ currency_code: 'GBP', exchange_rate: 1.25 });

	test('several: the code, and the rate of Books the other way round where both count in one currency', async () => {
		await prepare(several);
		const { converted, lines } = await convert([pounds(), invoice()], { booksCurrency: 'EUR' });
		expect(converted.map(({ crm }) => crm.currency)).toEqual([
			{ Currency: 'GBP', Exchange_Rate: 0.8 },
			{ Currency: 'EUR', Exchange_Rate: 1 },
		]);
		expect(lines).not.toContain(org);

		const [written] = await writeRecords(client(), 'Invoices', 'create', [
			{
				Subject: 'INV-1',
				...(converted[0]?.crm.fields as JsonObject),
				...(converted[0]?.crm.currency as JsonObject),
			},
		]);
		expect(written).toMatchObject({ ok: true });
	});

	test.each(['', 'USD'])('several, Books counts in "%s": CRM uses its own rate', async (booksCurrency) => {
		await prepare(several);
		const { converted } = await convert([pounds()], { booksCurrency });
		expect(converted.map(({ crm }) => crm.currency)).toEqual([{ Currency: 'GBP' }]);
	});

	test('several: amounts have the decimals of their currency, and an unknown currency is for a person', async () => {
		await prepare(several);
		const yen = invoice({ currency_code: 'JPY', exchange_rate: 0.006, total: 24, tax_total: 4 });
		const { converted, review } = await convert([yen, invoice({ currency_code: 'CHF' })], {
			booksCurrency: 'EUR',
		});
		expect(converted.map(({ crm }) => crm.grandTotal)).toEqual([24]);
		expect(reasonOf(review[0])).toMatch(/CHF.*not known/);
	});
});

test('what is no whole invoice fails by itself and says what is missing', async () => {
	const { converted, rows } = await convert([{ invoice_id: '1' }, invoice()], {}, 'continueErrorOutput');
	expect(converted).toHaveLength(1);
	expect(rows[2]).toMatchObject([{ invoice_id: '1', error: expect.stringContaining('no lines') }]);
	expect(wordsOf(await convert([{}], {}, undefined, { invoice: '={{ 5 }}' }))).toContain('gives no invoice');
});

test('without the field of the sync on Products the error says what to run', async () => {
	bench.reset({ currency: 'EUR' });
	expect(wordsOf(await convert([invoice()]))).toContain('Set up the sync');
});
