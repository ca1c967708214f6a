/** Items from Books on their way to CRM. CRM's present values are always known: the look-up brings them. */

import { getPath, isBlank, isTold, unflatten, writable } from './fields';
import { agreedWith } from './announced';
import { doubtOf } from './doubt';
import { foldRecords, groupBy, newestPerSource } from './fold';
import {
	emptyMark,
	fingerprint,
	linkField,
	markField,
	pathsToKnow,
	readMark,
	sameMark,
	writeMark,
} from './mark';
import { lookupsOf } from './lookUp';
import { buildIndex, findTarget, type Candidate, type Target } from './match';
import { decides, mergeFields, type MergeResult } from './merge';
import { agrees, hashOf } from './hash';
import { parseInstant } from './normalise';
import type { CrmItem, Lookup, PlanEntry, PlanOptions } from './planTypes';
import { displayName, entry, reasonFor, reviewEntry } from './report';
import { agreedChecks, checksOf, describeChecks, unreadFields, type Check } from './subform';
import type { Fields, Json, JsonObject, MatchRule, SyncMark } from './types';

type SourceItem = CrmItem & { inputs: number[] };

/** All candidates that the items can match: one entry per rule field, for COQL `in`. E-mails in the case given and in lower case. */
export function crmLookups(items: CrmItem[]): Lookup[] {
	return lookupsOf(items.flatMap(rulesOf));
}

/** The link is always the first thing to look for, whatever rules the user set. */
function rulesOf(item: CrmItem): MatchRule[] {
	const byLink: MatchRule = { kind: 'externalId', field: linkField, value: item.link };
	const hasLink = item.rules.some(({ kind, field }) => kind === 'externalId' && field === linkField);
	return hasLink ? item.rules : [byLink, ...item.rules];
}

/**
 * Decides over all items. `found` holds the CRM records that the look-ups gave, with id, link, mark and all mapped fields.
 * Entries come in the order of the input; a conflict for review adds an entry.
 */
export function planCrm(items: CrmItem[], found: JsonObject[], options: PlanOptions): PlanEntry[] {
	const sources = newestPerSource(items, (item) => item.link || `item ${item.inputIndex}`);
	const candidates = found.map(asCandidate);
	const index = buildIndex(candidates, sources.flatMap(rulesOf));
	const targets = sources.map((item) => ({ item, target: findTarget(rulesOf(item), index, item.link) }));
	const groups = groupBy(targets, ({ item, target }) =>
		target.kind === 'found' ? target.candidate.id : `new ${item.link || item.inputIndex}`,
	);
	return [...groups.values()]
		.flatMap((group) => planGroup(group, options))
		.sort((a, b) => a.inputIndex - b.inputIndex);
}

function asCandidate(record: JsonObject): Candidate {
	return { id: text(record.id), name: displayName(record), link: text(record[linkField]), record };
}

function planGroup(group: Array<{ item: SourceItem; target: Target }>, options: PlanOptions): PlanEntry[] {
	const items = group.map(({ item }) => item);
	const { item: first, target } = group[0] as { item: SourceItem; target: Target };
	if (target.kind === 'ambiguous') {
		return [reviewEntry(first.inputs, first.record, target.reason, target.candidates)];
	}
	const item = foldItems(items);
	if (target.kind === 'none') return [newEntry(item, options)];

	const claims = new Set(
		[target.candidate.link, ...items.map(({ link }) => link)].filter((link) => link !== ''),
	);
	if (claims.size > 1) {
		const reason = `${displayName(target.candidate.record)} in CRM is claimed by more than one Books record: ${[...claims].join(', ')}`;
		return items.map((one) => reviewEntry(one.inputs, one.record, reason, [target.candidate]));
	}
	const doubt = doubtOf(item, target.candidate, target.rule, rulesOf(item));
	if (doubt) return items.map((one) => reviewEntry(one.inputs, one.record, doubt, [target.candidate]));
	return mergeEntry(item, target.candidate, target.rule, options);
}

/** Items of several sources for one record; what belongs to the source comes from the last one. */
function foldItems(items: SourceItem[]): SourceItem {
	const last = items[items.length - 1] as SourceItem;
	if (items.length === 1) return last;
	return {
		...last,
		record: foldRecords(items.map(({ record }) => record)),
		inputs: items.flatMap(({ inputs }) => inputs).sort((a, b) => a - b),
		link: items.map(({ link }) => link).find((link) => link !== '') ?? '',
	};
}

