import { type FormPart, formParts } from '../multipart.mts';
import { refuse } from './errors.mts';
import type { CrmOrg, CrmUser } from './org.mts';
import { readTime } from './times.mts';
import { isObject, type Json } from './values.mts';

/** One authenticated request to an org. */
export class CrmCall {
	readonly org: CrmOrg;
	readonly user: CrmUser;
	readonly #url: URL;
	readonly #headers: Record<string, string>;
	readonly #body: Buffer;
	#parsed: Json | undefined;

	constructor(
		org: CrmOrg,
		user: CrmUser,
		request: { url: URL; headers: Record<string, string>; body: Buffer },
	) {
		this.org = org;
		this.user = user;
		this.#url = request.url;
		this.#headers = request.headers;
		this.#body = request.body;
	}

	query(name: string): string | undefined {
		const value = this.#url.searchParams.get(name);
		return value === null || value === '' ? undefined : value;
	}

	/** The body, which must be a JSON object. */
	json(): Json {
		if (this.#parsed) return this.#parsed;
		let parsed: unknown;
		try {
			parsed = JSON.parse(this.#body.toString('utf8'));
		} catch {
			parsed = undefined;
		}
		if (!isObject(parsed)) refuse(400, 'INVALID_DATA', 'body', { expected_data_type: 'jsonobject' });
		this.#parsed = parsed;
		return parsed;
	}

	get hasBody(): boolean {
		return this.#body.length > 0;
	}

	/** The parts of a form; undefined where the body is none. */
	form(): FormPart[] | undefined {
		return formParts(this.#headers['content-type'], this.#body);
	}

	/** Records in a bulk write; 0 when the body is none. */
	get count(): number {
		try {
			const { data } = this.json();
			return Array.isArray(data) ? data.length : 0;
		} catch {
			return 0;
		}
	}

	/** A time header such as If-Modified-Since, as epoch milliseconds; undefined when it is not sent. */
	time(header: 'if-modified-since' | 'if-unmodified-since'): number | undefined {
		const value = this.#headers[header];
		if (value === undefined || value === '') return undefined;
		return (
			readTime(value) ??
			refuse(400, 'INVALID_DATA', 'invalid data', { expected_data_type: 'datetime', header_name: header })
		);
	}

	paging(): { page: number; perPage: number } {
		return { page: this.#whole('page', 1), perPage: this.#whole('per_page', 200, 200) };
	}

	#whole(name: string, fallback: number, most = Infinity): number {
		const value = this.query(name);
		if (value === undefined) return fallback;
		const number = Number(value);
		if (!Number.isInteger(number) || number < 1)
			refuse(400, 'INVALID_DATA', 'invalid data', { expected_data_type: 'integer', param_name: name });
		if (number > most)
			refuse(400, 'INVALID_DATA', 'invalid data', { maximum_length: most, param_name: name });
		return number;
	}
}
