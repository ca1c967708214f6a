/**
 * Channel id, token, webhook names and secrets of a trigger are derived, not stored: every process that can
 * read the credential can verify a delivery, and a reinstalled or restored n8n finds its own registrations
 * again.
 */

import { createHash } from 'node:crypto';

import type { IExecuteFunctions, IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { deriveChannelId, deriveSecret } from '../../../zoho/ids';

export type TriggerContext = IWebhookFunctions | IPollFunctions | IHookFunctions | IExecuteFunctions;

export interface TriggerKeys {
	/** Stable over a change of the client secret: by it a trigger knows what it registered before. */
	label: string;
	/** CRM `channel_id`. */
	channelId: string;
	/** Letters and digits for one purpose. */
	secret(purpose: string, length: number): string;
}

/**
 * `test` gives the editor's test webhook keys of its own, so that the production registration stays
 * untouched. Two n8n instances with the same workflow and credential differ by their instance id.
 */
export async function keysOf(
	context: TriggerContext,
	credentialType: string,
	test: boolean,
): Promise<TriggerKeys> {
	const { clientSecret } = await context.getCredentials(credentialType);
	if (typeof clientSecret !== 'string' || clientSecret === '') {
		throw new NodeOperationError(context.getNode(), 'The credential has no client secret', {
			description: 'Open the credential, enter the client secret of your Zoho API client, and connect again.',
		});
	}
	const scope = `${context.getInstanceId()}/${webhookIdOf(context)}/${test ? 'test' : 'live'}`;
	return {
		label: createHash('sha256').update(scope).digest('hex').slice(0, 12),
		channelId: deriveChannelId(clientSecret, scope),
		secret: (purpose, length) => deriveSecret(clientSecret, purpose, scope, length),
	};
}

/** For so long, in milliseconds, deliveries are verified with keys that are known. To read a credential costs n8n more than all the rest of a delivery. */
const keysAreKnownFor = 10_000;
const known = new Map<string, { keys: Promise<TriggerKeys>; at: number }>();

/**
 * As `keysOf`, for deliveries, of which there are many a second: the keys as they were no longer than `maxAge` milliseconds ago. Deliveries that come while the
 * credential is being read wait for that reading.
 */
export async function recentKeys(
	context: TriggerContext,
	credentialType: string,
	test: boolean,
	maxAge = keysAreKnownFor,
): Promise<TriggerKeys> {
	const credential = context.getNode().credentials?.[credentialType]?.id ?? '';
	const name = JSON.stringify([context.getInstanceId(), triggerName(context), webhookIdOf(context), credential, test]);
	const now = Date.now();
	const recent = known.get(name);
	if (recent && now - recent.at < maxAge) return await recent.keys;
	for (const [other, { at }] of known) if (now - at >= keysAreKnownFor) known.delete(other);
	const reading = { keys: keysOf(context, credentialType, test), at: now };
	known.set(name, reading);
	void reading.keys.catch(() => known.get(name) === reading && known.delete(name));
	return await reading.keys;
}

/** Names a trigger node within this process. */
export function triggerName(context: TriggerContext): string {
	return `${context.getWorkflow().id ?? ''}/${context.getNode().id}`;
}

/** Reads a parameter in whichever context; only `execute()` takes an item index. */
export function parameter<T>(context: TriggerContext, name: string, fallback: T): T {
	const value =
		'getInputData' in context
			? context.getNodeParameter(name, 0, fallback)
			: context.getNodeParameter(name, fallback);
	return value as T;
}

/**
 * n8n gives trigger nodes with webhooks an id; one that was imported without gets its webhook path from
 * workflow and node instead.
 */
function webhookIdOf(context: TriggerContext): string {
	return context.getNode().webhookId ?? triggerName(context);
}
