import { setTimeout as sleep } from 'node:timers/promises';
import { isCluster } from '../../sandbox/launcher/runningN8n.mts';
import { Desk } from './desk.mts';
import { Journal } from './journal.mts';
import type { Stage } from './stage.mts';
import { actsIn, isTrouble, type ChaosScript, type Step, type Trouble } from './types.mts';

/** Ends n8n without a warning; in queue mode the worker that has most to do. */
async function kill({ scene }: Stage, journal: Journal): Promise<void> {
	const { n8n } = scene.sandbox;
	if (!n8n.isRunning) return;
	if (isCluster(n8n)) {
		journal.killedWorker = n8n.busyWorker() ?? 0;
		await n8n.killWorker(journal.killedWorker);
	} else await n8n.kill();
	journal.kills.push(Date.now());
}

/** Starts again what was killed. */
async function revive({ scene, starts }: Stage, journal: Journal): Promise<void> {
	const { n8n, api } = scene.sandbox;
	const worker = journal.killedWorker;
	if (isCluster(n8n) && worker !== undefined) {
		journal.killedWorker = undefined;
		starts.push(scene.simulator.world.now());
		return await n8n.restartWorker(worker);
	}
	if (n8n.isRunning) return;
	starts.push(scene.simulator.world.now());
	await n8n.start();
	await api.login();
}

/** Ends every access token of one system, as if their hour were over. */
function expire({ scene, pair, faults }: Stage, system: 'books' | 'crm'): void {
	const { accessTokens } = scene.simulator.world.tokens;
	const location = system === 'books' ? pair.booksAt : pair.crmAt;
	const ending = [...accessTokens].filter(([, token]) => token.location === location);
	for (const [value] of ending) accessTokens.delete(value);
	faults.add('token-expired', ending.length > 0 ? 1 : 0);
}

async function trouble(stage: Stage, journal: Journal, step: Trouble): Promise<void> {
	const { scene, faults } = stage;
	const { world } = scene.simulator;
	switch (step.do) {
		case 'fault':
			world.faults.push({ ...step.fault });
			return;
		case 'expire':
			return expire(stage, step.system);
		case 'lapse':
			return faults.add('channel-lapsed', scene.simulator.lapseChannels());
		case 'skew':
			world.clock.skew += step.seconds * 1000;
			return faults.add('skew');
		case 'indexLag':
			world.switches.searchLag = step.milliseconds;
			return faults.add('index-lag');
		case 'kill':
			return await kill(stage, journal);
		case 'start':
			return await revive(stage, journal);
		case 'wait':
			await sleep(step.milliseconds);
	}
}

/** A person's act, as far as Zoho lets them; what Zoho refuses at the desk is not done. */
function perform(desk: Desk, step: Step, say: (line: string) => void): void {
	if (isTrouble(step)) return;
	let done = false;
	try {
		done = desk.act(step);
	} catch (error) {
		say(`  refused at the desk: ${JSON.stringify(step)}: ${(error as Error).message}`);
	}
	desk.journal.acts += actsIn(step);
	if (!done) desk.journal.skipped += actsIn(step);
}

async function endTrouble(stage: Stage, journal: Journal): Promise<void> {
	const { world } = stage.scene.simulator;
	world.faults = [];
	world.switches.searchLag = 0;
	await revive(stage, journal);
}

/** Plays a script in a sandbox that runs, ends all trouble, and answers what was done. */
export async function play(stage: Stage, script: ChaosScript, say: (line: string) => void): Promise<Journal> {
	const journal = new Journal(script.seed);
	const desk = new Desk(stage.pair, journal);
	for (const step of script.steps) {
		journal.told.push({ at: stage.scene.simulator.world.now(), text: `>>> ${JSON.stringify(step)}` });
		if (isTrouble(step)) await trouble(stage, journal, step);
		else perform(desk, step, say);
	}
	await endTrouble(stage, journal);
	return journal;
}
