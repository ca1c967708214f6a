import { jsonLine, reportLines } from '../../../sandbox/audit/report.mts';
import { waitingIds } from '../../../sandbox/audit/reviewQueue.mts';
import { readFrom, readOver, takeSnapshot } from '../../../sandbox/audit/systems.mts';
import { startControlServer } from '../../../sandbox/simulator/server.mts';
import { AuditWorld, type Row } from './auditSupport.mts';

let world: AuditWorld;
let customer: Row;
let person: Row;
let account: Row;
let contact: Row;

/** One company with one person, in both systems, linked. */
function company(name = 'Acme'): void {
	customer = world.books('contacts', {
		contact_name: name,
		contact_type: 'customer',
		customer_sub_type: 'business',
		billing_address: { address: 'Mill Lane 1', street2: 'Floor 2', city: 'Leeds' },
		contact_persons: [
			{
				first_name: 'Pat',
				last_name: 'Orr',
				email: 'pat@acme.example',
				phone: '+44 1',
				is_primary_contact: true,
			},
		],
	});
	person = (customer.contact_persons as Row[])[0] as Row;
	account = world.crm('Accounts', {
		Account_Name: name,
		Billing_Street: 'Mill Lane 1\nFloor 2',
		Billing_City: 'Leeds',
		Zoho_Books_ID: customer.contact_id,
	});
	contact = world.crm('Contacts', {
		First_Name: 'Pat',
		Last_Name: 'Orr',
		Email: ' PAT@acme.example',
		Phone: '+44 1',
		Account_Name: { id: account.id },
		Zoho_Books_ID: person.contact_person_id,
	});
}

/** All differences in words, by module. */
async function says(options = {}): Promise<Record<string, string[]>> {
	const { modules } = await world.audit(options);
	return Object.fromEntries(
		Object.entries(modules)
			.map(([module, { differences }]) => [module, differences.map((each) => each.says)] as const)
			.filter(([, words]) => words.length > 0),
	);
}

beforeEach(() => {
	world = new AuditWorld();
});
afterEach(() => world.simulator.close());

describe('contacts', () => {
	beforeEach(() => company());

	test('two systems that agree have no differences; e-mails differ in case and blanks without meaning', async () => {
		const result = await world.audit();
		expect(await says()).toEqual({});
		expect(result).toMatchObject({ ok: true, differences: 0 });
		expect(result.modules.Accounts).toMatchObject({ books: 1, crm: 1 });
		expect(result.modules.Contacts).toMatchObject({ books: 1, crm: 1 });
	});

	test('a customer and its person that CRM lacks', async () => {
		world.act('crm', 'Contacts', 'delete', contact.id);
		world.act('crm', 'Accounts', 'delete', account.id);
		const { ok, differences, modules } = await world.audit();
		expect({ ok, differences }).toEqual({ ok: false, differences: 2 });
		expect(modules.Accounts?.counts.missing_in_crm).toBe(1);
		expect(modules.Contacts?.differences[0]?.says).toBe(
			`Books has contact person "Pat Orr" (${String(person.contact_person_id)}), and no record of Contacts is linked with it.`,
		);
	});

	test('CRM records without a link, and with one that leads nowhere, are missing in Books', async () => {
		const stray = world.crm('Accounts', { Account_Name: 'Stray' });
		const lost = world.crm('Contacts', { Last_Name: 'Lost', Zoho_Books_ID: '999' });
		expect(await says()).toEqual({
			Accounts: [`Accounts has "Stray" (${String(stray.id)}), and it is linked with no customer in Books.`],
			Contacts: [
				`Contacts has "Lost" (${String(lost.id)}), linked with contact person 999, and Books has none of that ID.`,
			],
		});
	});

	test('two records linked with one of Books', async () => {
		const twin = world.crm('Accounts', { Account_Name: 'Acme', Zoho_Books_ID: customer.contact_id });
		const { modules } = await world.audit();
		expect(modules.Accounts?.counts).toEqual({
			missing_in_crm: 0,
			missing_in_books: 0,
			doubled: 1,
			differing: 0,
		});
		expect(modules.Accounts?.differences[0]?.says).toContain(`${String(account.id)}, ${String(twin.id)}`);
	});

	test('fields that differ, and a person in the wrong company', async () => {
		world.changeCrm('Accounts', account.id, { Billing_City: 'York' });
		world.changeBooks('contactpersons', person.contact_person_id, { phone: '+44 2' });
		world.changeCrm('Contacts', contact.id, { Account_Name: null });
		const words = await says();
		expect(words.Accounts?.[0]).toContain('city is "Leeds" in Books and "York" in CRM');
		expect(words.Contacts?.[0]).toContain('phone is "+44 2" in Books and "+44 1" in CRM');
		expect(words.Contacts?.[0]).toContain(
			`company is "${String(customer.contact_id)}" in Books and "" in CRM`,
		);
	});

	test('what waits for a person is left out only on request', async () => {
		world.changeCrm('Contacts', contact.id, { Phone: '+44 3' });
		expect((await world.audit()).differences).toBe(1);
		const lenient = await world.audit({ reviewed: [String(person.contact_person_id)] });
		expect(lenient).toMatchObject({ ok: true, differences: 0 });
		expect(lenient.modules.Contacts?.reviewed).toHaveLength(1);
		expect((await world.audit({ reviewed: ['1'] })).differences).toBe(1);
	});

	test('an individual is a Contact without Account', async () => {
		const cher = world.books('contacts', {
			contact_name: 'Cher Bono',
			contact_type: 'customer',
			customer_sub_type: 'individual',
			contact_persons: [{ first_name: 'Cher', email: 'cher@example.com', is_primary_contact: true }],
		});
		const [own] = cher.contact_persons as Row[];
		expect(Object.keys(await says())).toEqual(['Contacts']);
		world.crm('Contacts', {
			Last_Name: 'Cher',
			Email: 'cher@example.com',
			Zoho_Books_ID: own?.contact_person_id,
		});
		expect(await says()).toEqual({});
	});

	test('vendors are compared with Vendors, not with Accounts', async () => {
		const vendor = world.books('contacts', {
			contact_name: 'Acme',
			contact_type: 'vendor',
			contact_persons: [
				{ last_name: 'Mill', email: 'mill@acme.example', phone: '+44 9', is_primary_contact: true },
			],
		});
		expect(Object.keys(await says())).toEqual(['Vendors']);
		world.crm('Vendors', {
			Vendor_Name: 'Acme',
			Email: 'mill@acme.example',
			Phone: '+44 8',
			Zoho_Books_ID: vendor.contact_id,
		});
		expect((await says()).Vendors?.[0]).toContain('phone is "+44 9" in Books and "+44 8" in CRM');
	});
});

