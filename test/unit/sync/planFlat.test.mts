import { linkRecords } from '../../../sync/link';
import { readMark, writeMark } from '../../../sync/mark';
import { itemKind, noFlatKnowledge, planFlat, vendorKind } from '../../../sync/plan';
import type { FlatItem, FlatKnowledge, PlanEntry, PlanOptions } from '../../../sync/plan';
import type { JsonObject } from '../../../sync/types';

const options: PlanOptions = { policy: 'eventSide', overwriteBlank: false };
const only = (entries: PlanEntry[]): PlanEntry => {
	expect(entries).toHaveLength(1);
	return entries[0] as PlanEntry;
};

const lamp = { name: 'Lamp', sku: 'L-1', rate: 33.35, description: 'Bright' };
const product = (source: JsonObject, more: JsonObject = {}, inputIndex = 0): FlatItem => {
	const record: JsonObject = { ...lamp, ...more };
	return {
		inputIndex,
		module: 'Products',
		source: { id: '1', ...source },
		record,
		rules: [
			{ kind: 'field', field: 'sku', value: record.sku },
			{ kind: 'field', field: 'name', value: record.name },
		],
		sourceFields: ['Product_Name', 'Unit_Price'],
	};
};

function known(rows: JsonObject[] = [], records: JsonObject[] = []): FlatKnowledge {
	const knowledge = noFlatKnowledge();
	for (const field of ['sku', 'name'] as const) {
		for (const value of ['L-1', 'L.1', 'Lamp', 'Cable', 'C-1'])
			knowledge.searches.set(`${field}=${value}`, rows.filter((row) => row[field] === value));
	}
	for (const record of records) knowledge.records.set(String(record.item_id), record);
	return knowledge;
}
const plan = (items: FlatItem[], knowledge = known(), more: Partial<PlanOptions> = {}) =>
	planFlat(items, knowledge, itemKind, { ...options, ...more });

/** The Product and the item as they are after both were made. */
function linked(): JsonObject {
	const { match } = only(plan([product({ Unit_Price: 33.35 })]).entries);
	const written = { item_id: '900', last_modified_time: '2026-01-01T10:00:00+0000' };
	const { links, problems } = linkRecords(match, written);
	expect(problems).toEqual([]);
	expect(links).toMatchObject([{ module: 'Products', record: { id: '1', Zoho_Books_ID: '900' } }]);
	return { ...links[0]?.record, Unit_Price: 33.35 };
}

