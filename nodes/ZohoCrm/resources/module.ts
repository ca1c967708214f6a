import type { IDataObject } from 'n8n-workflow';

import { ensureModule } from '../../../zoho/crm/customModules';
import { listModules } from '../../../zoho/crm/metadata';
import { getModule } from '../../../zoho/crm/settings';
import { refusal } from '../../../zoho/errors';
import { moduleProperty } from '../../shared/crmModules';
import { listProperties } from '../../shared/listProperties';
import { limitOf, moduleOf, neededText, type CrmResource } from '../operation';
import { fieldList } from '../given';

const show = { resource: ['module'], operation: ['ensure'] };

export const crmModule: CrmResource = {
	name: 'Module',
	value: 'module',
	operations: [
		{
			name: 'Ensure',
			value: 'ensure',
			description: 'Make sure that there is a custom module: find it or make it, and tell what is wrong with it',
			action: 'Ensure a custom module',
			run: async (context, client, index) => {
				const profileIds = fieldList(context.getNodeParameter('options.profileIds', index, ''));
				const module = await ensureModule(client, {
					apiName: neededText(context, 'apiName', 'API Name', index),
					singularLabel: neededText(context, 'singularLabel', 'Singular Label', index),
					pluralLabel: neededText(context, 'pluralLabel', 'Plural Label', index),
					...(profileIds.length > 0 && { profileIds }),
				});
				return [{ ...module }];
			},
		},
		{
			name: 'Get',
			value: 'get',
			description: 'Get what Zoho CRM tells of one module: its labels, what can be done with its records, who may see it',
			action: 'Get a module',
			run: async (context, client, index) => {
				const name = moduleOf(context, index);
				const module = await getModule(client, name);
				if (module) return [module as IDataObject];
				const call = { method: 'GET', path: '/crm/v8/settings/modules', subject: `the module ${name}` } as const;
				throw refusal(call, 'not-found', 'there is no such module', 'Check the API name. Get Many lists the modules.');
			},
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the modules that the edition has and the connected user may see',
			action: 'Get many modules',
			run: async (context, client, index) => (await listModules(client)).slice(0, limitOf(context, index)) as IDataObject[],
		},
	],
	properties: [
		{ ...moduleProperty, displayOptions: { show: { resource: ['module'], operation: ['get'] } } },
		{
			displayName: 'API Name',
			name: 'apiName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Books_Payments',
			description: 'At most 50 letters, digits and underscores',
			displayOptions: { show },
		},
		{
			displayName: 'Singular Label',
			name: 'singularLabel',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Books Payment',
			description: 'At most 25 letters, digits and spaces',
			displayOptions: { show },
		},
		{
			displayName: 'Plural Label',
			name: 'pluralLabel',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Books Payments',
			description: 'At most 25 letters, digits and spaces',
			displayOptions: { show },
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			displayOptions: { show },
			options: [
				{
					displayName: 'Profile IDs',
					name: 'profileIds',
					type: 'string',
					default: '',
					placeholder: 'e.g. 4876876000000026011',
					description: 'Whose profiles may see a module that is made, comma-separated. Without this option everybody may.',
				},
			],
		},
		...listProperties('module', ['getAll']),
	],
};
