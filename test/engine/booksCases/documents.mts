/** Sales orders, credit notes, purchase orders, bills and vendor credits. */

import type { IDataObject } from 'n8n-workflow';

import type { Row } from '../booksSupport.mts';
import { at, chosen, day, note, type Cases, type Ids } from './case.mts';
import { commonCases, refundCases } from './common.mts';
import type { Maker } from './maker.mts';

interface Sort {
	resource: string;
	path: string;
	key: string;
	party: 'customer_id' | 'vendor_id';
	/** What Zoho wants beside party and lines. */
	more?: IDataObject;
	/** A number of one's own. */
	number?: string;
}

const partyParameter = { customer_id: 'customerId', vendor_id: 'vendorId' } as const;

/** Every field of a row as the form gives it, most of them empty. */
const formLines = ({ item, account, tax }: Ids, hasAccounts: boolean): IDataObject => ({
	entry: [
		{ item_id: chosen(item), quantity: '2', rate: '', name: '', description: '', tax_id: tax, more: {}, ...(hasAccounts && { account_id: '' }) },
		{ item_id: chosen(''), quantity: '1', rate: '7.5', name: 'Delivery', description: 'By road', tax_id: '', more: { unit: 'trip' }, ...(hasAccounts && { account_id: account }) },
	],
});
const sentLines = ({ item, account, tax }: Ids, hasAccounts: boolean) => [
	{ item_id: item, quantity: 2, tax_id: tax },
	{ quantity: 1, rate: 7.5, name: 'Delivery', description: 'By road', unit: 'trip', ...(hasAccounts && { account_id: account }) },
];

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function documentOf({ resource, path, key, party, more = {}, number }: Sort) {
	const parameter = `${resource}Id`;
	const hasAccounts = party === 'vendor_id' || resource === 'creditNote';
	/** Of a bill and a vendor credit the number has a field of its own, and Zoho wants it. */
	const ownNumber = Object.keys(more);
	const given = async (make: Maker): Promise<Ids> => {
		const { id, party: partyId } = await make.document(path, key, party, { date: '2026-07-01', ...(path === '/bills' && more) });
		return { it: id, party: partyId };
	};
	const common = commonCases({ path, idField: `${key}_id`, parameter, given });
	const parts = async (make: Maker): Promise<Ids> => ({
		party: party === 'customer_id' ? await make.contact() : await make.vendor(),
		item: await make.item({ purchase_rate: 10 }),
		tax: await make.make('/settings/taxes', 'tax', 'tax_id', { tax_name: 'VAT', tax_percentage: 19 }),
		account: hasAccounts ? await make.account(party === 'vendor_id' ? 'expense' : 'income') : '',
	});
	const form = (ids: Ids, own: Row = {}): IDataObject => ({
		[partyParameter[party]]: chosen(ids.party),
		...Object.fromEntries(ownNumber.map((name) => [camel(name), more[name]])),
		date: day.form,
		lineItems: formLines(ids, hasAccounts),
		fields: { reference_number: 'R-1', notes: 'Thanks', custom_fields: note.form, ...own } as IDataObject,
	});
	const body = (ids: Ids, own: Row = {}): Row => ({
		[party]: ids.party,
		...more,
		date: day.sent,
		line_items: sentLines(ids, hasAccounts),
		reference_number: 'R-1',
		notes: 'Thanks',
		custom_fields: note.sent,
		...own,
	});
	const numbered: Row = number ? { [`${key}_number`]: number } : {};
	const query = number || ownNumber.includes('vendor_credit_number') ? { ignore_auto_number_generation: 'true' } : {};
	const cases: Cases = {
		create: common.create(parts, (ids) => form(ids, numbered), (ids) => body(ids, numbered), { reference_number: 'R-1', date: day.sent, ...more, ...numbered }, query),
		update: common.update({ notes: 'Late', date: '2026-07-03T00:00:00', custom_fields: note.form }, { notes: 'Late', date: '2026-07-03', custom_fields: note.sent }, { notes: 'Late', date: '2026-07-03' }),
		get: common.get,
		getAll: common.getAll({ date_start: day.form, date_end: '2026-07-31T00:00:00' }, { date_start: day.sent, date_end: '2026-07-31' }, { sort_column: 'total', sort_order: 'D' }),
		delete: common.delete,
		...common.approvals(),
		...common.comments(),
	};
	return { common, cases, given, upsert: common.upsert(parts, (ids) => form(ids), (ids) => body(ids)) };
}

const salesOrders = documentOf({ resource: 'salesOrder', path: '/salesorders', key: 'salesorder', party: 'customer_id', number: 'SO-77' });
export const salesOrder: Cases = {
	...salesOrders.cases,
	upsert: salesOrders.upsert,
	email: salesOrders.common.email(),
	markOpen: salesOrders.common.mark('open'),
	markVoid: salesOrders.common.mark('void', { from: ['/status/open'] }),
	updateCustomFields: salesOrders.common.customFields('/salesorder'),
};

