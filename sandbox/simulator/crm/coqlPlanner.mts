import {
	allowed,
	badColumn,
	type Column,
	columnOf,
	compare,
	likePattern,
	literal,
	most,
	read,
	tooMany,
} from './coqlColumns.mts';
import type { Comparison, Condition, Operator, Query } from './coqlParser.mts';
import { refuse } from './errors.mts';
import type { CrmOrg, ModuleState } from './org.mts';
import { compareIds, type StoredRecord, type Value } from './store.mts';

type Test = (record: StoredRecord) => boolean;

/** Compiles conditions into tests, and finds out which index would narrow the records down. */
export class Planner {
	readonly #org: CrmOrg;
	readonly #module: ModuleState;
	readonly #ignoresCase: boolean;

	constructor(org: CrmOrg, module: ModuleState) {
		this.#org = org;
		this.#module = module;
		this.#ignoresCase = org.switches.coqlIgnoresCase;
	}

	test(condition: Condition): Test {
		if (condition.kind !== 'compare') {
			const [left, right] = [this.test(condition.left), this.test(condition.right)];
			return condition.kind === 'and'
				? (record) => left(record) && right(record)
				: (record) => left(record) || right(record);
		}
		const column = this.#checked(condition);
		const { operator } = condition;
		const values = condition.values.map((text) => literal(column, text, operator));
		const holds = this.#holds(column, operator, values, condition.values);
		return (record) => holds(read(column, record));
	}

	#checked(condition: Comparison): Column {
		const column = columnOf(this.#org, this.#module, condition.column);
		if (column.field.type === 'textarea') badColumn(condition.column, 'where');
		if (!allowed(column.field, condition.operator)) {
			refuse(400, 'INVALID_QUERY', 'Invalid query formed', {
				reason: 'invalid operator found',
				column_name: condition.column,
				operator: condition.operator,
			});
		}
		if (condition.values.length > most.values) tooMany(most.values, { column_name: condition.column });
		return column;
	}

	#holds(column: Column, operator: Operator, values: Value[], texts: string[]): (value: Value) => boolean {
		const fold = (value: Value) =>
			this.#ignoresCase && typeof value === 'string' ? value.toLowerCase() : value;
		const wanted = new Set(values.map(fold));
		const [first = null, second = null] = values;
		const has = (value: Value) =>
			Array.isArray(value)
				? (value as string[]).some((one) => wanted.has(fold(one)))
				: wanted.has(fold(value));
		const known = (test: (value: Value) => boolean) => (value: Value) => value !== null && test(value);
		switch (operator) {
			case 'is null':
				return (value) => value === null;
			case 'is not null':
				return (value) => value !== null;
			case '=':
			case 'in':
				return known(has);
			case '!=':
			case 'not in':
				return known((value) => !has(value));
			case '<':
				return known((value) => compare(column, value, first) < 0);
			case '>':
				return known((value) => compare(column, value, first) > 0);
			case '<=':
				return known((value) => compare(column, value, first) <= 0);
			case '>=':
				return known((value) => compare(column, value, first) >= 0);
			case 'between':
				return known((value) => compare(column, value, first) >= 0 && compare(column, value, second) <= 0);
			case 'not between':
				return known((value) => compare(column, value, first) < 0 || compare(column, value, second) > 0);
			case 'like':
			case 'not like': {
				const pattern = likePattern(texts[0] ?? '', this.#ignoresCase);
				return known((value) => pattern.test(String(value)) === (operator === 'like'));
			}
		}
	}

	/** Ids of all records that can match, where an equality index tells; undefined where only a scan would. */
	ids(condition: Condition): ReadonlySet<string> | undefined {
		if (condition.kind === 'compare') return this.#comparisonIds(condition);
		const [left, right] = [this.ids(condition.left), this.ids(condition.right)];
		if (condition.kind === 'or') return left && right ? new Set([...left, ...right]) : undefined;
		if (!left || !right) return left ?? right;
		return left.size <= right.size ? left : right;
	}

