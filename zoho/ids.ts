/** Zoho's ids are numbers of up to 19 digits: too long for a JavaScript number, so they are strings everywhere. */

import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Is it the text of a Zoho record id: 1 to 19 digits? (Books organization ids have 8 to 11, records 15 to 19.) */
export function isZohoId(value: unknown): value is string {
	return typeof value === 'string' && /^[0-9]{1,19}$/.test(value);
}

/**
 * Notification channel id for a webhook, the same in every process that knows the secret: a decimal string that fits a positive signed
 * 64-bit number (`channel_id` is a long: CRM v8 "Enable Notifications") and is never 0.
 */
export function deriveChannelId(secret: string, webhookId: string): string {
	const digest = createHmac('sha256', secret).update(`channel:${webhookId}`).digest();
	const id = digest.readBigUInt64BE() & 0x7fff_ffff_ffff_ffffn;
	return (id === 0n ? 1n : id).toString();
}

/**
 * A secret of `length` letters and digits for one purpose of one webhook, the same in every process that knows the credential's secret.
 * Books takes 12 to 50 alphanumeric characters as a webhook secret; CRM a channel token of at most 50 characters.
 */
export function deriveSecret(secret: string, purpose: string, webhookId: string, length: number): string {
	let derived = '';
	for (let block = 0; derived.length < length; block++) {
		const digest = createHmac('sha256', secret).update(`${purpose}:${webhookId}:${block}`).digest();
		for (const byte of digest) {
			// 248 is the largest multiple of 62 in a byte: larger values would favour the first letters.
			if (byte < 248) derived += alphabet.charAt(byte % alphabet.length);
		}
	}
	return derived.slice(0, length);
}
