import CryptoJS from 'crypto-js';

/**
 * Signs a webhook as Zoho does: query and form parameters sorted by name, name and value joined without separators, then the raw JSON
 * body; HMAC-SHA256 with the webhook's secret (https://www.zoho.com/us/billing/kb/webhooks/securing-webhooks.html). Sources
 * disagree whether the header holds hexadecimal digits or Base64. A second implementation beside the product's, on purpose.
 */
export function signWebhook(
	secret: string,
	parameters: ReadonlyArray<readonly [name: string, value: string]>,
	rawBody: string,
	encoding: 'hex' | 'base64',
): string {
	const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
	const digest = CryptoJS.HmacSHA256(sorted.map(([name, value]) => name + value).join('') + rawBody, secret);
	return digest.toString(encoding === 'hex' ? CryptoJS.enc.Hex : CryptoJS.enc.Base64);
}
