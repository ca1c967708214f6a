import fc from 'fast-check';
import { createLimits } from '../../../zoho/exchange';
import { Limiter } from '../../../zoho/limiter';
import { connect, FakeTime } from './fakeZoho.mts';

const window = 60_000;

interface Bench {
	time: FakeTime;
	limiter: Limiter;
	/** Sends calls that Zoho takes, until the limiter lets no more go. */
	use(calls: number): Promise<void>;
	/** Sends one that Zoho refuses. */
	refuse(pause?: number): Promise<void>;
}

function bench(callsPerWindow = 100): Bench {
	const time = new FakeTime();
	const limiter = new Limiter({ callsPerWindow, window }, time);
	const send = (calls: number) =>
		time.run(Promise.all(Array.from({ length: calls }, () => limiter.run(limiter.ticket(), 100, async () => undefined))));
	return {
		time,
		limiter,
		use: async (calls) => void (await send(calls)),
		async refuse(pause = 1_000) {
			await send(1);
			limiter.refused(pause);
		},
	};
}

describe('the part of a process, when Zoho refuses', () => {
	test('is the whole limit as long as nothing is refused', async () => {
		const { limiter, use } = bench(100);
		await use(250);
		expect(limiter.room).toBe(100);
	});

	test('shrinks to less than what the process had in the window, and the next calls wait for that', async () => {
		const { time, limiter, use, refuse } = bench(100);
		await use(40);
		await refuse();
		expect(limiter.room).toBe(28);
		const start = time.now();
		await use(28);
		expect(time.now() - start).toBe(window);
	});

	test('several calls that were under way together and are refused count as one refusal', async () => {
		const { limiter, use, refuse } = bench(100);
		await use(40);
		await refuse();
		const { room } = limiter;
		for (const pause of [1_500, 2_000]) limiter.refused(pause);
		expect(limiter.room).toBe(room);
	});

	test('grows again with each window without a refusal, up to the limit', async () => {
		const { time, limiter, use, refuse } = bench(100);
		await use(40);
		await refuse();
		const seen = [0, 1, 2].map((windows) => {
			if (windows > 0) time.time += window;
			return limiter.room;
		});
		expect(seen).toEqual([28, 48, 68]);
		time.time += 100 * window;
		expect(limiter.room).toBe(100);
	});

	test('never falls below a quarter of the limit, however often it is refused', async () => {
		const { time, limiter, refuse } = bench(100);
		for (let n = 0; n < 20; n++) {
			await refuse();
			time.time += 2_000;
		}
		expect(limiter.room).toBe(25);
	});

	test('a call that was refused takes no room', async () => {
		const { time, limiter, refuse } = bench(100);
		await refuse();
		const start = time.now();
		await time.run(
			Promise.all(Array.from({ length: 5 }, () => limiter.run(limiter.ticket(), 5, async () => undefined))),
		);
		expect(time.now() - start).toBe(1_000);
	});

	test('where there is no limit a refusal is a pause and nothing else', async () => {
		const { time, limiter, refuse, use } = bench(Number.POSITIVE_INFINITY);
		await refuse(3_000);
		const start = time.now();
		await use(50);
		expect(time.now() - start).toBe(3_000);
		expect(limiter.room).toBe(Number.POSITIVE_INFINITY);
	});

	test('a clock that is set back takes nothing of what was learned', async () => {
		const { time, limiter, use, refuse } = bench(100);
		await use(40);
		await refuse();
		time.time -= 3_600_000;
		expect(limiter.room).toBe(28);
	});

	test('whatever is refused: between the least part and the limit, and every caller is served', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 100 }),
				fc.array(fc.record({ calls: fc.integer({ min: 0, max: 30 }), pause: fc.integer({ min: 0, max: 60_000 }) }), {
					maxLength: 8,
				}),
				async (limit, episodes) => {
					const { limiter, use, refuse } = bench(limit);
					for (const { calls, pause } of episodes) {
						await use(calls);
						await refuse(pause);
						expect(limiter.room).toBeGreaterThanOrEqual(1);
						expect(limiter.room).toBeLessThanOrEqual(limit);
					}
					await use(10);
				},
			),
			{ numRuns: 40 },
		);
	});
});

describe('the share that a credential says', () => {
	const limits = createLimits({ callsPerMinute: 95 });
	const books = (callsPerMinute?: number) => connect('books', () => ({}), { callsPerMinute });

	test('is what the process may send, and a change of it holds from then on', () => {
		const limiter = limits.limiterFor(books(30), new FakeTime());
		expect(limiter.room).toBe(30);
		expect(limits.limiterFor(books(50), new FakeTime())).toBe(limiter);
		expect(limiter.room).toBe(50);
	});

	test('a credential that says nothing changes nothing', () => {
		expect(limits.limiterFor(books(), new FakeTime()).room).toBe(50);
		expect(createLimits().limiterFor(books(), new FakeTime()).room).toBe(95);
	});

	test('CRM counts no calls a minute', () => {
		const crm = connect('crm', () => ({}), { callsPerMinute: 10 });
		expect(limits.limiterFor(crm, new FakeTime()).room).toBe(Number.POSITIVE_INFINITY);
	});

	test('calls at once: what the connection says, else the default', () => {
		expect(limits.callsInFlight(connect('crm', () => ({}), { callsInFlight: 9 }))).toBe(9);
		expect(limits.callsInFlight(connect('crm', () => ({})))).toBe(5);
	});
});