describe('items', () => {
	test("price, code and name; the shared Products are nobody's", async () => {
		const item = world.books('items', { name: 'Lamp', rate: 33.35, sku: 'LAMP' });
		world.crm('Products', { Product_Name: 'Other (Zoho Books)', Zoho_Books_ID: 'free-text' });
		const product = world.crm('Products', {
			Product_Name: 'Lamp',
			Product_Code: 'LAMP',
			Unit_Price: 33.35,
			Product_Active: true,
			Zoho_Books_ID: item.item_id,
		});
		expect(await says()).toEqual({});
		world.changeCrm('Products', product.id, { Unit_Price: 33.36 });
		expect((await says()).Products?.[0]).toContain('price is "33.35" in Books and "33.36" in CRM');
		world.crm('Products', { Product_Name: 'Unknown to Books' });
		expect((await world.audit()).modules.Products?.counts).toMatchObject({
			missing_in_books: 1,
			differing: 1,
		});
	});
});

describe('money', () => {
	let deal: Row;
	let invoice: Row;
	let crmInvoice: Row;
	let productId: unknown;

	const ledger = (...ids: unknown[]) => JSON.stringify(Object.fromEntries(ids.map((id) => [String(id), {}])));

	beforeEach(() => {
		company();
		deal = world.crm('Deals', {
			Deal_Name: 'Lighting',
			Stage: 'Qualification',
			Account_Name: { id: account.id },
			Amount_Invoiced: 119,
			Amount_Paid: 0,
			Balance_Due: 119,
		});
		const tax = world.books('taxes', { tax_name: 'VAT 19', tax_percentage: 19 });
		invoice = world.books('invoices', {
			customer_id: customer.contact_id,
			date: '2026-11-01',
			due_date: '2026-11-30',
			reference_number: deal.id,
			line_items: [{ name: 'Assembly', quantity: 1, rate: 100, tax_id: tax.tax_id }],
		});
		productId = world.crm('Products', { Product_Name: 'Other (Zoho Books)', Zoho_Books_ID: 'free-text' }).id;
		world.changeCrm('Deals', deal.id, { Zoho_Books_Invoices: ledger(invoice.invoice_id) });
		crmInvoice = world.crm('Invoices', {
			Subject: 'Invoice',
			Status: 'Created',
			Invoice_Date: '2026-11-01',
			Due_Date: '2026-11-30',
			Account_Name: { id: account.id },
			Deal_Name__s: { id: deal.id },
			Zoho_Books_ID: invoice.invoice_id,
			Zoho_Books_Number: invoice.invoice_number,
			Zoho_Books_Status: invoice.status,
			Amount_Paid: 0,
			Balance_Due: 119,
			Invoiced_Items: [
				{
					Product_Name: { id: productId },
					Quantity: 1,
					List_Price: 100,
					Line_Tax: [{ name: 'VAT 19', percentage: 19 }],
				},
			],
		});
	});

	test('an invoice that agrees to the cent', async () => {
		expect(invoice.total).toBe(119);
		expect(await says()).toEqual({});
		expect((await world.audit()).modules.Invoices).toMatchObject({ books: 1, crm: 1 });
	});

	test('a cent, a line, a state, a customer', async () => {
		world.changeCrm('Invoices', crmInvoice.id, {
			Adjustment: 0.01,
			Zoho_Books_Status: 'sent',
			Account_Name: null,
			Invoiced_Items: [{ Product_Name: { id: productId }, Quantity: 1, List_Price: 0 }],
		});
		const [words = ''] = (await says()).Invoices ?? [];
		expect(words).toContain('total is "119.00" in Books and "119.01" in CRM');
		expect(words).toContain('it has 1 lines in Books and 2 in CRM');
		expect(words).toContain('state is "draft" in Books and "sent" in CRM');
		expect(words).toContain(`customer is "${String(customer.contact_id)}" in Books and "" in CRM`);
	});

	test('a line with the Product of something else', async () => {
		const item = world.books('items', { name: 'Lamp', rate: 1 });
		const other = world.crm('Products', {
			Product_Name: 'Lamp',
			Unit_Price: 1,
			Product_Active: true,
			Zoho_Books_ID: item.item_id,
		});
		const [line] = world.rows('crm', 'Invoices')[0]?.Invoiced_Items as Row[];
		world.changeCrm('Invoices', crmInvoice.id, {
			Invoiced_Items: [{ id: line?.id, Product_Name: { id: other.id } }],
		});
		expect((await says()).Invoices?.[0]).toContain('its lines for free-text have another Product in CRM');
	});

	test('the Deal: none linked, another one counts it, wrong amounts', async () => {
		const other = world.crm('Deals', {
			Deal_Name: 'Other',
			Stage: 'Qualification',
			Zoho_Books_Invoices: ledger(invoice.invoice_id),
			Amount_Invoiced: 119,
			Balance_Due: 119,
		});
		const words = await says();
		expect(words.Invoices?.[0]).toContain(`counted by Deal ${String(deal.id)} and ${String(other.id)}`);
		expect(words.Deals?.[0]).toContain('Amount_Invoiced is 119.00, and its invoices in Books make 0.00');
		expect(words.Deals?.[0]).toContain('which are not its invoices');

		world.act('crm', 'Deals', 'delete', other.id);
		world.changeCrm('Deals', deal.id, { Amount_Paid: 50 });
		expect((await says()).Deals).toEqual([
			`Deal "Lighting" (${String(deal.id)}): Amount_Paid is 50.00, and its invoices in Books make 0.00.`,
		]);
		world.changeCrm('Deals', deal.id, { Amount_Paid: 0 });
		world.changeCrm('Invoices', crmInvoice.id, { Deal_Name__s: null });
		expect((await says()).Invoices?.[0]).toContain(
			`it belongs to Deal ${String(deal.id)} and is linked with none in CRM`,
		);
	});

	test('a void invoice is cancelled, owes nothing and counts no more', async () => {
		world.act('books', 'invoices', 'void', invoice.invoice_id);
		const words = await says();
		expect(words.Invoices?.[0]).toContain('state is "void" in Books and "draft" in CRM');
		expect(words.Invoices?.[0]).toContain('balance is "0.00" in Books and "119.00" in CRM');
		expect(words.Deals?.[0]).toContain('its invoices in Books make 0.00');
		world.changeCrm('Invoices', crmInvoice.id, {
			Status: 'Cancelled',
			Zoho_Books_Status: 'void',
			Balance_Due: 0,
		});
		world.changeCrm('Deals', deal.id, { Zoho_Books_Invoices: '{}', Amount_Invoiced: 0, Balance_Due: 0 });
		expect(await says()).toEqual({});
	});

	test('payments: missing, doubled, and what was paid', async () => {
		const payment = world.books('customerpayments', {
			customer_id: customer.contact_id,
			payment_mode: 'cash',
			amount: 60,
			date: '2026-11-05',
			invoices: [{ invoice_id: invoice.invoice_id, amount_applied: 50 }],
		});
		const words = await says();
		expect(words.Books_Payments?.[0]).toContain('no record of Books_Payments is linked with it');
		expect(words.Invoices?.[0]).toContain('paid is "50.00" in Books and "0.00" in CRM');
		expect(words.Invoices?.[0]).toContain('balance is "69.00" in Books and "119.00" in CRM');
		expect(words.Deals?.[0]).toContain('Amount_Paid is 0.00, and its invoices in Books make 50.00');

		const kept = {
			Name: 'Payment',
			Amount: 60,
			Unused_Amount: 10,
			Payment_Date: '2026-11-05',
			Zoho_Books_Invoice_IDs: invoice.invoice_id,
			Zoho_Books_ID: payment.payment_id,
		};
		const record = world.crm('Books_Payments', kept);
		expect((await says()).Books_Payments).toBeUndefined();
		world.changeCrm('Books_Payments', record.id, { Unused_Amount: 0 });
		expect((await says()).Books_Payments?.[0]).toContain(
			'amount not used yet is "10.00" in Books and "0.00" in CRM',
		);
		world.crm('Books_Payments', kept);
		expect((await world.audit()).modules.Books_Payments?.counts.doubled).toBe(1);
	});

	test('a won Deal needs its document, and only one that exists', async () => {
		const won = world.crm('Deals', {
			Deal_Name: 'Won',
			Stage: 'Closed Won',
			Account_Name: { id: account.id },
		});
		expect((await says()).Deals).toEqual([
			`Deal "Won" (${String(won.id)}) is won, and no invoice or estimate in Books is linked with it.`,
		]);
		expect(await says({ wonStage: 'Won at last' })).toEqual({});
		world.changeCrm('Deals', won.id, { Zoho_Books_ID: '999' });
		expect((await says()).Deals?.[0]).toContain('Books has no invoice or estimate of that ID');
	});
});

