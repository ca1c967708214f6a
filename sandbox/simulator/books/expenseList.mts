import { toNumber } from '../crm/exact.mts';
import { accountOf, expenseRow } from './expenseRender.mts';
import type { Expense } from './expenses.mts';
import type { BooksOrg } from './org.mts';
import type { ListSpec } from './rows.mts';

/** `GET /expenses`; parameters and columns after Zoho's OpenAPI file, defaults as recorded. Nothing is ever reimbursed or recurring here. */
export function expenseList(org: BooksOrg): ListSpec<Expense> {
	const nameOf = (id: string) => org.contacts.byId.get(id)?.name ?? '';
	const account = (expense: Expense) => String(accountOf(org, expense)['account_name']);
	const total = (expense: Expense) => toNumber(org.expenses.totals(expense).total);
	const states: Record<string, (expense: Expense) => boolean> = {
		unbilled: (expense) => org.expenses.statusOf(expense) === 'unbilled',
		invoiced: (expense) => org.expenses.statusOf(expense) === 'invoiced',
		reimbursed: () => false,
		nonbillable: (expense) => !expense.isBillable,
		billable: (expense) => expense.isBillable,
	};
	return {
		key: 'expenses',
		report: 'Expenses',
		texts: {
			description: ({ description }) => description,
			reference_number: ({ reference }) => reference,
			account_name: account,
			customer_name: ({ customerId }) => nameOf(customerId),
			vendor_name: ({ vendorId }) => nameOf(vendorId),
		},
		exact: {
			// The file writes `non-billable`, rows have it without the stroke.
			status: (expense, wanted) => states[wanted.replace('-', '')]?.(expense) ?? false,
			customer_id: ({ customerId }, id) => customerId === id,
			vendor_id: ({ vendorId }, id) => vendorId === id,
			recurring_expense_id: () => false,
			paid_through_account_id: ({ paidId }, id) => paidId === id,
			project_id: ({ projectId }, id) => projectId === id,
		},
		amounts: { amount: total },
		days: { date: ({ date }) => date },
		searched: (expense) => [
			account(expense),
			expense.description,
			nameOf(expense.customerId),
			nameOf(expense.vendorId),
		],
		filters: {
			'Status.All': () => true,
			...Object.fromEntries(
				Object.entries(states).map(([state, is]) => [
					`Status.${state.replace(/^./, (first) => first.toUpperCase())}`,
					is,
				]),
			),
		},
		defaultFilter: 'Status.All',
		sorts: {
			date: ({ date }) => date,
			account_name: account,
			total,
			bcy_total: (expense) => total(expense) * expense.rate,
			reference_number: ({ reference }) => reference,
			customer_name: ({ customerId }) => nameOf(customerId),
			created_time: ({ createdAt }) => createdAt,
		},
		defaultSort: ['created_time', 'D'],
		row: (expense) => expenseRow(org, expense),
	};
}
