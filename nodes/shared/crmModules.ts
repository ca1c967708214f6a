/** The modules of the CRM account, for dropdowns. */

import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { listModules } from '../../zoho/crm/metadata';
import { text } from '../../zoho/json';
import { connect } from './connection';
import { toNodeError } from './errors';

/** The Module field; the node's methods need `listSearch: { searchModules }`. */
export const moduleProperty: INodeProperties = {
	displayName: 'Module',
	name: 'module',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The CRM module, such as Accounts, Contacts or a custom one',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchModules', searchable: true },
		},
		{ displayName: 'By API Name', name: 'name', type: 'string', placeholder: 'e.g. Contacts' },
	],
};

/** Those whose records the API can read, by the names the account gives them. */
export async function getModules(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const modules = await connect(this, 'crm')
		.then(listModules)
		.catch((error: unknown) => Promise.reject(toNodeError(this.getNode(), error)));
	return modules
		.filter((module) => module.api_supported !== false && text(module.api_name) !== '')
		.map((module) => ({ name: text(module.plural_label) || text(module.api_name), value: text(module.api_name) }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

/** The same, for resource locators. */
export async function searchModules(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const wanted = filter.toLowerCase();
	const results = (await getModules.call(this)).filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted));
	return { results: results.map(({ name, value }) => ({ name, value: String(value) })) };
}
