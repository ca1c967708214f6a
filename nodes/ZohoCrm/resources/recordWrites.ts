/** Create, create or update, update and delete: 100 records per call, and what became of each one. */

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { writeRecords, type CrmWrite, type RecordResult, type WriteOptions } from '../../../zoho/crm/records';
import { writeFailure } from '../../../zoho/crm/singleWrite';
import { writeReplacingRows } from '../../../zoho/crm/subforms';
import { text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { idFrom } from '../../shared/given';
import { Lanes } from '../../shared/lanes';
import { fieldList, recordFromForm, recordFromJson } from '../given';
import { tellLanded } from '../../shared/written';
import { sharingCalls } from '../grouped';
import { chosenId, moduleOf, type Outcome } from '../operation';
import { Taxes, withExtras } from './recordExtras';

/** What items need in common to share calls. */
interface Target {
	module: string;
	write: CrmWrite;
	options: WriteOptions;
	replaceSubforms: boolean;
}

/** Updates that replace rows read the record first: two of them at once would both add the same rows. */
const lanes = new Lanes();

/**
 * One outcome per input item, in order: `{ id, module, action, …Zoho's details }`, or the error of that record.
 * @param operation `upsert` updates items that hold an `id`, and creates or updates the others by their duplicate-check fields
 */
export async function writeItems(context: IExecuteFunctions, client: ZohoClient, operation: CrmWrite): Promise<Outcome[]> {
	const taxes = new Taxes(client);
	return await sharingCalls<Target, JsonObject, RecordResult>(context, {
		read: async (index) => {
			const given = recordOf(context, index, operation);
			const module = moduleOf(context, index);
			const record = operation === 'delete' ? given : await withExtras(context, index, module, given, taxes);
			const write = operation === 'upsert' && text(record.id) !== '' ? 'update' : operation;
			const options = optionsOf(context, index, write);
			const replaceSubforms = context.getNodeParameter('options.replaceSubforms', index, false) === true;
			return { key: { module, write, options, replaceSubforms }, wish: record };
		},
		send: async (target, records) => await writeTo(client, target, records),
		outcome: (target, record, result) => {
			tellResult(context, target.module, record, result);
			return outcomeOf(target, record, result);
		},
	});
}

async function writeTo(client: ZohoClient, { module, write, options, replaceSubforms }: Target, records: JsonObject[]): Promise<RecordResult[]> {
	return replaceSubforms
		? await writeReplacingRows(client, module, write, records, options, lanes)
		: await writeRecords(client, module, write, records, options);
}

function tellResult(context: IExecuteFunctions, module: string, record: JsonObject, result: RecordResult | undefined): void {
	if (result?.ok) tellLanded(context, module, record, result.details?.Modified_Time);
}

/** By which a person recognises a record in a message, the first that has a value. */
const namingFields = ['id', 'Full_Name', 'Last_Name', 'Account_Name', 'Deal_Name', 'Product_Name', 'Vendor_Name', 'Subject', 'Name', 'Email'];

function outcomeOf({ module, write }: Target, record: JsonObject, result: RecordResult | undefined): Outcome {
	if (result?.ok) {
		const { id, action, details } = result;
		return { records: [{ ...(details as IDataObject), id, module, action, ...(write === 'delete' && { deleted: true }) }] };
	}
	return { error: writeFailure(module, write, nameOf(record), result?.fault) };
}

/** What a person knows the record by; '' where nothing is known. */
export function nameOf(record: JsonObject): string {
	return namingFields.map((field) => text(record[field])).find((value) => value !== '') ?? '';
}

/** What to write: from the form or as JSON; `id` from the field Record where that is shown. */
function recordOf(context: IExecuteFunctions, index: number, operation: CrmWrite): JsonObject {
	if (operation === 'delete') return { id: chosenId(context, index) };
	const isJson = context.getNodeParameter('inputMode', index, 'fields') === 'json';
	const record = isJson ? recordFromJson(context, 'record', index) : recordFromForm(context, 'columns', index);
	const id = operation === 'update' && !isJson ? chosenId(context, index) : text(record.id).trim();
	return { ...record, ...(id !== '' && { id }) };
}

interface Options {
	trigger?: string[];
	ifUnmodifiedSince?: string;
	applyFeatures?: string[];
	skipCadences?: boolean;
	assignmentRuleId?: unknown;
}

function optionsOf(context: IExecuteFunctions, index: number, write: CrmWrite): WriteOptions {
	const { trigger, ifUnmodifiedSince, applyFeatures, skipCadences, assignmentRuleId } = context.getNodeParameter('options', index, {}) as Options;
	const ruleId = idFrom(assignmentRuleId);
	const duplicateCheckFields = write === 'upsert' ? fieldList(context.getNodeParameter('duplicateCheckFields', index, [])) : [];
	return {
		...(duplicateCheckFields.length > 0 && { duplicateCheckFields }),
		...(trigger && { trigger }),
		...(ifUnmodifiedSince && { ifUnmodifiedSince }),
		...(applyFeatures && applyFeatures.length > 0 && write !== 'upsert' && { applyFeatures }),
		...(skipCadences && { skipCadences }),
		...(ruleId !== '' && write !== 'update' && { assignmentRuleId: ruleId }),
	};
}
