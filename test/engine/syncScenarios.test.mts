import { describeWhere } from '../support/where.mts';
import type { Zoho } from '../support/zoho.mts';
import { booksContactsToCrm } from '../../workflows/src/booksContactsToCrm.mts';
import { crmContactsToBooks } from '../../workflows/src/crmContactsToBooks.mts';
import {
	booksRows,
	crmRows,
	deskBooks,
	deskCrm,
	folder,
	fresh,
	fromBooks,
	fromCrm,
	run,
	start,
	type Row,
} from './templateSupport.mts';

let zoho: Zoho;

const toCrm = async () => await run(booksContactsToCrm, fromBooks());
const toBooks = async (items: Row[] = fromCrm()) => await run(crmContactsToBooks, items);
const contactNamed = (last: string) => crmRows('Contacts').find((row) => row.Last_Name === last);
const customerNamed = (name: string) => booksRows().find((row) => row.contact_name === name);
const only = (id: unknown) => fromCrm().filter((item) => item.id === id);

/** Both templates over everything until nothing is written; throws when they never come to rest. */
async function settle(): Promise<Row[]> {
	const reviewed: Row[] = [];
	for (let round = 0; round < 4; round += 1) {
		const runs = [await toCrm(), await toBooks()];
		reviewed.push(...runs.flatMap((one) => one.reviewed));
		if (runs.every(({ counts }) => counts.crm.write + counts.books.write === 0)) return reviewed;
	}
	throw new Error('The templates keep writing');
}

const person = (first_name: string, last_name: string, email = '') => ({ first_name, last_name, email });
const company = (contact_name: string, contact_persons: Row[] = []) => ({
	contact_name,
	company_name: contact_name,
	contact_type: 'customer',
	customer_sub_type: 'business',
	contact_persons,
});
const individual = () => ({
	contact_name: 'Cher Bono',
	contact_type: 'customer',
	customer_sub_type: 'individual',
	billing_address: { address: 'Sunset 1', city: 'Malibu' },
	contact_persons: [person('Cher', 'Bono', 'cher@example.com')],
});

