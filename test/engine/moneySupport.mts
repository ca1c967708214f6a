/** Money in the simulated Zoho, as people at their desks make it, and as the triggers put it out. */

import { crmRows, deskCrm, type Row } from './templateSupport.mts';
import type { Zoho } from '../support/zoho.mts';

export type { Row };
export const textAt = (value: unknown): string => String((value as { id?: unknown } | null)?.id ?? value ?? '');

/** Books in the EU, CRM in India, as `run` of the templates connects them. */
export class Desk {
	private readonly zoho: Zoho;

	constructor(zoho: Zoho) {
		this.zoho = zoho;
	}

	books(collection: string): Row[] {
		return this.zoho.simulator.records('books', 'eu', collection);
	}

	create(collection: string, record: Row): Row {
		return this.zoho.simulator.desk({ system: 'books', location: 'eu', collection, action: 'create', record });
	}

	update(collection: string, id: unknown, record: Row): Row {
		return this.zoho.simulator.desk({
			system: 'books',
			location: 'eu',
			collection,
			action: 'update',
			id: String(id),
			record,
		});
	}

	remove(collection: string, id: unknown): void {
		this.zoho.simulator.desk({ system: 'books', location: 'eu', collection, action: 'delete', id: String(id) });
	}

	customer(name: string): Row {
		return this.create('contacts', {
			contact_name: name,
			company_name: name,
			contact_type: 'customer',
			customer_sub_type: 'business',
			contact_persons: [{ first_name: 'Pat', last_name: name, email: `pat@${name.toLowerCase()}.example`, is_primary_contact: true }],
		});
	}

	/** A tax of the Books organization by its name. */
	taxId(name: string): string {
		const tax = this.books('taxes').find((one) => one.tax_name === name);
		return String(tax?.tax_id ?? this.create('taxes', { tax_name: name, tax_percentage: Number(/\d+(\.\d+)?/.exec(name)?.[0]) }).tax_id);
	}

	/** A customer's payment, of which so much is for this invoice. */
	pay({ customer_id, invoice_id }: Row, amount: number, applied = amount): Row {
		return this.create('customerpayments', {
			customer_id,
			payment_mode: 'cash',
			amount,
			date: '2026-11-05',
			invoices: [{ invoice_id, amount_applied: applied }],
		});
	}

	/** As the Books trigger puts a record out. */
	event(resource: string, record: Row, id: unknown, type = 'updated'): Row {
		return { ...record, _event: { type, resource, id } };
	}

	/** The record as it is now. */
	invoice(id: unknown): Row {
		return this.books('invoices').find((one) => one.invoice_id === id) ?? {};
	}

	invoiceEvent(id: unknown): Row {
		return this.event('invoice', this.invoice(id), id);
	}

	crmEvent(module: string, id: unknown): Row {
		const record = crmRows(module).find((one) => one.id === id) ?? {};
		return { ...record, _event: { type: 'updated', resource: module, id } };
	}

	deal(record: Row): Row {
		return deskCrm('Deals', { Stage: 'Qualification', ...record });
	}
}
