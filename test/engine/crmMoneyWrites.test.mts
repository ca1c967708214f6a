import { ensureField } from '../../zoho/crm/metadata';
import { directClient } from '../support/directZoho.mts';
import { CrmBench, location, wordsOf, type Row } from './crmSupport.mts';
import { crmInvoice } from './crmMoneySupport.mts';

let crm: CrmBench;
let product: string;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(async () => {
	crm.reset({ taxes: [{ name: 'VAT 19', value: 19 }] });
	// What a test prepares was there a day before: nothing has to be waited for.
	crm.simulator.world.clock.advance(-86_400_000);
	crm.grant();
	await ensureField(directClient(crm.simulator, 'crm', location), 'Invoices', { label: 'Zoho Books ID', type: 'text', unique: true });
	[product = ''] = await crm.fill('Products', [{ Product_Name: 'Lamp' }]);
});

const replace = { options: { replaceSubforms: true } };
const byKey = { duplicateCheckFields: ['Zoho_Books_ID'], ...replace };
/** A minute later, so that Zoho tells another Modified_Time. */
const later = () => crm.simulator.world.clock.advance(60_000);
const rowsOf = (invoice: Row | undefined) => (invoice?.Invoiced_Items ?? []) as Row[];
const prices = (invoice: Row | undefined) => rowsOf(invoice).map((row) => row.List_Price);
const made = async (list: number[], more: Row = {}) => (await crm.fill('Invoices', [crmInvoice(product, list, more) as never]))[0] ?? '';

test('without the option CRM adds the rows of an update to those that there are', async () => {
	const id = await made([10, 20]);
	await crm.write('update', 'Invoices', [{ id, ...crmInvoice(product, [30]) }]);
	expect(prices(crm.records('Invoices')[0])).toEqual([10, 20, 30]);
});

test.each([
	[[1, 2, 3], [4, 5, 6]],
	[[1, 2, 3], [4]],
	[[1], [4, 5, 6]],
])('an update replaces the rows %j by %j, once and a second time', async (before, after) => {
	const id = await made(before);
	for (let time = 0; time < 2; time++) {
		later();
		const { error } = await crm.write('update', 'Invoices', [{ id, ...crmInvoice(product, after) }], replace);
		expect(error).toBeUndefined();
		expect(prices(crm.records('Invoices')[0])).toEqual(after);
		expect(crm.records('Invoices')[0]?.Grand_Total).toBe(after.reduce((sum, price) => sum + price, 0));
	}
});

test('rows keep their ids where nothing of the old one would stay, and are made anew from there on where something would', async () => {
	const id = await made([1, 2, 3]);
	const ids = () => rowsOf(crm.records('Invoices')[0]).map((row) => row.id);
	const first = ids();
	later();
	await crm.write('update', 'Invoices', [{ id, ...crmInvoice(product, [4, 5, 6]) }], replace);
	expect(ids()).toEqual(first);

	const taxed = crmInvoice(product, [4, 5, 6]).Invoiced_Items as Row[];
	taxed[1] = { ...taxed[1], Line_Tax: [{ name: 'VAT 19', percentage: 19 }] };
	later();
	await crm.write('update', 'Invoices', [{ id, Invoiced_Items: taxed }], replace);
	later();
	await crm.write('update', 'Invoices', [{ id, ...crmInvoice(product, [7, 8, 9]) }], replace);
	expect(prices(crm.records('Invoices')[0])).toEqual([7, 8, 9]);
	expect(crm.records('Invoices')[0]?.Grand_Total).toBe(24);
	expect(ids()[0]).toBe(first[0]);
	expect(ids()[1]).not.toBe(first[1]);
});

test('create or update inserts what is new in one call, and replaces the rows of what a unique field finds', async () => {
	await made([1, 2], { Zoho_Books_ID: 'b1' });
	later();
	const items = [
		crmInvoice(product, [3], { Zoho_Books_ID: 'b1' }),
		crmInvoice(product, [4], { Zoho_Books_ID: 'b2' }),
		crmInvoice(product, [5], { Zoho_Books_ID: 'b3' }),
	];
	const { rows, calls } = await crm.write('upsert', 'Invoices', items, byKey);
	expect(rows.map(({ action }) => action)).toEqual(['update', 'insert', 'insert']);
	expect(crm.records('Invoices').map(prices)).toEqual([[3], [4], [5]]);
	expect(calls.filter(({ kind }) => kind === 'write').map(({ method, records }) => [method, records])).toEqual([['POST', 3], ['PUT', 1]]);
});

test('the same invoice twice in one run is one invoice, with the later rows', async () => {
	const items = [crmInvoice(product, [1, 2], { Zoho_Books_ID: 'b1' }), crmInvoice(product, [3], { Zoho_Books_ID: 'b1' })];
	const { rows } = await crm.write('upsert', 'Invoices', items, byKey);
	expect(rows.map(({ action }) => action)).toEqual(['insert', 'update']);
	expect(crm.records('Invoices').map(prices)).toEqual([[3]]);
});

