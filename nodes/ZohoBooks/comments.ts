/** Comments and history of a record. Source: Books v3 "Add comment", "List comments & history", "Update comment", "Delete a comment" of each resource. */

import type { INodeProperties } from 'n8n-workflow';

import { asObject, isObject, objectsOf } from '../../zoho/json';
import type { ReadParameter, RoutedOperation } from '../shared/declarative';
import { field } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { readForm } from './record';
import { callTo, says } from './resource';

interface Particulars {
	/** Key of the rows in the list. */
	listKey?: string;
	/** What a new comment holds beside its text, by the field of Zoho it is for. */
	fields?: Record<string, INodeProperties>;
	/** Whether Zoho takes another text for a comment that is there. */
	canUpdate?: boolean;
	/** Whether they can be got apart from the record. */
	canList?: boolean;
}

/** The comment as Zoho answers it, alone or as a list of one; some resources answer with a message only. */
const answered: RoutedOperation['answer'] = async (client, call) => {
	const { comment, comments } = asObject((await client.request(call)).body);
	const made = isObject(comment) ? comment : objectsOf(comment ?? comments)[0];
	return [made ?? { ...asObject(call.body), ...(call.method === 'POST' && { added: true }) }];
};

const commentText = field('Comment', 'comment', { required: true, typeOptions: { rows: 3 } });
const commentId = field('Comment ID', 'commentId', { required: true, placeholder: 'e.g. 460000000026065' });

/** *Add*, *Delete*, *Get Many* and, where Zoho has it, *Update* for the comments of a record. */
export function commentOperations(
	{ books, one, id }: Kind,
	has: ReturnType<typeof operationsOf>,
	{ listKey = 'comments', fields = {}, canUpdate = false, canList = true }: Particulars = {},
): KindOperation[] {
	const comment = { ...books, label: 'Comment', listKey };
	const path = `${books.path}/{${id.name}}/comments`;
	const parameters = Object.fromEntries(Object.entries(fields).map(([name, property]) => [name, property.name]));
	const body = (read: ReadParameter) => readForm(read, { description: 'comment', ...parameters });
	const listed = has.listOfRecord(
		{ name: 'Get Comments', value: 'getComments', description: `Get comments and history of ${one}`, action: `Get comments of ${one}` },
		comment,
		'/comments',
	);
	const changed = has.called(
		{ name: 'Update Comment', value: 'updateComment', description: `Change a comment of ${one}`, action: `Update a comment of ${one}` },
		callTo(comment, 'PUT', `${path}/{commentId}`, { body, answer: answered }),
		['id'],
		[commentId, commentText, ...Object.values(fields)],
	);
	return [
		has.called(
			{ name: 'Add Comment', value: 'addComment', description: `Add a comment to ${one}`, action: `Add a comment to ${one}` },
			callTo(comment, 'POST', path, { body, answer: answered }),
			['id'],
			[commentText, ...Object.values(fields)],
		),
		has.called(
			{ name: 'Delete Comment', value: 'deleteComment', description: `Delete a comment of ${one}`, action: `Delete a comment of ${one}` },
			callTo(comment, 'DELETE', `${path}/{commentId}`, { answer: says({ deleted: true }) }),
			['id'],
			[commentId],
		),
		...(canList ? [listed] : []),
		...(canUpdate ? [changed] : []),
	];
}
