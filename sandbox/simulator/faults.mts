import type { CallEntry, Fault, SimResponse } from './types.mts';

/** Books' words for its three limits, https://www.zoho.com/books/api/v3/introduction (API call limit). */
export const booksLimitMessages = {
	44: 'For security reasons your organization has been blocked as it have exceeded the maximum number of requests per minute that can originate from an organization.',
	1070: 'You have reached the maximum number of in process requests allowed. Kindly try again after some time.',
} as const;

export const dailyLimitMessage = (limit: number) =>
	`The API call for this organization has exceeded the maximum call rate limit of ${limit}.`;

export const accessDenied = {
	error_description: 'You have made too many requests continuously. Please try again after some time.',
	error: 'Access Denied',
	status: 'failure',
} as const;

function booksFault(status: number, code: number): unknown {
	if (status !== 429) return { code, message: 'An internal error has occurred. Please try again later.' };
	const message =
		code === 45 ? dailyLimitMessage(1000) : code === 1070 ? booksLimitMessages[1070] : booksLimitMessages[44];
	return { code, message };
}

/** The answer to a call that was told to fail: in the product's own words where Zoho's are known, else a bare status. */
export function faultAnswer(service: CallEntry['service'], fault: Fault): SimResponse {
	const status = fault.status ?? (fault.code === undefined ? 503 : 429);
	if (service === 'accounts') return status === 400 ? { status, json: accessDenied } : { status, text: '' };
	if (service === 'books') {
		// Gateways in front of Books answer 502 to 504 with a page, not with JSON.
		if (status >= 502 && fault.code === undefined)
			return { status, headers: { 'content-type': 'text/html' }, text: page(status) };
		return { status, json: booksFault(status, Number(fault.code ?? (status === 429 ? 44 : 1000))) };
	}
	if (status >= 502 && fault.code === undefined)
		return { status, headers: { 'content-type': 'text/html' }, text: page(status) };
	const code = String(fault.code ?? (status === 429 ? 'TOO_MANY_REQUESTS' : 'INTERNAL_ERROR'));
	const message =
		status === 429
			? 'You have made too many requests in a short time. Please try again after some time.'
			: 'Internal Server Error';
	return { status, json: { code, details: {}, message, status: 'error' } };
}

const page = (status: number) =>
	`<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
