import fc from 'fast-check';

import type { Scan, ScanRow, SweepOptions, SweepState } from '../../nodes/shared/trigger/sweep';
import { sweep } from '../../nodes/shared/trigger/sweep';

const minute = 60_000;

function table() {
	const rows = new Map<string, ScanRow>();
	const world = { now: 1_700_000_000_000, reads: [] as number[], broken: false };
	const second = () => Math.floor(world.now / 1000) * 1000;
	const scan: Scan = {
		key: 'Contacts',
		resource: 'Contacts',
		serverTime: async () => world.now,
		read: async (from) => {
			world.reads.push(from);
			if (world.broken) throw new Error('Zoho is away');
			return { rows: [...rows.values()].filter(({ modified }) => modified >= from), serverTime: world.now };
		},
	};
	const save = (id: string) => {
		rows.set(id, { id, modified: second(), created: rows.get(id)?.created ?? second() });
	};
	const remove = (id: string) => rows.set(id, { id, modified: second(), deleted: true });
	return { world, scan, save, remove };
}

const fresh: SweepState = { cursors: {}, waiting: [] };

function options(rest: Partial<SweepOptions> = {}): SweepOptions {
	return {
		events: ['created', 'updated', 'deleted'],
		overlapSeconds: 120,
		startLookBack: 30 * minute,
		limit: 200,
		lookedAt: new Set(['Contacts']),
		...rest,
	};
}

const ids = (batch: Array<{ id: string }>) => batch.map(({ id }) => id).sort();

async function first(scan: Scan) {
	return (await sweep(fresh, [scan], options({ startLookBack: 0, lookedAt: new Set() }))).state;
}

test('a change is put out once, although looks overlap', async () => {
	const { world, scan, save } = table();
	const start = await first(scan);
	world.now += minute;
	save('a');
	world.now += minute;
	const one = await sweep(start, [scan], options());
	expect(ids(one.batch)).toEqual(['a']);
	world.now += minute;
	expect((await sweep(one.state, [scan], options())).batch).toEqual([]);
});

test('a record that changes twice within one second is not lost when the look falls between', async () => {
	const { world, scan, save } = table();
	const start = await first(scan);
	world.now += minute;
	save('a');
	const one = await sweep(start, [scan], options());
	expect(ids(one.batch)).toEqual(['a']);
	world.now += 300;
	save('a');
	world.now += minute;
	expect(ids((await sweep(one.state, [scan], options())).batch)).toEqual(['a']);
});

test('a burst of one second that exceeds a batch comes out completely, batch by batch, each record once', async () => {
	const { world, scan, save } = table();
	let { state } = { state: await first(scan) };
	world.now += minute;
	for (let n = 0; n < 450; n++) save(String(n));
	const put: string[] = [];
	for (let look = 0; look < 4; look++) {
		world.now += minute;
		const result = await sweep(state, [scan], options());
		expect(result.batch.length).toBeLessThanOrEqual(200);
		put.push(...ids(result.batch));
		state = structuredClone(result.state);
	}
	expect(put.length).toBe(450);
	expect(new Set(put).size).toBe(450);
});

test('the first look of a process goes back behind the cursor and repeats what was put out then', async () => {
	const { world, scan, save } = table();
	const start = await first(scan);
	world.now += 10 * minute;
	save('a');
	world.now += minute;
	const before = await sweep(start, [scan], options());
	world.now += minute;
	const after = await sweep(before.state, [scan], options({ lookedAt: new Set() }));
	expect(ids(after.batch)).toEqual(['a']);
	world.now += minute;
	expect((await sweep(after.state, [scan], options())).batch).toEqual([]);
});

test('without any cursor the first look starts as far back as a start looks back', async () => {
	const { world, scan, save } = table();
	save('long ago');
	world.now += 40 * minute;
	save('just before');
	world.now += minute;
	const { batch } = await sweep(fresh, [scan], options({ lookedAt: new Set() }));
	expect(ids(batch)).toEqual(['just before']);
});

test('a scan that fails keeps its cursor and does not keep others from being put out', async () => {
	const good = table();
	const bad = table();
	const broken: Scan = { ...bad.scan, key: 'Accounts', resource: 'Accounts' };
	const scans = [broken, good.scan];
	const known = { lookedAt: new Set(['Contacts', 'Accounts']) };
	let { state } = await sweep(fresh, scans, options({ startLookBack: 0, lookedAt: new Set() }));
	bad.world.now += minute;
	good.world.now += minute;
	bad.save('x');
	good.save('y');
	bad.world.now += minute;
	good.world.now += minute;
	bad.world.broken = true;
	const failed = await sweep(state, scans, options(known));
	expect(ids(failed.batch)).toEqual(['y']);
	expect([...failed.failures.keys()]).toEqual(['Accounts']);
	bad.world.broken = false;
	({ state } = failed);
	expect(ids((await sweep(state, scans, options(known))).batch)).toEqual(['x']);
});

test('a record made since the last look is created, one made before is updated, and a chosen event only is put out', async () => {
	const { world, scan, save, remove } = table();
	world.now -= 60 * minute;
	save('old');
	save('gone');
	world.now += 60 * minute;
	const start = await first(scan);
	world.now += minute;
	save('old');
	save('new');
	save('new and edited');
	world.now += 5000;
	save('new and edited');
	remove('gone');
	world.now += minute;
	const types = async (events: SweepOptions['events']) =>
		Object.fromEntries(
			(await sweep(start, [scan], options({ events }))).batch.map(({ id, type }) => [id, type]),
		);
	expect(await types(['created', 'updated', 'deleted'])).toEqual({
		old: 'updated',
		new: 'created',
		'new and edited': 'created',
		gone: 'deleted',
	});
	expect(await types(['created'])).toEqual({ new: 'created', 'new and edited': 'created' });
	expect(await types(['updated'])).toEqual({ old: 'updated', 'new and edited': 'updated' });
	expect(await types(['deleted'])).toEqual({ gone: 'deleted' });
});

test('whatever changes when, and however often the process is killed, the last change of every record is put out after it', async () => {
	const action = fc.oneof(
		{ weight: 6, arbitrary: fc.record({ save: fc.integer({ min: 0, max: 20 }) }) },
		{ weight: 3, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 90_000 }) }) },
		{ weight: 3, arbitrary: fc.constant({ look: true }) },
		{ weight: 1, arbitrary: fc.constant({ kill: true }) },
	);
	await fc.assert(
		fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
			const { world, scan, save } = table();
			const changedAt = new Map<string, number>();
			const putAt = new Map<string, number>();
			let state = await first(scan);
			let kept = structuredClone(state);
			let lookedAt = new Set(['Contacts']);
			let tick = 0;
			const look = async () => {
				const result = await sweep(state, [scan], options({ limit: 5, lookedAt }));
				lookedAt = new Set(['Contacts']);
				state = result.state;
				// n8n writes the static data only when something is put out.
				if (result.batch.length > 0) kept = structuredClone(state);
				for (const { id } of result.batch) putAt.set(id, tick);
			};
			for (const one of actions) {
				tick++;
				if ('save' in one) {
					save(String(one.save));
					changedAt.set(String(one.save), tick);
				} else if ('wait' in one) world.now += one.wait;
				else if ('look' in one) await look();
				else {
					state = structuredClone(kept);
					lookedAt = new Set();
				}
			}
			for (let n = 0; n < 8; n++) {
				tick++;
				world.now += minute;
				await look();
			}
			for (const [id, at] of changedAt) expect(putAt.get(id) ?? -1).toBeGreaterThanOrEqual(at);
		}),
	);
});
