/** What goes into the plan of Zoho Match and what comes out. */

import type { ConflictPolicy, JsonObject, MatchAction, MatchResult, MatchRule } from './types';

export interface PlanOptions {
	policy: ConflictPolicy;
	/** May a blank source value erase the target's? Default in the node: false. */
	overwriteBlank: boolean;
	/** Target fields that a blank source value may empty even so. */
	emptyFields?: readonly string[];
	/**
	 * CRM fields whose mapped value is what CRM must arrive at by itself (totals). They are never written; where one differs, the lists of
	 * the record have been changed in CRM.
	 */
	subformCheck?: readonly string[];
	/** Longest text the mark field takes; default `markLimit`. */
	markLimit?: number;
}

/** What Zoho Match puts out for one target. */
export interface PlanEntry {
	output: MatchAction;
	/** The item it is paired with; `match.inputs` holds all that went into it. */
	inputIndex: number;
	/** What the write node sends. For `unchanged` only the target's id; for `review` what would have been written. */
	record: JsonObject;
	match: MatchResult;
	/** Changes were left out that may be the later ones: the record has to be read. */
	isUncertain?: boolean;
}

/** Candidates to look for: every record whose `field` has one of `values`. */
export interface Lookup {
	kind: MatchRule['kind'];
	field: string;
	values: string[];
}

/** One item on its way to CRM. */
export interface CrmItem {
	inputIndex: number;
	/** The mapped record: CRM field names. */
	record: JsonObject;
	rules: MatchRule[];
	/** Id for the CRM record's link field: contact_id for an Account, contact_person_id for a Contact; '' when unknown. */
	link: string;
	/** contact_id that a contact person belongs to. */
	booksParent?: string;
	/** The Books record (contact, or contact person) that the CRM record stands for, as Books returned it. */
	source: JsonObject;
	/** Books' `last_modified_time` of the contact. */
	sourceModified?: string;
	/** See `isFromPayload`. */
	fromPayload?: boolean;
	/** Read before this process wrote to the Books record last: what CRM is said to agree on may be later than what was read. */
	readBefore?: boolean;
	/** Comparable Books paths of the source: fingerprinted when the mark does not know any yet. */
	sourceFields: string[];
}

/** One item on its way to Books. It comes from one CRM record. */
export interface BooksItem {
	inputIndex: number;
	/** The mapped record: Books contact fields, `contact_persons: [person]` for a CRM Contact. */
	record: JsonObject;
	/** For the Books record; kinds recordId (`contact_id`), email (`email`), field (`contact_name`, …). */
	rules: MatchRule[];
	module: string;
	/** Does the CRM record stand for the Books contact (Account), or for one person in it (Contact)? */
	standsFor: 'contact' | 'person';
	/** The CRM record with its id, link field and mark field. */
	source: JsonObject;
	/** ISO date-time, CRM's `Modified_Time`. */
	sourceModified?: string;
	/** It was written over in CRM since it was read; the newer state comes by itself. */
	isOutdated?: boolean;
	/** Comparable CRM fields: fingerprinted when the mark does not know any yet. */
	sourceFields: string[];
	/** The CRM Account of a person; `link` is its link field ('' when it has none). Absent: a person without a company. */
	account?: { id: string; link: string };
}

/** What is known of Books so far. Start with `nothingKnown()`, look up what `needs` tells, and plan again. */
export interface BooksKnowledge {
	/** contact_id → the whole contact with its `contact_persons`; undefined value: looked up, does not exist (any more). */
	contacts: Map<string, JsonObject | undefined>;
	/** contact_person_id → contact_id of its contact; undefined value: looked up, does not exist. */
	persons: Map<string, string | undefined>;
	/** `searchKey(...)` → the contacts found, list rows suffice. */
	searches: Map<string, JsonObject[]>;
	/** Where known: Books id → id of the CRM record that holds it as its link. Candidates of other records are left alone. */
	linkedTo?: Map<string, string>;
}

/** What to look up in Books before the plan is complete. All empty: it is complete. */
export interface BooksNeeds {
	contactIds: string[];
	personIds: string[];
	searches: BooksSearch[];
}

/** Records of Books whose `field` has this value. */
export interface BooksSearch {
	kind: 'email' | 'field';
	field: string;
	value: string;
	/** Only among the contacts of this type: a customer and a vendor may have the same name. */
	contactType?: ContactType;
}

export type ContactType = 'customer' | 'vendor';

export interface BooksPlan {
	/** Complete only when `needs` is empty. */
	entries: PlanEntry[];
	needs: BooksNeeds;
	complete: boolean;
}

export function nothingKnown(): BooksKnowledge {
	return { contacts: new Map(), persons: new Map(), searches: new Map() };
}

/** Key of a search in `BooksKnowledge.searches` and `FlatKnowledge.searches`. */
export function searchKey({ field, value, contactType }: Pick<BooksSearch, 'field' | 'value' | 'contactType'>): string {
	return `${contactType === 'vendor' ? 'vendor ' : ''}${field}=${value}`;
}

/** One item on its way to a Books record that stands for one CRM record: Products and items, Vendors and vendors. */
export type FlatItem = Omit<BooksItem, 'standsFor' | 'account'>;

/** As `BooksKnowledge`, for records of one kind. */
export interface FlatKnowledge {
	/** Books id → the whole record; undefined value: looked up, does not exist (any more). */
	records: Map<string, JsonObject | undefined>;
	searches: Map<string, JsonObject[]>;
	/** Books id → id of the CRM record that holds it as its link; '' when none. */
	linkedTo: Map<string, string>;
}

export interface FlatNeeds {
	ids: string[];
	searches: BooksSearch[];
}

export interface FlatPlan {
	/** Complete only when `needs` is empty. */
	entries: PlanEntry[];
	needs: FlatNeeds;
	complete: boolean;
}

export function noFlatKnowledge(): FlatKnowledge {
	return { records: new Map(), searches: new Map(), linkedTo: new Map() };
}
