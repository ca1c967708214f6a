/**
 * Writing one contact with its people in as few calls as possible. Sources: Books v3 "Contacts" and "Contact Persons", recorded answers.
 * A `PUT` on the contact replaces its whole list of people, so people of an existing contact are written one by one.
 */

import type { ZohoClient } from '../client';
import { ClockedClient } from '../clockedClient';
import { parseZohoTime, toBooksTime } from '../dates';
import { ZohoError, refusal } from '../errors';
import { asObject, isObject, objectsOf, text } from '../json';
import type { JsonObject, ZohoCall, ZohoReply } from '../types';
import { hasPartialAddress, withWholeAddresses } from './address';
import { contact as contacts } from './contact';
import { findExisting, matchPersons, mayBeTheSame } from './contactLookup';
import { addPerson, updatePerson } from './personWrite';
import { booksRoot, getBooksRecord, scopeOf } from './read';

export interface SavedContact {
	/**
	 * Created, or its own fields updated: the contact as Books returned it, with the people written afterwards folded into `contact_persons`.
	 * Only people updated: `contact_id` and those people, as Books returned them (there is no read just to return more).
	 */
	contact: JsonObject;
	/** `linked`: it was to be created, but the contact existed and was updated instead. */
	action: 'created' | 'updated' | 'linked';
}

/**
 * With `contact_id`: updates that contact, its own fields first, then its people one by one (with `contact_person_id`: update, without: add).
 * An address that lacks parts is completed from the contact, which takes one read: nothing says that Books keeps what a PUT leaves out of it.
 * Without: creates it, people included, in one call; when Books says that the name exists (3062) the existing contact is updated if its e-mail
 * agrees or one of the two has none.
 * @throws ZohoError; intent `duplicate` with `existingId` when the contact of that name is somebody else.
 */
export async function saveContact(client: ZohoClient, record: JsonObject): Promise<SavedContact> {
	if (text(record.contact_id) !== '')
		return { contact: await updateContact(client, record), action: 'updated' };
	return await createContact(client, record);
}

/** How a person recognises the contact in an error. */
function subjectOf(record: JsonObject): string {
	const name = text(record.contact_name);
	return ['contact', ...(name ? [`"${name}"`] : []), text(record.contact_id)].filter(Boolean).join(' ');
}

async function updateContact(client: ZohoClient, record: JsonObject): Promise<JsonObject> {
	const { contact_id, contact_persons, ...fields } = record;
	const id = text(contact_id);
	const subject = subjectOf(record);
	const returned = Object.keys(fields).length > 0 ? await putFields(client, id, fields, subject) : {};
	const persons = objectsOf(returned.contact_persons);
	const clocked = new ClockedClient(client);
	for (const person of objectsOf(contact_persons)) {
		const written =
			text(person.contact_person_id) === ''
				? await addPerson(clocked, id, person, subject)
				: await updatePerson(clocked, id, person, subject);
		foldIn(persons, written);
	}
	return { ...returned, ...modifiedAt(clocked.lastAnswer, returned), contact_id: id, contact_persons: persons };
}

/** By how much Zoho may answer after it has dated a write, milliseconds: a time that is too late would make Books' own state look outdated. */
const answerDelay = 2000;

/** A write to a person modifies the contact as well, and its answer does not tell when: Zoho's clock does, a moment later. */
function modifiedAt(lastAnswer: number | undefined, { last_modified_time: told }: JsonObject): JsonObject {
	if (lastAnswer === undefined || (parseZohoTime(text(told)) ?? 0) >= lastAnswer - answerDelay) return {};
	return { last_modified_time: toBooksTime(lastAnswer - answerDelay) };
}

/** Replaces the person of the same id, or appends. */
function foldIn(persons: JsonObject[], person: JsonObject): void {
	const place = persons.findIndex((one) => text(one.contact_person_id) === text(person.contact_person_id));
	if (place < 0) persons.push(person);
	else persons[place] = { ...persons[place], ...person };
}

