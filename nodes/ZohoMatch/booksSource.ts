/** What a record of Zoho Books is that comes in for CRM: its own id, and the fields by which the sync knows it. */

import { getPath, isBlank } from '../../sync/fields';
import { primaryPath, withPrimaryPerson } from '../../sync/flatKinds';
import type { JsonObject } from '../../sync/types';
import { booksResources, type BooksResource } from '../../zoho/books/resources';

export interface BooksSourceRecord {
	/** Id of the record itself; '' when it tells none. */
	id: string;
	/** The record, as the mark sees it. */
	source: JsonObject;
	/** Paths that the mark may remember. */
	sourceFields: string[];
	/** contact_id that a contact person belongs to. */
	booksParent?: string;
	/** Books' time of the last change. */
	modified?: string;
}

/**
 * Ids that a record may hold, its own before those of records that it refers to: an invoice names the estimate it was made from, a line
 * its item, a person its contact.
 */
const ownIdsFirst = ['contact_person_id', 'payment_id', 'invoice_id', 'estimate_id', 'item_id', 'contact_id'];

/** Reads a Books record as it was returned by Books or put out by the Zoho Books Trigger. */
export function readBooksRecord(record: JsonObject): BooksSourceRecord {
	const { idField, resource } = identify(record);
	// A single payment calls it updated_time.
	const modified =
		textAt(record, resource?.modifiedField ?? 'last_modified_time') || textAt(record, 'updated_time');
	const shared = { id: idField ? textAt(record, idField) : '', ...(modified === '' ? {} : { modified }) };
	const comparable = [...(resource?.comparable ?? [])];
	if (idField === 'contact_person_id') {
		const parent = textAt(record, 'contact_id');
		return {
			...shared,
			source: record,
			sourceFields: [...comparable, ...contactPaths(record, comparable)],
			...(parent === '' ? {} : { booksParent: parent }),
		};
	}
	if (idField === 'contact_id' && record.contact_type === 'vendor') {
		const paths = (booksResources.contactPerson?.comparable ?? []).filter((path) => !path.startsWith('is_'));
		const source = withPrimaryPerson(record, paths);
		return { ...shared, source, sourceFields: [...comparable, ...paths.map(primaryPath)] };
	}
	return { ...shared, source: record, sourceFields: comparable };
}

function identify(record: JsonObject): { idField?: string; resource?: BooksResource | undefined } {
	const has = (field: string) => !isBlank(record[field]);
	const known = Object.values(booksResources);
	if (!has('contact_person_id')) {
		const told = booksResources[textAt(record, '_event.resource')];
		if (told && has(told.idField)) return { idField: told.idField, resource: told };
	}
	const own = ownIdsFirst.find(has);
	if (own) return { idField: own, resource: known.find(({ idField }) => idField === own) };
	// Of other kinds the record's own id stands first, before those of what it refers to.
	const first = Object.keys(record).find((key) => key.endsWith('_id') && has(key));
	const other = known.find(({ idField }) => idField === first);
	return other ? { idField: other.idField, resource: other } : {};
}

/** Fields of its contact that a person who is the customer brings along: an object with its contact's address has them. */
function contactPaths(person: JsonObject, own: string[]): string[] {
	return (booksResources.contact?.comparable ?? []).filter((path) => {
		const whole = person[path.split('.')[0] as string];
		return !own.includes(path) && whole !== undefined && whole !== null && whole !== '';
	});
}

function textAt(record: JsonObject, path: string): string {
	const value = getPath(record, path);
	return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
