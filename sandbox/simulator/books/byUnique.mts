import type { SimResponse } from '../types.mts';
import type { CustomFields } from './customFields.mts';
import { invalid, refuse } from './errors.mts';
import type { BooksCall } from './route.mts';
import { isObject, type Json } from './values.mts';

/** A collection whose records can be found by a custom field that takes no value twice. */
interface Findable<T> {
	/** Of one record, as refusals call it. */
	name: string;
	fields: CustomFields;
	all: Iterable<T>;
	update(found: T): SimResponse;
	create(body: Json): SimResponse;
}

/** Books v3 "Update an invoice using a custom field's unique value", and the like of other resources: with X-Upsert, what is not found is made. */
export function saveByUnique<T extends { custom: ReadonlyMap<string, unknown> }>(
	call: BooksCall,
	body: () => Json,
	{ name, fields, all, update, create }: Findable<T>,
): SimResponse {
	const key = call.headers['x-unique-identifier-key'] || invalid('X-Unique-Identifier-Key');
	const value = call.headers['x-unique-identifier-value'] || invalid('X-Unique-Identifier-Value');
	const { id } = fields.unique(key) ?? invalid('X-Unique-Identifier-Key');
	const found = [...all].find(({ custom }) => String(custom.get(id) ?? '') === value);
	if (found) return update(found);
	if (call.headers['x-upsert'] !== 'true') refuse(404, 1002, `${name} does not exist.`);
	const given = body();
	const custom = Array.isArray(given['custom_fields']) ? (given['custom_fields'] as unknown[]) : [];
	const isNamed = custom.some(
		(entry) => isObject(entry) && (entry['api_name'] === key || entry['customfield_id'] === id),
	);
	const custom_fields = isNamed ? custom : [...custom, { api_name: key, value }];
	return create({ ...given, custom_fields });
}
