/** Files to Zoho and from it, through n8n's HTTP helper. */

import { randomUUID } from 'node:crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { asObject, numberOf } from '../../zoho/json';
import type { ZohoCall, ZohoReply } from '../../zoho/types';
import { lowerCaseNames, parsed } from './replies';

/** Quotes and line ends would end a header of the form early. */
const inHeader = (name: string) => name.replace(/["\r\n]/g, '_');

/**
 * The call's file as a form of one part. Written out as bytes: n8n repeats a request after a refresh of the token, which it cannot do with a stream.
 */
export function formOf({ file, headers }: ZohoCall): Pick<IHttpRequestOptions, 'body' | 'headers' | 'json'> {
	if (!file) return {};
	const boundary = `n8n-${randomUUID()}`;
	const head = [
		`--${boundary}`,
		`Content-Disposition: form-data; name="file"; filename="${inHeader(file.name)}"`,
		`Content-Type: ${inHeader(file.mimeType) || 'application/octet-stream'}`,
		'\r\n',
	].join('\r\n');
	return {
		body: Buffer.concat([Buffer.from(head), file.content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
		headers: { accept: 'application/json', ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
		json: false,
	};
}

/** The answer to a call that wants a file: on success the file, otherwise what Zoho says as JSON. */
export function fileReplyOf(answer: unknown): ZohoReply {
	const { statusCode, headers: given, body } = (answer ?? {}) as { statusCode?: unknown; headers?: unknown; body?: unknown };
	const status = numberOf(statusCode) ?? 0;
	const headers = lowerCaseNames(asObject(given));
	const content = bytesOf(body);
	const mimeType = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
	const isFile = status >= 200 && status < 300 && content.length > 0 && !headers['content-type']?.includes('json');
	if (!isFile) return { status, headers, body: content.length === 0 ? undefined : parsed(content.toString('utf8')) };
	return { status, headers, body: undefined, file: { name: fileNameOf(headers['content-disposition']), mimeType, content } };
}

/** What n8n gives for `encoding: 'arraybuffer'`. */
function bytesOf(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof ArrayBuffer) return Buffer.from(body);
	if (typeof body === 'string') return Buffer.from(body);
	return Buffer.from(body === undefined || body === null ? '' : JSON.stringify(body));
}

/** Of `attachment; filename="a.pdf"` or `filename*=UTF-8''a%20b.pdf`; '' where Zoho names none. */
function fileNameOf(disposition = ''): string {
	const [, encoded] = /filename\*\s*=\s*[\w-]*''([^;]+)/i.exec(disposition) ?? [];
	if (encoded !== undefined) return decoded(encoded.trim());
	const [, quoted, bare] = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition) ?? [];
	return (quoted ?? bare ?? '').trim();
}

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
