import { type Exact, exact, minus, plus, sum } from '../crm/exact.mts';
import { systemComment } from './comments.mts';
import type { Currency } from './currencies.mts';
import { kinds } from './documentKinds.mts';
import { invalid, refuse } from './errors.mts';
import {
	type Applied,
	isMore,
	type Payment,
	PaymentReader,
	type PaymentSurroundings,
	type Refund,
	total,
} from './paymentBody.mts';
import type { PaymentSide } from './paymentSides.mts';
import { readRefund } from './refundBody.mts';
import { booksDate, readDay } from './times.mts';
import { type Json, readText, readValue } from './values.mts';

const zero = exact(0);

/**
 * Payments and refunds, of customers or to vendors: https://www.zoho.com/books/api/v3/customer-payments and /vendor-payments. Of Zoho's codes for refusals 24016 (more than is
 * due) is known; the other ones from 24000 on are made up.
 */
export class PaymentStore {
	readonly byId = new Map<string, Payment>();
	readonly side: PaymentSide;
	readonly #org: PaymentSurroundings;
	readonly #read: PaymentReader;
	#count = 0;

	constructor(org: PaymentSurroundings, side: PaymentSide) {
		this.#org = org;
		this.side = side;
		this.#read = new PaymentReader(org, side);
	}

	get(id: string): Payment {
		return this.byId.get(id) ?? refuse(404, 1002, 'The payment does not exist.');
	}

