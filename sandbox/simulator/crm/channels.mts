import type { CrmOrg, ModuleState } from './org.mts';
import { renderUser, renderValue } from './render.mts';
import { valueOf } from './store.mts';
import type { Change } from './writer.mts';

export type EventName = 'create' | 'edit' | 'delete';
export const eventNames: readonly EventName[] = ['create', 'edit', 'delete'];

export const hour = 3_600_000;
const week = 7 * 24 * hour;

/** A `field_selection` condition: fields, or groups of them, joined by and/or. */
export interface FieldGroup {
	operator: 'and' | 'or';
	members: Array<string | FieldGroup>;
}

/** What a channel watches of one module. */
export interface Subscription {
	module: string;
	events: Set<EventName>;
	notifyUrl: string;
	token: string | null;
	/** Epoch milliseconds. */
	expiry: number;
	onRelated: boolean;
	returnValues: boolean;
	condition: FieldGroup | undefined;
	/** `notification_condition` as it was sent, for GET. */
	conditionJson: unknown;
}

export interface Channel {
	id: string;
	user: string;
	subscriptions: Map<string, Subscription>;
}

const eventOf = { insert: 'create', update: 'edit', delete: 'delete' } as const;
const idsPerNotification = 100;

/**
 * Channels of an org and what is sent through them. A channel that has expired says nothing and is as unknown as one that never was
 * (https://www.zoho.com/crm/developer/docs/api/v8/notifications/overview.html; renewal body observed in third-party tests).
 */
export class ChannelBook {
	readonly #org: CrmOrg;
	readonly #channels = new Map<string, Channel>();

	constructor(org: CrmOrg) {
		this.#org = org;
	}

	/** A user's live channel; expired modules of it are dropped first. */
	find(id: string, user: string): Channel | undefined {
		return this.live(user).find((channel) => channel.id === id);
	}

	/** All live channels, or those of one user. */
	live(user?: string): Channel[] {
		const now = this.#org.now();
		for (const channel of this.#channels.values()) {
			for (const [module, subscription] of channel.subscriptions)
				if (subscription.expiry <= now) channel.subscriptions.delete(module);
			if (channel.subscriptions.size === 0) this.#channels.delete(keyOf(channel));
		}
		return [...this.#channels.values()].filter((channel) => user === undefined || channel.user === user);
	}

	save(channel: Channel): void {
		this.#channels.set(keyOf(channel), channel);
	}

	remove(channel: Channel): void {
		this.#channels.delete(keyOf(channel));
	}

	/** Makes channels expire at once, silently; all of them, or the one with the id. For the control API. */
	lapse(id?: string): number {
		const lapsing = [...this.#channels.values()].filter((channel) => id === undefined || channel.id === id);
		for (const channel of lapsing) this.remove(channel);
		return lapsing.length;
	}

	/** The expiry that is granted for the one asked for: absent, or more than a week ahead, means an hour. */
	grantExpiry(asked: number | undefined): number {
		const now = this.#org.now();
		const granted = asked === undefined || asked > now + week ? now + hour : asked;
		return Math.min(granted, now + this.#org.switches.channelLife);
	}

	/** Sends what one API call (or one act at the desk) changed: per channel, module and operation, at most 100 ids at a time. */
	notify(changes: readonly Change[]): void {
		if (changes.length === 0) return;
		for (const channel of this.live()) {
			for (const subscription of channel.subscriptions.values()) {
				for (const operation of ['insert', 'update', 'delete'] as const) {
					const own = changes.filter(
						(change) => change.operation === operation && concerns(subscription, change),
					);
					this.#send(channel, subscription, operation, own);
				}
				if (subscription.onRelated) this.#sendRelated(channel, subscription, changes);
			}
		}
	}

	#send(
		channel: Channel,
		subscription: Subscription,
		operation: Change['operation'],
		changes: readonly Change[],
	): void {
		for (let from = 0; from < changes.length; from += idsPerNotification) {
			const part = changes.slice(from, from + idsPerNotification);
			const affected = operation === 'insert' ? [] : part.map((change) => affectedBy(this.#org, change));
			this.#deliver(channel, subscription, operation, part.map(idOf), affected);
		}
	}

	/** With `notify_on_related_action` (Zoho's default) an edit of a contact is told to those who watch its account, too. */
	#sendRelated(channel: Channel, subscription: Subscription, changes: readonly Change[]): void {
		const parent = this.#org.modules.get(subscription.module);
		if (!parent || !subscription.events.has('edit')) return;
		const ids = [...new Set(changes.flatMap((change) => parentsOf(parent, change)))].filter((id) =>
			parent.store.get(id),
		);
		for (let from = 0; from < ids.length; from += idsPerNotification) {
			const part = ids.slice(from, from + idsPerNotification);
			this.#deliver(
				channel,
				subscription,
				'update',
				part,
				part.map((id) => ({ id, values: {} })),
			);
		}
	}

	#deliver(
		channel: Channel,
		subscription: Subscription,
		operation: string,
		ids: string[],
		affected: Affected[],
	): void {
		const values = affected.map(({ id, values: all }) => ({ record_id: id, values: all }));
		this.#org.send(
			subscription.notifyUrl,
			{
				server_time: this.#org.now(),
				...(subscription.returnValues && affected.length ? { affected_values: values } : {}),
				query_params: Object.fromEntries(new URL(subscription.notifyUrl).searchParams),
				module: subscription.module,
				resource_uri: `${this.#org.apiDomain}/crm/v2/${subscription.module}`,
				ids,
				affected_fields: affected.map(({ id, values: all }) => ({ [id]: Object.keys(all) })),
				operation,
				channel_id: channel.id,
				token: subscription.token,
			},
			`${subscription.module} ${ids.length === 1 ? ids[0] : `${ids.length} records`} ${operation}`,
		);
	}
}

interface Affected {
	id: string;
	values: Record<string, unknown>;
}

const keyOf = (channel: Channel) => `${channel.user} ${channel.id}`;
const idOf = (change: Change) => (change.after ?? change.before)?.id ?? '';

function concerns(subscription: Subscription, change: Change): boolean {
	if (change.module.spec.name !== subscription.module || !subscription.events.has(eventOf[change.operation]))
		return false;
	return (
		change.operation !== 'update' || !subscription.condition || holds(subscription.condition, change.fields)
	);
}

function holds(group: FieldGroup, changed: readonly string[]): boolean {
	const test = (member: string | FieldGroup) =>
		typeof member === 'string' ? changed.includes(member) : holds(member, changed);
	return group.operator === 'and' ? group.members.every(test) : group.members.some(test);
}

/** Fields and values of a change as a notification tells them; of a deletion: who did it, and the record's state. */
function affectedBy(org: CrmOrg, change: Change): Affected {
	const id = idOf(change);
	if (change.operation === 'delete')
		return { id, values: { Modified_By: renderUser(org, change.by.id), Record_Status__s: 0 } };
	const values: Record<string, unknown> = {};
	for (const name of change.fields) {
		const field = change.module.fields.get(name);
		// Rows come with GET of one record only.
		if (field && field.type !== 'subform' && change.after)
			values[name] = renderValue(org, field, valueOf(change.after, name));
	}
	return { id, values };
}

function parentsOf(parent: ModuleState, change: Change): string[] {
	const ids: string[] = [];
	for (const [, module, lookup] of parent.spec.related) {
		if (module !== change.module.spec.name) continue;
		for (const record of [change.before, change.after]) {
			const id = record ? valueOf(record, lookup) : null;
			if (typeof id === 'string') ids.push(id);
		}
	}
	return ids;
}
