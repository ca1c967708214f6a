import { addComment, type Comment, shownComment } from './comments.mts';
import type { Document } from './documentBody.mts';
import { kinds } from './documentKinds.mts';
import { readDay } from './times.mts';
import type { Json } from './values.mts';

/** Books v3 "Add comment"; that of a purchase order can tell when it is expected. */
export function commentOn(document: Document, body: Json, org: Parameters<typeof addComment>[2]): Comment {
	const expected = 'expected_delivery_date';
	const isTold = document.kind === 'purchaseorder' && expected in body;
	const day = isTold ? readDay(expected, body[expected]) : '';
	const comment = addComment(document, body, org);
	if (isTold) document.texts[expected] = day;
	return comment;
}

/** A row of Books v3 "List comments & history"; a new one looks alike. */
export const shownDocumentComment = (
	{ id, kind }: Document,
	comment: Comment,
	org: Parameters<typeof shownComment>[1],
): Json => ({
	...shownComment(comment, org),
	[kinds[kind].idField]: id,
	comment_type: comment.type,
	operation_type: 'Added',
	transaction_id: '',
	transaction_type: kind,
});
