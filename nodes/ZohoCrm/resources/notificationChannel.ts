import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { channelPages, disableChannel, enableChannel, longestChannelLife, renewChannel } from '../../../zoho/crm/channels';
import type { ChannelSpec } from '../../../zoho/crm/channels';
import { withoutSecrets } from '../../../zoho/errors';
import { text } from '../../../zoho/json';
import { listProperties } from '../../shared/listProperties';
import { gather, limitOf, type CrmResource } from '../operation';

const resource = ['notificationChannel'];
const showForSpec = { resource, operation: ['enable', 'renew'] };
const showForId = { resource, operation: ['enable', 'renew', 'disable'] };
const hour = 3_600_000;

function listOf(text: unknown): string[] {
	return String(text)
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function specOf(context: IExecuteFunctions, index: number): ChannelSpec {
	const hours = Number(context.getNodeParameter('hours', index, 24));
	if (!(hours > 0)) throw new NodeOperationError(context.getNode(), '"Lives for (Hours)" is not a number above 0', { itemIndex: index });
	return {
		channelId: String(context.getNodeParameter('channelId', index)),
		events: listOf(context.getNodeParameter('events', index)),
		notifyUrl: String(context.getNodeParameter('notifyUrl', index)),
		token: String(context.getNodeParameter('token', index, '')),
		expiresAt: Date.now() + Math.min(hours * hour, longestChannelLife),
	};
}

function granted({ channelId, events, notifyUrl }: ChannelSpec, { expiresAt }: { expiresAt: number }): IDataObject {
	return { channelId, events, notifyUrl, expiresAt: new Date(expiresAt).toISOString() };
}

/** A channel as Zoho lists it, without what proves to its receiver that a notification is Zoho's. */
function shown(channel: IDataObject): IDataObject {
	const told = Object.entries(channel).filter(([name]) => name !== 'token');
	return { ...Object.fromEntries(told), notify_url: withoutSecrets(text(channel.notify_url)) };
}

export const notificationChannel: CrmResource = {
	name: 'Notification Channel',
	value: 'notificationChannel',
	operations: [
		{
			name: 'Disable',
			value: 'disable',
			description: 'End a channel: Zoho CRM sends nothing more to it',
			action: 'Disable a notification channel',
			run: async (context, client, index) => {
				const channelId = String(context.getNodeParameter('channelId', index));
				return [{ channelId, disabled: await disableChannel(client, channelId) }];
			},
		},
		{
			name: 'Enable',
			value: 'enable',
			description: 'Open a channel that reports changes of records to an address',
			action: 'Enable a notification channel',
			run: async (context, client, index) => {
				const spec = specOf(context, index);
				return [granted(spec, await enableChannel(client, spec))];
			},
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the channels of the connected user, a row per channel and module',
			action: 'Get many notification channels',
			run: async (context, client, index) => (await gather(channelPages(client, limitOf(context, index)))).map(shown),
		},
		{
			name: 'Renew',
			value: 'renew',
			description: 'Give a channel a new expiry. A channel that lapsed must be enabled again.',
			action: 'Renew a notification channel',
			run: async (context, client, index) => {
				const spec = specOf(context, index);
				return [granted(spec, await renewChannel(client, spec))];
			},
		},
	],
	properties: [
		...listProperties('notificationChannel', ['getAll']),
		{
			displayName: 'Channel ID',
			name: 'channelId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1000000068001',
			description: 'A whole number of your choice, at most 19 digits, that identifies the channel',
			displayOptions: { show: showForId },
		},
		{
			displayName: 'Events',
			name: 'events',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Contacts.create, Contacts.edit, Accounts.all',
			description: 'Comma-separated: module and create, edit, delete or all. Zoho forgets events that a renewal does not name.',
			displayOptions: { show: showForSpec },
		},
		{
			displayName: 'Notify URL',
			name: 'notifyUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://n8n.example.com/webhook/zoho',
			description: 'Where Zoho CRM sends the notifications; at most 255 characters',
			displayOptions: { show: showForSpec },
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Comes back in every notification, so that the receiver can tell it is from Zoho; at most 50 characters',
			displayOptions: { show: showForSpec },
		},
		{
			displayName: 'Lives for (Hours)',
			name: 'hours',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 168 },
			default: 167,
			description: 'Zoho allows a week; the output tells what was granted',
			displayOptions: { show: showForSpec },
		},
	],
};