describe('an edition without Invoices', () => {
	test('they are not compared, and Deals are by what they count', async () => {
		await world.simulator.close();
		world = new AuditWorld('standard');
		company();
		const invoice = world.books('invoices', {
			customer_id: customer.contact_id,
			line_items: [{ name: 'Assembly', quantity: 1, rate: 100 }],
		});
		const deal = world.crm('Deals', {
			Deal_Name: 'Lighting',
			Stage: 'Qualification',
			Zoho_Books_Invoices: JSON.stringify({ [String(invoice.invoice_id)]: {} }),
			Amount_Invoiced: 100,
			Balance_Due: 90,
		});
		const { modules } = await world.audit();
		expect(modules.Invoices).toMatchObject({ books: 1, absent: 'CRM has no such module' });
		expect(modules.Deals?.differences.map((each) => each.says)).toEqual([
			`Deal "Lighting" (${String(deal.id)}): Balance_Due is 90.00, and its invoices in Books make 100.00.`,
		]);
	});
});

describe('report', () => {
	test('a table with a line for each module, the differences in words, and one line of JSON', async () => {
		company();
		world.crm('Accounts', { Account_Name: 'Stray' });
		const result = await world.audit();
		const lines = reportLines(result);
		expect(lines[0]).toMatch(
			/^ +Books +CRM +missing in CRM +missing in Books +doubled +differing +in review$/,
		);
		expect(lines[1]).toMatch(/^customers ↔ Accounts +1 +2 +0 +1 +0 +0 +0$/);
		expect(lines.slice(0, 8).map((line) => line.length)).toEqual(
			Array.from({ length: 8 }, () => lines[0]?.length),
		);
		expect(lines.at(-1)).toMatch(/^Accounts: Accounts has "Stray"/);
		const json = JSON.parse(jsonLine(result)) as Row;
		expect(json).toMatchObject({ ok: false, differences: 1 });
		expect(json.modules).toMatchObject({
			Accounts: {
				books: 1,
				crm: 2,
				missing_in_crm: 0,
				missing_in_books: 1,
				doubled: 0,
				differing: 0,
				in_review: 0,
			},
		});
	});

	test('of the review queue, doubts and deletions wait for a person; failures do not', () => {
		const row = (kind: string, record_id: string) => ({
			key: `Zoho CRM record ${record_id} ${kind}`,
			record_id,
		});
		expect(waitingIds([row('in doubt', '1'), row('failed', '2'), row('deleted', '3')])).toEqual(['1', '3']);
	});
});

describe('reading', () => {
	test('over the control API the same comes out as in the same process', async () => {
		company();
		const server = await startControlServer({ simulator: world.simulator });
		const sides = [{ location: 'eu' }, { location: 'in' }] as const;
		const near = await takeSnapshot(readFrom(world.simulator), ...sides);
		const far = await takeSnapshot(readOver(server.url), ...sides);
		expect(far).toEqual(JSON.parse(JSON.stringify(near)));
		await expect(readOver(server.url)('crm', { location: 'us' }, 'Deals')).rejects.toThrow(
			'no crm organization',
		);
		await server.stop();
	});
});
