import { linkRecords } from '../../../sync/link';
import { hashOf } from '../../../sync/hash';
import { readMark, writeMark } from '../../../sync/mark';
import { crmLookups, nothingKnown, planBooks, planCrm, searchKey } from '../../../sync/plan';
import type { BooksItem, CrmItem, PlanEntry, PlanOptions } from '../../../sync/plan';
import type { JsonObject, SyncMark } from '../../../sync/types';

const options: PlanOptions = { policy: 'eventSide', overwriteBlank: false };
const only = (entries: PlanEntry[]): PlanEntry => {
	expect(entries).toHaveLength(1);
	return entries[0] as PlanEntry;
};

describe('planning for CRM', () => {
	const item = (more: Partial<CrmItem> = {}): CrmItem => ({
		inputIndex: 0,
		record: { Last_Name: 'Ann', Email: 'ann@x.com', Phone: '', Account_Name: { id: '77', name: 'Acme' } },
		rules: [{ kind: 'email', field: 'Email', value: ' Ann@X.com' }],
		link: 'P1',
		booksParent: 'C1',
		source: { last_name: 'Ann', email: 'ann@x.com', phone: '' },
		sourceModified: '2026-01-01T10:00:00+0000',
		sourceFields: ['last_name', 'email', 'phone'],
		...more,
	});

	test('look-ups: the link first, e-mails in both spellings, each value once', () => {
		expect(crmLookups([item(), item({ inputIndex: 1 })])).toEqual([
			{ kind: 'externalId', field: 'Zoho_Books_ID', values: ['P1'] },
			{ kind: 'email', field: 'Email', values: ['Ann@X.com', 'ann@x.com'] },
		]);
	});

	test.each([
		['left out', 'Anna', true],
		['not there', 'Ann', undefined],
	])('what a webhook held of a second that CRM knows already is uncertain where a change is %s', (_what, name, isUncertain) => {
		const made = only(planCrm([item()], [], options)).record;
		const again = item({ fromPayload: true, record: { ...item().record, Last_Name: name }, source: { ...item().source, last_name: name } });
		const entry = only(planCrm([again], [{ ...made, id: '9', Phone: null, Account_Name: { id: '77' } }], options));
		expect([entry.isUncertain, entry.record.Last_Name]).toEqual([isUncertain, undefined]);
	});

	test('a new record carries its fields, the lookup as { id }, link and mark, and no blanks', () => {
		const { output, record, match } = only(planCrm([item()], [], options));
		expect(output).toBe('new');
		expect(record).toMatchObject({ Last_Name: 'Ann', Account_Name: { id: '77' }, Zoho_Books_ID: 'P1' });
		expect('Phone' in record || 'id' in record).toBe(false);
		expect(readMark(record.Zoho_Books_Sync)).toEqual(match.mark);
		expect(match.mark).toMatchObject({ booksParent: 'C1', booksModified: '2026-01-01T10:00:00+0000' });
	});

	test('a found record gets the link; once it is written the same item is unchanged', () => {
		const there = { id: '9', Last_Name: 'Ann', Email: 'ANN@x.com', Account_Name: { id: '77', name: 'Acme' } };
		const first = only(planCrm([item()], [there], options));
		expect(first.output).toBe('changed');
		expect(Object.keys(first.record).sort()).toEqual(['Zoho_Books_ID', 'Zoho_Books_Sync', 'id']);
		const again = only(planCrm([item()], [{ ...there, ...first.record }], options));
		expect([again.output, again.record]).toEqual(['unchanged', { id: '9' }]);
	});

	test('what a webhook held yields to the state of the same second that CRM knows', () => {
		const there = { id: '9', Last_Name: 'Ann', Email: 'ann@x.com', Account_Name: { id: '77', name: 'Acme' } };
		const written = { ...there, ...only(planCrm([item()], [there], options)).record };
		const other = { record: { ...item().record, Last_Name: 'Anna' }, source: { ...item().source, last_name: 'Anna' } };
		const outcome = (more: Partial<CrmItem>) => only(planCrm([item({ ...other, ...more })], [written], options)).output;
		expect(outcome({ fromPayload: true })).toBe('unchanged');
		expect(outcome({})).toBe('changed');
		expect(outcome({ fromPayload: true, sourceModified: '2026-01-01T10:00:01+0000' })).toBe('changed');
	});

	test.each([
		['shows what CRM wrote there', '1', 0, { Last_Name: 'Anna' }, undefined],
		['does not show it', '', 0, {}, true],
		['does not show it, a second later', '', 1, {}, true],
		['does not show it, but is later than any doubt', '', 3, { Last_Name: 'Anna', Phone: '' }, undefined],
	])('what a webhook held around a write from CRM: it %s', (_what, phone, seconds, written, isUncertain) => {
		const there = { id: '9', Last_Name: 'Ann', Email: 'ann@x.com', Account_Name: { id: '77', name: 'Acme' } };
		const agreed: JsonObject = { ...there, ...only(planCrm([item()], [there], options)).record };
		const mark = readMark(agreed.Zoho_Books_Sync) as SyncMark;
		const phones = { books: { ...mark.books, phone: hashOf('1', 'phone') }, crm: { ...mark.crm, Phone: hashOf('1', 'Phone') } };
		const afterWrite = { ...agreed, Phone: '1', Zoho_Books_Sync: writeMark({ ...mark, ...phones, booksWritten: 'phone' }) };
		const edited = {
			fromPayload: true,
			sourceModified: `2026-01-01T10:00:0${seconds}+0000`,
			record: { ...item().record, Last_Name: 'Anna', Phone: phone },
			source: { ...item().source, last_name: 'Anna', phone },
		};
		const entry = only(planCrm([item(edited)], [afterWrite], { ...options, overwriteBlank: true }));
		expect(entry.isUncertain).toBe(isUncertain);
		const { id: _id, Zoho_Books_ID: _link, Zoho_Books_Sync: _mark, ...fields } = entry.record;
		expect(fields).toEqual(written);
	});

	test.each([
		['another company', { Last_Name: 'Ann', Account_Name: { id: '78', name: 'Other' } }],
		['another name', { First_Name: 'Zed', Last_Name: 'Old', Account_Name: { id: '77', name: 'Acme' } }],
	])('a record of the same e-mail but %s is for a person to decide', (_, other) => {
		const found = { id: '9', Email: 'ann@x.com', ...other };
		expect(only(planCrm([item()], [found], options)).output).toBe('review');
		// Once it is linked, a new e-mail, name or company is an edit like any other.
		const linked = { ...found, Zoho_Books_ID: 'P1' };
		expect(only(planCrm([item()], [linked], options)).output).toBe('changed');
	});

	test('a delivery overtaken by a newer one changes nothing', () => {
		const written = only(planCrm([item()], [], options)).record;
		const old = item({ record: { Last_Name: 'Old' }, sourceModified: '2026-01-01T09:59:59+0000' });
		expect(only(planCrm([old], [{ ...written, id: '9' }], options))).toMatchObject({
			output: 'unchanged',
			record: { id: '9' },
		});
	});

	test('repeated items of one run give one entry that names all its inputs', () => {
		const entries = planCrm(
			[item(), item({ inputIndex: 1 }), item({ inputIndex: 2, link: 'P2' })],
			[],
			options,
		);
		expect(entries.map(({ inputIndex, match }) => [inputIndex, match.inputs])).toEqual([
			[0, [0, 1]],
			[2, [2]],
		]);
	});

	test('two Books records that find the same CRM record go to review, both', () => {
		const there = { id: '9', Last_Name: 'Ann', Email: 'ann@x.com' };
		const entries = planCrm([item(), item({ inputIndex: 1, link: 'P2' })], [there], options);
		expect(entries.map(({ output }) => output)).toEqual(['review', 'review']);
	});

	test('under review, free fields go out and the conflicting one is withheld', () => {
		const written = { ...only(planCrm([item()], [], options)).record, id: '9' };
		const edited = { ...written, Last_Name: 'From CRM' };
		const changed = item({
			record: { ...item().record, Last_Name: 'From Books', Phone: '5' },
			source: { last_name: 'From Books', phone: '5' },
		});
		const [out, review] = planCrm([changed], [edited], { ...options, policy: 'review' });
		expect(out).toMatchObject({ output: 'changed', record: { id: '9', Phone: '5' } });
		expect(out?.record).not.toHaveProperty('Last_Name');
		expect(review).toMatchObject({ output: 'review', record: { id: '9', Last_Name: 'From Books' } });
		expect(review?.match.conflicts).toEqual([
			{ field: 'Last_Name', source: 'From Books', target: 'From CRM', settled: 'review' },
		]);
	});
});

