import type { Item } from './items.mts';
import type { BooksOrg } from './org.mts';
import { booksDate, booksTime } from './times.mts';
import type { Json } from './values.mts';

/** Shapes of items as recorded from a live organization. */

function common(org: BooksOrg, item: Item): Json {
	const text = (name: string) => String(item.fields[name] ?? '');
	const tax = org.taxes.byId.get(text('tax_id'));
	const type = text('item_type') || 'sales';
	return {
		item_id: item.id,
		name: item.name,
		unit: text('unit'),
		status: item.active ? 'active' : 'inactive',
		source: item.source,
		is_linked_with_zohocrm: false,
		zcrm_product_id: '',
		description: text('description'),
		rate: item.rate,
		tax_id: tax?.id ?? '',
		tax_name: tax?.name ?? '',
		tax_percentage: tax?.percentage ?? 0,
		purchase_account_id: text('purchase_account_id'),
		purchase_account_name: org.accountName(text('purchase_account_id')),
		account_id: text('account_id') || org.accountIds.sales,
		account_name: org.accountName(text('account_id') || org.accountIds.sales),
		purchase_description: text('purchase_description'),
		purchase_rate: Number(item.fields['purchase_rate'] || 0),
		can_be_sold: type !== 'purchases',
		can_be_purchased: type !== 'sales',
		track_inventory: type === 'inventory',
		item_type: type,
		product_type: text('product_type') || 'goods',
		sku: text('sku'),
		image_name: '',
		image_type: '',
		created_time: booksTime(item.createdAt, org.timeZone),
		last_modified_time: booksTime(item.modifiedAt, org.timeZone),
		product_subtype: '',
		purpose_of_use: '',
		tags: [],
	};
}

/** A row of `GET /items`. It has no custom fields. */
export function itemRow(org: BooksOrg, item: Item): Json {
	return {
		...common(org, item),
		item_name: item.name,
		has_attachment: false,
		image_document_id: '',
		vendor_name: '',
	};
}

const emptyTexts = [
	'brand',
	'manufacturer',
	'crm_owner_id',
	'tax_status',
	'tax_start_date',
	'tax_end_date',
	'tax_groups_details',
	'tax_country_code',
	'tax_information',
	'is_tax_expired',
	'purchase_tax_information',
	'associated_template_id',
	'sales_margin',
	'offline_created_date_with_time',
	'minimum_order_quantity',
	'maximum_order_quantity',
	'attribute_name1',
	'attribute_name2',
	'attribute_name3',
	'attribute_option_name1',
	'attribute_option_name2',
	'attribute_option_name3',
	'default_hosted_page_url',
];

/** A single item, as GET, POST, PUT and itemdetails answer and as webhooks carry it. */
export function itemDetail(org: BooksOrg, item: Item): Json {
	const custom = org.customFields('item').render(item.custom);
	const tax = org.taxes.byId.get(String(item.fields['tax_id'] ?? ''));
	return {
		...common(org, item),
		...Object.fromEntries(emptyTexts.map((name) => [name, ''])),
		...custom.flat,
		group_id: item.id,
		unit_id: item.fields['unit'] ? org.unitId : '',
		item_code: {},
		tax_type: tax ? (tax.isGroup ? 'tax_group' : 'tax') : '',
		is_default_tax_applied: false,
		pricebook_rate: item.rate,
		pricing_scheme: 'unit',
		price_brackets: [],
		default_price_brackets: [{ start_quantity: 1, end_quantity: 1, pricebook_rate: item.rate }],
		sales_rate: item.rate,
		created_at: booksDate(item.createdAt, org.timeZone),
		lock_details: { can_lock: false },
		locked_actions: [],
		lock_detail: { can_lock: true, custom_locks: [], system_locks: [] },
		locked_fields: {},
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		is_fulfillable: false,
		sales_channels: [],
		is_modifier_item: false,
		integration_references: [],
		has_variant: false,
		documents: [],
	};
}
