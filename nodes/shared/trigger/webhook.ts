import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { readDelivery } from './delivery';
import type { TriggerEvent } from './events';
import { mergeEvents, recordKey, toItem } from './events';
import { Folding } from './folding';
import { keysOf, triggerName } from './keys';
import { batchLimit, readSettings } from './settings';
import type { TriggerSystem } from './system';

/** Deliveries of all triggers of this process. */
const folding = new Folding<TriggerEvent>(recordKey, ({ resource }) => resource, mergeEvents, { now: () => Date.now(), sleep });

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
	let keys;
	try {
		keys = await keysOf(context, system.credentialType(context), test);
	} catch {
		context.logger.error(
			`${context.getNode().name}: a delivery could not be verified, as the credential could not be read`,
		);
		return answer(503);
	}
	let events: TriggerEvent[] | undefined;
	try {
		const delivery = await readDelivery(context);
		events = delivery && system.read(delivery, keys, context);
	} catch {
		context.logger.debug(`${context.getNode().name}: a delivery could not be read`);
	}
	if (!events) return answer(401);
	const settings = readSettings(context);
	const wanted = events.filter(({ type }) => settings.events.includes(type));
	const response = answer(200);
	if (wanted.length === 0) return response;
	const batch = test
		? wanted
		: await folding.add(triggerName(context), wanted, { window: settings.batchWindow, limit: batchLimit });
	if (!batch) return response;
	const idField = system.idField(context);
	return { ...response, workflowData: [batch.map((event) => toItem(event, idField))] };
}
