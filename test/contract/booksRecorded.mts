import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Json, zohoFiles } from './booksSupport.mts';

const folder = join(zohoFiles, 'recordings', 'books');

/** Whether recorded answers of a live organization lie beside the project. */
export const present = existsSync(folder);

/** One recorded exchange. */
export interface Recording {
	file: string;
	request: { method: string; path: string; params: Record<string, string>; data?: Json };
	status: number;
	headers?: Record<string, string>;
	response: Json;
}

/** The recorded exchanges about these paths; none where there are no recordings. */
export const recordingsOf = (paths: RegExp): Recording[] =>
	present
		? readdirSync(folder)
				.filter((file) => file.endsWith('.json'))
				.flatMap((file) =>
					(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording[]).map((one) => ({
						...one,
						file,
					})),
				)
				.filter(({ request: { path } }) => paths.test(path))
		: [];

/** The path of a recorded request below Books' root, about the record that exists here. */
export const pathHere = (path: string, ids: Record<string, unknown>): string =>
	path.replace('/books/v3', '').replace(/^\/(\w+)\/\d+/, (_whole, of: string) => `/${of}/${String(ids[of])}`);

/** The type of a value in JSON. */
export const typeOf = (value: unknown): string =>
	Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;

/** Where the answer lacks what was recorded, or has another type. An empty list says nothing about its items. */
export function differences(wanted: unknown, got: unknown, at = ''): string[] {
	if (typeOf(wanted) !== typeOf(got)) return [`${at}: recorded ${typeOf(wanted)}, got ${typeOf(got)}`];
	if (Array.isArray(wanted) && Array.isArray(got))
		return wanted.length === 0 || got.length === 0
			? []
			: got.flatMap((item, index) => differences(wanted[0], item, `${at}/${index}`));
	if (typeOf(wanted) !== 'object') return [];
	return Object.entries(wanted as Json).flatMap(([key, value]) =>
		key in (got as Json) ? differences(value, (got as Json)[key], `${at}/${key}`) : [`${at}/${key}: missing`],
	);
}
