/** How people say which record: from a list with a search, by id, or by its address in the browser. And the dropdowns of the account. */

import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { ZohoBooksOAuth2Api } from '../../credentials/ZohoBooksOAuth2Api.credentials';
import { listSearch } from '../../nodes/ZohoBooks/methods';
import { resources } from '../../nodes/ZohoBooks/resources';
import { ZohoBooks } from '../../nodes/ZohoBooks/ZohoBooks.node';
import { booksScopes } from '../../zoho/oauth';
import { loadOptionsContext } from '../support/loadOptions.mts';
import { cases } from './booksCases/index.mts';
import { Maker } from './booksCases/maker.mts';
import { BooksBench, chosen, wordsOf } from './booksSupport.mts';

const node = new ZohoBooks();
let books: BooksBench;
let make: Maker;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(() => {
	const customFields = ['contact', 'item', 'invoice'].map((entity) => ({ entity, apiName: 'cf_key', label: 'Key', unique: true }));
	books.reset({}, [{ customFields: customFields as never, exchangeRates: { USD: 1.1 } }]);
	books.grant(undefined, booksScopes);
	make = new Maker(books.simulator, books.simulator.handle.bind(books.simulator), books.org.organizationId);
});

type Search = (this: ILoadOptionsFunctions, filter?: string, token?: unknown) => Promise<INodeListSearchResult>;

async function search(method: string, parameters: IDataObject, filter = '', token?: string): Promise<INodeListSearchResult> {
	const context = loadOptionsContext(node, { operation: 'get', organizationId: books.org.organizationId, ...parameters }, books.store, [new ZohoBooksOAuth2Api()]);
	return await (listSearch as unknown as Record<string, Search>)[method]!.call(context, filter, token);
}

const methodOf = ({ modes = [] }: INodeProperties): string => modes.find(({ name }) => name === 'list')?.typeOptions?.searchListMethod ?? '';
/** The field that says which record *Get* gets. */
const locatorOf = (resource: string): INodeProperties | undefined =>
	node.description.properties.find(
		({ name, type, displayOptions }) => name === `${resource}Id` && type === 'resourceLocator' && displayOptions?.show?.operation?.includes('get'),
	);
/** The organization is chosen in a field of its own. */
const withRecords = resources.map(({ value }) => value).filter((value) => value !== 'organization');

describe('every resource that has records', () => {
	test.each(withRecords)('%s is chosen from a list with a search, by id or by URL', (resource) => {
		const modes = (locatorOf(resource)?.modes ?? []).map(({ name }) => name);
		expect(modes).toEqual(['list', 'id', 'url']);
		expect(locatorOf(resource)?.modes?.[0]?.typeOptions?.searchable).toBe(true);
		expect(Object.keys(listSearch)).toContain(methodOf(locatorOf(resource) as INodeProperties));
	});

	test.each(withRecords)('%s: the list has the record, and the search finds it by its name alone', async (resource) => {
		const ids = (await cases[resource]?.get?.given?.(make)) ?? {};
		const wanted = resource === 'contactPerson' ? ids.person : ids.it;
		const method = methodOf(locatorOf(resource) as INodeProperties);
		const { results } = await search(method, { resource });
		const found = results.find(({ value }) => value === wanted);
		expect(found?.name).toEqual(expect.stringMatching(/./));
		const name = String(found?.name).split(' · ')[0] ?? '';
		expect((await search(method, { resource }, ` ${name.toUpperCase().slice(0, 4)}`)).results.map(({ value }) => value)).toContain(wanted);
		expect((await search(method, { resource }, 'nothing is called so')).results).toEqual([]);
	});
});

test('persons are those of the chosen contact', async () => {
	const [one, other] = books.fill(['A', 'B'].map((name) => ({ contact_name: name, contact_persons: [{ first_name: `Ann ${name}`, last_name: 'Lee', email: `${name}@example.com` }] })));
	const all = await search('searchContactPersons', { resource: 'contactPerson' });
	expect(all.results.map(({ name }) => name).sort()).toEqual(['Ann A Lee · A@example.com', 'Ann B Lee · B@example.com']);
	const own = await search('searchContactPersons', { resource: 'contactPerson', ...chosen(other?.contact_id) });
	expect(own.results.map(({ name }) => name)).toEqual(['Ann B Lee · B@example.com']);
	expect(one).toBeDefined();
});

