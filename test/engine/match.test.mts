import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ZohoBooksOAuth2Api } from '../../credentials/ZohoBooksOAuth2Api.credentials';
import { ZohoCrmOAuth2Api } from '../../credentials/ZohoCrmOAuth2Api.credentials';
import { ZohoMatch } from '../../nodes/ZohoMatch/ZohoMatch.node';
import { nameOf, underWay } from '../../nodes/shared/underWay';
import { hashOf } from '../../sync/hash';
import { linkRecords } from '../../sync/link';
import { readMark } from '../../sync/mark';
import type { MatchResult } from '../../sync/types';
import { saveContact } from '../../zoho/books/contactWrite';
import { listOrganizations } from '../../zoho/books/read';
import type { ZohoClient } from '../../zoho/client';
import { ensureField } from '../../zoho/crm/metadata';
import { writeRecords } from '../../zoho/crm/records';
import type { JsonObject } from '../../zoho/types';
import { directClient } from '../support/directZoho.mts';
import { runNode, type NodeRunOptions } from '../support/nodeRun.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';

type Row = Record<string, unknown>;
interface Decision {
	record: JsonObject;
	match: {
		id?: string;
		reason: string;
		changes: Array<{ field: string }>;
		inputs: number[];
		candidates?: Array<{ id: string }>;
		sources: JsonObject[];
	};
}

let zoho: Zoho;
let books: ZohoClient;
let crm: ZohoClient;
let organizationId: string;

async function prepare(withFields = true): Promise<void> {
	await zoho.simulator.reset();
	crm = directClient(zoho.simulator, 'crm', 'in');
	const [organization] = await listOrganizations(directClient(zoho.simulator, 'books', 'eu'));
	organizationId = String(organization?.organization_id);
	books = directClient(zoho.simulator, 'books', 'eu', organizationId);
	for (const module of withFields ? ['Accounts', 'Contacts'] : []) {
		await ensureField(crm, module, { label: 'Zoho Books ID', type: 'text', unique: true });
		await ensureField(crm, module, { label: 'Zoho Books Sync', type: 'textarea' });
	}
}

beforeAll(async () => {
	zoho = await startZoho();
});
afterAll(async () => await zoho?.stop());
beforeEach(async () => {
	consent++;
	execution = undefined;
	await prepare();
});

/** What a process knows of a CRM account must not outlast the account. */
let consent = 0;
/** Of the runs of a test; without one it is in the editor. */
let execution: NodeRunOptions['execution'];

function credentials(): NonNullable<NodeRunOptions['credentials']> {
	const of = (product: 'books' | 'crm', location: 'eu' | 'in') => {
		const { clientId, clientSecret, oauthTokenData } = zoho.simulator.grant({ location, product });
		// Each test has a Books of its own, whose minute is empty.
		return { dataCentre: location, clientId, clientSecret, callsPerMinute: 10_000, oauthTokenData: { ...oauthTokenData } };
	};
	return {
		[`books${consent}`]: { type: 'zohoBooksOAuth2Api', data: of('books', 'eu') },
		[`crm${consent}`]: { type: 'zohoCrmOAuth2Api', data: of('crm', 'in') },
	};
}

async function run(
	parameters: IDataObject,
	items: Row[],
	source: Row[],
	onError?: NodeRunOptions['onError'],
) {
	const before = zoho.simulator.calls().length;
	const { outputs, error } = await runNode({
		node: new ZohoMatch(),
		parameters,
		items: items as IDataObject[],
		source: source as IDataObject[],
		credentials: credentials(),
		credentialTypes: [new ZohoBooksOAuth2Api(), new ZohoCrmOAuth2Api()],
		...(onError ? { onError } : {}),
		...(execution ? { execution } : {}),
	});
	return { outputs, error, counts: zoho.simulator.counts(before) };
}

async function match(parameters: IDataObject, items: Row[], source: Row[]) {
	const result = await run(
		{
			operation: 'match',
			policy: 'eventSide',
			options: {},
			sourceRecord: "={{ $('Source').item.json }}",
			...parameters,
		},
		items,
		source,
	);
	if (result.error) throw result.error;
	const decisions = (index: number) =>
		(result.outputs[index] ?? []).map(({ json }: INodeExecutionData) => json as unknown as Decision);
	return {
		fresh: decisions(0),
		changed: decisions(1),
		unchanged: decisions(2),
		review: decisions(3),
		counts: result.counts,
	};
}

// Books → CRM: persons to Contacts

/** A contact person as Books gives it, with what the template adds. */
function personOf(id: number, more: Row = {}): Row {
	return {
		contact_person_id: `46000000000${id}`,
		contact_id: `47000000000${id}`,
		last_modified_time: '2026-03-01T10:00:00+0100',
		first_name: 'Ann',
		last_name: `Lee ${id}`,
		email: `ann${id}@example.com`,
		phone: '',
		...more,
	};
}
const toContact = ({ first_name, last_name, email, phone }: Row): Row => ({
	First_Name: first_name,
	Last_Name: last_name,
	Email: email,
	Phone: phone,
});

async function matchPersons(persons: Row[], parameters: IDataObject = {}) {
	const rules = { rule: [{ kind: 'email', field: 'Email', value: '={{ $json.Email }}' }] };
	return await match(
		{ target: 'crm', module: { __rl: true, mode: 'name', value: 'Contacts' }, rules, ...parameters },
		persons.map(toContact),
		persons,
	);
}