const purchaseOrders = documentOf({ resource: 'purchaseOrder', path: '/purchaseorders', key: 'purchaseorder', party: 'vendor_id', number: 'PO-77' });
export const purchaseOrder: Cases = {
	...purchaseOrders.cases,
	upsert: purchaseOrders.upsert,
	addComment: purchaseOrders.common.call('POST', '/comments', () => ({ description: 'On its way' }), {
		parameters: () => ({ comment: 'On its way', expectedDeliveryDate: day.form }),
		body: { description: 'On its way', expected_delivery_date: day.sent },
	}),
	email: purchaseOrders.common.email(),
	markOpen: purchaseOrders.common.mark('open'),
	markBilled: purchaseOrders.common.mark('billed', { from: ['/status/open'] }),
	markCancelled: purchaseOrders.common.mark('cancelled', { from: ['/status/open'] }),
	reject: purchaseOrders.common.act('/reject', { status: 'rejected' }, ['/submit']),
	updateCustomFields: purchaseOrders.common.customFields('/purchaseorder'),
};

/** What is paid, what pays it, and the party of both. */
const invoiceAndCredit = async (make: Maker): Promise<Ids> => {
	const { id: invoice, party } = await make.document('/invoices', 'invoice', 'customer_id');
	await make.call('POST', `/invoices/${invoice}/status/sent`);
	const credit = { customer_id: party, date: '2026-07-01', line_items: [{ name: 'Back', rate: 30, quantity: 1 }] };
	const it = await make.make('/creditnotes', 'creditnote', 'creditnote_id', credit);
	await make.call('POST', `/creditnotes/${it}/status/open`);
	return { it, invoice, party };
};
const creditOnInvoice = async (make: Maker): Promise<Ids> => {
	const ids = await invoiceAndCredit(make);
	const { it = '', invoice } = ids;
	await make.call('POST', `/creditnotes/${it}/invoices`, { invoices: [{ invoice_id: invoice, amount_applied: 10 }] });
	return { ...ids, application: await make.first(`/creditnotes/${it}/invoices`, 'invoices_credited', 'creditnote_invoice_id') };
};

const creditNotes = documentOf({ resource: 'creditNote', path: '/creditnotes', key: 'creditnote', party: 'customer_id', number: 'CN-77' });
export const creditNote: Cases = {
	...creditNotes.cases,
	upsert: creditNotes.upsert,
	email: creditNotes.common.email(),
	applyToInvoices: {
		given: invoiceAndCredit,
		parameters: ({ it, invoice }) => ({ ...at('creditNoteId', it), applied_invoices: { entry: [{ invoice_id: chosen(invoice), amount_applied: 10.5 }] } }),
		sends: ({ it = '', invoice }) => [[`POST /creditnotes/${it}/invoices`, { invoices: [{ invoice_id: invoice, amount_applied: 10.5 }] }]],
		puts: () => [{ applied: true }],
	},
	getInvoices: creditNotes.common.list('/invoices', ({ invoice }) => [{ invoice_id: invoice, credited_amount: 10 }], creditOnInvoice),
	removeFromInvoice: {
		given: creditOnInvoice,
		parameters: ({ it, application }) => ({ ...at('creditNoteId', it), applicationId: application }),
		sends: ({ it = '', application = '' }) => [[`DELETE /creditnotes/${it}/invoices/${application}`]],
		puts: () => [{ deleted: true }],
	},
	markOpen: creditNotes.common.mark('open'),
	markVoid: creditNotes.common.mark('void', { from: ['/status/open'] }),
	markDraft: creditNotes.common.mark('draft', { from: ['/status/void'] }),
	updateCustomFields: creditNotes.common.customFields('/creditnotes', { custom_fields: note.sent }, 'POST'),
	...refundCases(
		{ path: '/creditnotes', parameter: 'creditNoteId' },
		{ given: async (make) => ({ ...(await invoiceAndCredit(make)), bank: await make.bank() }), listKey: 'creditnote_refunds', account: 'from_account_id', idField: 'creditnote_refund_id' },
	),
};

