import { appendFileSync } from 'node:fs';
import { LaunchError, reasonOf } from '../../sandbox/launcher/failure.mts';
import { stopOnSignal, stopWhenOrphaned } from '../../sandbox/launcher/signals.mts';
import { openBench, type Measure } from './bench.mts';
import { mergeFigures, type Figures, type Outcome } from './figures.mts';
import { measures } from './measures/index.mts';
import { readBenchOptions, usage, type BenchOptions } from './options.mts';
import { keep } from './page/write.mts';
import { tableOf } from './table.mts';
import { judge } from './targets.mts';

const say = (line: string) => console.error(line);

/** Carries out the measures, an n8n for each stage; each outcome as it comes. */
async function* outcomesOf(chosen: readonly Measure[], { sizes, calls }: BenchOptions): AsyncGenerator<[Measure, Outcome]> {
	const done = new Map<string, Promise<unknown>>();
	for (const stage of new Set(chosen.map((measure) => measure.stage))) {
		const bench = await openBench(stage, sizes, done, say);
		try {
			await bench.scene.quiet();
			for (const measure of chosen.filter((each) => each.stage === stage)) {
				say(`${measure.name}: ${measure.tells} …`);
				const outcome = await measure.run(bench);
				say(`  ${JSON.stringify(outcome.figures)}\n  ${JSON.stringify(outcome.details)}`);
				yield [measure, outcome];
			}
		} finally {
			if (calls) appendFileSync(calls, bench.calls.all.map((call) => `${JSON.stringify(call)}\n`).join(''));
			await bench.sandbox.stop();
		}
	}
}

async function main(options: BenchOptions): Promise<void> {
	const chosen = measures.filter(({ name }) => options.only.includes(name));
	let figures: Figures = {};
	for await (const [measure, outcome] of outcomesOf(chosen, options)) {
		figures = mergeFigures(figures, outcome.figures);
		if (options.write) keep(measure, outcome);
	}
	if (!options.json) for (const line of [...tableOf(figures), '', ...judge(figures).map(({ line }) => line)]) console.log(line);
	console.log(JSON.stringify(figures));
}

stopOnSignal();
stopWhenOrphaned();
try {
	const options = readBenchOptions(process.argv.slice(2));
	if (options.help) console.log(usage);
	else await main(options);
} catch (error) {
	console.error(error instanceof LaunchError ? error.message : error);
	console.log(JSON.stringify({ error: reasonOf(error) }));
	process.exitCode = 1;
}
