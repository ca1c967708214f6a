import { exact, rounded, sum, times, toNumber } from '../crm/exact.mts';
import type { Address } from './contacts.mts';
import type { Document } from './documentBody.mts';
import type { BooksOrg } from './org.mts';
import { primaryTexts } from './render.mts';
import { invoiceDefaults } from './documentDefaults.mts';
import { kinds } from './documentKinds.mts';
import { invoicesOf } from './documentStates.mts';
import { booksTime } from './times.mts';
import type { DocumentTotals } from './totals.mts';
import type { Json } from './values.mts';

/** What only invoices, estimates and sales orders show. */

export const termsLabel = ({ terms, texts }: Document) =>
	texts['payment_terms_label'] || (terms > 0 ? `Net ${terms}` : 'Due on Receipt');

/** What an order tells of an invoice or a bill that was made of it. */
export const madeOfOrder = (org: BooksOrg, document: Document): Json => ({
	[`${document.kind}_id`]: document.id,
	[`${document.kind}_number`]: document.number,
	status: org.documents.statusOf(document),
	date: document.date,
	due_date: document.dueDate,
	total: toNumber(org.documents.totals(document).total),
	balance: toNumber(org.documents.balance(document)),
});

/** What rows and single documents tell of an invoice. */
function ofInvoice(org: BooksOrg, document: Document): Json {
	return {
		currency_symbol: org.documents.currency(document).symbol,
		exchange_rate: document.rate,
		balance: toNumber(org.documents.balance(document)),
		write_off_amount: toNumber(document.writtenOff),
		last_payment_date: document.lastPaymentDate,
		shipping_charge: document.shipping,
		adjustment: document.adjustment,
		issued_date: document.status === 'sent' ? document.date : '',
		payment_expected_date: '',
		is_emailed: document.emailed,
		schedule_time: '',
		invoice_source: document.source === 'api' ? 'Api' : 'Client',
		sales_channel: 'direct_sales',
		reminders_sent: 0,
		last_reminder_sent_date: '',
		unprocessed_payment_amount: 0,
		ach_payment_initiated: false,
	};
}

const nameOfProject = (org: BooksOrg, { lines }: Document): string => {
	const project = lines.find(({ projectId }) => projectId !== '')?.projectId ?? '';
	return org.projects.byId.get(project)?.name ?? '';
};

const urlOf = ({ id }: Document) => `https://zohosecurepay.example/books/secure?CInvoiceID=${id}`;

/** As recorded for an invoice that is due later; the other two are assumed. */
export function dueDays(org: BooksOrg, document: Document): string {
	const days = (Date.parse(document.dueDate) - Date.parse(org.today())) / 86_400_000;
	if (document.status !== kinds[document.kind].issued || org.documents.statusOf(document) === 'paid')
		return '';
	if (days === 0) return 'Due Today';
	return days > 0 ? `Due in ${days} days` : `Overdue by ${-days} days`;
}

/** A row of `GET /invoices`, beside what rows of all kinds have. */
export function invoiceRow(org: BooksOrg, document: Document): Json {
	const customer = org.contacts.byId.get(document.customerId);
	const custom = org.customFields('invoice').render(document.custom);
	const { email, phone } = primaryTexts(customer);
	return {
		...ofInvoice(org, document),
		...custom.flat,
		due_days: dueDays(org, document),
		...(document.status === 'sent' ? { invoice_url: urlOf(document) } : {}),
		email,
		phone,
		project_name: nameOfProject(org, document),
		country: customer?.billing['country'] ?? '',
		billing_address: rowAddress(customer?.billing),
		shipping_address: rowAddress(customer?.shipping),
		created_by: org.user.name,
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		updated_time: booksTime(document.modifiedAt, org.timeZone),
		transaction_type: 'renewal',
		documents: '',
	};
}

export const estimateRow = ({ acceptedDate, declinedDate, emailed }: Document): Json => ({
	accepted_date: acceptedDate,
	declined_date: declinedDate,
	is_emailed: emailed,
});

const addressParts = ['address', 'street2', 'city', 'state', 'country', 'phone', 'fax', 'attention'];
const partsOf = (address: Address | undefined) =>
	Object.fromEntries(addressParts.map((part) => [part, address?.[part] ?? '']));
const rowAddress = (address: Address | undefined) => ({
	...partsOf(address),
	zipcode: address?.['zip'] ?? '',
});