describe('Products and items', () => {
	test('what must be looked up is told, by both rules; then a new item carries its fields without blanks', () => {
		const first = planFlat([product({})], noFlatKnowledge(), itemKind, options);
		expect(first.complete).toBe(false);
		expect(first.needs).toEqual({
			ids: [],
			searches: [
				{ kind: 'field', field: 'sku', value: 'L-1' },
				{ kind: 'field', field: 'name', value: 'Lamp' },
			],
		});
		const { output, record } = only(plan([product({}, { description: '' })]).entries);
		expect([output, record]).toEqual(['new', { name: 'Lamp', sku: 'L-1', rate: 33.35 }]);
	});

	test('an echo needs no look-up, and a changed price is written without a read', () => {
		const echo = plan([product(linked(), { rate: '33.350' })], noFlatKnowledge());
		expect(echo.complete).toBe(true);
		expect(only(echo.entries)).toMatchObject({ output: 'unchanged', match: { sources: [{ write: false }] } });

		const { output, record } = only(plan([product(linked(), { rate: 35 })], noFlatKnowledge()).entries);
		expect([output, record]).toEqual(['changed', { item_id: '900', rate: 35 }]);
	});

	test('a policy that must judge reads the item; a field that only Books changed is left alone', () => {
		const items = [product(linked(), { rate: 35 })];
		expect(plan(items, noFlatKnowledge(), { policy: 'books' }).needs.ids).toEqual(['900']);
		const there = { ...lamp, item_id: '900', description: 'Brighter' };
		const free = only(plan(items, known([], [there]), { policy: 'books' }).entries);
		expect(free.record).toEqual({ item_id: '900', rate: 35 });

		const both = plan(items, known([], [{ ...there, rate: 40 }]), { policy: 'books' });
		expect(only(both.entries)).toMatchObject({
			output: 'unchanged',
			match: { conflicts: [{ field: 'rate', settled: 'target' }] },
		});
		const held = plan(items, known([], [{ ...there, rate: 40 }]), { policy: 'review' });
		expect(only(held.entries)).toMatchObject({ output: 'review', record: { item_id: '900', rate: 35 } });
	});

	test('an unlinked Product is linked with the item of its code, once that was read', () => {
		const row = { item_id: '900', name: 'Lamp (old)', sku: 'l-1', rate: 30, description: 'Bright' };
		const searches = known();
		searches.searches.set('sku=L-1', [row]);
		expect(plan([product({})], searches).needs).toEqual({ ids: ['900'], searches: [] });
		searches.records.set('900', row);
		const { output, record, match } = only(plan([product({})], searches).entries);
		expect([output, record]).toEqual(['changed', { item_id: '900', name: 'Lamp', sku: 'L-1', rate: 33.35 }]);
		expect(match.rule).toBe('field sku');
	});

	test.each<[string, JsonObject[], Array<[string, string]>]>([
		['the code and the name lead to two items', [{ item_id: '1', sku: 'L-1', name: 'Other' }, { item_id: '2', sku: 'X', name: 'Lamp' }], []],
		['the item of the name has another code', [{ item_id: '2', sku: 'X-9', name: 'Lamp' }], []],
		['the item is linked with another Product', [{ item_id: '2', sku: 'L-1', name: 'Lamp' }], [['2', '77']]],
	])('%s: a person decides', (_, rows, owners) => {
		const knowledge = known(rows, rows);
		for (const [item, owner] of owners) knowledge.linkedTo.set(item, owner);
		expect(only(plan([product({})], knowledge).entries).output).toBe('review');
	});

	test('an item that a rule names by its id is in doubt, too, when another Product has it', () => {
		const rules = [{ kind: 'recordId' as const, field: 'item_id', value: '900' }];
		const knowledge = known([], [{ ...lamp, item_id: '900' }]);
		expect(only(plan([{ ...product({}), rules }], knowledge).entries)).toMatchObject({
			output: 'unchanged',
			match: { id: '900', rule: 'recordId item_id' },
		});
		knowledge.linkedTo.set('900', '77');
		expect(only(plan([{ ...product({}), rules }], knowledge).entries).output).toBe('review');
	});

	test('a field that is new in the mapping is compared once, and then known by the mark', () => {
		const more = { unit: 'pcs' };
		const there = { ...lamp, ...more, item_id: '900' };
		const { output, match } = only(plan([product(linked(), more)], known([], [there])).entries);
		expect([output, match.sources?.[0]?.write]).toEqual(['unchanged', true]);
		const again = { ...linked(), ...linkRecords(match).links[0]?.record };
		expect(only(plan([product(again, more)], noFlatKnowledge()).entries).match.sources?.[0]?.write).toBe(false);
	});

	test('codes that differ in their punctuation are two articles', () => {
		const rows = [{ item_id: '2', sku: 'L-1', name: 'Other' }];
		const knowledge = known(rows);
		knowledge.searches.set('sku=L.1', rows);
		expect(only(plan([product({}, { sku: 'L.1' })], knowledge).entries).output).toBe('new');
	});

	test('of two new Products with one name the second goes to review, and of two that find one item both', () => {
		const two = [product({}), product({ id: '2' }, { sku: 'C-1' }, 1)];
		expect(plan(two).entries.map(({ output }) => output)).toEqual(['new', 'review']);
		const there = { ...lamp, sku: '', item_id: '900' };
		const both = plan(two, known([there], [there]));
		expect(both.entries.map(({ output }) => output)).toEqual(['review', 'review']);
		// Where one of them is linked with it, that one goes on.
		const withOwner = plan([product(linked()), product({ id: '2' }, { sku: 'C-1' }, 1)], known([there], [there]));
		expect(withOwner.entries.map(({ output, record }) => [output, record.sku])).toEqual([
			['changed', 'L-1'],
			['review', 'C-1'],
		]);
	});

	test('a linked item that Books does not have any more goes to review, and shared Products never go to Books', () => {
		const knowledge = known();
		knowledge.records.set('900', undefined);
		expect(only(plan([product({ Zoho_Books_ID: '900' })], knowledge).entries).output).toBe('review');
		for (const link of ['free-text', 'shipping']) {
			const shared = plan([product({ Zoho_Books_ID: link })], noFlatKnowledge());
			expect(shared.complete).toBe(true);
			expect(only(shared.entries)).toMatchObject({ output: 'unchanged', match: { sources: [] } });
		}
	});

	test('an unlinked record does not trust a mark it was copied with', () => {
		const copied = writeMark({ version: 1, books: { rate: 'x' }, crm: {} });
		const there = { ...lamp, item_id: '900' };
		const { output, match } = only(plan([product({ Zoho_Books_Sync: copied })], known([there], [there])).entries);
		expect([output, match.sources?.[0]?.write]).toEqual(['unchanged', true]);
		const { links } = linkRecords(match);
		expect(links[0]?.record.Zoho_Books_ID).toBe('900');
		expect(readMark(links[0]?.record.Zoho_Books_Sync)?.books.rate).toBeTruthy();
	});

	test('blanks may empty the fields named for it, and only those', () => {
		const emptied = product(linked(), { description: '', rate: null });
		const { record } = only(plan([emptied], noFlatKnowledge(), { emptyFields: ['description'] }).entries);
		expect(record).toEqual({ item_id: '900', description: '' });
	});
});

