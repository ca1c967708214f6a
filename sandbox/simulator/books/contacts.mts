import { addComment, type Comment, systemComment } from './comments.mts';
import { BooksRefusal, invalid, refuse } from './errors.mts';
import { addressFields, contactFields, personFields, personTexts } from './fields.mts';
import { type CustomFieldSpec, CustomFields } from './customFields.mts';
import { isObject, type Json, readEmail, readText, readValue } from './values.mts';

export interface Address extends Record<string, string> {
	address_id: string;
}

export interface Person {
	id: string;
	contactId: string;
	texts: Record<(typeof personTexts)[number], string>;
	isPrimary: boolean;
	inPortal: boolean;
	sms: boolean;
	whatsapp: boolean;
	zcrmContactId: string;
}

export interface Contact {
	id: string;
	name: string;
	type: 'customer' | 'vendor';
	/** Fields as they were set, other than the ones that have a place of their own here. */
	fields: Json;
	billing: Address;
	shipping: Address;
	persons: Person[];
	/** Field id → value. */
	custom: Map<string, unknown>;
	active: boolean;
	comments: Comment[];
	source: 'api' | 'user';
	createdAt: number;
	modifiedAt: number;
	zcrmAccountId: string;
	zcrmContactId: string;
}

/** What a store of contacts needs of its organization. */
export interface ContactSurroundings {
	now(): number;
	newId(): string;
	readonly addressReplaces: boolean;
	/** Whether a document or payment names the contact. */
	isUsed(id: string): boolean;
}

const ownPlace = new Set([
	'contact_name',
	'contact_type',
	'billing_address',
	'shipping_address',
	'contact_persons',
	'custom_fields',
]);

/**
 * The contacts of one organization and the rules for changing them: https://www.zoho.com/books/api/v3/contacts and /contact-persons,
 * with the answers that were recorded from a live organization.
 */
export class ContactStore {
	readonly byId = new Map<string, Contact>();
	readonly customFields: CustomFields;
	readonly #org: ContactSurroundings;

	constructor(org: ContactSurroundings, specs: readonly CustomFieldSpec[]) {
		this.#org = org;
		this.customFields = new CustomFields(specs, () => org.newId());
	}

	/** Refuses with 404 code 1002 when there is none. */
	get(id: string): Contact {
		return this.byId.get(id) ?? refuse(404, 1002, 'Contact does not exist.');
	}

