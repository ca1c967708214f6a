/** Writing one item, so that a repeat or a second source finds the item that is there instead of doubling it. Source: Books v3 "Items". */

import type { ZohoClient } from '../client';
import { ZohoError, refusal } from '../errors';
import { text } from '../json';
import type { JsonObject } from '../types';
import { item as items } from './item';
import { bookPages } from './read';
import { createCall, createdIn, updateBooksRecord } from './write';

export interface SavedItem {
	/** As Books returned it. */
	item: JsonObject;
	/** `linked`: it was to be created, but was there already and has been updated instead. */
	action: 'created' | 'updated' | 'linked';
}

const createAttempts = 3;
/** Milliseconds before each look for an item that must be there: a list lags behind a create by a second or two. */
const looks = [0, 2_000, 4_000];

/**
 * With `item_id`: updates that item. Without: creates it; when Books refuses, an item of the same SKU, or of the same name where not both have
 * a SKU, is updated instead.
 * @throws ZohoError; intent `duplicate` with `existingId` when the item of that name has another SKU
 */
export async function saveItem(client: ZohoClient, record: JsonObject): Promise<SavedItem> {
	const { item_id, ...fields } = record;
	const id = text(item_id);
	if (id !== '') return { item: await updateBooksRecord(client, items, id, fields), action: 'updated' };
	return await createItem(client, fields);
}

async function createItem(client: ZohoClient, fields: JsonObject): Promise<SavedItem> {
	const call = createCall(items, fields, `item "${text(fields.name)}"`);
	if (text(fields.name).trim() === '') {
		throw refusal(call, 'no-name', 'name is missing', 'Map a name to "name": Books requires it.');
	}
	for (let attempt = 1; ; attempt++) {
		const { reply, error } = await client.attempt(call);
		if (reply) return { item: createdIn(items, reply, call), action: 'created' };
		if (!error.outcomeUnknown && error.intent !== 'duplicate' && error.intent !== 'invalid') throw error;
		const existing = await findItem(client, fields, mayLag(error) ? looks : [0]);
		if (existing) return await linkTo(client, existing, fields, error);
		if (!error.outcomeUnknown || attempt === createAttempts) throw error;
	}
}

/**
 * Which code a name or SKU that is taken gets is not documented, so every refusal leads to one look. The words only decide whether waiting for
 * the list pays.
 */
function mayLag(error: ZohoError): boolean {
	return error.outcomeUnknown || error.intent === 'duplicate' || /already|duplicate|exist/i.test(error.fault.message);
}

const folded = (value: unknown): string => text(value).trim().toLowerCase();

/** The item of the same SKU, else of the same name; inactive ones have theirs, too. */
async function findItem(client: ZohoClient, fields: JsonObject, delays: number[]): Promise<JsonObject | undefined> {
	for (const delay of delays) {
		if (delay > 0) await client.surroundings.sleep(delay);
		const found = (await rowOf(client, 'sku', fields)) ?? (await rowOf(client, 'name', fields));
		if (found) return found;
	}
	return undefined;
}

/** The first row with that value. `sku` is no documented filter: where Books ignores it, the list is gone through. */
async function rowOf(client: ZohoClient, field: 'name' | 'sku', fields: JsonObject): Promise<JsonObject | undefined> {
	const wanted = folded(fields[field]);
	if (wanted === '') return undefined;
	const query = { ...items.everything, [field]: text(fields[field]).trim() };
	for await (const page of bookPages(client, items, query)) {
		const row = page.find((one) => folded(one[field]) === wanted);
		if (row) return row;
	}
	return undefined;
}

async function linkTo(
	client: ZohoClient,
	existing: JsonObject,
	fields: JsonObject,
	cause: ZohoError,
): Promise<SavedItem> {
	const id = text(existing.item_id);
	const [has, wants] = [folded(existing.sku), folded(fields.sku)];
	if (has !== '' && wants !== '' && has !== wants) {
		const fault = {
			...cause.fault,
			intent: 'duplicate' as const,
			existingId: id,
			remedy: `Item ${id} has this name but the SKU "${text(existing.sku)}". If it is the same, give both the same SKU; if not, change one of the names.`,
		};
		throw new ZohoError([fault], cause.call, cause.status);
	}
	return { item: await updateBooksRecord(client, items, id, fields), action: 'linked' };
}
