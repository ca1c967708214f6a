/** What the simulated Books calculates, by examples that were worked out by hand. */

import { exact, toNumber } from '../../sandbox/simulator/crm/exact.mts';
import type { TaxInfo } from '../../sandbox/simulator/books/taxes.mts';
import { discountOf } from '../../sandbox/simulator/books/documentBody.mts';
import { type DocumentInput, quotient, totalsOf } from '../../sandbox/simulator/books/totals.mts';

const single = (name: string, percentage: number): TaxInfo => {
	const part = { id: name, name, percentage };
	return { ...part, isGroup: false, parts: [part] };
};
const group = (...parts: TaxInfo[]): TaxInfo => ({
	id: 'group',
	name: 'group',
	percentage: parts.reduce((sum, { percentage }) => sum + percentage, 0),
	isGroup: true,
	parts: parts.flatMap((tax) => tax.parts),
});
const vat = single('VAT', 19);
const reduced = single('Reduced', 7);

interface Example extends Omit<Partial<DocumentInput>, 'lines' | 'discount' | 'shipping' | 'adjustment'> {
	/** Quantity, rate, tax, discount. */
	lines: Array<[quantity: number, rate: number | string, tax?: TaxInfo, discount?: string]>;
	discount?: string;
	shipping?: number;
	adjustment?: number;
}

function calculated({ lines, discount = '0', shipping = 0, adjustment = 0, ...more }: Example) {
	const totals = totalsOf({
		places: 2,
		inclusive: false,
		beforeTax: true,
		discountWithTax: false,
		taxRounding: 'entity_level',
		shippingTax: undefined,
		...more,
		lines: lines.map(([quantity, rate, tax, own = '0']) => ({
			quantity: exact(quantity),
			rate: exact(rate),
			discount: discountOf(own),
			tax,
		})),
		discount: discountOf(discount),
		shipping: exact(shipping),
		adjustment: exact(adjustment),
	});
	const taxes = (all: typeof totals.taxes) =>
		Object.fromEntries(all.map(({ tax, amount }) => [tax.name, toNumber(amount)]));
	return {
		nets: totals.lines.map(({ net }) => toNumber(net)),
		lineTaxes: totals.lines.map((line) => taxes(line.taxes)),
		subTotal: toNumber(totals.subTotal),
		discountTotal: toNumber(totals.discountTotal),
		discountedOn: toNumber(totals.discountedOn),
		taxes: taxes(totals.taxes),
		taxTotal: toNumber(totals.taxTotal),
		shipping: toNumber(totals.shipping.net),
		total: toNumber(totals.total),
	};
}

