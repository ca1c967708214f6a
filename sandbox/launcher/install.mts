import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchError } from './failure.mts';
import { n8nVersion, places } from './places.mts';
import { run } from './processes.mts';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
/** How many packages n8n 2.41.1 brings, for the progress line. */
const expected = 2_200;

function packagesIn(folder: string): number {
	if (!existsSync(folder)) return 0;
	const count = (names: string[]) =>
		names.filter((name) => !name.startsWith('.') && !name.startsWith('@')).length;
	const names = readdirSync(folder);
	const scopes = names.filter((name) => name.startsWith('@'));
	return count(names) + scopes.reduce((sum, scope) => sum + count(readdirSync(path.join(folder, scope))), 0);
}

/** npm works out what is needed for a minute before it unpacks anything. */
function progress(packages: number): string {
	return packages === 0 ? 'working out what is needed' : `${packages} of about ${expected} packages`;
}

/** Shows what is going on until `done`: rewrites one line on a terminal, else writes a line each 20 s. */
function showProgress(line: () => string): () => void {
	const terminal = process.stdout.isTTY;
	const started = Date.now();
	const timer = setInterval(
		() => {
			const seconds = Math.round((Date.now() - started) / 1000);
			process.stdout.write(`${terminal ? '\r' : ''}    ${line()}, ${seconds} s${terminal ? '   ' : '\n'}`);
		},
		terminal ? 1_000 : 20_000,
	);
	return () => {
		clearInterval(timer);
		if (terminal) process.stdout.write('\n');
	};
}

async function withProgress(line: () => string, work: () => Promise<void>): Promise<void> {
	const done = showProgress(line);
	try {
		await work();
	} finally {
		done();
	}
}

/**
 * Makes sure that n8n is installed, outside the project's own node_modules, because it weighs 2.8 GB. The mark of completeness is
 * written last: an install that broke off is done again.
 */
export async function ensureN8n(say: (line: string) => void): Promise<void> {
	const folder = places.n8n;
	const mark = path.join(folder, '.complete');
	if (existsSync(mark)) return;

	say(`Installing n8n ${n8nVersion} into ${folder} (once; about five minutes, 2.8 GB) …`);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'sandbox-n8n', private: true }));
	const log = path.join(folder, 'install.log');
	const modules = path.join(folder, 'node_modules');
	const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
	const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
	try {
		// No install scripts: the Kafka client's native build fails on many machines, and n8n runs without it.
		const args = ['i', `n8n@${n8nVersion}`, '--save-exact', '--ignore-scripts', ...quiet, ...patience];
		await withProgress(
			() => progress(packagesIn(modules)),
			() => run({ command: npm, args, cwd: folder, log }, 'npm install'),
		);
	} catch {
		throw new LaunchError(
			`n8n ${n8nVersion} could not be installed. Is the network up, and may npm reach its registry? Then run the same command again. (npm's words: ${log})`,
		);
	}
	try {
		// The one native part that n8n needs: its database.
		const args = ['rebuild', 'sqlite3', '--ignore-scripts=false', ...quiet];
		await withProgress(
			() => 'building the database driver',
			() => run({ command: npm, args, cwd: folder, log }, 'npm rebuild sqlite3'),
		);
	} catch (error) {
		throw new LaunchError(
			`n8n's database driver (sqlite3) could be neither downloaded nor compiled; compiling needs Python 3 and a C++ compiler.\n${(error as Error).message}`,
		);
	}
	writeFileSync(mark, '');
}
