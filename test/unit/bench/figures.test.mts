import { mergeFigures } from '../../bench/figures.mts';
import { percentile, writesPerMinute } from '../../bench/pace.mts';
import { tableOf } from '../../bench/table.mts';
import { judge } from '../../bench/targets.mts';

describe('the figures of a run', () => {
	test('parts of one figure that two measures found are put together', () => {
		const merged = mergeFigures({ peer: { wall_ratio: 3 }, echo: { books_calls: 0, crm_calls: 1 } }, { peer: { burst_crm_calls_ratio: 40 } });
		expect(merged).toEqual({ peer: { wall_ratio: 3, burst_crm_calls_ratio: 40 }, echo: { books_calls: 0, crm_calls: 1 } });
	});

	test('are a line each, for people', () => {
		expect(tableOf({ echo: { books_calls: 0, crm_calls: 2 }, idle: { calls_per_poll: 1 } })).toEqual([
			'echo  books calls 0 · crm calls 2',
			'idle  calls per poll 1',
		]);
	});
});

describe('the pace of writes', () => {
	const write = (seconds: number, status: number | 'cut' = 201) => ({ at: 1_000_000 + seconds * 1000, kind: 'write' as const, status });

	test('only full minutes count, and only writes that Books took', () => {
		const calls = [write(0), write(1), write(30, 429), write(40, 'cut'), write(59.9), write(60), write(119), write(121), write(130)];
		expect(writesPerMinute(calls)).toEqual([3, 2]);
	});

	test('in less than a minute there is none', () => {
		expect(writesPerMinute([write(0), write(59)])).toEqual([]);
		expect(writesPerMinute([])).toEqual([]);
	});

	test('reads are no writes', () => {
		expect(writesPerMinute([write(0), { ...write(5), kind: 'read' }, write(61)])).toEqual([1]);
	});
});

test('a percentile is one of the values: nearest rank', () => {
	const values = Array.from({ length: 30 }, (_, n) => 30 - n);
	expect([percentile(values, 0.5), percentile(values, 0.95), percentile([7], 0.5)]).toEqual([15, 29, 7]);
});

describe('what is wanted', () => {
	test('is told of what was measured only', () => {
		expect(judge({ idle: { calls_per_poll: 1 } })).toEqual([expect.objectContaining({ value: 1, holds: true })]);
		expect(judge({})).toEqual([]);
	});

	test('calls are judged for each record', () => {
		const missed = (crm_calls: number) =>
			judge({ books_to_crm: { records: 1000, books_calls: 0, crm_calls } }).filter(({ holds }) => !holds);
		expect(missed(60)).toEqual([]);
		expect(missed(61).map(({ value }) => value)).toEqual([0.061]);
	});

	test('the limit of a first sync is that for 10,000 customers', () => {
		expect(judge({ backfill: { records: 500, calls: 9 }, backfill_again: { calls: 2, writes: 0 } }).map(({ value }) => value)).toEqual([0]);
		expect(judge({ backfill: { records: 10_000, calls: 351 } })).toEqual([expect.objectContaining({ value: 351, holds: false })]);
	});

	test('of the time for ten times as much, the ratio is judged', () => {
		expect(judge({ scale: { s_10k: 10, s_100k: 111 } })).toEqual([expect.objectContaining({ value: 11.1, holds: false })]);
		expect(judge({ scale: { s_100k: 111 } })).toEqual([]);
	});
});
