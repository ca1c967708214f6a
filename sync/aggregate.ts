/** One Books contact as the sum of the CRM records that make it up. */

import { announcingValue } from './announced';
import { flatten, getPath, unflatten } from './fields';
import { foldRecords } from './fold';
import { hashOf } from './hash';
import { contactFields, personFields, personRef, withLastNameKept, withoutBlanks } from './mapped';
import { companyField, companyNameField, emptyMark, fingerprint, pathsToKnow, sameMark } from './mark';
import { booksClock, decides, type MergeResult } from './merge';
import {
	addressFields,
	hasMoved,
	isMerged,
	mergeInto,
	movedReason,
	ownFields,
	type OwnFields,
} from './individual';
import { carried } from './overtaken';
import { findPerson, type PersonPlace } from './persons';
import type { BooksKnowledge, PlanEntry, PlanOptions } from './planTypes';
import { entry, reasonFor, reviewEntry } from './report';
import { beforeOf, gone, personsOf, textOf, type BooksSource, type Needs } from './resolveBooks';
import type { CrmSource, Fields, JsonObject, MatchResult, SyncMark } from './types';

interface Target {
	contactId: string;
	rule: string;
}

/** What one CRM record contributes: contact fields or one person. */
interface Part {
	item: BooksSource;
	merged: MergeResult;
	/** Person parts only: the person in Books; id '' for one to be added. */
	personId?: string;
	proposed: Fields;
	/** Persons who are customers themselves: the contact's own fields. */
	own?: OwnFields;
}

/** Entries for one Books contact (existing, or new when `target` is undefined) from all its items. None while `needs` grows. */
export function buildEntries(
	items: BooksSource[],
	target: Target | undefined,
	known: BooksKnowledge,
	needs: Needs,
	options: PlanOptions,
): PlanEntry[] {
	if (!target) return [newEntry(items)];
	const contact = known.contacts.get(target.contactId);
	if (known.contacts.has(target.contactId) && !contact)
		return items.map((item) => reviewOf(item, gone('contact', target.contactId)));

	const mustRead = items.some((item) => !item.mark || item.link === '');
	const persons = mustRead && !contact ? [] : placePersons(items, contact, known.linkedTo);
	const parts = mustRead && !contact ? undefined : partsOf(items, persons, contact, options);
	if (!parts || (!contact && parts.some(needsContact))) {
		needs.contact(target.contactId);
		return [];
	}
	const refused = persons.flatMap(({ item, place }) =>
		'reason' in place ? [reviewEntry(item.inputs, item.record, place.reason, place.candidates)] : [],
	);
	const moved = parts.flatMap(({ item, personId }) =>
		personId !== undefined && hasMoved(item, target.contactId)
			? [reviewEntry(item.inputs, item.record, movedReason(item, target.contactId))]
			: [],
	);
	return [...refused, ...contactEntries(parts, target, contact, options), ...moved, ...companyClash(items)];
}

function reviewOf(item: BooksSource, place: ReturnType<typeof gone>): PlanEntry {
	return reviewEntry(item.inputs, item.record, place.kind === 'review' ? place.reason : '');
}

/** Two CRM companies for one Books contact: the first goes on, the others are for a person to sort out. */
function companyClash(items: BooksSource[]): PlanEntry[] {
	const [first, ...others] = items.filter(({ standsFor }) => standsFor === 'contact');
	return others.map((item) =>
		reviewEntry(
			item.inputs,
			item.record,
			`${item.module} ${item.id} and ${first?.id} stand for the same Books contact`,
		),
	);
}

function placePersons(
	items: BooksSource[],
	contact: JsonObject | undefined,
	linkedTo: BooksKnowledge['linkedTo'],
): Array<{ item: BooksSource; place: PersonPlace }> {
	const persons = items.filter(({ standsFor }) => standsFor === 'person');
	const taken = new Set(persons.map(({ link }) => link).filter((link) => link !== ''));
	return persons.map((item) => {
		const place = findPerson(
			item,
			personsOf(item.record)[0] ?? {},
			contact && personsOf(contact),
			taken,
			linkedTo,
		);
		if ('id' in place && place.id !== '') taken.add(place.id);
		return { item, place };
	});
}

