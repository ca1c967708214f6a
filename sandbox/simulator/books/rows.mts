import { exact, minus } from '../crm/exact.mts';
import { invalid } from './errors.mts';
import { readPaging } from './list.mts';
import type { BooksCall } from './route.mts';
import { readBooksTime, readDay } from './times.mts';
import type { Json } from './values.mts';

/** What the list of a collection knows: its filters by column, and what it can be sorted by. */
export interface ListSpec<T> {
	key: string;
	report: string;
	/** Columns that take `x`, `x_startswith` and `x_contains`. */
	texts: Record<string, (record: T) => string | string[]>;
	/** Columns that take one exact value, or a record that passes. */
	exact: Record<string, (record: T, wanted: string) => boolean>;
	/** Amounts that take `x`, `x_less_than`, `x_less_equals`, `x_greater_than` and `x_greater_equals`. */
	amounts?: Record<string, (record: T) => number>;
	/** Days that take `x`, `x_start`, `x_end` (inclusive), `x_before` and `x_after`. */
	days?: Record<string, (record: T) => string>;
	/** Texts that `search_text` looks in; none where the list does not take it. */
	searched?: (record: T) => string[];
	filters: Record<string, (record: T) => boolean>;
	defaultFilter: string;
	sorts: Record<string, (record: T) => string | number>;
	defaultSort: readonly [column: string, order: 'A' | 'D'];
	/** Rows of a page where nobody says how many, and the most there can be; 200 of all but one list. */
	perPage?: number;
	/** Whether `last_modified_time` is a filter. */
	modified?: (record: T) => number;
	/** Keys of page_context that only this list has. */
	context?: Json;
	row(record: T): Json;
}

const textVariants = [
	['', (value: string, wanted: string) => value === wanted],
	['_startswith', (value: string, wanted: string) => value.startsWith(wanted)],
	['_contains', (value: string, wanted: string) => value.includes(wanted)],
] as const;
const amountVariants = [
	['', (by: number) => by === 0],
	['_less_than', (by: number) => by < 0],
	['_less_equals', (by: number) => by <= 0],
	['_greater_than', (by: number) => by > 0],
	['_greater_equals', (by: number) => by >= 0],
] as const;
const dayVariants = [
	['', (day: string, wanted: string) => day === wanted],
	['_start', (day: string, wanted: string) => day >= wanted],
	['_end', (day: string, wanted: string) => day <= wanted],
	['_before', (day: string, wanted: string) => day < wanted],
	['_after', (day: string, wanted: string) => day > wanted],
] as const;

const named = (columns: object | undefined, variants: ReadonlyArray<readonly [string, unknown]>) =>
	Object.keys(columns ?? {}).flatMap((name) => variants.map(([suffix]) => name + suffix));

/** Query parameters that the list knows. */
export function parametersOf<T>(spec: ListSpec<T>): string[] {
	return [
		...named(spec.texts, textVariants),
		...named(spec.amounts, amountVariants),
		...named(spec.days, dayVariants),
		...Object.keys(spec.exact),
		...(spec.modified ? ['last_modified_time'] : []),
		...(spec.searched ? ['search_text'] : []),
		'filter_by',
		'sort_column',
		'sort_order',
		'page',
		'per_page',
	];
}

type Test<T> = (record: T) => boolean;

function testsOf<T>(query: URLSearchParams, spec: ListSpec<T>, inclusive: boolean): Array<Test<T>> {
	const tests: Array<Test<T>> = [];
	/** One test for each parameter that the query has. */
	const each = <Read, Variant>(
		columns: Record<string, Read> | undefined,
		variants: ReadonlyArray<readonly [suffix: string, variant: Variant]>,
		test: (read: Read, variant: Variant, wanted: string, name: string) => Test<T>,
	) => {
		for (const [column, read] of Object.entries(columns ?? {}))
			for (const [suffix, variant] of variants) {
				const name = column + suffix;
				const wanted = query.get(name)?.trim() ?? '';
				if (wanted.length > 100) invalid(name);
				if (wanted !== '') tests.push(test(read, variant, wanted, name));
			}
	};
	each(spec.texts, textVariants, (read, matches, wanted) => {
		const text = wanted.toLowerCase();
		return (record) => [read(record)].flat().some((value) => matches(value.toLowerCase(), text));
	});
	each(spec.amounts, amountVariants, (read, matches, wanted, name) => {
		if (!/^-?\d+(\.\d+)?$/.test(wanted)) return invalid(name);
		return (record) => matches(Number(minus(exact(read(record)), exact(wanted)).units));
	});
	each(spec.days, dayVariants, (read, matches, wanted, name) => {
		const day = readDay(name, wanted);
		return (record) => read(record) !== '' && matches(read(record), day);
	});
	each(spec.exact, [['', undefined]], (passes, _, wanted) => (record) => passes(record, wanted));
	const { searched } = spec;
	const wanted = query.get('search_text')?.trim().toLowerCase() ?? '';
	if (searched && wanted.length > 100) invalid('search_text');
	if (searched && wanted !== '')
		tests.push((record) => searched(record).some((text) => text.toLowerCase().includes(wanted)));
	const since = query.get('last_modified_time') ?? '';
	if (spec.modified && since !== '') {
		const from = readBooksTime(since) ?? invalid('last_modified_time');
		const at = spec.modified;
		// Books knows whole seconds.
		const second = (record: T) => Math.floor(at(record) / 1000) * 1000;
		tests.push((record) => (inclusive ? second(record) >= from : second(record) > from));
	}
	return tests;
}

/** The asked-for page, with its page_context. */
export function listed<T>(call: BooksCall, all: readonly T[], spec: ListSpec<T>): Json {
	const { query } = call;
	const { page, perPage } = readPaging(query, spec.perPage);
	const filter = query.get('filter_by') || spec.defaultFilter;
	const ofFilter = spec.filters[filter] ?? invalid('filter_by');
	const tests = [ofFilter, ...testsOf(query, spec, call.org.switches.modifiedFilterInclusive)];
	const column = query.get('sort_column') || spec.defaultSort[0];
	const order = query.get('sort_order') || (column === spec.defaultSort[0] ? spec.defaultSort[1] : 'A');
	const sortBy = spec.sorts[column] ?? invalid('sort_column');
	if (order !== 'A' && order !== 'D') invalid('sort_order');
	const sign = order === 'D' ? -1 : 1;
	const found = all
		.filter((record) => tests.every((test) => test(record)))
		.map((record, index) => ({ record, index, by: sortBy(record) }))
		.sort((a, b) => sign * (compare(a.by, b.by) || a.index - b.index));
	return {
		[spec.key]: found.slice((page - 1) * perPage, page * perPage).map(({ record }) => spec.row(record)),
		page_context: {
			page,
			per_page: perPage,
			has_more_page: found.length > page * perPage,
			report_name: spec.report,
			applied_filter: filter,
			custom_fields: [],
			...spec.context,
			sort_column: column,
			sort_order: order,
		},
	};
}

function compare(a: string | number, b: string | number): number {
	return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}