describe('lines and taxes', () => {
	test('quantity times rate is rounded half up: 3 × 33.335 = 100.005 → 100.01', () => {
		expect(calculated({ lines: [[3, 33.335]] })).toMatchObject({ nets: [100.01], total: 100.01 });
	});

	test('no binary floating point: 1.1 × 1.15 = 1.265 → 1.27, and 0.1 + 0.2 = 0.3', () => {
		expect(calculated({ lines: [[1.1, 1.15]] }).total).toBe(1.27);
		expect(
			calculated({
				lines: [
					[1, 0.1],
					[1, 0.2],
				],
			}).total,
		).toBe(0.3);
	});

	test('entity_level rounds each tax once, item_level on every line', () => {
		// 19 % of 0.13 is 0.0247: three lines are 0.0741 → 0.07, or three times 0.02.
		const lines: Example['lines'] = [
			[1, 0.13, vat],
			[1, 0.13, vat],
			[1, 0.13, vat],
		];
		expect(calculated({ lines })).toMatchObject({ subTotal: 0.39, taxTotal: 0.07, total: 0.46 });
		expect(calculated({ lines, taxRounding: 'item_level' })).toMatchObject({ taxTotal: 0.06, total: 0.45 });
		expect(calculated({ lines }).lineTaxes).toEqual([{ VAT: 0.02 }, { VAT: 0.02 }, { VAT: 0.02 }]);
	});

	test('a document of a live organization: 13,110.64 with GST 5 % and QST 9.975 %', () => {
		const both = group(single('GST', 5), single('QST', 9.975));
		expect(calculated({ lines: [[1, 13_110.64, both]] })).toMatchObject({
			taxes: { GST: 655.53, QST: 1307.79 },
			taxTotal: 1963.32,
			total: 15_073.96,
		});
	});

	test('another one, corrected: 11,898.57 → 594.93 and 1,186.88, 13,680.38', () => {
		const both = group(single('GST', 5), single('QST', 9.975));
		expect(calculated({ lines: [[1, 11_898.57, both]] })).toMatchObject({
			taxes: { GST: 594.93, QST: 1186.88 },
			total: 13_680.38,
		});
	});

	test('a group taxes with each of its parts, on the net amount; a third one: CGST and SGST 2.5 % of 464', () => {
		const both = group(single('CGST', 2.5), single('SGST', 2.5));
		expect(calculated({ lines: [[1, 464, both]] })).toMatchObject({
			lineTaxes: [{ CGST: 11.6, SGST: 11.6 }],
			total: 487.2,
		});
	});

	test('lines of different taxes and of none', () => {
		const lines: Example['lines'] = [
			[2, 10, vat],
			[1, 5, reduced],
			[1, 4],
		];
		expect(calculated({ lines })).toMatchObject({
			subTotal: 29,
			taxes: { VAT: 3.8, Reduced: 0.35 },
			total: 33.15,
		});
	});

	test('a tax of nothing stays in the list, without an amount', () => {
		expect(calculated({ lines: [[1, 10, single('Zero', 0)]] })).toMatchObject({
			taxes: { Zero: 0 },
			total: 10,
		});
	});

	test('a credit line takes its tax off', () => {
		expect(
			calculated({
				lines: [
					[1, 100, vat],
					[-1, 30, vat],
				],
			}),
		).toMatchObject({ subTotal: 70, taxTotal: 13.3, total: 83.3 });
	});
});

describe('discounts', () => {
	test('of lines, in per cent and as amount: sub_total is net of them', () => {
		// 99.90 − 10 % (9.99) = 89.91; 50 − 5 = 45. 19 % of 134.91 = 25.6329.
		const lines: Example['lines'] = [
			[1, 99.9, vat, '10%'],
			[1, 50, vat, '5'],
		];
		expect(calculated({ lines })).toMatchObject({
			nets: [89.91, 45],
			subTotal: 134.91,
			discountTotal: 14.99,
			taxTotal: 25.63,
			total: 160.54,
		});
	});

	test('a flat amount where ten per cent were meant: gross less 10.00, as a live organization has it', () => {
		expect(calculated({ lines: [[2, 50, undefined, '10']] }).nets).toEqual([90]);
	});

	test('of all, before tax: lowers what each line is taxed on, not its total', () => {
		// 300 − 10 % = 270. 19 % of 180 = 34.20; 7 % of 90 = 6.30.
		const lines: Example['lines'] = [
			[1, 200, vat],
			[1, 100, reduced],
		];
		expect(calculated({ lines, discount: '10%' })).toMatchObject({
			nets: [200, 100],
			subTotal: 300,
			discountTotal: 30,
			discountedOn: 300,
			taxes: { VAT: 34.2, Reduced: 6.3 },
			total: 310.5,
		});
	});

	test('of all, as amount, divided to the last cent: 10.00 on three lines of 33.33 is 3.33, 3.33 and 3.34', () => {
		// Taxes: VAT on 30.00 twice, Reduced on 29.99: 11.40 and 2.0993.
		const lines: Example['lines'] = [
			[1, 33.33, vat],
			[1, 33.33, vat],
			[1, 33.33, reduced],
		];
		expect(calculated({ lines, discount: '10' })).toMatchObject({
			subTotal: 99.99,
			taxes: { VAT: 11.4, Reduced: 2.1 },
			total: 103.49,
		});
	});

	test('the rest of a division goes to the last line that costs something', () => {
		const lines: Example['lines'] = [
			[1, 33.33, vat],
			[1, 66.66, vat],
			[1, 0, reduced],
		];
		expect(calculated({ lines, discount: '10' }).taxes).toEqual({ VAT: 17.1, Reduced: 0 });
	});

	test('of all, after tax: changes no tax; per cent are of the lines with their taxes', () => {
		// 100 + 19 = 119; ten per cent of it are 11.90.
		const lines: Example['lines'] = [[1, 100, vat]];
		expect(calculated({ lines, discount: '10%', beforeTax: false })).toMatchObject({
			subTotal: 100,
			taxTotal: 19,
			discountTotal: 11.9,
			discountedOn: 119,
			total: 107.1,
		});
		expect(calculated({ lines, discount: '10', beforeTax: false }).total).toBe(109);
	});

	test('on nothing is nothing', () => {
		expect(calculated({ lines: [[1, 0, vat]], discount: '10%' })).toMatchObject({
			discountTotal: 0,
			total: 0,
		});
	});
});

