import type { Bench, Measure } from '../bench.mts';
import { burstInCrm, type Burst } from '../burst.mts';
import { countKinds, countOf, isPoll } from '../callBook.mts';
import { round } from '../figures.mts';

/** Books takes 100 calls a minute: what a record may take, twice over, and what a start may take. */
const patience = (records: number) => records * 1_300 + 240_000;

/** The burst that this measure and the pacing look at. Books' minute is empty when it begins. */
export function crmBurst(bench: Bench): Promise<Burst> {
	return bench.once('burst in CRM', async () => {
		await bench.scene.room();
		return burstInCrm(bench, bench.pair, 'Hopper', patience(bench.sizes.records));
	});
}

export const crmToBooks: Measure = {
	name: 'crmToBooks',
	tells: 'calls until new Contacts of CRM, each in an Account of its own, all made within 10 s, are in Books',
	explains: `Books makes one record a call. Before that, Match reads the list of customers, 200 a call, so that nobody is made twice. CRM is written twice, 100 records a call:
what is about to be written to Books is announced, and the link comes after it (docs/decisions.md).`,
	stage: 'toBooks',
	async run(bench) {
		const { records } = bench.sizes;
		const { calls, wall } = await crmBurst(bench);
		const work = calls.filter((call) => !isPoll(call));
		const [books, crm] = [countOf(work, 'books'), countOf(work, 'crm')];
		return {
			figures: { crm_to_books: { records, books_calls: books, crm_calls: crm } },
			details: {
				books_calls_per_record: round(books / records, 4),
				crm_calls_per_record: round(crm / records, 4),
				seconds: round(wall / 1000, 1),
				polls_left_out: calls.filter(isPoll).length,
				calls: countKinds(work),
				records_per_write: work.filter(({ kind, service }) => service === 'crm' && kind === 'write').map((call) => call.records),
			},
		};
	},
};
