/** The package's nodes as the templates use them. */

import type { Json, NodeSpec, Parameters } from './builder.mts';

type Place = Pick<NodeSpec, 'name' | 'at'> & Partial<NodeSpec>;

const typeOf = (node: string) => `n8n-nodes-zoho-books-crm.${node}`;
const booksAccount = { zohoBooksOAuth2Api: 'Zoho Books account' };
const crmAccount = { zohoCrmOAuth2Api: 'Zoho CRM account' };
/** `Zoho_Books_Sync` is made as a large multi-line field by the set-up. */
export const markLimit = 32_000;

const moduleNamed = (value: string): Json => ({ __rl: true, mode: 'name', value });
const pollEvery5Minutes: Json = { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] };

/** Condition on an item of our triggers: its record was deleted. */
export const isDeleted = "={{ $json._event?.type === 'deleted' }}";

/** Id in a lookup field of the CRM record that *Look Up* has put under `known`. */
export const knownId = (field: string) => `$json.known?.${field}?.id ?? $json.known?.${field}`;

/** `entities`: customers or vendors, of the resource `contact`. */
export function booksTrigger(place: Place, resource: string, entities?: string[]): NodeSpec {
	return {
		...place,
		type: typeOf('zohoBooksTrigger'),
		typeVersion: 1.1,
		webhook: true,
		credentials: booksAccount,
		parameters: {
			pollTimes: pollEvery5Minutes,
			resource,
			...(entities ? { entities } : {}),
			events: ['created', 'updated', 'deleted'],
			options: {},
		},
	};
}

export function crmTrigger(
	place: Place,
	modules: string[],
	fields: readonly string[],
	events: string[] = ['created', 'updated', 'deleted'],
): NodeSpec {
	return {
		...place,
		type: typeOf('zohoCrmTrigger'),
		typeVersion: 1.1,
		webhook: true,
		credentials: crmAccount,
		parameters: {
			pollTimes: pollEvery5Minutes,
			modules,
			events,
			fields: fields.join(', '),
			options: {},
		},
	};
}

export interface Rule {
	kind: 'recordId' | 'externalId' | 'email' | 'field';
	field?: string;
	value: string;
}

interface MatchOptions {
	sourceRecord: string;
	rules: Rule[];
	policy: string;
	/** CRM module of the source, where its record does not tell it. */
	sourceModule?: string;
	newOnlyFields?: string[] | undefined;
	/** Fields that a blank may empty; of the others a blank erases nothing. */
	emptyFields?: string[];
	/** Fields that only tell whether the lists of a record are still right, and are never written. */
	subformCheck?: string[];
	/** The run for which the whole CRM module is read once. */
	wholeModuleFor?: string;
	/** Expression: are the results only looked at? Of what goes to Books. */
	dryRun?: string;
}

/** By the link first of all. */
export const byLink = (value: string): Rule => ({ kind: 'externalId', field: 'Zoho_Books_ID', value });

/** Failed items leave through output 4. */
export function matchCrm(place: Place, module: string, options: MatchOptions): NodeSpec {
	return matchNode(place, { module: moduleNamed(module) }, crmAccount, options);
}

export function matchBooks(
	place: Place,
	options: MatchOptions,
	booksResource: 'contact' | 'item' = 'contact',
): NodeSpec {
	return matchNode(
		place,
		{ target: 'books', ...(booksResource === 'contact' ? {} : { booksResource }) },
		{ ...booksAccount, ...crmAccount },
		options,
	);
}

function matchNode(
	place: Place,
	target: Parameters,
	credentials: Record<string, string>,
	match: MatchOptions,
): NodeSpec {
	const { sourceRecord, rules, policy, sourceModule, wholeModuleFor, dryRun, ...lists } = match;
	const listed = Object.entries(lists).flatMap(([name, fields]) => (fields?.length ? [[name, fields] as const] : []));
	return {
		...place,
		type: typeOf('zohoMatch'),
		typeVersion: 1,
		credentials,
		errorOutput: true,
		parameters: {
			...target,
			sourceRecord,
			...(sourceModule === undefined ? {} : { sourceModule }),
			rules: { rule: rules.map((rule) => ({ ...rule })) },
			policy,
			options: {
				markLimit,
				...Object.fromEntries(listed.map(([name, fields]) => [name, fields.join(', ')])),
				...(wholeModuleFor === undefined ? {} : { wholeModuleFor }),
				...(dryRun === undefined ? {} : { dryRun }),
			},
		},
	};
}

/** Output 0 links, output 1 review, output 2 failed. */
export function link(place: Place, match: string): NodeSpec {
	return {
		...place,
		type: typeOf('zohoMatch'),
		typeVersion: 1,
		credentials: crmAccount,
		errorOutput: true,
		parameters: { operation: 'link', match, options: { markLimit } },
	};
}

