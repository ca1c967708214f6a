/**
 * Announcements: what is about to be written from CRM to Books stands in the sync mark before it is written. Books has no field of ours, so link and
 * mark come to CRM only after the write, in busy times a minute later. Should n8n end in between, the change in Books would look like one that
 * somebody made there, and could take the place of what was typed in CRM meanwhile. A value in Books that was announced is known as CRM's own.
 * In the mark it is a list of hashes per field, as several executions may be on their way with states of the same record.
 */

import { agrees, hashOf } from './hash';
import type { Fields, Json, SyncMark } from './types';

type Half = Record<string, string>;

const separator = ' ';
/** Of a field. More than two are left only by crashes, and the oldest ones count least. */
const mostHashes = 3;

/** Who carries a record over. */
export interface Carrier {
	/** Name of the process. */
	by: string;
	/** Epoch milliseconds: until then it is not taken for ended. */
	until: number;
}

/** Of a mark that announces something. */
export function carrierOf(mark: SyncMark | undefined): Carrier | undefined {
	const [by = '', until = ''] = mark?.carrier?.split(separator) ?? [];
	const time = Date.parse(until);
	return by === '' || Number.isNaN(time) ? undefined : { by, until: time };
}

/**
 * The mark that announces a state.
 * @param held the mark that the record has
 * @param next the mark that the record is to get after the write: what it knows of CRM and `held` does not is on its way
 */
export function announcing(held: SyncMark, next: SyncMark, carrier?: Carrier): SyncMark {
	const announced: Half = { ...next.announced, ...held.announced };
	for (const [field, hash] of Object.entries(next.crm)) {
		const before = held.crm[field] ?? '';
		if (hash === before) continue;
		announced[field] = [...hashesOf(announced[field]).filter((one) => one !== hash), hash].slice(-mostHashes).join(separator);
	}
	return { ...held, announced, ...(carrier && { carrier: [carrier.by, new Date(carrier.until).toISOString()].join(separator) }) };
}

/** For a record of which only one value is known to be on its way. */
export function announcingValue(held: SyncMark, field: string, value: Json): SyncMark {
	return announcing(held, { ...held, crm: { ...held.crm, [field]: hashOf(value, field) } });
}

/** The announcements of a mark that it does not know as agreed on already. */
export function openAnnouncements({ announced = {}, crm }: SyncMark): Half {
	const open = Object.entries(announced).flatMap(([field, hashes]): Array<[string, string]> => {
		const left = hashesOf(hashes).filter((hash) => hash !== crm[field]);
		return left.length === 0 ? [] : [[field, left.join(separator)]];
	});
	return Object.fromEntries(open);
}

/**
 * What both sides agree on, given what Books has now: a proposed value that was announced came from CRM, so that both had it.
 * @param proposed CRM field → value as Books has it
 */
export function agreedWith({ crm, announced = {} }: SyncMark, proposed: Fields): Half {
	const agreed = { ...crm };
	for (const [field, hashes] of Object.entries(announced)) {
		const landed = field in proposed ? hashesOf(hashes).find((hash) => agrees(hash, proposed[field], field)) : undefined;
		if (landed !== undefined) agreed[field] = landed;
	}
	return agreed;
}

/** Is this value on its way to Books? */
export function hasAnnounced({ announced = {} }: SyncMark, field: string, value: Json): boolean {
	return hashesOf(announced[field]).some((hash) => hash !== '' && agrees(hash, value, field));
}

function hashesOf(text: string | undefined): string[] {
	return text === undefined ? [] : text.split(separator);
}
