/** Which record each item names, by its rules alone: the operation Look Up compares and writes nothing. */

import { getPath } from './fields';
import { comparable } from './match';
import type { Lookup } from './planTypes';
import { displayName } from './report';
import type { JsonObject, MatchRule } from './types';

export type LookUpResult =
	| { kind: 'found'; record: JsonObject; rule: string }
	| { kind: 'none' }
	/** The first rule that finds anything finds several. */
	| { kind: 'ambiguous'; problem: string };

type Index = Map<string, JsonObject[]>;

/** What the rules look for: one entry per rule field, for COQL `in`. E-mails in the case given and in lower case. */
export function lookupsOf(rules: MatchRule[]): Lookup[] {
	const values = new Map<string, { kind: MatchRule['kind']; field: string; values: Set<string> }>();
	for (const rule of rules) {
		if (comparable(rule.kind, rule.value) === '') continue;
		const key = shapeOf(rule);
		const lookup = values.get(key) ?? { kind: rule.kind, field: rule.field, values: new Set() };
		lookup.values.add(String(rule.value).trim());
		if (rule.kind === 'email') lookup.values.add(comparable('email', rule.value));
		values.set(key, lookup);
	}
	return [...values.values()].map((lookup) => ({ ...lookup, values: [...lookup.values] }));
}

/**
 * One result for each list of rules, in order. The rules of a list are tried one after the other, as given; the first that finds a record
 * decides. `records` are those that `lookupsOf` all rules found, with `id` and every rule's field.
 */
export function lookUpRecords(items: MatchRule[][], records: JsonObject[]): LookUpResult[] {
	const index = indexOf(items.flat(), records);
	return items.map((rules) => {
		for (const rule of rules) {
			const value = comparable(rule.kind, rule.value);
			const found = value === '' ? [] : (index.get(keyOf(rule, value)) ?? []);
			const [record] = found;
			if (!record) continue;
			if (found.length === 1) return { kind: 'found', record, rule: shapeOf(rule) };
			return {
				kind: 'ambiguous',
				problem: `${shapeOf(rule)} finds ${found.length} records: ${found.map(named).join(', ')}`,
			};
		}
		return { kind: 'none' };
	});
}

function indexOf(rules: MatchRule[], records: JsonObject[]): Index {
	const index: Index = new Map();
	const shapes = new Map(rules.map((rule) => [shapeOf(rule), rule]));
	const once = new Map(records.map((record) => [String(record.id), record]));
	for (const record of once.values()) {
		for (const { kind, field } of shapes.values()) {
			const value = comparable(kind, getPath(record, field));
			if (value === '') continue;
			const key = keyOf({ kind, field }, value);
			const sharing = index.get(key);
			if (sharing) sharing.push(record);
			else index.set(key, [record]);
		}
	}
	return index;
}

/** As reports name a rule: `externalId Zoho_Books_ID`. */
function shapeOf({ kind, field }: Pick<MatchRule, 'kind' | 'field'>): string {
	return `${kind} ${field}`;
}

function keyOf(rule: Pick<MatchRule, 'kind' | 'field'>, value: string): string {
	return JSON.stringify([shapeOf(rule), value]);
}

function named(record: JsonObject): string {
	const name = displayName(record);
	const id = String(record.id);
	return name === '' || name === id ? id : `${name} (${id})`;
}
