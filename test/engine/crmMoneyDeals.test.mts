import type { IDataObject } from 'n8n-workflow';

import { CrmBench, location, wordsOf, type Row } from './crmSupport.mts';
import { invoice, makeDealFields } from './crmMoneySupport.mts';

let crm: CrmBench;
let account: string;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(async () => {
	await start();
});

async function start(options: Parameters<CrmBench['reset']>[0] = { currency: 'EUR' }): Promise<void> {
	crm.reset(options);
	// What a test prepares was there a day before: nothing has to be waited for.
	crm.simulator.world.clock.advance(-86_400_000);
	crm.grant();
	await makeDealFields(crm);
	[account = ''] = await crm.fill('Accounts', [{ Account_Name: 'Acme' }]);
}

/** A minute later, so that Zoho tells another Modified_Time. */
const later = () => crm.simulator.world.clock.advance(60_000);
const deal = async (name: string, more: Row = {}) =>
	(await crm.fill('Deals', [{ Deal_Name: name, Stage: 'Qualification', Account_Name: { id: account }, ...more } as never]))[0] ?? '';
const record = async (items: Row[], more: IDataObject = {}, onError?: 'continueRegularOutput') =>
	await crm.run({ resource: 'deal', operation: 'recordInvoice', accountId: account, ...more }, items, onError);
const amountsOf = (name: string) => {
	const found = crm.records('Deals').find((row) => row.Deal_Name === name);
	return [found?.Amount_Invoiced, found?.Amount_Paid, found?.Balance_Due];
};
const ledgerOf = (name: string) => {
	const text = crm.records('Deals').find((row) => row.Deal_Name === name)?.Zoho_Books_Invoices;
	return typeof text === 'string' ? Object.keys(JSON.parse(text) as object) : [];
};
const writes = (run: { calls: Array<{ kind: string }> }) => run.calls.filter(({ kind }) => kind === 'write').length;
const paid = (n: number, amount: number, more: Row = {}) =>
	invoice(n, { payment_made: amount, balance: 100 - amount, last_modified_time: '2026-11-02T10:00:00+0000', ...more });

describe('an invoice finds its Deal', () => {
	test('by the link that Books has, by the Deal\'s id or name as reference, and as the only open Deal', async () => {
		const [one, two] = [await deal('One'), await deal('Two'), await deal('Three', { Stage: 'Closed Lost' })];
		const items = [
			invoice(1, { zcrm_potential_id: one }),
			invoice(2, { reference_number: two }),
			invoice(3, { reference_number: 'Three' }),
			invoice(4, { reference_number: 'PO 17' }),
		];
		const { rows, error } = await record(items);
		expect(error).toBeUndefined();
		expect(rows.map((row) => (row.deal as Row | null)?.name)).toEqual(['One', 'Two', 'Three', undefined]);
		expect(rows[0]).toMatchObject({ ...items[0], deal: { id: one, name: 'One' }, totals: { Amount_Invoiced: 100, Amount_Paid: 0, Balance_Due: 100 } });
		expect(rows[3]).toMatchObject({ invoice_id: items[3]?.invoice_id, deal: null, totals: null });

		later();
		await crm.write('update', 'Deals', [{ id: two, Stage: 'Closed Won' }]);
		const again = await record([invoice(4)]);
		expect(again.rows).toMatchObject([{ deal: { id: one } }]);
		expect(amountsOf('One')).toEqual([200, 0, 200]);
	});

	test('of a person, too', async () => {
		const [contact = ''] = await crm.fill('Contacts', [{ Last_Name: 'Cher' }]);
		const id = await deal('Song', { Account_Name: null, Contact_Name: { id: contact } });
		const { rows } = await record([invoice(1)], { accountId: '', contactId: contact });
		expect(rows).toMatchObject([{ deal: { id, name: 'Song' } }]);
	});

	test('only as it is told to', async () => {
		await deal('Lighting');
		const { rows } = await record([invoice(1, { reference_number: 'Lighting' })], { findBy: ['crmLink'] });
		expect(rows).toMatchObject([{ deal: null }]);
		const closed = await record([invoice(1)], { options: { closedStages: 'Qualification, Closed Won' } });
		expect(closed.rows).toMatchObject([{ deal: null }]);
		expect(amountsOf('Lighting')).toEqual([null, null, null]);
	});

	test('not where several could be meant', async () => {
		await deal('Lighting');
		await deal('Lighting');
		const { rows, error } = await record([invoice(1, { reference_number: 'Lighting' })]);
		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ deal: null, doubt: expect.stringMatching(/Lighting|Deals/) as string }]);
	});

	test('with nothing to go by it costs no call', async () => {
		const run = await record([invoice(1)], { accountId: '' });
		expect([run.rows[0]?.deal, run.calls]).toEqual([null, []]);
	});

	test('with a name full of quotes and backslashes', async () => {
		const name = "O'Neil \\ \"Sons\" 100%";
		const id = await deal(name, { Stage: 'Closed Won' });
		expect((await record([invoice(1, { reference_number: name })])).rows).toMatchObject([{ deal: { id } }]);
	});
});

