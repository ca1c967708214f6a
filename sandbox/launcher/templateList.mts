/** What the templates set up before anything else; run by hand. */
export const setUpTemplate = 'set-up-the-sync';

/** Backfills; run by hand, and by nobody but the user. */
export const firstSyncTemplates = {
	books: 'first-sync-from-books-to-crm',
	crm: 'first-sync-from-crm-to-books',
} as const;

/** Customers and contact persons, from either system. */
export const contactTemplates = {
	books: 'sync-books-contacts-to-crm',
	crm: 'sync-crm-contacts-to-books',
} as const;

/** Items, vendors, invoices, payments and won Deals. */
export const moneyTemplates = {
	items: 'sync-books-items-to-crm',
	products: 'sync-crm-products-to-books',
	vendorsOfBooks: 'sync-books-vendors-to-crm',
	vendorsOfCrm: 'sync-crm-vendors-to-books',
	invoices: 'sync-books-invoices-to-crm',
	payments: 'sync-books-customer-payments-to-crm',
	dealWon: 'create-a-books-invoice-when-a-deal-is-won',
} as const;

/** File names, without `.json`, of the templates that the sandbox imports, in this order. */
export const templateList: readonly string[] = [
	setUpTemplate,
	...Object.values(firstSyncTemplates),
	...Object.values(contactTemplates),
	...Object.values(moneyTemplates),
];
