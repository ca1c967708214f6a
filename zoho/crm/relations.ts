/**
 * Records on related lists that are filled by hand, many to many: the Products of a Deal, the Contacts of a Campaign. Sources: CRM v8 "Update Related Records", "Delink Related
 * Records", "Add Contact Roles to a Specific Deal", "Get Contact Roles".
 */

import type { ZohoClient } from '../client';
import { faultsOfItem, joinFaults } from '../errors';
import { asObject, chunks, objectsOf, text } from '../json';
import type { HttpMethod, JsonObject, ZohoCall, ZohoFault, ZohoReply } from '../types';
import { crmRoot } from './read';
import { notSent, stopsAll, type RecordResult } from './records';

/** A related list, by its API name, of one record. */
export interface RelatedList {
	module: string;
	recordId: string;
	list: string;
}

export type Relating = 'link' | 'unlink';

const recordsPerCall = 100;

/** The list of a Deal's Contacts; each has a role, and the pages know no way to put several of them there at once. */
export const contactRoles = 'Contact_Roles';

type Result = Omit<RecordResult, 'index'>;

/**
 * Puts records on a list, or takes them off it; they stay as they are. Each has an `id`; with `link`, further values are those of the relation, such as `list_price` or
 * `Contact_Role`. Resolves with one result for each record, in order; it never rejects for Zoho's refusals. Of records with the same id, the last one counts.
 */
export async function relateRecords(client: ZohoClient, relating: Relating, at: RelatedList, records: readonly JsonObject[]): Promise<RecordResult[]> {
	const wanted = new Map(records.map((record) => [text(record.id), record]));
	const results = new Map<string, Result>();
	let stoppedBy: ZohoFault | undefined;
	for (const part of chunks([...wanted.values()], at.list === contactRoles ? 1 : recordsPerCall)) {
		const { reply, error } = stoppedBy ? { error: undefined } : await client.attempt(callFor(relating, at, part));
		if (error && (error.status === 429 || stopsAll(error.fault))) stoppedBy = error.fault;
		const items = objectsOf(asObject(reply?.body).data);
		// What is wrong with the list comes as one item for all records.
		const sole = items.length === 1 && text(items[0]?.status) === 'error' ? items[0] : undefined;
		const fault = error?.fault ?? (reply ? undefined : stoppedBy && notSent(stoppedBy));
		part.forEach((record, place) => {
			const id = text(record.id);
			results.set(id, fault ? failed(fault) : resultOf(relating, id, sole ?? items[place], reply));
		});
	}
	return records.map((record, index) => {
		const result = results.get(text(record.id)) ?? { ok: false, fault: noResult };
		return { ...result, index, ...(result.fault && { fault: { ...result.fault, index } }) };
	});
}

function callFor(relating: Relating, { module, recordId, list }: RelatedList, records: readonly JsonObject[]): ZohoCall {
	const [first = {}] = records;
	const ids = records.map((record) => text(record.id));
	const isRole = list === contactRoles;
	const steps = [module, recordId, list, ...(isRole ? ids.slice(0, 1) : [])];
	const method: HttpMethod = relating === 'link' ? 'PUT' : 'DELETE';
	const values = Object.fromEntries(Object.entries(first).filter(([name]) => name !== 'id'));
	return {
		method,
		path: `${crmRoot}/${steps.map(encodeURIComponent).join('/')}`,
		...(relating === 'link' && { body: { data: isRole ? [values] : [...records] } }),
		...(relating === 'unlink' && !isRole && { query: { ids: ids.join(',') } }),
		subject: `${list} of ${module} ${recordId}`,
		scope: `ZohoCRM.modules.${module}.${relating === 'link' ? 'UPDATE' : 'DELETE'}`,
	};
}

const failed = (fault: ZohoFault): Result => ({ ok: false, fault });

function resultOf(relating: Relating, id: string, item: JsonObject | undefined, reply: ZohoReply | undefined): Result {
	const fault = joinFaults(faultsOfItem(item ?? asObject(reply?.body), reply?.status ?? 0));
	// Taken off by the sending before, whose answer was lost.
	const isOff = relating === 'unlink' && reply?.mayBeDone === true && fault?.intent === 'gone';
	if (fault && !isOff) return failed(fault);
	return fault || text(item?.status) === 'success' ? { ok: true, id, details: asObject(item?.details) } : failed(noResult);
}

const noResult: ZohoFault = {
	intent: 'retry',
	code: 'no-result',
	message: 'Zoho CRM did not say what became of this record',
	remedy: 'Look at the list in Zoho CRM, then run this again.',
	outcomeUnknown: true,
};
