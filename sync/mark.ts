/** Reading and writing the sync mark (see `SyncMark`). */

import { getPath, isBlank, isObject } from './fields';
import { openAnnouncements } from './announced';
import { agrees, hashOf } from './hash';
import type { JsonObject, SyncMark } from './types';

/** CRM field that holds the id of the Books record: unique text. */
export const linkField = 'Zoho_Books_ID';
/** CRM field that holds the sync mark: multi-line text. */
export const markField = 'Zoho_Books_Sync';
/** Fields of a CRM record that say nothing of its content, so that a change in them is no change of the record. */
export const upkeepFields: ReadonlySet<string> = new Set([
	'id',
	linkField,
	markField,
	'Modified_Time',
	'Modified_By',
	'Created_Time',
	'Created_By',
]);
/** CRM field that holds a person's company. */
export const companyField = 'Account_Name';
/** Its name, in Accounts. */
export const companyNameField = 'Account_Name';
/** CRM's small multi-line text field takes 2,000 characters. */
export const markLimit = 2000;

type Half = Record<string, string>;

export function emptyMark(): SyncMark {
	return { version: 1, books: {}, crm: {} };
}

/** The mark in a CRM field's text. Whatever is no mark of ours, whole and readable, is undefined; never throws. */
export function readMark(text: unknown): SyncMark | undefined {
	if (typeof text !== 'string') return undefined;
	try {
		return asMark(JSON.parse(text));
	} catch {
		return undefined;
	}
}

function asMark(value: unknown): SyncMark | undefined {
	if (!isObject(value) || value.version !== 1) return undefined;
	const books = asHalf(value.books);
	const crm = asHalf(value.crm);
	if (!books || !crm) return undefined;
	const mark: SyncMark = { version: 1, books, crm };
	if (typeof value.booksModified === 'string') mark.booksModified = value.booksModified;
	if (typeof value.booksWritten === 'string') mark.booksWritten = value.booksWritten;
	if (typeof value.crmModified === 'string') mark.crmModified = value.crmModified;
	if (typeof value.booksParent === 'string') mark.booksParent = value.booksParent;
	const announced = asHalf(value.announced);
	if (announced) mark.announced = announced;
	if (typeof value.carrier === 'string') mark.carrier = value.carrier;
	return mark;
}

function asHalf(value: unknown): Half | undefined {
	if (!isObject(value)) return undefined;
	const entries = Object.entries(value).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	);
	return Object.fromEntries(entries);
}

/**
 * The mark as JSON of at most `limit` characters, keys in fixed order: equal marks give equal text. What does not fit is
 * left out; a field that is left out is compared by value the next time.
 */
export function writeMark(mark: SyncMark, limit = markLimit): string {
	const books = sorted(mark.books);
	const crm = sorted(mark.crm);
	const announced = sorted(openAnnouncements(mark));
	let { booksWritten } = mark;
	const text = () =>
		JSON.stringify({
			version: 1,
			...(mark.booksModified === undefined ? {} : { booksModified: mark.booksModified }),
			...(booksWritten === undefined ? {} : { booksWritten }),
			...(mark.crmModified === undefined ? {} : { crmModified: mark.crmModified }),
			...(mark.booksParent === undefined ? {} : { booksParent: mark.booksParent }),
			books,
			crm,
			...(Object.keys(announced).length === 0 ? {} : { announced, carrier: mark.carrier }),
		});
	if (text().length > limit) booksWritten = undefined;
	let length = text().length;
	for (const [half, key] of [...entriesOf(announced), ...leastUsefulFirst(books, crm)]) {
		if (length <= limit) break;
		delete half[key];
		length = text().length;
	}
	return text();
}

/** Blank fields first (an unknown ancestor of a blank field does little harm), CRM's before Books' (CRM is read anyway), then the longest. */
function leastUsefulFirst(books: Half, crm: Half): Array<[Half, string]> {
	const entries = [crm, books].flatMap(entriesOf);
	const rank = ([half, key]: [Half, string]) => (half[key] === '' ? 0 : 1);
	return entries.sort((a, b) => rank(a) - rank(b) || (rank(a) === 0 ? 0 : b[1].length - a[1].length));
}

function entriesOf(half: Half): Array<[Half, string]> {
	return Object.keys(half).map((key) => [half, key]);
}

function sorted(half: Half): Half {
	return Object.fromEntries(Object.entries(half).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/**
 * Do both marks know the same of the fields? The times alone are no reason to write a mark, and neither are announcements. Both are cut to the same length, with
 * room left for the times, because the one that was read back had to fit the field.
 */
export function sameMark(a: SyncMark | undefined, b: SyncMark, limit = markLimit): boolean {
	if (!a) return false;
	const known = ({ version, booksParent, books, crm }: SyncMark) =>
		writeMark({ version, booksParent, books, crm }, limit - 128);
	return known(a) === known(b);
}

/**
 * Field → hash over these paths of a record; a path that the record does not have counts as blank. A value that still agrees with the
 * hash in `known` keeps that one: it may know more decimals.
 */
export function fingerprint(record: JsonObject, paths: Iterable<string>, known: Half = {}): Half {
	return Object.fromEntries(
		[...paths].map((path) => {
			const value = getPath(record, path);
			const before = known[path];
			return [path, before !== undefined && agrees(before, value, path) ? before : hashOf(value, path)];
		}),
	);
}

/**
 * Which paths of a source the mark should know of. Where something is decided (see `decides`), whatever has a value may be what it was about; otherwise what the mark
 * knows already, as a trigger that fetches all fields brings many that nobody maps.
 */
export function pathsToKnow(known: Half, { source, sourceFields }: { source: JsonObject; sourceFields: string[] }, isDecided: boolean): string[] {
	const before = Object.keys(known);
	if (before.length === 0) return sourceFields;
	if (!isDecided) return before;
	return [...new Set([...before, ...sourceFields.filter((path) => !isBlank(getPath(source, path)))])];
}
