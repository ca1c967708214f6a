/**
 * Webhooks and the workflow rules that call them; a webhook alone is never sent. Sources: Books v3 "Webhooks" and "Workflows" for addresses and
 * fields; bodies as public integrations send them. Neither is in Zoho's OpenAPI files. Names are unique per organization, so they identify ours.
 */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, text } from '../json';
import type { JsonObject, ZohoCall } from '../types';
import { bookPages, booksRoot } from './read';
import type { BooksList } from './read';

/** When a rule fires. */
export type BooksEvent = 'add' | 'add_edit' | 'delete';

/** One webhook and the one workflow rule that calls it; both have the same name. */
export interface BooksHook {
	/** At most 50 characters. */
	name: string;
	/** `customer`, `vendor`, `item`, … */
	entity: string;
	event: BooksEvent;
	url: string;
	/** 12 to 50 letters and digits; signs every delivery. Zoho never shows it again. */
	secret: string;
}

/** What there is of a hook. */
export interface BooksHookState {
	webhookId?: string;
	/** Where the webhook sends to, when Zoho tells it. */
	url?: string;
	ruleId?: string;
	/** False when the rule was switched off. */
	ruleIsActive?: boolean;
}

/** Source: Zoho Books knowledge base, "number of workflow rules": from this plan on. A webhook without a rule is never sent. */
export const workflowPlan = 'Professional';

const webhooks: BooksList = {
	path: '/settings/webhooks',
	listKey: 'webhooks',
	label: 'webhooks',
	scope: 'settings',
	plan: workflowPlan,
};
const rules: BooksList = {
	path: '/settings/workflows',
	listKey: 'workflows',
	label: 'workflow rules',
	scope: 'settings',
	plan: workflowPlan,
};

async function all(client: ZohoClient, list: BooksList): Promise<JsonObject[]> {
	const rows: JsonObject[] = [];
	for await (const page of bookPages(client, list)) rows.push(...page);
	return rows;
}

/** All webhooks of the organization. */
export async function listWebhooks(client: ZohoClient): Promise<JsonObject[]> {
	return await all(client, webhooks);
}

/** All workflow rules of the organization. */
export async function listRules(client: ZohoClient): Promise<JsonObject[]> {
	return await all(client, rules);
}

/** What there is of the named hooks; two lists serve all of them. */
export async function findHooks(client: ZohoClient, names: string[]): Promise<Map<string, BooksHookState>> {
	const hooks = await listWebhooks(client);
	const flows = await listRules(client);
	const states = names.map((name): [string, BooksHookState] => {
		const hook = hooks.find((one) => text(one.webhook_name) === name);
		const rule = flows.find((one) => text(one.workflow_name) === name);
		const state: BooksHookState = {};
		if (hook) state.webhookId = text(hook.webhook_id);
		if (hook && text(hook.url) !== '') state.url = text(hook.url);
		if (rule) state.ruleId = text(rule.workflow_id);
		if (rule) state.ruleIsActive = !isOff(rule);
		return [name, state];
	});
	return new Map(states);
}

function isOff(rule: JsonObject): boolean {
	return rule.is_active === false || text(rule.status).toLowerCase() === 'inactive';
}

/**
 * Makes webhook and rule where they are missing. A webhook that sends elsewhere (n8n's address changed) is replaced with its rule; a rule that was
 * switched off is replaced too.
 * @param state what `findHooks` said about the hook
 */
export async function ensureHook(
	client: ZohoClient,
	hook: BooksHook,
	state: BooksHookState,
): Promise<{ webhookId: string; ruleId: string }> {
	const isElsewhere = state.url !== undefined && state.url !== hook.url;
	if (isElsewhere || (state.webhookId === undefined && state.ruleId !== undefined)) {
		await removeHook(client, state);
		return await ensureHook(client, hook, {});
	}
	if (state.ruleId !== undefined && state.ruleIsActive === false) {
		await remove(client, rules, state.ruleId);
		return await ensureHook(client, hook, { webhookId: state.webhookId });
	}
	const webhookId = state.webhookId ?? (await createWebhook(client, hook));
	if (state.ruleId !== undefined) return { webhookId, ruleId: state.ruleId };
	const ruleId = await createRule(client, hook, webhookId).catch(async (reason: unknown) => {
		// A webhook without its rule would never fire.
		if (state.webhookId === undefined) await remove(client, webhooks, webhookId).catch(() => undefined);
		throw reason;
	});
	return { webhookId, ruleId };
}

/** Rule first, then webhook: Zoho keeps a webhook that a rule uses. What is gone already is fine. */
export async function removeHook(client: ZohoClient, state: BooksHookState): Promise<void> {
	if (state.ruleId !== undefined) await remove(client, rules, state.ruleId);
	if (state.webhookId !== undefined) await remove(client, webhooks, state.webhookId);
}

async function remove(client: ZohoClient, list: BooksList, id: string): Promise<void> {
	await client.requestIfThere({
		method: 'DELETE',
		path: `${booksRoot}${list.path}/${encodeURIComponent(id)}`,
		subject: `${list.label} ${id}`,
		scope: 'ZohoBooks.settings.DELETE',
		plan: workflowPlan,
	});
}

async function createWebhook(client: ZohoClient, hook: BooksHook): Promise<string> {
	const body = {
		webhook_name: hook.name,
		description: 'Made by the Zoho Books Trigger of n8n. It is removed when the workflow is switched off.',
		entity: hook.entity,
		method: 'POST',
		url: hook.url,
		secret: hook.secret,
	};
	return await create(client, webhooks, body, `webhook "${hook.name}"`, ['webhook', 'webhook_id']);
}

async function createRule(client: ZohoClient, hook: BooksHook, webhookId: string): Promise<string> {
	const body = {
		workflow_name: hook.name,
		description: 'Made by the Zoho Books Trigger of n8n. It is removed when the workflow is switched off.',
		rule_type: hook.event,
		entity: hook.entity,
		rule: {},
		apply_rule_always: true,
		instant_actions: [{ action_id: webhookId, action_type: 'webhook' }],
	};
	return await create(client, rules, body, `workflow rule "${hook.name}"`, ['workflow', 'workflow_id']);
}

/** A repeat cannot double it: names are unique (107051), and the existing one is taken then. */
async function create(
	client: ZohoClient,
	list: BooksList,
	body: JsonObject,
	subject: string,
	[recordKey, idField]: [string, string],
): Promise<string> {
	const call: ZohoCall = {
		method: 'POST',
		path: booksRoot + list.path,
		body,
		subject,
		scope: 'ZohoBooks.settings.CREATE',
		plan: workflowPlan,
		repeatable: true,
	};
	const nameField = `${recordKey}_name`;
	const { reply, error } = await client.attempt(call);
	if (error && error.intent !== 'duplicate') throw error;
	const written = reply
		? asObject(asObject(reply.body)[recordKey])
		: (await all(client, list)).find((one) => text(one[nameField]) === text(body[nameField]));
	const id = text(written?.[idField]);
	if (id !== '') return id;
	if (error) throw error;
	throw refusal(
		call,
		'no-record',
		`Zoho returned no ${idField}`,
		'Look in Zoho Books under Settings > Automation.',
	);
}
