import { compare, notThere, type Comparison, type FieldRule } from './compare.mts';
import { sharedProducts } from './items.mts';
import type { Row, Snapshot } from './systems.mts';
import { amountAt, inWords, linkOf, lookupAt, rowsAt, textAt } from './values.mts';

const isVoid = (invoice: Row) => textAt(invoice, 'status') === 'void';

/** What an invoice means in money, in hundredths of its currency. A void one means nothing any more. */
export function moneyOf(invoice: Row): { total: number; paid: number; balance: number } {
	const total = amountAt(invoice, 'total');
	if (isVoid(invoice)) return { total, paid: 0, balance: 0 };
	const paid = amountAt(invoice, 'payment_made') + amountAt(invoice, 'credits_applied');
	return { total, paid, balance: amountAt(invoice, 'balance') };
}

/** CRM's picklist has fewer states than Books. */
function crmStatus(invoice: Row): string {
	const status = textAt(invoice, 'status');
	if (status === 'draft') return 'Created';
	return status === 'void' ? 'Cancelled' : 'Delivered';
}

/**
 * What each line of the Books invoice is of: an item, or one of the shared Products. Shipping is a line of its own in CRM; a heading
 * between lines is none.
 */
function linesOf(invoice: Row): string[] {
	const lines = rowsAt(invoice, 'line_items')
		.filter((line) => textAt(line, 'line_item_category') !== 'header')
		.map((line) => textAt(line, 'item_id') || 'free-text');
	return [...lines, ...(amountAt(invoice, 'shipping_charge') === 0 ? [] : ['shipping'])];
}

const text = (label: string, books: string, crm: string): FieldRule => ({
	label,
	books: (row) => textAt(row, books),
	crm: (row) => textAt(row, crm),
});

const money = (label: string, books: (row: Row) => number, crm: string): FieldRule => ({
	label,
	books: (row) => inWords(books(row)),
	crm: (row) => inWords(amountAt(row, crm)),
});

/** Deals that count this invoice, by the ledger that each of them keeps. */
function dealsCounting(deals: Row[], invoiceId: string): Row[] {
	return deals.filter((deal) => ledgerOf(deal).includes(invoiceId));
}

/** Ids of the Books invoices that a Deal says it counts. It remembers void ones, too, without an amount. An unreadable ledger counts none. */
export function ledgerOf(deal: Row): string[] {
	try {
		const ledger = JSON.parse(textAt(deal, 'Zoho_Books_Invoices') || '{}') as Record<string, { status?: unknown } | null>;
		return Object.keys(ledger).filter((id) => ledger[id]?.status !== 'void');
	} catch {
		return [];
	}
}

/** The Deal that an invoice names itself, by Zoho's own link or by the Deal's ID as its reference; '' where it names none. */
export function namedDeal(invoice: Row, deals: Row[]): string {
	const names = [textAt(invoice, 'zcrm_potential_id'), textAt(invoice, 'reference_number')];
	return names.find((name) => name !== '' && deals.some((deal) => textAt(deal, 'id') === name)) ?? '';
}

function dealTrouble(invoice: Row, crm: Row, deals: Row[]): string[] {
	const linked = lookupAt(crm, 'Deal_Name__s');
	const named = namedDeal(invoice, deals);
	if (named !== '' && linked !== named) {
		return [
			`it belongs to Deal ${named} and is linked with ${linked === '' ? 'none' : `Deal ${linked}`} in CRM`,
		];
	}
	if (isVoid(invoice)) return [];
	const counting = dealsCounting(deals, textAt(invoice, 'invoice_id')).map((deal) => textAt(deal, 'id'));
	if (counting.join() === linked) return [];
	const counts =
		counting.length === 0 ? 'no Deal counts it' : `it is counted by Deal ${counting.join(' and ')}`;
	return [`${counts}, and it is linked with ${linked === '' ? 'none' : `Deal ${linked}`} in CRM`];
}

function lineTrouble(invoice: Row, crm: Row, products: Map<string, string>): string[] {
	const lines = linesOf(invoice);
	const found = rowsAt(crm, 'Invoiced_Items').map(
		(line) => products.get(lookupAt(line, 'Product_Name')) ?? '',
	);
	if (lines.length !== found.length)
		return [`it has ${lines.length} lines in Books and ${found.length} in CRM`];
	const wrong = lines.filter((line, index) => found[index] !== line);
	if ([...lines].sort().join() === [...found].sort().join()) return [];
	const names = wrong.map((line) => (sharedProducts.includes(line) ? line : `item ${line}`));
	return [`its lines for ${names.join(', ')} have another Product in CRM`];
}

/** Invoices against Invoices: lines, amounts to the cent, state, customer and Deal. */
export function compareInvoices(snapshot: Snapshot): Comparison {
	const { invoices, crmInvoices, deals, accounts, persons, contacts, products = [] } = snapshot;
	const expected = invoices.map((row) => ({
		id: textAt(row, 'invoice_id'),
		name: textAt(row, 'invoice_number'),
		row,
		within: [textAt(row, 'customer_id')],
	}));
	const [module, title] = ['Invoices', 'invoices ↔ Invoices'];
	if (!crmInvoices) return notThere(module, title, expected.length);

	const productLinks = new Map(products.map((product) => [textAt(product, 'id'), linkOf(product)]));
	const accountLinks = new Map(accounts.map((account) => [textAt(account, 'id'), linkOf(account)]));
	const owners = new Map(
		contacts.flatMap((contact) =>
			rowsAt(contact, 'contact_persons').map((person): [string, string] => [
				textAt(person, 'contact_person_id'),
				textAt(contact, 'contact_id'),
			]),
		),
	);
	const personLinks = new Map(
		persons.map((person) => [textAt(person, 'id'), owners.get(linkOf(person)) ?? linkOf(person)]),
	);
	const customer: FieldRule = {
		label: 'customer',
		books: (row) => textAt(row, 'customer_id'),
		crm: (row) =>
			accountLinks.get(lookupAt(row, 'Account_Name')) ?? personLinks.get(lookupAt(row, 'Contact_Name')) ?? '',
	};
	return compare({
		module,
		title,
		noun: 'invoice',
		expected,
		// What was kept of an invoice that Books has no more says so itself.
		found: crmInvoices.filter((row) => textAt(row, 'Zoho_Books_Status') !== 'deleted'),
		nameField: 'Subject',
		// Invoices made by hand in CRM are nobody's business.
		bothWays: false,
		fields: [
			text('number', 'invoice_number', 'Zoho_Books_Number'),
			text('state', 'status', 'Zoho_Books_Status'),
			{ label: "CRM's own state", books: crmStatus, crm: (row) => textAt(row, 'Status') },
			text('date', 'date', 'Invoice_Date'),
			text('due date', 'due_date', 'Due_Date'),
			text('last payment', 'last_payment_date', 'Last_Payment_Date'),
			customer,
			money('total', (row) => moneyOf(row).total, 'Grand_Total'),
			money('paid', (row) => moneyOf(row).paid, 'Amount_Paid'),
			money('balance', (row) => moneyOf(row).balance, 'Balance_Due'),
		],
		further: (invoice, crm) => [
			...lineTrouble(invoice, crm, productLinks),
			...dealTrouble(invoice, crm, deals),
		],
	});
}
