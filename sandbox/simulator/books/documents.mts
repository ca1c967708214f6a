import { type Exact, exact, minus } from '../crm/exact.mts';
import type { Currency } from './currencies.mts';
import {
	applyBody,
	discountOf,
	type Document,
	type DocumentSurroundings,
	type Kind,
} from './documentBody.mts';
import { invalid, refuse } from './errors.mts';
import { booksDate } from './times.mts';
import { type DocumentTotals, totalsOf } from './totals.mts';
import { type Json, readText } from './values.mts';

const numbers: Record<Kind, readonly [field: string, prefix: string, name: string]> = {
	invoice: ['invoice_number', 'INV-', 'Invoice'],
	estimate: ['estimate_number', 'QT-', 'Quote'],
};
const zero = exact(0);
const isNegative = ({ units }: Exact) => units < 0n;

/**
 * Invoices and estimates of one organization: https://www.zoho.com/books/api/v3/invoices and /estimates. Of Zoho's codes for refusals 4097 (an own number) is known;
 * those from 4000 on otherwise are made up.
 */
export class DocumentStore {
	readonly byId = new Map<string, Document>();
	readonly #org: DocumentSurroundings;
	readonly #counts: Record<Kind, number> = { invoice: 0, estimate: 0 };

	constructor(org: DocumentSurroundings) {
		this.#org = org;
	}

	of(kind: Kind): Document[] {
		return [...this.byId.values()].filter((document) => document.kind === kind);
	}

	/** Refuses with 404 code 1002 when there is none. */
	get(id: string, kind: Kind): Document {
		const found = this.byId.get(id);
		return found?.kind === kind ? found : refuse(404, 1002, `${numbers[kind][2]} does not exist.`);
	}