describe('by URL', () => {
	const url = (value: string) => ({ __rl: true, mode: 'url', value });
	const addresses = [
		(id: string) => `https://books.zoho.eu/app/60012345678#/invoices/${id}?filter_by=Status.All&per_page=25`,
		(id: string) => `https://books.zoho.com/app#/invoices/${id}`,
		(id: string) => `https://books.aurora.example/app/60012345678#/sales/invoices/${id}/edit`,
	];

	test.each(addresses)('%s is understood', async (address) => {
		const { id } = await make.document('/invoices', 'invoice', 'customer_id');
		const { rows, lines } = await books.runHere({ resource: 'invoice', operation: 'get', invoiceId: url(address(id)) });
		expect([rows[0]?.invoice_id, lines]).toEqual([id, [`GET /invoices/${id}`]]);
	});

	test('the customer of a form, and the item of a line', async () => {
		const [customer, item] = [await make.contact(), await make.item()];
		const run = await books.runHere({
			resource: 'invoice',
			operation: 'create',
			customerId: url(`https://books.zoho.eu/app/1#/contacts/${customer}`),
			lineItems: { line: [{ item_id: url(`https://books.zoho.eu/app/1#/inventory/items/${item}`), quantity: 2 }] },
		});
		expect(run.rows).toMatchObject([{ customer_id: customer, line_items: [{ item_id: item, quantity: 2 }] }]);
	});

	const others = ['https://books.zoho.eu/app/60012345678#/invoices', 'https://books.zoho.eu/app/60012345678', '460000000026049'];

	test.each(others)('%s is no record: the form says so before anything runs', async (address) => {
		await expect(books.runHere({ resource: 'invoice', operation: 'get', invoiceId: url(address) })).rejects.toThrow(/not the address of a record in Zoho Books/);
	});

	test.each(others)('%s out of an expression is no record: nothing is sent', async (address) => {
		const given = url('={{ $json.address }}');
		const read = await books.runHere({ resource: 'invoice', operation: 'get', invoiceId: given }, [{ address }]);
		expect([read.error === undefined, read.calls]).toEqual([false, []]);
		const written = await books.runHere({ resource: 'invoice', operation: 'create', customerId: given, lineItems: {} }, [{ address }]);
		expect(wordsOf(written)).toMatch(/is not the address of a record in Zoho Books/);
		expect(written.calls).toEqual([]);
	});
});

describe('dropdowns of the account', () => {
	const taxes = async () => await books.list(({ methods }) => methods.loadOptions.getTaxes);
	const calls = () => books.simulator.calls().filter(({ service }) => service === 'books').length;
	afterEach(() => jest.restoreAllMocks());

	test('are sorted, and read once for a form with many of them', async () => {
		for (const [tax_name, tax_percentage] of [['VAT', 19], ['City', 2]] as const) await make.call('POST', '/settings/taxes', { tax_name, tax_percentage });
		const before = calls();
		const [one, other] = await Promise.all([taxes(), taxes()]);
		expect(one.map(({ name }) => name)).toEqual(['City (2 %)', 'VAT (19 %)']);
		expect([other, await taxes()]).toEqual([one, one]);
		expect(calls() - before).toBe(1);
	});

	test('are read anew after a minute, and for another credential', async () => {
		expect(await taxes()).toEqual([]);
		await make.call('POST', '/settings/taxes', { tax_name: 'VAT', tax_percentage: 19 });
		expect(await taxes()).toEqual([]);
		const now = Date.now();
		jest.spyOn(Date, 'now').mockReturnValue(now + 61_000);
		expect(await taxes()).toHaveLength(1);
		jest.restoreAllMocks();
		await make.call('POST', '/settings/taxes', { tax_name: 'City', tax_percentage: 2 });
		books.grant(undefined, booksScopes);
		expect(await taxes()).toHaveLength(2);
	});

	test('that failed are asked for again', async () => {
		books.fault({ what: 'status', status: 429, code: 45, path: '/settings/taxes' });
		await expect(taxes()).rejects.toThrow();
		expect(await taxes()).toEqual([]);
	});
});
