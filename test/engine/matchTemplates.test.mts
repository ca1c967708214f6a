import { describeWhere } from '../support/where.mts';
import type { Zoho } from '../support/zoho.mts';
import { booksContactsToCrm } from '../../workflows/src/booksContactsToCrm.mts';
import { crmContactsToBooks } from '../../workflows/src/crmContactsToBooks.mts';
import { setUpSync } from '../../workflows/src/setUpSync.mts';
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

const acme = () => ({
	contact_name: 'Acme',
	contact_type: 'customer',
	customer_sub_type: 'business',
	website: 'https://acme.example',
	billing_address: {
		address: '1 High Street',
		street2: 'Gate 4',
		city: 'Leeds',
		zip: 'LS1',
		country: 'U.K',
		phone: '+44 1',
		fax: '+44 2',
	},
	contact_persons: [
		{
			first_name: 'Ann',
			last_name: 'Lee',
			email: 'ann@acme.example',
			phone: '+44 3',
			designation: 'Head',
			is_primary_contact: true,
		},
		{ first_name: 'Bob', last_name: '', email: 'bob@acme.example' },
		{ first_name: '', last_name: 'Schmidt', email: 'schmidt@acme.example', salutation: 'Mr.' },
	],
});
const cher = () => ({
	contact_name: 'Cher Bono',
	contact_type: 'customer',
	customer_sub_type: 'individual',
	billing_address: { address: 'Sunset 1', city: 'Malibu' },
	contact_persons: [
		{ first_name: 'Cher', last_name: 'Bono', email: 'cher@example.com', is_primary_contact: true },
	],
});