describe('planning for Books', () => {
	const account = (source: JsonObject, record: JsonObject, inputIndex = 0): BooksItem => ({
		inputIndex,
		module: 'Accounts',
		standsFor: 'contact',
		source,
		record,
		rules: [{ kind: 'field', field: 'contact_name', value: record.contact_name }],
		sourceFields: ['Account_Name', 'Website'],
	});
	const person = (
		source: JsonObject,
		mapped: JsonObject,
		inputIndex: number,
		company?: BooksItem['account'],
	): BooksItem => ({
		inputIndex,
		module: 'Contacts',
		standsFor: 'person',
		source,
		record: { contact_name: 'Name from the person', company_name: 'Acme', contact_persons: [mapped] },
		rules: [{ kind: 'email', field: 'email', value: mapped.email }],
		sourceFields: ['Last_Name', 'Phone'],
		...(company ? { account: company } : {}),
	});
	const known = (contact?: JsonObject) => {
		const knowledge = nothingKnown();
		for (const search of [
			{ field: 'contact_name', value: 'Acme' },
			{ field: 'email', value: 'a@x.com' },
			{ field: 'email', value: 'b@x.com' },
		]) {
			knowledge.searches.set(searchKey(search), []);
		}
		if (contact) knowledge.contacts.set(String(contact.contact_id), contact);
		return knowledge;
	};
	const ann = { first_name: 'Ann', last_name: 'A', email: 'a@x.com', phone: '1' };
	const bob = { first_name: 'Bob', last_name: 'B', email: 'b@x.com', phone: '2' };

	test('what must be looked up is told, and each thing once', () => {
		const items = [
			person({ id: '1' }, ann, 0),
			person({ id: '2' }, ann, 1),
			person({ id: '3', Zoho_Books_ID: 'P3' }, bob, 2),
		];
		const plan = planBooks(items, nothingKnown(), options);
		expect(plan.complete).toBe(false);
		expect(plan.needs).toEqual({
			contactIds: [],
			personIds: ['P3'],
			searches: [{ kind: 'email', field: 'email', value: 'a@x.com' }],
		});
	});

	test('a company and its persons become one new contact, named by the company', () => {
		const company = { id: '5', link: '' };
		const items = [
			person({ id: '1' }, ann, 0, company),
			account({ id: '5' }, { contact_name: 'Acme', website: 'acme.com' }, 1),
			person({ id: '2' }, bob, 2, company),
		];
		const { output, record, match } = only(planBooks(items, known(), options).entries);
		expect(output).toBe('new');
		expect(record).toEqual({
			contact_name: 'Acme',
			company_name: 'Acme',
			website: 'acme.com',
			contact_persons: [ann, bob],
		});
		expect(match.inputs).toEqual([0, 1, 2]);

		const answer = {
			contact_id: 'C1',
			last_modified_time: '2026-01-01T10:00:00+0000',
			contact_persons: [
				{ ...bob, contact_person_id: 'P2' },
				{ ...ann, contact_person_id: 'P1' },
			],
		};
		const { links, problems } = linkRecords(match, answer);
		expect(problems).toEqual([]);
		const linked = links.map(({ module, record: one }) => [module, one.id, one.Zoho_Books_ID]);
		expect(linked.sort()).toEqual([
			['Accounts', '5', 'C1'],
			['Contacts', '1', 'P1'],
			['Contacts', '2', 'P2'],
		]);
		const mark = readMark(links.find(({ record: one }) => one.id === '1')?.record.Zoho_Books_Sync);
		expect(mark).toMatchObject({ booksParent: 'C1', booksModified: '2026-01-01T10:00:00+0000' });
	});

	test('the company of persons that come without it is linked with the contact that is made for them, and found by that under another name', () => {
		const company = { id: '5', link: '' };
		const { match } = only(planBooks([person({ id: '1' }, ann, 0, company)], known(), options).entries);
		const answer = { contact_id: 'C1', contact_persons: [{ ...ann, contact_person_id: 'P1' }] };
		const { links, problems } = linkRecords(match, answer);
		expect(problems).toEqual([]);
		expect(links.map(({ module, record: one }) => [module, one.id, one.Zoho_Books_ID])).toEqual([
			['Contacts', '1', 'P1'],
			['Accounts', '5', 'C1'],
		]);

		const renamed = account({ ...links[1]?.record }, { contact_name: 'Acme & Sons' }, 0);
		const there = { contact_id: 'C1', contact_name: 'Name from the person', contact_persons: [] };
		const plan = planBooks([renamed], known(there), options);
		expect(only(plan.entries).record).toEqual({ contact_id: 'C1', contact_name: 'Acme & Sons' });
	});

	test('persons go to the contact of their company, where only its own record tells that it was linked and an older state of it is left out', () => {
		const company = { id: '5', link: '' };
		const written = { id: '5', Zoho_Books_ID: 'C1', Zoho_Books_Sync: writeMark({ version: 1, books: {}, crm: {} }) };
		const old = { ...account(written, { contact_name: 'Acme before it was renamed' }, 1), isOutdated: true };
		const there = { contact_id: 'C1', contact_name: 'Acme', contact_persons: [] };
		const { entries } = planBooks([person({ id: '1' }, ann, 0, company), old], known(there), options);
		expect(entries.map(({ output, record }) => [output, record.contact_id])).toEqual([
			['changed', 'C1'],
			['unchanged', undefined],
		]);
	});

	const linked = (phone: string) => {
		const { match } = only(planBooks([person({ id: '1', Phone: '1' }, ann, 0)], known(), options).entries);
		const { links } = linkRecords(match, {
			contact_id: 'C1',
			contact_persons: [{ ...ann, contact_person_id: 'P1' }],
		});
		return person({ ...links[0]?.record, Phone: phone }, { ...ann, phone }, 0, { id: '5', link: 'C1' });
	};

	test('an echo needs no call to Books, not even a read', () => {
		const plan = planBooks([linked('1')], nothingKnown(), options);
		expect(plan.complete).toBe(true);
		const { output, match } = only(plan.entries);
		expect([output, match.sources?.[0]?.write]).toEqual(['unchanged', false]);
	});

	test('a changed phone is one write to that person, and nothing of the company is touched', () => {
		const { output, record } = only(planBooks([linked('99')], nothingKnown(), options).entries);
		expect(output).toBe('changed');
		expect(record).toEqual({ contact_id: 'C1', contact_persons: [{ contact_person_id: 'P1', phone: '99' }] });
	});

	test('a policy that must judge a changed field reads the contact first', () => {
		const plan = planBooks([linked('99')], nothingKnown(), { ...options, policy: 'books' });
		expect(plan.needs.contactIds).toEqual(['C1']);
		const there = { contact_id: 'C1', contact_persons: [{ ...ann, contact_person_id: 'P1', phone: '55' }] };
		const { match } = only(planBooks([linked('99')], known(there), { ...options, policy: 'books' }).entries);
		expect(match.changes).toEqual([]);
		expect(match.conflicts).toEqual([
			{ field: 'contact_persons.phone', source: '99', target: '55', settled: 'target' },
		]);
	});

	test('a person of a linked company is found by e-mail in that contact, and added when not there', () => {
		const there = {
			contact_id: 'C1',
			contact_name: 'Acme',
			contact_persons: [{ ...ann, email: ' A@X.com', contact_person_id: 'P1' }],
		};
		const items = [
			person({ id: '1' }, ann, 0, { id: '5', link: 'C1' }),
			person({ id: '2' }, bob, 1, { id: '5', link: 'C1' }),
		];
		const { output, record, match } = only(planBooks(items, known(there), options).entries);
		expect(output).toBe('changed');
		expect(record).toEqual({ contact_id: 'C1', contact_persons: [bob] });
		expect(match.sources?.map(({ person: ref }) => [ref?.id, ref?.index])).toEqual([
			['P1', undefined],
			[undefined, 0],
		]);
	});

	test('a linked record that Books does not have any more goes to review, never back into being', () => {
		const knowledge = nothingKnown();
		knowledge.contacts.set('C9', undefined);
		const item = account({ id: '5', Zoho_Books_ID: 'C9' }, { contact_name: 'Acme' });
		const { output, match } = only(planBooks([item], knowledge, options).entries);
		expect(output).toBe('review');
		expect(match.reason).toContain('C9');
	});

	test('a vendor of the same name is not taken for the customer', () => {
		const knowledge = known();
		knowledge.searches.set('contact_name=Acme', [
			{ contact_id: 'V1', contact_name: 'Acme', contact_type: 'vendor' },
		]);
		const item = account({ id: '5' }, { contact_name: 'Acme', contact_type: 'customer' });
		expect(only(planBooks([item], knowledge, options).entries).output).toBe('new');
	});

	test('an unlinked record does not trust a mark it was copied with', () => {
		const copied = writeMark({ version: 1, books: { contact_name: 'whatever' }, crm: {} });
		const knowledge = known({ contact_id: 'C1', contact_name: 'Acme', website: 'acme.com' });
		knowledge.searches.set('contact_name=Acme', [{ contact_id: 'C1', contact_name: 'Acme' }]);
		const item = account({ id: '5', Zoho_Books_Sync: copied }, { contact_name: 'Acme', website: 'acme.com' });
		const { output, match } = only(planBooks([item], knowledge, options).entries);
		expect([output, match.sources?.[0]?.write]).toEqual(['unchanged', true]);
		expect(linkRecords(match).links[0]?.record).toMatchObject({ id: '5', Zoho_Books_ID: 'C1' });
	});
});

describe('linking after a write', () => {
	test('a person that cannot be told apart is reported, never guessed', () => {
		const source = {
			module: 'Contacts',
			id: '1',
			person: { index: 0, email: 'a@x.com', firstName: 'Ann', lastName: 'A' },
			mark: { version: 1 as const, books: {}, crm: {} },
			write: true,
			link: '',
			seen: '',
		};
		const match = {
			action: 'new' as const,
			changes: [],
			conflicts: [],
			reason: '',
			mark: source.mark,
			sources: [source],
		};
		const twin = { first_name: 'Ann', last_name: 'A', email: 'a@x.com' };
		const contact = {
			contact_id: 'C1',
			contact_persons: ['P1', 'P2'].map((id) => ({ ...twin, contact_person_id: id })),
		};
		const { links, problems } = linkRecords(match, contact);
		expect(links).toEqual([]);
		expect(problems[0]).toContain('Contacts 1');
	});
});
