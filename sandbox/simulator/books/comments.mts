import { invalid, refuse } from './errors.mts';
import { booksDate, booksTime } from './times.mts';
import { type Json, readText } from './values.mts';

export interface Comment {
	id: string;
	description: string;
	/** What Books notes by itself is its history. */
	type: 'internal' | 'system';
	at: number;
}

export interface Commented {
	comments: Comment[];
}

/** What comments need of the organization. */
interface CommentSurroundings {
	now(): number;
	newId(): string;
}

/** What somebody says about a record. An empty comment is refused, it is assumed. */
export function addComment(record: Commented, body: Json, org: CommentSurroundings): Comment {
	const description = readText('description', body['description']) || invalid('description');
	const comment: Comment = { id: org.newId(), description, type: 'internal', at: org.now() };
	record.comments.push(comment);
	return comment;
}

/** A line of the history of a record, that Books writes. */
export const systemComment = (description: string, org: CommentSurroundings): Comment => ({
	id: org.newId(),
	description,
	type: 'system',
	at: org.now(),
});

/** Another text for what somebody said; what Books noted by itself stays as it is, it is assumed. */
export function changeComment(record: Commented, id: string, body: Json): Comment {
	const found = record.comments.find((comment) => comment.id === id);
	if (found?.type !== 'internal') return refuse(404, 1002, 'Comment does not exist.');
	found.description = readText('description', body['description']) || invalid('description');
	return found;
}

/** What Books noted by itself stays, it is assumed. */
export function removeComment(record: Commented, id: string): void {
	const found = record.comments.find((comment) => comment.id === id);
	if (found?.type !== 'internal') refuse(404, 1002, 'Comment does not exist.');
	record.comments = record.comments.filter((comment) => comment !== found);
}

/** What the history says was done: of what Books writes all but the first entry is of changes. */
export const operationOf = ({ comments }: Commented, comment: Comment): 'Added' | 'Updated' =>
	comment.type === 'system' && comment !== comments[0] ? 'Updated' : 'Added';

/** What all resources tell of a comment. */
export function shownComment(
	comment: Comment,
	org: { user: { id: string; name: string }; timeZone: string },
): Json {
	return {
		comment_id: comment.id,
		description: comment.description,
		commented_by_id: org.user.id,
		commented_by: org.user.name,
		date: booksDate(comment.at, org.timeZone),
		date_description: 'just now',
		time: booksTime(comment.at, org.timeZone).slice(11, 16),
	};
}