export function detailAddress({ kind }: Document, address: Address | undefined): Json {
	const parts = { ...partsOf(address), zip: address?.['zip'] ?? '' };
	return kind === 'invoice'
		? { ...parts, street: address?.['address'] ?? '', country_code: address?.['country_code'] ?? '' }
		: parts;
}

export function defaultAddress(address: Address | undefined): Json {
	const names = ['zip', 'country', 'address', 'city', 'phone', 'street2', 'state', 'fax', 'state_code'];
	return { ...Object.fromEntries(names.map((name) => [name, address?.[name] ?? ''])), city_code: '' };
}

export function invoiceDetail(org: BooksOrg, document: Document): Json {
	const currency = org.documents.currency(document);
	const { email } = primaryTexts(org.contacts.byId.get(document.customerId));
	const own = org.documents.of('invoice').filter(({ customerId }) => customerId === document.customerId);
	const owed = own.filter(({ status }) => status === 'sent').map((one) => org.documents.balance(one));
	return {
		...invoiceDefaults,
		...ofInvoice(org, document),
		email,
		currency_name_formatted: currency.name,
		customer_custom_fields: [],
		customer_custom_field_hash: {},
		payment_terms: document.terms,
		payment_terms_label: termsLabel(document),
		payment_made: toNumber(document.applied),
		credits_applied: toNumber(org.documents.credits.credited(document.id)),
		tax_amount_withheld: 0,
		account_id: org.accountIds.receivable,
		account_name: org.accountName(org.accountIds.receivable),
		estimate_id: document.estimateId,
		created_by_name: org.user.name,
		invoice_url: urlOf(document),
		contact: {
			customer_balance: toNumber(sum(owed)),
			credit_limit: 0,
			unused_customer_credits: toNumber(org.payments.unusedOf(document.customerId)),
			is_credit_limit_migration_completed: true,
		},
		qr_code: {
			qr_source: 'invoice_url',
			is_qr_enabled: false,
			qr_value: '',
			qr_description: 'Scan the QR code to view the configured information.',
		},
	};
}

export function estimateDetail(_org: BooksOrg, document: Document, totals: DocumentTotals): Json {
	const isInvoiced = document.status === 'invoiced';
	const total = toNumber(totals.total);
	return {
		is_transaction_created: isInvoiced,
		is_converted_to_open: false,
		is_progressive_quote: false,
		uninvoiced_amount: isInvoiced ? 0 : total,
		invoiced_amount: isInvoiced ? total : 0,
		sub_total_exclusive_of_discount: toNumber(totals.gross),
		estimate_url: `https://zohosecurepay.example/books/secure?CEstimateID=${document.id}`,
		cart_id: '',
		beat_id: '',
		beat_number: '',
		journey_plan_id: '',
		invoice_ids: [],
		subscription_ids: [],
		can_send_estimate_sms: true,
		retainerinvoices: [],
		estimate_type: '',
	};
}

/** Of Zoho's OpenAPI file: nobody has published a recorded one. */
const orderStates = (org: BooksOrg, order: Document): Json => {
	const status = org.documents.statusOf(order);
	return {
		order_status: order.status,
		invoiced_status: status === 'invoiced' || status === 'partially_invoiced' ? status : '',
		is_emailed: order.emailed,
	};
};

export function salesOrderRow(org: BooksOrg, order: Document): Json {
	const totals = org.documents.totals(order);
	const custom = org.customFields('salesorder').render(order.custom);
	const days = (Date.parse(order.dueDate) - Date.parse(org.today())) / 86_400_000;
	return {
		...orderStates(org, order),
		...custom.flat,
		sub_total: toNumber(totals.subTotal),
		bcy_total: toNumber(rounded(times(totals.total, exact(order.rate)), org.currency.places)),
		shipment_days: order.dueDate === '' ? 0 : days,
		email: primaryTexts(org.contacts.byId.get(order.customerId)).email,
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
	};
}

export function salesOrderDetail(org: BooksOrg, order: Document, totals: DocumentTotals): Json {
	const invoices = invoicesOf(order, org.documents.of('invoice'));
	return {
		...orderStates(org, order),
		estimate_id: order.estimateId,
		delivery_method: order.texts['delivery_method'] ?? '',
		crm_owner_id: order.texts['crm_owner_id'] ?? '',
		crm_custom_reference_id: order.texts['crm_custom_reference_id'] ?? '',
		discount_amount: toNumber(totals.discountTotal),
		invoices: invoices.map((invoice) => madeOfOrder(org, invoice)),
	};
}
