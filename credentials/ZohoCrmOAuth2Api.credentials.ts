import type { ICredentialTestRequest, ICredentialType, Icon } from 'n8n-workflow';

import { apiAddress, crmScopes } from '../zoho/oauth';
import { callsAtOnceProperty, oAuth2Properties } from './oAuth2Properties';

export class ZohoCrmOAuth2Api implements ICredentialType {
	name = 'zohoCrmOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Zoho CRM OAuth2 API';

	documentationUrl = 'https://github.com/n8n-nodes-zoho-books-crm/n8n-nodes-zoho-books-crm/blob/main/docs/set-up.md';

	icon: Icon = { light: 'file:../icons/zohoCrm.svg', dark: 'file:../icons/zohoCrm.dark.svg' };

	properties = [...oAuth2Properties(crmScopes), callsAtOnceProperty];

	test: ICredentialTestRequest = {
		request: { baseURL: apiAddress(), url: '/crm/v8/org', disableFollowRedirect: true },
	};
}