async function writeContacts(decisions: Decision[]): Promise<void> {
	const results = await writeRecords(
		crm,
		'Contacts',
		'upsert',
		decisions.map(({ record }) => record),
		{ duplicateCheckFields: ['Zoho_Books_ID'] },
	);
	expect(results.filter(({ ok }) => !ok)).toEqual([]);
}

const crmRows = (module: string) => zoho.simulator.records('crm', 'in', module);
const deskCrm = (collection: string, record: Row, id?: string) =>
	zoho.simulator.desk({
		system: 'crm',
		location: 'in',
		collection,
		action: id ? 'update' : 'create',
		record,
		...(id ? { id } : {}),
	});

describe('Match with Zoho CRM', () => {
	test('a hundred items cost one CRM read, new ones a second one for what was announced, and nothing else', async () => {
		const persons = Array.from({ length: 100 }, (_, index) => personOf(index + 100));
		const { fresh, counts } = await matchPersons(persons);
		expect(fresh).toHaveLength(100);
		expect(counts).toMatchObject({ crm: { read: 2, write: 0 }, books: { read: 0, write: 0 } });
		await writeContacts(fresh);
		expect((await matchPersons(persons)).counts).toMatchObject({ crm: { read: 1, write: 0 }, books: { read: 0, write: 0 } });
	});

	test('a new record has its fields, the link and a mark; delivered again it is unchanged', async () => {
		const { fresh } = await matchPersons([personOf(1)]);
		expect(fresh).toHaveLength(1);
		expect(fresh[0]?.record).toMatchObject({ Last_Name: 'Lee 1', Zoho_Books_ID: '460000000001' });
		expect(readMark(fresh[0]?.record.Zoho_Books_Sync)).toMatchObject({
			booksParent: '470000000001',
			booksModified: '2026-03-01T10:00:00+0100',
		});
		await writeContacts(fresh);
		const again = await matchPersons([personOf(1)]);
		expect([again.fresh.length, again.changed.length, again.unchanged.length, again.review.length]).toEqual([
			0, 0, 1, 0,
		]);
		expect(again.unchanged[0]?.record).toEqual({ id: crmRows('Contacts')[0]?.id });
	});

	test('a record that is in CRM already is linked and not doubled, though its e-mail is written differently', async () => {
		const { id } = deskCrm('Contacts', { Last_Name: 'Lee 2', First_Name: 'Ann', Email: 'ANN2@Example.com' });
		const { changed, fresh } = await matchPersons([personOf(2, { email: ' ann2@example.com ' })]);
		expect(fresh).toEqual([]);
		expect(changed.map(({ record }) => [record.id, record.Zoho_Books_ID])).toEqual([[id, '460000000002']]);
		await writeContacts(changed);
		expect(crmRows('Contacts')).toHaveLength(1);
	});

	test('two records with the same e-mail are for a person to decide, with both named', async () => {
		const ids = [1, 2].map(
			(number) => deskCrm('Contacts', { Last_Name: `Twin ${number}`, Email: 'ann3@example.com' }).id,
		);
		const { review, fresh, changed } = await matchPersons([personOf(3)]);
		expect([review.length, fresh.length, changed.length]).toEqual([1, 0, 0]);
		expect(review[0]?.match.candidates?.map(({ id }) => id).sort()).toEqual([...ids].sort());
	});

	test('two deliveries of one record in one run fold into the newer state', async () => {
		const older = personOf(4, { phone: '1' });
		const newer = personOf(4, { phone: '2', last_modified_time: '2026-03-01T10:00:05+0100' });
		const { fresh } = await matchPersons([newer, older]);
		expect(fresh.map(({ record, match: { inputs } }) => [record.Phone, inputs])).toEqual([['2', [0, 1]]]);
	});

	describe('when both sides changed the same field', () => {
		const edited = () => personOf(5, { phone: '+49 1', last_modified_time: '2026-03-01T11:00:00+0100' });
		let id: string;
		beforeEach(async () => {
			await writeContacts((await matchPersons([personOf(5, { phone: '+49 0' })])).fresh);
			id = String(crmRows('Contacts')[0]?.id);
			deskCrm('Contacts', { Phone: '+49 2' }, id);
		});

		test.each([
			['eventSide', '+49 1'],
			['books', '+49 1'],
		])('%s: the value of Books is written', async (policy, phone) => {
			const { changed } = await matchPersons([edited()], { policy });
			expect(changed.map(({ record }) => record.Phone)).toEqual([phone]);
		});

		test('crm: the value of CRM stays', async () => {
			const { changed, unchanged } = await matchPersons([edited()], { policy: 'crm' });
			expect([...changed, ...unchanged].map(({ record }) => record.Phone)).toEqual([undefined]);
		});

		test('review: the field is held back and shown to a person', async () => {
			const { changed, review } = await matchPersons([edited()], { policy: 'review' });
			expect(changed.filter(({ record }) => 'Phone' in record)).toEqual([]);
			expect(review.map(({ record }) => record)).toEqual([{ id, Phone: '+49 1' }]);
		});

		test('another field that only CRM changed is left alone', async () => {
			deskCrm('Contacts', { Last_Name: 'Renamed' }, id);
			const { changed } = await matchPersons([edited()]);
			expect(changed[0]?.record).not.toHaveProperty('Last_Name');
		});
	});

	test('a field for new records only is written once and never compared again', async () => {
		const options = { newOnlyFields: 'Lead_Source' };
		const items = [{ ...toContact(personOf(6)), Lead_Source: 'Partner' }];
		const parameters = {
			target: 'crm',
			module: { __rl: true, mode: 'name', value: 'Contacts' },
			rules: {},
			options,
		};
		const { fresh } = await match(parameters, items, [personOf(6)]);
		expect(fresh[0]?.record.Lead_Source).toBe('Partner');
		await writeContacts(fresh);
		deskCrm('Contacts', { Lead_Source: 'Chat' }, String(crmRows('Contacts')[0]?.id));
		const again = await match(parameters, items, [personOf(6)]);
		expect([again.unchanged.length, again.changed.length]).toEqual([1, 0]);
	});

	test('an item without a source record fails by itself and leaves through the error output', async () => {
		const parameters = {
			operation: 'match',
			policy: 'eventSide',
			options: {},
			target: 'crm',
			module: { __rl: true, mode: 'name', value: 'Contacts' },
			sourceRecord: '={{ $json.Last_Name === "Lee 7" ? "" : $("Source").item.json }}',
			rules: {},
		};
		const persons = [personOf(7), personOf(8)];
		const { outputs } = await run(parameters, persons.map(toContact), persons, 'continueErrorOutput');
		expect(outputs.map((list) => list.length)).toEqual([1, 0, 0, 0, 1]);
		expect(outputs[4]?.[0]).toMatchObject({
			json: {
				error: expect.stringContaining('Source Record'),
				details: expect.stringContaining('expression'),
			},
			pairedItem: { item: 0 },
		});
	});

	test('without the fields of the sync the error says what to run', async () => {
		await prepare(false);
		await expect(matchPersons([personOf(9)])).rejects.toMatchObject({
			message: expect.stringContaining('Zoho_Books_ID'),
			description: expect.stringContaining('Set up the sync'),
		});
	});
});

