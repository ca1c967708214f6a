import type { Simulator } from '../simulator/simulator.mts';
import type { DeskAction, Location } from '../simulator/types.mts';

export type Item = Record<string, unknown>;

/** A person at the desks of one Books organization and one CRM: acts in Zoho's own screens and looks at what stands there. */
export class Pair {
	readonly simulator: Simulator;
	readonly booksAt: Location;
	readonly crmAt: Location;

	constructor(simulator: Simulator, booksAt: Location, crmAt: Location) {
		this.simulator = simulator;
		this.booksAt = booksAt;
		this.crmAt = crmAt;
	}

	/** All records of a Books collection (`contacts`) as a single GET shows them. */
	books(collection = 'contacts'): Item[] {
		return this.simulator.records('books', this.booksAt, collection);
	}

	crm(module: string): Item[] {
		return this.simulator.records('crm', this.crmAt, module);
	}

	/** One act in the screens of Books or CRM. Throws with Zoho's complaint when Zoho would refuse it. */
	act(system: DeskAction['system'], act: Omit<DeskAction, 'system' | 'location'>): Item {
		const location = system === 'books' ? this.booksAt : this.crmAt;
		return this.simulator.desk({ system, location, ...act });
	}

	createInBooks(record: Item, silent = false): Item {
		return this.act('books', { collection: 'contacts', action: 'create', record, silent });
	}

	updateInBooks(collection: string, id: string, record: Item, silent = false): Item {
		return this.act('books', { collection, action: 'update', id, record, silent });
	}

	createInCrm(module: string, record: Item, silent = false): Item {
		return this.act('crm', { collection: module, action: 'create', record, silent });
	}

	/** Many at once, as another integration writes them. Answers their ids. */
	createManyInCrm(module: string, records: Item[]): string[] {
		return this.act('crm', { collection: module, action: 'create', records }).ids as string[];
	}

	updateInCrm(module: string, id: string, record: Item, silent = false): Item {
		return this.act('crm', { collection: module, action: 'update', id, record, silent });
	}

	/** A company in Books with one contact person. */
	createCompanyInBooks(company: string, person: Item): Item {
		return this.createInBooks({
			contact_name: company,
			company_name: company,
			contact_type: 'customer',
			customer_sub_type: 'business',
			contact_persons: [{ ...person, is_primary_contact: true }],
		});
	}

	/** Contact persons of all Books customers, each with its customer under `contact`. */
	persons(): Item[] {
		return this.books().flatMap((contact) =>
			((contact.contact_persons ?? []) as Item[]).map((person): Item => ({ ...person, contact })),
		);
	}

	personsWith(email: string): Item[] {
		return this.persons().filter((person) => sameEmail(person.email, email));
	}

	crmContactsWith(email: string): Item[] {
		return this.crm('Contacts').filter((contact) => sameEmail(contact.Email, email));
	}

	accountsNamed(name: string): Item[] {
		return this.crm('Accounts').filter((account) => account.Account_Name === name);
	}
}

function sameEmail(value: unknown, email: string): boolean {
	return typeof value === 'string' && value.trim().toLowerCase() === email.trim().toLowerCase();
}

/** The value at a dotted path, as text; '' where there is none. */
export function textAt(item: Item | undefined, path: string): string {
	let value: unknown = item;
	for (const key of path.split('.')) value = (value as Item | null | undefined)?.[key];
	return value === undefined || value === null ? '' : String(value);
}
