import { readMark } from '../../../sync/mark';
import { planCrm } from '../../../sync/plan';
import type { CrmItem, PlanEntry, PlanOptions } from '../../../sync/plan';
import type { ConflictPolicy, JsonObject } from '../../../sync/types';

const options: PlanOptions = { policy: 'books', overwriteBlank: false, subformCheck: ['Grand_Total'], markLimit: 32_000 };
const lines = [
	{ Product_Name: { id: '11' }, Quantity: 3, List_Price: 33.35, Line_Tax: [{ name: 'VAT', percentage: 19 }] },
	{ Product_Name: { id: '12' }, Quantity: 1, List_Price: 5, Description: 'Two' },
];
const invoice = (more: JsonObject = {}, sourceModified = '2026-01-01T10:00:00+0000'): CrmItem => ({
	inputIndex: 0,
	record: { Subject: 'Invoice 1', Status: 'Created', Invoiced_Items: lines, Grand_Total: 124, ...more },
	rules: [],
	link: '900',
	source: { invoice_number: '1' },
	sourceModified,
	sourceFields: ['invoice_number'],
});
const only = (entries: PlanEntry[]): PlanEntry => {
	expect(entries).toHaveLength(1);
	return entries[0] as PlanEntry;
};

/** The record as a query brings it after the first write: without its lines, with the total that CRM has calculated. */
function written(more: JsonObject = {}, total = 124): JsonObject {
	const { Invoiced_Items: _, ...record } = only(planCrm([invoice()], [], options)).record;
	return { ...record, id: '9', Grand_Total: total, ...more };
}
const plan = (item: CrmItem, present: JsonObject, more: Partial<PlanOptions> = {}) =>
	planCrm([item], [present], { ...options, ...more });

test('a new record has its lines, and the total that only checks them is not written', () => {
	const { record, match } = only(planCrm([invoice()], [], options));
	expect(record.Invoiced_Items).toEqual(lines);
	expect(record).not.toHaveProperty('Grand_Total');
	expect(readMark(record.Zoho_Books_Sync)).toEqual(match.mark);
	expect(match.mark.crm).toHaveProperty('Invoiced_Items');
});

test('lines that mean the same are left alone: order of keys, 5 and "5.00", a look-up with its name', () => {
	const same = [
		{ Line_Tax: [{ percentage: '19.0', name: 'VAT' }], List_Price: '33.350', Quantity: 3.0, Product_Name: { id: '11', name: 'Lamp' } },
		{ List_Price: '5.00', Product_Name: '12', Quantity: '1', Description: 'Two ' },
	];
	const { output, record } = only(plan(invoice({ Invoiced_Items: same, Grand_Total: '124.00' }), written()));
	expect([output, record]).toEqual(['unchanged', { id: '9' }]);
});

test.each<[string, JsonObject]>([
	['an edited line', { Invoiced_Items: [lines[0] as JsonObject, { ...lines[1], Quantity: 2 }], Grand_Total: 129 }],
	['a line more', { Invoiced_Items: [...lines, lines[0] as JsonObject], Grand_Total: 200 }],
	['another order', { Invoiced_Items: [...lines].reverse() }],
])('%s is written, all lines at once, whatever the policy says of conflicts', (_, change) => {
	for (const policy of ['books', 'crm', 'eventSide', 'newest', 'review'] as const) {
		const { output, record } = only(plan(invoice(change), written(), { policy }));
		expect([output, record.Invoiced_Items]).toEqual(['changed', change.Invoiced_Items]);
	}
});

test('a change of another field leaves the lines alone', () => {
	const { record } = only(plan(invoice({ Status: 'Delivered' }), written()));
	expect(record.Status).toBe('Delivered');
	expect(record).not.toHaveProperty('Invoiced_Items');
	// Also one that changes the total: the mark remembers the total that went with the lines.
	const adjusted = only(plan(invoice({ Adjustment: 1, Grand_Total: 125 }), written()));
	expect(Object.keys(adjusted.record).sort()).toEqual(['Adjustment', 'Zoho_Books_ID', 'Zoho_Books_Sync', 'id']);
});

describe('lines that were edited in CRM, which the total shows', () => {
	const edited = () => written({ Modified_Time: '2026-01-01T12:00:00+00:00' }, 100);

	test.each<[ConflictPolicy, string]>([
		['books', 'changed'],
		['eventSide', 'changed'],
		['crm', 'unchanged'],
		['newest', 'unchanged'],
		['review', 'review'],
	])('%s: %s', (policy, expected) => {
		const { output, record, match } = only(plan(invoice(), edited(), { policy }));
		expect(output).toBe(expected);
		expect('Invoiced_Items' in record).toBe(expected !== 'unchanged');
		if (expected !== 'unchanged') expect(match.reason).toContain('Grand_Total is 100 in CRM, not 124');
	});

	test('are not noticed without the option, and not where the total is right', () => {
		const { subformCheck: _, ...without } = options;
		const { Grand_Total: __, ...record } = invoice().record;
		expect(only(planCrm([{ ...invoice(), record }], [edited()], without)).output).toBe('unchanged');
		expect(only(plan(invoice(), written())).output).toBe('unchanged');
	});
});

test('without a mark lines are written where Books wins, and left where CRM does', () => {
	const bare = { ...written(), Zoho_Books_Sync: null };
	expect(only(plan(invoice(), bare)).record.Invoiced_Items).toEqual(lines);
	expect(only(plan(invoice(), bare, { policy: 'crm' })).record).not.toHaveProperty('Invoiced_Items');
	const held = plan(invoice(), bare, { policy: 'review' });
	expect(held.map(({ output }) => output)).toEqual(['changed', 'review']);
});

test('an empty list erases lines only where a blank may', () => {
	const emptied = invoice({ Invoiced_Items: [], Grand_Total: undefined });
	expect(only(plan(emptied, written())).record).not.toHaveProperty('Invoiced_Items');
	const { record } = only(plan(emptied, written(), { emptyFields: ['Invoiced_Items'] }));
	expect(record.Invoiced_Items).toEqual([]);
});

test('a blank empties the fields named for it', () => {
	const paid = only(planCrm([invoice({ Last_Payment_Date: '2026-01-05', Terms: 'x' })], [], options)).record;
	const present = { ...paid, id: '9', Grand_Total: 124 };
	const later = invoice({ Last_Payment_Date: null, Terms: null }, '2026-01-02T10:00:00+0000');
	const { record } = only(plan(later, present, { emptyFields: ['Last_Payment_Date'] }));
	expect(record).toMatchObject({ id: '9', Last_Payment_Date: null });
	expect(record).not.toHaveProperty('Terms');
});

test('tags are a list of objects that can be compared', () => {
	const tagged = invoice({ Tag: [{ name: 'b' }, { name: 'a' }] });
	const present = written({ Tag: [{ name: 'a', id: '1', color_code: null }, { name: 'b', id: '2', color_code: null }] });
	expect(only(plan(tagged, present)).record).not.toHaveProperty('Tag');
});