// CRM → Books: Accounts and Contacts to contacts

const syncFields = (row: Row): Row => ({ Zoho_Books_ID: null, Zoho_Books_Sync: null, ...row });

/** Records of CRM as its trigger brings them. */
function sourcesOf(): Row[] {
	const accounts = crmRows('Accounts');
	const linkOf = (id: unknown) => accounts.find((account) => account.id === id)?.Zoho_Books_ID ?? null;
	return [
		...accounts.map((row) => ({ ...syncFields(row), _event: { resource: 'Accounts' } })),
		...crmRows('Contacts').map((row) => {
			const company = row.Account_Name as { id: string } | null;
			return {
				...syncFields(row),
				...(company ? { 'Account_Name.Zoho_Books_ID': linkOf(company.id) } : {}),
				_event: { resource: 'Contacts' },
			};
		}),
	];
}

function toBooks(source: Row): Row {
	if ((source._event as Row).resource === 'Accounts')
		return { contact_name: source.Account_Name, contact_type: 'customer', website: source.Website };
	const company = source.Account_Name as { name: string } | null;
	const person = {
		first_name: source.First_Name,
		last_name: source.Last_Name,
		email: source.Email,
		phone: source.Phone,
	};
	return {
		contact_name: company?.name ?? `${source.First_Name} ${source.Last_Name}`,
		contact_type: 'customer',
		contact_persons: [person],
	};
}

async function matchBooks(sources = sourcesOf(), parameters: IDataObject = {}) {
	const rules = {
		rule: [
			{ kind: 'email', field: 'email', value: '={{ $json.contact_persons?.[0]?.email }}' },
			{ kind: 'field', field: 'contact_name', value: '={{ $json.contact_name }}' },
		],
	};
	return await match(
		{ target: 'books', organizationId, rules, ...parameters },
		sources.map(toBooks),
		sources,
	);
}

/** Saves as the Books node does, runs Link on the result, and writes what it puts out as the CRM node does. */
async function saveAndLink(decisions: Decision[]): Promise<Row[]> {
	const saved: Row[] = [];
	for (const { record } of decisions) saved.push((await saveContact(books, record)).contact);
	return await linkAll(decisions, saved);
}

async function linkAll(decisions: Decision[], items: Row[]): Promise<Row[]> {
	const { outputs, error } = await run(
		{ authentication: 'oAuth2', operation: 'link', match: "={{ $('Source').item.json.match }}", options: {} },
		items,
		decisions as unknown as Row[],
	);
	if (error) throw error;
	expect(outputs[1]).toEqual([]);
	const links = (outputs[0] ?? []).map(
		({ json }) => json as unknown as { module: string; record: JsonObject },
	);
	return links as unknown as Row[];
}

const booksContacts = () =>
	zoho.simulator.records('books', 'eu', 'contacts') as unknown as Array<Row & { contact_persons: Row[] }>;

function acme(): { account: string; ann: string; bob: string } {
	const account = String(deskCrm('Accounts', { Account_Name: 'Acme', Website: 'acme.example' }).id);
	const person = (First_Name: string) =>
		String(
			deskCrm('Contacts', {
				First_Name,
				Last_Name: 'Lee',
				Email: `${First_Name}@acme.example`.toLowerCase(),
				Phone: '1',
				Account_Name: { id: account },
			}).id,
		);
	return { account, ann: person('Ann'), bob: person('Bob') };
}

