import type { INodeProperties } from 'n8n-workflow';

import { contact as books } from '../../../zoho/books/contact';
import { inputProperties } from '../../shared/inputProperties';
import { listProperties } from '../../shared/listProperties';
import { contactFields } from '../contactForm';
import { contactListProperties } from '../contactFilters';
import { contactIdProperty } from '../contactId';
import { contactMail } from '../contactMail';
import { addPersons, addPersonsProperties } from '../contactPersons';
import { readRecord } from '../record';
import { callTo, listOf, says, type BooksNodeResource } from '../resource';
import { update, upsert } from '../saveContacts';
import { optionsWithSimplify, simplifying } from '../simplify';

const one = `${books.path}/{contactId}`;
const resource = ['contact'];
const inputMode = ['fields'];

const contactName: INodeProperties = { displayName: 'Contact Name', name: 'contactName', type: 'string', default: '' };

/** Customers and vendors. Source: Books v3 "Contacts". */
export const contact: BooksNodeResource = {
	books,
	name: 'Contact',
	value: 'contact',
	operations: [
		{
			name: 'Add Persons',
			value: 'addPersons',
			description: 'Put the contact persons beside each contact of a list, in as few calls as possible',
			action: 'Add the persons to contacts',
			run: addPersons,
		},
		{
			name: 'Create',
			value: 'create',
			description: 'Create a new contact',
			action: 'Create a contact',
			routing: callTo(books, 'POST', books.path, { body: (read) => readRecord(read, { contact_name: 'contactName' }) }),
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
			action: 'Create or update a contact',
			run: upsert,
		},
		{
			name: 'Delete',
			value: 'delete',
			description: 'Delete a contact for good',
			action: 'Delete a contact',
			routing: callTo(books, 'DELETE', one, { answer: says({ deleted: true }) }),
		},
		{
			name: 'Get',
			value: 'get',
			description: 'Get one contact with its addresses and persons',
			action: 'Get a contact',
			routing: callTo(books, 'GET', one, simplifying(books.name)),
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get many contacts, without addresses and persons',
			action: 'Get many contacts',
			routing: listOf(books, books.path, simplifying(books.name)),
		},
		{
			name: 'Mark Active',
			value: 'markActive',
			description: 'Make an inactive contact active again',
			action: 'Mark a contact active',
			routing: callTo(books, 'POST', `${one}/active`, { answer: says({ status: 'active' }), repeatable: true }),
		},
		{
			name: 'Mark Inactive',
			value: 'markInactive',
			description: 'Keep a contact without using it any more',
			action: 'Mark a contact inactive',
			routing: callTo(books, 'POST', `${one}/inactive`, { answer: says({ status: 'inactive' }), repeatable: true }),
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Change fields of a contact; persons are updated or added one by one',
			action: 'Update a contact',
			run: update,
		},
		...contactMail.operations,
	].sort((one, other) => one.name.localeCompare(other.name)),
	properties: [
		{
			...contactIdProperty,
			displayOptions: { show: { resource, operation: ['addPersons', 'delete', 'get', 'markActive', 'markInactive'] } },
		},
		...inputProperties('contact', ['create', 'upsert', 'update'], 'Zoho\'s field names and values, such as { "contact_name": "Aurora Trading", "company_name": "Aurora" }'),
		{ ...contactIdProperty, displayOptions: { show: { resource, operation: ['update'], inputMode } } },
		{
			displayName: 'Contact ID',
			name: 'existingContactId',
			type: 'string',
			default: '',
			description: 'The contact to update. Empty: one of the same name is updated unless its email differs, else a new one is created.',
			displayOptions: { show: { resource, operation: ['upsert'], inputMode } },
		},
		{ ...contactName, required: true, displayOptions: { show: { resource, operation: ['create'], inputMode } } },
		{ ...contactName, displayOptions: { show: { resource, operation: ['upsert'], inputMode } } },
		{
			displayName: 'Additional Fields',
			name: 'fields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: contactFields,
			displayOptions: { show: { resource, operation: ['create', 'upsert'], inputMode } },
		},
		{
			displayName: 'Update Fields',
			name: 'fields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [...contactFields, { ...contactName, name: 'contact_name' }].sort((a, b) => a.displayName.localeCompare(b.displayName)),
			displayOptions: { show: { resource, operation: ['update'], inputMode } },
		},
		...optionsWithSimplify('contact').map((property) => ({ ...property, displayOptions: { show: { resource, operation: ['get'] } } })),
		...addPersonsProperties,
		...listProperties('contact', ['getAll']),
		...contactListProperties,
		...contactMail.properties,
	],
};