describe('the amounts of a Deal', () => {
	test('follow the invoice: sent, paid in part, paid, void; a repeat writes nothing', async () => {
		await deal('Lighting');
		const states: Array<[Row, unknown[]]> = [
			[invoice(1), [100, 0, 100]],
			[paid(1, 40), [100, 40, 60]],
			[paid(1, 100, { last_modified_time: '2026-11-03T10:00:00+0000' }), [100, 100, 0]],
			[invoice(1, { status: 'void', last_modified_time: '2026-11-04T10:00:00+0000' }), [0, 0, 0]],
		];
		for (const [item, amounts] of states) {
			later();
			expect(writes(await record([item]))).toBe(1);
			expect(amountsOf('Lighting')).toEqual(amounts);
			expect(writes(await record([item]))).toBe(0);
		}
	});

	test('add up several invoices of one run in one write, and an older state changes nothing', async () => {
		await deal('Lighting');
		const run = await record([invoice(1), paid(2, 30), invoice(3, { total: 50.5, balance: 50.5 }), paid(1, 10), invoice(1)]);
		expect(writes(run)).toBe(1);
		expect(amountsOf('Lighting')).toEqual([250.5, 40, 210.5]);
		expect(run.rows.map(({ totals }) => totals)).toEqual(Array.from({ length: 5 }, () => ({ Amount_Invoiced: 250.5, Amount_Paid: 40, Balance_Due: 210.5 })));
		later();
		expect(writes(await record([invoice(2)]))).toBe(0);
		expect(amountsOf('Lighting')).toEqual([250.5, 40, 210.5]);
	});

	test('are read in few calls: 120 invoices for 60 Deals', async () => {
		const names = Array.from({ length: 60 }, (_, n) => `Deal ${n}`);
		await crm.fill('Deals', names.map((Deal_Name) => ({ Deal_Name, Stage: 'Closed Won' })));
		const items = Array.from({ length: 120 }, (_, n) => invoice(n, { reference_number: `Deal ${n % 60}` }));
		const { rows, calls } = await record(items);
		expect(rows.map((row) => (row.deal as Row).name)).toEqual(items.map(({ reference_number: name }) => name));
		expect(calls.filter(({ path }) => path.endsWith('/coql'))).toHaveLength(2);
		expect(calls.filter(({ kind }) => kind === 'write')).toHaveLength(60);
		expect(amountsOf('Deal 59')).toEqual([200, 0, 200]);
	});

	test('put right what somebody typed over, once an invoice comes', async () => {
		const id = await deal('Lighting');
		await record([invoice(1)]);
		later();
		await crm.write('update', 'Deals', [{ id, Amount_Paid: 77 }]);
		later();
		await record([invoice(1)]);
		expect(amountsOf('Lighting')).toEqual([100, 0, 100]);
	});

	test('with more decimals than CRM keeps are written once', async () => {
		const id = await deal('Lighting');
		await record([invoice(1, { total: 10.125, balance: 10.125 })]);
		later();
		await crm.write('update', 'Deals', [{ id, Amount_Invoiced: 10.13, Balance_Due: 10.13 }]);
		later();
		expect(writes(await record([invoice(1, { total: 10.125, balance: 10.125 })]))).toBe(0);
	});

	test('leave drafts out when asked', async () => {
		await deal('Lighting');
		await record([invoice(1, { status: 'draft' }), invoice(2)], { options: { leaveOutDrafts: true } });
		expect(amountsOf('Lighting')).toEqual([100, 0, 100]);
	});

	test('of a Deal that an invoice leaves for another one', async () => {
		await deal('Old');
		await record([invoice(1), invoice(2)]);
		const other = await deal('New');
		later();
		const { rows } = await record([invoice(1, { zcrm_potential_id: other, last_modified_time: '2026-11-05T10:00:00+0000' })]);
		expect(rows).toMatchObject([{ deal: { name: 'New' }, totals: { Amount_Invoiced: 100 } }]);
		expect([ledgerOf('Old'), ledgerOf('New')]).toEqual([[invoice(2).invoice_id], [invoice(1).invoice_id]]);
		expect([amountsOf('Old'), amountsOf('New')]).toEqual([[100, 0, 100], [100, 0, 100]]);
	});

	test('of a closed Deal go on following their invoice', async () => {
		const id = await deal('Lighting');
		await record([invoice(1)]);
		later();
		await crm.write('update', 'Deals', [{ id, Stage: 'Closed Won' }]);
		await deal('Another');
		expect((await record([paid(1, 40)])).rows).toMatchObject([{ deal: { name: 'Lighting' } }]);
		expect(amountsOf('Lighting')).toEqual([100, 40, 60]);
	});
});

