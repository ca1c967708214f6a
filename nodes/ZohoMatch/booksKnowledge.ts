/** Looks up in Books what a plan needs. Every Books record costs a call, so nothing is read that the plan did not ask for. */

import { type BooksKnowledge, type BooksNeeds, type FlatKind, type FlatKnowledge, type FlatNeeds } from '../../sync/plan';
import { contact } from '../../zoho/books/contact';
import { contactPerson } from '../../zoho/books/contactPerson';
import { item } from '../../zoho/books/item';
import { getItems } from '../../zoho/books/itemRead';
import { getBooksRecord } from '../../zoho/books/read';
import { booksResources, type BooksResource } from '../../zoho/books/resources';
import type { ZohoClient } from '../../zoho/client';
import { isZohoId } from '../../zoho/ids';
import { text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import { searchBooks } from './booksSearch';

/** Adds everything in `needs` to what is known of contacts and their people. */
export async function lookUp(client: ZohoClient, needs: BooksNeeds, known: BooksKnowledge): Promise<void> {
	await Promise.all([
		...needs.contactIds.map(async (id) => known.contacts.set(id, await recordOf(client, contact, id))),
		...needs.personIds.map(async (id) => {
			const person = await recordOf(client, contactPerson, id);
			known.persons.set(id, typeof person?.contact_id === 'string' ? person.contact_id : undefined);
		}),
		searchBooks(client, contact, needs.searches, known.searches),
	]);
}

/** As `lookUp`, for records that stand for one CRM record each. */
export async function lookUpFlat(
	client: ZohoClient,
	kind: FlatKind,
	needs: FlatNeeds,
	known: FlatKnowledge,
): Promise<void> {
	const resource = resourceOf(kind);
	await Promise.all([
		readRecords(client, resource, needs.ids, known.records),
		searchBooks(client, resource, needs.searches, known.searches),
	]);
}

/** Only items can be read many at once. */
async function readRecords(
	client: ZohoClient,
	resource: BooksResource,
	ids: string[],
	records: FlatKnowledge['records'],
): Promise<void> {
	if (resource.name === item.name && ids.length > 1) {
		const rows = await getItems(client, ids.filter(isZohoId));
		const byId = new Map(rows.map((row) => [text(row[item.idField]), row]));
		for (const id of ids) records.set(id, byId.get(id));
		return;
	}
	await Promise.all(ids.map(async (id) => records.set(id, await recordOf(client, resource, id))));
}

/**
 * Links and marks are text that people in CRM can edit: what is no id stands for no record. A call for it would be refused, and fail all that
 * wait for the same answers.
 */
async function recordOf(client: ZohoClient, resource: BooksResource, id: string): Promise<JsonObject | undefined> {
	return isZohoId(id) ? await getBooksRecord(client, resource, id) : undefined;
}

function resourceOf({ label, idField }: FlatKind): BooksResource {
	const resource = Object.values(booksResources).find((one) => one.idField === idField);
	if (!resource) throw new Error(`Zoho Books has no resource for ${label}`);
	return resource;
}
