import { type Exact, exact, minus, plus, rounded, sum } from '../crm/exact.mts';
import type { Currency } from './currencies.mts';
import type { CustomFields } from './customFields.mts';
import type { Document } from './documentBody.mts';
import { invalid, refuse } from './errors.mts';
import { booksDate, readDay } from './times.mts';
import { isObject, type Json, readText, readValue } from './values.mts';

export interface Applied {
	id: string;
	invoiceId: string;
	amount: Exact;
}

export interface Refund {
	id: string;
	amount: Exact;
	date: string;
	mode: string;
	description: string;
	reference: string;
	createdAt: number;
}

export interface Payment {
	id: string;
	number: string;
	customerId: string;
	currencyId: string;
	/** Units of the base currency for one of the payment's. */
	rate: number;
	amount: Exact;
	bankCharges: number;
	date: string;
	mode: string;
	reference: string;
	description: string;
	invoices: Applied[];
	refunds: Refund[];
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
	/** The currency of the customer; refuses an unknown one. */
	currencyOfCustomer(id: string): Currency;
	currencyOf(id: string): Currency;
	rateOn(currencyId: string, day: string): number;
	/** Refuses an unknown one. */
	invoice(id: string): Document;
	/** What is due on an invoice. */
	balance(invoice: Document): Exact;
	/** What payments make of an invoice: all that they pay of it, and when that was paid last. */
	settle(invoiceId: string, applied: Exact, lastDate: string): void;
}

const zero = exact(0);
const isMore = (a: Exact, b: Exact) => minus(a, b).units > 0n;
const total = (all: ReadonlyArray<{ amount: Exact }>) => sum(all.map(({ amount }) => amount));

/**
 * Payments of customers and refunds: https://www.zoho.com/books/api/v3/customer-payments. Of Zoho's codes for refusals 24016 (more than is due) is known; the other ones
 * from 24000 on are made up.
 */
export class PaymentStore {
	readonly byId = new Map<string, Payment>();
	readonly #org: PaymentSurroundings;
	#count = 0;

	constructor(org: PaymentSurroundings) {
		this.#org = org;
	}

	get(id: string): Payment {
		return this.byId.get(id) ?? refuse(404, 1002, 'The payment does not exist.');
	}

