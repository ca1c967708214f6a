import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { attachmentOperations } from '../attachments';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { expense as described } from '../generated/expense';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';

/** Source: Books v3 "Expenses". */
const books: BooksResource = {
	...unwatched,
	name: 'expense',
	label: 'Expense',
	path: '/expenses',
	listKey: 'expenses',
	recordKey: 'expense',
	idField: 'expense_id',
	displayField: 'account_name',
	searchFilter: 'search_text',
	scope: 'expenses',
};

const kind = describedKind(books, described, {
	one: 'an expense',
	many: 'expenses',
	main: ['account_id', 'paid_through_account_id', 'amount', 'date'],
	example: '{ "account_id": "460000000000400", "paid_through_account_id": "460000000000358", "date": "2026-01-31", "amount": 112.5 }',
});

const has = operationsOf(kind);

/** Source: Books v3 "Expenses". */
export const expense = nodeResource(
	kind,
	[
		has.create(),
		has.upsert(),
		has.remove(),
		has.get('with its lines and taxes'),
		has.getAll(),
		has.listOfRecord(
			{ name: 'Get Comments', value: 'getComments', description: 'Get comments and history of an expense', action: 'Get comments of an expense' },
			{ label: 'Comment', listKey: 'comments' },
			'/comments',
		),
		...attachmentOperations(kind, has, { noun: 'Receipt' }),
		...attachmentOperations(kind, has, { can: ['add'] }),
		has.update(),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
