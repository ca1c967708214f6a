/** Operations that several resources have, made of what tells the resources apart. */

import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { createOnce, onceKey } from '../../zoho/books/createOnce';
import type { BooksResource } from '../../zoho/books/resource';
import { numberQuery, updateBooksRecord } from '../../zoho/books/write';
import { objectsOf, text } from '../../zoho/json';
import type { HttpMethod, JsonObject } from '../../zoho/types';
import { GivenError } from '../shared/given';
import { Lanes } from '../shared/lanes';
import { writeEach } from './eachRecord';
import { customFields, field, yesNo } from './formFields';
import { ownParameters, type Kind, type KindOperation, type Part } from './kind';
import { customFieldsOf, readRecord, recordOfItem, withId } from './record';
import { callTo, listOf, recordOf, says, type BooksOperation } from './resource';

type Words = { name: string; value: string; description: string; action: string };
type Run = Extract<BooksOperation, { run: unknown }>['run'];

/** A change of state: one call without a body, that does no more when it is sent twice. */
export interface Action extends Words {
	/** Below the record: `/status/sent`. */
	path: string;
	/** What is put out: Zoho answers without a record. */
	output: JsonObject;
}

/** The operations of one kind; each is in the node only where its resource lists it. */
export function operationsOf(kind: Kind) {
	const { books, one, many, id } = kind;
	const path = `${books.path}/{${id.name}}`;
	const called = (words: Words, routing: ReturnType<typeof callTo>, shows: Part[], properties?: INodeProperties[]): KindOperation => ({
		operation: { ...words, routing },
		shows,
		...(properties && { properties }),
	});
	const run = (words: Words, own: Run, shows: Part[], properties?: INodeProperties[]): KindOperation => ({
		operation: { ...words, run: own },
		shows,
		...(properties && { properties }),
	});
	return {
		create: (properties: INodeProperties[] = []) =>
			called(
				{ name: 'Create', value: 'create', description: `Create ${one.replace(/^an? /, 'a new ')}`, action: `Create ${one}` },
				callTo(books, 'POST', books.path, {
					body: (read) => readRecord(read, ownParameters(kind)),
					answer: async (client, call, limit) => {
						const query = { ...call.query, ...numberQuery(books, call.body as JsonObject) };
						return await recordOf(books)(client, { ...call, query }, limit);
					},
				}),
				['input', 'newRecord'],
				properties,
			),
		createOnce: () =>
			run(
				{
					name: 'Create Once',
					value: 'createOnce',
					description: `Create ${one.replace(/^an? /, 'a new ')}, or get the one that has the same reference number`,
					action: `Create ${one} once`,
				},
				createOnceEach(kind),
				['input', 'newRecord'],
			),
		remove: () =>
			called(
				{ name: 'Delete', value: 'delete', description: `Delete ${one} permanently`, action: `Delete ${one}` },
				callTo(books, 'DELETE', path, { answer: says({ deleted: true }) }),
				['id'],
			),
		get: (what = '') =>
			called(
				{ name: 'Get', value: 'get', description: `Get ${one}${what && ` ${what}`}`, action: `Get ${one}` },
				callTo(books, 'GET', path),
				['id'],
			),
		getAll: (what = '') =>
			called(
				{ name: 'Get Many', value: 'getAll', description: `Get many ${many}${what && `, ${what}`}`, action: `Get many ${many}` },
				listOf(books),
				['list'],
			),
		update: (what = '') =>
			run(
				{ name: 'Update', value: 'update', description: `Change fields of ${one}${what && `; ${what}`}`, action: `Update ${one}` },
				updateEach(kind),
				['input', 'formId', 'changes'],
			),
		updateCustomFields: () =>
			called(
				{
					name: 'Update Custom Fields',
					value: 'updateCustomFields',
					description: `Change custom fields of ${one} and nothing else`,
					action: `Update custom fields of ${one}`,
				},
				callTo(books, 'PUT', `${books.customFieldsPath ?? books.path}/{${id.name}}/customfields`, {
					body: (read) => ({ custom_fields: givenFields(read('customFields', {})) }),
					answer: sendCustomFields,
				}),
				['id'],
				[{ ...customFields, name: 'customFields', required: true }],
			),
		email: () =>
			called(
				{ name: 'Email', value: 'email', description: `Send ${one} by email`, action: `Email ${one}` },
				callTo(books, 'POST', `${path}/email`, { body: emailFrom, answer: says({ emailed: true }) }),
				['id'],
				emailFields,
			),
		act: ({ path: below, output, ...words }: Action, method: HttpMethod = 'POST') =>
			called(words, callTo(books, method, path + below, { answer: says(output), repeatable: true }), ['id']),
		/** A list that belongs to a record, such as the payments of an invoice. */
		listOfRecord: (words: Words, list: Pick<BooksResource, 'label' | 'listKey'>, below: string) =>
			called(words, listOf({ ...books, ...list }, path + below), ['id', 'list']),
		called,
		run,
	};
}

