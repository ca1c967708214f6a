import { firstSyncTemplates } from '../../sandbox/launcher/templateList.mts';
import type { Bench } from './bench.mts';
import type { Call } from './callBook.mts';
import { demandAllOnce, fill } from './fill.mts';

export interface Run {
	calls: Call[];
	/** Milliseconds from the start of the workflow to its end. */
	wall: number;
}

/** What the measures of a first sync look at: the customers are there, half of them in CRM, and it is run for the first time. */
export function firstRun(bench: Bench, customers: number): Promise<Run> {
	return bench.once(`first sync of ${customers}`, async () => {
		fill(bench.pair, 'Volta', customers);
		bench.say(`  ${customers} customers are in Books, half of them in CRM`);
		const run = await runFirstSync(bench, customers);
		demandAllOnce(bench.pair, 'Volta', customers);
		return run;
	});
}

/** Runs the template from Books to CRM to its end. */
export async function runFirstSync(bench: Bench, customers: number): Promise<Run> {
	const since = bench.calls.all.length;
	const began = bench.now();
	await bench.sandbox.api.run(bench.scene.templateOf(firstSyncTemplates.books).id, 600_000 + customers * 60);
	return { calls: bench.callsOf(bench.pair, since), wall: bench.now() - began };
}
