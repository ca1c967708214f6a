import type { INodeProperties } from 'n8n-workflow';

import { accountsAddress, dataCentreOptions } from '../zoho/oauth';

const hidden = (displayName: string, name: string, value: string): INodeProperties => ({
	displayName,
	name,
	type: 'hidden',
	default: value,
});

export const dataCentreProperty: INodeProperties = {
	displayName: 'Data Centre',
	name: 'dataCentre',
	type: 'options',
	options: dataCentreOptions,
	default: 'us',
	description:
		'Where the Zoho account lives: the ending of the address in the browser when you are signed in, such as zoho.eu. Zoho Books and Zoho CRM may live in different ones.',
};

/** Books and CRM limit the calls under way at once by edition, over all processes. Default: what `zoho/` takes where nothing is said. */
export const callsAtOnceProperty: INodeProperties = {
	displayName: 'Calls at Once',
	name: 'callsAtOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 25 },
	default: 5,
	description:
		'How many calls each process of n8n may have under way at the same time. Zoho allows 5 on free plans and 10 or more on others, over all processes together.',
};

/** Zoho Books allows 100 calls a minute and organization on every plan (Books API "Introduction", API call limit). */
export const callsPerMinuteProperty: INodeProperties = {
	displayName: 'Calls per Minute',
	name: 'callsPerMinute',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100 },
	default: 95,
	description:
		'How many calls a minute each process of n8n may send. Zoho Books allows an organization 100, over all processes and applications together. With n8n in queue mode, divide by the number of workers and one more for the main process; undivided, the processes find their parts by what Zoho refuses.',
};

/**
 * The fields of an OAuth2 credential of one Zoho product. n8n takes the hidden ones from here, never from what was stored, so a corrected
 * address reaches every credential with the next version. The token type is left alone: with another than Bearer n8n would put the token into the URL.
 */
export function oAuth2Properties(scopes: readonly string[]): INodeProperties[] {
	return [
		hidden('Grant Type', 'grantType', 'authorizationCode'),
		dataCentreProperty,
		hidden('Authorization URL', 'authUrl', accountsAddress('/oauth/v2/auth')),
		hidden('Access Token URL', 'accessTokenUrl', accountsAddress('/oauth/v2/token')),
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: scopes.join(','),
			description:
				'Comma-separated. The default is the least that all operations need. A credential made with an earlier version keeps its own: add what is missing. After a change connect again.',
		},
		// Zoho gives a refresh token only with both (Zoho Accounts "Authorization request").
		hidden('Auth URI Query Parameters', 'authQueryParameters', 'access_type=offline&prompt=consent'),
		hidden('Authentication', 'authentication', 'body'),
	];
}
