import { hashOfMark } from '../../../sync/hash';
import { mayLink } from '../../../sync/link';
import { readMark, writeMark } from '../../../sync/mark';
import { itemKind, noFlatKnowledge, nothingKnown, planBooks, planFlat, type BooksItem } from '../../../sync/plan';
import type { SyncMark } from '../../../sync/types';

const options = { policy: 'eventSide' as const, overwriteBlank: false };
const times = { before: '2026-07-01T10:00:00+05:30', now: '2026-07-01T04:30:01+00:00', later: '2026-07-01T10:00:02+05:30' };

function mark(more: Partial<SyncMark> = {}): string {
	return writeMark({ version: 1, books: {}, crm: {}, ...more });
}

describe('a state of a CRM record that was overtaken on its way to Books', () => {
	const item = (modified: string, record: BooksItem['record'], link = 'C1'): BooksItem => ({
		inputIndex: 0,
		record,
		rules: [],
		module: 'Accounts',
		standsFor: 'contact',
		source: { id: '1', Zoho_Books_ID: link, Zoho_Books_Sync: mark({ crmModified: times.now }), Modified_Time: modified },
		sourceModified: modified,
		sourceFields: [],
	});

	test.each([
		['contacts', (it: BooksItem) => planBooks([it], nothingKnown(), options), { contact_name: 'Old' }],
		['items', (it: BooksItem) => planFlat([it], noFlatKnowledge(), itemKind, options), { name: 'Old' }],
	])('is not written over the newer one (%s)', (_what, plan, record) => {
		const { entries, complete } = plan(item(times.before, record));
		expect([complete, entries.length]).toEqual([true, 1]);
		expect(entries[0]).toMatchObject({ output: 'unchanged', match: { sources: [], reason: expect.stringContaining('older state') } });
	});

	test.each([
		['a later state', item(times.later, { contact_name: 'New' })],
		['another state of the same second', item(times.now, { contact_name: 'New' })],
		['a record without a link, whatever its mark says', item(times.before, { contact_name: 'New' }, '')],
	])('%s is carried over', (_what, it) => {
		const { entries, needs } = planBooks([it], nothingKnown(), options);
		expect(entries.some(({ output }) => output !== 'unchanged') || needs.contactIds.length > 0).toBe(true);
	});

	test('the next mark tells of the state that was carried over', () => {
		const known = nothingKnown();
		known.contacts.set('C1', { contact_id: 'C1', contact_name: 'Before' });
		const [entry] = planBooks([item(times.later, { contact_name: 'New' })], known, options).entries;
		expect(entry?.match.mark.crmModified).toBe(times.later);
		expect(readMark(writeMark(entry?.match.mark as SyncMark))?.crmModified).toBe(times.later);
	});
});

describe('a link that comes late', () => {
	const ours = mark({ booksModified: '2026-07-01T10:00:05+0200', crmModified: times.now, books: { website: 'ours' } });
	const link = { module: 'Accounts', record: { id: '1', Zoho_Books_ID: 'C1', Zoho_Books_Sync: ours }, before: { link: 'C1', seen: hashOfMark('as read') } };
	const held = (more: Partial<SyncMark>, booksId = 'C1') => ({ id: '1', Zoho_Books_ID: booksId, Zoho_Books_Sync: mark(more) });

	test.each([
		['Books was written to once more since', { booksModified: '2026-07-01T10:00:06+0200', crmModified: times.before }],
		['in the same second of Books an older state of CRM was carried over', { booksModified: '2026-07-01T08:00:05Z', crmModified: times.before }],
		['neither knows Books, and the other knows less of CRM', { crmModified: times.before }],
	])('is left out where %s', (_why, theirs) => {
		const known = 'booksModified' in theirs ? link : { ...link, record: { ...link.record, Zoho_Books_Sync: mark({ crmModified: times.now }) } };
		expect(mayLink(known, held(theirs))).toBe('overtaken');
	});

	test.each([
		['nobody has written a mark since', { ...link, before: { link: 'C1', seen: hashOfMark(held({ booksModified: '2027-01-01T00:00:00Z' }).Zoho_Books_Sync) } }, held({ booksModified: '2027-01-01T00:00:00Z' })],
		['the other mark knows an older Books record', link, held({ booksModified: '2026-07-01T10:00:04+0200', crmModified: times.before })],
		['a newer state of CRM was carried over in the same second of Books', link, held({ booksModified: '2026-07-01T10:00:05+0200', crmModified: times.later })],
		['there is no mark', link, { id: '1', Zoho_Books_ID: 'C1', Zoho_Books_Sync: null }],
		['the record is not linked yet', { ...link, before: { link: '', seen: '' } }, { id: '1', Zoho_Books_ID: null, Zoho_Books_Sync: null }],
		['the record is linked anew', { ...link, before: { link: 'C0', seen: '' } }, held({ booksModified: '2027-01-01T00:00:00Z' }, 'C0')],
		['the record was not found', link, undefined],
	])('is written where %s', (_why, wanted, now) => {
		expect(mayLink(wanted, now)).toBe(true);
	});

	test('is for a person to decide where another Books record was linked meanwhile', () => {
		const verdict = mayLink({ ...link, before: { link: '', seen: '' } }, held({}, 'C9'));
		expect(verdict).toEqual({ problem: expect.stringMatching(/Accounts 1.*C9.*C1.*Merge/) });
	});
});
