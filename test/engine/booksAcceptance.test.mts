/** What people do with every resource of Zoho Books, and what goes through it unharmed. */

import type { IDataObject } from 'n8n-workflow';

import { resources } from '../../nodes/ZohoBooks/resources';
import { booksScopes } from '../../zoho/oauth';
import { cases } from './booksCases/index.mts';
import { Maker } from './booksCases/maker.mts';
import { BooksBench, chosen, wordsOf, type Row } from './booksSupport.mts';

let books: BooksBench;
let make: Maker;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(() => {
	books.reset({}, [{ customFields: ['contact', 'item', 'invoice'].map((entity) => ({ entity, apiName: 'cf_key', label: 'Key' })) as never, exchangeRates: { USD: 1.1 } }]);
	books.grant(undefined, booksScopes);
	make = new Maker(books.simulator, books.simulator.handle.bind(books.simulator), books.org.organizationId);
});

const listed = resources.filter(({ operations }) => operations.some(({ value }) => value === 'getAll')).map(({ value }) => value);

test.each(listed)('Get Many of %s with limit 1 is one call for one row', async (resource) => {
	const one = cases[resource]?.getAll;
	const ids = (await one?.given?.(make)) ?? {};
	// A second record, where the case makes a single one.
	await one?.given?.(make).catch(() => ({}));
	const { returnAll: _, ...parameters } = one?.parameters(ids) ?? {};
	const { rows, calls, error } = await books.runHere({ resource, operation: 'getAll', ...(parameters.contactId ? { contactId: parameters.contactId } : {}), limit: 1 });
	expect([error, rows.length, calls.length]).toEqual([undefined, 1, 1]);
	expect(calls[0]?.query).toContain('per_page=1');
});

test.each([
	['contact', 'contacts', (n: number) => ({ contact_name: `Company ${n}` }), 'contact_id'],
	['item', 'items', (n: number) => ({ name: `Lamp ${n}`, rate: n % 7 }), 'item_id'],
] as const)('10,000 rows of %s come in 50 calls, each once', async (resource, collection, record, idField) => {
	const made = Array.from({ length: 10_000 }, (_, n) =>
		books.simulator.desk({ system: 'books', location: 'eu', collection, action: 'create', record: record(n) }),
	);
	const { rows, calls } = await books.runHere({ resource, operation: 'getAll', returnAll: true });
	expect(calls).toHaveLength(50);
	expect(rows).toHaveLength(10_000);
	expect(new Set(rows.map((row) => row[idField]))).toEqual(new Set(made.map((row) => row[idField])));
}, 120_000);

describe('a 64-bit ID', () => {
	/** More than a number can hold, so that a digit that is lost shows. */
	const ids = async () => {
		const { id, party } = await make.document('/invoices', 'invoice', 'customer_id');
		expect(Number.isSafeInteger(Number(id))).toBe(false);
		return { id, party };
	};

	test('goes from the output of one operation into the fields of the next', async () => {
		const { id, party } = await ids();
		const [row] = (await books.runHere({ resource: 'invoice', operation: 'getAll', limit: 1 })).rows;
		expect([row?.invoice_id, row?.customer_id]).toEqual([id, party]);
		const { rows } = await books.runHere({ resource: 'invoice', operation: 'get', invoiceId: { __rl: true, mode: 'id', value: '={{ $json.invoice_id }}' } }, [row as Row]);
		expect(rows).toMatchObject([{ invoice_id: id, customer_id: party }]);
		const filtered = await books.runHere({ resource: 'invoice', operation: 'getAll', returnAll: true, filters: { customer_id: '={{ $json.customer_id }}' } }, [row as Row]);
		expect(filtered.rows).toMatchObject([{ invoice_id: id }]);
	});

	test('keeps its digits in JSON, though it stands there as a number', async () => {
		const { party } = await ids();
		const record = `{ "customer_id": ${party}, "line_items": [{ "name": "Work", "rate": 1.50 }] }`;
		const { rows } = await books.runHere({ resource: 'invoice', operation: 'create', inputMode: 'json', record });
		expect(rows).toMatchObject([{ customer_id: party, total: 1.5 }]);
	});

	test('that lost digits on its way is refused before anything is sent', async () => {
		const { id } = await ids();
		const run = await books.runHere({ resource: 'invoice', operation: 'get', invoiceId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }, [{ id: Number(id) }]);
		expect([wordsOf(run), run.calls]).toEqual([expect.stringMatching(/lost its last digits/), []]);
	});
});

