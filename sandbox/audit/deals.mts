import type { Comparison, Difference } from './compare.mts';
import { ledgerOf, moneyOf, namedDeal } from './invoices.mts';
import type { Row, Snapshot } from './systems.mts';
import { amountAt, cents, inWords, linkOf, lookupAt, textAt } from './values.mts';

const totals = [
	['Amount_Invoiced', 'total'],
	['Amount_Paid', 'paid'],
	['Balance_Due', 'balance'],
] as const;

/**
 * Turns an invoice's amounts into the Deal's currency: by the invoice's own rate, which leads to Books' base currency. A Deal that tells no
 * currency is taken to be in that.
 */
function factorFor(deal: Row, invoice: Row): number {
	const own = textAt(deal, 'Currency');
	if (own !== '' && own === textAt(invoice, 'currency_code')) return 1;
	return Number(invoice['exchange_rate'] ?? 1) || 1;
}

function amountTrouble(deal: Row, invoices: Row[]): string[] {
	return totals.flatMap(([field, part]) => {
		const sum = invoices.reduce((all, invoice) => {
			return all + cents((moneyOf(invoice)[part] / 100) * factorFor(deal, invoice));
		}, 0);
		const found = amountAt(deal, field);
		return sum === found
			? []
			: [`${field} is ${inWords(found)}, and its invoices in Books make ${inWords(sum)}`];
	});
}

/**
 * The invoices that a Deal must count: those whose CRM Invoice is linked with it and those that name it themselves; in an edition without
 * Invoices also those it says it counts. Void ones count no more.
 */
function invoicesOf(deal: Row, { invoices, crmInvoices, deals }: Snapshot): Row[] {
	const id = textAt(deal, 'id');
	const linked = crmInvoices
		? crmInvoices.filter((row) => lookupAt(row, 'Deal_Name__s') === id).map(linkOf)
		: ledgerOf(deal);
	return invoices.filter((invoice) => {
		if (textAt(invoice, 'status') === 'void') return false;
		const named = namedDeal(invoice, deals);
		return named === id || (named === '' && linked.includes(textAt(invoice, 'invoice_id')));
	});
}

/** Documents made for won Deals, and the Deals that have none. */
function documentTrouble(deal: Row, { invoices, estimates }: Snapshot, wonStage: string): Difference[] {
	const [id, link] = [textAt(deal, 'id'), linkOf(deal)];
	const name = `Deal "${textAt(deal, 'Deal_Name')}" (${id})`;
	if (link === '') {
		if (textAt(deal, 'Stage') !== wonStage) return [];
		const says = `${name} is won, and no invoice or estimate in Books is linked with it.`;
		return [{ kind: 'missing_in_books', ids: [id], says }];
	}
	const ids = [...invoices, ...estimates].flatMap((row) => [
		textAt(row, 'invoice_id'),
		textAt(row, 'estimate_id'),
	]);
	if (ids.includes(link)) return [];
	const says = `${name} is linked with ${link}, and Books has no invoice or estimate of that ID.`;
	return [{ kind: 'missing_in_books', ids: [id, link], says }];
}

function doubledDocuments({ deals }: Snapshot): Difference[] {
	const made = deals.filter((deal) => linkOf(deal) !== '');
	return [...new Set(made.map(linkOf))].flatMap((link): Difference[] => {
		const ids = made.filter((deal) => linkOf(deal) === link).map((deal) => textAt(deal, 'id'));
		if (ids.length === 1) return [];
		const says = `${ids.length} Deals are linked with the same document ${link} in Books: ${ids.join(', ')}.`;
		return [{ kind: 'doubled', ids: [link, ...ids], says }];
	});
}

/** The amounts of each Deal against its invoices in Books, summed anew, and the documents of won Deals. */
export function compareDeals(snapshot: Snapshot, wonStage: string): Comparison {
	const counted = snapshot.deals.map((deal) => ({ deal, invoices: invoicesOf(deal, snapshot) }));
	const differences = counted.flatMap(({ deal, invoices }): Difference[] => {
		const id = textAt(deal, 'id');
		const own = new Set(invoices.map((invoice) => textAt(invoice, 'invoice_id')));
		const words = amountTrouble(deal, invoices);
		const foreign = ledgerOf(deal).filter((each) => !own.has(each));
		if (foreign.length > 0) words.push(`it counts ${foreign.join(', ')}, which are not its invoices`);
		const says = `Deal "${textAt(deal, 'Deal_Name')}" (${id}): ${words.join('; ')}.`;
		return [
			...(words.length > 0 ? [{ kind: 'differing' as const, ids: [id, ...own], says }] : []),
			...documentTrouble(deal, snapshot, wonStage),
		];
	});
	return {
		module: 'Deals',
		title: "invoices ↔ Deals' amounts",
		books: new Set(counted.flatMap(({ invoices }) => invoices)).size,
		crm: snapshot.deals.length,
		differences: [...differences, ...doubledDocuments(snapshot)],
	};
}
