import { Simulator } from '../../sandbox/simulator/simulator.mts';
import type { CallEntry } from '../../sandbox/simulator/types.mts';
import { ZohoClient } from '../../zoho/client';
import { createLimits, type LimitOptions } from '../../zoho/exchange';
import type { Connection, ZohoReply } from '../../zoho/types';
import { directClient } from '../support/directZoho.mts';
import { FakeTime } from '../unit/zoho/fakeZoho.mts';

/** Processes of one n8n that call one Books organization: each has a limiter of its own and knows nothing of the others. */
class Processes {
	readonly time = new FakeTime();
	readonly simulator = new Simulator({ tenants: [{ location: 'eu', books: {} }] });
	private seed = 1;

	constructor() {
		Object.assign(this.simulator.world.clock, { now: this.time.now });
		// The same chances in every run, and different ones for each call.
		this.time.chance = () => (this.seed = (this.seed * 16_807) % 2_147_483_647) / 2_147_483_647;
	}

	/** A process, with calls that take 200 ms. */
	start(options?: LimitOptions): ZohoClient {
		const { connection } = directClient(this.simulator, 'books', 'eu', this.organizationId);
		const slow: Connection = {
			...connection,
			send: async (call) => {
				await this.time.sleep(100);
				const reply = await connection.send(call);
				await this.time.sleep(100);
				return reply;
			},
		};
		return new ZohoClient(slow, this.time, createLimits(options));
	}

	/** `count` calls at once; rejects when one of them is lost. */
	async burst(client: ZohoClient, count: number): Promise<ZohoReply[]> {
		const call = { method: 'GET', path: '/books/v3/contacts' } as const;
		return await Promise.all(Array.from({ length: count }, () => client.request(call)));
	}

	get calls(): CallEntry[] {
		return this.simulator.world.log.filter(({ service }) => service === 'books');
	}

	get served(): CallEntry[] {
		return this.calls.filter(({ status }) => status !== 429);
	}

	get refused(): number {
		return this.calls.length - this.served.length;
	}

	get minutes(): number {
		const times = this.calls.map(({ at }) => at);
		return (Math.max(...times) - Math.min(...times)) / 60_000;
	}

	private get organizationId(): string {
		const books = this.simulator.world.tenantOf('books', 'eu')?.books;
		if (!books) throw new Error('There is no Books organization');
		return books.organizationId;
	}
}

describe('several processes, one minute of Zoho Books', () => {
	let processes: Processes;
	beforeEach(() => (processes = new Processes()));
	afterEach(() => processes.simulator.close());

	test('one alone is never refused', async () => {
		await processes.time.run(processes.burst(processes.start(), 300));
		expect(processes.refused).toBe(0);
	});

	test('two with half of the limit each are never refused', async () => {
		const half = { callsPerMinute: 50 };
		const clients = [processes.start(half), processes.start(half)];
		await processes.time.run(Promise.all(clients.map((client) => processes.burst(client, 300))));
		expect(processes.calls).toHaveLength(600);
		expect(processes.refused).toBe(0);
	});

	test.each([2, 3, 5])('%d without a share find theirs: no call is lost and few are refused', async (count) => {
		const clients = Array.from({ length: count }, () => processes.start());
		await processes.time.run(Promise.all(clients.map((client) => processes.burst(client, 600 / count))));
		expect(processes.served).toHaveLength(600);
		// Zoho serves 100 a minute, so 600 take it between five and six; nearly as fast as that.
		expect(processes.minutes).toBeLessThan(6.5);
		expect(processes.refused).toBeLessThan(200);
	});

	test('one that comes late gets its part from one that has all', async () => {
		const [hog, late] = [processes.start(), processes.start()];
		let left = 0;
		const work = async () => {
			const all = processes.burst(hog, 600);
			await processes.time.sleep(90_000);
			await processes.burst(late, 40);
			left = 640 - processes.served.length;
			await all;
		};
		await processes.time.run(work());
		expect(processes.served).toHaveLength(640);
		// It did not have to wait for the end.
		expect(left).toBeGreaterThan(0);
	});
});
