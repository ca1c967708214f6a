import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { type Channel, type EventName, eventNames, type Subscription } from './channels.mts';
import { CrmRefusal, fault, faults, refuse } from './errors.mts';
import type { CrmOrg } from './org.mts';
import { writeTime } from './times.mts';
import { type Order, readOrder, WrongItem } from './watchOrder.mts';

/**
 * `/crm/v8/actions/watch`. Sources: Zoho's OpenAPI file for notifications and the pages "Enable", "Update details of",
 * "Update specific information of" and "Disable notifications".
 */

type ItemResult = { code: string; details: unknown; message: string; status: 'success' | 'error' };
const fine = (message: string, details: unknown): ItemResult => ({
	code: 'SUCCESS',
	details,
	message,
	status: 'success',
});
const notSubscribed = () => fault('NOT_SUBSCRIBED', 'Not subscribed for actions-watch of the given channel');

/** What a channel says of a module from now on; `before` fills what the order does not name. */
function subscriptionOf(
	org: CrmOrg,
	order: Order,
	module: string,
	events: Set<EventName>,
	before?: Subscription,
): Subscription {
	const condition = order.conditions?.get(module);
	return {
		module,
		events,
		notifyUrl: order.notifyUrl,
		token: order.token === undefined ? (before?.token ?? null) : order.token,
		expiry: before && order.expiry === undefined ? before.expiry : org.channels.grantExpiry(order.expiry),
		onRelated: order.onRelated ?? before?.onRelated ?? true,
		returnValues: order.returnValues ?? before?.returnValues ?? false,
		condition: condition?.group ?? before?.condition,
		conditionJson: condition?.json ?? before?.conditionJson ?? null,
	};
}

function rowsOf(org: CrmOrg, channel: Channel, modules: Iterable<string>): unknown {
	return {
		events: [...modules].map((name) => {
			const subscription = channel.subscriptions.get(name);
			return {
				channel_expiry: writeTime(subscription?.expiry ?? org.now(), org.timeZone),
				// Zoho names /crm/v2/ here in every version.
				resource_uri: `${org.apiDomain}/crm/v2/${name}`,
				resource_id: org.modules.get(name)?.id ?? '',
				resource_name: name,
				channel_id: channel.id,
			};
		}),
	};
}

function enable(org: CrmOrg, order: Order, user: string): ItemResult {
	const channel = org.channels.find(order.id, user) ?? {
		id: order.id,
		user,
		subscriptions: new Map<string, Subscription>(),
	};
	for (const [module, events] of order.modules)
		channel.subscriptions.set(module, subscriptionOf(org, order, module, events));
	org.channels.save(channel);
	return fine(
		'Successfully subscribed for actions-watch of the given module',
		rowsOf(org, channel, order.modules.keys()),
	);
}

/** PUT: the channel is what the order says and nothing else. */
function replace(org: CrmOrg, order: Order, user: string): ItemResult {
	const channel = org.channels.find(order.id, user);
	if (!channel) return notSubscribed();
	channel.subscriptions = new Map(
		[...order.modules].map(([module, events]) => [module, subscriptionOf(org, order, module, events)]),
	);
	return fine('Successfully updated the subscribe details', rowsOf(org, channel, order.modules.keys()));
}

/** PATCH: what the order does not name stays; with `_delete_events` the named events go. */
function amend(org: CrmOrg, order: Order, user: string): ItemResult {
	const channel = org.channels.find(order.id, user);
	if (!channel) return notSubscribed();
	if (order.deleteEvents) return withdraw(org, channel, order);
	for (const [module, events] of order.modules) {
		channel.subscriptions.set(
			module,
			subscriptionOf(org, order, module, events, channel.subscriptions.get(module)),
		);
	}
	return fine('Successfully updated the subscribe details', rowsOf(org, channel, order.modules.keys()));
}

function withdraw(org: CrmOrg, channel: Channel, order: Order): ItemResult {
	const rows = rowsOf(org, channel, order.modules.keys());
	for (const [module, events] of order.modules) {
		const subscription = channel.subscriptions.get(module);
		for (const event of events) subscription?.events.delete(event);
		if (subscription?.events.size === 0) channel.subscriptions.delete(module);
	}
	if (channel.subscriptions.size === 0) org.channels.remove(channel);
	return fine('Successfully removed the subscribe details', rows);
}

