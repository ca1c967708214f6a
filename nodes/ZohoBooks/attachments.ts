/**
 * Files of a record. Sources: Books v3 "Add attachment to an invoice", "Get an invoice attachment", "Add receipt to an expense" and their like;
 * that the file is a part of a form is told with expenses and retainer invoices.
 */

import type { INodeProperties } from 'n8n-workflow';

import { inputFileField, outputFileField } from '../shared/declarativeFiles';
import { field, yesNo } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { callTo, says } from './resource';

interface Particulars {
	/** What Zoho calls such a file; it is also the address below the record and the part of the form. */
	noun?: 'Attachment' | 'Receipt';
	/** What the resource has; by default all but *Update*. */
	can?: ReadonlyArray<'add' | 'delete' | 'get' | 'update'>;
	/** The file can go with an email of the record. */
	canSend?: boolean;
}

const inEmail: INodeProperties = {
	...yesNo('Send With Email', 'canSendInMail', 'Whether the file goes with an email of the record'),
	routing: { send: { type: 'query', property: 'can_send_in_mail' } },
};

/** *Add*, *Delete*, *Get* and *Update* for the file of a record. */
export function attachmentOperations(
	{ books, one, id }: Kind,
	has: ReturnType<typeof operationsOf>,
	{ noun = 'Attachment', can = ['add', 'delete', 'get'], canSend = can.includes('update') }: Particulars = {},
): KindOperation[] {
	const part = noun.toLowerCase();
	const article = part === 'receipt' ? 'a' : 'an';
	const path = `${books.path}/{${id.name}}/${part}`;
	const words = (verb: string, description: string, preposition = 'of') => ({
		name: `${verb} ${noun}`,
		value: `${verb.toLowerCase()}${noun}`,
		description,
		action: `${verb} ${article} ${part} ${preposition} ${one}`,
	});
	const operations = {
		add: () =>
			has.called(
				words('Add', `Put a file on ${one}`, 'to'),
				callTo(books, 'POST', path, { upload: part, answer: says({ added: true }) }),
				['id'],
				[inputFileField, ...(canSend ? [inEmail] : [])],
			),
		delete: () =>
			has.called(words('Delete', `Take the file off ${one}`), callTo(books, 'DELETE', path, { answer: says({ deleted: true }) }), ['id']),
		get: () => has.called(words('Get', `Get the file that is on ${one}`), callTo(books, 'GET', path, { download: true }), ['id'], [outputFileField]),
		update: () =>
			has.called(
				words('Update', `Say whether the file on ${one} goes with its email`),
				callTo(books, 'PUT', path, { answer: says({ updated: true }) }),
				['id'],
				[inEmail],
			),
	};
	return can.map((verb) => operations[verb]());
}

const documentId = field('Document ID', 'documentId', {
	required: true,
	placeholder: 'e.g. 460000000567200',
	description: 'Of the file: see documents in what Get puts out',
});

/** *Delete* and *Get* for the files of a record, each by its id. */
export function documentOperations({ books, one, id }: Kind, has: ReturnType<typeof operationsOf>): KindOperation[] {
	const path = `${books.path}/{${id.name}}/documents/{documentId}`;
	return [
		has.called(
			{ name: 'Delete Document', value: 'deleteDocument', description: `Delete one file of ${one}`, action: `Delete a document of ${one}` },
			callTo(books, 'DELETE', path, { answer: says({ deleted: true }) }),
			['id'],
			[documentId],
		),
		has.called(
			{ name: 'Get Document', value: 'getDocument', description: `Get one file of ${one}`, action: `Get a document of ${one}` },
			callTo(books, 'GET', path, { download: true }),
			['id'],
			[documentId, outputFileField],
		),
	];
}
