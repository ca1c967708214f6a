import { type Exact, toNumber } from '../crm/exact.mts';
import { creditDetail, creditNoteRow, vendorCreditRow } from './creditRender.mts';
import { amounts } from './documentAmounts.mts';
import type { Document } from './documentBody.mts';
import { type Kind, kinds } from './documentKinds.mts';
import { shownLines } from './documentLines.mts';
import { billDetail, billRow, purchaseOrderDetail, purchaseOrderRow } from './documentPurchases.mts';
import {
	defaultAddress,
	detailAddress,
	estimateDetail,
	estimateRow,
	invoiceDetail,
	invoiceRow,
	salesOrderDetail,
	salesOrderRow,
} from './documentSales.mts';
import { orderDetails, orderRows } from './orderDefaults.mts';
import { filesOf, shownFiles } from './files.mts';
import type { BooksOrg } from './org.mts';
import { paperOf, templateOf } from './paper.mts';
import { booksDate, booksTime } from './times.mts';
import type { DocumentTotals } from './totals.mts';
import type { Json } from './values.mts';

/**
 * Shapes of documents as recorded from a live organization, without the keys that only its printing needs. Of sales orders and vendor credits there is no recording: they have what
 * Zoho's OpenAPI files tell.
 */
interface Shape {
	row(org: BooksOrg, document: Document): Json;
	detail(org: BooksOrg, document: Document, totals: DocumentTotals): Json;
}

const shapes: Record<Kind, Shape> = {
	invoice: { row: invoiceRow, detail: invoiceDetail },
	estimate: { row: (_, document) => estimateRow(document), detail: estimateDetail },
	salesorder: { row: salesOrderRow, detail: salesOrderDetail },
	creditnote: { row: creditNoteRow, detail: creditDetail },
	purchaseorder: { row: purchaseOrderRow, detail: purchaseOrderDetail },
	bill: { row: billRow, detail: billDetail },
	vendorcredit: { row: vendorCreditRow, detail: creditDetail },
};

/** Sales are linked with Deals and salespeople. */
const ofSale = (document: Document): Json => ({
	zcrm_potential_id: document.potentialId,
	zcrm_potential_name: document.texts['zcrm_potential_name'] ?? '',
	salesperson_id: '',
	salesperson_name: document.texts['salesperson_name'] ?? '',
});

/** Keys of rows and single documents of all kinds. */
function common(org: BooksOrg, document: Document, total: Exact): Json {
	const currency = org.documents.currency(document);
	const status = org.documents.statusOf(document);
	const { idField, numberField, party, dueField } = kinds[document.kind];
	return {
		[idField]: document.id,
		[numberField]: document.number,
		...(party === 'customer' && document.kind !== 'creditnote' ? ofSale(document) : {}),
		[`${party}_id`]: document.customerId,
		[`${party}_name`]: org.contacts.byId.get(document.customerId)?.name ?? '',
		status,
		color_code: '',
		current_sub_status_id: '',
		current_sub_status: status,
		reference_number: document.reference,
		date: document.date,
		...(dueField && { [dueField]: document.dueDate }),
		currency_id: currency.id,
		currency_code: currency.code,
		total: toNumber(total),
		created_time: booksTime(document.createdAt, org.timeZone),
		last_modified_time: booksTime(document.modifiedAt, org.timeZone),
		is_viewed_by_client: false,
		client_viewed_time: '',
		template_type: 'standard',
		template_id: org.templateIds[document.kind],
		tags: [],
	};
}

/** A row of `GET /invoices` and the like. It has neither lines nor taxes. */
export function documentRow(org: BooksOrg, document: Document): Json {
	const contact = org.contacts.byId.get(document.customerId);
	return {
		...orderRows[document.kind],
		...common(org, document, org.documents.totals(document).total),
		company_name: String(contact?.fields['company_name'] ?? ''),
		has_attachment: filesOf(org, document.id).length > 0,
		...shapes[document.kind].row(org, document),
	};
}

/** A single document, as GET, POST and PUT answer and as webhooks carry it. */
export function documentDetail(org: BooksOrg, document: Document): Json {
	const totals = org.documents.totals(document);
	const customer = org.contacts.byId.get(document.customerId);
	const custom = org.customFields(document.kind).render(document.custom);
	const paper = paperOf(org, document);
	const attachment = filesOf(org, document.id).at(-1);
	return {
		...orderDetails[document.kind],
		...common(org, document, totals.total),
		...shapes[document.kind].detail(org, document, totals),
		...custom.flat,
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		...amounts(org, document, totals),
		line_items: shownLines(org, document, totals),
		contact_persons: document.personIds,
		contact_persons_associated: [],
		contact_persons_details: [],
		contact_category: '',
		billing_address: detailAddress(document, paper.billing ?? customer?.billing),
		shipping_address: detailAddress(document, paper.shipping ?? customer?.shipping),
		customer_default_billing_address: defaultAddress(customer?.billing),
		notes: document.texts['notes'] ?? '',
		terms: document.texts['terms'] ?? '',
		subject_content: document.texts['subject_content'] ?? '',
		documents: shownFiles(org, document.id),
		sub_statuses: [],
		exceptions: [],
		salesorders: [],
		approvers_list: [],
		lock_details: { can_lock: false },
		locked_actions: [],
		lock_detail: { can_lock: true, custom_locks: [], system_locks: [] },
		submitter_id: '',
		submitted_date: '',
		submitted_by: '',
		submitted_by_name: '',
		submitted_by_email: '',
		submitted_by_photo_url: '',
		approver_id: '',
		...templateOf(org, document),
		page_width: '8.27in',
		page_height: '11.69in',
		orientation: 'portrait',
		attachment_name: attachment?.name ?? '',
		can_send_in_mail: attachment?.sent ?? false,
		allow_partial_payments: false,
		payment_options: { payment_gateways: [] },
		created_date: booksDate(document.createdAt, org.timeZone),
		created_by_id: org.user.id,
		last_modified_by_id: org.user.id,
	};
}
