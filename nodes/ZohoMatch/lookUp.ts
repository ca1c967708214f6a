/** Operation Look Up: each item goes on with the CRM record that its rules name, or to Not Found. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isBlank, isLookup, isObject, setPath } from '../../sync/fields';
import { groupBy } from '../../sync/fold';
import { lookUpRecords, lookupsOf, type LookUpResult } from '../../sync/lookUp';
import type { Json, JsonObject, MatchRule } from '../../sync/types';
import { isZohoId } from '../../zoho/ids';
import { connect } from '../shared/connection';
import { idFrom } from '../shared/given';
import { readRecords } from './candidates';
import { problem } from './items';
import { inputOf, Outcomes } from './outcomes';

const foundOutput = 0;
const notFoundOutput = 1;

interface Input {
	inputIndex: number;
	module: string;
	rules: MatchRule[];
	putUnder: string;
	fields: string[];
}

/**
 * Output 0: the item with `{ id, rule, …fields }` under the chosen name. Output 1: the item as it came, with `{ problem }` under that name where a rule finds several
 * records. One COQL call for 200 values of all rules together; items whose rules have no value cost none.
 */
export async function executeLookUp(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outcomes = new Outcomes(context, 2, notFoundOutput);
	const inputs = outcomes.readInputs((index) => readInput(context, index));
	for (const [module, group] of groupBy(inputs, (input) => input.module)) {
		await outcomes.guard(
			group.map(({ inputIndex }) => inputIndex),
			async () => {
				const lookups = lookupsOf(group.flatMap(({ rules }) => rules));
				const fields = [...new Set(group.flatMap((input) => input.fields))];
				const records =
					lookups.length > 0 ? await readRecords(await connect(context, 'crm'), module, lookups, fields) : [];
				const results = lookUpRecords(
					group.map(({ rules }) => rules),
					records,
				);
				group.forEach((input, place) => put(context, outcomes, input, results[place]));
			},
		);
	}
	return outcomes.sorted();
}

function put(
	context: IExecuteFunctions,
	outcomes: Outcomes,
	{ inputIndex, putUnder, fields }: Input,
	result: LookUpResult | undefined,
): void {
	const item = inputOf(context, inputIndex);
	if (result?.kind === 'found') {
		const { record, rule } = result;
		const chosen = Object.fromEntries(fields.map((field) => [field, record[field] ?? null]));
		setPath(item, putUnder, { ...chosen, id: String(record.id), rule });
	}
	if (result?.kind === 'ambiguous') setPath(item, putUnder, { problem: result.problem });
	outcomes.put(result?.kind === 'found' ? foundOutput : notFoundOutput, inputIndex, item);
}

function readInput(context: IExecuteFunctions, inputIndex: number): Input {
	const text = (name: string, fallback = '') =>
		String(context.getNodeParameter(name, inputIndex, fallback, { extractValue: true }) ?? '').trim();
	const module = text('module');
	if (module === '')
		throw problem(context, inputIndex, 'No CRM module is chosen', 'Choose one under "Module".');
	const putUnder = text('putUnder', 'found');
	if (putUnder === '') {
		throw problem(
			context,
			inputIndex,
			'"Put Under" is empty',
			'Give the name under which the item is to hold the record, such as account.',
		);
	}
	const fields = text('fields')
		.split(',')
		.map((field) => field.trim())
		.filter(Boolean);
	return { inputIndex, module, rules: readRules(context, inputIndex), putUnder, fields };
}

function readRules(context: IExecuteFunctions, inputIndex: number): MatchRule[] {
	const rows = context.getNodeParameter('rules.rule', inputIndex, []);
	const rules = (Array.isArray(rows) ? rows : []).filter((row) => isObject(row)) as JsonObject[];
	if (rules.length === 0) {
		throw problem(
			context,
			inputIndex,
			'There is no rule by which to look up the record',
			'Add one under "Look Up By".',
		);
	}
	return rules.map((row) => {
		const kind = row.kind as MatchRule['kind'];
		const field = kind === 'recordId' ? 'id' : String(row.field ?? '').trim();
		if (field === '')
			throw problem(
				context,
				inputIndex,
				'A rule under "Look Up By" has no field',
				'Fill in its field, or remove it.',
			);
		return { kind, field, value: valueOf(kind, row.value) };
	});
}

/** A lookup stands for the id in it. CRM refuses a whole query for one id that is none, and nothing can have such an id. */
function valueOf(kind: MatchRule['kind'], given: Json): Json {
	const value = isLookup(given) ? given.id : given;
	if (isBlank(value) || typeof value === 'object') return '';
	const id = typeof value === 'number' ? idFrom(value) : value;
	return kind === 'recordId' && !isZohoId(String(id).trim()) ? '' : id;
}
