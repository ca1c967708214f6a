import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { bankStatementOperations } from '../bankStatements';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { bankAccount as described } from '../generated/bankAccount';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';

/** Source: Books v3 "Bank Accounts". */
const books: BooksResource = {
	...unwatched,
	name: 'bankAccount',
	label: 'Bank Account',
	path: '/bankaccounts',
	listKey: 'bankaccounts',
	recordKey: 'bankaccount',
	idField: 'account_id',
	displayField: 'account_name',
	scope: 'banking',
};

const kind = describedKind(books, described, {
	one: 'a bank account',
	many: 'bank accounts',
	example: '{ "account_name": "Corporate Account", "account_type": "bank" }',
});

const has = operationsOf(kind);

/** Source: Books v3 "Bank Accounts". */
export const bankAccount = nodeResource(
	kind,
	[
		has.create(),
		has.remove(),
		has.get(),
		has.getAll(),
		has.mark('Active', 'Make a bank account active', { path: '/active' }),
		has.mark('Inactive', 'Make a bank account inactive', { path: '/inactive' }),
		...bankStatementOperations(kind, has),
		has.update(),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
