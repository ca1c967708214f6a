/** Short fingerprints of values. */

import { createHash } from 'node:crypto';

import { kindOf, normalise } from './normalise';
import type { Json } from './types';

/** Eight characters (48 bits of SHA-256, URL-safe Base64). */
export function shortHash(text: string): string {
	return createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, 8);
}

/** Of the text that CRM holds in the mark field; '' for none. */
export function hashOfMark(text: unknown): string {
	return typeof text === 'string' && text !== '' ? shortHash(text) : '';
}

/** Decimals that the other system may round away: amounts in CRM mostly have two. */
const commonDecimals = 2;
const fineNumber = /^-?\d{1,9}\.\d{3,9}$/;

/**
 * Fingerprint of one field's value; '' for a blank one. Equal for values that mean the same. A number with more than two decimals is its
 * own fingerprint (`=33.3333`), so that `agrees` can tell what became of it in a field with fewer.
 */
export function hashOf(value: Json, field: string): string {
	const kind = kindOf(field);
	const text = normalise(value, kind);
	if (text === '') return '';
	return kind === 'text' && fineNumber.test(text) ? `=${text}` : shortHash(text);
}

/** Is this the value that the fingerprint was taken of, or what a field with fewer decimals made of it? */
export function agrees(hash: string | undefined, value: Json, field: string): boolean {
	if (hash === undefined) return false;
	if (hashOf(value, field) === hash) return true;
	if (typeof value !== 'number' || !hash.startsWith('=')) return false;
	const places = Math.max(commonDecimals, decimalsOf(String(value)));
	const most = 0.5 * 10 ** -places + 1e-12;
	return places < decimalsOf(hash) && Math.abs(Number(hash.slice(1)) - value) <= most;
}

function decimalsOf(text: string): number {
	return text.split('.')[1]?.length ?? 0;
}
