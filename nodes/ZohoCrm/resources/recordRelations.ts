/** Related lists of a record: what is on them, putting records there and taking them off. */

import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { relatedRecords } from '../../../zoho/crm/related';
import { contactRoles, relateRecords, type RelatedList, type Relating } from '../../../zoho/crm/relations';
import { isZohoId } from '../../../zoho/ids';
import type { JsonObject } from '../../../zoho/types';
import { GivenError, idFrom, recordFrom } from '../../shared/given';
import { inGroups } from '../grouped';
import { limitOf, moduleOf, neededChoice, neededId, type CrmOperation, type Outcome } from '../operation';
import { relatedListProperty, shownFor } from '../properties';
import { fieldList } from '../given';

const show = shownFor('record');

const listOf = (context: IExecuteFunctions, index: number) => neededChoice(context, 'relatedList', 'Related List', index);

async function getRelated(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const list = listOf(context, index);
	const fields = fieldList(context.getNodeParameter('relatedFields', index, []));
	if (fields.length === 0) throw new GivenError('No field is chosen', 'Choose in the field Field Names or IDs what to get of each related record.');
	const id = neededId(context, index);
	return (await relatedRecords(client, moduleOf(context, index), id, list, fields, limitOf(context, index))) as IDataObject[];
}

async function relate(context: IExecuteFunctions, client: ZohoClient, relating: Relating): Promise<Outcome[]> {
	return await inGroups<RelatedList>(context, {
		read: (index) => {
			const key = { module: moduleOf(context, index), recordId: neededId(context, index), list: listOf(context, index) };
			const values = relating === 'link' ? valuesOf(context, key.list, index) : {};
			return { key, records: relatedIds(context, index).map((id) => ({ ...values, id })) };
		},
		send: async (key, records) => await relateRecords(client, relating, key, records),
		row: ({ module, recordId, list }, { id }) => ({ id, module, recordId, relatedList: list, ...(relating === 'link' ? { linked: true } : { unlinked: true }) }),
		call: ({ module, recordId, list }, ids) => ({
			method: relating === 'link' ? 'PUT' : 'DELETE',
			path: `/crm/v8/${module}/${recordId}/${list}`,
			subject: `${list} of ${module} ${recordId}, record ${ids}`,
		}),
	});
}

function relatedIds(context: IExecuteFunctions, index: number): string[] {
	const given = context.getNodeParameter('relatedIds', index, '');
	const ids = fieldList(Array.isArray(given) ? given.map(idFrom) : idFrom(given));
	if (ids.length > 0 && ids.every(isZohoId)) return ids;
	throw new GivenError(
		ids.length > 0 ? `"${ids.find((id) => !isZohoId(id))}" is not the ID of a record` : 'No related record is given',
		'Give one ID or several, comma-separated, in the field Related Record IDs.',
	);
}

/** What is said of the relation itself. */
function valuesOf(context: IExecuteFunctions, list: string, index: number): JsonObject {
	const values = recordFrom(context.getNodeParameter('relationValues', index, {}));
	if (list !== contactRoles) return values;
	const role = String(context.getNodeParameter('contactRole', index, '')).trim();
	if (role !== '') return { ...values, Contact_Role: isZohoId(role) ? { id: role } : { name: role } };
	if (values.Contact_Role !== undefined) return values;
	throw new GivenError('No contact role is chosen', 'Zoho CRM needs the role that the Contact has in the Deal: choose it in the field Contact Role.');
}

export const relationOperations: Record<'getRelated' | Relating, CrmOperation> = {
	getRelated: {
		name: 'Get Related',
		value: 'getRelated',
		description: 'Get the records of a related list of one record, such as the Products of a Deal',
		action: 'Get related records',
		run: getRelated,
	},
	link: {
		name: 'Link',
		value: 'link',
		description: 'Put records that exist on a related list of a record, such as Products on a Deal, 100 per call, with a result for each',
		action: 'Link records',
		runAll: async (context, client) => await relate(context, client, 'link'),
	},
	unlink: {
		name: 'Unlink',
		value: 'unlink',
		description: 'Take records off a related list of a record, 100 per call. The records themselves stay.',
		action: 'Unlink records',
		runAll: async (context, client) => await relate(context, client, 'unlink'),
	},
};

export const relationProperties: INodeProperties[] = [
	{
		...relatedListProperty,
		displayOptions: show('getRelated'),
	},
	{
		...relatedListProperty,
		description: 'A list that is filled by hand, such as the Products of a Deal, the Campaigns of a Lead or the Contact Roles of a Deal. On lists that go by a lookup, change the lookup with Update.',
		displayOptions: show('link', 'unlink'),
	},
	{
		displayName: 'Field Names or IDs',
		name: 'relatedFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getRelatedFields', loadOptionsDependsOn: ['module.value', 'relatedList.value'] },
		default: [],
		required: true,
		description:
			'What to get of each related record; 50 at most. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: show('getRelated'),
	},
	{
		displayName: 'Related Record IDs',
		name: 'relatedIds',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 4876876000000240001',
		description: 'IDs of the records to put on the list or to take off it, comma-separated',
		displayOptions: show('link', 'unlink'),
	},
	{
		displayName: 'Contact Role Name or ID',
		name: 'contactRole',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getContactRoles' },
		default: '',
		description:
			'What the Contact is in the Deal. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: { show: { ...show('link').show, relatedList: [contactRoles] } },
	},
	{
		displayName: 'Values',
		name: 'relationValues',
		type: 'json',
		default: '{}',
		description: 'What to say of the relation itself, such as { "list_price": 50 } of a Product in a Price Book or { "Member_Status": "Active" } of a Lead in a Campaign',
		displayOptions: show('link'),
	},
];
