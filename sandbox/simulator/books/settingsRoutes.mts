import type { SimResponse } from '../types.mts';
import type { Rule, Webhook } from './hooks.mts';
import type { BooksOrg } from './org.mts';
import { type BooksCall, type BooksRoute, id, page, paging, success } from './route.mts';
import type { Json } from './values.mts';

function shownWebhook(org: BooksOrg, webhook: Webhook): Json {
	const pairs = (list: Webhook['headers']) =>
		list.map(([param_name, param_value]) => ({ param_name, param_value }));
	return {
		webhook_id: webhook.id,
		webhook_name: webhook.name,
		description: webhook.description,
		entity: webhook.entity,
		method: webhook.method,
		url: webhook.url,
		headers: pairs(webhook.headers),
		query_parameters: pairs(webhook.query),
		form_data: pairs(webhook.form),
		is_secret_configured: webhook.secret !== '',
		related_rules: org.hooks
			.rulesOf(webhook)
			.map((rule) => ({ workflow_id: rule.id, workflow_name: rule.name })),
	};
}

function shownRule(org: BooksOrg, rule: Rule): Json {
	return {
		workflow_id: rule.id,
		workflow_name: rule.name,
		description: rule.description,
		rule_type: rule.type,
		entity: rule.entity,
		is_active: rule.active,
		status: rule.active ? 'active' : 'inactive',
		rule: {},
		apply_rule_always: true,
		instant_actions: rule.webhookIds.map((one) => ({
			action_id: one,
			action_type: 'webhook',
			action_name: org.hooks.webhooks.get(one)?.name ?? '',
		})),
	};
}

function setRuleActive(call: BooksCall, active: boolean): SimResponse {
	call.org.hooks.rule(id(call)).active = active;
	return success({}, `The workflow has been marked as ${active ? 'active' : 'inactive'}.`);
}

function removeRule(call: BooksCall): SimResponse {
	call.org.hooks.rule(id(call));
	call.org.hooks.rules.delete(id(call));
	return success({}, 'The workflow has been deleted.');
}

function removeWebhook(call: BooksCall): SimResponse {
	call.org.hooks.removeWebhook(id(call));
	return success({}, 'The webhook has been deleted.');
}

const webhookBody = [
	'webhook_name',
	'description',
	'entity',
	'method',
	'url',
	'secret',
	'headers',
	'query_parameters',
	'form_data',
	'entity_parameters',
	'additional_parameters',
	'body_type',
	'raw_data',
	'user_defined_format_name',
	'user_defined_format_value',
	'events',
	'is_new_response_format',
	'placeholder',
];
const ruleBody = [
	'workflow_name',
	'rule_type',
	'entity',
	'description',
	'sub_entities',
	'field_update',
	'field_update_comparator',
	'date_field',
	'time',
	'day_difference',
	'actions',
	'rule',
	'apply_rule_always',
	'instant_actions',
];

const settings = (method: BooksRoute['method'], operation: string) =>
	({ method, scope: `settings.${operation}`, automation: true }) as const;

/** Webhooks and workflow rules. Paths and fields after Zoho's pages "Webhooks" and "Workflows". */
export const settingsRoutes: readonly BooksRoute[] = [
	{
		...settings('GET', 'READ'),
		path: '/settings/webhooks',
		query: paging,
		answer: (call) => {
			const { rows, page_context } = page(call, [...call.org.hooks.webhooks.values()]);
			return success({ webhooks: rows.map((webhook) => shownWebhook(call.org, webhook)), page_context });
		},
	},
	{
		...settings('POST', 'CREATE'),
		path: '/settings/webhooks',
		fields: webhookBody,
		answer: (call) =>
			success(
				{ webhook: shownWebhook(call.org, call.org.hooks.saveWebhook(call.body())) },
				'The webhook has been created.',
				201,
			),
	},
	{
		...settings('GET', 'READ'),
		path: '/settings/webhooks/{}',
		answer: (call) => success({ webhook: shownWebhook(call.org, call.org.hooks.webhook(id(call))) }),
	},
	{
		...settings('PUT', 'UPDATE'),
		path: '/settings/webhooks/{}',
		fields: webhookBody,
		answer: (call) =>
			success(
				{
					webhook: shownWebhook(
						call.org,
						call.org.hooks.saveWebhook(call.body(), call.org.hooks.webhook(id(call))),
					),
				},
				'The webhook has been updated.',
			),
	},
	{ ...settings('DELETE', 'DELETE'), path: '/settings/webhooks/{}', answer: removeWebhook },
	{
		...settings('GET', 'READ'),
		path: '/settings/workflows',
		query: paging,
		answer: (call) => {
			const { rows, page_context } = page(call, [...call.org.hooks.rules.values()]);
			return success({ workflows: rows.map((rule) => shownRule(call.org, rule)), page_context });
		},
	},
	{
		...settings('POST', 'CREATE'),
		path: '/settings/workflows',
		fields: ruleBody,
		answer: (call) =>
			success(
				{ workflow: shownRule(call.org, call.org.hooks.saveRule(call.body())) },
				'The workflow has been created.',
				201,
			),
	},
	{
		...settings('GET', 'READ'),
		path: '/settings/workflows/{}',
		answer: (call) => success({ workflow: shownRule(call.org, call.org.hooks.rule(id(call))) }),
	},
	{
		...settings('PUT', 'UPDATE'),
		path: '/settings/workflows/{}',
		fields: ruleBody,
		answer: (call) =>
			success(
				{
					workflow: shownRule(call.org, call.org.hooks.saveRule(call.body(), call.org.hooks.rule(id(call)))),
				},
				'The workflow has been updated.',
			),
	},
	{ ...settings('DELETE', 'DELETE'), path: '/settings/workflows/{}', answer: removeRule },
	{
		...settings('POST', 'CREATE'),
		path: '/settings/workflows/{}/active',
		answer: (call) => setRuleActive(call, true),
	},
	{
		...settings('POST', 'CREATE'),
		path: '/settings/workflows/{}/inactive',
		answer: (call) => setRuleActive(call, false),
	},
];
