/**
 * Words of the sync. Everything in this folder is pure: plain values in, plain values out; no I/O, no clock, no n8n, no zoho.
 */

import type { Learned } from './learned';

export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
/** Dot path → value (`billing_address.city`). */
export type Fields = { [path: string]: Json };

/** Which system a record belongs to. A sync always goes from a source to a target. */
export type Side = 'books' | 'crm';

/**
 * The sync mark: what both records looked like when they last agreed. It is kept as JSON in the CRM field `Zoho_Books_Sync`.
 * It is a cache of knowledge, never the truth: without it, values are compared.
 */
export interface SyncMark {
	version: 1;
	/** Books' `last_modified_time` seen at the last sync, ISO 8601 as Books wrote it. */
	booksModified?: string;
	/** Paths of the Books fields that the write from CRM at `booksModified` changed, with spaces between: what shows them as written is no state from before it. */
	booksWritten?: string;
	/** CRM's `Modified_Time` of the newest state of the CRM record that was carried over to Books, as CRM wrote it. */
	crmModified?: string;
	/** Books contact (customer) that a contact person belongs to, so that one write suffices later. */
	booksParent?: string;
	/** Path of a Books field → short hash of its normalised value. */
	books: Record<string, string>;
	/** API name of a CRM field → short hash of its normalised value. */
	crm: Record<string, string>;
	/** API name of a CRM field → hashes of values that were on their way to Books when this was written, see sync/announced.ts. */
	announced?: Record<string, string> | undefined;
	/** Who announced last, and until when nobody else makes a Books record of this one, see `carrierOf`. */
	carrier?: string | undefined;
}

/** Who wins where both sides changed the same field since they last agreed. */
export type ConflictPolicy = 'eventSide' | 'newest' | 'books' | 'crm' | 'review';

/** One field that the target should get. */
export interface FieldChange {
	field: string;
	from: Json;
	to: Json;
}

export interface FieldConflict {
	field: string;
	source: Json;
	target: Json;
	/** How the policy settled it. */
	settled: 'source' | 'target' | 'review';
}

export type MatchAction = 'new' | 'changed' | 'unchanged' | 'review';

/** How a candidate may be found, in order of strength. */
export interface MatchRule {
	kind: 'recordId' | 'externalId' | 'email' | 'field';
	/** Target field that is compared (`id`, `Zoho_Books_ID`, `Email`, …). */
	field: string;
	/** The source's value; an empty one skips the rule for that item. */
	value: Json;
}

/** How a contact person is recognised in the contact that Books returns after a write. */
export interface PersonRef {
	/** `contact_person_id`, where known before the write. */
	id?: string;
	/** Position in the written `contact_persons`; absent when this person is not written. */
	index?: number;
	email: string;
	firstName: string;
	lastName: string;
}

/** A CRM record that took part in an item, so that link and mark can be written to it afterwards. */
export interface CrmSource {
	module: string;
	id: string;
	/** Set when the CRM record stands for one contact person of the Books contact; absent when it stands for the contact itself. */
	person?: PersonRef;
	/** The mark to write once the Books ids are known. Its `books` paths are relative to the contact or to the person. */
	mark: SyncMark;
	/** False when link and mark on the record are already right. */
	write: boolean;
	/** The link the record holds now; '' when none. */
	link: string;
	/** Short hash of the mark that the record held when this was decided: tells whether another execution has written one since. */
	seen: string;
	/** Fields on which the decision agreed anew; absent: whatever the mark knows. */
	learned?: Learned;
	/** Short hash of the mark that Match has written since, to announce the write to Books. */
	announcement?: string;
	/** CRM's `Modified_Time` of the record when it was read, or announced. */
	asOf?: string;
	/** Field of the written Books record that becomes the link; absent: `contact_id`. */
	idField?: string;
}

/** What Zoho Match puts under `match` on every item it puts out. The item's `record` is what the write node sends. */
export interface MatchResult {
	action: MatchAction;
	/** Target record; absent for `new`. */
	id?: string;
	/** The rule that found it (`externalId Zoho_Books_ID`). */
	rule?: string;
	changes: FieldChange[];
	conflicts: FieldConflict[];
	/** One sentence a person understands: why this action. */
	reason: string;
	/** The mark after the write (CRM targets carry it in `record.Zoho_Books_Sync` too). */
	mark: SyncMark;
	/** Only for Books targets: the CRM records to write link and mark to. */
	sources?: CrmSource[];
	/** Every input item that went into this one; the first is the one it is paired with. */
	inputs?: number[];
	/** Candidates, for review: id and a display name. */
	candidates?: Array<{ id: string; name: string }>;
}
