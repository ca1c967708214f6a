/** Consent and token addresses, and the scopes that the nodes need. Source: Zoho Accounts "OAuth", "Multi DC"; Books v3 and CRM v8 "Scopes". */

import { dataCentres } from './dataCentres';

/** The data centres as choices of a dropdown: name for people, code as value. */
export const dataCentreOptions = dataCentres.map(({ code, name }) => ({ name, value: code as string }));

/**
 * An n8n expression that gives the accounts server's address for the `dataCentre` field of the same credential. It spells the
 * table out because an expression can import nothing.
 */
export function accountsAddress(path: '/oauth/v2/auth' | '/oauth/v2/token'): string {
	const table = JSON.stringify(Object.fromEntries(dataCentres.map(({ code, accounts }) => [code, accounts])));
	return `={{ (${table})[$self["dataCentre"]] + "${path}" }}`;
}

/** The same for the API server, for credential tests: their requests, too, go to hosts of the table only. */
export function apiAddress(): string {
	const table = JSON.stringify(Object.fromEntries(dataCentres.map(({ code, api }) => [code, api])));
	return `={{ (${table})[$credentials.dataCentre] }}`;
}

/**
 * What the resources of the Zoho Books node belong to. Chart of accounts and journals are "accountants", vendor credits "debitnotes";
 * organizations, items, taxes, currencies, webhooks and workflow rules are "settings".
 */
export const booksScopes = [
	'ZohoBooks.accountants.ALL',
	'ZohoBooks.banking.ALL',
	'ZohoBooks.bills.ALL',
	'ZohoBooks.contacts.ALL',
	'ZohoBooks.creditnotes.ALL',
	'ZohoBooks.customerpayments.ALL',
	'ZohoBooks.debitnotes.ALL',
	'ZohoBooks.estimates.ALL',
	'ZohoBooks.expenses.ALL',
	'ZohoBooks.invoices.ALL',
	'ZohoBooks.projects.ALL',
	'ZohoBooks.purchaseorders.ALL',
	'ZohoBooks.salesorders.ALL',
	'ZohoBooks.vendorpayments.ALL',
	'ZohoBooks.settings.READ',
	'ZohoBooks.settings.CREATE',
	'ZohoBooks.settings.UPDATE',
	'ZohoBooks.settings.DELETE',
];

/** Records with notes and files, their metadata, related lists and tags, the custom fields and module of the sync, taxes and currencies of invoices, notification channels, COQL and search. */
export const crmScopes = [
	'ZohoCRM.modules.ALL',
	'ZohoCRM.settings.modules.READ',
	'ZohoCRM.settings.modules.CREATE',
	'ZohoCRM.settings.profiles.READ',
	'ZohoCRM.settings.fields.ALL',
	'ZohoCRM.settings.layouts.READ',
	'ZohoCRM.settings.related_lists.READ',
	'ZohoCRM.settings.tags.ALL',
	'ZohoCRM.settings.taxes.ALL',
	'ZohoCRM.settings.currencies.READ',
	'ZohoCRM.bulk.READ',
	'ZohoCRM.bulk.CREATE',
	'ZohoFiles.files.ALL',
	'ZohoCRM.composite_requests.CUSTOM',
	'ZohoCRM.notifications.ALL',
	'ZohoCRM.coql.READ',
	'ZohoCRM.org.READ',
	'ZohoCRM.users.READ',
	'ZohoSearch.securesearch.READ',
];
