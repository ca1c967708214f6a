/** Get, get many, search and COQL query. */

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { listFields } from '../../../zoho/crm/metadata';
import { queryPages, searchPages } from '../../../zoho/crm/query';
import { crmPages, getRecord } from '../../../zoho/crm/records';
import { toCrmTime } from '../../../zoho/dates';
import { refusal } from '../../../zoho/errors';
import { text } from '../../../zoho/json';
import { chosenId, gather, limitOf, moduleOf, timeOf } from '../operation';
import { fieldList } from '../given';

export async function getOne(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const module = moduleOf(context, index);
	const id = chosenId(context, index);
	const record = id === '' ? undefined : await getRecord(client, module, id);
	if (record) return [record as IDataObject];
	const call = { method: 'GET', path: `/crm/v8/${module}`, subject: `${module} ${id}` } as const;
	throw refusal(call, 'not-found', 'there is no such record', 'Check the ID and the module. The record may have been deleted.');
}

interface ListOptions {
	modifiedSince?: unknown;
	sortBy?: string;
	sortOrder?: string;
}

export async function getMany(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const module = moduleOf(context, index);
	const { modifiedSince, sortBy, sortOrder } = context.getNodeParameter('options', index, {}) as ListOptions;
	const since = modifiedSince ? timeOf(context, modifiedSince, 'Modified Since', index) : undefined;
	const limit = limitOf(context, index);
	const chosen = fieldList(context.getNodeParameter('fields', index, []));
	const fields = chosen.length > 0 ? chosen : await allFields(client, module);
	return await gather(
		crmPages(client, module, {
			fields,
			limit,
			query: { ...(sortBy && { sort_by: sortBy }), ...(sortOrder && { sort_order: sortOrder }) },
			...(since !== undefined && { modifiedSince: toCrmTime(since) }),
		}),
	);
}

/** Lists demand the names of the fields; these kinds cannot be listed (subforms and files come with a single record only). */
const unlistable = new Set(['subform', 'fileupload', 'imageupload', 'profileimage']);

async function allFields(client: ZohoClient, module: string): Promise<string[]> {
	const fields = await listFields(client, module);
	return fields.filter((field) => !unlistable.has(text(field.data_type))).map((field) => text(field.api_name));
}

export async function search(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const by = String(context.getNodeParameter('searchBy', index));
	const value = String(context.getNodeParameter('searchValue', index));
	const fields = fieldList(context.getNodeParameter('fields', index, []));
	const query = { [by]: value, ...(fields.length > 0 && { fields: fields.join(',') }) };
	return await gather(searchPages(client, moduleOf(context, index), query, limitOf(context, index)));
}

export async function query(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	return await gather(queryPages(client, String(context.getNodeParameter('query', index)), limitOf(context, index)));
}
