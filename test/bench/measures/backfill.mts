import type { Measure } from '../bench.mts';
import { countKinds, countOf } from '../callBook.mts';
import { round } from '../figures.mts';
import { firstRun, runFirstSync } from '../firstSync.mts';

export const backfill: Measure = {
	name: 'backfill',
	tells: 'calls of a first sync of customers of Books, each a company with one contact person, half of them in CRM already',
	stage: 'firstSync',
	async run(bench) {
		const { customers } = bench.sizes;
		const { calls, wall } = await firstRun(bench, customers);
		return {
			figures: { backfill: { records: customers, calls: calls.length } },
			details: { seconds: round(wall / 1000, 1), crm_calls: countOf(calls, 'crm'), calls: countKinds(calls) },
		};
	},
};

export const backfillAgain: Measure = {
	name: 'backfillAgain',
	tells: 'calls of the same first sync when it is run again and nothing has changed',
	stage: 'firstSync',
	async run(bench) {
		const { customers } = bench.sizes;
		await firstRun(bench, customers);
		const { calls, wall } = await runFirstSync(bench, customers);
		const writes = calls.filter(({ kind }) => kind === 'write').length;
		return {
			figures: { backfill_again: { calls: calls.length, writes } },
			details: { seconds: round(wall / 1000, 1), calls: countKinds(calls) },
		};
	},
};
