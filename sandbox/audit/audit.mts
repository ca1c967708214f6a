import type { Comparison, Difference, Kind } from './compare.mts';
import { compareAccounts, compareContacts, compareVendors } from './contacts.mts';
import { compareDeals } from './deals.mts';
import { compareInvoices } from './invoices.mts';
import { compareItems } from './items.mts';
import { comparePayments } from './payments.mts';
import { takeSnapshot, type Read, type Side } from './systems.mts';

export interface AuditOptions {
	books: Side;
	crm: Side;
	/**
	 * Ids of records that wait for a person's decision: differences about them are not counted. Default: none, everything counts.
	 */
	reviewed?: Iterable<string>;
	/** Stage in which a Deal must have a document in Books. Default: "Closed Won", as in the template. */
	wonStage?: string;
}

export interface ModuleAudit {
	title: string;
	books: number;
	crm: number;
	counts: Record<Kind, number>;
	differences: Difference[];
	/** Differences that are not counted, because a person is to decide them. */
	reviewed: Difference[];
	absent?: string;
}

export interface Audit {
	ok: boolean;
	differences: number;
	/** By CRM's name of the module. */
	modules: Record<string, ModuleAudit>;
}

const none: Record<Kind, number> = { missing_in_crm: 0, missing_in_books: 0, doubled: 0, differing: 0 };

function weigh({ differences, ...comparison }: Comparison, reviewed: ReadonlySet<string>): ModuleAudit {
	const waits = ({ ids }: Difference) => ids.some((id) => reviewed.has(id));
	const counted = differences.filter((each) => !waits(each));
	const counts = { ...none };
	for (const { kind } of counted) counts[kind]++;
	const { title, books, crm, absent } = comparison;
	return {
		title,
		books,
		crm,
		counts,
		differences: counted,
		reviewed: differences.filter(waits),
		...(absent === undefined ? {} : { absent }),
	};
}

/** Compares the two systems, record by record. Only reads. Rejects when one of them cannot be read. */
export async function audit(read: Read, options: AuditOptions): Promise<Audit> {
	const snapshot = await takeSnapshot(read, options.books, options.crm);
	const reviewed = new Set(options.reviewed ?? []);
	const comparisons = [
		compareAccounts(snapshot),
		compareContacts(snapshot),
		compareItems(snapshot),
		compareVendors(snapshot),
		compareInvoices(snapshot),
		comparePayments(snapshot),
		compareDeals(snapshot, options.wonStage ?? 'Closed Won'),
	];
	const modules = Object.fromEntries(comparisons.map((each) => [each.module, weigh(each, reviewed)]));
	const differences = Object.values(modules).reduce((sum, each) => sum + each.differences.length, 0);
	return { ok: differences === 0, differences, modules };
}
