/** n8n's own nodes with the parameters the templates use. Versions: those of n8n 2.41, sources: its node descriptions. */

import { uuidOf, type Json, type NodeSpec, type Parameters } from './builder.mts';

type Place = Pick<NodeSpec, 'name' | 'at'> & Partial<NodeSpec>;

export type FieldType = 'string' | 'number' | 'boolean' | 'array' | 'object';

/** Name of the field, its value or expression, and its type (text where not told). */
export type Field = readonly [name: string, value: Json, type?: FieldType];

/** *Edit Fields*: only these fields go on, unless `keepOthers`. */
export function editFields(place: Place, fields: readonly Field[], keepOthers = false): NodeSpec {
	const assignments = fields.map(([name, value, type = 'string']) => ({
		id: uuidOf(`${place.name} ${name}`),
		name,
		value,
		type,
	}));
	return {
		...place,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: { assignments },
			...(keepOthers ? { includeOtherFields: true } : {}),
			options: {},
		},
	};
}

/** *Edit Fields* in JSON mode: the item becomes what the expression gives. */
export function editJson(place: Place, expression: string): NodeSpec {
	return {
		...place,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: expression, options: {} },
	};
}

/**
 * *Edit Fields* in JSON mode with a line for each field: one expression instead of one for each field, which is what n8n's time goes into
 * where items come in thousands.
 */
export function editObject(place: Place, fields: readonly Field[], keepOthers = false): NodeSpec {
	const lines = fields.map(([name, value]) => `\t${name}: ${codeOf(value)},`);
	return editJson(place, `={{ ({\n${[...(keepOthers ? ['\t...$json,'] : []), ...lines].join('\n')}\n}) }}`);
}

/** What a field's value is inside an expression. */
function codeOf(value: Json): string {
	const isExpression = typeof value === 'string' && value.startsWith('={{ ') && value.endsWith(' }}');
	return isExpression ? value.slice('={{ '.length, -' }}'.length) : JSON.stringify(value);
}

interface Condition {
	value: string;
	is: 'true' | 'false';
}

/** Conditions in which an expression must give true or false. */
function conditionsOf(name: string, conditions: Condition[]): Json {
	return {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
		conditions: conditions.map(({ value, is }) => ({
			id: uuidOf(`${name} ${value}`),
			leftValue: value,
			rightValue: '',
			operator: { type: 'boolean', operation: is, singleValue: true },
		})),
		combinator: 'and',
	};
}

/** *Filter*: items go on for which the expression is true. */
export function filter(place: Place, value: string): NodeSpec {
	return {
		...place,
		type: 'n8n-nodes-base.filter',
		typeVersion: 2.2,
		parameters: {
			conditions: conditionsOf(place.name, [{ value, is: 'true' }]),
			looseTypeValidation: true,
			options: {},
		},
	};
}

/** *If*: output 0 true, output 1 false. */
export function ifNode(place: Place, value: string): NodeSpec {
	return {
		...place,
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: conditionsOf(place.name, [{ value, is: 'true' }]),
			looseTypeValidation: true,
			options: {},
		},
	};
}

/** *Switch*: one named output per expression; an item leaves by the first that is true, or not at all. */
export function switchNode(
	place: Place,
	outputs: ReadonlyArray<readonly [name: string, value: string]>,
): NodeSpec {
	return {
		...place,
		type: 'n8n-nodes-base.switch',
		typeVersion: 3.2,
		parameters: {
			rules: {
				values: outputs.map(([outputKey, value]) => ({
					conditions: conditionsOf(`${place.name} ${outputKey}`, [{ value, is: 'true' }]),
					renameOutput: true,
					outputKey,
				})),
			},
			looseTypeValidation: true,
			options: {},
		},
	};
}

/** *Merge*, appending all inputs. */
export function append(place: Place, inputs = 2): NodeSpec {
	return {
		...place,
		type: 'n8n-nodes-base.merge',
		typeVersion: 3.2,
		parameters: inputs === 2 ? {} : { numberInputs: inputs },
	};
}

/** *Merge*: every item of input 0, with the fields of the item of input 1 that has the same value in `field`. */
export function enrich(place: Place, field: string): NodeSpec {
	const parameters: Parameters = {
		mode: 'combine',
		fieldsToMatchString: field,
		joinMode: 'enrichInput1',
		options: { multipleMatches: 'first' },
	};
	return { ...place, type: 'n8n-nodes-base.merge', typeVersion: 3.2, parameters };
}

/** *Split Out*: an item for each entry of a list, which stands under `as`, with the other fields beside it. */
export function splitOut(place: Place, list: string, as: string): NodeSpec {
	const parameters: Parameters = {
		fieldToSplitOut: list,
		include: 'allOtherFields',
		options: { destinationFieldName: as },
	};
	return { ...place, type: 'n8n-nodes-base.splitOut', typeVersion: 1, parameters };
}

