import type { Finding } from './findings.mts';
import type { Journal } from './journal.mts';
import type { Stage } from './stage.mts';
import type { Review } from './verify.mts';

/** Invoices, payments and Deals. */
export function judgeMoney(_stage: Stage, _journals: readonly Journal[], _review: Review): Finding[] {
	return [];
}
