import type { IDataObject } from 'n8n-workflow';

import { getUser, userPages } from '../../../zoho/crm/users';
import { refusal } from '../../../zoho/errors';
import { listProperties } from '../../shared/listProperties';
import { gather, limitOf, neededChoice, type CrmResource } from '../operation';
import { shownFor } from '../properties';

const show = shownFor('user');

/** The people who work in the CRM account. */
export const user: CrmResource = {
	name: 'User',
	value: 'user',
	operations: [
		{
			name: 'Get',
			value: 'get',
			description: 'Get one user of Zoho CRM: name, e-mail, role, profile, time zone',
			action: 'Get a user',
			run: async (context, client, index) => {
				const id = neededChoice(context, 'userId', 'User', index);
				const found = await getUser(client, id);
				if (found) return [found as IDataObject];
				const call = { method: 'GET', path: '/crm/v8/users', subject: `user ${id}` } as const;
				throw refusal(call, 'not-found', 'there is no such user', 'Check the ID. Get Many lists the users.');
			},
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the users of the CRM organization, or the connected one',
			action: 'Get many users',
			run: async (context, client, index) => await gather(userPages(client, String(context.getNodeParameter('userType', index, 'AllUsers')), limitOf(context, index))),
		},
	],
	properties: [
		{
			displayName: 'User',
			name: 'userId',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			modes: [
				{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchUsers', searchable: true } },
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 4876876000000240001' },
			],
			displayOptions: show('get'),
		},
		{
			displayName: 'Type',
			name: 'userType',
			type: 'options',
			options: [
				{ name: 'Active', value: 'ActiveUsers' },
				{ name: 'Active and Confirmed', value: 'ActiveConfirmedUsers', description: 'Those who can sign in' },
				{ name: 'Active, Confirmed Administrators', value: 'ActiveConfirmedAdmins' },
				{ name: 'Administrators', value: 'AdminUsers' },
				{ name: 'All', value: 'AllUsers' },
				{ name: 'Confirmed', value: 'ConfirmedUsers', description: 'Those who accepted the invitation' },
				{ name: 'Current', value: 'CurrentUser', description: 'The one whose consent the credential stands for' },
				{ name: 'Deactivated', value: 'DeactiveUsers' },
				{ name: 'Deleted', value: 'DeletedUsers' },
				{ name: 'Not Confirmed', value: 'NotConfirmedUsers' },
			],
			default: 'AllUsers',
			description: 'Which of the users to get',
			displayOptions: show('getAll'),
		},
		...listProperties('user', ['getAll']),
	],
};
