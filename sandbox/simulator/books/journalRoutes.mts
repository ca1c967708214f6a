import type { SimResponse } from '../types.mts';
import { addComment, removeComment } from './comments.mts';
import { invalid } from './errors.mts';
import { journalList } from './journalList.mts';
import { journalDetail, shownJournalComment } from './journalRender.mts';
import type { Journal, JournalStatus } from './journals.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { listed, parametersOf } from './rows.mts';
import { readDay } from './times.mts';

const path = '/journals';
const fields = [
	'journal_date',
	'reference_number',
	'notes',
	'journal_type',
	'vat_treatment',
	'include_in_vat_return',
	'product_type',
	'is_bas_adjustment',
	'currency_id',
	'exchange_rate',
	'location_id',
	'line_items',
	'tax_exemption_code',
	'tax_exemption_type',
	'custom_fields',
	'tags',
];

const noted = ({ org }: BooksCall, action: 'create' | 'update' | 'delete', journal: Journal) =>
	org.noted('journals', action, journal.id, 'api');
const shown = ({ org }: BooksCall, journal: Journal, message?: string, status?: number) =>
	success({ journal: journalDetail(org, journal) }, message, status);

function createJournal(call: BooksCall): SimResponse {
	const journal = call.org.journals.create(call.body());
	noted(call, 'create', journal);
	return {
		...shown(call, journal, 'The journal entry has been created.', 201),
		headers: { location: `/api/v3${path}/${journal.id}` },
	};
}

function updateJournal(call: BooksCall): SimResponse {
	const journal = call.org.journals.update(id(call), call.body());
	noted(call, 'update', journal);
	return shown(call, journal, 'The journal entry has been updated.');
}

/** Both parameters are required. */
function reverseJournal(call: BooksCall): SimResponse {
	const isScheduled = call.query.get('is_reversal_scheduled');
	if (isScheduled !== 'true' && isScheduled !== 'false') invalid('is_reversal_scheduled');
	const day = readDay('reversal_date', call.query.get('reversal_date'));
	const journal = call.org.journals.reverse(id(call), day, isScheduled === 'true');
	noted(call, 'update', call.org.journals.get(id(call)));
	if (journal.id !== id(call)) noted(call, 'create', journal);
	return shown(call, journal, 'The journal entry has been reversed.');
}

function setStatus(
	below: string,
	status: JournalStatus,
	message: string,
	answer: number,
	query: readonly string[] = [],
): BooksRoute {
	return {
		method: 'POST',
		path: `${path}/{}${below}`,
		scope: 'accountants.CREATE',
		query,
		answer: (call) => {
			noted(call, 'update', call.org.journals.setStatus(id(call), status));
			return success({}, message, answer);
		},
	};
}

function commentOn(call: BooksCall): SimResponse {
	const journal = call.org.journals.get(id(call));
	const comment = addComment(journal, call.body(), call.org);
	noted(call, 'update', journal);
	// The file has the new comment in a list.
	return success(
		{ comment: [shownJournalComment(call.org, journal, comment)] },
		'Journal comment has been added successfully.',
	);
}

/** Journals; methods, paths, scopes and messages after Zoho's OpenAPI file, and as recorded. */
export const journalRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path,
		scope: 'accountants.READ',
		query: (org) => parametersOf(journalList(org)),
		answer: (call) => success(listed(call, call.org.journals.all(), journalList(call.org))),
	},
	{
		method: 'POST',
		path,
		scope: 'accountants.CREATE',
		fields: [...fields, 'status'],
		answer: createJournal,
	},
	{
		method: 'GET',
		path: `${path}/{}`,
		scope: 'accountants.READ',
		answer: (call) => shown(call, call.org.journals.get(id(call))),
	},
	{ method: 'PUT', path: `${path}/{}`, scope: 'accountants.UPDATE', fields, answer: updateJournal },
	{
		method: 'DELETE',
		path: `${path}/{}`,
		scope: 'accountants.DELETE',
		answer: (call) => {
			noted(call, 'delete', call.org.journals.remove(id(call)));
			return success({}, 'The selected journal entry has been deleted.');
		},
	},
	setStatus('/status/publish', 'published', 'Journal has been published.', 201),
	setStatus('/submit', 'submitted', 'success', 200),
	setStatus('/approve', 'approved', 'success', 200),
	setStatus('/reject', 'rejected', 'success', 200, ['reason']),
	{
		method: 'POST',
		path: `${path}/{}/reverse`,
		scope: 'accountants.CREATE',
		query: ['reversal_date', 'is_reversal_scheduled'],
		answer: reverseJournal,
	},
	{
		method: 'POST',
		path: `${path}/{}/comments`,
		scope: 'accountants.CREATE',
		fields: ['description'],
		answer: commentOn,
	},
	{
		method: 'DELETE',
		path: `${path}/{}/comments/{}`,
		scope: 'accountants.DELETE',
		answer: (call) => {
			const journal = call.org.journals.get(id(call));
			removeComment(journal, id(call, 1));
			noted(call, 'update', journal);
			return success({}, 'The selected journal comment entries have been deleted.');
		},
	},
];
