/** The documents of Books, each told by what sets it apart from the others: after Zoho's OpenAPI files, and recorded answers where there are any. */

export type Kind =
	'invoice' | 'estimate' | 'salesorder' | 'creditnote' | 'purchaseorder' | 'bill' | 'vendorcredit';

/** As somebody set it; what time, payments and other documents make of it is told when it is read. */
export type Status =
	| 'draft'
	| 'sent'
	| 'open'
	| 'void'
	| 'accepted'
	| 'declined'
	| 'invoiced'
	| 'billed'
	| 'cancelled'
	| 'pending_approval'
	| 'approved'
	| 'rejected';

export interface KindSpec {
	/** As refusals and messages call it. */
	name: string;
	/** Path, list key and collection. */
	list: string;
	/** Key of the single record. */
	key: string;
	idField: string;
	numberField: string;
	/** How Books counts; none where the number is the vendor's own. */
	numbers?: { prefix: string; digits: number };
	party: 'customer' | 'vendor';
	/** The second date: when it is due, expires or arrives. */
	dueField?: 'due_date' | 'expiry_date' | 'shipment_date' | 'delivery_date';
	/** Nobody owes for an order; what is owed is paid by payments and credits; a credit pays others. */
	money: 'order' | 'owed' | 'credit';
	/** The state of a new one. */
	first: Status;
	/** The state in which it counts. */
	issued: 'sent' | 'open';
	/** What it is called when its second date has passed. */
	late?: 'expired' | 'overdue';
	discountType: 'item_level' | 'entity_level';
	/** The states that somebody can give it, each with those that it can have before. Nobody publishes these: assumed. */
	moves: Partial<Record<Status, readonly Status[]>>;
	/** The states that lists filter by, with a `_` where the filter has a capital letter. */
	shown: readonly string[];
	/** As the page context of the list calls it. */
	report: string;
	/** Statuses of answers that differ from one resource to the other; none for what it cannot do. */
	answers: { state: 200 | 201; email?: 200 | 201; comment: 200 | 201; reject?: 201 };
	/** How custom fields are changed alone: of most kinds the path has the singular. */
	customFields?: readonly [method: 'PUT' | 'POST', path: string];
	/** Takes a PUT that finds the document by a unique custom field. */
	upserts: boolean;
	/** Comes as a PDF, too. */
	isPrinted: boolean;
	scope: string;
}

type Given = 'name' | 'money' | 'moves' | 'shown' | 'report' | 'answers';

function spec(kind: Kind, given: Pick<KindSpec, Given> & Partial<KindSpec>): KindSpec {
	return {
		list: `${kind}s`,
		key: kind,
		idField: `${kind}_id`,
		numberField: `${kind}_number`,
		party: 'customer',
		first: 'draft',
		issued: 'open',
		discountType: 'item_level',
		customFields: ['PUT', `/${kind}`],
		upserts: true,
		isPrinted: kind !== 'bill',
		scope: `${kind}s`,
		...given,
	};
}

const unlessDraft = { open: ['draft', 'approved', 'open'], void: ['draft', 'open', 'void'] } as const;

export const kinds: Record<Kind, KindSpec> = {
	invoice: spec('invoice', {
		name: 'invoice',
		numbers: { prefix: 'INV-', digits: 6 },
		money: 'owed',
		dueField: 'due_date',
		late: 'overdue',
		issued: 'sent',
		moves: {
			sent: ['draft', 'approved', 'sent'],
			void: ['draft', 'sent', 'void'],
			draft: ['void', 'draft'],
		},
		shown: ['draft', 'sent', 'overdue', 'paid', 'partially_paid', 'void', 'viewed', 'unpaid'],
		report: 'Invoices',
		answers: { state: 200, email: 200, comment: 200 },
	}),
	/** Books says "quote". */
	estimate: spec('estimate', {
		name: 'quote',
		numbers: { prefix: 'QT-', digits: 6 },
		money: 'order',
		dueField: 'expiry_date',
		late: 'expired',
		issued: 'sent',
		moves: {
			sent: ['draft', 'approved', 'sent'],
			accepted: ['sent', 'accepted', 'declined'],
			declined: ['sent', 'accepted', 'declined'],
		},
		shown: ['draft', 'sent', 'invoiced', 'accepted', 'declined', 'expired'],
		report: 'Quotes',
		answers: { state: 200, email: 200, comment: 200 },
	}),
	salesorder: spec('salesorder', {
		name: 'sales order',
		numbers: { prefix: 'SO-', digits: 5 },
		money: 'order',
		dueField: 'shipment_date',
		late: 'overdue',
		moves: { ...unlessDraft, open: ['draft', 'approved', 'open', 'void'] },
		shown: ['draft', 'open', 'over_due', 'partially_invoiced', 'invoiced', 'void', 'closed'],
		report: 'Sales Orders',
		answers: { state: 201, email: 201, comment: 200 },
	}),
	creditnote: spec('creditnote', {
		name: 'credit note',
		numbers: { prefix: 'CN-', digits: 5 },
		money: 'credit',
		first: 'open',
		moves: { ...unlessDraft, draft: ['void', 'draft'] },
		shown: ['draft', 'open', 'closed', 'void'],
		report: 'Credit Notes',
		answers: { state: 200, email: 200, comment: 200 },
		customFields: ['POST', '/creditnotes'],
	}),
	purchaseorder: spec('purchaseorder', {
		name: 'purchase order',
		numbers: { prefix: 'PO-', digits: 5 },
		party: 'vendor',
		money: 'order',
		dueField: 'delivery_date',
		discountType: 'entity_level',
		moves: {
			open: ['draft', 'approved', 'open', 'cancelled', 'billed'],
			billed: ['draft', 'open', 'billed'],
			cancelled: ['draft', 'open', 'cancelled'],
		},
		shown: ['draft', 'open', 'billed', 'cancelled'],
		report: 'Purchase Orders',
		answers: { state: 201, email: 201, comment: 201, reject: 201 },
	}),
	bill: spec('bill', {
		name: 'bill',
		party: 'vendor',
		money: 'owed',
		dueField: 'due_date',
		late: 'overdue',
		first: 'open',
		discountType: 'entity_level',
		moves: { ...unlessDraft, open: ['draft', 'approved', 'open', 'void'] },
		shown: ['open', 'overdue', 'paid', 'partially_paid', 'void'],
		report: 'Bills',
		answers: { state: 201, comment: 201 },
	}),
	vendorcredit: spec('vendorcredit', {
		name: 'vendor credit',
		key: 'vendor_credit',
		idField: 'vendor_credit_id',
		numberField: 'vendor_credit_number',
		numbers: { prefix: 'DN-', digits: 5 },
		party: 'vendor',
		money: 'credit',
		first: 'open',
		discountType: 'entity_level',
		moves: unlessDraft,
		shown: ['draft', 'open', 'closed', 'void'],
		report: 'Vendor Credits',
		answers: { state: 201, comment: 201 },
		customFields: undefined,
		upserts: false,
		scope: 'debitnotes',
	}),
};

export const allKinds = Object.keys(kinds) as Kind[];

/** A value for each kind. */
export const ofEachKind = <T,>(make: (kind: Kind) => T): Record<Kind, T> =>
	Object.fromEntries(allKinds.map((kind) => [kind, make(kind)])) as Record<Kind, T>;
