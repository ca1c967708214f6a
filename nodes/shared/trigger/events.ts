/** What happened to one record, on its way from Zoho to an item of the workflow. */

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { asObject, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';

export type EventType = 'created' | 'updated' | 'deleted';

export interface TriggerEvent {
	type: EventType;
	/** Books: the resource (`contact`); CRM: the module's API name. */
	resource: string;
	id: string;
	delivery: 'webhook' | 'polling';
	/** Books only. */
	organizationId?: string;
	/** When it happened, epoch milliseconds, where known. */
	at?: number;
	/** The whole record, where the delivery held it and it can be relied on; else it is fetched. */
	record?: JsonObject;
	/** When the record was on its way from Zoho to us, epoch milliseconds of this machine: what was written later is not in it. */
	readAt?: number;
	/** The record is as the webhook held it: of its second, Zoho may have a later state by now. */
	fromPayload?: boolean;
}

/** Names the record of an event within one trigger node. */
export function recordKey({ resource, id }: TriggerEvent): string {
	return `${resource}/${id}`;
}

/**
 * One event for two of the same record: the later one, whatever the order in which they came. A record that
 * was created and then updated within one batch is still a new one to the workflow.
 */
export function mergeEvents(earlier: TriggerEvent, later: TriggerEvent): TriggerEvent {
	const swapped = earlier.at !== undefined && later.at !== undefined && earlier.at > later.at;
	const [first, last] = swapped ? [later, earlier] : [earlier, later];
	return first.type === 'created' && last.type === 'updated' ? { ...last, type: 'created' } : last;
}

/**
 * The item of an event: the record's fields at the top and `_event`. Without a record the item holds the id
 * and `_event` only: that is all there is for a deleted record, and `execute()` fetches the record of any
 * other.
 */
export function toItem(event: TriggerEvent, idField: string): INodeExecutionData {
	const { type, resource, id, delivery, organizationId, readAt, fromPayload } = event;
	const mark = { type, resource, id, delivery, ...(organizationId && { organizationId }), ...(readAt && { readAt }), ...(fromPayload && { fromPayload }) };
	return { json: { ...(event.record as IDataObject | undefined), [idField]: id, _event: mark } };
}

/** Reads an item made by `toItem`; undefined for any other item. */
export function fromItem({ json }: INodeExecutionData, idField: string): TriggerEvent | undefined {
	const { _event: mark, ...fields } = json;
	const { type, resource, id, delivery, organizationId, readAt, fromPayload } = asObject(mark);
	if (type !== 'created' && type !== 'updated' && type !== 'deleted') return undefined;
	if (text(resource) === '' || text(id) === '') return undefined;
	return {
		type,
		resource: text(resource),
		id: text(id),
		delivery: delivery === 'polling' ? 'polling' : 'webhook',
		...(text(organizationId) ? { organizationId: text(organizationId) } : {}),
		...(typeof readAt === 'number' && { readAt }),
		...(fromPayload === true && { fromPayload }),
		...(Object.keys(fields).some((field) => field !== idField) ? { record: fields as JsonObject } : {}),
	};
}
