/** Which contact person of a Books contact a CRM Contact stands for. */

import { linkField } from './mark';
import { namesDisagree, normaliseEmail, normaliseName } from './normalise';
import type { Candidate } from './match';
import { displayName } from './report';
import { textOf, type BooksSource } from './resolveBooks';
import type { JsonObject } from './types';

/** `id` is '' for a person to be added. */
export type PersonPlace = { id: string } | { reason: string; candidates: Candidate[] };

/**
 * By link, by the mapped `contact_person_id`, by e-mail, by full name where one of the two has no e-mail. Persons in `taken` belong to
 * other CRM records, as do those that `linkedTo` gives to another one. `persons` is undefined when the contact was not read, which is only the case for linked persons.
 */
export function findPerson(
	item: BooksSource,
	mapped: JsonObject,
	persons: JsonObject[] | undefined,
	taken: Set<string>,
	linkedTo: Map<string, string> = new Map(),
): PersonPlace {
	if (item.link !== '') {
		if (!persons || persons.some((person) => idOf(person) === item.link)) return { id: item.link };
		return {
			reason: `The linked contact person ${item.link} is no longer in its Books contact`,
			candidates: (persons ?? []).map(asCandidate),
		};
	}
	const ownerOf = (person: JsonObject) => linkedTo.get(idOf(person)) ?? '';
	const isOthers = (person: JsonObject) => !['', item.id].includes(ownerOf(person));
	const free = (persons ?? []).filter((person) => !taken.has(idOf(person)) && !isOthers(person));
	const mappedId = textOf(mapped.contact_person_id);
	if (mappedId !== '' && free.some((person) => idOf(person) === mappedId)) return { id: mappedId };

	const email = normaliseEmail(mapped.email);
	const byEmail = free.filter((person) => email !== '' && normaliseEmail(person.email) === email);
	const byName = free.filter((person) => nameOf(person) !== '' && nameOf(person) === nameOf(mapped));
	if (byEmail.length === 1 && namesDisagree(nameOf(byEmail[0] as JsonObject), nameOf(mapped))) {
		return {
			reason: `A contact person has the e-mail ${email}, but the names have nothing in common. If it is the same person, put its contact_person_id into ${linkField}; if not, change one of the e-mails`,
			candidates: byEmail.map(asCandidate),
		};
	}
	if (byEmail.length > 0)
		return single(byEmail.length > 1 ? narrow(byEmail, byName) : byEmail, `e-mail ${email}`);
	const withoutEmail = byName.filter((person) => email === '' || normaliseEmail(person.email) === '');
	if (withoutEmail.length > 0) return single(withoutEmail, `name ${displayName(mapped)}`);

	const [namesake] = (persons ?? []).filter((person) => isOthers(person) && maybeSame(person, mapped));
	if (namesake) {
		return {
			reason: `${displayName(namesake)} in Books is linked with ${item.module} ${ownerOf(namesake)}. If both are the same person, merge them in CRM; if not, give both an e-mail of their own`,
			candidates: [asCandidate(namesake)],
		};
	}
	if (!item.account && (persons ?? []).length > 0) {
		return {
			reason:
				'Books has a contact of this name with other people. If it is the same, put the contact_person_id into ' +
				`${linkField}; if not, change one of the names`,
			candidates: (persons ?? []).map(asCandidate),
		};
	}
	return { id: '' };
}

/** Same name, and no two e-mails that tell them apart. */
function maybeSame(a: JsonObject, b: JsonObject): boolean {
	const emails = new Set([a.email, b.email].map(normaliseEmail).filter((email) => email !== ''));
	return nameOf(a) !== '' && nameOf(a) === nameOf(b) && emails.size < 2;
}

function narrow(byEmail: JsonObject[], byName: JsonObject[]): JsonObject[] {
	const both = byEmail.filter((person) => byName.includes(person));
	return both.length === 1 ? both : byEmail;
}

function single(found: JsonObject[], by: string): PersonPlace {
	if (found.length === 1) return { id: idOf(found[0] as JsonObject) };
	return { reason: `${found.length} contact persons share the ${by}`, candidates: found.map(asCandidate) };
}

function asCandidate(person: JsonObject): Candidate {
	return { id: idOf(person), name: displayName(person), link: '', record: person };
}

function idOf(person: JsonObject): string {
	return textOf(person.contact_person_id);
}

function nameOf(person: JsonObject): string {
	return normaliseName([person.first_name, person.last_name].filter(Boolean).join(' '));
}
