import type { INodeProperties } from 'n8n-workflow';

/** Which record; shown with the Module field. */
export const recordIdProperty: INodeProperties = {
	displayName: 'Record',
	name: 'recordId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchRecords', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 4876876000000240001' },
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://crm.zoho.eu/crm/org20081234567/tab/Contacts/4876876000000240001',
			extractValue: { type: 'regex', regex: 'https://crm(?:plus)?\\.zoho[a-z.]+/crm/(?:[^/]+/)?tab/[^/]+/([0-9]+)' },
		},
	],
};
