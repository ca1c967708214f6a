import type { INodeProperties } from 'n8n-workflow';

import { estimate as books } from '../../../zoho/books/estimate';
import { commentOperations } from '../comments';
import { toInvoice } from '../conversions';
import { documentFields, lineItems } from '../documentForm';
import { choice, dates, filter, listFilters, modifiedSince, search } from '../filters';
import { byDisplayName, dayField, field } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { customerLocator, locator } from '../locators';
import { operationsOf, sendOptions } from '../operations';
import { addressOperation, pdfOperation, templateOperations } from '../paper';

const kind: Kind = {
	books,
	one: 'an estimate',
	many: 'estimates',
	id: locator('Estimate', 'estimateId', 'searchEstimates'),
	main: [
		{ field: 'customer_id', property: customerLocator('customerId'), required: true },
		{ field: 'line_items', property: lineItems, required: true },
	],
	fields: [
		...documentFields,
		field('Estimate Number', 'estimate_number', { description: 'Empty: Zoho Books gives the next one' }),
		dayField('Expiry Date', 'expiry_date'),
	].sort(byDisplayName),
	example: '{ "customer_id": "460000000017138", "line_items": [{ "item_id": "460000000017088", "quantity": 2 }] }',
};

/** Source: Books v3 "List estimates". */
const filters: INodeProperties[] = [
	filter('CRM Deal ID', 'zcrm_potential_id', { description: 'As the native integration links it' }),
	filter('Customer ID', 'customer_id'),
	filter('Customer Name', 'customer_name'),
	...dates('Date', 'date', ['start', 'end', 'before', 'after']),
	...search('Estimate Number', 'estimate_number'),
	...dates('Expiry Date', 'expiry_date', ['start', 'end', 'before', 'after']),
	...search('Item Description', 'item_description'),
	filter('Item ID', 'item_id'),
	...search('Item Name', 'item_name'),
	filter('Location IDs', 'location_ids', { description: 'With commas between them' }),
	modifiedSince,
	filter('Reference Number', 'reference_number'),
	filter('Search Text', 'search_text', { description: 'Looks in numbers and names of customers' }),
	choice('Status', 'status', {
		accepted: 'Accepted',
		declined: 'Declined',
		draft: 'Draft',
		expired: 'Expired',
		invoiced: 'Invoiced',
		sent: 'Sent',
	}),
	filter('Total', 'total'),
];

const has = operationsOf(kind);

/** Source: Books v3 "Estimates". */
export const estimate = nodeResource(
	kind,
	[
		has.create([sendOptions]),
		has.createOnce(),
		has.upsert(),
		has.remove(),
		has.email(),
		has.get('with its lines and taxes'),
		has.getAll('without lines'),
		has.mark('Accepted', 'Note that the customer has accepted an estimate'),
		has.mark('Declined', 'Note that the customer has declined an estimate'),
		has.mark('Sent', 'Make a draft count as sent, without sending it'),
		has.submit(),
		has.approve(),
		toInvoice(kind, has),
		pdfOperation(kind, has),
		...templateOperations(kind, has),
		addressOperation(kind, has, 'Billing'),
		addressOperation(kind, has, 'Shipping'),
		...commentOperations(kind, has, { canUpdate: true }),
		has.update('lines that are given replace all lines'),
		has.updateCustomFields(),
	],
	listFilters('estimate', filters, {
		created_time: 'Created Time',
		customer_name: 'Customer Name',
		date: 'Date',
		estimate_number: 'Estimate Number',
		total: 'Total',
	}),
);
