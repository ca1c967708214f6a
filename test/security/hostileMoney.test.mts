/** Items, vendors, invoices, payments and Deals whose content would like to be code, through the shipped templates in the real engine. */

import { tenantsOf } from '../../sandbox/launcher/credentials.mts';
import { booksInvoicesToCrm } from '../../workflows/src/booksInvoicesToCrm.mts';
import { booksPaymentsToCrm } from '../../workflows/src/booksPaymentsToCrm.mts';
import { dealWonToBooks } from '../../workflows/src/dealWonToBooks.mts';
import { booksItemsToCrm, crmProductsToBooks } from '../../workflows/src/items.mts';
import { setUpSync } from '../../workflows/src/setUpSync.mts';
import { booksVendorsToCrm, crmVendorsToBooks } from '../../workflows/src/vendors.mts';
import { Desk, textAt, type Row } from '../engine/moneySupport.mts';
import { crmRows, deskCrm, folder, run, start } from '../engine/templateSupport.mts';
import { describeWhere } from '../support/where.mts';
import type { Zoho } from '../support/zoho.mts';
import { figure } from './figures.mts';
import { Bystanders, countNoCalls } from './hostileSupport.mts';
import { hostileTexts } from './hostileTexts.mts';

let zoho: Zoho;
let desk: Desk;
let bystanders: Bystanders;
let values = 0;

