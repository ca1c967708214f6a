/** A CRM Contact and the Books contact around it: its own fields where the person is the customer, and moves between companies. */

import { getPath, isBlank } from './fields';
import { hashOf } from './hash';
import { contactFields, personFields } from './mapped';
import { companyField, fingerprint } from './mark';
import { mergeFields, type MergeResult } from './merge';
import { normaliseName } from './normalise';
import { personsOf, textOf, type BooksSource } from './resolveBooks';
import type { PlanOptions } from './planTypes';
import type { Fields, JsonObject } from './types';

/** What becomes of the contact's own fields; `unread`: the contact must be read to tell. */
export type OwnFields = MergeResult | 'unread';

export function isMerged(own: OwnFields | undefined): own is MergeResult {
	return own !== undefined && own !== 'unread';
}

/** Merges fields of one CRM record into a Books contact or person as it is now (`current`), where it was read. */
export function mergeInto(
	item: BooksSource,
	proposed: Fields,
	current: JsonObject | undefined,
	contact: JsonObject | undefined,
	options: PlanOptions,
): MergeResult {
	return mergeFields({
		proposed,
		current:
			current && Object.fromEntries(Object.keys(proposed).map((path) => [path, getPath(current, path)])),
		// What an unlinked record's mark says was about another Books record.
		ancestor: item.link === '' ? undefined : item.mark?.books,
		source: 'crm',
		policy: options.policy,
		overwriteBlank: options.overwriteBlank,
		emptyFields: options.emptyFields,
		sourceModified: item.sourceModified,
		targetModified: textOf(contact?.last_modified_time),
	});
}

/** Contact fields that a person without a company brings, apart from the name: Books' display name need not be the person's. */
export function addressFields(item: BooksSource): Fields {
	const person = personFields(item);
	const own = Object.entries(contactFields(item)).filter(
		([path]) => path !== 'contact_name' && !Object.hasOwn(person, path),
	);
	return Object.fromEntries(own);
}

/**
 * The contact's own fields (addresses, name) from a Contact without company. Undefined where the contact is a company's: a person of
 * it must not overwrite the company. An echo needs no read: nothing in CRM differs from the mark.
 */
export function ownFields(
	item: BooksSource,
	merged: MergeResult,
	contact: JsonObject | undefined,
	options: PlanOptions,
): OwnFields | undefined {
	if (item.account || (contact && contact.customer_sub_type !== 'individual')) return undefined;
	const proposed = addressFields(item);
	const known = item.mark?.books ?? {};
	if (!contact && !Object.keys(proposed).some((path) => Object.hasOwn(known, path)))
		return isEcho(item) ? undefined : 'unread';

	const renamed = merged.changes.some(({ field }) => field === 'first_name' || field === 'last_name');
	if (renamed && !contact) return 'unread';
	const own = mergeInto(item, proposed, contact, contact, options);
	const name = item.record.contact_name;
	if (renamed && contact && !isBlank(name) && isNamedAfter(contact, item.link)) {
		own.write.contact_name = name;
		own.changes.push({ field: 'contact_name', from: contact.contact_name, to: name });
	}
	return own;
}

function isEcho({ mark, source }: BooksSource): boolean {
	if (!mark) return false;
	const now = fingerprint(source, Object.keys(mark.crm), mark.crm);
	return Object.keys(mark.crm).every((path) => now[path] === mark.crm[path]);
}

/** Does the contact bear the name that its person had so far? */
function isNamedAfter(contact: JsonObject, personId: string): boolean {
	const person = personsOf(contact).find(({ contact_person_id: id }) => id === personId);
	const name = [person?.first_name, person?.last_name].filter(Boolean).join(' ');
	return normaliseName(name) !== '' && normaliseName(name) === normaliseName(contact.contact_name);
}

/** Is a linked person in another company in CRM than in Books? Books has no way to move a contact person. */
export function hasMoved({ link, account, mark, source }: BooksSource, contactId: string): boolean {
	if (link === '') return false;
	if (account && account.link !== '') return account.link !== contactId;
	const agreed = mark?.crm[companyField];
	return agreed !== undefined && agreed !== hashOf(getPath(source, companyField), companyField);
}

export function movedReason(item: BooksSource, contactId: string): string {
	return `${item.module} ${item.id} belongs to another company in CRM now. Books cannot move a contact person: it stays in contact ${contactId}, and its other fields are kept in agreement. To move it, delete it in Books, and empty Zoho_Books_ID and Zoho_Books_Sync of the CRM record`;
}
