/** The fields that the templates need in Zoho CRM, made by *Set up the sync*. */

import type { Json } from './builder.mts';

export interface FieldToMake {
	module: string;
	label: string;
	type: 'text' | 'textarea' | 'currency' | 'date';
	unique?: true;
}

const linkAndMark = (module: string): FieldToMake[] => [
	{ module, label: 'Zoho Books ID', type: 'text', unique: true },
	{ module, label: 'Zoho Books Sync', type: 'textarea' },
];
const others = (module: string, type: FieldToMake['type'], ...labels: string[]): FieldToMake[] =>
	labels.map((label) => ({ module, label, type }));

/** Custom module for payments; the set-up makes it where the edition has custom modules. */
export const paymentsModule = 'Books_Payments';

const fieldsToMake: readonly FieldToMake[] = [
	...['Accounts', 'Contacts', 'Products', 'Vendors', 'Invoices', paymentsModule].flatMap(linkAndMark),
	...others('Invoices', 'text', 'Zoho Books Number', 'Zoho Books Status'),
	...others('Invoices', 'currency', 'Amount Paid', 'Balance Due'),
	...others('Invoices', 'date', 'Last Payment Date'),
	{ module: 'Deals', label: 'Zoho Books ID', type: 'text', unique: true },
	...others('Deals', 'textarea', 'Zoho Books Invoices'),
	...others('Deals', 'currency', 'Amount Invoiced', 'Amount Paid', 'Balance Due'),
	...others(paymentsModule, 'currency', 'Amount', 'Unused Amount', 'Refunded Amount'),
	...others(paymentsModule, 'date', 'Payment Date'),
	...others(paymentsModule, 'text', 'Customer', 'Payment Mode', 'Reference', 'Invoices'),
	...others(paymentsModule, 'textarea', 'Zoho Books Invoice IDs'),
];

/** As items' JSON, with the API name that CRM makes of the label. */
export const fieldItems: Json = fieldsToMake.map(({ module, label, type, unique }) => ({
	module,
	label,
	apiName: label.replaceAll(' ', '_'),
	type,
	unique: unique ?? false,
}));

/** Products that stand for what has no item in Books. */
export const sharedProducts: Json = [
	{ Product_Name: 'Other (Zoho Books)', Zoho_Books_ID: 'free-text' },
	{ Product_Name: 'Shipping (Zoho Books)', Zoho_Books_ID: 'shipping' },
];