function partsOf(
	items: BooksSource[],
	persons: Array<{ item: BooksSource; place: PersonPlace }>,
	contact: JsonObject | undefined,
	options: PlanOptions,
): Part[] {
	const company = items.find(({ standsFor }) => standsFor === 'contact');
	const parts: Part[] = company ? [partOf(company, contactFields(company), contact, contact, options)] : [];
	for (const { item, place } of persons) {
		if (!('id' in place)) continue;
		const present = personsOf(contact).find((person) => textOf(person.contact_person_id) === place.id);
		const current = place.id === '' ? {} : present;
		const proposed = withLastNameKept(personFields(item), item.source, current, item.mark?.books);
		const part = partOf(item, proposed, current, contact, options);
		const own = company ? undefined : ownFields(item, part.merged, contact, options);
		parts.push({ ...part, personId: place.id, ...(own ? { own } : {}) });
	}
	return parts;
}

function partOf(
	item: BooksSource,
	proposed: Fields,
	current: JsonObject | undefined,
	contact: JsonObject | undefined,
	options: PlanOptions,
): Part {
	return { item, merged: mergeInto(item, proposed, current, contact, options), proposed };
}

/** A part that cannot be told without reading the contact. */
function needsContact({ merged, own }: Part): boolean {
	return merged.needsCurrent || own === 'unread' || own?.needsCurrent === true;
}

function contactEntries(
	parts: Part[],
	target: Target,
	contact: JsonObject | undefined,
	options: PlanOptions,
): PlanEntry[] {
	if (parts.length === 0) return [];
	const { contactId, rule } = target;
	const record: JsonObject = { contact_id: contactId };
	const written: JsonObject[] = [];
	const sources: CrmSource[] = [];
	for (const part of parts) {
		const fields = unflatten(part.merged.write);
		if (isMerged(part.own)) Object.assign(record, unflatten(part.own.write));
		if (part.personId === undefined) Object.assign(record, fields);
		else if (part.personId === '') written.push(unflatten(withoutBlanks(part.proposed)));
		else if (part.merged.changes.length > 0) written.push({ contact_person_id: part.personId, ...fields });
		const isWritten = part.personId === '' || (part.personId !== undefined && part.merged.changes.length > 0);
		sources.push(sourceOf(part, contactId, isWritten ? written.length - 1 : undefined, contact, options));
	}
	if (written.length > 0) record.contact_persons = written;

	const changes = parts.flatMap(({ merged, personId, own }) =>
		personId === undefined
			? merged.changes
			: [...(isMerged(own) ? own.changes : []), ...inPerson(merged.changes)],
	);
	const conflicts = parts.flatMap(({ merged, personId, own }) =>
		personId === undefined
			? merged.conflicts
			: [...(isMerged(own) ? own.conflicts : []), ...inPerson(merged.conflicts)],
	);
	const held = conflicts.filter(({ settled }) => settled === 'review');
	const inputs = parts.flatMap(({ item }) => item.inputs).sort((a, b) => a - b);
	const mark = sources[0]?.mark ?? emptyMark();
	const writesLinks = sources.some(({ write }) => write);
	const entries: PlanEntry[] = [];
	if (Object.keys(record).length > 1) {
		const reason =
			changes.length > 0 ? reasonFor({ changes, conflicts }, false, false) : 'A contact person is added';
		entries.push(
			entry('changed', inputs, record, { id: contactId, rule, changes, conflicts, reason, mark, sources }),
		);
	} else if (held.length === 0 || writesLinks) {
		const reason = writesLinks
			? 'Books agrees with CRM already; link and mark in CRM are brought up to date'
			: 'Books agrees with CRM already';
		entries.push(
			entry('unchanged', inputs, record, { id: contactId, rule, changes, conflicts, reason, mark, sources }),
		);
	}
	if (held.length > 0) entries.push(heldEntry(parts, target, held, inputs));
	return entries;
}

function heldEntry(
	parts: Part[],
	{ contactId, rule }: Target,
	held: MatchResult['conflicts'],
	inputs: number[],
): PlanEntry {
	const record: JsonObject = { contact_id: contactId };
	const persons: JsonObject[] = [];
	for (const { merged, personId, own } of parts) {
		const fields = heldFields(merged);
		if (isMerged(own)) Object.assign(record, unflatten(heldFields(own)));
		if (Object.keys(fields).length === 0) continue;
		if (personId === undefined) Object.assign(record, unflatten(fields));
		else persons.push({ contact_person_id: personId, ...unflatten(fields) });
	}
	if (persons.length > 0) record.contact_persons = persons;
	const reason = `Changed on both sides since they last agreed: ${held.map(({ field }) => field).join(', ')}`;
	return entry('review', inputs, record, {
		id: contactId,
		rule,
		changes: [],
		conflicts: held,
		reason,
		mark: emptyMark(),
	});
}

