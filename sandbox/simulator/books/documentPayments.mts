import { type Exact, exact, plus, toNumber } from '../crm/exact.mts';
import type { Document } from './documentBody.mts';
import { refuse } from './errors.mts';
import type { BooksOrg } from './org.mts';
import type { Json } from './values.mts';

/** What one payment pays of one document. */
export interface AppliedPayment {
	/** Of the share, not of the payment. */
	id: string;
	paymentId: string;
	number: string;
	amount: Exact;
	date: string;
	mode: string;
	reference: string;
	description: string;
	rate: number;
	accountId: string;
	accountName: string;
	/** The payment pays nothing else. */
	isSingle: boolean;
}

/** Payments that can pay a document: of customers for invoices, to vendors for bills. */
export interface Payers {
	of(documentId: string): AppliedPayment[];
	/** Refuses an unknown one. `left` is what is neither applied nor paid back. */
	advance(paymentId: string): { contactId: string; currencyId: string; left: Exact };
	/** Has the payment pay so much more of the document. */
	apply(paymentId: string, document: Document, amount: Exact): void;
	/** Takes back what a payment pays of a document; the rest of the payment stays. */
	unapply(documentId: string, appliedId: string): void;
}

/** Customers' payments as they pay invoices. */
export function payersOfInvoices(org: BooksOrg): Payers {
	const { payments } = org;
	return {
		of: (invoiceId) =>
			payments.of(invoiceId).map(({ payment, applied }) => ({
				...payment,
				id: applied.id,
				paymentId: payment.id,
				amount: applied.amount,
				accountId: org.accountIds.undeposited,
				accountName: 'Undeposited Funds',
				isSingle: payment.invoices.length === 1,
			})),
		advance: (paymentId) => {
			const payment = payments.get(paymentId);
			const { customerId: contactId, currencyId } = payment;
			return { contactId, currencyId, left: payments.unused(payment) };
		},
		apply: (paymentId, document, amount) => {
			const { invoices } = payments.get(paymentId);
			const before = invoices.find(({ invoiceId }) => invoiceId === document.id);
			const others = invoices.filter((one) => one !== before);
			const row = (invoice_id: string, of: Exact): Json => ({ invoice_id, amount_applied: toNumber(of) });
			payments.update(paymentId, {
				invoices: [
					...others.map((one) => row(one.invoiceId, one.amount)),
					row(document.id, plus(before?.amount ?? exact(0), amount)),
				],
			});
			org.noted('customerpayments', 'update', paymentId, 'effect');
		},
		unapply: (documentId, appliedId) => {
			for (const { payment, applied } of payments.of(documentId)) {
				if (applied.id !== appliedId) continue;
				const invoices = payment.invoices.filter((one) => one !== applied);
				payments.update(payment.id, {
					invoices: invoices.map(({ invoiceId, amount }) => ({
						invoice_id: invoiceId,
						amount_applied: toNumber(amount),
					})),
				});
			}
		},
	};
}

/** Where nobody pays. */
export const noPayers: Payers = {
	of: () => [],
	advance: () => refuse(404, 1002, 'The payment does not exist.'),
	apply: () => refuse(404, 1002, 'The payment does not exist.'),
	unapply: () => refuse(404, 1002, 'The payment does not exist.'),
};

/** A row of Books v3 "List bill payments", and of `payments` of a single bill. */
export const paymentOfBill = (org: BooksOrg, bill: Document, payment: AppliedPayment): Json => ({
	payment_id: payment.paymentId,
	bill_id: bill.id,
	bill_payment_id: payment.id,
	vendor_id: bill.customerId,
	vendor_name: org.contacts.byId.get(bill.customerId)?.name ?? '',
	payment_mode: payment.mode,
	payment_number: payment.number,
	description: payment.description,
	date: payment.date,
	reference_number: payment.reference,
	exchange_rate: payment.rate,
	amount: toNumber(payment.amount),
	paid_through: payment.accountName,
	paid_through_account_id: payment.accountId,
	paid_through_account_name: payment.accountName,
	is_single_bill_payment: payment.isSingle,
});