	create(body: Json, source: Contact['source']): Contact {
		const name = readText('contact_name', body['contact_name'], 200) || invalid('contact_name');
		const type = readType(body['contact_type'] ?? 'customer');
		this.#requireFreeName(name, type);
		const now = this.#org.now();
		const id = this.#org.newId();
		const contact: Contact = {
			id,
			name,
			type,
			source,
			fields: {},
			billing: this.#newAddress(),
			shipping: this.#newAddress(),
			persons: [],
			custom: new Map(),
			active: true,
			comments: [systemComment('Contact created', this.#org)],
			createdAt: now,
			modifiedAt: now,
			zcrmAccountId: '',
			zcrmContactId: '',
		};
		this.#apply(contact, body);
		this.byId.set(id, contact);
		return contact;
	}

	/** Changes what the body names; a list of persons that it names is the whole list from then on. */
	update(id: string, body: Json): Contact {
		const contact = this.get(id);
		const draft = structuredClone(contact);
		if ('contact_name' in body)
			draft.name = readText('contact_name', body['contact_name'], 200) || invalid('contact_name');
		if ('contact_type' in body) draft.type = readType(body['contact_type']);
		this.#requireFreeName(draft.name, draft.type, id);
		this.#apply(draft, body);
		draft.modifiedAt = this.#org.now();
		this.byId.set(id, draft);
		return draft;
	}

	remove(id: string): Contact {
		const contact = this.get(id);
		// Zoho's code for it is not known.
		if (this.#org.isUsed(id))
			refuse(
				400,
				3063,
				`The ${contact.type} "${contact.name}" is part of transactions and cannot be deleted. Mark it as inactive.`,
			);
		this.byId.delete(id);
		return contact;
	}

	setActive(id: string, active: boolean): Contact {
		const contact = this.get(id);
		contact.active = active;
		contact.modifiedAt = this.#org.now();
		return contact;
	}

	person(id: string): { contact: Contact; person: Person } {
		for (const contact of this.byId.values()) {
			const person = contact.persons.find((candidate) => candidate.id === id);
			if (person) return { contact, person };
		}
		return refuse(404, 1002, 'Contact Person does not exist.');
	}

	addPerson(contactId: string, body: Json): { contact: Contact; person: Person } {
		const contact = this.get(contactId);
		if (readText('first_name', body['first_name']) === '') invalid('first_name');
		const person = this.#readPerson(contact, body);
		contact.persons.push(person);
		this.#settlePrimary(contact, person.isPrimary ? person : undefined);
		contact.modifiedAt = this.#org.now();
		return { contact, person };
	}

	updatePerson(id: string, body: Json): { contact: Contact; person: Person } {
		const { contact, person } = this.person(id);
		if ('first_name' in body && readText('first_name', body['first_name']) === '') invalid('first_name');
		const changed = this.#readPerson(contact, body, person);
		contact.persons[contact.persons.indexOf(person)] = changed;
		this.#settlePrimary(contact, changed.isPrimary ? changed : undefined);
		contact.modifiedAt = this.#org.now();
		return { contact, person: changed };
	}

	removePerson(id: string): { contact: Contact; person: Person } {
		const found = this.person(id);
		found.contact.persons = found.contact.persons.filter((other) => other !== found.person);
		this.#settlePrimary(found.contact);
		found.contact.modifiedAt = this.#org.now();
		return found;
	}

	makePrimary(id: string): { contact: Contact; person: Person } {
		const found = this.person(id);
		this.#settlePrimary(found.contact, found.person);
		found.contact.modifiedAt = this.#org.now();
		return found;
	}

	comment(id: string, body: Json): Comment {
		return addComment(this.get(id), body, this.#org);
	}

	statementSent(id: string): void {
		this.get(id).comments.push(systemComment('Statement emailed', this.#org));
	}

	/** Uniqueness is per contact type: the same name may be a customer's and a vendor's. */
	#requireFreeName(name: string, type: Contact['type'], own?: string): void {
		const key = name.toLowerCase();
		for (const other of this.byId.values()) {
			if (other.id === own || other.type !== type || other.name.toLowerCase() !== key) continue;
			throw new BooksRefusal(
				400,
				3062,
				`The ${type} "${name}" already exists. Please specify a different name.`,
			);
		}
	}

	#newAddress(): Address {
		const parts = [...Object.keys(addressFields), 'county', 'latitude', 'longitude', 'country_code'];
		return { ...Object.fromEntries(parts.map((part) => [part, ''])), address_id: this.#org.newId() };
	}

	#apply(contact: Contact, body: Json): void {
		for (const [name, spec] of Object.entries(contactFields)) {
			if (name in body && !ownPlace.has(name)) contact.fields[name] = readValue(name, spec, body[name]);
		}
		if ('billing_address' in body)
			this.#setAddress(contact.billing, 'billing_address', body['billing_address']);
		if ('shipping_address' in body)
			this.#setAddress(contact.shipping, 'shipping_address', body['shipping_address']);
		if ('custom_fields' in body) {
			const others = [...this.byId.values()]
				.filter((other) => other.id !== contact.id)
				.map((other) => other.custom);
			this.customFields.apply(contact.custom, body['custom_fields'], others);
		}
		if ('contact_persons' in body) this.#setPersons(contact, body['contact_persons']);
	}

	#setAddress(address: Address, name: string, value: unknown): void {
		if (!isObject(value)) return invalid(name);
		for (const [part, most] of Object.entries(addressFields)) {
			if (part in value) address[part] = readText(part, value[part], most);
			else if (this.#org.addressReplaces) address[part] = '';
		}
	}

	#setPersons(contact: Contact, value: unknown): void {
		const list = readValue('contact_persons', { kind: 'list' }, value) as unknown[];
		const persons = list.map((entry) => {
			if (!isObject(entry)) return invalid('contact_persons');
			const id = readText('contact_person_id', entry['contact_person_id']);
			const known = contact.persons.find((person) => person.id === id);
			return id === '' || known ? this.#readPerson(contact, entry, known) : invalid('contact_person_id');
		});
		contact.persons = persons;
		this.#settlePrimary(
			contact,
			persons.find(
				(person, index) =>
					person.isPrimary && isObject(list[index]) && list[index]['is_primary_contact'] === true,
			),
		);
	}

	/** A new person, or a changed copy of one; what the body does not name stays. */
	#readPerson(contact: Contact, body: Json, before?: Person): Person {
		const texts = Object.fromEntries(
			personTexts.map((name) => {
				if (!(name in body)) return [name, before?.texts[name] ?? ''];
				return [
					name,
					name === 'email'
						? readEmail(name, body[name])
						: readText(name, body[name], personFields[name]?.most),
				];
			}),
		) as Person['texts'];
		const preference = isObject(body['communication_preference']) ? body['communication_preference'] : {};
		const flag = (name: string, value: unknown, fallback: boolean) =>
			value === undefined ? fallback : readValue(name, { kind: 'boolean' }, value) === true;
		return {
			id: before?.id ?? this.#org.newId(),
			contactId: contact.id,
			texts,
			isPrimary: flag('is_primary_contact', body['is_primary_contact'], before?.isPrimary ?? false),
			inPortal: flag('enable_portal', body['enable_portal'], before?.inPortal ?? false),
			sms: flag('is_sms_enabled', preference['is_sms_enabled'], before?.sms ?? true),
			whatsapp: flag('is_whatsapp_enabled', preference['is_whatsapp_enabled'], before?.whatsapp ?? false),
			zcrmContactId: before?.zcrmContactId ?? '',
		};
	}

	/** Exactly one person is the primary one: the wished one, else the one that is, else the first. */
	#settlePrimary(contact: Contact, wished?: Person): void {
		const chosen = wished ?? contact.persons.find((person) => person.isPrimary) ?? contact.persons[0];
		for (const person of contact.persons) person.isPrimary = person === chosen;
	}
}

function readType(value: unknown): Contact['type'] {
	return value === 'customer' || value === 'vendor' ? value : invalid('contact_type');
}