/** *Split Out*: an item for each entry of a list, and nothing else of what it stood in. */
export function splitOutOnly(place: Place, list: string): NodeSpec {
	return {
		...place,
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: list, include: 'noOtherFields', options: {} },
	};
}

/** *Remove Duplicates*: of items with the same value in `field`, the first goes on. */
export function oneOfEach(place: Place, field: string): NodeSpec {
	return {
		...place,
		type: 'n8n-nodes-base.removeDuplicates',
		typeVersion: 2,
		parameters: {
			operation: 'removeDuplicateInputItems',
			compare: 'selectedFields',
			fieldsToCompare: field,
			options: {},
		},
	};
}

export const reviewTable = 'Zoho sync review';

/** Columns of the review queue. */
const reviewColumns = [
	['key', 'string'],
	['seen_at', 'string'],
	['source', 'string'],
	['record_id', 'string'],
	['record_name', 'string'],
	['reason', 'string'],
	['details', 'string'],
] as const;

type Columns = ReadonlyArray<readonly [name: string, type: string]>;

function dataTable(place: Place, parameters: Parameters): NodeSpec {
	return { ...place, type: 'n8n-nodes-base.dataTable', typeVersion: 1.1, parameters };
}

const tableNamed = (name: string): Json => ({ __rl: true, mode: 'name', value: name });

/** *Data Table*: makes the table, or finds it. */
export function createTable(place: Place, tableName: string, columns: Columns): NodeSpec {
	return dataTable(place, {
		resource: 'table',
		operation: 'create',
		tableName,
		columns: { column: columns.map(([name, type]) => ({ name, type })) },
		options: { createIfNotExists: true },
	});
}

/** Rows whose columns all have these values. */
function rowsWhere(table: string, where: Record<string, string>): Parameters {
	const conditions = Object.entries(where).map(([keyName, keyValue]) => ({ keyName, condition: 'eq', keyValue }));
	return { resource: 'row', dataTableId: tableNamed(table), matchType: 'allConditions', filters: { conditions } };
}

export function getRows(place: Place, table: string, where: Record<string, string>): NodeSpec {
	return dataTable(place, { ...rowsWhere(table, where), operation: 'get', returnAll: true });
}

export function deleteRows(place: Place, table: string, where: Record<string, string>): NodeSpec {
	return dataTable(place, { ...rowsWhere(table, where), operation: 'deleteRows', options: {} });
}

const fromInput: Json = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };

/** Every item becomes a row; puts out their number only. */
export function insertRows(place: Place, table: string): NodeSpec {
	return dataTable(place, {
		resource: 'row',
		operation: 'insert',
		dataTableId: tableNamed(table),
		columns: fromInput,
		options: { optimizeBulk: true },
	});
}

/** One row per value of the key column. */
export function upsertRow(place: Place, table: string, key: string): NodeSpec {
	return dataTable(place, {
		...rowsWhere(table, { [key]: `={{ $json.${key} }}` }),
		operation: 'upsert',
		columns: fromInput,
		options: {},
	});
}

export const createReviewTable = (place: Place): NodeSpec => createTable(place, reviewTable, reviewColumns);

/** A repeat does not pile up. */
export const addToReviewQueue = (place: Place): NodeSpec => upsertRow(place, reviewTable, 'key');

/** *Execute Sub-workflow*: this very workflow, for all items at once; goes on with what its last node puts out. */
export function callItself(place: Place): NodeSpec {
	return {
		...place,
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		parameters: { workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' }, options: {} },
	};
}

/** *When Executed by Another Workflow*, taking whatever the caller has. */
export function calledByItself(place: Place): NodeSpec {
	return {
		...place,
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1.1,
		parameters: { inputSource: 'passthrough' },
	};
}

/** What a person needs in order to decide; expressions for the record's id and name as the row's system calls it. */
export function reviewRow(
	place: Place,
	row: { source: string; id: string; name: string; deleted: string },
): NodeSpec {
	const reason = `{{ $json.error ? [$json.error.message ?? $json.error, $json.details].filter(Boolean).join('. ') : $json.match?.reason ?? '${row.deleted}' }}`;
	return editFields(place, [
		['key', `=${row.source} {{ ${row.id} }} ${kind}`],
		['seen_at', '={{ $now.toUTC().toISO() }}'],
		['source', `=${row.source}`],
		['record_id', `={{ ${row.id} }}`],
		['record_name', `={{ ${row.name} }}`],
		['reason', `=${reason}`],
		['details', '={{ JSON.stringify($json) }}'],
	]);
}

const kind = "{{ $json.error ? 'failed' : $json.match ? 'in doubt' : 'deleted' }}";
