import type { Outgoing } from '../deliveries.mts';
import type { World } from '../world.mts';
import type { Contact } from './contacts.mts';
import { invalid, refuse, tooLong } from './errors.mts';
import type { BooksOrg } from './org.mts';
import { contactDetail } from './render.mts';
import { signWebhook } from './signature.mts';
import { isObject, type Json, readText } from './values.mts';

export interface Webhook {
	id: string;
	name: string;
	description: string;
	entity: string;
	method: 'POST' | 'PUT' | 'DELETE';
	url: string;
	secret: string;
	headers: Array<readonly [name: string, value: string]>;
	query: Array<readonly [name: string, value: string]>;
	form: Array<readonly [name: string, value: string]>;
}

export type RuleType = 'add' | 'edit' | 'add_edit' | 'delete';

export interface Rule {
	id: string;
	name: string;
	description: string;
	type: RuleType;
	entity: string;
	webhookIds: string[];
	active: boolean;
}

type Action = 'create' | 'update' | 'delete';
const firesOn: Record<RuleType, readonly Action[]> = {
	add: ['create'],
	edit: ['update'],
	add_edit: ['create', 'update'],
	delete: ['delete'],
};

/** Entities that rules are known to work with in public integrations. */
const entities = ['customer', 'vendor', 'item', 'estimate', 'invoice', 'salesorder'];
/** Not seen in use anywhere; by switch. */
const paymentEntity = 'customerpayment';
const rulesPerEntity = 10;

/**
 * Webhooks and the workflow rules that call them: https://www.zoho.com/books/api/v3/webhooks and /workflows; limits after Zoho's
 * knowledge base ("Number of workflows"): ten rules per module, one webhook per rule. A webhook without a rule is never sent.
 */
export class HookBook {
	readonly webhooks = new Map<string, Webhook>();
	readonly rules = new Map<string, Rule>();
	readonly #world: World;
	readonly #org: BooksOrg;

	constructor(world: World, org: BooksOrg) {
		this.#world = world;
		this.#org = org;
	}

	saveWebhook(body: Json, before?: Webhook): Webhook {
		const has = (name: string) => name in body || !before;
		const name = has('webhook_name')
			? readName('webhook_name', body['webhook_name'], 50)
			: (before?.name ?? '');
		this.#requireFreeName([...this.webhooks.values()], name, before?.id);
		const webhook: Webhook = {
			id: before?.id ?? this.#world.newId(),
			name,
			description: has('description')
				? readText('description', body['description'], 100)
				: (before?.description ?? ''),
			entity: has('entity') ? this.#readEntity(body['entity']) : (before?.entity ?? ''),
			method: has('method') ? readMethod(body['method']) : (before?.method ?? 'POST'),
			url: has('url') ? readUrl(body['url']) : (before?.url ?? ''),
			// A secret can be neither seen nor changed later.
			secret: before?.secret ?? readSecret(body['secret']),
			headers: has('headers') ? readPairs('headers', body['headers']) : (before?.headers ?? []),
			query: has('query_parameters')
				? readPairs('query_parameters', body['query_parameters'])
				: (before?.query ?? []),
			form: has('form_data') ? readPairs('form_data', body['form_data']) : (before?.form ?? []),
		};
		this.webhooks.set(webhook.id, webhook);
		return webhook;
	}

	saveRule(body: Json, before?: Rule): Rule {
		const has = (name: string) => name in body || !before;
		const name = has('workflow_name')
			? readName('workflow_name', body['workflow_name'], 100)
			: (before?.name ?? '');
		this.#requireFreeName([...this.rules.values()], name, before?.id);
		const entity = has('entity') ? this.#readEntity(body['entity']) : (before?.entity ?? '');
		const others = [...this.rules.values()].filter(
			(rule) => rule.entity === entity && rule.id !== before?.id,
		);
		if (others.length >= rulesPerEntity)
			refuse(400, 107052, `You cannot create more than ${rulesPerEntity} workflow rules for a module.`);
		const rule: Rule = {
			id: before?.id ?? this.#world.newId(),
			name,
			entity,
			description: has('description')
				? readText('description', body['description'], 500)
				: (before?.description ?? ''),
			type: has('rule_type') ? readRuleType(body['rule_type']) : (before?.type ?? 'add'),
			webhookIds: has('instant_actions')
				? this.#readActions(body['instant_actions'], entity)
				: (before?.webhookIds ?? []),
			active: before?.active ?? true,
		};
		this.rules.set(rule.id, rule);
		return rule;
	}

	webhook(id: string): Webhook {
		return this.webhooks.get(id) ?? refuse(404, 1002, 'Webhook does not exist.');
	}

	rule(id: string): Rule {
		return this.rules.get(id) ?? refuse(404, 1002, 'Workflow does not exist.');
	}

