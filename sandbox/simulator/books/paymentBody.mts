import { type Exact, exact, minus, plus, rounded, sum } from '../crm/exact.mts';
import type { Comment } from './comments.mts';
import type { Currency } from './currencies.mts';
import type { CustomFields } from './customFields.mts';
import type { Document } from './documentBody.mts';
import { kinds } from './documentKinds.mts';
import { invalid, refuse } from './errors.mts';
import type { PaymentSide } from './paymentSides.mts';
import type { RefundTexts } from './refundBody.mts';
import { isObject, readText, readValue } from './values.mts';

/** What a payment pays of one document. */
export interface Applied {
	id: string;
	documentId: string;
	amount: Exact;
}

export interface Refund extends RefundTexts {
	id: string;
	amount: Exact;
	accountId: string;
	createdAt: number;
}

export interface Payment {
	id: string;
	number: string;
	/** The customer, or the vendor. */
	contactId: string;
	currencyId: string;
	/** Units of the base currency for one of the payment's. */
	rate: number;
	amount: Exact;
	bankCharges: number;
	date: string;
	mode: string;
	reference: string;
	description: string;
	/** Of the ledger. */
	accountId: string;
	applied: Applied[];
	refunds: Refund[];
	comments: Comment[];
	/** Field id → value. */
	custom: Map<string, unknown>;
	createdAt: number;
	modifiedAt: number;
}

/** What payments need of the organization. */
export interface PaymentSurroundings {
	now(): number;
	newId(): string;
	readonly timeZone: string;
	readonly customFields: CustomFields;
	/** The currency of the customer or vendor; refuses an unknown one. */
	currencyOfContact(id: string): Currency;
	currencyOf(id: string): Currency;
	rateOn(currencyId: string, day: string): number;
	/** The invoice or bill; refuses an unknown one. */
	document(id: string): Document;
	/** What is due on it. */
	balance(document: Document): Exact;
	/** What payments make of it: all that they pay, and when that was paid last. */
	settle(documentId: string, applied: Exact, lastDate: string): void;
	/** The account of the ledger that a request names, or the usual one. Refuses one that is not there or inactive, unless it was named before. */
	account(name: string, value: unknown, before?: string): string;
}

export const isMore = (a: Exact, b: Exact) => minus(a, b).units > 0n;
export const total = (all: ReadonlyArray<{ amount: Exact }>) => sum(all.map(({ amount }) => amount));

/** Reads what bodies of payments tell about money. */
export class PaymentReader {
	readonly #org: PaymentSurroundings;
	readonly #side: PaymentSide;

	constructor(org: PaymentSurroundings, side: PaymentSide) {
		this.#org = org;
		this.#side = side;
	}

	/** Documents of one contact and one currency, which is the payment's then. What they pay now is due again for the new list. */
	applied(payment: Payment, value: unknown): Applied[] {
		const { kind, shareId } = this.#side;
		const { list: name, idField } = kinds[kind];
		const list = readValue(name, { kind: 'list' }, value) as unknown[];
		const rows = list.map((entry) => {
			if (!isObject(entry)) return invalid(name);
			const id = readText(idField, entry[idField]) || invalid(idField);
			return { entry, document: this.#org.document(id) };
		});
		const [first, ...others] = rows.map(({ document }) => document);
		if (first && others.some(({ currencyId }) => currencyId !== first.currencyId))
			refuse(400, 24012, `The ${name} of a payment must be in one currency.`);
		payment.currencyId = first?.currencyId ?? payment.currencyId;
		const before = payment.applied;
		const read = rows.map(({ entry, document }): Applied => {
			this.#refuseUnpayable(document, payment);
			const known = before.find(({ documentId }) => documentId === document.id);
			const named = readText(shareId, entry[shareId]);
			if (named !== '' && named !== known?.id) invalid(shareId);
			return {
				id: known?.id ?? this.#org.newId(),
				documentId: document.id,
				amount: this.amount(payment, 'amount_applied', entry['amount_applied']),
			};
		});
		for (const { document } of rows) {
			const ofDocument = ({ documentId }: Applied) => documentId === document.id;
			const due = plus(this.#org.balance(document), total(before.filter(ofDocument)));
			if (isMore(total(read.filter(ofDocument)), due))
				refuse(400, 24016, `The amount entered is more than the balance due of ${kind} ${document.number}.`);
		}
		return read;
	}

	/** An invoice that is a draft is sent by its payment; a bill that is not open cannot be paid, it is assumed. */
	#refuseUnpayable({ kind, number, status, customerId }: Document, { contactId }: Payment): void {
		const { issued } = kinds[kind];
		if (customerId !== contactId)
			refuse(400, 24011, `The ${kind} ${number} is not one of this ${kinds[kind].party}.`);
		if (kind === 'bill' ? status !== issued : status === 'void')
			refuse(400, 24010, `The ${kind} ${number} is ${status}.`);
	}

	/** In the payment's currency. */
	amount(payment: Payment, name: string, value: unknown): Exact {
		const number = readValue(name, { kind: 'number' }, value);
		if (typeof number !== 'number' || number <= 0) return invalid(name);
		return rounded(exact(number), this.#org.currencyOf(payment.currencyId).places);
	}
}
