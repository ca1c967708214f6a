import type { SimResponse } from '../types.mts';
import { saveByUnique } from './byUnique.mts';
import { invalid } from './errors.mts';
import type { BooksOrg } from './org.mts';
import type { Payment, Refund } from './paymentBody.mts';
import { pdfOf } from './paper.mts';
import { customerPaymentList, vendorPaymentList } from './paymentLists.mts';
import { refundRoutes } from './paymentRefunds.mts';
import { paymentDetail, shownRefund } from './paymentRender.mts';
import type { PaymentStore } from './payments.mts';
import { customerSide, type PaymentSide, vendorSide } from './paymentSides.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { listed, type ListSpec, parametersOf } from './rows.mts';
import { type Json, readText } from './values.mts';
import { vendorPaymentDetail, vendorRefund, vendorRefundRow } from './vendorPaymentRender.mts';

/** How the payments of one side look, and what their bodies hold. */
export interface PaymentForms {
	side: PaymentSide;
	storeOf(org: BooksOrg): PaymentStore;
	list(org: BooksOrg): ListSpec<Payment>;
	detail(org: BooksOrg, payment: Payment): Json;
	refundRow(org: BooksOrg, payment: Payment, refund: Refund): Json;
	refund(org: BooksOrg, payment: Payment, refund: Refund): Json;
	fields: readonly string[];
	/** Query parameters of a single one; with `accept` it comes as a PDF, too. */
	query?: readonly string[];
}

const words = (text: string) => text.trim().split(/\s+/);
const shared =
	'payment_mode amount date reference_number description exchange_rate custom_fields location_id tags';

const customers: PaymentForms = {
	side: customerSide,
	storeOf: (org) => org.payments,
	list: customerPaymentList,
	detail: paymentDetail,
	refundRow: shownRefund,
	refund: shownRefund,
	fields: words(`
		${shared} customer_id invoices payment_form bank_charges invoice_id amount_applied tax_amount_withheld account_id contact_persons retainerinvoice_id
	`),
	query: ['accept'],
};

const vendors: PaymentForms = {
	side: vendorSide,
	storeOf: (org) => org.vendorPayments,
	list: vendorPaymentList,
	detail: vendorPaymentDetail,
	refundRow: vendorRefundRow,
	refund: vendorRefund,
	fields: words(`${shared} vendor_id bills paid_through_account_id check_details is_paid_via_print_check`),
	query: ['fetchTaxInfo', 'fetchstatementlineinfo', 'print', 'is_bill_payment_id'],
};

const emailFields = words(
	'send_from_org_email_id from_address_id to_mail_ids cc_mail_ids subject body email_template_id',
);

/** What routes of one side do. */
function callsOf({ side, storeOf, detail }: PaymentForms) {
	const { list, key, needs, ids, words: say } = side;
	const shown = ({ org }: BooksCall, payment: Payment, message?: string, status?: number) =>
		success({ [key]: detail(org, payment) }, message, status);
	const noted = (call: BooksCall, action: 'create' | 'update' | 'delete', paymentId: string) =>
		call.org.noted(list, action, paymentId, 'api');
	const create = (call: BooksCall, body = call.body()): SimResponse => {
		// The desk fills in today; the API must be told.
		for (const name of needs) if (body[name] === undefined) invalid(name);
		const payment = storeOf(call.org).create(body);
		noted(call, 'create', payment.id);
		return {
			...shown(call, payment, say.created, 201),
			headers: { location: `/api/v3/${list}/${payment.id}` },
		};
	};
	const update = (call: BooksCall, paymentId: string): SimResponse => {
		const payment = storeOf(call.org).update(paymentId, call.body());
		noted(call, 'update', payment.id);
		return shown(call, payment, say.updated);
	};
	return {
		shown,
		noted,
		create,
		update,
		upsert: (call: BooksCall) =>
			saveByUnique(call, () => call.body(), {
				name: 'The payment',
				fields: call.org.customFields(side.entity),
				all: storeOf(call.org).byId.values(),
				update: (found) => update(call, found.id),
				create: (body) => create(call, body),
			}),
		removeAll(call: BooksCall): SimResponse {
			const named = (call.query.get(ids) ?? '').split(',').filter(Boolean);
			if (named.length === 0 || call.query.get('bulk_delete') !== 'true') invalid(ids);
			for (const one of named) storeOf(call.org).get(one);
			for (const one of named) noted(call, 'delete', storeOf(call.org).remove(one).id);
			return success({}, say.deletedAll);
		},
		email(call: BooksCall): SimResponse {
			const payment = storeOf(call.org).get(id(call));
			const body = call.body();
			if (!Array.isArray(body['to_mail_ids']) || body['to_mail_ids'].length === 0) invalid('to_mail_ids');
			for (const name of ['subject', 'body']) if (readText(name, body[name]) === '') invalid(name);
			noted(call, 'update', storeOf(call.org).emailed(payment.id).id);
			return success({}, 'Your vendor payment receipt has been sent.');
		},
	};
}

