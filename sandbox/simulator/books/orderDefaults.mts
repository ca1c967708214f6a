import type { Kind } from './documentKinds.mts';
import type { Json } from './values.mts';

/** Keys of recorded bills, purchase orders and credit notes about things that the simulated Books does not have. */

const all = (names: string, value: unknown): Json =>
	Object.fromEntries(
		names
			.trim()
			.split(/\s+/)
			.map((name) => [name, value]),
	);
const texts = (names: string) => all(names, '');

const purchase: Json = {
	...texts('discount_account_id discount_account_name billing_address_id'),
	non_catalog_items_count: 0,
	computation_type: 'basic',
};

export const orderDetails: Partial<Record<Kind, Json>> = {
	bill: {
		...purchase,
		...texts(`
			payment_expected_date scanned_po_number scanned_po_id recurring_bill_id due_by_days bill_order_type reference_id adjustment_account_id adjustment_account_name
		`),
		...all(
			`is_item_level_tax_calc is_uber_bill is_tally_bill track_discount_in_account is_bill_reconciliation_violated is_line_item_invoiced is_approval_required`,
			false,
		),
		...all('due_in_days unprocessed_payment_amount total_retention_amount', 0),
		...all('allocated_landed_costs unallocated_landed_costs retention_items', []),
		discount_setting: 'flat',
		entity_type: 'bill',
	},
	purchaseorder: {
		...purchase,
		...texts(`
			received_status ship_via_id delivery_org_address_id delivery_customer_id delivery_customer_address_id
		`),
		...all('is_po_marked_as_received has_qty_cancelled', false),
		is_adv_tracking_in_receive: true,
		delivery_address: texts('zip country address organization_address_id address2 city phone address1 state'),
		advances: [],
	},
	creditnote: {
		...texts(`
			offline_created_date_with_time invoice_id sales_channel salesperson_id salesperson_name discount_account_id discount_account_name adjustment_account_id
			adjustment_account_name
		`),
		computation_type: 'basic',
	},
};

export const orderRows: Partial<Record<Kind, Json>> = {
	bill: {
		...texts('attachment_name'),
		...all('is_uber_bill is_tally_bill is_bill_reconciliation_violated', false),
		...all('tds_total unprocessed_payment_amount', 0),
		entity_type: 'bill',
	},
	purchaseorder: {
		...texts('delivery_days due_by_days due_in_days price_precision'),
		quantity_marked_as_received: 0,
		is_po_marked_as_received: false,
		receives: [],
	},
	// As recorded, of a credit note that names nobody.
	creditnote: { salesperson_name: 'Others', salesperson_id: '-1', rounding_mode: 'round_half_up' },
};

export const orderLines: Partial<Record<Kind, Json>> = {
	bill: {
		...texts(`
			purchaseorder_id account_code sales_rate discount_account_id discount_account_name item_type image_name image_type customer_id receipt_line_item_id customer_name project_id
			project_name invoice_id invoice_number item_matching_type
		`),
		...all('quantity_received markup_percent', 0),
		...all('purchase_request_items receive_line_items', []),
		is_billable: false,
	},
	purchaseorder: {
		...texts('salesorder_item_id image_document_id project_id image_name image_type'),
		...all('quantity_marked_as_received quantity_cancelled quantity_billed', 0),
		is_receivable: false,
		purchase_request_items: [],
	},
	creditnote: {
		...texts(
			'invoice_id invoice_item_id project_id discount_account_id discount_account_name sales_margin image_document_id',
		),
		...all('can_skip_stock_tracking is_credit_only_item is_modifier_item', false),
	},
};
