import { Findings, type Finding } from './findings.mts';
import type { Journal } from './journal.mts';
import { play } from './play.mts';
import { becomeQuiet, writesAfterQuiet } from './quiet.mts';
import type { Stage } from './stage.mts';
import type { ChaosScript } from './types.mts';
import { writeTrace } from './trace.mts';
import { ReviewList, verify } from './verify.mts';

/** All scripts that were played in one sandbox: each one leaves its records there, and none may spoil those of an earlier one. */
export class Season {
	readonly stage: Stage;
	readonly journals: Journal[] = [];
	readonly findings = new Findings();
	readonly #reviews = new ReviewList();
	readonly #say: (line: string) => void;

	constructor(stage: Stage, say: (line: string) => void) {
		this.stage = stage;
		this.#say = say;
	}

	/** Plays a script, waits for quiet, and answers everything that is not as it should be now and was not told before. */
	async play(script: ChaosScript): Promise<Finding[]> {
		const began = Date.now();
		const from = {
			call: this.stage.scene.log.length,
			delivery: this.stage.scene.simulator.world.deliveries.log.length,
		};
		const journal = await play(this.stage, script, this.#say);
		this.journals.push(journal);
		const played = Date.now();
		await becomeQuiet(this.stage);
		const late = await writesAfterQuiet(this.stage);
		const review = await this.#reviews.read(this.stage);
		const found = await verify(this.stage, this.journals, review, late);
		const seconds = (from: number, to: number) => `${Math.round((to - from) / 1000)} s`;
		this.#say(
			`seed ${script.seed}: ${journal.acts} acts (${journal.skipped} found nobody) in ${seconds(began, played)}, quiet and judged after ${seconds(played, Date.now())}; ` +
				`the review list waits for ${review.waiting.size} and tells of ${review.failed.size} failed writes`,
		);
		for (const [id, reason] of review.failed) this.#say(`  failed write: ${id}: ${reason}`);
		const fresh = this.findings.add(found);
		for (const { figure, says } of fresh) this.#say(`  ${figure}: ${says}`);
		if (fresh.length > 0) this.#say(`  What happened: ${writeTrace(this.stage, journal, from, fresh)}`);
		return fresh;
	}
}
