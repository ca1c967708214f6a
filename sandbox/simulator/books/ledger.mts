import { type Exact, exact, sum } from '../crm/exact.mts';
import type { Expense } from './expenses.mts';
import { taxesOf } from './journalLines.mts';
import type { Journal } from './journals.mts';
import { ofCreditRefund, ofDocument } from './ledgerDocuments.mts';
import { type Entry, moved, negative, type Posting } from './ledgerEntry.mts';
import type { BooksOrg } from './org.mts';
import type { Payment } from './paymentBody.mts';

const zero = exact(0);

/** As recorded, a payment to a vendor that pays no bill is prepaid. Bank charges go off what comes in. */
function ofPayment(org: BooksOrg, payment: Payment, isSale: boolean): Entry[] {
	const { receivable, payable } = org.accountIds;
	const prepaid = org.accounts.idOf('Prepaid Expenses');
	const other = isSale ? receivable : payment.applied.length > 0 ? payable : prepaid;
	const { contactId, currencyId, rate } = payment;
	const party = { contactId, currencyId, rate };
	const comes = (amount: Exact) => (isSale ? amount : negative(amount));
	const charges = exact(isSale ? payment.bankCharges : 0);
	const entry = {
		...party,
		recordId: payment.id,
		type: isSale ? 'customer_payment' : 'vendor_payment',
		name: isSale ? 'Customer Payment' : 'Vendor Payment',
		date: payment.date,
		reference: payment.reference,
		postings: [
			...moved(payment.accountId, other, comes(payment.amount)),
			...moved(payment.accountId, org.accounts.idOf('Bank Fees and Charges'), negative(charges)),
		],
	};
	const refunds = payment.refunds.map((refund) => ({
		...party,
		recordId: refund.id,
		type: 'payment_refund',
		name: 'Payment Refund',
		date: refund.date,
		reference: refund.reference,
		postings: moved(refund.accountId, other, negative(comes(refund.amount))),
	}));
	return [entry, ...refunds];
}

/** A journal counts once it is published. Its taxes are on the side of their lines. */
function ofJournal(org: BooksOrg, journal: Journal): Entry[] {
	if (journal.status !== 'published') return [];
	const { places } = org.journals.currency(journal);
	const postings = journal.lines.flatMap((line): Posting[] => {
		const signed = (amount: Exact) => (line.side === 'debit' ? amount : negative(amount));
		const tax = sum(taxesOf(line, places).map(({ amount }) => amount));
		return [
			[line.accountId, signed(line.amount)],
			[org.accounts.idOf('Tax Payable'), signed(tax)],
		];
	});
	const { id: recordId, date, reference, currencyId, rate } = journal;
	return [
		{
			recordId,
			type: 'journal',
			name: 'Journal',
			date,
			reference,
			contactId: '',
			currencyId,
			rate,
			postings,
		},
	];
}

function ofExpense(org: BooksOrg, expense: Expense): Entry {
	const totals = org.expenses.totals(expense);
	const { id: recordId, date, reference, currencyId, rate } = expense;
	return {
		recordId,
		type: 'expense',
		name: 'Expense',
		date,
		reference,
		contactId: expense.customerId || expense.vendorId,
		currencyId,
		rate,
		postings: [
			...expense.lines.map(({ accountId }, index): Posting => [accountId, totals.lines[index]?.net ?? zero]),
			[org.accounts.idOf('Tax Payable'), totals.taxTotal],
			[expense.paidId, negative(totals.total)],
		],
	};
}

/**
 * All that is booked, in the usual way of double entry; of Zoho's own way it is recorded that an invoice is a credit of its net amount on Sales, and a credit note a debit
 * (NangoHQ/integration-templates, "Get an account"). Credits that pay documents move nothing between accounts.
 */
export function entriesOf(org: BooksOrg): Entry[] {
	const documents = [...org.documents.byId.values()];
	return [
		...documents.flatMap((document) => ofDocument(org, document)),
		...documents.flatMap((credit) =>
			org.documents.credits.refundsOf(credit.id).map((refund) => ofCreditRefund(org, credit, refund)),
		),
		...[...org.payments.byId.values()].flatMap((payment) => ofPayment(org, payment, true)),
		...[...org.vendorPayments.byId.values()].flatMap((payment) => ofPayment(org, payment, false)),
		...org.journals.all().flatMap((journal) => ofJournal(org, journal)),
		...[...org.expenses.byId.values()].map((expense) => ofExpense(org, expense)),
	];
}
