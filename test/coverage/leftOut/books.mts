/** Operations of Zoho Books that the node does not reach, and why. The first that fits counts. */

import type { LeftOut } from '../judge.mts';

/** n8n offers it in every node with such a credential: an HTTP Request node that takes the credential. */
const customCall = "n8n's Custom API Call, with the credential of the node";

/** Files of the resources that the node is for. */
export const namedInBooks: readonly string[] = [
	'bank-accounts',
	'bills',
	'chart-of-accounts',
	'contact-persons',
	'contacts',
	'credit-notes',
	'currency',
	'customer-payments',
	'estimates',
	'expenses',
	'invoices',
	'items',
	'journals',
	'organizations',
	'projects',
	'purchase-order',
	'sales-order',
	'taxes',
	'vendor-credits',
	'vendor-payments',
];

const another = (files: string, what: string): LeftOut => ({ operations: new RegExp(`^(${files}) `), why: `another resource: ${what}`, instead: customCall });

export const leftOutOfBooks: readonly LeftOut[] = [
	another('bank-rules|bank-transactions', 'banking from day to day'),
	another('base-currency-adjustment|opening-balance|transaction-locking', 'work of an accountant at the end of a period'),
	another('custom-modules', 'modules of the account'),
	another('customer-debit-notes|delivery-challans|sales-receipt', 'documents that few organizations have'),
	another('fixed-assets', 'fixed assets'),
	another('locations|pricelists|registers|reporting-tags|users', 'settings of the organization'),
	another('recurring-bills|recurring-expenses|recurring-invoices|retainer-invoices', 'documents that Books makes of a schedule, or before the sale'),
	another('tasks|time-entries', 'tasks and hours'),
	{ operations: /^integration /, why: "part of Zoho's own Books–CRM integration, which the templates replace", instead: customCall },
];
