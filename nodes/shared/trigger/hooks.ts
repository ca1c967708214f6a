import type { IHookFunctions } from 'n8n-workflow';

import { toNodeError } from '../errors';
import { late, registerInTime } from './activation';
import { isPassing, isRefusal, messageOf } from './failures';
import { keysOf, triggerName } from './keys';
import { forget } from './poll';
import { readSettings } from './settings';
import type { Registration, TriggerSystem } from './system';

/** The methods that n8n calls to register and remove the webhook of a trigger. */
export interface WebhookMethods {
	checkExists(this: IHookFunctions): Promise<boolean>;
	create(this: IHookFunctions): Promise<boolean>;
	delete(this: IHookFunctions): Promise<boolean>;
}

export function webhookMethods(system: TriggerSystem): WebhookMethods {
	return {
		async checkExists() {
			return await register(this, async () => (await registrationOf(this, system)).registration.isComplete());
		},
		async create() {
			warnIfUnreachable(this);
			return await register(this, async () => {
				await (await registrationOf(this, system)).registration.complete();
				return true;
			});
		},
		async delete() {
			try {
				const { registration, test } = await registrationOf(this, system);
				await registration.remove();
				if (!test) forget(this);
				return true;
			} catch (error) {
				throw toNodeError(this.getNode(), error);
			}
		},
	};
}

/** What takes too long for an activation counts as done: it goes on by itself, and a poll registers what is missing after all. */
async function register(context: IHookFunctions, work: () => Promise<boolean>): Promise<boolean> {
	const { name } = context.getNode();
	try {
		// In the editor a person waits, and nothing polls.
		if (context.getMode() === 'manual') return await work();
		const done = await registerInTime(triggerName(context), work(), (error) => context.logger.warn(`${name}: ${messageOf(error)} A later poll tries again.`));
		if (done !== late) return done;
		context.logger.info(`${name}: Zoho takes its time with the registration of webhooks. It goes on while the workflow runs.`);
		return true;
	} catch (error) {
		return tolerate(context, error);
	}
}

async function registrationOf(
	context: IHookFunctions,
	system: TriggerSystem,
): Promise<{ registration: Registration; test: boolean }> {
	const url = context.getNodeWebhookUrl('default') ?? '';
	const test = isTest(context, url);
	const staticData = context.getWorkflowStaticData('node');
	if (!test) staticData.url = url;
	const client = await system.connect(context);
	const keys = await keysOf(context, system.credentialType(context), test);
	return { registration: system.registration(context, client, keys, url), test };
}

/**
 * The editor's test webhook is registered in mode `manual`, but removed in mode `internal` like any other;
 * its URL tells then. n8n gives a test webhook static data of its own, kept from create() to delete().
 */
function isTest(context: IHookFunctions, url: string): boolean {
	const staticData = context.getWorkflowStaticData('node');
	if (context.getMode() === 'manual') staticData.test = true;
	return staticData.test === true || url.includes('/webhook-test/');
}

/**
 * A registration that fails for a passing reason, or that Zoho refuses (no workflow rules in the plan, no
 * scope) while polling does the work as well, does not fail the activation: n8n would not try again. A later
 * poll registers what is missing.
 */
function tolerate(context: IHookFunctions, error: unknown): boolean {
	const { delivery } = readSettings(context);
	const polls = delivery === 'webhookAndPolling' && isRefusal(error);
	if (context.getMode() === 'manual' || (!isPassing(error) && !polls))
		throw toNodeError(context.getNode(), error);
	context.logger.warn(
		`${context.getNode().name}: webhooks are not registered in Zoho. ${messageOf(error)}` +
			(polls ? ' The trigger polls.' : ' A later poll tries again.'),
	);
	return true;
}

function warnIfUnreachable(context: IHookFunctions): void {
	const url = context.getNodeWebhookUrl('default') ?? '';
	if (!/^https?:\/\/(localhost|127\.|\[::1\]|0\.0\.0\.0)/i.test(url)) return;
	context.logger.warn(
		`${context.getNode().name}: Zoho cannot reach ${new URL(url).origin}. Set N8N_WEBHOOK_URL to the public address of this n8n, ` +
			'or set the delivery of the trigger to "Polling Only".',
	);
}
