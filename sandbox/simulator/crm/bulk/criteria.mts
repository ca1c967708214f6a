import { refuse } from '../errors.mts';
import type { CrmOrg, FieldState, ModuleState } from '../org.mts';
import { type StoredRecord, type Value, valueOf } from '../store.mts';
import { isDay, readTime } from '../times.mts';
import { isObject, type Json } from '../values.mts';

/** Criteria of bulk read jobs. Source: https://www.zoho.com/crm/developer/docs/api/v8/bulk-read/create-job.html (comparators by kind of field; 25 at most). */

export type Test = (record: StoredRecord) => boolean;

const mostCriteria = 25;
const empty = '${EMPTY}';
const equality = ['equal', 'not_equal', 'in', 'not_in'];
const order = ['less_than', 'less_equal', 'greater_than', 'greater_equal'];
const range = ['between', 'not_between'];
const ofText = [...equality, 'contains', 'not_contains', 'starts_with', 'ends_with'];
const ofNumber = [...equality, ...order];

const comparators: Partial<Record<FieldState['type'], string[]>> = {
	boolean: ['equal'],
	lookup: equality,
	ownerlookup: equality,
	integer: ofNumber,
	double: ofNumber,
	currency: ofNumber,
	percent: ofNumber,
	bigint: ofNumber,
	date: [...ofNumber, ...range],
	datetime: [...ofNumber, ...range],
};

export function testOf(org: CrmOrg, module: ModuleState, criteria: unknown): Test {
	let count = 0;
	const read = (given: unknown): Test => {
		if (!isObject(given)) return refuse(400, 'CRITERIA_NOT_SUPPORTED', 'criteria is not supported');
		if (given['group'] !== undefined) {
			const { group, group_operator: operator } = given;
			if (!Array.isArray(group) || group.length === 0) return refuse(400, 'AMBIGUOUS_GROUP_IN_CRITERIA', 'group is ambiguous', { api_name: 'group' });
			if (operator !== 'and' && operator !== 'or')
				return refuse(400, 'GROUP_OPERATOR_NOT_SUPPORTED', 'group operator is not supported', { supported: ['and', 'or'] });
			const tests = group.map(read);
			return (record) => (operator === 'and' ? tests.every((test) => test(record)) : tests.some((test) => test(record)));
		}
		if (++count > mostCriteria) return refuse(400, 'CRITERIA_LIMIT_EXCEEDED', 'criteria limit exceeded', { max_limit: mostCriteria });
		return single(org, module, given);
	};
	return read(criteria);
}

function single(org: CrmOrg, module: ModuleState, { field: named, comparator, value }: Json): Test {
	const name = isObject(named) ? named['api_name'] : undefined;
	if (typeof name !== 'string') return refuse(400, 'INVALID_CRITERIA', 'criteria is not valid', { api_name: 'field' });
	const reached = columnOf(org, module, name);
	if (!reached) return refuse(400, 'FIELD_IN_CRITERIA_NOT_AVAILABLE', 'field in criteria is not available', { api_name: name });
	const { field, read } = reached;
	const allowed = comparators[field.type] ?? ofText;
	if (typeof comparator !== 'string' || !allowed.includes(comparator))
		return refuse(400, 'FIELD_AND_COMPARATOR_IN_CRITERIA_NOT_COMPATIBLE', 'field and comparator are not compatible', { api_name: name, comparator: String(comparator) });
	const several = ['in', 'not_in', ...range].includes(comparator);
	if (Array.isArray(value) !== several || value === undefined)
		return refuse(400, 'COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE', 'comparator and value are not compatible', { api_name: name, comparator });
	const values = (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => asStored(field, one, name));
	return (record) => holds(comparator, read(record), values);
}

/** A field of the module, or with a dot one of a record that it points to. */
export function columnOf(org: CrmOrg, module: ModuleState, name: string): { field: FieldState; read: (record: StoredRecord) => Value } | undefined {
	const [own = '', of, more] = name.split('.');
	const field = module.fields.get(own);
	if (!field || more !== undefined) return undefined;
	if (of === undefined) return { field, read: (record) => valueOf(record, own) };
	const target = org.modules.get(field.lookup ?? '');
	const other = target?.fields.get(of);
	if (!target || !other) return undefined;
	const read = (record: StoredRecord) => {
		const pointed = target.store.get(String(valueOf(record, own)));
		return pointed ? valueOf(pointed, of) : null;
	};
	return { field: other, read };
}

const numeric = new Set(['integer', 'double', 'currency', 'percent']);

/** The value of a criterion, in the form in which values are kept. */
function asStored(field: FieldState, value: unknown, name: string): Value {
	const invalid = (): never =>
		refuse(400, 'FIELD_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE', 'field and value are not compatible', { api_name: name });
	if (value === empty) return null;
	if (field.type === 'boolean') return value === true || value === 'true' ? true : value === false || value === 'false' ? false : invalid();
	if (numeric.has(field.type)) {
		const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
		return Number.isFinite(number) ? number : invalid();
	}
	if (typeof value !== 'string') return invalid();
	if (field.type === 'date') return isDay(value) ? value : invalid();
	if (field.type === 'datetime') return /\.\d+/.test(value) ? invalid() : (readTime(value) ?? invalid());
	return value;
}

const lower = (value: Value) => (typeof value === 'string' ? value.toLowerCase() : value);

function holds(comparator: string, stored: Value, values: Value[]): boolean {
	const [first = null, second = null] = values;
	const same = (value: Value) => (Array.isArray(stored) ? (stored as string[]).some((choice) => lower(choice) === lower(value)) : lower(stored) === lower(value));
	const text = String(lower(stored) ?? '');
	const wanted = String(lower(first) ?? '');
	const compare = (value: Value) => (stored === null || value === null ? Number.NaN : stored < value ? -1 : stored > value ? 1 : 0);
	switch (comparator) {
		case 'equal':
		case 'in':
			return values.some(same);
		case 'not_equal':
		case 'not_in':
			return !values.some(same);
		case 'contains':
			return stored !== null && text.includes(wanted);
		case 'not_contains':
			return !text.includes(wanted);
		case 'starts_with':
			return stored !== null && text.startsWith(wanted);
		case 'ends_with':
			return stored !== null && text.endsWith(wanted);
		case 'less_than':
			return compare(first) < 0;
		case 'less_equal':
			return compare(first) <= 0;
		case 'greater_than':
			return compare(first) > 0;
		case 'greater_equal':
			return compare(first) >= 0;
		case 'between':
			return compare(first) >= 0 && compare(second) <= 0;
		default:
			return compare(first) < 0 || compare(second) > 0;
	}
}
