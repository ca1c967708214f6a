/** Reading Books records: lists page by page, and single ones. */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, isObject, numberOf, objectsOf, text } from '../json';
import type { JsonObject, QueryValues, ZohoCall } from '../types';
import type { BooksResource } from './resource';
import { organization } from './organization';

export const booksRoot = '/books/v3';

/** Zoho's largest page (Books v3 "Pagination"). */
export const largestPage = 200;

/** What a list needs to be read; every BooksResource has it. */
export type BooksList = Pick<BooksResource, 'path' | 'listKey'> &
	Partial<Pick<BooksResource, 'label' | 'scope' | 'plan'>>;

/** The scope for one kind of access, for error messages. */
export function scopeOf(
	scope: string | undefined,
	access: 'READ' | 'CREATE' | 'UPDATE' | 'DELETE',
): string | undefined {
	return scope && `ZohoBooks.${scope}.${access}`;
}

/** What one kind of access to a resource needs, for error messages. */
export const needsOf = (
	{ scope, plan }: Partial<Pick<BooksResource, 'scope' | 'plan'>>,
	access: Parameters<typeof scopeOf>[1],
): Pick<ZohoCall, 'scope' | 'plan'> => ({ scope: scopeOf(scope, access), ...(plan && { plan }) });

/** One page of a list. */
export interface BooksPage {
	rows: JsonObject[];
	/** `page_context`: what Zoho says it did, such as `sort_column`; empty where it says nothing. */
	context: JsonObject;
}

/**
 * Rows page by page from `query.page` (default 1) on, until Zoho says `has_more_page: false`; an answer without `page_context` is the only page. At most `limit` rows in all.
 * @throws ZohoError, also when Zoho answers with another page than the one asked for: the list would be incomplete or never end
 */
export async function* bookPages(
	client: ZohoClient,
	list: BooksList,
	query: QueryValues = {},
	limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<JsonObject[]> {
	for await (const { rows } of wholePages(client, list, query, limit)) if (rows.length > 0) yield rows;
}

/** As `bookPages`, with what Zoho says about each page; a last page may be empty. */
export async function* wholePages(
	client: ZohoClient,
	list: BooksList,
	query: QueryValues = {},
	limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<BooksPage> {
	let left = limit;
	for (let page = numberOf(query.page) ?? 1; left > 0; page++) {
		const call: ZohoCall = {
			method: 'GET',
			path: booksRoot + list.path,
			query: { ...query, page, per_page: Math.min(largestPage, limit) },
			subject: `the list of ${list.label ?? list.listKey}`,
			...needsOf(list, 'READ'),
		};
		const reply = await client.request(call);
		const body = asObject(reply.body);
		const context = asObject(body.page_context);
		if (context.page !== undefined && Number(context.page) !== page) {
			const message = `page ${page} was asked for, Books answered with page ${text(context.page)}`;
			throw refusal(call, 'wrong-page', message, 'Run this again.');
		}
		const rows = objectsOf(body[list.listKey]).slice(0, left);
		left -= rows.length;
		yield { rows, context };
		if (context.has_more_page !== true) return;
	}
}

/** The whole record; undefined when it does not exist (any more). */
export async function getBooksRecord(
	client: ZohoClient,
	resource: BooksResource,
	id: string,
): Promise<JsonObject | undefined> {
	const reply = await client.requestIfThere({
		method: 'GET',
		path: `${booksRoot}${resource.path}/${encodeURIComponent(id)}`,
		subject: `${resource.label} ${id}`,
		...needsOf(resource, 'READ'),
	});
	const record = asObject(reply?.body)[resource.recordKey];
	return isObject(record) ? record : undefined;
}

/** The organizations that the connected user belongs to. Needs no organization_id. */
export async function listOrganizations(client: ZohoClient): Promise<JsonObject[]> {
	const organizations: JsonObject[] = [];
	for await (const rows of bookPages(client, organization)) organizations.push(...rows);
	return organizations;
}
