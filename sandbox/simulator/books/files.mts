import { formParts } from '../multipart.mts';
import type { SimResponse } from '../types.mts';
import { invalid, refuse } from './errors.mts';
import type { BooksOrg } from './org.mts';
import type { BooksCall } from './route.mts';
import type { Json } from './values.mts';

/** Files that are kept with records, as somebody sent them. */
interface StoredFile {
	id: string;
	name: string;
	type: string;
	content: Buffer;
	/** Goes with an email of the record. */
	sent: boolean;
}

/** By organization and by the id of the record. */
const kept = new WeakMap<BooksOrg, Map<string, StoredFile[]>>();

export const filesOf = (org: BooksOrg, recordId: string): readonly StoredFile[] => kept.get(org)?.get(recordId) ?? [];

function keep(org: BooksOrg, recordId: string, files: StoredFile[]): void {
	kept.set(org, (kept.get(org) ?? new Map<string, StoredFile[]>()).set(recordId, files));
}

/** What Zoho's files name for most resources; a few take tables and texts, too. */
const pictures = ['gif', 'png', 'jpeg', 'jpg', 'bmp', 'pdf'];
export const withTables = [...pictures, 'xls', 'xlsx', 'doc', 'docx'];

/** Keeps the file of the form's part. Without the part, or of another kind, it is refused: in which words is assumed. */
export function keepFile(call: BooksCall, recordId: string, part: string, endings: readonly string[] = pictures): StoredFile {
	const found = formParts(call.headers['content-type'], call.raw)?.find(({ name }) => name === part);
	const { fileName = '', type = '', content } = found ?? invalid(part);
	if (!endings.includes(fileName.toLowerCase().split('.').at(-1) ?? '')) invalid(part);
	if (content.length === 0) invalid(part);
	const sent = call.query.get('can_send_in_mail') === 'true';
	const file = { id: call.org.newId(), name: fileName, type, content, sent };
	keep(call.org, recordId, [...filesOf(call.org, recordId), file]);
	return file;
}

/** The file of that id, or the one that came last. */
export function fileOf(org: BooksOrg, recordId: string, id?: string): StoredFile {
	const all = filesOf(org, recordId);
	const found = id === undefined ? all.at(-1) : all.find((file) => file.id === id);
	return found ?? refuse(404, 1002, 'The attachment does not exist.');
}

export function dropFile(org: BooksOrg, recordId: string, id?: string): void {
	const file = fileOf(org, recordId, id);
	const others = filesOf(org, recordId).filter((one) => one !== file);
	keep(org, recordId, others);
}

/** A file as an answer, without Books' envelope. */
export const asFile = (name: string, type: string, bytes: Buffer): SimResponse => ({
	status: 200,
	headers: {
		'content-type': `${type};charset=UTF-8`,
		'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`,
	},
	bytes,
});

export const answerFile = ({ name, type, content }: StoredFile): SimResponse => asFile(name, type, content);

/** As answers of a record list its files. */
export const shownFiles = (org: BooksOrg, recordId: string): Json[] =>
	filesOf(org, recordId).map(({ id, name, type, content, sent }) => ({
		document_id: id,
		file_name: name,
		file_type: type,
		file_size: String(content.length),
		can_send_in_mail: sent,
	}));