describe('prices that include tax', () => {
	test('119.00 at 19 %: 100.00 and 19.00; 10.00: 8.40 and 1.60', () => {
		// 10 / 1.19 = 8.4034.
		const lines: Example['lines'] = [
			[1, 119, vat],
			[1, 10, vat],
		];
		expect(calculated({ lines, inclusive: true })).toMatchObject({
			nets: [100, 8.4],
			lineTaxes: [{ VAT: 19 }, { VAT: 1.6 }],
			taxTotal: 20.6,
			total: 129,
		});
	});

	test('net and tax add up to the price, whatever the rounding: 0.01 to 2.00 at 19 %', () => {
		for (let cents = 1; cents <= 200; cents++) {
			const price = cents / 100;
			expect(calculated({ lines: [[1, price, vat]], inclusive: true }).total).toBe(price);
		}
	});

	test('a group: the last part takes what is left over', () => {
		// 10 / 1.05 = 9.5238 → 9.52; 0.48 on two parts of 2.5 %; 1.00: 0.95, 0.05 → 0.03 and 0.02.
		const both = group(single('CGST', 2.5), single('SGST', 2.5));
		expect(calculated({ lines: [[1, 10, both]], inclusive: true }).lineTaxes).toEqual([
			{ CGST: 0.24, SGST: 0.24 },
		]);
		expect(calculated({ lines: [[1, 1, both]], inclusive: true }).lineTaxes).toEqual([
			{ CGST: 0.03, SGST: 0.02 },
		]);
	});

	test('a line discount is off the price with tax', () => {
		// 119 − 10 % = 107.10 → 90.00 and 17.10.
		expect(calculated({ lines: [[1, 119, vat, '10%']], inclusive: true })).toMatchObject({
			nets: [90],
			discountTotal: 11.9,
			taxTotal: 17.1,
			total: 107.1,
		});
	});

	test('a discount of all before tax is without tax: 100.00 − 10 % = 90.00, VAT 17.10', () => {
		const lines: Example['lines'] = [[1, 119, vat]];
		expect(calculated({ lines, inclusive: true, discount: '10%' })).toMatchObject({
			subTotal: 100,
			discountTotal: 10,
			taxTotal: 17.1,
			total: 107.1,
		});
		expect(calculated({ lines, inclusive: true, discount: '11.90' }).total).toBe(104.84);
	});

	test('by switch it is with tax: 11.90 off 119.00 leaves 107.10', () => {
		expect(
			calculated({ lines: [[1, 119, vat]], inclusive: true, discount: '11.90', discountWithTax: true }),
		).toMatchObject({ subTotal: 100, discountTotal: 11.9, taxTotal: 17.1, total: 107.1 });
	});

	test('shipping includes its tax, too: 11.90 are 10.00 and 1.90', () => {
		const lines: Example['lines'] = [[1, 119, vat]];
		expect(calculated({ lines, inclusive: true, shipping: 11.9, shippingTax: vat })).toMatchObject({
			shipping: 10,
			taxTotal: 20.9,
			total: 130.9,
		});
	});

	test('without a tax nothing is taken out', () => {
		expect(calculated({ lines: [[1, 10]], inclusive: true })).toMatchObject({
			nets: [10],
			taxTotal: 0,
			total: 10,
		});
	});
});

