/** One look at a list of Books: which query narrows it down or puts it in order, and how far it has to be read. */

import { wholePages, type BooksPage } from '../../zoho/books/read';
import type { BooksResource } from '../../zoho/books/resources';
import type { ZohoClient } from '../../zoho/client';
import { parseZohoTime, toBooksTime } from '../../zoho/dates';
import { ZohoError } from '../../zoho/errors';
import { text } from '../../zoho/json';
import type { JsonObject, QueryValues } from '../../zoho/types';
import type { ScanRow } from '../shared/trigger/sweep';

/** What a trigger has learnt of a list. Losing it costs calls, never a record. */
export interface ListMemory {
	/** How many of the undocumented parameters Books has refused: the order, then the filter. */
	refused: number;
	/** Looks at one page that follow until the whole list is due again. */
	pagesOwed: number;
}

export interface Look {
	rows: ScanRow[];
	pages: number;
	/** The list has more pages than this look needed to see, and nothing in it tells which of them hold changes. */
	unordered: boolean;
}

type Wanted = (row: JsonObject) => boolean;

/** One row, or none when it lacks id or time. */
export function scanRow(resource: BooksResource, row: JsonObject): ScanRow[] {
	const id = text(row[resource.idField]);
	const modified = parseZohoTime(text(row[resource.modifiedField ?? '']));
	const created = parseZohoTime(text(row.created_time));
	if (id === '' || modified === undefined) return [];
	return [{ id, modified, ...(created === undefined ? {} : { created }) }];
}

/**
 * Newest first, so that the first row older than `from` ends it. The filter is sent as well where Zoho takes
 * or may take one. An undocumented filter may be ignored, and so may the order: without Books saying that it
 * has sorted so (where the order is not documented) and the rows really falling, all pages are read.
 */
export async function lookAtWhole(
	client: ZohoClient,
	resource: BooksResource,
	memory: ListMemory,
	from: number,
	wanted: Wanted,
): Promise<Look> {
	return await withoutRefused(resource, memory, async (refused) => {
		const query = { ...orderOf(resource, refused), ...filterOf(resource, refused, from), ...resource.everything };
		const order = new Order(resource);
		const found: ScanRow[] = [];
		let pages = 0;
		let unordered = false;
		for await (const page of wholePages(client, resource, query)) {
			pages++;
			found.push(...newRows(resource, page, from, wanted));
			order.note(page);
			if (order.isKept && order.last < from) break;
			unordered ||= hasMore(page) && resource.sortByModified !== true && order.oldest < from;
		}
		return { rows: found, pages, unordered };
	});
}

/** One page, with the records made last where Zoho documents how to ask for them. */
export async function lookAtNewest(
	client: ZohoClient,
	resource: BooksResource,
	memory: ListMemory,
	from: number,
	wanted: Wanted,
): Promise<Look> {
	return await withoutRefused(resource, { ...memory, refused: Math.max(memory.refused, 1) }, async (refused) => {
		const query = { ...orderOf(resource, refused), ...filterOf(resource, refused, from), ...resource.everything };
		for await (const page of wholePages(client, resource, query)) {
			return { rows: newRows(resource, page, from, wanted), pages: 1, unordered: hasMore(page) };
		}
		return { rows: [], pages: 0, unordered: false };
	});
}

/** Up to 200 rows, the ones modified last where Books knows how. */
export async function firstPage(client: ZohoClient, resource: BooksResource): Promise<JsonObject[]> {
	return await withoutRefused(resource, { refused: 0, pagesOwed: 0 }, async (refused) => {
		const query = { ...orderOf(resource, refused), ...resource.everything };
		for await (const { rows } of wholePages(client, resource, query, 200)) return rows;
		return [];
	});
}

/** Leaves out one undocumented parameter more each time Books refuses the query, and remembers it when that has helped. */
async function withoutRefused<Result>(
	resource: BooksResource,
	memory: ListMemory,
	read: (refused: number) => Promise<Result>,
	refused = memory.refused,
): Promise<Result> {
	const result = read(refused).catch(async (reason: unknown) => {
		const canLeaveOut = resource.sortByModified === 'undocumented' && refused < 2 && isRefusedQuery(reason);
		return canLeaveOut ? await withoutRefused(resource, memory, read, refused + 1) : await Promise.reject(reason as Error);
	});
	const got = await result;
	memory.refused = Math.max(memory.refused, refused);
	return got;
}

/** Not the organization (6041): that has nothing to do with the query. */
function isRefusedQuery(reason: unknown): boolean {
	return reason instanceof ZohoError && reason.intent === 'invalid' && reason.status === 400 && reason.fault.code !== '6041';
}

function orderOf({ sortByModified, modifiedField, newestColumn }: BooksResource, refused: number): QueryValues {
	const column = sortByModified === true || (sortByModified && refused === 0) ? modifiedField : newestColumn;
	return column ? { sort_column: column, sort_order: 'D' } : {};
}

function filterOf({ modifiedFilter }: BooksResource, refused: number, from: number): QueryValues {
	const isLeftOut = modifiedFilter === 'none' || (modifiedFilter === 'undocumented' && refused > 1);
	return isLeftOut ? {} : { last_modified_time: toBooksTime(from) };
}

function newRows(resource: BooksResource, { rows }: BooksPage, from: number, wanted: Wanted): ScanRow[] {
	return rows.filter(wanted).flatMap((row) => scanRow(resource, row).filter(({ modified }) => modified >= from));
}

function hasMore({ context }: BooksPage): boolean {
	return context.has_more_page === true;
}

/** Whether a list comes with the latest modification first. */
class Order {
	private readonly resource: BooksResource;
	private falling: boolean;
	private steps = 0;
	last = Number.POSITIVE_INFINITY;
	oldest = Number.POSITIVE_INFINITY;

	constructor(resource: BooksResource) {
		this.resource = resource;
		this.falling = resource.sortByModified !== false;
	}

	note({ rows, context }: BooksPage): void {
		const { sortByModified, modifiedField } = this.resource;
		// Rows in the order of their creation fall as well, as long as nobody has edited one.
		if (sortByModified === 'undocumented' && context.sort_column !== modifiedField) this.falling = false;
		for (const { modified } of rows.flatMap((row) => scanRow(this.resource, row))) {
			if (modified > this.last) this.falling = false;
			if (modified < this.last && this.last !== Number.POSITIVE_INFINITY) this.steps++;
			this.last = modified;
			this.oldest = Math.min(this.oldest, modified);
		}
	}

	/** A page of rows that are all equally old proves no order. */
	get isKept(): boolean {
		return this.falling && this.steps > 0;
	}
}
