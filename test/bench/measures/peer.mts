import type { Measure } from '../bench.mts';
import { burstInBooks } from '../burst.mts';
import { countKinds, countOf } from '../callBook.mts';
import { round } from '../figures.mts';
import { demandAllOnce, fill } from '../fill.mts';
import { firstRun } from '../firstSync.mts';
import { addWorkflow, tellOfCustomers } from '../peer/install.mts';
import { peerBackfill as backfillWorkflow, peerSync } from '../peer/workflow.mts';
import { booksBurst, workOf } from './booksToCrm.mts';

/** One record takes minutes less than the whole, and as many calls. */
const peerCustomers = 1_000;
const patience = 1_200_000;
/** Books has sent three times by then what n8n did not answer. Milliseconds. */
const lostAfter = 300_000;

export const peerBurst: Measure = {
	name: 'peerBurst',
	tells: "how many times as many CRM calls for each record that arrives, and how much longer until the last one, the same burst takes with n8n's built-in Zoho CRM node and HTTP Request",
	stage: 'live',
	async run(bench) {
		const ours = await booksBurst(bench);
		await addWorkflow(bench, peerSync);
		await bench.sandbox.api.publish(peerSync.id);
		tellOfCustomers(bench);
		const theirs = await burstInBooks(bench, bench.peer, 'Kepler', { timeout: patience, lostAfter });
		const many = countOf(theirs.calls, 'crm');
		const ratio = many / theirs.arrived / (countOf(workOf(ours), 'crm') / ours.arrived);
		return {
			figures: { peer: { burst_crm_calls_ratio: round(ratio, 1), wall_ratio: round(theirs.wall / ours.wall, 1) } },
			details: {
				records_arrived: theirs.arrived,
				crm_calls: many,
				seconds: round(theirs.wall / 1000, 1),
				calls: countKinds(theirs.calls),
			},
		};
	},
};

export const peerBackfill: Measure = {
	name: 'peerBackfill',
	tells: `how many times as many CRM calls for each customer a first sync of ${peerCustomers} customers takes with these nodes`,
	stage: 'firstSync',
	async run(bench) {
		const customers = Math.min(peerCustomers, bench.sizes.customers);
		const ours = await firstRun(bench, bench.sizes.customers);
		const organization = bench.sandbox.simulator.world.tenantOf('books', bench.peer.booksAt)?.books.organizationId ?? '';
		const workflow = backfillWorkflow(organization);
		await addWorkflow(bench, workflow);
		fill(bench.peer, 'Volta', customers);
		const since = bench.calls.all.length;
		const began = bench.now();
		await bench.sandbox.api.run(workflow.id, patience);
		const wall = bench.now() - began;
		demandAllOnce(bench.peer, 'Volta', customers);
		const calls = bench.callsOf(bench.peer, since);
		const [few, many] = [countOf(ours.calls, 'crm') / bench.sizes.customers, countOf(calls, 'crm') / customers];
		return {
			figures: { peer: { backfill_crm_calls_ratio: round(many / few, 1) } },
			details: { customers, crm_calls: countOf(calls, 'crm'), seconds: round(wall / 1000, 1), calls: countKinds(calls) },
		};
	},
};
