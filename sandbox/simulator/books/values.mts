import { invalid, refuse, tooLong } from './errors.mts';
import type { Kind } from './fields.mts';

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as Books stores it; refuses what does not fit the field. Empty values clear the field. */
export function readValue(name: string, spec: { kind: Kind; most?: number }, value: unknown): unknown {
	const empty = value === null || value === undefined || value === '';
	switch (spec.kind) {
		case 'text':
			return readText(name, value, spec.most);
		case 'id': {
			const text = readText(name, value);
			return text === '' || /^\d+$/.test(text) ? text : invalid(name);
		}
		case 'number': {
			if (empty) return '';
			const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : NaN;
			return Number.isFinite(number) ? number : invalid(name);
		}
		case 'boolean':
			return empty
				? false
				: value === true ||
						value === 'true' ||
						(value !== false && value !== 'false' ? invalid(name) : false);
		case 'object':
			return empty ? {} : isObject(value) ? value : invalid(name);
		case 'list':
			return empty ? [] : Array.isArray(value) ? value : invalid(name);
	}
}

export function readText(name: string, value: unknown, most = Infinity): string {
	if (value === null || value === undefined) return '';
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
		return invalid(name);
	const text = String(value).trim();
	return text.length > most ? tooLong(name, most) : text;
}

export function readEmail(name: string, value: unknown): string {
	const text = readText(name, value, 100);
	return text === '' || /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(text) ? text : invalid(name);
}

/** The JSON object of a request: as body, or in the older form field `JSONString`. */
export function readBody(body: Buffer, contentType: string): Json {
	const parsed = readJson(body, contentType);
	return isObject(parsed) ? parsed : malformed();
}

/** The JSON list of a request. */
export function readListBody(body: Buffer, contentType: string): unknown[] {
	const parsed = readJson(body, contentType);
	return Array.isArray(parsed) ? parsed : malformed();
}

const malformed = (): never => refuse(400, 1038, 'JSON is not well formed');

function readJson(body: Buffer, contentType: string): unknown {
	const raw = body.toString('utf8');
	const text = contentType.startsWith('application/x-www-form-urlencoded')
		? (new URLSearchParams(raw).get('JSONString') ?? '')
		: raw;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
