/** A Books organization in the EU and a CRM in India that agree, made at their desks without any sync. */

import { audit, type Audit, type AuditOptions } from '../../../sandbox/audit/audit.mts';
import { readFrom, type Row } from '../../../sandbox/audit/systems.mts';
import { module_, type FieldSpec } from '../../../sandbox/simulator/crm/modules.mts';
import { Simulator } from '../../../sandbox/simulator/simulator.mts';
import type { DeskAction, TenantOptions } from '../../../sandbox/simulator/types.mts';

export type { Row };

type Edition = NonNullable<NonNullable<TenantOptions['crm']>['edition']>;

const custom = (name: string, type: FieldSpec['type'] = 'text'): FieldSpec => ({
	name,
	label: name.replaceAll('_', ' '),
	type,
	length: type === 'textarea' ? 32_000 : 255,
	custom: true,
	...(type === 'textarea' ? { area: 'large' } : {}),
});

const money = (...names: string[]) => names.map((name) => custom(name, 'currency'));
const texts = (...names: string[]) => names.map((name) => custom(name));

const fields: Record<string, FieldSpec[]> = {
	Accounts: texts('Zoho_Books_ID'),
	Contacts: texts('Zoho_Books_ID'),
	Products: texts('Zoho_Books_ID'),
	Vendors: texts('Zoho_Books_ID'),
	Invoices: [
		...texts('Zoho_Books_ID', 'Zoho_Books_Number', 'Zoho_Books_Status'),
		...money('Amount_Paid', 'Balance_Due'),
		custom('Last_Payment_Date', 'date'),
	],
	Books_Payments: [
		...texts('Zoho_Books_ID', 'Reference', 'Zoho_Books_Invoice_IDs'),
		...money('Amount', 'Unused_Amount', 'Refunded_Amount'),
		custom('Payment_Date', 'date'),
	],
	Deals: [
		...texts('Zoho_Books_ID'),
		custom('Zoho_Books_Invoices', 'textarea'),
		...money('Amount_Invoiced', 'Amount_Paid', 'Balance_Due'),
	],
};

export class AuditWorld {
	readonly simulator: Simulator;

	constructor(edition: Edition = 'enterprise') {
		this.simulator = new Simulator({
			tenants: [
				{ location: 'eu', books: { currency: 'EUR' } },
				{ location: 'in', crm: { currency: 'EUR', edition, taxes: [{ name: 'VAT 19', value: 19 }] } },
			],
		});
		const org = this.simulator.world.tenantOf('crm', 'in')?.crm;
		if (!org) throw new Error('There is no CRM.');
		const name: FieldSpec = { name: 'Name', label: 'Name', type: 'text', length: 120, mandatory: true };
		org.open(module_('Books_Payments', 'Books Payment', 'Name', 'standard', [name], { generated: 'custom' }));
		for (const [module, specs] of Object.entries(fields)) {
			const state = org.modules.get(module);
			for (const spec of specs) if (state) org.addField(state, { ...spec, id: org.newId() });
		}
	}

	books(collection: string, record: Row): Row {
		return this.#desk('books', { collection, action: 'create', record });
	}

	crm(module: string, record: Row): Row {
		return this.#desk('crm', { collection: module, action: 'create', record });
	}

	changeBooks(collection: string, id: unknown, record: Row): void {
		this.#desk('books', { collection, action: 'update', id: String(id), record });
	}

	changeCrm(module: string, id: unknown, record: Row): void {
		this.#desk('crm', { collection: module, action: 'update', id: String(id), record });
	}

	act(system: 'books' | 'crm', collection: string, action: DeskAction['action'], id: unknown): void {
		this.#desk(system, { collection, action, id: String(id) });
	}

	#desk(system: 'books' | 'crm', act: Omit<DeskAction, 'system' | 'location'>): Row {
		return this.simulator.desk({ system, location: system === 'books' ? 'eu' : 'in', ...act });
	}

	rows(system: 'books' | 'crm', collection: string): Row[] {
		return this.simulator.records(system, system === 'books' ? 'eu' : 'in', collection);
	}

	audit(options: Partial<AuditOptions> = {}): Promise<Audit> {
		return audit(readFrom(this.simulator), {
			books: { location: 'eu' },
			crm: { location: 'in' },
			...options,
		});
	}
}
