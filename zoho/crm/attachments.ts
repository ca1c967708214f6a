/**
 * Files and links on records. Sources: CRM v8 "Upload an Attachment", "Get list of Attachments", "Download an Attachment", "Delete an Attachment", and Zoho's
 * OpenAPI file for attachments.
 */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, text } from '../json';
import type { HttpMethod, JsonObject, ZohoCall, ZohoFile } from '../types';
import { crmRoot } from './read';
import { relatedRecords } from './related';
import { soleDetails } from './results';

/** The record that they hang on. */
export interface AttachedTo {
	module: string;
	recordId: string;
}

/** What can be asked for by name; whether it is a file or a link (`$type`, `$link_url`) comes with it. */
const fields = ['File_Name', 'Size', 'Owner', 'Created_Time', 'Created_By', 'Modified_Time', 'Modified_By', 'Parent_Id'];

const operations: Partial<Record<HttpMethod, string>> = { GET: 'READ', POST: 'CREATE', DELETE: 'DELETE' };

function callFor(method: HttpMethod, { module, recordId }: AttachedTo, id?: string): ZohoCall {
	const steps = [module, recordId, 'Attachments', ...(id === undefined ? [] : [id])];
	return {
		method,
		path: `${crmRoot}/${steps.map(encodeURIComponent).join('/')}`,
		subject: id === undefined ? `attachment of ${module} ${recordId}` : `attachment ${id} of ${module} ${recordId}`,
		scope: `ZohoCRM.modules.attachments.${operations[method]}`,
	};
}

/**
 * Zoho's details of the new attachment: `id`, times, who. When no answer comes, it is unknown whether the record has the file: it is not sent again.
 * @throws ZohoError
 */
export async function attachFile(client: ZohoClient, to: AttachedTo, file: ZohoFile): Promise<JsonObject> {
	const call: ZohoCall = { ...callFor('POST', to), file };
	return soleDetails(await client.request(call), call);
}

/** The same for a link. Without a title it gets that of the page. */
export async function attachLink(client: ZohoClient, to: AttachedTo, link: string, title = ''): Promise<JsonObject> {
	// The page has the title among the parameters, the OpenAPI file in the form.
	const titled: Record<string, string> = title === '' ? {} : { title };
	const call: ZohoCall = { ...callFor('POST', to), query: titled, form: { attachmentUrl: link, ...titled } };
	return soleDetails(await client.request(call), call);
}

/** The attachments of a record, the newest first, no more than `limit`. */
export async function listAttachments(client: ZohoClient, { module, recordId }: AttachedTo, limit?: number): Promise<JsonObject[]> {
	return await relatedRecords(client, module, recordId, 'Attachments', fields, limit);
}

/** @throws ZohoError, also when there is no such attachment, or when it is a link */
export async function downloadAttachment(client: ZohoClient, to: AttachedTo, id: string): Promise<ZohoFile> {
	const call: ZohoCall = { ...callFor('GET', to, id), wantsFile: true };
	const { file } = await client.request(call);
	if (file) return file;
	throw refusal(call, 'not-found', 'there is no such attachment', 'Check the ID and the record. The attachment may have been deleted.');
}

/** @throws ZohoError when there is no such attachment (any more) */
export async function deleteAttachment(client: ZohoClient, to: AttachedTo, id: string): Promise<void> {
	const call = callFor('DELETE', to, id);
	const reply = await client.request(call);
	// A repeat finds nothing where the sending before has deleted it.
	if (reply.mayBeDone && text(asObject(reply.body).code) !== '') return;
	soleDetails(reply, call);
}
