import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { places } from '../../sandbox/launcher/places.mts';

/** Folder of n8n's own nodes in the full n8n that the sandbox installs; undefined where it has not been installed. */
export function builtInFolder(): string | undefined {
	const folder = path.join(places.n8n, 'node_modules', 'n8n-nodes-base');
	return existsSync(path.join(folder, 'package.json')) ? folder : undefined;
}

/** Descriptions of n8n's own nodes by `name@version`, read in a process of its own: they are more than a test should load. */
export function builtInDescriptions(
	folder: string,
	nodes: Array<{ name: string; version: number }>,
): Map<string, INodeTypeDescription> {
	const types = path.join(folder, 'dist/types/nodes.json');
	if (!existsSync(types)) throw new Error(`${types} is not there: the n8n of the sandbox is not whole`);
	const script = `
		const { NodeHelpers } = require('n8n-workflow');
		const known = require('./dist/known/nodes.json');
		const wanted = JSON.parse(process.argv[1]);
		const out = {};
		for (const { name, version } of wanted) {
			const entry = known[name];
			if (!entry) continue;
			const Type = require('./' + entry.sourcePath)[entry.className];
			const node = new Type();
			const versioned = 'nodeVersions' in node ? node.nodeVersions[version] : node;
			if (versioned) out[name + '@' + version] = versioned.description;
		}
		process.stdout.write(JSON.stringify(out));`;
	const text = execFileSync(process.execPath, ['-e', script, JSON.stringify(nodes)], {
		cwd: folder,
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	return new Map(Object.entries(JSON.parse(text) as Record<string, INodeTypeDescription>));
}
