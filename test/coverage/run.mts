/**
 * `npm run coverage:api [-- folder of the OpenAPI files]`: which of Zoho's operations the nodes reach. Measured: the tests of every operation
 * run, and what they saw going over HTTP counts. Ends with one line of JSON.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

import { exchangesFolder, readExchanges, type Exchange, type Product } from './exchanges.mts';
import { zohoOperations, type ZohoOperation } from './files.mts';
import { judge, nameOf, type LeftOut, type Reach } from './judge.mts';
import { leftOutOfBooks, namedInBooks } from './leftOut/books.mts';
import { leftOutOfCrm, namedInCrm } from './leftOut/crm.mts';
import { tableOf } from './table.mts';

const root = path.resolve(import.meta.dirname, '../..');
const files = path.resolve(process.argv[2] ?? path.join(root, '../shared/zoho/openapi'));
const exchanges = path.join(root, '.sandbox', 'exchanges');
const tests = ['test/engine/everyBooksOperation', 'test/engine/everyCrmOperation'];
const data: ReadonlyArray<readonly [product: Product, title: string, reasons: readonly LeftOut[], named: readonly string[]]> = [
	['books', 'Zoho Books', leftOutOfBooks, namedInBooks],
	['crm', 'Zoho CRM', leftOutOfCrm, namedInCrm],
];

function fail(message: string): never {
	console.error(message);
	process.exit(1);
}

/** Runs the tests, with what they say on standard error; whether all passed. */
function measure(): boolean {
	rmSync(exchanges, { recursive: true, force: true });
	const jest = spawnSync(process.execPath, ['scripts/run.mjs', 'jest', '--silent', ...tests], {
		cwd: root,
		stdio: ['ignore', 2, 2],
		env: { ...process.env, [exchangesFolder]: exchanges },
	});
	return jest.status === 0;
}

function measured(product: Product): Exchange[] {
	try {
		return readExchanges(exchanges, product);
	} catch {
		return fail(`The test of every operation of ${product} has not written what it saw; run it alone to see why: npm run jest -- ${tests.join(' ')}`);
	}
}

const absent = data.map(([product]) => path.join(files, product)).filter((folder) => !existsSync(folder));
if (absent.length > 0) fail(`Zoho's OpenAPI files are not there: ${absent.join(', ')}. Give the folder that holds "books" and "crm": npm run coverage:api -- <folder>`);
console.error('Running the tests of every operation …');
const passed = measure();

const problems: string[] = passed ? [] : ['Not every test of an operation passed: what failed does not count as reached.'];
const figures: Record<string, unknown> = {};
let missing = 0;
for (const [product, title, reasons, named] of data) {
	const operations = zohoOperations(path.join(files, product), product);
	const reach = judge(operations, measured(product), reasons, named);
	console.log([`\n${title}: ${reach.reached.size} of ${operations.length} operations are reached`, '', ...tableOf(operations, reach)].join('\n'));
	if (reach.elsewhere.length > 0) console.log(`\nReached, but in no file (${reach.elsewhere.length}): ${reach.elsewhere.join(', ')}`);
	if (reach.idle.length > 0) console.log(`\nReasons that excuse nothing any more: ${reach.idle.map(({ operations: which }) => String(which)).join(', ')}`);
	problems.push(...problemsOf(title, reach));
	figures[product] = { reached: reach.reached.size, total: operations.length };
	missing += reach.missingNamed.length;
}

function problemsOf(title: string, { unexplained, missingNamed }: Reach): string[] {
	const list = (what: string, found: readonly ZohoOperation[]) => found.map((one) => `${title}: ${what}: ${nameOf(one)} (${one.id})`);
	return [
		...list('neither reached nor left out for a reason', unexplained),
		...list('of a named resource, without another way', missingNamed.filter((one) => !unexplained.includes(one))),
	];
}

if (problems.length > 0) console.log(`\n${problems.join('\n')}`);
console.log(`\n${JSON.stringify({ ...figures, missing_named: missing })}`);
process.exit(problems.length > 0 ? 1 : 0);
