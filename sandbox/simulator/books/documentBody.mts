import { type Exact, exact } from '../crm/exact.mts';
import type { Comment } from './comments.mts';
import type { Contact } from './contacts.mts';
import type { Currency } from './currencies.mts';
import type { CustomFields } from './customFields.mts';
import { kinds, type Kind, type Status } from './documentKinds.mts';
import { type Line, readDiscount, readLines, readTax } from './documentLineBody.mts';
import { invalid, refuse } from './errors.mts';
import type { Item } from './items.mts';
import type { TaxInfo } from './taxes.mts';
import { daysAfter, readDay } from './times.mts';
import type { Discount } from './totals.mts';
import { type Json, readText, readValue } from './values.mts';

export interface Document {
	id: string;
	kind: Kind;
	number: string;
	/** The contact that it is with; of a purchase the vendor. */
	customerId: string;
	date: string;
	/** The date that its kind calls otherwise, too: `expiry_date` of an estimate. */
	dueDate: string;
	/** Days; `payment_terms`. */
	terms: number;
	status: Status;
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
	/** The purchase orders that a bill names. */
	orderIds: string[];
	comments: Comment[];
	emailed: boolean;
	source: 'api' | 'user';
	/** What payments pay of it. */
	applied: Exact;
	/** What is given up of an invoice. */
	writtenOff: Exact;
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
	/** The account that a field names; refuses one that is not there, or inactive. */
	account(field: string, value: unknown, before?: string): { id: string };
	hasProject(id: string): boolean;
	/** Refuses an unknown one; the base currency for ''. */
	currencyOf(id: string): Currency;
	rateOn(currencyId: string, day: string): number;
	/** Refuses an expense that the invoice cannot charge. */
	checkExpense(id: string, invoice: Document): void;
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
	'delivery_method',
	'ship_via',
	'attention',
	'zcrm_potential_name',
	'crm_owner_id',
	'crm_custom_reference_id',
	'permit_number',
];

/** Reads what the body names into the document; the rest stays. A list of lines that it names is the whole list from then on. */
export function applyBody(document: Document, body: Json, org: DocumentSurroundings, isNew: boolean): void {
	const has = (name: string) => name in body;
	const text = (name: string, most?: number) => readText(name, body[name], most);
	const flag = (name: string) => readValue(name, { kind: 'boolean' }, body[name]) === true;
	const number = (name: string) => Number(readValue(name, { kind: 'number' }, body[name]) || 0);

	setContact(document, body, org, isNew);
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
	if (has('purchaseorder_ids')) {
		const list = readValue('purchaseorder_ids', { kind: 'list' }, body['purchaseorder_ids']) as unknown[];
		document.orderIds = list.map(String);
	}
	if (has('line_items')) {
		const { kind, lines: before } = document;
		document.lines = readLines(body['line_items'], { kind, before, org, isNew });
	}
}

/** The customer, or of a purchase the vendor. */
function setContact(document: Document, body: Json, org: DocumentSurroundings, isNew: boolean): void {
	const { party } = kinds[document.kind];
	const field = `${party}_id`;
	if (!isNew && !(field in body)) return;
	const id = readText(field, body[field]) || invalid(field);
	if (org.contactOf(id)?.type !== party)
		refuse(404, 1002, `${party === 'customer' ? 'Customer' : 'Vendor'} does not exist.`);
	document.customerId = id;
}

/** What is due on a day that nobody names is due after the contact's payment terms. Other second dates are named, or there is none. */
function setDueDate(document: Document, body: Json, isNew: boolean): void {
	const { dueField: field } = kinds[document.kind];
	if (field === undefined) return;
	if ('payment_terms' in body) {
		const terms = Number(readValue('payment_terms', { kind: 'number' }, body['payment_terms']) || 0);
		document.terms = Number.isInteger(terms) ? terms : invalid('payment_terms');
	}
	const named = field in body ? readDay(field, body[field]) : '';
	if (named !== '' || field !== 'due_date') {
		if (field in body) document.dueDate = named;
	} else if (isNew || 'payment_terms' in body)
		document.dueDate = daysAfter(document.date, Math.max(0, document.terms));
}

/** A document is in its contact's currency unless it names another, and keeps the rate of its day. */
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

export const discountOf = (text: string): Discount =>
	text.endsWith('%') ? { percent: exact(text.slice(0, -1)) } : { amount: exact(text) };

/** `10.00%` or a number, as documents of live organizations show it. */
export const shownDiscount = (text: string): string | number =>
	text.endsWith('%') ? `${Number(text.slice(0, -1)).toFixed(2)}%` : Number(text);

/** A document of which nothing is known yet. */
export const blank = (kind: Kind, source: Document['source'], now: number): Document => ({
	id: '',
	kind,
	number: '',
	customerId: '',
	date: '',
	dueDate: '',
	terms: 0,
	status: kinds[kind].first,
	acceptedDate: '',
	declinedDate: '',
	reference: '',
	lines: [],
	discount: '0',
	discountType: kinds[kind].discountType,
	beforeTax: true,
	inclusive: false,
	shipping: 0,
	shippingTax: undefined,
	adjustment: 0,
	currencyId: '',
	rate: 1,
	texts: {},
	personIds: [],
	custom: new Map(),
	potentialId: '',
	estimateId: '',
	orderIds: [],
	comments: [],
	emailed: false,
	source,
	applied: exact(0),
	writtenOff: exact(0),
	lastPaymentDate: '',
	createdAt: now,
	modifiedAt: now,
});
