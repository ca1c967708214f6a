/** The related lists of the chosen module, and the fields of the chosen list. */

import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { listFields } from '../../../zoho/crm/metadata';
import { listRelatedLists } from '../../../zoho/crm/settings';
import { asObject, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { remembered } from '../../shared/remembered';
import { ask, chosen } from './ask';
import { byName, optionOf } from './fields';

/** Milliseconds: then a list that was added in CRM shows. */
const lasting = 5 * 60_000;

async function listsOf(client: ZohoClient, module: string): Promise<JsonObject[]> {
	return await remembered(client, `related lists of ${module}`, async () => await listRelatedLists(client, module), lasting);
}

export async function searchRelatedLists(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const module = chosen(this, 'module');
	if (module === '') return { results: [] };
	const wanted = filter.trim().toLowerCase();
	const lists = await ask(this, async (client) => await listsOf(client, module));
	const results = lists
		.map((list) => ({ name: text(list.display_label) || text(list.api_name), value: text(list.api_name) }))
		.filter(({ name, value }) => value !== '' && `${name} ${value}`.toLowerCase().includes(wanted));
	return { results: results.sort((one, other) => one.name.localeCompare(other.name)) };
}

/** Of the module whose records are on the list. */
export async function getRelatedFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const [module, name] = [chosen(this, 'module'), chosen(this, 'relatedList')];
	if (module === '' || name === '') return [];
	return await ask(this, async (client) => {
		const list = (await listsOf(client, module)).find((one) => text(one.api_name) === name);
		const target = text(asObject(list?.module).api_name);
		return target === '' ? [] : (await listFields(client, target)).map(optionOf).sort(byName);
	});
}
