/** What is done with invoices alone. Sources: Books v3 "Remind customer", "Enable payment reminder", "Generate payment link", "Schedule an invoice email", "Delete a payment", "Delete applied credit". */

import type { INodeProperties } from 'n8n-workflow';

import { asObject, text } from '../../zoho/json';
import type { ReadParameter } from '../shared/declarative';
import { GivenError } from '../shared/given';
import { emailFields, emailFrom } from './emailForm';
import { dayField, field } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { callTo, says } from './resource';

/** `2026-06-20 10:00:00`, as Zoho takes it, of a date in whichever form n8n gives it. */
function sendingTime(read: ReadParameter): string {
	const [, day, time] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})/.exec(text(read('sendAt', ''))) ?? [];
	if (day && time) return `${day} ${time}`;
	throw new GivenError('The time of sending is no time', 'Choose day and time, or give them as 2026-06-20T10:00:00.');
}

const linkProperties: INodeProperties[] = [
	{
		...dayField('Expiry Date', 'expiryDate'),
		required: true,
		routing: { send: { type: 'query', property: 'expiry_time', value: '={{ String($value ?? "").slice(0, 10) }}' } },
	},
	{
		...field('Link Type', 'linkType', {
			type: 'options',
			options: [
				{ name: 'Private', value: 'private' },
				{ name: 'Public', value: 'public' },
			],
			default: 'private',
			description: 'Whether the customer has to log in to the portal first',
		}),
		routing: { send: { type: 'query', property: 'link_type' } },
	},
];

/** The operations of invoices that no other document has. */
export function invoiceActions({ books, id }: Kind, has: ReturnType<typeof operationsOf>): KindOperation[] {
	const path = `${books.path}/{${id.name}}`;
	const reminders = (way: 'Enable' | 'Disable', description: string) =>
		has.act({
			name: `${way} Reminders`,
			value: `${way.toLowerCase()}Reminders`,
			description,
			action: `${way} payment reminders of an invoice`,
			path: `/paymentreminder/${way.toLowerCase()}`,
			output: { payment_reminder_enabled: way === 'Enable' },
		});
	return [
		has.called(
			{ name: 'Cancel Scheduled Email', value: 'cancelScheduledEmail', description: 'Do not send the email that was scheduled', action: 'Cancel the scheduled email of an invoice' },
			callTo(books, 'DELETE', `${path}/email/schedule`, { answer: says({ scheduled: false }) }),
			['id'],
		),
		has.called(
			{ name: 'Create Payment Link', value: 'createPaymentLink', description: 'Make a link by which an invoice can be paid', action: 'Create a payment link for an invoice' },
			callTo({ ...books, scope: 'settings' }, 'GET', '/share/paymentlink', {
				query: (_, idOf) => ({ transaction_id: idOf(id.name), transaction_type: 'invoice' }),
				answer: async (client, call) => [asObject(asObject((await client.request(call)).body).data)],
			}),
			['id'],
			linkProperties,
		),
		has.called(
			{ name: 'Delete Payment', value: 'deletePayment', description: 'Take a payment off an invoice', action: 'Delete a payment of an invoice' },
			callTo(books, 'DELETE', `${path}/payments/{invoicePaymentId}`, { answer: says({ deleted: true }) }),
			['id'],
			[field('Invoice Payment ID', 'invoicePaymentId', { required: true, description: 'As Get Payments tells it' })],
		),
		has.called(
			{ name: 'Remove Credit', value: 'removeCredit', description: 'Take a credit that was applied off an invoice', action: 'Remove a credit from an invoice' },
			callTo(books, 'DELETE', `${path}/creditsapplied/{creditId}`, { answer: says({ deleted: true }) }),
			['id'],
			[field('Applied Credit ID', 'creditId', { required: true, description: 'Creditnotes_invoice_id in what Get Credits puts out' })],
		),
		has.called(
			{ name: 'Schedule Email', value: 'scheduleEmail', description: 'Have Zoho Books send an invoice at a later time', action: 'Schedule the email of an invoice' },
			callTo(books, 'POST', `${path}/email/schedule`, { body: (read) => ({ schedule_time: sendingTime(read) }), answer: says({ scheduled: true }) }),
			['id'],
			[field('Send At', 'sendAt', { type: 'dateTime', required: true, description: 'In the time zone of the organization' })],
		),
		has.called(
			{ name: 'Send Reminder', value: 'sendReminder', description: 'Remind the customer by email of an invoice that is owed', action: 'Send a payment reminder for an invoice' },
			// Zoho wants the list of copies, though it may be empty.
			callTo(books, 'POST', `${path}/paymentreminder`, { body: (read) => ({ cc_mail_ids: [], ...emailFrom(read) }), answer: says({ reminded: true }) }),
			['id'],
			emailFields(),
		),
		reminders('Enable', 'Have Zoho Books remind the customer of an invoice by itself'),
		reminders('Disable', 'Have Zoho Books no longer remind the customer of an invoice by itself'),
	];
}
