import { planPair, tenantsOf } from '../launcher/credentials.mts';
import { LaunchError, reasonOf } from '../launcher/failure.mts';
import type { Options } from '../launcher/options.mts';
import { places } from '../launcher/places.mts';
import { freePort } from '../launcher/ports.mts';
import { startSandbox, type Sandbox } from '../launcher/sandbox.mts';
import { auditPair } from './auditPair.mts';
import { otherPair, smallPair } from './otherPair.mts';
import { Pair } from './pair.mts';
import { isHousekeeping, setPolls } from './polls.mts';
import { Scene } from './scene.mts';
import type { Step } from './step.mts';
import { steps as allSteps } from './steps/index.mts';

export interface StepResult {
	name: string;
	ok: boolean;
	books_calls: number;
	crm_calls: number;
	ms: number;
	/** Why it failed. */
	error?: string;
}

export interface CheckResult {
	ok: boolean;
	steps: StepResult[];
	/** What differs between the two systems after the last step. Absent when the check did not come so far. */
	audit?: AuditResult;
	error?: string;
}

export interface AuditResult {
	ok: boolean;
	differences: number;
	modules: Record<string, unknown>;
	/** Why there was no audit. */
	error?: string;
}

const say = (line: string) => console.log(line);
const nameWidth = Math.max(...allSteps.map(({ name }) => name.length));

function choose(names: string[] | undefined): readonly Step[] {
	const unknown = names?.filter((name) => !allSteps.some((step) => step.name === name)) ?? [];
	if (unknown.length === 0) return allSteps.filter(({ name }) => !names || names.includes(name));
	const known = allSteps.map(({ name }) => name).join(', ');
	throw new LaunchError(`There is no step ${unknown.join(', ')}. Steps: ${known}.`);
}

async function perform(step: Step, scene: Scene): Promise<StepResult> {
	await scene.room();
	const began = Date.now();
	let since = scene.log.length;
	let error: string | undefined;
	try {
		since = (await step.run(scene)) ?? since;
	} catch (failure) {
		error = failure instanceof LaunchError ? failure.message : ((failure as Error).stack ?? String(failure));
	}
	const ms = Date.now() - began;
	scene.simulator.world.faults = [];
	try {
		await scene.quiet();
	} catch (failure) {
		error ??= reasonOf(failure);
	}
	const count = (service: 'books' | 'crm') =>
		scene.calls(since, service).filter((call) => !isHousekeeping(call)).length;
	return {
		name: step.name,
		ok: !error,
		books_calls: count('books'),
		crm_calls: count('crm'),
		ms,
		...(error && { error }),
	};
}

function tell(step: Step, { ok, books_calls, crm_calls, ms, error }: StepResult): void {
	say(`${ok ? 'ok    ' : 'FAILED'} ${step.name.padEnd(nameWidth)} ${step.proves}`);
	say(`       ${''.padEnd(nameWidth)} ${books_calls} Books calls, ${crm_calls} CRM calls, ${ms} ms`);
	if (error) say(error.replace(/^/gm, '         '));
}

async function startScene(options: Options, steps: readonly Step[]): Promise<Scene> {
	const { books, crm } = options;
	const other = otherPair(books, crm);
	const small = smallPair(books, crm);
	const scene = (sandbox: Pick<Sandbox, 'simulator'>) => {
		const { simulator } = sandbox;
		return new Scene(
			sandbox as Sandbox,
			new Pair(simulator, books, crm),
			new Pair(simulator, other.books, other.crm),
			new Pair(simulator, small.books, small.crm),
		);
	};
	const sandbox = await startSandbox({
		folder: places.check,
		port: options.port ?? (await freePort()),
		pagePort: options.pagePort ?? (await freePort()),
		tenants: [
			...tenantsOf(books, crm),
			...tenantsOf(other.books, other.crm),
			...tenantsOf(small.books, small.crm, 'standard'),
		],
		credentials: [...planPair(books, crm), ...other.credentials, ...small.credentials],
		queue: options.queue,
		reset: true,
		edit: setPolls,
		prepare(simulator) {
			for (const step of steps) step.before?.(scene({ simulator }));
		},
		say,
	});
	return scene(sandbox);
}

/** Runs the scenario, telling each step as it ends. The last line is the result as JSON; resolves with the exit code. */
export async function runCheck(
	options: Options,
	onStop: (stop: () => Promise<void>) => void,
): Promise<number> {
	const result: CheckResult = { ok: false, steps: [] };
	let scene: Scene | undefined;
	try {
		const steps = choose(options.steps);
		scene = await startScene(options, steps);
		onStop(scene.sandbox.stop);
		await scene.quiet();
		for (const step of steps) {
			const done = await perform(step, scene);
			tell(step, done);
			result.steps.push(done);
		}
		result.audit = await auditPair(scene, say);
		result.ok = result.steps.length > 0 && result.steps.every(({ ok }) => ok) && result.audit.ok;
	} catch (error) {
		result.error = reasonOf(error);
		console.error(error instanceof LaunchError ? error.message : error);
	} finally {
		await scene?.sandbox.stop();
	}
	say(JSON.stringify(result));
	return result.ok ? 0 : 1;
}