	/** @param ownNumber the request says `ignore_auto_number_generation` */
	create(kind: Kind, body: Json, source: Document['source'], ownNumber: boolean): Document {
		if (!('line_items' in body)) invalid('line_items');
		const now = this.#org.now();
		const customer = this.#org.contactOf(readText('customer_id', body['customer_id']));
		const terms = customer?.fields['payment_terms'];
		const document: Document = {
			...blank(kind, source, now),
			id: this.#org.newId(),
			date: booksDate(now, this.#org.timeZone),
			terms: typeof terms === 'number' ? terms : 0,
			inclusive: this.#org.inclusiveTax,
		};
		this.#apply(document, body, true);
		const own = this.#ownNumber(document, body, ownNumber);
		document.number = own ?? this.#next(kind);
		if (own === undefined) this.#count(kind, document.number);
		this.#link(document, body);
		this.byId.set(document.id, document);
		return document;
	}

	update(id: string, body: Json, kind: Kind, ownNumber: boolean): Document {
		const before = this.get(id, kind);
		if (before.status === 'void') refuse(400, 4020, 'Void documents cannot be edited.');
		const draft = structuredClone(before);
		this.#apply(draft, body, false);
		draft.number = this.#ownNumber(draft, body, ownNumber) ?? before.number;
		if (isNegative(minus(this.totals(draft).total, draft.applied)))
			refuse(400, 4035, 'The total of an invoice cannot be less than what has been paid.');
		draft.modifiedAt = this.#org.now();
		this.byId.set(id, draft);
		return draft;
	}

	remove(id: string, kind: Kind): Document {
		const document = this.get(id, kind);
		if (document.applied.units !== 0n)
			refuse(400, 4026, 'Invoices with payments cannot be deleted. Delete the payments first.');
		this.byId.delete(id);
		return document;
	}

	/** A void invoice lets go of its payments, and can become a draft again. What is void already stays so. */
	setStatus(id: string, status: Document['status'], kind: Kind): Document {
		const from: Partial<Record<Document['status'], ReadonlyArray<Document['status']>>> =
			kind === 'invoice'
				? { sent: ['draft', 'sent'], void: ['draft', 'sent', 'void'], draft: ['void', 'draft'] }
				: {
						sent: ['draft', 'sent'],
						accepted: ['sent', 'accepted', 'declined'],
						declined: ['sent', 'accepted', 'declined'],
					};
		const now = this.get(id, kind);
		if (!from[status]?.includes(now.status))
			refuse(400, 4037, `A document that is ${this.statusOf(now)} cannot be marked as ${status}.`);
		if (status === 'void' && now.applied.units !== 0n) this.#org.release(id);
		const document = this.get(id, kind);
		const today = booksDate(this.#org.now(), this.#org.timeZone);
		document.status = status;
		if (status === 'accepted') document.acceptedDate = today;
		if (status === 'declined') document.declinedDate = today;
		document.modifiedAt = this.#org.now();
		return document;
	}

	emailed(id: string, kind: Kind): Document {
		const document = this.get(id, kind);
		if (document.status === 'draft') document.status = 'sent';
		document.emailed = true;
		document.modifiedAt = this.#org.now();
		return document;
	}

	setCustom(id: string, list: unknown, kind: Kind): Document {
		return this.update(id, { custom_fields: list }, kind, false);
	}

	/** What payments make of an invoice: all that they pay of it, and when that was paid last. */
	settle(id: string, applied: Exact, lastDate: string): void {
		const document = this.get(id, 'invoice');
		document.applied = applied;
		document.lastPaymentDate = lastDate;
		if (document.status === 'draft' && applied.units > 0n) document.status = 'sent';
		document.modifiedAt = this.#org.now();
	}

	/** A void invoice shows its total as balance, as recorded. */
	balance(document: Document): Exact {
		return minus(this.totals(document).total, document.applied);
	}

	/** As Books shows it now. */
	statusOf(document: Document): string {
		const isLate =
			document.dueDate !== '' && document.dueDate < booksDate(this.#org.now(), this.#org.timeZone);
		if (document.status !== 'sent') return document.status;
		if (document.kind === 'estimate') return isLate ? 'expired' : 'sent';
		if (this.balance(document).units <= 0n) return 'paid';
		if (isLate) return 'overdue';
		return document.applied.units === 0n ? 'sent' : 'partially_paid';
	}

	currency(document: Document): Currency {
		return this.#org.currencyOf(document.currencyId);
	}

	totals(document: Document): DocumentTotals {
		const isOnAll = document.discountType === 'entity_level';
		return totalsOf({
			lines: document.lines.map(({ quantity, rate, discount, tax }) => ({
				quantity: exact(quantity),
				rate: exact(rate),
				discount: isOnAll ? { amount: zero } : discountOf(discount),
				tax,
			})),
			places: this.currency(document).places,
			inclusive: document.inclusive,
			discount: isOnAll ? discountOf(document.discount) : { amount: zero },
			beforeTax: document.beforeTax,
			discountWithTax: this.#org.discountWithTax,
			taxRounding: this.#org.taxRounding,
			shipping: exact(document.shipping),
			shippingTax: document.shippingTax,
			adjustment: exact(document.adjustment),
		});
	}

	/** Whether a document names the contact, item, tax or currency. */
	uses(id: string): boolean {
		return [...this.byId.values()].some(
			({ customerId, currencyId, shippingTax, lines }) =>
				[customerId, currencyId, shippingTax?.id].includes(id) ||
				lines.some(({ itemId, tax }) => itemId === id || tax?.id === id),
		);
	}

	#apply(document: Document, body: Json, isNew: boolean): void {
		applyBody(document, body, this.#org, isNew);
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
		const { lines, total, discountedOn, discountTotal } = this.totals(document);
		const isTooMuch =
			lines.some(({ gross, discount }) => gross.units >= 0n && isNegative(minus(gross, discount))) ||
			(document.discountType === 'entity_level' && isNegative(minus(discountedOn, discountTotal)));
		if (isTooMuch) refuse(400, 4019, 'The discount cannot be more than the amount that it is given on.');
		if (isNegative(total)) refuse(400, 4018, 'The total cannot be less than zero.');
	}

	/** An invoice that is made of an estimate; an estimate that does not exist is passed over in silence. */
	#link(document: Document, body: Json): void {
		if (document.kind !== 'invoice') return;
		const estimate = this.byId.get(readText('invoiced_estimate_id', body['invoiced_estimate_id']));
		if (estimate?.kind !== 'estimate') return;
		document.estimateId = estimate.id;
		estimate.status = 'invoiced';
		estimate.modifiedAt = this.#org.now();
	}

	#ownNumber(document: Document, body: Json, allowed: boolean): string | undefined {
		const { kind, id } = document;
		const [field, , name] = numbers[kind];
		const given = readText(field, body[field], 100);
		if (given === '' || given === document.number) return undefined;
		if (this.of(kind).some((other) => other.id !== id && other.number === given))
			refuse(400, 4096, `${name} number "${given}" already exists.`);
		if (!allowed && given !== this.#next(kind))
			refuse(400, 4097, 'Number entered does not match the auto-generated number.');
		this.#count(kind, given);
		return given;
	}

	#next(kind: Kind): string {
		return `${numbers[kind][1]}${String(this.#counts[kind] + 1).padStart(6, '0')}`;
	}

	/** Counts on from own numbers of the usual form; numbers of deleted documents are not given again. */
	#count(kind: Kind, number: string): void {
		const prefix = numbers[kind][1];
		const count = number.startsWith(prefix) ? Number(number.slice(prefix.length)) : NaN;
		if (Number.isInteger(count)) this.#counts[kind] = Math.max(this.#counts[kind], count);
	}
}

const blank = (kind: Kind, source: Document['source'], now: number): Document => ({
	id: '',
	kind,
	number: '',
	customerId: '',
	date: '',
	dueDate: '',
	terms: 0,
	status: 'draft',
	acceptedDate: '',
	declinedDate: '',
	reference: '',
	lines: [],
	discount: '0',
	discountType: 'item_level',
	beforeTax: true,
	inclusive: false,
	shipping: 0,
	shippingTax: undefined,
	adjustment: 0,
	currencyId: '',
	rate: 1,
	texts: {},
	personIds: [],
	custom: new Map(),
	potentialId: '',
	estimateId: '',
	emailed: false,
	source,
	applied: zero,
	lastPaymentDate: '',
	createdAt: now,
	modifiedAt: now,
});
