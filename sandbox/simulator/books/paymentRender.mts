import { type Exact, exact, rounded, sum, times, toNumber } from '../crm/exact.mts';
import type { BooksOrg } from './org.mts';
import type { Applied, Payment, Refund } from './paymentBody.mts';
import { booksTime } from './times.mts';
import type { Json } from './values.mts';

/** Shapes of payments as recorded from a live organization. */

/** In the base currency, at the payment's rate. */
export const inBase = (org: BooksOrg, { rate }: Payment, amount: Exact) =>
	toNumber(rounded(times(amount, exact(rate)), org.currency.places));

function common(org: BooksOrg, payment: Payment): Json {
	return {
		payment_id: payment.id,
		payment_number: payment.number,
		date: payment.date,
		payment_mode: payment.mode,
		amount: toNumber(payment.amount),
		unused_amount: toNumber(org.payments.unused(payment)),
		account_id: payment.accountId,
		account_name: org.accounts.nameOf(payment.accountId),
		description: payment.description,
		reference_number: payment.reference,
		customer_id: payment.contactId,
		customer_name: org.contacts.byId.get(payment.contactId)?.name ?? '',
		created_time: booksTime(payment.createdAt, org.timeZone),
		last_four_digits: '',
		payment_gateway: '',
		tax_account_id: '',
		tax_account_name: '',
		tax_amount_withheld: 0,
		payment_status: 'paid',
		settlement_status: '',
		sales_channel: '',
		tags: [],
	};
}

/** A row of `GET /customerpayments`. */
export function paymentRow(org: BooksOrg, payment: Payment): Json {
	const refunded = sum(payment.refunds.map(({ amount }) => amount));
	return {
		...common(org, payment),
		invoice_numbers: paidNumbers(org, payment),
		payment_mode_formatted: payment.mode,
		bcy_amount: inBase(org, payment, payment.amount),
		bcy_unused_amount: inBase(org, payment, org.payments.unused(payment)),
		bcy_refunded_amount: inBase(org, payment, refunded),
		last_modified_time: booksTime(payment.modifiedAt, org.timeZone),
		gateway_transaction_id: '',
		applied_invoices: [],
		has_attachment: false,
		documents: '',
		custom_fields_list: '',
		payment_type: payment.applied.length > 0 ? 'Invoice Payment' : 'Customer Advance',
	};
}

/** The numbers of what it pays. */
export const paidNumbers = (org: BooksOrg, { applied }: Payment): string =>
	applied.map(({ documentId }) => org.documents.byId.get(documentId)?.number ?? '').join(', ');

function shownApplied(org: BooksOrg, payment: Payment, { id, documentId, amount }: Applied): Json {
	const invoice = org.documents.get(documentId, 'invoice');
	return {
		invoice_number: invoice.number,
		invoice_payment_id: id,
		invoice_id: documentId,
		invoice_customer_id: '',
		invoice_customer_name: '',
		amount_applied: toNumber(amount),
		tax_amount_withheld: 0,
		discount_amount: 0,
		total: toNumber(org.documents.totals(invoice).total),
		balance: toNumber(org.documents.balance(invoice)),
		date: invoice.date,
		due_date: invoice.dueDate,
		price_precision: org.documents.currency(invoice).places,
		apply_date: payment.date,
		allow_partial_payments: '',
		is_early_payment_discount_applicable: false,
		invoice_installments: [],
		installments: [],
	};
}

/** A single payment, as GET, POST and PUT answer and as webhooks carry it. It calls its time `updated_time`, not `last_modified_time`. */
export function paymentDetail(org: BooksOrg, payment: Payment): Json {
	const currency = org.payments.currency(payment);
	const custom = org.customFields('customerpayment').render(payment.custom);
	return {
		...common(org, payment),
		...Object.fromEntries(emptyTexts.map((name) => [name, ''])),
		...custom.flat,
		updated_time: booksTime(payment.modifiedAt, org.timeZone),
		created_by: org.user.name,
		currency_id: currency.id,
		currency_symbol: currency.symbol,
		currency_code: currency.code,
		price_precision: currency.places,
		exchange_rate: payment.rate,
		bank_charges: payment.bankCharges,
		discount_amount: 0,
		invoices: payment.applied.map((applied) => shownApplied(org, payment, applied)),
		payment_refunds: payment.refunds.map((refund) => shownRefund(org, payment, refund)),
		payment_number_suffix: payment.number,
		account_type: 'cash',
		customer_advance_account_id: org.accountIds.receivable,
		customer_advance_account_name: org.accountName(org.accountIds.receivable),
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		lock_details: { can_lock: false },
		locked_actions: [],
		documents: [],
		deposit_details: [],
		imported_transactions: [],
		is_client_review_settings_enabled: false,
		is_early_payment_discount_applicable: false,
		is_ondc_channel: false,
		is_payment_details_required: true,
		can_send_in_mail: true,
		can_send_payment_sms: true,
		template_id: org.templateIds.payment,
		template_name: 'Elite Template',
		template_type: 'elite',
		page_width: '8.27in',
		page_height: '11.69in',
		orientation: 'portrait',
		rounding_mode: 'round_half_up',
	};
}

const emptyTexts = [
	'account_identifier',
	'payment_link_id',
	'payment_number_prefix',
	'beat_id',
	'beat_number',
	'journey_plan_id',
	'sales_person_id',
	'sales_person_name',
	'card_type',
	'offline_created_date_with_time',
	'bank_charges_account_id',
	'bank_charges_account_name',
	'online_transaction_id',
	'tender_id',
	'attachment_name',
];

/** What `GET /invoices/{id}/payments` tells of a payment. */
export const paymentOfInvoice = (payment: Payment, applied: Applied): Json => ({
	payment_id: payment.id,
	payment_number: Number(payment.number),
	invoice_id: applied.documentId,
	invoice_payment_id: applied.id,
	payment_mode: payment.mode,
	description: payment.description,
	date: payment.date,
	reference_number: payment.reference,
	exchange_rate: payment.rate,
	amount: toNumber(applied.amount),
	tax_amount_withheld: 0,
	online_transaction_id: '',
	is_single_invoice_payment: payment.applied.length === 1,
});

/** A row of the list, with what a single refund has beside it. */
export function shownRefund(org: BooksOrg, payment: Payment, refund: Refund): Json {
	return {
		payment_refund_id: refund.id,
		payment_id: payment.id,
		date: refund.date,
		refund_mode: refund.mode,
		reference_number: refund.reference,
		payment_number: payment.number,
		customer_name: org.contacts.byId.get(payment.contactId)?.name ?? '',
		amount_bcy: inBase(org, payment, refund.amount),
		amount_fcy: toNumber(refund.amount),
		amount: toNumber(refund.amount),
		exchange_rate: payment.rate,
		payment_form: '',
		description: refund.description,
	};
}
