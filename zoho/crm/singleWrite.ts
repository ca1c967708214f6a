/** Writing one CRM record, and the error of a record that was not written. */

import type { ZohoClient } from '../client';
import { ZohoError } from '../errors';
import { text } from '../json';
import type { JsonObject, ZohoFault } from '../types';
import { crmRoot } from './read';
import { writeRecords, type CrmWrite, type RecordResult, type WriteOptions } from './records';

const noResult: ZohoFault = { intent: 'invalid', code: 'no-result', message: 'there is no result', remedy: 'Run this again.' };

/** Why the record was not written, for people. `name` is what they know it by: its id, or a name of it. */
export function writeFailure(module: string, operation: CrmWrite, name: string, fault: ZohoFault = noResult): ZohoError {
	const method = operation === 'delete' ? 'DELETE' : operation === 'update' ? 'PUT' : 'POST';
	return new ZohoError([fault], { method, path: `${crmRoot}/${module}`, subject: `${module} ${name}`.trim() });
}

/**
 * Writes one record.
 * @param name what people know it by; its id, when left out
 * @throws ZohoError when CRM refuses it
 */
export async function writeRecord(
	client: ZohoClient,
	module: string,
	operation: CrmWrite,
	record: JsonObject,
	{ name = text(record.id), ...options }: WriteOptions & { name?: string } = {},
): Promise<RecordResult> {
	const [result] = await writeRecords(client, module, operation, [record], options);
	if (result?.ok) return result;
	throw writeFailure(module, operation, name, result?.fault);
}
