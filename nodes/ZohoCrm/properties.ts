import type { INodeProperties } from 'n8n-workflow';

/** A record, chosen from a list that the node's method finds, by its id or by the address of its page. */
export function listedRecord(displayName: string, searchListMethod: string): INodeProperties {
	return {
		displayName,
		name: 'recordId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
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
}

/** `displayOptions` of a field of the resource, for the given operations. */
export const shownFor =
	(resource: string) =>
	(...operation: string[]) => ({ show: { resource: [resource], operation } });

/** Which record; shown with the Module field. */
export const recordIdProperty: INodeProperties = { ...listedRecord('Record', 'searchRecords'), required: true };

/** For rows of which Zoho tells more than most need. */
export function simplifyProperty(resource: string, operation: string[]): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simple',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions: { show: { resource: [resource], operation } },
	};
}

/** A list below the record, of the module that is chosen; the node's methods need `listSearch: { searchRelatedLists }`. */
export const relatedListProperty: INodeProperties = {
	displayName: 'Related List',
	name: 'relatedList',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'A list below a record of the module, such as the Products of a Deal',
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchRelatedLists', searchable: true } },
		{ displayName: 'By API Name', name: 'name', type: 'string', placeholder: 'e.g. Products' },
	],
};
