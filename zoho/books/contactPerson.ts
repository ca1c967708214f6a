import type { BooksResource } from './resource';

/** People of a contact. Source: Books v3 "Contact Persons". They have no list, event or cursor of their own: a change shows on the contact. */
export const contactPerson: BooksResource = {
	name: 'contactPerson',
	label: 'Contact Person',
	path: '/contacts/contactpersons',
	listKey: 'contact_persons',
	recordKey: 'contact_person',
	idField: 'contact_person_id',
	displayField: 'first_name',
	modifiedFilter: 'none',
	sortByModified: false,
	detailNeeded: false,
	scope: 'contacts',
	comparable: [
		'salutation',
		'first_name',
		'last_name',
		'email',
		'phone',
		'mobile',
		'designation',
		'department',
		'skype',
		'is_primary_contact',
	],
};
