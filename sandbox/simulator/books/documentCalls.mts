import type { SimResponse } from '../types.mts';
import { saveByUnique } from './byUnique.mts';
import type { Document } from './documentBody.mts';
import { bodyFields, emailNeeds } from './documentFields.mts';
import { type Kind, kinds } from './documentKinds.mts';
import { documentDetail } from './documentRender.mts';
import { wordsOf } from './documentWords.mts';
import { invalid } from './errors.mts';
import { pdfOf } from './paper.mts';
import { type BooksCall, id, success } from './route.mts';
import { type Json, readText } from './values.mts';

/** What the routes of documents do. */

/** Fields that Books does not know change nothing; the API passes over a Deal in silence where no file says that it takes one. */
function bodyOf(call: BooksCall, kind: Kind): Json {
	const known = bodyFields[kind];
	return Object.fromEntries(Object.entries(call.body()).filter(([name]) => known.includes(name)));
}

const saysOwnNumber = (call: BooksCall, body: Json) =>
	call.query.get('ignore_auto_number_generation') === 'true' ||
	body['ignore_auto_number_generation'] === true;

export const noted = (
	call: BooksCall,
	{ id: documentId, kind }: Pick<Document, 'id' | 'kind'>,
	action: 'create' | 'update' | 'delete' = 'update',
	by: 'api' | 'effect' = 'api',
) => call.org.noted(kinds[kind].list, action, documentId, by);

const shown = (call: BooksCall, document: Document, message?: string, status?: number) =>
	success({ [kinds[document.kind].key]: documentDetail(call.org, document) }, message, status);

/** Purchase orders that a bill names look otherwise now. One that a void bill names can be gone. */
function notedOrders(call: BooksCall, { orderIds }: Document): void {
	const orders = call.org.documents.of('purchaseorder').filter((order) => orderIds.includes(order.id));
	for (const order of orders) noted(call, order, 'update', 'effect');
}

export function createDocument(call: BooksCall, kind: Kind, body = bodyOf(call, kind)): SimResponse {
	const { documents } = call.org;
	const document = documents.create(kind, body, 'api', saysOwnNumber(call, body));
	if (call.query.get('send') === 'true') documents.emailed(document.id, kind);
	noted(call, document, 'create');
	notedOrders(call, document);
	return {
		...shown(call, document, wordsOf(kind).created, 201),
		headers: { location: `/api/v3/${kinds[kind].list}/${document.id}` },
	};
}

/** As JSON, or as a file where the kind has a PDF. */
export function getDocument(call: BooksCall, kind: Kind): SimResponse {
	const document = call.org.documents.get(id(call), kind);
	return kinds[kind].isPrinted && call.query.get('accept') === 'pdf' ? pdfOf(document) : shown(call, document);
}

export function updateDocument(call: BooksCall, kind: Kind, documentId = id(call)): SimResponse {
	const body = bodyOf(call, kind);
	const document = call.org.documents.update(documentId, body, kind, saysOwnNumber(call, body));
	noted(call, document);
	return shown(call, document, wordsOf(kind).updated);
}

/** By a custom field that takes no value twice. */
export const saveDocumentByUnique = (call: BooksCall, kind: Kind): SimResponse =>
	saveByUnique(call, () => bodyOf(call, kind), {
		name: `The ${kinds[kind].name}`,
		fields: call.org.customFields(kind),
		all: call.org.documents.of(kind),
		update: (found) => updateDocument(call, kind, found.id),
		create: (body) => createDocument(call, kind, body),
	});

export function deleteDocument(call: BooksCall, kind: Kind): SimResponse {
	const document = call.org.documents.remove(id(call), kind);
	noted(call, document, 'delete');
	notedOrders(call, document);
	return success({}, wordsOf(kind).deleted);
}

export function emailDocument(call: BooksCall, kind: Kind): SimResponse {
	const body = call.body();
	const to = body['to_mail_ids'];
	if (!Array.isArray(to) || to.length === 0) return invalid('to_mail_ids');
	for (const name of emailNeeds[kind] ?? []) if (readText(name, body[name]) === '') invalid(name);
	const isFirst = !call.org.documents.get(id(call), kind).emailed;
	noted(call, call.org.documents.emailed(id(call), kind));
	return success(
		kind === 'invoice' ? { is_first_email: isFirst } : {},
		wordsOf(kind).sent,
		kinds[kind].answers.email,
	);
}

export function setCustomFields(call: BooksCall, kind: Kind): SimResponse {
	// Of credit notes an object holds the list.
	const list = kinds[kind].customFields?.[0] === 'POST' ? call.body()['custom_fields'] : call.list();
	noted(call, call.org.documents.setCustom(id(call), list, kind));
	return success({}, 'Custom Fields Updated Successfully');
}

/** Submits for approval, approves or rejects. */
export function reviewDocument(
	call: BooksCall,
	kind: Kind,
	status: 'pending_approval' | 'approved' | 'rejected',
): SimResponse {
	noted(call, call.org.documents.review(id(call), status, kind));
	return success(
		{},
		`The ${kinds[kind].name} is ${status.replace('_', ' ')}.`,
		status === 'rejected' ? kinds[kind].answers.reject : 200,
	);
}
