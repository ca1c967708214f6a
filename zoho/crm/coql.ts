/**
 * COQL, CRM's query language: the way to find records without the lag of the search index. Sources: CRM v8 "COQL Overview" and
 * "COQL Limitations"; "Kaizen #171: FAQs on COQL API" (brackets, quotes).
 */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, chunks, objectsOf, text } from '../json';
import type { JsonObject, ZohoCall } from '../types';
import { crmRoot, fieldGroups } from './read';

export const valuesPerIn = 50;
const criteriaPerQuery = 25;
/** Reached by offset; what lies beyond needs a narrower query. */
const reachableRows = 100_000;

export interface CoqlSelect {
	/** API name of the module. */
	module: string;
	/** API names; more than 50 are fetched in several queries. `id` always comes. */
	fields: string[];
	/** Criteria that must all hold; none for every record. */
	where?: string[];
	/** Without it rows come in the order of their ids, and records changed meanwhile cannot shift the pages. */
	orderBy?: string;
}

/** A value as COQL reads it: text in single quotes. */
export function quote(value: string | number | boolean): string {
	if (typeof value === 'number') return String(value);
	return `'${String(value).replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;
}

/**
 * `field in ('a','b')`.
 * @throws RangeError for no value or more than 50: cut the list up first
 */
export function inList(field: string, values: readonly string[]): string {
	if (values.length === 0 || values.length > valuesPerIn) {
		throw new RangeError(`COQL takes 1 to ${valuesPerIn} values in a list, not ${values.length}`);
	}
	return `${field} in (${values.map(quote).join(',')})`;
}

/** How long a query may be no page tells, so it stays short. */
const listsPerQuery = 4;

/** Criteria for as few queries as there can be, each for four lists of 50 values, of whichever field. */
export function listQueries(lists: ReadonlyArray<{ field: string; values: readonly string[] }>): string[] {
	const criteria = lists.flatMap(({ field, values }) => chunks([...values], valuesPerIn).map((some) => inList(field, some)));
	return chunks(criteria, listsPerQuery).map(anyOf);
}

/** Joined with `and`, in the pairs of brackets that COQL demands. */
export function allOf(criteria: readonly string[]): string {
	return inPairs(criteria, 'and');
}

/** Joined with `or`, likewise. */
export function anyOf(criteria: readonly string[]): string {
	return inPairs(criteria, 'or');
}

function inPairs(criteria: readonly string[], operator: 'and' | 'or'): string {
	return criteria.reduce(
		(joined, criterion) => (joined === '' ? criterion : `(${joined} ${operator} ${criterion})`),
		'',
	);
}

/** How many comparisons a condition has. */
export function countCriteria(condition: string): number {
	if (condition.trim() === '') return 0;
	const bare = condition.replace(/'(?:[^'\\]|\\.|'')*'/gs, '').replace(/\bbetween\s+and\b/gi, '');
	return (bare.match(/\b(and|or)\b/gi) ?? []).length + 1;
}

/**
 * Rows page by page, to the end. Zoho allows 2000 a call (some accounts 200, which is found out); no row is an empty result.
 * @throws ZohoError, also when there are more criteria than 25 or more rows than COQL can reach
 */
export async function* coqlRows(
	client: ZohoClient,
	select: CoqlSelect,
	{ limit = Number.POSITIVE_INFINITY }: { limit?: number } = {},
): AsyncGenerator<JsonObject[]> {
	const [first = [], ...others] = fieldGroups(select.fields.length > 0 ? select.fields : ['id']);
	let size = 2_000;
	let left = limit;
	let offset = 0;
	let after = '';
	while (left > 0) {
		const rowsWanted = Math.min(size, left);
		const page = { after, offset: select.orderBy ? offset : 0, rows: rowsWanted };
		const call = coqlCall(select, first, page);
		const { reply, error } = await client.attempt(call);
		if (error?.fault.code === 'LIMIT_EXCEEDED' && rowsWanted > 200) {
			size = 200;
			continue;
		}
		if (error) throw error;
		const body = asObject(reply.body);
		const rows = objectsOf(body.data);
		if (rows.length > 0) yield await withFields(client, select, rows, others);
		left -= rows.length;
		offset += rows.length;
		after = text(rows.at(-1)?.id);
		const more = asObject(body.info).more_records ?? rows.length === rowsWanted;
		if (more !== true || rows.length === 0) return;
		if (select.orderBy && left > 0 && offset >= reachableRows) {
			throw refusal(
				call,
				'too-many-rows',
				`COQL reaches ${reachableRows} rows`,
				'Narrow the query, or leave out the order.',
			);
		}
	}
}

/**
 * The records of a module that any of the lists finds, each once: one call for four lists of 50 values, of whichever field.
 * @throws ZohoError as `coqlRows`
 */
export async function coqlRecords(
	client: ZohoClient,
	{ module, fields }: Pick<CoqlSelect, 'module' | 'fields'>,
	lists: ReadonlyArray<{ field: string; values: readonly string[] }>,
): Promise<JsonObject[]> {
	const records = new Map<string, JsonObject>();
	for (const criterion of listQueries(lists)) {
		for await (const rows of coqlRows(client, { module, fields, where: [criterion] })) {
			for (const row of rows) records.set(text(row.id), row);
		}
	}
	return [...records.values()];
}

interface Page {
	/** Id of the last row so far; '' at the start. */
	after: string;
	offset: number;
	rows: number;
}

function coqlCall({ module, where = [], orderBy }: CoqlSelect, fields: string[], page: Page): ZohoCall {
	const criteria = [...where, ...(page.after !== '' && !orderBy ? [`id > ${quote(page.after)}`] : [])];
	const condition = allOf(criteria) || 'id is not null';
	const limits = `limit ${page.rows}${page.offset > 0 ? ` offset ${page.offset}` : ''}`;
	const call: ZohoCall = {
		method: 'POST',
		path: `${crmRoot}/coql`,
		body: {
			select_query: `select ${fields.join(', ')} from ${module} where ${condition} order by ${orderBy ?? 'id asc'} ${limits}`,
		},
		repeatable: true,
		subject: `query on ${module}`,
		scope: 'ZohoCRM.coql.READ',
	};
	const count = countCriteria(condition);
	if (count > criteriaPerQuery) {
		const message = `the query has ${count} criteria`;
		throw refusal(
			call,
			'too-many-criteria',
			message,
			`COQL takes ${criteriaPerQuery}. Ask in several queries.`,
		);
	}
	return call;
}

/** The rows with further fields, fetched by id. */
async function withFields(
	client: ZohoClient,
	{ module }: CoqlSelect,
	rows: JsonObject[],
	groups: string[][],
): Promise<JsonObject[]> {
	const byId = new Map(rows.map((row) => [text(row.id), row]));
	for (const group of groups) {
		for (const ids of chunks([...byId.keys()], valuesPerIn)) {
			const call = coqlCall({ module, fields: group, where: [inList('id', ids)] }, group, {
				after: '',
				offset: 0,
				rows: 200,
			});
			const reply = await client.request(call);
			for (const row of objectsOf(asObject(reply.body).data)) {
				byId.set(text(row.id), { ...byId.get(text(row.id)), ...row });
			}
		}
	}
	return [...byId.values()];
}