async function putFields(
	client: ZohoClient,
	id: string,
	fields: JsonObject,
	subject: string,
): Promise<JsonObject> {
	const completed = async () => {
		const present = await getBooksRecord(client, contacts, id);
		return present ? withWholeAddresses(fields, present) : fields;
	};
	const reply = await client.request({
		method: 'PUT',
		path: `${booksRoot}${contacts.path}/${encodeURIComponent(id)}`,
		...(hasPartialAddress(fields) ? { freshBody: completed } : { body: fields }),
		subject,
		scope: scopeOf(contacts.scope, 'UPDATE'),
	});
	return asObject(asObject(reply.body)[contacts.recordKey]);
}

/** Creates are sent again only after a search found nothing: Books has no idempotency key, and may be set to allow equal names. */
const createAttempts = 3;

async function createContact(client: ZohoClient, record: JsonObject): Promise<SavedContact> {
	const fields: JsonObject = { ...record };
	delete fields.contact_id;
	const subject = subjectOf(record);
	const call: ZohoCall = {
		method: 'POST',
		path: booksRoot + contacts.path,
		body: fields,
		subject,
		scope: scopeOf(contacts.scope, 'CREATE'),
	};
	if (text(fields.contact_name) === '') {
		throw refusal(
			call,
			'no-name',
			'contact_name is missing',
			'Map a name to contact_name: Books requires it.',
		);
	}
	for (let attempt = 1; ; attempt++) {
		const { reply, error } = await client.attempt(call);
		if (reply) return { contact: createdOf(reply, call), action: 'created' };
		if (!isNameTaken(error) && !error.outcomeUnknown) throw error;
		const existing = await findExisting(client, fields);
		if (existing) return await linkTo(client, existing, fields, error);
		if (!error.outcomeUnknown || attempt === createAttempts) throw error;
	}
}

function createdOf(reply: ZohoReply, call: ZohoCall): JsonObject {
	const created = asObject(reply.body)[contacts.recordKey];
	if (isObject(created)) return created;
	throw refusal(call, 'no-record', 'Books returned no contact', 'Look in Books whether it was created.');
}

/** 3062 is about the name; other duplicates (a contact number, a unique custom field) are for a person to settle. */
function isNameTaken(error: ZohoError): boolean {
	return error.fault.code === '3062';
}

/** Updates the contact that was already there, if it can be the same one. */
async function linkTo(
	client: ZohoClient,
	existing: JsonObject,
	fields: JsonObject,
	cause: ZohoError,
): Promise<SavedContact> {
	const id = text(existing.contact_id);
	if (!mayBeTheSame(existing, fields)) {
		const fault = {
			...cause.fault,
			intent: 'duplicate' as const,
			existingId: id,
			remedy: `Contact ${id} has this name but another e-mail. If it is the same, give both the same e-mail; if not, change one of the names.`,
		};
		throw new ZohoError([fault], cause.call, cause.status);
	}
	const contact_persons = matchPersons(
		objectsOf(existing.contact_persons),
		objectsOf(fields.contact_persons),
	).map((person) => asPrimary(person, existing));
	const written = await updateContact(client, { ...fields, contact_id: id, contact_persons });
	return { contact: { ...existing, ...written }, action: 'linked' };
}

/** The nameless person of a vendor is its primary one, wherever there is one: it only holds the vendor's e-mail and phone. */
function asPrimary(person: JsonObject, existing: JsonObject): JsonObject {
	const named = ['contact_person_id', 'first_name', 'last_name'].some((field) => text(person[field]) !== '');
	if (named || text(existing.contact_type) !== 'vendor') return person;
	const persons = objectsOf(existing.contact_persons);
	const primary = persons.find((one) => one.is_primary_contact === true) ?? persons[0];
	if (!primary) return { first_name: text(existing.contact_name), ...person };
	return { ...person, contact_person_id: text(primary.contact_person_id) };
}
