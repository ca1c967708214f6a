import type { ICredentialTestRequest, ICredentialType, Icon } from 'n8n-workflow';

import { apiAddress, booksScopes } from '../zoho/oauth';
import { callsAtOnceProperty, callsPerMinuteProperty, oAuth2Properties } from './oAuth2Properties';

export class ZohoBooksOAuth2Api implements ICredentialType {
	name = 'zohoBooksOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Zoho Books OAuth2 API';

	documentationUrl = 'https://github.com/n8n-nodes-zoho-books-crm/n8n-nodes-zoho-books-crm/blob/main/docs/set-up.md';

	icon: Icon = { light: 'file:../icons/zohoBooks.svg', dark: 'file:../icons/zohoBooks.dark.svg' };

	properties = [...oAuth2Properties(booksScopes), callsPerMinuteProperty, callsAtOnceProperty];

	test: ICredentialTestRequest = {
		request: { baseURL: apiAddress(), url: '/books/v3/organizations', disableFollowRedirect: true },
	};
}
