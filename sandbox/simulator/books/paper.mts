import type { Document } from './documentBody.mts';
import type { Address } from './contacts.mts';
import type { Kind } from './documentKinds.mts';
import { asFile } from './files.mts';
import { refuse } from './errors.mts';
import type { BooksOrg } from './org.mts';
import type { SimResponse } from '../types.mts';
import { type Json, readText } from './values.mts';

/** How single documents look on paper: their own addresses, and the template of their PDF. */
interface Paper {
	billing?: Address;
	shipping?: Address;
	templateId?: string;
}

/** By organization and by the id of the document. */
const papers = new WeakMap<BooksOrg, Map<string, Paper>>();
const secondTemplates = new WeakMap<BooksOrg, Map<Kind, string>>();

export const paperOf = (org: BooksOrg, { id }: Document): Paper => papers.get(org)?.get(id) ?? {};

function change(org: BooksOrg, document: Document, paper: Paper): void {
	const known = papers.get(org) ?? new Map<string, Paper>();
	papers.set(org, known.set(document.id, { ...paperOf(org, document), ...paper }));
}

/** Two of each kind; a new document has the first. */
export function templatesOf(org: BooksOrg, kind: Kind): Json[] {
	const known = secondTemplates.get(org) ?? new Map<Kind, string>();
	secondTemplates.set(org, known);
	const second = known.get(kind) ?? org.newId();
	known.set(kind, second);
	return [
		{ template_name: 'Standard Template', template_id: org.templateIds[kind], template_type: 'standard' },
		{ template_name: 'Service - Classic', template_id: second, template_type: 'classic' },
	];
}

export const templateOf = (org: BooksOrg, document: Document): Json => {
	const all = templatesOf(org, document.kind);
	const { templateId } = paperOf(org, document);
	return all.find(({ template_id }) => template_id === templateId) ?? all[0] ?? {};
};

export function useTemplate(org: BooksOrg, document: Document, templateId: string): void {
	const exists = templatesOf(org, document.kind).some(({ template_id }) => template_id === templateId);
	if (!exists) refuse(404, 1002, 'The template does not exist.');
	change(org, document, { templateId });
}

/** The whole address, as with contacts: nothing says that lines that are not given stay. */
export function setAddress(org: BooksOrg, document: Document, which: 'billing' | 'shipping', body: Json, names: readonly string[]): void {
	const lines = names.map((name) => [name, readText(name, body[name], 500)] as const);
	change(org, document, { [which]: { ...Object.fromEntries(lines), address_id: org.newId() } });
}

/** The bytes are no text in any encoding, as those of a PDF are not. */
export function pdfOf({ number }: { number: string }): SimResponse {
	const head = Buffer.from(`%PDF-1.4\n% ${number}\n`);
	return asFile(`${number}.pdf`, 'application/pdf', Buffer.concat([head, Buffer.from([0xe2, 0x28, 0xff, 0x00, 0x0d, 0x0a])]));
}
