/** Notes on records. Source: CRM v8 "Notes", and Zoho's OpenAPI file for notes. */

import type { ZohoClient } from '../client';
import { ZohoError } from '../errors';
import { text } from '../json';
import type { JsonObject } from '../types';
import { getRecord } from './read';
import { relatedRecords } from './related';
import { writeRecord } from './singleWrite';

/** What a note is about and says. A title has at most 120 characters. */
export interface Note {
	/** Module and id of the record that it hangs on. */
	module: string;
	recordId: string;
	title: string;
	content: string;
}

export interface SavedNote {
	id: string;
	/** `none`: the note said so already. */
	action: 'insert' | 'update' | 'none';
}

const noteFields = ['Note_Title', 'Note_Content', 'Created_Time', 'Modified_Time', 'Owner'];

/** The notes on one record, no more than `limit`. */
export async function listNotes(client: ZohoClient, module: string, recordId: string, limit?: number): Promise<JsonObject[]> {
	return await relatedRecords(client, module, recordId, 'Notes', noteFields, limit);
}

/** @throws ZohoError when CRM refuses the note */
export async function createNote(client: ZohoClient, note: Note): Promise<SavedNote> {
	const parent = { module: { api_name: note.module }, id: note.recordId };
	const record = { Note_Title: note.title, Note_Content: note.content, Parent_Id: parent };
	const { id = '' } = await writeRecord(client, 'Notes', 'create', record, { name: nameOf(note) });
	return { id, action: 'insert' };
}

/**
 * Makes sure that the record has a note of this title that says this. Of several notes with the title, the oldest is kept up to date.
 * Two calls of it for one record at the same time can make two notes: take turns.
 * @throws ZohoError when CRM refuses the note
 */
export async function saveNote(client: ZohoClient, note: Note): Promise<SavedNote> {
	const known = await findNote(client, note);
	if (!known) return await createOrFind(client, note);
	const id = text(known.id);
	if (says(known, note)) return { id, action: 'none' };
	const record = { id, Note_Title: note.title, Note_Content: note.content };
	await writeRecord(client, 'Notes', 'update', record, { name: nameOf(note) });
	return { id, action: 'update' };
}

/** When the answer to the creation is lost, a second look tells what became of it. */
async function createOrFind(client: ZohoClient, note: Note): Promise<SavedNote> {
	return await createNote(client, note).catch(async (error: unknown) => {
		const made = error instanceof ZohoError && error.outcomeUnknown ? await findNote(client, note) : undefined;
		if (!made || !says(made, note)) throw error;
		return { id: text(made.id), action: 'insert' };
	});
}

/** The oldest note of the record that has the title. */
async function findNote(client: ZohoClient, { module, recordId, title }: Note): Promise<JsonObject | undefined> {
	const rows = await listNotes(client, module, recordId);
	return rows
		.filter((row) => text(row.Note_Title).trim() === title.trim())
		.sort((one, other) => byAge(text(one.id), text(other.id)))[0];
}

function says(row: JsonObject, { content }: Note): boolean {
	return text(row.Note_Content).trim() === content.trim();
}

/** One note with everything it has; undefined when there is no such note (any more). */
export async function getNote(client: ZohoClient, id: string): Promise<JsonObject | undefined> {
	return await getRecord(client, 'Notes', id);
}

/** Gives a note another title or content; what is left out stays. @throws ZohoError when CRM refuses it */
export async function updateNote(client: ZohoClient, id: string, { title, content }: Partial<Pick<Note, 'title' | 'content'>>): Promise<JsonObject> {
	const record = { id, ...(title !== undefined && { Note_Title: title }), ...(content !== undefined && { Note_Content: content }) };
	return (await writeRecord(client, 'Notes', 'update', record)).details ?? {};
}

/** @throws ZohoError when there is no such note (any more) */
export async function deleteNote(client: ZohoClient, id: string): Promise<void> {
	await writeRecord(client, 'Notes', 'delete', { id });
}

/** Ids of one organization grow; they are too long for numbers. */
function byAge(one: string, other: string): number {
	return one.length - other.length || (one < other ? -1 : 1);
}

function nameOf({ title, module, recordId }: Note): string {
	return `"${title}" on ${module} ${recordId}`;
}
