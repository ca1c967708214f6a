import type { Operator } from './coqlParser.mts';
import { refuse } from './errors.mts';
import type { CrmOrg, FieldState, ModuleState } from './org.mts';
import { compareIds, type StoredRecord, type Value, valueOf } from './store.mts';
import { isDay, readTime } from './times.mts';

/** Limits of "COQL Limitations". */
export const most = {
	columns: 50,
	criteria: 25,
	values: 50,
	hops: 2,
	orderBy: 10,
	limit: 2000,
	offset: 100_000,
};

/** A column of a query: the module's own field, or one behind lookups (`Account_Name.Zoho_Books_ID`). */
export interface Column {
	name: string;
	field: FieldState;
	module: ModuleState;
	/** The lookups on the way, from the queried module on. */
	hops: Array<{ field: FieldState; module: ModuleState }>;
}

export const tooMany = (limit: number, details: Record<string, unknown> = {}) =>
	refuse(400, 'LIMIT_EXCEEDED', 'limit exceeded', { limit, ...details });
export const badColumn = (name: string, clause?: string) =>
	refuse(
		400,
		'INVALID_QUERY',
		'Invalid query formed',
		clause ? { column_name: name, clause } : { column_name: name },
	);

/** Finds a column by its name in a query; refuses what is no field. */
export function columnOf(org: CrmOrg, module: ModuleState, name: string): Column {
	const parts = name.split('.');
	if (parts.length - 1 > most.hops) badColumn(name);
	const hops: Column['hops'] = [];
	let here = module;
	for (const part of parts.slice(0, -1)) {
		const field = here.fields.get(part);
		const next = field?.type === 'lookup' ? org.modules.get(field.lookup ?? '') : undefined;
		if (!field || !next) return badColumn(name);
		hops.push({ field, module: here });
		here = next;
	}
	const field = here.fields.get(parts.at(-1) ?? '');
	return field && field.type !== 'subform' ? { name, field, module: here, hops } : badColumn(name);
}

/** Value of a column for a record of the queried module. */
export function read(column: Column, record: StoredRecord): Value {
	let here: StoredRecord | undefined = record;
	for (const [index, hop] of column.hops.entries()) {
		const next: ModuleState = column.hops[index + 1]?.module ?? column.module;
		here = next.store.get(String(valueOf(here, hop.field.name)));
		if (!here) return null;
	}
	return valueOf(here, column.field.name);
}

const ordered: readonly Operator[] = ['<', '>', '<=', '>=', 'between', 'not between'];
const patterns: readonly Operator[] = ['like', 'not like'];
const anywhere: readonly Operator[] = ['=', '!=', 'in', 'not in', 'is null', 'is not null'];

/** May the operator be used with fields of this type? */
export function allowed(field: FieldState, operator: Operator): boolean {
	// Notes can be asked for by one parent at a time.
	if (field.type === 'parentlookup' && (operator === 'in' || operator === 'not in')) return false;
	if (anywhere.includes(operator)) return true;
	switch (field.type) {
		case 'integer':
		case 'double':
		case 'currency':
		case 'percent':
		case 'date':
		case 'datetime':
		case 'bigint':
		case 'autonumber':
			return ordered.includes(operator);
		case 'boolean':
		case 'lookup':
		case 'ownerlookup':
		case 'parentlookup':
		case 'multiselectpicklist':
			return false;
		default:
			return patterns.includes(operator);
	}
}

/** A literal of the query in the form in which values are stored. */
export function literal(column: Column, text: string, operator: Operator): Value {
	const refuseValue = () =>
		refuse(400, 'INVALID_QUERY', 'Invalid query formed', {
			reason: 'invalid value found',
			column_name: column.name,
			operator,
		});
	switch (column.field.type) {
		case 'integer':
		case 'double':
		case 'currency':
		case 'percent':
			return Number.isFinite(Number(text)) && text.trim() !== '' ? Number(text) : refuseValue();
		case 'datetime':
			return readTime(text) ?? refuseValue();
		case 'date':
			return isDay(text) ? text : refuseValue();
		case 'boolean':
			return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : refuseValue();
		default:
			return text;
	}
}

const isId = (column: Column) => column.field.type === 'bigint' || column.field.type === 'autonumber';

/** Order of two values that are not null. */
export function compare(column: Column, a: Value, b: Value): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	if (isId(column)) return compareIds(String(a), String(b));
	const [left, right] = [String(a).toLowerCase(), String(b).toLowerCase()];
	return left < right ? -1 : left > right ? 1 : 0;
}

/** `%` stands for anything. */
export function likePattern(text: string, ignoresCase: boolean): RegExp {
	const source = text
		.split('%')
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('[\\s\\S]*');
	return new RegExp(`^${source}$`, ignoresCase ? 'iu' : 'u');
}
