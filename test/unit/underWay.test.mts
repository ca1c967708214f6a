import { UnderWay } from '../../nodes/shared/underWay';
import { hashOfMark } from '../../sync/hash';
import { writeMark } from '../../sync/mark';

/** A clock that moves only when somebody sleeps, and lets others go first. */
function world() {
	let now = 0;
	const clock = {
		now: () => now,
		sleep: async (milliseconds: number) => {
			await new Promise((resolve) => setImmediate(resolve));
			now += milliseconds;
		},
	};
	return { underWay: new UnderWay(clock), pass: (milliseconds: number) => (now += milliseconds) };
}

const ada = 'Contacts 1';
const link = { id: '1', Zoho_Books_ID: '460' };

async function isDone(promise: Promise<unknown>): Promise<boolean> {
	let done = false;
	void promise.then(() => (done = true));
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
	return done;
}

describe('records of which a Books record is being made', () => {
	it('are left to one execution until it has linked them, and then their link is known', async () => {
		const { underWay } = world();
		await underWay.claim('a', 'crm', [ada]);
		const second = underWay.claim('b', 'crm', [ada]);
		expect(await isDone(second)).toBe(false);
		expect(underWay.linkOf('crm', ada)).toBeUndefined();
		underWay.link('a', ada, link);
		await second;
		expect(underWay.linkOf('crm', ada)?.record).toEqual(link);
		expect(underWay.linkedWith('crm', 'Contacts', new Set(['459', '460'])).map(({ record }) => record)).toEqual([link]);
		expect(underWay.linkedWith('crm', 'Accounts', new Set(['460']))).toEqual([]);
		expect(underWay.linkedWith('another crm', 'Contacts', new Set(['460']))).toEqual([]);
	});

	it('are free again when they are not made, or when the write has failed', async () => {
		const { underWay } = world();
		await underWay.claim('a', 'crm', [ada]);
		const second = underWay.claim('b', 'crm', [ada]);
		underWay.release('a', [ada]);
		await second;
		expect(underWay.linkOf('crm', ada)).toBeUndefined();
	});

	it('are taken all at once or not at all', async () => {
		const { underWay } = world();
		await underWay.claim('a', 'crm', [ada]);
		await underWay.claim('c', 'crm', ['Contacts 2']);
		const second = underWay.claim('b', 'crm', ['Contacts 2', ada]);
		underWay.release('a', [ada]);
		expect(await isDone(second)).toBe(false);
		underWay.release('c', ['Contacts 2']);
		await second;
	});

	it('do not keep an execution from its own records, nor one account from another of the same ids', async () => {
		const { underWay } = world();
		await underWay.claim('a', 'crm', [ada]);
		await underWay.claim('a', 'crm', [ada]);
		await underWay.claim('b', 'another crm', [ada]);
		underWay.link('a', ada, link);
		expect(underWay.linkOf('another crm', ada)).toBeUndefined();
	});

	it('are free when no node of their execution has been at work for three minutes, and not before', async () => {
		const { underWay, pass } = world();
		await underWay.claim('a', 'crm', [ada]);
		underWay.decided('a');
		pass(170_000);
		await underWay.whileAtWork('a', async () => pass(600_000));
		pass(100_000);
		const second = underWay.claim('b', 'crm', [ada]);
		expect(await isDone(second)).toBe(false);
		await second;
		underWay.link('a', ada, link);
		expect(underWay.linkOf('crm', ada)).toBeUndefined();
	});

	it('are free when their execution has ended', async () => {
		const { underWay } = world();
		await underWay.claim('a', 'crm', [ada, 'Contacts 2']);
		const second = underWay.claim('b', 'crm', ['Contacts 2']);
		underWay.ended('a');
		await second;
		underWay.ended('nobody');
	});

	it('are kept for as long as their execution decides', async () => {
		const { underWay, pass } = world();
		await underWay.claim('a', 'crm', [ada]);
		pass(600_000);
		const second = underWay.claim('b', 'crm', [ada]);
		expect(await isDone(second)).toBe(false);
		underWay.release('a', [ada]);
		await second;
	});

	it('are kept for as long as a node writes them, though it waits for Books', async () => {
		const { underWay, pass } = world();
		await underWay.claim('a', 'crm', [ada]);
		underWay.decided('a');
		let second: Promise<void> | undefined;
		await underWay.whileAtWork('a', async () => {
			pass(600_000);
			second = underWay.claim('b', 'crm', [ada]);
			expect(await isDone(second)).toBe(false);
			underWay.link('a', ada, link);
		});
		await second;
		expect(underWay.linkOf('crm', ada)?.record).toEqual(link);
	});

	it('go to those first who came first, but nobody waits for who waits for him', async () => {
		const { underWay } = world();
		await underWay.claim('a', 'crm', [ada]);
		const many = underWay.claim('b', 'crm', [ada, 'Contacts 2']);
		const few = underWay.claim('c', 'crm', ['Contacts 2']);
		await underWay.claim('a', 'crm', ['Contacts 2']);
		underWay.release('a', [ada, 'Contacts 2']);
		await many;
		expect(await isDone(few)).toBe(false);
		underWay.release('b', [ada, 'Contacts 2']);
		await few;
	});

	it('are forgotten in time', async () => {
		const { underWay, pass } = world();
		await underWay.claim('a', 'crm', [ada]);
		underWay.link('a', ada, link);
		pass(16 * 60_000);
		expect(underWay.linkOf('crm', ada)).toBeUndefined();
	});
});

