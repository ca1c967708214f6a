import type { SimResponse } from '../types.mts';

/** Ends a request with Books' error body `{code, message}`. */
export class BooksRefusal extends Error {
	readonly status: number;
	readonly code: number;

	constructor(status: number, code: number, message: string) {
		super(message);
		this.status = status;
		this.code = code;
	}

	get response(): SimResponse {
		return { status: this.status, json: { code: this.code, message: this.message } };
	}
}

/** Refuses the request with one of Books' codes. */
export function refuse(status: number, code: number, message: string): never {
	throw new BooksRefusal(status, code, message);
}

export const invalid = (name: string): never => refuse(400, 2, `Invalid value passed for ${name}`);
export const tooLong = (name: string, most: number): never =>
	refuse(400, 15, `Please ensure that the "${name}" has less than ${most} characters.`);
export const unknownUrl = (): never => refuse(404, 5, 'Invalid URL Passed');
