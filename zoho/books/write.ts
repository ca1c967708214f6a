/** Writes of one record that Books resources have in common. */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, isObject, objectsOf, text } from '../json';
import type { JsonObject, QueryValues, ZohoCall, ZohoReply } from '../types';
import { booksRoot, needsOf } from './read';
import type { BooksResource } from './resource';

/** The record in an answer; Zoho's description has a list of one where some answers have an object. */
function recordIn({ recordKey }: BooksResource, reply: ZohoReply): JsonObject | undefined {
	const record = asObject(reply.body)[recordKey];
	return isObject(record) ? record : objectsOf(record)[0];
}

/** The record in the answer to a create. @throws ZohoError when Books says success and returns none */
export function createdIn(resource: BooksResource, reply: ZohoReply, call: ZohoCall): JsonObject {
	const created = recordIn(resource, reply);
	if (created) return created;
	const label = resource.label.toLowerCase();
	throw refusal(call, 'no-record', `Books returned no ${label}`, 'Look in Books whether it was created.');
}

/** Books gives documents their numbers itself and takes a given one only when asked to: Books v3 "Create an invoice", "Create an estimate". */
export function numberQuery({ numberField }: BooksResource, record: JsonObject): QueryValues {
	return numberField && text(record[numberField]) !== '' ? { ignore_auto_number_generation: true } : {};
}

/** The call that creates a record. It must not be sent blindly again. */
export function createCall(resource: BooksResource, fields: JsonObject, subject: string): ZohoCall {
	return {
		method: 'POST',
		path: booksRoot + resource.path,
		query: numberQuery(resource, fields),
		body: fields,
		subject,
		...needsOf(resource, 'CREATE'),
	};
}

/**
 * Changes the given fields of a record: a `PUT` leaves fields alone that it does not hold (recorded answers), but replaces lists that it does.
 * Resolves with the record as Books returned it. Rejects with a ZohoError.
 */
export async function updateBooksRecord(
	client: ZohoClient,
	resource: BooksResource,
	id: string,
	fields: JsonObject,
): Promise<JsonObject> {
	const name = text(fields[resource.displayField]);
	const reply = await client.request({
		method: 'PUT',
		path: `${booksRoot}${resource.path}/${encodeURIComponent(id)}`,
		query: numberQuery(resource, fields),
		body: fields,
		subject: [resource.label.toLowerCase(), ...(name ? [`"${name}"`] : []), id].join(' '),
		...needsOf(resource, 'UPDATE'),
	});
	return recordIn(resource, reply) ?? { ...fields, [resource.idField]: id };
}

/** Deletes a record; one that is gone already is fine. */
export async function deleteBooksRecord(client: ZohoClient, resource: BooksResource, id: string): Promise<void> {
	await client.requestIfThere({
		method: 'DELETE',
		path: `${booksRoot}${resource.path}/${encodeURIComponent(id)}`,
		subject: `${resource.label.toLowerCase()} ${id}`,
		...needsOf(resource, 'DELETE'),
	});
}
