/** The kinds of Books records that stand for one CRM record each. */

import { flatten, getPath, unflatten } from './fields';
import { linkField } from './mark';
import { contactFields, personFields, withoutBlanks } from './mapped';
import { displayName } from './report';
import { personsOf, textOf } from './resolveBooks';
import type { ContactType } from './planTypes';
import type { Fields, Json, JsonObject } from './types';

export interface FlatKind {
	/** Singular, for sentences: `item`. */
	label: string;
	idField: string;
	/** Books takes each name once. */
	nameField: string;
	contactType?: ContactType;
	/** Links of CRM records that stand for nothing in Books. */
	outside: ReadonlySet<string>;
	/** The fields of a mapped record, under the paths that the mark keeps. */
	fieldsOf(record: JsonObject): Fields;
	/** What the Books record holds at such a path. */
	valueAt(record: JsonObject, path: string): Json;
	/** Must the Books record be read before these fields can be written? */
	needsRecord(fields: Fields): boolean;
	newRecord(fields: Fields): JsonObject;
	/** What the write node sends to change these fields; `present` is the Books record where it was read. */
	changes(fields: Fields, present: JsonObject | undefined): JsonObject;
	/** Why a Books record, although linked, cannot be the one. */
	misfit(record: JsonObject): string | undefined;
}

/** Links of the Products that stand for invoice lines without item, and for shipping. */
const sharedProducts = new Set(['free-text', 'shipping']);

/** CRM Products. */
export const itemKind: FlatKind = {
	label: 'item',
	idField: 'item_id',
	nameField: 'name',
	outside: sharedProducts,
	fieldsOf: (record) => Object.fromEntries(Object.entries(flatten(record)).filter(([path]) => path !== 'item_id')),
	valueAt: getPath,
	needsRecord: () => false,
	newRecord: unflatten,
	changes: unflatten,
	misfit: () => undefined,
};

/** How the mark names fields of a vendor's primary contact person. */
const ofPerson = 'contact_persons.';

/** CRM Vendors: a Books contact together with its primary contact person, who holds e-mail and phone. */
export const vendorKind: FlatKind = {
	label: 'vendor',
	idField: 'contact_id',
	nameField: 'contact_name',
	contactType: 'vendor',
	outside: new Set(),
	fieldsOf: (record) => {
		const person = Object.entries(personFields({ record })).map(([path, value]) => [ofPerson + path, value]);
		return { ...contactFields({ record }), ...(Object.fromEntries(person) as Fields) };
	},
	valueAt: (record, path) =>
		path.startsWith(ofPerson)
			? getPath(primaryPerson(record) ?? {}, path.slice(ofPerson.length))
			: getPath(record, path),
	needsRecord: (fields) => Object.keys(fields).some((path) => path.startsWith(ofPerson)),
	newRecord: (fields) => {
		const { own, person } = split(fields);
		const persons = Object.keys(person).length > 0 ? [{ ...person, is_primary_contact: true }] : [];
		return { ...own, ...(persons.length > 0 ? { contact_persons: persons } : {}) };
	},
	changes: (fields, present = {}) => {
		const { own, person } = split(fields);
		if (Object.keys(person).length === 0) return own;
		const primary = textOf(primaryPerson(present)?.contact_person_id);
		// Books wants a first name of a person that is added to a contact.
		const added = { first_name: displayName(present), ...unflatten(withoutBlanks(flatten(person))) };
		return { ...own, contact_persons: [primary === '' ? added : { contact_person_id: primary, ...person }] };
	},
	misfit: (record) => {
		const type = textOf(record.contact_type);
		if (type === '' || type === 'vendor') return undefined;
		return `The linked contact ${textOf(record.contact_id)} (${displayName(record)}) is a ${type} in Books, not a vendor. Empty ${linkField} to have the vendor looked for, or made`;
	},
};

function split(fields: Fields): { own: JsonObject; person: JsonObject } {
	const entries = Object.entries(fields);
	const person = entries.filter(([path]) => path.startsWith(ofPerson));
	return {
		own: unflatten(Object.fromEntries(entries.filter(([path]) => !path.startsWith(ofPerson)))),
		person: unflatten(Object.fromEntries(person.map(([path, value]) => [path.slice(ofPerson.length), value]))),
	};
}

/** The contact person that Books shows as the contact's e-mail and phone. */
function primaryPerson(contact: JsonObject): JsonObject | undefined {
	const persons = personsOf(contact);
	return (
		persons.find(({ is_primary_contact: primary }) => String(primary) === 'true') ??
		persons.find(({ contact_person_id: id }) => id !== '' && id === contact.primary_contact_id) ??
		persons[0]
	);
}

/** A vendor as Books returned it, with its primary person's fields under the names that the mark has for them. */
export function withPrimaryPerson(contact: JsonObject, paths: readonly string[]): JsonObject {
	const person = primaryPerson(contact) ?? {};
	return { ...contact, ...Object.fromEntries(paths.map((path) => [ofPerson + path, getPath(person, path)])) };
}

/** `email` → `contact_persons.email`, as the mark of a vendor names it. */
export function primaryPath(path: string): string {
	return ofPerson + path;
}
