import fc from 'fast-check';

import { advance, isSeen, scanFrom, startCursor, type Cursor, type CursorRow } from '../../../sync/cursor';

const start = Date.UTC(2026, 0, 1);
const second = 1000;

/** A server: rows by id, modification times in whole seconds. */
class Server {
	now = start;
	readonly rows = new Map<string, { modified: number; version: number }>();
	private version = 0;

	modify(id: string): void {
		this.rows.set(id, { modified: Math.floor(this.now / second) * second, version: (this.version += 1) });
	}

	since(from: number): Array<CursorRow & { version: number }> {
		return [...this.rows]
			.map(([id, row]) => ({ id, ...row }))
			.filter(({ modified }) => modified >= from)
			.sort((a, b) => a.modified - b.modified || a.id.localeCompare(b.id));
	}
}

/** One poll as a trigger does it: takes rows until `limit` of them are fresh. */
function poll(server: Server, cursor: Cursor, overlapSeconds: number, limit: number) {
	const all = server.since(scanFrom(cursor, overlapSeconds));
	const rows: typeof all = [];
	let fresh = 0;
	for (const row of all) {
		if (fresh >= limit) break;
		rows.push(row);
		if (!isSeen(cursor, row)) fresh += 1;
	}
	return advance(cursor, rows, {
		overlapSeconds,
		truncated: rows.length < all.length,
		scannedAt: server.now,
	});
}

const step = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ modify: fc.constantFrom('1', '2', '3', '4', '5', '6', '7') }) },
	{ weight: 2, arbitrary: fc.record({ pass: fc.constantFrom(0, 100, 400, 1000, 5000) }) },
	{ weight: 2, arbitrary: fc.record({ poll: fc.integer({ min: 1, max: 4 }) }) },
);

describe('the poll cursor', () => {
	test('puts out the last state of every modified row, and no state twice, however polls, pages and same-second bursts fall', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), fc.nat(10), (steps, overlap) => {
				const server = new Server();
				const put: string[] = [];
				let cursor = startCursor(server.now);
				const run = (limit: number) => {
					const { fresh, next } = poll(server, cursor, overlap, limit);
					put.push(...fresh.map(({ id, version }) => `${id} v${version}`));
					cursor = JSON.parse(JSON.stringify(next)) as Cursor;
				};
				for (const one of steps) {
					if ('modify' in one) server.modify(one.modify);
					else if ('pass' in one) server.now += one.pass;
					else run(one.poll);
				}
				server.now += 2 * second;
				for (let n = 0; n < 40; n += 1) run(3);
				expect(new Set(put).size).toBe(put.length);
				for (const [id, { version }] of server.rows) expect(put).toContain(`${id} v${version}`);
			}),
			{ numRuns: 1500 },
		);
	});

	test('a row that shows up late is put out when it lies within the overlap', () => {
		const cursor: Cursor = { since: start + 60 * second, seen: [] };
		const late = { id: '1', modified: start + 30 * second };
		expect(advance(cursor, [late], { overlapSeconds: 60 }).fresh).toEqual([late]);
		expect(advance(cursor, [late], { overlapSeconds: 10 }).fresh).toEqual([]);
	});

	test('a row modified in the second of the scan waits for the next scan', () => {
		const row = { id: '1', modified: start };
		const now = advance(startCursor(start), [row], { overlapSeconds: 5, scannedAt: start + 300 });
		expect(now.fresh).toEqual([]);
		expect(advance(now.next, [row], { overlapSeconds: 5, scannedAt: start + 1300 }).fresh).toEqual([row]);
	});

	test('a scan that stopped early goes on where it stopped, and looks back again once it is through', () => {
		const rows = [1, 2, 3].map((n) => ({ id: String(n), modified: start + n * second }));
		const first = advance(startCursor(start), rows.slice(0, 2), { overlapSeconds: 60, truncated: true });
		expect(scanFrom(first.next, 60)).toBe(start + 2 * second);
		const then = advance(first.next, rows.slice(1), { overlapSeconds: 60 });
		expect(then.fresh.map(({ id }) => id)).toEqual(['3']);
		expect(scanFrom(then.next, 60)).toBe(start + 3 * second - 60 * second);
	});

	test('without news the cursor stays', () => {
		const cursor: Cursor = { since: start, seen: [`1@${start}`] };
		expect(advance(cursor, [], { overlapSeconds: 5 }).next).toEqual(cursor);
		expect(advance(cursor, [{ id: '1', modified: start }], { overlapSeconds: 5 })).toEqual({
			fresh: [],
			next: cursor,
		});
	});
});
