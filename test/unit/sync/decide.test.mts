import { foldRecords, newestPerSource } from '../../../sync/fold';
import { hashOf } from '../../../sync/hash';
import { buildIndex, findTarget, type Candidate } from '../../../sync/match';
import { mergeFields, type MergeInput } from '../../../sync/merge';
import type { ConflictPolicy, MatchRule, Side } from '../../../sync/types';

const base: MergeInput = { proposed: {}, source: 'books', policy: 'eventSide', overwriteBlank: false };

/** One field: what both last agreed on, what the target has, what the source wants. */
function merge(
	before: string | undefined,
	current: string | undefined,
	proposed: string,
	more: Partial<MergeInput> = {},
) {
	return mergeFields({
		...base,
		proposed: { phone: proposed },
		...(current === undefined ? {} : { current: { phone: current } }),
		ancestor: before === undefined ? {} : { phone: hashOf(before, 'phone') },
		...more,
	});
}

describe('the merge of one field', () => {
	test('changed on the source only: it is written, and the target is taken to agree', () => {
		const result = merge('old', 'old', 'new');
		expect(result.changes).toEqual([{ field: 'phone', from: 'old', to: 'new' }]);
		expect(result.hashes.phone).toBe(hashOf('new', 'phone'));
	});

	test('changed on the target only: it stays, and the mark still tells that it changed', () => {
		const result = merge('old', 'theirs', 'old');
		expect(result.write).toEqual({});
		expect(result.hashes.phone).toBe(hashOf('old', 'phone'));
	});

	test('changed on both sides to the same value: nothing to write, no conflict', () => {
		const result = merge('old', 'new', ' new ');
		expect([result.write, result.conflicts]).toEqual([{}, []]);
		expect(result.hashes.phone).toBe(hashOf('new', 'phone'));
	});

	const policies: Array<[ConflictPolicy, Side, 'source' | 'target' | 'review']> = [
		['eventSide', 'books', 'source'],
		['eventSide', 'crm', 'source'],
		['books', 'books', 'source'],
		['books', 'crm', 'target'],
		['crm', 'books', 'target'],
		['crm', 'crm', 'source'],
		['review', 'books', 'review'],
		['review', 'crm', 'review'],
	];
	test.each(policies)(
		'changed on both sides under %s, from %s: the %s settles it',
		(policy, source, settled) => {
			for (const before of ['old', undefined]) {
				const result = merge(before, 'theirs', 'mine', { policy, source });
				expect(result.conflicts).toEqual([{ field: 'phone', source: 'mine', target: 'theirs', settled }]);
				expect('phone' in result.write).toBe(settled === 'source');
			}
		},
	);

	test('newest: the side modified last wins, Books where the times are equal or one is missing', () => {
		const early = '2026-01-01T10:00:00+0000';
		const late = '2026-01-01T15:30:01+05:30';
		const settled = (source: Side, sourceModified?: string, targetModified?: string) =>
			merge('old', 'theirs', 'mine', { policy: 'newest', source, sourceModified, targetModified })
				.conflicts[0]?.settled;
		expect(settled('crm', late, early)).toBe('source');
		expect(settled('crm', early, late)).toBe('target');
		expect(settled('crm', early, early)).toBe('target');
		expect(settled('books', early, early)).toBe('source');
		expect(settled('crm', late, undefined)).toBe('target');
	});

	test('a blank erases only where that is wanted and both sides agreed before', () => {
		expect(merge('old', 'old', '').write).toEqual({});
		expect(merge('old', 'old', '', { overwriteBlank: true }).write).toEqual({ phone: '' });
		expect(merge(undefined, 'theirs', '', { overwriteBlank: true }).write).toEqual({});
		expect(merge('old', undefined, '').write).toEqual({});
		expect(merge('old', undefined, '').needsCurrent).toBe(false);
	});

	test('an empty target is filled without a conflict, whatever the policy', () => {
		for (const policy of ['review', 'crm'] as const) {
			const result = merge(undefined, '', 'mine', { policy });
			expect([result.write, result.conflicts]).toEqual([{ phone: 'mine' }, []]);
		}
	});

	test('an unread target is read only where the answer depends on it', () => {
		expect(merge('old', undefined, 'old', { source: 'crm' }).needsCurrent).toBe(false);
		expect(merge('old', undefined, 'new', { source: 'crm' })).toMatchObject({
			needsCurrent: false,
			write: { phone: 'new' },
		});
		expect(merge('old', undefined, 'new', { source: 'crm', policy: 'crm' }).needsCurrent).toBe(false);
		for (const policy of ['books', 'newest', 'review'] as const) {
			expect(merge('old', undefined, 'new', { source: 'crm', policy })).toMatchObject({
				needsCurrent: true,
				write: {},
			});
		}
		expect(merge(undefined, undefined, 'new', { source: 'crm' }).needsCurrent).toBe(true);
	});
});

