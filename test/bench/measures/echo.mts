import type { Measure } from '../bench.mts';
import { countKinds, countOf, isPoll } from '../callBook.mts';
import { booksBurst, isEchoOfBurst } from './booksToCrm.mts';

export const echo: Measure = {
	name: 'echo',
	tells: 'calls because the writes of that burst came back as notifications',
	stage: 'live',
	async run(bench) {
		const { calls } = await booksBurst(bench);
		// The burst itself has no reason to call Books: whatever call there is, an echo made it.
		const echoes = calls.filter((call) => !isPoll(call) && (isEchoOfBurst(call) || call.service === 'books'));
		return {
			figures: { echo: { books_calls: countOf(echoes, 'books'), crm_calls: countOf(echoes, 'crm') } },
			details: { calls: countKinds(echoes) },
		};
	},
};
