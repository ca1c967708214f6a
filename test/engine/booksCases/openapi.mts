/** Zoho's OpenAPI files, for what the node sends and gets; where they are wrong, and what says so. */

import { filesArePresent, type KnownError, OpenapiChecker } from '../../contract/booksOpenapiChecker.mts';

/** contact-persons.yml comes first: contacts.yml describes some of its operations again, more thinly. */
const files = [
	'contact-persons',
	'contacts',
	'organizations',
	'items',
	'invoices',
	'estimates',
	'customer-payments',
	'taxes',
	'currency',
	'sales-order',
	'credit-notes',
	'purchase-order',
	'bills',
	'vendor-credits',
	'vendor-payments',
	'chart-of-accounts',
	'bank-accounts',
	'journals',
	'expenses',
	'projects',
	'users',
].map((name) => `${name}.yml`);

/** Whether the files lie beside the project. */
export const present = filesArePresent(files);

export const knownErrors: KnownError[] = [
	{ operation: /organization/, at: /fiscal_year_start_month$/, why: 'text in recorded lists, the month by its name in a single organization' },
	{ operation: /contact_person$/, at: /^\/contact_person$/, why: 'a list of one in the file, an object to those who read it' },
	{ operation: /_tax$/, at: /^\/tax$/, why: 'a list of one in the file, as with contact persons' },
	{ operation: /^items.yml /, at: /\/tax_percentage$/, why: 'text "70%" in the file, a number as recorded' },
	{ operation: /^(invoices|estimates).yml /, at: /\/(total|balance|shipping_charge)$/, why: 'text in the file, a number as recorded' },
	{ operation: /^(invoices|estimates).yml create_/, at: /\/line_items\/\d+\/discount$/, why: 'a number in the file, whose own words take a percentage with its sign, too' },
	{ operation: /list_contact_credit_note_refunds$/, at: /\/amount_[bf]cy$/, why: 'text in the file, a number in the file of credit notes' },
	{ operation: /create_invoice_from_salesorder$/, at: /^\/invoice\/salesorders$/, why: 'an object in the file, a list as recorded with invoices' },
	{ operation: /^sales-order.yml /, at: /^\/salesorder$/, why: 'a list in the file, an object to public code that reads it' },
	{ operation: /list_credit_notes$/, at: /^\/creditnotes$/, why: 'an object in the file, a list as recorded' },
	{ operation: /^vendor-credits.yml /, at: /^\/vendor_credit\/line_items$/, why: 'an object in the file, a list in every other document' },
	{ operation: /^(credit-notes|bills).yml /, at: /\/taxes\/\d+\/tax_amount$/, why: 'text in the file, a number as recorded with invoices' },
	{ operation: /^purchase-order.yml /, at: /\/taxes\/\d+$/, why: 'text in the file, an object as recorded with invoices' },
	{ operation: /^purchase-order.yml /, at: /\/(discount|quantity)$/, why: 'text in the file, a number as recorded' },
	{ operation: /list_purchase_orders$/, at: /\/price_precision$/, why: 'a whole number in the file, an empty text as recorded' },
	{ operation: /^(bills|purchase-order).yml /, at: /\/(balance|total|sub_total|tax_total|item_total|bcy_rate)$/, why: 'a whole number in the file, which amounts of money are not' },
	{ operation: /create_expense$/, at: /^status 201$/, why: '200 in the file, 201 as recorded' },
	{ operation: /^expenses.yml /, at: /\/(start|end)_reading$/, why: 'a number in the file, an empty text as recorded of expenses without a distance' },
	{ operation: /list_expenses$/, at: /^\/page_context$/, why: 'a list in the file, an object as recorded' },
	{ operation: /^journals.yml /, at: /^\/journal\/custom_fields$/, why: 'a list in the file, an empty text as recorded of journals without custom fields' },
	{ operation: /list_chart_of_accounts$/, at: /\/(depth|is_child_present)$/, why: 'text in the file, a number and a truth value as recorded' },
	{ operation: /^vendor-payments.yml /, at: /\/payment_number$/, why: 'a whole number in the file, text as recorded' },
	{ operation: /^vendor-payments.yml update_/, at: /^\/vendorpayment$/, why: 'a list in the file, an object as recorded' },
	{ operation: /^vendor-payments.yml /, at: /^\/vendorpayment\/(comments|billing_address)$/, why: 'text and a list in the file, a list and an object as recorded' },
	{ operation: /list_projects$/, at: /^\/page_context$/, why: 'a list in the file, an object in every recorded list' },
	{ operation: /list_project_invoices$/, at: /\/(total|balance)$/, why: 'text in the file, a number in recorded invoices' },
	{ operation: /list_(invoices|estimates)$/, at: /^\/page_context$/, why: 'a list in the file, an object as recorded' },
];

/** Body fields that the files lack for an operation, and where they are known from. */
export const undocumented: string[] = [
	// A recorded request makes an item with it.
	'items.yml create_item: unit',
];

/** The files know an upsert that updates alone: one that creates is answered as a create. */
export const createdByUpsert = /_using_custom_field: status 201 is not in the file$/;

/** Zoho's pages "Webhooks" and "Workflows" have no file among those. */
export const withoutFile = /^\/settings\/(webhooks|workflows)\b/;

export const checker = (): OpenapiChecker => new OpenapiChecker(files, knownErrors);