/** *Set Aside*: keeps the items for a later execution of the run. */
export const setAside = (place: Place, run: string, batch: string): NodeSpec => memoryOfRun(place, { operation: 'setAside', run, batch });

/** *Take Back*: output 0 has what was set aside; output 1 the item as it came in, where nothing was. */
export const takeBack = (place: Place, run: string, batch: string): NodeSpec => memoryOfRun(place, { operation: 'takeBack', run, batch });

function memoryOfRun(place: Place, parameters: Parameters): NodeSpec {
	return { ...place, type: typeOf('zohoMatch'), typeVersion: 1, parameters };
}

/** Creates or updates: 100 records a call. A doubled delivery finds its record by Zoho_Books_ID, which is unique. */
export function crmUpsert(
	place: Place,
	module: string,
	options: Parameters = {},
	record = '={{ $json.record }}',
): NodeSpec {
	return crmWrite(place, {
		operation: 'upsert',
		module: moduleNamed(module),
		record,
		duplicateCheckFields: ['Zoho_Books_ID'],
		...(Object.keys(options).length > 0 ? { options } : {}),
	});
}

export function crmUpdate(place: Place, module: string): NodeSpec {
	return crmWrite(place, {
		resource: 'record',
		operation: 'update',
		module: moduleNamed(module),
		inputMode: 'json',
		record: '={{ $json.record }}',
		options: {},
	});
}

function crmWrite(place: Place, parameters: Parameters): NodeSpec {
	return {
		...place,
		type: typeOf('zohoCrm'),
		typeVersion: 1,
		credentials: crmAccount,
		errorOutput: true,
		parameters: { ...parameters, inputMode: 'json' },
	};
}

/** *Create or Update* of contacts or items. */
export function booksSave(
	place: Place,
	resource: 'contact' | 'item' = 'contact',
	record = '={{ $json.record }}',
): NodeSpec {
	return {
		...place,
		type: typeOf('zohoBooks'),
		typeVersion: 1,
		credentials: booksAccount,
		errorOutput: true,
		parameters: {
			resource,
			operation: 'upsert',
			inputMode: 'json',
			record,
		},
	};
}

/** *Look Up*: output 0 found (the record's fields under `as`), output 1 not found, output 2 failed. */
export function lookUp(
	place: Place,
	module: string,
	look: { rules: Rule[]; as: string; fields?: string[] },
): NodeSpec {
	return {
		...place,
		type: typeOf('zohoMatch'),
		typeVersion: 1,
		credentials: crmAccount,
		errorOutput: true,
		parameters: {
			operation: 'lookUp',
			module: moduleNamed(module),
			rules: { rule: look.rules.map((rule) => ({ ...rule })) },
			putUnder: look.as,
			fields: (look.fields ?? []).join(', '),
		},
	};
}

/** *Convert Invoice*: output 0 converted (lines and amounts under `crm`), output 1 review, output 2 failed. */
export function convertInvoice(place: Place): NodeSpec {
	return {
		...place,
		type: typeOf('zohoMatch'),
		typeVersion: 1,
		credentials: crmAccount,
		errorOutput: true,
		parameters: { operation: 'convertInvoice', invoice: '={{ $json }}', options: {} },
	};
}

/** *Convert Deal*: output 0 converted (what Books is to be told, under `body`), output 1 review, output 2 failed. */
export function convertDeal(place: Place, parameters: Parameters): NodeSpec {
	return {
		...place,
		type: typeOf('zohoMatch'),
		typeVersion: 1,
		credentials: { ...booksAccount, ...crmAccount },
		errorOutput: true,
		parameters: { operation: 'convertDeal', ...parameters, options: {} },
	};
}

/** *Deal: Record Invoice*: keeps the amounts of the Deal an invoice belongs to; output 1 failed. */
export function recordInvoice(place: Place, parameters: Parameters): NodeSpec {
	return { ...crmRead(place, { resource: 'deal', operation: 'recordInvoice', ...parameters }), errorOutput: true };
}

/** *Note: Create or Update*, one for each title under a record; output 1 failed. */
export function saveNote(
	place: Place,
	note: { module: string; record: string; title: string; content: string },
): NodeSpec {
	return {
		...crmRead(place, {
			resource: 'note',
			operation: 'upsert',
			module: moduleNamed(note.module),
			recordId: { __rl: true, mode: 'id', value: note.record },
			title: note.title,
			content: note.content,
		}),
		errorOutput: true,
	};
}

