import type { SimResponse } from '../types.mts';
import { readPaging } from './list.mts';
import type { BooksOrg } from './org.mts';
import type { Json } from './values.mts';

/** One authenticated call to an organization. */
export interface BooksCall {
	org: BooksOrg;
	/** Values of the path's `{…}` parts, in order. */
	ids: string[];
	query: URLSearchParams;
	headers: Record<string, string>;
	body(): Json;
	/** The body, where it is a list. */
	list(): unknown[];
	/** The body as it came. */
	raw: Buffer;
}

export interface BooksRoute {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** After `/books/v3`; `{…}` stands for one part. */
	path: string;
	/** Without product: `contacts.READ`. */
	scope: string;
	/** Query parameters that it knows besides `organization_id`. */
	query?: readonly string[] | ((org: BooksOrg) => readonly string[]);
	/** Body fields that it knows; undefined: it takes no body. */
	fields?: readonly string[];
	/** Needs a plan with workflow rules. */
	automation?: true;
	answer(call: BooksCall): SimResponse;
}

/** An answer in Books' envelope. */
export const success = (body: Json, message = 'success', status = 200): SimResponse => ({
	status,
	json: { code: 0, message, ...body },
});
/** The value of the path's nth `{}` part. */
export const id = (call: BooksCall, index = 0) => call.ids[index] ?? '';

/** The asked-for page of a plain list, with its page_context. */
export function page<T>(call: BooksCall, all: readonly T[]): { rows: T[]; page_context: Json } {
	const { page: number, perPage } = readPaging(call.query);
	return {
		rows: all.slice((number - 1) * perPage, number * perPage),
		page_context: {
			page: number,
			per_page: perPage,
			has_more_page: all.length > number * perPage,
			sort_column: 'contact_person_id',
			sort_order: 'A',
		},
	};
}

/** Query parameters of plain lists. */
export const paging = ['page', 'per_page'];
