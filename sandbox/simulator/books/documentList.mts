import { toNumber } from '../crm/exact.mts';
import type { Document } from './documentBody.mts';
import { type Kind, kinds } from './documentKinds.mts';
import { documentRow } from './documentRender.mts';
import type { BooksOrg } from './org.mts';
import { primaryTexts } from './render.mts';
import type { ListSpec } from './rows.mts';
import { booksDate } from './times.mts';

/** What only some lists take, by the names of Zoho's OpenAPI files: filters by text, by one value, by amount and by day, and columns that it sorts by. */
const particulars: Record<Kind, Partial<Record<'texts' | 'exact' | 'amounts' | 'days' | 'sorts', string>>> = {
	invoice: {
		texts: 'email',
		exact: 'zcrm_potential_id',
		amounts: 'balance',
		days: 'due_date created_date',
		sorts: 'due_date balance',
	},
	estimate: { exact: 'zcrm_potential_id', days: 'expiry_date' },
	salesorder: {
		texts: 'email',
		exact: 'zcrm_potential_id salesorder_ids',
		// The file calls the shipment date by the estimate's name, too.
		days: 'shipment_date expiry_date created_date',
		sorts: 'shipment_date last_modified_time reference_number',
	},
	creditnote: { exact: 'line_item_id tax_id', sorts: 'balance' },
	purchaseorder: { texts: 'custom_field', days: 'created_date', sorts: 'delivery_date' },
	bill: {
		texts: 'description',
		exact: 'purchaseorder_id',
		days: 'due_date created_date',
		sorts: 'due_date balance',
	},
	vendorcredit: {
		texts: 'notes custom_field',
		exact: 'line_item_id tax_id',
		sorts: 'balance last_modified_time reference_number',
	},
};

/** Filters by what the simulated Books does not have: they find nothing. */
const absent: Partial<Record<Kind, readonly string[]>> = {
	salesorder: ['salesperson_id', 'location_ids'],
	creditnote: ['location_ids'],
	purchaseorder: ['location_ids'],
	bill: ['project_id', 'recurring_bill_id', 'customer_id', 'location_ids'],
	vendorcredit: ['location_ids'],
};

const unpaid = ['sent', 'overdue', 'partially_paid'];
/** `partially_paid` is the filter `Status.PartiallyPaid`. */
const filterOf = (state: string) =>
	`Status.${state
		.split('_')
		.map((word) => word[0]?.toUpperCase() + word.slice(1))
		.join('')}`;

/** The readers that are named, with spaces between the names. */
function pick<T>(all: Record<string, T>, names = ''): Record<string, T> {
	const wanted = names.split(' ');
	return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
}

/** `GET /invoices` and the like; parameters and columns after Zoho's OpenAPI files, defaults as recorded. */
export function documentList(org: BooksOrg, kind: Kind): ListSpec<Document> {
	const { list, numberField, party, shown, report } = kinds[kind];
	const also = particulars[kind];
	const contact = ({ customerId }: Document) => org.contacts.byId.get(customerId);
	const nameOf = (document: Document) => contact(document)?.name ?? '';
	const number = (document: Document) => document.number;
	const reference = (document: Document) => document.reference;
	const date = (document: Document) => document.date;
	const due = (document: Document) => document.dueDate;
	const total = (document: Document) => toNumber(org.documents.totals(document).total);
	const balance = (document: Document) => toNumber(org.documents.balance(document));
	const descriptions = (document: Document) => document.lines.map(({ description }) => description);
	const isIn = (state: string) => (document: Document) => {
		const now = org.documents.statusOf(document);
		// Of sales orders the filter is `Status.OverDue`, the state `overdue`.
		return state === 'unpaid' ? unpaid.includes(now) : now === state.replace('over_due', 'overdue');
	};
	/** Vendor credits have their vendor under the customer's name in the list. */
	const byContact = kind === 'vendorcredit' ? 'customer' : party;
	const sorts = {
		due_date: due,
		shipment_date: due,
		delivery_date: due,
		balance,
		last_modified_time: (document: Document) => document.modifiedAt,
		reference_number: reference,
	};
	return {
		key: list,
		report,
		texts: {
			[numberField]: number,
			reference_number: reference,
			[`${byContact}_name`]: nameOf,
			item_name: (document) => document.lines.map(({ name }) => name),
			item_description: descriptions,
			...pick(
				{
					email: (document: Document) => primaryTexts(contact(document)).email,
					notes: (document: Document) => document.texts['notes'] ?? '',
					description: descriptions,
					custom_field: (document: Document) => [...document.custom.values()].map(String),
				},
				also.texts,
			),
		},
		exact: {
			[`${byContact}_id`]: (document, id) => document.customerId === id,
			item_id: (document, id) => document.lines.some(({ itemId }) => itemId === id),
			status: (document, state) => isIn(state)(document),
			...Object.fromEntries((absent[kind] ?? []).map((name) => [name, () => false])),
			...pick(
				{
					zcrm_potential_id: (document: Document, id: string) => document.potentialId === id,
					salesorder_ids: (document: Document, ids: string) => ids.split(',').includes(document.id),
					purchaseorder_id: (document: Document, id: string) => document.orderIds.includes(id),
					line_item_id: (document: Document, id: string) => document.lines.some((line) => line.id === id),
					tax_id: (document: Document, id: string) => document.lines.some(({ tax }) => tax?.id === id),
				},
				also.exact,
			),
		},
		amounts: { total, ...pick({ balance }, also.amounts) },
		days: {
			date,
			...pick(
				{
					due_date: due,
					expiry_date: due,
					shipment_date: due,
					created_date: (document: Document) => booksDate(document.createdAt, org.timeZone),
				},
				also.days,
			),
		},
		searched: (document) => [document.number, document.reference, nameOf(document)],
		filters: {
			'Status.All': () => true,
			...Object.fromEntries(shown.map((state) => [filterOf(state), isIn(state)])),
		},
		defaultFilter: 'Status.All',
		sorts: {
			[`${party}_name`]: nameOf,
			[numberField]: number,
			date,
			total,
			created_time: (document) => document.createdAt,
			...pick<(document: Document) => string | number>(sorts, also.sorts),
		},
		defaultSort: ['created_time', 'D'],
		modified: (document) => document.modifiedAt,
		...(kind === 'invoice' && { context: { seller_app_sales_channels: '' } }),
		row: (document) => documentRow(org, document),
	};
}