describe('a deleted invoice', () => {
	const deleted = { deleted: true };

	test('is taken off its Deal, whether that is told or found among those of the Account', async () => {
		const id = await deal('Lighting');
		await record([invoice(1), invoice(2), invoice(3)]);
		later();
		const gone = { invoice_id: invoice(1).invoice_id };
		const told = await record([gone], { ...deleted, accountId: '', dealId: id });
		expect(told.rows).toMatchObject([{ ...gone, deal: { id, name: 'Lighting' }, totals: { Amount_Invoiced: 200 } }]);
		later();
		await record([{ invoice_id: invoice(2).invoice_id }], deleted);
		expect([ledgerOf('Lighting'), amountsOf('Lighting')]).toEqual([[invoice(3).invoice_id], [100, 0, 100]]);
		later();
		await record([{ invoice_id: invoice(3).invoice_id }], deleted);
		expect([ledgerOf('Lighting'), amountsOf('Lighting')]).toEqual([[], [0, 0, 0]]);
		expect(writes(await record([{ invoice_id: invoice(3).invoice_id }], deleted))).toBe(0);
	});

	test('that is on no Deal is no error', async () => {
		const id = await deal('Lighting');
		const { rows, error } = await record([{ invoice_id: '46000000000999' }], { ...deleted, dealId: id });
		expect([error, rows[0]?.deal]).toEqual([undefined, null]);
	});

	test('counts as deleted although an update of it comes in the same run', async () => {
		await deal('Lighting');
		await record([invoice(1)]);
		later();
		const items = [{ ...invoice(1), gone: true }, { ...paid(1, 50), gone: false }];
		await record(items, { deleted: '={{ $json.gone }}' });
		expect(ledgerOf('Lighting')).toEqual([]);
	});
});

describe('at the same time', () => {
	test('two runs for two invoices of one Deal: both count, and the amounts are right', async () => {
		await deal('Lighting');
		const runs = await Promise.all([record([invoice(1)]), record([paid(2, 30)])]);
		expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(ledgerOf('Lighting').sort()).toEqual([invoice(1).invoice_id, invoice(2).invoice_id]);
		expect(amountsOf('Lighting')).toEqual([200, 30, 170]);
	});

	test('ten runs', async () => {
		await deal('Lighting');
		const runs = await Promise.all(Array.from({ length: 10 }, async (_, n) => await record([invoice(n)])));
		expect(runs.filter(({ error }) => error)).toEqual([]);
		expect(ledgerOf('Lighting')).toHaveLength(10);
		expect(amountsOf('Lighting')).toEqual([1_000, 0, 1_000]);
	}, 60_000);

	/** Another n8n, which knows nothing of this one, writes to the Deal just before this one does. */
	function meanwhile(id: string, change: Row, times = 1) {
		const handle = crm.simulator.handle.bind(crm.simulator);
		let left = times;
		const spy = jest.spyOn(crm.simulator, 'handle').mockImplementation(async (request) => {
			if (left > 0 && request.method === 'PUT') {
				left--;
				later();
				crm.simulator.desk({ system: 'crm', location, collection: 'Deals', action: 'update', id, record: change });
				later();
			}
			return await handle(request);
		});
		return spy;
	}

	test('another process: what it wrote after the reading is not lost', async () => {
		const id = await deal('Lighting');
		await record([invoice(1)]);
		const withOne = crm.records('Deals')[0]?.Zoho_Books_Invoices;
		await crm.write('update', 'Deals', [{ id, Zoho_Books_Invoices: null }]);
		later();
		const spy = meanwhile(id, { Zoho_Books_Invoices: withOne });
		const { calls, error } = await record([invoice(2)]);
		spy.mockRestore();
		expect(error).toBeUndefined();
		expect(calls.filter(({ status }) => status === 412)).toHaveLength(1);
		expect(ledgerOf('Lighting').sort()).toEqual([invoice(1).invoice_id, invoice(2).invoice_id]);
		expect(amountsOf('Lighting')).toEqual([200, 0, 200]);
	});

	test('a Deal that changes all the time is given up, and the item says so', async () => {
		const id = await deal('Lighting');
		const spy = meanwhile(id, { Description: 'busy' }, 100);
		const run = await record([invoice(1)]);
		spy.mockRestore();
		expect(wordsOf(run)).toMatch(/Deals "Lighting".*changed the record after it was read/);
		expect(writes(run)).toBeLessThan(10);
	});

	test('a Deal that was changed in this very second is read again when the second is over', async () => {
		// Zoho's clock is ahead: its second is not over yet, however slow this machine is.
		crm.simulator.world.clock.advance(86_400_000 + 30_000);
		crm.grant();
		await deal('Lighting');
		const { calls } = await record([invoice(1)]);
		expect(calls.filter(({ path }) => path.endsWith('/coql'))).toHaveLength(2);
		expect(amountsOf('Lighting')).toEqual([100, 0, 100]);
	});

	test('a write whose answer is lost counts once', async () => {
		await deal('Lighting');
		crm.fault({ what: 'lost-answer', method: 'PUT' });
		expect((await record([invoice(1)])).error).toBeUndefined();
		expect(amountsOf('Lighting')).toEqual([100, 0, 100]);
	});
});

