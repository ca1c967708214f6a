/** What an installation brings into n8n: files, packages, and what they could reach. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zohoHosts } from '../../sandbox/hosts.mts';
import { testWhere } from '../support/where.mts';
import { dataCentres } from '../../zoho/dataCentres';
import { figure } from './figures.mts';
import { filesIn, namesIn, root, textOf } from './sources.mts';

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
const sources = ['credentials', 'nodes', 'sync', 'zoho'].flatMap((folder) => filesIn(folder, /\.ts$/));
const isBuilt = existsSync(path.join(root, 'dist', 'nodes'));
const built = isBuilt ? filesIn('dist', /\.js$/) : [];
const missing = 'dist is not there: run "npm run build" first';
const testBuilt = testWhere(isBuilt, missing);

test('there is nothing to install with it, and nothing runs at its installation', () => {
	expect(manifest.dependencies ?? {}).toEqual({});
	expect(manifest.optionalDependencies ?? {}).toEqual({});
	expect([manifest.bundleDependencies, manifest.bundledDependencies]).toEqual([undefined, undefined]);
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const atInstallation = [
		'preinstall',
		'install',
		'postinstall',
		'prepare',
		'prepublish',
		'preprepare',
		'postprepare',
	];
	expect(Object.keys(manifest.scripts as object).filter((name) => atInstallation.includes(name))).toEqual([]);
	expect(existsSync(path.join(root, 'binding.gyp'))).toBe(false);
});

testBuilt('the packed files are those of dist, the manifest, the licence and the readme', () => {
	const answer = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ files }] = JSON.parse(answer) as [{ files: Array<{ path: string; mode: number }> }];
	const paths = files.map((file) => file.path);
	const outside = paths.filter((name) => !name.startsWith('dist/'));
	expect(outside.sort()).toEqual(['LICENSE.md', 'README.md', 'package.json']);
	const kinds =
		/^dist\/(credentials|nodes|sync|zoho)\/.+(\.js|\.d\.ts)$|^dist\/(nodes|workflows)\/.+\.json$|^dist\/icons\/.+\.svg$/;
	expect(paths.filter((name) => name.startsWith('dist/') && !kinds.test(name))).toEqual([]);
	expect(files.filter(({ mode }) => (mode & 0o111) !== 0)).toEqual([]);
	const { credentials, nodes } = manifest.n8n as Record<string, string[]>;
	for (const name of [...(credentials ?? []), ...(nodes ?? [])]) expect(paths).toContain(name);
	figure(`${paths.length} files are shipped, with no package to install beside them`);
});

/** All that the code takes from its surroundings. No `process`, `eval`, `Function`, `fetch`, `console`, … */
const harmless = [
	...[
		'Array',
		'BigInt',
		'Boolean',
		'Buffer',
		'Date',
		'Error',
		'Infinity',
		'Intl',
		'JSON',
		'Map',
		'Math',
		'Number',
		'Object',
	],
	// Bytes, and packing them: neither reaches beyond the process.
	...['ArrayBuffer', 'CompressionStream', 'DataView', 'DecompressionStream', 'TextDecoder', 'TextEncoder', 'Uint32Array', 'Uint8Array'],
	...['Promise', 'RangeError', 'RegExp', 'Set', 'String', 'URL', 'URLSearchParams', 'WeakMap', 'undefined'],
	...['decodeURIComponent', 'encodeURIComponent', 'structuredClone', 'exports', 'require'],
];
/** Ways around that list: from any function to `Function`, and n8n's ways to send beside the one request path. One asks for client credentials' token. */
const wayAround =
	/\.constructor\b|['"`]constructor['"`]|__proto__|\.(requestOAuth2|requestWithAuthentication|httpRequest)\b/;

const topLevel = /\.(com|eu|in|au|jp|ca|cn|sa|uk|ae|org|net|io|dev|app|co|me|ru|cloud|us|info|biz|xyz)$/;

function hostsIn(text: string): string[] {
	const found = text.match(/(?<![\w$.-])[a-z0-9-]+(?:\.[a-z0-9-]+)+(?![\w.(-])/gi) ?? [];
	const address = /^[\d.]+$/;
	return found.filter((word) => (address.test(word) ? word.split('.').length === 4 : topLevel.test(word)));
}

/** For people: documentation, examples, and the domains in the names of the data centres. */
const forPeople = new Set([
	...['docs.n8n.io', 'github.com', 'example.com', 'n8n.example.com', 'crm.zoho.eu'],
	...dataCentres.flatMap(({ name }) => hostsIn(name)),
]);

describe.each([
	['sources', sources],
	['built files', built],
])('the %s', (kind, files) => {
	const testThese = kind === 'sources' ? test : testBuilt;
	const named = files.map((file) => ({ file, ...namesIn(file) }));
	const table = dataCentres
		.flatMap(({ accounts, api, content = [], downloads = [] }) => [accounts, api, content, downloads].flat())
		.map((origin) => new URL(origin).host);

	testThese('take nothing from their surroundings but the language itself', () => {
		expect(files.length).toBeGreaterThan(100);
		const taken = new Set(named.flatMap(({ free }) => [...free]));
		expect([...taken].filter((name) => !harmless.includes(name))).toEqual([]);
		const around = named.flatMap(({ file, code }) => {
			const [found] = wayAround.exec(code) ?? [];
			return found ? [[file.replace(/^dist\/|\.(ts|js)$/g, ''), found]] : [];
		});
		expect(around).toEqual([['credentials/ZohoCrmClientCredentialsApi.credentials', '.httpRequest']]);
	});

	testThese('load their own files, n8n-workflow and node:crypto, nothing else', () => {
		const loads = named.flatMap(({ file, modules }) => [...modules].map((module) => ({ file, module })));
		expect(loads.length).toBeGreaterThan(200);
		const packages = loads.filter(({ module }) => !module.startsWith('.')).map(({ module }) => module);
		expect(new Set(packages)).toEqual(new Set(['n8n-workflow', 'node:crypto']));
		const own = loads.filter(({ module }) => module.startsWith('.'));
		const targets = own.map(({ file, module }) =>
			path.join(path.dirname(file), module).replace(/^dist\//, ''),
		);
		expect(targets.filter((target) => !/^(credentials|nodes|sync|zoho)\//.test(target))).toEqual([]);
	});

	testThese("name no other host than those of Zoho's table, and that in one place", () => {
		const hosts = named.flatMap(({ file, texts }) => texts.flatMap(hostsIn).map((host) => ({ file, host })));
		const used = hosts.filter(({ host }) => !forPeople.has(host));
		expect(new Set(used.map(({ host }) => host))).toEqual(new Set(table));
		const places = new Set(used.map(({ file }) => file.replace(/^dist\/|\.(ts|js)$/g, '')));
		expect([...places]).toEqual(['zoho/dataCentres']);
	});
});

test("the table of hosts is Zoho's, told independently by the sandbox", () => {
	const ours = Object.fromEntries(
		dataCentres.map(({ code, name: _, ...origins }) => [
			code,
			Object.fromEntries(Object.entries(origins).map(([server, origin]) => [server, origin.replace('https://', '')])),
		]),
	);
	expect(ours).toEqual(zohoHosts);
});

test('the templates hold no code, no other requests than those of the nodes, and no secret', () => {
	const files = filesIn('workflows', /^workflows\/[^/]+\.json$/);
	expect(files.length).toBeGreaterThan(10);
	const types = new Set<string>();
	for (const file of files) {
		const { nodes } = JSON.parse(textOf(file)) as { nodes: Array<{ type: string; credentials?: object }> };
		for (const { type } of nodes) types.add(type);
		expect(textOf(file)).not.toMatch(/\$env|\$vars|\$secrets|process\.|require\(|1000\.[0-9a-f]{16}/);
	}
	const powerful =
		/code|function|http|command|ssh|ftp|file|git|email|webhook|ai\b|langchain|aws|postgres|sql/i;
	expect([...types].filter((type) => powerful.test(type))).toEqual([]);
});
