import type { Simulator } from '../simulator/simulator.mts';
import type { Location } from '../simulator/types.mts';

export type Row = Record<string, unknown>;

/** One of the two systems that are compared: a Books organization or a CRM org. */
export interface Side {
	location: Location;
	/** Books organization id or CRM zgid, where a data centre has several; default the first. */
	organization?: string;
}

/** All records of a collection or module, read the same way whether the simulator runs here or in another process. */
export type Read = (system: 'books' | 'crm', side: Side, collection: string) => Promise<Row[]>;

/** Reads a simulator in the same process. */
export function readFrom(simulator: Pick<Simulator, 'records'>): Read {
	return async (system, { location, organization }, collection) =>
		simulator.records(system, location, collection, organization);
}

/** Reads a running sandbox over its control API. `url`: `http://localhost:4680`. Rejects with the simulator's words. */
export function readOver(url: string): Read {
	return async (system, { location, organization }, collection) => {
		const query = organization === undefined ? '' : `?organization=${encodeURIComponent(organization)}`;
		const answer = await fetch(`${url}/sim/records/${system}/${location}/${collection}${query}`);
		const body = (await answer.json()) as Row[] | { error: string };
		if (!Array.isArray(body)) throw new Error(body.error);
		return body;
	};
}

/** What both systems hold at one moment. A module that the edition lacks is undefined. */
export interface Snapshot {
	contacts: Row[];
	items: Row[];
	invoices: Row[];
	estimates: Row[];
	payments: Row[];
	accounts: Row[];
	persons: Row[];
	deals: Row[];
	products: Row[] | undefined;
	vendors: Row[] | undefined;
	crmInvoices: Row[] | undefined;
	crmPayments: Row[] | undefined;
}

/** CRM's refusal of a module that the edition does not have, or that nobody has made. */
const noSuchModule = /INVALID_MODULE/;

/** Reads all that the audit compares. Rejects when one of the systems cannot be read. */
export async function takeSnapshot(read: Read, books: Side, crm: Side): Promise<Snapshot> {
	const optional = async (module: string) => {
		try {
			return await read('crm', crm, module);
		} catch (error) {
			if (noSuchModule.test((error as Error).message)) return undefined;
			throw error;
		}
	};
	return {
		contacts: await read('books', books, 'contacts'),
		items: await read('books', books, 'items'),
		invoices: await read('books', books, 'invoices'),
		estimates: await read('books', books, 'estimates'),
		payments: await read('books', books, 'customerpayments'),
		accounts: await read('crm', crm, 'Accounts'),
		persons: await read('crm', crm, 'Contacts'),
		deals: await read('crm', crm, 'Deals'),
		products: await optional('Products'),
		vendors: await optional('Vendors'),
		crmInvoices: await optional('Invoices'),
		crmPayments: await optional('Books_Payments'),
	};
}
