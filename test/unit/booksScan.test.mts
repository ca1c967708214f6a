import { booksScan } from '../../nodes/ZohoBooksTrigger/scan';
import type { ListMemory } from '../../nodes/ZohoBooksTrigger/look';
import { sweep, type SweepState } from '../../nodes/shared/trigger/sweep';
import { booksResources, type BooksResource } from '../../zoho/books/resources';
import { parseZohoTime } from '../../zoho/dates';
import type { JsonObject } from '../../zoho/types';
import { answer, clientFor, connect, queryOf, type SentCall } from './zoho/fakeZoho.mts';

const second = 1000;
const start = Date.UTC(2026, 6, 1, 8);
const written = (at: number) => `${new Date(at).toISOString().slice(0, 19)}+0000`;

interface Behaviour {
	/** Undocumented parameters of the list. */
	sort: 'honoured' | 'ignored' | 'refused';
	filter: 'honoured' | 'ignored' | 'refused';
}

/** A list in Books, a trigger that polls it, and the calls that this takes. */
class Poller {
	readonly rows = new Map<string, { created: number; modified: number }>();
	readonly memory: ListMemory = { refused: 0, pagesOwed: 0 };
	readonly sent: SentCall[] = [];
	readonly told: string[] = [];
	now = start;
	/** Happens in Books after each answer. */
	meanwhile = (_answered: number) => {};
	private readonly resource: BooksResource;
	private readonly behaviour: Behaviour;
	private state: SweepState = { cursors: {}, waiting: [] };
	private polls = 0;

	constructor(name: string, behaviour: Behaviour, rows: number) {
		this.resource = booksResources[name] as BooksResource;
		this.behaviour = behaviour;
		const dayBefore = start - 24 * 3600 * second;
		for (let n = 0; n < rows; n++) {
			const at = dayBefore - (rows - n) * 60 * second;
			this.rows.set(String(n), { created: at, modified: at });
		}
	}

	create(id: string): void {
		this.rows.set(id, { created: this.now, modified: this.now });
	}

	edit(id: string): void {
		this.rows.set(id, { created: this.rows.get(id)?.created ?? this.now, modified: this.now });
	}

	/** A minute later. Resolves with the calls that the poll took. */
	async poll(): Promise<number> {
		this.now += 60 * second;
		const before = this.sent.length;
		const connection = connect('books', (call) => {
			const given = this.answer(call);
			this.meanwhile(connection.sent.length);
			return given;
		});
		const client = clientFor(connection);
		const scan = booksScan(client, this.resource, this.resource.webhookEntities ?? [], () => {}, this.memory);
		const lookedAt = new Set(this.polls++ > 0 ? [scan.key] : []);
		const options = { events: ['created', 'updated'] as const, overlapSeconds: 120, startLookBack: 30 * second, lookedAt, limit: 1000 };
		const { batch, state, failures } = await sweep(this.state, [scan], options);
		for (const failure of failures.values()) throw failure;
		this.state = structuredClone(state);
		this.told.push(...batch.map(({ id, type }) => `${id} ${type}`));
		this.sent.push(...connection.sent);
		return this.sent.length - before;
	}

	private answer(call: SentCall) {
		const { sort_column, sort_order, last_modified_time, page = '1', per_page = '200' } = queryOf(call);
		const { sort, filter } = this.behaviour;
		const refuse = (name: string) => answer(400, { code: 2, message: `Invalid value passed for ${name}` });
		const bySort = sort_column === 'last_modified_time';
		if (bySort && sort === 'refused') return refuse('sort_column');
		if (last_modified_time && filter === 'refused') return refuse('last_modified_time');
		const since = filter === 'honoured' && last_modified_time ? (parseZohoTime(last_modified_time) ?? 0) : 0;
		const column = bySort && sort === 'honoured' ? 'modified' : 'created';
		const all = [...this.rows]
			.filter(([, { modified }]) => modified >= since)
			.sort(([, a], [, b]) => (sort_order === 'D' ? b[column] - a[column] : a[column] - b[column]));
		const from = (Number(page) - 1) * Number(per_page);
		const rows = all.slice(from, from + Number(per_page)).map(([id, { created, modified }]): JsonObject => ({
			[this.resource.idField]: id,
			created_time: written(created),
			last_modified_time: written(modified),
		}));
		const context = {
			page: Number(page),
			has_more_page: all.length > from + Number(per_page),
			sort_column: column === 'modified' ? 'last_modified_time' : 'created_time',
		};
		return answer(200, { code: 0, [this.resource.listKey]: rows, page_context: context }, { date: new Date(this.now).toUTCString() });
	}
}

const callsOf = async (poller: Poller, polls: number) => {
	const counts: number[] = [];
	for (let n = 0; n < polls; n++) counts.push(await poller.poll());
	return counts;
};

