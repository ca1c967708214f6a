import type { Measure } from '../bench.mts';
import { writesPerMinute } from '../pace.mts';
import { crmBurst } from './crmToBooks.mts';

export const pacing: Measure = {
	name: 'pacing',
	tells: 'writes to Books in each full minute in which more are waiting, and how many of its calls Books refuses',
	stage: 'toBooks',
	async run(bench) {
		const { calls } = await crmBurst(bench);
		const books = calls.filter(({ service }) => service === 'books');
		const minutes = writesPerMinute(books);
		const http_429 = books.filter(({ status }) => status === 429).length;
		// The last minute is not full, and in less than one there is no pace.
		const mean = minutes.reduce((sum, count) => sum + count, 0) / minutes.length;
		return {
			figures: minutes.length > 0 ? { pacing: { writes_per_minute: Number(mean.toFixed(1)), http_429 } } : {},
			details: { writes_in_each_full_minute: minutes, http_429 },
		};
	},
};
