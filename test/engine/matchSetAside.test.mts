import { forgetUnused } from '../../nodes/shared/runMemory';
import { MatchBench, type Row } from './matchSupport.mts';

let bench: MatchBench;

beforeAll(async () => {
	bench = await MatchBench.start();
});
afterAll(async () => await bench?.zoho.stop());
beforeEach(() => bench.reset());

const place = { run: 'run 1', batch: 'page 1' };
const setAside = async (items: Row[], at: Row = place) => await bench.run({ operation: 'setAside', ...at }, items, undefined, []);
const takeBack = async (at: Row = place) => await bench.run({ operation: 'takeBack', ...at }, [{ page: 1 }], undefined, []);

test('what was set aside comes back whole and in order, once, and costs no call', async () => {
	const items = Array.from({ length: 300 }, (_, n) => ({ n, name: `Müller ${n}`, deep: { list: [n, null] } }));
	const { rows, lines } = await setAside(items);
	expect([rows, lines]).toEqual([[[{ set_aside: 300 }]], []]);
	expect((await takeBack()).rows).toEqual([items, []]);
	expect((await takeBack()).rows).toEqual([[], [{ page: 1 }]]);
});

test('each run and each batch has its own', async () => {
	await setAside([{ n: 1 }]);
	await setAside([{ n: 2 }], { run: 'run 1', batch: 'page 2' });
	expect((await takeBack({ run: 'run 2', batch: 'page 1' })).rows).toEqual([[], [{ page: 1 }]]);
	expect((await takeBack({ run: 'run 1', batch: 'page 2' })).rows).toEqual([[{ n: 2 }], []]);
	expect((await takeBack()).rows).toEqual([[{ n: 1 }], []]);
});

test('a batch of nothing is there, and empty', async () => {
	await setAside([{}]);
	expect((await takeBack()).rows).toEqual([[], []]);
});

test('it is let go when the run has not gone on for a quarter of an hour', async () => {
	await setAside([{ n: 1 }]);
	await setAside([{ n: 2 }], { run: 'run 1', batch: 'page 2' });
	forgetUnused(Date.now() + 14 * 60_000);
	expect((await takeBack()).rows[0]).toEqual([{ n: 1 }]);
	forgetUnused(Date.now() + 16 * 60_000);
	expect((await takeBack({ run: 'run 1', batch: 'page 2' })).rows[0]).toEqual([]);
});

test('a run without a name is refused', async () => {
	expect((await setAside([{ n: 1 }], { run: ' ', batch: '' })).error?.message).toBe('The run has no name');
});
