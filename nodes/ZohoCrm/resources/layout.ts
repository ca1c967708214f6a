import type { IDataObject } from 'n8n-workflow';

import { listLayouts } from '../../../zoho/crm/settings';
import { moduleProperty } from '../../shared/crmModules';
import { listProperties } from '../../shared/listProperties';
import { limitOf, moduleOf, type CrmResource } from '../operation';
import { simplifyProperty } from '../properties';
import { simpleLayout } from '../simplified';

/** The layouts that a module has. */
export const layout: CrmResource = {
	name: 'Layout',
	value: 'layout',
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the layouts of a module: their IDs, sections, fields, and which fields each layout requires',
			action: 'Get many layouts',
			run: async (context, client, index) => {
				const rows = (await listLayouts(client, moduleOf(context, index))).slice(0, limitOf(context, index));
				return context.getNodeParameter('simple', index, true) === true ? rows.map(simpleLayout) : (rows as IDataObject[]);
			},
		},
	],
	properties: [
		{ ...moduleProperty, displayOptions: { show: { resource: ['layout'], operation: ['getAll'] } } },
		...listProperties('layout', ['getAll']),
		simplifyProperty('layout', ['getAll']),
	],
};
