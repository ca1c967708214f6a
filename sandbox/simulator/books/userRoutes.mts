import { invalid, refuse } from './errors.mts';
import type { BooksOrg } from './org.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { listed, type ListSpec, parametersOf } from './rows.mts';
import { booksTime } from './times.mts';
import { type Json, readEmail, readText } from './values.mts';

/** Users of an organization. Methods, paths, scopes, fields and messages after Zoho's OpenAPI file. */

interface User {
	id: string;
	name: string;
	email: string;
	role: string;
	costRate: number;
	status: 'active' | 'inactive' | 'invited';
	createdAt: number;
}

const stores = new WeakMap<BooksOrg, Map<string, User>>();

/** The one whose token it is, and those who were invited. */
function usersOf(org: BooksOrg): Map<string, User> {
	const known = stores.get(org);
	if (known) return known;
	const own: User = { ...org.user, role: 'admin', costRate: 0, status: 'active', createdAt: org.now() };
	const made = new Map([[own.id, own]]);
	stores.set(org, made);
	return made;
}

const find = (call: BooksCall): User => usersOf(call.org).get(id(call)) ?? refuse(404, 1002, 'User does not exist.');

/** The owner cannot be kept out, it is assumed. */
function another(call: BooksCall): User {
	const user = find(call);
	return user.id === call.org.user.id ? refuse(400, 10011, 'You cannot do this to yourself.') : user;
}

const row = (org: BooksOrg, { id: user_id, name, email, role, status }: User): Json => ({
	user_id,
	role_id: '',
	name,
	email,
	user_role: role,
	status,
	is_current_user: user_id === org.user.id,
	photo_url: '',
	is_customer_segmented: false,
	is_vendor_segmented: false,
	user_type: 'zoho',
});

const detail = (org: BooksOrg, user: User): Json => ({
	user_id: user.id,
	name: user.name,
	email_ids: [{ email: user.email, is_selected: true }],
	status: user.status,
	user_role: user.role,
	user_type: 'zoho',
	role_id: '',
	cost_rate: user.costRate,
	photo_url: '',
	is_employee: false,
	created_time: booksTime(user.createdAt, org.timeZone),
	custom_fields: '',
});

const userList = (org: BooksOrg): ListSpec<User> => ({
	key: 'users',
	report: 'Users',
	texts: {},
	exact: {},
	filters: {
		'Status.All': () => true,
		'Status.Active': ({ status }) => status === 'active',
		'Status.Inactive': ({ status }) => status === 'inactive',
		'Status.Invited': ({ status }) => status === 'invited',
		'Status.Deleted': () => false,
	},
	defaultFilter: 'Status.All',
	sorts: { name: ({ name }) => name.toLowerCase(), email: ({ email }) => email, user_role: ({ role }) => role, status: ({ status }) => status },
	defaultSort: ['name', 'A'],
	row: (user) => row(org, user),
});

/** Name and address are required every time. */
function read(body: Json): Pick<User, 'name' | 'email'> {
	return { name: readText('name', body['name'], 100) || invalid('name'), email: readEmail('email', body['email']) || invalid('email') };
}

const fields = ['name', 'email', 'role_id', 'cost_rate'];
const route = (method: BooksRoute['method'], path: string, answer: BooksRoute['answer'], more: Partial<BooksRoute> = {}): BooksRoute => ({
	method,
	path: `/users${path}`,
	scope: `settings.${{ GET: 'READ', POST: 'CREATE', PUT: 'UPDATE', DELETE: 'DELETE' }[method]}`,
	answer,
	...more,
});

const setActive = (status: 'active' | 'inactive') =>
	route('POST', `/{}/${status}`, (call) => {
		another(call).status = status;
		return success({}, `The user has been marked as ${status}.`);
	});

export const userRoutes: readonly BooksRoute[] = [
	route('GET', '', (call) => success(listed(call, [...usersOf(call.org).values()], userList(call.org))), { query: (org) => parametersOf(userList(org)) }),
	route(
		'POST',
		'',
		(call) => {
			const body = call.body();
			const given = read(body);
			const all = usersOf(call.org);
			if ([...all.values()].some(({ email }) => email === given.email)) refuse(400, 10013, 'The user is in the organization already.');
			const user: User = { id: call.org.newId(), ...given, role: 'staff', costRate: Number(body['cost_rate'] ?? 0), status: 'invited', createdAt: call.org.now() };
			all.set(user.id, user);
			return success({}, 'Your invitation has been sent.');
		},
		{ fields },
	),
	route('GET', '/me', (call) => success({ user: detail(call.org, usersOf(call.org).get(call.org.user.id) as User) })),
	route('GET', '/{}', (call) => success({ user: detail(call.org, find(call)) })),
	route(
		'PUT',
		'/{}',
		(call) => {
			const body = call.body();
			Object.assign(find(call), read(body), 'cost_rate' in body ? { costRate: Number(body['cost_rate']) } : {});
			return success({}, 'The user information has been updated.');
		},
		{ fields },
	),
	route('DELETE', '/{}', (call) => {
		usersOf(call.org).delete(another(call).id);
		return success({}, 'The user has been removed from your organization.');
	}),
	route('POST', '/{}/invite', (call) => {
		if (find(call).status !== 'invited') refuse(400, 10014, 'The user has accepted the invitation already.');
		return success({}, 'Your invitation has been sent.');
	}),
	setActive('active'),
	setActive('inactive'),
];
