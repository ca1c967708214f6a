/** A whole CRM module in memory, for runs over so many records that asking for each would cost more calls. */

import { RecordIndex } from '../../sync/recordIndex';
import type { Lookup } from '../../sync/plan';
import type { JsonObject } from '../../sync/types';
import type { ZohoClient } from '../../zoho/client';
import { coqlRows, quote } from '../../zoho/crm/coql';
import { parseZohoTime, toCrmTime } from '../../zoho/dates';
import { text } from '../../zoho/json';
import { sharedInRun } from '../shared/runMemory';

/** CRM tells whole seconds; milliseconds. */
const overlap = 5_000;

/** Reads the module once, 2,000 records a call, and afterwards only what was modified since: what a run wrote itself, and what people did meanwhile. */
class Snapshot {
	readonly #index = new RecordIndex();
	/** CRM's time up to which everything is known. */
	#known: number | undefined;
	#reading: Promise<void> = Promise.resolve();
	readonly #select: { module: string; fields: string[] };

	constructor(module: string, fields: string[]) {
		this.#select = { module, fields };
	}

	/** Everything that the look-ups find, as it is in CRM now. */
	async find(client: ZohoClient, lookups: Lookup[]): Promise<JsonObject[]> {
		this.#reading = this.#reading.catch(() => undefined).then(async () => await this.#read(client));
		await this.#reading;
		return this.#index.find(lookups);
	}

	async #read(client: ZohoClient): Promise<void> {
		const since = this.#known === undefined ? [] : [`Modified_Time >= ${quote(toCrmTime(this.#known))}`];
		const began = Date.now();
		let latest = this.#known;
		for await (const rows of coqlRows(client, { ...this.#select, where: since })) {
			this.#index.put(rows);
			for (const row of rows) latest = Math.max(latest ?? 0, parseZohoTime(text(row.Modified_Time)) ?? 0);
		}
		// What changed while it was read may have been read before it changed.
		const settled = latest === undefined ? undefined : latest - (Date.now() - began) - overlap;
		if (settled !== undefined) this.#known = Math.max(this.#known ?? 0, settled);
	}
}

/** As `readCandidates`, out of a snapshot that all executions of the run in this process share. */
export async function findInSnapshot(
	client: ZohoClient,
	run: string,
	module: string,
	lookups: Lookup[],
	fields: string[],
): Promise<JsonObject[]> {
	const all = [...new Set([...fields, ...lookups.map(({ field }) => field)])].sort();
	const key = JSON.stringify([client.connection.key, module, all]);
	const snapshot = await sharedInRun(run, key, async () => new Snapshot(module, all));
	return await snapshot.find(client, lookups);
}
