import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from '../../sandbox/check/scene.mts';
import type { Finding } from './findings.mts';
import type { Journal } from './journal.mts';
import { chaosFolder, type Stage } from './stage.mts';

interface Line {
	at: number;
	text: string;
}

function calls({ scene }: Stage, since: number): Line[] {
	return scene.log.slice(since).map((call) => ({
		at: call.at,
		text: `call ${call.n} ${describe(call)}${call.fault ? ` (told: ${call.fault})` : ''}${call.query && call.method === 'GET' ? ` ?${call.query}` : ''}`,
	}));
}

function deliveries({ scene }: Stage, since: number): Line[] {
	return scene.simulator.world.deliveries.log
		.slice(since)
		.map(({ at, service, about, state, attempts, answer }) => ({
			at,
			text: `delivery from ${service}: ${about}, ${state} after ${attempts} (${answer ?? '-'})`,
		}));
}

/** Writes down what happened during one script, second by second, for the one who looks for the reason of a finding. Answers the file. */
export function writeTrace(
	stage: Stage,
	journal: Journal,
	from: { call: number; delivery: number },
	found: readonly Finding[],
): string {
	const began = stage.scene.log[from.call]?.at ?? 0;
	const sent = stage.sent.filter(({ at }) => at >= began);
	const lines = [...calls(stage, from.call), ...sent, ...deliveries(stage, from.delivery), ...journal.told]
		.sort((a, b) => a.at - b.at)
		.map(({ at, text }) => `${new Date(at).toISOString().slice(11, 23)} ${text}`);
	const file = path.join(chaosFolder, `seed-${journal.seed}.log`);
	mkdirSync(chaosFolder, { recursive: true });
	writeFileSync(
		file,
		[...found.map(({ figure, says }) => `${figure}: ${says}`), '', ...lines, ''].join('\n'),
	);
	return file;
}
