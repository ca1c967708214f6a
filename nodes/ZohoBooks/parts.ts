/** What belongs to a record and is changed one by one, such as the tasks of a project. */

import type { INodeProperties } from 'n8n-workflow';

import { asObject, isObject, objectsOf } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import type { RoutedOperation } from '../shared/declarative';
import { field } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { readForm, type OwnParameters } from './record';
import { callTo, says } from './resource';

export interface Parts {
	/** `Task`. */
	noun: string;
	/** Below the record: `/tasks`. */
	below: string;
	listKey: string;
	/** Key of one in answers; where an answer has the list in its place, the first of it is taken. */
	recordKey: string;
	/** The form of *Add* and *Update*, and which of its parameters stand for which fields. */
	form: INodeProperties[];
	own?: OwnParameters;
	/** The field of the body in which *Update* has to name the id, too. */
	idField?: string;
	/** Where *Add* takes something else. */
	add?: { form: INodeProperties[]; body(given: JsonObject): JsonObject; own: OwnParameters };
	can?: ReadonlyArray<'add' | 'delete' | 'get' | 'getMany' | 'update'>;
}

const everything = ['add', 'delete', 'get', 'getMany', 'update'] as const;

/** *Add*, *Delete*, *Get*, *Get Many* and *Update*. */
export function partOperations({ books, one, id }: Kind, has: ReturnType<typeof operationsOf>, parts: Parts): KindOperation[] {
	const { noun, below, listKey, recordKey, form, own = {}, idField, add = { form, own, body: (given: JsonObject) => given }, can = everything } = parts;
	const list = { ...books, label: noun, listKey };
	const many = noun + (noun.endsWith('s') ? 'es' : 's');
	const thing = noun.toLowerCase();
	const article = /^[aeio]/.test(thing) ? 'an' : 'a';
	const parameter = `${thing}Id`;
	const path = `${books.path}/{${id.name}}${below}`;
	const each = `${path}/{${parameter}}`;
	const which = field(`${noun} ID`, parameter, { required: true, placeholder: 'e.g. 460000000044009' });
	const words = (verb: string, description: string, preposition = 'of') => ({
		name: `${verb} ${noun}`,
		value: `${verb.toLowerCase()}${noun}`,
		description,
		action: `${verb} ${article} ${thing} ${preposition} ${one}`,
	});
	const answer: RoutedOperation['answer'] = async (client, call) => {
		const reply = asObject((await client.request(call)).body);
		const record = reply[recordKey] ?? reply[listKey];
		return isObject(record) ? [record] : objectsOf(record).slice(0, 1);
	};
	const operations = {
		add: () =>
			has.called(words('Add', `Add ${article} ${thing} to ${one}`, 'to'), callTo(list, 'POST', path, { body: (read) => add.body(readForm(read, add.own)), answer }), ['id'], add.form),
		delete: () =>
			has.called(words('Delete', `Delete ${article} ${thing} of ${one}`), callTo(list, 'DELETE', each, { answer: says({ deleted: true }) }), ['id'], [which]),
		get: () => has.called(words('Get', `Get one ${thing} of ${one}`), callTo(list, 'GET', each, { answer }), ['id'], [which]),
		getMany: () =>
			has.listOfRecord(
				{ name: `Get ${many}`, value: `get${many}`, description: `Get the ${many.toLowerCase()} of ${one}`, action: `Get ${many.toLowerCase()} of ${one}` },
				list,
				below,
			),
		update: () =>
			has.called(
				words('Update', `Change ${article} ${thing} of ${one}`),
				callTo(list, 'PUT', each, {
					body: (read, idOf) => ({ ...readForm(read, own), ...(idField && { [idField]: idOf(parameter) }) }),
					answer,
				}),
				['id'],
				[which, ...form],
			),
	};
	return can.map((verb) => operations[verb]());
}
