/**
 * States of a CRM record that were overtaken on their way to Books: an execution may wait minutes for Books' limit with what it has read, while
 * another one carries over a newer state of the same record. The mark tells the time of the state that was carried over last.
 */

import { getPath, isTold } from './fields';
import { agrees } from './hash';
import { emptyMark, readMark } from './mark';
import { parseInstant } from './normalise';
import type { PlanEntry } from './planTypes';
import type { BooksSource, Linked } from './resolveBooks';
import type { JsonObject, SyncMark } from './types';

type Source = Linked & Pick<BooksSource, 'module' | 'sourceModified' | 'isOutdated'>;

/** The overtaken ones, decided, and the others. Nothing is written for the first, not even a mark: the newer state has seen to it. */
export function apart<Item extends Source>(sources: Item[]): [PlanEntry[], Item[]] {
	const overtaken = sources.filter(isOvertaken);
	return [overtaken.map(entryOf), sources.filter((item) => !overtaken.includes(item))];
}

/** CRM tells whole seconds: of two states of one second nobody sees which is the later. */
function isOvertaken({ link, mark, sourceModified, isOutdated }: Source): boolean {
	if (isOutdated) return true;
	const own = parseInstant(sourceModified);
	const newest = link === '' ? undefined : parseInstant(mark?.crmModified);
	return own !== undefined && newest !== undefined && own < newest;
}

/**
 * Fields of a CRM record on which both systems have agreed anew since it was read, and not on what it shows: it may have been written over from Books, and would
 * look typed over in CRM. Or an older state of CRM was carried over meanwhile. What the record has by now tells.
 * @param read the mark that was read with it
 * @param now the one that it has by now
 */
export function fieldsInDoubt(source: JsonObject, read: SyncMark | undefined, now: SyncMark | undefined): string[] {
	const agreed = Object.entries(now?.crm ?? {}).filter(([field, hash]) => hash !== read?.crm[field]);
	return agreed.flatMap(([field, hash]) => {
		const value = getPath(source, field);
		return isTold(source, field) && !Array.isArray(value) && !agrees(hash, value, field) ? [field] : [];
	});
}

function entryOf({ module, id, mark = emptyMark(), inputs, isOutdated }: Source): PlanEntry {
	const known = isOutdated ? 'it has been written since, and comes again' : `Books has that of ${mark.crmModified} already`;
	const reason = `An older state of ${module} ${id}: ${known}`;
	const match = { action: 'unchanged' as const, inputs, changes: [], conflicts: [], reason, mark, sources: [] };
	return { output: 'unchanged', inputIndex: inputs[0] as number, record: {}, match };
}

/**
 * Does the one mark count more than the other of the same record? What was written to Books last counts: a mark that knows an
 * older Books record would make it look edited in Books, and CRM would get old values back. Where Books' seconds cannot tell, the mark counts that knows
 * less of CRM: then what is newer in CRM is carried over once more. What is no mark counts for nothing.
 * @param one text of the mark field, and `other` likewise
 */
export function outranks(one: unknown, other: unknown): boolean {
	const [a, b] = [readMark(one), readMark(other)];
	if (!a) return false;
	return !b || (compareTimes(a.booksModified, b.booksModified) || compareTimes(b.crmModified, a.crmModified)) > 0;
}

/** Which of two times is the later: 1 for the first, 0 where they are the same or either is not known. */
export function compareTimes(one: string | undefined, other: string | undefined): number {
	const [a, b] = [parseInstant(one), parseInstant(other)];
	return a === undefined || b === undefined ? 0 : Math.sign(a - b);
}

/** What the mark says of the state that is carried over now, or else of the one before. */
export function carried({ sourceModified }: { sourceModified?: string }, before?: SyncMark): Pick<SyncMark, 'crmModified'> {
	const crmModified = sourceModified ?? before?.crmModified;
	return crmModified === undefined ? {} : { crmModified };
}
