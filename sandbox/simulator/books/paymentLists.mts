import { toNumber } from '../crm/exact.mts';
import type { BooksOrg } from './org.mts';
import type { Payment } from './paymentBody.mts';
import { paymentRow } from './paymentRender.mts';
import type { ListSpec } from './rows.mts';
import { vendorPaymentRow } from './vendorPaymentRender.mts';

/** `PaymentMode.BankTransfer` finds `banktransfer`. */
const modes =
	'Check Cash BankTransfer Paypal CreditCard GoogleCheckout Credit Authorizenet BankRemittance Payflowpro Stripe TwoCheckout Braintree Others'.split(
		' ',
	);

const amount = (payment: Payment) => toNumber(payment.amount);
const reference = ({ reference: text }: Payment) => text;
const notes = ({ description }: Payment) => description;

/** What both lists know. Parameters after Zoho's OpenAPI files, defaults as recorded of customers' payments. */
function common(party: 'customer' | 'vendor', nameOf: (payment: Payment) => string) {
	return {
		texts: {
			[`${party}_name`]: nameOf,
			reference_number: reference,
			payment_mode: ({ mode }: Payment) => mode,
			notes,
		},
		exact: { [`${party}_id`]: ({ contactId }: Payment, wanted: string) => contactId === wanted },
		amounts: { amount },
		searched: (payment: Payment) => [payment.reference, nameOf(payment), payment.description],
		filters: {
			'PaymentMode.All': () => true,
			...Object.fromEntries(
				modes.map((mode) => [
					`PaymentMode.${mode}`,
					(payment: Payment) => payment.mode.toLowerCase() === mode.toLowerCase(),
				]),
			),
		},
		defaultFilter: 'PaymentMode.All',
		sorts: {
			date: ({ date }: Payment) => date,
			[`${party}_name`]: nameOf,
			reference_number: reference,
			amount,
		},
		defaultSort: ['date', 'D'],
	} as const;
}

const namesOf =
	(org: BooksOrg) =>
	({ contactId }: Payment) =>
		org.contacts.byId.get(contactId)?.name ?? '';

/** `GET /customerpayments`. What it sorts by is not listed anywhere; not by last_modified_time, it is assumed. */
export function customerPaymentList(org: BooksOrg): ListSpec<Payment> {
	const shared = common('customer', namesOf(org));
	return {
		...shared,
		key: 'customerpayments',
		report: 'Payments Received',
		exact: { ...shared.exact, date: ({ date }, wanted) => date === wanted },
		sorts: {
			...shared.sorts,
			created_time: ({ createdAt }) => createdAt,
			payment_number: ({ number }) => Number(number),
		},
		row: (payment) => paymentRow(org, payment),
	};
}

/** `GET /vendorpayments`. */
export function vendorPaymentList(org: BooksOrg): ListSpec<Payment> {
	const shared = common('vendor', namesOf(org));
	return {
		...shared,
		key: 'vendorpayments',
		report: 'Payments Made',
		texts: { ...shared.texts, payment_number: ({ number }) => number, description: notes },
		exact: {
			...shared.exact,
			bill_id: ({ applied }, wanted) => applied.some(({ documentId }) => documentId === wanted),
		},
		days: { date: ({ date }) => date },
		sorts: { ...shared.sorts, balance: (payment) => toNumber(org.vendorPayments.unused(payment)) },
		modified: ({ modifiedAt }) => modifiedAt,
		row: (payment) => vendorPaymentRow(org, payment),
	};
}
