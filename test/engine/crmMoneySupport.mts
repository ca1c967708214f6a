/** CRM as the templates for money find it, and what they hand to the Zoho CRM node. */

import { ensureField } from '../../zoho/crm/metadata';
import { directClient } from '../support/directZoho.mts';
import { location, type CrmBench, type Row } from './crmSupport.mts';

/** The fields that the set-up makes for Deals. */
export async function makeDealFields(crm: CrmBench): Promise<void> {
	const client = directClient(crm.simulator, 'crm', location);
	await ensureField(client, 'Deals', { label: 'Zoho Books Invoices', type: 'textarea' });
	for (const label of ['Amount Invoiced', 'Amount Paid', 'Balance Due']) await ensureField(client, 'Deals', { label, type: 'currency' });
}

/** A Books invoice, as far as Deals go by it. */
export function invoice(n: number, more: Row = {}): Row {
	return {
		invoice_id: `46000000000${n}`,
		invoice_number: `INV-${n}`,
		status: 'sent',
		currency_code: 'EUR',
		exchange_rate: 1,
		total: 100,
		payment_made: 0,
		credits_applied: 0,
		write_off_amount: 0,
		balance: 100,
		last_modified_time: '2026-11-01T10:00:00+0000',
		...more,
	};
}

/** The form of an Invoice in CRM with these lines. */
export function crmInvoice(product: string, prices: number[], more: Row = {}): Row {
	return {
		Subject: 'Invoice INV-1',
		Invoiced_Items: prices.map((price) => ({ Product_Name: { id: product }, Quantity: 1, List_Price: price })),
		...more,
	};
}
