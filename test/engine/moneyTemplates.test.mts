import { tenantsOf } from '../../sandbox/launcher/credentials.mts';
import { describeWhere } from '../support/where.mts';
import type { Zoho } from '../support/zoho.mts';
import { booksInvoicesToCrm } from '../../workflows/src/booksInvoicesToCrm.mts';
import { booksPaymentsToCrm } from '../../workflows/src/booksPaymentsToCrm.mts';
import { dealWonToBooks } from '../../workflows/src/dealWonToBooks.mts';
import { booksItemsToCrm, crmProductsToBooks } from '../../workflows/src/items.mts';
import { setUpSync } from '../../workflows/src/setUpSync.mts';
import { booksVendorsToCrm, crmVendorsToBooks } from '../../workflows/src/vendors.mts';
import { Desk, textAt, type Row } from './moneySupport.mts';
import { crmRows, deskCrm, folder, run, start } from './templateSupport.mts';

let zoho: Zoho;
let desk: Desk;

const only = <T,>(list: T[]): T => {
	expect(list).toHaveLength(1);
	return list[0] as T;
};

describeWhere(folder !== undefined, "n8n's own nodes are not here: the sandbox has not installed n8n yet")(
	'the money templates, in the engine',
	() => {
		beforeAll(async () => {
			zoho = await start();
			desk = new Desk(zoho);
		});
		afterAll(async () => {
			await zoho.stop();
		});
		beforeEach(async () => {
			zoho.simulator.reset({ tenants: tenantsOf('eu', 'in') });
			const { output } = await run(setUpSync, [{}]);
			expect(String(output('Report')[0]?.json.report)).not.toContain('NOT OK');
		});

		/** Five lines, two taxes, a discount; one line without an item. */
		function invoiceOf(customer: Row, more: Row = {}): Row {
			const vat19 = desk.taxId('VAT 19');
			const vat7 = desk.taxId('VAT 7');
			const lamp = desk.create('items', { name: 'Lamp', rate: 33.35, sku: 'LAMP' });
			const book = desk.create('items', { name: 'Book', rate: 9.99, sku: 'BOOK' });
			return desk.create('invoices', {
				customer_id: customer.contact_id,
				date: '2026-11-01',
				due_date: '2026-12-01',
				discount: '10%',
				is_discount_before_tax: true,
				discount_type: 'entity_level',
				line_items: [
					{ item_id: lamp.item_id, quantity: 3, rate: 33.35, tax_id: vat19 },
					{ item_id: book.item_id, quantity: 7, rate: 9.99, tax_id: vat7 },
					{ name: 'Assembly', description: 'On site', quantity: 1.5, rate: 61.1, tax_id: vat19 },
					{ item_id: lamp.item_id, quantity: 1, rate: 29.95, tax_id: vat19 },
					{ item_id: book.item_id, quantity: 2, rate: 0.37, tax_id: vat7 },
				],
				...more,
			});
		}

		test('an invoice of a customer that CRM lacks: Account, Products, Invoice with all lines and the Deal', async () => {
			const customer = desk.customer('Acme');
			const deal = desk.deal({ Deal_Name: 'Lighting' });
			const invoice = invoiceOf(customer, { reference_number: deal.id });
			const { reviewed } = await run(booksInvoicesToCrm, [desk.invoiceEvent(invoice.invoice_id)]);
			expect(reviewed).toEqual([]);
			const account = only(crmRows('Accounts'));
			expect(account).toMatchObject({ Account_Name: 'Acme', Zoho_Books_ID: customer.contact_id });
			const written = only(crmRows('Invoices'));
			expect(written).toMatchObject({
				Zoho_Books_ID: invoice.invoice_id,
				Grand_Total: invoice.total,
				Balance_Due: invoice.balance,
				Amount_Paid: 0,
			});
			expect(written.Invoiced_Items).toHaveLength(5);
			expect(textAt(written.Account_Name)).toBe(account.id);
			expect(textAt(written.Deal_Name__s)).toBe(deal.id);
			expect(crmRows('Products').map(({ Zoho_Books_ID: id }) => id)).toHaveLength(4);
			expect(only(crmRows('Deals'))).toMatchObject({ Amount_Invoiced: invoice.total, Amount_Paid: 0, Balance_Due: invoice.total });

			const again = await run(booksInvoicesToCrm, [desk.invoiceEvent(invoice.invoice_id)]);
			expect(again.reviewed).toEqual([]);
			expect(again.counts).toMatchObject({ books: { read: 0, write: 0 }, crm: { write: 0 } });
		});

		test('two invoices of one new customer in one batch', async () => {
			const customer = desk.customer('Acme');
			const one = invoiceOf(customer);
			const two = desk.create('invoices', {
				customer_id: customer.contact_id,
				line_items: [{ name: 'Hours', quantity: 2, rate: 80 }],
			});
			const { reviewed } = await run(booksInvoicesToCrm, [
				desk.invoiceEvent(one.invoice_id),
				desk.invoiceEvent(two.invoice_id),
			]);
			expect(reviewed).toEqual([]);
			expect(crmRows('Accounts')).toHaveLength(1);
			expect(crmRows('Invoices').map(({ Grand_Total: total }) => total).sort()).toEqual([one.total, two.total].sort());
		});

		test('an individual becomes a Contact, and the invoice is theirs', async () => {
			const customer = desk.create('contacts', {
				contact_name: 'Cher Bono',
				contact_type: 'customer',
				customer_sub_type: 'individual',
				contact_persons: [{ first_name: 'Cher', last_name: 'Bono', email: 'cher@example.com', is_primary_contact: true }],
			});
			const invoice = desk.create('invoices', {
				customer_id: customer.contact_id,
				line_items: [{ name: 'Song', quantity: 1, rate: 12 }],
			});
			const { reviewed } = await run(booksInvoicesToCrm, [desk.invoiceEvent(invoice.invoice_id)]);
			expect(reviewed).toEqual([]);
			expect(crmRows('Accounts')).toEqual([]);
			const contact = only(crmRows('Contacts'));
			expect(textAt(only(crmRows('Invoices')).Contact_Name)).toBe(contact.id);
		});

		test('an edit replaces the lines, a void cancels, and the Deal follows', async () => {
			const customer = desk.customer('Acme');
			const deal = desk.deal({ Deal_Name: 'Lighting' });
			const invoice = invoiceOf(customer, { reference_number: deal.id });
			await run(booksInvoicesToCrm, [desk.invoiceEvent(invoice.invoice_id)]);
			const lines = (desk.invoice(invoice.invoice_id).line_items as Row[]).slice(0, 4);
			desk.update('invoices', invoice.invoice_id, { line_items: lines });
			const edited = desk.invoice(invoice.invoice_id);
			expect(edited.total).not.toBe(invoice.total);
			expect((await run(booksInvoicesToCrm, [desk.invoiceEvent(invoice.invoice_id)])).reviewed).toEqual([]);
			expect(only(crmRows('Invoices'))).toMatchObject({ Grand_Total: edited.total });
			expect(only(crmRows('Invoices')).Invoiced_Items).toHaveLength(4);
			expect(only(crmRows('Deals')).Amount_Invoiced).toBe(edited.total);

			zoho.simulator.desk({ system: 'books', location: 'eu', collection: 'invoices', action: 'void', id: String(invoice.invoice_id) } as never);
			expect((await run(booksInvoicesToCrm, [desk.invoiceEvent(invoice.invoice_id)])).reviewed).toEqual([]);
			expect(only(crmRows('Invoices'))).toMatchObject({ Status: 'Cancelled', Zoho_Books_Status: 'void', Balance_Due: 0 });
			expect(only(crmRows('Deals')).Amount_Invoiced).toBe(0);
		});

		test('payments: in part, twice delivered, refunded, deleted', async () => {
			const customer = desk.customer('Acme');
			const deal = desk.deal({ Deal_Name: 'Lighting' });
			const invoice = invoiceOf(customer, { reference_number: deal.id });
			await run(booksInvoicesToCrm, [desk.invoiceEvent(invoice.invoice_id)]);
			const carry = async (payment: Row, type = 'updated') =>
				await run(booksPaymentsToCrm, [
					desk.event('customerPayment', type === 'deleted' ? { payment_id: payment.payment_id } : { ...desk.books('customerpayments').find((one) => one.payment_id === payment.payment_id) }, payment.payment_id, type),
				]);
			const part = desk.pay(invoice, 120, 100);
			expect((await carry(part)).reviewed).toEqual([]);
			expect((await carry(part)).reviewed).toEqual([]);
			const total = Number(invoice.total);
			expect(only(crmRows('Invoices'))).toMatchObject({ Amount_Paid: 100, Zoho_Books_Status: 'partially_paid', Last_Payment_Date: '2026-11-05' });
			expect(Number(only(crmRows('Invoices')).Balance_Due)).toBeCloseTo(total - 100, 5);
			expect(only(crmRows('Deals')).Amount_Paid).toBe(100);
			expect(only(crmRows('Books_Payments'))).toMatchObject({ Zoho_Books_ID: part.payment_id, Amount: 120, Unused_Amount: 20 });

			desk.remove('customerpayments', part.payment_id);
			expect((await carry(part, 'deleted')).reviewed).toEqual([]);
			expect(only(crmRows('Books_Payments'))).toMatchObject({ Amount: 0, Unused_Amount: 0, Zoho_Books_ID: null });
			expect(only(crmRows('Invoices'))).toMatchObject({ Amount_Paid: 0, Last_Payment_Date: null });
			expect(only(crmRows('Deals')).Amount_Paid).toBe(0);
		});

		test('a Deal that was made after the invoice counts it when the Invoice is put on it, not when it is paid', async () => {
			const customer = desk.customer('Acme');
			const invoice = invoiceOf(customer);
			await run(booksInvoicesToCrm, [desk.invoiceEvent(invoice.invoice_id)]);
			const deal = desk.deal({ Deal_Name: 'Lighting', Account_Name: { id: only(crmRows('Accounts')).id } });
			const payment = desk.pay(invoice, 100);
			expect((await run(booksPaymentsToCrm, [desk.event('customerPayment', payment, payment.payment_id)])).reviewed).toEqual([]);
			expect(only(crmRows('Invoices'))).toMatchObject({ Amount_Paid: 100 });
			expect(only(crmRows('Invoices')).Deal_Name__s ?? null).toBeNull();
			expect(only(crmRows('Deals')).Amount_Paid ?? null).toBeNull();

			expect((await run(booksInvoicesToCrm, [desk.invoiceEvent(invoice.invoice_id)])).reviewed).toEqual([]);
			expect(textAt(only(crmRows('Invoices')).Deal_Name__s)).toBe(deal.id);
			expect(only(crmRows('Deals'))).toMatchObject({ Amount_Invoiced: invoice.total, Amount_Paid: 100 });
		});

		test('items and Products, both ways', async () => {
			const item = desk.create('items', { name: 'Lamp', rate: 33.35, sku: 'LAMP', description: 'Bright' });
			expect((await run(booksItemsToCrm, [desk.event('item', { ...item }, item.item_id)])).reviewed).toEqual([]);
			const product = crmRows('Products').find(({ Product_Code: code }) => code === 'LAMP') as Row;
			expect(product).toMatchObject({ Product_Name: 'Lamp', Unit_Price: 33.35, Zoho_Books_ID: item.item_id });
			const echo = await run(crmProductsToBooks, [desk.crmEvent('Products', product.id)]);
			expect(echo.counts.books).toEqual({ read: 0, write: 0 });

			deskCrm('Products', { Unit_Price: 35 }, String(product.id));
			const edit = await run(crmProductsToBooks, [desk.crmEvent('Products', product.id)]);
			expect(edit.reviewed).toEqual([]);
			expect(edit.counts.books.write).toBe(1);
			expect(only(desk.books('items'))).toMatchObject({ rate: 35, name: 'Lamp' });

			const made = deskCrm('Products', { Product_Name: 'Cable', Product_Code: 'CBL', Unit_Price: 4.5, Product_Active: true });
			expect((await run(crmProductsToBooks, [desk.crmEvent('Products', made.id)])).reviewed).toEqual([]);
			const cable = desk.books('items').find(({ name }) => name === 'Cable') as Row;
			expect(crmRows('Products').find(({ id }) => id === made.id)?.Zoho_Books_ID).toBe(cable.item_id);
			const back = await run(booksItemsToCrm, [desk.event('item', cable, cable.item_id)]);
			expect(back.counts.crm.write).toBe(0);
		});

		test('vendors, both ways, apart from a customer of the same name', async () => {
			desk.customer('Acme');
			const vendor = desk.create('contacts', {
				contact_name: 'Acme',
				contact_type: 'vendor',
				contact_persons: [{ first_name: 'Vic', last_name: 'Orr', email: 'vic@acme.example', phone: '+44 1', is_primary_contact: true }],
			});
			expect((await run(booksVendorsToCrm, [desk.event('contact', vendor, vendor.contact_id)])).reviewed).toEqual([]);
			const inCrm = only(crmRows('Vendors'));
			expect(inCrm).toMatchObject({ Vendor_Name: 'Acme', Email: 'vic@acme.example', Zoho_Books_ID: vendor.contact_id });

			deskCrm('Vendors', { Phone: '+44 2' }, String(inCrm.id));
			expect((await run(crmVendorsToBooks, [desk.crmEvent('Vendors', inCrm.id)])).reviewed).toEqual([]);
			const changed = desk.books('contacts').find(({ contact_id: id }) => id === vendor.contact_id) as Row & { contact_persons: Row[] };
			expect(only(changed.contact_persons)).toMatchObject({ phone: '+44 2', email: 'vic@acme.example' });

			const made = deskCrm('Vendors', { Vendor_Name: 'Paper Mill', Email: 'mill@example.com' });
			expect((await run(crmVendorsToBooks, [desk.crmEvent('Vendors', made.id)])).reviewed).toEqual([]);
			const mill = desk.books('contacts').find(({ contact_name: name }) => name === 'Paper Mill') as Row;
			expect(mill).toMatchObject({ contact_type: 'vendor' });
			expect(crmRows('Vendors').find(({ id }) => id === made.id)?.Zoho_Books_ID).toBe(mill.contact_id);
		});

		test('a won Deal becomes one invoice for a customer made on the way', async () => {
			const account = deskCrm('Accounts', { Account_Name: 'Acme', Billing_City: 'Leeds' });
			const deal = desk.deal({ Deal_Name: 'Lighting', Amount: 500, Account_Name: { id: account.id }, Stage: 'Closed Won' });
			for (let time = 0; time < 3; time++)
				expect((await run(dealWonToBooks, [desk.crmEvent('Deals', deal.id)])).reviewed).toEqual([]);
			const invoice = only(desk.books('invoices'));
			expect(invoice).toMatchObject({ total: 500, status: 'draft', reference_number: deal.id });
			expect(only(crmRows('Deals')).Zoho_Books_ID).toBe(invoice.invoice_id);
			expect(only(crmRows('Accounts')).Zoho_Books_ID).toBe(invoice.customer_id);
		});
	},
);
