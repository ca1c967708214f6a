import { exact, rounded, times, toNumber } from '../crm/exact.mts';
import type { CreditRefund, Credited } from './creditBook.mts';
import type { Document } from './documentBody.mts';
import { shownDocumentComment } from './documentComments.mts';
import type { BooksOrg } from './org.mts';
import { primaryTexts } from './render.mts';
import { booksTime } from './times.mts';
import type { Json } from './values.mts';

/** A kind of credit and what it pays, in the words of Zoho's OpenAPI files. */
export interface CreditSide {
	kind: 'creditnote' | 'vendorcredit';
	target: 'invoice' | 'bill';
	/** Key of the list of what it pays. */
	listKey: string;
	/** The id of one share. */
	shareId: string;
	/** The lists of a body that pays one document. */
	creditsList: string;
	paymentsList: string;
	/** Status of the answers to what applies credits. */
	answer: 200 | 201;
	refund: { key: string; account: string; answer: 200 | 201 };
}

export const creditSides: readonly [CreditSide, CreditSide] = [
	{
		kind: 'creditnote',
		target: 'invoice',
		listKey: 'invoices_credited',
		shareId: 'creditnote_invoice_id',
		creditsList: 'apply_creditnotes',
		paymentsList: 'invoice_payments',
		answer: 200,
		refund: { key: 'creditnote_refund', account: 'from_account_id', answer: 200 },
	},
	{
		kind: 'vendorcredit',
		target: 'bill',
		listKey: 'bills_credited',
		shareId: 'vendor_credit_bill_id',
		creditsList: 'apply_vendor_credits',
		paymentsList: 'bill_payments',
		answer: 201,
		refund: { key: 'vendor_credit_refund', account: 'account_id', answer: 201 },
	},
];

/** What a credit pays of one document, as the credit's list has it and, with fewer keys, the documents themselves. */
export function shownShare(org: BooksOrg, share: Credited): Json {
	const { byId } = org.documents;
	const numbers = {
		credit: byId.get(share.creditId)?.number ?? '',
		document: byId.get(share.documentId)?.number ?? '',
	};
	const amount = toNumber(share.amount);
	return byId.get(share.creditId)?.kind === 'creditnote'
		? {
				creditnote_id: share.creditId,
				invoice_id: share.documentId,
				creditnote_invoice_id: share.id,
				date: share.date,
				invoice_number: numbers.document,
				creditnote_number: numbers.credit,
				credited_amount: amount,
			}
		: {
				vendor_credit_id: share.creditId,
				bill_id: share.documentId,
				vendor_credit_bill_id: share.id,
				date: share.date,
				bill_number: numbers.document,
				vendor_credit_number: numbers.credit,
				amount,
			};
}

/** A row of the list of refunds, and the one refund. */
export function shownRefund(org: BooksOrg, credit: Document, refund: CreditRefund): Json {
	const isNote = credit.kind === 'creditnote';
	const amount = toNumber(refund.amount);
	const base = rounded(times(refund.amount, exact(refund.rate)), org.currency.places);
	return {
		...(isNote
			? {
					creditnote_refund_id: refund.id,
					creditnote_id: credit.id,
					creditnote_number: credit.number,
					payment_form: '',
					from_account_id: refund.accountId,
				}
			: {
					vendor_credit_refund_id: refund.id,
					vendor_credit_id: credit.id,
					vendor_credit_number: credit.number,
					account_id: refund.accountId,
					account_name: org.accountName(refund.accountId),
				}),
		date: refund.date,
		refund_mode: refund.mode,
		reference_number: refund.reference,
		customer_name: org.contacts.byId.get(credit.customerId)?.name ?? '',
		description: refund.description,
		exchange_rate: refund.rate,
		amount,
		amount_bcy: toNumber(base),
		amount_fcy: amount,
	};
}

const creditNoteDates = (org: BooksOrg, credit: Document): Json => ({
	issued_date: credit.status === 'draft' ? '' : credit.date,
	updated_time: booksTime(credit.modifiedAt, org.timeZone),
	email: primaryTexts(org.contacts.byId.get(credit.customerId)).email,
	is_emailed: credit.emailed,
	created_by_name: org.user.name,
	currency_name_formatted: org.documents.currency(credit).name,
});

/** What single credits have beside their amounts. */
export function creditDetail(org: BooksOrg, credit: Document): Json {
	const { credits } = org.documents;
	const shares = credits.from(credit.id).map((share) => shownShare(org, share));
	const refunds = credits.refundsOf(credit.id).map((refund) => shownRefund(org, credit, refund));
	const isNote = credit.kind === 'creditnote';
	const accountId = isNote ? org.accountIds.receivable : org.accountIds.payable;
	return {
		account_id: accountId,
		account_name: org.accountName(accountId),
		total_credits_used: toNumber(credits.used(credit.id)),
		total_refunded_amount: toNumber(credits.refunded(credit.id)),
		balance: toNumber(org.documents.balance(credit)),
		...(isNote
			? {
					...creditNoteDates(org, credit),
					invoices_credited: shares,
					invoices: shares.map(({ invoice_id, invoice_number, credited_amount }) => ({
						invoice_id,
						invoice_number,
						amount: credited_amount,
					})),
					creditnote_refunds: refunds,
				}
			: {
					bills_credited: shares,
					vendor_credit_refunds: refunds,
					comments: credit.comments.map((comment) => shownDocumentComment(credit, comment, org)),
				}),
	};
}

const creditRow = (org: BooksOrg, credit: Document): Json => ({
	balance: toNumber(org.documents.balance(credit)),
	exchange_rate: credit.rate,
});

export const creditNoteRow = (org: BooksOrg, credit: Document): Json => ({
	...creditRow(org, credit),
	issued_date: credit.status === 'draft' ? '' : credit.date,
	applied_invoices: org.documents.credits
		.from(credit.id)
		.map(({ documentId }) => org.documents.byId.get(documentId)?.number ?? '')
		.join(', '),
	is_emailed: credit.emailed,
	price_precision: org.documents.currency(credit).places,
});

export const vendorCreditRow = creditRow;
