/** Fields that say which record: from the list, by id or by its address in the browser. */

import type { INodeProperties } from 'n8n-workflow';

import { loaded } from './formFields';
import { recordUrl } from './recordUrl';

export function locator(displayName: string, name: string, searchListMethod: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 460000000026049' },
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. …/app/60012345678#/invoices/460000000026049',
				extractValue: { type: 'regex', regex: recordUrl },
				validation: [{ type: 'regex', properties: { regex: recordUrl, errorMessage: 'This is not the address of a record in Zoho Books' } }],
			},
		],
	};
}

export const customerLocator = (name: string): INodeProperties => locator('Customer', name, 'searchCustomers');
export const invoiceLocator = (name: string): INodeProperties => locator('Invoice', name, 'searchInvoices');
export const itemLocator = (name: string): INodeProperties => locator('Item', name, 'searchItems');
export const vendorLocator = (name: string): INodeProperties => locator('Vendor', name, 'searchVendors');
/** A record of the resource that is chosen in the node. */
export const ownLocator = (displayName: string, name: string): INodeProperties => locator(displayName, name, 'searchRecords');

/** An account of the chart of accounts. */
export const accountField = (displayName: string, name: string): INodeProperties => loaded(displayName, name, 'getAccounts');
export const currencyField = loaded('Currency Name or ID', 'currency_id', 'getCurrencies');
export const taxField = loaded('Tax Name or ID', 'tax_id', 'getTaxes');