describe('Vendors', () => {
	const vendor = (source: JsonObject, person: JsonObject): FlatItem => ({
		inputIndex: 0,
		module: 'Vendors',
		source: { id: '1', ...source },
		record: { contact_name: 'Acme', contact_type: 'vendor', contact_persons: [person] },
		rules: [{ kind: 'field', field: 'contact_name', value: 'Acme' }],
		sourceFields: ['Vendor_Name', 'Phone'],
	});

	test('are looked for among vendors only', () => {
		const { needs } = planFlat([vendor({}, { phone: '1' })], noFlatKnowledge(), vendorKind, options);
		expect(needs.searches).toEqual([
			{ kind: 'field', field: 'contact_name', value: 'Acme', contactType: 'vendor' },
		]);
	});

	test('a changed person is read before it is written, because its id must be known', () => {
		const knowledge = noFlatKnowledge();
		knowledge.searches.set('vendor contact_name=Acme', []);
		const { match } = only(planFlat([vendor({}, { phone: '1' })], knowledge, vendorKind, options).entries);
		const source = linkRecords(match, { contact_id: '500' }).links[0]?.record as JsonObject;
		const items = [vendor(source, { phone: '2' })];
		expect(planFlat(items, knowledge, vendorKind, options).needs.ids).toEqual(['500']);
		knowledge.records.set('500', {
			contact_id: '500',
			contact_name: 'Acme',
			contact_type: 'vendor',
			primary_contact_id: 'P2',
			contact_persons: [
				{ contact_person_id: 'P1', phone: '7' },
				{ contact_person_id: 'P2', phone: '1' },
			],
		});
		const { record } = only(planFlat(items, knowledge, vendorKind, options).entries);
		expect(record).toEqual({
			contact_id: '500',
			contact_persons: [{ contact_person_id: 'P2', phone: '2' }],
		});
	});
});
