/** What a case of the test of every CRM operation is: one run of the node, what it sends, and what it puts out. */

import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import type { CrmBench, Row } from '../crmSupport.mts';

export type Ids = Record<string, string>;
/** `GET /Contacts`, with its query in the order of the names, and the body. */
export type Sent = readonly [line: string, body?: unknown];

export interface Case {
	/** What the organization has beside its standard modules. */
	given?(crm: CrmBench): Promise<Ids>;
	/** Of the node, without resource and operation. */
	parameters(ids: Ids): IDataObject;
	/** The items that it gets; one without content. */
	items?(ids: Ids): Row[];
	/** Files of each item. */
	files?(): IBinaryKeyData;
	/** Every call of the node, in order. */
	sends(ids: Ids): Sent[];
	/** Headers of the last call that are looked at. */
	headers?(ids: Ids): Record<string, string>;
	/** The items that it puts out hold this. */
	puts(ids: Ids): object;
}

/** By operation. */
export type Cases = Record<string, Case>;

/** `GET /Contacts?fields=…`, by the names of the query. */
export function line(method: string, path: string, query: Record<string, string | number> = {}): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) parameters.append(name, String(value));
	parameters.sort();
	return `${method} ${path}${parameters.size > 0 ? `?${parameters.toString()}` : ''}`;
}

/** The id of a Contact that is there already. */
export async function oneContact(crm: CrmBench): Promise<{ id: string }> {
	const [id = ''] = await crm.fill('Contacts', [{ Last_Name: 'Lee', Email: 'lee@example.com' }]);
	return { id };
}

/** Zoho CRM's answer to one write, as the node puts it out. */
export const written = (action: 'insert' | 'update' | 'delete', module: string, id: unknown = expect.stringMatching(/^\d{19}$/)) => ({ id, module, action });
