import { invoice as books } from '../../../zoho/books/invoice';
import { attachmentOperations, documentOperations } from '../attachments';
import { commentOperations } from '../comments';
import { applyOperation } from '../credits';
import { documentFields, lineItems } from '../documentForm';
import { invoiceActions } from '../invoiceActions';
import { invoiceListProperties } from '../invoiceFilters';
import { byDisplayName, dayField, field, numberField } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { customerLocator, invoiceLocator } from '../locators';
import { operationsOf, rejectReason, sendOptions } from '../operations';
import { addressOperation, pdfOperation, templateOperations } from '../paper';

const kind: Kind = {
	books,
	one: 'an invoice',
	many: 'invoices',
	id: invoiceLocator('invoiceId'),
	main: [
		{ field: 'customer_id', property: customerLocator('customerId'), required: true },
		{ field: 'line_items', property: lineItems, required: true },
	],
	fields: [
		...documentFields,
		dayField('Due Date', 'due_date'),
		field('Invoice Number', 'invoice_number', { description: 'Empty: Zoho Books gives the next one' }),
		numberField('Payment Terms', 'payment_terms', 'Days until the invoice is due'),
		field('Payment Terms Label', 'payment_terms_label'),
	].sort(byDisplayName),
	example: '{ "customer_id": "460000000017138", "line_items": [{ "item_id": "460000000017088", "quantity": 2 }] }',
};

const has = operationsOf(kind);

const applyCredits = applyOperation(kind, has, {
	name: 'Apply Credits',
	value: 'applyCredits',
	description: 'Pay an invoice from credit notes and from payments that are not used up',
	action: 'Apply credits to an invoice',
	below: '/credits',
	lists: [
		{ key: 'apply_creditnotes', displayName: 'Credit Notes', id: field('Credit Note ID', 'creditnote_id') },
		{ key: 'invoice_payments', displayName: 'Payments', id: field('Payment ID', 'payment_id') },
	],
});

/** Source: Books v3 "Invoices". */
export const invoice = nodeResource(
	kind,
	[
		has.create([sendOptions]),
		has.createOnce(),
		has.upsert(),
		has.remove(),
		has.email(),
		has.get('with its lines, taxes and payments'),
		has.getAll('without lines'),
		has.listOfRecord(
			{
				name: 'Get Payments',
				value: 'getPayments',
				description: 'Get what was paid on an invoice',
				action: 'Get payments of an invoice',
			},
			{ label: 'Payment', listKey: 'payments' },
			'/payments',
		),
		applyCredits,
		has.listOfRecord(
			{
				name: 'Get Credits',
				value: 'getCredits',
				description: 'Get the credits that were applied to an invoice',
				action: 'Get credits of an invoice',
			},
			{ label: 'Credit', listKey: 'credits' },
			'/creditsapplied',
		),
		has.act({
			name: 'Write Off',
			value: 'writeOff',
			description: 'Give up what is still owed on an invoice',
			action: 'Write off an invoice',
			path: '/writeoff',
			output: { written_off: true },
		}),
		has.act({
			name: 'Cancel Write Off',
			value: 'cancelWriteOff',
			description: 'Make what was written off count as owed again',
			action: 'Cancel the write off of an invoice',
			path: '/writeoff/cancel',
			output: { written_off: false },
		}),
		has.mark('Draft', 'Make a void invoice a draft again'),
		has.mark('Sent', 'Make a draft count as sent, without sending it'),
		has.mark('Void', 'Cancel an invoice without deleting it'),
		has.submit(),
		has.approve(),
		has.approveFinally(),
		has.reject([rejectReason]),
		...invoiceActions(kind, has),
		...attachmentOperations(kind, has, { can: ['add', 'delete', 'get', 'update'] }),
		...documentOperations(kind, has),
		pdfOperation(kind, has),
		...templateOperations(kind, has),
		addressOperation(kind, has, 'Billing'),
		addressOperation(kind, has, 'Shipping', ['street2']),
		...commentOperations(kind, has, { canUpdate: true }),
		has.update('lines that are given replace all lines'),
		has.updateCustomFields(),
	],
	invoiceListProperties,
);
