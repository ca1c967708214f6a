import type { Row } from './systems.mts';
import { linkOf, textAt } from './values.mts';

export type Kind = 'missing_in_crm' | 'missing_in_books' | 'doubled' | 'differing';

/** One thing that is not as it should be, about one record. */
export interface Difference {
	kind: Kind;
	/** Ids of the records it is about, in either system, and of those they belong to. */
	ids: string[];
	/** One plain sentence that names the record. */
	says: string;
}

/** What was found in one CRM module and what belongs to it in Books. */
export interface Comparison {
	/** CRM's name of the module. */
	module: string;
	/** What is compared, for people: `items ↔ Products`. */
	title: string;
	books: number;
	crm: number;
	differences: Difference[];
	/** Why nothing was compared. */
	absent?: string;
}

/** A field that both systems hold: how to read it on either side, in a form in which equal means the same. */
export interface FieldRule {
	label: string;
	books(row: Row): string;
	crm(row: Row): string;
}

/** A record of Books that must have exactly one counterpart in CRM. */
export interface Expected {
	id: string;
	name: string;
	row: Row;
	/** Ids of the records it is part of. */
	within?: string[];
}

export interface Pairing {
	module: string;
	title: string;
	/** What one is called in Books: `item`. */
	noun: string;
	expected: Expected[];
	/** All records of the CRM module that are in scope. */
	found: Row[];
	nameField: string;
	/** CRM records without a link are brought to Books as well, so one that has none is missing there. */
	bothWays: boolean;
	fields: readonly FieldRule[];
	/** What differs beyond single fields, in words. */
	further?(books: Row, crm: Row): string[];
}

function group(rows: Row[]): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const link = linkOf(row);
		groups.set(link, [...(groups.get(link) ?? []), row]);
	}
	return groups;
}

function differing(rule: FieldRule, books: Row, crm: Row): string[] {
	const [there, here] = [rule.books(books), rule.crm(crm)];
	return there === here ? [] : [`${rule.label} is "${there}" in Books and "${here}" in CRM`];
}

/** Compares the records of one module with those of Books that they stand for. */
export function compare(pairing: Pairing): Comparison {
	const { module, title, noun, expected, found, nameField, bothWays, fields } = pairing;
	const byLink = group(found);
	const known = new Set(expected.map(({ id }) => id));
	const differences: Difference[] = [];

	for (const { id, name, row, within = [] } of expected) {
		const matches = byLink.get(id) ?? [];
		const [match] = matches;
		const books = `${noun} "${name}" (${id})`;
		if (!match) {
			const says = `Books has ${books}, and no record of ${module} is linked with it.`;
			differences.push({ kind: 'missing_in_crm', ids: [id, ...within], says });
		} else if (matches.length > 1) {
			const all = matches.map((each) => textAt(each, 'id'));
			const says = `Books has ${books}, and ${matches.length} records of ${module} are linked with it: ${all.join(', ')}.`;
			differences.push({ kind: 'doubled', ids: [id, ...all], says });
		} else {
			const words = [
				...fields.flatMap((rule) => differing(rule, row, match)),
				...(pairing.further?.(row, match) ?? []),
			];
			const crmId = textAt(match, 'id');
			const says = `${noun} "${name}" (Books ${id}, CRM ${crmId}): ${words.join('; ')}.`;
			if (words.length > 0) differences.push({ kind: 'differing', ids: [id, crmId], says });
		}
	}
	for (const row of found) {
		const link = linkOf(row);
		if (known.has(link) || (link === '' && !bothWays)) continue;
		const id = textAt(row, 'id');
		const crm = `${module} has "${textAt(row, nameField)}" (${id})`;
		const says =
			link === ''
				? `${crm}, and it is linked with no ${noun} in Books.`
				: `${crm}, linked with ${noun} ${link}, and Books has none of that ID.`;
		differences.push({ kind: 'missing_in_books', ids: [id, ...(link === '' ? [] : [link])], says });
	}
	return { module, title, books: expected.length, crm: found.length, differences };
}

/** What takes the place of a comparison where CRM has no such module. */
export function notThere(module: string, title: string, books: number): Comparison {
	return { module, title, books, crm: 0, differences: [], absent: 'CRM has no such module' };
}
