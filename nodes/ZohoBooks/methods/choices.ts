/** What the node's dropdowns offer of the account. A form has many of them, so what was read is kept for a while. */

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { contact } from '../../../zoho/books/contact';
import { currency } from '../../../zoho/books/currency';
import type { BooksResource } from '../../../zoho/books/resource';
import { tax } from '../../../zoho/books/tax';
import type { ZohoClient } from '../../../zoho/client';
import { asObject, objectsOf, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { remembered } from '../../shared/remembered';
import { chartOfAccount } from '../resources/chartOfAccount';
import { ask, chosenResource, pageOf, words } from './ask';

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
	const query = column ? { sort_column: column, sort_order: 'D' } : {};
	const body = await ask(context, async (client) => await remembered(client, `latest ${resource.name}`, async () => await pageOf(client, resource, query)));
	const labels = new Map<string, string>();
	for (const row of objectsOf(body[resource.listKey])) {
		for (const field of objectsOf(row.custom_fields)) {
			const value = text(field[key]) || text(field.api_name);
			if (value !== '') labels.set(value, text(field.label) || value);
		}
	}
	return [...labels].map(([value, name]) => ({ name, value })).sort(byName);
}

/** All rows of a list. A page that says nothing new is the last, whatever it says about a next one. */
async function allOf(client: ZohoClient, resource: BooksResource, nameOf: (row: JsonObject) => string): Promise<INodePropertyOptions[]> {
	const names = new Map<string, string>();
	for (let page = 1, more = true; more; page++) {
		const known = names.size;
		const body = await pageOf(client, resource, { page });
		for (const row of objectsOf(body[resource.listKey])) names.set(text(row[resource.idField]), nameOf(row));
		more = asObject(body.page_context).has_more_page === true && names.size > known;
	}
	return [...names].map(([value, name]) => ({ name, value })).sort(byName);
}

/** A choice among all records of a list. */
function choiceOf(resource: BooksResource, nameOf: (row: JsonObject) => string) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await ask(this, async (client) => await remembered(client, resource.name, async () => await allOf(client, resource, nameOf)));
	};
}

/** Taxes and tax groups. */
export const getTaxes = choiceOf(tax, (row) => `${text(row.tax_name)} (${text(row.tax_percentage)} %)`);
export const getCurrencies = choiceOf(currency, (row) => text(row.currency_code));
/** The chart of accounts, banks and cards in it. */
export const getAccounts = choiceOf(chartOfAccount.books, (row) => words(row.account_name, row.account_code));
