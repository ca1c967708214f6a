import { changeComment } from './comments.mts';
import { noted } from './documentCalls.mts';
import { shownDocumentComment } from './documentComments.mts';
import type { Kind } from './documentKinds.mts';
import { below } from './documentRoutes.mts';
import { commentFields } from './orderRoutes.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';

/** Where Zoho's files have a way to change one, and the form of the answer. */
const changesComment: Partial<Record<Kind, 'record' | 'list' | 'message'>> = {
	invoice: 'record',
	estimate: 'record',
	salesorder: 'list',
	purchaseorder: 'message',
};

function routesOf(kind: Kind): BooksRoute[] {
	const form = changesComment[kind];
	if (!form) return [];
	const answer = (call: BooksCall) => {
		const document = call.org.documents.get(id(call), kind);
		const comment = shownDocumentComment(document, changeComment(document, id(call, 1), call.body()), call.org);
		noted(call, document);
		return success(form === 'message' ? {} : { comment: form === 'list' ? [comment] : comment }, 'The comment has been updated.');
	};
	return [below(kind, 'PUT', '/comments/{}', answer, ['description', ...(commentFields[kind] ?? [])])];
}

/** Comments of documents that get another text. Methods, paths and scopes after Zoho's OpenAPI files. */
export const commentChangeRoutes: readonly BooksRoute[] = (Object.keys(changesComment) as Kind[]).flatMap(routesOf);
