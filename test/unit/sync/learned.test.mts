import { both, learnedSince, onto } from '../../../sync/learned';
import type { SyncMark } from '../../../sync/types';

const mark = (books: Record<string, string>, crm: Record<string, string>, more: Partial<SyncMark> = {}): SyncMark => ({ version: 1, books, crm, ...more });

const read = mark({ city: 'a', phone: 'a' }, { City: 'a', Phone: 'a' });
const decided = mark({ city: 'a', phone: 'b', fax: '' }, { City: 'a', Phone: 'b' }, { booksModified: 'later' });
const learned = learnedSince(read, decided);

test('only what the decision agreed on anew was learned; without a mark before, everything', () => {
	expect(learned).toEqual({ books: ['phone', 'fax'], crm: ['Phone'] });
	expect(learnedSince(undefined, read)).toEqual({ books: ['city', 'phone'], crm: ['City', 'Phone'] });
});

test('over a mark that another execution has written goes what was learned, and nothing else', () => {
	const held = mark({ city: 'c', phone: 'd', zip: 'z' }, { City: 'c', Phone: 'd' }, { booksModified: 'earlier' });
	expect(onto(held, decided, learned)).toEqual(mark({ city: 'c', phone: 'b', fax: '', zip: 'z' }, { City: 'c', Phone: 'b' }, { booksModified: 'later' }));
	expect(onto(held, decided, undefined)).toEqual(decided);
});

test('what two executions have learned one after the other', () => {
	expect(both(learned, { books: ['city', 'fax'], crm: [] })).toEqual({ books: ['phone', 'fax', 'city'], crm: ['Phone'] });
	expect(both(learned, undefined)).toBeUndefined();
});
