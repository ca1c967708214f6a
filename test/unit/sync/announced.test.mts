import fc from 'fast-check';

import { agreedWith, announcing, openAnnouncements } from '../../../sync/announced';
import { hashOf } from '../../../sync/hash';
import { emptyMark, markLimit, readMark, writeMark } from '../../../sync/mark';
import { nothingKnown, planBooks } from '../../../sync/plan';
import type { Fields, SyncMark } from '../../../sync/types';

const field = fc.constantFrom('Phone', 'Email', 'Website', 'Description');
const record = fc.dictionary(field, fc.constantFrom('a', 'b', 'c', 'd', '', 12.345), { noNullPrototype: true });

const halfOf = (fields: Fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, hashOf(value, name)]));
const markOf = (crm: Fields, more: Partial<SyncMark> = {}): SyncMark => ({ ...emptyMark(), crm: halfOf(crm), ...more });
const announcementOf = (before: Fields, ...states: Fields[]) =>
	states.reduce((held, state) => announcing(held, markOf({ ...before, ...state })), markOf(before));

test('every announced value is known as CRM’s own, whatever is announced after it', () => {
	fc.assert(
		fc.property(record, record, record, (before, first, second) => {
			const held = announcementOf(before, first, second);
			for (const state of [first, second]) {
				// That a field which nothing is known of is blank says nothing.
				const told = Object.entries(halfOf(state)).filter(([name, hash]) => hash !== '' || name in before);
				expect(agreedWith(held, state)).toMatchObject(Object.fromEntries(told));
			}
		}),
	);
});

test('what was not announced is no agreement', () => {
	const held = announcementOf({ Phone: 'a' }, { Phone: 'b' });
	expect(agreedWith(held, { Phone: 'c', Email: 'x@example.com' })).toEqual(halfOf({ Phone: 'a' }));
});

test('only what the mark does not know already is announced, and it goes when it is agreed on', () => {
	fc.assert(
		fc.property(record, record, (before, state) => {
			const held = announcementOf(before, state);
			const changed = Object.keys(state).filter((name) => hashOf(state[name], name) !== hashOf(before[name], name));
			expect(Object.keys(openAnnouncements(held)).sort()).toEqual(changed.sort());
			expect(openAnnouncements(markOf({ ...before, ...state }, { announced: held.announced ?? {} }))).toEqual({});
		}),
	);
});

test('a field keeps the newest three', () => {
	const held = announcementOf({}, ...['a', 'b', 'c', 'd'].map((Phone) => ({ Phone })));
	expect(held.announced?.Phone?.split(' ')).toEqual(['b', 'c', 'd'].map((value) => hashOf(value, 'Phone')));
});

test('the mark brings announcements back, and leaves them out first where the field is too short', () => {
	const held = announcementOf({ Phone: 'a' }, { Phone: 'b', Email: 'b@example.com' });
	expect(readMark(writeMark(held))?.announced).toEqual(held.announced);
	const fields = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`Field_${n}`, `value ${n}`]));
	const full = readMark(writeMark(announcing(markOf(fields), markOf({ ...fields, Phone: 'b' }))));
	expect(writeMark(announcing(markOf(fields), markOf({ ...fields, Phone: 'b' }))).length).toBeLessThanOrEqual(markLimit);
	expect([full?.announced, Object.keys(full?.crm ?? {}).length]).toEqual([{ Phone: hashOf('b', 'Phone') }, 60]);
	const tight = readMark(writeMark(announcing(markOf(fields), markOf({ ...fields, Phone: 'b' })), writeMark(markOf(fields)).length));
	expect([tight?.announced, Object.keys(tight?.crm ?? {}).length]).toEqual([undefined, 60]);
});

test('what is written becomes known, although the mark knew other fields only', () => {
	const sync = writeMark(markOf({ Account_Name: 'Acme' }, { books: { contact_name: hashOf('Acme', 'contact_name') } }));
	const source = { id: '1', Zoho_Books_ID: 'C1', Zoho_Books_Sync: sync, Account_Name: 'Acme', Website: 'acme.example', Fax: '' };
	const item = { inputIndex: 0, record: { contact_name: 'Acme', website: 'acme.example' }, rules: [], module: 'Accounts', standsFor: 'contact' as const };
	const known = nothingKnown();
	known.contacts.set('C1', { contact_id: 'C1', contact_name: 'Acme', website: '' });
	const sourceFields = ['Account_Name', 'Website', 'Fax'];
	const plan = planBooks([{ ...item, source, sourceFields }], known, { policy: 'eventSide', overwriteBlank: false });
	expect(plan.entries.map(({ output, match }) => [output, match.sources?.[0]?.mark.crm])).toEqual([
		['changed', halfOf({ Account_Name: 'Acme', Website: 'acme.example' })],
	]);
});
