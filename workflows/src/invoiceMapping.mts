/** The default mapping of Books invoices to CRM Invoices. Lines, amounts and currency come from *Convert Invoice*, see `withAmounts`. */

import type { Field } from './nodes.mts';

/** CRM's own picklist knows fewer states than Books; the exact one stands in Zoho_Books_Status. */
const status = `({ draft: 'Created', void: 'Cancelled' })[$json.status] ?? 'Delivered'`;

/** What a payment changes on an invoice, too. */
export const invoiceState: readonly Field[] = [
	['Status', `={{ ${status} }}`],
	['Zoho_Books_Status', '={{ $json.status }}'],
	['Amount_Paid', "={{ $json.status === 'void' ? 0 : Number($json.payment_made ?? 0) + Number($json.credits_applied ?? 0) }}", 'number'],
	['Balance_Due', "={{ $json.status === 'void' ? 0 : $json.balance }}", 'number'],
	['Last_Payment_Date', '={{ $json.last_payment_date || null }}'],
];

/** Adds what *Convert Invoice* made to the mapped fields. `Grand_Total` is not written, it tells what CRM must arrive at. */
export const withAmounts = (convert: string) => {
	const crm = `$('${convert}').item.json.crm`;
	return `={{ { ...$json, ...${crm}.currency, ...${crm}.fields, Grand_Total: ${crm}.grandTotal } }}`;
};

/** Books invoice, with `crm_id` and `deal` beside its own fields → CRM Invoice without lines. */
export const invoiceToCrm: readonly Field[] = [
	['Subject', '=Invoice {{ $json.invoice_number }}'],
	['Zoho_Books_Number', '={{ $json.invoice_number }}'],
	['Invoice_Date', '={{ $json.date }}'],
	['Due_Date', '={{ $json.due_date || null }}'],
	['Purchase_Order', '={{ $json.reference_number }}'],
	['Account_Name', "={{ $json.crm_module === 'Accounts' ? { id: $json.crm_id } : null }}", 'object'],
	['Contact_Name', "={{ $json.crm_module === 'Contacts' ? { id: $json.crm_id } : null }}", 'object'],
	['Deal_Name__s', '={{ $json.deal ? { id: $json.deal.id } : null }}', 'object'],
	...invoiceState,
	['Terms_and_Conditions', '={{ $json.terms }}'],
	['Description', '={{ $json.notes }}'],
	['Billing_Street', "={{ [$json.billing_address?.address, $json.billing_address?.street2].filter(Boolean).join('\\n') }}"],
	['Billing_City', '={{ $json.billing_address?.city }}'],
	['Billing_State', '={{ $json.billing_address?.state }}'],
	['Billing_Code', '={{ $json.billing_address?.zip }}'],
	['Billing_Country', '={{ $json.billing_address?.country }}'],
];

/** What stands for an invoice where CRM has none: a note on its Deal, or on the customer. `invoice` is an expression for the Books invoice. */
export function invoiceNote(invoice: string, module: string, record: string) {
	const money = (amount: string) => `{{ ${invoice}.${amount} }} {{ ${invoice}.currency_code }}`;
	const content = [
		`Status: {{ ${invoice}.status }}`,
		`Date: {{ ${invoice}.date }}, due {{ ${invoice}.due_date }}`,
		`Total: ${money('total')}`,
		`Paid: ${money('payment_made')}`,
		`Balance: ${money('balance')}`,
	].join('\n');
	return { module, record, title: `=Zoho Books invoice {{ ${invoice}.invoice_number }}`, content: `=${content}` };
}
