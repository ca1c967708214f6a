/** Reading contact persons: those of a contact, or of all contacts at once. Source: Books v3 "Contact Persons" (`list_contact_persons`, `list_all_contact_persons`). */

import type { ZohoClient } from '../client';
import { text } from '../json';
import type { JsonObject } from '../types';
import { contactPerson } from './contactPerson';
import { bookPages, largestPage } from './read';

/**
 * The persons of every contact by contact_id, 200 a call. Zoho does not describe the rows of this list: undefined when they do not tell
 * whose persons they are, or when the list is longer than `mostCalls` calls.
 */
export async function allPersons(
	client: ZohoClient,
	mostCalls = Number.POSITIVE_INFINITY,
): Promise<Map<string, JsonObject[]> | undefined> {
	const persons = new Map<string, JsonObject[]>();
	const enough = mostCalls * largestPage;
	let read = 0;
	for await (const rows of bookPages(client, contactPerson, {}, enough)) {
		read += rows.length;
		if (read >= enough) return undefined;
		for (const row of rows) {
			const contactId = text(row.contact_id);
			if (contactId === '') return undefined;
			const others = persons.get(contactId);
			if (others) others.push(row);
			else persons.set(contactId, [row]);
		}
	}
	return persons;
}

/** The persons of one contact. */
export async function personsOfContact(client: ZohoClient, contactId: string): Promise<JsonObject[]> {
	const path = `/contacts/${encodeURIComponent(contactId)}/contactpersons`;
	const persons: JsonObject[] = [];
	for await (const rows of bookPages(client, { ...contactPerson, path })) persons.push(...rows);
	return persons;
}
