import { type Exact, exact, minus, plus, sum } from '../crm/exact.mts';
import { CreditBook } from './creditBook.mts';
import type { Currency } from './currencies.mts';
import { applyBody, blank, type Document, type DocumentSurroundings } from './documentBody.mts';
import { type Comment, systemComment } from './comments.mts';
import { commentOn } from './documentComments.mts';
import { type Kind, kinds, type Status } from './documentKinds.mts';
import { DocumentNumbers } from './documentNumbers.mts';
import { billsOf, invoicesOf, shownStatus } from './documentStates.mts';
import { refuseTooMuch, totalsOfDocument } from './documentTotals.mts';
import { invalid, refuse } from './errors.mts';
import { booksDate } from './times.mts';
import type { DocumentTotals } from './totals.mts';
import { type Json, readText } from './values.mts';

const isNegative = ({ units }: Exact) => units < 0n;
const titled = (name: string) => name.replace(/^./, (first) => first.toUpperCase());

/**
 * The documents of one organization: https://www.zoho.com/books/api/v3/invoices and the like, `documentKinds.mts` has them all. Of Zoho's codes for refusals 4097 (an own
 * number) is known; those from 4000 on otherwise are made up.
 */
export class DocumentStore {
	readonly byId = new Map<string, Document>();
	/** What is paid from credits, and paid back of them. */
	readonly credits: CreditBook;
	readonly #org: DocumentSurroundings;
	readonly #numbers = new DocumentNumbers();

	constructor(org: DocumentSurroundings) {
		this.#org = org;
		this.credits = new CreditBook({
			now: () => org.now(),
			newId: () => org.newId(),
			timeZone: org.timeZone,
			balance: (document) => this.balance(document),
			places: (document) => this.currency(document).places,
			account: (field, value, before) => org.account(field, value, before).id,
			isIssued: ({ kind, status }) => status === kinds[kind].issued,
			touch: (id) => {
				const document = this.byId.get(id);
				if (document) this.#touch(document);
			},
		});
	}

	of(kind: Kind): Document[] {
		return [...this.byId.values()].filter((document) => document.kind === kind);
	}

	/** Invoices with a line that charges the project. */
	ofProject(id: string): Document[] {
		return this.of('invoice').filter(({ lines }) => lines.some(({ projectId }) => projectId === id));
	}

	/** Refuses with 404 code 1002 when there is none. */
	get(id: string, kind: Kind): Document {
		const found = this.byId.get(id);
		return found?.kind === kind ? found : refuse(404, 1002, `${titled(kinds[kind].name)} does not exist.`);
	}

