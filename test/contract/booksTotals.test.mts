import { type Json, startBooks } from './booksSupport.mts';

/**
 * Totals of documents, calculated by hand. Zoho publishes no formula; what live organizations show (item_total without tax and discount, one rounding per tax of the whole
 * document by default) is held to here, and what the simulator assumes besides it (see totals.mts) is written out, so that a change of it is seen.
 */

type Options = Parameters<typeof startBooks>[0];

const taxes = [
	{ name: 'VAT', percentage: 19 },
	{ name: 'Reduced', percentage: 7 },
	{ name: 'Ten', percentage: 10 },
	{ name: 'CGST', percentage: 9 },
	{ name: 'SGST', percentage: 9 },
	{ name: 'Five', percentage: 5 },
];

/** An organization with taxes and a customer; documents name taxes and currencies by name. */
async function ledger(options: NonNullable<Options> = {}) {
	const books = startBooks({ ...options, books: { taxes, ...options.books } });
	const { org, call, add } = books;
	const taxId = (name: string) => {
		const found = [...org.taxes.byId.values()].find((tax) => tax.name === name);
		if (!found) throw new Error(`no tax ${name}`);
		return found.id;
	};
	const currencyId = (code: string) => {
		const found = org.currencies.find((currency) => currency.code === code);
		if (!found) throw new Error(`no currency ${code}`);
		return found.id;
	};
	const customer = await add({ contact_name: 'Bowman and Co', contact_type: 'customer' });
	const customer_id = String(customer['contact_id']);
	const send = async (lines: readonly Line[], rest: Json = {}, kind = 'invoice') =>
		await call('POST', `/${kind}s`, {
			customer_id,
			line_items: lines.map(({ tax, ...line }) => ({
				name: 'Anvil',
				...line,
				...(tax ? { tax_id: taxId(tax) } : {}),
			})),
			...rest,
		});
	const made = async (lines: readonly Line[], rest: Json = {}, kind = 'invoice'): Promise<Json> => {
		const { status, body } = await send(lines, rest, kind);
		if (status !== 201) throw new Error(JSON.stringify(body));
		return body[kind] as Json;
	};
	return { ...books, taxId, currencyId, send, made };
}

interface Line {
	rate: number;
	quantity?: number;
	/** By name. */
	tax?: string;
	discount?: string | number;
}

/** The amounts of a document that are looked at. */
const sums = ({ sub_total, discount_total, tax_total, total }: Json) => ({
	sub_total,
	discount_total,
	tax_total,
	total,
});
const amountsOf = ({ taxes: all }: Json) => (all as Json[]).map((tax) => tax['tax_amount'] as number);
const lineTotals = ({ line_items }: Json) =>
	(line_items as Json[]).map((line) => line['item_total'] as number);

describe('lines', () => {
	test('plain: quantity times rate, rounded on each line', async () => {
		const { made } = await ledger();
		const invoice = await made([
			{ quantity: 2, rate: 299 },
			{ quantity: 3, rate: 10.5 },
			// 4.995, which binary floating point has as 4.99499…
			{ quantity: 1.5, rate: 3.33 },
		]);
		expect(lineTotals(invoice)).toEqual([598, 31.5, 5]);
		expect(sums(invoice)).toEqual({ sub_total: 634.5, discount_total: 0, tax_total: 0, total: 634.5 });
		expect([invoice['balance'], invoice['payment_made']]).toEqual([634.5, 0]);
	});

	test('without a quantity a line is about one', async () => {
		const { made } = await ledger();
		expect(sums(await made([{ rate: 0.1 }, { rate: 0.2 }]))['total']).toBe(0.3);
	});

	test("a line's discount, in per cent and as an amount, comes off before tax", async () => {
		const { made } = await ledger();
		const invoice = await made([
			{ rate: 100, discount: '10%', tax: 'Ten' },
			{ rate: 50, discount: 5, tax: 'Ten' },
		]);
		expect(lineTotals(invoice)).toEqual([90, 45]);
		expect(
			(invoice['line_items'] as Json[]).map((line) => [line['discount'], line['discount_amount']]),
		).toEqual([
			['10.00%', 10],
			[5, 5],
		]);
		expect(sums(invoice)).toEqual({ sub_total: 135, discount_total: 15, tax_total: 13.5, total: 148.5 });
		expect(invoice['discount_type']).toBe('item_level');
	});

	test("a tax group's parts are rounded one by one", async () => {
		const { made, org, taxId } = await ledger();
		const group = org.taxes.createGroup({
			tax_group_name: 'GST',
			taxes: `${taxId('CGST')},${taxId('SGST')}`,
		});
		expect(group.percentage).toBe(18);
		// 9 % of 99.95 are 8.9955.
		const invoice = await made([{ rate: 99.95, tax: 'GST' }]);
		expect(amountsOf(invoice)).toEqual([9, 9]);
		expect((invoice['taxes'] as Json[]).map((tax) => tax['tax_name'])).toEqual(['CGST (9%)', 'SGST (9%)']);
		expect(sums(invoice)).toMatchObject({ sub_total: 99.95, tax_total: 18, total: 117.95 });
		expect((invoice['line_items'] as Json[])[0]).toMatchObject({
			tax_id: group.id,
			tax_type: 'tax_group',
			tax_percentage: 18,
		});
	});

	test('a tax that is changed later leaves documents as they are', async () => {
		const { made, call, taxId } = await ledger();
		const invoice = await made([{ rate: 100, tax: 'VAT' }]);
		await call('PUT', `/settings/taxes/${taxId('VAT')}`, { tax_name: 'VAT', tax_percentage: 16 });
		const { body } = await call('GET', `/invoices/${invoice['invoice_id']}`);
		expect(body['invoice'].total).toBe(119);
		expect((await made([{ rate: 100, tax: 'VAT' }]))['total']).toBe(116);
	});
});

