/** Lists of records from which people choose one, with a search. */

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { contact } from '../../../zoho/books/contact';
import { contactPerson } from '../../../zoho/books/contactPerson';
import { customerPayment } from '../../../zoho/books/customerPayment';
import { estimate } from '../../../zoho/books/estimate';
import { invoice } from '../../../zoho/books/invoice';
import { item } from '../../../zoho/books/item';
import type { BooksResource } from '../../../zoho/books/resource';
import { tax } from '../../../zoho/books/tax';
import { asObject, objectsOf, text } from '../../../zoho/json';
import type { JsonObject, QueryValues } from '../../../zoho/types';
import { ask, chosenResource, pageOf, words } from './ask';

type Search = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: unknown) => Promise<INodeListSearchResult>;

/** A search in a list, 200 records at a time. `parameter` is what Zoho calls the filter (at most 100 characters). */
function searchIn(resource: BooksResource, parameter: string, nameOf: (row: JsonObject) => string, always: QueryValues = {}): Search {
	return async function (filter = '', paginationToken) {
		const page = Number(paginationToken ?? 1);
		const wanted = filter.trim().slice(0, 100);
		const query = { ...always, page, ...(wanted && { [parameter]: wanted }) };
		const body = await ask(this, async (client) => await pageOf(client, resource, query));
		return {
			results: objectsOf(body[resource.listKey]).map((row) => ({ name: nameOf(row), value: text(row[resource.idField]) })),
			...(asObject(body.page_context).has_more_page === true && { paginationToken: String(page + 1) }),
		};
	};
}

/** A customer and a vendor may have the same name. */
const contactName = (row: JsonObject): string =>
	row.contact_type === 'vendor' ? `${text(row.contact_name)} (vendor)` : text(row.contact_name);

export const listSearch = {
	searchContactPersons,
	searchContacts: searchIn(contact, 'contact_name_contains', contactName),
	searchCustomers: searchIn(contact, 'contact_name_contains', (row) => text(row.contact_name), { contact_type: 'customer' }),
	searchCustomerPayments: searchIn(customerPayment, 'search_text', (row) =>
		words(row.payment_number, row.customer_name, row.date, row.amount),
	),
	searchEstimates: searchIn(estimate, 'search_text', (row) => words(row.estimate_number, row.customer_name)),
	searchInvoices: searchIn(invoice, 'search_text', (row) => words(row.invoice_number, row.customer_name)),
	searchItems: searchIn(item, 'name_contains', (row) => words(row.name, row.sku)),
	searchRecords,
	searchTaxGroups,
	searchVendors: searchIn(contact, 'contact_name_contains', (row) => text(row.contact_name), { contact_type: 'vendor' }),
};

/** A search in the list of the resource that the node works on; where Zoho has no filter for it, in the page at hand. */
async function searchRecords(this: ILoadOptionsFunctions, filter = '', paginationToken?: unknown): Promise<INodeListSearchResult> {
	const resource = chosenResource(this);
	if (!resource) return { results: [] };
	const { searchFilter, displayField } = resource;
	const nameOf = (row: JsonObject) => words(row[displayField], row.customer_name ?? row.vendor_name, row.date, row.total);
	const found = await searchIn(resource, searchFilter ?? '', nameOf).call(this, searchFilter ? filter : '', paginationToken);
	return searchFilter ? found : { ...found, results: named(found.results, filter) };
}

/** Those whose name holds what is looked for. */
function named(results: INodeListSearchResult['results'], filter: string): INodeListSearchResult['results'] {
	const wanted = filter.trim().toLowerCase();
	return results.filter(({ name }) => name.toLowerCase().includes(wanted));
}

/** Of the chosen contact, where the operation asks for one; else of all. Books searches for neither. */
async function searchContactPersons(this: ILoadOptionsFunctions, filter = '', paginationToken?: unknown): Promise<INodeListSearchResult> {
	const contactId = text(this.getNodeParameter('contactId', '', { extractValue: true })).trim();
	const path = contactId === '' ? contactPerson.path : `${contact.path}/${encodeURIComponent(contactId)}/contactpersons`;
	const nameOf = (row: JsonObject) => words(`${text(row.first_name)} ${text(row.last_name)}`.trim(), row.email);
	const found = await searchIn({ ...contactPerson, path }, '', nameOf).call(this, '', paginationToken);
	return { ...found, results: named(found.results, filter) };
}

/** Groups have no list of their own: that of taxes has them. */
async function searchTaxGroups(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const body = await ask(this, async (client) => await pageOf(client, tax, {}));
	const groups = objectsOf(body[tax.listKey]).filter(({ tax_type }) => tax_type === 'tax_group');
	return { results: named(groups.map((row) => ({ name: text(row.tax_name), value: text(row.tax_id) })), filter) };
}