test('an insert whose answer is lost is sent again, and doubles neither the invoice nor its rows', async () => {
	crm.fault({ what: 'lost-answer', method: 'POST', path: '/crm/v8/Invoices' });
	const { rows, error } = await crm.write('upsert', 'Invoices', [crmInvoice(product, [1, 2], { Zoho_Books_ID: 'b1' })], byKey);
	expect([error, rows.length]).toEqual([undefined, 1]);
	expect(crm.records('Invoices').map(prices)).toEqual([[1, 2]]);
});

test('a record that was changed in this very second is read again when the second is over, as CRM tells no less than seconds', async () => {
	const id = await made([1]);
	// Zoho's clock is ahead: its second is not over yet, however slow this machine is.
	crm.simulator.world.clock.advance(86_400_000 + 30_000);
	crm.grant();
	await crm.write('update', 'Invoices', [{ id, Status: 'Delivered' }]);
	const { calls } = await crm.write('update', 'Invoices', [{ id, ...crmInvoice(product, [2]) }], replace);
	expect(calls.filter(({ path }) => path.endsWith(id)).map(({ method }) => method)).toEqual(['GET', 'GET']);
	expect(prices(crm.records('Invoices')[0])).toEqual([2]);
});

test('two runs that bring the same lines at the same time leave them there once', async () => {
	const id = await made([1]);
	later();
	const run = async () => await crm.write('update', 'Invoices', [{ id, ...crmInvoice(product, [1, 2, 3]) }], replace);
	expect((await Promise.all([run(), run()])).map(({ error }) => error)).toEqual([undefined, undefined]);
	expect(prices(crm.records('Invoices')[0])).toEqual([1, 2, 3]);
});

test('an invoice that is changed between the reading and the writing is read again', async () => {
	const id = await made([1]);
	later();
	const handle = crm.simulator.handle.bind(crm.simulator);
	let changed = false;
	const spy = jest.spyOn(crm.simulator, 'handle').mockImplementation(async (request) => {
		if (!changed && request.method === 'PUT') {
			changed = true;
			later();
			const record = { Invoiced_Items: [{ Product_Name: { id: product }, Quantity: 1, List_Price: 99 }] };
			crm.simulator.desk({ system: 'crm', location, collection: 'Invoices', action: 'update', id, record });
			later();
		}
		return await handle(request);
	});
	const { error, calls } = await crm.write('update', 'Invoices', [{ id, ...crmInvoice(product, [7, 8]) }], replace);
	spy.mockRestore();
	expect(error).toBeUndefined();
	expect(calls.map(({ status }) => status)).toContain(412);
	expect(prices(crm.records('Invoices')[0])).toEqual([7, 8]);
});

test('a wrong row of one invoice stops no other, and names record and field', async () => {
	const [one, two] = [await made([1], { Zoho_Books_ID: 'b1' }), await made([2], { Zoho_Books_ID: 'b2' })];
	later();
	const items = [
		{ id: one, Invoiced_Items: [{ Quantity: 1, List_Price: 5 }] },
		{ id: two, ...crmInvoice(product, [6]) },
		{ id: '4876000000000000001', ...crmInvoice(product, [7]) },
		{ id: two, Status: 'Delivered' },
	];
	const { rows } = await crm.write('update', 'Invoices', items, replace, 'continueRegularOutput');
	expect(String(rows[0]?.error)).toMatch(new RegExp(`Invoices ${one}.*Product_Name`));
	expect(rows[1]).toMatchObject({ id: two, action: 'update' });
	expect(String(rows[2]?.error)).toMatch(/4876000000000000001.*no such record/);
	expect(rows[3]).toMatchObject({ id: two, action: 'update' });
	expect(crm.records('Invoices').map((row) => [prices(row), row.Status])).toEqual([[[1], null], [[6], 'Delivered']]);
});

test('records without lists cost no call more than they do without the option', async () => {
	const ids = await crm.fill('Contacts', [{ Last_Name: 'Lee' }, { Last_Name: 'Osei' }]);
	const { calls } = await crm.write('update', 'Contacts', ids.map((id) => ({ id, Title: 'Dr' })), replace);
	expect(calls.map(({ method, records }) => [method, records])).toEqual([['PUT', 2]]);
});

test('with a time of one\'s own, an invoice that was changed since is refused and not tried again', async () => {
	const id = await made([1]);
	const options = { replaceSubforms: true, ifUnmodifiedSince: '2020-01-01T00:00:00+00:00' };
	const run = await crm.write('update', 'Invoices', [{ id, ...crmInvoice(product, [2]) }], { options });
	expect(wordsOf(run)).toMatch(/changed the record after it was read/);
	expect(run.calls.filter(({ kind }) => kind === 'write')).toHaveLength(1);
	expect(prices(crm.records('Invoices')[0])).toEqual([1]);
});
