/** Optimistic locking of CRM records. Source: CRM v8 "Update Records" (`If-Unmodified-Since`). */

import type { ZohoClient } from '../client';
import { parseZohoTime, toCrmTime } from '../dates';
import { text } from '../json';
import type { JsonObject } from '../types';

const second = 1_000;

/** A record as it was read. */
export interface Seen {
	record: JsonObject;
	/** When it was asked for, epoch milliseconds. */
	at: number;
}

/**
 * Reads a record so that `If-Unmodified-Since` with its Modified_Time sees every later change. CRM tells whole seconds, so a change in the very second of the last
 * one would pass unseen: while that second lasts, it is waited for, and the record is read again.
 * @param read resolves with the record, or with undefined when it does not exist (any more)
 * @param seen what was read before, where something was
 */
export async function settled(
	{ surroundings }: ZohoClient,
	read: () => Promise<JsonObject | undefined>,
	seen?: Seen,
): Promise<JsonObject | undefined> {
	const at = seen?.at ?? surroundings.now();
	const record = seen ? seen.record : await read();
	const safeFrom = (modifiedAt(record) ?? 0) + second;
	if (at >= safeFrom) return record;
	// Never longer than the second itself, whatever the clocks say.
	const left = Math.min(second, safeFrom - surroundings.now());
	if (left > 0) await surroundings.sleep(left);
	return await read();
}

/** The Modified_Time as the header takes it; undefined for a record that was read without it. */
export function unmodifiedSince(record: JsonObject): string | undefined {
	const modified = modifiedAt(record);
	return modified === undefined ? undefined : toCrmTime(modified);
}

function modifiedAt(record: JsonObject | undefined): number | undefined {
	return parseZohoTime(text(record?.Modified_Time));
}
