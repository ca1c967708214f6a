/** The three-way merge of one record: which of the proposed fields the target should get. */

import { isBlank } from './fields';
import { agrees, hashOf } from './hash';
import { parseInstant } from './normalise';
import type { ConflictPolicy, FieldChange, FieldConflict, Fields, Json, JsonObject, Side, SyncMark } from './types';

export interface MergeInput {
	/** What the mapping wants in the target: target path → value. */
	proposed: Fields;
	/** What the target holds, over the same paths; undefined when the target was not read. */
	current?: Fields;
	/** What the target held when both last agreed: target path → hash; undefined when they never did. */
	ancestor?: Record<string, string>;
	/** The side the proposed values come from. */
	source: Side;
	policy: ConflictPolicy;
	overwriteBlank: boolean;
	/** Fields that a blank may empty, although `overwriteBlank` is false. */
	emptyFields?: readonly string[] | undefined;
	/** Target fields that cannot be read (lists of a CRM record). */
	unread?: Unread | undefined;
	/** ISO date-times, for the policy `newest`. */
	sourceModified?: string;
	targetModified?: string;
}

export interface Unread {
	fields: ReadonlySet<string>;
	/** Other fields show that they are not in the target as both sides agreed on. */
	moved: boolean;
}

export interface MergeResult {
	/** Only the fields to write. */
	write: Fields;
	changes: FieldChange[];
	conflicts: FieldConflict[];
	/** The ancestor after the write, over the proposed paths; a field on which the sides still differ keeps its old hash. */
	hashes: Record<string, string>;
	/** The target must be read before this can be decided. */
	needsCurrent: boolean;
}

type Verdict =
	| 'same' // both mean the same already
	| 'write' // only the source changed it, or the target has nothing there
	| 'keep' // only the target changed it: the other row brings it over
	| 'blank' // the source has nothing, and a blank must not erase
	| 'conflict' // both changed it, to different values
	| 'unknown'; // cannot be told without reading the target

/**
 * What the mark says of Books' clock once the changes of `merges` are written there: the state they go by (that of the mark, or else of `read`), what they change (paths of
 * which the ancestor knows the value), and what was announced.
 */
export function booksClock(old: SyncMark, merges: MergeResult[], read: JsonObject | undefined): Pick<SyncMark, 'booksModified' | 'booksWritten' | 'announced'> {
	const modified = old.booksModified ?? read?.last_modified_time;
	const written = merges.flatMap(({ changes, hashes }) => changes.map(({ field }) => field).filter((field) => field in hashes));
	const isWritten = merges.some(({ changes }) => changes.length > 0);
	return {
		...(typeof modified === 'string' && modified !== '' && { booksModified: modified }),
		...(isWritten && { booksWritten: written.join(' ') }),
		...(old.announced !== undefined && { announced: old.announced }),
	};
}

/**
 * Is something written, or a conflict settled? A value of the source that lost a conflict has to be known, too: else either row, where each gives way to the other
 * side, finds the same conflict for ever.
 */
export function decides({ changes, conflicts }: Pick<MergeResult, 'changes' | 'conflicts'>): boolean {
	return changes.length > 0 || conflicts.length > 0;
}

/** Judges every proposed field and settles conflicts by the policy. */
export function mergeFields(input: MergeInput): MergeResult {
	const result: MergeResult = { write: {}, changes: [], conflicts: [], hashes: {}, needsCurrent: false };
	for (const [field, proposed] of Object.entries(input.proposed)) {
		const current = input.current?.[field];
		const verdict = judge(field, proposed, input);
		const settled = verdict === 'conflict' ? settle(input) : undefined;
		if (settled) result.conflicts.push({ field, source: proposed, target: current, settled });
		if (verdict === 'unknown') result.needsCurrent = true;

		const writes = verdict === 'write' || settled === 'source';
		if (writes) {
			result.write[field] = proposed;
			result.changes.push({ field, from: current, to: proposed });
		}
		const before = input.ancestor?.[field];
		const isNew = writes || (verdict === 'same' && !agrees(before, proposed, field));
		const after = isNew ? hashOf(proposed, field) : before;
		if (after !== undefined) result.hashes[field] = after;
	}
	return result;
}

function judge(field: string, proposed: Json, input: MergeInput): Verdict {
	const before = input.ancestor?.[field];
	const wanted = hashOf(proposed, field);
	const mayBlank = input.overwriteBlank || (input.emptyFields ?? []).includes(field);
	const mayErase = mayBlank && before !== undefined;
	if (input.unread?.fields.has(field)) {
		if (isBlank(proposed) && !mayErase) return wanted === before ? 'same' : 'blank';
		if (before === undefined || input.unread.moved) return 'conflict';
		return wanted === before ? 'same' : 'write';
	}
	if (!input.current) {
		if (agrees(before, proposed, field)) return 'same';
		if (isBlank(proposed) && !mayErase) return 'blank';
		return before !== undefined && sourceAlwaysWins(input) ? 'write' : 'unknown';
	}

	const current = input.current[field];
	const present = hashOf(current, field);
	if (wanted === present) return 'same';
	if (isBlank(proposed) && !mayErase) return 'blank';
	// Where blanks do not count as edits, an empty target only waits to be filled.
	if (isBlank(current) && (before === undefined || !mayBlank)) return 'write';
	const isKept = agrees(before, proposed, field);
	if (agrees(before, current, field)) return isKept ? 'same' : 'write';
	if (isKept) return 'keep';
	return agrees(wanted, current, field) || agrees(present, proposed, field) ? 'same' : 'conflict';
}

function sourceAlwaysWins({ policy, source }: MergeInput): boolean {
	return policy === 'eventSide' || policy === source;
}

function settle(input: MergeInput): FieldConflict['settled'] {
	if (input.policy === 'review') return 'review';
	const winner = input.policy === 'newest' ? newestSide(input) : input.policy;
	return winner === 'eventSide' || winner === input.source ? 'source' : 'target';
}

/** The side modified last. In the same second, or where a time is missing: Books. */
function newestSide({ source, sourceModified, targetModified }: MergeInput): Side {
	const theirs = parseInstant(sourceModified);
	const ours = parseInstant(targetModified);
	if (theirs === undefined || ours === undefined || theirs === ours) return 'books';
	const other: Side = source === 'books' ? 'crm' : 'books';
	return theirs > ours ? source : other;
}