describeWhere(folder !== undefined, "n8n's own nodes are not here: the sandbox has not installed n8n yet")(
	'the sync templates, in the engine',
	() => {
		beforeAll(async () => {
			zoho = await start();
		});
		afterAll(async () => await zoho?.stop());
		beforeEach(async () => {
			await fresh();
		});

		test('a company with its people and an individual arrive in CRM, linked, in two reads and one write for each module', async () => {
			deskBooks(acme());
			deskBooks(cher());
			const { reviewed, counts } = await run(booksContactsToCrm, fromBooks());
			expect(reviewed).toEqual([]);
			expect(counts).toMatchObject({ crm: { read: 4, write: 2 }, books: { read: 0, write: 0 } });

			const company = booksRows().find(({ contact_name: name }) => name === 'Acme');
			expect(crmRows('Accounts')).toEqual([
				expect.objectContaining({
					Account_Name: 'Acme',
					Zoho_Books_ID: company?.contact_id,
					Billing_Street: '1 High Street\nGate 4',
					Billing_City: 'Leeds',
					Phone: '+44 1',
				}),
			]);
			const account = crmRows('Accounts')[0]?.id;
			const people = crmRows('Contacts').map((row) => [
				row.First_Name,
				row.Last_Name,
				(row.Account_Name as Row | null)?.id,
				row.Mailing_City,
			]);
			expect(people).toEqual(
				expect.arrayContaining([
					['Ann', 'Lee', account, null],
					[null, 'Bob', account, null],
					[null, 'Schmidt', account, null],
					['Cher', 'Bono', undefined, 'Malibu'],
				]),
			);
			expect(people).toHaveLength(4);
		});

		test('what went to CRM comes back as an echo: no Books call, nothing written', async () => {
			deskBooks(acme());
			deskBooks(cher());
			await run(booksContactsToCrm, fromBooks());
			const before = JSON.stringify(booksRows());
			const { reviewed, counts } = await run(crmContactsToBooks, fromCrm());
			expect(reviewed).toEqual([]);
			expect(counts).toMatchObject({ books: { read: 0, write: 0 }, crm: { write: 0 } });
			expect(JSON.stringify(booksRows())).toBe(before);
		});

		test('delivered twice, everything is there once', async () => {
			deskBooks(acme());
			await run(booksContactsToCrm, [...fromBooks(), ...fromBooks()]);
			const { counts, reviewed } = await run(booksContactsToCrm, fromBooks());
			expect([crmRows('Accounts').length, crmRows('Contacts').length, reviewed]).toEqual([1, 3, []]);
			expect(counts.crm.write).toBe(0);
		});

		test('an Account with Contacts and a Contact alone arrive in Books, are linked, and come back unchanged', async () => {
			const account = deskCrm('Accounts', {
				Account_Name: 'Beta',
				Billing_Street: '2 Low Street\nYard',
				Billing_City: 'York',
				Phone: '5',
			});
			deskCrm('Contacts', {
				First_Name: 'Dan',
				Last_Name: 'Fox',
				Email: 'dan@beta.example',
				Account_Name: { id: account.id },
			});
			deskCrm('Contacts', { Last_Name: 'Solo', Email: 'solo@example.com', Mailing_City: 'Bath' });
			const { reviewed } = await run(crmContactsToBooks, fromCrm());
			expect(reviewed).toEqual([]);
			const [beta, solo] = ['Beta', 'Solo'].map((name) =>
				booksRows().find((row) => row.contact_name === name),
			);
			expect(booksRows()).toHaveLength(2);
			expect(beta).toMatchObject({
				customer_sub_type: 'business',
				billing_address: expect.objectContaining({ address: '2 Low Street', street2: 'Yard', city: 'York' }),
			});
			expect(beta?.contact_persons).toMatchObject([{ first_name: 'Dan', last_name: 'Fox' }]);
			expect(solo).toMatchObject({
				customer_sub_type: 'individual',
				contact_persons: [{ first_name: 'Solo' }],
			});
			expect(crmRows('Accounts')[0]?.Zoho_Books_ID).toBe(beta?.contact_id);
			expect(
				crmRows('Contacts')
					.map((row) => row.Zoho_Books_ID)
					.sort(),
			).toEqual([beta, solo].map((row) => row?.contact_persons[0]?.contact_person_id).sort());

			const echo = await run(crmContactsToBooks, fromCrm());
			expect(echo.counts).toMatchObject({ books: { read: 0, write: 0 }, crm: { write: 0 } });
			await run(booksContactsToCrm, fromBooks());
			const settled = await run(booksContactsToCrm, fromBooks());
			expect([settled.counts.crm.write, settled.reviewed]).toEqual([0, []]);
			expect([crmRows('Accounts').length, crmRows('Contacts').length]).toEqual([1, 2]);
		});

		test('a phone edited in CRM is one Books write', async () => {
			deskBooks(acme());
			await run(booksContactsToCrm, fromBooks());
			const ann = crmRows('Contacts').find((row) => row.First_Name === 'Ann');
			deskCrm('Contacts', { Phone: '+44 99' }, String(ann?.id));
			const { calls, reviewed } = await run(
				crmContactsToBooks,
				fromCrm().filter(({ id }) => id === ann?.id),
			);
			// Which organization the account has is asked once a process and hour.
			const booksCalls = calls.filter(
				({ service, path: to }) => service === 'books' && !to.endsWith('/organizations'),
			);
			expect([booksCalls.map(({ kind }) => kind), reviewed]).toEqual([['write'], []]);
			expect(booksRows()[0]?.contact_persons.find(({ first_name: name }) => name === 'Ann')).toMatchObject({
				phone: '+44 99',
				last_name: 'Lee',
			});
		});

		test('deleted records and refused writes go to the review queue, one row each, with the reason', async () => {
			deskBooks({
				...acme(),
				contact_persons: [{ first_name: 'Eve', last_name: 'x'.repeat(81), email: 'eve@acme.example' }],
			});
			const { reviewed } = await run(booksContactsToCrm, [
				{ contact_id: '1', _event: { type: 'deleted', resource: 'contact', id: '1' } },
				...fromBooks(),
			]);
			expect(reviewed.map(({ record_id: id, key }) => [id, String(key).split(' ').at(-1)])).toEqual([
				['1', 'deleted'],
				[booksRows()[0]?.contact_persons[0]?.contact_person_id, 'failed'],
			]);
			expect(reviewed.every(({ reason }) => String(reason).length > 20)).toBe(true);
		});

		test('the set-up reports what it found and made, and runs again without making anything', async () => {
			zoho.simulator.reset();
			const first = await run(setUpSync, [{}]);
			const report = String(first.output('Report')[0]?.json.report);
			expect(report).not.toContain('NOT OK');
			expect(report).toContain('made now');
			const second = await run(setUpSync, [{}]);
			expect(String(second.output('Report')[0]?.json.report)).toContain('already there');
			expect(second.counts.crm.write).toBe(0);
		});
	},
);
