import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEntry } from '../../sandbox/simulator/types.mts';
import { pollRound, type Stage } from './stage.mts';

/** How long one round may take to come to rest: Books takes 100 calls a minute, and Zoho repeats webhooks for half a minute. */
const patience = 600_000;
/** Rounds without a write after which it is quiet; the last one is watched. */
const mostRounds = 12;

const isWrite = ({ kind }: CallEntry) => kind === 'write';

/**
 * Waits until the polls that heal have passed and nobody writes any more: a whole round of polls in which there
 * was no write. Throws a LaunchError when n8n does not come to rest.
 */
export async function becomeQuiet({ scene }: Stage): Promise<void> {
	for (let round = 0; round < mostRounds; round++) {
		await scene.quiet(patience);
		const since = scene.log.length;
		await sleep(pollRound + 2_000);
		await scene.quiet(patience);
		if (!scene.log.slice(since).some(isWrite)) return;
	}
}

/** Watches one more round of polls: the writes in it, of which there should be none. */
export async function writesAfterQuiet({ scene }: Stage): Promise<CallEntry[]> {
	const since = scene.log.length;
	await sleep(pollRound + 2_000);
	await scene.quiet(patience);
	return scene.log.slice(since).filter(isWrite);
}
