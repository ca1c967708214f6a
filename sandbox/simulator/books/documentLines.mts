import { exact, type Exact, rounded, times, toNumber } from '../crm/exact.mts';
import { type Document, shownDiscount } from './documentBody.mts';
import { kinds } from './documentKinds.mts';
import type { Line } from './documentLineBody.mts';
import { orderLines } from './orderDefaults.mts';
import type { BooksOrg } from './org.mts';
import type { DocumentTotals, LineTotals, TaxAmount } from './totals.mts';
import type { Json } from './values.mts';

/** As live organizations show the taxes of a line: with the rate in the name. */
export const shownTaxes = (taxes: readonly TaxAmount[]): Json[] =>
	taxes.map(({ tax, amount }) => ({
		tax_id: tax.id,
		tax_name: `${tax.name} (${tax.percentage}%)`,
		tax_amount: toNumber(amount),
	}));

/** Lines as recorded of an invoice, or of an estimate. */
export function shownLines(org: BooksOrg, document: Document, totals: DocumentTotals): Json[] {
	return document.lines.map((line, index) => {
		const own = totals.lines[index];
		if (!own) throw new Error('A line has no totals.');
		const shared = common(org, document, line, own, index);
		return { ...orderLines[document.kind], ...shared, ...particular(org, document, line) };
	});
}

function common(org: BooksOrg, document: Document, line: Line, own: LineTotals, index: number): Json {
	const isOnAll = document.discountType === 'entity_level';
	const base = (amount: Exact) => toNumber(rounded(times(amount, exact(document.rate)), org.currency.places));
	return {
		line_item_id: line.id,
		item_id: line.itemId,
		item_order: index + 1,
		name: line.name,
		internal_name: '',
		description: line.description,
		unit: line.unit,
		quantity: line.quantity,
		discount_amount: toNumber(own.discount),
		discount: isOnAll ? 0 : shownDiscount(line.discount),
		discounts: [],
		bcy_rate: base(exact(line.rate)),
		rate: line.rate,
		header_id: '',
		header_name: '',
		pricebook_id: '',
		pricing_scheme: 'unit',
		tax_id: line.tax?.id ?? '',
		tax_name: line.tax?.name ?? '',
		tax_type: line.tax?.isGroup ? 'tax_group' : 'tax',
		tax_percentage: line.tax?.percentage ?? 0,
		item_total: toNumber(own.net),
		line_item_taxes: shownTaxes(own.taxes),
		item_custom_fields: [],
		item_code: {},
		mapped_items: [],
		tags: [],
		documents: [],
		line_item_category: 'line_item',
	};
}

/** Lines of all kinds but estimates name an account of the ledger: as recorded, sales or the cost of goods where nobody names another. */
function accountOf(org: BooksOrg, { kind }: Document, line: Line): Json {
	const { sales, goods } = org.accountIds;
	const id = line.accountId || (kinds[kind].party === 'customer' ? sales : goods);
	return { account_id: id, account_name: org.accountName(id) };
}

function particular(org: BooksOrg, document: Document, line: Line): Json {
	const item_type = String(org.items.byId.get(line.itemId)?.fields['item_type'] || 'sales');
	switch (document.kind) {
		case 'invoice':
			return { ...accountOf(org, document, line), ...onInvoice(org, line) };
		case 'estimate':
			return { combo_type: '', image_document_id: '' };
		case 'salesorder':
			return { is_invoiced: org.documents.statusOf(document) === 'invoiced' };
		case 'bill':
			return { ...accountOf(org, document, line), purchaseorder_item_id: line.orderLineId };
		default:
			return { ...accountOf(org, document, line), item_type: line.itemId === '' ? '' : item_type };
	}
}

function onInvoice(org: BooksOrg, line: Line): Json {
	return {
		discount_account_id: '',
		discount_account_name: '',
		image_document_id: '',
		bill_id: '',
		bill_item_id: '',
		stock_on_hand: '',
		available_stock: '',
		committed_stock: '',
		available_for_sale_stock: '',
		project_id: line.projectId,
		time_entry_ids: [],
		expense_id: line.expenseId,
		item_type: String(org.items.byId.get(line.itemId)?.fields['item_type'] || 'sales'),
		expense_receipt_name: '',
		sales_rate: org.items.byId.get(line.itemId)?.rate ?? line.rate,
		purchase_rate: '',
		salesorder_item_id: line.orderLineId,
		cost_amount: 0,
		markup_percent: 0,
		is_modifier_item: false,
	};
}
