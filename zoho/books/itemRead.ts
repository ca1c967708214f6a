/** Reading many items at once: the one list of Books that takes ids. Source: Books v3 "Bulk fetch item details". */

import type { ZohoClient } from '../client';
import { asObject, chunks, objectsOf, text } from '../json';
import type { JsonObject } from '../types';
import { item as items } from './item';
import { booksRoot, getBooksRecord, scopeOf } from './read';

/** As many as a public client asks for in one call; Zoho names no limit. */
const idsPerCall = 100;

/** The items of these ids, in the order of the ids, each once; those that do not exist (any more) are missing. Rejects with a ZohoError. */
export async function getItems(client: ZohoClient, ids: readonly string[]): Promise<JsonObject[]> {
	const wanted = [...new Set(ids)];
	const found = new Map<string, JsonObject>();
	for (const part of chunks(wanted, idsPerCall)) {
		const reply = await client.requestIfThere({
			method: 'GET',
			path: `${booksRoot}/itemdetails`,
			query: { item_ids: part.join(',') },
			subject: `${part.length} items`,
			scope: scopeOf(items.scope, 'READ'),
		});
		// Whether one id that is gone spoils the answer for all is not documented: they are read one by one then.
		const rows = reply ? objectsOf(asObject(reply.body)[items.listKey]) : await oneByOne(client, part);
		for (const row of rows) found.set(text(row[items.idField]), row);
	}
	return wanted.map((id) => found.get(id)).filter((row) => row !== undefined);
}

async function oneByOne(client: ZohoClient, ids: readonly string[]): Promise<JsonObject[]> {
	const found: JsonObject[] = [];
	for (const id of ids) {
		const one = await getBooksRecord(client, items, id);
		if (one) found.push(one);
	}
	return found;
}
