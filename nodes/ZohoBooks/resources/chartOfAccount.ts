import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { chartOfAccount as described } from '../generated/chartOfAccount';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';

/** Source: Books v3 "Chart of Accounts". */
const books: BooksResource = {
	...unwatched,
	name: 'chartOfAccount',
	label: 'Chart of Account',
	path: '/chartofaccounts',
	listKey: 'chartofaccounts',
	recordKey: 'chart_of_account',
	idField: 'account_id',
	displayField: 'account_name',
	searchFilter: 'search_text',
	scope: 'accountants',
};

const kind = describedKind(books, described, {
	one: 'an account',
	many: 'accounts',
	main: ['account_name', 'account_type'],
	example: '{ "account_name": "Office Supplies", "account_type": "expense" }',
});

const has = operationsOf(kind);

/** Source: Books v3 "Chart of Accounts". */
export const chartOfAccount = nodeResource(
	kind,
	[
		has.create(),
		has.remove(),
		has.get(),
		has.getAll(),
		has.mark('Active', 'Make an account active', { path: '/active' }),
		has.mark('Inactive', 'Make an account inactive', { path: '/inactive' }),
		has.update(),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
