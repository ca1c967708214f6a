/** Guards for the places where parsed JSON of unknown shape comes in. None of them throws. */

import type { JsonObject, JsonValue } from './types';

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one. */
export function asObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The list, or an empty one. */
export function asArray(value: unknown): JsonValue[] {
	return Array.isArray(value) ? (value as JsonValue[]) : [];
}

/** The objects of a list, in order; whatever else stands in it is left out. */
export function objectsOf(value: unknown): JsonObject[] {
	return asArray(value).filter(isObject);
}

/** Text of a string, number or boolean; '' for everything else. */
export function text(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A finite number, also from its text; undefined otherwise. */
export function numberOf(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const parsed = Number(value);
	return Number.isFinite(parsed) ? parsed : undefined;
}

/** Cuts a list into lists of at most `size`. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
	const parts: T[][] = [];
	for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
	return parts;
}
