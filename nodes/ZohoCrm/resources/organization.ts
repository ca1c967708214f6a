import type { IDataObject } from 'n8n-workflow';

import { getOrg } from '../../../zoho/crm/metadata';
import type { CrmResource } from '../operation';

export const organization: CrmResource = {
	name: 'Organization',
	value: 'organization',
	operations: [
		{
			name: 'Get',
			value: 'get',
			description: 'Get the CRM organization: name, edition, currency, time zone, zgid',
			action: 'Get the organization',
			run: async (_context, client) => [(await getOrg(client)) as IDataObject],
		},
	],
	properties: [],
};
