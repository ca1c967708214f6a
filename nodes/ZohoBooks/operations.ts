/** Operations that several resources have, made of what tells the resources apart. */

import type { INodeProperties } from 'n8n-workflow';

import type { BooksResource } from '../../zoho/books/resource';
import { numberQuery } from '../../zoho/books/write';
import { asObject, objectsOf } from '../../zoho/json';
import type { HttpMethod, JsonObject } from '../../zoho/types';
import type { ReadParameter, RoutedOperation } from '../shared/declarative';
import { GivenError } from '../shared/given';
import { emailFields, emailFrom } from './emailForm';
import { customFields, field, yesNo } from './formFields';
import { ownParameters, type Kind, type KindOperation, type Part } from './kind';
import { customFieldsOf, readRecord } from './record';
import { callTo, listOf, recordOf, says, type BooksOperation } from './resource';
import { createOnceEach, updateEach } from './saveRecords';
import { optionsWithSimplify, simplifying } from './simplify';
import { uniqueFields, uniqueHeaders } from './uniqueField';

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
	const body = (read: ReadParameter) => readRecord(read, ownParameters(kind), kind.described);
	/** With what Books needs to take a number that is given; of an upsert Zoho does not say it, but it is a create or an update. */
	const numbered: RoutedOperation['answer'] = async (client, call, limit) => {
		const query = { ...call.query, ...numberQuery(books, call.body as JsonObject) };
		const records = await recordOf(books)(client, { ...call, query }, limit);
		// Of a few resources Zoho answers with a message only.
		return records.length > 0 ? records : [asObject(call.body)];
	};
	/** Where the organization has approvals switched on. */
	const approval = (name: string, value: string, below: string, output: JsonObject, action: string, properties?: INodeProperties[]) =>
		called(
			{ name, value, description: `${action}, where the organization uses approvals`, action },
			callTo(books, 'POST', path + below, { answer: says(output), repeatable: true }),
			['id'],
			properties,
		);
	return {
		create: (properties: INodeProperties[] = []) =>
			called(
				{ name: 'Create', value: 'create', description: `Create ${one.replace(/^an? /, 'a new ')}`, action: `Create ${one}` },
				callTo(books, 'POST', books.path, {
					body,
					answer: numbered,
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
		/** By a custom field that takes no value twice: Books v3 "Update an invoice using a custom field's unique value". */
		upsert: () =>
			called(
				{
					name: 'Create or Update',
					value: 'upsert',
					description: 'Create a new record, or update the current one if it already exists (upsert)',
					action: `Create or update ${one}`,
				},
				callTo(books, 'PUT', books.path, {
					body,
					answer: numbered,
					headers: uniqueHeaders,
				}),
				['input', 'savedRecord'],
				uniqueFields,
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
				callTo(books, 'GET', path, simplifying(books.name)),
				['id'],
				optionsWithSimplify(books.name),
			),
		getAll: (what = '') =>
			called(
				{ name: 'Get Many', value: 'getAll', description: `Get many ${many}${what && `, ${what}`}`, action: `Get many ${many}` },
				listOf(books, books.path, simplifying(books.name)),
				['list'],
			),
		update: (what = '') =>
			run(
				{ name: 'Update', value: 'update', description: `Change fields of ${one}${what && `; ${what}`}`, action: `Update ${one}` },
				updateEach(kind),
				['input', 'formId', 'changes'],
			),
		/** Of credit notes alone it is a POST, and an object that holds the list. */
		updateCustomFields: (method: 'PUT' | 'POST' = 'PUT') =>
			called(
				{
					name: 'Update Custom Fields',
					value: 'updateCustomFields',
					description: `Change custom fields of ${one} and nothing else`,
					action: `Update custom fields of ${one}`,
				},
				callTo(books, method, `${books.customFieldsPath ?? books.path}/{${id.name}}/customfields`, {
					body: (read) => ({ custom_fields: givenFields(read('customFields', {})) }),
					answer: sendCustomFields(method === 'PUT'),
				}),
				['id'],
				[{ ...customFields, name: 'customFields', required: true }],
			),
		email: (wanted: Parameters<typeof emailFields>[0] = []) =>
			called(
				{ name: 'Email', value: 'email', description: `Send ${one} by email`, action: `Email ${one}` },
				callTo(books, 'POST', `${path}/email`, { body: emailFrom, answer: says({ emailed: true }) }),
				['id'],
				emailFields(wanted),
			),
		act: ({ path: below, output, ...words }: Action, method: HttpMethod = 'POST') =>
			called(words, callTo(books, method, path + below, { answer: says(output), repeatable: true }), ['id']),
		/** @param status of a record that waits, as lists filter by it */
		submit: (status = 'pending_approval') => approval('Submit for Approval', 'submitForApproval', '/submit', { status }, `Submit ${one} for approval`),
		approve: () => approval('Approve', 'approve', '/approve', { status: 'approved' }, `Approve ${one}`),
		/** Where one approval follows another. */
		approveFinally: () => approval('Approve Finally', 'approveFinally', '/approve/final', { status: 'approved' }, `Give the final approval of ${one}`),
		/** @param properties what Zoho takes beside it, such as a reason */
		reject: (properties?: INodeProperties[]) => approval('Reject', 'reject', '/reject', { status: 'rejected' }, `Reject ${one}`, properties),
		/** A change of state that is named after the new one: `Mark Sent`, by default below `/status/`. */
		mark: (name: string, description: string, { path: below, output }: Partial<Pick<Action, 'path' | 'output'>> = {}) => {
			const status = name.toLowerCase();
			const words = { name: `Mark ${name}`, value: `mark${name}`, description, action: `Mark ${one} ${status}` };
			const routing = callTo(books, 'POST', path + (below ?? `/status/${status}`), { answer: says(output ?? { status }), repeatable: true });
			return called(words, routing, ['id']);
		},
		/** A list that belongs to a record, such as the payments of an invoice. */
		listOfRecord: (words: Words, list: Pick<BooksResource, 'label' | 'listKey'>, below: string) =>
			called(words, listOf({ ...books, ...list }, path + below), ['id', 'list']),
		called,
		run,
	};
}

function givenFields(value: unknown): JsonObject[] {
	const fields = customFieldsOf(value);
	if (fields.length > 0) return fields;
	throw new GivenError('No custom field is given', 'Add at least one field with its value.');
}

/** Zoho takes the bare list for most resources: Books v3 "Update custom field in existing invoices". */
function sendCustomFields(bare: boolean): RoutedOperation['answer'] {
	return async (client, call) => {
		const fields = objectsOf((call.body as JsonObject).custom_fields);
		await client.request(bare ? { ...call, body: fields } : call);
		return [{ custom_fields: fields }];
	};
}

/** Of *Reject*, where Zoho takes it. */
export const rejectReason: INodeProperties = { ...field('Reason', 'reason'), routing: { send: { type: 'query', property: 'reason' } } };

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
