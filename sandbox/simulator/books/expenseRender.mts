import { type Exact, exact, minus, rounded, sum, times, toNumber } from '../crm/exact.mts';
import { shownTaxes } from './documentLines.mts';
import { operationOf, shownComment } from './comments.mts';
import type { Expense } from './expenses.mts';
import type { BooksOrg } from './org.mts';
import { booksTime } from './times.mts';
import type { DocumentTotals } from './totals.mts';
import type { Json } from './values.mts';
import { filesOf, shownFiles } from './files.mts';

/** Shapes of expenses as recorded from a live organization. */

const inBase = (org: BooksOrg, { rate }: Expense, amount: Exact) =>
	toNumber(rounded(times(amount, exact(rate)), org.currency.places));
const nameOf = (org: BooksOrg, contactId: string) => org.contacts.byId.get(contactId)?.name ?? '';

/** The account of the one line; of an itemized expense that of its first line, it is assumed. */
export const accountOf = (org: BooksOrg, { lines }: Expense): Json => {
	const id = lines[0]?.accountId ?? '';
	return { account_id: id, account_name: org.accountName(id) };
};

function common(org: BooksOrg, expense: Expense, totals: DocumentTotals): Json {
	return {
		expense_id: expense.id,
		date: expense.date,
		paid_through_account_name: org.accountName(expense.paidId),
		account_name: accountOf(org, expense)['account_name'],
		description: expense.description,
		currency_id: expense.currencyId,
		currency_code: org.expenses.currency(expense).code,
		exchange_rate: expense.rate,
		total: toNumber(totals.total),
		bcy_total: inBase(org, expense, totals.total),
		is_billable: expense.isBillable,
		is_personal: false,
		reference_number: expense.reference,
		customer_id: expense.customerId,
		customer_name: nameOf(org, expense.customerId),
		vendor_id: expense.vendorId,
		vendor_name: nameOf(org, expense.vendorId),
		status: org.expenses.statusOf(expense),
		expense_receipt_name: filesOf(org, expense.id).at(-1)?.name ?? '',
		mileage_rate: 0,
		mileage_type: 'non_mileage',
		expense_type: 'non_mileage',
		report_id: '',
		report_name: '',
		report_number: '',
		start_reading: '',
		end_reading: '',
		tags: [],
		created_time: booksTime(expense.createdAt, org.timeZone),
		last_modified_time: booksTime(expense.modifiedAt, org.timeZone),
	};
}

/** A row of `GET /expenses`. As recorded, it tells another unit of distance than the single expense. */
export function expenseRow(org: BooksOrg, expense: Expense): Json {
	const totals = org.expenses.totals(expense);
	const net = minus(totals.total, totals.taxTotal);
	return {
		...common(org, expense, totals),
		user_name: '',
		total_without_tax: toNumber(net),
		bcy_total_without_tax: inBase(org, expense, net),
		distance: 0,
		mileage_unit: 'mile',
		has_attachment: filesOf(org, expense.id).length > 0,
		custom_fields_list: '',
	};
}

/** Keys about things that the simulated Books does not have. */
const empty =
	`expense_receipt_type employee_id employee_name employee_email vehicle_id vehicle_name user_id approver_id report_status trip_id trip_number location merchant_id
	merchant_name template_id template_name template_type page_width page_height orientation project_name zcrm_potential_id zcrm_potential_name`.split(
		/\s+/,
	);

const shownTax = (tax: Expense['lines'][number]['tax']): Json => ({
	tax_id: tax?.id ?? '',
	tax_name: tax?.name ?? '',
	tax_percentage: tax?.percentage ?? 0,
});

function shownLines(org: BooksOrg, expense: Expense, totals: DocumentTotals): Json[] {
	return expense.lines.map((line, index) => {
		const taxes = totals.lines[index]?.taxes ?? [];
		return {
			line_item_id: line.id,
			account_id: line.accountId,
			account_name: org.accountName(line.accountId),
			description: line.description,
			tax_amount: toNumber(sum(taxes.map(({ amount }) => amount))),
			...shownTax(line.tax),
			tax_type: line.tax?.isGroup ? 'tax_group' : 'tax',
			item_total: toNumber(totals.lines[index]?.net ?? exact(0)),
			amount: toNumber(line.amount),
			item_order: index + 1,
			line_item_taxes: shownTaxes(taxes),
			tags: [],
		};
	});
}

/** A single expense, as GET, POST and PUT answer. */
export function expenseDetail(org: BooksOrg, expense: Expense): Json {
	const totals = org.expenses.totals(expense);
	const custom = org.customFields('expense').render(expense.custom);
	const invoice = org.expenses.invoiceOf(expense);
	const [first] = expense.lines;
	return {
		...Object.fromEntries(empty.map((name) => [name, ''])),
		...common(org, expense, totals),
		...accountOf(org, expense),
		...custom.flat,
		transaction_type: 'expense',
		transaction_type_formatted: 'Expense',
		expense_item_id: first?.id ?? '',
		paid_through_account_id: expense.paidId,
		documents: shownFiles(org, expense.id),
		markup_percent: 0,
		...shownTax(first?.tax),
		taxes: shownTaxes(totals.taxes),
		tax_override_preference: 'no_override',
		tax_amount: toNumber(totals.taxTotal),
		sub_total: toNumber(totals.subTotal),
		amount: toNumber(sum(expense.lines.map(({ amount }) => amount))),
		is_inclusive_tax: expense.inclusive,
		created_by_id: org.user.id,
		last_modified_by_id: org.user.id,
		mileage_unit: 'km',
		invoice_id: invoice?.id ?? '',
		invoice_number: invoice?.number ?? '',
		user_name: 'Zoho Books',
		user_email: 'Zoho Books',
		approver_name: 'Zoho Books',
		approver_email: 'Zoho Books',
		is_reimbursable: false,
		payment_mode: 'Cash',
		project_id: expense.projectId,
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		is_recurring_applicable: true,
		line_items: shownLines(org, expense, totals),
		is_surcharge_applicable: false,
		fcy_surcharge_amount: 0,
		bcy_surcharge_amount: 0,
		imported_transactions: [],
	};
}

/** The history of an expense, the newest first as that of journals. It has no comments of people. */
export const expenseComments = (org: BooksOrg, expense: Expense): Json[] =>
	expense.comments
		.map((comment) => ({
			...shownComment(comment, org),
			expense_id: expense.id,
			operation_type: operationOf(expense, comment),
			transaction_id: '',
			transaction_type: 'expense',
		}))
		.reverse();
