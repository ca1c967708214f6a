/** Putting tags on records and taking them off. Sources: CRM v8 "Add Tags to Records", "Remove Tags from Records". */

import type { ZohoClient } from '../client';
import { faultsOfItem, joinFaults, type ZohoError } from '../errors';
import { asObject, chunks, objectsOf, text } from '../json';
import type { JsonObject, ZohoCall, ZohoFault, ZohoReply } from '../types';
import { crmRoot } from './read';
import { notSent, stopsAll, type RecordResult } from './records';

/** The pages say 500; a credit pays for 50. */
const recordsPerCall = 500;

export interface Tagging {
	module: string;
	/** Adding makes tags of names that the module does not have. A record takes 10 tags. */
	action: 'add' | 'remove';
	/** Names. */
	tags: readonly string[];
	/** Adding: the records have these tags afterwards and no others. */
	overwrite?: boolean;
}

type Result = Omit<RecordResult, 'index'>;

/**
 * Resolves with one result for each id, in order; `details` holds the `tags` that the record has now. It never rejects for Zoho's refusals. A call that is refused because of
 * one record is sent again without it.
 */
export async function tagRecords(client: ZohoClient, tagging: Tagging, ids: readonly string[]): Promise<RecordResult[]> {
	const results = new Map<string, Result>();
	let stoppedBy: ZohoFault | undefined;
	for (const part of chunks([...new Set(ids)], recordsPerCall)) {
		let left = part;
		while (left.length > 0) {
			const { reply, error } = stoppedBy ? { error: undefined } : await client.attempt(callFor(tagging, left));
			if (reply) for (const [id, result] of resultsOf(reply, tagging, left)) results.set(id, result);
			const culprit = left.length > 1 ? culpritOf(error, left) : undefined;
			const refused = culprit === undefined ? left : [culprit];
			const fault = error?.fault ?? (stoppedBy && notSent(stoppedBy));
			if (fault) for (const id of refused) results.set(id, { ok: false, fault });
			if (error && (error.status === 429 || stopsAll(error.fault))) stoppedBy = error.fault;
			left = culprit === undefined ? [] : left.filter((id) => id !== culprit);
		}
	}
	return ids.map((id, index) => {
		const result = results.get(id) ?? { ok: false, fault: noResult };
		return { ...result, index, ...(result.fault && { fault: { ...result.fault, index } }) };
	});
}

/** The one of the records that Zoho names as the cause; a locked one makes it refuse the whole call. */
function culpritOf(error: ZohoError | undefined, ids: readonly string[]): string | undefined {
	const id = error?.fault.recordId;
	return id !== undefined && ids.includes(id) ? id : undefined;
}

function callFor({ module, action, tags, overwrite }: Tagging, ids: readonly string[]): ZohoCall {
	const [first = ''] = ids;
	return {
		method: 'POST',
		path: `${crmRoot}/${encodeURIComponent(module)}/actions/${action}_tags`,
		body: { tags: tags.map((name) => ({ name })), ids: [...ids], ...(action === 'add' && { over_write: overwrite === true }) },
		// Twice is as good as once.
		repeatable: true,
		subject: ids.length === 1 ? `${module} ${first}` : `${ids.length} records of ${module}`,
		scope: 'ZohoCRM.settings.tags.ALL',
	};
}

/** By id: no page says that the answer keeps the order. */
function resultsOf(reply: ZohoReply, { action }: Tagging, ids: readonly string[]): Array<[string, Result]> {
	return objectsOf(asObject(reply.body).data).flatMap((item, place): Array<[string, Result]> => {
		const details = asObject(item.details);
		const id = text(details.id) || (ids[place] ?? '');
		const fault = joinFaults(faultsOfItem(item, reply.status)) ?? (action === 'add' ? notAdded(details) : undefined);
		return [[id, fault ? { ok: false, fault, details } : { ok: true, id, action: 'update', details }]];
	});
}

/** Zoho calls it a success when a record has no room for a tag. */
function notAdded(details: JsonObject): ZohoFault | undefined {
	const names = objectsOf(details.not_added_tags).map((tag) => `"${text(tag.name)}"`);
	if (names.length === 0) return undefined;
	const message = `these tags were not added: ${names.join(', ')}`;
	return { intent: 'invalid', code: 'TAGS_NOT_ADDED', message, remedy: 'A record takes 10 tags: remove others first.' };
}

const noResult: ZohoFault = {
	intent: 'retry',
	code: 'no-result',
	message: 'Zoho CRM did not say what became of this record',
	remedy: 'Run this again: nothing is tagged twice.',
	outcomeUnknown: true,
};
