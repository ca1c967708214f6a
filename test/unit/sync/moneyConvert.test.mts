import { convertInvoice, neededTaxes, productKeys } from '../../../sync/money';
import type { JsonObject } from '../../../sync/types';

const vat: JsonObject = {
	tax_name: 'VAT',
	tax_percentage: 19,
	line_item_taxes: [{ tax_name: 'VAT (19%)', tax_percentage: 19, tax_amount: 1.9 }],
};
const line = (more: JsonObject = {}): JsonObject => ({
	item_id: '46001',
	name: 'Lamp',
	description: '',
	quantity: 1,
	rate: 10,
	item_total: 10,
	discount_amount: 0,
	...more,
});
const invoice = (total: unknown, line_items: JsonObject[], more: JsonObject = {}): JsonObject => ({
	currency_code: 'EUR',
	discount_type: 'item_level',
	discount_total: 0,
	line_items,
	total: total as never,
	...more,
});
const convert = (given: JsonObject, more: Partial<Parameters<typeof convertInvoice>[1]> = {}) =>
	convertInvoice(given, {
		products: new Map(productKeys(given).map((key) => [key, key])),
		taxes: neededTaxes(given),
		currencyPlaces: 2,
		...more,
	});
const group = (parts: JsonObject[], more: JsonObject = {}): JsonObject => ({
	tax_name: 'Group',
	tax_type: 'tax_group',
	tax_percentage: 18,
	line_item_taxes: parts,
	...more,
});

describe('lines', () => {
	test('headings and sums between lines are left out', () => {
		const given = invoice(10, [
			{ line_item_category: 'header', name: 'Part one' },
			line(),
			{ line_item_category: 'subtotal', item_total: 10 },
		]);
		expect([
			productKeys(given),
			convert(given).fields.Invoiced_Items.length,
			convert(given).problems,
		]).toEqual([['46001'], 1, []]);
	});

	test('without an item go by the shared Product, with their name in the description', () => {
		const given = invoice(20, [
			line({ item_id: '', name: 'Hours', description: 'On site' }),
			line({ item_id: undefined }),
		]);
		expect(productKeys(given)).toEqual(['free-text']);
		expect(convert(given).fields.Invoiced_Items.map(({ Description }) => Description)).toEqual([
			'Hours\nOn site',
			'Lamp',
		]);
	});

	test('of quantity 0 and below zero are kept', () => {
		const given = invoice(-7.5, [
			line({ quantity: 0, rate: 10, item_total: 0 }),
			line({ quantity: 3, rate: -2.5, item_total: -7.5 }),
		]);
		const { fields, problems } = convert(given);
		expect(
			fields.Invoiced_Items.map(({ Quantity, List_Price, Discount }) => [Quantity, List_Price, Discount]),
		).toEqual([
			[0, 10, 0],
			[3, -2.5, 0],
		]);
		expect(problems).toEqual([]);
	});

	test('a share of the discount that raises a line below zero is part of its price: CRM takes no negative discount', () => {
		const rows = [line({ rate: 100, item_total: 100 }), line({ rate: -10, item_total: -10 })];
		const given = invoice(81, rows, { discount_type: 'entity_level', discount: '10%', discount_total: 9 });
		const { fields, problems } = convert(given);
		expect(fields.Invoiced_Items.map(({ List_Price, Discount }) => [List_Price, Discount])).toEqual([
			[100, 10],
			[-9, 0],
		]);
		expect(problems).toEqual([]);
	});

	test('with a quantity that CRM cannot hold become one piece that tells it', () => {
		const [row] = convert(
			invoice(1.23, [line({ quantity: 0.123456, rate: 10, item_total: 1.23, description: 'Gold' })]),
		).fields.Invoiced_Items;
		expect([row?.Quantity, row?.List_Price, row?.Description]).toEqual([1, 1.23, '0.123456 × 10\nGold']);
	});

	test('numbers may be texts', () => {
		expect(
			convert(invoice('11.90', [line({ quantity: '1.00', rate: '10.00', item_total: '10.00', ...vat })])),
		).toMatchObject({ grandTotal: 11.9, problems: [] });
	});

	test('numbers that binary fractions cannot hold stay what they are', () => {
		const rows = Array.from({ length: 10 }, () => line({ rate: 0.1, item_total: 0.1 }));
		expect(convert(invoice(1, rows))).toMatchObject({ rounding: 0, fields: { Adjustment: 0 }, problems: [] });
		expect(convert(invoice(1.01, [line({ rate: 1.005, item_total: 1.01 })]))).toMatchObject({
			rounding: 0,
			problems: [],
		});
	});

	test('a description that is too long is cut', () => {
		const [row] = convert(invoice(10, [line({ item_id: '', description: 'x'.repeat(2000) })])).fields
			.Invoiced_Items;
		expect(row?.Description).toMatch(/^Lamp\nx+…$/);
		expect(row?.Description).toHaveLength(2000);
	});

	test('more than CRM takes are for a person', () => {
		const rows = Array.from({ length: 201 }, () => line());
		expect(convert(invoice(2010, rows)).problems).toEqual(['The invoice has 201 lines, CRM takes 200.']);
	});
});

