/** Polling by "modified since": cursor in, fresh rows and next cursor out. Times are whole seconds, as Zoho writes them. */

/** Seen so far. JSON-safe, so that a trigger can keep it. */
export interface Cursor {
	/** Epoch milliseconds (whole second) of the newest modification seen. */
	since: number;
	/** Rows already put out that a scan may bring again: `id@epoch ms` of their modification. */
	seen: string[];
	/** The last scan stopped early: the next one goes on where it stopped, without looking back. */
	backlog?: boolean;
}

export interface CursorRow {
	id: string;
	/** Epoch milliseconds of the row's last modification. */
	modified: number;
}

export interface ScanOptions {
	/** How far each scan looks back behind the newest row seen, for rows that show up late. */
	overlapSeconds: number;
	/**
	 * The scan stopped before its end. Rows must then come oldest first, and the scan must have gone on until it met a row that
	 * is not in `seen` (`isSeen`): of a second with more rows than one scan takes, the next would see the same ones again.
	 */
	truncated?: boolean;
	/**
	 * Epoch milliseconds by the server's clock when the scan began. Rows modified in that very second wait for the next scan,
	 * because they may change once more within it without any sign. Leave out where the server's clock is not known.
	 */
	scannedAt?: number;
}

export interface Advance<Row> {
	/** Rows not put out yet, oldest first. */
	fresh: Row[];
	next: Cursor;
}

/** A cursor that puts out what is modified from now on. `now` is epoch milliseconds, best by the server's clock. */
export function startCursor(now: number): Cursor {
	return { since: wholeSecond(now), seen: [] };
}

/** From when (inclusive, epoch milliseconds) rows must be asked for. */
export function scanFrom(cursor: Cursor, overlapSeconds: number): number {
	return cursor.backlog ? cursor.since : cursor.since - overlapSeconds * 1000;
}

/** Was this state of the row put out already? For a scan that stops after so many fresh rows. */
export function isSeen(cursor: Cursor, row: CursorRow): boolean {
	return cursor.seen.includes(versionOf(row));
}

/** Which rows of a scan are fresh, and where the next scan starts. The cursor never passes a row that was not seen. */
export function advance<Row extends CursorRow>(
	cursor: Cursor,
	rows: Row[],
	options: ScanOptions,
): Advance<Row> {
	const from = scanFrom(cursor, options.overlapSeconds);
	const until = options.scannedAt === undefined ? Infinity : wholeSecond(options.scannedAt);
	const settled = rows.filter(({ modified }) => modified >= from && modified < until);
	const known = new Set(cursor.seen);
	const fresh: Row[] = [];
	for (const row of settled.sort((a, b) => a.modified - b.modified)) {
		if (known.has(versionOf(row))) continue;
		known.add(versionOf(row));
		fresh.push(row);
	}
	const since = settled.reduce((latest, row) => Math.max(latest, wholeSecond(row.modified)), cursor.since);
	const keepFrom = since - options.overlapSeconds * 1000;
	const seen = [...known].filter((key) => timeOf(key) >= keepFrom).sort();
	return { fresh, next: { since, seen, ...(options.truncated ? { backlog: true } : {}) } };
}

/** The beginning of the second, epoch milliseconds. */
export function wholeSecond(epochMs: number): number {
	return Math.floor(epochMs / 1000) * 1000;
}

/** Names a row in one state, as `Cursor.seen` holds it. */
export function versionOf({ id, modified }: CursorRow): string {
	return `${id}@${modified}`;
}

function timeOf(key: string): number {
	return Number(key.slice(key.lastIndexOf('@') + 1));
}