function newEntry(item: SourceItem, options: PlanOptions): PlanEntry {
	const all = Object.entries(proposedFields(item, options));
	const proposed = Object.fromEntries(all.filter(([, value]) => !isBlank(value)));
	const checks = agreedChecks(checksOf(item.record, options.subformCheck));
	const hashes = Object.fromEntries(all.map(([field, value]) => [field, hashOf(value, field)]));
	const mark = nextMark(item, undefined, { hashes: { ...hashes, ...checks }, conflicts: [], changes: [] });
	const changes = Object.entries(proposed).map(([field, to]) => ({ field, from: undefined, to }));
	return entry('new', item.inputs, recordToWrite(item, proposed, mark, options), {
		changes,
		conflicts: [],
		reason: 'No record in CRM matches',
		mark,
	});
}

function mergeEntry(item: SourceItem, candidate: Candidate, rule: string, options: PlanOptions): PlanEntry[] {
	const { id, record } = candidate;
	const before = readMark(record[markField]);
	const unchanged = (reason: string, mark: SyncMark) =>
		entry('unchanged', item.inputs, { id }, { id, rule, changes: [], conflicts: [], reason, mark });
	if (before && isStale(item, before)) {
		return [
			unchanged(
				`An older state of the Books record: CRM has that of ${before.booksModified} already`,
				before,
			),
		];
	}

	const checks = mayBeEarlier(item, before) ? [] : checksOf(item.record, options.subformCheck, record, before?.crm);
	const merged = mergeInto(item, record, before, checks, options);
	const mark = nextMark(item, before, merged);
	const held = merged.conflicts.filter(({ settled }) => settled === 'review');
	const linkMissing = item.link !== '' && candidate.link !== item.link;
	const stale = !sameMark(before, mark, options.markLimit);
	const entries: PlanEntry[] = [];
	if (merged.changes.length > 0 || linkMissing || stale) {
		const { changes, conflicts } = merged;
		const reason = withChecks(reasonFor(merged, linkMissing, stale), checks);
		const written = { id, ...recordToWrite(item, merged.write, mark, options) };
		entries.push(entry('changed', item.inputs, written, { id, rule, changes, conflicts, reason, mark }));
	} else if (held.length === 0) {
		entries.push(unchanged('CRM agrees with Books already', mark));
	}
	if (held.length > 0) {
		const fields = Object.fromEntries(held.map(({ field, source }) => [field, source]));
		const fieldNames = held.map(({ field }) => field).join(', ');
		const reason = withChecks(`Changed on both sides since they last agreed: ${fieldNames}`, checks);
		const match = { id, rule, changes: [], conflicts: held, reason, mark: before ?? emptyMark() };
		entries.push(entry('review', item.inputs, { id, ...unflatten(fields) }, match));
	}
	return merged.isUncertain ? entries.map((one) => ({ ...one, isUncertain: true })) : entries;
}

function mergeInto(
	item: SourceItem,
	record: JsonObject,
	before: SyncMark | undefined,
	checks: Check[],
	options: PlanOptions,
): MergeResult & { isUncertain: boolean } {
	const all = proposedFields(item, options);
	const ancestor = before && agreedWith(before, all);
	const proposed = mayBeEarlier(item, before) ? withoutChanges(all, ancestor) : all;
	const isUncertain = Object.keys(proposed).length < Object.keys(all).length;
	const merged = mergeFields({
		proposed,
		current: valuesAt(record, Object.keys(proposed)),
		ancestor,
		source: 'books',
		policy: options.policy,
		overwriteBlank: options.overwriteBlank,
		emptyFields: options.emptyFields,
		unread: unreadFields(proposed, record, checks),
		sourceModified: item.sourceModified,
		targetModified: text(record.Modified_Time),
	});
	return { ...merged, hashes: { ...merged.hashes, ...agreedChecks(checks) }, isUncertain };
}

/** Fields on which both sides have never agreed, or agree as before. */
function withoutChanges(fields: Fields, agreed: SyncMark['crm'] = {}): Fields {
	const isSame = ([field, value]: [string, Json]) => agreed[field] === undefined || agrees(agreed[field], value, field);
	return Object.fromEntries(Object.entries(fields).filter(isSame));
}

