import { type Exact, exact, rounded, sum } from '../crm/exact.mts';
import type { Document } from './documentBody.mts';
import { kinds } from './documentKinds.mts';
import { invalid, refuse } from './errors.mts';
import { isMore, total } from './paymentBody.mts';
import { readRefund, type RefundTexts } from './refundBody.mts';
import { booksDate } from './times.mts';
import { type Json, readValue } from './values.mts';

/** A part of a credit note that pays an invoice, or of a vendor credit that pays a bill. */
export interface Credited {
	id: string;
	creditId: string;
	documentId: string;
	amount: Exact;
	date: string;
}

export interface CreditRefund extends RefundTexts {
	id: string;
	creditId: string;
	amount: Exact;
	accountId: string;
	rate: number;
}

/** What credits need of the documents. */
export interface CreditSurroundings {
	now(): number;
	newId(): string;
	readonly timeZone: string;
	balance(document: Document): Exact;
	places(document: Document): number;
	/** The account that a field names; refuses one that is not there, or inactive. */
	account(field: string, value: unknown, before?: string): string;
	/** A credit that can be used: issued, neither draft nor void. */
	isIssued(document: Document): boolean;
	/** What a credit names was changed. */
	touch(id: string): void;
}

export interface Share {
	credit: Document;
	document: Document;
	amount: Exact;
}

/**
 * What is paid from credits and paid back of them: Books v3 "Credit to an invoice", "Apply credits to a bill", "Refund credit note", "Refund a vendor credit". Zoho's codes
 * for refusals are not known: those from 12000 on are made up.
 */
export class CreditBook {
	readonly #shares = new Map<string, Credited>();
	readonly #refunds = new Map<string, CreditRefund>();
	readonly #org: CreditSurroundings;

	constructor(org: CreditSurroundings) {
		this.#org = org;
	}

	/** What pays an invoice or bill, oldest first. */
	of(documentId: string): Credited[] {
		return [...this.#shares.values()].filter((share) => share.documentId === documentId);
	}

	/** What a credit pays. */
	from(creditId: string): Credited[] {
		return [...this.#shares.values()].filter((share) => share.creditId === creditId);
	}

	refundsOf(creditId: string): CreditRefund[] {
		return [...this.#refunds.values()].filter((refund) => refund.creditId === creditId);
	}

	credited(documentId: string): Exact {
		return total(this.of(documentId));
	}

	used(creditId: string): Exact {
		return total(this.from(creditId));
	}

	refunded(creditId: string): Exact {
		return total(this.refundsOf(creditId));
	}

	/** Whether amounts of or for the document depend on it. */
	names(id: string): boolean {
		return [this.of(id), this.from(id), this.refundsOf(id)].some((all) => all.length > 0);
	}

	/** Whether a refund names the account. */
	uses(accountId: string): boolean {
		return [...this.#refunds.values()].some((refund) => refund.accountId === accountId);
	}

	/** The amount of a request, in the document's currency. */
	amount(document: Document, name: string, value: unknown): Exact {
		const number = readValue(name, { kind: 'number' }, value);
		if (typeof number !== 'number' || number <= 0) return invalid(name);
		return rounded(exact(number), this.#org.places(document));
	}

	/** Refuses a share that is more than is left of a credit, or than is due. What is refused changes nothing. */
	check(shares: readonly Share[]): void {
		for (const { credit, document } of shares) {
			if (!this.#org.isIssued(credit)) refuse(400, 12001, `The credit ${credit.number} is not open.`);
			if (document.status === 'void') refuse(400, 12002, `${document.number} is void.`);
			if (credit.customerId !== document.customerId)
				refuse(400, 12003, `${document.number} is not of the ${kinds[credit.kind].party} of the credit.`);
			if (credit.currencyId !== document.currencyId)
				refuse(400, 12004, 'Credits pay what is in the same currency.');
			if (isMore(total(shares.filter((one) => one.credit === credit)), this.#org.balance(credit)))
				refuse(400, 12005, `The amount is more than what is left of ${credit.number}.`);
			if (isMore(total(shares.filter((one) => one.document === document)), this.#org.balance(document)))
				refuse(400, 12006, `The amount is more than the balance due of ${document.number}.`);
		}
	}

	/** Pays documents from credits; all of it, or nothing. */
	apply(shares: readonly Share[]): Credited[] {
		this.check(shares);
		return shares.map(({ credit, document, amount }) => {
			const share: Credited = {
				id: this.#org.newId(),
				creditId: credit.id,
				documentId: document.id,
				amount,
				date: booksDate(this.#org.now(), this.#org.timeZone),
			};
			this.#shares.set(share.id, share);
			if (document.status === 'draft') document.status = kinds[document.kind].issued;
			this.#org.touch(credit.id);
			this.#org.touch(document.id);
			return share;
		});
	}

	/** Takes back what pays one document, or what one credit pays. */
	unapply(shareId: string, side: 'creditId' | 'documentId', id: string): Credited {
		const share = this.#shares.get(shareId);
		if (share?.[side] !== id) return refuse(404, 1002, 'The credit is not applied.');
		this.#shares.delete(shareId);
		for (const one of [share.creditId, share.documentId]) this.#org.touch(one);
		return share;
	}

	/** Pays back what is left, or changes what was paid back. */
	saveRefund(credit: Document, account: string, body: Json, refundId?: string): CreditRefund {
		const before = refundId === undefined ? undefined : this.refund(credit.id, refundId);
		if (!before && !this.#org.isIssued(credit))
			refuse(400, 12001, `The credit ${credit.number} is not open.`);
		const left = this.#org.balance(credit);
		const amount =
			before && !('amount' in body) ? before.amount : this.amount(credit, 'amount', body['amount']);
		if (isMore(amount, before ? sum([left, before.amount]) : left))
			refuse(400, 12007, `The refund is more than what is left of ${credit.number}.`);
		const rate = readValue('exchange_rate', { kind: 'number' }, body['exchange_rate']);
		const refund: CreditRefund = {
			id: before?.id ?? this.#org.newId(),
			creditId: credit.id,
			amount,
			...readRefund(body, before),
			accountId:
				before && !(account in body)
					? before.accountId
					: this.#org.account(account, body[account], before?.accountId),
			rate: typeof rate === 'number' && rate > 0 ? rate : (before?.rate ?? credit.rate),
		};
		this.#refunds.set(refund.id, refund);
		this.#org.touch(credit.id);
		return refund;
	}

	refund(creditId: string, refundId: string): CreditRefund {
		const found = this.#refunds.get(refundId);
		return found?.creditId === creditId ? found : refuse(404, 1002, 'The refund does not exist.');
	}

	removeRefund(credit: Document, refundId: string): void {
		this.#refunds.delete(this.refund(credit.id, refundId).id);
		this.#org.touch(credit.id);
	}

	/** Takes all credits off a document that is made void. */
	release(documentId: string): void {
		for (const { id } of this.of(documentId)) this.unapply(id, 'documentId', documentId);
	}
}
