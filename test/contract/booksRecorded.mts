import type { Json } from './booksSupport.mts';

const typeOf = (value: unknown) => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);

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
