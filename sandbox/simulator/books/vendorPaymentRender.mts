import { sum, toNumber } from '../crm/exact.mts';
import { shownComment } from './comments.mts';
import type { BooksOrg } from './org.mts';
import type { Applied, Payment, Refund } from './paymentBody.mts';
import { inBase, paidNumbers } from './paymentRender.mts';
import { booksTime } from './times.mts';
import type { Json } from './values.mts';

/** Shapes of payments to vendors: a single one as recorded from a live organization, a row of the list as Zoho's OpenAPI file tells. */

const texts = (...names: string[]): Json => Object.fromEntries(names.map((name) => [name, '']));

function common(org: BooksOrg, payment: Payment): Json {
	return {
		payment_id: payment.id,
		vendor_id: payment.contactId,
		vendor_name: org.contacts.byId.get(payment.contactId)?.name ?? '',
		payment_mode: payment.mode,
		payment_number: payment.number,
		description: payment.description,
		date: payment.date,
		reference_number: payment.reference,
		exchange_rate: payment.rate,
		amount: toNumber(payment.amount),
		balance: toNumber(org.vendorPayments.unused(payment)),
		created_time: booksTime(payment.createdAt, org.timeZone),
		last_modified_time: booksTime(payment.modifiedAt, org.timeZone),
		paid_through_account_id: payment.accountId,
		paid_through_account_name: org.accounts.nameOf(payment.accountId),
		is_paid_via_print_check: false,
		is_ach_payment: false,
		ach_payment_status: '',
		tags: [],
	};
}

/** A row of `GET /vendorpayments`. */
export const vendorPaymentRow = (org: BooksOrg, payment: Payment): Json => ({
	...common(org, payment),
	bill_numbers: paidNumbers(org, payment),
	bcy_amount: inBase(org, payment, payment.amount),
	bcy_balance: inBase(org, payment, org.vendorPayments.unused(payment)),
	bcy_refunded_amount: inBase(org, payment, sum(payment.refunds.map(({ amount }) => amount))),
	has_attachment: false,
	ach_gw_transaction_id: '',
	check_details: [],
});

function shownBill(org: BooksOrg, { id, documentId, amount }: Applied): Json {
	const bill = org.documents.get(documentId, 'bill');
	return {
		bill_number: bill.number,
		price_precision: org.documents.currency(bill).places,
		bill_payment_id: id,
		bill_id: bill.id,
		is_opening_balance: false,
		total: toNumber(org.documents.totals(bill).total),
		balance: toNumber(org.documents.balance(bill)),
		unprocessed_payment_amount: 0,
		amount_applied: toNumber(amount),
		apply_date: '',
		tax_amount_withheld: 0,
		date: bill.date,
		due_date: bill.dueDate,
	};
}

const checkDetails = {
	...texts('check_id', 'check_number', 'memo', 'amount_in_words', 'check_status', 'template_id'),
	retain_txn_in_void_check: true,
};

const empty = {
	...texts(
		'transfer_type',
		'payment_number_prefix',
		'purpose_code',
		'tds_tax_id',
		'tax_account_id',
		'tax_account_name',
		'bank_charges_account_id',
		'bank_charges_account_name',
		'credit_account_id',
		'gw_reference_number',
		'submitted_date',
		'submitted_by',
		'submitted_by_name',
		'submitted_by_email',
		'submitted_by_photo_url',
		'submitter_id',
		'approver_id',
	),
	is_online_payment: false,
	tds_calculation_type: 'tds_item_level',
	is_tds_amount_in_percent: false,
	tax_amount_withheld: 0,
	documents: [],
	imported_transactions: [],
	approvers_list: [],
};

/** What is not used up lies in an account of its own. */
function offset(org: BooksOrg, { applied }: Payment): Json {
	const name = applied.length > 0 ? 'Accounts Payable' : 'Prepaid Expenses';
	return { offset_account_id: org.accounts.idOf(name), offset_account_name: name };
}

/** A single payment, as GET, POST and PUT answer and as webhooks carry it. */
export function vendorPaymentDetail(org: BooksOrg, payment: Payment): Json {
	const currency = org.vendorPayments.currency(payment);
	const custom = org.customFields('vendorpayment').render(payment.custom);
	const vendor = org.contacts.byId.get(payment.contactId);
	const parts = ['address', 'street2', 'city', 'state', 'zip', 'country', 'fax', 'phone', 'attention'];
	return {
		...empty,
		...common(org, payment),
		...offset(org, payment),
		...custom.flat,
		status: 'paid',
		payment_number_suffix: payment.number,
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		bank_charges: payment.bankCharges,
		currency_id: currency.id,
		currency_code: currency.code,
		currency_symbol: currency.symbol,
		created_by_id: org.user.id,
		created_by_name: org.user.name,
		paid_through_account_type: org.accounts.byId.get(payment.accountId)?.type ?? '',
		check_details: checkDetails,
		billing_address: Object.fromEntries(parts.map((part) => [part, vendor?.billing[part] ?? ''])),
		bills: payment.applied.map((applied) => shownBill(org, applied)),
		vendorpayment_refunds: payment.refunds.map((refund) => vendorRefundRow(org, payment, refund)),
		comments: payment.comments.map((comment) => ({
			...shownComment(comment, org),
			operation_type: 'Added',
		})),
	};
}

const commonOfRefund = (refund: Refund): Json => ({
	vendorpayment_refund_id: refund.id,
	date: refund.date,
	refund_mode: refund.mode,
	reference_number: refund.reference,
	description: refund.description,
});

/** A row of the list of refunds. */
export const vendorRefundRow = (org: BooksOrg, payment: Payment, refund: Refund): Json => ({
	...commonOfRefund(refund),
	amount_bcy: inBase(org, payment, refund.amount),
	amount_fcy: toNumber(refund.amount),
});

/** A single refund. */
export const vendorRefund = (org: BooksOrg, payment: Payment, refund: Refund): Json => ({
	...commonOfRefund(refund),
	vendorpayment_id: payment.id,
	vendorpayment_number: payment.number,
	vendor_name: org.contacts.byId.get(payment.contactId)?.name ?? '',
	amount: toNumber(refund.amount),
	exchange_rate: payment.rate,
	to_account_id: refund.accountId,
	to_account_name: org.accounts.nameOf(refund.accountId),
});
