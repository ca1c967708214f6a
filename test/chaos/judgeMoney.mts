import { audit } from '../../sandbox/audit/audit.mts';
import type { Difference, Kind } from '../../sandbox/audit/compare.mts';
import { readFrom } from '../../sandbox/audit/systems.mts';
import { textAt } from '../../sandbox/check/pair.mts';
import type { Figure, Finding } from './findings.mts';
import { wasTold } from './deliveries.mts';
import type { Journal } from './journal.mts';
import type { Stage } from './stage.mts';
import type { Review } from './verify.mts';

type Court = Pick<Stage, 'pair'>;

/** What a difference between the two systems means here. */
const figureOf: Record<Kind, Figure> = {
	missing_in_crm: 'lost',
	missing_in_books: 'unequal',
	doubled: 'duplicates',
	differing: 'unequal',
};

const moneyModules = ['Invoices', 'Books_Payments', 'Deals'];

/** Payments whose deletion Zoho told nobody of: a poll does not see deletions in Books (docs/operations.md). */
function untold({ pair }: Court, journals: readonly Journal[]): Set<string> {
	const kills = journals.flatMap((journal) => journal.kills);
	const gone = journals.flatMap(({ gonePayments }) => gonePayments);
	return new Set(gone.filter((each) => !wasTold(pair, each, kills)).map(({ id }) => id));
}

/** Each invoice that people made is still there; each won Deal has one document; and nobody made any other. */
function judgeDocuments({ pair }: Court, journals: readonly Journal[]): Finding[] {
	const invoices = pair.books('invoices');
	const there = new Map(invoices.map((invoice) => [textAt(invoice, 'invoice_id'), invoice]));
	const byHand = journals.flatMap(({ money }) => [...money].filter(([name]) => name.startsWith('v')));
	const won = journals.flatMap((journal) => [...journal.won]);
	const made = new Set(byHand.map(([, id]) => id));
	const forDeals = invoices.filter((invoice) => won.includes(textAt(invoice, 'reference_number')));
	const lost = byHand
		.filter(([, id]) => !there.has(id))
		.map(([name, id]): Finding => ({ figure: 'lost', says: `invoice ${name} (${id}) is not in books` }));
	const doubled = won.flatMap((deal): Finding[] => {
		const own = forDeals.filter((invoice) => textAt(invoice, 'reference_number') === deal);
		if (own.length < 2) return [];
		return [{ figure: 'duplicates', says: `the won Deal ${deal} has ${own.length} invoices in books` }];
	});
	const nobodys = invoices
		.filter((invoice) => !made.has(textAt(invoice, 'invoice_id')) && !forDeals.includes(invoice))
		.map((invoice): Finding => {
			return { figure: 'duplicates', says: `invoice ${textAt(invoice, 'invoice_id')} in books is nobody's` };
		});
	return [...lost, ...doubled, ...nobodys];
}

/** Invoices, payments and Deals: what people did is still there, once, and CRM tells the same as Books. */
export async function judgeMoney(
	court: Court,
	journals: readonly Journal[],
	review: Review,
): Promise<Finding[]> {
	const { pair } = court;
	const found = await audit(readFrom(pair.simulator), {
		books: { location: pair.booksAt },
		crm: { location: pair.crmAt },
		reviewed: review.waiting,
	});
	const silent = untold(court, journals);
	const differences = moneyModules
		.flatMap((module): Difference[] => found.modules[module]?.differences ?? [])
		.filter(({ ids }) => !ids.some((id) => silent.has(id)))
		.map(({ kind, says }): Finding => ({ figure: figureOf[kind], says }));
	return [...judgeDocuments(court, journals), ...differences];
}
