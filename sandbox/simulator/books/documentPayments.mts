import { type Exact, exact, plus, toNumber } from '../crm/exact.mts';
import type { Document } from './documentBody.mts';
import { kinds } from './documentKinds.mts';
import type { BooksOrg } from './org.mts';
import type { Applied } from './paymentBody.mts';
import type { PaymentStore } from './payments.mts';
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

/** The payments of customers as they pay invoices, or those to vendors as they pay bills. */
export function payersOf(org: BooksOrg, payments: PaymentStore): Payers {
	const { list } = payments.side;
	const { list: documents, idField } = kinds[payments.side.kind];
	const settle = (paymentId: string, applied: ReadonlyArray<Pick<Applied, 'documentId' | 'amount'>>) => {
		const rows = applied.map(({ documentId, amount }): Json => ({
			[idField]: documentId,
			amount_applied: toNumber(amount),
		}));
		payments.update(paymentId, { [documents]: rows });
		org.noted(list, 'update', paymentId, 'effect');
	};
	return {
		of: (documentId) =>
			payments.of(documentId).map(({ payment, applied }) => ({
				...payment,
				id: applied.id,
				paymentId: payment.id,
				amount: applied.amount,
				accountName: org.accountName(payment.accountId),
				isSingle: payment.applied.length === 1,
			})),
		advance: (paymentId) => {
			const payment = payments.get(paymentId);
			const { contactId, currencyId } = payment;
			return { contactId, currencyId, left: payments.unused(payment) };
		},
		apply: (paymentId, document, amount) => {
			const { applied } = payments.get(paymentId);
			const before = applied.find(({ documentId }) => documentId === document.id);
			const paid = plus(before?.amount ?? exact(0), amount);
			settle(paymentId, [
				...applied.filter((one) => one !== before),
				{ documentId: document.id, amount: paid },
			]);
		},
		unapply: (documentId, appliedId) => {
			for (const { payment, applied } of payments.of(documentId))
				if (applied.id === appliedId)
					settle(
						payment.id,
						payment.applied.filter((one) => one !== applied),
					);
		},
	};
}

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
