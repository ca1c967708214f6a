/** Reading whole modules and writing many records through Zoho's bulk jobs. */

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { bulkRead } from '../../../zoho/crm/bulk/read';
import { bulkWrite, type BulkOperation, type BulkWriteOptions } from '../../../zoho/crm/bulk/write';
import type { RecordResult } from '../../../zoho/crm/records';
import { writeFailure } from '../../../zoho/crm/singleWrite';
import { objectsOf, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { objectFrom } from '../../shared/given';
import { fieldList, recordFromJson } from '../given';
import { sharingCalls } from '../grouped';
import { moduleOf, type CrmOperation, type Outcome } from '../operation';
import { nameOf } from './recordWrites';

const minute = 60_000;

/** All records of a module that meet the conditions, or as many as are wanted. */
async function readInBulk(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const { timeLimit, mostRows } = context.getNodeParameter('options', index, {}) as { timeLimit?: number; mostRows?: number };
	const fields = fieldList(context.getNodeParameter('fields', index, []));
	const criteria = criteriaOf(context, index);
	const most = mostRows && mostRows > 0 ? mostRows : Number.POSITIVE_INFINITY;
	const rows: IDataObject[] = [];
	for await (const list of bulkRead(client, moduleOf(context, index), { fields, ...(criteria && { criteria }), timeLimit: limitOf(timeLimit) })) {
		for (const row of list) rows.push(row as IDataObject);
		if (rows.length >= most) return rows.slice(0, most);
	}
	return rows;
}

function limitOf(minutes: number | undefined): number {
	return (minutes && minutes > 0 ? minutes : 10) * minute;
}

/** Comparators whose value is a list. */
const ofLists = new Set(['in', 'not_in', 'between', 'not_between']);

function criteriaOf(context: IExecuteFunctions, index: number): JsonObject | undefined {
	const json: unknown = context.getNodeParameter('options.criteria', index, '');
	if (json !== '') {
		const given = objectFrom(json);
		if (given) return given;
		throw new NodeOperationError(context.getNode(), '"Criteria" is not a JSON object', { itemIndex: index, description: 'Give one object as Zoho CRM\'s page "Create Bulk Read Job" shows.' });
	}
	const group = objectsOf(context.getNodeParameter('conditions.condition', index, [])).map(({ field, comparator, value }) => ({
		field: { api_name: text(field).trim() },
		comparator: text(comparator),
		value: ofLists.has(text(comparator)) ? fieldList(value) : text(value),
	}));
	const [only, second] = group;
	return only && second ? { group_operator: text(context.getNodeParameter('combine', index, 'and')), group } : only;
}

/** What items need in common to go in the same jobs. */
interface Target {
	module: string;
	operation: BulkOperation;
	options: BulkWriteOptions;
}

/** One outcome per input item, in order: `{ id, module, action, job_id }`, or the error of that record. */
async function writeInBulk(context: IExecuteFunctions, client: ZohoClient): Promise<Outcome[]> {
	return await sharingCalls<Target, JsonObject, RecordResult>(context, {
		read: (index) => ({ key: targetOf(context, index), wish: recordFromJson(context, 'bulkRecord', index) }),
		send: async ({ module, operation, options }, records) => await bulkWrite(client, module, operation, records, options),
		outcome: outcomeOf,
	});
}

function targetOf(context: IExecuteFunctions, index: number): Target {
	const { timeLimit, layoutId } = context.getNodeParameter('options', index, {}) as { timeLimit?: number; layoutId?: string };
	const operation = context.getNodeParameter('bulkOperation', index) as BulkOperation;
	const findBy = operation === 'insert' ? 'id' : text(context.getNodeParameter('findBy', index, 'id')) || 'id';
	return {
		module: moduleOf(context, index),
		operation,
		options: { findBy, timeLimit: limitOf(timeLimit), ...(layoutId && { layoutId }) },
	};
}

const writes = { insert: 'create', update: 'update', upsert: 'upsert' } as const;

function outcomeOf({ module, operation }: Target, record: JsonObject, result: RecordResult | undefined): Outcome {
	if (!result?.ok) return { error: writeFailure(module, writes[operation], nameOf(record), result?.fault) };
	const { id, action, details } = result;
	return { records: [{ ...(details as IDataObject), ...(id && { id }), module, ...(action && { action }) }] };
}

/** Bulk Read and Bulk Write. */
export const bulkOperations: CrmOperation[] = [
	{
		name: 'Bulk Read',
		value: 'bulkRead',
		description: 'Get all records of a module, or those that meet conditions, through a bulk job: for very many. Costs 50 API credits for each 200,000 rows.',
		action: 'Read records in bulk',
		run: readInBulk,
	},
	{
		name: 'Bulk Write',
		value: 'bulkWrite',
		description: 'Create or update all items through bulk jobs of 25,000, with a result for each. Costs 500 API credits a job: for 5,000 records and more.',
		action: 'Write records in bulk',
		runAll: writeInBulk,
	},
];
