/** What tells one resource of money from another; operations and properties are made of it. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { BooksResource } from '../../zoho/books/resource';
import { inputProperties } from '../shared/inputProperties';
import { listProperties } from '../shared/listProperties';
import type { DescribedField } from './described';
import { byDisplayName } from './formFields';
import type { OwnParameters } from './record';
import type { BooksNodeResource, BooksOperation } from './resource';

export interface Kind {
	books: BooksResource;
	/** With its article, as it stands after a verb: `an invoice`. */
	one: string;
	/** `invoices` */
	many: string;
	/** Which record: `invoiceId`. */
	id: INodeProperties;
	/** Form fields with a place of their own when a record is made, by the field of Zoho they are for. */
	main: Array<{ field: string; property: INodeProperties; required?: boolean }>;
	/** Form fields that can be added; named as Zoho names them. */
	fields: INodeProperties[];
	/** What Zoho says about the fields, where the form is made of that. */
	described?: readonly DescribedField[];
	/** A record as JSON, for the description of that field. */
	example: string;
}

/** What an operation shows: the record's id, always or beside the form only; form or JSON; the form for new records, with its main fields asked for or not, or for changes; Return All and Limit. */
export type Part = 'id' | 'formId' | 'input' | 'newRecord' | 'savedRecord' | 'changes' | 'list';

export interface KindOperation {
	operation: BooksOperation;
	shows: Part[];
	/** Further properties, without displayOptions. */
	properties?: INodeProperties[];
}

/** The parameters of the form beside `fields`. */
export function ownParameters({ main }: Kind): OwnParameters {
	return Object.fromEntries(main.map(({ field, property }) => [field, property.name]));
}

/** For a record that may be there already: a field left alone must not change it, so none has a value of its own. */
function emptiable(property: INodeProperties): INodeProperties {
	if (property.type === 'number') return { ...property, type: 'string', default: '' };
	if (property.type !== 'options' || property.typeOptions?.loadOptionsMethod) return property;
	const options = [{ name: 'Not Set', value: '' }, ...(property.options as INodePropertyOptions[])];
	return { ...property, options: options.sort((one, other) => one.name.localeCompare(other.name)), default: '' };
}

/** The resource with its operations in the order of their names. `more` are properties that show themselves, such as filters. */
export function nodeResource(kind: Kind, operations: KindOperation[], more: INodeProperties[] = []): BooksNodeResource {
	const { books, id, main, fields, described = [], example } = kind;
	const resource = books.name;
	const withPart = (...parts: Part[]) =>
		operations.filter(({ shows }) => parts.some((part) => shows.includes(part))).map(({ operation }) => operation.value);
	const shown = (properties: INodeProperties[], operation: string[], inForm = false): INodeProperties[] =>
		operation.length === 0
			? []
			: properties.map((property) => ({
					...property,
					displayOptions: { show: { resource: [resource], operation, ...(inForm && { inputMode: ['fields'] }) } },
				}));
	const collection = (displayName: string, options: INodeProperties[]): INodeProperties => ({
		displayName,
		name: 'fields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options,
	});
	const all = [...fields, ...main.map(({ field, property }) => ({ ...property, name: field }))].sort(byDisplayName);
	/** Without those that only the other call takes. */
	const takenBy = (call: 'create' | 'update', properties: INodeProperties[]) => {
		const others = new Set(described.filter(({ only = call }) => only !== call).map(({ name }) => name));
		return properties.filter(({ name }) => !others.has(name));
	};
	const input = withPart('input');
	return {
		books,
		name: books.label,
		value: resource,
		operations: operations
			.map(({ operation }) => operation)
			.sort((one, other) => one.name.localeCompare(other.name)),
		properties: [
			...shown([{ ...id, required: true }], withPart('id')),
			...(input.length > 0 ? inputProperties(resource, input, `Zoho's field names and values, such as ${example}`) : []),
			...shown([{ ...id, required: true }], withPart('formId'), true),
			...shown(main.map(({ property, required }) => ({ ...property, ...(required && { required }) })), withPart('newRecord'), true),
			...operations.flatMap(({ operation, properties = [] }) => shown(properties, [operation.value])),
			...shown(main.map(({ property }) => emptiable(property)), withPart('savedRecord'), true),
			...shown([collection('Additional Fields', takenBy('create', fields))], withPart('newRecord'), true),
			...shown([collection('Additional Fields', fields)], withPart('savedRecord'), true),
			...shown([collection('Update Fields', takenBy('update', all))], withPart('changes'), true),
			...(withPart('list').length > 0 ? listProperties(resource, withPart('list')) : []),
			...more,
		],
	};
}
