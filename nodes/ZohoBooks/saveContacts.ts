/** *Create or Update* and *Update* of contacts: what takes more than one call. */

import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { saveContact } from '../../zoho/books/contactWrite';
import { text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import { writeEach } from './eachRecord';
import { recordOfItem, withId } from './record';

/** With an id the contact is updated, without one created; see `saveContact` for names that exist already. */
export async function upsert(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await save(this, (index) => withId(this, index, recordOfItem(this, index, { contact_name: 'contactName' }), 'contact_id', 'existingContactId'));
}

/** Changes the given fields of a contact; its people one by one, as a list in one call would replace those that it does not name. */
export async function update(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await save(this, (index) => {
		const record = withId(this, index, recordOfItem(this, index, {}), 'contact_id', 'contactId');
		if (text(record.contact_id) !== '') return record;
		throw new NodeOperationError(this.getNode(), 'No contact is chosen', {
			itemIndex: index,
			description: 'Choose the contact, or give its contact_id in the record; Create or Update makes contacts that have none.',
		});
	});
}

/** Items for the same contact one after the other. */
async function save(context: IExecuteFunctions, recordOf: (index: number) => JsonObject): Promise<INodeExecutionData[][]> {
	return await writeEach(context, {
		plural: 'contacts',
		recordOf,
		laneOf,
		write: async (client, record) => (await saveContact(client, record)).contact,
	});
}

function laneOf(record: JsonObject): string {
	const name = `${text(record.contact_type) || 'customer'} ${text(record.contact_name).trim().toLowerCase()}`;
	return text(record.contact_id) || name;
}
