/** What a case of the test of every operation is: one run of the node, what it sends, and what it puts out. */

import type { IDataObject } from 'n8n-workflow';

import type { Row } from '../booksSupport.mts';
import type { Maker } from './maker.mts';

export type Ids = Record<string, string>;
/** `POST /bills`, with its query in the order of the names, and the body. */
export type Sent = readonly [line: string, body?: unknown];

export interface Case {
	/** Makes what the operation works on; ids for the rest of the case. */
	given?(make: Maker): Promise<Ids>;
	/** Of the node, without resource and operation. */
	parameters(ids: Ids): IDataObject;
	/** The items that it gets; one without content. */
	items?(ids: Ids): Row[];
	/** Every call of the node, in order. */
	sends(ids: Ids): Sent[];
	/** Headers of the first call that are looked at. */
	headers?(ids: Ids): Record<string, string>;
	/** The items that it puts out hold this. */
	puts(ids: Ids): object;
	/** A file that the item brings. */
	brings?: TestFile;
	/** The file that it puts out. */
	putsFile?: TestFile;
}

export interface TestFile {
	name: string;
	type: string;
	content: Buffer;
}

/** Bytes that are no text in any encoding. */
export const scan: TestFile = { name: 'Übersicht "1".png', type: 'image/png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x2d, 0x2d, 0x00, 0xff]) };

/** By operation. */
export type Cases = Record<string, Case>;

/** A record, as the field that chooses one holds it. */
export const at = (parameter: string, id: string | undefined): IDataObject => ({ [parameter]: chosen(id) });
export const chosen = (id: string | undefined): IDataObject => ({ __rl: true, mode: 'id', value: id ?? '' });

/** Custom fields, as the form holds them and as Zoho takes them. */
export const note = {
	form: { field: [{ api_name: 'cf_note', value: 'From n8n' }] },
	sent: [{ api_name: 'cf_note', value: 'From n8n' }],
};
/** A day, as the form holds it and as Zoho takes it. */
export const day = { form: '2026-07-01T00:00:00', sent: '2026-07-01' };
export const whole = { page: '1', per_page: '200' };

/** `GET /bills?page=1&…`, by the names of the query. */
export function line(method: string, path: string, query: Record<string, string> = {}): string {
	const parameters = new URLSearchParams(query);
	parameters.sort();
	return `${method} ${path}${parameters.size > 0 ? `?${parameters.toString()}` : ''}`;
}
