import type { INodeProperties } from 'n8n-workflow';

import { contactPerson as books } from '../../../zoho/books/contactPerson';
import { updatePerson } from '../../../zoho/books/personWrite';
import type { ZohoClient } from '../../../zoho/client';
import { asObject, text } from '../../../zoho/json';
import type { JsonObject, ZohoCall } from '../../../zoho/types';
import { inputProperties } from '../../shared/inputProperties';
import { listProperties } from '../../shared/listProperties';
import type { ReadParameter } from '../../shared/declarative';
import { personFields } from '../contactForm';
import { contactIdProperty } from '../contactId';
import { locator } from '../locators';
import { readRecord } from '../record';
import { callTo, listOf, says, type BooksNodeResource } from '../resource';

const ofContact = '/contacts/{contactId}/contactpersons';
const one = `${books.path}/{contactPersonId}`;
const resource = ['contactPerson'];
const inputMode = ['fields'];

const firstName: INodeProperties = { displayName: 'First Name', name: 'firstName', type: 'string', default: '' };

/** The person's fields, and the contact that Zoho wants beside them. */
function body(read: ReadParameter, idOf: (name: string) => string): JsonObject {
	return { ...readRecord(read, { first_name: 'firstName' }), contact_id: idOf('contactId') };
}

/** Goes the way of contacts' people: Zoho's description requires a first name, which an update need not give here. */
async function updated(client: ZohoClient, { body: given, path }: ZohoCall): Promise<JsonObject[]> {
	const { contact_id, ...fields } = asObject(given);
	const contact_person_id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
	const contactId = text(contact_id);
	return [await updatePerson(client, contactId, { ...fields, contact_person_id }, `contact ${contactId}`)];
}

/** People of a contact. Source: Books v3 "Contact Persons". */
export const contactPerson: BooksNodeResource = {
	books,
	name: 'Contact Person',
	value: 'contactPerson',
	operations: [
		{
			name: 'Create',
			value: 'create',
			description: 'Add a person to a contact',
			action: 'Create a contact person',
			routing: callTo(books, 'POST', books.path, { body }),
		},
		{
			name: 'Delete',
			value: 'delete',
			description: 'Delete a person for good',
			action: 'Delete a contact person',
			routing: callTo(books, 'DELETE', one, { answer: says({ deleted: true }) }),
		},
		{
			name: 'Get',
			value: 'get',
			description: 'Get one person of a contact',
			action: 'Get a contact person',
			routing: callTo(books, 'GET', `${ofContact}/{contactPersonId}`),
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the persons of a contact',
			action: 'Get many contact persons',
			routing: listOf(books, ofContact),
		},
		{
			name: 'Invite to Portal',
			value: 'inviteToPortal',
			description: 'Invite a person to the customer portal',
			action: 'Invite a contact person to the portal',
			routing: callTo(books, 'POST', `${one}/portal/invite`, { answer: says({ invited: true }) }),
		},
		{
			name: 'Invite to Portal Again',
			value: 'inviteToPortalAgain',
			description: 'Send the invitation to the customer portal once more',
			action: 'Invite a contact person to the portal again',
			routing: callTo(books, 'POST', `${one}/portal/invite/resend`, { answer: says({ invited: true }) }),
		},
		{
			name: 'Mark Primary',
			value: 'markPrimary',
			description: 'Make a person the primary one of its contact',
			action: 'Mark a contact person primary',
			routing: callTo(books, 'POST', `${one}/primary`, { answer: says({ is_primary_contact: true }), repeatable: true }),
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Change fields of a person',
			action: 'Update a contact person',
			routing: callTo(books, 'PUT', one, { body, answer: updated }),
		},
	],
	properties: [
		{ ...contactIdProperty, displayOptions: { show: { resource, operation: ['create', 'get', 'getAll', 'update'] } } },
		{
			...locator('Contact Person', 'contactPersonId', 'searchContactPersons'),
			required: true,
			displayOptions: { show: { resource, operation: ['delete', 'get', 'inviteToPortal', 'inviteToPortalAgain', 'markPrimary', 'update'] } },
		},
		...inputProperties('contactPerson', ['create', 'update'], 'Zoho\'s field names and values, such as { "first_name": "Ada", "email": "ada@example.com" }'),
		{ ...firstName, required: true, displayOptions: { show: { resource, operation: ['create'], inputMode } } },
		{
			displayName: 'Additional Fields',
			name: 'fields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: personFields,
			displayOptions: { show: { resource, operation: ['create'], inputMode } },
		},
		{
			displayName: 'Update Fields',
			name: 'fields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [...personFields, { ...firstName, name: 'first_name' }].sort((a, b) => a.displayName.localeCompare(b.displayName)),
			displayOptions: { show: { resource, operation: ['update'], inputMode } },
		},
		...listProperties('contactPerson', ['getAll']),
	],
};