	create(body: Json): Payment {
		const customerId = readText('customer_id', body['customer_id']) || invalid('customer_id');
		const now = this.#org.now();
		const payment: Payment = {
			id: this.#org.newId(),
			number: String(this.#count + 1),
			customerId,
			currencyId: this.#org.currencyOfCustomer(customerId).id,
			rate: 1,
			amount: zero,
			bankCharges: 0,
			date: booksDate(now, this.#org.timeZone),
			mode: '',
			reference: '',
			description: '',
			invoices: [],
			refunds: [],
			custom: new Map(),
			createdAt: now,
			modifiedAt: now,
		};
		this.#apply(payment, { amount: undefined, payment_mode: undefined, ...body }, true);
		this.#count += 1;
		this.byId.set(payment.id, payment);
		this.#settle(payment.invoices);
		return payment;
	}

	/** Changes what the body names; a list of invoices that it names is the whole list from then on. */
	update(id: string, body: Json): Payment {
		const before = this.get(id);
		const draft = structuredClone(before);
		const customerId = readText('customer_id', body['customer_id'] ?? before.customerId);
		if (customerId !== before.customerId) refuse(400, 24015, 'The customer of a payment cannot be changed.');
		this.#apply(draft, body, false);
		draft.modifiedAt = this.#org.now();
		this.byId.set(id, draft);
		this.#settle([...before.invoices, ...draft.invoices]);
		return draft;
	}

	remove(id: string): Payment {
		const payment = this.get(id);
		if (payment.refunds.length > 0)
			refuse(400, 24013, 'This payment cannot be deleted as a refund has been made from it.');
		this.byId.delete(id);
		this.#settle(payment.invoices);
		return payment;
	}

	/** Takes all payments off an invoice; they stay with the customer. Answers whose payments they were. */
	release(invoiceId: string): Payment[] {
		const touched = this.of(invoiceId).map(({ payment }) => payment);
		for (const payment of touched) {
			payment.invoices = payment.invoices.filter((one) => one.invoiceId !== invoiceId);
			payment.modifiedAt = this.#org.now();
		}
		this.#org.settle(invoiceId, zero, '');
		return touched;
	}

	/** What is neither applied to an invoice nor given back. */
	unused({ amount, invoices, refunds }: Payment): Exact {
		return minus(amount, plus(total(invoices), total(refunds)));
	}

	/** What a customer has paid in advance, in the customer's currencies without distinction. */
	unusedOf(customerId: string): Exact {
		const own = [...this.byId.values()].filter((payment) => payment.customerId === customerId);
		return sum(own.map((payment) => this.unused(payment)));
	}

	currency(payment: Payment): Currency {
		return this.#org.currencyOf(payment.currencyId);
	}

	/** Gives back a part that no invoice has used, or changes what was given back. */
	saveRefund(paymentId: string, body: Json, refundId?: string): Refund {
		const payment = this.get(paymentId);
		const before = refundId === undefined ? undefined : this.refund(paymentId, refundId);
		const has = (name: string) => name in body || !before;
		const amount = has('amount') ? this.#amount(payment, 'amount', body['amount']) : (before?.amount ?? zero);
		if (isMore(amount, plus(this.unused(payment), before?.amount ?? zero)))
			refuse(400, 24017, 'The refund cannot be more than the unused amount of the payment.');
		const text = (name: string, now: string | undefined) =>
			has(name) ? readText(name, body[name]) : (now ?? '');
		const refund: Refund = {
			id: before?.id ?? this.#org.newId(),
			amount,
			date: has('date') ? readDay('date', body['date']) || invalid('date') : (before?.date ?? ''),
			mode: text('refund_mode', before?.mode),
			description: text('description', before?.description),
			reference: text('reference_number', before?.reference),
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

	/** Payments of one invoice. */
	of(invoiceId: string): Array<{ payment: Payment; applied: Applied }> {
		return [...this.byId.values()].flatMap((payment) =>
			payment.invoices.filter((one) => one.invoiceId === invoiceId).map((applied) => ({ payment, applied })),
		);
	}

	/** Whether a payment names the contact or currency. */
	uses(id: string): boolean {
		return [...this.byId.values()].some(({ customerId, currencyId }) =>
			[customerId, currencyId].includes(id),
		);
	}

	#apply(payment: Payment, body: Json, isNew: boolean): void {
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
		if (has('invoices')) payment.invoices = this.#readInvoices(payment, body['invoices']);
		if (isNew) payment.rate = this.#org.rateOn(payment.currencyId, payment.date);
		if (has('exchange_rate')) payment.rate = number('exchange_rate') || invalid('exchange_rate');
		if (has('amount')) payment.amount = this.#amount(payment, 'amount', body['amount']);
		if (this.unused(payment).units < 0n)
			refuse(400, 24014, 'More is applied to invoices or refunded than the amount of the payment.');
	}

	/** Invoices of one customer and one currency, which is the payment's then. What they pay now is due again for the new list. */
	#readInvoices(payment: Payment, value: unknown): Applied[] {
		const list = readValue('invoices', { kind: 'list' }, value) as unknown[];
		const rows = list.map((entry) => {
			if (!isObject(entry)) return invalid('invoices');
			const id = readText('invoice_id', entry['invoice_id']) || invalid('invoice_id');
			return { entry, invoice: this.#org.invoice(id) };
		});
		const [first, ...others] = rows.map(({ invoice }) => invoice);
		if (first && others.some(({ currencyId }) => currencyId !== first.currencyId))
			refuse(400, 24012, 'The invoices of a payment must be in one currency.');
		payment.currencyId = first?.currencyId ?? payment.currencyId;
		const before = payment.invoices;
		const read = rows.map(({ entry, invoice }): Applied => {
			if (invoice.customerId !== payment.customerId)
				refuse(400, 24011, `Invoice ${invoice.number} is not one of this customer.`);
			if (invoice.status === 'void') refuse(400, 24010, `Invoice ${invoice.number} is void.`);
			const known = before.find(({ invoiceId }) => invoiceId === invoice.id);
			return {
				id: known?.id ?? this.#org.newId(),
				invoiceId: invoice.id,
				amount: this.#amount(payment, 'amount_applied', entry['amount_applied']),
			};
		});
		for (const { invoice } of rows) {
			const ofInvoice = ({ invoiceId }: Applied) => invoiceId === invoice.id;
			const due = plus(this.#org.balance(invoice), total(before.filter(ofInvoice)));
			if (isMore(total(read.filter(ofInvoice)), due))
				refuse(400, 24016, `The amount entered is more than the balance due of invoice ${invoice.number}.`);
		}
		return read;
	}

	#amount(payment: Payment, name: string, value: unknown): Exact {
		const number = readValue(name, { kind: 'number' }, value);
		if (typeof number !== 'number' || number <= 0) return invalid(name);
		return rounded(exact(number), this.currency(payment).places);
	}

	#settle(touched: readonly Applied[]): void {
		for (const invoiceId of new Set(touched.map((one) => one.invoiceId))) {
			const all = this.of(invoiceId);
			const dates = all.map(({ payment }) => payment.date).sort();
			this.#org.settle(invoiceId, total(all.map(({ applied }) => applied)), dates.at(-1) ?? '');
		}
	}
}
