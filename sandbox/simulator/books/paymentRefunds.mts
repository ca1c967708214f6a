import type { SimResponse } from '../types.mts';
import type { PaymentForms } from './paymentRoutes.mts';
import { type BooksCall, type BooksRoute, id, page, paging, success } from './route.mts';

const words = (text: string) => text.split(' ');

/** What is paid back of payments; methods, paths, scopes and messages after Zoho's OpenAPI files. */
export function refundRoutes(forms: PaymentForms): BooksRoute[] {
	const { side, storeOf, refundRow, refund: shown } = forms;
	const { list, refund, words: say } = side;
	const path = `/${list}/{}/refunds`;
	const fields = words(
		`date refund_mode reference_number amount exchange_rate description ${refund.account}${side.kind === 'invoice' ? ' payment_form' : ''}`,
	);
	const find = (call: BooksCall) => storeOf(call.org).get(id(call));
	const noted = (call: BooksCall) => call.org.noted(list, 'update', id(call), 'api');
	/** The files have the one refund in a list. */
	const one = (call: BooksCall, refundId: string, message?: string, status?: number): SimResponse => {
		const found = storeOf(call.org).refund(id(call), refundId);
		return success({ [refund.key]: [shown(call.org, find(call), found)] }, message, status);
	};
	return [
		{
			method: 'GET',
			path,
			scope: `${list}.READ`,
			query: paging,
			answer: (call) => {
				const payment = find(call);
				const newest = [...payment.refunds].sort((a, b) => b.createdAt - a.createdAt);
				const { rows, page_context } = page(call, newest);
				return success({
					[refund.listKey]: rows.map((row) => refundRow(call.org, payment, row)),
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
			path,
			scope: `${list}.CREATE`,
			fields,
			answer: (call) => {
				const saved = storeOf(call.org).saveRefund(id(call), call.body());
				noted(call);
				return one(call, saved.id, say.refunded, refund.answer);
			},
		},
		{
			method: 'GET',
			path: `${path}/{}`,
			scope: `${list}.READ`,
			answer: (call) => one(call, id(call, 1)),
		},
		{
			method: 'PUT',
			path: `${path}/{}`,
			scope: `${list}.UPDATE`,
			fields,
			answer: (call) => {
				const saved = storeOf(call.org).saveRefund(id(call), call.body(), id(call, 1));
				noted(call);
				return one(call, saved.id, say.refundSaved);
			},
		},
		{
			method: 'DELETE',
			path: `${path}/{}`,
			scope: `${list}.DELETE`,
			answer: (call) => {
				storeOf(call.org).removeRefund(id(call), id(call, 1));
				noted(call);
				return success({}, say.refundDeleted);
			},
		},
	];
}
