import { cents, MoneyDesk } from '../money.mts';
import { textAt, type Item } from '../pair.mts';
import { holds, only, same, type Scene } from '../scene.mts';
import type { Fault } from '../../simulator/types.mts';
import type { Step } from '../step.mts';
import { moneyTime } from './moneyScene.mts';

interface Case {
	company: string;
	email: string;
	/** What happens to the webhook that tells of the customer. */
	fault: Pick<Fault, 'what' | 'delay'>;
}

/** The customer's webhook is overtaken, and right behind the invoice's; or it comes long after. */
const cases: readonly Case[] = [
	{
		company: 'Cantor Sets',
		email: 'georg@cantor-sets.example',
		fault: { what: 'reorder' },
	},
	{
		company: 'Dedekind Cuts',
		email: 'richard@dedekind-cuts.example',
		fault: { what: 'delay', delay: 4_000 },
	},
];

/** Makes item, customer and invoice within a moment, and keeps the customer's webhook back until the invoice's has arrived. Answers customer and invoice. */
function makeAtOnce(scene: Scene, desk: MoneyDesk, { company, email, fault }: Case): [Item, Item] {
	const item = desk.item({ name: `Set of ${company}`, rate: 12.5 });
	const restore = scene.misbehave({
		on: 'delivery',
		service: 'books',
		path: 'entity=customer',
		times: 1,
		...fault,
	});
	const customer = scene.pair.createCompanyInBooks(company, {
		first_name: 'Test',
		last_name: company,
		email,
	});
	restore();
	const invoice = desk.invoice(textAt(customer, 'contact_id'), {
		line_items: [{ item_id: item.item_id, quantity: 3, rate: 12.5, tax_id: desk.tax(19) }],
	});
	return [customer, invoice];
}

export const newCustomerAndInvoice: Step = {
	name: 'new_customer_and_invoice_at_once',
	proves:
		'A customer, an item and an invoice made at once, whose webhooks arrive in the wrong order, are one Account, one Contact, one Product and one Invoice.',
	async run(scene) {
		const { pair } = scene;
		const desk = new MoneyDesk(pair);
		const told: string[] = [];
		const listen = ({ service, state, about }: { service: string; state: string; about: string }) => {
			if (service === 'books' && state === 'delivered') told.push(about);
		};
		scene.simulator.world.events.on('delivery', listen);
		try {
			for (const each of cases) {
				told.length = 0;
				const [customer, invoice] = makeAtOnce(scene, desk, each);
				const [customerId, id] = [textAt(customer, 'contact_id'), textAt(invoice, 'invoice_id')];
				const standing = () => ({
					accounts: pair.accountsNamed(each.company).length,
					contacts: pair.crmContactsWith(each.email).length,
					invoices: desk.linked('Invoices', id).length,
				});
				await scene.eventually(
					`customer and invoice of ${each.company} in CRM`,
					() => Object.values(standing()).every((count) => count > 0),
					standing,
					moneyTime,
				);
				await scene.quiet();
				const place = (recordId: string) => told.findIndex((about) => about.includes(recordId));
				holds('the invoice told of before its customer', place(id) < place(customerId), told);

				const account = only('CRM accounts of that name', pair.accountsNamed(each.company));
				const contact = only('CRM contacts with the e-mail', pair.crmContactsWith(each.email));
				const crm = only('CRM Invoices', desk.linked('Invoices', id));
				const [line = {}] = invoice.line_items as Item[];
				only('Products of the item', desk.linked('Products', textAt(line, 'item_id')));
				same("the Account's link", account.Zoho_Books_ID, customerId);
				same('the Account of the Contact', textAt(contact, 'Account_Name.id'), account.id);
				same('the Account of the Invoice', textAt(crm, 'Account_Name.id'), account.id);
				same('the total in cents', cents(crm.Grand_Total), cents(desk.invoiceNow(id).total));
			}
		} finally {
			scene.simulator.world.events.off('delivery', listen);
		}
	},
};
