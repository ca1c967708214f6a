/** Searches in Books lists: by filter, one call a value, or from the whole list where that costs fewer calls. */

import { groupBy } from '../../sync/fold';
import { comparable } from '../../sync/match';
import { searchKey, type BooksSearch } from '../../sync/plan';
import type { JsonObject } from '../../sync/types';
import { bookPages } from '../../zoho/books/read';
import type { BooksResource } from '../../zoho/books/resources';
import type { ZohoClient } from '../../zoho/client';
import type { QueryValues } from '../../zoho/types';

type Results = Map<string, JsonObject[]>;

/** From this many searches on it is tried whether reading the whole list costs fewer calls. */
const listingPaysFrom = 4;
const rowsPerCall = 200;
/** Longest value of a list filter (Books v3 "List contacts", "List items"); longer ones are looked for by their beginning. */
const longestFilter = 100;

/**
 * Filters that are in no description of the list, though clients of Zoho use them. Books ignores a filter that it does not know and
 * answers with the whole list, so what comes is compared here, and such a list answers all searches at once.
 */
const undocumented: Record<string, readonly string[]> = { item: ['sku'] };

/** Adds the rows that each search finds, one entry per `searchKey`. */
export async function searchBooks(
	client: ZohoClient,
	resource: BooksResource,
	searches: BooksSearch[],
	found: Results,
): Promise<void> {
	const listed =
		searches.length >= listingPaysFrom &&
		(await searchInList(client, resource, searches, found, searches.length * rowsPerCall));
	if (listed) return;
	const isUnsure = ({ field }: BooksSearch) => (undocumented[resource.name] ?? []).includes(field);
	const unsure = searches.filter(isUnsure);
	for (const one of unsure) {
		if (found.has(searchKey(one))) continue;
		const rows = await searchByFilter(client, resource, one);
		const part = one.value.toLowerCase();
		const isWholeList = rows.some((row) => !String(row[one.field] ?? '').toLowerCase().includes(part));
		if (isWholeList) answerAll(searches, rows, found);
		else found.set(searchKey(one), rows);
	}
	await Promise.all(
		searches
			.filter((one) => !found.has(searchKey(one)))
			.map(async (one) => found.set(searchKey(one), await searchByFilter(client, resource, one))),
	);
}

/** One call for one value (more only when over 200 records have it). */
async function searchByFilter(
	client: ZohoClient,
	resource: BooksResource,
	search: BooksSearch,
): Promise<JsonObject[]> {
	const { field, value } = search;
	const filter =
		value.length > longestFilter
			? { [`${field}_startswith`]: value.slice(0, longestFilter) }
			: { [field]: value };
	const rows: JsonObject[] = [];
	for await (const page of bookPages(client, resource, { ...listOf(resource, [search]), ...filter }))
		rows.push(...page);
	return rows;
}

/**
 * Answers all searches from the list, 200 rows a call, if it ends within as many calls as the searches would cost; otherwise false. How
 * long the list is cannot be known beforehand, so this costs at most twice the cheaper way.
 */
async function searchInList(
	client: ZohoClient,
	resource: BooksResource,
	searches: BooksSearch[],
	found: Results,
	enough: number,
): Promise<boolean> {
	const rows: JsonObject[] = [];
	for await (const page of bookPages(client, resource, listOf(resource, searches), enough)) rows.push(...page);
	if (rows.length >= enough) return false;
	answerAll(searches, rows, found);
	return true;
}

function answerAll(searches: BooksSearch[], rows: JsonObject[], found: Results): void {
	const wanted = groupBy(searches, (one) => keyOf(one));
	for (const one of searches) found.set(searchKey(one), []);
	const shapes = [...groupBy(searches, shapeOf).values()].flatMap((group) => group.slice(0, 1));
	for (const row of rows) {
		for (const shape of shapes) {
			if (!isOfType(row, shape)) continue;
			for (const one of wanted.get(keyOf(shape, row)) ?? []) found.get(searchKey(one))?.push(row);
		}
	}
}

/** The list in which to look: contacts of one type, where all searches are for it. */
function listOf({ everything = {} }: BooksResource, searches: BooksSearch[]): QueryValues {
	const types = new Set(searches.map(({ contactType }) => contactType));
	const [type] = types;
	return { ...everything, ...(types.size === 1 && type ? { contact_type: type } : {}) };
}

function isOfType(row: JsonObject, { contactType }: BooksSearch): boolean {
	return contactType === undefined || row.contact_type === undefined || row.contact_type === contactType;
}

/** What a search asks for, and what a row has to offer it; equal where the row is one of those looked for. */
function keyOf(search: BooksSearch, row?: JsonObject): string {
	const { kind, field } = search;
	return JSON.stringify([shapeOf(search), comparable(kind, row ? row[field] : search.value, field)]);
}

function shapeOf({ kind, field, contactType }: BooksSearch): string {
	return `${kind} ${field} ${contactType ?? ''}`;
}
