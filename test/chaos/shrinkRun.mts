import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '../../sandbox/launcher/failure.mts';
import type { Figure, Finding } from './findings.mts';
import { Season } from './round.mts';
import { shrink } from './shrink.mts';
import { chaosFolder, openStage, type StageOptions } from './stage.mts';
import type { ChaosScript, Step } from './types.mts';

/** Each trial starts an n8n of its own and takes two minutes or so. */
const mostTrials = 12;

/** Plays a script in a sandbox of its own. What happens there is told only when it fails in one of these ways. */
async function failsAgain(script: ChaosScript, figures: ReadonlySet<Figure>, setting: StageOptions): Promise<boolean> {
	const stage = await openStage({ ...setting, name: `${setting.name}-shrink`, say: () => undefined });
	try {
		const found = await new Season(stage, () => undefined).play(script);
		return found.some(({ figure }) => figures.has(figure));
	} finally {
		await stage.stop();
	}
}

/**
 * Keeps a script that failed in `.sandbox/chaos/seed-N.json`, for `--replay`, and there shortens it to as few steps as still fail in the
 * same way. A failure that depends on the moment may not come again: then the script stays as it is.
 */
export async function shrinkAndKeep(script: ChaosScript, found: readonly Finding[], setting: StageOptions): Promise<void> {
	const { seed, steps } = script;
	const figures = new Set(found.map(({ figure }) => figure));
	const file = path.join(chaosFolder, `seed-${seed}.json`);
	const keep = (kept: readonly Step[]) => {
		mkdirSync(chaosFolder, { recursive: true });
		writeFileSync(file, `${JSON.stringify({ seed, steps: kept }, undefined, '\t')}\n`);
	};
	keep(steps);
	setting.say(`seed ${seed} failed; looking for a shorter script that fails, in up to ${mostTrials} trials`);
	try {
		const shortest = await shrink(
			steps,
			async (part) => {
				const fails = await failsAgain({ seed, steps: [...part] }, figures, setting);
				setting.say(`  ${part.length} steps: ${fails ? 'fails as well' : 'does not fail'}`);
				if (fails) keep(part);
				return fails;
			},
			mostTrials,
		);
		setting.say(`  ${shortest.length} of ${steps.length} steps remain: npm run chaos -- --replay ${path.relative(process.cwd(), file)}`);
	} catch (error) {
		setting.say(`  a trial could not be made: ${reasonOf(error)}; the script is kept: ${file}`);
	}
}
