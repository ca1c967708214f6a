import { paymentRemoval } from './creditRoutes.mts';
import { createDocument, noted, reviewDocument } from './documentCalls.mts';
import type { Document } from './documentBody.mts';
import { type Kind, kinds } from './documentKinds.mts';
import { documentDetail } from './documentRender.mts';
import { below } from './documentRoutes.mts';
import { invalid, refuse } from './errors.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { readDay } from './times.mts';
import type { Json } from './values.mts';

/** What is done with documents beyond their fields and states. Methods, paths, scopes and statuses after Zoho's OpenAPI files. */

const find = (call: BooksCall, kind: Kind): Document => call.org.documents.get(id(call), kind);

/** Of a query parameter: ids with commas between them. */
function idsIn(call: BooksCall, name: string): string[] {
	const ids = (call.query.get(name) ?? '').split(',').filter(Boolean);
	return ids.length > 0 ? ids : invalid(name);
}

/** What a later document takes over from an order or quote. @param lineField names the line of the order */
function bodyFrom(call: BooksCall, { id: documentId, kind, customerId, lines, discount, discountType }: Document, lineField?: string): Json {
	const party = kinds[kind].party === 'customer' ? 'customer_id' : 'vendor_id';
	return {
		[party]: customerId,
		date: call.org.today(),
		discount,
		discount_type: discountType,
		line_items: lines.map((line) => ({
			item_id: line.itemId,
			name: line.name,
			description: line.description,
			rate: line.rate,
			quantity: line.quantity,
			discount: line.discount,
			tax_id: line.tax?.id ?? '',
			account_id: line.accountId,
			...(lineField && { [lineField]: line.id }),
		})),
		...(kind === 'estimate' && { invoiced_estimate_id: documentId }),
	};
}

/** A confirmed order only, as Zoho says; of quotes it does not say it: accepted or sent ones are assumed. */
const convertible: Partial<Record<Kind, readonly string[]>> = { salesorder: ['open'], estimate: ['sent', 'accepted'] };

function confirmed(call: BooksCall, documentId: string, kind: Kind): Document {
	const document = call.org.documents.get(documentId, kind);
	if (!convertible[kind]?.includes(document.status))
		refuse(400, 4043, `${document.number} is ${call.org.documents.statusOf(document)} and cannot be made an invoice.`);
	return document;
}

const conversions: BooksRoute[] = [
	{
		method: 'POST',
		path: '/invoices/fromsalesorder',
		scope: 'invoices.CREATE',
		query: ['salesorder_id'],
		answer(call) {
			const [orderId = ''] = idsIn(call, 'salesorder_id');
			const order = confirmed(call, orderId, 'salesorder');
			return createDocument(call, 'invoice', bodyFrom(call, order, 'salesorder_item_id'));
		},
	},
	{
		method: 'POST',
		path: '/invoices/fromestimates',
		scope: 'invoices.CREATE',
		query: ['estimate_ids'],
		answer(call) {
			const estimates = idsIn(call, 'estimate_ids').map((one) => confirmed(call, one, 'estimate'));
			for (const estimate of estimates) createDocument(call, 'invoice', bodyFrom(call, estimate));
			return success({}, 'The invoices have been created.');
		},
	},
	{
		method: 'GET',
		path: '/bills/editpage/frompurchaseorders',
		scope: 'bills.READ',
		query: ['purchaseorder_ids'],
		answer(call) {
			const ids = idsIn(call, 'purchaseorder_ids');
			const orders = ids.map((one) => call.org.documents.get(one, 'purchaseorder'));
			const [first] = orders;
			if (!first || orders.some(({ customerId }) => customerId !== first.customerId)) return invalid('purchaseorder_ids');
			const { vendor_name } = documentDetail(call.org, first);
			const bodies = orders.map((order) => bodyFrom(call, order, 'purchaseorder_item_id'));
			const line_items = bodies.flatMap((body) => body['line_items'] as Json[]);
			return success({ purchaseorder_ids: ids, bill: { ...bodies[0], purchaseorder_ids: ids, vendor_name, line_items } });
		},
	},
];

/** Zoho sends a reminder of what is owed; who gets it without addresses is not told. */
function remind(call: BooksCall): Document {
	const invoice = find(call, 'invoice');
	if (!['sent', 'overdue', 'partially_paid'].includes(call.org.documents.statusOf(invoice)))
		refuse(400, 4044, 'Reminders are sent for open and overdue invoices only.');
	const body = call.body();
	if (!Array.isArray(body['cc_mail_ids'])) invalid('cc_mail_ids');
	return invoice;
}

const reminders: BooksRoute[] = [
	{
		...below('invoice', 'POST', '/paymentreminder', (call) => {
			noted(call, remind(call));
			return success({}, 'Your payment reminder has been sent.');
		}, ['to_mail_ids', 'cc_mail_ids', 'subject', 'body', 'send_from_org_email_id']),
		query: ['send_customer_statement', 'attachments'],
	},
	...(['enable', 'disable'] as const).map((way) =>
		below('invoice', 'POST', `/paymentreminder/${way}`, (call) => {
			noted(call, find(call, 'invoice'));
			return success({}, way === 'enable' ? 'Reminders enabled.' : 'Reminders stopped.');
		}),
	),
];

const scheduled = new WeakSet<Document>();

const schedules: BooksRoute[] = [
	below(
		'invoice',
		'POST',
		'/email/schedule',
		(call) => {
			const time = String(call.body()['schedule_time'] ?? '');
			if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(time)) invalid('schedule_time');
			scheduled.add(find(call, 'invoice'));
			return success({}, 'The invoice email has been scheduled.');
		},
		['schedule_time'],
	),
	below('invoice', 'DELETE', '/email/schedule', (call) => {
		if (!scheduled.delete(find(call, 'invoice'))) refuse(400, 4045, 'No email of the invoice is scheduled.');
		return success({}, 'The scheduled invoice email has been cancelled.');
	}),
];

const paymentLink: BooksRoute = {
	method: 'GET',
	path: '/share/paymentlink',
	scope: 'settings.READ',
	query: ['transaction_id', 'transaction_type', 'link_type', 'expiry_time'],
	answer({ query, org }) {
		if (query.get('transaction_type') !== 'invoice') invalid('transaction_type');
		if (!['private', 'public'].includes((query.get('link_type') ?? '').toLowerCase())) invalid('link_type');
		if (readDay('expiry_time', query.get('expiry_time')) === '') invalid('expiry_time');
		const invoice = org.documents.get(query.get('transaction_id') ?? '', 'invoice');
		return success({ data: { share_link: `https://zohosecurepay.com/books/${org.organizationId}/secure?CInvoiceID=${invoice.id}` } });
	},
};

const reviews: BooksRoute[] = (['invoice', 'creditnote'] as const).flatMap((kind) => [
	{ ...below(kind, 'POST', '/reject', (call) => reviewDocument(call, kind, 'rejected')), query: ['reason'] },
	below(kind, 'POST', '/approve/final', (call) => reviewDocument(call, kind, 'approved')),
]);

export const documentActionRoutes: readonly BooksRoute[] = [...conversions, ...reminders, ...schedules, paymentLink, ...reviews, paymentRemoval('invoice')];
