import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { createNote, deleteNote, getNote, listNotes, saveNote, updateNote, type Note } from '../../../zoho/crm/notes';
import { refusal } from '../../../zoho/errors';
import { moduleProperty } from '../../shared/crmModules';
import { GivenError } from '../../shared/given';
import { Lanes } from '../../shared/lanes';
import { listProperties } from '../../shared/listProperties';
import { limitOf, moduleOf, neededId, neededText, type CrmResource } from '../operation';
import { recordIdProperty, shownFor } from '../properties';

const show = shownFor('note');
const ofRecord = show('create', 'getAll', 'upsert');

/** Two runs that save a note of one record at the same time would both find none, and make two. */
const lanes = new Lanes();

function noteOf(context: IExecuteFunctions, index: number): Note {
	return {
		module: moduleOf(context, index),
		recordId: neededId(context, index),
		title: neededText(context, 'title', 'Title', index),
		content: neededText(context, 'content', 'Content', index),
	};
}

async function getOne(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const id = neededText(context, 'noteId', 'Note ID', index);
	const found = await getNote(client, id);
	if (found) return [found as IDataObject];
	const call = { method: 'GET', path: '/crm/v8/Notes', subject: `note ${id}` } as const;
	throw refusal(call, 'not-found', 'there is no such note', 'Check the ID. The note may have been deleted.');
}

async function updateOne(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const id = neededText(context, 'noteId', 'Note ID', index);
	const changes = context.getNodeParameter('changes', index, {}) as Partial<Pick<Note, 'title' | 'content'>>;
	if (Object.keys(changes).length === 0) throw new GivenError('Nothing is to be changed', 'Add the new title or content in the field Update Fields.');
	return [{ ...((await updateNote(client, id, changes)) as IDataObject), id, action: 'update' }];
}

/** Notes on records. */
export const note: CrmResource = {
	name: 'Note',
	value: 'note',
	operations: [
		{
			name: 'Create',
			value: 'create',
			description: 'Put a note on a record',
			action: 'Create a note',
			run: async (context, client, index) => {
				const wanted = noteOf(context, index);
				return [{ ...(await createNote(client, wanted)), module: wanted.module, recordId: wanted.recordId }];
			},
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
			action: 'Create or update a note',
			run: async (context, client, index) => {
				const wanted = noteOf(context, index);
				const { module, recordId } = wanted;
				const key = `${client.connection.apiDomain} ${module} ${recordId}`;
				return [{ ...(await lanes.run(key, async () => await saveNote(client, wanted))), module, recordId }];
			},
		},
		{
			name: 'Delete',
			value: 'delete',
			description: 'Delete a note',
			action: 'Delete a note',
			run: async (context, client, index) => {
				const id = neededText(context, 'noteId', 'Note ID', index);
				await deleteNote(client, id);
				return [{ id, deleted: true }];
			},
		},
		{ name: 'Get', value: 'get', description: 'Get one note with the record that it hangs on', action: 'Get a note', run: getOne },
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the notes on a record',
			action: 'Get many notes',
			run: async (context, client, index) => {
				const rows = await listNotes(client, moduleOf(context, index), neededId(context, index), limitOf(context, index));
				return rows.map((row) => ({ ...row }));
			},
		},
		{ name: 'Update', value: 'update', description: 'Give a note another title or content', action: 'Update a note', run: updateOne },
	],
	properties: [
		{ ...moduleProperty, displayOptions: ofRecord },
		{ ...recordIdProperty, displayOptions: ofRecord },
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			description: 'At most 120 characters. Create or Update goes by it: a record has one note of a title.',
			displayOptions: show('create', 'upsert'),
		},
		{
			displayName: 'Content',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			displayOptions: show('create', 'upsert'),
		},
		{
			displayName: 'Note ID',
			name: 'noteId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 4876876000000240001',
			displayOptions: show('delete', 'get', 'update'),
		},
		{
			displayName: 'Update Fields',
			name: 'changes',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Content', name: 'content', type: 'string', typeOptions: { rows: 4 }, default: '' },
				{ displayName: 'Title', name: 'title', type: 'string', default: '', description: 'At most 120 characters' },
			],
			displayOptions: show('update'),
		},
		...listProperties('note', ['getAll']),
	],
};