/** Milliseconds; a busy machine takes a while. */
const patience = 120_000;
const texts = hostileTexts.map(([, text]) => text);
/** Names that differ in signs only may mean the same thing. */
const nameOf = (text: unknown, n: number) => `${String(text)} ${n}`;
/** Those that could reach into a query or an address; for what takes a second per record. */
const reaching = texts.filter((text) =>
	/['"`]\)?\}* or |\\'|^\(\(|--|%%|^\.\.|organization_id|__proto__|\$json|^=1/.test(text),
);

/** All texts, dealt out to as few records as have room for them in these fields. */
function spread(fields: readonly string[]): Row[] {
	const rows: Row[] = [];
	for (let at = 0; at < texts.length; at += fields.length)
		rows.push(Object.fromEntries(fields.map((field, n) => [field, texts[(at + n) % texts.length]])));
	return rows;
}

/** Pairs of what was written and what arrived. */
function expectSame(pairs: Array<readonly [unknown, unknown]>): void {
	expect(pairs.map(([, arrived]) => arrived)).toEqual(pairs.map(([written]) => written));
	values += pairs.length;
}

function rowsBy(rows: Row[], field: string): (value: unknown) => Row {
	const found = new Map(rows.map((row) => [row[field], row]));
	return (value) => found.get(value) ?? {};
}

describeWhere(folder !== undefined, "n8n's own nodes are not here: the sandbox has not installed n8n yet")(
	'hostile content in',
	() => {
		beforeAll(async () => {
			zoho = await start();
			desk = new Desk(zoho);
		});
		afterAll(async () => {
			await zoho.stop();
			figure(
				`${hostileTexts.length} hostile texts in items, vendors, invoices, payments and Deals: ${values} values arrived as they were written, none was evaluated`,
			);
		});
		beforeEach(async () => {
			zoho.simulator.reset({ tenants: tenantsOf('eu', 'in') });
			countNoCalls(zoho);
			await run(setUpSync, [{}]);
			bystanders = new Bystanders(zoho);
		});
		afterEach(() => jest.restoreAllMocks());

		test(
			'items and Products, both ways',
			async () => {
				const rows = spread(['name', 'description']).map((row, n): Row => ({
					...row,
					name: nameOf(row.name, n),
				}));
				const items = rows.map((row) => desk.create('items', { ...row, rate: 1 }));
				const there = await run(
					booksItemsToCrm,
					items.map((item) => desk.event('item', item, item.item_id)),
				);
				expect(there.reviewed).toEqual([]);
				const product = rowsBy(crmRows('Products'), 'Zoho_Books_ID');
				expectSame(
					items.flatMap(({ item_id: id, name, description }) => [
						[name, product(id).Product_Name] as const,
						[description, product(id).Description] as const,
					]),
				);
				const made = rows.map(({ name, description }, n) =>
					deskCrm('Products', {
						Product_Name: `${String(name)} too`,
						Product_Code: `${n}`,
						Description: description,
						Unit_Price: 1,
					}),
				);
				const back = await run(
					crmProductsToBooks,
					made.map(({ id }) => desk.crmEvent('Products', id)),
				);
				expect(back.reviewed).toEqual([]);
				const item = rowsBy(desk.books('items'), 'sku');
				expectSame(
					made.flatMap(({ Product_Name: name, Product_Code: code, Description: description }) => [
						[name, item(code).name] as const,
						[description, item(code).description] as const,
					]),
				);
				bystanders.expectUntouched([there.reviewed, back.reviewed]);
			},
			patience,
		);

		test(
			'vendors, both ways',
			async () => {
				const rows = spread(['contact_name', 'notes', 'city', 'state', 'country']).map((row, n): Row => ({
					...row,
					contact_name: nameOf(row.contact_name, n),
				}));
				const vendors = rows.map(({ contact_name: name, notes, ...address }, n) =>
					desk.create('contacts', {
						contact_name: name,
						contact_type: 'vendor',
						notes,
						billing_address: address,
						contact_persons: [{ first_name: 'Vic', email: `v${n}@x.example`, is_primary_contact: true }],
					}),
				);
				const there = await run(
					booksVendorsToCrm,
					vendors.map((vendor) => desk.event('contact', vendor, vendor.contact_id)),
				);
				expect(there.reviewed).toEqual([]);
				const inCrm = rowsBy(crmRows('Vendors'), 'Zoho_Books_ID');
				const fields = {
					contact_name: 'Vendor_Name',
					notes: 'Description',
					city: 'City',
					state: 'State',
					country: 'Country',
				};
				expectSame(
					vendors.flatMap(({ contact_id: id }, n) =>
						Object.entries(fields).map(
							([ours, theirs]) => [(rows[n] as Row)[ours], inCrm(id)[theirs]] as const,
						),
					),
				);
				const made = rows.map((row: Row, n) => {
					const mapped = Object.fromEntries(
						Object.entries(fields).map(([ours, theirs]) => [theirs, row[ours]]),
					);
					return deskCrm('Vendors', {
						...mapped,
						Vendor_Name: `${String(row.contact_name)} too`,
						Email: `w${n}@x.example`,
					});
				});
				const back = await run(
					crmVendorsToBooks,
					made.map(({ id }) => desk.crmEvent('Vendors', id)),
				);
				expect(back.reviewed).toEqual([]);
				const inBooks = rowsBy(desk.books('contacts'), 'contact_name');
				expectSame(
					made.flatMap(({ Vendor_Name: name, Description: notes, City: city }) => [
						[notes, inBooks(name).notes] as const,
						[city, (inBooks(name).billing_address as Row | undefined)?.city] as const,
					]),
				);
				bystanders.expectUntouched([there.reviewed, back.reviewed]);
			},
			patience,
		);

		test(
			'invoices and payments, to CRM',
			async () => {
				const customer = desk.customer('Acme');
				const rows = spread(['reference_number', 'notes', 'terms', 'name', 'description']);
				const invoices = rows.map(({ name, description, ...row }) =>
					desk.create('invoices', {
						...row,
						customer_id: customer.contact_id,
						line_items: [{ name, description, quantity: 1, rate: 10 }],
					}),
				);
				const { reviewed } = await run(
					booksInvoicesToCrm,
					invoices.map(({ invoice_id: id }) => desk.invoiceEvent(id)),
				);
				expect(reviewed).toEqual([]);
				const written = rowsBy(crmRows('Invoices'), 'Zoho_Books_ID');
				expectSame(
					invoices.flatMap(({ invoice_id: id }, n) => {
						const {
							Description: notes,
							Terms_and_Conditions: terms,
							Purchase_Order: reference,
							Invoiced_Items: lines,
						} = written(id);
						const row = rows[n] as Row;
						const [line = {}] = (lines ?? []) as Row[];
						return [
							[row.notes, notes],
							[row.terms, terms],
							[row.reference_number, reference],
							[`${String(row.name)}\n${String(row.description)}`, line.Description],
						] as const;
					}),
				);
				const payments = texts.map((text, n) =>
					desk.create('customerpayments', {
						customer_id: customer.contact_id,
						payment_mode: 'cash',
						amount: 0.1,
						date: '2026-11-05',
						reference_number: text,
						invoices: [{ invoice_id: invoices[n % invoices.length]?.invoice_id, amount_applied: 0.1 }],
					}),
				);
				const paid = await run(
					booksPaymentsToCrm,
					payments.map((payment) => desk.event('customerPayment', payment, payment.payment_id)),
				);
				expect(paid.reviewed).toEqual([]);
				const record = rowsBy(crmRows('Books_Payments'), 'Zoho_Books_ID');
				expectSame(payments.map(({ payment_id: id }, n) => [texts[n], record(id).Reference] as const));
				bystanders.expectUntouched([reviewed, paid.reviewed]);
			},
			patience,
		);

		test(
			'reference numbers, by which an invoice finds the Deal of that name and no other',
			async () => {
				expect(reaching.length).toBeGreaterThan(8);
				const customer = desk.customer('Acme');
				const names = reaching.map(nameOf);
				const deals = names.map((name) => desk.deal({ Deal_Name: name }));
				const invoices = names.map((name) =>
					desk.create('invoices', {
						customer_id: customer.contact_id,
						reference_number: name,
						line_items: [{ name: 'Hours', quantity: 1, rate: 10 }],
					}),
				);
				const { reviewed } = await run(
					booksInvoicesToCrm,
					invoices.map(({ invoice_id: id }) => desk.invoiceEvent(id)),
				);
				expect(reviewed).toEqual([]);
				const written = rowsBy(crmRows('Invoices'), 'Zoho_Books_ID');
				expectSame(
					invoices.map(({ invoice_id: id }, n) => [deals[n]?.id, textAt(written(id).Deal_Name__s)] as const),
				);
				expect(bystanders.queries.join('\n')).toContain('id is not null');
				bystanders.expectUntouched(reviewed);
			},
			patience,
		);

		test(
			'won Deals, to Books',
			async () => {
				const account = deskCrm('Accounts', { Account_Name: 'Acme' });
				// Each waits for the list of Books to show its invoice.
				const few = [0, 1, 2].map((n) => reaching[Math.floor((n * reaching.length) / 3)]);
				const deals = few.map((text, n) =>
					desk.deal({
						Deal_Name: nameOf(text, n),
						Amount: 5,
						Account_Name: { id: account.id },
						Stage: 'Closed Won',
					}),
				);
				const { reviewed } = await run(
					dealWonToBooks,
					deals.map(({ id }) => desk.crmEvent('Deals', id)),
				);
				expect(reviewed).toEqual([]);
				const invoice = rowsBy(desk.books('invoices'), 'reference_number');
				expectSame(
					deals.map(({ id, Deal_Name: name }) => {
						const [line = {}] = (invoice(id).line_items ?? []) as Row[];
						return [name, line.name || line.description] as const;
					}),
				);
				bystanders.expectUntouched(reviewed);
			},
			patience,
		);
	},
);
