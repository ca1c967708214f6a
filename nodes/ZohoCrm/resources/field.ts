import type { IDataObject } from 'n8n-workflow';

import { listFields } from '../../../zoho/crm/metadata';
import { moduleProperty } from '../../shared/crmModules';
import { listProperties } from '../../shared/listProperties';
import { limitOf, moduleOf, type CrmResource } from '../operation';
import { simplifyProperty } from '../properties';
import { simpleField } from '../simplified';

/** The fields that a module has. */
export const field: CrmResource = {
	name: 'Field',
	value: 'field',
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the fields of a module, custom ones too: API names, types, what is required or unique, pick list values',
			action: 'Get many fields',
			run: async (context, client, index) => {
				const rows = (await listFields(client, moduleOf(context, index))).slice(0, limitOf(context, index));
				return context.getNodeParameter('simple', index, true) === true ? rows.map(simpleField) : (rows as IDataObject[]);
			},
		},
	],
	properties: [
		{ ...moduleProperty, displayOptions: { show: { resource: ['field'], operation: ['getAll'] } } },
		...listProperties('field', ['getAll']),
		simplifyProperty('field', ['getAll']),
	],
};