describe.each(['invoice', 'estimate'])('a discount on a whole %s', (kind) => {
	const lines = [
		{ rate: 100, tax: 'VAT' },
		{ rate: 200, tax: 'Reduced' },
	];
	const onAll = { discount_type: 'entity_level' };

	test('10 % before tax lessen both taxes', async () => {
		const { made } = await ledger();
		const document = await made(lines, { ...onAll, discount: '10%', is_discount_before_tax: true }, kind);
		// 19 % of 90 and 7 % of 180.
		expect(amountsOf(document)).toEqual([17.1, 12.6]);
		expect(sums(document)).toEqual({ sub_total: 300, discount_total: 30, tax_total: 29.7, total: 299.7 });
		expect(document).toMatchObject({
			discount: '10.00%',
			discount_percent: 10,
			discount_applied_on_amount: 300,
			is_discount_before_tax: true,
		});
	});

	test('the same after tax leaves the taxes and is of the lines with them', async () => {
		const { made } = await ledger();
		const document = await made(lines, { ...onAll, discount: '10%', is_discount_before_tax: false }, kind);
		expect(amountsOf(document)).toEqual([19, 14]);
		expect(sums(document)).toEqual({ sub_total: 300, discount_total: 33.3, tax_total: 33, total: 299.7 });
		expect(document['discount_applied_on_amount']).toBe(333);
	});

	test('an amount, before and after tax', async () => {
		const { made } = await ledger();
		const before = await made(lines, { ...onAll, discount: 30 }, kind);
		expect(sums(before)).toEqual({ sub_total: 300, discount_total: 30, tax_total: 29.7, total: 299.7 });
		const after = await made(lines, { ...onAll, discount: 30, is_discount_before_tax: false }, kind);
		expect(sums(after)).toEqual({ sub_total: 300, discount_total: 30, tax_total: 33, total: 303 });
	});

	test.each([
		// 10 % of 20.00.
		['entity_level', 2, 22],
		// 0.667, 0.667 and 0.666 of 6.67, 6.67 and 6.66.
		['item_level', 2.01, 22.01],
	] as const)('is divided to the last cent; tax rounded at %s', async (taxRounding, tax_total, total) => {
		const { made } = await ledger({ books: { taxRounding } });
		const three = Array.from({ length: 3 }, () => ({ rate: 10, tax: 'Ten' }));
		const document = await made(three, { ...onAll, discount: 10 }, kind);
		expect(sums(document)).toEqual({ sub_total: 30, discount_total: 10, tax_total, total });
	});

	test('lines give up their own discounts for it', async () => {
		const { made } = await ledger();
		const document = await made([{ rate: 100, discount: '50%' }], { ...onAll, discount: '10%' }, kind);
		expect(sums(document)).toMatchObject({ sub_total: 100, discount_total: 10, total: 90 });
	});

	test('more than there is to pay is refused, and so is more than 100 %', async () => {
		const { send } = await ledger();
		for (const discount of [301, '101%', -1]) {
			expect((await send(lines, { ...onAll, discount }, kind)).status).toBe(400);
		}
		expect((await send([{ rate: 10, discount: 11 }], {}, kind)).status).toBe(400);
		expect((await send([{ rate: 10 }], { adjustment: -11 }, kind)).status).toBe(400);
	});
});

