/**
 * Notification channels. Source: CRM v8 "Notifications" APIs. A channel lives a week at most and lapses silently; a missing or longer expiry
 * is granted as one hour, so the expiry in Zoho's answer counts.
 */

import type { ZohoClient } from '../client';
import { toCrmTime, parseZohoTime } from '../dates';
import { refusal } from '../errors';
import { asArray, asObject, isObject, numberOf, objectsOf, text } from '../json';
import type { JsonObject, ZohoCall } from '../types';
import { crmRoot } from './read';

const path = `${crmRoot}/actions/watch`;

/** A little less than Zoho's week: a request that arrives late must not ask for more. */
export const longestChannelLife = (7 * 24 * 60 - 10) * 60_000;

export interface ChannelSpec {
	/** Decimal string, see `deriveChannelId`. */
	channelId: string;
	/** `Contacts.create`, `Contacts.edit`, `Contacts.delete`, `Contacts.all`. */
	events: string[];
	/** https, at most 255 characters. */
	notifyUrl: string;
	/** At most 50 characters; comes back in every notification. '' for none. */
	token: string;
	/** Wanted, epoch milliseconds. */
	expiresAt: number;
	/** Notifications of updates hold the new values. */
	affectedValues?: boolean;
}

export interface Channel {
	channelId: string;
	events: string[];
	notifyUrl: string;
	token?: string;
	/** Epoch milliseconds; the earliest of its modules. */
	expiresAt: number;
}

/** The channel as Zoho has it; undefined when it lapsed or never was. Zoho answers with one row per module. */
export async function getChannel(client: ZohoClient, channelId: string): Promise<Channel | undefined> {
	const call: ZohoCall = {
		method: 'GET',
		path,
		query: { channel_id: channelId, page: 1, per_page: 200 },
		subject: `notification channel ${channelId}`,
		scope: 'ZohoCRM.notifications.READ',
	};
	const rows = objectsOf(asObject((await client.requestIfThere(call))?.body).watch);
	const ours = rows.filter((row) => text(row.channel_id) === channelId);
	const [first] = ours;
	if (!first) return undefined;
	const token = text(first.token);
	return {
		channelId,
		events: ours.flatMap((row) => asArray(row.events).map(text)),
		notifyUrl: text(first.notify_url),
		...(token !== '' && { token }),
		expiresAt: earliest(ours, call),
	};
}

/** Subscribes. The same channel again replaces it. Resolves with the expiry that Zoho granted (epoch milliseconds). */
export async function enableChannel(client: ZohoClient, spec: ChannelSpec): Promise<{ expiresAt: number }> {
	return await subscribe(client, spec, 'POST');
}

/**
 * Gives the channel a new expiry, and all else as in `spec`. Resolves with the expiry that Zoho granted.
 * @throws ZohoError with intent `gone` (NOT_SUBSCRIBED) when it lapsed: enable it again
 */
export async function renewChannel(client: ZohoClient, spec: ChannelSpec): Promise<{ expiresAt: number }> {
	return await subscribe(client, spec, 'PUT');
}

async function subscribe(
	client: ZohoClient,
	spec: ChannelSpec,
	method: 'POST' | 'PUT',
): Promise<{ expiresAt: number }> {
	const call: ZohoCall = {
		method,
		path,
		body: {
			watch: [
				{
					channel_id: spec.channelId,
					events: spec.events,
					notify_url: spec.notifyUrl,
					...(spec.token !== '' && { token: spec.token }),
					channel_expiry: toCrmTime(spec.expiresAt),
					// Otherwise every change of a Contact is told for its Account too.
					notify_on_related_action: false,
					return_affected_field_values: spec.affectedValues ?? false,
				},
			],
		},
		subject: `notification channel ${spec.channelId}`,
		scope: `ZohoCRM.notifications.${method === 'POST' ? 'CREATE' : 'UPDATE'}`,
		// The channel's id is ours: subscribing it twice is subscribing it once.
		repeatable: true,
	};
	const reply = await client.request(call);
	const items = objectsOf(asObject(reply.body).watch);
	return {
		expiresAt: earliest(
			items.flatMap((item) => objectsOf(asObject(item.details).events)),
			call,
		),
	};
}

function earliest(rows: JsonObject[], call: ZohoCall): number {
	const times = rows
		.map((row) => parseZohoTime(text(row.channel_expiry)))
		.filter((time) => time !== undefined);
	if (times.length > 0) return Math.min(...times);
	throw refusal(call, 'no-expiry', 'Zoho CRM did not say until when the channel lives', 'Run this again.');
}

/** Unsubscribes. False when there was nothing to unsubscribe. */
export async function disableChannel(client: ZohoClient, channelId: string): Promise<boolean> {
	const reply = await client.requestIfThere({
		method: 'DELETE',
		path,
		query: { channel_ids: channelId },
		subject: `notification channel ${channelId}`,
		scope: 'ZohoCRM.notifications.DELETE',
	});
	return reply !== undefined && reply.body !== undefined;
}

export interface CrmNotification {
	channelId: string;
	/** To be compared with the channel's; Zoho leaves it out of some deletes. */
	token?: string;
	/** API name of the module. */
	module: string;
	operation: 'insert' | 'update' | 'delete';
	ids: string[];
	/** Epoch milliseconds. */
	serverTime?: number;
	/** Record id → API names of the fields that changed. */
	affectedFields: Record<string, string[]>;
	/** Record id → new values, when the channel asks for them. */
	affectedValues: Record<string, JsonObject>;
}

/** Reads a notification's body; undefined when it is not one. Nothing in it is to be trusted before the token was compared. */
export function readNotification(body: unknown): CrmNotification | undefined {
	if (!isObject(body)) return undefined;
	const { operation } = body;
	const channelId = text(body.channel_id);
	const module = text(body.module);
	const ids = asArray(body.ids)
		.map(text)
		.filter((id) => id !== '');
	if (operation !== 'insert' && operation !== 'update' && operation !== 'delete') return undefined;
	if (channelId === '' || module === '' || ids.length === 0) return undefined;
	const token = text(body.token);
	const serverTime = numberOf(body.server_time);
	const fields = objectsOf(body.affected_fields).flatMap(Object.entries<unknown>);
	const values = objectsOf(body.affected_values).map(
		(row) => [text(row.record_id), asObject(row.values)] as const,
	);
	return {
		channelId,
		module,
		operation,
		ids,
		affectedFields: Object.fromEntries(fields.map(([id, names]) => [id, asArray(names).map(text)])),
		affectedValues: Object.fromEntries(values),
		...(token !== '' && { token }),
		...(serverTime !== undefined && { serverTime }),
	};
}

/** All channels of the connected user, one entry per channel and module, as Zoho lists them. */
export async function* channelPages(client: ZohoClient, limit = Number.POSITIVE_INFINITY): AsyncGenerator<JsonObject[]> {
	let left = limit;
	for (let page = 1; left > 0; page++) {
		const reply = await client.request({
			method: 'GET',
			path,
			query: { page, per_page: Math.min(200, limit) },
			subject: 'the notification channels',
			scope: 'ZohoCRM.notifications.READ',
		});
		const body = asObject(reply.body);
		const rows = objectsOf(body.watch).slice(0, left);
		left -= rows.length;
		if (rows.length > 0) yield rows;
		if (asObject(body.info).more_records !== true) return;
	}
}
