/** Books records by the time of their last modification. */

import { versionOf } from '../../sync/cursor';
import { bookPages } from '../../zoho/books/read';
import type { BooksResource } from '../../zoho/books/resources';
import type { ZohoClient } from '../../zoho/client';
import { text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import { ClockedClient } from '../../zoho/clockedClient';
import type { Scan, ScanRow } from '../shared/trigger/sweep';
import { firstPage, lookAtNewest, lookAtWhole, scanRow, type ListMemory, type Look } from './look';
import { entityField } from './source';

/** Looks at a list of several pages until a look finds nothing that the one before has missed, at most as often as this. */
const mostLooks = 4;

/**
 * `note` hears of every version of a record that was seen. `memory` is kept from poll to poll.
 *
 * A list that Books neither narrows down nor puts in order costs as many calls as it has pages, and payments may be such a list. After such a
 * look, as many polls follow that read one page of it; they are told to be partial, so what only the whole look can see (older records that were
 * edited) waits for the next one and is not lost. That keeps a poll at two calls on average, however long the list is.
 */
export function booksScan(
	client: ZohoClient,
	resource: BooksResource,
	entities: readonly string[],
	note: (id: string, modified: number) => void,
	memory: ListMemory,
): Scan {
	const { organizationId } = client.connection;
	const wanted = (row: JsonObject) => isOf(resource, entities, row);
	return {
		key: resource.name,
		resource: resource.name,
		...(organizationId ? { organizationId } : {}),
		serverTime: async () => {
			const clocked = new ClockedClient(client);
			for await (const rows of bookPages(clocked, resource, resource.everything, 1)) if (rows) break;
			return clocked.serverTime;
		},
		read: async (from) => {
			const clocked = new ClockedClient(client);
			const isPartial = memory.pagesOwed > 0;
			const look = isPartial
				? await lookAtNewest(clocked, resource, memory, from, wanted)
				: await lookUntilSettled(clocked, resource, memory, from, wanted);
			memory.pagesOwed = isPartial ? memory.pagesOwed - 1 : look.unordered ? look.pages : 0;
			for (const { id, modified } of look.rows) note(id, modified);
			return { rows: look.rows, serverTime: clocked.serverTime, ...(isPartial && look.unordered && { partial: true }) };
		},
	};
}

/** The row that was modified last, of those entities; undefined when there is none. */
export async function latestRow(
	client: ZohoClient,
	resource: BooksResource,
	entities: readonly string[],
): Promise<ScanRow | undefined> {
	const rows = await firstPage(client, resource);
	const found = rows.filter((row) => isOf(resource, entities, row)).flatMap((row) => scanRow(resource, row));
	return found.sort((a, b) => b.modified - a.modified)[0];
}

/**
 * Books pages by number: a record deleted meanwhile moves all later rows up by one, and the row that crosses
 * from one page to the other is not seen. So a list of several pages is read until a reading brings nothing
 * that the one before has missed. What was modified since the first one began, as in a burst, is no such row: the next poll looks there, too.
 */
async function lookUntilSettled(
	client: ZohoClient,
	resource: BooksResource,
	memory: ListMemory,
	from: number,
	wanted: (row: JsonObject) => boolean,
): Promise<Look> {
	const found = new Map<string, ScanRow>();
	let pages = 0;
	let unordered = false;
	let newest = 0;
	for (let look = 0; look < mostLooks; look++) {
		const one = await lookAtWhole(client, resource, memory, from, wanted);
		const hasMissed = one.rows.some((row) => row.modified < newest && !found.has(versionOf(row)));
		for (const row of one.rows) found.set(versionOf(row), row);
		if (look === 0) newest = one.rows.reduce((latest, { modified }) => Math.max(latest, modified), 0);
		pages += one.pages;
		unordered ||= one.unordered;
		if (one.pages <= 1 || (look > 0 && !hasMissed)) break;
	}
	return { rows: [...found.values()], pages, unordered };
}

function isOf(resource: BooksResource, entities: readonly string[], row: JsonObject): boolean {
	const field = entityField(resource);
	return !field || entities.includes(text(row[field]));
}
