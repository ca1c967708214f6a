/** The accounts that a new organization has, as recorded of one in the US; without Zoho's descriptions of them. */

export interface DefaultAccount {
	name: string;
	type: string;
	/** Cannot be deleted. */
	isSystem: boolean;
	/** Some of those that Books makes are told as if somebody had made them. */
	isUser: boolean;
}

/** Names by type: first those of the system, after the bar those that can be deleted. */
const names: Record<string, string> = {
	other_current_asset: 'Advance Tax, Employee Advance | Prepaid Expenses',
	cash: 'Petty Cash, Undeposited Funds |',
	accounts_receivable: 'Accounts Receivable |',
	fixed_asset: '| Furniture and Equipment',
	other_current_liability:
		'Tax Payable, Employee Reimbursements, Unearned Revenue, Opening Balance Adjustments |',
	accounts_payable: 'Accounts Payable |',
	other_liability: 'Dimension Adjustments |',
	equity: "Opening Balance Offset, Retained Earnings, Drawings, Owner's Equity |",
	income:
		'Sales, General Income, Interest Income, Late Fee Income, Shipping Charge, Discount, Other Charges |',
	expense: `Bank Fees and Charges, Purchase Discounts, Uncategorized, Bad Debt, Other Expenses | Office Supplies, Advertising And Marketing, Lodging,
		Salaries and Employee Wages, Travel Expense, Telephone Expense, Automobile Expense, IT and Internet Expenses, Rent Expense, Janitorial Expense, Postage,
		Printing and Stationery, Credit Card Charges, Meals and Entertainment, Depreciation Expense, Consultant Expense, Repairs and Maintenance`,
	cost_of_goods_sold: 'Cost of Goods Sold |',
	other_expense: 'Exchange Gain or Loss |',
	stock: 'Inventory Asset |',
};
const toldAsUsers = ['Prepaid Expenses', 'Purchase Discounts'];

const listOf = (text = '') =>
	text
		.split(',')
		.map((name) => name.trim().replace(/\s+/g, ' '))
		.filter(Boolean);

export const defaultAccounts: readonly DefaultAccount[] = Object.entries(names).flatMap(([type, text]) => {
	const [system, others] = text.split('|');
	const account = (isSystem: boolean) => (name: string) => ({
		name,
		type,
		isSystem,
		isUser: toldAsUsers.includes(name),
	});
	return [...listOf(system).map(account(true)), ...listOf(others).map(account(false))];
});
