/**
 * The end-to-end suite: the headless check of `npm start -- --check`, the tests of the templates that need n8n's own nodes, then
 * what a person sees in Chromium, and a short chaos run. Every check is named and counted; the last line is the total. One part only: its name as argument.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { browserChecks } from './browserChecks.mts';
import { chaosChecks } from './chaosChecks.mts';
import { runCommand } from '../support/command.mts';
import { firstSyncChecks } from './firstSyncChecks.mts';
import { queueChecks } from './queueChecks.mts';

export interface Outcome {
	name: string;
	ok: boolean;
	why?: string;
	/** Could not be tried on this machine; `why` says what is missing. */
	skipped?: boolean;
}

const root = path.resolve(import.meta.dirname, '../..');

/** Runs the sandbox's own check as a person would, and reads its last line. */
async function sandboxCheck(): Promise<Outcome[]> {
	const { code, report } = await runCommand<CheckReport>('sandbox/start.mts', '--check');
	if (!report?.steps) return [{ name: 'npm start -- --check', ok: false, why: `it ended with ${code} and without its report` }];
	const steps = report.steps.map(({ name, ok }) => ({ name, ok }));
	const audit = { name: 'audit', ok: report.audit?.ok ?? false };
	const all = [...steps, audit];
	const agrees = (code === 0) === report.ok && report.ok === all.every(({ ok }) => ok);
	return [...all, { name: 'the check ends with 0 only if every step and the audit hold', ok: agrees }];
}

interface CheckReport {
	ok: boolean;
	steps: Array<{ name: string; ok: boolean }>;
	audit?: { ok: boolean };
}

/** The tests of `npm test` that need n8n's own nodes: it skips them before the sandbox has installed n8n, so they run here at the latest. */
function templateTests(): Outcome[] {
	const report = path.join(root, '.sandbox', 'template-tests.json');
	rmSync(report, { force: true });
	const files = ['test/engine/matchTemplates', 'test/engine/moneyTemplates', 'test/engine/syncScenarios', 'test/unit/workflows'];
	spawnSync(process.execPath, ['scripts/run.mjs', 'jest', ...files, '--json', `--outputFile=${report}`], {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if (!existsSync(report)) return [{ name: 'the tests of the templates', ok: false, why: 'jest left no report' }];
	const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
	return testResults.flatMap(({ name, message, assertionResults }): Outcome[] =>
		assertionResults.length > 0
			? assertionResults.map(({ fullName, status }) => ({ name: fullName, ok: status === 'passed', why: status }))
			: [{ name, ok: false, why: message }],
	);
}

interface JestReport {
	testResults: Array<{
		name: string;
		message: string;
		assertionResults: Array<{ fullName: string; status: 'passed' | 'failed' | 'pending' }>;
	}>;
}

const parts: Record<string, () => Outcome[] | Promise<Outcome[]>> = {
	check: sandboxCheck,
	firstSync: firstSyncChecks,
	queue: queueChecks,
	templates: templateTests,
	browser: browserChecks,
	chaos: chaosChecks,
};
const only = process.argv[2];
const outcomes: Outcome[] = [];
for (const name of only ? [only] : Object.keys(parts)) outcomes.push(...((await parts[name]?.()) ?? []));
const skipped = outcomes.filter((outcome) => outcome.skipped);
const failed = outcomes.filter(({ ok, skipped: leftOut }) => !ok && !leftOut);
for (const { name, why } of failed) console.log(`FAILED  ${name}${why ? `: ${why}` : ''}`);
for (const { name, why } of skipped) console.log(`skipped ${name}${why ? `: ${why}` : ''}`);
const passed = outcomes.length - failed.length - skipped.length;
console.log(`${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exit(failed.length > 0 || outcomes.length === 0 ? 1 : 0);
