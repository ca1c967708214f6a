import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { crmAuthenticationProperty, crmCredentials } from '../shared/credentials';
import { searchModules } from '../shared/crmModules';
import { getDealFields, getReadableFields, getUniqueFields, getWritableFields } from './methods/fields';
import { getContactRoles, searchAttachments, searchTags, searchUsers } from './methods/lists';
import { searchAccounts, searchContacts, searchLeads, searchRecords } from './methods/records';
import { getRelatedFields, searchRelatedLists } from './methods/relatedLists';
import { getKeyFields, getLayouts, getMultiSelectFields } from './methods/choices';
import { runOperation } from './operation';
import { resources } from './resources';

/** Records of any module with their notes, files, tags and related lists, conversion of Leads, what Deals know of invoices, and the settings of the account. Writes go 100 per call, which n8n's declarative routing cannot do. */
export class ZohoCrm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho CRM',
		name: 'zohoCrm',
		icon: { light: 'file:../../icons/zohoCrm.svg', dark: 'file:../../icons/zohoCrm.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + ($parameter["module"]?.value || $parameter["resource"]) }}',
		description: 'Read and write records of any Zoho CRM module, 100 per call',
		defaults: { name: 'Zoho CRM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: crmCredentials,
		properties: [
			crmAuthenticationProperty,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resources.map(({ name, value }) => ({ name, value })),
				default: 'record',
			},
			...resources.map(({ value: resource, operations }) => ({
				displayName: 'Operation',
				name: 'operation',
				type: 'options' as const,
				noDataExpression: true,
				displayOptions: { show: { resource: [resource] } },
				options: operations.map(({ name, value, description, action }) => ({ name, value, description, action })),
				default: operations.some(({ value }) => value === 'getAll') ? 'getAll' : (operations[0]?.value ?? ''),
			})),
			...resources.flatMap(({ properties }) => properties),
		],
	};

	methods = {
		loadOptions: { getContactRoles, getReadableFields, getRelatedFields, getUniqueFields, getKeyFields, getLayouts, getMultiSelectFields },
		listSearch: {
			searchAccounts,
			searchAttachments,
			searchContacts,
			searchLeads,
			searchModules,
			searchRecords,
			searchRelatedLists,
			searchTags,
			searchUsers,
		},
		resourceMapping: { getDealFields, getWritableFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const chosen = this.getNodeParameter('resource', 0);
		const wanted = this.getNodeParameter('operation', 0);
		const operation = resources.find(({ value }) => value === chosen)?.operations.find(({ value }) => value === wanted);
		if (operation) return await runOperation(this, operation);
		throw new NodeOperationError(this.getNode(), `The node knows no operation "${wanted}" of "${chosen}"`);
	}
}
