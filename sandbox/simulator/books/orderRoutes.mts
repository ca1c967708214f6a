import type { SimResponse } from '../types.mts';
import { removeComment } from './comments.mts';
import { creditRoutes } from './creditRoutes.mts';
import { noted, reviewDocument, saveDocumentByUnique } from './documentCalls.mts';
import { shownDocumentComment } from './documentComments.mts';
import { bodyFields } from './documentFields.mts';
import { allKinds, type Kind, kinds } from './documentKinds.mts';
import { below, routesOf } from './documentRoutes.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';

/** The form of the answer to a new comment: of sales orders the file has a list, of invoices, quotes and credit notes a message only. */
const answersComment: Record<Kind, 'record' | 'list' | undefined> = {
	invoice: undefined,
	estimate: undefined,
	salesorder: 'list',
	creditnote: undefined,
	purchaseorder: 'record',
	bill: 'record',
	vendorcredit: 'record',
};
export const commentFields: Partial<Record<Kind, readonly string[]>> = {
	invoice: ['payment_expected_date', 'show_comment_to_clients'],
	estimate: ['show_comment_to_clients'],
	purchaseorder: ['expected_delivery_date'],
};

function commentOn(call: BooksCall, kind: Kind): SimResponse {
	const made = call.org.documents.comment(id(call), kind, call.body());
	const document = call.org.documents.get(id(call), kind);
	const comment = shownDocumentComment(document, made, call.org);
	noted(call, document);
	const form = answersComment[kind];
	return success(
		form === undefined ? {} : { comment: form === 'list' ? [comment] : comment },
		'The comment has been added.',
		kinds[kind].answers.comment,
	);
}

function commentRoutes(kind: Kind): BooksRoute[] {
	const find = (call: BooksCall) => call.org.documents.get(id(call), kind);
	return [
		below(kind, 'GET', '/comments', (call) => {
			const document = find(call);
			return success({
				comments: document.comments.map((one) => shownDocumentComment(document, one, call.org)),
			});
		}),
		below(kind, 'POST', '/comments', (call) => commentOn(call, kind), [
			'description',
			...(commentFields[kind] ?? []),
		]),
		below(kind, 'DELETE', '/comments/{}', (call) => {
			removeComment(find(call), id(call, 1));
			noted(call, find(call));
			return success({}, 'The comment has been deleted.');
		}),
	];
}

function approvalRoutes(kind: Kind): BooksRoute[] {
	return [
		below(kind, 'POST', '/submit', (call) => reviewDocument(call, kind, 'pending_approval')),
		below(kind, 'POST', '/approve', (call) => reviewDocument(call, kind, 'approved')),
	];
}

const upsertRoute = (kind: Kind): BooksRoute => ({
	...below(kind, 'PUT', '', (call) => saveDocumentByUnique(call, kind), bodyFields[kind]),
	path: `/${kinds[kind].list}`,
});

/**
 * Sales orders, credit notes, purchase orders, bills and vendor credits, and of all documents comments, approval, credits, and the PUT that finds a document by a unique custom
 * field. Methods, paths and scopes after Zoho's OpenAPI files.
 */
export const orderRoutes: readonly BooksRoute[] = [
	...allKinds.filter((kind) => kind !== 'invoice' && kind !== 'estimate').flatMap(routesOf),
	...allKinds.flatMap(approvalRoutes),
	...allKinds.flatMap(commentRoutes),
	...allKinds.filter((kind) => kinds[kind].upserts).map(upsertRoute),
	{
		...below('purchaseorder', 'POST', '/reject', (call) => reviewDocument(call, 'purchaseorder', 'rejected')),
		scope: 'purchaseorders.UPDATE',
	},
	...creditRoutes,
];
