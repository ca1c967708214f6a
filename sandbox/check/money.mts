import { textAt, type Item, type Pair } from './pair.mts';

/** Hundredths, as a whole number: two amounts are the same when these are. */
export const cents = (amount: unknown): number => Math.round(Number(amount ?? 0) * 100);

const today = () => new Date().toISOString().slice(0, 10);

/** A person who makes invoices and takes payments at the desk of one pair, and looks at what became of them. */
export class MoneyDesk {
	readonly pair: Pair;

	constructor(pair: Pair) {
		this.pair = pair;
	}

	/** Id of the tax of that rate in Books; made when there is none. */
	tax(percentage: number): string {
		const known = this.pair.books('taxes').find((tax) => Number(tax.tax_percentage) === percentage);
		const record = { tax_name: `VAT ${percentage}`, tax_percentage: percentage };
		const tax = known ?? this.pair.act('books', { collection: 'taxes', action: 'create', record });
		return textAt(tax, 'tax_id');
	}

	item(record: Item): Item {
		return this.pair.act('books', { collection: 'items', action: 'create', record });
	}

	/** An invoice of today, as Books dates it; `record` holds its lines and whatever else. */
	invoice(customerId: string, record: Item): Item {
		return this.pair.act('books', {
			collection: 'invoices',
			action: 'create',
			record: { customer_id: customerId, ...record },
		});
	}

	updateInvoice(id: string, record: Item): Item {
		return this.pair.act('books', { collection: 'invoices', action: 'update', id, record });
	}

	voidInvoice(id: string): void {
		this.pair.act('books', { collection: 'invoices', action: 'void', id });
	}

	/** Takes a payment and spends parts of it on invoices; what is not spent stays with the customer. */
	pay(customerId: string, amount: number, spent: Record<string, number>): Item {
		const invoices = Object.entries(spent).map(([invoice_id, amount_applied]) => ({
			invoice_id,
			amount_applied,
		}));
		const record = { customer_id: customerId, payment_mode: 'banktransfer', amount, date: today(), invoices };
		return this.pair.act('books', { collection: 'customerpayments', action: 'create', record });
	}

	/** Gives back a part of a payment that no invoice has used. */
	refund(paymentId: string, amount: number): void {
		const record = { amount, date: today(), refund_mode: 'banktransfer' };
		this.pair.act('books', { collection: 'customerpayments', action: 'refund', id: paymentId, record });
	}

	deletePayment(id: string): void {
		this.pair.act('books', { collection: 'customerpayments', action: 'delete', id });
	}

	deal(name: string, record: Item): Item {
		return this.pair.createInCrm('Deals', { Deal_Name: name, Stage: 'Qualification', ...record });
	}

	/** The Books invoice as it is now. */
	invoiceNow(id: string): Item {
		return found('invoice', id, this.pair.books('invoices'), 'invoice_id');
	}

	paymentNow(id: string): Item {
		return found('payment', id, this.pair.books('customerpayments'), 'payment_id');
	}

	dealNow(id: string): Item {
		return found('Deal', id, this.pair.crm('Deals'), 'id');
	}

	/** CRM records of a module that are linked with a Books record. */
	linked(module: string, booksId: string): Item[] {
		return this.pair.crm(module).filter((record) => textAt(record, 'Zoho_Books_ID') === booksId);
	}
}

function found(what: string, id: string, records: Item[], idField: string): Item {
	const record = records.find((each) => textAt(each, idField) === id);
	if (!record) throw new Error(`There is no ${what} ${id}.`);
	return record;
}
