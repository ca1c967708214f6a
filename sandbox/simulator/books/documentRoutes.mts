import type { SimResponse } from '../types.mts';
import type { Document, Kind } from './documentBody.mts';
import { documentList } from './documentList.mts';
import { documentDetail } from './documentRender.mts';
import { invalid } from './errors.mts';
import { paymentOfInvoice } from './paymentRender.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { listed, parametersOf } from './rows.mts';
import type { Json } from './values.mts';

interface Words {
	created: string;
	updated: string;
	deleted: string;
	sent: string;
	states: ReadonlyArray<readonly [status: Document['status'], message: string]>;
}

/** As recorded; for estimates Books says "quote". */
const words: Record<Kind, Words> = {
	invoice: {
		created: 'The invoice has been created.',
		updated: 'Invoice information has been updated.',
		deleted: 'The invoice has been deleted.',
		sent: 'Your invoice has been sent.',
		states: [
			['sent', 'Invoice status has been changed to Sent.'],
			['void', 'Invoice status has been changed to Void.'],
			['draft', 'Invoice status has been changed to Draft.'],
		],
	},
	estimate: {
		created: 'The quote has been created.',
		updated: 'Quote information has been updated.',
		deleted: 'The quote has been deleted.',
		sent: 'Your quote has been sent.',
		states: [
			['sent', 'Quote status has been changed to Sent.'],
			['accepted', 'Quote status has been changed to Accepted.'],
			['declined', 'Quote status has been changed to Declined.'],
		],
	},
};

/** Fields that both kinds take and that change something here; those of single countries are known and change nothing. */
const sharedFields = [
	'customer_id',
	'currency_id',
	'contact_persons',
	'contact_persons_associated',
	'reference_number',
	'template_id',
	'date',
	'discount',
	'is_discount_before_tax',
	'discount_type',
	'is_inclusive_tax',
	'exchange_rate',
	'salesperson_name',
	'custom_fields',
	'tags',
	'line_items',
	'custom_body',
	'custom_subject',
	'notes',
	'terms',
	'shipping_charge',
	'adjustment',
	'adjustment_description',
	'location_id',
	'tax_id',
	'tax_authority_id',
	'tax_exemption_id',
	'place_of_supply',
	'vat_treatment',
	'tax_treatment',
	'is_reverse_charge_applied',
	'gst_treatment',
	'gst_no',
	'avatax_use_code',
	'avatax_exempt_no',
];
const bodyFields: Record<Kind, readonly string[]> = {
	invoice: [
		...sharedFields,
		'invoice_number',
		'due_date',
		'payment_terms',
		'payment_terms_label',
		'invoiced_estimate_id',
		'recurring_invoice_id',
		'payment_options',
		'allow_partial_payments',
		'send',
		'reason',
		'billing_address_id',
		'shipping_address_id',
		'batch_payments',
		// In answers only, but public code sends it.
		'shipping_charge_tax_id',
	],
	estimate: [...sharedFields, 'estimate_number', 'expiry_date', 'project_id', 'shipping_charge_tax_id'],
};
const emailFields = [
	'send_from_org_email_id',
	'from_address_id',
	'to_mail_ids',
	'cc_mail_ids',
	'subject',
	'body',
];

/** The API passes over a Deal in silence: no file says that it takes one. */
function bodyOf(call: BooksCall): Json {
	const { zcrm_potential_id: _deal, ...body } = call.body();
	return body;
}
const saysOwnNumber = (call: BooksCall) => call.query.get('ignore_auto_number_generation') === 'true';

function createDocument(call: BooksCall, kind: Kind): SimResponse {
	const body = bodyOf(call);
	const { documents } = call.org;
	const document = documents.create(kind, body, 'api', saysOwnNumber(call));
	if (call.query.get('send') === 'true') documents.emailed(document.id, kind);
	call.org.noted(`${kind}s`, 'create', document.id, 'api');
	return {
		...success({ [kind]: documentDetail(call.org, document) }, words[kind].created, 201),
		headers: { location: `/api/v3/${kind}s/${document.id}` },
	};
}