	create(body: Json): Payment {
		const { contactField, mode, account } = this.side;
		const contactId = readText(contactField, body[contactField]) || invalid(contactField);
		const now = this.#org.now();
		const payment: Payment = {
			id: this.#org.newId(),
			number: String(this.#count + 1),
			contactId,
			currencyId: this.#org.currencyOfContact(contactId).id,
			rate: 1,
			amount: zero,
			bankCharges: 0,
			date: booksDate(now, this.#org.timeZone),
			mode: mode ?? '',
			reference: '',
			description: '',
			accountId: this.#org.account(account, undefined),
			applied: [],
			refunds: [],
			comments: [systemComment('Payment recorded', this.#org)],
			custom: new Map(),
			createdAt: now,
			modifiedAt: now,
		};
		const needed = { amount: undefined, ...(mode === undefined && { payment_mode: undefined }) };
		this.#apply(payment, { ...needed, ...body }, true);
		this.#count += 1;
		this.byId.set(payment.id, payment);
		this.#settle(payment.applied);
		return payment;
	}

	/** Changes what the body names; a list of invoices or bills that it names is the whole list from then on. */
	update(id: string, body: Json): Payment {
		const before = this.get(id);
		const draft = structuredClone(before);
		const { contactField } = this.side;
		const contactId = readText(contactField, body[contactField] ?? before.contactId);
		if (contactId !== before.contactId)
			refuse(400, 24015, `The ${this.#party} of a payment cannot be changed.`);
		this.#apply(draft, body, false);
		draft.modifiedAt = this.#org.now();
		this.byId.set(id, draft);
		this.#settle([...before.applied, ...draft.applied]);
		return draft;
	}

	remove(id: string): Payment {
		const payment = this.get(id);
		if (payment.refunds.length > 0)
			refuse(400, 24013, 'This payment cannot be deleted as a refund has been made from it.');
		this.byId.delete(id);
		this.#settle(payment.applied);
		return payment;
	}

	emailed(id: string): Payment {
		const payment = this.get(id);
		payment.comments.push(systemComment('Receipt emailed', this.#org));
		payment.modifiedAt = this.#org.now();
		return payment;
	}

	/** Takes all payments off a document; they stay with the contact. Answers whose payments they were. */
	release(documentId: string): Payment[] {
		const touched = this.of(documentId).map(({ payment }) => payment);
		for (const payment of touched) {
			payment.applied = payment.applied.filter((one) => one.documentId !== documentId);
			payment.modifiedAt = this.#org.now();
		}
		this.#org.settle(documentId, zero, '');
		return touched;
	}

	/** What is neither applied nor given back. */
	unused({ amount, applied, refunds }: Payment): Exact {
		return minus(amount, plus(total(applied), total(refunds)));
	}

	/** What a contact has paid or got in advance, in its currencies without distinction. */
	unusedOf(contactId: string): Exact {
		const own = [...this.byId.values()].filter((payment) => payment.contactId === contactId);
		return sum(own.map((payment) => this.unused(payment)));
	}

	currency(payment: Payment): Currency {
		return this.#org.currencyOf(payment.currencyId);
	}

	/** Gives back a part that nothing has used, or changes what was given back. */
	saveRefund(paymentId: string, body: Json, refundId?: string): Refund {
		const payment = this.get(paymentId);
		const before = refundId === undefined ? undefined : this.refund(paymentId, refundId);
		const { account } = this.side.refund;
		const has = (name: string) => name in body || !before;
		const amount = has('amount')
			? this.#read.amount(payment, 'amount', body['amount'])
			: (before?.amount ?? zero);
		if (isMore(amount, plus(this.unused(payment), before?.amount ?? zero)))
			refuse(400, 24017, 'The refund cannot be more than the unused amount of the payment.');
		const refund: Refund = {
			id: before?.id ?? this.#org.newId(),
			amount,
			...readRefund(body, before),
			accountId: has(account)
				? this.#org.account(account, body[account] || invalid(account), before?.accountId)
				: (before?.accountId ?? ''),
			createdAt: before?.createdAt ?? this.#org.now(),
		};
		payment.refunds = [...payment.refunds.filter((one) => one !== before), refund];
		payment.modifiedAt = this.#org.now();
		return refund;
	}

	refund(paymentId: string, refundId: string): Refund {
		return (
			this.get(paymentId).refunds.find(({ id }) => id === refundId) ??
			refuse(404, 1002, 'The refund does not exist.')
		);
	}

	removeRefund(paymentId: string, refundId: string): void {
		const gone = this.refund(paymentId, refundId);
		const payment = this.get(paymentId);
		payment.refunds = payment.refunds.filter((refund) => refund !== gone);
		payment.modifiedAt = this.#org.now();
	}

	/** What pays one document. */
	of(documentId: string): Array<{ payment: Payment; applied: Applied }> {
		return [...this.byId.values()].flatMap((payment) =>
			payment.applied.filter((one) => one.documentId === documentId).map((applied) => ({ payment, applied })),
		);
	}

	get #party(): string {
		return kinds[this.side.kind].party;
	}

	/** Whether a payment names the contact, currency or account. */
	uses(id: string): boolean {
		return [...this.byId.values()].some(
			({ contactId, currencyId, accountId, refunds }) =>
				[contactId, currencyId, accountId].includes(id) || refunds.some((refund) => refund.accountId === id),
		);
	}

	#apply(payment: Payment, body: Json, isNew: boolean): void {
		const { kind, account } = this.side;
		const { list } = kinds[kind];
		const has = (name: string) => name in body;
		const number = (name: string) => Number(readValue(name, { kind: 'number' }, body[name]) || 0);
		if (has('date')) payment.date = readDay('date', body['date']) || invalid('date');
		if (has('payment_mode'))
			payment.mode = readText('payment_mode', body['payment_mode'], 100) || invalid('payment_mode');
		if (has('reference_number'))
			payment.reference = readText('reference_number', body['reference_number'], 100);
		if (has('description')) payment.description = readText('description', body['description'], 2000);
		if (has('bank_charges')) payment.bankCharges = number('bank_charges');
		if (has('custom_fields')) {
			const others = [...this.byId.values()].filter(({ id }) => id !== payment.id);
			const custom = others.map((other) => other.custom);
			this.#org.customFields.apply(payment.custom, body['custom_fields'], custom);
		}
		if (has(account)) payment.accountId = this.#org.account(account, body[account], payment.accountId);
		if (has(list)) payment.applied = this.#read.applied(payment, body[list]);
		if (isNew) payment.rate = this.#org.rateOn(payment.currencyId, payment.date);
		if (has('exchange_rate')) payment.rate = number('exchange_rate') || invalid('exchange_rate');
		if (has('amount')) payment.amount = this.#read.amount(payment, 'amount', body['amount']);
		if (this.unused(payment).units < 0n)
			refuse(400, 24014, `More is applied to ${list} or refunded than the amount of the payment.`);
	}

	#settle(touched: readonly Applied[]): void {
		for (const documentId of new Set(touched.map((one) => one.documentId))) {
			const all = this.of(documentId);
			const dates = all.map(({ payment }) => payment.date).sort();
			this.#org.settle(documentId, total(all.map(({ applied }) => applied)), dates.at(-1) ?? '');
		}
	}
}
