import { readFileSync } from 'node:fs';
import { LaunchError, reasonOf } from '../../sandbox/launcher/failure.mts';
import { stopOnSignal, stopWhenOrphaned } from '../../sandbox/launcher/signals.mts';
import { figures, type Finding } from './findings.mts';
import { readChaosOptions, usage, type ChaosOptions } from './options.mts';
import { addUp, type ChaosResult } from './result.mts';
import { Season } from './round.mts';
import { allParts, scriptOf } from './script.mts';
import { runSideBySide } from './sideBySide.mts';
import { openStage } from './stage.mts';
import { shrinkAndKeep } from './shrinkRun.mts';
import { actsIn, type ChaosScript } from './types.mts';

/** The scripts of this process. */
function scriptsOf({ seeds, ops, first, parts, replay, part, atOnce }: ChaosOptions): ChaosScript[] {
	if (replay !== undefined) return [JSON.parse(readFileSync(replay, 'utf8')) as ChaosScript];
	const scripts = Array.from({ length: seeds }, (_, index) => {
		// What does not divide goes to the first ones.
		const own = Math.floor(ops / seeds) + (index < ops % seeds ? 1 : 0);
		return scriptOf(first + index, own, parts);
	});
	return scripts.filter(({ steps }, index) => steps.length > 0 && (part === undefined || index % atOnce === part));
}

const needsMoney = ({ parts, replay }: ChaosOptions) =>
	(replay === undefined ? parts : allParts).includes('money');

async function playAll(options: ChaosOptions): Promise<ChaosResult> {
	const say = (line: string) => (options.json ? console.error(line) : console.log(line));
	const scripts = scriptsOf(options);
	const failing: Array<{ script: ChaosScript; found: Finding[] }> = [];
	const name = options.replay === undefined ? `run${options.part ?? ''}` : 'replay';
	const setting = { money: needsMoney(options), queue: options.queue, name, say };
	const stage = await openStage(setting);
	const season = new Season(stage, say);
	try {
		for (const script of scripts) {
			const found = await season.play(script);
			if (found.length > 0) failing.push({ script, found });
		}
	} finally {
		await stage.stop();
	}
	const result = {
		seeds: scripts.length,
		ops: scripts.flatMap(({ steps }) => steps).reduce((all, step) => all + actsIn(step), 0),
		faults: stage.faults.counts,
		kills: season.journals.reduce((all, { kills }) => all + kills.length, 0),
		...season.findings.counts(),
	};
	if (options.shrink && options.replay === undefined)
		for (const { script, found } of failing) await shrinkAndKeep(script, found, setting);
	return result;
}

async function main(options: ChaosOptions): Promise<number> {
	const isAlone = options.atOnce === 1 || options.part !== undefined || options.replay !== undefined;
	const result = isAlone ? await playAll(options) : addUp(await runSideBySide(options.atOnce, process.argv.slice(2)));
	console.log(JSON.stringify(result));
	return figures.every((figure) => result[figure] === 0) ? 0 : 1;
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
