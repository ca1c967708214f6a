/**
 * Items from CRM on their way to Books, where one CRM record stands for one Books record: Products and items, Vendors and vendors.
 * As in planBooks, Books is read only where needed: a known link and a good mark make an echo free.
 */

import { groupBy, newestPerSource } from './fold';
import type { FlatKind } from './flatKinds';
import { hashOf } from './hash';
import { withoutBlanks } from './mapped';
import { emptyMark, fingerprint, pathsToKnow, sameMark } from './mark';
import { comparable } from './match';
import { booksClock, decides, mergeFields, type MergeResult } from './merge';
import type { FlatItem, FlatKnowledge, FlatPlan, PlanEntry, PlanOptions } from './planTypes';
import { entry, reasonFor, reviewEntry } from './report';
import { asSource, beforeOf, gone, textOf } from './resolveBooks';
import { apart, carried } from './overtaken';
import { FlatNeedsList, placeFlat, type FlatPlace, type FlatSource } from './resolveFlat';
import type { CrmSource, Fields, JsonObject, SyncMark } from './types';

interface Run {
	kind: FlatKind;
	known: FlatKnowledge;
	needs: FlatNeedsList;
	options: PlanOptions;
}

interface Placed {
	item: FlatSource;
	place: FlatPlace;
}

type Found = Extract<FlatPlace, { kind: 'found' }>;

/** Decides over all items with what is known of Books; look up what `needs` tells and call again until `complete`. */
export function planFlat(
	items: FlatItem[],
	known: FlatKnowledge,
	kind: FlatKind,
	options: PlanOptions,
): FlatPlan {
	const run: Run = { kind, known, needs: new FlatNeedsList(), options };
	const sources = newestPerSource(items, (item) => `${item.module} ${String(item.source.id)}`).map(asSource);
	const [overtaken, current] = apart(sources);
	const placed = current.map((item): Placed => ({ item, place: placeFlat(item, kind, known, run.needs) }));
	const entries = [
		...overtaken,
		...placed.flatMap(settled),
		...newEntries(placed, run),
		...[...groupBy(placed.filter(isFound), ({ place }) => place.id).values()].flatMap((group) =>
			foundEntries(group, run),
		),
	];
	const needs = run.needs.list();
	return {
		entries: entries.sort((a, b) => a.inputIndex - b.inputIndex),
		needs,
		complete: needs.ids.length + needs.searches.length === 0,
	};
}

function settled({ item, place }: Placed): PlanEntry[] {
	if (place.kind === 'review')
		return [reviewEntry(item.inputs, item.record, place.reason, place.candidates)];
	if (place.kind !== 'outside') return [];
	const reason = `${item.module} ${item.id} (${item.link}) is shared by invoice lines and stands for nothing in Books`;
	const match = { changes: [], conflicts: [], reason, mark: item.mark ?? emptyMark(), sources: [] };
	return [entry('unchanged', item.inputs, {}, match)];
}

function isFound(one: Placed): one is { item: FlatSource; place: Found } {
	return one.place.kind === 'found';
}

/** Books takes each name and each code once, so of two new ones that share one the second is for a person to decide. */
function newEntries(placed: Placed[], run: Run): PlanEntry[] {
	const taken = new Map<string, FlatSource>();
	return placed.flatMap(({ item, place }) => {
		if (place.kind !== 'new') return [];
		const keys = namesOf(item, run.kind);
		const twin = keys.map((key) => taken.get(key)).find((one) => one !== undefined);
		if (twin) return [reviewEntry(item.inputs, item.record, sameName(twin, run.kind))];
		for (const key of keys) taken.set(key, item);
		return [newEntry(item, run)];
	});
}

function namesOf({ record, rules }: FlatSource, { nameField }: FlatKind): string[] {
	const byName = { kind: 'field' as const, field: nameField, value: record[nameField] };
	return [byName, ...rules.filter(({ kind }) => kind === 'field')]
		.filter(({ kind, field, value }) => comparable(kind, value, field) !== '')
		.map(({ kind, field, value }) => JSON.stringify([field, comparable(kind, value, field)]));
}

function sameName({ module, id }: FlatSource, { label }: FlatKind): string {
	return `${module} ${id} has the same name or code and becomes a new ${label} now. If both are the same, merge them in CRM; if not, change one of them`;
}

function newEntry(item: FlatSource, { kind }: Run): PlanEntry {
	const proposed = kind.fieldsOf(item.record);
	const record = kind.newRecord(withoutBlanks(proposed));
	const books = Object.fromEntries(Object.entries(proposed).map(([path, value]) => [path, hashOf(value, path)]));
	const mark: SyncMark = { ...emptyMark(), ...carried(item), books, crm: fingerprint(item.source, item.sourceFields) };
	const changes = Object.entries(withoutBlanks(proposed)).map(([field, to]) => ({ field, from: undefined, to }));
	const reason = `No ${kind.label} in Books matches`;
	return entry('new', item.inputs, record, {
		changes,
		conflicts: [],
		reason,
		mark,
		sources: [sourceOf(item, mark, true, kind)],
	});
}

