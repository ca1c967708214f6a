/** After a Books write: which CRM records get which link and mark (operation Link of Zoho Match). */

import { isObject } from './fields';
import { hashOfMark } from './hash';
import { onto, type Learned } from './learned';
import { linkField, markField, readMark, writeMark } from './mark';
import { normaliseEmail, normaliseName } from './normalise';
import { outranks } from './overtaken';
import type { CrmSource, Json, JsonObject, MatchResult, PersonRef } from './types';

/** What is written to the CRM record. */
export type LinkFields = { id: string; [linkField]: string; [markField]?: string };

export interface LinkRecord {
	module: string;
	record: LinkFields;
	/** What the record held when this was decided: its link, hashes of its mark, and its time. */
	before: Pick<CrmSource, 'link' | 'seen' | 'announcement' | 'asOf' | 'learned'>;
}

export interface LinkPlan {
	links: LinkRecord[];
	/** One sentence per CRM record that could not be linked without guessing. */
	problems: string[];
}

/**
 * CRM records to write: `{ id, Zoho_Books_ID, Zoho_Books_Sync }` per source that needs it.
 * `written` is the record as Books returned it, a contact with all its `contact_persons`; undefined when nothing was written (unchanged).
 */
export function linkRecords(match: MatchResult, written?: JsonObject, limit?: number): LinkPlan {
	const plan: LinkPlan = { links: [], problems: [] };
	const sources = (match.sources ?? []).filter((source) => source.write);
	const people = (match.sources ?? []).filter(({ person }) => person?.index !== undefined).length;
	for (const source of sources) {
		const recordId = textOf(written?.[idFieldOf(source)]) || match.id || '';
		const link = source.person ? personId(source.person, written, people) : recordId;
		if (!link || !recordId) {
			plan.problems.push(problemOf(source, recordId));
			continue;
		}
		const mark = { ...source.mark };
		if (source.person) mark.booksParent = recordId;
		const modified = textOf(written?.last_modified_time);
		if (modified) Object.assign(mark, { booksModified: modified, booksWritten: mark.booksWritten ?? '' });
		// Of a company that was linked for the sake of one of its people nothing is known: a mark would put out what another execution knows.
		const knowsNothing = Object.keys({ ...source.mark.books, ...source.mark.crm }).length === 0;
		plan.links.push({
			module: source.module,
			record: { id: source.id, [linkField]: link, ...(!knowsNothing && { [markField]: writeMark(mark, limit) }) },
			before: { link: source.link, seen: source.seen, announcement: source.announcement, asOf: source.asOf, learned: source.learned },
		});
	}
	return plan;
}

/**
 * May the link be written over what the CRM record holds by now? Between the decision and the link there may be minutes, in which another
 * execution has carried over a state of the same record and linked it.
 * @param held the record as CRM has it, with link and mark; undefined when it was not found
 */
export function mayLink({ module, record, before }: LinkRecord, held: JsonObject | undefined): true | 'overtaken' | { problem: string } {
	const [link, mark] = [textOf(held?.[linkField]), held?.[markField]];
	if (link !== '' && before.link === '' && link !== record[linkField]) {
		const problem = `${module} ${String(record.id)} was linked with the Books record ${link} in the same moment in which ${String(record[linkField])} was made for it. Merge the two in Books`;
		return { problem };
	}
	if (link !== record[linkField] || [before.seen, before.announcement].includes(hashOfMark(mark))) return true;
	return outranks(mark, record[markField]) ? 'overtaken' : true;
}

/**
 * The record with link and mark as they are to be written, with what others have announced on it since, or agreed on in fields of which this mark has learned nothing.
 * @param held as for `mayLink`
 */
export function keepingWhatOthersKnow<Fields extends JsonObject>(
	record: Fields,
	learned: Learned | undefined,
	held: JsonObject | undefined,
	limit?: number,
): Fields {
	const mark = readMark(record[markField]);
	if (!mark) return record;
	const known = readMark(held?.[markField]);
	const merged = known && held?.[linkField] === record[linkField] ? onto(known, mark, learned) : mark;
	return { ...record, [markField]: writeMark({ ...merged, announced: known?.announced, carrier: known?.carrier }, limit) };
}

/** Is this what Match put out about an item? */
export function isMatchResult(value: object): value is MatchResult & JsonObject {
	return 'action' in value && 'sources' in value && Array.isArray(value.sources) && value.sources.every(isObject);
}

/** Field of the written Books record that holds its id. */
export function idFieldOf({ idField }: Pick<CrmSource, 'idField'>): string {
	return idField ?? 'contact_id';
}

/** By id, else by e-mail and names, else by position where the counts agree. '' rather than a guess. */
function personId(person: PersonRef, contact: JsonObject | undefined, written: number): string {
	const persons = Array.isArray(contact?.contact_persons) ? contact.contact_persons.filter(isObject) : [];
	// Known before the write. After a write to people only, the contact comes back with no others.
	if (person.id) return person.id;
	const alike = persons.filter((one) => isAlike(one, person));
	if (alike.length === 1) return idOf(alike[0]);
	const atPosition =
		person.index !== undefined && persons.length === written ? persons[person.index] : undefined;
	// Among several that are alike, none but one of those.
	return atPosition && (alike.length === 0 || alike.includes(atPosition)) ? idOf(atPosition) : '';
}

function isAlike(one: JsonObject, person: PersonRef): boolean {
	return (
		normaliseEmail(one.email) === normaliseEmail(person.email) &&
		normaliseName(one.first_name) === normaliseName(person.firstName) &&
		normaliseName(one.last_name) === normaliseName(person.lastName)
	);
}

function idOf(person: JsonObject | undefined): string {
	return textOf(person?.contact_person_id);
}

function textOf(value: Json): string {
	return typeof value === 'string' ? value : '';
}

function problemOf(source: CrmSource, contactId: string): string {
	const { module, id, person } = source;
	if (!contactId)
		return `${module} ${id}: Books returned no ${idFieldOf(source)}, so it stays unlinked. It is matched again at its next change.`;
	const name =
		[person?.firstName, person?.lastName].filter(Boolean).join(' ') || person?.email || 'its person';
	return `${module} ${id}: the Books contact ${contactId} has no single contact person for ${name}. Link it by hand: put the contact_person_id into ${linkField}.`;
}