/** Creates wait for earlier ones of the same reference number, in whichever execution of this process. */
const onceLanes = new Lanes();

function createOnceEach(kind: Kind): Run {
	return async function (this: IExecuteFunctions) {
		return await writeEach(this, {
			plural: kind.many,
			recordOf: (index) => recordOfItem(this, index, ownParameters(kind)),
			laneOf: onceKey,
			write: async (client, given) => {
				const lane = `${client.connection.organizationId ?? ''}/${kind.books.name}/${onceKey(given)}`;
				const { record, created } = await onceLanes.run(lane, async () => await createOnce(client, kind.books, given));
				return { ...record, _created: created };
			},
		});
	};
}

function updateEach(kind: Kind): Run {
	const { books, one, id } = kind;
	return async function (this: IExecuteFunctions) {
		return await writeEach(this, {
			plural: kind.many,
			recordOf: (index) => {
				const record = withId(this, index, recordOfItem(this, index, {}), books.idField, id.name);
				if (text(record[books.idField]) !== '') return record;
				throw new GivenError(
					`No ${one.replace(/^an? /, '')} is chosen`,
					`Choose the record, or give its ${books.idField} in the JSON; check what the expression yields for this item.`,
				);
			},
			laneOf: (record) => text(record[books.idField]),
			write: async (client, { [books.idField]: given, ...fields }) =>
				await updateBooksRecord(client, books, text(given), fields),
		});
	};
}

function givenFields(value: unknown): JsonObject[] {
	const fields = customFieldsOf(value);
	if (fields.length > 0) return fields;
	throw new GivenError('No custom field is given', 'Add at least one field with its value.');
}

/** Zoho takes the bare list: Books v3 "Update custom field in existing invoices". */
const sendCustomFields: NonNullable<Parameters<typeof callTo>[3]>['answer'] = async (client, call) => {
	const fields = objectsOf((call.body as JsonObject).custom_fields);
	await client.request({ ...call, body: fields });
	return [{ custom_fields: fields }];
};

const addresses = (value: unknown): string[] =>
	text(value)
		.split(',')
		.map((address) => address.trim())
		.filter(Boolean);

function emailFrom(read: (name: string, fallback?: unknown) => unknown): JsonObject {
	const to = addresses(read('emailTo', ''));
	if (to.length === 0) throw new GivenError('No email address is given', 'Give one address in To, or several with commas between them.');
	const parts = { cc_mail_ids: addresses(read('emailCc', '')), subject: text(read('emailSubject', '')), body: text(read('emailBody', '')) };
	return { to_mail_ids: to, ...(Object.fromEntries(Object.entries(parts).filter(([, value]) => value.length > 0)) as JsonObject) };
}

const emailFields: INodeProperties[] = [
	field('To', 'emailTo', { required: true, placeholder: 'e.g. nathan@example.com', description: 'One address, or several with commas between them' }),
	field('CC', 'emailCc', { description: 'One address, or several with commas between them' }),
	field('Subject', 'emailSubject', { description: 'Empty for that of the template in Zoho Books' }),
	field('Body', 'emailBody', { typeOptions: { rows: 4 }, description: 'Empty for that of the template in Zoho Books' }),
];

/** Of *Create*: Books can send the new document at once. */
export const sendOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			...yesNo('Send', 'send', 'Whether to send it to the contact persons of the customer'),
			routing: { send: { type: 'query', property: 'send' } },
		},
	],
};
