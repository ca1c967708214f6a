import type { IDataObject } from 'n8n-workflow';

import { at, chosen, day, line, note, type Cases, type Ids } from './case.mts';
import { commonCases, refundCases } from './common.mts';
import type { Maker } from './maker.mts';

/** So that a document is neither overdue nor expired. */
const later = '2099-07-15';

/** Customer, item and tax for a new document. */
const parts = async (make: Maker): Promise<Ids> => ({
	customer: await make.contact(),
	item: await make.item(),
	tax: await make.make('/settings/taxes', 'tax', 'tax_id', { tax_name: 'VAT', tax_percentage: 19 }),
});
/** As the form gives lines: every field, most of them empty. */
const lineItems = ({ item, tax }: Ids): IDataObject => ({
	line: [
		{ item_id: chosen(item), quantity: 2, discount: '10%', tax_id: tax, name: '', description: '', rate: '', line_item_id: '' },
		{ item_id: chosen(''), name: 'Delivery', rate: '7.5', quantity: 1, discount: '', tax_id: '', description: 'By road', line_item_id: '' },
	],
});
const sentLines = ({ item, tax }: Ids) => [
	{ item_id: item, quantity: 2, discount: '10%', tax_id: tax },
	{ name: 'Delivery', rate: 7.5, quantity: 1, description: 'By road' },
];

function document(kind: 'invoice' | 'estimate', extra: { due: 'due_date' | 'expiry_date'; number: string }): { cases: Cases; common: ReturnType<typeof commonCases> } {
	const path = `/${kind}s`;
	const given = async (make: Maker): Promise<Ids> => {
		const { id, party } = await make.document(path, kind, 'customer_id', { reference_number: 'R-1' });
		return { it: id, customer: party };
	};
	const common = commonCases({ path, idField: `${kind}_id`, parameter: `${kind}Id`, given });
	const form = (ids: Ids): IDataObject => ({ customerId: chosen(ids.customer), lineItems: lineItems(ids), fields: { date: day.form, [extra.due]: later, custom_fields: note.form, reference_number: 'R-1' } });
	const body = (ids: Ids) => ({ customer_id: ids.customer, line_items: sentLines(ids), date: day.sent, [extra.due]: later, custom_fields: note.sent, reference_number: 'R-1' });
	const numbered = { [`${kind}_number`]: extra.number };
	const cases: Cases = {
		create: common.create(
			parts,
			(ids) => ({ ...form(ids), fields: { ...(form(ids).fields as IDataObject), ...numbered }, options: { send: true } }),
			(ids) => ({ ...body(ids), ...numbered }),
			// 2 × 20 less 10 %, with 19 % tax, and 7.50.
			{ ...numbered, total: 50.34, status: 'sent', cf_note: 'From n8n' },
			{ ignore_auto_number_generation: 'true', send: 'true' },
		),
		createOnce: {
			given: parts,
			parameters: form,
			sends: (ids) => {
				const looks = [line('GET', path, { reference_number: 'R-1', page: '1', per_page: '200' })] as const;
				return [looks, [`POST ${path}`, body(ids)], looks];
			},
			puts: () => [{ [`${kind}_id`]: expect.any(String) as string, _created: true, total: 50.34 }],
		},
		upsert: common.upsert(parts, form, body),
		update: common.update({ notes: 'Thanks', date: day.form, custom_fields: note.form }, { notes: 'Thanks', date: day.sent, custom_fields: note.sent }, { notes: 'Thanks', date: day.sent, cf_note: 'From n8n' }),
		get: common.get,
		getAll: common.getAll({ reference_number: 'R-1', date_end: '2099-01-01T00:00:00', status: 'draft' }, { reference_number: 'R-1', date_end: '2099-01-01', status: 'draft' }, { sort_column: 'total', sort_order: 'D' }),
		delete: common.delete,
		email: common.email(),
		markSent: common.mark('sent'),
		updateCustomFields: common.customFields(`/${kind}`),
		...common.approvals(),
		...common.comments(),
	};
	return { cases, common };
}

const invoices = document('invoice', { due: 'due_date', number: 'INV-77' });
const estimates = document('estimate', { due: 'expiry_date', number: 'EST-77' });

