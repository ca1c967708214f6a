import type { BooksResource } from './resource';

/**
 * Payments received. Sources: Books v3 "Customer Payments"; recorded answers of a live organization. The list has no documented filter or order
 * by last_modified_time (public clients sort by it); by default it comes with the latest payment date first. The single record calls the time
 * `updated_time`. That webhooks call it `customerpayment` is an assumption: where Zoho refuses, the trigger polls.
 */
export const customerPayment: BooksResource = {
	name: 'customerPayment',
	label: 'Customer Payment',
	path: '/customerpayments',
	listKey: 'customerpayments',
	recordKey: 'payment',
	idField: 'payment_id',
	displayField: 'payment_number',
	modifiedField: 'last_modified_time',
	modifiedFilter: 'undocumented',
	sortByModified: 'undocumented',
	newestColumn: 'created_time',
	customFieldsPath: '/customerpayment',
	webhookEntities: ['customerpayment'],
	detailNeeded: true,
	scope: 'customerpayments',
	comparable: [],
};
