/** What people and workflows give to the nodes: records, ids and limits, checked before anything is sent. */

import { isObject, text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import { momentOf } from './instants';

/** What was given cannot be used. `toNodeError` shows the remedy as the description. */
export class GivenError extends Error {
	readonly remedy: string;

	constructor(message: string, remedy: string) {
		super(message);
		this.remedy = remedy;
	}
}

/**
 * A record given as an object, or as JSON text of one. Whole numbers of the text that are too long for a number become text with all their digits.
 * @throws GivenError when it is no object, or holds a number that has lost digits already
 */
export function recordFrom(value: unknown): JsonObject {
	const record = objectFrom(value);
	if (record) return withWholeNumbers(record);
	throw new GivenError(
		'"Record" is not a JSON object',
		'Give one object with API names as keys, such as { "Last_Name": "Osei" }, or an expression that yields one for every item.',
	);
}

/** As `recordFrom`, without a check; undefined for what is no object. */
export function objectFrom(value: unknown): JsonObject | undefined {
	const given = typeof value === 'string' ? jsonFrom(value) : value;
	return isObject(given) ? given : undefined;
}

/** Strings, so that digits in them stay as they are, and whole numbers. */
const stringsAndIntegers = /"(?:[^"\\]|\\.)*"|-?\d+(?![\d.eE])/g;

/** What JSON text holds, as `recordFrom` reads it; undefined when it is no JSON. */
export function jsonFrom(json: string): unknown {
	// A scan and not a reviver: only from Node 21 on does a reviver see the digits that the text had.
	const exact = json.replace(stringsAndIntegers, (token, place: number) => {
		const isWhole = !token.startsWith('"') && !/[\d.eE+-]/.test(json.charAt(place - 1));
		return isWhole && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
	});
	try {
		return JSON.parse(exact);
	} catch {
		return undefined;
	}
}

/**
 * The same record, provided that every whole number in it is exact.
 * @throws GivenError that names the path of the first that is not: it may be the id of another record by now
 */
export function withWholeNumbers<Given>(record: Given): Given {
	const path = pathOfUnsafe(record);
	if (path === undefined) return record;
	throw lostDigits(`The number in ${path}`);
}

function pathOfUnsafe(value: unknown, path = ''): string | undefined {
	if (typeof value === 'number') return isUnsafe(value) ? `"${path}" (${value})` : undefined;
	if (typeof value !== 'object' || value === null || momentOf(value) !== undefined) return undefined;
	for (const [key, one] of Object.entries(value)) {
		const step = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
		const found = pathOfUnsafe(one, step);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** An id as text without outer spaces; '' for none. */
export function idFrom(value: unknown): string {
	if (isUnsafe(value)) throw lostDigits(`The ID ${text(value)} is a number that`);
	return text(value).trim();
}

function isUnsafe(value: unknown): boolean {
	return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

function lostDigits(what: string): GivenError {
	return new GivenError(`${what} has lost its last digits`, 'IDs of Zoho have up to 19 digits: hand them on as text, in JSON in quotes.');
}

/** How many records Return All and Limit ask for. */
export function limitFrom(returnAll: unknown, limit: unknown): number {
	if (returnAll === true) return Number.POSITIVE_INFINITY;
	const most = Number(limit);
	if (Number.isInteger(most) && most > 0) return most;
	throw new GivenError('The limit is not a whole number from 1 on', 'Check what the expression of the field Limit yields for this item.');
}
