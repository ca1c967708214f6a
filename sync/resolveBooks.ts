/** Which Books contact an item from CRM belongs to, and what must be looked up to know. */

import { getPath, isBlank, isObject } from './fields';
import { hashOfMark } from './hash';
import { learnedSince } from './learned';
import { linkField, markField, readMark } from './mark';
import { buildIndex, comparable, findTarget, type Candidate } from './match';
import {
	searchKey,
	type BooksItem,
	type BooksKnowledge,
	type BooksNeeds,
	type BooksSearch,
	type ContactType,
	type FlatItem,
} from './planTypes';
import { normaliseName } from './normalise';
import { displayName } from './report';
import type { CrmSource, JsonObject, MatchRule, SyncMark } from './types';

/** What the CRM record of an item says of the sync. */
export interface Linked {
	inputs: number[];
	id: string;
	link: string;
	mark?: SyncMark;
	/** See `CrmSource.seen`. */
	seen: string;
}

export type BooksSource = BooksItem & Linked;

export type Place =
	/** In this contact. `sure`: by a link, not by a rule. */
	| { kind: 'contact'; contactId: string; rule: string; sure: boolean }
	/** In a contact that does not exist yet. */
	| { kind: 'new' }
	| { kind: 'review'; reason: string; candidates: Candidate[] }
	| { kind: 'pending' };

export function asSource<Item extends FlatItem>(item: Item & { inputs: number[] }): Item & Linked {
	const mark = readMark(item.source[markField]);
	return {
		...item,
		id: textOf(item.source.id),
		link: textOf(item.source[linkField]),
		seen: hashOfMark(item.source[markField]),
		...(mark ? { mark } : {}),
	};
}

/** What the CRM record held when it was read, and what `next`, the mark to write, knows beyond that. */
export function beforeOf({ link, seen, mark, source }: FlatItem & Linked, next: SyncMark): Pick<CrmSource, 'link' | 'seen' | 'asOf' | 'learned'> {
	return { link, seen, asOf: textOf(source.Modified_Time), learned: learnedSince(link === '' ? undefined : mark, next) };
}

/** Collects what is needed, each thing once. */
export class Needs {
	private readonly contactIds = new Set<string>();
	private readonly personIds = new Set<string>();
	private readonly searches = new Map<string, BooksSearch>();

	contact(id: string): void {
		this.contactIds.add(id);
	}

	person(id: string): void {
		this.personIds.add(id);
	}

	search(search: BooksSearch): void {
		this.searches.set(searchKey(search), search);
	}

	list(): BooksNeeds {
		return {
			contactIds: [...this.contactIds],
			personIds: [...this.personIds],
			searches: [...this.searches.values()],
		};
	}
}

/** Where the item belongs, looked at by itself: by its link, by its company's link, else by the rules. */
export function placeOf(item: BooksSource, known: BooksKnowledge, needs: Needs): Place {
	if (item.link !== '') return placeByLink(item, known, needs);
	if (item.account && item.account.link !== '')
		return contact(item.account.link, `link of Account ${item.account.id}`, true);
	return placeByRules(item, known, needs);
}

function placeByLink(item: BooksSource, known: BooksKnowledge, needs: Needs): Place {
	const rule = `externalId ${linkField}`;
	if (item.standsFor === 'contact') return contact(item.link, rule, true);
	if (item.mark?.booksParent) return contact(item.mark.booksParent, rule, true);
	if (!known.persons.has(item.link)) {
		needs.person(item.link);
		return { kind: 'pending' };
	}
	const parent = known.persons.get(item.link);
	return parent === undefined ? gone('contact person', item.link) : contact(parent, rule, true);
}

function contact(contactId: string, rule: string, sure: boolean): Place {
	return { kind: 'contact', contactId, rule, sure };
}

export function gone(what: string, id: string): Place {
	const reason = `The linked ${what} ${id} does not exist in Books any more. Empty ${linkField} to have it created again, or delete the CRM record`;
	return { kind: 'review', reason, candidates: [] };
}

