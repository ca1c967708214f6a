/** What documents have beside fields and states: files, PDFs, templates, addresses, changed comments; and what invoices alone have. */

import { at, chosen, day, line, scan, whole, type Case, type Cases, type Ids, type TestFile } from './case.mts';
import { commonCases, type Thing } from './common.mts';
import type { Maker } from './maker.mts';

/** As the form makes of the name: quotes would end a header. */
export const sentName = scan.name.replaceAll('"', '_');
const pdf = (number: string): TestFile => ({
	name: `${number}.pdf`,
	type: 'application/pdf',
	content: Buffer.concat([Buffer.from(`%PDF-1.4\n% ${number}\n`), Buffer.from([0xe2, 0x28, 0xff, 0x00, 0x0d, 0x0a])]),
});
const inEmail = (isSent: boolean) => ({ can_send_in_mail: String(isSent) });

/** Cases of what is on paper, made of what tells the resources apart. */
export function paperCases(thing: Thing) {
	const { path, given } = thing;
	const { call, own, one } = commonCases(thing);
	const withFile = (part: string) => async (make: Maker): Promise<Ids> => {
		const ids = await given(make);
		await make.upload(`${own(ids)}/${part}`, part, { ...scan, name: sentName });
		return ids;
	};
	const withDocument = (key: string, name: string) => async (make: Maker): Promise<Ids> => {
		const ids = await withFile('attachment')(make);
		const { documents } = (await make.call('GET', own(ids))).body[key] as { documents: Array<Record<string, string>> };
		return { ...ids, file: documents.find(({ file_name }) => file_name === name)?.document_id ?? '' };
	};
	const withTemplate = async (make: Maker): Promise<Ids> => ({ ...(await given(make)), template: await make.first(`${path}/templates`, 'templates', 'template_id', { template_type: 'classic' }) });
	const file = (verb: 'GET' | 'DELETE', key: string, more: Partial<Case>): Case => ({
		given: withDocument(key, sentName),
		parameters: (ids) => ({ ...one(ids), documentId: ids.file }),
		sends: (ids) => [[`${verb} ${own(ids)}/documents/${ids.file ?? ''}`]],
		puts: () => [{ deleted: true }],
		...more,
	});
	const got = { puts: () => [{ fileName: sentName, mimeType: scan.type, size: scan.content.length }], putsFile: { ...scan, name: sentName } };
	return {
		call,
		pdf: (number: string): Cases => ({
			getPdf: {
				given,
				parameters: one,
				sends: (ids) => [[line('GET', own(ids), { accept: 'pdf' })]],
				puts: () => [{ fileName: `${number}.pdf`, mimeType: 'application/pdf' }],
				putsFile: pdf(number),
			},
		}),
		templates: (): Cases => ({
			getTemplates: {
				given,
				parameters: () => ({ returnAll: true }),
				sends: () => [[line('GET', `${path}/templates`, whole)]],
				puts: () => [{ template_type: 'standard' }, { template_type: 'classic' }],
			},
			useTemplate: {
				given: withTemplate,
				parameters: (ids) => ({ ...one(ids), templateId: ids.template }),
				sends: (ids) => [[`PUT ${own(ids)}/templates/${ids.template ?? ''}`]],
				puts: () => [{ updated: true }],
			},
		}),
		address: (which: 'Billing' | 'Shipping', more: Record<string, string> = {}): Cases => {
			const address = { address: 'Hafenstraße 1', city: 'Köln', zip: '50667', ...more };
			const put = call('PUT', `/address/${which.toLowerCase()}`, () => address, { parameters: () => ({ fields: address }), body: address });
			return { [`update${which}Address`]: put };
		},
		/** A file that is added, got and deleted. */
		file: (part: 'attachment' | 'receipt', isSent?: boolean): Cases => {
			const noun = part === 'receipt' ? 'Receipt' : 'Attachment';
			const query = isSent === undefined ? {} : inEmail(isSent);
			const add: Case = {
				given,
				brings: scan,
				parameters: (ids) => ({ ...one(ids), ...(isSent !== undefined && { canSendInMail: isSent }) }),
				sends: (ids) => [[line('POST', `${own(ids)}/${part}`, query), { [part]: sentName }]],
				puts: () => [{ added: true }],
			};
			return {
				[`add${noun}`]: add,
				[`get${noun}`]: { ...call('GET', `/${part}`, () => ({})), given: withFile(part), ...got },
				[`delete${noun}`]: call('DELETE', `/${part}`, () => ({ deleted: true }), { given: withFile(part) }),
			};
		},
		sending: (): Cases => ({
			updateAttachment: {
				given: withFile('attachment'),
				parameters: (ids) => ({ ...one(ids), canSendInMail: true }),
				sends: (ids) => [[line('PUT', `${own(ids)}/attachment`, inEmail(true))]],
				puts: () => [{ updated: true }],
			},
		}),
		/** Files by their ids. */
		documents: (key: string): Cases => ({ getDocument: file('GET', key, got), deleteDocument: file('DELETE', key, {}) }),
		updateComment: (): Cases => {
			const commented = async (make: Maker): Promise<Ids> => {
				const ids = await given(make);
				await make.call('POST', `${own(ids)}/comments`, { description: 'Called' });
				return { ...ids, comment: await make.first(`${own(ids)}/comments`, 'comments', 'comment_id', { description: 'Called' }) };
			};
			return {
				updateComment: {
					given: commented,
					parameters: (ids) => ({ ...one(ids), commentId: ids.comment, comment: 'Called twice' }),
					sends: (ids) => [[`PUT ${own(ids)}/comments/${ids.comment ?? ''}`, { description: 'Called twice' }]],
					puts: () => [{ description: 'Called twice' }],
				},
			};
		},
	};
}

