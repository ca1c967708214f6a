import type { Exact } from '../crm/exact.mts';
import { exact } from '../crm/exact.mts';
import type { Contact } from './contacts.mts';
import type { Currency } from './currencies.mts';
import type { CustomFields } from './customFields.mts';
import { invalid, refuse } from './errors.mts';
import type { Item } from './items.mts';
import type { TaxInfo } from './taxes.mts';
import { daysAfter, readDay } from './times.mts';
import type { Discount } from './totals.mts';
import { isObject, type Json, readText, readValue } from './values.mts';

export type Kind = 'invoice' | 'estimate';

export interface Line {
	id: string;
	itemId: string;
	name: string;
	description: string;
	unit: string;
	quantity: number;
	rate: number;
	/** `10%`, or an amount. */
	discount: string;
	/** As it was when the line was written. */
	tax: TaxInfo | undefined;
}

export interface Document {
	id: string;
	kind: Kind;
	number: string;
	customerId: string;
	date: string;
	/** An estimate's is its `expiry_date`. */
	dueDate: string;
	/** Days; `payment_terms`. */
	terms: number;
	/** As somebody set it; what time and payments make of it is told when it is read. */
	status: 'draft' | 'sent' | 'void' | 'accepted' | 'declined' | 'invoiced';
	acceptedDate: string;
	declinedDate: string;
	reference: string;
	lines: Line[];
	/** `10%`, or an amount. */
	discount: string;
	discountType: 'item_level' | 'entity_level';
	beforeTax: boolean;
	inclusive: boolean;
	shipping: number;
	shippingTax: TaxInfo | undefined;
	adjustment: number;
	currencyId: string;
	/** Units of the base currency for one of the document's. */
	rate: number;
	texts: Record<string, string>;
	personIds: string[];
	/** Field id → value. */
	custom: Map<string, unknown>;
	/** A Deal of Zoho CRM, as the native integration links it. */
	potentialId: string;
	/** The estimate that an invoice was made of. */
	estimateId: string;
	emailed: boolean;
	source: 'api' | 'user';
	/** What payments pay of it. */
	applied: Exact;
	lastPaymentDate: string;
	createdAt: number;
	modifiedAt: number;
}

/** What documents need of the organization. */
export interface DocumentSurroundings {
	now(): number;
	newId(): string;
	readonly timeZone: string;
	readonly inclusiveTax: boolean;
	readonly taxRounding: 'item_level' | 'entity_level';
	readonly discountWithTax: boolean;
	customFields(kind: Kind): CustomFields;
	contactOf(id: string): Contact | undefined;
	itemOf(id: string): Item | undefined;
	taxOf(id: string): TaxInfo | undefined;
	/** Refuses an unknown one; the base currency for ''. */
	currencyOf(id: string): Currency;
	rateOn(currencyId: string, day: string): number;
	/** Takes payments off an invoice that is made void. */
	release(invoiceId: string): void;
}

const texts = [
	'notes',
	'terms',
	'salesperson_name',
	'subject_content',
	'adjustment_description',
	'payment_terms_label',
];

/** Reads what the body names into the document; the rest stays. A list of lines that it names is the whole list from then on. */
export function applyBody(document: Document, body: Json, org: DocumentSurroundings, isNew: boolean): void {
	const has = (name: string) => name in body;
	const text = (name: string, most?: number) => readText(name, body[name], most);
	const flag = (name: string) => readValue(name, { kind: 'boolean' }, body[name]) === true;
	const number = (name: string) => Number(readValue(name, { kind: 'number' }, body[name]) || 0);

	if (isNew || has('customer_id')) setCustomer(document, text('customer_id'), org);
	if (has('date')) document.date = readDay('date', body['date']) || invalid('date');
	setDueDate(document, body, isNew);
	setCurrency(document, body, org, isNew);
	if (has('reference_number')) document.reference = text('reference_number', 100);
	if (has('discount')) document.discount = readDiscount('discount', body['discount']);
	if (has('discount_type')) {
		const type = text('discount_type');
		document.discountType =
			type === 'item_level' || type === 'entity_level' ? type : invalid('discount_type');
	}
	if (has('is_discount_before_tax')) document.beforeTax = flag('is_discount_before_tax');
	if (has('is_inclusive_tax')) document.inclusive = flag('is_inclusive_tax');
	if (has('shipping_charge')) document.shipping = number('shipping_charge');
	if (has('shipping_charge_tax_id'))
		document.shippingTax = readTax('shipping_charge_tax_id', body['shipping_charge_tax_id'], org);
	if (has('adjustment')) document.adjustment = number('adjustment');
	if (has('contact_persons')) {
		const list = readValue('contact_persons', { kind: 'list' }, body['contact_persons']) as unknown[];
		document.personIds = list.map(String);
	}
	for (const name of texts) if (has(name)) document.texts[name] = text(name);
	if (has('line_items')) {
		const list = readValue('line_items', { kind: 'list' }, body['line_items']) as unknown[];
		if (list.length === 0) invalid('line_items');
		const before = document.lines;
		document.lines = inOrder(list).map((entry) => readLine(entry, before, org, isNew));
	}
}

