import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../sandbox/launcher/wait.mts';
import type { CallEntry } from '../../sandbox/simulator/types.mts';
import { pollRound, type Stage } from './stage.mts';

/** How long one round may take to come to rest: Books takes 100 calls a minute, and Zoho repeats webhooks for half a minute. */
const patience = 600_000;
/** Rounds without a write after which it is quiet: the polls of CRM look for modified and for deleted records by turns of three. */
const quietRounds = 3;
const mostRounds = 15;

const isWrite = ({ kind }: CallEntry) => kind === 'write';

/** Has every list of Books been looked at by a poll since that entry of the log? A poll that waits for its turn is no execution, and nothing else shows it. */
function polled({ scene, money }: Stage, since: number): boolean {
	const lists = money ? ['contacts', 'items', 'invoices', 'customerpayments'] : ['contacts'];
	const looks = scene.log
		.slice(since)
		.filter(({ service, method, status, query }) => service === 'books' && method === 'GET' && status === 200 && query.includes('last_modified_time='));
	return lists.every((list) => looks.some(({ path }) => path === `/books/v3/${list}`));
}

/** One round of polls, from the first to the end of what they have started. Answers the writes in it. */
async function round(stage: Stage): Promise<CallEntry[]> {
	const { scene } = stage;
	const since = scene.log.length;
	await sleep(pollRound + 2_000);
	await waitFor('a poll of every list in Books', () => polled(stage, since), { timeout: patience, abort: () => scene.sandbox.n8n.demandRunning() });
	await scene.quiet(patience);
	return scene.log.slice(since).filter(isWrite);
}

/**
 * Waits until the polls that heal have passed and nobody writes any more: whole rounds of polls in which there
 * was no write. Throws a LaunchError when n8n does not come to rest.
 */
export async function becomeQuiet(stage: Stage): Promise<void> {
	await stage.scene.quiet(patience);
	for (let count = 0, still = 0; count < mostRounds && still < quietRounds; count++) {
		still = (await round(stage)).length === 0 ? still + 1 : 0;
	}
}

/** Watches one more round of polls: the writes in it, of which there should be none. */
export const writesAfterQuiet = (stage: Stage): Promise<CallEntry[]> => round(stage);
