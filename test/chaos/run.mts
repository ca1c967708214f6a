import { readFileSync } from 'node:fs';
import { LaunchError, reasonOf } from '../../sandbox/launcher/failure.mts';
import { stopOnSignal, stopWhenOrphaned } from '../../sandbox/launcher/signals.mts';
import { figures, type Finding } from './findings.mts';
import { readChaosOptions, usage, type ChaosOptions } from './options.mts';
import { Season } from './round.mts';
import { allParts, scriptOf } from './script.mts';
import { openStage } from './stage.mts';
import { shrinkAndKeep } from './shrinkRun.mts';
import { actsIn, type ChaosScript } from './types.mts';

function scriptsOf({ seeds, ops, first, parts, replay }: ChaosOptions): ChaosScript[] {
	if (replay !== undefined) return [JSON.parse(readFileSync(replay, 'utf8')) as ChaosScript];
	return Array.from({ length: seeds }, (_, index) => {
		// What does not divide goes to the first ones.
		const own = Math.floor(ops / seeds) + (index < ops % seeds ? 1 : 0);
		return scriptOf(first + index, own, parts);
	}).filter(({ steps }) => steps.length > 0);
}

const needsMoney = ({ parts, replay }: ChaosOptions) =>
	(replay === undefined ? parts : allParts).includes('money');

async function main(options: ChaosOptions): Promise<number> {
	const say = (line: string) => (options.json ? console.error(line) : console.log(line));
	const scripts = scriptsOf(options);
	const failing: Array<{ script: ChaosScript; found: Finding[] }> = [];
	const name = options.replay === undefined ? 'run' : 'replay';
	const setting = { money: needsMoney(options), queue: options.queue, say };
	const stage = await openStage({ ...setting, name });
	const season = new Season(stage, say);
	try {
		for (const script of scripts) {
			const found = await season.play(script);
			if (found.length > 0) failing.push({ script, found });
		}
	} finally {
		await stage.stop();
	}
	const counts = season.findings.counts();
	const sum = (pick: (index: number) => number) =>
		season.journals.reduce((all, _, index) => all + pick(index), 0);
	const result = {
		seeds: scripts.length,
		ops: scripts.flatMap(({ steps }) => steps).reduce((all, step) => all + actsIn(step), 0),
		faults: stage.faults.counts,
		kills: sum((index) => season.journals[index]?.kills.length ?? 0),
		...counts,
	};
	if (options.shrink && options.replay === undefined)
		for (const { script, found } of failing) await shrinkAndKeep(script, found, setting);
	console.log(JSON.stringify(result));
	return figures.every((figure) => counts[figure] === 0) ? 0 : 1;
}

stopOnSignal();
stopWhenOrphaned();
try {
	const options = readChaosOptions(process.argv.slice(2));
	if (options.help) console.log(usage);
	else process.exitCode = await main(options);
} catch (error) {
	console.error(error instanceof LaunchError ? error.message : error);
	console.log(JSON.stringify({ error: reasonOf(error) }));
	process.exitCode = 1;
}
