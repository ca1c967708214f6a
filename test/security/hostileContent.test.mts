/** Customers and people whose content would like to be code, through the shipped templates in the real engine, both ways. */

import { booksContactsToCrm } from '../../workflows/src/booksContactsToCrm.mts';
import { crmContactsToBooks } from '../../workflows/src/crmContactsToBooks.mts';
import { describeWhere } from '../support/where.mts';
import type { Zoho } from '../support/zoho.mts';
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
} from '../engine/templateSupport.mts';
import { figure } from './figures.mts';
import { Bystanders, countNoCalls } from './hostileSupport.mts';
import { hostileTexts, longText } from './hostileTexts.mts';

let zoho: Zoho;
let bystanders: Bystanders;
let values = 0;

/** Pairs of what was written and what arrived. */
function expectSame(pairs: Array<readonly [unknown, unknown]>): void {
	expect(pairs.map(([, arrived]) => arrived)).toEqual(pairs.map(([written]) => written));
	values += pairs.length;
}

/** For fields that take few characters. */
const short = (text: unknown) => String(text).slice(0, 40).trim();

/** Names that differ in signs only go to review, as they may mean the same company. */
const nameOf = (text: string, n: number) => `${text} ${n}`;

const byName = (rows: Row[], field: string) => new Map(rows.map((row) => [row[field], row]));

describeWhere(folder !== undefined, "n8n's own nodes are not here: the sandbox has not installed n8n yet")(
	'hostile content',
	() => {
		beforeAll(async () => {
			zoho = await start();
		});
		afterAll(async () => {
			await zoho.stop();
			figure(
				`${hostileTexts.length + 1} hostile texts in customers and people: ${values} values arrived as they were written, none was evaluated`,
			);
		});
		beforeEach(async () => {
			await fresh();
			countNoCalls(zoho);
			bystanders = new Bystanders(zoho);
		});
		afterEach(() => jest.restoreAllMocks());

		test('from Books to CRM, and back as an echo', async () => {
			hostileTexts.forEach(([, text], n) =>
				deskBooks({
					contact_name: text,
					contact_type: 'customer',
					customer_sub_type: 'business',
					notes: n === 0 ? longText : text,
					billing_address: { city: text, state: text, country: text },
					contact_persons: [
						{
							first_name: short(text),
							last_name: text,
							email: `p${n}@x.example`,
							designation: short(text),
							department: short(text),
						},
					],
				}),
			);
			const incoming = fromBooks().filter(({ contact_name: name }) => name !== 'Bystander of Books');
			const { reviewed, output } = await run(booksContactsToCrm, incoming);
			expect(reviewed).toEqual([]);
			const accounts = byName(crmRows('Accounts'), 'Zoho_Books_ID');
			const people = byName(crmRows('Contacts'), 'Email');
			expectSame(
				incoming.flatMap((customer, n) => {
					const { contact_name: name, contact_id: id } = customer;
					const account = accounts.get(id) ?? {};
					const person = people.get(`p${n}@x.example`) ?? {};
					return [
						...['Account_Name', 'Billing_City', 'Billing_State', 'Billing_Country'].map(
							(field) => [name, account[field]] as const,
						),
						[n === 0 ? longText : name, account.Description] as const,
						[name, person.Last_Name] as const,
						...['First_Name', 'Title', 'Department'].map((field) => [short(name), person[field]] as const),
					];
				}),
			);
			expect(bystanders.queries.length).toBeGreaterThan(0);
			bystanders.expectUntouched([reviewed, output('Write Accounts'), output('Write Contacts')]);

			const echo = await run(
				crmContactsToBooks,
				fromCrm().filter(({ Zoho_Books_ID: id }) => id),
			);
			expect(echo.reviewed).toEqual([]);
			expect(echo.counts).toMatchObject({ books: { write: 0 }, crm: { write: 0 } });
		});

		test('of customers who are persons', async () => {
			hostileTexts.forEach(([, text], n) =>
				deskBooks({
					contact_name: text,
					contact_type: 'customer',
					customer_sub_type: 'individual',
					billing_address: { city: text },
					contact_persons: [{ first_name: short(text), last_name: text, email: `p${n}@x.example` }],
				}),
			);
			const incoming = fromBooks().filter(({ contact_name: name }) => name !== 'Bystander of Books');
			const { reviewed } = await run(booksContactsToCrm, incoming);
			expect(reviewed).toEqual([]);
			const people = byName(crmRows('Contacts'), 'Email');
			expectSame(
				hostileTexts.flatMap(([, text], n) =>
					['Last_Name', 'Mailing_City'].map(
						(field) => [text, people.get(`p${n}@x.example`)?.[field]] as const,
					),
				),
			);
			bystanders.expectUntouched(reviewed);
		});

		test('of deleted records stands in the review queue as it was', async () => {
			const incoming = hostileTexts.map(([, text], n) => ({
				contact_id: `${n}`,
				contact_name: text,
				_event: { type: 'deleted', resource: 'contact', id: `${n}` },
			}));
			const { reviewed, counts } = await run(booksContactsToCrm, incoming);
			expectSame(hostileTexts.map(([, text], n) => [text, reviewed[n]?.record_name] as const));
			expect(counts.crm.write).toBe(0);
			bystanders.expectUntouched(reviewed);
		});

		test('from CRM to Books, and back as an echo', async () => {
			const before = new Set(
				['Accounts', 'Contacts'].flatMap((module) => crmRows(module).map(({ id }) => id)),
			);
			hostileTexts.forEach(([, text], n) => {
				const account = deskCrm('Accounts', {
					Account_Name: nameOf(text, n),
					Description: n === 0 ? longText : text,
					Billing_City: text,
				});
				deskCrm('Contacts', {
					First_Name: short(text),
					Last_Name: text,
					Email: `p${n}@x.example`,
					Title: short(text),
					Department: short(text),
					Account_Name: { id: account.id },
				});
			});
			const { reviewed } = await run(
				crmContactsToBooks,
				fromCrm().filter(({ id }) => !before.has(id)),
			);
			expect(reviewed).toEqual([]);
			const customers = byName(booksRows(), 'contact_name');
			expectSame(
				hostileTexts.flatMap(([, text], n) => {
					const customer = (customers.get(nameOf(text, n)) ?? {}) as {
						notes?: unknown;
						billing_address?: Row;
						contact_persons?: Row[];
					};
					const [person = {}] = customer.contact_persons ?? [];
					return [
						[n === 0 ? longText : text, customer.notes] as const,
						[text, customer.billing_address?.city] as const,
						[text, person.last_name] as const,
						...['first_name', 'designation', 'department'].map(
							(field) => [short(text), person[field]] as const,
						),
					];
				}),
			);
			bystanders.expectUntouched(reviewed);

			const incoming = fromBooks().filter(({ contact_name: name }) => name !== 'Bystander of Books');
			const echo = await run(booksContactsToCrm, incoming);
			expect([echo.reviewed, echo.counts.crm.write]).toEqual([[], 0]);
		});
	},
);
