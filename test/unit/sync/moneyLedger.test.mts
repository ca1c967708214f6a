import fc from 'fast-check';

import { applyInvoice, dealTotals, readLedger, writeLedger, type Ledger } from '../../../sync/money';
import type { JsonObject } from '../../../sync/types';

const state = (id: string, minute: number, more: JsonObject = {}): JsonObject => ({
	invoice_id: id,
	invoice_number: `INV-${id}`,
	status: 'sent',
	currency_code: 'EUR',
	exchange_rate: 1,
	total: 100,
	payment_made: 0,
	credits_applied: 0,
	balance: 100,
	last_modified_time: `2026-11-01T10:${String(minute).padStart(2, '0')}:00+0000`,
	...more,
});
const all = (states: JsonObject[], leaveOutDrafts = false) =>
	states.reduce<Ledger>((ledger, one) => applyInvoice(ledger, one, leaveOutDrafts), {});
const euros = { dealCurrency: 'EUR', booksCurrency: 'EUR' };
const totals = (states: JsonObject[]) => dealTotals(all(states), euros);

/** States of up to four invoices; those of one invoice have different times. */
const history = fc
	.uniqueArray(
		fc.record({
			id: fc.constantFrom('1', '2', '3', '4'),
			minute: fc.nat(59),
			status: fc.constantFrom('draft', 'sent', 'overdue', 'partially_paid', 'paid', 'void', 'deleted'),
			total: fc.integer({ min: 1, max: 1_000_000 }).map((cents) => cents / 100),
			part: fc.nat(100),
		}),
		{ selector: ({ id, minute }) => `${id} ${minute}`, maxLength: 20 },
	)
	.map((states) =>
		states.map(({ id, minute, status, total, part }) => {
			const paid = Number(((total * part) / 100).toFixed(2));
			return state(id, minute, {
				status,
				total,
				payment_made: paid,
				balance: Number((total - paid).toFixed(2)),
			});
		}),
	);

test('whatever order and however often states arrive, the newest of each invoice counts; void, deleted and left-out ones do not', () => {
	const orders = history.chain((states) =>
		fc.record({
			states: fc.constant(states),
			arrived: fc
				.tuple(fc.shuffledSubarray(states, { minLength: states.length }), fc.shuffledSubarray(states))
				.map(([once, again]) => [...once, ...again]),
			leaveOutDrafts: fc.boolean(),
		}),
	);
	fc.assert(
		fc.property(orders, ({ states, arrived, leaveOutDrafts }) => {
			const ledger = all(arrived, leaveOutDrafts);
			const inOrder = [...states].sort((a, b) =>
				String(a.last_modified_time) < String(b.last_modified_time) ? -1 : 1,
			);
			expect(writeLedger(ledger)).toBe(writeLedger(all(inOrder, leaveOutDrafts)));
			expect(readLedger(writeLedger(ledger))).toEqual(ledger);

			const newest = new Map(inOrder.map((one) => [one.invoice_id, one]));
			const out = ['void', 'deleted', ...(leaveOutDrafts ? ['draft'] : [])];
			const counted = [...newest.values()].filter(({ status }) => !out.includes(String(status)));
			const cents = (field: string) =>
				counted.reduce((sum, one) => sum + Math.round(Number(one[field]) * 100), 0) / 100;
			expect(dealTotals(ledger, euros)).toEqual({
				Amount_Invoiced: cents('total'),
				Amount_Paid: cents('payment_made'),
				Balance_Due: cents('balance'),
			});
		}),
		{ numRuns: 3000 },
	);
});

test('applying changes neither the ledger it is given nor, a second time, anything', () => {
	const before = all([state('1', 1)]);
	const copy = structuredClone(before);
	const after = applyInvoice(before, state('1', 2, { total: 50, balance: 50 }));
	expect([before, applyInvoice(after, state('1', 2, { total: 50, balance: 50 }))]).toEqual([copy, after]);
});

test('an older state after a void one does not bring the invoice back', () => {
	expect(totals([state('1', 5, { status: 'void' }), state('1', 3)])).toEqual({
		Amount_Invoiced: 0,
		Amount_Paid: 0,
		Balance_Due: 0,
	});
	expect(totals([state('1', 5, { status: 'void' }), state('1', 7)])).toMatchObject({ Amount_Invoiced: 100 });
});

test('of two states of one second, what a webhook held is the earlier', () => {
	const read = state('1', 5, { payment_made: 40, balance: 60 });
	const sent = state('1', 5, { _event: { fromPayload: true } });
	for (const order of [[read, sent], [sent, read]]) expect(totals(order)).toMatchObject({ Amount_Paid: 40, Balance_Due: 60 });
	expect(totals([read, { ...sent, last_modified_time: '2026-11-01T10:05:01+0000' }])).toMatchObject({ Amount_Paid: 0 });
	expect(totals([read, state('1', 5)])).toMatchObject({ Amount_Paid: 0 });
});

