/**
 * A small world for property tests: two stores, two rows of nodes between them, and deliveries that can be lost, doubled, late
 * and out of order. Books deliveries hold the record as it was, CRM deliveries only its id, as Zoho's do.
 */

import { linkField, markField } from '../../../sync/mark';
import { linkRecords } from '../../../sync/link';
import { crmLookups, nothingKnown, planBooks, planCrm, searchKey } from '../../../sync/plan';
import type { BooksItem, CrmItem, PlanOptions } from '../../../sync/plan';
import type { ConflictPolicy, Json, JsonObject, MatchRule } from '../../../sync/types';

const contactPaths = ['contact_name', 'website', 'notes', 'billing_address.city'];
const personPaths = ['first_name', 'last_name', 'email', 'phone'];
const accountFields = ['Account_Name', 'Website', 'Description', 'Billing_City'];
export const contactFields = ['First_Name', 'Last_Name', 'Email', 'Phone'];

type Module = 'Accounts' | 'Contacts';
/** A webhook holds the record as it was; what a poll found is read when its turn comes. */
type BooksEvent = { system: 'books'; id: string; payload?: JsonObject };
type CrmEvent = { system: 'crm'; module: Module; id: string };
interface BooksState {
	snapshot: JsonObject;
	fromPayload: boolean;
}
export type Event = BooksEvent | CrmEvent;

export interface ModelOptions {
	toCrm: ConflictPolicy;
	toBooks: ConflictPolicy;
	overwriteBlank: boolean;
	/** Books → CRM writes the city in capitals. */
	lossy: boolean;
}

const text = (value: Json) => (typeof value === 'string' ? value : '');
const objects = (value: Json) => (Array.isArray(value) ? (value as JsonObject[]) : []);

export class Model {
	readonly books = new Map<string, JsonObject>();
	readonly crm: Record<Module, Map<string, JsonObject>> = { Accounts: new Map(), Contacts: new Map() };
	pending: Event[] = [];
	writes = { books: 0, crm: 0 };
	reads = { books: 0 };
	reviews = 0;
	problems: string[] = [];
	private second = 0;
	private ids = 0;
	private readonly options: ModelOptions;

	constructor(options: ModelOptions) {
		this.options = options;
	}

	tick(seconds: number): void {
		this.second += seconds;
	}

	private now(): string {
		return new Date(Date.UTC(2026, 0, 1) + this.second * 1000).toISOString().replace('.000Z', '+00:00');
	}

	private newId(): string {
		this.ids += 1;
		return `46000000000${String(1000000 + this.ids)}`;
	}

	// People and the API

	saveContact(record: JsonObject): JsonObject {
		const id = text(record.contact_id) || this.newId();
		const before = this.books.get(id) ?? { contact_id: id, contact_persons: [] };
		const { contact_persons: given, billing_address: address, ...fields } = structuredClone(record);
		const persons = objects(before.contact_persons).map((person) => ({ ...person }));
		for (const person of objects(given)) {
			const known = persons.find((one) => one.contact_person_id === person.contact_person_id);
			if (person.contact_person_id && !known)
				throw new Error(`no person ${text(person.contact_person_id)} in ${id}`);
			if (known) Object.assign(known, person);
			else persons.push({ contact_person_id: this.newId(), ...person });
		}
		const saved: JsonObject = {
			...before,
			...fields,
			billing_address: {
				...((before.billing_address as JsonObject) ?? {}),
				...((address as JsonObject) ?? {}),
			},
			contact_id: id,
			contact_persons: persons,
			last_modified_time: this.now(),
		};
		this.books.set(id, saved);
		this.pending.push({ system: 'books', id, payload: structuredClone(saved) });
		return saved;
	}

	saveCrm(module: Module, record: JsonObject): string {
		const id = text(record.id) || this.newId();
		const store = this.crm[module];
		const link = text(record[linkField]);
		for (const other of store.values()) {
			if (link && other.id !== id && other[linkField] === link)
				throw new Error(`DUPLICATE_DATA ${module} ${link}`);
		}
		if (text(record[markField]).length > 2000) throw new Error('mark too long');
		store.set(id, { ...(store.get(id) ?? {}), ...structuredClone(record), id, Modified_Time: this.now() });
		this.pending.push({ system: 'crm', module, id });
		return id;
	}

	// Deliveries

	/** Everything modified on both sides, as a poll gives it. */
	poll(): void {
		for (const id of this.books.keys()) this.pending.push({ system: 'books', id });
		for (const module of ['Accounts', 'Contacts'] as const) {
			for (const id of this.crm[module].keys()) this.pending.push({ system: 'crm', module, id });
		}
	}