function documentOf(resource: string, path: string, key: string, party: 'customer_id' | 'vendor_id', more = {}) {
	const given = async (make: Maker): Promise<Ids> => {
		const { id, party: partyId } = await make.document(path, key, party, { date: day.sent, ...more });
		return { it: id, party: partyId };
	};
	return paperCases({ path, idField: `${key}_id`, parameter: `${resource}Id`, given });
}

const invoices = documentOf('invoice', '/invoices', 'invoice', 'customer_id');
const estimates = documentOf('estimate', '/estimates', 'estimate', 'customer_id');
const salesOrders = documentOf('salesOrder', '/salesorders', 'salesorder', 'customer_id');
const creditNotes = documentOf('creditNote', '/creditnotes', 'creditnote', 'customer_id');
const purchaseOrders = documentOf('purchaseOrder', '/purchaseorders', 'purchaseorder', 'vendor_id');
const bills = documentOf('bill', '/bills', 'bill', 'vendor_id', { bill_number: 'B-1' });
const vendorCredits = documentOf('vendorCredit', '/vendorcredits', 'vendor_credit', 'vendor_id');

const openInvoice = async (make: Maker): Promise<Ids> => {
	const { id, party } = await make.document('/invoices', 'invoice', 'customer_id');
	await make.call('POST', `/invoices/${id}/status/sent`);
	return { it: id, party };
};
const paidInvoice = async (make: Maker): Promise<Ids> => {
	const ids = await openInvoice(make);
	const payment = { customer_id: ids.party, payment_mode: 'cash', amount: 60, date: day.sent, invoices: [{ invoice_id: ids.it, amount_applied: 40 }] };
	await make.make('/customerpayments', 'payment', 'payment_id', payment);
	return { ...ids, share: await make.first(`/invoices/${ids.it ?? ''}/payments`, 'payments', 'invoice_payment_id') };
};
const creditedInvoice = async (make: Maker): Promise<Ids> => {
	const ids = await openInvoice(make);
	const credit = await make.make('/creditnotes', 'creditnote', 'creditnote_id', { customer_id: ids.party, date: day.sent, line_items: [{ name: 'Back', rate: 30, quantity: 1 }] });
	await make.call('POST', `/creditnotes/${credit}/status/open`);
	await make.call('POST', `/invoices/${ids.it ?? ''}/credits`, { apply_creditnotes: [{ creditnote_id: credit, amount_applied: 10 }] });
	return { ...ids, share: await make.first(`/invoices/${ids.it ?? ''}/creditsapplied`, 'credits', 'creditnotes_invoice_id') };
};
const customerPayments = paperCases({
	path: '/customerpayments',
	idField: 'payment_id',
	parameter: 'customerPaymentId',
	given: async (make) => {
		const payment = { customer_id: await make.contact(), payment_mode: 'cash', amount: 60, date: day.sent };
		return { it: await make.make('/customerpayments', 'payment', 'payment_id', payment) };
	},
});
const submitted = (path: string, key: string) => async (make: Maker): Promise<Ids> => {
	const { id } = await make.document(path, key, 'customer_id', { date: day.sent });
	await make.call('POST', `${path}/${id}/submit`);
	return { it: id };
};
const scheduled = async (make: Maker): Promise<Ids> => {
	const ids = await openInvoice(make);
	await make.call('POST', `/invoices/${ids.it ?? ''}/email/schedule`, { schedule_time: '2099-06-20 10:00:00' });
	return ids;
};
const oneInvoice = ({ it }: Ids) => at('invoiceId', it);

