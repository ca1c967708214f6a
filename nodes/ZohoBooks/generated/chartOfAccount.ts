/** Written by scripts/generateBooks.mts from Zoho's chart-of-accounts.yml. Do not edit. */

import type { DescribedResource } from '../described';

export const chartOfAccount: DescribedResource = {
	fields: [
		{ name: 'account_code', type: 'text' },
		{ name: 'account_name', type: 'text' },
		{ name: 'account_type', type: 'choice', values: ['other_asset', 'other_current_asset', 'cash', 'bank', 'fixed_asset', 'other_current_liability', 'credit_card', 'long_term_liability', 'equity', 'income', 'other_income', 'expense', 'cost_of_goods_sold', 'other_expense', 'accounts_receivable', 'accounts_payable'] },
		{ name: 'can_show_in_ze', type: 'yesNo' },
		{ name: 'currency_id', type: 'text' },
		{ name: 'custom_fields', type: 'list', fields: [{ name: 'customfield_id', type: 'text' }, { name: 'value', type: 'text' }] },
		{ name: 'description', type: 'text' },
		{ name: 'include_in_vat_return', type: 'yesNo' },
		{ name: 'parent_account_id', type: 'text' },
		{ name: 'show_on_dashboard', type: 'yesNo' },
	],
	required: [],
	filters: [
		{ name: 'account_code', type: 'text', variants: ['account_code_contains', 'account_code_ends_with', 'account_code_starts_with'] },
		{ name: 'account_id', type: 'text', variants: ['account_id_not_equal'] },
		{ name: 'account_name', type: 'text', variants: ['account_name_contains', 'account_name_ends_with', 'account_name_starts_with'] },
		{ name: 'customview_id', type: 'text' },
		{ name: 'filter_by', type: 'choice', values: ['AccountType.All', 'AccountType.Active', 'AccountType.Inactive', 'AccountType.Asset', 'AccountType.Liability', 'AccountType.Equity', 'AccountType.Income', 'AccountType.Expense'] },
		{ name: 'last_modified_time', type: 'moment' },
		{ name: 'search_text', type: 'text' },
		{ name: 'showbalance', type: 'yesNo' },
	],
	sortColumns: ['account_code', 'account_name', 'account_type'],
};
