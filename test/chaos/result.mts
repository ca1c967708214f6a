import { figures, type Figure } from './findings.mts';

/** The last line of a chaos run. */
export type ChaosResult = Record<'seeds' | 'ops' | 'kills' | Figure, number> & {
	/** Kind of trouble → how often it happened. */
	faults: Record<string, number>;
};

const counted = ['seeds', 'ops', 'kills', ...figures] as const;

/** One result for several runs. */
export function addUp(results: readonly ChaosResult[]): ChaosResult {
	const faults: Record<string, number> = {};
	for (const [kind, count] of results.flatMap((result) => Object.entries(result.faults))) faults[kind] = (faults[kind] ?? 0) + count;
	const sum = (name: (typeof counted)[number]) => results.reduce((all, result) => all + result[name], 0);
	return {
		seeds: sum('seeds'),
		ops: sum('ops'),
		faults,
		kills: sum('kills'),
		lost: sum('lost'),
		duplicates: sum('duplicates'),
		unequal: sum('unequal'),
		writes_after_quiet: sum('writes_after_quiet'),
		rule_breaks: sum('rule_breaks'),
	};
}
