import type { INodeProperties } from 'n8n-workflow';

import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { attachmentOperations } from '../attachments';
import { commentOperations } from '../comments';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { dayField, yesNo } from '../formFields';
import { journal as described } from '../generated/journal';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';
import { callTo } from '../resource';

/** Source: Books v3 "Journals". */
const books: BooksResource = {
	...unwatched,
	name: 'journal',
	label: 'Journal',
	path: '/journals',
	listKey: 'journals',
	recordKey: 'journal',
	idField: 'journal_id',
	displayField: 'entry_number',
	scope: 'accountants',
};

const kind = describedKind(books, described, {
	one: 'a journal',
	many: 'journals',
	main: ['journal_date', 'line_items'],
	example: '{ "journal_date": "2026-01-31", "line_items": [{ "account_id": "460000000000361", "debit_or_credit": "debit", "amount": 500 }, { "account_id": "460000000000364", "debit_or_credit": "credit", "amount": 500 }] }',
});

const has = operationsOf(kind);

const reversal: INodeProperties[] = [
	{
		...dayField('Reversal Date', 'reversalDate'),
		required: true,
		routing: { send: { type: 'query', property: 'reversal_date', value: '={{ String($value ?? "").slice(0, 10) }}' } },
	},
	{
		...yesNo('Is Reversal Scheduled', 'isReversalScheduled', 'Whether the journal is to be reversed on that day, not now'),
		routing: { send: { type: 'query', property: 'is_reversal_scheduled' } },
	},
];

/** Source: Books v3 "Journals". */
export const journal = nodeResource(
	kind,
	[
		has.create(),
		has.remove(),
		has.get('with its lines'),
		has.getAll('without lines'),
		has.mark('Published', 'Make a draft count in the accounts', { path: '/status/publish' }),
		has.submit('submitted'),
		has.approve(),
		has.reject(),
		has.called(
			{ name: 'Reverse', value: 'reverse', description: 'Make the journal that undoes a journal', action: 'Reverse a journal' },
			callTo(books, 'POST', '/journals/{journalId}/reverse'),
			['id'],
			reversal,
		),
		...attachmentOperations(kind, has, { can: ['add'] }),
		...commentOperations(kind, has, { canList: false }),
		has.update('lines that are given replace all lines, and Zoho wants the date with every change'),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
