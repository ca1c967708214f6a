import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

interface Ended<Report> {
	code: number | null;
	report: Report | undefined;
}

/** Runs a script of this repository as a person would, shows what it tells, and answers its exit code and the JSON of its last line. */
export async function runCommand<Report>(...args: string[]): Promise<Ended<Report>> {
	return await runScript<Report>(args, console.log);
}

/** Likewise; `show` gets each line of standard output, and standard error is passed through. */
export async function runScript<Report>(args: readonly string[], show: (line: string) => void): Promise<Ended<Report>> {
	const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
	const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
	let last = '';
	for await (const line of createInterface(child.stdout)) {
		show(line);
		if (line.trim()) last = line;
	}
	return { code: await closed, report: parse<Report>(last) };
}

function parse<Report>(line: string): Report | undefined {
	try {
		const report: unknown = JSON.parse(line);
		return typeof report === 'object' && report !== null ? (report as Report) : undefined;
	} catch {
		return undefined;
	}
}
