import fc from 'fast-check';

import type { TriggerEvent } from '../../nodes/shared/trigger/events';
import { mergeEvents, recordKey } from '../../nodes/shared/trigger/events';
import { Folding } from '../../nodes/shared/trigger/folding';

/** A clock that moves only when told, and wakes sleepers on its way. */
function fakeClock() {
	let now = 1_000_000;
	const sleepers: Array<{ at: number; wake: () => void }> = [];
	return {
		now: () => now,
		sleep: async (milliseconds: number) =>
			await new Promise<void>((wake) => sleepers.push({ at: now + milliseconds, wake })),
		/** Time passes, and whoever sleeps wakes in time. */
		async advance(milliseconds: number) {
			const until = now + milliseconds;
			while (now < until) await this.stall(Math.min(until, ...sleepers.map(({ at }) => Math.max(at, now + 1))) - now);
		},
		/** Nobody wakes until so much time has passed: a process that is busy. */
		async stall(milliseconds: number) {
			now += milliseconds;
			for (const due of sleepers.filter(({ at }) => at <= now)) {
				sleepers.splice(sleepers.indexOf(due), 1);
				due.wake();
			}
			await settle();
		},
	};
}

/** Lets every promise that can go on do so. */
async function settle() {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function event(id: string, rest: Partial<TriggerEvent> = {}): TriggerEvent {
	return { type: 'updated', resource: 'Contacts', id, delivery: 'webhook', ...rest };
}

function start() {
	const clock = fakeClock();
	return { clock, folding: new Folding<TriggerEvent>(recordKey, ({ resource }) => resource, mergeEvents, clock) };
}

async function isDone(promise: Promise<unknown>): Promise<boolean> {
	let done = false;
	void promise.then(() => (done = true));
	await settle();
	return done;
}

const second = { window: 1000, limit: 100 };
const ids = (batch: TriggerEvent[] | undefined) => batch?.map(({ id }) => id);

test('a lone delivery waits half a second for those that belong to it', async () => {
	const { clock, folding } = start();
	const one = folding.add('t', [event('1')], second);
	await clock.advance(300);
	const two = folding.add('t', [event('1', { resource: 'Accounts' })], second);
	await clock.advance(499);
	expect(await isDone(one)).toBe(false);
	await clock.advance(1);
	expect([(await one)?.map(recordKey), await two]).toEqual([['Contacts/1', 'Accounts/1'], undefined]);
});

test('when the window is over a batch ends in a moment without a delivery', async () => {
	const { clock, folding } = start();
	const first = folding.add('t', [event('0')], second);
	for (const [n, wait] of [[1, 400], [2, 400], [3, 190]] as const) {
		await clock.advance(wait);
		void folding.add('t', [event(String(n))], second);
	}
	await clock.advance(30);
	expect(await isDone(first)).toBe(false);
	await clock.advance(20);
	expect(ids(await first)).toEqual(['0', '1', '2', '3']);
});

test('such a moment is waited for five seconds at most', async () => {
	const { clock, folding } = start();
	const first = folding.add('t', [event('first')], second);
	for (let n = 0; n < 300; n++) {
		await clock.advance(25);
		void folding.add('t', [event(String(n))], second);
	}
	const size = (await first)?.length ?? 0;
	// One for each 25 ms of the window and of five seconds after it, at most.
	expect(size).toBeGreaterThan(40);
	expect(size).toBeLessThanOrEqual(240);
});

test('a process that was busy takes the deliveries that wait before it starts an execution', async () => {
	const { clock, folding } = start();
	const one = folding.add('t', [event('1')], second);
	await clock.advance(100);
	await clock.stall(5000);
	expect(await isDone(one)).toBe(false);
	void folding.add('t', [event('2')], second);
	await clock.advance(500);
	expect(ids(await one)).toEqual(['1', '2']);
});

test('300 deliveries in a burst become a handful of executions that hold each record once', async () => {
	const { clock, folding } = start();
	const all: Array<Promise<TriggerEvent[] | undefined>> = [];
	for (let n = 0; n < 300; n++) {
		all.push(folding.add('t', [event(String(n))], second));
		await clock.advance(40);
	}
	await clock.advance(1000);
	const batches = (await Promise.all(all)).filter((batch) => batch !== undefined);
	expect(batches.flatMap((batch) => ids(batch) ?? []).sort()).toEqual(
		[...Array(300).keys()].map(String).sort(),
	);
	expect(batches.length).toBeLessThan(20);
});

test('a full batch takes no more, and starts when the burst is over', async () => {
	const { clock, folding } = start();
	const small = { window: 1000, limit: 3 };
	const add = async (id: string) => await folding.add('t', [event(id)], small);
	const all = ['1', '2', '3', '4'].map(add);
	await clock.advance(50);
	all.push(add('5'), add('6'));
	await clock.advance(499);
	expect(await isDone(Promise.race([all[0], all[4]]))).toBe(false);
	await clock.advance(1);
	expect((await Promise.all(all)).map(ids)).toEqual([['1', '2', '3', '4'], undefined, undefined, undefined, ['5', '6'], undefined]);
});

test('where no moment is without a delivery, a full batch takes no more after half a second', async () => {
	const { clock, folding } = start();
	const all: Array<Promise<TriggerEvent[] | undefined>> = [];
	for (let n = 0; n < 60; n++) {
		all.push(folding.add('t', [event(String(n))], { window: 5000, limit: 3 }));
		await clock.advance(25);
	}
	await clock.advance(500);
	// The third one came after 50 ms.
	expect((await Promise.all(all)).flatMap((batch) => (batch ? [batch.length] : []))).toEqual([22, 22, 16]);
});

test('the same record twice in a batch is put out once, as it was last', async () => {
	const { clock, folding } = start();
	const one = folding.add('t', [event('1', { at: 20, record: { phone: 'new' } })], second);
	const two = folding.add('t', [event('1', { at: 10, record: { phone: 'old' } })], second);
	await settle();
	await clock.advance(1000);
	expect([await one, await two]).toEqual([[event('1', { at: 20, record: { phone: 'new' } })], undefined]);
});

test('a record that is created and then updated within a batch is a created one, with the later content', () => {
	const made = event('1', { type: 'created', at: 1, record: { name: 'a' } });
	const edited = event('1', { type: 'updated', at: 2, record: { name: 'b' } });
	expect(mergeEvents(made, edited)).toMatchObject({ type: 'created', record: { name: 'b' } });
	expect(mergeEvents(edited, made)).toMatchObject({ type: 'created', record: { name: 'b' } });
	expect(mergeEvents(made, event('1', { type: 'deleted', at: 3 })).type).toBe('deleted');
});

test('triggers do not wait for each other', async () => {
	const { clock, folding } = start();
	const [one, other] = [folding.add('a', [event('1')], second), folding.add('b', [event('2')], second)];
	await clock.advance(500);
	expect([ids(await one), ids(await other)]).toEqual([['1'], ['2']]);
});

test('a window of 0 starts an execution per delivery', async () => {
	const { folding } = start();
	const none = { window: 0, limit: 100 };
	expect(ids(await folding.add('t', [event('1')], none))).toEqual(['1']);
	expect(ids(await folding.add('t', [event('2')], none))).toEqual(['2']);
});

test('whatever the timing, every record is put out, and none twice in one batch', async () => {
	const step = fc.record({ id: fc.integer({ min: 0, max: 9 }), wait: fc.integer({ min: 0, max: 1500 }) });
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, { maxLength: 40 }),
			fc.integer({ min: 1, max: 5 }),
			async (steps, limit) => {
				const { clock, folding } = start();
				const all: Array<Promise<void>> = [];
				// In the order in which their executions start.
				const batches: TriggerEvent[][] = [];
				for (const [n, { id, wait }] of steps.entries()) {
					const adding = folding.add('t', [event(String(id), { at: n })], { window: 1000, limit });
					all.push(adding.then((batch) => void (batch && batches.push(batch))));
					await clock.advance(wait);
				}
				for (let n = 0; n < 3; n++) await clock.advance(1000);
				await Promise.all(all);
				const put = batches.flat();
				// The last thing that happened to each record is the last that is put out for it.
				for (const { id } of steps) {
					const lastTold = steps.findLastIndex((one) => one.id === id);
					expect(put.findLast((one) => one.id === String(id))?.at).toBe(lastTold);
				}
				for (const batch of batches) expect(new Set(batch.map(recordKey)).size).toBe(batch.length);
			},
		),
	);
});
