import { invalid } from './errors.mts';
import { searchableColumns } from './fields.mts';
import type { Contact } from './contacts.mts';
import type { BooksOrg } from './org.mts';
import { contactRow, primaryTexts } from './render.mts';
import { readBooksTime } from './times.mts';
import type { Json } from './values.mts';

const sortColumns = [
	'contact_name',
	'first_name',
	'last_name',
	'email',
	'outstanding_receivable_amount',
	'created_time',
	'last_modified_time',
];
/** Filters of lists of what can be made inactive. */
export const activityFilters: Record<string, (record: { active: boolean }) => boolean> = {
	'Status.All': () => true,
	'Status.Active': ({ active }) => active,
	'Status.Inactive': ({ active }) => !active,
};

const filters: Record<string, (contact: Contact) => boolean> = {
	...activityFilters,
	'Status.Crm': (contact) => contact.zcrmAccountId !== '' || contact.zcrmContactId !== '',
	'Status.PortalEnabled': (contact) => contact.fields['is_portal_enabled'] === true,
	'Status.PortalDisabled': (contact) => contact.fields['is_portal_enabled'] !== true,
	'Status.Duplicate': () => false,
	'Status.CreditLimitExceed': () => false,
	'Invoice.OverDue': () => false,
	'Invoice.Unpaid': () => false,
};

export interface Paging {
	page: number;
	perPage: number;
}

/** `page` from 1, `per_page` up to 200. @param most of a list with longer pages */
export function readPaging(query: URLSearchParams, most = 200): Paging {
	const whole = (name: string, fallback: number) => {
		const value = query.get(name) ?? '';
		if (value === '') return fallback;
		return /^[1-9]\d*$/.test(value) ? Number(value) : invalid(name);
	};
	return { page: whole('page', 1), perPage: Math.min(most, whole('per_page', most)) };
}

function textOf(contact: Contact, column: string): string {
	const primary = primaryTexts(contact);
	switch (column) {
		case 'contact_name':
			return contact.name;
		case 'first_name':
			return primary.first_name;
		case 'last_name':
			return primary.last_name;
		case 'email':
			return primary.email;
		default:
			return String(contact.fields[column] ?? '');
	}
}

/** Values that a search in a column looks at. Persons other than the primary one are not looked at. */
function searched(contact: Contact, column: (typeof searchableColumns)[number]): string[] {
	const primary = primaryTexts(contact);
	if (column === 'phone') return [primary.phone, primary.mobile];
	if (column !== 'address') return [textOf(contact, column)];
	return [contact.billing, contact.shipping].flatMap(({ address_id: _id, ...parts }) => Object.values(parts));
}

type Test = (contact: Contact) => boolean;

function columnTests(query: URLSearchParams): Test[] {
	const same = (value: string, wanted: string) => value === wanted;
	const variants = [
		['', same],
		['_startswith', (value: string, wanted: string) => value.startsWith(wanted)],
		['_contains', (value: string, wanted: string) => value.includes(wanted)],
	] as const;
	return searchableColumns.flatMap((column) =>
		variants.flatMap(([suffix, matches]) => {
			const wanted = query.get(`${column}${suffix}`)?.trim().toLowerCase() ?? '';
			if (wanted === '') return [];
			if (wanted.length > 100) return invalid(`${column}${suffix}`);
			return [
				(contact: Contact) =>
					searched(contact, column).some((value) => value !== '' && matches(value.toLowerCase(), wanted)),
			];
		}),
	);
}

function tests(org: BooksOrg, query: URLSearchParams): { tests: Test[]; filter: string } {
	const filter = query.get('filter_by') || 'Status.All';
	const all: Test[] = [filters[filter] ?? invalid('filter_by'), ...columnTests(query)];
	const type = query.get('contact_type') ?? '';
	if (type !== '') all.push((contact) => contact.type === type || type === 'all');
	const text = query.get('search_text')?.toLowerCase() ?? '';
	if (text.length > 100) invalid('search_text');
	if (text !== '') {
		all.push((contact) =>
			['contact_name', 'company_name', 'first_name', 'last_name', 'email', 'notes'].some((column) =>
				textOf(contact, column).toLowerCase().includes(text),
			),
		);
	}
	const account = query.get('zcrm_account_id') || query.get('zcrm_vendor_id');
	if (account) all.push((contact) => contact.zcrmAccountId === account);
	const person = query.get('zcrm_contact_id');
	if (person) all.push((contact) => contact.zcrmContactId === person);
	const since = modifiedSince(org, query);
	if (since !== undefined) all.push(since);
	return { tests: all, filter };
}

/** The undocumented filter: by switch it is honoured (in its strict format) or passed over in silence. */
function modifiedSince(org: BooksOrg, query: URLSearchParams): Test | undefined {
	const value = query.get('last_modified_time');
	const { contactsModifiedFilter, modifiedFilterInclusive } = org.switches;
	if (value === null || value === '' || !contactsModifiedFilter) return undefined;
	const since = readBooksTime(value) ?? invalid('last_modified_time');
	// Books knows whole seconds.
	const second = (at: number) => Math.floor(at / 1000) * 1000;
	return (contact) =>
		modifiedFilterInclusive ? second(contact.modifiedAt) >= since : second(contact.modifiedAt) > since;
}

function compare(column: string): (a: Contact, b: Contact) => number {
	if (column === 'created_time') return (a, b) => a.createdAt - b.createdAt;
	if (column === 'last_modified_time')
		return (a, b) => Math.floor(a.modifiedAt / 1000) - Math.floor(b.modifiedAt / 1000);
	if (column === 'outstanding_receivable_amount') return () => 0;
	return (a, b) => textOf(a, column).toLowerCase().localeCompare(textOf(b, column).toLowerCase());
}

/** `GET /contacts`: rows and page_context. */
export function listContacts(org: BooksOrg, query: URLSearchParams): Json {
	const { page, perPage } = readPaging(query);
	const column = query.get('sort_column') || 'contact_name';
	if (!sortColumns.includes(column)) invalid('sort_column');
	const order = query.get('sort_order') || 'A';
	if (order !== 'A' && order !== 'D') invalid('sort_order');
	const { tests: all, filter } = tests(org, query);
	const sign = order === 'D' ? -1 : 1;
	const byColumn = compare(column);
	const found = [...org.contacts.byId.values()]
		.filter((contact) => all.every((test) => test(contact)))
		.sort((a, b) => sign * (byColumn(a, b) || (a.id < b.id ? -1 : 1)));
	return {
		contacts: found.slice((page - 1) * perPage, page * perPage).map((contact) => contactRow(org, contact)),
		page_context: {
			page,
			per_page: perPage,
			has_more_page: found.length > page * perPage,
			report_name: 'Contacts',
			applied_filter: filter,
			custom_fields: [],
			sort_column: column,
			sort_order: order,
		},
	};
}
