/** *Simplify* of Get and Get Many, in n8n's engine against the simulated Books. */

import { simplifiedResources } from '../../nodes/ZohoBooks/simplify';
import { ZohoBooks } from '../../nodes/ZohoBooks/ZohoBooks.node';
import { booksScopes } from '../../zoho/oauth';
import { cases } from './booksCases/index.mts';
import { Maker } from './booksCases/maker.mts';
import { BooksBench, type Row } from './booksSupport.mts';

const entities = ['contact', 'item', 'invoice', 'estimate', 'salesorder', 'creditnote', 'purchaseorder', 'bill', 'vendorcredit'] as const;
const customFields = entities.flatMap((entity) => [
	{ entity, apiName: 'cf_note', label: 'Note' },
	{ entity, apiName: 'cf_key', label: 'Key', unique: true },
]);

let books: BooksBench;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(() => {
	books.reset({}, [{ customFields }]);
	books.grant(undefined, booksScopes);
});

/** What is read of every one of them, whatever it is called there. */
const essentials: Record<string, string[]> = {
	bill: ['bill_id', 'bill_number', 'vendor_name', 'status', 'date', 'due_date', 'total', 'balance'],
	contact: ['contact_id', 'contact_name', 'contact_type', 'status', 'email'],
	creditNote: ['creditnote_id', 'creditnote_number', 'customer_name', 'status', 'date', 'total', 'balance'],
	estimate: ['estimate_id', 'estimate_number', 'customer_name', 'status', 'date', 'expiry_date', 'total'],
	invoice: ['invoice_id', 'invoice_number', 'customer_id', 'customer_name', 'status', 'date', 'due_date', 'total', 'balance'],
	item: ['item_id', 'name', 'sku', 'status', 'rate'],
	purchaseOrder: ['purchaseorder_id', 'purchaseorder_number', 'vendor_name', 'status', 'date', 'delivery_date', 'total'],
	salesOrder: ['salesorder_id', 'salesorder_number', 'customer_name', 'status', 'date', 'shipment_date', 'total'],
	vendorCredit: ['vendor_credit_id', 'vendor_credit_number', 'vendor_name', 'status', 'date', 'total', 'balance'],
};

/** A record of the resource; its Get and Get Many with the options. */
async function made(resource: string) {
	const handle = books.simulator.handle.bind(books.simulator);
	const get = cases[resource]?.get;
	const make = new Maker(books.simulator, handle, books.org.organizationId);
	const ids = (await get?.given?.(make)) ?? {};
	const run = async (operation: string, options: Row): Promise<Row[]> => {
		const { rows, error } = await books.runHere({ resource, operation, ...(operation === 'get' ? get?.parameters(ids) : { returnAll: true }), options: options as never });
		expect(error).toBeUndefined();
		return rows;
	};
	return { make, ids, run };
}

test('the resources that have it are those whose records are tested here', () => {
	expect(simplifiedResources).toEqual(Object.keys(essentials));
});

test.each(Object.entries(essentials))('%s: a few fields with it, and all of them without', async (resource, fields) => {
	const { run } = await made(resource);
	for (const operation of ['get', 'getAll']) {
		const [whole = {}] = await run(operation, {});
		const [short = {}] = await run(operation, { simple: true });
		expect(await run(operation, { simple: false })).toEqual([whole]);
		expect(Object.keys(short)).toEqual(expect.arrayContaining(fields));
		expect(Object.keys(short).length).toBeLessThan(Math.min(25, Object.keys(whole).length));
		// Nothing is made up, or called otherwise.
		expect(whole).toMatchObject(short);
	}
});

const documents = Object.keys(essentials).filter((resource) => resource !== 'contact' && resource !== 'item');

test.each(documents)('lines of a %s are short', async (resource) => {
	const { run } = await made(resource);
	const [{ line_items } = {}] = await run('get', { simple: true });
	const expected = ['line_item_id', 'item_id', 'name', 'description', 'quantity', 'unit', 'rate', 'discount', 'tax_name', 'tax_percentage', 'item_total'];
	expect((line_items as Row[]).map((line) => Object.keys(line))).toEqual([expected]);
	expect(Object.keys((await run('getAll', { simple: true }))[0] ?? {})).not.toContain('line_items');
});

test('custom fields are kept, once each', async () => {
	const { make, ids, run } = await made('invoice');
	await make.call('PUT', `/invoices/${ids.it ?? ''}`, { custom_fields: [{ api_name: 'cf_note', value: 'By hand' }] });
	for (const operation of ['get', 'getAll']) expect((await run(operation, { simple: true }))[0]?.custom_field_hash).toEqual({ cf_note: 'By hand' });
});

test('addresses and persons of a contact are short', async () => {
	const { run } = await made('contact');
	const [contact = {}] = await run('get', { simple: true });
	expect(Object.keys(contact.billing_address as Row)).toEqual(['address', 'street2', 'city', 'state', 'zip', 'country']);
	expect(contact.contact_persons).toEqual([
		{ contact_person_id: expect.any(String) as string, first_name: 'Pat', last_name: 'Boyle', email: 'pat@example.com', phone: '', mobile: '', is_primary_contact: true },
	]);
});

test('it is an option of Get and Get Many of these resources alone', () => {
	const shown = new ZohoBooks().description.properties
		.filter(({ options = [] }) => options.some((option) => 'name' in option && option.name === 'simple'))
		.flatMap(({ displayOptions }) => ((displayOptions?.show?.resource ?? []) as string[]).map((resource) => `${resource} ${String(displayOptions?.show?.operation)}`));
	expect(shown.sort()).toEqual(simplifiedResources.flatMap((resource) => [`${resource} get`, `${resource} getAll`]).sort());
});

test('filters and sorting go together with it', async () => {
	const { run } = await made('invoice');
	const before = books.simulator.calls().length;
	await run('getAll', { simple: true, sort_column: 'total' });
	const [call] = books.simulator.calls().slice(before);
	expect([call?.query, call?.ignored]).toEqual([expect.stringContaining('sort_column=total'), undefined]);
});
