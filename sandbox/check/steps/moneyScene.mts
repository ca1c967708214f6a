import { isDeepStrictEqual } from 'node:util';
import { cents, MoneyDesk } from '../money.mts';
import { textAt, type Item, type Pair } from '../pair.mts';
import { only, same, type Scene } from '../scene.mts';
import { linkedPerson } from './linkedPerson.mts';

/** Longer than for a contact: an invoice waits for its customer and products, and reads of Books wait for their turn. */
export const moneyTime = 60_000;

/** A company that both systems know, with one open Deal in CRM. */
export interface Customer {
	desk: MoneyDesk;
	customerId: string;
	accountId: string;
	dealId: string;
}

/** Makes a company in Books, waits for its Account, and gives that a Deal. */
export async function customerWithDeal(
	scene: Scene,
	company: string,
	email: string,
	pair: Pair = scene.pair,
): Promise<Customer> {
	const { customerId } = await linkedPerson(scene, company, email, pair);
	const desk = new MoneyDesk(pair);
	const account = only('CRM accounts of that name', pair.accountsNamed(company));
	const deal = desk.deal(`${company} lighting`, { Account_Name: { id: account.id } });
	await scene.quiet();
	return { desk, customerId, accountId: textAt(account, 'id'), dealId: textAt(deal, 'id') };
}

/** What CRM tells of a Books invoice, amounts in hundredths. */
export function inCrm(desk: MoneyDesk, invoiceId: string) {
	const invoice = desk.linked('Invoices', invoiceId)[0];
	return {
		state: textAt(invoice, 'Zoho_Books_Status'),
		total: cents(invoice?.Grand_Total),
		paid: cents(invoice?.Amount_Paid),
		balance: cents(invoice?.Balance_Due),
		lines: ((invoice?.Invoiced_Items ?? []) as Item[]).length,
	};
}

/** The same, as Books has it. A void invoice is worth nothing and owes nothing. */
function inBooks(desk: MoneyDesk, invoiceId: string) {
	const invoice = desk.invoiceNow(invoiceId);
	const isVoid = invoice.status === 'void';
	return {
		state: textAt(invoice, 'status'),
		total: cents(invoice.total),
		paid: isVoid ? 0 : cents(invoice.payment_made),
		balance: isVoid ? 0 : cents(invoice.balance),
		lines: (invoice.line_items as Item[]).length,
	};
}

/** Amounts of a Deal in hundredths: invoiced, paid, due. */
export function dealAmounts(desk: MoneyDesk, dealId: string): [invoiced: number, paid: number, due: number] {
	const { Amount_Invoiced, Amount_Paid, Balance_Due } = desk.dealNow(dealId);
	return [cents(Amount_Invoiced), cents(Amount_Paid), cents(Balance_Due)];
}

/** Waits until CRM tells of these invoices what Books does, and the Deal counts them; then looks again when all is quiet. */
export async function agreed(
	scene: Scene,
	{ desk, dealId }: Pick<Customer, 'desk' | 'dealId'>,
	invoiceIds: string[],
): Promise<void> {
	const books = () => invoiceIds.map((id) => inBooks(desk, id));
	const crm = () => invoiceIds.map((id) => inCrm(desk, id));
	const counted = () => books().filter(({ state }) => state !== 'void');
	const amounts = () =>
		(['total', 'paid', 'balance'] as const).map((part) =>
			counted().reduce((sum, each) => sum + each[part], 0),
		);
	await scene.eventually(
		'the same invoices in CRM, and their amounts on the Deal',
		() => isDeepStrictEqual(crm(), books()) && isDeepStrictEqual(dealAmounts(desk, dealId), amounts()),
		() => ({ books: books(), crm: crm(), deal: dealAmounts(desk, dealId) }),
		moneyTime,
	);
	await scene.quiet();
	same('the invoices in CRM, after all is quiet', crm(), books());
	same("the Deal's amounts, after all is quiet", dealAmounts(desk, dealId), amounts());
	for (const id of invoiceIds) only('CRM Invoices of the Books invoice', desk.linked('Invoices', id));
}

/** An invoice over one line of free text, of that net amount, carried over to CRM and its Deal. */
export async function simpleInvoice(scene: Scene, customer: Customer, amount: number): Promise<string> {
	const [id = ''] = await simpleInvoices(scene, customer, [amount]);
	return id;
}

export async function simpleInvoices(scene: Scene, customer: Customer, amounts: number[]): Promise<string[]> {
	const { desk, customerId, dealId } = customer;
	const ids = amounts.map((rate) => {
		const line_items = [{ name: 'Consulting', quantity: 1, rate, tax_id: desk.tax(19) }];
		return textAt(desk.invoice(customerId, { reference_number: dealId, line_items }), 'invoice_id');
	});
	await agreed(scene, customer, ids);
	return ids;
}

/** The one record that CRM keeps of a Books payment. */
export function paymentInCrm(desk: MoneyDesk, paymentId: string): Item {
	return only('records of the payment in CRM', desk.linked('Books_Payments', paymentId));
}
