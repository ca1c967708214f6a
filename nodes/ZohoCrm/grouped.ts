/** Items that share calls, and what became of each of them. */

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { RecordResult } from '../../zoho/crm/records';
import { ZohoError } from '../../zoho/errors';
import { text } from '../../zoho/json';
import type { JsonObject, ZohoCall, ZohoFault } from '../../zoho/types';
import type { Outcome } from './operation';

/** How items share calls: those with the same key go together. */
interface Sharing<Key, Wish, Result> {
	/** What the item has in common with others, and what it wants itself. @throws when it cannot be used */
	read(index: number): Shared<Key, Wish> | Promise<Shared<Key, Wish>>;
	/** Does what the items of one key want. Resolves with a result for each, in order. */
	send(key: Key, wishes: Wish[]): Promise<Result[]>;
	/** What became of an item whose call was answered. */
	outcome(key: Key, wish: Wish, result: Result | undefined): Outcome;
}

interface Shared<Key, Wish> {
	key: Key;
	wish: Wish;
}

/** One outcome per input item, in order. */
export async function sharingCalls<Key, Wish, Result>(context: IExecuteFunctions, sharing: Sharing<Key, Wish, Result>): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const groups = new Map<string, { key: Key; items: Array<{ index: number; wish: Wish }> }>();
	for (const index of context.getInputData().keys()) {
		try {
			const { key, wish } = await sharing.read(index);
			const name = JSON.stringify(key);
			const group = groups.get(name) ?? { key, items: [] };
			groups.set(name, group);
			group.items.push({ index, wish });
		} catch (error) {
			outcomes[index] = { error };
			// Without "continue on fail" nothing may be written once an item is known to be wrong.
			if (!context.continueOnFail()) return [...context.getInputData().keys()].map((at) => outcomes[at] ?? { records: [] });
		}
	}
	for (const { key, items } of groups.values()) {
		const wishes = items.map(({ wish }) => wish);
		const results = await sharing.send(key, wishes).catch((error: unknown) => ({ error }));
		items.forEach(({ index, wish }, place) => {
			outcomes[index] = 'error' in results ? results : sharing.outcome(key, wish, results[place]);
		});
	}
	return outcomes;
}

interface Grouping<Key> {
	/** What the item has in common with others, and the records that it names; each has an `id`. @throws when it cannot be used */
	read(index: number): { key: Key; records: JsonObject[] };
	/** Sends the records of one key. Resolves with a result for each, in order. */
	send(key: Key, records: JsonObject[]): Promise<RecordResult[]>;
	/** What is put out for a record. */
	row(key: Key, result: RecordResult): IDataObject;
	/** The call that a failure is told of, by the ids of the records. */
	call(key: Key, ids: string): ZohoCall;
}

/** One outcome per input item, in order. An item fails when one of its records does. */
export async function inGroups<Key>(context: IExecuteFunctions, grouping: Grouping<Key>): Promise<Outcome[]> {
	return await sharingCalls<Key, JsonObject[], RecordResult[]>(context, {
		read: (index) => {
			const { key, records } = grouping.read(index);
			return { key, wish: records };
		},
		send: async (key, wishes) => {
			const results = await grouping.send(key, wishes.flat());
			let place = 0;
			return wishes.map(({ length }) => results.slice(place, (place += length)));
		},
		outcome: (key, records, results = []) => outcomeOf(grouping, key, records, results),
	});
}

function outcomeOf<Key>(grouping: Grouping<Key>, key: Key, records: JsonObject[], results: RecordResult[]): Outcome {
	const faults = results.flatMap(({ ok, fault }): ZohoFault[] => (ok || !fault ? [] : [fault]));
	if (faults.length === 0) return { records: results.map((result) => grouping.row(key, result)) };
	const ids = records.filter((_record, place) => results[place]?.ok !== true).map(({ id }) => text(id));
	return { error: new ZohoError(faults, grouping.call(key, ids.join(', '))) };
}
