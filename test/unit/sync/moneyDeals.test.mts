import {
	applyInvoice,
	convertQuote,
	findDeal,
	productLines,
	quoteLines,
	writeLedger,
	type FindDealOptions,
} from '../../../sync/money';
import type { JsonObject } from '../../../sync/types';

const options: FindDealOptions = {
	accountId: '10',
	contactId: '20',
	findBy: ['crmLink', 'reference', 'onlyOpen'],
	closedStages: ['Closed Won', 'Closed Lost'],
};
const deal = (id: string, more: JsonObject = {}): JsonObject => ({
	id,
	Deal_Name: `Deal ${id}`,
	Stage: 'Qualification',
	Account_Name: { id: '10', name: 'Acme' },
	...more,
});
const invoice = (more: JsonObject = {}): JsonObject => ({
	invoice_id: '900',
	reference_number: '',
	zcrm_potential_id: '',
	...more,
});

describe('the Deal of an invoice', () => {
	const ledger = writeLedger(
		applyInvoice(
			{},
			{ invoice_id: '900', invoice_number: 'INV-9', total: 5, currency_code: 'EUR', status: 'sent' },
		),
	);
	const [one, two, named] = [
		deal('1'),
		deal('2', { Zoho_Books_Invoices: ledger }),
		deal('3', { Deal_Name: 'Lighting', Stage: 'Closed Won' }),
	];
	const find = (given: JsonObject, deals: JsonObject[], more: Partial<FindDealOptions> = {}) => {
		const { deal: found, ...rest } = findDeal(given, deals, { ...options, ...more });
		return { id: found?.id, ...rest };
	};

	test('is found by the link, then the ledger, then the reference number, then as the only open one', () => {
		const all = [one, two, named];
		expect(find(invoice({ zcrm_potential_id: '3', reference_number: '1' }), all)).toEqual({
			id: '3',
			rule: 'crmLink',
		});
		expect(find(invoice({ reference_number: '1' }), all)).toEqual({ id: '2', rule: 'ledger' });
		expect(find(invoice({ reference_number: '1' }), [one, named])).toEqual({ id: '1', rule: 'reference' });
		expect(find(invoice({ reference_number: ' Lighting ' }), [one, named])).toEqual({
			id: '3',
			rule: 'reference',
		});
		expect(find(invoice(), [one, named])).toEqual({ id: '1', rule: 'onlyOpen' });
		expect(find(invoice(), [named])).toEqual({ id: undefined, rule: '' });
	});

	test('is none of several', () => {
		expect(find(invoice(), [one, deal('4')])).toEqual({
			id: undefined,
			rule: '',
			doubt: expect.stringContaining('2 open Deals'),
		});
		const twins = [deal('5', { Deal_Name: 'Twin' }), deal('6', { Deal_Name: 'Twin' })];
		expect(find(invoice({ reference_number: 'Twin' }), twins)).toEqual({
			id: undefined,
			rule: '',
			doubt: expect.stringContaining('named "Twin"'),
		});
	});

	test("of several of one name is the customer's", () => {
		const twins = [
			deal('5', { Deal_Name: 'Twin' }),
			deal('6', { Deal_Name: 'Twin', Account_Name: { id: '11' } }),
		];
		expect(find(invoice({ reference_number: 'Twin' }), twins)).toEqual({ id: '5', rule: 'reference' });
	});

	test('is not looked for by rules that are off, nor for nobody', () => {
		expect(find(invoice({ zcrm_potential_id: '1', reference_number: '1' }), [one], { findBy: [] })).toEqual({
			id: undefined,
			rule: '',
		});
		expect(find(invoice(), [deal('7', { Account_Name: null })], { accountId: '', contactId: '' })).toEqual({
			id: undefined,
			rule: '',
		});
	});
});

