/** Copies of records, and records that were deleted. */

import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { cloneRecord } from '../../../zoho/crm/clone';
import { deletedPages, type DeletedType } from '../../../zoho/crm/deleted';
import { toCrmTime } from '../../../zoho/dates';
import { recordFromJson } from '../given';
import { gather, limitOf, moduleOf, neededId, timeOf, type CrmOperation } from '../operation';
import { shownFor } from '../properties';

const show = shownFor('record');

async function clone(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const module = moduleOf(context, index);
	const clonedFrom = neededId(context, index);
	const details = await cloneRecord(client, module, clonedFrom, recordFromJson(context, 'changes', index));
	return [{ ...(details as IDataObject), module, action: 'insert', clonedFrom }];
}

async function getDeleted(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const since = context.getNodeParameter('deletedSince', index, '');
	const type = context.getNodeParameter('deletedType', index, 'all') as DeletedType;
	const from = since ? { since: toCrmTime(timeOf(context, since, 'Deleted Since', index)) } : {};
	return await gather(deletedPages(client, moduleOf(context, index), { type, limit: limitOf(context, index), ...from }));
}

export const copyOperations: Record<'clone' | 'getDeleted', CrmOperation> = {
	clone: {
		name: 'Clone',
		value: 'clone',
		description: 'Make a copy of a record, with other values where wanted. Running it twice makes two copies.',
		action: 'Clone a record',
		run: clone,
	},
	getDeleted: {
		name: 'Get Deleted',
		value: 'getDeleted',
		description: 'Get the IDs and names of records of a module that were deleted; costs 2 API credits per 200',
		action: 'Get deleted records',
		run: getDeleted,
	},
};

export const copyProperties: INodeProperties[] = [
	{
		displayName: 'Changes',
		name: 'changes',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "Deal_Name": "Roof, second part" }',
		description: 'API names and values that the copy gets in place of those of the record. Unique fields need another value.',
		displayOptions: show('clone'),
	},
	{
		displayName: 'Deletion',
		name: 'deletedType',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'In Recycle Bin', value: 'recycle', description: 'Deleted within 60 days, and can be restored in Zoho CRM' },
			{ name: 'Permanent', value: 'permanent', description: 'Gone for good; Zoho CRM lists them for 120 days, without names' },
		],
		default: 'all',
		displayOptions: show('getDeleted'),
	},
	{
		displayName: 'Deleted Since',
		name: 'deletedSince',
		type: 'dateTime',
		default: '',
		description: 'Only records that were deleted after this time',
		displayOptions: show('getDeleted'),
	},
];
