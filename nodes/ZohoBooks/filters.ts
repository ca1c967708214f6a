/** Filters and sorting of *Get Many*, as data. Names are Zoho's own. */

import type { INodeProperties } from 'n8n-workflow';

import { simplifyOptions } from './simplify';

/** Sends the value of a property as the query parameter of its name. */
const asQuery = (property: INodeProperties): INodeProperties => ({
	...property,
	routing: property.routing ?? { send: { type: 'query', property: property.name } },
});

export function filter(displayName: string, name: string, more: Partial<INodeProperties> = {}): INodeProperties {
	return { displayName, name, type: 'string', default: '', ...more } as INodeProperties;
}

/** Ways to search a column, by Zoho's names for them: most lists know the first two. */
const searchWords: Record<string, string> = {
	contains: 'Contains',
	startswith: 'Starts With',
	starts_with: 'Starts With',
	ends_with: 'Ends With',
	not_equal: 'Is Not',
};

/** Whether so many variants of a filter are ways to search a text. */
export const isSearched = (variants: readonly string[]): boolean => variants.some((variant) => variant in searchWords);

/** A column that can be searched for whole values, and in the ways that its list knows. */
export function search(displayName: string, name: string, description?: string, variants: readonly string[] = ['contains', 'startswith']): INodeProperties[] {
	const more = description ? { description } : {};
	return [
		filter(displayName, name, more),
		...variants.map((variant) => filter(`${displayName} ${searchWords[variant] ?? variant}`, `${name}_${variant}`, more)),
	];
}

/** An amount that can be compared. */
export function amount(displayName: string, name: string): INodeProperties[] {
	const variants = [
		['', ''],
		[' at Least', '_greater_equals'],
		[' at Most', '_less_equals'],
		[' Less Than', '_less_than'],
		[' More Than', '_greater_than'],
	] as const;
	return variants.map(([words, suffix]) => filter(displayName + words, name + suffix));
}

/** A date and its range. `after` and `before` leave the day itself out. */
export function dates(displayName: string, name: string, ends: ReadonlyArray<'start' | 'end' | 'before' | 'after'>): INodeProperties[] {
	const words = { start: 'From', end: 'Until', before: 'Before', after: 'After' };
	const day: Partial<INodeProperties> = {
		type: 'dateTime',
		description: 'The day counts, not the time',
	};
	return [['', name] as const, ...ends.map((end) => [` ${words[end]}`, `${name}_${end}`] as const)].map(([suffix, column]) =>
		filter(displayName + suffix, column, {
			...day,
			routing: { send: { type: 'query', property: column, value: '={{ String($value ?? "").slice(0, 10) }}' } },
		}),
	);
}

/** Books takes one spelling only, without milliseconds and with an offset that has no colon. */
export const modifiedSince: INodeProperties = filter('Modified Since', 'last_modified_time', {
	type: 'dateTime',
	routing: {
		send: {
			type: 'query',
			property: 'last_modified_time',
			value: '={{ $value ? DateTime.fromISO(String($value)).toUTC().toFormat("yyyy-MM-dd\'T\'HH:mm:ss") + "+0000" : "" }}',
		},
	},
});

/** A choice among values of Zoho. */
export function choice(displayName: string, name: string, values: Record<string, string>, more: Partial<INodeProperties> = {}): INodeProperties {
	const options = Object.entries(values).map(([value, label]) => ({ name: label, value }));
	return filter(displayName, name, { type: 'options', options, default: options[0]?.value ?? '', ...more });
}

/** For lists that are read in parts. */
const startPage = filter('Start Page', 'page', {
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'The page of 200 records with which to begin',
});

/** The collections Filters and Options of a resource's *Get Many*. `columns` are those that Zoho documents for sorting. */
export function listFilters(resource: string, filters: INodeProperties[], columns: Record<string, string>): INodeProperties[] {
	const displayOptions = { show: { resource: [resource], operation: ['getAll'] } };
	const sorted = [...filters].sort((one, other) => one.displayName.localeCompare(other.displayName)).map(asQuery);
	const sorting = [
		choice('Sort By', 'sort_column', columns),
		choice('Sort Order', 'sort_order', { A: 'Ascending', D: 'Descending' }),
		startPage,
	].map(asQuery);
	const options = [...simplifyOptions(resource), ...(Object.keys(columns).length > 0 ? sorting : [])];
	const collection = (displayName: string, name: string, entries: INodeProperties[]): INodeProperties => ({
		displayName,
		name,
		type: 'collection',
		placeholder: `Add ${displayName.toLowerCase().replace(/s$/, '')}`,
		default: {},
		options: entries,
		displayOptions,
	});
	return [
		...(filters.length > 0 ? [collection('Filters', 'filters', sorted)] : []),
		...(options.length > 0 ? [collection('Options', 'options', options)] : []),
	];
}
