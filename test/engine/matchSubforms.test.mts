import { FlatBench, type Decision, type Row } from './flatSupport.mts';

let bench: FlatBench;
let lamp: unknown;
let book: unknown;
beforeAll(async () => {
	bench = await FlatBench.start();
});
afterAll(async () => await bench.zoho.stop());
beforeEach(async () => {
	await bench.reset('Invoices', 'Products', 'Deals');
	lamp = bench.inCrm('Products', { Product_Name: 'Lamp' }).id;
	book = bench.inCrm('Products', { Product_Name: 'Book' }).id;
});

const line = (product: unknown, Quantity: number, List_Price: number): Row => ({
	Product_Name: { id: product },
	Quantity,
	List_Price,
});
/** An invoice as the Books trigger brings it. It names an estimate, and its lines name items. */
const invoice = (more: Row = {}): Row => ({
	invoice_id: '460000000000101',
	invoice_number: 'INV-1',
	estimate_id: '460000000000055',
	customer_id: '460000000000007',
	line_items: [{ line_item_id: '1', item_id: '460000000000011' }],
	status: 'sent',
	last_modified_time: '2026-03-01T10:00:00+0100',
	...more,
});
const mapped = (more: Row = {}): Row => ({
	Subject: 'Invoice INV-1',
	Status: 'Created',
	Invoiced_Items: [line(lamp, 3, 33.35), line(book, 2, 5)],
	Grand_Total: 110.05,
	...more,
});

async function match(record: Row, source = invoice(), more: Row = {}) {
	const options = { subformCheck: 'Grand_Total', markLimit: 32_000 };
	return await bench.matchCrm('Invoices', [record], [source], [], { policy: 'books', options, ...more });
}
const write = async (decisions: Decision[]) =>
	await bench.write('Invoices', 'upsert', decisions.map(({ record }) => record));
const written = () => bench.crmRows('Invoices')[0] as Row & { Invoiced_Items: Row[] };

test('an invoice is linked by its own id, and delivered again its lines are left alone', async () => {
	const { fresh, counts } = await match(mapped());
	expect(fresh[0]?.record).toMatchObject({ Zoho_Books_ID: '460000000000101', Subject: 'Invoice INV-1' });
	expect(fresh[0]?.record).not.toHaveProperty('Grand_Total');
	expect(counts.crm).toEqual({ read: 1, write: 0 });
	await write(fresh);
	expect(written()).toMatchObject({ Grand_Total: 110.05 });
	expect(written().Invoiced_Items).toHaveLength(2);

	const again = await match(mapped({ Grand_Total: '110.050' }));
	expect(again.unchanged.map(({ record }) => record)).toEqual([{ id: written().id }]);
	// One query, and no reading of single records.
	expect(again.counts.crm).toEqual({ read: 1, write: 0 });
});

test('a changed line brings all lines, a changed state none', async () => {
	await write((await match(mapped())).fresh);
	const later = invoice({ last_modified_time: '2026-03-01T11:00:00+0100' });
	const paid = await match(mapped({ Status: 'Delivered' }), later);
	expect(paid.changed[0]?.record.Status).toBe('Delivered');
	expect(paid.changed[0]?.record).not.toHaveProperty('Invoiced_Items');

	const lines = [line(lamp, 3, 33.35), line(book, 4, 5)];
	const edited = await match(mapped({ Invoiced_Items: lines, Grand_Total: 120.05 }), later);
	expect(edited.changed[0]?.record.Invoiced_Items).toEqual(lines);
});

test('a line edited in CRM shows by the total, and the policy decides', async () => {
	await write((await match(mapped())).fresh);
	const [first] = written().Invoiced_Items;
	bench.inCrm('Invoices', { Invoiced_Items: [{ id: first?.id, Quantity: 1 }] }, written().id);
	expect(written().Grand_Total).not.toBe(110.05);

	const { changed } = await match(mapped());
	expect(changed[0]?.record.Invoiced_Items).toHaveLength(2);
	expect(changed[0]?.match.reason).toMatch(/Grand_Total is 43\.35 in CRM, not 110\.05/);
	expect((await match(mapped(), invoice(), { policy: 'crm' })).unchanged).toHaveLength(1);
	const { review } = await match(mapped(), invoice(), { policy: 'review' });
	expect(review[0]?.match.conflicts).toMatchObject([{ field: 'Invoiced_Items', settled: 'review' }]);
});

test('a record that was made by hand gets the lines, because nothing is known of its own', async () => {
	const { id } = bench.inCrm('Invoices', { Subject: 'Invoice INV-1', Invoiced_Items: [line(book, 1, 5)] });
	const rules = [{ kind: 'field', field: 'Subject', value: '={{ $json.Subject }}' }];
	const { changed } = await bench.matchCrm('Invoices', [mapped()], [invoice()], rules, {
		options: { subformCheck: 'Grand_Total' },
	});
	expect(changed[0]?.record).toMatchObject({ id, Zoho_Books_ID: '460000000000101' });
	expect(changed[0]?.record.Invoiced_Items).toHaveLength(2);
});

describe('what a record of Books is', () => {
	const records: Array<[string, Row, string]> = [
		['an estimate', { estimate_id: '46055', customer_id: '46007', line_items: [{ item_id: '46011' }] }, '46055'],
		['a payment with its invoices', { payment_id: '46077', customer_id: '46007', invoices: [{ invoice_id: '46101' }] }, '46077'],
		['a payment that names one invoice', { invoice_id: '46101', payment_id: '46077' }, '46077'],
		['an item', { item_id: '46011', group_id: '46012', name: 'Lamp', tax_id: '46013' }, '46011'],
		['a contact with people', { contact_id: '46007', contact_persons: [{ contact_person_id: '46008' }] }, '46007'],
		['a person of a contact', { contact_person_id: '46008', contact_id: '46007' }, '46008'],
		['a person, though the event is about its contact', { contact_person_id: '46008', contact_id: '46007', _event: { resource: 'contact' } }, '46008'],
		['a credit note, which is not known', { creditnote_id: '46120', customer_id: '46007', currency_id: '46001' }, ''],
	];
	test.each(records)('%s', async (_, source, link) => {
		const { fresh } = await bench.matchCrm('Deals', [{ Deal_Name: 'x' }], [source], []);
		expect(fresh[0]?.record.Zoho_Books_ID ?? '').toBe(link);
	});

	test('its time of change is known, which a single payment calls by another name', async () => {
		for (const name of ['last_modified_time', 'updated_time']) {
			const source = { payment_id: '46077', [name]: '2026-03-01T10:00:00+0100' };
			const { fresh } = await bench.matchCrm('Deals', [{ Deal_Name: 'x' }], [source], []);
			expect(fresh[0]?.match).toMatchObject({ mark: { booksModified: '2026-03-01T10:00:00+0100' } });
		}
	});

	test('a rule by Zoho_Books_ID decides the link', async () => {
		const rules = [{ kind: 'externalId', field: 'Zoho_Books_ID', value: '4609' }];
		const { fresh } = await bench.matchCrm('Deals', [{ Deal_Name: 'x' }], [invoice()], rules);
		expect(fresh[0]?.record.Zoho_Books_ID).toBe('4609');
	});
});
