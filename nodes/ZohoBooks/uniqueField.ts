/** The custom field by which *Create or Update* finds a record. Source: Books v3 "Update an invoice using a custom field's unique value". */

import type { INodeProperties } from 'n8n-workflow';

import { text } from '../../zoho/json';
import type { ReadParameter } from '../shared/declarative';
import { GivenError } from '../shared/given';
import { field, loaded } from './formFields';

export const uniqueFields: INodeProperties[] = [
	{
		...loaded('Unique Field Name or ID', 'uniqueField', 'getUniqueFields', 'A custom field that is set to take no value twice. '),
		required: true,
	},
	field('Unique Value', 'uniqueValue', { required: true, description: 'The record that has this value in that field is updated' }),
];

/** Headers carry plain characters only. */
const inHeader = /^[\x20-\x7e]+$/;

/** What Zoho takes beside the record to find the one that is there. @throws GivenError when it cannot stand in a header */
export function uniqueHeaders(read: ReadParameter): Record<string, string> {
	const [key, value] = [text(read('uniqueField', '')), text(read('uniqueValue', '')).trim()];
	if (!inHeader.test(key) || value === '') {
		throw new GivenError('The unique field or its value is missing', 'Choose the custom field, and give the value of the record for every item.');
	}
	if (inHeader.test(value)) return { 'X-Unique-Identifier-Key': key, 'X-Unique-Identifier-Value': value, 'X-Upsert': 'true' };
	throw new GivenError(
		`Zoho Books cannot look for "${value}"`,
		'Zoho takes the unique value in a header, which holds Latin letters, digits and signs without accents only.',
	);
}
