import { cents } from '../money.mts';
import { textAt, type Item } from '../pair.mts';
import { holds, only, same, type Scene } from '../scene.mts';
import type { Step } from '../step.mts';
import { agreed, customerWithDeal, moneyTime, type Customer } from './moneyScene.mts';

/** Five lines, two of them of one item, two taxes, and a discount of ten per cent on all of it. */
async function lampInvoice(scene: Scene, customer: Customer, tag: string): Promise<string> {
	const { desk, customerId, dealId } = customer;
	const lamp = desk.item({ name: `Lamp ${tag}`, rate: 33.35, sku: `LAMP-${tag}` });
	const book = desk.item({ name: `Book ${tag}`, rate: 9.99, sku: `BOOK-${tag}` });
	const [vat19, vat7] = [desk.tax(19), desk.tax(7)];
	const invoice = desk.invoice(customerId, {
		reference_number: dealId,
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
	});
	const id = textAt(invoice, 'invoice_id');
	await agreed(scene, customer, [id]);
	return id;
}

/** Books items (or free text) of the lines of an Invoice in CRM. */
function itemsOfLines(customer: Customer, invoice: Item): string[] {
	const products = customer.desk.pair.crm('Products');
	return (invoice.Invoiced_Items as Item[]).map((line) => {
		const product = products.find(({ id }) => id === textAt(line, 'Product_Name.id'));
		return textAt(product, 'Zoho_Books_ID');
	});
}

export const invoiceCreated: Step = {
	name: 'invoice_created',
	proves:
		'An invoice with five lines, two taxes and a discount becomes a CRM Invoice with the same lines and cents, on its Deal, and Books is not written to.',
	async run(scene) {
		const customer = await customerWithDeal(scene, 'Kepler Orbits', 'johannes@kepler-orbits.example');
		const { desk, accountId, dealId } = customer;
		const since = scene.log.length;
		const id = await lampInvoice(scene, customer, 'K');
		const [books, crm] = [desk.invoiceNow(id), only('CRM Invoices', desk.linked('Invoices', id))];
		same('the total in cents', cents(crm.Grand_Total), cents(books.total));
		same('the Deal of the Invoice', textAt(crm, 'Deal_Name__s.id'), dealId);
		same('the Account of the Invoice', textAt(crm, 'Account_Name.id'), accountId);
		same('the number', textAt(crm, 'Zoho_Books_Number'), textAt(books, 'invoice_number'));
		const lines = (books.line_items as Item[]).map((line) => textAt(line, 'item_id') || 'free-text');
		same('what the lines are of', itemsOfLines(customer, crm), lines);
		same('writes to Books', scene.calls(since, 'books', 'write').length, 0);
	},
};

export const invoiceEdited: Step = {
	name: 'invoice_edited',
	proves: 'A line removed and another changed in Books do so in CRM, and the Deal follows.',
	async run(scene) {
		const customer = await customerWithDeal(scene, 'Brahe Instruments', 'tycho@brahe-instruments.example');
		const { desk } = customer;
		const id = await lampInvoice(scene, customer, 'B');
		const before = cents(desk.invoiceNow(id).total);
		const [first, , ...rest] = desk.invoiceNow(id).line_items as Item[];
		desk.updateInvoice(id, { line_items: [{ ...first, quantity: 4 }, ...rest] });
		holds('another total in Books', cents(desk.invoiceNow(id).total) !== before);
		await agreed(scene, customer, [id]);
		const crm = only('CRM Invoices', desk.linked('Invoices', id));
		const lines = crm.Invoiced_Items as Item[];
		same('lines in CRM', lines.length, 4);
		same('the quantity of the first line', Number(lines[0]?.Quantity), 4);
	},
};

export const invoiceVoided: Step = {
	name: 'invoice_voided',
	proves: 'An invoice made void in Books is cancelled in CRM, and counts no more for its Deal.',
	async run(scene) {
		const customer = await customerWithDeal(scene, 'Huygens Clocks', 'christiaan@huygens-clocks.example');
		const { desk } = customer;
		const id = await lampInvoice(scene, customer, 'H');
		desk.voidInvoice(id);
		await scene.eventually(
			'the Invoice cancelled in CRM',
			() => desk.linked('Invoices', id)[0]?.Status === 'Cancelled',
			() => desk.linked('Invoices', id),
			moneyTime,
		);
		await agreed(scene, customer, [id]);
		same('the state of the Invoice', only('CRM Invoices', desk.linked('Invoices', id)).Status, 'Cancelled');
	},
};