describe('Match with Zoho Books', () => {
	test('an Account and its Contacts fold into one new Books contact, and all three are linked with it', async () => {
		acme();
		const { fresh } = await matchBooks();
		expect(fresh).toHaveLength(1);
		expect(fresh[0]?.record).toMatchObject({ contact_name: 'Acme', website: 'acme.example' });
		expect(fresh[0]?.record.contact_persons).toHaveLength(2);
		expect(await saveAndLink(fresh)).toHaveLength(3);

		const [contact, ...others] = booksContacts();
		expect(others).toEqual([]);
		expect(crmRows('Accounts').map(({ Zoho_Books_ID }) => Zoho_Books_ID)).toEqual([contact?.contact_id]);
		const persons = contact?.contact_persons.map(({ contact_person_id: id, first_name: name }) => [name, id]);
		expect(
			crmRows('Contacts')
				.map((row) => [row.First_Name, row.Zoho_Books_ID])
				.sort(),
		).toEqual(persons?.sort());
	});

	test('an echo costs no Books call and writes no link', async () => {
		acme();
		await saveAndLink((await matchBooks()).fresh);
		const echo = await matchBooks();
		expect([echo.fresh.length, echo.changed.length, echo.review.length]).toEqual([0, 0, 0]);
		expect(echo.unchanged).toHaveLength(1);
		expect(echo.counts).toMatchObject({ books: { read: 0, write: 0 } });
		expect(await linkAll(echo.unchanged, echo.unchanged as unknown as Row[])).toEqual([]);
	});

	test('one edited field is known without reading Books, and only that field goes to that person', async () => {
		const { ann } = acme();
		await saveAndLink((await matchBooks()).fresh);
		deskCrm('Contacts', { Phone: '2' }, ann);
		const edited = sourcesOf().filter(({ id }) => id === ann);
		const { changed, counts } = await matchBooks(edited);
		const [{ Zoho_Books_ID: personId } = {}] = edited;
		expect(changed.map(({ record }) => record)).toEqual([
			{
				contact_id: booksContacts()[0]?.contact_id,
				contact_persons: [{ contact_person_id: personId, phone: '2' }],
			},
		]);
		expect(counts).toMatchObject({ books: { read: 0, write: 0 }, crm: { read: 0, write: 0 } });

		const before = zoho.simulator.calls().length;
		expect(await saveAndLink(changed)).toHaveLength(1);
		expect(zoho.simulator.counts(before).books).toEqual({ read: 0, write: 1 });
		expect((await matchBooks(sourcesOf().filter(({ id }) => id === ann))).unchanged).toHaveLength(1);
	});

	test('a write to one person still links every other person of the company that needs it', async () => {
		const { ann, bob } = acme();
		await saveAndLink((await matchBooks()).fresh);
		deskCrm('Contacts', { Phone: '2' }, ann);
		// Emptied by a person, after the mark was seen in CRM.
		zoho.simulator.world.clock.advance(2_000);
		deskCrm('Contacts', { Zoho_Books_Sync: '' }, bob);
		const { changed } = await matchBooks();
		const links = await saveAndLink(changed);
		expect(links.map(({ record }) => (record as Row).id).sort()).toEqual([ann, bob].sort());
	});

	test('newest wins: Books is read once, for the changed field', async () => {
		const { ann } = acme();
		await saveAndLink((await matchBooks()).fresh);
		deskCrm('Contacts', { Phone: '2' }, ann);
		const { counts } = await matchBooks(
			sourcesOf().filter(({ id }) => id === ann),
			{ policy: 'newest' },
		);
		expect(counts.books).toEqual({ read: 1, write: 0 });
	});

	test('a company that is in Books already is found by its name and not doubled', async () => {
		const { contact } = await saveContact(books, { contact_name: 'ACME', contact_type: 'customer' });
		deskCrm('Accounts', { Account_Name: 'Acme' });
		const { fresh, changed, unchanged } = await matchBooks();
		expect(fresh).toEqual([]);
		const found = [...changed, ...unchanged];
		expect(found.map(({ match: { id } }) => id)).toEqual([contact.contact_id]);
		await saveAndLink(found);
		expect(booksContacts()).toHaveLength(1);
		expect(crmRows('Accounts')[0]?.Zoho_Books_ID).toBe(contact.contact_id);
	});

	test('a Books contact that belongs to another Account of the same name is not touched, nor made twice', async () => {
		const { contact } = await saveContact(books, { contact_name: 'Acme', contact_type: 'customer' });
		deskCrm('Accounts', { Account_Name: 'Acme', Zoho_Books_ID: contact.contact_id });
		const { id } = deskCrm('Accounts', { Account_Name: 'Acme', Website: 'other.example' });
		const { fresh, changed, review } = await matchBooks(sourcesOf().filter((row) => row.id === id));
		expect([...fresh, ...changed]).toEqual([]);
		expect(review).toHaveLength(1);
	});

	test('many unlinked companies are found with one read of the list, not with a search each', async () => {
		for (const number of [1, 2, 3, 4, 5, 6]) {
			await saveContact(books, { contact_name: `Company ${number}`, contact_type: 'customer' });
			deskCrm('Accounts', { Account_Name: `Company ${number}` });
		}
		const { fresh, changed, unchanged, counts } = await matchBooks();
		expect([fresh.length, changed.length + unchanged.length]).toEqual([0, 6]);
		// The list, and each contact found once, to compare it.
		expect(counts.books).toEqual({ read: 7, write: 0 });
	});

	test('a list that is longer than the searches are many is given up, and every company searched for', async () => {
		for (let number = 1; number <= 801; number += 1) {
			const record = { contact_name: `Company ${number}`, contact_type: 'customer' };
			zoho.simulator.desk({
				system: 'books',
				location: 'eu',
				collection: 'contacts',
				action: 'create',
				record,
			});
		}
		for (const number of [1, 2, 3, 801]) deskCrm('Accounts', { Account_Name: `Company ${number}` });
		const { fresh, changed, unchanged, counts } = await matchBooks();
		expect([fresh.length, changed.length + unchanged.length]).toEqual([0, 4]);
		// Four pages, four searches, and each contact found once, to compare it.
		expect(counts.books).toEqual({ read: 12, write: 0 });
	});

	test('the company of a person is looked up where the trigger did not bring its link', async () => {
		const { ann } = acme();
		await saveAndLink((await matchBooks()).fresh);
		const account = crmRows('Accounts')[0];
		const { id } = deskCrm('Contacts', {
			First_Name: 'Cid',
			Last_Name: 'Ray',
			Account_Name: { id: account?.id },
		});
		const sources = sourcesOf()
			.filter((row) => row.id === id)
			.map(({ 'Account_Name.Zoho_Books_ID': _, ...row }) => row);
		const { changed, counts } = await matchBooks(sources);
		expect(changed.map(({ record }) => record.contact_id)).toEqual([account?.Zoho_Books_ID]);
		// The link of the company, and who has the people of its Books contact already.
		expect(counts.crm).toEqual({ read: 2, write: 0 });
		expect(ann).toBeTruthy();
	});

	test('a record without the fields of the sync is refused with the remedy', async () => {
		acme();
		const sources = sourcesOf()
			.slice(0, 1)
			.map(({ Zoho_Books_Sync: _, ...row }) => row);
		await expect(matchBooks(sources)).rejects.toMatchObject({
			message: expect.stringContaining('Zoho_Books_Sync'),
			description: expect.stringContaining('Set up the sync'),
		});
	});
});

