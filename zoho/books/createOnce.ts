/**
 * One document for one thing, however often it is asked for. Books knows no idempotency key and allows equal reference numbers, so the
 * reference number is the key: looked for before the create, and once more after it, as another process may have done the same meanwhile.
 * Source: Books v3 "List invoices", "List estimates" (`reference_number`).
 */

import type { ZohoClient } from '../client';
import { ZohoError, refusal } from '../errors';
import { parseZohoTime } from '../dates';
import { text } from '../json';
import type { JsonObject } from '../types';
import { bookPages, getBooksRecord } from './read';
import type { BooksResource } from './resource';
import { createCall, createdIn, deleteBooksRecord } from './write';

export interface CreatedOnce {
	/** The whole document. */
	record: JsonObject;
	/** False: it was there already, or another process was quicker. */
	created: boolean;
}

const createAttempts = 3;
/** Milliseconds before each look for a document that must be there: a list lags behind a create by a second or two. */
const looks = [0, 2_000, 4_000];

/** What `reference_number` holds, without outer spaces. */
export function onceKey(record: JsonObject): string {
	return text(record.reference_number).trim();
}

/**
 * The document with the record's reference number; made when there is none. When several were made at once, the oldest stays, and the own one
 * is deleted if it is still a draft. Two processes that cannot see each other's document within six seconds keep both.
 * @throws ZohoError, also when there is no reference number, and when the own document is one too many and no draft (intent `duplicate`)
 */
export async function createOnce(client: ZohoClient, resource: BooksResource, record: JsonObject): Promise<CreatedOnce> {
	const key = onceKey(record);
	const label = resource.label.toLowerCase();
	const call = createCall(resource, { ...record, reference_number: key }, `${label} for reference "${key}"`);
	if (key === '') {
		const remedy = 'Map something that tells one from another to it, such as the ID of the CRM Deal.';
		throw refusal(call, 'no-reference', 'reference_number is missing', remedy);
	}
	const [known] = await withReference(client, resource, key);
	if (known) return { record: await whole(client, resource, known), created: false };

	for (let attempt = 1; ; attempt++) {
		const { reply, error } = await client.attempt(call);
		if (reply) return await settle(client, resource, createdIn(resource, reply, call), key);
		if (!error.outcomeUnknown) throw error;
		const [made] = await lookFor(client, resource, key, (rows) => rows.length > 0);
		if (made) return { record: await whole(client, resource, made), created: true };
		if (attempt === createAttempts) throw error;
	}
}

/** After a create: leaves only the oldest document of the key. */
async function settle(
	client: ZohoClient,
	resource: BooksResource,
	own: JsonObject,
	key: string,
): Promise<CreatedOnce> {
	const id = text(own[resource.idField]);
	const isOwn = (row: JsonObject) => text(row[resource.idField]) === id;
	const [oldest] = await lookFor(client, resource, key, (rows) => rows.some(isOwn));
	if (!oldest || isOwn(oldest)) return { record: own, created: true };
	const kept = await whole(client, resource, oldest);
	if (text(own.status) === 'draft') await deleteBooksRecord(client, resource, id);
	else throw oneTooMany(resource, id, text(oldest[resource.idField]), key);
	return { record: kept, created: false };
}

function oneTooMany(resource: BooksResource, id: string, existingId: string, key: string): ZohoError {
	const label = resource.label.toLowerCase();
	const remedy = `Void or delete one of the two in Zoho Books; ${existingId} is the older one.`;
	const message = `${label} ${id} was made for reference "${key}" at the same moment as ${existingId}`;
	const fault = { intent: 'duplicate' as const, code: 'made-twice', message, remedy, existingId };
	return new ZohoError([fault], createCall(resource, {}, `${label} ${id}`));
}

/** Looks until the list shows what is to be there, at most as often as it may lag. */
async function lookFor(
	client: ZohoClient,
	resource: BooksResource,
	key: string,
	isThere: (rows: JsonObject[]) => boolean,
): Promise<JsonObject[]> {
	let rows: JsonObject[] = [];
	for (const delay of looks) {
		if (delay > 0) await client.surroundings.sleep(delay);
		rows = await withReference(client, resource, key);
		if (isThere(rows)) break;
	}
	return rows;
}

/** List rows with that reference number, the oldest first. Compared again here: Books ignores a filter that it does not know. */
async function withReference(client: ZohoClient, resource: BooksResource, key: string): Promise<JsonObject[]> {
	const rows: JsonObject[] = [];
	for await (const page of bookPages(client, resource, { reference_number: key })) {
		rows.push(...page.filter((row) => onceKey(row).toLowerCase() === key.toLowerCase()));
	}
	return rows.sort((a, b) => madeAt(a) - madeAt(b) || inOrder(text(a[resource.idField]), text(b[resource.idField])));
}

function madeAt(row: JsonObject): number {
	return parseZohoTime(text(row.created_time)) ?? Number.POSITIVE_INFINITY;
}

/** Ids have too many digits for numbers. */
function inOrder(a: string, b: string): number {
	if (a.length !== b.length) return a.length - b.length;
	return a < b ? -1 : Number(a > b);
}

/** The document behind a list row. One deleted meanwhile is passed on as the row that it was. */
async function whole(client: ZohoClient, resource: BooksResource, row: JsonObject): Promise<JsonObject> {
	return (await getBooksRecord(client, resource, text(row[resource.idField]))) ?? row;
}
