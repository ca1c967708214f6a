import { type Exact, exact, minus, sum } from '../crm/exact.mts';
import type { Document } from './documentBody.mts';
import { kinds } from './documentKinds.mts';

interface StateSurroundings {
	/** By the organization's calendar. */
	today: string;
	balance(document: Document): Exact;
	totalOf(document: Document): Exact;
	/** All documents; only orders ask for them, as there can be many. */
	all(): readonly Document[];
}

const isNothing = ({ units }: Exact) => units <= 0n;

/** Bills that name a purchase order and count. */
export const billsOf = (order: Document, all: readonly Document[]): Document[] =>
	all.filter(
		({ kind, status, orderIds, lines }) =>
			kind === 'bill' &&
			status !== 'void' &&
			(orderIds.includes(order.id) ||
				lines.some(({ orderLineId }) => order.lines.some(({ id }) => id === orderLineId))),
	);

/** Invoices that have lines of a sales order and count. */
export const invoicesOf = (order: Document, all: readonly Document[]): Document[] =>
	all.filter(
		({ kind, status, lines }) =>
			kind === 'invoice' &&
			status !== 'void' &&
			lines.some(({ orderLineId }) => order.lines.some(({ id }) => id === orderLineId)),
	);

/** How much of a sales order is invoiced, by the quantities of its lines. */
function invoiced(order: Document, all: readonly Document[]): 'invoiced' | 'partially_invoiced' | undefined {
	const lines = invoicesOf(order, all).flatMap((invoice) => invoice.lines);
	if (lines.length === 0) return undefined;
	const isWhole = order.lines.every(({ id, quantity }) => {
		const done = lines.filter(({ orderLineId }) => orderLineId === id);
		return isNothing(minus(exact(quantity), sum(done.map((line) => exact(line.quantity)))));
	});
	return isWhole ? 'invoiced' : 'partially_invoiced';
}

/** As Books shows it now: what somebody set, and what time, payments, credits and later documents make of it. */
export function shownStatus(document: Document, org: StateSurroundings): string {
	const { status, kind, dueDate } = document;
	const { issued, late, money } = kinds[kind];
	if (kind === 'purchaseorder' && status !== 'cancelled' && billsOf(document, org.all()).length > 0)
		return 'billed';
	if (status !== issued) return status;
	if (kind === 'salesorder') {
		const done = invoiced(document, org.all());
		if (done) return done;
	}
	const left = money === 'order' ? undefined : org.balance(document);
	if (left && isNothing(left)) return money === 'owed' ? 'paid' : 'closed';
	if (late !== undefined && dueDate !== '' && dueDate < org.today) return late;
	if (money !== 'owed' || !left) return status;
	return isNothing(minus(org.totalOf(document), left)) ? status : 'partially_paid';
}
