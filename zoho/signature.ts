/**
 * Signatures of Books webhooks, header `X-Zoho-Webhook-Signature`. Zoho's page "Securing Webhooks" (Billing, Subscriptions and Books
 * share the scheme): HMAC-SHA256 over all query-string and form parameters, decoded, sorted by key, key and value joined without
 * separators, followed by the raw JSON body. Sources disagree on hex or Base64 as the spelling, so both are taken.
 */

import { createHmac, timingSafeEqual } from 'node:crypto';

/** A parameter that occurs several times has a list of values. */
export type SignedParameters = Record<string, string | string[]>;

/** `parameters` are the decoded query and form parameters; `rawBody` the body's bytes as they came ('' for a form). */
export function booksStringToSign(parameters: SignedParameters, rawBody: string | Uint8Array): Buffer {
	const sorted = Object.keys(parameters).sort();
	const joined = sorted
		.flatMap((key) => [parameters[key] ?? ''].flat().map((value) => `${key}${value}`))
		.join('');
	const body = typeof rawBody === 'string' ? Buffer.from(rawBody, 'utf8') : rawBody;
	return Buffer.concat([Buffer.from(joined, 'utf8'), body]);
}

/** The signature in lower-case hex. */
export function signBooks(
	secret: string,
	parameters: SignedParameters,
	rawBody: string | Uint8Array,
): string {
	return createHmac('sha256', secret).update(booksStringToSign(parameters, rawBody)).digest('hex');
}

/**
 * Does the header hold the signature of exactly this request? Hex in any case, or Base64. Never throws; an empty secret, an absent header
 * and anything malformed are a plain false.
 */
export function verifyBooksSignature(
	secret: string,
	parameters: SignedParameters,
	rawBody: string | Uint8Array,
	header: unknown,
): boolean {
	if (secret === '' || typeof header !== 'string') return false;
	const given = decodeSignature(header.trim());
	if (!given) return false;
	return timingSafeEqual(given, Buffer.from(signBooks(secret, parameters, rawBody), 'hex'));
}

/** The 32 bytes of a spelled-out SHA-256 value. */
function decodeSignature(signature: string): Buffer | undefined {
	if (/^[0-9a-f]{64}$/i.test(signature)) return Buffer.from(signature, 'hex');
	if (/^[A-Za-z0-9+/]{43}=$/.test(signature)) return Buffer.from(signature, 'base64');
	return undefined;
}

/** Compares two secrets in constant time. An empty or absent one equals nothing. */
export function equalSecrets(a: unknown, b: unknown): boolean {
	if (typeof a !== 'string' || typeof b !== 'string' || a === '' || b === '') return false;
	// Hashing first makes both the same length, so that the length does not show either.
	const digest = (value: string) => createHmac('sha256', 'equalSecrets').update(value).digest();
	return timingSafeEqual(digest(a), digest(b));
}
