/** What an email to the people of a record holds. Source: Books v3 "Email an invoice". */

import type { INodeProperties } from 'n8n-workflow';

import { text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import type { ReadParameter } from '../shared/declarative';
import { GivenError } from '../shared/given';
import { field } from './formFields';

const addresses = (value: unknown): string[] =>
	text(value)
		.split(',')
		.map((address) => address.trim())
		.filter(Boolean);

/** The body of the call. @throws GivenError when it is to nobody */
export function emailFrom(read: ReadParameter): JsonObject {
	const to = addresses(read('emailTo', ''));
	if (to.length === 0) throw new GivenError('No email address is given', 'Give one address in To, or several with commas between them.');
	const parts = { cc_mail_ids: addresses(read('emailCc', '')), subject: text(read('emailSubject', '')), body: text(read('emailBody', '')) };
	return { to_mail_ids: to, ...(Object.fromEntries(Object.entries(parts).filter(([, value]) => value.length > 0)) as JsonObject) };
}

const ofTemplate = { description: 'Empty for that of the template in Zoho Books' };

/** @param wanted what Zoho sends nothing without; of some resources it has a template for subject and body */
export const emailFields = (wanted: ReadonlyArray<'subject' | 'body'> = []): INodeProperties[] => [
	field('To', 'emailTo', { required: true, placeholder: 'e.g. nathan@example.com', description: 'One address, or several with commas between them' }),
	field('CC', 'emailCc', { description: 'One address, or several with commas between them' }),
	field('Subject', 'emailSubject', wanted.includes('subject') ? { required: true } : ofTemplate),
	field('Body', 'emailBody', { typeOptions: { rows: 4 }, ...(wanted.includes('body') ? { required: true } : ofTemplate) }),
];
