import { toNumber } from '../crm/exact.mts';
import type { SimResponse } from '../types.mts';
import { invalid } from './errors.mts';
import type { BooksOrg } from './org.mts';
import type { Payment } from './payments.mts';
import { paymentDetail, paymentRow, shownRefund } from './paymentRender.mts';
import { type BooksCall, type BooksRoute, id, page, paging, success } from './route.mts';
import { listed, type ListSpec, parametersOf } from './rows.mts';

/** `PaymentMode.BankTransfer` finds `banktransfer`. */
const modes =
	'Check Cash BankTransfer Paypal CreditCard GoogleCheckout Credit Authorizenet BankRemittance Payflowpro Stripe TwoCheckout Braintree Others'.split(
		' ',
	);

/** `GET /customerpayments`; parameters after Zoho's OpenAPI file, defaults as recorded. What it sorts by is not listed anywhere; not by last_modified_time, it is assumed. */
export function paymentList(org: BooksOrg): ListSpec<Payment> {
	const nameOf = ({ customerId }: Payment) => org.contacts.byId.get(customerId)?.name ?? '';
	const amount = (payment: Payment) => toNumber(payment.amount);
	return {
		key: 'customerpayments',
		report: 'Payments Received',
		texts: {
			customer_name: nameOf,
			reference_number: ({ reference }) => reference,
			payment_mode: ({ mode }) => mode,
			notes: ({ description }) => description,
		},
		exact: {
			customer_id: ({ customerId }, wanted) => customerId === wanted,
			date: ({ date }, wanted) => date === wanted,
		},
		amounts: { amount },
		searched: (payment) => [payment.reference, nameOf(payment), payment.description],
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
			date: ({ date }) => date,
			created_time: ({ createdAt }) => createdAt,
			payment_number: ({ number }) => Number(number),
			customer_name: nameOf,
			reference_number: ({ reference }) => reference,
			amount,
		},
		defaultSort: ['date', 'D'],
		row: (payment) => paymentRow(org, payment),
	};
}

const path = '/customerpayments';
const refunds = `${path}/{}/refunds`;
const fields = [
	'customer_id',
	'payment_mode',
	'amount',
	'date',
	'reference_number',
	'description',
	'invoices',
	'exchange_rate',
	'payment_form',
	'bank_charges',
	'custom_fields',
	'location_id',
	'invoice_id',
	'amount_applied',
	'tax_amount_withheld',
	'account_id',
	'contact_persons',
	'retainerinvoice_id',
	'tags',
];
const refundFields = [
	'date',
	'refund_mode',
	'reference_number',
	'amount',
	'exchange_rate',
	'payment_form',
	'from_account_id',
	'description',
];

const shown = ({ org }: BooksCall, payment: Payment, message?: string, status?: number) =>
	success({ payment: paymentDetail(org, payment) }, message, status);
const noted = (call: BooksCall, action: 'create' | 'update' | 'delete', paymentId: string) =>
	call.org.noted('customerpayments', action, paymentId, 'api');

function createPayment(call: BooksCall): SimResponse {
	const body = call.body();
	// The desk fills in today; the API must be told.
	if (body['date'] === undefined) invalid('date');
	const payment = call.org.payments.create(body);
	noted(call, 'create', payment.id);
	return {
		...shown(call, payment, 'The payment from the customer has been recorded', 201),
		headers: { location: `/api/v3${path}/${payment.id}` },
	};
}

/** The OpenAPI file has the one refund in a list under the plural. */
function savedRefund(call: BooksCall, refundId?: string): SimResponse {
	const body = call.body();
	if (refundId === undefined && !body['from_account_id']) invalid('from_account_id');
	const refund = call.org.payments.saveRefund(id(call), body, refundId);
	noted(call, 'update', id(call));
	return success(
		{ payment_refunds: [shownRefund(call.org, call.org.payments.get(id(call)), refund)] },
		'The refund information for this payment has been saved.',
	);
}

