import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { readDelivery } from './delivery';
import type { TriggerEvent } from './events';
import { mergeEvents, recordKey, toItem } from './events';
import { Folding } from './folding';
import { recentKeys, triggerName, type TriggerKeys } from './keys';
import { batchLimit, readSettings } from './settings';
import type { TriggerSystem } from './system';
import { taken } from './taken';

/** Deliveries of all triggers of this process. */
const folding = new Folding<TriggerEvent>(recordKey, ({ resource }) => resource, mergeEvents, { now: () => Date.now(), sleep });

/** What does not fit the known keys may fit those of a client secret that was changed since: they are read again, but not for everyone who sends anything. Milliseconds. */
const newKeysAfter = 1_000;

/**
 * One call of a trigger's webhook: verified, answered at once, folded into a batch. Never throws, as an
 * exception would leave a failed execution behind for whatever anyone sends: what is wrong gets 401 and
 * starts nothing. When the credential cannot be read the answer is 503, which makes Books send again (a CRM
 * notification is not repeated; polling brings it).
 */
export async function receive(
	context: IWebhookFunctions,
	system: TriggerSystem,
): Promise<IWebhookResponseData> {
	const answer = (status: number): IWebhookResponseData => {
		context.getResponseObject().status(status).end();
		return { noWebhookResponse: true };
	};
	const test = context.getMode() === 'manual';
	const keys = async (maxAge?: number) => await recentKeys(context, system.credentialType(context), test, maxAge);
	let events: TriggerEvent[] | undefined;
	try {
		events = await verified(context, system, keys);
	} catch {
		context.logger.error(
			`${context.getNode().name}: a delivery could not be verified, as the credential could not be read`,
		);
		return answer(503);
	}
	if (!events) return answer(401);
	const settings = readSettings(context);
	const wanted = events.filter(({ type }) => settings.events.includes(type));
	const response = answer(200);
	if (wanted.length === 0) return response;
	if (!test) taken.expect(triggerName(context), wanted, Date.now());
	const batch = test
		? wanted
		: await folding.add(triggerName(context), wanted, { window: settings.batchWindow, limit: batchLimit });
	if (!batch) return response;
	const idField = system.idField(context);
	return { ...response, workflowData: [batch.map((event) => toItem(event, idField))] };
}

/** undefined for what was not sent by Zoho. Rejects when the credential cannot be read. */
async function verified(
	context: IWebhookFunctions,
	system: TriggerSystem,
	keys: (maxAge?: number) => Promise<TriggerKeys>,
): Promise<TriggerEvent[] | undefined> {
	const known = await keys();
	const delivery = await readable(context, async () => await readDelivery(context));
	if (!delivery) return undefined;
	const read = async (by: TriggerKeys) => await readable(context, () => system.read(delivery, by, context));
	const events = await read(known);
	if (events) return events;
	const newest = await keys(newKeysAfter);
	return newest === known ? undefined : await read(newest);
}

async function readable<Value>(context: IWebhookFunctions, read: () => Value | Promise<Value>): Promise<Value | undefined> {
	try {
		return await read();
	} catch {
		context.logger.debug(`${context.getNode().name}: a delivery could not be read`);
		return undefined;
	}
}
