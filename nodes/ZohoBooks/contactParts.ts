/** What belongs to contacts beside fields and persons. Source: Books v3 "Contacts". */

import { addressForm, addressLines } from './paper';
import { attachmentOperations, documentOperations } from './attachments';
import { emailFields, emailFrom } from './emailForm';
import { field } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { partOperations } from './parts';
import { idsFrom } from './record';
import { callTo, says } from './resource';

/** Addresses, portal, reminders, emails, refunds and files. */
export function contactParts(kind: Kind, has: ReturnType<typeof operationsOf>): KindOperation[] {
	const { books, id } = kind;
	const path = `${books.path}/{${id.name}}`;
	const act = (name: string, description: string, action: string, below: string, output: Record<string, boolean>): KindOperation =>
		has.act({ name, value: name.charAt(0).toLowerCase() + name.slice(1).replace(/ /g, ''), description, action, path: below, output });
	const mark = (which: 'Billing' | 'Shipping'): KindOperation =>
		has.called(
			{
				name: `Mark Address as ${which}`,
				value: `markAddressAs${which}`,
				description: `Make a further address the ${which.toLowerCase()} address of a contact`,
				action: `Mark an address as the ${which.toLowerCase()} address of a contact`,
			},
			callTo(books, 'POST', `${path}/address/{addressId}/markas${which.toLowerCase()}`, { answer: says({ updated: true }), repeatable: true }),
			['id'],
			[field('Address ID', 'addressId', { required: true, description: 'As Get Addresses tells it' })],
		);
	return [
		...partOperations(kind, has, {
			noun: 'Address',
			below: '/address',
			listKey: 'addresses',
			recordKey: 'address_info',
			form: [addressForm([...addressLines, 'attention', 'phone', 'street2'])],
			idField: 'address_id',
			can: ['add', 'delete', 'getMany', 'update'],
		}),
		mark('Billing'),
		mark('Shipping'),
		act('Disable Portal', 'Take the access to the customer portal from a contact', 'Disable the portal for a contact', '/portal/disable', { portal_enabled: false }),
		act('Disable Reminders', 'Have Zoho Books no longer remind a contact of invoices by itself', 'Disable payment reminders for a contact', '/paymentreminder/disable', { reminders_enabled: false }),
		act('Enable Reminders', 'Have Zoho Books remind a contact of invoices by itself', 'Enable payment reminders for a contact', '/paymentreminder/enable', { reminders_enabled: true }),
		act('Track 1099', 'Note what is paid to a vendor for its form 1099', 'Track a contact for 1099', '/track1099', { track_1099: true }),
		act('Untrack 1099', 'No longer note what is paid to a vendor for its form 1099', 'Untrack a contact for 1099', '/untrack1099', { track_1099: false }),
		has.called(
			{ name: 'Enable Portal', value: 'enablePortal', description: 'Give persons of a contact access to the customer portal', action: 'Enable the portal for a contact' },
			callTo(books, 'POST', `${path}/portal/enable`, {
				body: (read) => ({ contact_persons: idsFrom(read('contactPersonIds', '')).map((contact_person_id) => ({ contact_person_id })) }),
				answer: says({ portal_enabled: true }),
				repeatable: true,
			}),
			['id'],
			[field('Contact Person IDs', 'contactPersonIds', { required: true, description: 'With commas between them' })],
		),
		has.called(
			{ name: 'Email', value: 'email', description: 'Send a contact an email', action: 'Email a contact' },
			callTo(books, 'POST', `${path}/email`, { body: emailFrom, answer: says({ emailed: true }) }),
			['id'],
			emailFields(['subject', 'body']).filter(({ name }) => name !== 'emailCc'),
		),
		has.listOfRecord(
			{ name: 'Get Refunds', value: 'getRefunds', description: 'Get what was paid back of the credit notes of a contact', action: 'Get refunds of a contact' },
			{ label: 'Refund', listKey: 'creditnote_refunds' },
			'/refunds',
		),
		...attachmentOperations(kind, has, { can: ['add'] }),
		...documentOperations(kind, has),
	];
}
