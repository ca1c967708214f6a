/** What the mapping made of one CRM record, split into contact and person. */

import { flatten, isBlank } from './fields';
import { personsOf, textOf, type BooksSource } from './resolveBooks';
import { agrees } from './hash';
import { normaliseName } from './normalise';
import type { Fields, JsonObject, PersonRef } from './types';

/** Contact-level fields that the mapping proposes. */
export function contactFields({ record }: Pick<BooksSource, 'record'>): Fields {
	return without(flatten(record), ['contact_id', 'contact_persons']);
}

/** Fields of the one person that the mapping proposes, paths relative to the person. */
export function personFields({ record }: Pick<BooksSource, 'record'>): Fields {
	return without(flatten(personsOf(record)[0] ?? {}), ['contact_person_id']);
}

/**
 * A mapping may take the last name of a CRM record without a first name for the first name, which Books asks for. Where it is the last name
 * in Books already, CRM says nothing of the first name: Laura Bassi must not become Bassi Bassi.
 * @param source the CRM record
 * @param current the person in Books, where it was read
 * @param ancestor hashes of the person's fields when both sides last agreed
 */
export function withLastNameKept(
	proposed: Fields,
	source: JsonObject,
	current: JsonObject | undefined,
	ancestor: Record<string, string> | undefined,
): Fields {
	const single = proposed.first_name;
	const isSingle = isBlank(source.First_Name) && normaliseName(single) === normaliseName(source.Last_Name);
	if (isBlank(single) || !isSingle || !isBlank(proposed.last_name)) return proposed;
	const isLastName = current
		? normaliseName(single) === normaliseName(current.last_name)
		: agrees(ancestor?.last_name, single, 'last_name');
	return isLastName ? { ...proposed, first_name: '', last_name: single } : proposed;
}

function without(fields: Fields, paths: string[]): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([path]) => !paths.includes(path)));
}

export function withoutBlanks(fields: Fields): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isBlank(value)));
}

/** How that person is recognised after the write. */
export function personRef(item: BooksSource, id: string, index: number | undefined): PersonRef {
	const person = personsOf(item.record)[0] ?? {};
	return {
		...(id === '' ? {} : { id }),
		...(index === undefined ? {} : { index }),
		email: textOf(person.email),
		firstName: textOf(person.first_name),
		lastName: textOf(person.last_name),
	};
}
