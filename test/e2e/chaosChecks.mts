import { figures, type Figure } from '../chaos/findings.mts';
import { runCommand } from '../support/command.mts';
import type { Outcome } from './run.mts';

const [seeds, ops] = [3, 300];

type Report = Record<Figure | 'seeds' | 'ops' | 'kills', number> & { faults: Record<string, number> };

/** A short chaos run: nothing may be lost, doubled, unequal, late or against Zoho's rules, and there must have been trouble. */
export async function chaosChecks(): Promise<Outcome[]> {
	const args = ['--seeds', String(seeds), '--ops', String(ops), '--json', '--no-shrink'];
	const { code, report } = await runCommand<Report>('test/chaos/run.mts', ...args);
	if (report?.faults === undefined) return [{ name: 'chaos', ok: false, why: `it ended with ${code} and without its report` }];
	const isWhole = report.seeds === seeds && report.ops === ops && report.kills >= seeds && Object.keys(report.faults).length > 5;
	return [
		{ name: `chaos: ${ops} acts, kills and many kinds of faults`, ok: isWhole, why: JSON.stringify(report) },
		...figures.map((figure) => ({ name: `chaos: ${figure}`, ok: report[figure] === 0, why: String(report[figure]) })),
	];
}