function placeByRules(item: BooksSource, known: BooksKnowledge, needs: Needs): Place {
	const rules = item.rules.filter((rule) => comparable(rule.kind, rule.value) !== '');
	const type = contactTypeOf(item.record);
	const missing = rules.filter((rule) => !isLookedUp(rule, type, known));
	for (const rule of missing) askFor(rule, type, needs);
	if (missing.length > 0) return { kind: 'pending' };

	const candidates = rules
		.flatMap((rule) => foundBy(rule, type, known))
		.filter((record) => isSameType(record, item.record));
	const index = buildIndex(
		candidates.map((record) => asCandidate(record, item, known)),
		rules,
	);
	const target = findTarget(rules, index, ownerOf(item));
	if (target.kind === 'ambiguous')
		return { kind: 'review', reason: target.reason, candidates: target.candidates };
	if (target.kind === 'found') return contact(target.candidate.id, target.rule, false);
	const namesakes = candidates
		.map((record) => asCandidate(record, item, known))
		.filter(({ record }) => normaliseName(record.contact_name) === normaliseName(item.record.contact_name));
	return namesakes.length > 0
		? { kind: 'review', reason: nameIsTaken(namesakes), candidates: namesakes }
		: { kind: 'new' };
}

/** The CRM record that holds the Books contact's id as its link, if the item belongs there; '' for a person without a company. */
function ownerOf(item: BooksSource): string {
	return item.standsFor === 'contact' ? item.id : (item.account?.id ?? '');
}

function nameIsTaken([first]: Candidate[]): string {
	return `Books has a contact of this name (${first?.id}), which is linked with Account ${first?.link}. If both are the same, merge them in CRM; if not, change one of the names`;
}

function isLookedUp(rule: MatchRule, type: ContactType | undefined, known: BooksKnowledge): boolean {
	return rule.kind === 'recordId'
		? known.contacts.has(String(rule.value))
		: known.searches.has(searchKey(searchOf(rule, type)));
}

function askFor(rule: MatchRule, type: ContactType | undefined, needs: Needs): void {
	if (rule.kind === 'recordId') needs.contact(String(rule.value));
	else needs.search(searchOf(rule, type));
}

/** What a rule looks for in Books, among the contacts of one type. */
export function searchOf(rule: MatchRule, contactType?: ContactType): BooksSearch {
	const value = rule.kind === 'email' ? comparable('email', rule.value) : String(rule.value).trim();
	return {
		kind: rule.kind === 'email' ? 'email' : 'field',
		field: rule.field,
		value,
		...(contactType ? { contactType } : {}),
	};
}

function foundBy(rule: MatchRule, type: ContactType | undefined, known: BooksKnowledge): JsonObject[] {
	if (rule.kind !== 'recordId') return known.searches.get(searchKey(searchOf(rule, type))) ?? [];
	const record = known.contacts.get(String(rule.value));
	return record ? [record] : [];
}

/** The type that a mapped contact has; undefined where the mapping does not say. */
function contactTypeOf({ contact_type: type }: JsonObject): ContactType | undefined {
	return type === 'customer' || type === 'vendor' ? type : undefined;
}

/** The same name may stand for a customer and for a vendor (recorded list answers show both types side by side). */
function isSameType(found: JsonObject, wanted: JsonObject): boolean {
	return (
		isBlank(found.contact_type) || isBlank(wanted.contact_type) || found.contact_type === wanted.contact_type
	);
}

function asCandidate(row: JsonObject, item: BooksSource, known: BooksKnowledge): Candidate {
	const id = textOf(row.contact_id);
	const record = known.contacts.get(id) ?? row;
	const emails = personsOf(record).map((person) => textOf(person.email));
	// Only a company's CRM record can hold the contact's id; persons of one contact hold ids of their own.
	const link = ownerOf(item) === '' ? '' : (known.linkedTo?.get(id) ?? '');
	return { id, name: displayName(record), link, record, emails };
}

export function personsOf(record: JsonObject | undefined): JsonObject[] {
	const persons = record ? getPath(record, 'contact_persons') : undefined;
	return Array.isArray(persons) ? persons.filter(isObject) : [];
}

export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
