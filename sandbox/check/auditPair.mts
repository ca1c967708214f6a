import { audit } from '../audit/audit.mts';
import { jsonLine, reportLines } from '../audit/report.mts';
import { readReviewed } from '../audit/reviewQueue.mts';
import { readFrom } from '../audit/systems.mts';
import { reasonOf } from '../launcher/failure.mts';
import type { AuditResult } from './check.mts';
import type { Scene } from './scene.mts';

/**
 * Compares the two systems that the templates are linked to, record by record, after all steps. What the review queue holds for a
 * person to decide is no difference. Never rejects: what went wrong is in the result.
 */
export async function auditPair(scene: Scene, say: (line: string) => void): Promise<AuditResult> {
	const { pair, simulator, sandbox } = scene;
	try {
		const found = await audit(readFrom(simulator), {
			books: { location: pair.booksAt },
			crm: { location: pair.crmAt },
			reviewed: await readReviewed(sandbox.api),
		});
		say(`${found.ok ? 'ok    ' : 'FAILED'} ${'audit'.padEnd(22)} The two systems agree, record by record.`);
		reportLines(found).forEach((line) => say(`       ${line}`.trimEnd()));
		return JSON.parse(jsonLine(found)) as AuditResult;
	} catch (error) {
		say(`FAILED ${'audit'.padEnd(22)} ${reasonOf(error)}`);
		return { ok: false, differences: 0, modules: {}, error: reasonOf(error) };
	}
}
