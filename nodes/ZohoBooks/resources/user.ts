import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { user as described } from '../generated/user';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';
import { callTo } from '../resource';

/** Source: Books v3 "Users". */
const books: BooksResource = {
	...unwatched,
	name: 'user',
	label: 'User',
	path: '/users',
	listKey: 'users',
	recordKey: 'user',
	idField: 'user_id',
	displayField: 'name',
	scope: 'settings',
};

const kind = describedKind(books, described, {
	one: 'a user',
	many: 'users',
	main: ['name', 'email'],
	example: '{ "name": "John Smith", "email": "john@example.com" }',
});

const has = operationsOf(kind);

/** People who work in Zoho Books. Source: Books v3 "Users". */
export const user = nodeResource(
	kind,
	[
		has.create(),
		has.remove(),
		has.get('with what an hour costs'),
		has.getAll(),
		has.called(
			{ name: 'Get Current', value: 'getCurrent', description: 'Get the user whose credential this is', action: 'Get the current user' },
			callTo(books, 'GET', '/users/me'),
			[],
		),
		has.act({
			name: 'Invite',
			value: 'invite',
			description: 'Send a user the invitation once more',
			action: 'Invite a user',
			path: '/invite',
			output: { invited: true },
		}),
		has.mark('Active', 'Let an inactive user work again', { path: '/active' }),
		has.mark('Inactive', 'Keep a user from working, without deleting them', { path: '/inactive' }),
		has.update('Zoho wants name and email every time'),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
