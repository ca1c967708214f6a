import { exact, type Exact, rounded, times, toNumber } from '../crm/exact.mts';
import { discountOf, type Document, shownDiscount } from './documentBody.mts';
import { shownTaxes } from './documentLines.mts';
import { moneyText } from './moneyText.mts';
import type { BooksOrg } from './org.mts';
import type { DocumentTotals } from './totals.mts';
import type { Json } from './values.mts';

/** Sums, taxes, discounts, shipping: keys that single documents of both kinds have. */
export function amounts(org: BooksOrg, document: Document, totals: DocumentTotals): Json {
	const base = (amount: Exact) => toNumber(rounded(times(amount, exact(document.rate)), org.currency.places));
	const isOnAll = document.discountType === 'entity_level';
	const discount = discountOf(document.discount);
	const { shippingTax: tax } = document;
	const { shipping } = totals;
	return {
		exchange_rate: document.rate,
		currency_symbol: org.documents.currency(document).symbol,
		price_precision: org.documents.currency(document).places,
		sub_total: toNumber(totals.subTotal),
		bcy_sub_total: base(totals.subTotal),
		sub_total_inclusive_of_tax:
			document.inclusive && totals.taxes.length > 0 ? toNumber(totals.subTotalWithTax) : 0,
		discount: isOnAll ? shownDiscount(document.discount) : 0,
		discount_percent: isOnAll && 'percent' in discount ? toNumber(discount.percent) : 0,
		discount_applied_on_amount: toNumber(totals.discountedOn),
		discount_total: toNumber(totals.discountTotal),
		bcy_discount_total: base(totals.discountTotal),
		discount_type: document.discountType,
		is_discount_before_tax: document.beforeTax,
		is_inclusive_tax: document.inclusive,
		tax_rounding: org.taxRounding,
		tax_override_preference: 'no_override',
		tds_calculation_type: 'tds_item_level',
		tax_total: toNumber(totals.taxTotal),
		bcy_tax_total: base(totals.taxTotal),
		taxes: shownTaxes(totals.taxes),
		adjustment: document.adjustment,
		bcy_adjustment: base(exact(document.adjustment)),
		adjustment_description: document.texts['adjustment_description'] ?? '',
		shipping_charge: document.shipping,
		bcy_shipping_charge: base(exact(document.shipping)),
		shipping_charge_exclusive_of_tax: toNumber(shipping.net),
		shipping_charge_inclusive_of_tax: toNumber(shipping.withTax),
		shipping_charge_exclusive_of_tax_formatted: formatted(org, document, shipping.net),
		shipping_charge_inclusive_of_tax_formatted: formatted(org, document, shipping.withTax),
		shipping_charge_tax_id: tax?.id ?? '',
		shipping_charge_tax_name: tax?.name ?? '',
		shipping_charge_tax_type: tax ? (tax.isGroup ? 'tax_group' : 'tax') : '',
		shipping_charge_tax_percentage: tax?.percentage ?? '',
		shipping_charge_tax: tax ? toNumber(shipping.tax) : '',
		bcy_shipping_charge_tax: tax ? base(shipping.tax) : '',
		shipping_charge_tax_formatted: tax ? formatted(org, document, shipping.tax) : '',
		shipping_charge_taxes: shownTaxes(shipping.taxes),
		shipping_charge_tax_exemption_id: '',
		shipping_charge_tax_exemption_code: '',
		shipping_charge_account_id: '',
		shipping_charge_account_name: '',
		roundoff_value: 0,
		transaction_rounding_type: 'no_rounding',
		rounding_mode: 'round_half_up',
		bcy_rounding_mode: 'round_half_up',
		total: toNumber(totals.total),
		bcy_total: base(totals.total),
	};
}

const formatted = (org: BooksOrg, document: Document, amount: Exact): string =>
	moneyText(org.documents.currency(document), amount);
