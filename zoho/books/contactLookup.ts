/** Finding the contact that already exists, after Books refused a name or an answer got lost. */

import type { ZohoClient } from '../client';
import { objectsOf, text } from '../json';
import type { JsonObject } from '../types';
import { contact as contacts } from './contact';
import { bookPages, getBooksRecord } from './read';

/** Milliseconds before each look: the search index of Books lags behind a create by a second or two. */
const looks = [0, 2_000, 4_000];

/** As Books compares names and e-mails, as far as is known: without regard to case and outer spaces. */
function folded(value: unknown): string {
	return text(value).trim().toLowerCase();
}

/**
 * The contact of the same name and type, in full; the one that may be the same where there are several. Undefined when there is none.
 */
export async function findExisting(client: ZohoClient, fields: JsonObject): Promise<JsonObject | undefined> {
	for (const delay of looks) {
		if (delay > 0) await client.surroundings.sleep(delay);
		const found: JsonObject[] = [];
		for (const row of await rowsOfName(client, fields)) {
			const full = await getBooksRecord(client, contacts, text(row.contact_id));
			if (full) found.push(full);
		}
		if (found.length > 0) return found.find((one) => mayBeTheSame(one, fields)) ?? found[0];
	}
	return undefined;
}

async function rowsOfName(client: ZohoClient, fields: JsonObject): Promise<JsonObject[]> {
	const name = folded(fields.contact_name);
	const type = text(fields.contact_type) || 'customer';
	const query = {
		contact_name: text(fields.contact_name).trim(),
		contact_type: type,
		filter_by: 'Status.All',
	};
	const rows: JsonObject[] = [];
	for await (const page of bookPages(client, contacts, query)) {
		// Compared again here: Books ignores a filter that it does not know.
		rows.push(
			...page.filter((row) => folded(row.contact_name) === name && (text(row.contact_type) || type) === type),
		);
	}
	return rows;
}

function emailsOf(record: JsonObject): Set<string> {
	const persons = objectsOf(record.contact_persons);
	return new Set([record, ...persons].map((one) => folded(one.email)).filter((email) => email !== ''));
}

/**
 * Do two contacts of the same name share an e-mail, or does one of them have none? A company is known by its name alone:
 * its people have e-mails of their own, and may arrive one by one.
 */
export function mayBeTheSame(existing: JsonObject, wanted: JsonObject): boolean {
	if ([existing, wanted].every((one) => text(one.customer_sub_type) === 'business')) return true;
	const has = emailsOf(existing);
	const wants = emailsOf(wanted);
	return has.size === 0 || wants.size === 0 || [...wants].some((email) => has.has(email));
}

/**
 * Gives each wanted person the id of the person it is: same e-mail, else same name where one of the two has no e-mail. No person is taken twice.
 */
export function matchPersons(existing: JsonObject[], wanted: JsonObject[]): JsonObject[] {
	const free = new Set(existing);
	const matches = new Map<JsonObject, JsonObject>();
	for (const one of wanted)
		take(one, (other) => folded(one.email) !== '' && folded(one.email) === folded(other.email));
	for (const one of wanted) if (!matches.has(one)) take(one, (other) => isNamesake(one, other));

	function take(one: JsonObject, isSame: (other: JsonObject) => boolean): void {
		const same = [...free].find(isSame);
		if (!same) return;
		free.delete(same);
		matches.set(one, same);
	}
	return wanted.map((one) => {
		const same = matches.get(one);
		return same ? { ...one, contact_person_id: text(same.contact_person_id) } : one;
	});
}

/** Same first and last name, and nothing that says they are two people. */
function isNamesake(a: JsonObject, b: JsonObject): boolean {
	const name = (one: JsonObject) => `${folded(one.first_name)} ${folded(one.last_name)}`.trim();
	const emails = new Set([folded(a.email), folded(b.email)].filter((email) => email !== ''));
	return name(a) !== '' && name(a) === name(b) && emails.size < 2;
}
