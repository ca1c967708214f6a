import type { Document } from './documentBody.mts';
import { kinds } from './documentKinds.mts';
import { invalid, refuse } from './errors.mts';
import { booksDate, booksTime, readDay } from './times.mts';
import { type Json, readText } from './values.mts';

export interface Comment {
	id: string;
	description: string;
	/** What Books notes by itself is its history. */
	type: 'internal' | 'system';
	at: number;
}

/** What comments need of the organization. */
interface CommentSurroundings {
	now(): number;
	newId(): string;
}

/** Books v3 "Add comment"; that of a purchase order can tell when it is expected. An empty one is refused, it is assumed. */
export function addComment(document: Document, body: Json, org: CommentSurroundings): Comment {
	const description = readText('description', body['description']) || invalid('description');
	const comment: Comment = { id: org.newId(), description, type: 'internal', at: org.now() };
	const expected = 'expected_delivery_date';
	if (document.kind === 'purchaseorder' && expected in body)
		document.texts[expected] = readDay(expected, body[expected]);
	document.comments.push(comment);
	return comment;
}

/** Books v3 "Delete a comment". What Books noted by itself stays, it is assumed. */
export function removeComment(document: Document, id: string): void {
	const found = document.comments.find((comment) => comment.id === id);
	if (found?.type !== 'internal') refuse(404, 1002, 'Comment does not exist.');
	document.comments = document.comments.filter((comment) => comment !== found);
}

/** A row of Books v3 "List comments & history"; a new one looks alike. */
export function shownComment(
	{ id, kind }: Document,
	comment: Comment,
	org: { user: { id: string; name: string }; timeZone: string },
): Json {
	return {
		comment_id: comment.id,
		[kinds[kind].idField]: id,
		description: comment.description,
		commented_by_id: org.user.id,
		commented_by: org.user.name,
		comment_type: comment.type,
		operation_type: 'Added',
		date: booksDate(comment.at, org.timeZone),
		date_description: 'just now',
		time: booksTime(comment.at, org.timeZone).slice(11, 16),
		transaction_id: '',
		transaction_type: kind,
	};
}