describe('announcements of what is about to be written to Books', () => {
	const published = (id: string): void => void (execution = { id: `${consent} ${id}`, mode: 'trigger' });
	const accountRow = () => crmRows('Accounts')[0] as Row;
	const markOf = ({ Zoho_Books_Sync: text }: Row = {}) => readMark(text);

	/** The company as Books tells of it, on its way to CRM. */
	async function matchCompany() {
		const [contact = {}] = booksContacts() as Row[];
		const item = { Account_Name: contact.contact_name, Website: contact.website };
		const rules = { rule: [{ kind: 'externalId', field: 'Zoho_Books_ID', value: contact.contact_id }] };
		return await match({ target: 'crm', module: { __rl: true, mode: 'name', value: 'Accounts' }, rules }, [item], [contact]);
	}

	test('save the look-up in CRM when the write comes back from Books, until somebody edits it there', async () => {
		await saveAndLink(await companyAnnounced());
		const { counts, unchanged } = await matchCompany();
		expect(counts).toMatchObject({ crm: { read: 0, write: 0 } });
		expect(unchanged.map(({ record }) => record)).toEqual([{ id: accountRow().id }]);
		const [contact] = booksContacts();
		zoho.simulator.world.clock.advance(1_000);
		await saveContact(books, { contact_id: String(contact?.contact_id), website: 'two.example' });
		expect((await matchCompany()).changed.map(({ record }) => record.Website)).toEqual(['two.example']);
	});

	async function companyAnnounced(): Promise<Decision[]> {
		acme();
		await saveAndLink((await matchBooks()).fresh);
		published('first');
		deskCrm('Accounts', { Website: 'one.example' }, String(accountRow().id));
		return (await matchBooks(sourcesOf().filter(({ id }) => id === accountRow().id))).changed;
	}

	test('are made in one call for a module before anything goes out, and gone with the link', async () => {
		acme();
		published('first');
		const { fresh, counts } = await matchBooks();
		// The items bring the links of their companies.
		expect(counts.crm).toMatchObject({ read: 0, write: 2 });
		expect([...crmRows('Accounts'), ...crmRows('Contacts')].map((row) => Object.keys(markOf(row as Row)?.announced ?? {}))).toEqual([
			expect.arrayContaining(['Account_Name', 'Website']),
			expect.arrayContaining(['Email', 'Phone']),
			expect.arrayContaining(['Email', 'Phone']),
		]);
		expect(await saveAndLink(fresh)).toHaveLength(3);
		expect([...crmRows('Accounts'), ...crmRows('Contacts')].map((row) => markOf(row as Row)?.announced)).toEqual([undefined, undefined, undefined]);
	});

	test.each([
		['in a dry run', { options: { dryRun: true } }, 'trigger' as const],
		['in the editor', {}, 'manual' as const],
	])('are not made %s', async (_where, parameters, mode) => {
		acme();
		execution = { id: `${consent} look`, mode };
		const { fresh, counts } = await matchBooks(sourcesOf(), parameters);
		expect([fresh.length, counts.crm.write]).toEqual([1, 0]);
	});

	test('say that a value in Books is CRM’s own, should n8n end before the link: what was typed in CRM since is kept', async () => {
		const [changed] = await companyAnnounced();
		expect(Object.keys(markOf(accountRow())?.announced ?? {})).toEqual(['Website']);
		await saveContact(books, changed?.record ?? {});
		deskCrm('Accounts', { Website: 'two.example' }, String(accountRow().id));

		const back = await matchCompany();
		expect(back.changed.map(({ match: { changes } }) => changes)).toEqual([[]]);
		await writeRecords(crm, 'Accounts', 'update', back.changed.map(({ record }) => record));
		expect(accountRow().Website).toBe('two.example');
		consent++;
		published('of another process');
		const again = await matchBooks(sourcesOf().filter(({ id }) => id === accountRow().id));
		expect(again.changed.map(({ record }) => record.website)).toEqual(['two.example']);
	});

	test.each([
		['called so, with the title', { email: 'new@acme.example' }, 1],
		['called so, with nothing else', { email: 'new@acme.example', designation: 'Chair', phone: '' }, 0],
		['called otherwise', { email: 'new@acme.example', last_name: 'Noether' }, 0],
	])('lead from a person of Books to its CRM record when Books changed its e-mail before it got its link: %s', async (_what, edit, found) => {
		deskCrm('Contacts', { First_Name: 'Emmy', Last_Name: 'Lee', Email: 'emmy@acme.example', Title: 'Head', Phone: '+49 1' });
		published('first');
		for (const { record } of (await matchBooks()).fresh) await saveContact(books, record);
		consent++;
		const [contact = {}] = booksContacts() as Row[];
		const person = { ...(contact.contact_persons as Row[])[0], ...edit } as Row;
		const record = { First_Name: person.first_name, Last_Name: person.last_name, Email: person.email, Title: person.designation, Phone: person.phone };
		const { fresh, changed } = await match(
			{ target: 'crm', module: { __rl: true, mode: 'name', value: 'Contacts' }, rules: { rule: [{ kind: 'email', field: 'Email', value: person.email }] } },
			[record],
			[{ ...contact, ...person }],
		);
		expect([changed.length, fresh.length]).toEqual([found, 1 - found]);
		for (const { record: written } of changed) expect(written).toMatchObject({ id: crmRows('Contacts')[0]?.id, Email: 'new@acme.example' });
	});

	test('lead from the Books record to its CRM record when that was renamed before it got its link', async () => {
		acme();
		published('first');
		for (const { record } of (await matchBooks()).fresh) await saveContact(books, record);
		deskCrm('Accounts', { Account_Name: 'Acme & Sons' }, String(accountRow().id));
		consent++;
		const byName = async () => {
			const [contact = {}] = booksContacts() as Row[];
			const rules = { rule: [{ kind: 'field', field: 'Account_Name', value: contact.contact_name }] };
			return await match({ target: 'crm', module: { __rl: true, mode: 'name', value: 'Accounts' }, rules }, [{ Account_Name: contact.contact_name }], [contact]);
		};
		const { fresh, changed, counts } = await byName();
		expect(fresh).toEqual([]);
		expect(counts.crm).toMatchObject({ read: 2 });
		expect(changed.map(({ record: { id, Account_Name, Zoho_Books_ID } }) => [id, Account_Name, Zoho_Books_ID])).toEqual([
			[accountRow().id, undefined, booksContacts()[0]?.contact_id],
		]);
		// Two of them: nobody knows which one it is.
		deskCrm('Accounts', { Account_Name: 'Other', Zoho_Books_Sync: accountRow().Zoho_Books_Sync });
		expect((await byName()).changed).toEqual([]);
	});

	test.each<[string, Row, number]>([
		['made by the API, with its company name', {}, 1],
		['made by hand, as a branch', { source: 'user' }, 0],
		['of another company', { company_name: 'Other' }, 0],
		['with nothing else that was announced', { website: 'other.example' }, 0],
	])('lead from a company of Books to its CRM record when Books renamed it before it got its link: %s', async (_what, edit, found) => {
		deskCrm('Accounts', { Account_Name: 'Acme', Website: 'acme.example' });
		published('first');
		for (const { record } of (await matchBooks()).fresh) await saveContact(books, { ...record, company_name: 'Acme' });
		consent++;
		const [contact = {}] = booksContacts() as Row[];
		const renamed: Row = { ...contact, contact_name: 'Acme (Berlin)', ...edit };
		const rules = { rule: [{ kind: 'field', field: 'Account_Name', value: renamed.contact_name }] };
		const record = { Account_Name: renamed.contact_name, Website: renamed.website };
		const { fresh, changed } = await match({ target: 'crm', module: { __rl: true, mode: 'name', value: 'Accounts' }, rules }, [record], [renamed]);
		expect([changed.length, fresh.length]).toEqual([found, 1 - found]);
		for (const { record: written } of changed) expect(written).toMatchObject({ id: accountRow().id, Account_Name: 'Acme (Berlin)', Zoho_Books_ID: contact.contact_id });
	});

	test('what was read from Books before the write is not brought back over it', async () => {
		const [changed] = await companyAnnounced();
		const before = booksContacts()[0] as Row;
		const readAt = Date.now();
		await new Promise((resolve) => setTimeout(resolve, 5));
		await saveAndLink(changed ? [changed] : []);
		const contact = booksContacts()[0] as Row;
		const stale: Row = { ...before, last_modified_time: contact.last_modified_time, _event: { readAt } };
		const rules = { rule: [{ kind: 'externalId', field: 'Zoho_Books_ID', value: stale.contact_id }] };
		const back = await match(
			{ target: 'crm', module: { __rl: true, mode: 'name', value: 'Accounts' }, rules },
			[{ Account_Name: stale.contact_name, Website: stale.website }],
			[stale],
		);
		expect([...back.fresh, ...back.changed].map(({ record }) => record.Website)).toEqual(back.changed.map(() => undefined));
		expect(accountRow().Website).toBe('one.example');
	});

	test('that CRM refuses leave a record linked that has been written and waits for its link', async () => {
		const { ann } = acme();
		published('first');
		const { fresh } = await matchBooks();
		for (const { record, match: result } of fresh) {
			const { contact } = await saveContact(books, record);
			for (const { module, record: link, before } of linkRecords(result as unknown as MatchResult, contact).links)
				underWay.link(String(execution?.id), nameOf(module, link.id), link, before);
		}
		zoho.simulator.world.clock.advance(5_000);
		deskCrm('Contacts', { Email: 'ann@new.example' }, ann);
		const asRead = sourcesOf().filter(({ id }) => id === ann);
		zoho.simulator.world.clock.advance(5_000);
		deskCrm('Contacts', { Department: 'Sales' }, ann);
		published('second');
		const { changed } = await matchBooks(asRead);
		const [person] = (changed[0]?.record.contact_persons ?? []) as Row[];
		expect(person).toMatchObject({ contact_person_id: booksContacts()[0]?.contact_persons[0]?.contact_person_id, email: 'ann@new.example' });
	});

	test('that CRM refuses leave alone what was written from Books since the record was read', async () => {
		acme();
		await saveAndLink((await matchBooks()).fresh);
		deskCrm('Accounts', { Account_Name: 'Acme Ltd' }, String(accountRow().id));
		const asRead = sourcesOf().filter(({ id }) => id === accountRow().id);
		zoho.simulator.world.clock.advance(5_000);
		await saveContact(books, { contact_id: String(booksContacts()[0]?.contact_id), website: 'books.example' });
		const back = await matchCompany();
		await writeRecords(crm, 'Accounts', 'update', back.changed.map(({ record }) => record));
		consent++;
		published('second');
		const { changed, unchanged } = await matchBooks(asRead);
		expect([changed, unchanged.map(({ match: { reason } }) => reason)]).toEqual([[], [expect.stringContaining('has been written since')]]);
		const again = await matchBooks(sourcesOf().filter(({ id }) => id === accountRow().id));
		expect(again.changed.map(({ match: { changes } }) => changes.map(({ field }) => field))).toEqual([['contact_name']]);
		expect(accountRow().Website).toBe('books.example');
	});

	test('that CRM refuses hold nothing back where an older state of the record was carried over since', async () => {
		acme();
		await saveAndLink((await matchBooks()).fresh);
		const accountNow = () => sourcesOf().filter(({ id }) => id === accountRow().id);
		zoho.simulator.world.clock.advance(5_000);
		deskCrm('Accounts', { Website: 'one.example' }, String(accountRow().id));
		const older = accountNow();
		zoho.simulator.world.clock.advance(5_000);
		deskCrm('Accounts', { Website: 'two.example' }, String(accountRow().id));
		const newer = accountNow();
		zoho.simulator.world.clock.advance(5_000);
		await saveAndLink((await matchBooks(older)).changed);
		consent++;
		published('second');
		expect((await matchBooks(newer)).changed.map(({ record }) => record.website)).toEqual(['two.example']);
	});

	test('do not hold what somebody types in Books', async () => {
		await companyAnnounced();
		const [contact] = booksContacts();
		await saveContact(books, { contact_id: String(contact?.contact_id), website: 'books.example' });
		const back = await matchCompany();
		expect(back.changed.map(({ record }) => record.Website)).toEqual(['books.example']);
	});

	test('of others stay when a link is written', async () => {
		const changed = await companyAnnounced();
		const mine = markOf(accountRow());
		zoho.simulator.world.clock.advance(2_000);
		const theirs = { ...mine, announced: { ...mine?.announced, Website: `${mine?.announced?.Website} another1` } };
		deskCrm('Accounts', { Zoho_Books_Sync: JSON.stringify(theirs) }, String(accountRow().id));
		await saveAndLink(changed);
		expect(markOf(accountRow())?.announced).toEqual({ Website: 'another1' });
	});

	test('leave what the other direction agreed on meanwhile as it is, when the link is written', async () => {
		const changed = await companyAnnounced();
		zoho.simulator.world.clock.advance(5_000);
		await saveContact(books, { contact_id: String(booksContacts()[0]?.contact_id), contact_name: 'Acme Ltd' });
		const back = (await matchCompany()).changed;
		expect(back.map(({ record }) => record.Account_Name)).toEqual(['Acme Ltd']);
		await writeRecords(crm, 'Accounts', 'update', back.map(({ record }) => record));
		const agreed = markOf(accountRow());
		zoho.simulator.world.clock.advance(5_000);
		await saveAndLink(changed);
		expect(markOf(accountRow())?.crm).toMatchObject({ Account_Name: agreed?.crm.Account_Name, Website: hashOf('one.example', 'Website') });
		expect(markOf(accountRow())?.books).toMatchObject({ contact_name: agreed?.books.contact_name, website: hashOf('one.example', 'website') });
	});

	test('of the name of a company reach it through its people, unless it is linked by then', async () => {
		acme();
		published('people first');
		const people = sourcesOf().filter(({ Last_Name: name }) => name);
		const { fresh } = await matchBooks(people);
		expect(fresh).toHaveLength(1);
		expect(Object.keys(markOf(accountRow())?.announced ?? {})).toEqual(['Account_Name']);
		await saveAndLink(fresh);
		deskCrm('Accounts', { Account_Name: 'Acme & Sons' }, String(accountRow().id));
		expect((await matchCompany()).changed.map(({ record }) => record.Account_Name)).toEqual([undefined]);
	});

	describe('by another process', () => {
		const theirs = (seconds: number) => {
			const until = new Date(Date.now() + seconds * 1000).toISOString();
			return JSON.stringify({ version: 1, books: {}, crm: {}, announced: { Account_Name: 'abc' }, carrier: `another ${until}` });
		};
		const accountOf = () => sourcesOf().filter(({ id }) => id === accountRow().id);

		test('hold a record without a link until it has one', async () => {
			acme();
			deskCrm('Accounts', { Zoho_Books_Sync: theirs(600) }, String(accountRow().id));
			published('second');
			const waiting = matchBooks(accountOf());
			await new Promise((resolve) => setTimeout(resolve, 500));
			const { contact } = await saveContact(books, { contact_name: 'Acme', website: 'acme.example' });
			deskCrm('Accounts', { Zoho_Books_ID: contact.contact_id }, String(accountRow().id));
			const { fresh, changed, unchanged } = await waiting;
			expect([fresh.length, changed.length, unchanged.length]).toEqual([0, 0, 1]);
		});

		test.each([
			['its time is over', () => theirs(-1)],
			['it says nothing of itself', () => JSON.stringify({ version: 1, books: {}, crm: {}, announced: { Account_Name: 'abc' } })],
		])('hold nothing when %s', async (_why, mark) => {
			acme();
			deskCrm('Accounts', { Zoho_Books_Sync: mark() }, String(accountRow().id));
			published('second');
			const { fresh } = await matchBooks(accountOf());
			expect(fresh).toHaveLength(1);
			expect(markOf(accountRow())?.announced?.Account_Name).toMatch(/^abc \S{8}$/);
		});

		test('that came after the record was read are found by CRM, and the record is looked at again', async () => {
			acme();
			const asRead = sourcesOf();
			zoho.simulator.world.clock.advance(5_000);
			const { contact } = await saveContact(books, { contact_name: 'Acme', website: 'acme.example' });
			deskCrm('Accounts', { Zoho_Books_ID: contact.contact_id, Zoho_Books_Sync: '' }, String(accountRow().id));
			published('second');
			const { fresh, changed } = await matchBooks(asRead);
			expect(fresh).toEqual([]);
			expect(changed.map(({ record }) => [record.contact_id, (record.contact_persons as Row[]).length])).toEqual([[contact.contact_id, 2]]);
		});

		test('reach a company that came with its people only', async () => {
			acme();
			const people = sourcesOf().filter(({ Last_Name: name }) => name);
			const { contact } = await saveContact(books, { contact_name: 'Acme Ltd', website: 'acme.example' });
			deskCrm('Accounts', { Zoho_Books_ID: contact.contact_id }, String(accountRow().id));
			published('second');
			const { fresh, changed } = await matchBooks(people);
			expect([fresh.length, changed.map(({ record }) => record.contact_id)]).toEqual([0, [contact.contact_id]]);
		});
	});

	test('that CRM does not take stop the write: the item fails', async () => {
		acme();
		published('refused');
		zoho.simulator.world.faults.push({ on: 'call', service: 'crm', what: 'status', status: 403, code: 'NO_PERMISSION', times: 9, method: 'PUT' });
		await expect(matchBooks()).rejects.toMatchObject({ message: expect.stringMatching(/^Accounts \d+ \(its sync mark, before the write to Books\): /) });
		expect(booksContacts()).toEqual([]);
	});
});

// Numbers

test.each(['record', 'source record'])(
	'a %s with an id that lost digits as a number is refused, and its path is told',
	async (which) => {
		const lost = { company: { id: Number('4876876000000240001') } };
		const good = { Last_Name: 'Osei', contact_person_id: '7' };
		const [item, source] = which === 'record' ? [{ ...good, ...lost }, good] : [good, { ...good, ...lost }];
		const module = { __rl: true, mode: 'name', value: 'Contacts' };
		const parameters = {
			operation: 'match',
			module,
			policy: 'eventSide',
			options: {},
			sourceRecord: "={{ $('Source').item.json }}",
		};
		const { error, counts } = await run(parameters, [item], [source]);
		expect(error?.message).toMatch(/"company\.id".* has lost its last digits/);
		expect(counts.crm).toEqual({ read: 0, write: 0 });
	},
);
