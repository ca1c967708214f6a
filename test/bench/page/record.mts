import type { Outcome } from '../figures.mts';

/** What the page is written from: the last outcome of each measure, by its name. */
export type Records = Record<string, Kept>;

export interface Kept extends Outcome {
	/** The sentence that says what was counted. */
	tells: string;
	explains?: string;
	/** Day of the run. */
	on: string;
}

/** Whole number of a measure's details; undefined where it was not measured. */
export function detail(records: Records, measure: string, name: string): number | undefined {
	const value = records[measure]?.details[name];
	return typeof value === 'number' ? value : undefined;
}
