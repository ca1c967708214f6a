/** Zoho's answer to the writing of one thing: `{ data: [{ code, details, message, status }] }`, or `tags` and the like in place of `data`. */

import { ZohoError, faultsOfItem, joinFaults, refusal } from '../errors';
import { asObject, objectsOf, text } from '../json';
import type { JsonObject, ZohoCall, ZohoReply } from '../types';

/** @throws ZohoError when it was refused, or when the answer does not tell what became of it */
export function soleDetails(reply: ZohoReply, call: ZohoCall, key = 'data'): JsonObject {
	const [item] = objectsOf(asObject(reply.body)[key]);
	const fault = joinFaults(faultsOfItem(item, reply.status));
	if (fault) throw new ZohoError([fault], call, reply.status);
	if (text(item?.status) === 'success') return asObject(item?.details);
	throw refusal(call, 'no-result', 'Zoho CRM did not say what became of this', 'Look in Zoho CRM before you run this again.');
}