	/** @param ownNumber the request says `ignore_auto_number_generation` */
	create(kind: Kind, body: Json, source: Document['source'], ownNumber: boolean): Document {
		if (!('line_items' in body)) invalid('line_items');
		const now = this.#org.now();
		const contact = this.#org.contactOf(readText('contact', body[`${kinds[kind].party}_id`]));
		const terms = contact?.fields['payment_terms'];
		const document: Document = {
			...blank(kind, source, now),
			id: this.#org.newId(),
			date: booksDate(now, this.#org.timeZone),
			terms: typeof terms === 'number' ? terms : 0,
			inclusive: this.#org.inclusiveTax,
		};
		if (body['is_draft'] === true) document.status = 'draft';
		this.#apply(document, body, true);
		document.number = this.#numbers.take(document, body, ownNumber, this.of(kind));
		this.#link(document, body);
		document.comments.push(systemComment('Created', this.#org));
		this.byId.set(document.id, document);
		return document;
	}

	update(id: string, body: Json, kind: Kind, ownNumber: boolean): Document {
		const before = this.get(id, kind);
		if (before.status === 'void' || before.status === 'cancelled')
			refuse(400, 4020, 'Void documents cannot be edited.');
		const draft = structuredClone(before);
		this.#apply(draft, body, false);
		if (draft.customerId !== before.customerId && this.#isSettled(before))
			refuse(400, 4036, `The ${kinds[kind].party} cannot be changed once amounts are applied.`);
		draft.number = this.#numbers.take(draft, body, ownNumber, this.of(kind));
		if (isNegative(this.balance(draft)))
			refuse(400, 4035, 'The total cannot be less than what is paid, credited or refunded.');
		draft.modifiedAt = this.#org.now();
		this.byId.set(id, draft);
		return draft;
	}

	remove(id: string, kind: Kind): Document {
		const document = this.get(id, kind);
		if (this.#isSettled(document))
			refuse(400, 4026, 'What is paid, credited or refunded cannot be deleted: undo that first.');
		const all = kinds[kind].money === 'order' ? [...this.byId.values()] : [];
		if (billsOf(document, all).length > 0 || invoicesOf(document, all).length > 0)
			refuse(400, 4027, 'Orders that are billed or invoiced cannot be deleted.');
		this.byId.delete(id);
		return document;
	}

	/** A void invoice lets go of its payments and credits. What has the state already keeps it. */
	setStatus(id: string, status: Status, kind: Kind): Document {
		const document = this.get(id, kind);
		if (!kinds[kind].moves[status]?.includes(document.status))
			refuse(400, 4037, `A document that is ${this.statusOf(document)} cannot be marked as ${status}.`);
		if (status === 'void' || status === 'draft') this.#letGo(document);
		const today = booksDate(this.#org.now(), this.#org.timeZone);
		document.status = status;
		if (status === 'accepted') document.acceptedDate = today;
		if (status === 'declined') document.declinedDate = today;
		this.#touch(document);
		return document;
	}

	/** Where the organization uses approvals: a draft is submitted, and what is submitted is approved or rejected. Once more changes nothing. */
	review(id: string, status: 'pending_approval' | 'approved' | 'rejected', kind: Kind): Document {
		const document = this.get(id, kind);
		const from =
			status === 'pending_approval' ? ['draft', 'rejected', kinds[kind].first] : ['pending_approval'];
		if (![...from, status].includes(document.status) || this.#isSettled(document))
			refuse(400, 4038, `A document that is ${this.statusOf(document)} cannot become ${status}.`);
		document.status = status;
		this.#touch(document);
		return document;
	}

	emailed(id: string, kind: Kind): Document {
		const document = this.get(id, kind);
		if (document.status === 'draft') document.status = kinds[kind].issued;
		document.emailed = true;
		this.#touch(document);
		return document;
	}

	/** Gives up what is due on an invoice that was sent; it counts as paid then. */
	writeOff(id: string): Document {
		const invoice = this.get(id, 'invoice');
		const due = this.balance(invoice);
		if (invoice.status !== kinds.invoice.issued || due.units <= 0n)
			refuse(400, 4040, `An invoice that is ${this.statusOf(invoice)} cannot be written off.`);
		return this.#setWrittenOff(invoice, plus(invoice.writtenOff, due), 'Written off');
	}

	/** What was written off is due again. */
	cancelWriteOff(id: string): Document {
		const invoice = this.get(id, 'invoice');
		if (invoice.writtenOff.units === 0n) refuse(400, 4041, 'The invoice is not written off.');
		return this.#setWrittenOff(invoice, exact(0), 'Write off cancelled');
	}

	comment(id: string, kind: Kind, body: Json): Comment {
		return commentOn(this.get(id, kind), body, this.#org);
	}

	setCustom(id: string, list: unknown, kind: Kind): Document {
		return this.update(id, { custom_fields: list }, kind, false);
	}

	/** What payments make of an invoice or bill: all that they pay of it, and when that was paid last. */
	settle(id: string, applied: Exact, lastDate: string): void {
		const document = this.owed(id);
		document.applied = applied;
		document.lastPaymentDate = lastDate;
		if (document.status === 'draft' && applied.units > 0n) document.status = kinds[document.kind].issued;
		this.#touch(document);
	}

	/** What can be paid: an invoice or a bill. */
	owed(id: string): Document {
		const found = this.byId.get(id);
		return found && kinds[found.kind].money === 'owed'
			? found
			: refuse(404, 1002, 'The document does not exist.');
	}

	/** What is due, or left of a credit. A void invoice shows its total as balance, as recorded. */
	balance(document: Document): Exact {
		const { id, kind, applied, writtenOff } = document;
		const { total } = this.totals(document);
		return kinds[kind].money === 'credit'
			? minus(total, plus(this.credits.used(id), this.credits.refunded(id)))
			: minus(total, sum([applied, this.credits.credited(id), writtenOff]));
	}

	/** As Books shows it now. */
	statusOf(document: Document): string {
		return shownStatus(document, {
			today: booksDate(this.#org.now(), this.#org.timeZone),
			all: () => [...this.byId.values()],
			balance: (one) => this.balance(one),
			totalOf: (one) => this.totals(one).total,
		});
	}

	currency(document: Document): Currency {
		return this.#org.currencyOf(document.currencyId);
	}

	totals(document: Document): DocumentTotals {
		return totalsOfDocument(document, this.#org, this.currency(document).places);
	}

	/** The invoice that charges the expense; a void one does not. */
	invoiceOf(expenseId: string): Document | undefined {
		return this.of('invoice').find(
			({ status, lines }) => status !== 'void' && lines.some((line) => line.expenseId === expenseId),
		);
	}

	/** Whether a document names the contact, item, tax, currency or account. */
	uses(id: string): boolean {
		return (
			this.credits.uses(id) ||
			[...this.byId.values()].some(
				({ customerId, currencyId, shippingTax, lines }) =>
					[customerId, currencyId, shippingTax?.id].includes(id) ||
					lines.some(({ itemId, tax, accountId }) => [itemId, tax?.id, accountId].includes(id)),
			)
		);
	}

	#apply(document: Document, body: Json, isNew: boolean): void {
		applyBody(document, body, this.#org, isNew);
		if ('purchaseorder_ids' in body) for (const id of document.orderIds) this.get(id, 'purchaseorder');
		for (const { expenseId } of document.lines)
			if (expenseId !== '') this.#org.checkExpense(expenseId, document);
		if ('zcrm_potential_id' in body)
			document.potentialId = readText('zcrm_potential_id', body['zcrm_potential_id']);
		if ('custom_fields' in body) {
			const others = this.of(document.kind).filter(({ id }) => id !== document.id);
			this.#org.customFields(document.kind).apply(
				document.custom,
				body['custom_fields'],
				others.map(({ custom }) => custom),
			);
		}
		refuseTooMuch(document, this.totals(document));
	}

	/** An invoice that is made of an estimate; an estimate that does not exist is passed over in silence. */
	#link(document: Document, body: Json): void {
		if (document.kind !== 'invoice') return;
		const estimate = this.byId.get(readText('invoiced_estimate_id', body['invoiced_estimate_id']));
		if (estimate?.kind !== 'estimate') return;
		document.estimateId = estimate.id;
		estimate.status = 'invoiced';
		this.#touch(estimate);
	}

	#isSettled({ id, applied, writtenOff }: Document): boolean {
		return applied.units !== 0n || writtenOff.units !== 0n || this.credits.names(id);
	}

	/** An invoice gives back what pays it. A bill that is paid, a credit that is used and an invoice that is written off must be freed first: assumed. */
	#letGo({ id, kind, applied, writtenOff }: Document): void {
		if (kind !== 'invoice' || writtenOff.units !== 0n) {
			if (writtenOff.units !== 0n || applied.units !== 0n || this.credits.names(id))
				refuse(400, 4039, 'What is paid, credited or refunded must be undone first.');
			return;
		}
		if (applied.units !== 0n) this.#org.release(id);
		this.credits.release(id);
	}

	#setWrittenOff(invoice: Document, amount: Exact, words: string): Document {
		invoice.writtenOff = amount;
		invoice.comments.push(systemComment(words, this.#org));
		this.#touch(invoice);
		return invoice;
	}

	#touch(document: Document): void {
		document.modifiedAt = this.#org.now();
	}
}
