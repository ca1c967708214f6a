import { type Exact, sum, toNumber } from '../crm/exact.mts';
import type { Address } from './contacts.mts';
import { amounts } from './documentAmounts.mts';
import type { Document } from './documentBody.mts';
import { invoiceDefaults } from './documentDefaults.mts';
import { shownLines } from './documentLines.mts';
import type { BooksOrg } from './org.mts';
import { primaryTexts } from './render.mts';
import { booksDate, booksTime } from './times.mts';
import type { DocumentTotals } from './totals.mts';
import type { Json } from './values.mts';

/** Shapes of invoices and estimates as recorded from a live organization, without the keys that only its printing needs. */

const termsLabel = ({ terms, texts }: Document) =>
	texts['payment_terms_label'] || (terms > 0 ? `Net ${terms}` : 'Due on Receipt');

/** Keys of rows and single documents of both kinds. */
function common(org: BooksOrg, document: Document, total: Exact): Json {
	const currency = org.documents.currency(document);
	const status = org.documents.statusOf(document);
	return {
		...(document.kind === 'invoice'
			? { invoice_id: document.id, invoice_number: document.number }
			: { estimate_id: document.id, estimate_number: document.number }),
		zcrm_potential_id: document.potentialId,
		zcrm_potential_name: '',
		customer_id: document.customerId,
		customer_name: org.contacts.byId.get(document.customerId)?.name ?? '',
		status,
		color_code: '',
		current_sub_status_id: '',
		current_sub_status: status,
		reference_number: document.reference,
		date: document.date,
		...(document.kind === 'invoice' ? { due_date: document.dueDate } : { expiry_date: document.dueDate }),
		currency_id: currency.id,
		currency_code: currency.code,
		total: toNumber(total),
		salesperson_id: '',
		salesperson_name: document.texts['salesperson_name'] ?? '',
		created_time: booksTime(document.createdAt, org.timeZone),
		last_modified_time: booksTime(document.modifiedAt, org.timeZone),
		is_viewed_by_client: false,
		client_viewed_time: '',
		template_type: 'standard',
		template_id: org.templateIds[document.kind],
		tags: [],
	};
}

/** What rows and single documents tell of an invoice. */
function ofInvoice(org: BooksOrg, document: Document): Json {
	return {
		currency_symbol: org.documents.currency(document).symbol,
		exchange_rate: document.rate,
		balance: toNumber(org.documents.balance(document)),
		write_off_amount: 0,
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

const urlOf = ({ id }: Document) => `https://zohosecurepay.example/books/secure?CInvoiceID=${id}`;

/** As recorded for an invoice that is due later; the other two are assumed. */
function dueDays(org: BooksOrg, document: Document): string {
	const days = (Date.parse(document.dueDate) - Date.parse(org.today())) / 86_400_000;
	if (document.status !== 'sent' || org.documents.statusOf(document) === 'paid') return '';
	if (days === 0) return 'Due Today';
	return days > 0 ? `Due in ${days} days` : `Overdue by ${-days} days`;
}

/** A row of `GET /invoices` or `GET /estimates`. It has neither lines nor taxes. */
export function documentRow(org: BooksOrg, document: Document): Json {
	const customer = org.contacts.byId.get(document.customerId);
	const shared = {
		...common(org, document, org.documents.totals(document).total),
		company_name: String(customer?.fields['company_name'] ?? ''),
		has_attachment: false,
	};
	if (document.kind === 'estimate') {
		const { acceptedDate, declinedDate, emailed } = document;
		return { ...shared, accepted_date: acceptedDate, declined_date: declinedDate, is_emailed: emailed };
	}
	const custom = org.customFields('invoice').render(document.custom);
	const { email, phone } = primaryTexts(customer);
	return {
		...shared,
		...ofInvoice(org, document),
		...custom.flat,
		due_days: dueDays(org, document),
		...(document.status === 'sent' ? { invoice_url: urlOf(document) } : {}),
		email,
		phone,
		project_name: '',
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

const addressParts = ['address', 'street2', 'city', 'state', 'country', 'phone', 'fax', 'attention'];
const partsOf = (address: Address | undefined) =>
	Object.fromEntries(addressParts.map((part) => [part, address?.[part] ?? '']));
const rowAddress = (address: Address | undefined) => ({
	...partsOf(address),
	zipcode: address?.['zip'] ?? '',
});

function detailAddress({ kind }: Document, address: Address | undefined): Json {
	const parts = { ...partsOf(address), zip: address?.['zip'] ?? '' };
	return kind === 'invoice'
		? { ...parts, street: address?.['address'] ?? '', country_code: address?.['country_code'] ?? '' }
		: parts;
}

function defaultAddress(address: Address | undefined): Json {
	const names = ['zip', 'country', 'address', 'city', 'phone', 'street2', 'state', 'fax', 'state_code'];
	return { ...Object.fromEntries(names.map((name) => [name, address?.[name] ?? ''])), city_code: '' };
}

/** A single document, as GET, POST and PUT answer and as webhooks carry it. */
export function documentDetail(org: BooksOrg, document: Document): Json {
	const totals = org.documents.totals(document);
	const customer = org.contacts.byId.get(document.customerId);
	const custom = org.customFields(document.kind).render(document.custom);
	return {
		...common(org, document, totals.total),
		...(document.kind === 'invoice' ? invoiceDetail(org, document) : estimateDetail(document, totals)),
		...custom.flat,
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		...amounts(org, document, totals),
		line_items: shownLines(org, document, totals),
		contact_persons: document.personIds,
		contact_persons_associated: [],
		contact_persons_details: [],
		contact_category: '',
		billing_address: detailAddress(document, customer?.billing),
		shipping_address: detailAddress(document, customer?.shipping),
		customer_default_billing_address: defaultAddress(customer?.billing),
		notes: document.texts['notes'] ?? '',
		terms: document.texts['terms'] ?? '',
		subject_content: document.texts['subject_content'] ?? '',
		documents: [],
		sub_statuses: [],
		exceptions: [],
		salesorders: [],
		approvers_list: [],
		lock_details: { can_lock: false },
		locked_actions: [],
		lock_detail: { can_lock: true, custom_locks: [], system_locks: [] },
		submitter_id: '',
		submitted_date: '',
		submitted_by: '',
		submitted_by_name: '',
		submitted_by_email: '',
		submitted_by_photo_url: '',
		approver_id: '',
		template_name: 'Standard Template',
		page_width: '8.27in',
		page_height: '11.69in',
		orientation: 'portrait',
		attachment_name: '',
		can_send_in_mail: false,
		allow_partial_payments: false,
		payment_options: { payment_gateways: [] },
		created_date: booksDate(document.createdAt, org.timeZone),
		created_by_id: org.user.id,
		last_modified_by_id: org.user.id,
	};
}

function invoiceDetail(org: BooksOrg, document: Document): Json {
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
		credits_applied: 0,
		tax_amount_withheld: 0,
		account_id: org.accountIds.receivable,
		account_name: 'Accounts Receivable',
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

function estimateDetail(document: Document, totals: DocumentTotals): Json {
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
