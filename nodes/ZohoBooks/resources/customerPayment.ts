import type { INodeProperties } from 'n8n-workflow';

import { customerPayment as books } from '../../../zoho/books/customerPayment';
import { asObject, isObject, objectsOf } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import type { ReadParameter } from '../../shared/declarative';
import { amount, choice, dates, filter, listFilters, search } from '../filters';
import { customFields, dayField, entries, field, longText, numberField } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { customerLocator, invoiceLocator, locator } from '../locators';
import { operationsOf } from '../operations';
import { readRecord } from '../record';
import { callTo, says } from '../resource';

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

/** Source: Books v3 "Refund an excess customer payment". */
const refundFields: INodeProperties[] = [
	{ ...numberField('Amount', 'refundAmount'), required: true },
	{ ...dayField('Date', 'refundDate'), required: true },
	field('From Account ID', 'fromAccountId', { required: true, description: 'The account that the money is paid from' }),
	{
		displayName: 'Additional Fields',
		name: 'fields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			field('Description', 'description'),
			numberField('Exchange Rate', 'exchange_rate'),
			field('Reference Number', 'reference_number'),
			field('Refund Mode', 'refund_mode', { placeholder: 'e.g. cash' }),
		],
	},
];
const refundOf = (read: ReadParameter): JsonObject =>
	readRecord((name, fallback) => (name === 'inputMode' ? 'fields' : read(name, fallback)), {
		amount: 'refundAmount',
		date: 'refundDate',
		from_account_id: 'fromAccountId',
	});

/** Zoho's description names the one refund in the plural; both are taken. */
const refundIn: NonNullable<Parameters<typeof callTo>[3]>['answer'] = async (client, call) => {
	const { payment_refund, payment_refunds } = asObject((await client.request(call)).body);
	const refund = payment_refund ?? payment_refunds;
	return isObject(refund) ? [refund] : objectsOf(refund);
};

const has = operationsOf(kind);
const refunds = `${books.path}/{customerPaymentId}/refunds`;
const refundList = { label: 'Refund', listKey: 'payment_refunds' };

/** Payments received. Source: Books v3 "Customer Payments". */
export const customerPayment = nodeResource(
	kind,
	[
		has.create(),
		has.called(
			{
				name: 'Create Refund',
				value: 'createRefund',
				description: 'Pay back what is not used of a customer payment',
				action: 'Create a refund of a customer payment',
			},
			callTo({ ...books, ...refundList }, 'POST', refunds, { body: refundOf, answer: refundIn }),
			['id'],
			refundFields,
		),
		has.remove(),
		has.called(
			{
				name: 'Delete Refund',
				value: 'deleteRefund',
				description: 'Delete a refund of a customer payment permanently',
				action: 'Delete a refund of a customer payment',
			},
			callTo({ ...books, ...refundList }, 'DELETE', `${refunds}/{refundId}`, { answer: says({ deleted: true }) }),
			['id'],
			[field('Refund ID', 'refundId', { required: true, placeholder: 'e.g. 460000000026051' })],
		),
		has.get('with its invoices and refunds'),
		has.getAll('without the amounts for each invoice'),
		has.listOfRecord(
			{
				name: 'Get Refunds',
				value: 'getRefunds',
				description: 'Get what was paid back of a customer payment',
				action: 'Get refunds of a customer payment',
			},
			refundList,
			'/refunds',
		),
		has.update('invoices that are given replace all of them'),
		has.updateCustomFields(),
	],
	listFilters('customerPayment', filters, { created_time: 'Created Time', date: 'Date' }),
);