test('times with other offsets are compared as instants; a state without a time is taken as it comes', () => {
	const late = state('1', 0, { last_modified_time: '2026-11-01T15:31:00+0530', total: 7, balance: 7 });
	expect(totals([late, state('1', 0)])).toMatchObject({ Amount_Invoiced: 7 });
	const timeless = state('1', 0, { last_modified_time: '', total: 8, balance: 8 });
	expect(totals([late, timeless])).toMatchObject({ Amount_Invoiced: 8 });
	expect(totals([late, timeless, state('1', 0)])).toMatchObject({ Amount_Invoiced: 8 });
});

test('credits count as paid, what is written off is neither paid nor due, and a row of a list tells enough', () => {
	const one = { credits_applied: 10, payment_made: 20, write_off_amount: 5, balance: 65 };
	expect(totals([state('1', 0, one)])).toEqual({ Amount_Invoiced: 100, Amount_Paid: 30, Balance_Due: 65 });
	const row = { ...state('1', 0, one), payment_made: undefined, credits_applied: undefined };
	expect(totals([row])).toEqual({ Amount_Invoiced: 100, Amount_Paid: 30, Balance_Due: 65 });
});

test('an invoice that does not tell its total is an error, and no amount of 0', () => {
	expect(() => applyInvoice({}, state('1', 0, { total: undefined }))).toThrow(
		/INV-1 does not tell its total/,
	);
	expect(applyInvoice({}, { status: 'sent' })).toEqual({});
	expect(() => applyInvoice({}, { invoice_id: '1', status: 'deleted' })).not.toThrow();
});

test.each([undefined, null, 5, '', ' ', 'no JSON', '[]', '"text"', '{"1":{"total":"5"}}', '{"1":null}'])(
	'%j is an empty ledger',
	(text) => {
		expect(readLedger(text)).toEqual({});
	},
);

test('a ledger that is too long drops what counts no more, then says so', () => {
	const id = (n: number) => `4600000000${String(n).padStart(4, '0')}`;
	const many = (count: number, from: number, more: JsonObject) =>
		Array.from({ length: count }, (_, n) => state(id(from + n), 0, more));
	const kept = readLedger(writeLedger(all([...many(150, 0, {}), ...many(100, 500, { status: 'void' })])));
	expect(Object.keys(kept)).toHaveLength(150);
	expect(() => writeLedger(all(many(400, 0, {})))).toThrow(/400\).*Zoho_Books_Invoices/);
	expect(writeLedger(all(many(150, 0, {}))).length).toBeLessThanOrEqual(32_000);
});

describe('totals', () => {
	const dollars = (more: JsonObject = {}) =>
		state('2', 0, { currency_code: 'USD', exchange_rate: 0.9, ...more });

	test('of nothing are 0', () => {
		expect(dealTotals({}, { dealCurrency: '', booksCurrency: '' })).toEqual({
			Amount_Invoiced: 0,
			Amount_Paid: 0,
			Balance_Due: 0,
		});
	});

	test('are free of binary noise', () => {
		const states = Array.from({ length: 10 }, (_, n) => state(String(n), 0, { total: 0.1, balance: 0.1 }));
		expect(totals(states)).toMatchObject({ Amount_Invoiced: 1, Balance_Due: 1 });
	});

	test('an invoice of the rate 1 gives the base currency away where nobody told', () => {
		const ledger = all([state('1', 0), dollars()]);
		expect(dealTotals(ledger, { dealCurrency: 'EUR', booksCurrency: '' })).toMatchObject({
			Amount_Invoiced: 190,
		});
		expect(dealTotals(all([dollars()]), { dealCurrency: 'EUR', booksCurrency: '' })).toEqual({
			problem: expect.stringContaining('INV-2 (USD)') as string,
		});
	});

	test('without a rate, or in a currency that is not the base, they cannot be told', () => {
		const ask = (more: JsonObject, dealCurrency: string) =>
			dealTotals(all([dollars(more)]), { dealCurrency, booksCurrency: 'EUR' });
		expect(ask({ exchange_rate: undefined }, 'EUR')).toHaveProperty('problem');
		expect(ask({}, 'GBP')).toHaveProperty('problem');
		expect(ask({}, '')).toHaveProperty('problem');
		expect(ask({}, 'USD')).toMatchObject({ Amount_Invoiced: 100 });
	});

	test('a void invoice in a foreign currency is no obstacle', () => {
		expect(
			dealTotals(all([dollars({ status: 'void' })]), { dealCurrency: 'GBP', booksCurrency: 'EUR' }),
		).toMatchObject({ Amount_Invoiced: 0 });
	});

	test('a converted amount has the decimals of the base currency', () => {
		const ledger = all([
			state('1', 0, { currency_code: 'EUR', exchange_rate: 161.237, total: 10.01, balance: 10.01 }),
		]);
		expect(dealTotals(ledger, { dealCurrency: 'JPY', booksCurrency: 'JPY' })).toMatchObject({
			Amount_Invoiced: 1614,
		});
		expect(dealTotals(ledger, { dealCurrency: 'KWD', booksCurrency: 'KWD' })).toMatchObject({
			Amount_Invoiced: 1613.982,
		});
	});
});
