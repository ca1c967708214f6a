import type { Bench, Measure } from '../bench.mts';
import { burstOf, type Burst } from '../burst.mts';
import { countKinds, countOf, idsAskedFor, isPoll, type Call } from '../callBook.mts';
import { round } from '../figures.mts';

/** The burst that this measure, the echo and the peer look at. */
export function booksBurst(bench: Bench): Promise<Burst> {
	return bench.once('burst', () => burstOf(bench, bench.pair, 'Kepler'));
}

/**
 * A read of CRM records by their ids is the CRM trigger's, which was told of them; in a burst from Books nothing else than our own
 * writes can have been told.
 */
export function isEchoOfBurst(call: Call): boolean {
	return idsAskedFor(call).length > 0;
}

export const booksToCrm: Measure = {
	name: 'booksToCrm',
	tells: 'new customers of Books, each a company with one contact person, made within 10 s',
	async run(bench) {
		const { calls, wall } = await booksBurst(bench);
		const work = calls.filter((call) => !isPoll(call) && !isEchoOfBurst(call));
		const crm = countOf(work, 'crm');
		return {
			figures: {
				books_to_crm: { records: bench.records, books_calls: countOf(work, 'books'), crm_calls: crm },
			},
			details: {
				crm_calls_per_record: round(crm / bench.records, 4),
				seconds: round(wall / 1000, 1),
				polls_left_out: calls.filter(isPoll).length,
				calls: countKinds(work),
				records_per_write: work.filter(({ kind, service }) => service === 'crm' && kind === 'write').map(({ records }) => records),
			},
		};
	},
};
