import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, fault, refuse } from './errors.mts';
import type { CrmOrg, ModuleState } from './org.mts';
import { checkId } from './reads.mts';
import { renderUser } from './render.mts';
import { compareIds } from './store.mts';
import { writeTime } from './times.mts';

/**
 * Files and links that hang on records. Source: Zoho's OpenAPI file for attachments (repository zoho/crm-oas, v8.0/attachments) and its examples;
 * https://www.zoho.com/crm/developer/docs/api/v8/upload-attachment.html, …/get-attachments.html, …/download-attachments.html
 */

export interface Attachment {
	id: string;
	parent: string;
	/** Of a file its name, of a link its title. */
	name: string;
	/** Undefined for links. */
	content: Buffer | undefined;
	link: string | undefined;
	at: number;
	by: string;
}

/** Attachments by the record that they hang on. */
export class AttachmentBook {
	readonly #byParent = new Map<string, Map<string, Attachment>>();

	add(attachment: Attachment): void {
		const known = this.#byParent.get(attachment.parent) ?? new Map<string, Attachment>();
		this.#byParent.set(attachment.parent, known.set(attachment.id, attachment));
	}

	/** The newest first. */
	of(parent: string): Attachment[] {
		return [...(this.#byParent.get(parent)?.values() ?? [])].sort((one, other) => compareIds(other.id, one.id));
	}

	get(parent: string, id: string): Attachment | undefined {
		return this.#byParent.get(parent)?.get(id);
	}

	remove(parent: string, id: string): boolean {
		return this.#byParent.get(parent)?.delete(id) ?? false;
	}

	move(from: string, to: string): void {
		for (const attachment of this.of(from)) this.add({ ...attachment, parent: to });
		this.forget(from);
	}

	/** A record is gone, and its attachments with it. */
	forget(parent: string): void {
		this.#byParent.delete(parent);
	}
}

const longestUrl = 3000;
const longestName = 255;

function checkParent(module: ModuleState, id: string): void {
	checkId(id);
	if (!module.store.get(id)) refuse(400, 'INVALID_DATA', 'the related id given seems to be invalid', { resource_path_index: 1 });
}

/** `POST /{module}/{id}/Attachments`: the part `file` of a form, or its part `attachmentUrl`; never both. */
export function uploadAttachment(call: CrmCall, module: ModuleState, parent: string): SimResponse {
	checkParent(module, parent);
	const parts = call.form() ?? refuse(400, 'INVALID_DATA', 'invalid data provided');
	const file = parts.find((part) => part.name === 'file' && part.fileName !== undefined);
	const textOf = (name: string) => parts.find((part) => part.name === name && part.fileName === undefined)?.content.toString('utf8');
	const link = textOf('attachmentUrl');
	if (!file && link === undefined) refuse(400, 'MANDATORY_NOT_FOUND', 'required field not found');
	if (file && link !== undefined) refuse(400, 'INVALID_DATA', 'invalid data provided');
	const { org } = call;
	if (file && file.content.length > org.switches.attachmentLimit)
		refuse(413, 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', 'Please check if the size of the file is in the correct range');
	if (file && (file.fileName === '' || (file.fileName ?? '').length > longestName)) refuse(400, 'INVALID_DATA', 'invalid data provided');
	if (link !== undefined) checkLink(link);
	// The page has the title among the parameters, the OpenAPI file in the form.
	const title = org.switches.attachmentTitle === 'query' ? call.query('title') : textOf('title');
	const attachment: Attachment = {
		id: org.newId(),
		parent,
		name: file?.fileName ?? title ?? link ?? '',
		content: file && Buffer.from(file.content),
		link,
		at: org.now(),
		by: call.user.id,
	};
	org.attachments.add(attachment);
	const at = writeTime(attachment.at, org.timeZone);
	const by = renderUser(org, attachment.by, false);
	const details = { Modified_Time: at, Modified_By: by, Created_Time: at, id: attachment.id, Created_By: by };
	return {
		status: 200,
		json: { data: [{ code: 'SUCCESS', details, message: 'attachment uploaded successfully', status: 'success' }] },
	};
}

function checkLink(link: string): void {
	const valid = URL.canParse(link) && /^(https?|ftp):\/\/[^/]+/i.test(link) && link.length <= longestUrl;
	if (!valid) refuse(400, 'INVALID_URL_PATTERN', 'the given attachment URL is incorrect');
}

function shown(org: CrmOrg, module: ModuleState, attachment: Attachment, fields: readonly string[]): Record<string, unknown> {
	const { id, parent, name, content, link } = attachment;
	const record = module.store.get(parent);
	const at = writeTime(attachment.at, org.timeZone);
	const by = renderUser(org, attachment.by);
	const values: Record<string, unknown> = {
		Owner: by,
		Created_By: by,
		Modified_By: by,
		Created_Time: at,
		Modified_Time: at,
		File_Name: name,
		Size: String(content?.length ?? 0),
		Parent_Id: { name: record ? org.nameOf(module, record) : '', id: parent },
	};
	return {
		...Object.fromEntries(fields.flatMap((field) => (Object.hasOwn(values, field) ? [[field, values[field]] as const] : []))),
		$field_states: null,
		$editable: true,
		$file_id: content ? `f${id}` : null,
		$type: content ? 'File' : 'Link URL',
		$se_module: module.spec.name,
		$state: 'save',
		id,
		...(link !== undefined && { $link_url: link }),
	};
}

/** `GET /{module}/{id}/Attachments?fields=`. */
export function listAttachments(call: CrmCall, module: ModuleState, parent: string): SimResponse {
	const fields =
		call.query('fields')?.split(',') ??
		refuse(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', { param_name: 'fields' });
	const { page, perPage } = call.paging();
	checkParent(module, parent);
	const all = call.org.attachments.of(parent);
	const part = all.slice((page - 1) * perPage, page * perPage);
	if (part.length === 0) return { status: 204 };
	const more_records = all.length > page * perPage;
	return {
		status: 200,
		json: {
			data: part.map((attachment) => shown(call.org, module, attachment, fields)),
			info: {
				...{ per_page: perPage, next_page_token: null, count: part.length, page },
				...{ previous_page_token: null, page_token_expiry: null, more_records },
			},
		},
	};
}

const kinds: Record<string, string> = {
	jpg: 'image/jpeg',
	json: 'application/json',
	pdf: 'application/pdf',
	png: 'image/png',
	txt: 'text/plain',
};

/** `GET /{module}/{id}/Attachments/{attachment}`: the file; nothing where there is none. */
export function downloadAttachment(call: CrmCall, module: ModuleState, parent: string, id: string): SimResponse {
	checkParent(module, parent);
	const attachment = call.org.attachments.get(parent, id);
	if (!attachment) return { status: 204 };
	const { name, content } = attachment;
	if (!content) return refuse(400, 'DOWNLOAD_NOT_ALLOWED', 'As it is a linked attachment, you can not download it');
	const kind = kinds[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
	// No page tells how names beyond ASCII come: as bytes of UTF-8 they are the hardest to read.
	const escaped = Buffer.from(name.replace(/["\\]/g, '\\$&')).toString('latin1');
	return {
		status: 200,
		headers: { 'content-type': `${kind};charset=UTF-8`, 'content-disposition': `attachment;filename="${escaped}"` },
		bytes: content,
	};
}

/** `DELETE /{module}/{id}/Attachments/{attachment}`. */
export function deleteAttachment(call: CrmCall, module: ModuleState, parent: string, id: string): SimResponse {
	checkParent(module, parent);
	if (!call.org.attachments.remove(parent, id))
		throw new CrmRefusal(400, fault('INVALID_DATA', 'record not deleted', { resource_path_index: 3 }));
	return {
		status: 200,
		json: { data: [{ code: 'SUCCESS', details: { id }, message: 'record deleted', status: 'success' }] },
	};
}