	removeWebhook(id: string): void {
		const webhook = this.webhook(id);
		if (this.rulesOf(webhook).length > 0) {
			refuse(
				400,
				107053,
				'This webhook is associated with a workflow rule. Delete the rule before you delete the webhook.',
			);
		}
		this.webhooks.delete(id);
	}

	rulesOf(webhook: Webhook): Rule[] {
		return [...this.rules.values()].filter((rule) => rule.webhookIds.includes(webhook.id));
	}

	#requireFreeName(others: ReadonlyArray<{ id: string; name: string }>, name: string, own?: string): void {
		const taken = others.some((other) => other.id !== own && other.name.toLowerCase() === name.toLowerCase());
		if (taken) refuse(400, 107051, `The name "${name}" already exists. Please specify a different name.`);
	}

	#readActions(value: unknown, entity: string): string[] {
		if (!Array.isArray(value) || value.length === 0) return invalid('instant_actions');
		const ids = value.map((action) => {
			const isWebhook = isObject(action) && action['action_type'] === 'webhook';
			const webhook = isWebhook ? this.webhooks.get(readText('action_id', action['action_id'])) : undefined;
			return webhook?.entity === entity ? webhook.id : invalid('action_id');
		});
		return ids.length === 1 ? ids : invalid('instant_actions');
	}

	/** Sends the webhooks of all rules that a change of this contact sets off. */
	fire(action: Action, contact: Contact): void {
		const record = (): Json =>
			action === 'delete' ? { contact_id: contact.id } : contactDetail(this.#org, contact);
		this.fireFor(contact.type, 'contact', action, contact.id, record);
	}

	/** Sends the record under `key` to the webhooks whose rules are for the entity and the action. */
	fireFor(entity: string, key: string, action: Action, id: string, record: () => Json): void {
		if (!this.#org.hasWorkflowRules) return;
		for (const rule of this.rules.values()) {
			if (!rule.active || rule.entity !== entity || !firesOn[rule.type].includes(action)) continue;
			for (const webhookId of rule.webhookIds) {
				const webhook = this.webhooks.get(webhookId);
				if (webhook) this.#send(webhook, JSON.stringify({ [key]: record() }), `${key} ${id} ${action}`);
			}
		}
	}

	#readEntity(value: unknown): string {
		const known = this.#world.switches.paymentRules ? [...entities, paymentEntity] : entities;
		return typeof value === 'string' && known.includes(value) ? value : invalid('entity');
	}

	#send(webhook: Webhook, json: string, about: string): void {
		const url = new URL(webhook.url);
		for (const [name, value] of webhook.query) url.searchParams.append(name, value);
		this.#world.deliver(url.toString(), this.#message(webhook, url, json), {
			service: 'books',
			location: this.#org.location,
			organization: this.#org.organizationId,
			about,
		});
	}

	#message(webhook: Webhook, url: URL, json: string): Outgoing {
		const { signatureEncoding, booksWebhookBody } = this.#world.switches;
		const isForm = booksWebhookBody === 'form' || webhook.form.length > 0;
		const form: Array<readonly [string, string]> = isForm ? [...webhook.form, ['JSONString', json]] : [];
		const body = isForm
			? new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString()
			: json;
		const signature: Record<string, string> =
			webhook.secret === ''
				? {}
				: {
						'X-Zoho-Webhook-Signature': signWebhook(
							webhook.secret,
							[...url.searchParams, ...form],
							isForm ? '' : json,
							signatureEncoding,
						),
					};
		return {
			method: webhook.method,
			body,
			headers: {
				...Object.fromEntries(webhook.headers),
				'Content-Type': isForm
					? 'application/x-www-form-urlencoded;charset=UTF-8'
					: 'application/json;charset=UTF-8',
				'User-Agent': 'ZohoBooks',
				...signature,
			},
		};
	}
}

const readName = (name: string, value: unknown, most: number) => readText(name, value, most) || invalid(name);
const readMethod = (value: unknown) =>
	value === 'POST' || value === 'PUT' || value === 'DELETE' ? value : invalid('method');

function readUrl(value: unknown): string {
	const text = readText('url', value, 5000);
	const url = URL.canParse(text) ? new URL(text) : undefined;
	return url?.protocol === 'https:' || url?.protocol === 'http:' ? text : invalid('url');
}

function readSecret(value: unknown): string {
	const text = readText('secret', value);
	if (text === '') return '';
	if (text.length > 50) return tooLong('secret', 50);
	return /^[A-Za-z0-9]{12,50}$/.test(text) ? text : invalid('secret');
}

function readRuleType(value: unknown): RuleType {
	return typeof value === 'string' && Object.hasOwn(firesOn, value)
		? (value as RuleType)
		: invalid('rule_type');
}

function readPairs(name: string, value: unknown): Array<readonly [string, string]> {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) return invalid(name);
	return value.map((pair) => {
		if (!isObject(pair)) return invalid(name);
		return [
			readName('param_name', pair['param_name'], 100),
			readText('param_value', pair['param_value']),
		] as const;
	});
}
