import { folder, type Measure } from '../bench.mts';
import { countKinds } from '../callBook.mts';
import { round, type Figures } from '../figures.mts';
import { firstRun, type Run } from '../firstSync.mts';
import { peakMemory } from '../memory.mts';

const seconds = ({ wall }: Run) => round(wall / 1000, 1);

export const scale: Measure = {
	name: 'scale',
	tells: 'seconds of a first sync of ten times as many customers, and the most memory that its n8n, in its default heap, has resident',
	explains: `Books gives 100 calls a minute, so the lists of 100,000 customers and their persons take ten minutes at least, where those of 10,000 wait for nothing. They are read
while n8n works on the pages before; the companies come first, so that no page waits for the list of persons.`,
	stage: 'scale',
	async run(bench) {
		const { customers, many } = bench.sizes;
		const few = await bench.doneBefore<Run>(`first sync of ${customers}`);
		const run = await firstRun(bench, many);
		const peak = peakMemory(folder);
		const figures: NonNullable<Figures['scale']> = {
			...(few && { s_10k: seconds(few) }),
			s_100k: seconds(run),
			...(peak !== undefined && { peak_rss_mb: peak }),
		};
		return {
			figures: { scale: figures },
			details: {
				customers: many,
				...(few && { times_as_long: round(run.wall / few.wall, 2) }),
				all_calls: run.calls.length,
				calls: countKinds(run.calls),
			},
		};
	},
};