describe('prices that include tax', () => {
	const inclusive = { is_inclusive_tax: true };

	test('the tax is taken out of them; the total is what was asked', async () => {
		const { made } = await ledger();
		const invoice = await made([{ rate: 119, tax: 'VAT' }, { rate: 10, tax: 'VAT' }, { rate: 5 }], inclusive);
		// 10 / 1.19 = 8.403…
		expect(lineTotals(invoice)).toEqual([100, 8.4, 5]);
		expect(sums(invoice)).toEqual({ sub_total: 113.4, discount_total: 0, tax_total: 20.6, total: 134 });
		expect(invoice['sub_total_inclusive_of_tax']).toBe(134);
	});

	test('of a group, the parts together are the tax', async () => {
		const { made, org, taxId } = await ledger();
		org.taxes.createGroup({ tax_group_name: 'GST', taxes: `${taxId('CGST')},${taxId('SGST')}` });
		const even = await made([{ rate: 118, tax: 'GST' }], inclusive);
		expect([even['sub_total'], ...amountsOf(even), even['total']]).toEqual([100, 9, 9, 118]);
		// 10 / 1.18 = 8.4746; 1.53 are left for two.
		const odd = await made([{ rate: 10, tax: 'GST' }], inclusive);
		expect([odd['sub_total'], odd['tax_total'], odd['total']]).toEqual([8.47, 1.53, 10]);
	});

	test("a line's discount includes tax, too", async () => {
		const { made } = await ledger();
		const invoice = await made([{ rate: 129, discount: 10, tax: 'VAT' }], inclusive);
		expect(sums(invoice)).toMatchObject({ sub_total: 100, discount_total: 10, tax_total: 19, total: 119 });
	});

	test('an organization can have it as its default', async () => {
		const { made } = await ledger({ books: { inclusiveTax: true } });
		expect(await made([{ rate: 119, tax: 'VAT' }])).toMatchObject({ is_inclusive_tax: true, total: 119 });
		const other = await made([{ rate: 119, tax: 'VAT' }], { is_inclusive_tax: false });
		expect(other['total']).toBe(141.61);
	});

	test.each([
		// 90 and 17.10.
		[false, 107.1],
		// 10 / 1.19 = 8.40; 91.60 and 17.40.
		[true, 109],
	])('an amount off the whole before tax; switch discountWithTax %s', async (discountWithTax, total) => {
		const { made } = await ledger({ switches: { discountWithTax } });
		const invoice = await made([{ rate: 119, tax: 'VAT' }], {
			...inclusive,
			discount_type: 'entity_level',
			discount: 10,
		});
		expect(invoice['total']).toBe(total);
	});

	test('10 % off the whole before tax are 10 % of the price, too', async () => {
		const { made } = await ledger();
		const invoice = await made([{ rate: 119, tax: 'VAT' }], {
			...inclusive,
			discount_type: 'entity_level',
			discount: '10%',
		});
		expect(sums(invoice)).toMatchObject({ tax_total: 17.1, total: 107.1 });
	});
});

describe('rounding of taxes', () => {
	test.each([
		// 0.099.
		['entity_level', 0.1, 1.09],
		// Three times 0.033.
		['item_level', 0.09, 1.08],
	] as const)('%s', async (taxRounding, tax_total, total) => {
		const { made } = await ledger({ books: { taxRounding } });
		const lines = Array.from({ length: 3 }, () => ({ rate: 0.33, tax: 'Ten' }));
		expect(await made(lines)).toMatchObject({ sub_total: 0.99, tax_rounding: taxRounding, tax_total, total });
	});

	test('is by tax, not by the sum of all', async () => {
		const { made } = await ledger();
		// 0.095 and 0.035, together 0.13.
		const invoice = await made([
			{ rate: 0.5, tax: 'VAT' },
			{ rate: 0.5, tax: 'Reduced' },
		]);
		expect(amountsOf(invoice)).toEqual([0.1, 0.04]);
		expect(invoice['total']).toBe(1.14);
	});
});