describe('shipping and adjustment', () => {
	test('shipping is taxed and not discounted, the adjustment neither', () => {
		// 100 − 10 = 90 → VAT 17.10; shipping 5.95 → 1.1305; together 18.2305. 90 + 18.23 + 5.95 − 0.18.
		expect(
			calculated({
				lines: [[1, 100, vat]],
				discount: '10%',
				shipping: 5.95,
				shippingTax: vat,
				adjustment: -0.18,
			}),
		).toMatchObject({ taxes: { VAT: 18.23 }, shipping: 5.95, total: 114 });
	});

	test('item_level rounds the tax on shipping by itself: 17.10 + 1.13', () => {
		expect(
			calculated({ lines: [[1, 90, vat]], shipping: 5.95, shippingTax: vat, taxRounding: 'item_level' })
				.taxTotal,
		).toBe(18.23);
	});

	test('its tax has a row of its own where the lines have another', () => {
		expect(calculated({ lines: [[1, 100, reduced]], shipping: 10, shippingTax: vat }).taxes).toEqual({
			Reduced: 7,
			VAT: 1.9,
		});
	});
});

describe('currencies', () => {
	test('yen have no decimals: 3 × 333 at 10 %: 99.9 → 100', () => {
		expect(calculated({ lines: [[3, 333, single('JCT', 10)]], places: 0 })).toMatchObject({
			subTotal: 999,
			taxTotal: 100,
			total: 1099,
		});
	});

	test('yen with the tax in the price: 1,000 at 10 % is 909 and 91', () => {
		expect(calculated({ lines: [[1, 1000, single('JCT', 10)]], places: 0, inclusive: true })).toMatchObject({
			nets: [909],
			taxTotal: 91,
			total: 1000,
		});
	});

	test('as a live organization has it without decimals: 1,000 with 13 % in it is 885', () => {
		expect(calculated({ lines: [[1, 1000, single('TVA', 13)]], places: 0, inclusive: true }).nets).toEqual([
			885,
		]);
	});

	test('a discount in yen is whole: 3.5 % of 999 = 34.965 → 35', () => {
		expect(calculated({ lines: [[1, 999]], places: 0, discount: '3.5%' }).total).toBe(964);
	});

	test('dinars have three decimals: 2 × 1.2345 = 2.469, 5 % = 0.12345 → 0.123', () => {
		expect(calculated({ lines: [[2, 1.2345, single('VAT', 5)]], places: 3 })).toMatchObject({
			subTotal: 2.469,
			taxTotal: 0.123,
			total: 2.592,
		});
	});

	test('amounts beyond what a double holds exactly do not lose a cent', () => {
		expect(
			calculated({
				lines: [
					[1, '90071992547409.93'],
					[1, '0.01'],
				],
			}).total,
		).toBe(90_071_992_547_409.94);
	});
});

test('quotient rounds a half away from zero', () => {
	const of = (a: number, b: number, places: number) => toNumber(quotient(exact(a), exact(b), places));
	expect([of(1, 8, 2), of(-1, 8, 2), of(1, 3, 2), of(2, 3, 0), of(5, 2.5, 1)]).toEqual([
		0.13, -0.13, 0.33, 1, 2,
	]);
});
