/** What dropdowns show, kept in the memory of this process: a form asks for the same list many times over. */

import type { ZohoClient } from '../../zoho/client';

/** Milliseconds. Long enough for a form that is opened, short enough for somebody who has just made what is missing. */
const aMinute = 60_000;

const kept = new Map<string, { until: number; value: Promise<unknown> }>();

/**
 * What `read` gave for this account a moment ago, else what it gives now; those who ask meanwhile share one reading. A failure is not kept.
 * @param name of what is read, such as `tax`
 * @param freshFor milliseconds
 */
export async function remembered<Value>({ connection, surroundings }: ZohoClient, name: string, read: () => Promise<Value>, freshFor = aMinute): Promise<Value> {
	const now = surroundings.now();
	for (const [key, { until }] of kept) if (until <= now) kept.delete(key);
	const key = JSON.stringify([connection.key, connection.organizationId ?? '', name]);
	const known = kept.get(key)?.value as Promise<Value> | undefined;
	if (known) return await known;
	const value = read();
	kept.set(key, { until: now + freshFor, value });
	value.catch(() => kept.delete(key));
	return await value;
}
