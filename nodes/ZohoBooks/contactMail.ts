/** Comments of contacts, and statements of account that are sent to them. Sources: Books v3 "Contacts", "Email Statement", "List Comments". */

import type { INodeProperties } from 'n8n-workflow';

import { contact as books } from '../../zoho/books/contact';
import { commentOperations } from './comments';
import { contactIdProperty } from './contactId';
import { contactParts } from './contactParts';
import { emailFields, emailFrom } from './emailForm';
import { dayField } from './formFields';
import { nodeResource, type Kind } from './kind';
import { operationsOf } from './operations';
import { callTo, says } from './resource';

const kind: Kind = { books, one: 'a contact', many: 'contacts', id: contactIdProperty, main: [], fields: [], example: '' };
const has = operationsOf(kind);

const day = (displayName: string, name: string, column: string): INodeProperties => ({
	...dayField(displayName, name),
	description: 'Empty: the statement is that of the present month',
	routing: { send: { type: 'query', property: column, value: '={{ String($value ?? "").slice(0, 10) }}' } },
});

/** Operations of contacts and their properties. */
export const contactMail = nodeResource(kind, [
	...commentOperations(kind, has, { listKey: 'contact_comments' }),
	...contactParts(kind, has),
	has.called(
		{
			name: 'Email Statement',
			value: 'emailStatement',
			description: 'Send a customer what was invoiced and paid in some days',
			action: 'Email a statement to a customer',
		},
		callTo(books, 'POST', `${books.path}/{${kind.id.name}}/statements/email`, { body: emailFrom, answer: says({ emailed: true }) }),
		['id'],
		[...emailFields(['subject', 'body']), day('Start Date', 'startDate', 'start_date'), day('End Date', 'endDate', 'end_date')],
	),
]);
