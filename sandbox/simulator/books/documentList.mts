import { toNumber } from '../crm/exact.mts';
import type { Document, Kind } from './documentBody.mts';
import { documentRow } from './documentRender.mts';
import type { BooksOrg } from './org.mts';
import { primaryTexts } from './render.mts';
import type { ListSpec } from './rows.mts';
import { booksDate } from './times.mts';

const states: Record<Kind, readonly string[]> = {
	invoice: ['draft', 'sent', 'overdue', 'paid', 'partially_paid', 'void', 'viewed', 'unpaid'],
	estimate: ['draft', 'sent', 'invoiced', 'accepted', 'declined', 'expired'],
};
const unpaid = ['sent', 'overdue', 'partially_paid'];
/** `partially_paid` is the filter `Status.PartiallyPaid`. */
const filterOf = (state: string) =>
	`Status.${state
		.split('_')
		.map((word) => word[0]?.toUpperCase() + word.slice(1))
		.join('')}`;

/** `GET /invoices` and `GET /estimates`; parameters and columns after Zoho's OpenAPI files, defaults as recorded. */
export function documentList(org: BooksOrg, kind: Kind): ListSpec<Document> {
	const isInvoice = kind === 'invoice';
	const number = `${kind}_number`;
	const customer = ({ customerId }: Document) => org.contacts.byId.get(customerId);
	const nameOf = (document: Document) => customer(document)?.name ?? '';
	const total = (document: Document) => toNumber(org.documents.totals(document).total);
	const balance = (document: Document) => toNumber(org.documents.balance(document));
	const isIn = (state: string) => (document: Document) => {
		const now = org.documents.statusOf(document);
		return state === 'unpaid' ? unpaid.includes(now) : now === state;
	};
	const due = (document: Document) => document.dueDate;
	return {
		key: `${kind}s`,
		report: isInvoice ? 'Invoices' : 'Quotes',
		texts: {
			[number]: (document) => document.number,
			reference_number: (document) => document.reference,
			customer_name: nameOf,
			item_name: (document) => document.lines.map(({ name }) => name),
			item_description: (document) => document.lines.map(({ description }) => description),
			...(isInvoice && { email: (document: Document) => primaryTexts(customer(document)).email }),
		},
		exact: {
			customer_id: (document, id) => document.customerId === id,
			item_id: (document, id) => document.lines.some(({ itemId }) => itemId === id),
			zcrm_potential_id: (document, id) => document.potentialId === id,
			status: (document, state) => isIn(state)(document),
		},
		amounts: isInvoice ? { total, balance } : { total },
		days: {
			date: (document) => document.date,
			...(isInvoice
				? {
						due_date: due,
						created_date: (document: Document) => booksDate(document.createdAt, org.timeZone),
					}
				: { expiry_date: due }),
		},
		searched: (document) => [document.number, document.reference, nameOf(document)],
		filters: {
			'Status.All': () => true,
			...Object.fromEntries(states[kind].map((state) => [filterOf(state), isIn(state)])),
		},
		defaultFilter: 'Status.All',
		sorts: {
			customer_name: nameOf,
			[number]: (document) => document.number,
			date: (document) => document.date,
			total,
			created_time: (document) => document.createdAt,
			...(isInvoice && { due_date: due, balance }),
		},
		defaultSort: ['created_time', 'D'],
		modified: (document) => document.modifiedAt,
		...(isInvoice && { context: { seller_app_sales_channels: '' } }),
		row: (document) => documentRow(org, document),
	};
}
