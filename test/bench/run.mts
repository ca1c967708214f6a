import { LaunchError, reasonOf } from '../../sandbox/launcher/failure.mts';
import { openBench } from './bench.mts';
import { mergeFigures, type Figures, type Outcome } from './figures.mts';
import { measures } from './measures/index.mts';
import { readBenchOptions, usage, type BenchOptions } from './options.mts';
import { tableOf } from './table.mts';

const say = (line: string) => console.error(line);

async function main({ only, records, json }: BenchOptions): Promise<void> {
	const chosen = measures.filter(({ name }) => only.includes(name));
	const outcomes = new Map<string, Outcome>();
	const bench = await openBench(records, say);
	try {
		await bench.scene.quiet();
		for (const measure of chosen) {
			say(`${measure.name}: ${measure.tells} …`);
			const outcome = await measure.run(bench);
			outcomes.set(measure.name, outcome);
			say(`  ${JSON.stringify(outcome.details)}`);
		}
	} finally {
		await bench.sandbox.stop();
	}
	const figures = [...outcomes.values()].reduce<Figures>((all, one) => mergeFigures(all, one.figures), {});
	if (!json) for (const line of tableOf(figures)) console.log(line);
	console.log(JSON.stringify(figures));
}

try {
	const options = readBenchOptions(process.argv.slice(2));
	if (options.help) console.log(usage);
	else await main(options);
} catch (error) {
	console.error(error instanceof LaunchError ? error.message : error);
	console.log(JSON.stringify({ error: reasonOf(error) }));
	process.exitCode = 1;
}
