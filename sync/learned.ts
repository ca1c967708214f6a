/**
 * What an execution has agreed on anew. Between its decision and its link another one may have written the mark, and knows of other fields
 * what this one does not: of a mark only what was learned takes the place of what CRM holds by then.
 */

import type { SyncMark } from './types';

type Half = Record<string, string>;

/** Fields of the two halves of a mark. */
export interface Learned {
	books: string[];
	crm: string[];
}

/** Where `after` knows something else than `before`, the mark on which the decision was based; without one, everything. */
export function learnedSince(before: SyncMark | undefined, after: SyncMark): Learned {
	const fresh = (known: Half | undefined, half: Half) => Object.keys(half).filter((field) => half[field] !== known?.[field]);
	return { books: fresh(before?.books, after.books), crm: fresh(before?.crm, after.crm) };
}

/** What both have learned, one after the other. */
export function both(one: Learned | undefined, other: Learned | undefined): Learned | undefined {
	if (!one || !other) return undefined;
	return { books: [...new Set([...one.books, ...other.books])], crm: [...new Set([...one.crm, ...other.crm])] };
}

/** The mark with what `held` knows of fields about which nothing was learned. `learned` absent: the mark as it is. */
export function onto(held: SyncMark, mark: SyncMark, learned: Learned | undefined): SyncMark {
	if (!learned) return mark;
	const half = (name: 'books' | 'crm'): Half => ({ ...mark[name], ...held[name], ...only(mark[name], learned[name]) });
	return { ...mark, books: half('books'), crm: half('crm') };
}

const only = (half: Half, fields: string[]): Half => Object.fromEntries(fields.flatMap((field) => (half[field] === undefined ? [] : [[field, half[field]]])));