	/** Runs each row once over these deliveries, as one batch per row. */
	deliver(events: Event[]): void {
		const fromBooks = events.flatMap((event): BooksState[] =>
			event.system === 'books'
				? [{ snapshot: structuredClone(event.payload ?? this.books.get(event.id) ?? {}), fromPayload: event.payload !== undefined }]
				: [],
		);
		const fromCrm = events.flatMap((event) => (event.system === 'crm' ? [event] : []));
		if (fromBooks.length > 0) this.toCrm(fromBooks);
		if (fromCrm.length > 0) this.toBooks(fromCrm);
	}

	/** Delivers until nothing is pending; the number of rounds it took. */
	settle(most: number): number {
		for (let round = 0; round < most; round += 1) {
			if (this.pending.length === 0) return round;
			const events = this.pending;
			this.pending = [];
			this.tick(1);
			this.deliver(events);
		}
		return most;
	}

	// Books → CRM

	private toCrm(events: BooksState[]): void {
		this.writeToCrm(
			'Accounts',
			events.map((event, index) => this.accountItem(event, index)),
		);
		const persons = events.flatMap((event) => objects(event.snapshot.contact_persons).map((person) => ({ event, person })));
		this.writeToCrm(
			'Contacts',
			persons.map(({ event, person }, index) => this.contactItem(event, person, index)),
		);
	}

	private accountItem({ snapshot, fromPayload }: BooksState, inputIndex: number): CrmItem {
		const city = text((snapshot.billing_address as JsonObject | undefined)?.city);
		return {
			inputIndex,
			record: {
				Account_Name: snapshot.contact_name,
				Website: snapshot.website ?? '',
				Description: snapshot.notes ?? '',
				Billing_City: this.options.lossy ? city.toUpperCase() : city,
			},
			rules: [{ kind: 'field', field: 'Account_Name', value: snapshot.contact_name }],
			link: text(snapshot.contact_id),
			source: snapshot,
			sourceModified: text(snapshot.last_modified_time),
			fromPayload,
			sourceFields: contactPaths,
		};
	}

	private contactItem({ snapshot, fromPayload }: BooksState, person: JsonObject, inputIndex: number): CrmItem {
		const account = [...this.crm.Accounts.values()].find((one) => one[linkField] === snapshot.contact_id);
		return {
			inputIndex,
			record: {
				First_Name: person.first_name ?? '',
				Last_Name: person.last_name ?? '',
				Email: person.email ?? '',
				Phone: person.phone ?? '',
				...(account ? { Account_Name: { id: text(account.id) } } : {}),
			},
			rules: [{ kind: 'email', field: 'Email', value: person.email }],
			link: text(person.contact_person_id),
			booksParent: text(snapshot.contact_id),
			source: person,
			sourceModified: text(snapshot.last_modified_time),
			fromPayload,
			sourceFields: personPaths,
		};
	}

	private writeToCrm(module: Module, items: CrmItem[]): void {
		const records = [...this.crm[module].values()];
		const wanted = crmLookups(items);
		const found = records.filter((record) =>
			wanted.some(({ field, values }) =>
				values.some((value) => text(record[field]).trim().toLowerCase() === value.trim().toLowerCase()),
			),
		);
		for (const { output, record } of planCrm(
			items,
			structuredClone(found),
			this.planOptions(this.options.toCrm),
		)) {
			if (output === 'review') this.reviews += 1;
			if (output !== 'new' && output !== 'changed') continue;
			this.writes.crm += 1;
			this.saveCrm(module, record);
		}
	}

	// CRM → Books

	private toBooks(events: CrmEvent[]): void {
		const items = events.map((event, index) => this.booksItem(event, index));
		const known = nothingKnown();
		let plan = planBooks(items, known, this.planOptions(this.options.toBooks));
		for (let round = 0; !plan.complete; round += 1) {
			if (round > 5) throw new Error('the plan never becomes complete');
			for (const id of plan.needs.contactIds) {
				this.reads.books += 1;
				known.contacts.set(id, structuredClone(this.books.get(id)));
			}
			for (const id of plan.needs.personIds) known.persons.set(id, this.parentOf(id));
			for (const search of plan.needs.searches) known.searches.set(searchKey(search), this.search(search));
			plan = planBooks(items, known, this.planOptions(this.options.toBooks));
		}
		for (const { output, record, match } of plan.entries) {
			if (output === 'review') this.reviews += 1;
			if (output === 'review') continue;
			let contact: JsonObject | undefined;
			if (output !== 'unchanged') {
				this.writes.books += 1;
				contact = structuredClone(this.saveContact(record));
			}
			const { links, problems } = linkRecords(match, contact);
			this.problems.push(...problems);
			for (const link of links) {
				this.writes.crm += 1;
				this.saveCrm(link.module as Module, link.record);
			}
		}
	}

