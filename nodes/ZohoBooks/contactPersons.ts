/** *Add Persons* of contacts: rows of the list of contacts lack them. */

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { allPersons, personsOfContact, PersonsReading, type Persons } from '../../zoho/books/personRead';
import type { ZohoClient } from '../../zoho/client';
import { parseZohoTime } from '../../zoho/dates';
import { text } from '../../zoho/json';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/errors';
import { failedItem } from '../shared/failedItem';
import { idFrom } from '../shared/given';
import { sharedInRun } from '../shared/runMemory';
import { noteFailure } from '../shared/trigger/taken';

/** From this many contacts on it is tried whether the list of all persons costs fewer calls. */
const listingPaysFrom = 4;

export const addPersonsProperties: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { resource: ['contact'], operation: ['addPersons'] } },
		options: [
			{
				displayName: 'Begin to Read Only',
				name: 'beginOnly',
				type: 'boolean',
				default: false,
				description:
					'Whether to pass the items on as they came while the list of all persons is being read for the run. That takes a minute for 11,000 persons and leaves room for other calls. A later Add Persons of the same run then waits less, or not at all.',
			},
			{
				displayName: 'Read All Persons for Run',
				name: 'allPersonsFor',
				type: 'string',
				default: '',
				placeholder: 'e.g. first sync of Monday',
				description:
					'For thousands of contacts: the list of all persons is read once, 200 a call. Executions of this n8n process that give the same name share what was read. Leave empty to let the number of items decide.',
			},
		],
	},
];

interface Options {
	allPersonsFor?: unknown;
	beginOnly?: boolean;
}

/** Each item as it came in, with the `contact_persons` of the contact; an item that brings them keeps its own. Of a contact that was modified after the list was read they are read anew. */
export async function addPersons(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const idOf = (index: number) => idFrom(this.getNodeParameter('contactId', index, '', { extractValue: true }));
	const organizationId = text(this.getNodeParameter('organizationId', 0, ''));
	const client = await connect(this, 'books', { organizationId });
	const options = this.getNodeParameter('options', 0, {}) as Options;
	const run = text(options.allPersonsFor);
	if (options.beginOnly) {
		if (run !== '') (await readingOf(client, run)).begin();
		return [items.map(({ json }, item) => ({ json, pairedItem: { item } }))];
	}
	const lacking = [...items.keys()].filter((index) => !Array.isArray(items[index]?.json.contact_persons));
	const all = await readAll(client, run, lacking.length);

	const isLacking = new Set(lacking);
	const complete = async (index: number): Promise<INodeExecutionData> => {
		const json = items[index]?.json ?? {};
		if (!isLacking.has(index)) return { json, pairedItem: { item: index } };
		try {
			const id = idOf(index);
			const contact_persons = all?.of(id, parseZohoTime(text(json.last_modified_time))) ?? (await personsOfContact(client, id));
			return { json: { ...json, contact_persons }, pairedItem: { item: index } };
		} catch (error) {
			noteFailure(this);
			const told = toNodeError(this.getNode(), error, index);
			if (!this.continueOnFail()) throw told;
			return failedItem(told, index);
		}
	};
	return [await Promise.all([...items.keys()].map(complete))];
}

/** Undefined where asking for each contact costs fewer calls. */
async function readAll(client: ZohoClient, run: string, contacts: number): Promise<Persons | undefined> {
	if (contacts === 0) return undefined;
	if (run !== '') return await (await readingOf(client, run)).get();
	return contacts < listingPaysFrom ? undefined : await allPersons(client, { mostCalls: contacts });
}

async function readingOf(client: ZohoClient, run: string): Promise<PersonsReading> {
	const key = `persons ${client.connection.key} ${client.connection.organizationId ?? ''}`;
	return await sharedInRun(run, key, async () => new PersonsReading(client));
}
