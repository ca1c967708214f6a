/** The webhooks and workflow rules of a trigger node in Books: a pair for each entity and kind of event. */

import type { BooksEvent, BooksHook } from '../../zoho/books/webhooks';
import { ensureHook, findHooks, listRules, listWebhooks, removeHook } from '../../zoho/books/webhooks';
import type { ZohoClient } from '../../zoho/client';
import { text } from '../../zoho/json';
import type { EventType } from '../shared/trigger/events';
import type { TriggerContext, TriggerKeys } from '../shared/trigger/keys';
import { readSettings } from '../shared/trigger/settings';
import type { Registration } from '../shared/trigger/system';
import { chosenEntities } from './source';
import { signingSecret } from './webhook';

export function booksRegistration(
	context: TriggerContext,
	client: ZohoClient,
	keys: TriggerKeys,
	url: string,
): Registration {
	const { events } = readSettings(context);
	const organizationId = client.connection.organizationId ?? '';
	const wanted = chosenEntities(context).flatMap((entity) =>
		ruleTypes(events).map((event) => hookFor(keys, url, organizationId, entity, event)),
	);
	return {
		isComplete: async () => {
			const states = await findHooks(
				client,
				wanted.map(({ name }) => name),
			);
			const others = await ownNames(client, keys);
			const missing = wanted.some(({ name, url: target }) => {
				const state = states.get(name);
				const right = state?.webhookId && state.ruleId && state.ruleIsActive !== false;
				return !right || (state.url !== undefined && state.url !== target);
			});
			return !missing && others.every((name) => states.has(name));
		},
		complete: async () => {
			const names = wanted.map(({ name }) => name);
			const states = await findHooks(client, [...new Set([...names, ...(await ownNames(client, keys))])]);
			for (const hook of wanted) await ensureHook(client, hook, states.get(hook.name) ?? {});
			// Of events or entities that are not wanted any more, or signed with a client secret that has been changed since.
			for (const [name, state] of states) {
				if (!names.includes(name)) await removeHook(client, state);
			}
		},
		remove: async () => {
			for (const state of (await findHooks(client, await ownNames(client, keys))).values()) {
				await removeHook(client, state);
			}
		},
	};
}

/** One rule for created and updated together: whether Books has a rule for edits alone is not documented. */
function ruleTypes(events: readonly EventType[]): BooksEvent[] {
	const saved: BooksEvent[] = events.includes('updated')
		? ['add_edit']
		: events.includes('created')
			? ['add']
			: [];
	return events.includes('deleted') ? [...saved, 'delete'] : saved;
}

/** All names of a trigger begin like this. */
function prefixOf({ label }: TriggerKeys): string {
	return `n8n-${label}-`;
}

/**
 * The name (at most 50 characters) tells whose it is, and under which secret it signs: Zoho never shows a
 * webhook's secret again, so one that was signed with an earlier client secret must not be taken for the
 * present one.
 */
function hookFor(
	keys: TriggerKeys,
	url: string,
	organization: string,
	entity: string,
	event: BooksEvent,
): BooksHook {
	const address = new URL(url);
	address.searchParams.set('entity', entity);
	address.searchParams.set('event', event);
	address.searchParams.set('organization', organization);
	return {
		name: `${prefixOf(keys)}${keys.secret('books-name', 8)} ${entity} ${event}`,
		entity,
		event,
		url: address.href,
		secret: signingSecret(keys),
	};
}

async function ownNames(client: ZohoClient, keys: TriggerKeys): Promise<string[]> {
	const webhooks = (await listWebhooks(client)).map((row) => text(row.webhook_name));
	const rules = (await listRules(client)).map((row) => text(row.workflow_name));
	return [...new Set([...webhooks, ...rules])].filter((name) => name.startsWith(prefixOf(keys)));
}
