/** Records as flat lists of fields, and back. */

import type { Fields, Json, JsonObject } from './types';

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A CRM lookup (`{ id, name }`, `{ id }`) stands for the record whose id it holds. */
export function isLookup(value: unknown): value is { id: string; name?: string } {
	return (
		isObject(value) && typeof value.id === 'string' && Object.keys(value).every((key) => lookupKeys.has(key))
	);
}

const lookupKeys = new Set(['id', 'name', 'email', 'module', 'api_name']);

/** Nothing a person would call a value: empty, only spaces, an empty list or object. `0` and `false` are values. */
export function isBlank(value: Json): boolean {
	if (value === null || value === undefined) return true;
	if (typeof value === 'string') return value.trim() === '';
	if (Array.isArray(value)) return value.every(isBlank);
	if (isObject(value)) return Object.values(value).every(isBlank);
	return false;
}

/** Nested record → dot paths. Lookups become their id under their own name; lists stay whole. */
export function flatten(record: JsonObject, prefix = ''): Fields {
	const fields: Fields = {};
	for (const [key, value] of Object.entries(record)) {
		if (value === undefined) continue;
		const path = prefix + key;
		if (isLookup(value)) fields[path] = value.id;
		else if (isObject(value)) Object.assign(fields, flatten(value, `${path}.`));
		else fields[path] = value;
	}
	return fields;
}

/** The value at a dot path. A key that holds the whole path, dots included, is found first; a lookup gives its id. */
export function getPath(record: JsonObject, path: string): Json {
	if (Object.hasOwn(record, path)) return idOfLookup(record[path]);
	const dot = path.indexOf('.');
	if (dot < 0) return undefined;
	const inner = record[path.slice(0, dot)];
	return isObject(inner) ? getPath(inner, path.slice(dot + 1)) : undefined;
}

function idOfLookup(value: Json): Json {
	return isLookup(value) ? value.id : value;
}

/** Sets the value at a dot path, making the objects on the way. */
export function setPath(record: JsonObject, path: string, value: Json): void {
	const dot = path.indexOf('.');
	if (dot < 0) {
		Object.defineProperty(record, path, { value, writable: true, enumerable: true, configurable: true });
		return;
	}
	const key = path.slice(0, dot);
	const inner = Object.hasOwn(record, key) ? record[key] : undefined;
	const next: JsonObject = isObject(inner) ? inner : {};
	setPath(record, key, next);
	setPath(next, path.slice(dot + 1), value);
}

/** Dot paths → nested record. */
export function unflatten(fields: Fields): JsonObject {
	const record: JsonObject = {};
	for (const [path, value] of Object.entries(fields)) setPath(record, path, value);
	return record;
}

/** The fields of a mapped record as they must be written: like `flatten`, but a lookup stays `{ id }`, as CRM wants it. */
export function writable(record: JsonObject, prefix = ''): Fields {
	const fields: Fields = {};
	for (const [key, value] of Object.entries(record)) {
		if (value === undefined) continue;
		const path = prefix + key;
		if (isLookup(value)) fields[path] = { id: value.id };
		else if (isObject(value)) Object.assign(fields, writable(value, `${path}.`));
		else fields[path] = value;
	}
	return fields;
}

/** Does the record bring the field, or the object that it is in? */
export function isTold(record: JsonObject, path: string): boolean {
	return Object.hasOwn(record, path.split(/[.[]/)[0] ?? path);
}
