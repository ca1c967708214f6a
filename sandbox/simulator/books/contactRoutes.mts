import type { SimResponse } from '../types.mts';
import { saveByUnique } from './byUnique.mts';
import type { Contact } from './contacts.mts';
import { invalid, refuse } from './errors.mts';
import { contactFields, listParameters, personFields } from './fields.mts';
import { listContacts } from './list.mts';
import type { BooksOrg } from './org.mts';
import { contactDetail, personDetail, personInContact } from './render.mts';
import { type BooksCall, type BooksRoute, id, page, paging, success } from './route.mts';

const whole = (org: BooksOrg, contact: Contact, message: string): SimResponse =>
	success({ contact: contactDetail(org, contact) }, message);

function createContact(call: BooksCall, body = call.body()): SimResponse {
	const contact = call.org.contacts.create(body, 'api');
	call.org.changed('create', contact, 'api');
	return {
		...success({ contact: contactDetail(call.org, contact) }, 'The contact has been added.', 201),
		headers: { location: `/api/v3/contacts/${contact.id}` },
	};
}

function updateContact(call: BooksCall, contactId: string, body = call.body()): SimResponse {
	const contact = call.org.contacts.update(contactId, body);
	call.org.changed('update', contact, 'api');
	return whole(call.org, contact, 'Contact information has been saved.');
}

/** By a custom field that takes no value twice. */
const updateByUnique = (call: BooksCall): SimResponse =>
	saveByUnique(call, () => call.body(), {
		name: 'Contact',
		fields: call.org.contacts.customFields,
		all: call.org.contacts.byId.values(),
		update: ({ id: contactId }) => updateContact(call, contactId),
		create: (body) => createContact(call, body),
	});

function deleteContact(call: BooksCall): SimResponse {
	const contact = call.org.contacts.remove(id(call));
	call.org.changed('delete', contact, 'api');
	return success({}, `The ${contact.type} has been deleted.`);
}

function deleteContacts(call: BooksCall): SimResponse {
	const ids = (call.query.get('contact_ids') ?? '').split(',').filter((one) => one !== '');
	if (ids.length === 0 || ids.length > 200) invalid('contact_ids');
	for (const one of ids) call.org.contacts.get(one);
	for (const one of ids) call.org.changed('delete', call.org.contacts.remove(one), 'api');
	return success({}, 'The contacts have been deleted.');
}

function setActive(call: BooksCall, active: boolean): SimResponse {
	const contact = call.org.contacts.setActive(id(call), active);
	call.org.changed('update', contact, 'api');
	return success({}, `The contact has been marked as ${active ? 'active' : 'inactive'}.`);
}

function writtenPerson(
	call: BooksCall,
	{ contact, person }: ReturnType<BooksOrg['contacts']['person']>,
	message: string,
	status = 200,
): SimResponse {
	call.org.changed('update', contact, 'api');
	const shown = personDetail(call.org, contact, person);
	return success(
		{ contact_person: call.org.switches.personAnswer === 'list' ? [shown] : shown },
		message,
		status,
	);
}

function listPersons(call: BooksCall, contacts: readonly Contact[]): SimResponse {
	const { rows, page_context } = page(
		call,
		contacts.flatMap(({ persons }) => persons),
	);
	const contact_persons = rows.map((person) => ({
		contact_id: person.contactId,
		...personInContact(person),
	}));
	return success({ contact_persons, page_context });
}

function getPerson(call: BooksCall, personId: string, contactId?: string): SimResponse {
	const { contact, person } = call.org.contacts.person(personId);
	if (contactId !== undefined && contact.id !== contactId)
		refuse(404, 1002, 'Contact Person does not exist.');
	return success({ contact_person: personDetail(call.org, contact, person) });
}

