/**
 * The seams of the simulated Zoho. The simulator is one object graph in memory (`World`) and one function from request to
 * answer (`Simulator.handle`); the intercepting proxy, the control API and the tests all go through that function.
 * Nothing here imports the product.
 */

export interface SimRequest {
	method: string;
	/** Full URL with the production host: `https://www.zohoapis.eu/books/v3/contacts?organization_id=…`. */
	url: URL;
	/** Lower-case names. */
	headers: Record<string, string>;
	body: Buffer;
}

export type SimResponse =
	| {
			status: number;
			headers?: Record<string, string>;
			json?: unknown;
			text?: string;
			/** A file. */ bytes?: Buffer;
	  }
	/** The connection breaks: before anything was answered. */
	| { cut: true };

/** One simulated Zoho server: accounts, Books or CRM. */
export interface Service {
	name: 'accounts' | 'books' | 'crm';
	owns(url: URL): boolean;
	/** Answers; what the call log cannot tell from the outside goes into `note`. */
	handle(request: SimRequest, note: CallNote): Promise<SimResponse> | SimResponse;
}

/** What a service adds to the line of the call log. Unset parts are derived from request and answer. */
export interface CallNote {
	organization?: string;
	kind?: CallEntry['kind'];
	records?: number;
	code?: string;
	/** Query parameters that Zoho does not know and passes over in silence. */
	ignored?: string[];
	/** Body fields that Zoho does not know and passes over in silence. */
	ignoredFields?: string[];
}

/** Data centres by Zoho's `location` code. */
export type Location = 'us' | 'eu' | 'in' | 'au' | 'jp' | 'ca' | 'cn' | 'sa' | 'uk' | 'ae';

/** One line of the call log: what the product did to Zoho. */
export interface CallEntry {
	n: number;
	at: number;
	service: 'accounts' | 'books' | 'crm';
	location: Location;
	/** Books organization id or CRM zgid, '' where there is none. */
	organization: string;
	method: string;
	path: string;
	/** Query without values that are secret. */
	query: string;
	status: number | 'cut';
	/** Zoho's error code in the answer. */
	code?: string;
	/** Reads and writes are counted apart. COQL and GET are reads; token calls are neither. */
	kind: 'read' | 'write' | 'token';
	/** Records in the request (CRM bulk writes), else 1 for a write. */
	records: number;
	/** Query parameters that Zoho does not know and passes over in silence: a slip of the caller's. */
	ignored?: string[];
	/** Body fields that Zoho does not know and passes over in silence: a slip of the caller's. */
	ignoredFields?: string[];
	/** The misbehaviour that hit it, when it was told to: such an answer is not the caller's fault. */
	fault?: Fault['what'];
}

/** What a person does in Zoho's own screens: fires the same webhooks and notifications as the API does. */
export interface DeskAction {
	system: 'books' | 'crm';
	location: Location;
	/**
	 * Books: `contacts`, `contactpersons`, `invoices` and the other documents of `books/documentKinds.mts`, and the collections of `books/moneyDesk.mts`; CRM: module API
	 * name.
	 */
	collection: string;
	/**
	 * Books has more: the states of a document, such as `sent` and `void` of an invoice, `published` of a journal, `active` and `inactive` for items and accounts; `refund` gives back a part of a payment.
	 */
	action:
		| 'create'
		| 'update'
		| 'delete'
		| 'void'
		| 'sent'
		| 'open'
		| 'billed'
		| 'cancelled'
		| 'published'
		| 'draft'
		| 'accepted'
		| 'declined'
		| 'active'
		| 'inactive'
		| 'refund';
	id?: string;
	record?: Record<string, unknown>;
	/** CRM, create: many at once, as another integration writes them. Watchers are told of all of them in one notification. */
	records?: ReadonlyArray<Record<string, unknown>>;
	/** Books `contactpersons` create: the contact it belongs to. CRM: a record on whose list it is put, such as the Deal of a Product. */
	parent?: string;
	/** Books organization id or CRM zgid, where a data centre has several tenants; default the first. */
	organization?: string;
	/** The change arrives by an import or another Zoho app: Books' workflow rules do not fire for those. */
	silent?: boolean;
}

/** Misbehaviour, told through the control API. Rules are looked at in order; each counts down `times`. */
export interface Fault {
	/** Which traffic: calls to the simulator, or deliveries from it. */
	on: 'call' | 'delivery';
	service?: 'accounts' | 'books' | 'crm';
	/** Part of the path (calls) or of the notify URL (deliveries). */
	path?: string;
	method?: string;
	/** 'lost-answer': the work is done, then the connection breaks. 'drop', 'double', 'delay', 'reorder' are for deliveries. */
	what: 'status' | 'cut' | 'lost-answer' | 'drop' | 'double' | 'delay' | 'reorder';
	/** For 'status'. 429 answers use `code`: Books 44 (minute), 45 (day), 1070 (concurrency); CRM TOO_MANY_REQUESTS. */
	status?: number;
	code?: string | number;
	/** Milliseconds, for 'delay'. */
	delay?: number;
	/** How often it happens; default 1, Infinity as -1. */
	times?: number;
	/** Chance in [0,1] per match; default 1. Drawn from the world's seeded generator. */
	chance?: number;
}

