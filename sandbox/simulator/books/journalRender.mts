import { type Exact, exact, rounded, sum, times, toNumber } from '../crm/exact.mts';
import { type Comment, operationOf, shownComment } from './comments.mts';
import { type JournalLine, sideTotal, taxesOf } from './journalLines.mts';
import type { Journal } from './journals.mts';
import type { BooksOrg } from './org.mts';
import { booksTime } from './times.mts';
import type { Json } from './values.mts';
import { shownFiles } from './files.mts';

/** Shapes of journals as recorded from a live organization. */

const inBase = (org: BooksOrg, { rate }: Journal, amount: Exact) =>
	toNumber(rounded(times(amount, exact(rate)), org.currency.places));

function common(org: BooksOrg, journal: Journal): Json {
	const total = sideTotal(journal.lines, 'debit', org.journals.currency(journal).places);
	return {
		journal_id: journal.id,
		journal_date: journal.date,
		entry_number: journal.number,
		reference_number: journal.reference,
		currency_id: journal.currencyId,
		status: journal.status,
		notes: journal.notes,
		journal_type: journal.type,
		total: toNumber(total),
		bcy_total: inBase(org, journal, total),
		tags: [],
		last_modified_time: booksTime(journal.modifiedAt, org.timeZone),
	};
}

/** A row of `GET /journals`. */
export const journalRow = (org: BooksOrg, journal: Journal): Json => ({
	...common(org, journal),
	entity_type: 'journal',
	created_by_id: org.user.id,
	created_by_name: org.user.name,
});

const taxName = ({ name, percentage }: { name: string; percentage: number }) => `${name} (${percentage}%)`;

function shownLine(org: BooksOrg, journal: Journal, line: JournalLine, index: number): Json {
	const { places } = org.journals.currency(journal);
	return {
		line_id: line.id,
		account_id: line.accountId,
		customer_id: line.contactId,
		item_order: index + 1,
		customer_name: org.contacts.byId.get(line.contactId)?.name ?? '',
		account_name: org.accountName(line.accountId),
		description: line.description,
		debit_or_credit: line.side,
		tax_exemption_id: '',
		tax_exemption_type: '',
		tax_authority_id: '',
		tax_id: line.tax?.id ?? '',
		tax_name: line.tax?.name ?? '',
		tax_type: line.tax?.isGroup ? 'tax_group' : 'tax',
		tax_percentage: line.tax ? String(line.tax.percentage) : '',
		line_item_taxes: taxesOf(line, places).map(({ tax, amount }) => ({
			tax_id: tax.id,
			tax_name: taxName(tax),
			tax_amount: toNumber(amount),
		})),
		amount: toNumber(line.amount),
		bcy_amount: inBase(org, journal, line.amount),
		project_name: '',
		project_id: line.projectId,
		tags: [],
	};
}

/** Taxes of all lines, by tax and side. */
function shownTaxes({ lines }: Journal, places: number): Json[] {
	const all = lines.flatMap((line) => taxesOf(line, places).map((one) => ({ ...one, side: line.side })));
	const keys = [...new Set(all.map(({ tax, side }) => `${tax.id} ${side}`))];
	return keys.map((key) => {
		const own = all.filter(({ tax, side }) => `${tax.id} ${side}` === key);
		return {
			tax_name: own[0] && taxName(own[0].tax),
			tax_amount: toNumber(sum(own.map(({ amount }) => amount))),
			debit_or_credit: own[0]?.side,
			tax_account: true,
		};
	});
}

export const shownJournalComment = (org: BooksOrg, journal: Journal, comment: Comment): Json => {
	const { date_description: _said, time: _time, ...shown } = shownComment(comment, org);
	return {
		...shown,
		comment_type: comment.type,
		operation_type: operationOf(journal, comment),
		transaction_type: 'journal',
	};
};

/** Keys about things that the simulated Books does not have. */
const empty =
	`journal_template_name journal_number_prefix project_id project_name submitted_date submitted_by submitted_by_name submitted_by_email
	submitted_by_photo_url submitter_id approver_id`.split(/\s+/);

/** A single journal, as GET, POST and PUT answer. Without custom fields it has a text where the list of them would be. */
export function journalDetail(org: BooksOrg, journal: Journal): Json {
	const { code, symbol, places } = org.journals.currency(journal);
	const custom = org.customFields('journal').render(journal.custom);
	const debits = journal.lines.filter(({ side }) => side === 'debit').map(({ amount }) => amount);
	return {
		...Object.fromEntries(empty.map((name) => [name, ''])),
		...common(org, journal),
		...custom.flat,
		reversal_date: journal.reversalDate,
		is_scheduled_reversal: journal.isScheduled,
		is_period_end_journal: false,
		fiscal_year: Number(journal.date.slice(0, 4)),
		journal_number_suffix: journal.number,
		currency_code: code,
		currency_symbol: symbol,
		exchange_rate: journal.rate,
		branch_difference: [],
		line_items: journal.lines.map((line, index) => shownLine(org, journal, line, index)),
		line_item_total: toNumber(sum(debits)),
		documents: shownFiles(org, journal.id),
		price_precision: places,
		taxes: shownTaxes(journal, places),
		available_receivables_credits: 0,
		available_payables_credits: 0,
		created_time: booksTime(journal.createdAt, org.timeZone),
		comments: journal.comments.map((comment) => shownJournalComment(org, journal, comment)).reverse(),
		imported_transactions: [],
		custom_fields: custom.list.length > 0 ? custom.list : '',
		invoices_credited: [],
		bills_credited: [],
		is_accrual_journal: false,
		approvers_list: [],
	};
}
