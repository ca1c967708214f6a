/** Written by scripts/generateBooks.mts from Zoho's bank-accounts.yml. Do not edit. */

import type { DescribedResource } from '../described';

export const bankAccount: DescribedResource = {
	fields: [
		{ name: 'account_code', type: 'text' },
		{ name: 'account_name', type: 'text' },
		{ name: 'account_number', type: 'text' },
		{ name: 'account_type', type: 'text' },
		{ name: 'bank_name', type: 'text' },
		{ name: 'currency_code', type: 'text' },
		{ name: 'currency_id', type: 'text' },
		{ name: 'description', type: 'text' },
		{ name: 'is_paypal_account', type: 'yesNo' },
		{ name: 'is_primary_account', type: 'yesNo' },
		{ name: 'paypal_email_address', type: 'text' },
		{ name: 'paypal_type', type: 'choice', values: ['standard', 'adaptive'] },
		{ name: 'routing_number', type: 'text' },
	],
	required: ['account_name', 'account_type'],
	filters: [
		{ name: 'filter_by', type: 'choice', values: ['Status.All', 'Status.Active', 'Status.Inactive'] },
	],
	sortColumns: ['account_code', 'account_name', 'account_type'],
};
