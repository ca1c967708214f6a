/** When two values mean the same, although Books, CRM or a person wrote them differently. */

import { isBlank, isLookup, isObject } from './fields';
import type { Json } from './types';

export type ValueKind = 'text' | 'email' | 'code';

/** The kind that a field's name gives away. A code is no number: `1.1` and `1.10` are two articles. */
export function kindOf(field: string): ValueKind {
	if (/e-?mail/i.test(field) && !/opt_?out/i.test(field)) return 'email';
	return /(^|[._])(sku|code)$/i.test(field) ? 'code' : 'text';
}

/** One text for all ways to write the same value; '' for every blank one. */
export function normalise(value: Json, kind: ValueKind = 'text'): string {
	if (isBlank(value)) return '';
	if (typeof value === 'number') return normaliseNumber(String(withoutNoise(value)));
	if (typeof value === 'boolean') return String(value);
	if (typeof value === 'string') return normaliseText(value, kind);
	if (isLookup(value)) return value.id;
	if (Array.isArray(value)) return normaliseList(value, kind);
	if (isObject(value)) return normaliseObject(value);
	return '';
}

/** Trimmed and lower-cased, as all comparison of e-mail addresses is. */
export function normaliseEmail(value: Json): string {
	return typeof value === 'string' ? value.normalize('NFKC').trim().toLowerCase() : '';
}

/** A name as two people would call it the same: without accents, case, punctuation and doubled spaces. */
export function normaliseName(value: Json): string {
	if (isBlank(value) || typeof value === 'object') return '';
	return String(value)
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** A code (SKU) as two people would write the same: case and spaces do not matter, punctuation does. */
export function normaliseCode(value: Json): string {
	if (isBlank(value) || typeof value === 'object') return '';
	return String(value).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Do two names have no word in common? A blank name contradicts none. */
export function namesDisagree(a: Json, b: Json): boolean {
	const words = normaliseName(a).split(' ').filter(Boolean);
	const others = new Set(normaliseName(b).split(' ').filter(Boolean));
	return words.length > 0 && others.size > 0 && !words.some((word) => others.has(word));
}

function normaliseText(value: string, kind: ValueKind): string {
	if (kind === 'email') return normaliseEmail(value);
	const text = value.replace(/\r\n?/g, '\n').normalize('NFC').trim();
	if (kind === 'code') return text;
	if (/^(true|false)$/i.test(text)) return text.toLowerCase();
	return normaliseInstant(text) ?? normaliseNumber(text);
}

/**
 * `12`, `12.0` and `12.50` = `12.5`. Not for what only looks like a number: ids and account numbers (more than 15 digits),
 * phones and codes (leading zero or plus).
 */
function normaliseNumber(text: string): string {
	if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return text;
	const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
	if (short.replace(/\D/g, '').length > 15) return short;
	const number = Number(short);
	return number === 0 ? '0' : String(number);
}

/** Sums of amounts carry the noise of binary fractions: 0.1 + 0.2 is 0.3. */
function withoutNoise(value: number): number {
	return Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(15));
}

/** A date-time with an offset (`2026-01-02T10:00:00+05:30`, Books' `+0530`) is the instant it names. Plain dates stay. */
function normaliseInstant(text: string): string | undefined {
	const instant = parseInstant(text);
	return instant === undefined ? undefined : new Date(instant).toISOString();
}

/** ISO date-time with offset or Z → epoch milliseconds; anything else → undefined. */
export function parseInstant(text: Json): number | undefined {
	if (typeof text !== 'string') return undefined;
	const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)$/.exec(text.trim());
	if (!parts) return undefined;
	const offset = parts[2] === 'Z' ? 'Z' : `${parts[2]?.slice(0, 3)}:${parts[2]?.slice(-2)}`;
	const instant = Date.parse(`${parts[1]}${offset}`);
	return Number.isNaN(instant) ? undefined : instant;
}

/**
 * Lists (multi-selects, tags) are the same when they hold the same, in any order. The rows of a subform have an order, and each is
 * the same whatever the order of its keys.
 */
function normaliseList(list: Json[], kind: ValueKind): string {
	const entries = list.filter((entry) => !isBlank(entry)).map(nameOfTag);
	const texts = entries.map((entry) => normalise(entry, kind));
	return JSON.stringify(entries.some(isRow) ? texts : texts.sort());
}

function isRow(entry: Json): boolean {
	return isObject(entry) && !isLookup(entry);
}

/** CRM tags come as `{ name, id, color_code }`, and are set by name, alone or as `{ name }`. */
function nameOfTag(entry: Json): Json {
	const isTag =
		isObject(entry) && typeof entry.name === 'string' && Object.keys(entry).every((key) => tagKeys.has(key));
	return isTag && ('color_code' in entry || !('id' in entry)) ? entry.name : entry;
}

const tagKeys = new Set(['name', 'id', 'color_code']);

function normaliseObject(value: { [key: string]: Json }): string {
	const keys = Object.keys(value).filter((key) => !isBlank(value[key]));
	return JSON.stringify(keys.sort().map((key) => [key, normalise(value[key], kindOf(key))]));
}
