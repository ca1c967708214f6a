/** Writing one contact person. Source: Books v3 "Contact Persons". */

import type { ZohoClient } from '../client';
import { asArray, asObject, isObject, text } from '../json';
import type { JsonObject, ZohoCall } from '../types';
import { matchPersons } from './contactLookup';
import { contactPerson } from './contactPerson';
import { bookPages, booksRoot, getBooksRecord, scopeOf } from './read';

function nameOf(person: JsonObject): string {
	const name = [text(person.first_name), text(person.last_name)].filter(Boolean).join(' ');
	return name || text(person.email) || text(person.contact_person_id);
}

/** The person in the answer: a list of one in Zoho's description, an object in some answers. Together with what was sent. */
function personOf(body: unknown, sent: JsonObject): JsonObject {
	const given = asObject(body)[contactPerson.recordKey];
	const returned = Array.isArray(given) ? asArray(given).find(isObject) : given;
	return { ...sent, ...asObject(returned) };
}

/** Updates one person with the given fields only: one write, no read. Resolves with what Books returned over what was sent. */
export async function updatePerson(
	client: ZohoClient,
	contactId: string,
	person: JsonObject,
	contactSubject: string,
): Promise<JsonObject> {
	const { contact_person_id, ...fields } = person;
	const id = text(contact_person_id);
	const call: ZohoCall = {
		method: 'PUT',
		path: `${booksRoot}${contactPerson.path}/${encodeURIComponent(id)}`,
		body: { contact_id: contactId, ...fields },
		subject: `contact person ${nameOf(person)} of ${contactSubject}`,
		scope: scopeOf(contactPerson.scope, 'UPDATE'),
	};
	const { reply, error } = await client.attempt(call);
	if (reply) return personOf(reply.body, person);
	// Zoho's description requires first_name, although recorded updates of other resources do without: only a refusal is worth a read.
	if (error.intent !== 'invalid' || fields.first_name !== undefined) throw error;
	const known = await getPerson(client, contactId, id);
	const firstName = text(known?.first_name);
	if (firstName === '') throw error;
	const named = { first_name: firstName, last_name: text(known?.last_name), ...fields };
	const second = await client.request({ ...call, body: { contact_id: contactId, ...named } });
	return personOf(second.body, { ...named, contact_person_id: id });
}

async function getPerson(client: ZohoClient, contactId: string, id: string): Promise<JsonObject | undefined> {
	const path = `/contacts/${encodeURIComponent(contactId)}/contactpersons`;
	return await getBooksRecord(client, { ...contactPerson, path }, id);
}

/** Adds a person to a contact. When the answer gets lost, the person is looked for before it is sent once more. */
export async function addPerson(
	client: ZohoClient,
	contactId: string,
	person: JsonObject,
	contactSubject: string,
): Promise<JsonObject> {
	const fields: JsonObject = { ...person };
	delete fields.contact_person_id;
	const call: ZohoCall = {
		method: 'POST',
		path: booksRoot + contactPerson.path,
		body: { contact_id: contactId, ...fields },
		subject: `new contact person ${nameOf(person)} of ${contactSubject}`,
		scope: scopeOf(contactPerson.scope, 'CREATE'),
	};
	const attempts = 3;
	for (let attempt = 1; ; attempt++) {
		const { reply, error } = await client.attempt(call);
		if (reply) return personOf(reply.body, fields);
		if (!error.outcomeUnknown) throw error;
		const known = await findPerson(client, contactId, fields);
		if (known) return known;
		if (attempt === attempts) throw error;
	}
}

async function findPerson(
	client: ZohoClient,
	contactId: string,
	person: JsonObject,
): Promise<JsonObject | undefined> {
	const list = { ...contactPerson, path: `/contacts/${encodeURIComponent(contactId)}/contactpersons` };
	const persons: JsonObject[] = [];
	for await (const page of bookPages(client, list)) persons.push(...page);
	const id = text(matchPersons(persons, [person])[0]?.contact_person_id);
	return id === '' ? undefined : persons.find((one) => text(one.contact_person_id) === id);
}
