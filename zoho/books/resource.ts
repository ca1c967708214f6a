import type { QueryValues } from '../types';

/** What a Books resource has to say about itself; everything that works on Books records reads it from here. */
export interface BooksResource {
	/** Singular, as n8n's parameter value: `contact`. */
	name: string;
	/** For people: `Contact`. */
	label: string;
	/** Below `/books/v3`: `/contacts`. */
	path: string;
	/** Key of the rows in a list answer. */
	listKey: string;
	/** Key of the record in the answer to a single get, create or update. */
	recordKey: string;
	idField: string;
	displayField: string;
	modifiedField?: string;
	/** Whether the list takes `last_modified_time` as a filter. An undocumented one may be ignored by Zoho: compare the rows as well. */
	modifiedFilter: 'documented' | 'undocumented' | 'none';
	/**
	 * Whether the list can be sorted by `last_modified_time`. Undocumented: public clients ask for it, so it may be honoured, ignored or
	 * refused; the answer's `page_context.sort_column` and the rows themselves have to show it.
	 */
	sortByModified: boolean | 'undocumented';
	/** A column that Zoho documents for sorting and that tells which records are new. */
	newestColumn?: string;
	/** What makes the list show every record, where it may leave some out by default. */
	everything?: QueryValues;
	/** The filter of the list that finds records by what people know them by. */
	searchFilter?: string;
	/** The number that Books gives, for documents that have one. Only with a query parameter does it take a given one. */
	numberField?: string;
	/** Where custom fields alone can be written: the singular of `path`, as in `/invoice/{id}/customfields`. */
	customFieldsPath?: string;
	/** Names that webhooks and workflow rules use for it; absent when it has none. */
	webhookEntities?: readonly string[];
	/** List rows lack fields that the single record has. */
	detailNeeded: boolean;
	/** Middle part of the OAuth scope: `ZohoBooks.contacts.READ`. */
	scope: string;
	/** Of calls for which Zoho's files tell another scope than the usual one, by method and what stands below the record: `POST /reject`. */
	otherScopes?: Record<string, string>;
	/** The lowest plan of Zoho Books that has it; absent where every plan does. */
	plan?: string;
	/** Paths of the fields that can be written, as the sync compares them. */
	comparable: readonly string[];
}

/** What holds for resources that no trigger watches and no sync compares. */
export const unwatched = { modifiedFilter: 'none', sortByModified: false, detailNeeded: false, comparable: [] } as const;
