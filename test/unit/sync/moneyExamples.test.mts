/** The worked examples of docs/mappings.md, "Invoices, currencies, taxes and rounding", row by row. */

import {
	convertInvoice,
	dealTotals,
	neededTaxes,
	productKeys,
	applyInvoice,
	type Ledger,
} from '../../../sync/money';
import type { JsonObject } from '../../../sync/types';

const vat = (rate: number, amount: number): JsonObject => ({
	tax_name: `VAT ${rate}`,
	tax_percentage: rate,
	line_item_taxes: [{ tax_name: `VAT ${rate} (${rate}%)`, tax_amount: amount }],
});
const line = (quantity: number, rate: number, item_total: number, more: JsonObject = {}): JsonObject => ({
	item_id: '46001',
	name: 'Lamp',
	description: '',
	quantity,
	rate,
	item_total,
	discount_amount: 0,
	tax_name: '',
	tax_percentage: 0,
	line_item_taxes: [],
	...more,
});
const invoice = (total: number, line_items: JsonObject[], more: JsonObject = {}): JsonObject => ({
	currency_code: 'EUR',
	discount_type: 'item_level',
	is_discount_before_tax: true,
	is_inclusive_tax: false,
	tax_rounding: 'item_level',
	discount_total: 0,
	shipping_charge: 0,
	adjustment: 0,
	roundoff_value: 0,
	line_items,
	total,
	...more,
});

/** Lines as [quantity, price, discount, taxes], discount and adjustment of the record, rounding. */
function told(given: JsonObject, currencyPlaces = 2) {
	const keys = productKeys(given);
	const known = {
		products: new Map(keys.map((key) => [key, key])),
		taxes: neededTaxes(given),
		currencyPlaces,
	};
	const { fields, grandTotal, rounding, problems } = convertInvoice(given, known);
	expect(problems).toEqual([]);
	expect(grandTotal).toBe(given.total);
	const lines = fields.Invoiced_Items.map((row) => [
		row.Quantity,
		row.List_Price,
		row.Discount,
		row.Line_Tax.map(({ name, percentage }) => `${name} ${percentage}`).join(', '),
	]);
	return { lines, record: [fields.Discount, fields.Adjustment], rounding, rows: fields.Invoiced_Items };
}

test('net prices', () => {
	expect(told(invoice(109.06, [line(1.5, 61.1, 91.65, vat(19, 17.41))]))).toMatchObject({
		lines: [[1.5, 61.1, 0, 'VAT 19 19']],
		record: [0, 0],
	});
});

test('a discount on a line, in per cent', () => {
	const row = line(4, 25, 90, { ...vat(19, 17.1), discount: '10%', discount_amount: 10 });
	expect(told(invoice(107.1, [row], { discount_total: 10 }))).toMatchObject({
		lines: [[4, 25, 10, 'VAT 19 19']],
		record: [0, 0],
	});
});

test('a discount on the whole before tax is divided among the lines', () => {
	const rows = [line(1, 100, 100, vat(19, 17.1)), line(1, 33.33, 33.33, vat(7, 2.1))];
	const given = invoice(139.2, rows, {
		discount_type: 'entity_level',
		discount: '10%',
		discount_total: 13.33,
	});
	expect(told(given)).toMatchObject({
		lines: [
			[1, 100, 10, 'VAT 19 19'],
			[1, 33.33, 3.33, 'VAT 7 7'],
		],
		record: [0, 0],
	});
});

test('a discount on the whole after tax', () => {
	const given = invoice(109, [line(1, 100, 100, vat(19, 19))], {
		discount_type: 'entity_level',
		is_discount_before_tax: false,
		discount_total: 10,
	});
	expect(told(given)).toMatchObject({ lines: [[1, 100, 0, 'VAT 19 19']], record: [10, 0] });
});

