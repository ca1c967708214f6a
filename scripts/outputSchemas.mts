/**
 * `npm run schemas`: writes the output schemas of the Zoho Books node, made of what its operations really put out: the test of every operation runs, and what it saw is
 * described. Operations whose test does not come that far keep the file that they have.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { outputsFolder, readOutputs } from '../test/support/outputLog.mts';
import { schemaFolder, schemaOf, schemasOf } from '../test/support/outputSchema.mts';

const root = path.resolve(import.meta.dirname, '..');
const outputs = path.join(root, '.sandbox', 'outputs');
const node = 'ZohoBooks';
const tests = 'test/engine/everyBooksOperation';

rmSync(outputs, { recursive: true, force: true });
// That the old schemas do not fit, or are missing, is no reason to stop.
spawnSync(process.execPath, ['scripts/run.mjs', 'jest', '--silent', tests], {
	cwd: root,
	stdio: ['ignore', 'ignore', 'ignore'],
	env: { ...process.env, [outputsFolder]: outputs },
});

const seen = readOutputs(outputs, node);
const folder = schemaFolder(node);
const lacking: string[] = [];
let written = 0;
for (const [name, rows] of Object.entries(seen)) {
	if (!rows || rows.length === 0) {
		lacking.push(name);
		continue;
	}
	const file = path.join(folder, `${name}.json`);
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, `${JSON.stringify(schemaOf(rows), undefined, '\t')}\n`);
	written += 1;
}
const stale = schemasOf(node).filter((name) => !(name in seen));
for (const name of stale) rmSync(path.join(folder, `${name}.json`));

console.log(`${written} schemas written, ${stale.length} removed.`);
if (lacking.length > 0) {
	console.error(`Without output (npm run jest -- ${tests} says why): ${lacking.join(', ')}`);
	process.exit(1);
}