describe('what goes wrong', () => {
	test('Deals without the fields: the error names the fields and the template', async () => {
		crm.reset({ currency: 'EUR' });
		const [id = ''] = await crm.fill('Deals', [{ Deal_Name: 'Lighting', Stage: 'Qualification' }]);
		const run = await record([invoice(1, { reference_number: id })]);
		expect(wordsOf(run)).toMatch(/Zoho_Books_Invoices, Amount_Invoiced, Amount_Paid, Balance_Due.*Set up the sync/);
		expect(writes(run)).toBe(0);
	});

	test('an item that is no invoice stops nothing when the node continues, and everything when it does not', async () => {
		await deal('Lighting');
		const items = [{ hello: 'world' }, invoice(1)];
		const stopped = await record(items);
		expect([wordsOf(stopped), stopped.calls]).toEqual([expect.stringMatching(/no "invoice_id"/), []]);
		const { rows } = await record(items, {}, 'continueRegularOutput');
		expect(rows).toMatchObject([{ error: expect.stringMatching(/no "invoice_id"/) as string }, { deal: { name: 'Lighting' } }]);
	});

	test('a Deal that cannot be written fails its own invoices only', async () => {
		const [one, two] = [await deal('One'), await deal('Two')];
		crm.fault({ what: 'status', status: 400, code: 'RECORD_LOCKED', method: 'PUT' });
		const items = [invoice(1, { zcrm_potential_id: one }), invoice(2, { zcrm_potential_id: two })];
		const { rows } = await record(items, {}, 'continueRegularOutput');
		expect(rows.filter((row) => 'error' in row)).toHaveLength(1);
		expect(rows.filter((row) => row.deal)).toHaveLength(1);
		later();
		expect((await record(items)).error).toBeUndefined();
		expect([amountsOf('One'), amountsOf('Two')]).toEqual([[100, 0, 100], [100, 0, 100]]);
	});

	test('an invoice in a currency from which there is no rate to the Deal is told, and the Deal stays as it is', async () => {
		await deal('Lighting');
		await record([invoice(1, { exchange_rate: 1.1 })]);
		later();
		const run = await record([invoice(2, { currency_code: 'USD', exchange_rate: 1 })]);
		expect(wordsOf(run)).toMatch(/Lighting.*INV-2 \(USD\)/);
		expect([ledgerOf('Lighting'), amountsOf('Lighting')]).toEqual([[invoice(1).invoice_id], [100, 0, 100]]);
	});

	test('an invoice in another currency counts by its own rate where the Deal is in the base currency of Books', async () => {
		await deal('Lighting');
		await record([invoice(1, { currency_code: 'USD', exchange_rate: 0.9 })], { options: { booksCurrency: 'EUR' } });
		expect(amountsOf('Lighting')).toEqual([90, 0, 90]);
	});

	test('a ledger that was damaged by hand is told, and not taken for an empty one', async () => {
		const id = await deal('Lighting');
		await record([invoice(1)]);
		const whole = String(crm.records('Deals')[0]?.Zoho_Books_Invoices);
		for (const damaged of [whole.slice(0, -5), '{"46":{"number":"INV"}}', 'see mail']) {
			later();
			await crm.write('update', 'Deals', [{ id, Zoho_Books_Invoices: damaged }]);
			expect(wordsOf(await record([invoice(2)]))).toMatch(/Zoho_Books_Invoices of the Deal "Lighting".*cannot be read.*Empty the field/);
			expect(amountsOf('Lighting')).toEqual([100, 0, 100]);
		}
		later();
		await crm.write('update', 'Deals', [{ id, Zoho_Books_Invoices: null }]);
		await record([invoice(1), invoice(2)]);
		expect(amountsOf('Lighting')).toEqual([200, 0, 200]);
	});

	test('Deals of an organization with several currencies have their own', async () => {
		const currencies = [
			{ iso_code: 'USD', exchange_rate: 1 },
			{ iso_code: 'EUR', exchange_rate: 0.9 },
		];
		await start({ edition: 'enterprise', currencies });
		await deal('Euros', { Currency: 'EUR' });
		expect((await record([invoice(1)])).error).toBeUndefined();
		expect(amountsOf('Euros')).toEqual([100, 0, 100]);
	});
});