describeWhere(folder !== undefined, "n8n's own nodes are not here: the sandbox has not installed n8n yet")(
	'the sync in daily life, both templates together',
	() => {
		beforeAll(async () => {
			zoho = await start();
		});
		afterAll(async () => await zoho?.stop());
		beforeEach(fresh);

		test('persons of a new company and of one that has changed come together', async () => {
			deskBooks(company('Acme', [person('Ann', 'Lee', 'ann@a.example')]));
			expect(await settle()).toEqual([]);
			const acme = customerNamed('Acme');
			deskBooks({ website: 'https://acme.example' }, String(acme?.contact_id));
			deskBooks({ ...company('Beta', [person('Bob', 'Ray', 'bob@b.example')]) });
			await toCrm();
			expect(crmRows('Contacts').map(({ Last_Name }) => Last_Name).sort()).toEqual(['Lee', 'Ray']);
			expect(crmRows('Accounts').find(({ Account_Name }) => Account_Name === 'Acme')?.Website).toBe('https://acme.example');
		});

		test('two people of one company with one e-mail stay two, on both sides', async () => {
			deskBooks(
				company('Acme', [person('Ann', 'Lee', 'info@a.example'), person('Bob', 'Ray', 'info@a.example')]),
			);
			expect(await settle()).toEqual([]);
			expect([crmRows('Contacts').length, booksRows()[0]?.contact_persons.length]).toEqual([2, 2]);
		});

		test('a Contact of another Account is not taken over because the e-mail is shared', async () => {
			const other = deskCrm('Accounts', { Account_Name: 'Other' });
			const zed = deskCrm('Contacts', {
				First_Name: 'Zed',
				Last_Name: 'Old',
				Email: 'info@a.example',
				Account_Name: { id: other.id },
			});
			deskBooks(company('Acme', [person('Ann', 'Lee', 'info@a.example')]));
			const { reviewed } = await toCrm();
			expect(crmRows('Contacts').find(({ id }) => id === zed.id)).toMatchObject({
				Last_Name: 'Old',
				Account_Name: expect.objectContaining({ id: other.id }),
			});
			expect(reviewed).toHaveLength(1);
		});

		test('name and address of an individual, edited in CRM, arrive in Books and are not taken back', async () => {
			deskBooks(individual());
			expect(await settle()).toEqual([]);
			const id = String(contactNamed('Bono')?.id);
			deskCrm('Contacts', { Mailing_City: 'Paris', Last_Name: 'Sarkisian' }, id);
			const { reviewed } = await toBooks(only(id));
			expect(reviewed).toEqual([]);
			expect(booksRows()[0]).toMatchObject({
				contact_name: 'Cher Sarkisian',
				billing_address: expect.objectContaining({ address: 'Sunset 1', city: 'Paris' }),
			});
			expect(await settle()).toEqual([]);
			expect(contactNamed('Sarkisian')).toMatchObject({ Mailing_City: 'Paris', Mailing_Street: 'Sunset 1' });
		});

		test('a Contact moved to another Account is reported, and not moved back', async () => {
			deskBooks(company('Acme', [person('Ann', 'Lee', 'ann@a.example')]));
			deskBooks(company('Beta'));
			expect(await settle()).toEqual([]);
			const beta = crmRows('Accounts').find((row) => row.Account_Name === 'Beta')?.id;
			const id = contactNamed('Lee')?.id;
			deskCrm('Contacts', { Account_Name: { id: beta }, Phone: '7' }, String(id));
			const { reviewed } = await toBooks(only(id));
			expect(reviewed).toHaveLength(1);
			expect(customerNamed('Acme')?.contact_persons[0]?.phone).toBe('7');
			await toCrm();
			await toCrm();
			expect((contactNamed('Lee')?.Account_Name as Row).id).toBe(beta);
			expect(customerNamed('Beta')?.contact_persons).toHaveLength(0);
		});

		test.each([
			['in one run', false],
			['one after the other', true],
		])('two Contacts of one name without Account are not made one customer, %s', async (_, apart) => {
			const made = ['a@x.example', 'b@x.example'].map((Email) =>
				deskCrm('Contacts', { First_Name: 'Jo', Last_Name: 'Doe', Email }),
			);
			const runs = apart
				? [await toBooks(only(made[0]?.id)), await toBooks(only(made[1]?.id))]
				: [await toBooks()];
			expect(runs.flatMap(({ reviewed }) => reviewed)).toHaveLength(1);
			expect(booksRows().map((row) => row.contact_persons.map(({ email }) => email))).toEqual([
				['a@x.example'],
			]);
		});

		test('two Contacts of one name without Account and e-mail are not made one person', async () => {
			const made = ['1', '2'].map((Phone) =>
				deskCrm('Contacts', { First_Name: 'Jo', Last_Name: 'Doe', Phone }),
			);
			await toBooks(only(made[0]?.id));
			const { reviewed } = await toBooks(only(made[1]?.id));
			expect(reviewed).toHaveLength(1);
			expect(booksRows()[0]?.contact_persons).toMatchObject([{ phone: '1' }]);
		});

		test.each([
			['in one run', false],
			['one after the other', true],
		])('two Accounts of one name do not overwrite each other in Books, %s', async (_, apart) => {
			const made = ['1', '2'].map((Phone) => deskCrm('Accounts', { Account_Name: 'Acme', Phone }));
			const runs = apart
				? [await toBooks(only(made[0]?.id)), await toBooks(only(made[1]?.id))]
				: [await toBooks()];
			expect(runs.flatMap(({ reviewed }) => reviewed)).toHaveLength(1);
			expect(booksRows()).toMatchObject([{ billing_address: { phone: '1' } }]);
		});

		test('an Account and its three Contacts, each in a run of its own at the same time, become one customer', async () => {
			const { id } = deskCrm('Accounts', { Account_Name: 'Acme', Phone: '1' });
			for (const name of ['Ann', 'Bob', 'Cid']) {
				deskCrm('Contacts', {
					First_Name: name,
					Last_Name: 'X',
					Email: `${name}@a.example`,
					Account_Name: { id },
				});
			}
			const runs = await Promise.all(fromCrm().map(async (item) => await toBooks([item])));
			const again = await settle();
			expect([...runs.flatMap(({ reviewed }) => reviewed), ...again]).toEqual([]);
			expect(booksRows()).toHaveLength(1);
			expect(booksRows()[0]?.contact_persons).toHaveLength(3);
			expect(crmRows('Contacts').filter((row) => row.Zoho_Books_ID)).toHaveLength(3);
		});

		test('the same company with its people, made on both sides before either event, is one', async () => {
			const { id } = deskCrm('Accounts', { Account_Name: 'Acme' });
			deskCrm('Contacts', {
				First_Name: 'Ann',
				Last_Name: 'Lee',
				Email: 'ann@a.example',
				Account_Name: { id },
			});
			deskBooks(company('Acme', [person('Ann', 'Lee', 'ann@a.example')]));
			const [one, two] = await Promise.all([toCrm(), toBooks()]);
			expect([...one.reviewed, ...two.reviewed, ...(await settle())]).toEqual([]);
			expect([crmRows('Accounts').length, crmRows('Contacts').length, booksRows().length]).toEqual([1, 1, 1]);
		});

		test('a link that was lost after the write is found again, and a link to nothing is reported', async () => {
			deskBooks(company('Acme', [person('Ann', 'Lee', 'ann@a.example')]));
			expect(await settle()).toEqual([]);
			for (const [module, row] of [
				['Accounts', crmRows('Accounts')[0]],
				['Contacts', crmRows('Contacts')[0]],
			] as const) {
				deskCrm(module, { Zoho_Books_ID: null, Zoho_Books_Sync: 'garbage' }, String(row?.id));
			}
			expect((await toBooks()).reviewed).toEqual([]);
			expect(await settle()).toEqual([]);
			expect([
				booksRows().length,
				booksRows()[0]?.contact_persons.length,
				crmRows('Contacts').length,
			]).toEqual([1, 1, 1]);
			const account = crmRows('Accounts')[0];
			deskCrm('Accounts', { Zoho_Books_ID: '999', Zoho_Books_Sync: null }, String(account?.id));
			const { reviewed } = await toBooks(only(account?.id));
			expect(reviewed).toHaveLength(1);
			expect(booksRows()).toHaveLength(1);
		});

		test('renamed on both sides at once, the names agree afterwards', async () => {
			deskBooks(company('Acme'));
			expect(await settle()).toEqual([]);
			deskCrm('Accounts', { Account_Name: 'Acme CRM' }, String(crmRows('Accounts')[0]?.id));
			deskBooks({ contact_name: 'Acme Books' }, String(booksRows()[0]?.contact_id));
			await settle();
			expect(crmRows('Accounts').map((row) => row.Account_Name)).toEqual([booksRows()[0]?.contact_name]);
		});

		test('a record that CRM refuses is reported, the others are written, and it heals when it is corrected', async () => {
			deskBooks(
				company('Acme', [
					person('Ann', 'Lee', 'ann@a.example'),
					person('Bob', 'y'.repeat(81)),
					person('Cid', 'Ray'),
				]),
			);
			const first = await toCrm();
			expect([first.reviewed.length, crmRows('Contacts').length]).toEqual([1, 2]);
			const customer = booksRows()[0];
			const bob = customer?.contact_persons.find(({ first_name: name }) => name === 'Bob');
			zoho.simulator.desk({
				system: 'books',
				location: 'eu',
				collection: 'contactpersons',
				action: 'update',
				id: String(bob?.contact_person_id),
				record: { last_name: 'Young' },
			});
			expect(await settle()).toEqual([]);
			expect(crmRows('Contacts')).toHaveLength(3);
		});

		test('people with one name, or with an e-mail only, come back as they were', async () => {
			deskBooks(
				company('Acme', [person('Plato', ''), person('', 'Voltaire'), person('', '', 'x@a.example')]),
			);
			const before = booksRows()[0]?.contact_persons.map((one) => [one.first_name, one.last_name, one.email]);
			expect(await settle()).toEqual([]);
			expect(
				booksRows()[0]?.contact_persons.map((one) => [one.first_name, one.last_name, one.email]),
			).toEqual(before);
			expect(crmRows('Contacts')).toHaveLength(3);
		});

		test('a phone emptied in CRM, and an emoji, line breaks and odd phones, come to rest', async () => {
			deskBooks({
				...company('Acme 🚀', [{ ...person('Zoë', 'Ünal', 'z@a.example'), phone: '+49 (0) 30 12-3' }]),
				billing_address: { address: 'A 1\nRear', street2: 'Gate', city: 'Köln', zip: '01067', phone: '00' },
			});
			expect(await settle()).toEqual([]);
			deskCrm('Contacts', { Phone: null }, String(contactNamed('Ünal')?.id));
			deskCrm('Accounts', { Billing_Street: 'B\nC\nD' }, String(crmRows('Accounts')[0]?.id));
			await toBooks();
			expect(await settle()).toEqual([]);
			expect(crmRows('Accounts')[0]?.Billing_Street).toBe('B\nC\nD');
		});

		test('an individual that becomes a company keeps its person, once', async () => {
			deskBooks(individual());
			expect(await settle()).toEqual([]);
			deskBooks(
				{ customer_sub_type: 'business', company_name: 'Cher Ltd' },
				String(booksRows()[0]?.contact_id),
			);
			expect(await settle()).toEqual([]);
			expect([crmRows('Accounts').length, crmRows('Contacts').length]).toEqual([1, 1]);
			expect((contactNamed('Bono')?.Account_Name as Row).id).toBe(crmRows('Accounts')[0]?.id);
			deskBooks({ customer_sub_type: 'individual' }, String(booksRows()[0]?.contact_id));
			await settle();
			expect([
				booksRows().length,
				booksRows()[0]?.contact_persons.length,
				crmRows('Contacts').length,
			]).toEqual([1, 1, 1]);
		});

		test('a vendor of the same name is left alone', async () => {
			deskBooks({ contact_name: 'Acme', contact_type: 'vendor', notes: 'old' });
			deskCrm('Accounts', { Account_Name: 'Acme', Description: 'new' });
			expect(await settle()).toEqual([]);
			expect(
				booksRows()
					.map((row) => [row.contact_type, row.notes])
					.sort(),
			).toEqual([
				['customer', 'new'],
				['vendor', 'old'],
			]);
		});

		test('a Contact added to a linked Account, and a person added in Books, arrive once', async () => {
			deskBooks(company('Acme', [person('Ann', 'Lee', 'ann@a.example')]));
			expect(await settle()).toEqual([]);
			const made = deskCrm('Contacts', {
				Last_Name: 'New',
				Email: 'n@a.example',
				Account_Name: { id: crmRows('Accounts')[0]?.id },
			});
			zoho.simulator.desk({
				system: 'books',
				location: 'eu',
				collection: 'contactpersons',
				action: 'create',
				parent: String(booksRows()[0]?.contact_id),
				record: person('Dan', 'Day', 'd@a.example'),
			});
			const { reviewed } = await toBooks([...only(made.id), ...only(made.id)]);
			expect([...reviewed, ...(await settle())]).toEqual([]);
			expect([booksRows()[0]?.contact_persons.length, crmRows('Contacts').length]).toEqual([3, 3]);
		});

		test('a person removed in Books and edited in CRM is reported', async () => {
			deskBooks(
				company('Acme', [person('Ann', 'Lee', 'ann@a.example'), person('Bob', 'Ray', 'b@a.example')]),
			);
			expect(await settle()).toEqual([]);
			const bob = contactNamed('Ray');
			zoho.simulator.desk({
				system: 'books',
				location: 'eu',
				collection: 'contactpersons',
				action: 'delete',
				id: String(bob?.Zoho_Books_ID),
			});
			deskCrm('Contacts', { Phone: '9' }, String(bob?.id));
			const { reviewed } = await toBooks(only(bob?.id));
			expect(reviewed).toHaveLength(1);
			expect(booksRows()[0]?.contact_persons).toHaveLength(1);
		});

		test('deleted in Books and then edited in CRM: reported, and not made again', async () => {
			deskBooks(company('Acme', [person('Ann', 'Lee', 'ann@a.example')]));
			expect(await settle()).toEqual([]);
			const id = String(booksRows()[0]?.contact_id);
			zoho.simulator.desk({ system: 'books', location: 'eu', collection: 'contacts', action: 'delete', id });
			deskCrm('Contacts', { Phone: '9' }, String(contactNamed('Lee')?.id));
			deskCrm('Accounts', { Phone: '9' }, String(crmRows('Accounts')[0]?.id));
			const { reviewed } = await toBooks();
			expect([reviewed.length > 0, booksRows()]).toEqual([true, []]);
		});
	},
);