function heldFields({ conflicts }: MergeResult): Fields {
	const held = conflicts.filter(({ settled }) => settled === 'review');
	return Object.fromEntries(held.map(({ field, source }) => [field, source]));
}

function inPerson<T extends { field: string }>(list: T[]): T[] {
	return list.map((one) => ({ ...one, field: `contact_persons.${one.field}` }));
}

/** A contact that Books does not have: what persons say of their company counts only where the Account says nothing. */
function newEntry(items: BooksSource[]): PlanEntry {
	const persons = items.filter(({ standsFor }) => standsFor === 'person');
	const companies = items.filter(({ standsFor }) => standsFor === 'contact');
	const fields = foldRecords(
		[...persons, ...companies].map((item) => unflatten(withoutBlanks(contactFields(item)))),
	);
	const record: JsonObject = { ...fields };
	if (persons.length > 0)
		record.contact_persons = persons.map((item) => unflatten(withoutBlanks(personFields(item))));
	const sources = items.map((item): CrmSource => {
		const proposed =
			item.standsFor === 'person'
				? { ...(item.account ? {} : addressFields(item)), ...personFields(item) }
				: contactFields(item);
		const hashes = Object.fromEntries(
			Object.entries(proposed).map(([path, value]) => [path, hashOf(value, path)]),
		);
		const mark: SyncMark = {
			...emptyMark(),
			...carried(item),
			books: hashes,
			crm: fingerprint(item.source, item.sourceFields),
		};
		const person = item.standsFor === 'person' ? { person: personRef(item, '', persons.indexOf(item)) } : {};
		return { module: item.module, id: item.id, ...person, mark, write: true, ...beforeOf(item, mark) };
	});
	if (companies.length === 0) sources.push(...companyOf(persons));
	const inputs = items.flatMap((item) => item.inputs).sort((a, b) => a - b);
	const changes = Object.entries(flatten(record)).map(([field, to]) => ({ field, from: undefined, to }));
	const mark = sources[0]?.mark ?? emptyMark();
	return entry('new', inputs, record, {
		changes,
		conflicts: [],
		reason: 'No contact in Books matches',
		mark,
		sources,
	});
}

/**
 * The company of persons that came without it. The contact that is made for them is its contact: it gets the link at once, so that its own
 * event finds the contact whatever the company is called by then. Of what the two agree on nothing is known yet but the name that Books gets.
 */
function companyOf(persons: BooksSource[]): CrmSource[] {
	const member = persons.find((person) => person.account);
	if (!member?.account) return [];
	const name = getPath(member.source, `${companyField}.name`);
	const mark = announcingValue(emptyMark(), companyNameField, name);
	return [{ module: 'Accounts', id: member.account.id, mark, write: true, link: '', seen: '' }];
}

function sourceOf(
	part: Part,
	contactId: string,
	index: number | undefined,
	contact: JsonObject | undefined,
	options: PlanOptions,
): CrmSource {
	const { item, personId } = part;
	const mark = nextMark(part, contactId, contact);
	const link = personId === undefined ? contactId : personId;
	const write =
		part.merged.changes.length > 0 ||
		(isMerged(part.own) && part.own.changes.length > 0) ||
		link === '' ||
		item.link !== link ||
		!sameMark(item.mark, mark, options.markLimit);
	const person = personId === undefined ? {} : { person: personRef(item, personId, index) };
	return { module: item.module, id: item.id, ...person, mark, write, ...beforeOf(item, mark) };
}

/** As in planCrm: while a conflict waits for review the source's half stays, or the other row would settle it by itself. */
function nextMark(
	{ item, merged, personId, own }: Part,
	contactId: string,
	contact: JsonObject | undefined,
): SyncMark {
	const old = (item.link !== '' && item.mark) || emptyMark();
	const merges = isMerged(own) ? [own, merged] : [merged];
	const held = merges.some(({ conflicts }) => conflicts.some(({ settled }) => settled === 'review'));
	const mark: SyncMark = {
		version: 1,
		books: Object.assign({}, old.books, ...merges.map(({ hashes }) => hashes)),
		crm: held ? old.crm : fingerprint(item.source, pathsToKnow(old.crm, item, merges.some(decides)), old.crm),
		...booksClock(old, merges, contact),
	};
	// Still to be settled: what CRM agreed on with Books stays the old company.
	if (personId !== undefined && hasMoved(item, contactId) && old.crm[companyField] !== undefined)
		mark.crm = { ...mark.crm, [companyField]: old.crm[companyField] };
	if (personId !== undefined) mark.booksParent = contactId;
	return { ...mark, ...carried(held ? {} : item, old) };
}
