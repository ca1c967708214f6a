import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { getOrganizations, organizationProperty } from '../shared/organizations';
import { getAccounts, getContactCustomFields, getCurrencies, getCustomFields, getTaxes, getUniqueFields, listSearch } from './methods';
import { resources } from './resources';

/** Sales, purchases, contacts, items, accounts and settings of Zoho Books: `resources` has them all. Declarative; what takes more than one call is in `customOperations`. */
export class ZohoBooks implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho Books',
		name: 'zohoBooks',
		icon: { light: 'file:../../icons/zohoBooks.svg', dark: 'file:../../icons/zohoBooks.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and write contacts, items, sales, purchases, payments, accounts and projects in Zoho Books',
		defaults: { name: 'Zoho Books' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'zohoBooksOAuth2Api', required: true }],
		// Makes the node a declarative one; every request goes to the address that the request path makes of the checked data centre.
		requestDefaults: { baseURL: '={{ $credentials.oauthTokenData?.api_domain }}' },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resources.map(({ name, value }) => ({ name, value })),
				default: 'contact',
			},
			...resources.map(({ value: resource, operations }) => ({
				displayName: 'Operation',
				name: 'operation',
				type: 'options' as const,
				noDataExpression: true,
				displayOptions: { show: { resource: [resource] } },
				options: operations.map(({ name, value, description, action, ...how }) => ({
					name,
					value,
					description,
					action,
					...('routing' in how && { routing: how.routing }),
				})),
				default: 'getAll',
			})),
			organizationProperty,
			...resources.flatMap(({ properties }) => properties),
		],
	};

	methods = { listSearch, loadOptions: { getAccounts, getContactCustomFields, getCurrencies, getCustomFields, getOrganizations, getTaxes, getUniqueFields } };

	customOperations: NonNullable<INodeType['customOperations']> = Object.fromEntries(
		resources.map(({ value, operations }) => [
			value,
			Object.fromEntries(operations.flatMap((operation) => ('run' in operation ? [[operation.value, operation.run]] : []))),
		]),
	);
}