const reviews = (path: string, key: string, parameter: string): Cases => ({
	approveFinally: {
		given: submitted(path, key),
		parameters: ({ it }) => at(parameter, it),
		sends: ({ it = '' }) => [[`POST ${path}/${it}/approve/final`]],
		puts: () => [{ status: 'approved' }],
	},
	reject: {
		given: submitted(path, key),
		parameters: ({ it }) => ({ ...at(parameter, it), reason: 'Too dear' }),
		sends: ({ it = '' }) => [[line('POST', `${path}/${it}/reject`, { reason: 'Too dear' })]],
		puts: () => [{ status: 'rejected' }],
	},
});

const invoiceOnly: Cases = {
	enableReminders: invoices.call('POST', '/paymentreminder/enable', () => ({ payment_reminder_enabled: true })),
	disableReminders: invoices.call('POST', '/paymentreminder/disable', () => ({ payment_reminder_enabled: false })),
	sendReminder: {
		given: openInvoice,
		parameters: (ids) => ({ ...oneInvoice(ids), emailTo: 'pat@example.com', emailSubject: 'Please pay' }),
		sends: ({ it = '' }) => [[`POST /invoices/${it}/paymentreminder`, { cc_mail_ids: [], to_mail_ids: ['pat@example.com'], subject: 'Please pay' }]],
		puts: () => [{ reminded: true }],
	},
	scheduleEmail: {
		given: openInvoice,
		parameters: (ids) => ({ ...oneInvoice(ids), sendAt: '2099-06-20T10:00:00.000Z' }),
		sends: ({ it = '' }) => [[`POST /invoices/${it}/email/schedule`, { schedule_time: '2099-06-20 10:00:00' }]],
		puts: () => [{ scheduled: true }],
	},
	cancelScheduledEmail: { given: scheduled, parameters: oneInvoice, sends: ({ it = '' }) => [[`DELETE /invoices/${it}/email/schedule`]], puts: () => [{ scheduled: false }] },
	createPaymentLink: {
		given: openInvoice,
		parameters: (ids) => ({ ...oneInvoice(ids), expiryDate: '2099-06-20T00:00:00', linkType: 'public' }),
		sends: ({ it = '' }) => [[line('GET', '/share/paymentlink', { expiry_time: '2099-06-20', link_type: 'public', transaction_id: it, transaction_type: 'invoice' })]],
		puts: () => [{ share_link: expect.stringContaining('https://zohosecurepay.com/') as string }],
	},
	deletePayment: {
		given: paidInvoice,
		parameters: (ids) => ({ ...oneInvoice(ids), invoicePaymentId: ids.share }),
		sends: ({ it = '', share = '' }) => [[`DELETE /invoices/${it}/payments/${share}`]],
		puts: () => [{ deleted: true }],
	},
	removeCredit: {
		given: creditedInvoice,
		parameters: (ids) => ({ ...oneInvoice(ids), creditId: ids.share }),
		sends: ({ it = '', share = '' }) => [[`DELETE /invoices/${it}/creditsapplied/${share}`]],
		puts: () => [{ deleted: true }],
	},
};

