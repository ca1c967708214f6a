/** Deliveries of Books' webhooks. */

import { parseZohoTime } from '../../zoho/dates';
import { isZohoId } from '../../zoho/ids';
import { asObject, isObject, text } from '../../zoho/json';
import { verifyBooksSignature } from '../../zoho/signature';
import type { JsonObject } from '../../zoho/types';
import type { BooksResource } from '../../zoho/books/resources';
import type { Delivery } from '../shared/trigger/delivery';
import { jsonOf, single } from '../shared/trigger/delivery';
import type { EventType, TriggerEvent } from '../shared/trigger/events';
import type { TriggerContext, TriggerKeys } from '../shared/trigger/keys';
import { triggerName } from '../shared/trigger/keys';
import { isFresh } from './freshness';
import { chosenResource } from './source';

/** Purpose of the derived secret that signs the deliveries. */
export function signingSecret(keys: TriggerKeys): string {
	return keys.secret('books-webhook', 40);
}

/**
 * A payload does not tell what happened nor in which organization, so the URL that was registered does; the
 * signature covers it. Source: Zoho Books help, "Webhooks"; header and string to sign: "Securing Webhooks".
 */
export function readWebhook(
	delivery: Delivery,
	keys: TriggerKeys,
	context: TriggerContext,
): TriggerEvent[] | undefined {
	const signed = Object.assign(Object.create(null) as object, delivery.query, delivery.form);
	const body = delivery.isForm ? '' : delivery.rawBody;
	const signature = delivery.header('x-zoho-webhook-signature');
	if (!verifyBooksSignature(signingSecret(keys), signed, body, signature)) return undefined;
	const resource = chosenResource(context);
	if (!isOurAddress(delivery.query, resource)) return undefined;
	const payload = asObject(jsonOf(delivery, ['JSONString', 'payload']));
	const record = recordOf(payload, resource);
	const id = text(record?.[resource.idField]);
	if (!record || !isZohoId(id)) return undefined;
	const organizationId = single(delivery.query, 'organization');
	const at = modifiedAt(record, resource);
	const event: TriggerEvent = {
		type: typeOf(single(delivery.query, 'event'), record, resource),
		resource: resource.name,
		id,
		delivery: 'webhook',
		...(organizationId ? { organizationId } : {}),
		...(at === undefined ? {} : { at }),
	};
	if (event.type === 'deleted') return [event];
	const usable =
		at !== undefined && isWhole(record, resource) && isFresh(`${triggerName(context)}/${id}`, at, Date.now());
	return [usable ? { ...event, record, fromPayload: true } : event];
}

/**
 * Zoho signs names and values of the parameters joined without anything between them, so `event=add` and `eve=ntadd` have one signature:
 * only exactly the parameters that were registered are believed.
 */
function isOurAddress(query: Delivery['query'], { webhookEntities = [] }: BooksResource): boolean {
	return (
		Object.keys(query).sort().join() === 'entity,event,organization' &&
		webhookEntities.includes(single(query, 'entity')) &&
		['add', 'add_edit', 'delete'].includes(single(query, 'event')) &&
		/^\d*$/.test(single(query, 'organization'))
	);
}

/** `{"contact": {…}}`; a delete may bring the bare record. What the key for a customer payment is, is not documented. */
function recordOf(payload: JsonObject, resource: BooksResource): JsonObject | undefined {
	const snakeCase = resource.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
	const keys = [resource.recordKey, ...(resource.webhookEntities ?? []), snakeCase];
	const nested = keys.map((key) => payload[key]).find(isObject);
	return nested ?? (resource.idField in payload ? payload : undefined);
}

/**
 * Rules tell new and edited records apart only by what they fire for; a new record has not been modified
 * since it was made.
 */
function typeOf(event: string, record: JsonObject, resource: BooksResource): EventType {
	if (event === 'delete') return 'deleted';
	if (event === 'add') return 'created';
	const created = parseZohoTime(text(record.created_time));
	return created !== undefined && created === modifiedAt(record, resource) ? 'created' : 'updated';
}

/** Epoch milliseconds. A whole customer payment calls the time `updated_time` (recorded answers). */
export function modifiedAt(record: JsonObject, { modifiedField = '' }: BooksResource): number | undefined {
	return parseZohoTime(text(record[modifiedField]) || text(record.updated_time));
}

/** Lists that only the whole record has, where a list row lacks something. */
const wholeRecordLists: Record<string, string> = {
	contact: 'contact_persons',
	customerPayment: 'invoices',
	estimate: 'line_items',
	invoice: 'line_items',
	item: 'custom_fields',
};

function isWhole(record: JsonObject, resource: BooksResource): boolean {
	const list = wholeRecordLists[resource.name];
	if (list) return Array.isArray(record[list]);
	return !resource.detailNeeded && resource.displayField in record;
}