const paid = async (make: Maker): Promise<Ids> => {
	const { id, party } = await make.document('/invoices', 'invoice', 'customer_id');
	await make.call('POST', `/invoices/${id}/status/sent`);
	const payment = { customer_id: party, payment_mode: 'cash', amount: 60, date: '2026-07-01', invoices: [{ invoice_id: id, amount_applied: 40 }] };
	return { it: id, customer: party, payment: await make.make('/customerpayments', 'payment', 'payment_id', payment) };
};
/** An open invoice, and a credit note of the same customer. */
const credited = async (make: Maker): Promise<Ids> => {
	const ids = await paid(make);
	const note = { customer_id: ids.customer, date: '2026-07-01', line_items: [{ name: 'Back', rate: 30, quantity: 1 }] };
	const credit = await make.make('/creditnotes', 'creditnote', 'creditnote_id', note);
	await make.call('POST', `/creditnotes/${credit}/status/open`);
	return { ...ids, credit };
};
const creditApplied = async (make: Maker): Promise<Ids> => {
	const ids = await credited(make);
	await make.call('POST', `/invoices/${ids.it ?? ''}/credits`, { apply_creditnotes: [{ creditnote_id: ids.credit, amount_applied: 10 }] });
	return ids;
};

export const invoice: Cases = {
	...invoices.cases,
	getPayments: invoices.common.list('/payments', ({ payment }) => [{ payment_id: payment }], paid),
	markVoid: invoices.common.mark('void'),
	markDraft: invoices.common.mark('draft', { from: ['/status/void'] }),
	applyCredits: {
		given: credited,
		parameters: ({ it, credit, payment }) => ({
			...at('invoiceId', it),
			applied_apply_creditnotes: { entry: [{ creditnote_id: credit, amount_applied: 10 }] },
			applied_invoice_payments: { entry: [{ payment_id: payment, amount_applied: 5.5 }] },
		}),
		sends: ({ it = '', credit, payment }) => [
			[
				`POST /invoices/${it}/credits`,
				{ apply_creditnotes: [{ creditnote_id: credit, amount_applied: 10 }], invoice_payments: [{ payment_id: payment, amount_applied: 5.5 }] },
			],
		],
		puts: () => [{ applied: true }],
	},
	getCredits: invoices.common.list('/creditsapplied', ({ credit }) => [{ creditnote_id: credit }], creditApplied),
	writeOff: invoices.common.act('/writeoff', { written_off: true }, ['/status/sent']),
	cancelWriteOff: invoices.common.act('/writeoff/cancel', { written_off: false }, ['/status/sent', '/writeoff']),
};

export const estimate: Cases = {
	...estimates.cases,
	markAccepted: estimates.common.mark('accepted', { from: ['/status/sent'] }),
	markDeclined: estimates.common.mark('declined', { from: ['/status/sent'] }),
};

const payments = commonCases({
	path: '/customerpayments',
	idField: 'payment_id',
	parameter: 'customerPaymentId',
	given: async (make) => {
		const { it = '', payment = '', customer = '' } = await paid(make);
		return { it: payment, invoice: it, customer };
	},
});
const open = async (make: Maker): Promise<Ids> => {
	const { id, party } = await make.document('/invoices', 'invoice', 'customer_id');
	await make.call('POST', `/invoices/${id}/status/sent`);
	return { invoice: id, customer: party };
};
const paymentForm = ({ customer, invoice: id }: Ids): IDataObject => ({
	customerId: chosen(customer),
	amount: 80.5,
	date: day.form,
	paymentMode: 'banktransfer',
	invoices: { invoice: [{ invoice_id: chosen(id), amount_applied: 60 }] },
	fields: { reference_number: 'T-1', custom_fields: note.form },
});
const paymentBody = ({ customer, invoice: id }: Ids) => ({
	customer_id: customer,
	amount: 80.5,
	date: day.sent,
	payment_mode: 'banktransfer',
	invoices: [{ invoice_id: id, amount_applied: 60 }],
	reference_number: 'T-1',
	custom_fields: note.sent,
});

export const customerPayment: Cases = {
	create: payments.create(open, paymentForm, paymentBody, { amount: 80.5, unused_amount: 20.5, cf_note: 'From n8n' }),
	upsert: payments.upsert(open, paymentForm, paymentBody),
	update: payments.update({ description: 'Late', date: day.form }, { description: 'Late', date: day.sent }),
	get: payments.get,
	getAll: payments.getAll({ amount_greater_than: 59, payment_mode_startswith: 'ca' }, { amount_greater_than: '59', payment_mode_startswith: 'ca' }, { sort_column: 'date', sort_order: 'D' }),
	delete: payments.delete,
	updateCustomFields: payments.customFields('/customerpayment'),
	...refundCases(
		{ path: '/customerpayments', parameter: 'customerPaymentId' },
		{ given: async (make) => ({ it: (await paid(make)).payment ?? '', bank: await make.bank() }), listKey: 'payment_refunds', account: 'from_account_id', idField: 'payment_refund_id' },
	),
};