/** One simulated customer: a Books organization or a CRM org in one data centre. */
export interface TenantOptions {
	location: Location;
	books?: {
		organizationId?: string;
		name?: string;
		plan?: 'free' | 'standard' | 'professional' | 'premium' | 'elite' | 'ultimate';
		timeZone?: string;
		currency?: string;
		taxes?: Array<{ name: string; percentage: number }>;
		/** Prices of documents include tax. */
		inclusiveTax?: boolean;
		/** Where taxes are rounded: on each line, or once per tax of a document (Zoho's default). */
		taxRounding?: 'item_level' | 'entity_level';
		/** Units of the base currency for one of the other, by its code. */
		exchangeRates?: Record<string, number>;
		/** The native Books–CRM integration is on: contacts carry zcrm ids. */
		nativeCrmSync?: boolean;
		/** Custom fields; an administrator makes them, there is no API for it. */
		customFields?: Array<{
			/** Whose field it is; default those of contacts. */
			entity?:
				| 'contact'
				| 'item'
				| 'customerpayment'
				| 'vendorpayment'
				| 'project'
				| 'invoice'
				| 'estimate'
				| 'salesorder'
				| 'creditnote'
				| 'purchaseorder'
				| 'bill'
				| 'vendorcredit'
				| 'account'
				| 'journal'
				| 'expense';
			/** `cf_crm_id` */
			apiName: string;
			label: string;
			dataType?: 'string' | 'number' | 'check_box' | 'date' | 'email' | 'url';
			/** "Prevent duplicate values" is on. */
			unique?: boolean;
		}>;
	};
	crm?: {
		zgid?: string;
		name?: string;
		edition?: 'free' | 'standard' | 'professional' | 'enterprise' | 'ultimate';
		timeZone?: string;
		/** Home currency; default the one of `currencies` whose rate is 1, else USD. */
		currency?: string;
		/** Several currencies, from Enterprise on: `exchange_rate` is in units of each for one unit of the home currency. */
		currencies?: Array<{
			iso_code: string;
			exchange_rate: number;
			decimal_places?: number;
			is_active?: boolean;
		}>;
		/** Taxes of the organization; `value` in per cent. */
		taxes?: Array<{ name: string; value: number }>;
	};
}

/** Undocumented or configurable points, each tested both ways. */
export interface Switches {
	/** Access-token life in seconds; Zoho: 3600. */
	tokenLifetime: number;
	/** Books webhook signature encoding. Sources disagree. */
	signatureEncoding: 'hex' | 'base64';
	/** Books GET /contacts honours the undocumented last_modified_time filter. */
	contactsModifiedFilter: boolean;
	/** The filter takes rows equal to the value too. */
	modifiedFilterInclusive: boolean;
	/** CRM search-index lag in milliseconds (COQL has none). */
	searchLag: number;
	/** CRM takes new taxes by POST (Zoho's SDK for v2), too; else by PUT only (those for v6 to v8). */
	crmTaxPost: boolean;
	/** Longest channel life in milliseconds that CRM grants; Zoho: a week. */
	channelLife: number;
	/** Bytes that a file on a CRM record may have. Zoho's help says 20 MB in older pages and 100 MB in newer ones. */
	attachmentLimit: number;
	/** Where the title of an attached link is looked for: the page has it among the parameters, the OpenAPI file in the form. */
	attachmentTitle: 'query' | 'form';
	/** Milliseconds that a bulk job takes. */
	bulkTime: number;
	/** Rows that a bulk read job brings; Zoho: 200,000. */
	bulkRowsPerJob: number;
	/** Where the result of a bulk write job is said to be: at an address of another server, as recorded, or at a path of the API host, as the page of version 7 shows. */
	bulkResultAddress: 'address' | 'path';
	/** In which order the result of a bulk write job has the rows: as they were sent, or backwards. Not documented. */
	bulkResultOrder: 'sent' | 'backwards';
	/** Days and times of bulk write in ISO 8601: with their format declared (page "Create Bulk Write Job"), or without ("Kaizen #13"), and then their format is unknown. */
	bulkIsoTimes: 'declared' | 'undeclared';
	/** Text comparison of COQL `=` and `in` ignores case. */
	coqlIgnoresCase: boolean;
	/** Milliseconds until a webhook or notification is sent. */
	deliveryDelay: number;
	/** Calls per minute per Books organization; Zoho: 100. */
	booksPerMinute: number;
	/** Milliseconds from a failed Books delivery to its first retry; doubles each time. Zoho waits minutes. */
	booksRetryDelay: number;
	/** Body of Books webhooks: JSON, or the older form field JSONString. */
	booksWebhookBody: 'json' | 'form';
	/** A payment fires the edit rule of the invoices it pays. Not documented. */
	paymentFiresInvoiceRule: boolean;
	/** Books takes workflow rules for the entity `customerpayment`. Not documented. */
	paymentRules: boolean;
	/** Where rates include tax, a discount on the whole document before tax does so, too; public code takes it for one without. */
	discountWithTax: boolean;
	/** An address in PUT /contacts/{id} replaces the stored one as a whole; else only the keys it holds. Not documented. */
	addressReplaces: boolean;
	/** Answer to writes of one contact person: Zoho's OpenAPI file says a list, its own SDKs read an object. */
	personAnswer: 'object' | 'list';
	/** Milliseconds that every API call takes at least; only a call that takes time can be in flight beside another. */
	latency: number;
	/** Live access tokens per refresh token; one more ends the oldest. Zoho's Books pages say 15, its accounts pages 10. */
	liveTokens: number;
}
