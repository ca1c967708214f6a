import type { Bench, Measure } from '../bench.mts';
import { burstInBooks, type Burst } from '../burst.mts';
import { countKinds, countOf, idsAskedFor, isPoll, type Call } from '../callBook.mts';
import { round } from '../figures.mts';

/** The burst that this measure, the echo and the peer look at. */
export function booksBurst(bench: Bench): Promise<Burst> {
	return bench.once('burst in Books', () => burstInBooks(bench, bench.pair, 'Kepler'));
}

/**
 * A read of CRM records by their ids is the CRM trigger's, which was told of them; in a burst from Books nothing else than our own
 * writes can have been told.
 */
export function isEchoOfBurst(call: Call): boolean {
	return idsAskedFor(call).length > 0;
}

/** The calls that carry the burst over. */
export const workOf = ({ calls }: Burst): Call[] => calls.filter((call) => !isPoll(call) && !isEchoOfBurst(call));

export const booksToCrm: Measure = {
	name: 'booksToCrm',
	tells: 'calls until new customers of Books, each a company with one contact person, all made within 10 s, are in CRM',
	explains: `The least possible is 0.03: for 1,000 records 20 writes of 100 in two modules, and 10 look-ups of 200 links. The rest are look-ups by name and e-mail, as no link
leads to a new record; a look at what CRM has announced, so that nothing is added twice (docs/decisions.md); and the fields of both modules.`,
	stage: 'live',
	async run(bench) {
		const { records } = bench.sizes;
		const burst = await booksBurst(bench);
		const work = workOf(burst);
		const crm = countOf(work, 'crm');
		return {
			figures: { books_to_crm: { records, books_calls: countOf(work, 'books'), crm_calls: crm } },
			details: {
				crm_calls_per_record: round(crm / records, 4),
				seconds: round(burst.wall / 1000, 1),
				polls_left_out: burst.calls.filter(isPoll).length,
				calls: countKinds(work),
				records_per_write: work.filter(({ kind, service }) => service === 'crm' && kind === 'write').map((call) => call.records),
			},
		};
	},
};