function withChecks(reason: string, checks: Check[]): string {
	return [reason, describeChecks(checks)].filter(Boolean).join('. ');
}

/** A delivery that was overtaken by a newer one. */
function isStale({ sourceModified }: CrmItem, { booksModified }: SyncMark): boolean {
	const item = parseInstant(sourceModified);
	const known = parseInstant(booksModified);
	return item !== undefined && known !== undefined && item < known;
}

/** Books dates by whole seconds, and when a contact person was written is known no better than this (`answerDelay` of zoho/books/contactWrite.ts). Milliseconds. */
const blur = 2000;

/**
 * CRM knows a Books state of that second already, perhaps its own values just written there, so what a webhook held may be from before, unless it shows
 * those values. It adds what the mark does not know yet and changes nothing that it knows. Where it was the later state after all, the poll reads it: late, but
 * nothing is overwritten by what was there before.
 */
function mayBeEarlier(item: CrmItem, before: SyncMark | undefined): boolean {
	if (item.readBefore) return true;
	const [known, own] = [parseInstant(before?.booksModified), parseInstant(item.sourceModified)];
	if (!before || !item.fromPayload || known === undefined || own === undefined) return false;
	return before.booksWritten === undefined ? own === known : own <= known + blur && !showsTheWrite(item, before, before.booksWritten);
}

/** Does the Books record have what was written to it from CRM last? */
function showsTheWrite({ source }: CrmItem, { books }: SyncMark, booksWritten: string): boolean {
	const written = booksWritten.split(' ').filter(Boolean);
	const told = written.filter((path) => isTold(source, path));
	return (written.length === 0 || told.length > 0) && told.every((path) => agrees(books[path], getPath(source, path), path));
}

/**
 * The mark after the write. While a conflict waits for review, the source's half stays as it was: otherwise the other row would
 * take the source's change for agreed and settle the conflict by itself.
 */
function nextMark(
	item: CrmItem,
	before: SyncMark | undefined,
	merged: Pick<MergeResult, 'hashes' | 'conflicts' | 'changes'>,
): SyncMark {
	const old = before ?? emptyMark();
	const held = merged.conflicts.some(({ settled }) => settled === 'review');
	const mark: SyncMark = {
		version: 1,
		books: held ? old.books : { ...sourceHalf(item, old.books, decides(merged)), ...(mayBeEarlier(item, before) && old.books) },
		crm: { ...old.crm, ...merged.hashes },
	};
	const booksModified = item.sourceModified ?? old.booksModified;
	const booksParent = item.booksParent ?? old.booksParent;
	if (booksModified !== undefined) mark.booksModified = booksModified;
	if (old.booksWritten !== undefined && booksModified === old.booksModified) mark.booksWritten = old.booksWritten;
	if (booksParent !== undefined) mark.booksParent = booksParent;
	if (old.crmModified !== undefined) mark.crmModified = old.crmModified;
	if (old.announced !== undefined) mark.announced = old.announced;
	return mark;
}

/** A row of a list lacks fields that the record has: of those nothing new is known. */
function sourceHalf(item: CrmItem, old: SyncMark['books'], isDecided: boolean): SyncMark['books'] {
	const { source } = item;
	const told = pathsToKnow(old, item, isDecided).filter((path) => isTold(source, path));
	return { ...old, ...fingerprint(source, told) };
}

const ours = new Set(['id', linkField, markField]);

/** What the mapping proposes, lookups as `{ id }`, without the fields that Match itself takes care of and those that are never written. */
export function proposedFields({ record }: CrmItem, { subformCheck = [] }: PlanOptions): Fields {
	const all = Object.entries(writable(record));
	return Object.fromEntries(all.filter(([path]) => !ours.has(path) && !subformCheck.includes(path)));
}

function recordToWrite(
	item: CrmItem,
	fields: Fields,
	mark: SyncMark,
	{ markLimit }: PlanOptions,
): JsonObject {
	const link = item.link === '' ? {} : { [linkField]: item.link };
	return { ...unflatten(fields), ...link, [markField]: writeMark(mark, markLimit) };
}

function valuesAt(record: JsonObject, paths: string[]): Fields {
	return Object.fromEntries(paths.map((path) => [path, getPath(record, path)]));
}

function text(value: Json): string {
	return typeof value === 'string' ? value : '';
}
