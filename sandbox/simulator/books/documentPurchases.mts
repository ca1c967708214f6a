import { exact, sum, toNumber } from '../crm/exact.mts';
import type { Document } from './documentBody.mts';
import { paymentOfBill } from './documentPayments.mts';
import { dueDays, madeOfOrder, termsLabel } from './documentSales.mts';
import { billsOf } from './documentStates.mts';
import type { BooksOrg } from './org.mts';
import { shownDate } from './times.mts';
import type { DocumentTotals } from './totals.mts';
import type { Json } from './values.mts';

/** What only purchase orders and bills show. */

const quantityOf = ({ lines }: Document) => toNumber(sum(lines.map(({ quantity }) => exact(quantity))));

/** Rows tell what is to come of an order; a single one says nothing until something has. */
const orderStates = (org: BooksOrg, order: Document): Json => {
	const status = org.documents.statusOf(order);
	return { order_status: status === 'billed' ? 'closed' : status, isBilled: status === 'billed' };
};

export function purchaseOrderRow(org: BooksOrg, order: Document): Json {
	const { isBilled, order_status } = orderStates(org, order);
	const custom = org.customFields('purchaseorder').render(order.custom);
	return {
		order_status,
		billed_status: isBilled ? 'billed' : 'to_be_billed',
		received_status: 'to_be_received',
		expected_delivery_date: order.texts['expected_delivery_date'] ?? '',
		quantity_yet_to_receive: quantityOf(order),
		...custom.flat,
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
	};
}

export function purchaseOrderDetail(org: BooksOrg, order: Document, totals: DocumentTotals): Json {
	const { isBilled, order_status } = orderStates(org, order);
	const bills = billsOf(order, org.documents.of('bill'));
	return {
		order_status,
		billed_status: isBilled ? 'billed' : '',
		expected_delivery_date: order.texts['expected_delivery_date'] ?? '',
		discount_amount: toNumber(totals.discountTotal),
		total_quantity: quantityOf(order),
		is_emailed: order.emailed,
		payment_terms: order.terms,
		payment_terms_label: termsLabel(order),
		ship_via: order.texts['ship_via'] ?? '',
		attention: order.texts['attention'] ?? '',
		crm_owner_id: order.texts['crm_owner_id'] ?? '',
		can_mark_as_bill: order.status === 'open' && !isBilled,
		can_mark_as_unbill: order.status === 'billed' && bills.length === 0,
		bills: bills.map((bill) => madeOfOrder(org, bill)),
	};
}

export function billRow(org: BooksOrg, bill: Document): Json {
	const balance = toNumber(org.documents.balance(bill));
	const shown = (at: number) => shownDate(at, org.timeZone);
	return {
		due_days: dueDays(org, bill),
		price_precision: org.documents.currency(bill).places,
		exchange_rate: bill.rate,
		balance,
		balance_due: balance,
		created_time_formatted: shown(bill.createdAt),
		last_modified_time_formatted: shown(bill.modifiedAt),
		created_by: org.user.name,
		last_modified_by: org.user.name,
		is_opening_balance: bill.id,
	};
}

export function billDetail(org: BooksOrg, bill: Document, totals: DocumentTotals): Json {
	const { credits } = org.documents;
	const orders = org.documents.of('purchaseorder').filter((order) => billsOf(order, [bill]).length > 0);
	const unused = org.documents
		.of('vendorcredit')
		.filter(({ customerId, status }) => customerId === bill.customerId && status === 'open')
		.map((credit) => org.documents.balance(credit));
	return {
		source: bill.source === 'api' ? 'Api' : 'Client',
		currency_name_formatted: org.documents.currency(bill).name,
		payment_terms: bill.terms,
		payment_terms_label: termsLabel(bill),
		unused_credits_payable_amount: toNumber(sum(unused)),
		discount_amount: toNumber(totals.discountTotal),
		balance: toNumber(org.documents.balance(bill)),
		payment_made: toNumber(bill.applied),
		vendor_credits_applied: toNumber(credits.credited(bill.id)),
		permit_number: bill.texts['permit_number'] ?? '',
		purchaseorder_ids: orders.map(({ id }) => id),
		purchaseorders: orders.map((order) => ({
			purchaseorder_id: order.id,
			purchaseorder_number: order.number,
			purchaseorder_date: order.date,
			purchaseorder_status: org.documents.statusOf(order),
		})),
		payments: org
			.payersOf('bill')
			.of(bill.id)
			.map((payment) => paymentOfBill(org, bill, payment)),
		vendor_credits: credits.of(bill.id).map((share) => ({
			vendor_credit_id: share.creditId,
			vendor_credit_bill_id: share.id,
			vendor_credit_number: org.documents.byId.get(share.creditId)?.number ?? '',
			date: share.date,
			amount: toNumber(share.amount),
		})),
		account_id: org.accountIds.payable,
		account_name: org.accountName(org.accountIds.payable),
		last_modified_id: org.user.id,
	};
}
