/** Written by scripts/generateBooks.mts from Zoho's vendor-payments.yml. Do not edit. */

import type { DescribedResource } from '../described';

export const vendorPayment: DescribedResource = {
	fields: [
		{ name: 'amount', type: 'number' },
		{ name: 'bills', type: 'list', fields: [{ name: 'amount_applied', type: 'number' }, { name: 'bill_id', type: 'text' }, { name: 'bill_payment_id', type: 'text' }, { name: 'tax_amount_withheld', type: 'number' }] },
		{ name: 'check_details', type: 'texts' },
		{ name: 'custom_fields', type: 'list', fields: [{ name: 'index', type: 'number' }, { name: 'value', type: 'text' }] },
		{ name: 'date', type: 'day' },
		{ name: 'description', type: 'text' },
		{ name: 'exchange_rate', type: 'number' },
		{ name: 'is_paid_via_print_check', type: 'yesNo' },
		{ name: 'location_id', type: 'text' },
		{ name: 'paid_through_account_id', type: 'text' },
		{ name: 'payment_mode', type: 'text' },
		{ name: 'reference_number', type: 'text' },
		{ name: 'tags', type: 'list', fields: [{ name: 'tag_id', type: 'text' }, { name: 'tag_option_id', type: 'text' }] },
		{ name: 'vendor_id', type: 'text' },
	],
	required: ['amount'],
	filters: [
		{ name: 'amount', type: 'number', variants: ['amount_greater_equals', 'amount_greater_than', 'amount_less_equals', 'amount_less_than'] },
		{ name: 'bill_id', type: 'text' },
		{ name: 'date', type: 'day', variants: ['date_after', 'date_before', 'date_end', 'date_start'] },
		{ name: 'description', type: 'text', variants: ['description_contains', 'description_startswith'] },
		{ name: 'filter_by', type: 'choice', values: ['PaymentMode.All', 'PaymentMode.Check', 'PaymentMode.Cash', 'PaymentMode.BankTransfer', 'PaymentMode.Paypal', 'PaymentMode.CreditCard', 'PaymentMode.GoogleCheckout', 'PaymentMode.Credit', 'PaymentMode.Authorizenet', 'PaymentMode.BankRemittance', 'PaymentMode.Payflowpro', 'PaymentMode.Others'] },
		{ name: 'last_modified_time', type: 'moment' },
		{ name: 'notes', type: 'text', variants: ['notes_contains', 'notes_startswith'] },
		{ name: 'payment_mode', type: 'text', variants: ['payment_mode_contains', 'payment_mode_startswith'] },
		{ name: 'payment_number', type: 'text', variants: ['payment_number_contains', 'payment_number_startswith'] },
		{ name: 'reference_number', type: 'text', variants: ['reference_number_contains', 'reference_number_startswith'] },
		{ name: 'search_text', type: 'text' },
		{ name: 'vendor_id', type: 'text' },
		{ name: 'vendor_name', type: 'text', variants: ['vendor_name_contains', 'vendor_name_startswith'] },
	],
	sortColumns: ['amount', 'balance', 'date', 'reference_number', 'vendor_name'],
};
