import type { SimResponse } from '../types.mts';

/** One of Zoho CRM's answers about something that failed: in an item of a bulk answer, or as the whole body. */
export interface CrmFault {
	code: string;
	details: Record<string, unknown>;
	message: string;
	status: 'error';
}

export const fault = (code: string, message: string, details: Record<string, unknown> = {}): CrmFault => ({
	code,
	details,
	message,
	status: 'error',
});

/** Ends a request with an error body. */
export class CrmRefusal extends Error {
	readonly status: number;
	readonly body: unknown;
	readonly code: string;

	constructor(status: number, body: CrmFault, wrapped?: 'data' | 'watch' | 'fields' | 'modules' | 'tags') {
		super(`${body.code}: ${body.message}`);
		this.status = status;
		this.code = body.code;
		this.body = wrapped ? { [wrapped]: [body] } : body;
	}

	get response(): SimResponse {
		return { status: this.status, json: this.body };
	}
}

/** Refuses the request with one of Zoho's error bodies. */
export function refuse(
	status: number,
	code: string,
	message: string,
	details?: Record<string, unknown>,
): never {
	throw new CrmRefusal(status, fault(code, message, details));
}

export const faults = {
	mandatory: (name: string, path: string) =>
		fault('MANDATORY_NOT_FOUND', 'required field not found', { api_name: name, json_path: path }),
	type: (expected: string, name: string, path: string) =>
		fault('INVALID_DATA', 'invalid data', { expected_data_type: expected, api_name: name, json_path: path }),
	tooLong: (limit: number, name: string, path: string) =>
		fault('INVALID_DATA', 'invalid data', { maximum_length: limit, api_name: name, json_path: path }),
	badId: (details: Record<string, unknown>) =>
		fault('INVALID_DATA', 'the id given seems to be invalid', details),
};