function setCustomer(document: Document, id: string, org: DocumentSurroundings): void {
	const contact = org.contactOf(id || invalid('customer_id'));
	if (contact?.type !== 'customer') return refuse(404, 1002, 'Customer does not exist.');
	if (document.applied.units !== 0n && id !== document.customerId)
		refuse(400, 4036, 'The customer of an invoice with payments cannot be changed.');
	document.customerId = id;
}

/** A due date that nobody names is the invoice's date and the customer's payment terms. An estimate expires on a day that is named, or never. */
function setDueDate(document: Document, body: Json, isNew: boolean): void {
	const field = document.kind === 'invoice' ? 'due_date' : 'expiry_date';
	if ('payment_terms' in body) {
		const terms = Number(readValue('payment_terms', { kind: 'number' }, body['payment_terms']) || 0);
		document.terms = Number.isInteger(terms) ? terms : invalid('payment_terms');
	}
	const named = field in body ? readDay(field, body[field]) : '';
	if (named !== '' || document.kind === 'estimate') {
		if (field in body) document.dueDate = named;
	} else if (isNew || 'payment_terms' in body)
		document.dueDate = daysAfter(document.date, Math.max(0, document.terms));
}

/** A document is in the customer's currency unless it names another, and keeps the rate of its day. */
function setCurrency(document: Document, body: Json, org: DocumentSurroundings, isNew: boolean): void {
	const before = document.currencyId;
	const own = String(org.contactOf(document.customerId)?.fields['currency_id'] ?? '');
	if (isNew || 'currency_id' in body)
		document.currencyId = org.currencyOf(readText('currency_id', body['currency_id']) || own).id;
	if (document.currencyId !== before) document.rate = org.rateOn(document.currencyId, document.date);
	if (!('exchange_rate' in body)) return;
	const rate = readValue('exchange_rate', { kind: 'number' }, body['exchange_rate']);
	document.rate = typeof rate === 'number' && rate > 0 ? rate : invalid('exchange_rate');
}

/** `item_order` decides where every line has one. */
function inOrder(list: readonly unknown[]): unknown[] {
	const orders = list.map((entry) => (isObject(entry) ? Number(entry['item_order'] ?? NaN) : NaN));
	if (orders.some(Number.isNaN)) return [...list];
	return list
		.map((entry, index) => ({ entry, order: orders[index] ?? 0 }))
		.sort((a, b) => a.order - b.order)
		.map(({ entry }) => entry);
}

/** A line that names a `line_item_id` of the document changes that one; what it does not name comes from there, or from its item. */
function readLine(entry: unknown, before: readonly Line[], org: DocumentSurroundings, isNew: boolean): Line {
	if (!isObject(entry)) return invalid('line_items');
	const lineId = readText('line_item_id', entry['line_item_id']);
	const line = before.find(({ id }) => id === lineId);
	if (!line && lineId !== '' && !isNew) invalid('line_item_id');
	const itemId = 'item_id' in entry ? readText('item_id', entry['item_id']) : (line?.itemId ?? '');
	const item = itemId === '' ? undefined : (org.itemOf(itemId) ?? refuse(404, 1002, 'Item does not exist.'));
	/** Of another item nothing of the line holds any more. */
	const known = line?.itemId === itemId ? line : undefined;
	const ofItem = (name: string) => String(item?.fields[name] ?? '');
	const text = (name: string, fallback: string, most?: number) =>
		name in entry ? readText(name, entry[name], most) : fallback;
	const number = (name: string, fallback: number) => {
		const value = readValue(name, { kind: 'number' }, entry[name]);
		return typeof value === 'number' ? value : fallback;
	};
	const read: Line = {
		id: line?.id ?? org.newId(),
		itemId,
		name: text('name', known?.name ?? item?.name ?? '', 100) || (item?.name ?? ''),
		description: text('description', known?.description ?? ofItem('description'), 2000),
		unit: text('unit', known?.unit ?? ofItem('unit')),
		quantity: number('quantity', known?.quantity ?? 1),
		rate: number('rate', known?.rate ?? item?.rate ?? 0),
		discount: 'discount' in entry ? readDiscount('discount', entry['discount']) : (known?.discount ?? '0'),
		tax:
			'tax_id' in entry
				? readTax('tax_id', entry['tax_id'], org)
				: known
					? known.tax
					: org.taxOf(ofItem('tax_id')),
	};
	if (read.name === '' && read.description === '') invalid('line_items');
	return read;
}

function readTax(name: string, value: unknown, org: DocumentSurroundings): TaxInfo | undefined {
	const id = readText(name, value);
	return id === '' ? undefined : (org.taxOf(id) ?? refuse(404, 1002, 'Tax does not exist.'));
}

function readDiscount(name: string, value: unknown): string {
	const text = readText(name, value) || '0';
	return /^\d+(\.\d+)?%?$/.test(text) && !(text.endsWith('%') && Number.parseFloat(text) > 100)
		? text
		: invalid(name);
}

export const discountOf = (text: string): Discount =>
	text.endsWith('%') ? { percent: exact(text.slice(0, -1)) } : { amount: exact(text) };

/** `10.00%` or a number, as documents of live organizations show it. */
export const shownDiscount = (text: string): string | number =>
	text.endsWith('%') ? `${Number(text.slice(0, -1)).toFixed(2)}%` : Number(text);