function updateDocument(call: BooksCall, kind: Kind): SimResponse {
	const document = call.org.documents.update(id(call), bodyOf(call), kind, saysOwnNumber(call));
	call.org.noted(`${kind}s`, 'update', document.id, 'api');
	return success({ [kind]: documentDetail(call.org, document) }, words[kind].updated);
}

function deleteDocument(call: BooksCall, kind: Kind): SimResponse {
	call.org.noted(`${kind}s`, 'delete', call.org.documents.remove(id(call), kind).id, 'api');
	return success({}, words[kind].deleted);
}

function emailDocument(call: BooksCall, kind: Kind): SimResponse {
	const to = call.body()['to_mail_ids'];
	if (!Array.isArray(to) || to.length === 0) return invalid('to_mail_ids');
	const isFirst = !call.org.documents.get(id(call), kind).emailed;
	call.org.documents.emailed(id(call), kind);
	call.org.noted(`${kind}s`, 'update', id(call), 'api');
	return success(kind === 'invoice' ? { is_first_email: isFirst } : {}, words[kind].sent);
}

function routesOf(kind: Kind): BooksRoute[] {
	const path = `/${kind}s`;
	const one = `${path}/{}`;
	const scope = (operation: string) => `${kind}s.${operation}`;
	const acts = (method: BooksRoute['method'], below: string, answer: BooksRoute['answer']): BooksRoute => ({
		method,
		path: `${one}${below}`,
		scope: scope('CREATE'),
		answer,
	});
	return [
		{
			method: 'GET',
			path,
			scope: scope('READ'),
			query: (org) => [
				...parametersOf(documentList(org, kind)),
				...(kind === 'invoice' ? ['response_option'] : []),
			],
			answer: (call) => success(listed(call, call.org.documents.of(kind), documentList(call.org, kind))),
		},
		{
			method: 'POST',
			path,
			scope: scope('CREATE'),
			query: ['ignore_auto_number_generation', 'send'],
			fields: bodyFields[kind],
			answer: (call) => createDocument(call, kind),
		},
		{
			method: 'GET',
			path: one,
			scope: scope('READ'),
			answer: (call) => success({ [kind]: documentDetail(call.org, call.org.documents.get(id(call), kind)) }),
		},
		{
			method: 'PUT',
			path: one,
			scope: scope('UPDATE'),
			query: ['ignore_auto_number_generation'],
			fields: bodyFields[kind],
			answer: (call) => updateDocument(call, kind),
		},
		{
			method: 'DELETE',
			path: one,
			scope: scope('DELETE'),
			answer: (call) => deleteDocument(call, kind),
		},
		...words[kind].states.map(([status, message]) =>
			acts('POST', `/status/${status}`, (call) => {
				call.org.documents.setStatus(id(call), status, kind);
				call.org.noted(`${kind}s`, 'update', id(call), 'api');
				return success({}, message);
			}),
		),
		{ ...acts('POST', '/email', (call) => emailDocument(call, kind)), fields: emailFields },
		{
			method: 'PUT',
			path: `/${kind}/{}/customfields`,
			scope: scope('UPDATE'),
			fields: [],
			answer: (call) => {
				call.org.documents.setCustom(id(call), call.list(), kind);
				call.org.noted(`${kind}s`, 'update', id(call), 'api');
				return success({}, 'Custom Fields Updated Successfully');
			},
		},
	];
}

/** Everything about invoices and estimates that the simulated Books answers; methods, paths and scopes after Zoho's OpenAPI files. */
export const documentRoutes: readonly BooksRoute[] = [
	...routesOf('invoice'),
	...routesOf('estimate'),
	{
		method: 'GET',
		path: '/invoices/{}/payments',
		scope: 'invoices.READ',
		answer: (call) => {
			const invoice = call.org.documents.get(id(call), 'invoice');
			const payments = call.org.payments
				.of(invoice.id)
				.map(({ payment, applied }) => paymentOfInvoice(payment, applied));
			return success({ payments });
		},
	},
];
