/** Files to Zoho and from it, through n8n's HTTP helper. */

import { randomUUID } from 'node:crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { asObject, numberOf } from '../../zoho/json';
import type { ZohoCall, ZohoReply } from '../../zoho/types';
import { lowerCaseNames, parsed } from './replies';

/** Quotes, backslashes and line ends would end a header of the form early; other control characters are in nobody's file names. */
const inHeader = (name: string) => name.replace(/["\\\p{Cc}]/gu, '_');

/**
 * File and text parts of the call as a form; nothing for a call without. Written out as bytes: a call is sent again after a refresh of the token, which
 * cannot be done with a stream.
 */
export function formOf({ file, form, headers }: ZohoCall): Pick<IHttpRequestOptions, 'body' | 'headers' | 'json'> {
	if (!file && !form) return {};
	const boundary = `n8n-${randomUUID()}`;
	const texts = Object.entries(form ?? {}).map(([name, value]) => part(boundary, [`name="${inHeader(name)}"`], [], Buffer.from(value)));
	const files = file ? [filePart(boundary, file)] : [];
	return {
		body: Buffer.concat([...texts, ...files, Buffer.from(`--${boundary}--\r\n`)]),
		headers: { accept: 'application/json', ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
		json: false,
	};
}

function filePart(boundary: string, { part: field = 'file', name, mimeType, content }: NonNullable<ZohoCall['file']>): Buffer {
	const fileName = inHeader(name.trim()) || 'file';
	const [, type = 'application/octet-stream'] = /^([\w.+-]+\/[\w.+-]+)\s*(?:;|$)/.exec(mimeType) ?? [];
	return part(boundary, [`name="${inHeader(field)}"`, `filename="${fileName}"`], [`Content-Type: ${type}`], content);
}

function part(boundary: string, names: string[], headers: string[], content: Uint8Array): Buffer {
	const head = [`--${boundary}`, ['Content-Disposition: form-data', ...names].join('; '), ...headers, '\r\n'];
	return Buffer.concat([Buffer.from(head.join('\r\n')), content, Buffer.from('\r\n')]);
}

/** The answer to a call that wants a file: on success the file, otherwise what Zoho says as JSON. */
export function fileReplyOf(answer: unknown): ZohoReply {
	const { statusCode, headers: given, body } = (answer ?? {}) as { statusCode?: unknown; headers?: unknown; body?: unknown };
	const status = numberOf(statusCode) ?? 0;
	const headers = lowerCaseNames(asObject(given));
	const content = bytesOf(body);
	if (!isFile(status, headers, content)) return { status, headers, body: content.length === 0 ? undefined : parsed(content.toString('utf8')) };
	const mimeType = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
	return { status, headers, body: undefined, file: { name: fileNameOf(headers['content-disposition']), mimeType, content } };
}

/** Zoho names the files that it sends; without a name, JSON is an answer of Zoho's, and a page is one of something in between. */
function isFile(status: number, headers: Record<string, string>, content: Buffer): boolean {
	if (status < 200 || status >= 300) return false;
	if (headers['content-disposition'] !== undefined) return true;
	return content.length > 0 && !/json|text\/html/.test(headers['content-type'] ?? '');
}

/** What Zoho says as JSON in place of a file; anything else as it is. */
export function jsonOf(body: unknown): unknown {
	return Buffer.isBuffer(body) || body instanceof ArrayBuffer ? parsed(bytesOf(body).toString('utf8')) : body;
}

/** What n8n gives for `encoding: 'arraybuffer'`. */
function bytesOf(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof ArrayBuffer) return Buffer.from(body);
	if (typeof body === 'string') return Buffer.from(body);
	return Buffer.from(body === undefined || body === null ? '' : JSON.stringify(body));
}

/**
 * Of `attachment; filename="a.pdf"` or `filename*=UTF-8''a%20b.pdf`; '' where Zoho names none. Without folders: what comes after writes files by this name.
 */
function fileNameOf(disposition = ''): string {
	const [, encoded] = /filename\*\s*=\s*[\w-]*''([^;]+)/i.exec(disposition) ?? [];
	const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(disposition) ?? [];
	const name = encoded === undefined ? inUtf8((quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '').trim()) : decoded(encoded.trim());
	return name.replace(/[/\\\p{Cc}]/gu, '_').replace(/^\.+$/, '');
}

/** Node reads headers byte by byte; names in UTF-8 come apart in this way. */
function inUtf8(name: string): string {
	const bytes = Buffer.from(name, 'latin1');
	const text = bytes.toString('utf8');
	return bytes.toString('latin1') !== name || text.includes('\ufffd') ? name : text;
}

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
