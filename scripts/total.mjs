// Adds up what the runners said at their ends: jest's "Tests: …" line and the e2e suite's "N passed, N failed" line.
// Prints the total alone on the last line; ends with 1 when anything failed, or when a runner never got to its last line.
import { readFileSync } from 'node:fs';

const [failedFlag = '1', ...files] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
let complete = true;

for (const file of files) {
	const text = readFileSync(file, 'utf8').replace(/\u001b\[[0-9;]*m/g, '');
	const line = [...text.matchAll(/^(?:Tests:\s+)?((?:\d+ (?:passed|failed|skipped|todo|total)(?:, )?)+)$/gm)].at(-1)?.[1];
	if (line === undefined) {
		console.error(`No closing line in ${file}: that runner broke off.`);
		complete = false;
		continue;
	}
	for (const [, count, word] of line.matchAll(/(\d+) (passed|failed|skipped)/g)) total[word] += Number(count);
}

if (!complete || (failedFlag !== '0' && total.failed === 0)) total.failed += 1;
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed > 0 || failedFlag !== '0' ? 1 : 0);
