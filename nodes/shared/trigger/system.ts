/**
 * What a trigger node has to say about its system; webhook, polling, registration and fetching are the same
 * for both.
 */

import type { JsonObject } from '../../../zoho/types';
import type { ZohoClient } from '../../../zoho/client';
import type { Delivery } from './delivery';
import type { TriggerEvent } from './events';
import type { TriggerContext, TriggerKeys } from './keys';
import type { Scan } from './sweep';

export interface TriggerSystem {
	/** Field of an item that holds the record's id. */
	idField(context: TriggerContext): string;
	credentialType(context: TriggerContext): string;
	connect(context: TriggerContext): Promise<ZohoClient>;
	/**
	 * Verifies a delivery and reads it; undefined when anything about it is wrong. Never throws for what the
	 * delivery holds.
	 */
	read(delivery: Delivery, keys: TriggerKeys, context: TriggerContext): TriggerEvent[] | undefined;
	/** What Zoho must know to send deliveries to `url`. */
	registration(context: TriggerContext, client: ZohoClient, keys: TriggerKeys, url: string): Registration;
	/**
	 * Milliseconds between two looks at the registration; 0 looks at every poll.
	 * @param untold a poll has just brought what no delivery told of
	 */
	registrationCheckEvery(context: TriggerContext, url: string, untold: boolean): number;
	scans(context: TriggerContext, client: ZohoClient): Scan[];
	/** The whole records of events, in the order of the events. */
	fetch(context: TriggerContext, client: ZohoClient, events: readonly TriggerEvent[]): Promise<Fetched[]>;
	/** When a whole record was modified, epoch milliseconds; undefined where it does not tell. */
	modified(context: TriggerContext, record: JsonObject): number | undefined;
	/** The record that was modified last, as a sample; undefined when there is none. */
	latest(context: TriggerContext, client: ZohoClient): Promise<TriggerEvent | undefined>;
}

/** `record` is undefined when the record is gone. `readAt`: see `TriggerEvent`. */
export type Fetched = { record: JsonObject | undefined; readAt?: number } | { error: unknown };

export interface Registration {
	/** Is everything registered, as it should be, and good for long enough? */
	isComplete(): Promise<boolean>;
	/** Makes what is missing, renews what runs out, removes what is not wanted any more. Can be repeated. */
	complete(): Promise<void>;
	/** Can be repeated. */
	remove(): Promise<void>;
}
