import fc from 'fast-check';
import { Limiter } from '../../../zoho/limiter';
import { FakeTime } from './fakeZoho.mts';

const window = 60_000;

/** The most events that any half-open window of that length holds. */
function mostInWindow(times: number[]): number {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted.reduce((most, start, first) => {
		let last = first;
		while (last < sorted.length && (sorted[last] as number) < start + window) last++;
		return Math.max(most, last - first);
	}, 0);
}

interface Run {
	arrivals: number[];
	order: number[];
	mostInFlight: number;
}

/** `count` callers at once, each with a latency of its own; a call reaches the server somewhere within its latency. */
async function run(
	count: number,
	callsPerWindow: number,
	callsInFlight: number,
	latency: (n: number) => number,
): Promise<Run> {
	const time = new FakeTime();
	const limiter = new Limiter({ callsPerWindow, window }, time);
	const result: Run = { arrivals: [], order: [], mostInFlight: 0 };
	let inFlight = 0;
	const calls = Array.from({ length: count }, (_none, n) =>
		limiter.run(limiter.ticket(), callsInFlight, async () => {
			result.order.push(n);
			result.mostInFlight = Math.max(result.mostInFlight, ++inFlight);
			const whole = latency(n);
			const before = n % 2 === 0 ? 0 : whole;
			await time.sleep(before);
			result.arrivals.push(time.now());
			await time.sleep(whole - before);
			inFlight--;
		}),
	);
	await time.run(Promise.all(calls));
	return result;
}

describe('the limiter', () => {
	test('never lets more than the limit reach Zoho in any 60 seconds, serves everyone, first come first served', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 120 }),
				fc.integer({ min: 1, max: 30 }),
				fc.integer({ min: 1, max: 8 }),
				fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 10 }),
				async (count, callsPerWindow, callsInFlight, latencies) => {
					const seen = await run(
						count,
						callsPerWindow,
						callsInFlight,
						(n) => latencies[n % latencies.length] as number,
					);
					expect(seen.arrivals).toHaveLength(count);
					expect(mostInWindow(seen.arrivals)).toBeLessThanOrEqual(callsPerWindow);
					expect(seen.mostInFlight).toBeLessThanOrEqual(callsInFlight);
					expect(seen.order).toEqual(Array.from({ length: count }, (_none, n) => n));
				},
			),
			{ numRuns: 60 },
		);
	});

	test('uses the whole budget of 100 a minute: 300 callers are through within three windows', async () => {
		const seen = await run(300, 100, 5, () => 200);
		expect(mostInWindow(seen.arrivals)).toBe(100);
		expect(Math.max(...seen.arrivals) - Math.min(...seen.arrivals)).toBeLessThan(3 * window);
	});

	test('does not wait where there is no window', async () => {
		const time = new FakeTime();
		const limiter = new Limiter({ callsPerWindow: Number.POSITIVE_INFINITY, window }, time);
		await time.run(
			Promise.all(Array.from({ length: 500 }, () => limiter.run(limiter.ticket(), 5, async () => undefined))),
		);
		expect(time.slept).toEqual([]);
	});

	test('a call that failed makes room like any other', async () => {
		const time = new FakeTime();
		const limiter = new Limiter({ callsPerWindow: 10, window }, time);
		const failing = limiter.run(limiter.ticket(), 1, async () => {
			throw new Error('no');
		});
		const next = limiter.run(limiter.ticket(), 1, async () => 'done');
		await expect(time.run(failing)).rejects.toThrow('no');
		expect(await time.run(next)).toBe('done');
	});

	test('a call that is sent again keeps its place before those that came later', async () => {
		const time = new FakeTime();
		const limiter = new Limiter({ callsPerWindow: 1, window }, time);
		const order: string[] = [];
		const first = limiter.ticket();
		const others = ['b', 'c'].map((name) => ({ name, ticket: limiter.ticket() }));
		const work = [
			limiter.run(first, 5, async () => void order.push('a')),
			...others.map(({ name, ticket }) => limiter.run(ticket, 5, async () => void order.push(name))),
		];
		await time.run(work[0] as Promise<void>);
		work.push(limiter.run(first, 5, async () => void order.push('a again')));
		await time.run(Promise.all(work));
		expect(order).toEqual(['a', 'a again', 'b', 'c']);
	});

	test('nobody goes while it is paused, and everybody afterwards', async () => {
		const time = new FakeTime();
		const limiter = new Limiter({ callsPerWindow: 100, window }, time);
		const until = time.now() + 7_000;
		limiter.pause(7_000);
		const times: number[] = [];
		await time.run(
			Promise.all(
				[1, 2, 3].map(() => limiter.run(limiter.ticket(), 5, async () => void times.push(time.now()))),
			),
		);
		expect(times).toHaveLength(3);
		for (const at of times) expect(at).toBeGreaterThanOrEqual(until);
	});

	test('a clock that is set back neither blocks it nor forgets the calls of the window', async () => {
		const time = new FakeTime();
		const limiter = new Limiter({ callsPerWindow: 2, window }, time);
		const go = () => limiter.run(limiter.ticket(), 5, async () => time.now());
		await time.run(Promise.all([go(), go()]));
		time.time -= 3_600_000;
		const setBackTo = time.now();
		expect(await time.run(go())).toBe(setBackTo + window);
	});

	test('callers fail rather than hang when waiting itself fails', async () => {
		const broken = { now: () => 0, sleep: () => Promise.reject(new Error('shutting down')) };
		const limiter = new Limiter({ callsPerWindow: 1, window }, broken);
		await limiter.run(limiter.ticket(), 5, async () => undefined);
		await expect(limiter.run(limiter.ticket(), 5, async () => undefined)).rejects.toThrow('shutting down');
	});
});
