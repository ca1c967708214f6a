/** Several items for one target become one. */

import { getPath, isBlank, isObject } from './fields';
import { parseInstant } from './normalise';
import type { JsonObject } from './types';

export interface Foldable {
	inputIndex: number;
	/** ISO date-time of the source record. */
	sourceModified?: string;
}

/** Groups items by key, in order of first appearance. */
export function groupBy<Item>(items: Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}

/**
 * One item per source record: the state modified last (a later item where times are equal or missing) stands for all earlier ones,
 * blanks included, because every item shows its whole record.
 */
export function newestPerSource<Item extends Foldable>(
	items: Item[],
	sourceOf: (item: Item) => string,
): Array<Item & { inputs: number[] }> {
	return [...groupBy(items, sourceOf).values()].map((group) => ({
		...group.reduce((newest, item) => (isOlder(item, newest) ? newest : item)),
		inputs: group.map(({ inputIndex }) => inputIndex),
	}));
}

function isOlder(item: Foldable, than: Foldable): boolean {
	const a = parseInstant(item.sourceModified);
	const b = parseInstant(than.sourceModified);
	return a !== undefined && b !== undefined && a < b;
}

/** Records of several sources for one target, laid over each other: a later value wins, a blank erases nothing. */
export function foldRecords(records: JsonObject[]): JsonObject {
	return records.reduce((folded, record) => overlay(folded, record), {});
}

function overlay(below: JsonObject, above: JsonObject): JsonObject {
	const folded: JsonObject = { ...below };
	for (const [key, value] of Object.entries(above)) {
		const under = Object.hasOwn(folded, key) ? folded[key] : undefined;
		if (isBlank(value) && !isBlank(under)) continue;
		folded[key] = isObject(value) && isObject(under) && !('id' in value) ? overlay(under, value) : value;
	}
	return folded;
}

/** When the Books record was read, epoch milliseconds of this machine; undefined where that is not known. */
export function readAtOf(source: JsonObject): number | undefined {
	const readAt = getPath(source, '_event.readAt');
	return typeof readAt === 'number' ? readAt : undefined;
}

/**
 * Was the Books record taken as a webhook brought it? Books tells whole seconds, so of two states of one second nobody sees which is the
 * later; but a webhook is sent at once, and used only for the first change of its second that the trigger hears of.
 */
export function isFromPayload(source: JsonObject): boolean {
	return getPath(source, '_event.fromPayload') === true;
}
