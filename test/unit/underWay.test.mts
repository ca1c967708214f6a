import { UnderWay } from '../../nodes/shared/underWay';

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
		expect(underWay.linkOf('crm', ada)).toEqual(link);
		expect(underWay.linkedWith('crm', 'Contacts', new Set(['459', '460']))).toEqual([link]);
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
		const second = underWay.claim('b', 'crm', ['Contacts 2', ada]);
		await underWay.claim('c', 'crm', ['Contacts 2']);
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

	it('are free when their execution gives no sign of life any more, and not before', async () => {
		const { underWay, pass } = world();
		await underWay.claim('a', 'crm', [ada]);
		pass(170_000);
		underWay.sign('a');
		pass(100_000);
		const second = underWay.claim('b', 'crm', [ada]);
		expect(await isDone(second)).toBe(false);
		await second;
		underWay.link('a', ada, link);
		expect(underWay.linkOf('crm', ada)).toBeUndefined();
	});

	it('are forgotten in time', async () => {
		const { underWay, pass } = world();
		await underWay.claim('a', 'crm', [ada]);
		underWay.link('a', ada, link);
		pass(16 * 60_000);
		expect(underWay.linkOf('crm', ada)).toBeUndefined();
	});
});