describe('content', () => {
	const create = async (fields: IDataObject, more: IDataObject = {}) => await books.runHere({ resource: 'contact', operation: 'create', contactName: 'Aurora', fields, ...more });
	const stored = () => books.contacts().at(-1) ?? {};

	test.each([
		['emoji', '🏔️ Ski & Söhne 👩‍👩‍👧‍👦'],
		['right to left', 'شركة الشمس للتجارة ‏(قبرص)'],
		['Hebrew with digits', 'חברת 123 בע"מ'],
		['Chinese', '上海灯具有限公司'],
		['combining marks', 'Å̊ngström e\u0301t C\u0327ie'],
		['quotes and tags', `O'Neil "The <b>Bar</b>" & Co. \\ %20 {{ 1 }}`],
	])('%s comes back as it was', async (_, name) => {
		const { rows } = await create({ notes: name }, { contactName: name });
		expect(rows).toMatchObject([{ contact_name: name, notes: name }]);
		const found = await books.runHere({ resource: 'contact', operation: 'getAll', returnAll: true, filters: { contact_name_contains: name.slice(0, 8) } });
		expect(found.rows).toMatchObject([{ contact_name: name }]);
		const read = await books.runHere({ resource: 'contact', operation: 'get', ...chosen(rows[0]?.contact_id) });
		expect(read.rows).toMatchObject([{ contact_name: name, notes: name }]);
	});

	test('50 kB of notes come back whole, or Books says how many it takes', async () => {
		const notes = 'Wärme 🌞 '.repeat(6_000).trim();
		expect(Buffer.byteLength(notes)).toBeGreaterThan(50_000);
		const { rows } = await create({ notes });
		expect(rows).toMatchObject([{ notes }]);
		const { id } = await make.document('/invoices', 'invoice', 'customer_id');
		const updated = await books.runHere({ resource: 'invoice', operation: 'update', invoiceId: { __rl: true, mode: 'id', value: id }, fields: { line_items: { line: [{ name: 'Work', description: notes, rate: '1' }] } } });
		expect(wordsOf(updated)).toMatch(/description.*less than 2000 characters/);
	});

	test.each(['2026-02-30', '2026-13-01', 'next Tuesday', '31/01/2026'])('the date %s is refused with a clear error, and nothing is made', async (date) => {
		const customer = await make.contact();
		const run = await books.runHere({ resource: 'invoice', operation: 'create', customerId: { __rl: true, mode: 'id', value: customer }, lineItems: { line: [{ name: 'Work', rate: '1' }] }, fields: { date } });
		expect(wordsOf(run)).toMatch(/date/i);
		expect(run.rows).toEqual([]);
		expect(books.simulator.records('books', 'eu', 'invoices')).toEqual([]);
	});

	test('null, an empty list and an empty text in JSON clear what they name, and leave the rest', async () => {
		const [contact] = books.fill([{ contact_name: 'Aurora', notes: 'Old', website: 'https://example.com', contact_persons: [{ first_name: 'Ada' }] }]);
		const record = { contact_id: contact?.contact_id, notes: null, website: '' };
		const { rows } = await books.runHere({ resource: 'contact', operation: 'update', inputMode: 'json', record: JSON.stringify(record) });
		expect(rows).toMatchObject([{ contact_name: 'Aurora', notes: '', website: '', contact_persons: [{ first_name: 'Ada' }] }]);
		expect(stored()).toMatchObject({ notes: '', website: '' });
	});

	test('an invoice without lines is refused in words that name them', async () => {
		const customer = await make.contact();
		const record = JSON.stringify({ customer_id: customer, line_items: [] });
		expect(wordsOf(await books.runHere({ resource: 'invoice', operation: 'create', inputMode: 'json', record }))).toMatch(/line_items/);
	});
});

describe('12 items of which one fails, with "continue"', () => {
	/** The sixth cannot be made. */
	const twelve = (good: (n: number) => Row, bad: Row): Row[] => Array.from({ length: 12 }, (_, n) => (n === 5 ? bad : good(n)));

	test.each<[string, (ids: Record<string, string>) => [(n: number) => Row, Row], string]>([
		['contact', () => [(n) => ({ contact_name: `Company ${n}` }), { contact_name: '' }], 'contact_id'],
		['item', () => [(n) => ({ name: `Lamp ${n}`, rate: 20 }), { name: 'Lamp', rate: 'much' }], 'item_id'],
		['invoice', ({ customer }) => [(n) => ({ customer_id: customer, line_items: [{ name: `Work ${n}`, rate: 5 }] }), { customer_id: customer, line_items: [{ item_id: '460000000099999' }] }], 'invoice_id'],
		['bill', ({ vendor }) => [(n) => ({ vendor_id: vendor, bill_number: `B-${n}`, date: '2026-07-01', line_items: [{ name: 'Work', rate: 5 }] }), { vendor_id: '460000000099999', bill_number: 'B', date: '2026-07-01', line_items: [{ name: 'Work' }] }], 'bill_id'],
		['project', ({ customer }) => [(n) => ({ project_name: `Roof ${n}`, customer_id: customer, billing_type: 'based_on_task_hours' }), { project_name: 'Roof', customer_id: customer, billing_type: 'by_the_moon' }], 'project_id'],
	])('%s: eleven are written once each, and one tells why not', async (resource, recordsOf, idField) => {
		const ids = { customer: await make.contact(), vendor: await make.vendor() };
		const items = twelve(...recordsOf(ids));
		const run = await books.runHere({ resource, operation: 'create', inputMode: 'json', record: '={{ $json }}' }, items, 'continueRegularOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(run.rows.map((row) => idField in row)).toEqual(items.map((_, n) => n !== 5));
		expect(new Set(run.rows.map((row) => row[idField])).size).toBe(12);
		expect(String(run.rows[5]?.error)).toMatch(/./);
		expect(run.calls.filter(({ method, status }) => method === 'POST' && Number(status) < 300)).toHaveLength(11);
	});
});
