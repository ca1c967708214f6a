import { readReviewed, reviewTable } from '../../sandbox/audit/reviewQueue.mts';
import { textAt } from '../../sandbox/check/pair.mts';
import type { CallEntry } from '../../sandbox/simulator/types.mts';
import type { Finding } from './findings.mts';
import type { Journal } from './journal.mts';
import { judgePeople } from './judgePeople.mts';
import { judgeMoney } from './judgeMoney.mts';
import { judgeRules } from './judgeRules.mts';
import type { Stage } from './stage.mts';

/** What is put before a person: the documented end of whatever the product must not decide or could not do. */
export interface Review {
	/** Ids of records about which a person is to decide: doubtful matches, deletions, and writes that were refused. */
	waiting: ReadonlySet<string>;
	/** Ids of records whose deletion is told. */
	deletions: ReadonlySet<string>;
	/** Ids of records of which a write failed, with the reason. */
	failed: ReadonlyMap<string, string>;
}

/** Rows of the review list, gathered from look to look: n8n shows the newest 250 only. */
export class ReviewList {
	readonly #rows = new Map<string, { id: string; reason: string }>();

	async read({ scene }: Stage): Promise<Review> {
		const rows = (await scene.sandbox.api.dataTable(reviewTable)) ?? [];
		for (const row of rows) {
			this.#rows.set(textAt(row, 'key'), { id: textAt(row, 'record_id'), reason: textAt(row, 'reason') });
		}
		const kind = (word: string) => [...this.#rows].filter(([key]) => key.endsWith(` ${word}`));
		const ids = (word: string) => kind(word).map(([, { id }]) => id);
		return {
			waiting: new Set([...ids('in doubt'), ...(await readReviewed(scene.sandbox.api))]),
			deletions: new Set(ids('deleted')),
			failed: new Map(kind('failed').map(([, { id, reason }]): [string, string] => [id, reason])),
		};
	}
}

/** Everything that is not as it should be after a script, seen from outside the product. */
export function verify(
	stage: Stage,
	journals: readonly Journal[],
	review: Review,
	late: readonly CallEntry[],
): Promise<Finding[]> {
	return Promise.all([
		judgePeople(stage, journals, review),
		judgeMoney(stage, journals, review),
		judgeRules(stage),
		late.map(({ service, method, path, n }): Finding => ({
			figure: 'writes_after_quiet',
			says: `call ${n} wrote after all was quiet: ${service} ${method} ${path}`,
		})),
	]).then((lists) => lists.flat());
}
