/** What the node's fields look up in the account. */

import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import { contact } from '../../zoho/books/contact';
import { customerPayment } from '../../zoho/books/customerPayment';
import { estimate } from '../../zoho/books/estimate';
import { invoice } from '../../zoho/books/invoice';
import { item } from '../../zoho/books/item';
import { booksRoot, scopeOf } from '../../zoho/books/read';
import { booksResources, type BooksResource } from '../../zoho/books/resources';
import { tax } from '../../zoho/books/tax';
import { asObject, objectsOf, text } from '../../zoho/json';
import type { JsonObject, QueryValues } from '../../zoho/types';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/errors';

async function pageOf(context: ILoadOptionsFunctions, resource: BooksResource, query: QueryValues): Promise<JsonObject> {
	try {
		const organizationId = text(context.getCurrentNodeParameter('organizationId'));
		const client = await connect(context, 'books', { organizationId });
		const reply = await client.request({
			method: 'GET',
			path: booksRoot + resource.path,
			query: { ...resource.everything, per_page: 200, ...query },
			subject: `the list of ${resource.label.toLowerCase()}s`,
			scope: scopeOf(resource.scope, 'READ'),
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
};

const byName = (one: INodePropertyOptions, other: INodePropertyOptions) => one.name.localeCompare(other.name);

/** Custom fields of contacts by API name. Books has no list of them: these are the ones that the 200 contacts changed last have a value in. */
export async function getContactCustomFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await customFieldsOf(this, contact, 'api_name');
}

/** The same by id, which is what Zoho documents, for the resource that the node works on. Lists that do not show custom fields give none. */
export async function getCustomFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const resource = booksResources[text(this.getCurrentNodeParameter('resource'))];
	return resource ? await customFieldsOf(this, resource, 'customfield_id') : [];
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

/** Taxes and tax groups. */
export async function getTaxes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const body = await pageOf(this, tax, {});
	return objectsOf(body[tax.listKey])
		.map((row) => ({ name: `${text(row.tax_name)} (${text(row.tax_percentage)} %)`, value: text(row.tax_id) }))
		.sort(byName);
}