/** The CRM record that is linked goes on; others that only a rule leads to the same Books record are in doubt. */
function foundEntries(group: Array<{ item: FlatSource; place: Found }>, run: Run): PlanEntry[] {
	const linked = group.find(({ place }) => place.sure) ?? (group.length === 1 ? group[0] : undefined);
	const reason = `${group.map(({ item }) => `${item.module} ${item.id}`).join(' and ')} find the same ${run.kind.label} in Books. If they are the same, merge them in CRM; if not, change their names or codes`;
	const others = group.filter((one) => one !== linked);
	return [
		...others.map(({ item, place }) =>
			reviewEntry(item.inputs, item.record, reason, [{ id: place.id, name: '', link: '', record: {} }]),
		),
		...(linked ? mergeEntries(linked.item, linked.place, run) : []),
	];
}

/** None while `needs` grows. */
function mergeEntries(item: FlatSource, place: Found, { kind, known, needs, options }: Run): PlanEntry[] {
	const { id, rule } = place;
	const present = known.records.get(id);
	const missing = known.records.has(id) && !present ? gone(kind.label, id) : undefined;
	if (missing?.kind === 'review') return [reviewEntry(item.inputs, item.record, missing.reason)];
	const misfit = present && kind.misfit(present);
	if (misfit) return [reviewEntry(item.inputs, item.record, misfit)];

	const merged = merge(item, present, kind, options);
	const mustRead = !item.mark || item.link === '' || merged.needsCurrent || kind.needsRecord(merged.write);
	if (mustRead && !present) {
		needs.record(id);
		return [];
	}
	const mark = nextMark(item, merged, present);
	const write = merged.changes.length > 0 || item.link !== id || !sameMark(item.mark, mark, options.markLimit);
	const sources = [sourceOf(item, mark, write, kind)];
	const { changes, conflicts } = merged;
	const held = conflicts.filter((conflict) => conflict.settled === 'review');
	const shared = { id, rule, changes, conflicts, mark, sources };
	const idOnly: JsonObject = { [kind.idField]: id };
	const entries: PlanEntry[] = [];
	if (changes.length > 0) {
		const record = { ...idOnly, ...kind.changes(merged.write, present) };
		entries.push(entry('changed', item.inputs, record, { ...shared, reason: reasonFor(merged, false, false) }));
	} else if (held.length === 0 || write) {
		const upkeep = write ? '; link and mark in CRM are brought up to date' : '';
		const reason = `Books agrees with CRM already${upkeep}`;
		entries.push(entry('unchanged', item.inputs, idOnly, { ...shared, reason }));
	}
	if (held.length > 0) {
		const fields: Fields = Object.fromEntries(held.map(({ field, source }) => [field, source]));
		const reason = `Changed on both sides since they last agreed: ${Object.keys(fields).join(', ')}`;
		const record = { ...idOnly, ...kind.changes(fields, present) };
		const match = { id, rule, changes: [], conflicts: held, reason, mark: emptyMark() };
		entries.push(entry('review', item.inputs, record, match));
	}
	return entries;
}

function merge(
	item: FlatSource,
	present: JsonObject | undefined,
	kind: FlatKind,
	options: PlanOptions,
): MergeResult {
	const proposed = kind.fieldsOf(item.record);
	const paths = Object.keys(proposed);
	return mergeFields({
		proposed,
		current: present && Object.fromEntries(paths.map((path) => [path, kind.valueAt(present, path)])),
		// What an unlinked record's mark says was about another Books record.
		ancestor: item.link === '' ? undefined : item.mark?.books,
		source: 'crm',
		policy: options.policy,
		overwriteBlank: options.overwriteBlank,
		emptyFields: options.emptyFields,
		sourceModified: item.sourceModified,
		targetModified: textOf(present?.last_modified_time),
	});
}

/** As in planCrm: while a conflict waits for review the source's half stays, or the other row would settle it by itself. */
function nextMark(item: FlatSource, merged: MergeResult, present: JsonObject | undefined): SyncMark {
	const old = (item.link !== '' && item.mark) || emptyMark();
	const held = merged.conflicts.some(({ settled }) => settled === 'review');
	return {
		version: 1,
		books: { ...old.books, ...merged.hashes },
		crm: held ? old.crm : fingerprint(item.source, pathsToKnow(old.crm, item, decides(merged)), old.crm),
		...booksClock(old, [merged], present),
		...carried(held ? {} : item, old),
	};
}

function sourceOf(item: FlatSource, mark: SyncMark, write: boolean, kind: FlatKind): CrmSource {
	return { module: item.module, id: item.id, mark, write, ...beforeOf(item, mark), ...(kind.idField === 'contact_id' ? {} : { idField: kind.idField }) };
}