/** A bill, a vendor credit and a payment of the same vendor that are not used up. */
const billAndCredit = async (make: Maker): Promise<Ids> => {
	const vendor = await make.vendor();
	const account = await make.account('expense');
	const line_items = [{ name: 'Work', account_id: account, rate: 100, quantity: 1 }];
	const bill = await make.make('/bills', 'bill', 'bill_id', { vendor_id: vendor, bill_number: 'B-9', date: '2026-07-01', line_items });
	await make.call('POST', `/bills/${bill}/status/open`);
	const credit = await make.make('/vendorcredits', 'vendor_credit', 'vendor_credit_id', { vendor_id: vendor, date: '2026-07-01', line_items });
	await make.call('POST', `/vendorcredits/${credit}/status/open`);
	return { bill, credit, vendor };
};
const ofBill = async (make: Maker): Promise<Ids> => {
	const { bill = '', credit = '', vendor = '' } = await billAndCredit(make);
	const bank = await make.bank();
	const payment = { vendor_id: vendor, amount: 50, date: '2026-07-01', paid_through_account_id: bank };
	return { it: bill, credit, vendor, payment: await make.make('/vendorpayments', 'vendorpayment', 'payment_id', payment) };
};
const billPaid = async (make: Maker): Promise<Ids> => {
	const { bill = '', vendor = '' } = await billAndCredit(make);
	const bank = await make.bank();
	const body = { vendor_id: vendor, amount: 50, date: '2026-07-01', paid_through_account_id: bank, bills: [{ bill_id: bill, amount_applied: 50 }] };
	const payment = await make.make('/vendorpayments', 'vendorpayment', 'payment_id', body);
	return { it: bill, payment, billPayment: await make.first(`/bills/${bill}/payments`, 'payments', 'bill_payment_id') };
};

const bills = documentOf({ resource: 'bill', path: '/bills', key: 'bill', party: 'vendor_id', more: { bill_number: 'B-77' } });
export const bill: Cases = {
	...bills.cases,
	upsert: bills.upsert,
	applyCredits: {
		given: ofBill,
		parameters: ({ it, credit, payment }) => ({
			...at('billId', it),
			applied_apply_vendor_credits: { entry: [{ vendor_credit_id: credit, amount_applied: 10 }] },
			applied_bill_payments: { entry: [{ payment_id: payment, amount_applied: 5.5 }] },
		}),
		sends: ({ it = '', credit, payment }) => [
			[`POST /bills/${it}/credits`, { apply_vendor_credits: [{ vendor_credit_id: credit, amount_applied: 10 }], bill_payments: [{ payment_id: payment, amount_applied: 5.5 }] }],
		],
		puts: () => [{ applied: true }],
	},
	deletePayment: {
		given: billPaid,
		parameters: ({ it, billPayment }) => ({ ...at('billId', it), billPaymentId: billPayment }),
		sends: ({ it = '', billPayment = '' }) => [[`DELETE /bills/${it}/payments/${billPayment}`]],
		puts: () => [{ deleted: true }],
	},
	getPayments: bills.common.list('/payments', ({ payment }) => [{ payment_id: payment }], billPaid),
	markOpen: bills.common.mark('open'),
	markVoid: bills.common.mark('void', { from: ['/status/open'] }),
	updateCustomFields: bills.common.customFields('/bill'),
};

const creditOnBill = async (make: Maker): Promise<Ids> => {
	const { bill: paid = '', credit = '' } = await billAndCredit(make);
	await make.call('POST', `/vendorcredits/${credit}/bills`, { bills: [{ bill_id: paid, amount_applied: 10 }] });
	return { it: credit, bill: paid, application: await make.first(`/vendorcredits/${credit}/bills`, 'bills_credited', 'vendor_credit_bill_id') };
};
const credits = documentOf({ resource: 'vendorCredit', path: '/vendorcredits', key: 'vendor_credit', party: 'vendor_id', more: { vendor_credit_number: 'VC-77' } });
export const vendorCredit: Cases = {
	...credits.cases,
	applyToBills: {
		given: async (make) => {
			const ids = await billAndCredit(make);
			return { ...ids, it: ids.credit ?? '' };
		},
		parameters: ({ it, bill: paid }) => ({ ...at('vendorCreditId', it), applied_bills: { entry: [{ bill_id: paid, amount_applied: 10 }] } }),
		sends: ({ it = '', bill: paid }) => [[`POST /vendorcredits/${it}/bills`, { bills: [{ bill_id: paid, amount_applied: 10 }] }]],
		puts: () => [{ applied: true }],
	},
	getBills: credits.common.list('/bills', ({ bill: paid }) => [{ bill_id: paid }], creditOnBill),
	removeFromBill: {
		given: creditOnBill,
		parameters: ({ it, application }) => ({ ...at('vendorCreditId', it), applicationId: application }),
		sends: ({ it = '', application = '' }) => [[`DELETE /vendorcredits/${it}/bills/${application}`]],
		puts: () => [{ deleted: true }],
	},
	markOpen: credits.common.mark('open'),
	markVoid: credits.common.mark('void', { from: ['/status/open'] }),
	...refundCases(
		{ path: '/vendorcredits', parameter: 'vendorCreditId' },
		{ given: async (make) => ({ it: (await billAndCredit(make)).credit ?? '', bank: await make.bank() }), listKey: 'vendor_credit_refunds', account: 'account_id', idField: 'vendor_credit_refund_id' },
	),
};
