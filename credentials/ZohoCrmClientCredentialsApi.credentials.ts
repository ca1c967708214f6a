import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { requestClientToken } from '../zoho/clientCredentials';
import { apiAddress, crmScopes } from '../zoho/oauth';
import { callsAtOnceProperty, dataCentreProperty } from './oAuth2Properties';

/** For servers where nobody can press "Accept". Source: Zoho Accounts "Self client: client credentials flow". */
export class ZohoCrmClientCredentialsApi implements ICredentialType {
	name = 'zohoCrmClientCredentialsApi';

	displayName = 'Zoho CRM Client Credentials API';

	documentationUrl = 'https://github.com/n8n-nodes-zoho-books-crm/n8n-nodes-zoho-books-crm/blob/main/docs/set-up.md';

	icon: Icon = { light: 'file:../icons/zohoCrm.svg', dark: 'file:../icons/zohoCrm.dark.svg' };

	properties: INodeProperties[] = [
		dataCentreProperty,
		{ displayName: 'Client ID', name: 'clientId', type: 'string', default: '', required: true },
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Organization ID (zgid)',
			name: 'zgid',
			type: 'string',
			default: '',
			required: true,
			description: 'In Zoho CRM under Setup, Developer Hub, APIs, or as "zgid" in the answer of the Organization resource',
		},
		{ displayName: 'Scope', name: 'scope', type: 'string', default: crmScopes.join(','), description: 'Comma-separated' },
		callsAtOnceProperty,
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** n8n calls this when there is no token yet and after a 401. Throws with Zoho's reason in words. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<{ accessToken: string }> {
		const accessToken = await requestClientToken(
			credentials,
			async ({ url, form }) =>
				await this.helpers.httpRequest({
					method: 'POST',
					url,
					headers: { 'content-type': 'application/x-www-form-urlencoded' },
					body: form,
					json: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
				}),
			Date.now(),
		);
		return { accessToken };
	}

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.accessToken }}' } },
	};

	test: ICredentialTestRequest = { request: { baseURL: apiAddress(), url: '/crm/v8/org', disableFollowRedirect: true } };
}
