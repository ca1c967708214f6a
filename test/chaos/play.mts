import { setTimeout as sleep } from 'node:timers/promises';
import { isCluster } from '../../sandbox/launcher/runningN8n.mts';
import { Desk } from './desk.mts';
import { Journal } from './journal.mts';
import type { Stage } from './stage.mts';
import { actsIn, isTrouble, type ChaosScript, type Step, type Trouble } from './types.mts';

/** Starts n8n again where it is down. */
export async function revive({ scene, starts }: Stage): Promise<void> {
	const { n8n, api } = scene.sandbox;
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
			if (!scene.sandbox.n8n.isRunning) return;
			await scene.sandbox.n8n.kill();
			journal.kills.push(Date.now());
			return;
		case 'start':
			return await revive(stage);
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

/** Plays a script in a sandbox that runs, and answers what was done. In queue mode a kill hits the whole of n8n, too. */
export async function play(stage: Stage, script: ChaosScript, say: (line: string) => void): Promise<Journal> {
	const journal = new Journal(script.seed);
	const desk = new Desk(stage.pair, journal);
	for (const step of script.steps) {
		journal.told.push({ at: stage.scene.simulator.world.now(), text: `>>> ${JSON.stringify(step)}` });
		if (isTrouble(step)) await trouble(stage, journal, step);
		else perform(desk, step, say);
	}
	if (isCluster(stage.scene.sandbox.n8n))
		await stage.scene.sandbox.n8n.restartWorker().catch(() => undefined);
	return journal;
}
