/**
 * The safety net: what was modified since the last look, whether or not a webhook told. Pure but for the
 * scans handed in.
 *
 * Nothing is lost because: the cursor moves only as far as rows were seen; each look overlaps the last one;
 * rows of the second that is still running are put out but not remembered, as they may change once more
 * within it; and what is more than one batch waits in the state, not in memory. Rows put out twice are
 * harmless: Zoho Match turns a repeat into "unchanged".
 */

import { advance, scanFrom, startCursor, versionOf, wholeSecond } from '../../../sync/cursor';
import type { Cursor } from '../../../sync/cursor';
import type { EventType, TriggerEvent } from './events';
import { recordKey } from './events';

export interface ScanRow {
	id: string;
	/** Epoch milliseconds. */
	modified: number;
	/** Epoch milliseconds; absent where the row does not tell. */
	created?: number;
	deleted?: boolean;
}

/** A look at one collection: every row modified at or after a time, in any order. */
export interface ScanResult {
	rows: ScanRow[];
	/** The look left part of the collection out: what it found goes out, and a later look starts where this one did. */
	partial?: boolean;
	/** Zoho's clock when the look began, epoch milliseconds. */
	serverTime: number;
}

export interface Scan {
	/** Names the cursor: `contact`, `Contacts`, `Contacts deleted`. */
	key: string;
	/** Resource or module of the events. */
	resource: string;
	organizationId?: string;
	/** Of what happens seldom: polls that come often do not look each time. */
	isSeldom?: boolean;
	/** Zoho's clock, epoch milliseconds. */
	serverTime(): Promise<number>;
	read(from: number): Promise<ScanResult>;
}

/** JSON-safe: a trigger keeps it in its static data. */
export interface SweepState {
	cursors: Record<string, Cursor>;
	/** Found but not put out yet, oldest first. */
	waiting: TriggerEvent[];
}

export interface SweepOptions {
	events: readonly EventType[];
	overlapSeconds: number;
	/** How far behind the cursor the first look of a process starts, in milliseconds. */
	startLookBack: number;
	/** Keys of the scans that this process has looked at before. */
	lookedAt: ReadonlySet<string>;
	/** Most events put out by one look. */
	limit: number;
	/** What is due of all that was found, and what is left to a later look; the rest has been dealt with. Default: all is due. */
	sort?(found: readonly TriggerEvent[]): { due: TriggerEvent[]; later: TriggerEvent[] };
}

export interface SweepResult {
	batch: TriggerEvent[];
	state: SweepState;
	/** By key of the scan, what went wrong; its cursor stayed. The other scans are in the batch. */
	failures: Map<string, unknown>;
}

export async function sweep(
	state: SweepState,
	scans: readonly Scan[],
	options: SweepOptions,
): Promise<SweepResult> {
	const cursors = { ...state.cursors };
	const waiting = new Map(state.waiting.map((event) => [recordKey(event), event]));
	const failures = new Map<string, unknown>();
	for (const scan of scans) {
		try {
			const kept = state.cursors[scan.key];
			const cursor =
				kept && options.lookedAt.has(scan.key) ? kept : await lookBack(kept, scan, options.startLookBack);
			const { events, next } = await look(scan, cursor, options);
			for (const event of events) {
				// Deleting first moves a record that changed again to the end of the queue.
				waiting.delete(recordKey(event));
				waiting.set(recordKey(event), event);
			}
			cursors[scan.key] = next;
		} catch (error) {
			failures.set(scan.key, error);
		}
	}
	const queue = [...waiting.values()];
	const { due, later } = options.sort?.(queue) ?? { due: queue, later: [] };
	return {
		batch: due.slice(0, options.limit),
		state: { cursors, waiting: [...due.slice(options.limit), ...later] },
		failures,
	};
}

/**
 * Where the first look of a process starts: behind the cursor, and without knowing what was put out.
 * Executions that were under way when the last process was killed are then done again.
 */
async function lookBack(kept: Cursor | undefined, scan: Scan, milliseconds: number): Promise<Cursor> {
	return startCursor((kept?.since ?? (await scan.serverTime())) - milliseconds);
}

async function look(
	scan: Scan,
	cursor: Cursor,
	{ events, overlapSeconds }: SweepOptions,
): Promise<{ events: TriggerEvent[]; next: Cursor }> {
	const { rows, serverTime, partial } = await scan.read(scanFrom(cursor, overlapSeconds));
	const { fresh, next: advanced } = advance(cursor, rows, { overlapSeconds });
	const next = partial ? { ...cursor, seen: [...new Set([...cursor.seen, ...fresh.map(versionOf)])].sort() } : advanced;
	const unsettled = new Set(rows.filter(({ modified }) => modified >= wholeSecond(serverTime)).map(versionOf));
	const found = fresh.flatMap((row): TriggerEvent[] => {
		const type = typeOf(row, cursor, events);
		if (!type) return [];
		const { resource, organizationId } = scan;
		return [
			{
				type,
				resource,
				id: row.id,
				delivery: 'polling',
				at: row.modified,
				...(organizationId ? { organizationId } : {}),
			},
		];
	});
	return { events: found, next: { ...next, seen: next.seen.filter((key) => !unsettled.has(key)) } };
}

/**
 * A record is new when it was created since the last look; one that was created and then edited is an update
 * to a workflow that asks for updates only.
 */
function typeOf(row: ScanRow, { since }: Cursor, wanted: readonly EventType[]): EventType | undefined {
	if (row.deleted) return wanted.includes('deleted') ? 'deleted' : undefined;
	const isNew = row.created !== undefined && row.created >= since;
	if (isNew && wanted.includes('created')) return 'created';
	const edited = !isNew || row.created !== row.modified;
	return edited && wanted.includes('updated') ? 'updated' : undefined;
}