describe('the document of a Deal', () => {
	const won = deal('4600000000000000001', { Deal_Name: 'Lighting', Amount: 500, Currency: 'EUR' });
	const known = {
		customerId: '77',
		items: new Map([['p1', '46001']]),
		taxes: [
			{ id: 't19', name: 'VAT', percentage: 19 },
			{ id: 'g18', name: 'GST18', percentage: 18, isGroup: true },
			{ id: 'i18', name: 'IGST18', percentage: 18 },
		],
	};
	const row = (more: JsonObject = {}): JsonObject => ({
		Product_Name: { id: 'p1', name: 'Lamp' },
		Quantity: 2,
		List_Price: 33.35,
		Discount: 0,
		Line_Tax: [],
		Description: null,
		...more,
	});
	const fromQuote = (quote: JsonObject) => convertQuote(won, quoteLines(quote), { ...known, quote });

	test('has the lines of the Quote, with items, taxes and discounts', () => {
		const { body, problems } = fromQuote({
			Quoted_Items: [
				row({ Line_Tax: [{ name: 'vat', percentage: 19 }], Discount: '10%', Description: 'Bright' }),
				row({ Product_Name: { id: 'p2', name: 'Assembly' }, Quantity: 1.5, Discount: 0.05 }),
				row({ Quantity: 0 }),
			],
			Terms_and_Conditions: 'Net 30',
		});
		expect(problems).toEqual([]);
		expect(body).toEqual({
			customer_id: '77',
			reference_number: '4600000000000000001',
			currency_code: 'EUR',
			is_inclusive_tax: false,
			discount_type: 'item_level',
			is_discount_before_tax: true,
			line_items: [
				{ item_id: '46001', description: 'Bright', quantity: 2, rate: 33.35, discount: 6.67, tax_id: 't19' },
				{ name: 'Assembly', quantity: 1.5, rate: 33.35, discount: 0.05 },
			],
			terms: 'Net 30',
		});
	});

	test('carries discount and adjustment of the whole, both after tax', () => {
		expect(fromQuote({ Quoted_Items: [row()], Discount: 6, Adjustment: -0.7 }).body).toMatchObject({
			discount: 6,
			discount_type: 'entity_level',
			is_discount_before_tax: false,
			adjustment: -0.7,
		});
	});

	test('has a discount of the whole in the adjustment where lines have their own', () => {
		const { body, problems } = fromQuote({
			Quoted_Items: [row({ Discount: 1 })],
			Discount: 6,
			Adjustment: 2.5,
		});
		expect(problems).toEqual([]);
		expect(body).toMatchObject({
			discount_type: 'item_level',
			adjustment: -3.5,
			adjustment_description: 'Discount of 6 and adjustment',
		});
		expect(body).not.toHaveProperty('discount');
	});

	test('has one piece of each Product, or one line with the amount', () => {
		const products = productLines([
			{ id: 'p1', Product_Name: 'Lamp', Unit_Price: 7.5 },
			{ id: 'p2', Product_Name: 'Gift', Unit_Price: null },
		]);
		expect(convertQuote(won, products, known).body.line_items).toEqual([
			{ item_id: '46001', quantity: 1, rate: 7.5 },
			{ name: 'Gift', quantity: 1, rate: 0 },
		]);
		expect(convertQuote(won, [], known).body.line_items).toEqual([
			{ name: 'Lighting', quantity: 1, rate: 500 },
		]);
	});

	test('takes a group for several taxes: the one of their names, or the only one', () => {
		const several = [
			{ name: 'CGST', percentage: 9 },
			{ name: 'SGST', percentage: 9 },
		];
		const quote = { Quoted_Items: [row({ Line_Tax: several })] };
		expect(fromQuote(quote).body.line_items).toEqual([expect.objectContaining({ tax_id: 'g18' })]);
		const named = [...known.taxes, { id: 'n18', name: 'CGST + SGST', percentage: 18 }];
		expect(convertQuote(won, quoteLines(quote), { ...known, taxes: named }).body.line_items).toEqual([
			expect.objectContaining({ tax_id: 'n18' }),
		]);
		const two = [...known.taxes, { id: 'h18', name: 'Other18', percentage: 18, isGroup: true }];
		expect(convertQuote(won, quoteLines(quote), { ...known, taxes: two }).problems).toEqual([
			expect.stringMatching(/no tax "CGST" of 9 % and "SGST" of 9 %.*a tax group/),
		]);
	});

	test('without what Books needs is for a person', () => {
		const unknown = fromQuote({ Quoted_Items: [row({ Line_Tax: [{ name: 'VAT', percentage: 7 }] })] });
		expect(unknown.problems).toEqual([expect.stringContaining('no tax "VAT" of 7 % for "Lamp"')]);
		expect(convertQuote({ ...won, Amount: 0 }, [], { ...known, customerId: '' }).problems).toEqual([
			expect.stringContaining('no customer'),
			expect.stringContaining('neither a Quote nor Products'),
		]);
	});

	test('keeps a long name whole in the description', () => {
		const name = 'L'.repeat(120);
		expect(convertQuote({ ...won, Deal_Name: name }, [], known).body.line_items).toEqual([
			{ name: 'L'.repeat(100), description: name, quantity: 1, rate: 500 },
		]);
	});

	test('has a negative price for a quantity below zero', () => {
		expect(fromQuote({ Quoted_Items: [row({ Quantity: -2 })] }).body.line_items).toEqual([
			{ item_id: '46001', quantity: 2, rate: -33.35 },
		]);
	});
});
