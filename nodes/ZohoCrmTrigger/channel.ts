/**
 * The notification channel of a trigger node: one for all its modules and events, with an id, token and URL
 * that are its own.
 */

import { NodeOperationError } from 'n8n-workflow';

import type { ZohoClient } from '../../zoho/client';
import type { Channel, ChannelSpec } from '../../zoho/crm/channels';
import { disableChannel, enableChannel, getChannel, renewChannel } from '../../zoho/crm/channels';
import { ZohoError } from '../../zoho/errors';
import { equalSecrets } from '../../zoho/signature';
import { ClockedClient } from '../../zoho/clockedClient';
import type { EventType } from '../shared/trigger/events';
import type { TriggerContext, TriggerKeys } from '../shared/trigger/keys';
import { readSettings } from '../shared/trigger/settings';
import type { Registration } from '../shared/trigger/system';
import { chosenModules, hour, readCrmOptions } from './source';

const operations: Record<EventType, string> = { created: 'create', updated: 'edit', deleted: 'delete' };

/** CRM v8 "Enable Notifications": events per request and characters of the URL. */
const mostEvents = 50;
const longestUrl = 255;

/** By the address of the webhook: how long Zoho granted its channel when this process asked for it, milliseconds. */
const grantedLife = new Map<string, number>();

/** Sent back in the body of a notification; but null in some about deletes. */
export function channelToken(keys: TriggerKeys): string {
	return keys.secret('crm-token', 40);
}

/**
 * Sent in the query of the notify URL: proves a notification whose token is missing, and needs no body to be
 * read.
 */
export function urlSecret(keys: TriggerKeys): string {
	return keys.secret('crm-url', 24);
}

/**
 * A channel lapses and is dropped silently. So it is looked at often enough to be renewed in time, and at once when a poll brings what no
 * delivery told of, or when nothing but deliveries brings anything. Milliseconds.
 */
export function channelCheckEvery(context: TriggerContext, url: string, untold: boolean): number {
	if (untold || readSettings(context).delivery === 'webhook') return 0;
	return Math.min(hour, (grantedLife.get(url) ?? readCrmOptions(context).channelLife) / 10);
}

export function crmRegistration(
	context: TriggerContext,
	client: ZohoClient,
	keys: TriggerKeys,
	url: string,
): Registration {
	const { channelId } = keys;
	const { channelLife, renewEvery } = readCrmOptions(context);
	// Expiries are by Zoho's clock: on a machine whose clock is ahead, a week from now would be more than Zoho grants.
	const clocked = new ClockedClient(client);
	const now = () => clocked.serverTime;
	const spec = (): ChannelSpec => ({
		channelId,
		events: channelEvents(context),
		notifyUrl: notifyUrl(context, keys, url),
		token: channelToken(keys),
		expiresAt: now() + channelLife,
	});
	const isDue = ({ expiresAt }: Channel) =>
		renewalIsDue(expiresAt - now(), { channelLife, renewEvery, granted: grantedLife.get(url) });
	const keep = ({ expiresAt }: { expiresAt: number }) => grantedLife.set(url, expiresAt - now());
	const lapsed = (error: unknown) => error instanceof ZohoError && error.intent === 'gone';
	const renew = async () =>
		await renewChannel(clocked, spec()).catch(async (error: unknown) => {
			if (lapsed(error)) return await enableChannel(clocked, spec());
			throw error;
		});
	return {
		isComplete: async () => {
			const channel = await getChannel(clocked, channelId);
			return channel !== undefined && isAsWanted(channel, spec()) && !isDue(channel);
		},
		complete: async () => {
			const channel = await getChannel(clocked, channelId);
			if (!channel || channel.expiresAt <= now()) {
				keep(await enableChannel(clocked, spec()));
			} else if (!isAsWanted(channel, spec())) {
				// A renewal replaces URL, token and events, but leaves modules alone that are not wanted any more.
				await disableChannel(clocked, channelId);
				keep(await enableChannel(clocked, spec()));
			} else if (isDue(channel)) {
				keep(await renew());
			}
		},
		remove: async () => {
			await disableChannel(clocked, channelId);
			grantedLife.delete(url);
		},
	};
}

/**
 * Is it time to renew a channel with this much life left (milliseconds)? Normally `renewEvery` after it was
 * granted. Zoho grants an hour where it does not like the expiry asked for; such a channel is renewed when a
 * third of its life is over.
 */
export function renewalIsDue(
	left: number,
	{ channelLife, renewEvery, granted }: { channelLife: number; renewEvery: number; granted?: number },
): boolean {
	const isShort = granted !== undefined && granted < channelLife * 0.9;
	return left < (isShort ? (granted * 2) / 3 : channelLife - renewEvery);
}

function isAsWanted(channel: Channel, spec: ChannelSpec): boolean {
	const sorted = (events: string[]) => [...new Set(events)].sort().join();
	const sameToken = channel.token === undefined || equalSecrets(channel.token, spec.token);
	return channel.notifyUrl === spec.notifyUrl && sorted(channel.events) === sorted(spec.events) && sameToken;
}

function channelEvents(context: TriggerContext): string[] {
	const { events } = readSettings(context);
	const all = chosenModules(context).flatMap((module) =>
		events.map((event) => `${module}.${operations[event]}`),
	);
	if (all.length <= mostEvents) return all;
	throw new NodeOperationError(
		context.getNode(),
		`The trigger watches ${all.length} events; a channel takes ${mostEvents}`,
		{
			description: 'Choose fewer modules or events, and use a second trigger for the others.',
		},
	);
}

function notifyUrl(context: TriggerContext, keys: TriggerKeys, url: string): string {
	const address = new URL(url);
	address.searchParams.set('key', urlSecret(keys));
	if (address.href.length <= longestUrl) return address.href;
	throw new NodeOperationError(
		context.getNode(),
		`The address of the webhook has ${address.href.length} characters; Zoho CRM takes ${longestUrl}`,
		{ description: 'Use a shorter N8N_WEBHOOK_URL for n8n, or set the delivery to "Polling Only".' },
	);
}
