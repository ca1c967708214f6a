import { unzipSync } from 'fflate';
import { parse } from 'csv-parse/sync';
import { zohoHosts } from '../../../hosts.mts';
import type { SimResponse } from '../../types.mts';
import type { CrmCall } from '../call.mts';
import { refuse } from '../errors.mts';
import type { CrmOrg } from '../org.mts';
import { writeTime } from '../times.mts';
import { bookOf } from './jobs.mts';

/** Files for bulk write jobs. Source: https://www.zoho.com/crm/developer/docs/api/v8/bulk-write/upload-file.html and the page "Limitations" beside it. */

const mostBytes = 25 * 1_048_576;
const mostRecords = 25_000;
const mostColumns = 200;

/** `POST https://content.…/crm/v8/upload`. */
export function uploadFile(call: CrmCall, header: (name: string) => string | undefined): SimResponse {
	const { org } = call;
	if (header('feature') !== 'bulk-write' || header('x-crm-org') !== org.zgid)
		return { status: 400, json: { ERROR_CODE: 400, ERROR_MESSAGE: 'Bad Request', 'x-error': 'check if headers [feature, X-CRM-ORG] are present and valid' } };
	const file = call.form()?.find((part) => part.name === 'file' && part.fileName !== undefined);
	if (!file) return refuse(400, 'MANDATORY_NOT_FOUND', 'required field not found', { api_name: 'file' });
	if (file.content.length > mostBytes) return refuse(413, 'FILE_TOO_LARGE', 'File size too large to process');
	if (!tablesIn(file.content)) return refuse(400, 'INVALID_FILE_FORMAT', 'invalid file format. only zip format is supported');
	const id = org.newId();
	bookOf(org).files.set(id, { id, content: Buffer.from(file.content) });
	const details = { file_id: id, created_time: writeTime(org.now(), org.timeZone) };
	return { status: 200, json: { status: 'success', code: 'FILE_UPLOAD_SUCCESS', message: 'file uploaded.', details } };
}

function tablesIn(content: Buffer): Record<string, Uint8Array> | undefined {
	try {
		return unzipSync(content);
	} catch {
		return undefined;
	}
}

/** The one table of an uploaded file, its first row with the names. */
export function tableOf(org: CrmOrg, id: unknown, names: unknown): string[][] {
	const file = bookOf(org).files.get(String(id));
	if (!file) return refuse(400, 'INVALID_FILE_ID', 'improper file id');
	const unsupported = (): never => refuse(400, 'FILE_NOT_SUPPORTED', 'File not supported for bulk write');
	const [entry, second] = Object.entries(tablesIn(file.content) ?? {});
	if (!entry || second || !entry[0].endsWith('.csv')) return unsupported();
	if (names !== undefined && (!Array.isArray(names) || names.length !== 1 || names[0] !== entry[0])) return refuse(400, 'FILE_NOT_FOUND', 'file not found');
	const rows = parsed(entry[1]) ?? unsupported();
	const [head = []] = rows;
	if (rows.length - 1 > mostRecords || rows.length < 2) return unsupported();
	if (head.length > mostColumns) return refuse(400, 'HEADER_LIMIT_EXCEEDED', 'header limit exceeded');
	return rows;
}

function parsed(bytes: Uint8Array): string[][] | undefined {
	try {
		return parse(Buffer.from(bytes), { bom: true });
	} catch {
		return undefined;
	}
}

/** Where the result of a job lies: on a server of its own, as recorded, or on the API host, as the page of version 7 shows. */
export function resultAddress(org: CrmOrg, id: string): string {
	if (org.switches.bulkResultAddress === 'path') return `/v8/crm/org${org.zgid}/bulk-write/${id}/${id}.zip`;
	const host = zohoHosts[org.location].downloads ?? `download-accl.${zohoHosts[org.location].accounts.replace('accounts.', '')}`;
	return `https://${host}/v2/crm/${org.zgid}/bulk-write/${id}/${id}.zip`;
}
