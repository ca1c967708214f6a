import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError } from '../../sandbox/launcher/failure.mts';
import { ensureN8n } from '../../sandbox/launcher/install.mts';
import { ensureBuilt } from '../../sandbox/launcher/package.mts';
import { runScript } from '../support/command.mts';
import type { ChaosResult } from './result.mts';

/** Milliseconds. They pack the package in the same folder, and starts that come all at once would each take longer than n8n allows itself. */
const apart = 20_000;

/** Plays the scripts in several processes, each with a sandbox of its own. What they tell comes on standard error. */
export async function runSideBySide(processes: number, args: readonly string[]): Promise<ChaosResult[]> {
	// What all of them need is made once.
	await ensureN8n(console.error);
	await ensureBuilt(console.error);
	return await Promise.all(
		Array.from({ length: processes }, async (_, part) => {
			await sleep(part * apart);
			return await run([...args, '--json', '--at-once', String(processes), '--part', String(part)]);
		}),
	);
}

async function run(args: readonly string[]): Promise<ChaosResult> {
	const script = path.join(import.meta.dirname, 'run.mts');
	const { code, report } = await runScript<ChaosResult>([script, ...args], () => undefined);
	if (report?.faults === undefined) throw new LaunchError(`One of the sandboxes ended with ${code} and without its result.`);
	return report;
}
