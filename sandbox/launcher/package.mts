import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchError } from './failure.mts';
import { places } from './places.mts';
import { run } from './processes.mts';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const sources = [
	'credentials',
	'nodes',
	'zoho',
	'sync',
	'icons',
	'workflows',
	'package.json',
	'tsconfig.json',
	'gulpfile.js',
];

interface Manifest {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

export function readManifest(): Manifest {
	return JSON.parse(readFileSync(path.join(places.root, 'package.json'), 'utf8')) as Manifest;
}

function newest(entry: string): number {
	const stat = statSync(entry);
	if (!stat.isDirectory()) return stat.mtimeMs;
	return Math.max(stat.mtimeMs, ...readdirSync(entry).map((name) => newest(path.join(entry, name))));
}

function isBuilt({ n8n }: Manifest): boolean {
	const built = [...n8n.nodes, ...n8n.credentials].map((file) => path.join(places.root, file));
	if (!built.every((file) => existsSync(file))) return false;
	const changed = Math.max(...sources.map((name) => newest(path.join(places.root, name))));
	return Math.min(...built.map((file) => statSync(file).mtimeMs)) >= changed;
}

/** Builds the package where the build is older than the sources. */
export async function ensureBuilt(say: (line: string) => void): Promise<void> {
	if (!isBuilt(readManifest())) await build(say);
}

async function build(say: (line: string) => void): Promise<void> {
	say('Building the package …');
	mkdirSync(places.pack, { recursive: true });
	const args = [path.join(places.root, 'scripts', 'run.mjs'), 'build'];
	const log = path.join(places.pack, 'build.log');
	await run({ command: process.execPath, args, cwd: places.root, log }, 'Building the package');
}

/**
 * Builds the package where the build is older than the sources, packs it as npm would publish it, and installs the tarball into n8n's
 * folder for community packages. Needs no network: the package has no dependencies, and its peer (n8n-workflow) is n8n's own.
 */
export async function installPackage(userFolder: string, say: (line: string) => void): Promise<void> {
	const manifest = readManifest();
	const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
	await ensureBuilt(say);
	const memory = path.join(nodesFolder, 'installed.txt');
	const state = `${manifest.name} ${manifest.version} ${newest(path.join(places.root, 'dist'))}`;
	if (existsSync(memory) && readFileSync(memory, 'utf8') === state) return;

	rmSync(places.pack, { recursive: true, force: true });
	for (const folder of [places.pack, nodesFolder]) mkdirSync(folder, { recursive: true });
	const log = path.join(places.pack, 'pack.log');

	const packArgs = ['pack', '--ignore-scripts', '--pack-destination', places.pack];
	await run({ command: npm, args: packArgs, cwd: places.root, log }, 'npm pack');
	const tarball = path.join(places.pack, `${manifest.name}-${manifest.version}.tgz`);
	if (!existsSync(tarball)) throw new LaunchError(`npm pack did not make ${tarball}.`);

	// npm keeps what it takes for the same version, and what else the user has installed stays.
	rmSync(memory, { force: true });
	rmSync(path.join(nodesFolder, 'node_modules', manifest.name), { recursive: true, force: true });
	rmSync(path.join(nodesFolder, 'package-lock.json'), { force: true });
	const list = path.join(nodesFolder, 'package.json');
	if (!existsSync(list)) writeFileSync(list, JSON.stringify({ name: 'installed-nodes', private: true }));
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
	const args = ['i', tarball, '--offline', '--legacy-peer-deps', '--omit=peer', ...quiet];
	await run({ command: npm, args, cwd: nodesFolder, log }, 'Installing the packed package');
	writeFileSync(memory, state);
}