/** One record of a Books resource; output 1 failed. */
export function booksGet(place: Place, resource: 'contact' | 'invoice', id: string): NodeSpec {
	const locator: Json = { __rl: true, mode: 'id', value: id };
	return {
		...booksRead(place, { resource, operation: 'get', [`${resource}Id`]: locator }),
		errorOutput: true,
	};
}

/** Items by their ids, in one call for many; output 1 failed. */
export function booksItems(place: Place, ids: string): NodeSpec {
	return { ...booksRead(place, { resource: 'item', operation: 'getByIds', itemIds: ids }), errorOutput: true };
}

/** *Create Once*: the document with this reference number, made where there is none; output 1 failed. */
export function createOnce(place: Place, resource: string, record: string): NodeSpec {
	return {
		...booksRead(place, { resource, operation: 'createOnce', inputMode: 'json', record }),
		errorOutput: true,
	};
}

export function crmDelete(place: Place, module: string, id: string): NodeSpec {
	return {
		...crmRead(place, {
			resource: 'record',
			operation: 'delete',
			module: moduleNamed(module),
			recordId: { __rl: true, mode: 'id', value: id },
		}),
		errorOutput: true,
	};
}

export function crmGet(place: Place, module: string, id: string): NodeSpec {
	return {
		...crmRead(place, {
			resource: 'record',
			operation: 'get',
			module: moduleNamed(module),
			recordId: { __rl: true, mode: 'id', value: id },
		}),
		errorOutput: true,
	};
}

export function listBooksOrganizations(place: Place): NodeSpec {
	return booksRead(place, { resource: 'organization', operation: 'getAll', returnAll: true });
}

/** Customers and vendors that the filters of Books' list give. */
export function listBooksContacts(place: Place, filters: Record<string, string>, limit: number): NodeSpec {
	return booksRead(place, { resource: 'contact', operation: 'getAll', limit, filters });
}

/** One part of the list of contacts, `limit` rows from a page of 200 on; output 1 failed. */
export function listBooksPage(
	place: Place,
	filters: Record<string, string>,
	{ limit, page, sortBy }: { limit: string; page: string; sortBy: string },
): NodeSpec {
	const options = { page, sort_column: sortBy, sort_order: 'A' };
	return booksRead(place, { resource: 'contact', operation: 'getAll', limit, filters, options });
}

/** *Add Persons*: contacts as they come in, with their `contact_persons`; output 1 failed. */
export function addPersons(place: Place, run: string): NodeSpec {
	return { ...personsOf(place, { allPersonsFor: run }), errorOutput: true };
}

/** *Add Persons* that only begins: items as they come in. */
export const beginToReadPersons = (place: Place, run: string): NodeSpec => personsOf(place, { allPersonsFor: run, beginOnly: true });

function personsOf(place: Place, options: Parameters): NodeSpec {
	const contactId: Json = { __rl: true, mode: 'id', value: '={{ $json.contact_id }}' };
	return booksRead(place, { resource: 'contact', operation: 'addPersons', contactId, options });
}

function booksRead(place: Place, parameters: Parameters): NodeSpec {
	return { ...place, type: typeOf('zohoBooks'), typeVersion: 1, credentials: booksAccount, parameters };
}

/** Rows of a COQL query that tells its own limit. */
export function crmQuery(place: Place, query: string): NodeSpec {
	return crmRead(place, { resource: 'record', operation: 'query', query, returnAll: true });
}

export function crmOrganization(place: Place): NodeSpec {
	return crmRead(place, { resource: 'organization', operation: 'get' });
}

export function listCrmModules(place: Place): NodeSpec {
	return crmRead(place, { resource: 'module', operation: 'getAll', returnAll: true });
}

/** *Custom Field: Ensure*, for items that tell `module`, `label`, `apiName`, `type` and `unique`: finds the field or makes it. */
export function ensureField(place: Place): NodeSpec {
	return crmRead(place, {
		resource: 'customField',
		operation: 'ensure',
		module: moduleNamed('={{ $json.module }}'),
		apiName: '={{ $json.apiName }}',
		label: '={{ $json.label }}',
		type: '={{ $json.type }}',
		unique: '={{ $json.unique }}',
	});
}

/** *Module: Ensure*: finds the custom module or makes it. */
export function ensureModule(
	place: Place,
	{ apiName, singular, plural }: { apiName: string; singular: string; plural: string },
): NodeSpec {
	return crmRead(place, {
		resource: 'module',
		operation: 'ensure',
		apiName,
		singularLabel: singular,
		pluralLabel: plural,
	});
}

function crmRead(place: Place, parameters: Parameters): NodeSpec {
	return { ...place, type: typeOf('zohoCrm'), typeVersion: 1, credentials: crmAccount, parameters };
}