	private parentOf(personId: string): string | undefined {
		const parent = [...this.books.values()].find(({ contact_persons }) =>
			objects(contact_persons).some((person) => person.contact_person_id === personId),
		);
		return parent && text(parent.contact_id);
	}

	private search({ kind, field, value }: { kind: string; field: string; value: string }): JsonObject[] {
		const rows = [...this.books.values()].filter((contact) =>
			kind === 'email'
				? objects(contact.contact_persons).some(({ email }) => text(email).trim().toLowerCase() === value)
				: text(contact[field]).trim().toLowerCase() === value.toLowerCase(),
		);
		return rows.map((contact) => ({
			contact_id: contact.contact_id,
			contact_name: contact.contact_name,
			email: value,
		}));
	}

	private booksItem({ module, id }: CrmEvent, inputIndex: number): BooksItem {
		const source = structuredClone(this.crm[module].get(id) ?? {});
		const shared = { inputIndex, module, source, sourceModified: text(source.Modified_Time) };
		if (module === 'Accounts') {
			return {
				...shared,
				standsFor: 'contact',
				record: {
					contact_name: source.Account_Name,
					website: source.Website ?? '',
					notes: source.Description ?? '',
					billing_address: { city: source.Billing_City ?? '' },
				},
				rules: [{ kind: 'field', field: 'contact_name', value: source.Account_Name }],
				sourceFields: accountFields,
			};
		}
		const account = this.crm.Accounts.get(text((source.Account_Name as JsonObject | undefined)?.id));
		const name = account
			? text(account.Account_Name)
			: `${text(source.First_Name)} ${text(source.Last_Name)}`;
		const rules: MatchRule[] = [{ kind: 'email', field: 'email', value: source.Email }];
		if (account) rules.push({ kind: 'field', field: 'contact_name', value: name });
		return {
			...shared,
			standsFor: 'person',
			record: {
				contact_name: name,
				contact_persons: [
					{
						first_name: source.First_Name ?? '',
						last_name: source.Last_Name ?? '',
						email: source.Email ?? '',
						phone: source.Phone ?? '',
					},
				],
			},
			rules,
			sourceFields: contactFields,
			...(account ? { account: { id: text(account.id), link: text(account[linkField]) } } : {}),
		};
	}

	private planOptions(policy: ConflictPolicy): PlanOptions {
		return { policy, overwriteBlank: this.options.overwriteBlank };
	}

	// What must hold in the end

	/** Differences between records that stand for each other, and records that stand alone or twice. */
	differences(): string[] {
		const out: string[] = [];
		const accounts = [...this.crm.Accounts.values()];
		const contacts = [...this.crm.Contacts.values()];
		for (const contact of this.books.values()) {
			const account = accounts.filter((one) => one[linkField] === contact.contact_id);
			if (account.length !== 1)
				out.push(`contact ${text(contact.contact_id)} has ${account.length} Accounts`);
			const city = (contact.billing_address as JsonObject | undefined)?.city;
			const here = [contact.contact_name, contact.website, contact.notes, city].map(text);
			const there = accountFields.map((field) => text(account[0]?.[field]));
			if (this.options.lossy) {
				// Both spellings are in agreement: capitals are all that this mapping lets CRM know.
				here[3] = here[3]?.toUpperCase() ?? '';
				there[3] = there[3]?.toUpperCase() ?? '';
			}
			if (account[0] && JSON.stringify(here) !== JSON.stringify(there))
				out.push(`${here.join('|')} ≠ ${there.join('|')}`);
			for (const person of objects(contact.contact_persons)) {
				const twin = contacts.filter((one) => one[linkField] === person.contact_person_id);
				if (twin.length !== 1)
					out.push(`person ${text(person.contact_person_id)} has ${twin.length} Contacts`);
				const mine = personPaths.map((path) => text(person[path]));
				const theirs = contactFields.map((field) => text(twin[0]?.[field]));
				if (twin[0] && JSON.stringify(mine) !== JSON.stringify(theirs))
					out.push(`${mine.join('|')} ≠ ${theirs.join('|')}`);
			}
		}
		const unlinked = [...accounts, ...contacts].filter((one) => !one[linkField]);
		return [...out, ...unlinked.map(({ id }) => `CRM ${text(id)} is not linked`)];
	}
}
