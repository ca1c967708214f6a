import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { refuse } from './errors.mts';
import type { FieldState, ModuleState } from './org.mts';
import { render } from './render.mts';
import { compareIds, type StoredRecord, type Value, valueOf } from './store.mts';
import { readTime } from './times.mts';

/**
 * `GET /crm/v8/{module}/search`, from an index that lags behind (switch `searchLag`). `equals` on text finds what contains the value,
 * as Zoho's page says. Source: https://www.zoho.com/crm/developer/docs/api/v8/search-records.html
 */

type Test = (record: StoredRecord) => boolean;

const mostCriteria = 10;
const mostRecords = 2000;

const invalid = (name: string, reason: string, extra: Record<string, unknown> = {}): never =>
	refuse(400, 'INVALID_QUERY', 'Invalid query formed', { reason, api_name: name, ...extra });

const isText = (field: FieldState) =>
	['text', 'email', 'phone', 'website', 'picklist', 'textarea', 'formula', 'autonumber'].includes(field.type);

const lower = (value: Value) => String(value ?? '').toLowerCase();

/** Parses `((A:equals:x)and(B:in:y,z))`. Brackets, commas and backslashes inside a value are escaped with a backslash. */
class CriteriaParser {
	readonly #text: string;
	readonly #module: ModuleState;
	#at = 0;
	#count = 0;

	constructor(text: string, module: ModuleState) {
		this.#text = text;
		this.#module = module;
	}

