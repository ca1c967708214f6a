import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, faults, refuse } from './errors.mts';
import type { ModuleState } from './org.mts';
import { render } from './render.mts';
import { compareIds, type StoredRecord } from './store.mts';
import { writeTime } from './times.mts';

/**
 * Lists and single records. Source: https://www.zoho.com/crm/developer/docs/api/v8/get-records.html and Zoho's OpenAPI file for
 * records.
 */

const mostFields = 50;
const wall = 2000;
const mostByToken = 100_000;
const tokenLife = 24 * 3_600_000;
const longestList = 1024;

type SortField = 'id' | 'Created_Time' | 'Modified_Time';
const sortFields: readonly SortField[] = ['id', 'Created_Time', 'Modified_Time'];

/** Where a page_token goes on: after the record that was last. */
export interface Bookmark {
	/** The parameters it is bound to, and the user. */
	bound: string;
	expires: number;
	rows: number;
	last: { id: string; modified: number; write: number };
}

/** `fields`: demanded for lists, at most 50 names. */
export function fieldsOf(call: CrmCall): string[] {
	const text = call.query('fields');
	if (text === undefined)
		return refuse(400, 'REQUIRED_PARAM_MISSING', 'required param is missing', { param_name: 'fields' });
	const names = text
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
	if (names.length > mostFields)
		refuse(400, 'LIMIT_EXCEEDED', 'limit exceeded', { limit: mostFields, param_name: 'fields' });
	if (text.length > longestList)
		refuse(400, 'INVALID_DATA', 'invalid data', { maximum_length: longestList, param_name: 'fields' });
	return names;
}

interface Listing {
	fields: string[];
	perPage: number;
	sortBy: SortField;
	descending: boolean;
	since: number | undefined;
	ids: Set<string> | undefined;
	/** Leads that were converted: `true` only those, `both` these too; else they are hidden. */
	converted: string;
	bound: string;
}

function listingOf(call: CrmCall, moduleName: string): Listing {
	const fields = fieldsOf(call);
	const { perPage } = call.paging();
	const sortBy = (call.query('sort_by') ?? 'id') as SortField;
	if (!sortFields.includes(sortBy))
		refuse(400, 'INVALID_DATA', 'invalid data', { param_name: 'sort_by', supported_values: sortFields });
	const order = call.query('sort_order') ?? 'desc';
	if (order !== 'asc' && order !== 'desc')
		refuse(400, 'INVALID_DATA', 'invalid data', {
			param_name: 'sort_order',
			supported_values: ['asc', 'desc'],
		});
	if (call.query('cvid') !== undefined)
		refuse(400, 'INVALID_DATA', 'the id given seems to be invalid', { param_name: 'cvid' });
	const since = call.time('if-modified-since');
	const converted = call.query('converted') ?? 'false';
	if (!['true', 'false', 'both'].includes(converted))
		refuse(400, 'INVALID_DATA', 'invalid data', { param_name: 'converted' });
	const ids = call.query('ids');
	if (ids !== undefined && ids.length > longestList)
		refuse(400, 'INVALID_DATA', 'invalid data', { maximum_length: longestList, param_name: 'ids' });
	return {
		fields,
		perPage,
		sortBy,
		descending: order === 'desc',
		since,
		converted,
		ids: ids === undefined ? undefined : new Set(ids.split(',').map((id) => id.trim())),
		bound: JSON.stringify([
			moduleName,
			call.user.id,
			fields,
			perPage,
			sortBy,
			order,
			since ?? null,
			ids ?? null,
			converted,
		]),
	};
}

/** The listed records in order, from the start or after a bookmark. */
function* listed(module: ModuleState, listing: Listing, after?: Bookmark['last']): Generator<StoredRecord> {
	const { descending, sortBy, ids, since = -Infinity, converted } = listing;
	const wanted = (record: StoredRecord) =>
		record.modified > since &&
		(!ids || ids.has(record.id)) &&
		(converted === 'both' || (record.values['$converted'] === true) === (converted === 'true'));
	if (sortBy === 'Modified_Time') {
		const records = descending
			? module.store.byModified(true, since, after?.modified)
			: module.store.byModified(false, Math.max(since, after?.modified ?? -Infinity));
		const passed = (record: StoredRecord) =>
			after !== undefined &&
			record.modified === after.modified &&
			(descending ? record.write >= after.write : record.write <= after.write);
		for (const record of records) if (wanted(record) && !passed(record)) yield record;
		return;
	}
	if (ids) {
		const sign = descending ? -1 : 1;
		const found = [...ids]
			.map((id) => module.store.get(id))
			.filter((record) => record !== undefined)
			.filter((record) => wanted(record) && (!after || sign * compareIds(record.id, after.id) > 0));
		yield* found.sort((a, b) => sign * compareIds(a.id, b.id));
		return;
	}
	// Ids are given in the order of creation, so that both orders are one.
	const range = after ? (descending ? { below: after.id } : { above: after.id }) : {};
	for (const record of module.store.byId(descending, range)) if (wanted(record)) yield record;
}

