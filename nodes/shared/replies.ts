/** n8n's full response as `zoho/` wants it. */

import { asObject, numberOf, text } from '../../zoho/json';
import type { JsonValue, ZohoReply } from '../../zoho/types';

/** An empty body becomes undefined. */
export function replyOf(answer: unknown): ZohoReply {
	const { statusCode, headers, body } = asObject(answer);
	return { status: numberOf(statusCode) ?? 0, headers: lowerCaseNames(headers), body: body === '' ? undefined : parsed(body) };
}

/** Zoho sends some errors as JSON text without the content type of JSON. */
export function parsed(body: JsonValue | undefined): JsonValue | undefined {
	if (typeof body !== 'string') return body;
	try {
		return JSON.parse(body) as JsonValue;
	} catch {
		return body;
	}
}

export function lowerCaseNames(headers: unknown): Record<string, string> {
	return Object.fromEntries(Object.entries(asObject(headers)).map(([name, value]) => [name.toLowerCase(), text(value)]));
}
