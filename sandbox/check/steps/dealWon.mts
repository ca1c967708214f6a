import { cents, MoneyDesk } from '../money.mts';
import { textAt, type Item } from '../pair.mts';
import { holds, only, same, type Scene } from '../scene.mts';
import type { Step } from '../step.mts';
import { dealAmounts, moneyTime } from './moneyScene.mts';

async function deliverAgain({ url, body }: { url: string; body: string }): Promise<void> {
	const headers = { 'content-type': 'application/json' };
	const answer = await fetch(url, { method: 'POST', headers, body });
	await answer.arrayBuffer();
	same('the answer to the third notification', answer.status, 200);
}

/** Wins the Deal and has its notification delivered twice at once, and once more when it no longer folds into the first execution. */
async function winThreeTimes(scene: Scene, desk: MoneyDesk, dealId: string): Promise<void> {
	const { log } = scene.simulator.world.deliveries;
	const count = log.length;
	const restore = scene.misbehave({ on: 'delivery', service: 'crm', what: 'double', times: 1 });
	desk.pair.updateInCrm('Deals', dealId, { Stage: 'Closed Won' });
	restore();
	const [sent] = log.slice(count).filter(({ about }) => about.startsWith('Deals'));
	holds('a notification of the Deal', sent !== undefined, log.slice(count));
	await new Promise((resolve) => setTimeout(resolve, 1_100));
	await deliverAgain(sent);
}

/** Looks for one invoice, one customer and the links between all of them, in both systems. */
async function invoiceOnce(scene: Scene, desk: MoneyDesk, name: string, id: string): Promise<void> {
	const { pair } = desk;
	const invoices = () => pair.books('invoices').filter(({ reference_number }) => reference_number === id);
	const link = () => textAt(desk.dealNow(id), 'Zoho_Books_ID');
	await scene.eventually(
		'an invoice in Books, and its link on the Deal',
		() => invoices().length > 0 && link() !== '',
		() => ({ invoices: invoices().length, link: link() }),
		moneyTime,
	);
	await scene.quiet();
	const invoice = only('invoices of the Deal in Books', invoices());
	same('the link on the Deal', link(), invoice.invoice_id);
	same('state and total', [invoice.status, cents(invoice.total)], ['draft', 48_050]);
	same('lines', (invoice.line_items as Item[]).length, 1);
	const customer = only(
		'Books customers of that name',
		pair.books().filter((each) => each.contact_name === name),
	);
	same('the customer of the invoice', invoice.customer_id, customer.contact_id);
	const linked = only('CRM accounts of that name', pair.accountsNamed(name));
	same("the Account's link", linked.Zoho_Books_ID, customer.contact_id);

	await scene.eventually(
		'the invoice in CRM, on its Deal',
		() => desk.linked('Invoices', textAt(invoice, 'invoice_id')).length > 0,
		() => pair.crm('Invoices').length,
		moneyTime,
	);
	await scene.quiet();
	const back = only('CRM Invoices', desk.linked('Invoices', textAt(invoice, 'invoice_id')));
	same('the Deal of the Invoice', textAt(back, 'Deal_Name__s.id'), id);
	same('the Deal: invoiced, paid, due', dealAmounts(desk, id), [48_050, 0, 48_050]);
	only('invoices of the Deal in Books, afterwards', invoices());
}

export const dealWonInvoiceOnce: Step = {
	name: 'deal_won_invoice_once',
	proves:
		'A won Deal whose notification comes three times, two of them while the first is at work, makes one Books invoice; its customer is made on the way.',
	async run(scene) {
		const { pair } = scene;
		const desk = new MoneyDesk(pair);
		const name = 'Noether Symmetry';
		// In silence: else the contacts template would bring it to Books first.
		const account = pair.createInCrm('Accounts', { Account_Name: name }, true);
		const deal = desk.deal(`${name} lighting`, { Amount: 480.5, Account_Name: { id: account.id } });
		const id = textAt(deal, 'id');
		scene.switches.latency = 150; // So that executions overlap.
		try {
			await winThreeTimes(scene, desk, id);
			await invoiceOnce(scene, desk, name, id);
		} finally {
			scene.switches.latency = 0;
		}
	},
};
