import { setPolls } from '../../sandbox/check/polls.mts';
import { Pair } from '../../sandbox/check/pair.mts';
import { Scene } from '../../sandbox/check/scene.mts';
import type { Step } from '../../sandbox/check/step.mts';
import { booksToCrmCreate } from '../../sandbox/check/steps/booksToCrmCreate.mts';
import { crmToBooksUpdate } from '../../sandbox/check/steps/updates.mts';
import { planPair, tenantsOf } from '../../sandbox/launcher/credentials.mts';
import { reasonOf } from '../../sandbox/launcher/failure.mts';
import { ensureN8n } from '../../sandbox/launcher/install.mts';
import { places } from '../../sandbox/launcher/places.mts';
import { freePort } from '../../sandbox/launcher/ports.mts';
import { whyNoQueue } from '../../sandbox/launcher/queueServices.mts';
import { startSandbox, type Sandbox } from '../../sandbox/launcher/sandbox.mts';
import { contactTemplates, setUpTemplate } from '../../sandbox/launcher/templateList.mts';
import type { Outcome } from './run.mts';
import { workerKilled, workerKilledWithPoll } from './workerKilled.mts';

const steps: readonly Step[] = [booksToCrmCreate, crmToBooksUpdate, workerKilled, workerKilledWithPoll];

async function startCluster(): Promise<Sandbox> {
	return startSandbox({
		folder: places.queue,
		port: await freePort(),
		pagePort: await freePort(),
		tenants: tenantsOf('eu', 'in'),
		credentials: planPair('eu', 'in'),
		queue: { workers: 2 },
		files: [setUpTemplate, ...Object.values(contactTemplates)],
		edit: setPolls,
		say: console.log,
	});
}

async function perform(step: Step, scene: Scene): Promise<Outcome> {
	const name = `queue mode: ${step.name}`;
	try {
		await scene.room();
		await step.run(scene);
		await scene.quiet();
		console.log(`ok      ${name}: ${step.proves}`);
		return { name, ok: true };
	} catch (error) {
		console.log(`failed  ${name}: ${reasonOf(error)}`);
		return { name, ok: false, why: reasonOf(error).split('\n')[0] };
	}
}

/**
 * A part of the check in n8n's queue mode: main, webhook process and two workers over PostgreSQL and Redis. Where one of these is not to
 * be had it is skipped with a message.
 */
export async function queueChecks(): Promise<Outcome[]> {
	await ensureN8n(console.log);
	const why = await whyNoQueue();
	if (why) return [{ name: 'queue mode', ok: false, why, skipped: true }];

	const sandbox = await startCluster();
	try {
		const pair = new Pair(sandbox.simulator, 'eu', 'in');
		const scene = new Scene(sandbox, pair, pair, pair);
		await scene.quiet();
		const outcomes: Outcome[] = [];
		for (const step of steps) outcomes.push(await perform(step, scene));
		return outcomes;
	} finally {
		await sandbox.stop();
	}
}
