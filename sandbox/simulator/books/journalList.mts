import { toNumber } from '../crm/exact.mts';
import { invalid } from './errors.mts';
import { sideTotal } from './journalLines.mts';
import { journalRow } from './journalRender.mts';
import type { Journal } from './journals.mts';
import type { BooksOrg } from './org.mts';
import type { ListSpec } from './rows.mts';
import { daysAfter, readBooksTime } from './times.mts';

/** The first and last day of the time that a filter names, by the organization's calendar. Weeks begin on Sunday, it is assumed. */
function spans(today: string): Record<string, readonly [from: string, to: string]> {
	const [year = '', month = ''] = today.split('-');
	const dayOfWeek = new Date(`${today}T00:00:00Z`).getUTCDay();
	const sunday = daysAfter(today, -dayOfWeek);
	const quarter = Math.floor((Number(month) - 1) / 3) * 3 + 1;
	const two = (value: number) => String(value).padStart(2, '0');
	return {
		Today: [today, today],
		ThisWeek: [sunday, daysAfter(sunday, 6)],
		ThisMonth: [`${year}-${month}-01`, `${year}-${month}-31`],
		ThisQuarter: [`${year}-${two(quarter)}-01`, `${year}-${two(quarter + 2)}-31`],
		ThisYear: [`${year}-01-01`, `${year}-12-31`],
	};
}

/** Filters by what the simulated Books does not have: they find nothing. */
const absent = ['tax_exemption_id', 'tax_authority_id', 'branch_ids', 'location_ids', 'period_closure_id'];

/** Of journals the filter takes those changed in that second: a public client saw it, and sorts by date instead. */
function changedAt({ modifiedAt }: Journal, wanted: string): boolean {
	const at = readBooksTime(wanted) ?? invalid('last_modified_time');
	return Math.floor(modifiedAt / 1000) * 1000 === at;
}

/** `GET /journals`; parameters and columns after Zoho's OpenAPI file, defaults as recorded. */
export function journalList(org: BooksOrg): ListSpec<Journal> {
	const total = (journal: Journal) =>
		toNumber(sideTotal(journal.lines, 'debit', org.journals.currency(journal).places));
	const ofContact = (type: 'customer' | 'vendor') => (journal: Journal, id: string) =>
		org.contacts.byId.get(id)?.type === type && journal.lines.some(({ contactId }) => contactId === id);
	const days = Object.entries(spans(org.today()));
	return {
		key: 'journals',
		report: 'Manual Journals',
		texts: {
			entry_number: ({ number }) => number,
			reference_number: ({ reference }) => reference,
			notes: ({ notes }) => notes,
		},
		exact: {
			...Object.fromEntries(absent.map((name) => [name, () => false])),
			last_modified_time: changedAt,
			customer_id: ofContact('customer'),
			vendor_id: ofContact('vendor'),
			status: ({ status }, wanted) => status === wanted,
			journal_type: ({ type }, wanted) => type === wanted.toLowerCase(),
			account_id: ({ lines }, id) => lines.some(({ accountId }) => accountId === id),
			account_code: ({ lines }, code) =>
				lines.some(({ accountId }) => org.accounts.byId.get(accountId)?.code === code),
			journal_ids: ({ id }, ids) => ids.split(',').includes(id),
			currency: ({ currencyId }, id) => currencyId === id,
			tax_id: ({ lines }, id) => lines.some(({ tax }) => tax?.id === id),
			project_id: ({ lines }, id) => lines.some(({ projectId }) => projectId === id),
			journal_entity_type: (_, type) => type === 'journal',
		},
		amounts: { total },
		days: { date: ({ date }) => date },
		searched: ({ number, reference, notes }) => [number, reference, notes],
		filters: {
			'JournalDate.All': () => true,
			...Object.fromEntries(
				days.map(([name, [from, to]]) => [
					`JournalDate.${name}`,
					({ date }: Journal) => date >= from && date <= to,
				]),
			),
		},
		defaultFilter: 'JournalDate.All',
		sorts: {
			journal_date: ({ date }) => date,
			entry_number: ({ number }) => Number(number),
			reference_number: ({ reference }) => reference,
			total,
			last_modified_time: ({ modifiedAt }) => Math.floor(modifiedAt / 1000),
		},
		defaultSort: ['journal_date', 'D'],
		row: (journal) => journalRow(org, journal),
	};
}
