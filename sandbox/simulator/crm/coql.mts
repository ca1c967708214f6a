import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { type Column, columnOf, most, read, tooMany } from './coqlColumns.mts';
import { parseCoql, type Query } from './coqlParser.mts';
import { matches, Planner } from './coqlPlanner.mts';
import { faults, refuse } from './errors.mts';
import type { CrmOrg } from './org.mts';
import { type Rendered, renderValue } from './render.mts';
import type { StoredRecord } from './store.mts';

/**
 * `POST /crm/v8/coql`. Limits and errors: Zoho's pages "Query API - An Overview" and "COQL Limitations", and its OpenAPI file for
 * COQL. Reads the records themselves: there is no index lag.
 */

function checkLimits(query: Query): void {
	if (query.columns.length > most.columns) tooMany(most.columns, { clause: 'select' });
	if (query.criteria > most.criteria) tooMany(most.criteria, { clause: 'where' });
	if (query.orderBy.length > most.orderBy) tooMany(most.orderBy, { clause: 'order by' });
	if (query.limit > most.limit) tooMany(most.limit, { clause: 'limit' });
	if (query.offset + query.limit > most.offset) tooMany(most.offset, { clause: 'offset' });
	if (query.limit === 0) refuse(400, 'INVALID_DATA', 'limit should be greater than 0');
	const seen = new Set<string>();
	for (const column of query.columns) {
		if (seen.has(column)) refuse(400, 'DUPLICATE_DATA', 'duplicate data', { column_name: column });
		seen.add(column);
	}
}

/** The query of a COQL body. Its LIMIT decides what the call costs. */
export function queryOf(call: CrmCall): Query {
	const text = call.json()['select_query'];
	if (text === undefined || text === null)
		return refuse(400, 'MANDATORY_NOT_FOUND', 'required field not found', { api_name: 'select_query' });
	if (typeof text !== 'string')
		return refuse(
			400,
			'INVALID_DATA',
			'invalid data',
			faults.type('text', 'select_query', '$.select_query').details,
		);
	return parseCoql(text);
}

export const coqlCredits = ({ limit }: { limit: number }) => (limit <= 200 ? 1 : limit <= 1000 ? 2 : 3);

/** Runs the query of a call. */
export function runCoql(call: CrmCall): SimResponse {
	const { org } = call;
	const query = queryOf(call);
	const module = org.modules.get(query.module);
	if (!module) return refuse(400, 'INVALID_MODULE', 'the given module is not supported in api');
	checkLimits(query);
	const columns = query.columns.map((name) => columnOf(org, module, name));
	const sorts = query.orderBy.map(({ column, descending }) => ({
		column: columnOf(org, module, column),
		descending,
	}));
	const found: StoredRecord[] = [];
	let position = 0;
	let more = false;
	for (const record of matches(module, query, new Planner(org, module), sorts)) {
		if (position++ < query.offset) continue;
		if (found.length === query.limit) {
			more = true;
			break;
		}
		found.push(record);
	}
	if (found.length === 0) return { status: 204 };
	return {
		status: 200,
		json: {
			data: found.map((record) => row(org, columns, record)),
			info: { count: found.length, more_records: more },
		},
	};
}

function row(org: CrmOrg, columns: Column[], record: StoredRecord): Rendered {
	const shown: Rendered = {};
	for (const column of columns) shown[column.name] = renderValue(org, column.field, read(column, record));
	return { ...shown, id: record.id };
}