function deletePayments(call: BooksCall): SimResponse {
	const ids = (call.query.get('payment_ids') ?? '').split(',').filter(Boolean);
	if (ids.length === 0 || call.query.get('bulk_delete') !== 'true') invalid('payment_ids');
	for (const one of ids) call.org.payments.get(one);
	for (const one of ids) noted(call, 'delete', call.org.payments.remove(one).id);
	return success({}, 'The selected customer payments have been deleted.');
}

/** Payments of customers and refunds of them; methods, paths and scopes after Zoho's OpenAPI file, messages as recorded. */
export const paymentRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path,
		scope: 'customerpayments.READ',
		query: (org) => parametersOf(paymentList(org)),
		answer: (call) => success(listed(call, [...call.org.payments.byId.values()], paymentList(call.org))),
	},
	{ method: 'POST', path, scope: 'customerpayments.CREATE', fields, answer: createPayment },
	{
		method: 'DELETE',
		path,
		scope: 'customerpayments.DELETE',
		query: ['payment_ids', 'bulk_delete'],
		answer: deletePayments,
	},
	{
		method: 'GET',
		path: `${path}/{}`,
		scope: 'customerpayments.READ',
		answer: (call) => shown(call, call.org.payments.get(id(call))),
	},
	{
		method: 'PUT',
		path: `${path}/{}`,
		scope: 'customerpayments.UPDATE',
		fields,
		answer: (call) => {
			const payment = call.org.payments.update(id(call), call.body());
			noted(call, 'update', payment.id);
			return shown(call, payment, 'The details of the payment received from the customer have been updated');
		},
	},
	{
		method: 'DELETE',
		path: `${path}/{}`,
		scope: 'customerpayments.DELETE',
		answer: (call) => {
			noted(call, 'delete', call.org.payments.remove(id(call)).id);
			return success({}, 'The payment has been deleted.');
		},
	},
	{
		method: 'PUT',
		path: '/customerpayment/{}/customfields',
		scope: 'customerpayments.UPDATE',
		fields: [],
		answer: (call) => {
			call.org.payments.update(id(call), { custom_fields: call.list() });
			noted(call, 'update', id(call));
			return success({}, 'Custom Fields Updated Successfully');
		},
	},
	{
		method: 'GET',
		path: refunds,
		scope: 'customerpayments.READ',
		query: paging,
		answer: (call) => {
			const payment = call.org.payments.get(id(call));
			const newest = [...payment.refunds].sort((a, b) => b.createdAt - a.createdAt);
			const { rows, page_context } = page(call, newest);
			return success({
				payment_refunds: rows.map((refund) => shownRefund(call.org, payment, refund)),
				page_context: {
					...page_context,
					report_name: 'Customer Payments Refund',
					sort_column: 'created_time',
					sort_order: 'D',
				},
			});
		},
	},
	{
		method: 'POST',
		path: refunds,
		scope: 'customerpayments.CREATE',
		fields: refundFields,
		answer: (call) => savedRefund(call),
	},
	{
		method: 'GET',
		path: `${refunds}/{}`,
		scope: 'customerpayments.READ',
		answer: (call) => {
			const payment = call.org.payments.get(id(call));
			const refund = call.org.payments.refund(payment.id, id(call, 1));
			return success({ payment_refunds: [shownRefund(call.org, payment, refund)] });
		},
	},
	{
		method: 'PUT',
		path: `${refunds}/{}`,
		scope: 'customerpayments.UPDATE',
		fields: refundFields,
		answer: (call) => savedRefund(call, id(call, 1)),
	},
	{
		method: 'DELETE',
		path: `${refunds}/{}`,
		scope: 'customerpayments.DELETE',
		answer: (call) => {
			call.org.payments.removeRefund(id(call), id(call, 1));
			noted(call, 'update', id(call));
			return success({}, 'The refund has been successfully deleted.');
		},
	},
];
