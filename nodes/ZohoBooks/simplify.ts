/** *Simplify*: what most workflows read of records that have a hundred fields and more. */

import type { INodeProperties } from 'n8n-workflow';

import { isObject, objectsOf } from '../../zoho/json';
import type { JsonObject, JsonValue } from '../../zoho/types';
import type { ReadParameter, RoutedOperation } from '../shared/declarative';

/** A field that is kept, or of a list or object its fields that are. */
type Kept = string | readonly [field: string, kept: readonly string[]];

const words = (text: string): string[] => text.trim().split(/\s+/);

const lines: Kept = ['line_items', words('line_item_id item_id name description quantity unit rate discount tax_name tax_percentage item_total')];
const address = words('address street2 city state zip country');
const documentFields = [...words('status date reference_number currency_code sub_total tax_total total created_time last_modified_time'), lines];

/** A document of this kind, its number, and whom it is for. */
const document = (name: string, party: 'customer' | 'vendor', more = ''): Kept[] => [
	...words(`${name}_id ${name}_number ${party}_id ${party}_name ${more}`),
	...documentFields,
];

/** By resource, in the order in which they are put out; those that a list leaves out come with the single record only. Names as in recorded answers of Books v3. */
const simple: Record<string, readonly Kept[]> = {
	bill: document('bill', 'vendor', 'due_date balance'),
	contact: [
		...words(`
			contact_id contact_name contact_type company_name first_name last_name email phone mobile status currency_code payment_terms_label outstanding_receivable_amount
			outstanding_payable_amount notes created_time last_modified_time
		`),
		['billing_address', address],
		['shipping_address', address],
		['contact_persons', words('contact_person_id first_name last_name email phone mobile is_primary_contact')],
	],
	creditNote: document('creditnote', 'customer', 'balance'),
	estimate: document('estimate', 'customer', 'expiry_date'),
	invoice: document('invoice', 'customer', 'due_date balance'),
	item: words(`
		item_id name sku description unit status item_type product_type rate purchase_rate tax_name tax_percentage stock_on_hand created_time last_modified_time
	`),
	purchaseOrder: document('purchaseorder', 'vendor', 'delivery_date'),
	salesOrder: document('salesorder', 'customer', 'shipment_date'),
	vendorCredit: document('vendor_credit', 'vendor', 'balance'),
};

const fieldsOf = (record: JsonObject, kept: readonly Kept[]): JsonObject =>
	Object.fromEntries(
		kept.flatMap((field) => {
			const [name, parts] = typeof field === 'string' ? [field] : field;
			const value = record[name];
			return value === undefined ? [] : [[name, parts ? partsOf(value, parts) : value]];
		}),
	);

function partsOf(value: JsonValue, kept: readonly string[]): JsonValue {
	if (Array.isArray(value)) return objectsOf(value).map((each) => fieldsOf(each, kept));
	return isObject(value) ? fieldsOf(value, kept) : value;
}

/** Custom fields by name. Books has each one twice there: as people read it, and unformatted. */
function customFieldsOf({ custom_field_hash: hash }: JsonObject): JsonObject {
	if (!isObject(hash)) return {};
	const fields = Object.entries(hash).filter(([name]) => !name.endsWith('_unformatted'));
	return fields.length === 0 ? {} : { custom_field_hash: Object.fromEntries(fields) };
}

/** Resources that have the option. */
export const simplifiedResources = Object.keys(simple);

/** A record with the fields that are kept of its resource. */
export const simplified = (resource: string, record: JsonObject): JsonObject => ({
	...fieldsOf(record, simple[resource] ?? []),
	...customFieldsOf(record),
});

/** Among the options, so that a node without it puts out what Books answers. */
const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The option *Simplify* for a resource whose records are huge; none for others. */
export const simplifyOptions = (resource: string): INodeProperties[] => (resource in simple ? [simplify] : []);

/** The collection Options of an operation that has no other options. */
export const optionsWithSimplify = (resource: string): INodeProperties[] =>
	simplifyOptions(resource).length === 0
		? []
		: [{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: simplifyOptions(resource) }];

/** For the routing of operations that have the option. */
export function simplifying(resource: string): Pick<RoutedOperation, 'shown'> {
	if (!(resource in simple)) return {};
	return {
		shown: (read: ReadParameter) => {
			const isSimple = read('options.simple', false) === true;
			return (record) => (isSimple ? simplified(resource, record) : record);
		},
	};
}