function routesOf(forms: PaymentForms): BooksRoute[] {
	const { side, storeOf, list: listOf, fields, query } = forms;
	const { list, ids, customFields } = side;
	const path = `/${list}`;
	const calls = callsOf(forms);
	return [
		{
			method: 'GET',
			path,
			scope: `${list}.READ`,
			query: (org) => parametersOf(listOf(org)),
			answer: (call) => success(listed(call, [...storeOf(call.org).byId.values()], listOf(call.org))),
		},
		{ method: 'POST', path, scope: `${list}.CREATE`, fields, answer: (call) => calls.create(call) },
		{ method: 'PUT', path, scope: `${list}.UPDATE`, fields, answer: calls.upsert },
		{ method: 'DELETE', path, scope: `${list}.DELETE`, query: [ids, 'bulk_delete'], answer: calls.removeAll },
		{
			method: 'GET',
			path: `${path}/{}`,
			scope: `${list}.READ`,
			...(query && { query }),
			answer(call) {
				const payment = storeOf(call.org).get(id(call));
				const isPdf = query?.includes('accept') && call.query.get('accept') === 'pdf';
				return isPdf ? pdfOf(payment) : calls.shown(call, payment);
			},
		},
		{
			method: 'PUT',
			path: `${path}/{}`,
			scope: `${list}.UPDATE`,
			fields,
			answer: (call) => calls.update(call, id(call)),
		},
		{
			method: 'DELETE',
			path: `${path}/{}`,
			scope: `${list}.DELETE`,
			answer: (call) => {
				calls.noted(call, 'delete', storeOf(call.org).remove(id(call)).id);
				return success({}, 'The payment has been deleted.');
			},
		},
		...(customFields === undefined ? [] : [customFieldRoute(forms, customFields, calls.noted)]),
		...(side.emails
			? [
					{
						method: 'POST',
						path: `${path}/{}/email`,
						scope: `${list}.CREATE`,
						fields: emailFields,
						answer: calls.email,
					} as const,
				]
			: []),
		...refundRoutes(forms),
	];
}

const customFieldRoute = (
	{ side, storeOf }: PaymentForms,
	path: string,
	noted: ReturnType<typeof callsOf>['noted'],
): BooksRoute => ({
	method: 'PUT',
	path: `${path}/{}/customfields`,
	scope: `${side.list}.UPDATE`,
	fields: [],
	answer: (call) => {
		storeOf(call.org).update(id(call), { custom_fields: call.list() });
		noted(call, 'update', id(call));
		return success({}, 'Custom Fields Updated Successfully');
	},
});

/** Payments of customers and refunds of them; methods, paths and scopes after Zoho's OpenAPI files, messages as recorded. */
export const customerPaymentRoutes: readonly BooksRoute[] = routesOf(customers);
/** Payments to vendors and refunds of them. */
export const vendorPaymentRoutes: readonly BooksRoute[] = routesOf(vendors);
export const paymentRoutes: readonly BooksRoute[] = [...customerPaymentRoutes, ...vendorPaymentRoutes];
