/** Types of accounts: those of https://www.zoho.com/books/api/v3/chart-of-accounts, and `stock` as recorded. */

export type AccountClass = 'Asset' | 'Liability' | 'Equity' | 'Income' | 'Expense';

/** By class, in the order in which a recorded list sorts by type; where that list has none of a type, in the order of the page. */
const byClass: ReadonlyArray<readonly [AccountClass, string]> = [
	[
		'Asset',
		`other_asset other_current_asset intangible_asset right_to_use_asset financial_asset contingent_asset contract_asset cash bank accounts_receivable fixed_asset`,
	],
	[
		'Liability',
		`other_current_liability contract_liability refund_liability credit_card long_term_liability loans_and_borrowing lease_liability employee_benefit_liability
		contingent_liability financial_liability accounts_payable other_liability`,
	],
	['Equity', 'equity'],
	['Income', 'income finance_income other_comprehensive_income other_income'],
	[
		'Expense',
		`expense manufacturing_expense impairment_expense depreciation_expense employee_benefit_expense lease_expense finance_expense tax_expense cost_of_goods_sold
		other_expense`,
	],
	['Asset', 'stock'],
];

const all = byClass.flatMap(([name, types]) => types.split(/\s+/).map((type) => [type, name] as const));
const classes = new Map(all);
const ranks = new Map(all.map(([type], rank) => [type, rank]));

export const isAccountType = (type: string): boolean => classes.has(type);
export const classOf = (type: string): AccountClass => classes.get(type) ?? 'Asset';
export const rankOf = (type: string): number => ranks.get(type) ?? ranks.size;

/** Accounts that money is in: a recorded list of bank accounts has those of cash, too. */
export const isMoney = (type: string): boolean => ['bank', 'credit_card', 'cash'].includes(type);
/** What `POST /bankaccounts` makes: "a bank account or a credit card account". */
export const isAtBank = (type: string): boolean => type === 'bank' || type === 'credit_card';

/** A debit makes more of it. */
export const isDebit = (type: string): boolean => ['Asset', 'Expense'].includes(classOf(type));

/** `other_current_asset` is shown as `Other Current Asset`. */
export const shownType = (type: string): string =>
	type
		.split('_')
		.map((word) => (word === 'of' ? word : word.replace(/^./, (first) => first.toUpperCase())))
		.join(' ');