const order = async (make: Maker): Promise<Ids> => {
	const { id, party } = await make.document('/salesorders', 'salesorder', 'customer_id', { date: day.sent });
	await make.call('POST', `/salesorders/${id}/status/open`);
	return { it: id, party };
};
const quote = async (make: Maker): Promise<Ids> => {
	const { id } = await make.document('/estimates', 'estimate', 'customer_id', { date: day.sent });
	await make.call('POST', `/estimates/${id}/status/sent`);
	return { it: id };
};

/** By resource. */
export const papers: Record<string, Cases> = {
	invoice: {
		...invoices.pdf('INV-000001'),
		...invoices.templates(),
		...invoices.address('Billing'),
		...invoices.address('Shipping', { street2: 'Hof' }),
		...invoices.file('attachment', true),
		...invoices.sending(),
		...invoices.documents('invoice'),
		...invoices.updateComment(),
		...reviews('/invoices', 'invoice', 'invoiceId'),
		...invoiceOnly,
	},
	estimate: {
		...estimates.pdf('QT-000001'),
		...estimates.templates(),
		...estimates.address('Billing'),
		...estimates.address('Shipping'),
		...estimates.updateComment(),
		convertToInvoice: {
			given: quote,
			parameters: ({ it }) => ({ estimateId: chosen(it) }),
			sends: ({ it = '' }) => [[line('POST', '/invoices/fromestimates', { estimate_ids: it })]],
			puts: ({ it = '' }) => [{ estimate_id: it, converted: true }],
		},
	},
	salesOrder: {
		...salesOrders.pdf('SO-00001'),
		...salesOrders.templates(),
		...salesOrders.address('Billing', { attention: 'Ms Lee', phone: '1' }),
		...salesOrders.address('Shipping', { attention: 'Ms Lee' }),
		...salesOrders.file('attachment', false),
		...salesOrders.sending(),
		...salesOrders.updateComment(),
		convertToInvoice: {
			given: order,
			parameters: ({ it }) => ({ salesOrderId: chosen(it) }),
			sends: ({ it = '' }) => [[line('POST', '/invoices/fromsalesorder', { salesorder_id: it })]],
			puts: ({ party = '' }) => [{ invoice_id: expect.any(String) as string, customer_id: party, total: 100 }],
		},
	},
	creditNote: {
		...creditNotes.pdf('CN-00001'),
		...creditNotes.templates(),
		...creditNotes.address('Billing'),
		...creditNotes.address('Shipping'),
		addAttachment: creditNotes.file('attachment', true).addAttachment as Case,
		...creditNotes.documents('creditnote'),
		...reviews('/creditnotes', 'creditnote', 'creditNoteId'),
	},
	purchaseOrder: {
		...purchaseOrders.pdf('PO-00001'),
		...purchaseOrders.templates(),
		...purchaseOrders.address('Billing', { attention: 'Ms Lee' }),
		...purchaseOrders.file('attachment'),
		...purchaseOrders.sending(),
		...purchaseOrders.updateComment(),
		getAsBill: {
			given: async (make) => {
				const { id, party } = await make.document('/purchaseorders', 'purchaseorder', 'vendor_id', { date: day.sent });
				return { it: id, party };
			},
			parameters: ({ it }) => ({ purchaseOrderId: chosen(it) }),
			sends: ({ it = '' }) => [[line('GET', '/bills/editpage/frompurchaseorders', { purchaseorder_ids: it })]],
			puts: ({ it = '', party = '' }) => [{ vendor_id: party, purchaseorder_ids: [it], line_items: [{ name: 'Work', rate: 100 }] }],
		},
	},
	bill: { ...bills.file('attachment'), ...bills.address('Billing', { attention: 'Ms Lee' }) },
	vendorCredit: vendorCredits.pdf('DN-00001'),
	customerPayment: customerPayments.pdf('1'),
};
