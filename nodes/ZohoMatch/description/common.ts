import type { INodeProperties } from 'n8n-workflow';

import { crmAuthenticationProperty } from '../../shared/credentials';

/** What every operation shows. */
export const commonProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Convert Deal',
				value: 'convertDeal',
				description:
					'A CRM Deal, with the lines of its Quote or Products, as an invoice or estimate for Books',
				action: 'Convert deals to documents for books',
			},
			{
				name: 'Convert Invoice',
				value: 'convertInvoice',
				description: 'Lines, taxes, discounts and currency of Books invoices as CRM writes them',
				action: 'Convert invoices to lines for CRM',
			},
			{
				name: 'Link',
				value: 'link',
				description: 'After a write to Books: write the Books ID and the sync mark to its CRM records',
				action: 'Link records with a written books record',
			},
			{
				name: 'Look Up',
				value: 'lookUp',
				description: 'Find the CRM record that each item names, and go on with its ID and fields',
				action: 'Look up records',
			},
			{
				name: 'Match',
				value: 'match',
				description: 'Find the record that each item stands for, compare, and tell what to write',
				action: 'Match items with records',
			},
			{
				name: 'Set Aside',
				value: 'setAside',
				description: 'Keep the items in memory for a later execution of the same run',
				action: 'Set items aside for a later execution',
			},
			{
				name: 'Take Back',
				value: 'takeBack',
				description: 'Go on with items that an earlier execution of the same run has set aside',
				action: 'Take items back that were set aside',
			},
		],
		default: 'match',
	},
	{
		...crmAuthenticationProperty,
		displayName: 'CRM Authentication',
		displayOptions: { show: { operation: ['link', 'lookUp', 'convertInvoice', 'convertDeal'] } },
	},
];

/** An option of every operation that writes marks. */
export const markLimit: INodeProperties = {
	displayName: 'Longest Sync Mark',
	name: 'markLimit',
	type: 'number',
	typeOptions: { minValue: 200, maxValue: 32000 },
	default: 2000,
	description: 'Characters that the field Zoho_Books_Sync takes (small multi-line field: 2000, large: 32000)',
};