	#comparisonIds(condition: Comparison): ReadonlySet<string> | undefined {
		if (condition.operator !== '=' && condition.operator !== 'in') return undefined;
		const column = columnOf(this.#org, this.#module, condition.column);
		if (column.field.type === 'multiselectpicklist') return undefined;
		const values = condition.values.map((text) => literal(column, text, condition.operator));
		let found = new Set<string>();
		if (column.field.name === 'id') for (const value of values) found.add(String(value));
		else
			for (const value of values)
				for (const id of column.module.store.equal(column.field.name, value)) found.add(id);
		for (const hop of [...column.hops].reverse()) {
			const pointing = new Set<string>();
			for (const id of found)
				for (const from of hop.module.store.equal(hop.field.name, id)) pointing.add(from);
			found = pointing;
		}
		return found;
	}

	/** Bounds that every match keeps to, for a field of the module itself. */
	bounds(condition: Condition, name: 'id' | 'Modified_Time'): { from?: Value; to?: Value } {
		if (condition.kind !== 'compare') {
			return condition.kind === 'or'
				? {}
				: { ...this.bounds(condition.left, name), ...this.bounds(condition.right, name) };
		}
		if (condition.column !== name) return {};
		const column = columnOf(this.#org, this.#module, name);
		const [first = null, second = null] = condition.values.map((text) =>
			literal(column, text, condition.operator),
		);
		switch (condition.operator) {
			case '>':
			case '>=':
				return { from: first };
			case '<':
			case '<=':
				return { to: first };
			case '=':
				return { from: first, to: first };
			case 'between':
				return { from: first, to: second };
			default:
				return {};
		}
	}
}

/** Records by Modified_Time; those of one second by id. */
function* bySecond(records: Iterable<StoredRecord>, descendingId: boolean): Generator<StoredRecord> {
	const sign = descendingId ? -1 : 1;
	let group: StoredRecord[] = [];
	const sorted = () => group.sort((a, b) => sign * compareIds(a.id, b.id));
	for (const record of records) {
		if (group[0] && group[0].modified !== record.modified) {
			yield* sorted();
			group = [];
		}
		group.push(record);
	}
	yield* sorted();
}

export interface Sort {
	column: Column;
	descending: boolean;
}

function sorter(sorts: Sort[]): (a: StoredRecord, b: StoredRecord) => number {
	return (a, b) => {
		for (const { column, descending } of sorts) {
			const [left, right] = [read(column, a), read(column, b)];
			const order =
				left === right ? 0 : left === null ? -1 : right === null ? 1 : compare(column, left, right);
			if (order !== 0) return descending ? -order : order;
		}
		return compareIds(a.id, b.id);
	};
}

/** The matching records in the order asked for, read only as far as needed where an index gives that order. */
export function* matches(
	module: ModuleState,
	query: Query,
	planner: Planner,
	sorts: Sort[],
): Generator<StoredRecord> {
	const test = planner.test(query.where);
	const { store } = module;
	const [first, second, third] = sorts;
	const ids = planner.ids(query.where);
	// A scan that stops early beats sorting most of the module.
	if (ids && ids.size <= Math.max(200, store.size / 4)) {
		const found = [...ids]
			.map((id) => store.get(id))
			.filter((record) => record !== undefined)
			.filter(test);
		yield* found.sort(sorter(sorts));
		return;
	}
	const time = planner.bounds(query.where, 'Modified_Time');
	const since = typeof time.from === 'number' ? time.from : -Infinity;
	const until = typeof time.to === 'number' ? time.to : Infinity;
	if (first?.column.name === 'Modified_Time' && (!second || (second.column.name === 'id' && !third))) {
		for (const record of bySecond(
			store.byModified(first.descending, since, until),
			second?.descending ?? false,
		))
			if (test(record)) yield record;
		return;
	}
	const byTime = Number.isFinite(since) || Number.isFinite(until);
	const inIdOrder = !first || (first.column.name === 'id' && !second);
	if (inIdOrder && !(byTime && store.countModified(since, until) < store.size / 10)) {
		const bounds = planner.bounds(query.where, 'id');
		const range = {
			...(typeof bounds.from === 'string' ? { above: previous(bounds.from) } : {}),
			...(typeof bounds.to === 'string' ? { below: next(bounds.to) } : {}),
		};
		for (const record of store.byId(first?.descending ?? false, range)) if (test(record)) yield record;
		return;
	}
	const source = byTime ? store.byModified(false, since, until) : store.byId();
	yield* [...source].filter(test).sort(sorter(sorts));
}

const previous = (id: string) => (/^\d+$/.test(id) && id !== '0' ? String(BigInt(id) - 1n) : '');
const next = (id: string) => (/^\d+$/.test(id) ? String(BigInt(id) + 1n) : id);