describe('what is paid', () => {
	test('does not change the total', () => {
		const given = invoice(11.9, [line(vat)], {
			payment_made: 3,
			credits_applied: 2,
			write_off_amount: 1,
			balance: 5.9,
		});
		expect(convert(given)).toMatchObject({ grandTotal: 11.9, rounding: 0, problems: [] });
	});
});

describe('taxes', () => {
	test('are needed once, whatever the number of lines and shipping', () => {
		const given = invoice(0, [line(vat), line(vat), line()], {
			shipping_charge: 1,
			shipping_charge_tax_name: 'VAT',
			shipping_charge_tax_percentage: 19,
		});
		expect(neededTaxes(given)).toEqual([{ name: 'VAT', percentage: 19 }]);
	});

	test('of 0 % are not needed', () => {
		const zero = {
			tax_name: 'Zero Rate',
			tax_percentage: 0,
			line_item_taxes: [{ tax_name: 'Zero Rate (0%)', tax_amount: 0 }],
		};
		const given = invoice(10, [line(zero)]);
		expect([neededTaxes(given), convert(given).problems]).toEqual([[], []]);
	});

	test('a rate in the name of a tax stays there', () => {
		const named = {
			tax_name: 'VAT (old)',
			tax_percentage: 16,
			line_item_taxes: [{ tax_name: 'VAT (old) (16%)', tax_amount: 1.6 }],
		};
		expect(neededTaxes(invoice(0, [line(named)]))).toEqual([{ name: 'VAT (old)', percentage: 16 }]);
	});

	test('without a list of parts the line tells', () => {
		expect(neededTaxes(invoice(0, [line({ tax_name: 'VAT', tax_percentage: 19 })]))).toEqual([
			{ name: 'VAT', percentage: 19 },
		]);
	});

	test('the parts of a group, by tax_percentage, by their names, or in equal shares', () => {
		const [one, other] = [
			{ tax_name: 'CGST', tax_amount: 0.9 },
			{ tax_name: 'SGST', tax_amount: 0.9 },
		];
		const halves = [
			{ name: 'CGST', percentage: 9 },
			{ name: 'SGST', percentage: 9 },
		];
		const ways = [
			[one, other].map((part) => ({ ...part, tax_percentage: 9 })),
			[one, other].map((part) => ({ ...part, tax_name: `${part.tax_name} (9%)` })),
			[one, other],
		];
		for (const parts of ways) expect(neededTaxes(invoice(0, [line(group(parts))]))).toEqual(halves);
	});

	test('of shipping that names only the group are those of a line with the same', () => {
		const parts = [
			{ tax_name: 'CGST (9%)', tax_amount: 0.9 },
			{ tax_name: 'SGST (9%)', tax_amount: 0.9 },
		];
		const given = invoice(17.7, [line(group(parts))], {
			shipping_charge: 5,
			shipping_charge_tax_name: 'Group',
			shipping_charge_tax_percentage: 18,
			shipping_charge_taxes: [],
		});
		expect(neededTaxes(given).map(({ name }) => name)).toEqual(['CGST', 'SGST']);
		expect(convert(given)).toMatchObject({ problems: [], rounding: 0 });
	});

	test('on taxes, or of unknown rates, are for a person', () => {
		const compound = group([
			{ tax_name: 'GST (5%)', tax_amount: 0.5 },
			{ tax_name: 'PST (10%)', tax_amount: 1.05 },
		]);
		expect(convert(invoice(11.55, [line({ ...compound, tax_percentage: 15.5 })])).problems).toEqual([
			expect.stringMatching(/"Group" of 15.5 % taxes other taxes \(GST 5 %, PST 10 %\)/),
		]);
		const marked = { ...compound, tax_percentage: 15, tax_type: 'compound_tax' };
		expect(convert(invoice(11.5, [line(marked)])).problems).toHaveLength(1);
		const unknown = group([
			{ tax_name: 'A', tax_amount: 1 },
			{ tax_name: 'B', tax_amount: 0.8 },
		]);
		expect(convert(invoice(11.8, [line(unknown)])).problems).toEqual([
			expect.stringContaining('does not tell the rates'),
		]);
	});

	test('are those of CRM by name, whatever the case; another rate is for a person', () => {
		const given = invoice(11.9, [line(vat)]);
		expect(
			convert(given, { taxes: [{ name: 'Vat', percentage: 19 }] }).fields.Invoiced_Items[0]?.Line_Tax,
		).toEqual([{ name: 'Vat', percentage: 19 }]);
		expect(convert(given, { taxes: [{ name: 'VAT', percentage: 20 }] }).problems).toEqual([
			expect.stringMatching(/no tax "VAT" of 19 % \(its "VAT" is 20 %\)/),
		]);
	});
});