describe('marks on their way to CRM', () => {
	const mark = (booksModified: string, crmModified: string) => writeMark({ version: 1, booksModified, crmModified, books: {}, crm: {} });
	const [first, second] = ['2026-07-01T10:00:00+0200', '2026-07-01T10:00:01+0200'] as [string, string];
	const carried = (Zoho_Books_Sync: string, Zoho_Books_ID = '460') => ({ id: '1', Zoho_Books_ID, Zoho_Books_Sync });

	it.each([
		['the Books record that was written last', mark(second, first), mark(first, second)],
		['within one second of Books the older state of CRM', mark(first, first), mark(first, second)],
	])('of %s count, in whichever order they come', async (_which, counts, other) => {
		for (const order of [[counts, other], [other, counts]]) {
			const { underWay } = world();
			await underWay.claim('a', 'crm', []);
			for (const each of order) underWay.link('a', ada, carried(each));
			expect(underWay.linkOf('crm', ada)?.record.Zoho_Books_Sync).toBe(counts);
		}
	});

	it('of one second count in the order in which they follow each other', async () => {
		const { underWay } = world();
		await underWay.claim('a', 'crm', []);
		const [before, after] = [mark(first, first), mark(first, second)];
		underWay.link('a', ada, carried(before));
		underWay.link('a', ada, carried(after), { seen: hashOfMark(before) });
		expect(underWay.linkOf('crm', ada)?.record.Zoho_Books_Sync).toBe(after);
	});

	it('of another Books record take the place of all before', async () => {
		const { underWay } = world();
		await underWay.claim('a', 'crm', []);
		underWay.link('a', ada, carried(mark(second, first)));
		underWay.link('a', ada, carried(mark(first, first), '461'));
		expect(underWay.linkOf('crm', ada)?.record.Zoho_Books_ID).toBe('461');
	});

	it('are known of executions that tell their CRM account only, and of no record that another one has claimed', async () => {
		const { underWay } = world();
		underWay.link('nobody', ada, link);
		expect(underWay.linkOf('crm', ada)).toBeUndefined();
		await underWay.claim('a', 'crm', []);
		await underWay.claim('b', 'crm', [ada]);
		underWay.link('a', ada, link);
		expect(underWay.linkOf('crm', ada)).toBeUndefined();
	});

	it('have landed when CRM says so', async () => {
		const { underWay } = world();
		await underWay.claim('a', 'crm', []);
		underWay.landed('crm', ada, second);
		underWay.link('a', ada, link);
		underWay.landed('crm', ada, second);
		expect(underWay.linkOf('crm', ada)).toMatchObject({ record: link, landed: second });
	});
});
