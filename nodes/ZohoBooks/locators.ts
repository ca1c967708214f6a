/** Fields that say which record: from the list or by id. */

import type { INodeProperties } from 'n8n-workflow';

export function locator(displayName: string, name: string, searchListMethod: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 460000000026049' },
		],
	};
}

export const customerLocator = (name: string): INodeProperties => locator('Customer', name, 'searchCustomers');
export const invoiceLocator = (name: string): INodeProperties => locator('Invoice', name, 'searchInvoices');
export const itemLocator = (name: string): INodeProperties => locator('Item', name, 'searchItems');