function createPerson(call: BooksCall): SimResponse {
	const body = call.body();
	const contactId =
		typeof body['contact_id'] === 'string' || typeof body['contact_id'] === 'number'
			? String(body['contact_id'])
			: invalid('contact_id');
	return writtenPerson(
		call,
		call.org.contacts.addPerson(contactId, body),
		'The contactperson has been Created',
		201,
	);
}

const contactBody = Object.keys(contactFields);
const personBody = Object.keys(personFields).filter((name) => name !== 'contact_person_id');

/** Everything about contacts that the simulated Books answers; methods, paths and scopes after Zoho's OpenAPI files. */
export const contactRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path: '/contacts',
		scope: 'contacts.READ',
		query: listParameters,
		answer: (call) => success(listContacts(call.org, call.query)),
	},
	{
		method: 'POST',
		path: '/contacts',
		scope: 'contacts.CREATE',
		fields: contactBody,
		answer: (call) => createContact(call),
	},
	{ method: 'PUT', path: '/contacts', scope: 'contacts.UPDATE', fields: contactBody, answer: updateByUnique },
	{
		method: 'DELETE',
		path: '/contacts',
		scope: 'contacts.DELETE',
		query: ['contact_ids'],
		answer: deleteContacts,
	},
	{
		method: 'GET',
		path: '/contacts/contactpersons',
		scope: 'contacts.READ',
		query: paging,
		answer: (call) => listPersons(call, [...call.org.contacts.byId.values()]),
	},
	{
		method: 'POST',
		path: '/contacts/contactpersons',
		scope: 'contacts.CREATE',
		fields: personBody,
		answer: createPerson,
	},
	{
		method: 'GET',
		path: '/contacts/contactpersons/{}',
		scope: 'contacts.READ',
		answer: (call) => getPerson(call, id(call)),
	},
	{
		method: 'PUT',
		path: '/contacts/contactpersons/{}',
		scope: 'contacts.UPDATE',
		fields: personBody,
		answer: (call) =>
			writtenPerson(
				call,
				call.org.contacts.updatePerson(id(call), call.body()),
				'The contactperson details has been updated.',
			),
	},
	{
		method: 'DELETE',
		path: '/contacts/contactpersons/{}',
		scope: 'contacts.DELETE',
		answer: (call) => {
			call.org.changed('update', call.org.contacts.removePerson(id(call)).contact, 'api');
			return success({}, 'The contact person has been deleted.');
		},
	},
	{
		method: 'POST',
		path: '/contacts/contactpersons/{}/primary',
		scope: 'contacts.CREATE',
		answer: (call) => {
			call.org.changed('update', call.org.contacts.makePrimary(id(call)).contact, 'api');
			return success({}, 'This contact person has been marked as your primary contact person.');
		},
	},
	{
		method: 'GET',
		path: '/contacts/{}',
		scope: 'contacts.READ',
		answer: (call) => whole(call.org, call.org.contacts.get(id(call)), 'success'),
	},
	{
		method: 'PUT',
		path: '/contacts/{}',
		scope: 'contacts.UPDATE',
		fields: contactBody,
		answer: (call) => updateContact(call, id(call)),
	},
	{ method: 'DELETE', path: '/contacts/{}', scope: 'contacts.DELETE', answer: deleteContact },
	{
		method: 'POST',
		path: '/contacts/{}/active',
		scope: 'contacts.CREATE',
		answer: (call) => setActive(call, true),
	},
	{
		method: 'POST',
		path: '/contacts/{}/inactive',
		scope: 'contacts.CREATE',
		answer: (call) => setActive(call, false),
	},
	{
		method: 'GET',
		path: '/contacts/{}/contactpersons',
		scope: 'contacts.READ',
		query: paging,
		answer: (call) => listPersons(call, [call.org.contacts.get(id(call))]),
	},
	{
		method: 'GET',
		path: '/contacts/{}/contactpersons/{}',
		scope: 'contacts.READ',
		answer: (call) => getPerson(call, id(call, 1), id(call)),
	},
];
