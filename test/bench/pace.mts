import type { CallEntry } from '../../sandbox/simulator/types.mts';

const minute = 60_000;

/** Accepted writes in each full minute from the first one on; what comes after the last full minute is left out. */
export function writesPerMinute(calls: ReadonlyArray<Pick<CallEntry, 'at' | 'kind' | 'status'>>): number[] {
	const times = calls.filter(({ kind, status }) => kind === 'write' && typeof status === 'number' && status < 300).map(({ at }) => at);
	const [first = 0, last = 0] = [times[0], times.at(-1)];
	const full = Math.floor((last - first) / minute);
	return Array.from({ length: full }, (_, n) => times.filter((at) => Math.floor((at - first) / minute) === n).length);
}

/** The value below which this share of the values lies: nearest rank. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