describe('finding the target', () => {
	const candidate = (id: string, record: Candidate['record'], link = ''): Candidate => ({
		id,
		name: `record ${id}`,
		link,
		record,
	});
	const byLink = (value: string): MatchRule => ({ kind: 'externalId', field: 'Zoho_Books_ID', value });
	const byEmail = (value: string): MatchRule => ({ kind: 'email', field: 'Email', value });
	const byName = (value: string): MatchRule => ({ kind: 'field', field: 'Last_Name', value });
	const find = (candidates: Candidate[], rules: MatchRule[], link = 'B1') =>
		findTarget(rules, buildIndex(candidates, rules), link);

	test('e-mails match trimmed and without case, names without accents', () => {
		expect(find([candidate('1', { Email: ' ANN@x.com' })], [byEmail('ann@X.com ')])).toMatchObject({
			kind: 'found',
			rule: 'email Email',
		});
		expect(find([candidate('1', { Last_Name: 'Müller' })], [byName(' muller')])).toMatchObject({
			kind: 'found',
		});
		expect(find([candidate('1', { Email: '' })], [byEmail(' ')])).toEqual({ kind: 'none' });
	});

	test('several records by one rule are never chosen from', () => {
		const two = [candidate('1', { Email: 'a@x.com' }), candidate('2', { Email: 'A@x.com' })];
		expect(find(two, [byEmail('a@x.com')])).toMatchObject({
			kind: 'ambiguous',
			candidates: [{ id: '1' }, { id: '2' }],
		});
	});

	test('a record linked with another one is no candidate by e-mail', () => {
		const other = candidate('1', { Email: 'a@x.com', Zoho_Books_ID: 'B2' }, 'B2');
		const free = candidate('2', { Email: 'a@x.com' });
		expect(find([other], [byEmail('a@x.com')])).toEqual({ kind: 'none' });
		expect(find([other, free], [byEmail('a@x.com')])).toMatchObject({
			kind: 'found',
			candidate: { id: '2' },
		});
	});

	test('a weaker rule that finds another record than the stronger one goes to review', () => {
		const one = candidate('1', { Email: 'a@x.com', Last_Name: 'Other' });
		const two = candidate('2', { Last_Name: 'Ann' });
		expect(find([one, two], [byEmail('a@x.com'), byName('Ann')])).toMatchObject({ kind: 'ambiguous' });
	});

	test('a weaker rule that finds the same record among others is fine', () => {
		const one = candidate('1', { Email: 'a@x.com', Last_Name: 'Ann' });
		const two = candidate('2', { Last_Name: 'Ann' });
		expect(find([one, two], [byEmail('a@x.com'), byName('Ann')])).toMatchObject({
			kind: 'found',
			candidate: { id: '1' },
		});
	});

	test('a record that is linked already is sure, even if a stranger has the same name', () => {
		const one = candidate('1', { Zoho_Books_ID: 'B1', Last_Name: 'New' }, 'B1');
		const two = candidate('2', { Last_Name: 'Ann' });
		expect(find([one, two], [byLink('B1'), byName('Ann')])).toMatchObject({
			kind: 'found',
			candidate: { id: '1' },
		});
	});

	test('the same record found by two look-ups counts once', () => {
		const one = candidate('1', { Email: 'a@x.com' });
		expect(find([one, { ...one }], [byEmail('a@x.com')])).toMatchObject({ kind: 'found' });
	});
});

describe('folding', () => {
	test('the newest state of a source stands for all, blanks included, and all inputs are kept', () => {
		const items = [
			{ inputIndex: 0, id: 'a', sourceModified: '2026-01-01T10:00:05Z', phone: '' },
			{ inputIndex: 1, id: 'b', phone: '9' },
			{ inputIndex: 2, id: 'a', sourceModified: '2026-01-01T10:00:00Z', phone: '1' },
		];
		const folded = newestPerSource(items, ({ id }) => id);
		expect(folded).toEqual([
			{ ...items[0], inputs: [0, 2] },
			{ ...items[1], inputs: [1] },
		]);
	});

	test('of several sources a later value wins and a blank erases nothing', () => {
		expect(
			foldRecords([
				{ phone: '1', website: 'w', billing_address: { city: 'Bonn', zip: '1' } },
				{ phone: '2', website: '', billing_address: { city: '' } },
			]),
		).toEqual({ phone: '2', website: 'w', billing_address: { city: 'Bonn', zip: '1' } });
	});
});