const carryOut = { POST: enable, PUT: replace, PATCH: amend } as const;

/** POST, PUT and PATCH: an order per entry of `watch`, a result per order. */
export function writeChannels(call: CrmCall, method: 'POST' | 'PUT' | 'PATCH'): SimResponse {
	const { org } = call;
	const body = call.json();
	// Zoho's page sends PATCH a list as the others take, its OpenAPI file one channel without the list.
	const entries = method === 'PATCH' && 'channel_id' in body ? [body] : body['watch'];
	if (!Array.isArray(entries)) throw new CrmRefusal(400, faults.mandatory('watch', '$.watch'));
	if (entries.length === 0 || entries.length > 50)
		throw new CrmRefusal(400, faults.tooLong(50, 'watch', '$.watch'));
	const results = entries.map((entry, index): ItemResult => {
		try {
			return carryOut[method](org, readOrder(org, entry, `$.watch[${index}]`), call.user.id);
		} catch (error) {
			if (error instanceof WrongItem) return error.fault;
			throw error;
		}
	});
	const failed = results.filter((result) => result.status === 'error').length;
	const status = failed === 0 ? (method === 'POST' ? 201 : 200) : failed === results.length ? 400 : 207;
	return { status, json: { watch: results } };
}

/** GET: one row per module of the user's live channels; 204 when there is none. */
export function listChannels(call: CrmCall): SimResponse {
	const { org } = call;
	const { page, perPage } = call.paging();
	const id = call.query('channel_id');
	const module = call.query('module');
	const rows = org.channels
		.live(call.user.id)
		.filter((channel) => id === undefined || channel.id === id)
		.flatMap((channel) =>
			[...channel.subscriptions.values()].map((subscription) => ({ channel, subscription })),
		)
		.filter(({ subscription }) => module === undefined || subscription.module === module);
	const part = rows.slice((page - 1) * perPage, page * perPage);
	if (part.length === 0) return { status: 204 };
	return {
		status: 200,
		json: {
			watch: part.map(({ channel, subscription }) => ({
				notify_on_related_action: subscription.onRelated,
				channel_expiry: writeTime(subscription.expiry, org.timeZone),
				return_affected_field_values: subscription.returnValues,
				resource_uri: `${org.apiDomain}/crm/v8/${subscription.module}`,
				resource_id: org.modules.get(subscription.module)?.id ?? '',
				notify_url: subscription.notifyUrl,
				resource_name: subscription.module,
				fields: null,
				notification_condition: subscription.conditionJson === null ? null : [subscription.conditionJson],
				channel_id: channel.id,
				events: eventNames
					.filter((event) => subscription.events.has(event))
					.map((event) => `${subscription.module}.${event}`),
				token: subscription.token,
			})),
			info: { per_page: perPage, count: part.length, page, more_records: rows.length > page * perPage },
		},
	};
}

/** DELETE ?channel_ids=1,2: a result per module of each channel. */
export function disableChannels(call: CrmCall): SimResponse {
	const { org } = call;
	const asked = call.query('channel_ids');
	if (!asked)
		refuse(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
			param_name: 'channel_ids',
		});
	if (asked.length > 512)
		refuse(400, 'INVALID_DATA', 'invalid data', { maximum_length: 512, param_name: 'channel_ids' });
	const results = asked.split(',').flatMap((id): ItemResult[] => {
		const channel = org.channels.find(id.trim(), call.user.id);
		if (!channel) return [notSubscribed()];
		org.channels.remove(channel);
		return [...channel.subscriptions.keys()].map((name) =>
			fine('Successfully un-subscribed from actions-watch', {
				resource_uri: `${org.apiDomain}/crm/v8/${name}`,
				resource_id: org.modules.get(name)?.id ?? '',
				channel_id: channel.id,
			}),
		);
	});
	const failed = results.filter((result) => result.status === 'error').length;
	return { status: failed === 0 ? 200 : failed === results.length ? 400 : 207, json: { watch: results } };
}