describe('shipping and adjustment', () => {
	test('shipping is taxed with its own tax, which is counted among the taxes', async () => {
		const { made, taxId } = await ledger();
		const invoice = await made([{ rate: 100, tax: 'VAT' }], {
			shipping_charge: 10,
			shipping_charge_tax_id: taxId('VAT'),
		});
		expect(amountsOf(invoice)).toEqual([20.9]);
		expect(sums(invoice)).toMatchObject({ sub_total: 100, tax_total: 20.9, total: 130.9 });
		expect(invoice).toMatchObject({
			shipping_charge_exclusive_of_tax: 10,
			shipping_charge_inclusive_of_tax: 11.9,
			shipping_charge_tax: 1.9,
		});
	});

	test('where prices include tax, shipping does', async () => {
		const { made, taxId } = await ledger();
		const invoice = await made([{ rate: 119, tax: 'VAT' }], {
			is_inclusive_tax: true,
			shipping_charge: 11.9,
			shipping_charge_tax_id: taxId('VAT'),
		});
		expect(sums(invoice)).toMatchObject({ sub_total: 100, tax_total: 20.9, total: 130.9 });
		expect(invoice).toMatchObject({
			shipping_charge_exclusive_of_tax: 10,
			shipping_charge_inclusive_of_tax: 11.9,
		});
	});

	test('a discount on the whole spares shipping; an adjustment has no tax', async () => {
		const { made } = await ledger();
		const invoice = await made([{ rate: 100, tax: 'Ten' }], {
			discount_type: 'entity_level',
			discount: '50%',
			shipping_charge: 10,
			adjustment: -0.5,
			adjustment_description: 'Rounding',
		});
		expect(sums(invoice)).toEqual({ sub_total: 100, discount_total: 50, tax_total: 5, total: 64.5 });
		expect(invoice).toMatchObject({ adjustment: -0.5, adjustment_description: 'Rounding', balance: 64.5 });
	});
});

describe('currencies', () => {
	test('yen have no decimals', async () => {
		const { made } = await ledger({ location: 'jp' });
		// 10 % of 999 are 99.9, and of 899 after the discount of 100 are 89.9.
		expect(sums(await made([{ quantity: 3, rate: 333, tax: 'Ten' }]))).toMatchObject({
			sub_total: 999,
			tax_total: 100,
			total: 1099,
		});
		const invoice = await made([{ quantity: 3, rate: 333, tax: 'Ten' }], {
			discount_type: 'entity_level',
			discount: '10%',
		});
		expect(sums(invoice)).toEqual({ sub_total: 999, discount_total: 100, tax_total: 90, total: 989 });
		expect(invoice).toMatchObject({ currency_code: 'JPY', price_precision: 0, exchange_rate: 1 });
	});

	test('dinars have three; what they are in the base currency has its decimals', async () => {
		const { made, currencyId } = await ledger({ books: { exchangeRates: { KWD: 3.25 } } });
		// 1.2345 is 1.235; 5 % of it are 0.06175.
		const invoice = await made([{ rate: 1.2345, tax: 'Five' }], { currency_id: currencyId('KWD') });
		expect(sums(invoice)).toMatchObject({ sub_total: 1.235, tax_total: 0.062, total: 1.297 });
		// 4.01375, 0.2015 and 4.21525.
		expect(invoice).toMatchObject({
			exchange_rate: 3.25,
			price_precision: 3,
			bcy_sub_total: 4.01,
			bcy_tax_total: 0.2,
			bcy_total: 4.22,
		});
	});

	test('a document has the rate of its day, or its own', async () => {
		const { made, currencyId, call } = await ledger({ books: { exchangeRates: { EUR: 1.1 } } });
		const eur = { currency_id: currencyId('EUR') };
		expect(await made([{ rate: 100 }], eur)).toMatchObject({
			exchange_rate: 1.1,
			total: 100,
			bcy_total: 110,
		});
		const own = await made([{ rate: 100 }], { ...eur, exchange_rate: 1.25 });
		expect(own).toMatchObject({ exchange_rate: 1.25, total: 100, bcy_total: 125 });
		const path = `/settings/currencies/${currencyId('EUR')}/exchangerates`;
		await call('POST', path, { effective_date: '2099-01-01', rate: 2 });
		expect(await made([{ rate: 100 }], eur)).toMatchObject({ exchange_rate: 1.1 });
		expect(await made([{ rate: 100 }], { ...eur, date: '2099-01-02' })).toMatchObject({ exchange_rate: 2 });
	});

	test("a document is in its customer's currency; in the base currency the rate is 1", async () => {
		const { add, call, currencyId, made } = await ledger({ books: { exchangeRates: { EUR: 1.1 } } });
		const german = await add({ contact_name: 'Bau GmbH', currency_id: currencyId('EUR') });
		const { body } = await call('POST', '/invoices', {
			customer_id: german['contact_id'],
			line_items: [{ name: 'Anvil', rate: 10 }],
		});
		expect(body['invoice']).toMatchObject({ currency_code: 'EUR', exchange_rate: 1.1, bcy_total: 11 });
		expect(await made([{ rate: 10 }])).toMatchObject({
			currency_code: 'USD',
			exchange_rate: 1,
			bcy_total: 10,
		});
	});

	test('a rate of nothing is refused', async () => {
		const { send, currencyId } = await ledger();
		const eur = { currency_id: currencyId('EUR') };
		for (const exchange_rate of [0, -1, 'x'])
			expect((await send([{ rate: 1 }], { ...eur, exchange_rate })).status).toBe(400);
	});
});
