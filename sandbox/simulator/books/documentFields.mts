import type { Kind } from './documentKinds.mts';

/** Body fields of each kind after Zoho's OpenAPI files. Those of single countries are known, and change nothing here. */

const words = (text: string) => text.trim().split(/\s+/);

const all = words(`
	currency_id contact_persons_associated reference_number date is_inclusive_tax exchange_rate custom_fields tags line_items notes location_id place_of_supply vat_treatment
	tax_treatment gst_treatment gst_no
`);
const ofSales = words(`
	customer_id contact_persons template_id discount is_discount_before_tax discount_type salesperson_name terms shipping_charge adjustment adjustment_description tax_id
	tax_authority_id tax_exemption_id is_reverse_charge_applied avatax_use_code avatax_exempt_no
`);
const ofPurchases = words(
	'vendor_id source_of_supply destination_of_supply pricebook_id is_update_customer documents',
);

export const bodyFields: Record<Kind, readonly string[]> = {
	invoice: [
		...all,
		...ofSales,
		...words(`
			custom_body custom_subject invoice_number due_date payment_terms payment_terms_label invoiced_estimate_id recurring_invoice_id payment_options allow_partial_payments
			send reason billing_address_id shipping_address_id batch_payments
		`),
		// In answers only, but public code sends it.
		'shipping_charge_tax_id',
	],
	estimate: [
		...all,
		...ofSales,
		...words('custom_body custom_subject estimate_number expiry_date project_id shipping_charge_tax_id'),
	],
	salesorder: [
		...all,
		...ofSales.filter((name) => name !== 'contact_persons'),
		...words(`
			shipment_date salesperson_id merchant_id billing_address_id shipping_address_id crm_owner_id crm_custom_reference_id salesorder_number is_update_customer notes_default
			terms_default tax_authority_name tax_exemption_code delivery_method estimate_id pricebook_id documents zcrm_potential_id zcrm_potential_name
		`),
	],
	creditnote: [
		...all,
		...words(`
			customer_id is_draft creditnote_number is_reverse_charge_applied cfdi_usage cfdi_reference_type ignore_auto_number_generation terms template_id tax_id tax_authority_id
			tax_exemption_id avatax_use_code avatax_exempt_no avatax_tax_code
		`),
	],
	purchaseorder: [
		...all,
		...ofPurchases,
		...words(`
			purchaseorder_number billing_address_id crm_owner_id crm_custom_reference_id template_id delivery_date due_date discount discount_account_id is_discount_before_tax
			notes_default terms terms_default ship_via delivery_org_address_id delivery_customer_id attention salesorder_id
		`),
	],
	bill: [
		...all.filter((name) => name !== 'contact_persons_associated'),
		...ofPurchases,
		...words(`
			purchaseorder_ids bill_number permit_number due_date payment_terms payment_terms_label recurring_bill_id is_item_level_tax_calc adjustment adjustment_description taxes
			terms approvers
		`),
	],
	vendorcredit: [
		...all.filter((name) => name !== 'contact_persons_associated'),
		...ofPurchases,
		'vendor_credit_number',
	],
};

export const emailFields = words(
	'send_from_org_email_id from_address_id to_mail_ids cc_mail_ids bcc_mail_ids subject body',
);

/** What an email is not sent without, besides the addresses: of some resources Books has a template. */
export const emailNeeds: Partial<Record<Kind, readonly string[]>> = {
	salesorder: ['subject', 'body'],
	creditnote: ['subject', 'body'],
	purchaseorder: ['body'],
};
