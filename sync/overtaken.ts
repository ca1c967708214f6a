/**
 * States of a CRM record that were overtaken on their way to Books: an execution may wait minutes for Books' limit with what it has read, while
 * another one carries over a newer state of the same record. The mark tells the time of the state that was carried over last.
 */

import { emptyMark, readMark } from './mark';
import { parseInstant } from './normalise';
import type { PlanEntry } from './planTypes';
import type { BooksSource, Linked } from './resolveBooks';
import type { SyncMark } from './types';

type Source = Linked & Pick<BooksSource, 'module' | 'sourceModified'>;

/** The overtaken ones, decided, and the others. Nothing is written for the first, not even a mark: the newer state has seen to it. */
export function apart<Item extends Source>(sources: Item[]): [PlanEntry[], Item[]] {
	const overtaken = sources.filter(isOvertaken);
	return [overtaken.map(entryOf), sources.filter((item) => !overtaken.includes(item))];
}

/** CRM tells whole seconds: of two states of one second nobody sees which is the later. */
function isOvertaken({ link, mark, sourceModified }: Source): boolean {
	const own = parseInstant(sourceModified);
	const newest = link === '' ? undefined : parseInstant(mark?.crmModified);
	return own !== undefined && newest !== undefined && own < newest;
}

function entryOf({ module, id, mark = emptyMark(), inputs }: Source): PlanEntry {
	const reason = `An older state of ${module} ${id}: Books has that of ${mark.crmModified} already`;
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
