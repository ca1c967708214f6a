import { searchBooks } from '../../nodes/ZohoMatch/booksSearch';
import type { BooksSearch } from '../../sync/plan';
import type { JsonObject } from '../../sync/types';
import type { BooksResource } from '../../zoho/books/resources';
import type { ZohoClient } from '../../zoho/client';
import type { ZohoCall } from '../../zoho/types';

const list = (name: string): BooksResource => ({
	name,
	label: name,
	path: `/${name}s`,
	listKey: `${name}s`,
	recordKey: name,
	idField: `${name}_id`,
	displayField: 'name',
	modifiedFilter: 'none',
	sortByModified: false,
	detailNeeded: false,
	scope: 'settings',
	comparable: [],
	...(name === 'item' ? { everything: { filter_by: 'Status.All' } } : {}),
});

/** Answers lists like Books: `known` are the filters that it honours, any other is ignored. */
function client(key: string, rows: JsonObject[], known: Record<string, (row: JsonObject, value: string) => boolean>) {
	const calls: ZohoCall[] = [];
	const request = async (call: ZohoCall) => {
		calls.push(call);
		const { page = 1, per_page: size = 200, ...filters } = call.query ?? {};
		const left = rows.filter((row) =>
			Object.entries(filters).every(([name, value]) => known[name]?.(row, String(value)) ?? true),
		);
		const from = (Number(page) - 1) * Number(size);
		const body = {
			[key]: left.slice(from, from + Number(size)),
			page_context: { page, has_more_page: left.length > from + Number(size) },
		};
		return await Promise.resolve({ body });
	};
	return { calls, client: { request } as unknown as ZohoClient };
}

const search = (field: string, value: string, more: Partial<BooksSearch> = {}): BooksSearch => ({
	kind: 'field',
	field,
	value,
	...more,
});
const exactly = (field: string) => (row: JsonObject, value: string) => row[field] === value;
const items = Array.from({ length: 450 }, (_, n) => ({ item_id: String(n), name: `Item ${n}`, sku: `S-${n}` }));
const ids = (found: Map<string, JsonObject[]>, key: string) => found.get(key)?.map((row) => row.item_id);

describe('items by code, a filter that Zoho does not describe', () => {
	const searches = [search('sku', 'S-7'), search('name', 'Item 9'), search('sku', 'S-700')];

	test.each<[string, Parameters<typeof client>[2], number]>([
		['Books knows it', { sku: exactly('sku'), name: exactly('name') }, 3],
		['Books ignores it: one list answers everything', { name: exactly('name') }, 3],
		[
			'Books takes it for a part',
			{ sku: (row, value) => String(row.sku).includes(value), name: exactly('name') },
			3,
		],
	])('%s', async (_, known, calls) => {
		const { client: books, calls: made } = client('items', items, known);
		const found = new Map<string, JsonObject[]>();
		await searchBooks(books, list('item'), searches, found);
		expect(ids(found, 'sku=S-7')).toContain('7');
		expect(ids(found, 'sku=S-700')?.includes('700')).toBe(false);
		expect(ids(found, 'name=Item 9')).toEqual(['9']);
		expect(made).toHaveLength(calls);
		expect(made.every(({ query }) => query?.filter_by === 'Status.All')).toBe(true);
	});

	test('many searches are answered from the list where that takes fewer calls', async () => {
		const { client: books, calls } = client('items', items, {});
		const found = new Map<string, JsonObject[]>();
		const many = items.slice(0, 30).flatMap(({ name, sku }) => [search('name', name), search('sku', ` ${sku} `)]);
		await searchBooks(books, list('item'), many, found);
		expect(found.size).toBe(60);
		expect([...found.values()].every((rows) => rows.length === 1)).toBe(true);
		expect(calls).toHaveLength(3);
	});
});

test('customers and vendors are asked for apart, and told apart in a list of both', async () => {
	const row = (id: string, type: string) => ({ contact_id: id, contact_name: 'Acme', contact_type: type });
	const rows = [row('1', 'customer'), row('2', 'vendor')];
	const known = { contact_type: exactly('contact_type'), contact_name: exactly('contact_name') };
	const { client: books, calls } = client('contacts', rows, known);
	const of = (contactType: 'customer' | 'vendor') => search('contact_name', 'Acme', { contactType });
	const found = new Map<string, JsonObject[]>();
	await searchBooks(books, list('contact'), [of('customer'), of('vendor')], found);
	expect(found.get('contact_name=Acme')).toEqual([rows[0]]);
	expect(found.get('vendor contact_name=Acme')).toEqual([rows[1]]);
	expect(calls.map(({ query }) => query?.contact_type)).toEqual(['customer', 'vendor']);

	const filler = ['a', 'b', 'c'].map((name) => search('contact_name', name, { contactType: 'vendor' }));
	const listed = new Map<string, JsonObject[]>();
	await searchBooks(books, list('contact'), [of('customer'), of('vendor'), ...filler], listed);
	expect(listed.get('contact_name=Acme')).toEqual([rows[0]]);
	expect(listed.get('vendor contact_name=Acme')).toEqual([rows[1]]);
	expect(calls).toHaveLength(3);
});
