import type { INodeProperties } from 'n8n-workflow';

import { customerPayment as books } from '../../../zoho/books/customerPayment';
import { amount, choice, dates, filter, listFilters, search } from '../filters';
import { customFields, dayField, entries, field, longText, numberField } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { customerLocator, invoiceLocator, locator } from '../locators';
import { operationsOf } from '../operations';
import { pdfOperation } from '../paper';
import { refundOperations } from '../refunds';

const paymentMode = field('Payment Mode', 'paymentMode', {
	type: 'options',
	options: [
		{ name: 'Auto Transaction', value: 'autotransaction' },
		{ name: 'Bank Remittance', value: 'bankremittance' },
		{ name: 'Bank Transfer', value: 'banktransfer' },
		{ name: 'Cash', value: 'cash' },
		{ name: 'Check', value: 'check' },
		{ name: 'Credit Card', value: 'creditcard' },
		{ name: 'Others', value: 'others' },
	],
	default: 'banktransfer',
});

const kind: Kind = {
	books,
	one: 'a customer payment',
	many: 'customer payments',
	id: locator('Customer Payment', 'customerPaymentId', 'searchCustomerPayments'),
	main: [
		{ field: 'customer_id', property: customerLocator('customerId'), required: true },
		{ field: 'amount', property: numberField('Amount', 'amount'), required: true },
		{ field: 'date', property: dayField('Date', 'date'), required: true },
		{ field: 'payment_mode', property: paymentMode },
		{
			field: 'invoices',
			property: entries(
				'Invoices',
				'invoices',
				'invoice',
				[numberField('Amount Applied', 'amount_applied'), invoiceLocator('invoice_id')],
				'What the payment pays; what is left over stays as unused amount',
			),
		},
	],
	fields: [
		field('Account ID', 'account_id', { description: 'Of the account that the money went to' }),
		numberField('Bank Charges', 'bank_charges'),
		customFields,
		longText('Description', 'description'),
		numberField('Exchange Rate', 'exchange_rate', 'Units of the base currency for one unit of the currency of the payment'),
		field('Reference Number', 'reference_number'),
	],
	example: '{ "customer_id": "460000000017138", "amount": 450, "date": "2026-01-31", "payment_mode": "cash", "invoices": [] }',
};

/** Source: Books v3 "List customer payments". */
const filters: INodeProperties[] = [
	...amount('Amount', 'amount'),
	filter('Customer ID', 'customer_id'),
	...search('Customer Name', 'customer_name'),
	...dates('Date', 'date', []),
	choice('Kind', 'filter_by', {
		'PaymentMode.All': 'All',
		'PaymentMode.BankTransfer': 'Bank Transfer',
		'PaymentMode.Cash': 'Cash',
		'PaymentMode.Check': 'Check',
		'PaymentMode.Credit': 'Credit',
		'PaymentMode.CreditCard': 'Credit Card',
		'PaymentMode.GoogleCheckout': 'Google Checkout',
		'PaymentMode.Paypal': 'PayPal',
	}),
	...search('Notes', 'notes'),
	...search('Payment Mode', 'payment_mode'),
	...search('Reference Number', 'reference_number'),
	filter('Search Text', 'search_text', { description: 'Looks in reference numbers, names of customers and descriptions' }),
];

const has = operationsOf(kind);

/** Payments received. Source: Books v3 "Customer Payments". */
export const customerPayment = nodeResource(
	kind,
	[
		has.create(),
		has.upsert(),
		has.remove(),
		has.get('with its invoices and refunds'),
		has.getAll('without the amounts for each invoice'),
		...refundOperations(kind, has, { listKey: 'payment_refunds', account: 'from_account_id' }),
		pdfOperation(kind, has),
		has.update('invoices that are given replace all of them'),
		has.updateCustomFields(),
	],
	listFilters('customerPayment', filters, { created_time: 'Created Time', date: 'Date' }),
);