test('prices with tax become net prices; what does not come out even is a discount of a few cents', () => {
	const given = invoice(29.97, [line(3, 9.99, 25.18, vat(19, 4.79))], { is_inclusive_tax: true });
	expect(told(given)).toMatchObject({
		lines: [[3, 8.4, 0.02, 'VAT 19 19']],
		record: [0, 0.01],
		rounding: 0.01,
	});
});

test('a price with more decimals than CRM keeps: one piece', () => {
	const { lines, rows } = told(invoice(148.75, [line(1000, 0.125, 125, vat(19, 23.75))]));
	expect(lines).toEqual([[1, 125, 0, 'VAT 19 19']]);
	expect(rows[0]?.Description).toBe('1000 × 0.125');
});

test('a tax group is told as its taxes', () => {
	const gst = {
		tax_name: 'GST18',
		tax_type: 'tax_group',
		tax_percentage: 18,
		line_item_taxes: [
			{ tax_name: 'CGST9 (9%)', tax_amount: 4.1 },
			{ tax_name: 'SGST9 (9%)', tax_amount: 4.1 },
		],
	};
	expect(told(invoice(53.7, [line(1, 45.5, 45.5, gst)]))).toMatchObject({
		lines: [[1, 45.5, 0, 'CGST9 9, SGST9 9']],
		record: [0, 0],
	});
});

test('taxes that Books rounds once for the whole invoice', () => {
	const rows = [1, 2, 3].map(() => line(1, 0.33, 0.33, vat(19, 0.06)));
	const given = invoice(1.18, rows, { tax_rounding: 'entity_level' });
	expect(told(given)).toMatchObject({ record: [0, 0.01], rounding: 0.01 });
});

test('shipping is a line, adjustment and round-off go into the adjustment', () => {
	const given = invoice(125, [line(1, 100, 100, vat(19, 19))], {
		shipping_charge: 5,
		shipping_charge_exclusive_of_tax: 5,
		shipping_charge_tax_name: 'VAT 19',
		shipping_charge_tax_percentage: 19,
		adjustment: -0.37,
		roundoff_value: 0.42,
	});
	const { lines, record, rounding, rows } = told(given);
	expect(lines).toEqual([
		[1, 100, 0, 'VAT 19 19'],
		[1, 5, 0, 'VAT 19 19'],
	]);
	expect([record, rounding, rows[1]?.Product_Name.id]).toEqual([[0, 0.05], 0, 'shipping']);
});

test('a currency without decimals', () => {
	const given = invoice(1101, [line(3, 333.5, 1001, vat(10, 100))], { currency_code: 'JPY' });
	expect(told(given, 0)).toMatchObject({ lines: [[3, 334, 1, 'VAT 10 10']], record: [0, 0] });
});

describe('the amounts of a Deal', () => {
	const bill = (id: string, currency: string, rate: number, total: number, paid: number): JsonObject => ({
		invoice_id: id,
		invoice_number: `INV-${id}`,
		status: 'sent',
		currency_code: currency,
		exchange_rate: rate,
		total,
		payment_made: paid,
		credits_applied: 0,
		balance: total - paid,
		last_modified_time: '2026-11-01T10:00:00+0000',
	});
	const ledger = [
		bill('1', 'EUR', 1, 100, 40),
		bill('2', 'USD', 0.9, 50, 0),
		bill('3', 'USD', 0.8765, 9.99, 9.99),
	].reduce<Ledger>((all, one) => applyInvoice(all, one), {});

	test("in Books' base currency: others converted by the rate of each invoice", () => {
		expect(dealTotals(ledger, { dealCurrency: 'EUR', booksCurrency: 'EUR' })).toEqual({
			Amount_Invoiced: 153.76,
			Amount_Paid: 48.76,
			Balance_Due: 105,
		});
	});

	test('in another currency there is no rate', () => {
		expect(dealTotals(ledger, { dealCurrency: 'USD', booksCurrency: 'EUR' })).toEqual({
			problem: expect.stringMatching(/USD.*INV-1 \(EUR\)/) as string,
		});
	});
});
