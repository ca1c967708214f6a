/** The records of the chosen module, for the list of the field Record. */

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { quote } from '../../../zoho/crm/coql';
import { queryPages } from '../../../zoho/crm/query';
import { text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { connect } from '../../shared/connection';
import { toNodeError } from '../../shared/errors';

const rowsPerPage = 100;

const bySubject = ['Calls', 'Cases', 'Events', 'Invoices', 'Purchase_Orders', 'Quotes', 'Sales_Orders', 'Tasks'];

/** The field that names a record, by module; custom modules have `Name`. Zoho's metadata does not tell it. */
const nameFields: Record<string, string> = {
	Accounts: 'Account_Name',
	Campaigns: 'Campaign_Name',
	Contacts: 'Last_Name',
	Deals: 'Deal_Name',
	Leads: 'Last_Name',
	Notes: 'Note_Title',
	Price_Books: 'Price_Book_Name',
	Products: 'Product_Name',
	Solutions: 'Solution_Title',
	Vendors: 'Vendor_Name',
	...Object.fromEntries(bySubject.map((module) => [module, 'Subject'])),
};

type Search = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: unknown) => Promise<INodeListSearchResult>;

/** Of the module that is chosen in the node. */
export async function searchRecords(this: ILoadOptionsFunctions, filter = '', paginationToken?: unknown): Promise<INodeListSearchResult> {
	const module = text(this.getNodeParameter('module', '', { extractValue: true }));
	return module === '' ? { results: [] } : await searchIn(module).call(this, filter, paginationToken);
}

export const searchAccounts = searchIn('Accounts');
export const searchContacts = searchIn('Contacts');
export const searchLeads = searchIn('Leads');

/** By name, 100 at a time, through COQL: it sees a record as soon as it is there. */
function searchIn(module: string): Search {
	return async function (filter = '', paginationToken) {
		return await search(this, module, filter, paginationToken);
	};
}

async function search(context: ILoadOptionsFunctions, module: string, filter: string, paginationToken: unknown): Promise<INodeListSearchResult> {
	const name = nameFields[module] ?? 'Name';
	const fields = name === 'Last_Name' ? ['First_Name', name] : [name];
	const start = Number(paginationToken ?? 0);
	const where = filter.trim() === '' ? 'id is not null' : `${name} like ${quote(`%${filter.trim()}%`)}`;
	const query = `select ${fields.join(', ')} from ${module} where ${where} order by ${name} limit ${rowsPerPage} offset ${start}`;
	const rows = await rowsOf(context, query).catch((error: unknown) => Promise.reject(toNodeError(context.getNode(), error)));
	return {
		results: rows.map((row) => ({ name: fields.map((field) => text(row[field])).join(' ').trim() || text(row.id), value: text(row.id) })),
		...(rows.length === rowsPerPage && { paginationToken: String(start + rowsPerPage) }),
	};
}

async function rowsOf(context: ILoadOptionsFunctions, query: string): Promise<JsonObject[]> {
	const rows: JsonObject[] = [];
	for await (const page of queryPages(await connect(context, 'crm'), query)) rows.push(...page);
	return rows;
}