	parse(): Test {
		const test = this.#group();
		if (this.#at < this.#text.length)
			refuse(400, 'INVALID_QUERY', 'Invalid query formed', {
				api_name: 'criteria',
				reason: 'invalid criteria',
			});
		return test;
	}

	#group(): Test {
		if (this.#text[this.#at] !== '(') return invalid('criteria', 'criteria must be enclosed in brackets');
		this.#at++;
		const test = this.#text[this.#at] === '(' ? this.#joined() : this.#criterion();
		if (this.#text[this.#at] !== ')') return invalid('criteria', 'bracket mismatch');
		this.#at++;
		return this.#text[this.#at] === '(' || this.#at >= this.#text.length || this.#text[this.#at] === ')'
			? test
			: this.#tail(test);
	}

	#joined(): Test {
		let test = this.#group();
		while (this.#text[this.#at] !== ')' && this.#at < this.#text.length) test = this.#tail(test);
		return test;
	}

	#tail(left: Test): Test {
		const joint = /^(and|or)/i.exec(this.#text.slice(this.#at))?.[0].toLowerCase();
		if (!joint) return invalid('criteria', 'and or or expected');
		this.#at += joint.length;
		const right = this.#group();
		return joint === 'and'
			? (record) => left(record) && right(record)
			: (record) => left(record) || right(record);
	}

	#criterion(): Test {
		if (++this.#count > mostCriteria)
			refuse(
				400,
				'CRITERIA_LIMIT_EXCEEDED',
				`no of criterium that can be given exceed the limit ${mostCriteria}`,
			);
		const head = /^([\w$]+):(\w+):/.exec(this.#text.slice(this.#at));
		if (!head) return invalid('criteria', 'field:operator:value expected');
		this.#at += head[0].length;
		const [, name = '', operator = ''] = head;
		const field = this.#module.fields.get(name);
		if (!field) return invalid(name, 'the field is not available in the module');
		const values = this.#values();
		if (operator === 'in' && values.length > 100)
			refuse(400, 'INVALID_QUERY', 'Only 100 values are allowed in "IN" criteria', { api_name: name });
		return testOf(field, operator, operator === 'in' || operator === 'between' ? values : [values.join(',')]);
	}

	#values(): string[] {
		const values = [''];
		for (; this.#at < this.#text.length; this.#at++) {
			const sign = this.#text[this.#at];
			if (sign === ')' || sign === '(') break;
			if (sign === ',') values.push('');
			else values.push(`${values.pop()}${sign === '\\' ? this.#text[++this.#at] : sign}`);
		}
		return values;
	}
}

function testOf(field: FieldState, operator: string, values: string[]): Test {
	const [first = '', second = ''] = values;
	const read = (record: StoredRecord) => valueOf(record, field.name);
	if (isText(field)) {
		const wanted = values.map((value) => value.toLowerCase());
		const [one = ''] = wanted;
		if (one.length < 2) return invalid(field.name, 'minimum length of the value is 2');
		switch (operator) {
			case 'equals':
				return (record) => lower(read(record)).includes(one);
			case 'not_equal':
				return (record) => !lower(read(record)).includes(one);
			case 'starts_with':
				return (record) => lower(read(record)).startsWith(one);
			case 'in':
				return (record) => wanted.includes(lower(read(record)));
			default:
				return invalid(field.name, 'invalid operator found', { operator });
		}
	}
	const number = (text: string) =>
		(field.type === 'datetime' ? readTime(text) : field.type === 'date' ? Date.parse(text) : Number(text)) ??
		Number.NaN;
	const stored = (record: StoredRecord) => {
		const value = read(record);
		return field.type === 'date' ? Date.parse(String(value)) : value === null ? Number.NaN : Number(value);
	};
	const same = (record: StoredRecord) =>
		lower(read(record)) === first.toLowerCase() || stored(record) === number(first);
	switch (operator) {
		case 'equals':
			return same;
		case 'not_equal':
			return (record) => !same(record);
		case 'in':
			return (record) => values.some((value) => lower(read(record)) === value.toLowerCase());
		case 'greater_than':
			return (record) => stored(record) > number(first);
		case 'greater_equal':
			return (record) => stored(record) >= number(first);
		case 'less_than':
			return (record) => stored(record) < number(first);
		case 'less_equal':
			return (record) => stored(record) <= number(first);
		case 'between':
			return (record) => stored(record) >= number(first) && stored(record) <= number(second);
		default:
			return invalid(field.name, 'invalid operator found', { operator });
	}
}

/** The test that the parameters ask for; criteria go before email, phone and word. */
function wantedBy(call: CrmCall, module: ModuleState): Test {
	const fieldsOf = (...types: string[]) =>
		[...module.fields.values()].filter((field) => types.includes(field.type)).map((field) => field.name);
	const anyField =
		(names: string[], test: (value: Value) => boolean): Test =>
		(record) =>
			names.some((name) => test(valueOf(record, name)));
	const criteria = call.query('criteria');
	if (criteria !== undefined)
		return new CriteriaParser(criteria.replaceAll(/\s*\b(and|or)\b\s*(?=\()/gi, '$1'), module).parse();
	const email = call.query('email');
	if (email !== undefined)
		return anyField(fieldsOf('email'), (value) => lower(value) === email.toLowerCase());
	const phone = call.query('phone');
	if (phone !== undefined) {
		const digits = (text: string) => text.replaceAll(/\D/g, '');
		return anyField(fieldsOf('phone'), (value) => value !== null && digits(String(value)) === digits(phone));
	}
	const word = call.query('word');
	if (word === undefined)
		return refuse(400, 'EXPECTED_PARAM_MISSING', 'One of the expected parameter is missing', {
			param_names: ['criteria', 'email', 'phone', 'word'],
		});
	if (word.length < 2) return invalid('word', 'minimum length of the value is 2');
	return anyField(fieldsOf('text', 'email', 'phone', 'website', 'textarea', 'formula'), (value) =>
		lower(value).includes(word.toLowerCase()),
	);
}

/** Searches the records of a module. */
export function searchRecords(call: CrmCall, module: ModuleState): SimResponse {
	const { page, perPage } = call.paging();
	const test = wantedBy(call, module);
	if (page * perPage > mostRecords)
		refuse(400, 'LIMIT_REACHED', 'maximum response iteration limit reached', { limit: String(mostRecords) });
	const ascending = call.query('sort_order') === 'asc';
	const converted = call.query('converted') ?? 'false';
	const found = [...module.search.records(call.org.now())]
		.filter((record) => converted === 'both' || (record.values['$converted'] === true) === (converted === 'true'))
		.filter(test)
		.sort((a, b) => (ascending ? 1 : -1) * compareIds(a.id, b.id));
	const part = found.slice((page - 1) * perPage, page * perPage);
	if (part.length === 0) return { status: 204 };
	const fields = call
		.query('fields')
		?.split(',')
		.map((name) => name.trim());
	const names = fields ?? [...module.fields.keys()];
	return {
		status: 200,
		json: {
			data: part.map((record) => render(call.org, module, record, names)),
			info: {
				per_page: perPage,
				count: part.length,
				page,
				sort_by: 'id',
				sort_order: ascending ? 'asc' : 'desc',
				more_records: found.length > page * perPage,
			},
		},
	};
}
