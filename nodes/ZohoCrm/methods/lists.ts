/** Attachments, tags and users, for the lists of their fields. */

import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import { listAttachments } from '../../../zoho/crm/attachments';
import { listContactRoles } from '../../../zoho/crm/settings';
import { listTags } from '../../../zoho/crm/tags';
import { userPages } from '../../../zoho/crm/users';
import { text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { gather } from '../operation';
import { ask, chosen } from './ask';

/** Those whose name holds the filter, by name. */
function found(rows: JsonObject[], nameField: string, filter: string): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	const results = rows.map((row): INodeListSearchItems => ({ name: text(row[nameField]) || text(row.id), value: text(row.id) }));
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)).sort((one, other) => one.name.localeCompare(other.name)) };
}

/** Of the chosen record. */
export async function searchAttachments(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const to = { module: chosen(this, 'module'), recordId: chosen(this, 'recordId') };
	if (to.module === '' || to.recordId === '') return { results: [] };
	return found(await ask(this, async (client) => await listAttachments(client, to)), 'File_Name', filter);
}

/** Of the chosen module. */
export async function searchTags(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const module = chosen(this, 'module');
	if (module === '') return { results: [] };
	return found(await ask(this, async (client) => await listTags(client, module)), 'name', filter);
}

export async function searchUsers(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const users = await ask(this, async (client) => (await gather(userPages(client, 'AllUsers'))) as JsonObject[]);
	return found(users, 'full_name', filter);
}

export async function getContactRoles(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return (await ask(this, listContactRoles)).map((role) => ({ name: text(role.name), value: text(role.id) }));
}
