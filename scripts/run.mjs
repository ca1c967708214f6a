// The one entrance to every script, on a clean clone too: installs the dev dependencies where they are missing and
// then runs the task under Node 24 (a dev dependency), whatever the machine's own Node is. Plain JavaScript that Node 20 reads.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const bin = path.join(root, 'node_modules', '.bin');
const [task = '', ...args] = process.argv.slice(2);

function fail(message) {
	console.error(message);
	process.exit(1);
}

/** Runs a command to its end with our Node first on PATH; ends the process with its code when it fails. */
function run(command, commandArgs, { env = {}, allowFailure = false } = {}) {
	const result = spawnSync(command, commandArgs, {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, ...env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
	});
	if (result.error) fail(`Could not run ${command}: ${result.error.message}`);
	if (result.status !== 0 && !allowFailure) process.exit(result.status ?? 1);
	return result.status ?? 1;
}

/** Runs a command that lives until it is told to stop: it gets every signal and stops by itself, we end with its code. */
function runUntilStopped(command, commandArgs) {
	const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit' });
	// The terminal sends Ctrl-C to the whole group; the others reach only us.
	process.on('SIGINT', () => {});
	for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child.on('error', (error) => fail(`Could not run ${command}: ${error.message}`));
	child.on('exit', (code) => process.exit(code ?? 1));
}

function modified(file) {
	return existsSync(file) ? statSync(file).mtimeMs : 0;
}

/**
 * Installs what the lock file says where node_modules is missing or older than it. Our own mark is written last: a broken install is
 * redone. Not `npm ci`: that insists on the binaries of every platform, which not every registry mirror holds.
 */
function ensureDependencies() {
	const mark = path.join(root, 'node_modules', '.installed');
	if (modified(mark) >= modified(path.join(root, 'package-lock.json'))) return;
	console.log('Installing the development dependencies (about two minutes, once) …');
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	if (run(npm, ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { allowFailure: true }) !== 0) {
		fail('The dependencies could not be installed. Is the network up, and may npm reach its registry? Then run the same command again.');
	}
	// The package `node` brings Node 24 in its install script, the only one we need.
	run(npm, ['rebuild', 'node', '--ignore-scripts=false'], { allowFailure: true });
	writeFileSync(mark, '');
}

/** The Node 24 binary: the running one where it is new enough, else the dev dependency's. */
function node24() {
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	const own = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (!existsSync(own)) fail(`This project runs on Node 24. Yours is ${process.version}, and Node 24 could not be installed beside it: install Node 24 or check the network, remove node_modules and try again.`);
	return own;
}

function tool(file) {
	return path.join(root, 'node_modules', file);
}

function build() {
	rmSync(path.join(root, 'dist'), { recursive: true, force: true });
	run(node, [tool('typescript/bin/tsc'), '-p', 'tsconfig.json']);
	run(node, [tool('gulp/bin/gulp.js'), '--silent']);
}

const lint = () => run(node, [tool('eslint/bin/eslint.js'), '.']);
const typecheck = () => run(node, [tool('typescript/bin/tsc'), '-p', 'tsconfig.tools.json']);

/** Jest through the intercepting proxy's certificate: Node reads NODE_EXTRA_CA_CERTS only when a process starts. */
function jest(jestArgs) {
	const caFolder = path.join(root, '.sandbox', 'ca');
	mkdirSync(caFolder, { recursive: true });
	run(node, ['sandbox/certificate.mts']);
	run(node, ['--experimental-vm-modules', '--no-warnings', tool('jest/bin/jest.js'), ...jestArgs], {
		env: { NODE_EXTRA_CA_CERTS: path.join(caFolder, 'ca.pem') },
	});
}

const tasks = {
	build,
	lint,
	typecheck,
	jest: () => jest(args),
	test() {
		build();
		lint();
		typecheck();
		jest(args);
	},
	'test:e2e'() {
		build();
		run(node, ['test/e2e/run.mts', ...args]);
	},
	start: () => runUntilStopped(node, ['sandbox/start.mts', ...args]),
	chaos: () => runUntilStopped(node, ['test/chaos/run.mts', ...args]),
	bench: () => runUntilStopped(node, ['test/bench/run.mts', ...args]),
	'bench:scaling': () => runUntilStopped(node, ['test/scaling/run.mts', ...args]),
	'coverage:api': () => run(node, ['test/coverage/run.mts', ...args]),
	schemas: () => run(node, ['scripts/outputSchemas.mts', ...args]),
	'sandbox:install': () => run(node, ['sandbox/install.mts']),
	'sandbox:audit': () => run(node, ['sandbox/audit/command.mts', ...args]),
};

if (!(task in tasks)) fail(`Unknown task "${task}". Tasks: ${Object.keys(tasks).join(', ')}.`);
ensureDependencies();
const node = node24();
tasks[task]();
