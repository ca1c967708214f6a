import { markField, upkeepFields } from '../../sync/mark';
import { readNotification } from '../../zoho/crm/channels';
import { isZohoId } from '../../zoho/ids';
import { equalSecrets } from '../../zoho/signature';
import type { Delivery } from '../shared/trigger/delivery';
import { jsonOf, single } from '../shared/trigger/delivery';
import type { EventType, TriggerEvent } from '../shared/trigger/events';
import type { TriggerContext, TriggerKeys } from '../shared/trigger/keys';
import { channelToken, urlSecret } from './channel';
import { chosenModules } from './source';

const types: Record<'insert' | 'update' | 'delete', EventType> = {
	insert: 'created',
	update: 'updated',
	delete: 'deleted',
};

/**
 * CRM does not sign notifications; it sends back what only Zoho and this node know: the key in the URL,
 * always, and the channel's token, which may be missing from a delete. Values in a notification are not used:
 * the records are fetched as they are now.
 */
export function readCrmNotification(
	delivery: Delivery,
	keys: TriggerKeys,
	context: TriggerContext,
): TriggerEvent[] | undefined {
	if (!equalSecrets(single(delivery.query, 'key'), urlSecret(keys))) return undefined;
	const notification = readNotification(jsonOf(delivery, []));
	if (!notification || notification.channelId !== keys.channelId) return undefined;
	const { token, operation, module, ids, serverTime } = notification;
	const mayLackToken = operation === 'delete' && token === undefined;
	if (!mayLackToken && !equalSecrets(token, channelToken(keys))) return undefined;
	if (!chosenModules(context).includes(module) || !ids.every(isZohoId)) return undefined;
	const told = [...new Set(ids)].filter((id) => operation !== 'update' || !isUpkeep(notification.affectedFields[id]));
	return told.map((id) => ({
		type: types[operation],
		resource: module,
		id,
		delivery: 'webhook',
		...(serverTime === undefined ? {} : { at: serverTime }),
	}));
}

/** Nobody has to be told that a sync mark was written: every write of the sync would come back as a change. A person who links a record by hand leaves the mark alone. */
function isUpkeep(affectedFields: string[] = []): boolean {
	return affectedFields.includes(markField) && affectedFields.every((field) => upkeepFields.has(field));
}
