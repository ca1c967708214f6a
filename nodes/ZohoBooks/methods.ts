/** What the node's fields look up in the account. */

import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import { contact } from '../../zoho/books/contact';
import { currency } from '../../zoho/books/currency';
import { customerPayment } from '../../zoho/books/customerPayment';
import { estimate } from '../../zoho/books/estimate';
import { invoice } from '../../zoho/books/invoice';
import { item } from '../../zoho/books/item';
import { booksRoot, needsOf } from '../../zoho/books/read';
import type { BooksResource } from '../../zoho/books/resource';
import { tax } from '../../zoho/books/tax';
import { asObject, objectsOf, text } from '../../zoho/json';
import type { JsonObject, QueryValues } from '../../zoho/types';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/errors';
import { resources } from './resources';
import { chartOfAccount } from './resources/chartOfAccount';

async function pageOf(context: ILoadOptionsFunctions, resource: BooksResource, query: QueryValues): Promise<JsonObject> {
	try {
		const organizationId = text(context.getCurrentNodeParameter('organizationId'));
		const client = await connect(context, 'books', { organizationId });
		const reply = await client.request({
			method: 'GET',
			path: booksRoot + resource.path,
			query: { ...resource.everything, per_page: 200, ...query },
			subject: `the list of ${resource.label.toLowerCase()}s`,
			...needsOf(resource, 'READ'),
		});
		return asObject(reply.body);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

type Search = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: unknown) => Promise<INodeListSearchResult>;

/** A search in a list, 200 records at a time. `parameter` is what Zoho calls the filter (at most 100 characters). */
function searchIn(resource: BooksResource, parameter: string, nameOf: (row: JsonObject) => string, always: QueryValues = {}): Search {
	return async function (filter = '', paginationToken) {
		const page = Number(paginationToken ?? 1);
		const wanted = filter.trim().slice(0, 100);
		const body = await pageOf(this, resource, { ...always, page, ...(wanted && { [parameter]: wanted }) });
		return {
			results: objectsOf(body[resource.listKey]).map((row) => ({ name: nameOf(row), value: text(row[resource.idField]) })),
			...(asObject(body.page_context).has_more_page === true && { paginationToken: String(page + 1) }),
		};
	};
}

const words = (...parts: unknown[]): string => parts.map(text).filter(Boolean).join(' · ');
/** A customer and a vendor may have the same name. */
const contactName = (row: JsonObject): string =>
	row.contact_type === 'vendor' ? `${text(row.contact_name)} (vendor)` : text(row.contact_name);

export const listSearch = {
	searchContacts: searchIn(contact, 'contact_name_contains', contactName),
	searchCustomers: searchIn(contact, 'contact_name_contains', (row) => text(row.contact_name), { contact_type: 'customer' }),
	searchCustomerPayments: searchIn(customerPayment, 'search_text', (row) =>
		words(row.payment_number, row.customer_name, row.date, row.amount),
	),
	searchEstimates: searchIn(estimate, 'search_text', (row) => words(row.estimate_number, row.customer_name)),
	searchInvoices: searchIn(invoice, 'search_text', (row) => words(row.invoice_number, row.customer_name)),
	searchItems: searchIn(item, 'name_contains', (row) => words(row.name, row.sku)),
	searchRecords,
	searchVendors: searchIn(contact, 'contact_name_contains', (row) => text(row.contact_name), { contact_type: 'vendor' }),
};

/** The resource that the node works on. */
function chosenResource(context: ILoadOptionsFunctions): BooksResource | undefined {
	const name = text(context.getCurrentNodeParameter('resource'));
	return resources.find(({ value }) => value === name)?.books;
}

/** A search in the list of the resource that the node works on; where Zoho has no filter for it, in the page at hand. */
async function searchRecords(this: ILoadOptionsFunctions, filter = '', paginationToken?: unknown): Promise<INodeListSearchResult> {
	const resource = chosenResource(this);
	if (!resource) return { results: [] };
	const { searchFilter, displayField } = resource;
	const nameOf = (row: JsonObject) => words(row[displayField], row.customer_name ?? row.vendor_name, row.date);
	const found = await searchIn(resource, searchFilter ?? '', nameOf).call(this, searchFilter ? filter : '', paginationToken);
	if (searchFilter) return found;
	const wanted = filter.trim().toLowerCase();
	return { ...found, results: found.results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

const byName = (one: INodePropertyOptions, other: INodePropertyOptions) => one.name.localeCompare(other.name);

/** Custom fields of contacts by API name. Books has no list of them: these are the ones that the 200 contacts changed last have a value in. */
export async function getContactCustomFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await customFieldsOf(this, contact, 'api_name');
}

/** The same by id, which is what Zoho documents, for the resource that the node works on. Lists that do not show custom fields give none. */
export async function getCustomFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const resource = chosenResource(this);
	return resource ? await customFieldsOf(this, resource, 'customfield_id') : [];
}

/** Custom fields by API name, as *Create or Update* takes them, for the resource that the node works on. */
export async function getUniqueFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const resource = chosenResource(this);
	return resource ? await customFieldsOf(this, resource, 'api_name') : [];
}

async function customFieldsOf(
	context: ILoadOptionsFunctions,
	resource: BooksResource,
	key: 'api_name' | 'customfield_id',
): Promise<INodePropertyOptions[]> {
	const { sortByModified, modifiedField, newestColumn } = resource;
	const column = sortByModified === true ? modifiedField : newestColumn;
	const body = await pageOf(context, resource, column ? { sort_column: column, sort_order: 'D' } : {});
	const labels = new Map<string, string>();
	for (const row of objectsOf(body[resource.listKey])) {
		for (const field of objectsOf(row.custom_fields)) {
			const value = text(field[key]) || text(field.api_name);
			if (value !== '') labels.set(value, text(field.label) || value);
		}
	}
	return [...labels].map(([value, name]) => ({ name, value })).sort(byName);
}

/** A choice among all records of a list. A page that says nothing new is the last, whatever it says about a next one. */
function choiceOf(resource: BooksResource, nameOf: (row: JsonObject) => string) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const names = new Map<string, string>();
		for (let page = 1, more = true; more; page++) {
			const known = names.size;
			const body = await pageOf(this, resource, { page });
			for (const row of objectsOf(body[resource.listKey])) names.set(text(row[resource.idField]), nameOf(row));
			more = asObject(body.page_context).has_more_page === true && names.size > known;
		}
		return [...names].map(([value, name]) => ({ name, value })).sort(byName);
	};
}

/** Taxes and tax groups. */
export const getTaxes = choiceOf(tax, (row) => `${text(row.tax_name)} (${text(row.tax_percentage)} %)`);
export const getCurrencies = choiceOf(currency, (row) => text(row.currency_code));
/** The chart of accounts, banks and cards in it. */
export const getAccounts = choiceOf(chartOfAccount.books, (row) => words(row.account_name, row.account_code));
