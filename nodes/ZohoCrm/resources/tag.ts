import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { tagRecords, type Tagging } from '../../../zoho/crm/tagging';
import { createTag, deleteTag, listTags, tagNamed, updateTag, type TagWish } from '../../../zoho/crm/tags';
import { asObject } from '../../../zoho/json';
import { moduleProperty } from '../../shared/crmModules';
import { GivenError } from '../../shared/given';
import { listProperties } from '../../shared/listProperties';
import { inGroups } from '../grouped';
import { limitOf, moduleOf, neededChoice, neededId, neededText, type CrmResource, type Outcome } from '../operation';
import { recordIdProperty, shownFor } from '../properties';
import { fieldList } from '../given';

const show = shownFor('tag');

async function tagItems(context: IExecuteFunctions, client: ZohoClient, action: Tagging['action']): Promise<Outcome[]> {
	return await inGroups<Tagging>(context, {
		read: (index) => ({
			key: { module: moduleOf(context, index), action, tags: tagsOf(context, index), ...(action === 'add' && { overwrite: replacesOf(context, index) }) },
			records: [{ id: neededId(context, index) }],
		}),
		send: async (key, records) => await tagRecords(client, key, records.map(({ id }) => String(id))),
		row: ({ module }, { id, details }) => ({ ...(details as IDataObject), id, module, action: 'update' }),
		call: ({ module }, ids) => ({ method: 'POST', path: `/crm/v8/${module}/actions/${action}_tags`, subject: `${module} ${ids}` }),
	});
}

const replacesOf = (context: IExecuteFunctions, index: number) => context.getNodeParameter('overwrite', index, false) === true;

function tagsOf(context: IExecuteFunctions, index: number): string[] {
	const tags = [...new Set(fieldList(context.getNodeParameter('tags', index, '')))];
	if (tags.length > 0) return tags;
	throw new GivenError('No tag is given', 'Fill in the field Tags, or check what its expression yields for this item.');
}

const wishOf = (context: IExecuteFunctions, index: number): TagWish => ({
	name: neededText(context, 'name', 'Name', index),
	color: String(context.getNodeParameter('color', index, '')).trim(),
});

/** The id of the chosen tag; a name is looked up. */
async function chosenTag(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<string> {
	const chosen = neededChoice(context, 'tag', 'Tag', index);
	const { mode } = asObject(context.getNodeParameter('tag', index));
	return mode === 'name' ? await tagNamed(client, moduleOf(context, index), chosen) : chosen;
}

/** Tags of records, and the list of tags that a module has. */
export const tag: CrmResource = {
	name: 'Tag',
	value: 'tag',
	operations: [
		{
			name: 'Add to Record',
			value: 'add',
			description: 'Put tags on records, 500 records per call, with a result for each. Tags that do not exist yet are created.',
			action: 'Add tags to a record',
			runAll: async (context, client) => await tagItems(context, client, 'add'),
		},
		{
			name: 'Create',
			value: 'create',
			description: 'Create a tag that the records of a module can have',
			action: 'Create a tag',
			run: async (context, client, index) => {
				const module = moduleOf(context, index);
				return [{ ...((await createTag(client, module, wishOf(context, index))) as IDataObject), module, action: 'insert' }];
			},
		},
		{
			name: 'Delete',
			value: 'delete',
			description: 'Delete a tag of a module, and take it off all records',
			action: 'Delete a tag',
			run: async (context, client, index) => {
				const id = await chosenTag(context, client, index);
				await deleteTag(client, id);
				return [{ id, deleted: true }];
			},
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the tags that the records of a module can have',
			action: 'Get many tags',
			run: async (context, client, index) => (await listTags(client, moduleOf(context, index))).slice(0, limitOf(context, index)) as IDataObject[],
		},
		{
			name: 'Remove From Record',
			value: 'remove',
			description: 'Take tags off records, 500 records per call, with a result for each',
			action: 'Remove tags from a record',
			runAll: async (context, client) => await tagItems(context, client, 'remove'),
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Rename a tag of a module, or give it another colour, on all records that have it',
			action: 'Update a tag',
			run: async (context, client, index) => {
				const module = moduleOf(context, index);
				const wish = wishOf(context, index);
				const id = await chosenTag(context, client, index);
				return [{ ...((await updateTag(client, module, id, wish)) as IDataObject), module, action: 'update' }];
			},
		},
	],
	properties: [
		{ ...moduleProperty, displayOptions: show('add', 'create', 'delete', 'getAll', 'remove', 'update') },
		{ ...recordIdProperty, displayOptions: show('add', 'remove') },
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. VIP, Trade fair',
			description: 'Names, comma-separated; 25 characters each, and 10 tags per record at most',
			displayOptions: show('add', 'remove'),
		},
		{
			displayName: 'Replace Other Tags',
			name: 'overwrite',
			type: 'boolean',
			default: false,
			description: 'Whether the record has these tags afterwards and no others',
			displayOptions: show('add'),
		},
		{
			displayName: 'Tag',
			name: 'tag',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			modes: [
				{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchTags', searchable: true } },
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 4876876000000240001' },
				{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. VIP' },
			],
			displayOptions: show('delete', 'update'),
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. VIP',
			description: 'What the tag is called from now on; at most 25 characters',
			displayOptions: show('create', 'update'),
		},
		{
			displayName: 'Color',
			name: 'color',
			type: 'color',
			default: '',
			description: 'Six hexadecimal digits, such as #F17574. Empty: none, or as before.',
			displayOptions: show('create', 'update'),
		},
		...listProperties('tag', ['getAll']),
	],
};