describe.each(['customerPayment', 'item'])('%s: a list of five pages', (name) => {
	test.each<[string, Behaviour]>([
		['sorts by modification', { sort: 'honoured', filter: 'ignored' }],
		['sorts and filters by it', { sort: 'honoured', filter: 'honoured' }],
		['filters only', { sort: 'ignored', filter: 'honoured' }],
	])('a Books that %s takes one call per poll, and an old record that is edited is seen at once', async (_words, behaviour) => {
		const poller = new Poller(name, behaviour, 1000);
		await poller.poll();
		expect(await callsOf(poller, 5)).toEqual([1, 1, 1, 1, 1]);
		poller.edit('3');
		poller.create('new');
		expect(await poller.poll()).toBe(1);
		expect(poller.told.sort()).toEqual(['3 updated', 'new created']);
	});

	test('a refused order is asked for once, a refused filter too', async () => {
		const poller = new Poller(name, { sort: 'refused', filter: 'honoured' }, 1000);
		await poller.poll();
		expect(await callsOf(poller, 3)).toEqual([1, 1, 1]);
		const both = new Poller(name, { sort: 'refused', filter: 'refused' }, 100);
		await both.poll();
		expect(await callsOf(both, 3)).toEqual([1, 1, 1]);
		both.edit('3');
		await both.poll();
		expect(both.told).toEqual(['3 updated']);
	});
});

test('a list that Books neither sorts nor filters costs two calls a poll on average, and no change is lost', async () => {
	const poller = new Poller('customerPayment', { sort: 'ignored', filter: 'ignored' }, 1000);
	const first = await poller.poll();
	expect(first).toBeGreaterThanOrEqual(5);
	const edited: string[] = [];
	let calls = first;
	for (let n = 0; n < 60; n++) {
		poller.edit(String(n * 3));
		// A new one is seen at once, and must not move the cursor past the edit that is not.
		poller.create(`new ${n}`);
		edited.push(`${n * 3} updated`, `new ${n} created`);
		calls += await poller.poll();
	}
	expect(calls / 61).toBeLessThan(2.5);
	// The last edits may still wait for the next reading of the whole list.
	while (poller.memory.pagesOwed > 0) await poller.poll();
	await poller.poll();
	expect(poller.told.sort()).toEqual(edited.sort());
});

test('between two readings of the whole list, new payments and edits of recent ones are seen at once, and once', async () => {
	const poller = new Poller('customerPayment', { sort: 'refused', filter: 'ignored' }, 1000);
	await poller.poll();
	await poller.poll();
	expect(poller.memory.pagesOwed).toBeGreaterThan(0);
	poller.create('new');
	poller.edit('990');
	expect(await poller.poll()).toBe(1);
	expect(poller.told.sort()).toEqual(['990 updated', 'new created']);
	for (let n = 0; n < 30; n++) await poller.poll();
	expect(poller.told).toHaveLength(2);
});

test('records in the order of their creation are not taken for a list in the order of their modification', async () => {
	// Nobody has edited any of the newest 200, so their rows fall all the same.
	const poller = new Poller('customerPayment', { sort: 'ignored', filter: 'ignored' }, 401);
	await poller.poll();
	poller.edit('5');
	while (poller.memory.pagesOwed > 0) await poller.poll();
	await poller.poll();
	expect(poller.told).toEqual(['5 updated']);
});

test('invoices are filtered as documented: one call per poll, all pages when many have changed', async () => {
	const poller = new Poller('invoice', { sort: 'refused', filter: 'honoured' }, 1000);
	await poller.poll();
	expect(await callsOf(poller, 3)).toEqual([1, 1, 1]);
	for (let n = 0; n < 450; n++) poller.edit(String(n));
	await poller.poll();
	expect(new Set(poller.told).size).toBe(450);
});

test('a list that grows while it is read is read twice, not for as long as it grows', async () => {
	const poller = new Poller('item', { sort: 'honoured', filter: 'honoured' }, 0);
	await poller.poll();
	for (let n = 0; n < 450; n++) poller.create(String(n));
	poller.now += 2 * second;
	poller.meanwhile = (answered) => poller.create(`new ${answered}`);
	expect(await poller.poll()).toBe(6);
	poller.meanwhile = () => {};
	await poller.poll();
	expect(new Set(poller.told).size).toBe(456);
});

test('a row that crosses the pages as another one is deleted is found', async () => {
	const poller = new Poller('item', { sort: 'honoured', filter: 'honoured' }, 0);
	await poller.poll();
	for (let n = 0; n < 450; n++) {
		poller.create(String(n));
		if (n % 10 === 0) poller.now += second;
	}
	poller.meanwhile = (answered) => {
		if (answered === 1) poller.rows.delete('449');
	};
	expect(await poller.poll()).toBe(9);
	expect(new Set(poller.told).size).toBe(450);
});
