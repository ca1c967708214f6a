import type { SimResponse } from '../types.mts';
import { saveByUnique } from './byUnique.mts';
import { expenseList } from './expenseList.mts';
import { expenseComments, expenseDetail } from './expenseRender.mts';
import type { Expense } from './expenses.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { listed, parametersOf } from './rows.mts';

const path = '/expenses';
/** After Zoho's OpenAPI file. Those of single countries and of distances are known, and change nothing here. */
const fields =
	`account_id date amount tax_id source_of_supply destination_of_supply place_of_supply hsn_or_sac gst_no reverse_charge_tax_id location_id line_items taxes
	is_inclusive_tax is_billable reference_number description customer_id currency_id exchange_rate project_id mileage_type vat_treatment tax_treatment product_type
	acquisition_vat_id reverse_charge_vat_id start_reading end_reading distance mileage_unit mileage_rate employee_id vehicle_type can_reclaim_vat_on_mileage fuel_type
	engine_capacity_range paid_through_account_id vendor_id custom_fields tags`.split(/\s+/);

const noted = ({ org }: BooksCall, action: 'create' | 'update' | 'delete', expense: Expense) =>
	org.noted('expenses', action, expense.id, 'api');
const shown = ({ org }: BooksCall, expense: Expense, message?: string, status?: number) =>
	success({ expense: expenseDetail(org, expense) }, message, status);

function createExpense(call: BooksCall, body = call.body()): SimResponse {
	const expense = call.org.expenses.create(body);
	noted(call, 'create', expense);
	return {
		...shown(call, expense, 'The expense has been recorded.', 201),
		headers: { location: `/api/v3${path}/${expense.id}` },
	};
}

function updateExpense(call: BooksCall, expenseId = id(call)): SimResponse {
	const expense = call.org.expenses.update(expenseId, call.body());
	noted(call, 'update', expense);
	return shown(call, expense, 'Expense information has been updated.');
}

/** By a custom field that takes no value twice. */
const saveExpense = (call: BooksCall): SimResponse =>
	saveByUnique(call, () => call.body(), {
		name: 'Expense',
		fields: call.org.customFields('expense'),
		all: call.org.expenses.byId.values(),
		update: (found) => updateExpense(call, found.id),
		create: (body) => createExpense(call, body),
	});

/** Expenses; methods, paths and scopes after Zoho's OpenAPI file, messages as recorded. */
export const expenseRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path,
		scope: 'expenses.READ',
		query: (org) => parametersOf(expenseList(org)),
		answer: (call) => success(listed(call, [...call.org.expenses.byId.values()], expenseList(call.org))),
	},
	{ method: 'POST', path, scope: 'expenses.CREATE', fields, answer: (call) => createExpense(call) },
	{ method: 'PUT', path, scope: 'expenses.UPDATE', fields, answer: saveExpense },
	{
		method: 'GET',
		path: `${path}/{}`,
		scope: 'expenses.READ',
		answer: (call) => shown(call, call.org.expenses.get(id(call))),
	},
	{
		method: 'PUT',
		path: `${path}/{}`,
		scope: 'expenses.UPDATE',
		fields,
		query: ['delete_receipt'],
		answer: (call) => updateExpense(call),
	},
	{
		method: 'DELETE',
		path: `${path}/{}`,
		scope: 'expenses.DELETE',
		answer: (call) => {
			noted(call, 'delete', call.org.expenses.remove(id(call)));
			return success({}, 'The expense has been deleted.');
		},
	},
	{
		method: 'GET',
		path: `${path}/{}/comments`,
		scope: 'expenses.READ',
		answer: (call) => success({ comments: expenseComments(call.org, call.org.expenses.get(id(call))) }),
	},
];