function resume(call: CrmCall, listing: Listing): Bookmark | undefined {
	const token = call.query('page_token');
	if (token === undefined) return undefined;
	if (call.query('page') !== undefined) {
		refuse(400, 'AMBIGUITY_DURING_PROCESSING', 'ambiguity while processing the request', {
			ambiguity_due_to: [{ param_name: 'page' }, { param_name: 'page_token' }],
		});
	}
	const bookmark = call.org.bookmarks.get(token);
	if (!bookmark || bookmark.bound !== listing.bound) {
		refuse(
			400,
			'TOKEN_BOUND_DATA_MISMATCH',
			'The page_token given seems to be invalid or input param is added or altered or deleted',
			{ param_name: 'page_token' },
		);
	}
	if (bookmark.expires <= call.org.now())
		refuse(400, 'EXPIRED_VALUE', 'the page_token has expired', { param_name: 'page_token' });
	if (bookmark.rows + listing.perPage > mostByToken)
		refuse(400, 'PAGINATION_LIMIT_EXCEEDED', 'pagination limit exceeded', { limit: mostByToken });
	return bookmark;
}

function mark(
	call: CrmCall,
	listing: Listing,
	last: StoredRecord,
	rows: number,
): { token: string; expires: number } {
	const { org } = call;
	const book = org.bookmarks;
	for (const [token, { expires }] of book) if (expires <= org.now()) book.delete(token);
	const token = `${org.newId()}${org.newId()}`;
	const expires = org.now() + tokenLife;
	book.set(token, {
		bound: listing.bound,
		expires,
		rows,
		last: { id: last.id, modified: last.modified, write: last.write },
	});
	return { token, expires };
}

/** `GET /{module}`: 204 when there is none, 304 when nothing changed since If-Modified-Since. */
export function listRecords(call: CrmCall, module: ModuleState): SimResponse {
	const listing = listingOf(call, module.spec.name);
	const bookmark = resume(call, listing);
	const page = bookmark ? Math.floor(bookmark.rows / listing.perPage) + 1 : call.paging().page;
	if (!bookmark && page * listing.perPage > wall) {
		refuse(
			400,
			'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
			'You can only get the first 2000 records without using page_token param',
			{ limit: wall },
		);
	}
	const skip = bookmark ? 0 : (page - 1) * listing.perPage;
	const found: StoredRecord[] = [];
	let position = 0;
	let more = false;
	for (const record of listed(module, listing, bookmark?.last)) {
		if (position++ < skip) continue;
		if (found.length === listing.perPage) {
			more = true;
			break;
		}
		found.push(record);
	}
	const last = found.at(-1);
	if (!last) return { status: listing.since === undefined ? 204 : 304 };
	const following = more ? mark(call, listing, last, (page - 1) * listing.perPage + found.length) : undefined;
	return {
		status: 200,
		json: {
			data: found.map((record) => render(call.org, module, record, listing.fields)),
			info: {
				...(module.spec.name === 'Notes' ? {} : { call: false, email: false }),
				per_page: listing.perPage,
				next_page_token: following?.token ?? null,
				count: found.length,
				sort_by: listing.sortBy,
				page,
				previous_page_token: bookmark ? (call.query('page_token') ?? null) : null,
				page_token_expiry: following ? writeTime(following.expires, call.org.timeZone) : null,
				sort_order: listing.descending ? 'desc' : 'asc',
				more_records: more,
			},
		},
	};
}

/** Refuses what cannot be a record id. */
export function checkId(id: string): void {
	if (!/^\d{1,19}$/.test(id)) throw new CrmRefusal(400, faults.badId({ resource_path_index: 1 }));
}

/** `GET /{module}/{id}`: the whole record, or 204. */
export function getRecord(call: CrmCall, module: ModuleState, id: string): SimResponse {
	checkId(id);
	const record = module.store.get(id);
	if (!record) return { status: 204 };
	const since = call.time('if-modified-since');
	if (since !== undefined && record.modified <= since) return { status: 304 };
	const fields = call
		.query('fields')
		?.split(',')
		.map((name) => name.trim());
	const shown = render(call.org, module, record);
	const data = fields
		? Object.fromEntries(Object.entries(shown).filter(([name]) => name === 'id' || fields.includes(name)))
		: shown;
	return { status: 200, json: { data: [data] } };
}
