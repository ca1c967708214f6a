/** The names of the credential types, as nodes ask for them. */

import type { IExecuteFunctions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

export const zohoBooksOAuth2Api = 'zohoBooksOAuth2Api' as const;
export const zohoCrmOAuth2Api = 'zohoCrmOAuth2Api' as const;
export const zohoCrmClientCredentialsApi = 'zohoCrmClientCredentialsApi' as const;

/** What nodes that talk to Zoho CRM put into `credentials`; goes with `crmAuthenticationProperty`. */
export const crmCredentials: INodeCredentialDescription[] = [
	{ name: zohoCrmOAuth2Api, required: true, displayOptions: { show: { authentication: ['oAuth2'] } } },
	{ name: zohoCrmClientCredentialsApi, required: true, displayOptions: { show: { authentication: ['clientCredentials'] } } },
];

export const crmAuthenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Client Credentials', value: 'clientCredentials' },
		{ name: 'OAuth2', value: 'oAuth2' },
	],
	default: 'oAuth2',
};

/** The CRM account, as the node's credential names it; '' where the node has none. */
export function crmAccountOf(context: Pick<IExecuteFunctions, 'getNode'>): string {
	const { credentials = {}, parameters } = context.getNode();
	return credentials[crmCredentialType(parameters)]?.id ?? '';
}

/** The CRM credential type that a node's parameters choose. */
export function crmCredentialType(parameters: { authentication?: unknown }): string {
	return parameters.authentication === 'clientCredentials' ? zohoCrmClientCredentialsApi : zohoCrmOAuth2Api;
}
