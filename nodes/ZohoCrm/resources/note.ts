import type { IExecuteFunctions } from 'n8n-workflow';

import { createNote, deleteNote, listNotes, saveNote, type Note } from '../../../zoho/crm/notes';
import { moduleProperty } from '../../shared/crmModules';
import { Lanes } from '../../shared/lanes';
import { listProperties } from '../../shared/listProperties';
import { limitOf, moduleOf, neededId, neededText, type CrmResource } from '../operation';
import { recordIdProperty } from '../properties';

const resource = ['note'];
const show = (...operation: string[]) => ({ show: { resource, operation } });
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
			displayOptions: show('delete'),
		},
		...listProperties('note', ['getAll']),
	],
};
