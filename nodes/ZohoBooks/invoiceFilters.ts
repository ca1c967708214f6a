/** What *Get Many* of invoices can search for and sort by: Books v3 "List invoices". Names are Zoho's own. */

import type { INodeProperties } from 'n8n-workflow';

import { choice, dates, filter, listFilters, modifiedSince, search } from './filters';

const filters: INodeProperties[] = [
	filter('Balance', 'balance'),
	...dates('Created Date', 'created_date', ['start', 'end']),
	filter('CRM Deal ID', 'zcrm_potential_id', { description: 'As the native integration links it' }),
	filter('Customer ID', 'customer_id'),
	filter('Customer Name', 'customer_name'),
	...dates('Date', 'date', ['start', 'end', 'before', 'after']),
	...dates('Due Date', 'due_date', ['start', 'end', 'before', 'after']),
	filter('Email', 'email', { placeholder: 'e.g. nathan@example.com' }),
	...search('Invoice Number', 'invoice_number'),
	...search('Item Description', 'item_description'),
	filter('Item ID', 'item_id'),
	...search('Item Name', 'item_name'),
	modifiedSince,
	filter('Recurring Invoice ID', 'recurring_invoice_id'),
	filter('Reference Number', 'reference_number'),
	filter('Search Text', 'search_text', { description: 'Looks in numbers and names of customers' }),
	choice('Status', 'status', {
		draft: 'Draft',
		overdue: 'Overdue',
		paid: 'Paid',
		partially_paid: 'Partially Paid',
		sent: 'Sent',
		unpaid: 'Unpaid',
		viewed: 'Viewed',
		void: 'Void',
	}),
	filter('Total', 'total'),
];

export const invoiceListProperties: INodeProperties[] = listFilters('invoice', filters, {
	balance: 'Balance',
	created_time: 'Created Time',
	customer_name: 'Customer Name',
	date: 'Date',
	due_date: 'Due Date',
	invoice_number: 'Invoice Number',
	total: 'Total',
});
