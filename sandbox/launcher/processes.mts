import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { LaunchError } from './failure.mts';

const running = new Set<ChildProcess>();
const windows = process.platform === 'win32';

export interface Task {
	command: string;
	args: string[];
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** File that gets everything the process prints, appended. */
	log: string;
}

/** Starts a process in a group of its own, so that it and all that it starts can be stopped together. */
export function start(task: Task): ChildProcess {
	const out = openSync(task.log, 'a');
	const child = spawn(task.command, task.args, {
		cwd: task.cwd,
		env: task.env ?? process.env,
		stdio: ['ignore', out, out],
		detached: !windows,
		shell: windows && task.command.endsWith('.cmd'),
	});
	closeSync(out);
	running.add(child);
	child.once('exit', () => {
		running.delete(child);
		signalGroup(child, 'SIGKILL'); // What it left behind.
	});
	child.once('error', () => running.delete(child));
	return child;
}

/** Runs a process to its end. Throws a LaunchError with its last lines when it fails. */
export async function run(task: Task, what: string): Promise<void> {
	const child = start(task);
	const code = await new Promise<number | string>((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('exit', (status, signal) => resolve(status ?? signal ?? 'unknown'));
	});
	if (code !== 0) throw new LaunchError(`${what} failed (${code}).\n${lastLines(task.log)}`);
}

/** The end of a log, indented. */
export function lastLines(log: string, count = 15): string {
	const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
	return [...lines.slice(-count).map((line) => `    ${line}`), `    (all of it: ${log})`].join('\n');
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		if (windows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
		else process.kill(-child.pid, signal);
	} catch {
		// The group is gone.
	}
}

export function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** Stops a process and all that it started: asks, and after `patience` milliseconds ends it. */
export async function stop(child: ChildProcess, patience = 8_000): Promise<void> {
	if (hasEnded(child)) return;
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const impatient = setTimeout(() => signalGroup(child, 'SIGKILL'), patience);
	signalGroup(child, patience > 0 ? 'SIGTERM' : 'SIGKILL');
	await ended;
	clearTimeout(impatient);
}

/** Ends everything that is still running, at once. For the way out, whatever the reason. */
export function endAll(): void {
	for (const child of running) signalGroup(child, 'SIGKILL');
}

process.once('exit', endAll);
