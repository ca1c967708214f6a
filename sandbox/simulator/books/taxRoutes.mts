import { type BooksRoute, id, page, paging, success } from './route.mts';
import { shownGroup, shownTax, type TaxInfo } from './taxes.mts';
import { booksDate } from './times.mts';

const path = '/settings/taxes';
const groups = '/settings/taxgroups';
const one = (tax: TaxInfo, message?: string, status?: number) =>
	success({ tax: shownTax(tax) }, message, status);
const oneGroup = (tax: TaxInfo, message?: string, status?: number) =>
	success({ tax_group: shownGroup(tax) }, message, status);

const fields = [
	'tax_name',
	'tax_percentage',
	'tax_type',
	'tax_factor',
	'tax_specific_type',
	'tax_authority_name',
	'tax_authority_id',
	'country_code',
	'purchase_tax_expense_account_id',
	'is_value_added',
	'update_recurring_invoice',
	'update_recurring_expense',
	'update_draft_invoice',
	'update_recurring_bills',
	'update_draft_so',
	'update_subscription',
	'update_project',
	'is_editable',
];
const groupFields = ['tax_group_name', 'taxes'];

/**
 * Taxes and groups of them; methods, paths and messages after Zoho's OpenAPI file taxes.yml, the list's page_context as recorded. The file says that a single tax is a list;
 * what reads it in public code takes an object.
 */
export const taxRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path,
		scope: 'settings.READ',
		query: [...paging, 'filter_by', 'sort_column', 'sort_order', 'tax_type'],
		answer: (call) => {
			const all = [...call.org.taxes.byId.values()].sort((a, b) => a.name.localeCompare(b.name));
			const { rows, page_context } = page(call, all);
			const today = booksDate(call.org.now(), call.org.timeZone);
			return success({
				taxes: rows.map(shownTax),
				page_context: {
					...page_context,
					report_name: 'Taxes',
					applied_filter: 'Taxes.Active',
					as_of_date: today,
					to_date: today,
					sort_column: 'tax_name',
				},
			});
		},
	},
	{
		method: 'POST',
		path,
		scope: 'settings.CREATE',
		fields,
		answer: (call) => one(call.org.taxes.create(call.body()), 'The tax has been added.', 201),
	},
	{
		method: 'GET',
		path: `${path}/{}`,
		scope: 'settings.READ',
		answer: (call) => one(call.org.taxes.get(id(call))),
	},
	{
		method: 'PUT',
		path: `${path}/{}`,
		scope: 'settings.UPDATE',
		fields,
		answer: (call) => one(call.org.taxes.update(id(call), call.body()), 'Tax information has been saved.'),
	},
	{
		method: 'DELETE',
		path: `${path}/{}`,
		scope: 'settings.DELETE',
		answer: (call) => {
			call.org.taxes.remove(call.org.taxes.single(id(call)));
			return success({}, 'The record has been deleted.');
		},
	},
	{
		method: 'POST',
		path: groups,
		scope: 'settings.CREATE',
		fields: groupFields,
		answer: (call) => oneGroup(call.org.taxes.createGroup(call.body()), 'The tax group has been added.', 201),
	},
	{
		method: 'GET',
		path: `${groups}/{}`,
		scope: 'settings.READ',
		answer: (call) => oneGroup(call.org.taxes.group(id(call))),
	},
	{
		method: 'PUT',
		path: `${groups}/{}`,
		scope: 'settings.UPDATE',
		fields: groupFields,
		answer: (call) => oneGroup(call.org.taxes.updateGroup(id(call), call.body())),
	},
	{
		method: 'DELETE',
		path: `${groups}/{}`,
		scope: 'settings.DELETE',
		answer: (call) => {
			call.org.taxes.remove(call.org.taxes.group(id(call)));
			return success({}, 'The tax group has been deleted.');
		},
	},
];
