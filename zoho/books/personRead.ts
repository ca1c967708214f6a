/** Reading contact persons: those of a contact, or of all contacts at once. Source: Books v3 "Contact Persons" (`list_contact_persons`, `list_all_contact_persons`). */

import type { ZohoClient } from '../client';
import { ClockedClient } from '../clockedClient';
import { text } from '../json';
import { callsPerMinuteOf } from '../limits';
import type { JsonObject } from '../types';
import { contactPerson } from './contactPerson';
import { bookPages, largestPage } from './read';

/** The persons of contacts, each as the bytes of its JSON: a hundred thousand of them as objects would slow down every collection of garbage. */
export class Persons {
	/** By contact_id; `readAt` is when the first of them was read. */
	readonly #byContact = new Map<string, { rows: Buffer[]; readAt: number }>();
	/** When the first page was read, epoch milliseconds by Books' clock. */
	#began: number | undefined;

	/** @param readAt by Books' clock, epoch milliseconds (whole second) */
	add(contactId: string, row: JsonObject, readAt: number): void {
		this.#began ??= readAt;
		const known = this.#byContact.get(contactId) ?? { rows: [], readAt };
		known.rows.push(Buffer.from(JSON.stringify(row)));
		this.#byContact.set(contactId, known);
	}

	/** Those of a contact; undefined when it was modified since they were read, or in that second. @param modified epoch milliseconds */
	of(contactId: string, modified?: number): JsonObject[] | undefined {
		const { rows, readAt = this.#began } = this.#byContact.get(contactId) ?? { rows: [] };
		if (modified !== undefined && readAt !== undefined && modified >= readAt) return undefined;
		return rows.map((row) => JSON.parse(row.toString()) as JsonObject);
	}
}

/**
 * The persons of every contact, 200 a call, with a `pause` after each call. Zoho does not describe the rows of this list: undefined
 * when they do not tell whose persons they are, or when the list is longer than `mostCalls` calls.
 */
export async function allPersons(
	client: ZohoClient,
	{ mostCalls = Number.POSITIVE_INFINITY, pause }: { mostCalls?: number; pause?: () => Promise<void> } = {},
): Promise<Persons | undefined> {
	const persons = new Persons();
	const enough = mostCalls * largestPage;
	const clocked = new ClockedClient(client);
	let read = 0;
	for await (const rows of bookPages(clocked, contactPerson, {}, enough)) {
		read += rows.length;
		if (read >= enough) return undefined;
		for (const row of rows) {
			const contactId = text(row.contact_id);
			if (contactId === '') return undefined;
			persons.add(contactId, row, clocked.lastAnswer ?? Number.POSITIVE_INFINITY);
		}
		await pause?.();
	}
	return persons;
}

/** What part of the calls of a minute the list takes while nobody waits for it. */
const unhurried = 0.6;

/** The list of all persons, read once. While it is read ahead, other calls find room in the minute; as soon as somebody waits for it, it hurries. */
export class PersonsReading {
	readonly #client: ZohoClient;
	#reading: Promise<Persons | undefined> | undefined;
	#isAwaited = false;

	constructor(client: ZohoClient) {
		this.#client = client;
	}

	/** Should it fail, whoever needs the list reads it again, and tells. */
	begin(): void {
		this.#read().catch(() => undefined);
	}

	async get(): Promise<Persons | undefined> {
		this.#isAwaited = true;
		return await this.#read();
	}

	async #read(): Promise<Persons | undefined> {
		const { connection, surroundings } = this.#client;
		const between = 60_000 / (unhurried * callsPerMinuteOf(connection));
		const pause = async () => (this.#isAwaited ? undefined : await surroundings.sleep(between));
		this.#reading ??= allPersons(this.#client, { pause });
		return await this.#reading.catch((error: unknown) => {
			this.#reading = undefined;
			throw error;
		});
	}
}

/** The persons of one contact. */
export async function personsOfContact(client: ZohoClient, contactId: string): Promise<JsonObject[]> {
	const path = `/contacts/${encodeURIComponent(contactId)}/contactpersons`;
	const persons: JsonObject[] = [];
	for await (const rows of bookPages(client, { ...contactPerson, path })) persons.push(...rows);
	return persons;
}