describe('for a person', () => {
	test('what CRM lacks, each once', () => {
		const given = invoice(23.8, [line(vat), line(vat)]);
		expect(convert(given, { products: new Map(), taxes: [] }).problems).toEqual([
			'CRM has no Product for "Lamp" (item 46001).',
			expect.stringContaining('no tax "VAT" of 19 %'),
		]);
	});

	test('a total that the parts do not make, with both figures', () => {
		const { problems } = convert(invoice(12.9, [line(vat)]));
		expect(problems).toEqual([
			expect.stringMatching(/make 11\.90 EUR, its total is 12\.90 EUR.*0\.01 EUR that rounding explains/),
		]);
	});

	test('without taxes and discounts not a cent is rounding', () => {
		expect(convert(invoice(20.01, [line(), line()])).problems).toHaveLength(1);
	});

	test('an invoice that does not tell its total', () => {
		expect(convert(invoice(undefined, [line()])).problems).toEqual(['The invoice does not tell its total.']);
		expect(convert(invoice('1,000.00', [line()])).problems).toEqual(['The invoice does not tell its total.']);
	});

	test('more decimals than CRM keeps', () => {
		const given = invoice(1.234, [line({ rate: 1.234, item_total: 1.234 })], { currency_code: 'KWD' });
		expect(convert(given).problems).toEqual([
			expect.stringMatching(/1\.234 has more decimals than CRM keeps for KWD \(2\)/),
		]);
		expect(convert(given, { currencyPlaces: 3 }).problems).toEqual([]);
	});

	test('more decimals in the lines only come out even', () => {
		const rows = [1.234, 1.366].map((rate) => line({ rate, item_total: rate }));
		expect(convert(invoice(2.6, rows, { currency_code: 'KWD' }))).toMatchObject({
			grandTotal: 2.6,
			problems: [],
		});
	});
});

describe('a discount before tax where prices include tax', () => {
	const rows = () => [line({ rate: 119, item_total: 100, ...vat })];
	const more = { is_inclusive_tax: true, discount_type: 'entity_level', is_discount_before_tax: true };

	test('shown without tax', () => {
		const given = invoice(107.1, rows(), { ...more, discount_total: 10, tax_total: 17.1 });
		expect(convert(given)).toMatchObject({
			problems: [],
			rounding: 0,
			fields: { Invoiced_Items: [{ List_Price: 100, Discount: 10 }] },
		});
	});

	test('shown with tax', () => {
		const given = invoice(107.1, rows(), { ...more, discount_total: 11.9, tax_total: 17.1 });
		expect(convert(given)).toMatchObject({
			problems: [],
			rounding: 0,
			fields: { Invoiced_Items: [{ List_Price: 100, Discount: 10 }] },
		});
	});

	test('shown as neither is for a person', () => {
		expect(convert(invoice(107.1, rows(), { ...more, discount_total: 5, tax_total: 17.1 })).problems).toEqual(
			[expect.stringContaining('113.05 EUR')],
		);
	});
});
