/**
 * What passes between `zoho/` and whoever uses it. Nothing here knows n8n: HTTP, clock, sleep and chance are handed in.
 */

export type ZohoProduct = 'books' | 'crm';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type JsonValue =
	string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue | undefined };
export type JsonObject = { [key: string]: JsonValue | undefined };

export type QueryValues = Record<string, string | number | boolean | undefined>;

/** A file on its way to Zoho or from it. */
export interface ZohoFile {
	name: string;
	/** Such as `application/pdf`; '' where it is not known. */
	mimeType: string;
	content: Uint8Array;
}

/** One API call as its caller means it. */
export interface ZohoCall {
	method: HttpMethod;
	/** From the API domain on: `/books/v3/contacts`, `/crm/v8/Contacts`. Never a host: the host is the token's `api_domain`. */
	path: string;
	/** Another server of the same data centre, as the table of hosts has it: the one that takes files of bulk jobs, or hands out their results. */
	host?: 'content' | 'downloads';
	query?: QueryValues;
	headers?: Record<string, string>;
	body?: JsonValue;
	/** In place of a body: makes it from what Zoho holds, anew before each sending and shortly before it. What it asks Zoho for are calls of their own. */
	freshBody?: () => Promise<JsonValue>;
	/** Sent as a part of a form, in place of a body; the part is called `file` where it has no name. */
	file?: ZohoFile & { part?: string };
	/** Text parts of a form, in place of a body; a file goes after them. */
	form?: Record<string, string>;
	/** A success brings a file: it is in the reply's `file`. */
	wantsFile?: boolean;
	/**
	 * May the call be sent again when it is unknown whether Zoho carried it out (network error, 5xx)?
	 * Default: everything but POST.
	 */
	repeatable?: boolean;
	/** The record the call is about, in words a person recognises (`contact "Acme"`, `Contacts 4876…`), for error messages. */
	subject?: string;
	/** The OAuth scope that the call needs, for the message when Zoho refuses it. */
	scope?: string;
	/** The lowest plan of Zoho that has what the call is about, for the same message; absent where every plan has it. */
	plan?: string;
}

/** What came back. `body` is parsed JSON, or undefined for an empty answer (204, 304) and beside a file. Header names are lower case. */
export interface ZohoReply {
	status: number;
	headers: Record<string, string>;
	body: JsonValue | undefined;
	/** For calls with `wantsFile` that succeeded. */
	file?: ZohoFile;
	/** The call was sent before, without an answer that tells what became of it: this answer may show its work. */
	mayBeDone?: boolean;
}

/** What a failed call asks of the caller. The order is from "wait" to "give up". */
export type ErrorIntent =
	| 'retry' // passing: rate limit per minute, concurrency, 5xx, network
	| 'reauthorise' // the token is stale or lacks a scope
	| 'quota' // the day's calls are used up: stop until `resetsAt`
	| 'duplicate' // Zoho already has such a record (`existingId` where Zoho tells it)
	| 'gone' // the record does not exist (any more)
	| 'changed' // the record was changed since it was read (412)
	| 'unavailable' // edition, plan or permission does not include this
	| 'invalid'; // anything else the caller must correct

/** Several of these can stand in one answer: CRM answers per record. */
export interface ZohoFault {
	intent: ErrorIntent;
	/** Zoho's own code: `3062`, `DUPLICATE_DATA`, or `network`/`http-503` where Zoho gave none. */
	code: string;
	/** Zoho's own words. */
	message: string;
	/** What to do about it, for a person. */
	remedy: string;
	/** API name of the field at fault. */
	field?: string;
	/** Position in the list that was sent (CRM bulk writes). */
	index?: number;
	/** Id of the record at fault, where Zoho tells it. */
	recordId?: string;
	existingId?: string;
	/** Epoch milliseconds. */
	resetsAt?: number;
	/** Milliseconds Zoho asked to wait. */
	retryAfter?: number;
	/** It is unknown whether Zoho carried the call out: look before sending it again. */
	outcomeUnknown?: boolean;
}

/** The world as the request path needs it. */
export interface Surroundings {
	/** Epoch milliseconds. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
	/** In [0, 1). */
	random(): number;
	/** For people reading n8n's log. Never receives a token, secret or record content. */
	log?(level: 'debug' | 'info' | 'warn', message: string): void;
}

/** One authorised connection to one product of one data centre. n8n's side of the seam implements it. */
export interface Connection {
	product: ZohoProduct;
	/** Identifies the consent for the per-process guards: the credential's id and a hash of its refresh token, never a token. */
	key: string;
	/** `https://www.zohoapis.eu`, already checked against the data-centre table. */
	apiDomain: string;
	/** Sent as `organization_id` on every Books call but `/organizations`. */
	organizationId?: string;
	/** Books: how many of the organization's calls a minute this process may take; absent = the process's own default. */
	callsPerMinute?: number;
	/** How many calls this process may have under way at once; absent = the process's own default. */
	callsInFlight?: number;
	/** Epoch milliseconds, where known. `exchange` keeps it up to date when it refreshes. */
	tokenExpiresAt?: number;
	/**
	 * One HTTP exchange with the present token. `url` is complete: query and `organization_id` included. Resolves for every HTTP status;
	 * rejects only when no answer came (or, with a ZohoError, when the call cannot be sent at all).
	 */
	send(call: ZohoCall & { url: string }): Promise<ZohoReply>;
	/** Gets a new access token and keeps it; resolves with its expiry. Rejects with a ZohoError that explains. */
	refreshToken(): Promise<{ expiresAt: number }>;
}
