import { figures, type Figure } from './findings.mts';

/** The last line of a chaos run. */
export type ChaosResult = Record<'seeds' | 'ops' | 'kills' | Figure, number> & {
	/** Kind of trouble → how often it happened. */
	faults: Record<string, number>;
};

/** One result for several runs. */
export function addUp(results: readonly ChaosResult[]): ChaosResult {
	const faults: Record<string, number> = {};
	for (const [kind, count] of results.flatMap((result) => Object.entries(result.faults))) faults[kind] = (faults[kind] ?? 0) + count;
	const sum = (name: Exclude<keyof ChaosResult, 'faults'>) => results.reduce((all, result) => all + result[name], 0);
	const counts = Object.fromEntries(figures.map((figure) => [figure, sum(figure)])) as Record<Figure, number>;
	return { seeds: sum('seeds'), ops: sum('ops'), faults, kills: sum('kills'), ...counts };
}
