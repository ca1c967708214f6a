import { accountDetail, accountRow, accountWritten } from './accountRender.mts';
import { classOf, rankOf } from './accountTypes.mts';
import { type Account, ledgerFields } from './accounts.mts';
import { balances } from './balances.mts';
import type { BooksOrg } from './org.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { listed, type ListSpec, parametersOf } from './rows.mts';

type Test = (value: string, wanted: string) => boolean;
const same: Test = (value, wanted) => value === wanted;
const variants: Record<string, Test> = {
	contains: (value, wanted) => value.includes(wanted),
	starts_with: (value, wanted) => value.startsWith(wanted),
	ends_with: (value, wanted) => value.endsWith(wanted),
	equal: same,
	not_equal: (value, wanted) => value !== wanted,
};

/** The list names its variants in a way of its own: `account_name_starts_with`. */
const searched = (
	column: string,
	read: (account: Account) => string,
	names: string,
): ListSpec<Account>['exact'] =>
	Object.fromEntries(
		[
			[column, same] as const,
			...names.split(' ').map((name) => [`${column}_${name}`, variants[name] ?? same] as const),
		].map(([name, test]) => [
			name,
			(account: Account, wanted: string) => test(read(account).toLowerCase(), wanted.toLowerCase()),
		]),
	);
const ofText = 'contains starts_with ends_with';

/** Inactive accounts are in the lists of all and of inactive ones only, it is assumed. */
const filters: ListSpec<Account>['filters'] = {
	'AccountType.All': () => true,
	'AccountType.Active': ({ active }) => active,
	'AccountType.Inactive': ({ active }) => !active,
	...Object.fromEntries(
		(['Asset', 'Liability', 'Equity', 'Income', 'Expense'] as const).map((name) => [
			`AccountType.${name}`,
			({ active, type }: Account) => active && classOf(type) === name,
		]),
	),
};

/** `GET /chartofaccounts`; parameters and columns after Zoho's OpenAPI file, defaults as recorded. */
function accountList(org: BooksOrg, withBalance = false): ListSpec<Account> {
	const balance = balances(org);
	return {
		key: 'chartofaccounts',
		report: 'List Chart Of Accounts',
		texts: {},
		exact: {
			...searched('account_id', (account) => account.id, 'equal not_equal'),
			...searched('account_code', ({ code }) => code, ofText),
			...searched('account_name', ({ name }) => name, ofText),
		},
		searched: ({ name, code }) => [name, code],
		filters,
		defaultFilter: 'AccountType.Active',
		sorts: {
			account_name: ({ name }) => name.toLowerCase(),
			account_type: ({ type }) => rankOf(type),
			account_code: ({ code }) => code.toLowerCase(),
		},
		defaultSort: ['account_type', 'A'],
		perPage: 5000,
		modified: ({ modifiedAt }) => modifiedAt,
		row: (account) => ({
			...accountRow(org, account),
			...(withBalance && { current_balance: balance(account).base }),
		}),
	};
}

const path = '/chartofaccounts';
const fields = [
	'account_name',
	'account_code',
	'account_type',
	'currency_id',
	'parent_account_id',
	'custom_fields',
	...Object.keys(ledgerFields),
];
const noted = ({ org }: BooksCall, action: 'create' | 'update' | 'delete', account: Account) =>
	org.noted('chartofaccounts', action, account.id, 'api');

/** The chart of accounts; methods, paths and scopes after Zoho's OpenAPI file, messages as recorded. */
export const accountRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path,
		scope: 'accountants.READ',
		query: (org) => [...parametersOf(accountList(org)), 'showbalance'],
		answer: (call) => {
			const spec = accountList(call.org, call.query.get('showbalance') === 'true');
			return success(listed(call, [...call.org.accounts.byId.values()], spec));
		},
	},
	{
		method: 'POST',
		path,
		scope: 'accountants.CREATE',
		fields,
		answer: (call) => {
			const account = call.org.accounts.create(call.body());
			noted(call, 'create', account);
			const chart_of_account = accountWritten(call.org, account);
			return {
				...success({ chart_of_account }, 'The account has been created.', 201),
				headers: { location: `/api/v3${path}/${account.id}` },
			};
		},
	},
	{
		method: 'GET',
		path: `${path}/{}`,
		scope: 'accountants.READ',
		answer: (call) => success({ chart_of_account: accountDetail(call.org, call.org.accounts.get(id(call))) }),
	},
	{
		method: 'PUT',
		path: `${path}/{}`,
		scope: 'accountants.UPDATE',
		fields,
		answer: (call) => {
			const account = call.org.accounts.update(id(call), call.body());
			noted(call, 'update', account);
			const chart_of_account = accountWritten(call.org, account);
			return success({ chart_of_account }, 'The details of the account have been updated.');
		},
	},
	{
		method: 'DELETE',
		path: `${path}/{}`,
		scope: 'accountants.DELETE',
		answer: (call) => {
			noted(call, 'delete', call.org.accounts.remove(id(call)));
			return success({}, 'The account has been deleted.');
		},
	},
	...(['active', 'inactive'] as const).map((state): BooksRoute => ({
		method: 'POST',
		path: `${path}/{}/${state}`,
		scope: 'accountants.CREATE',
		answer: (call) => {
			noted(call, 'update', call.org.accounts.setActive(id(call), state === 'active'));
			return success({}, `The account has been marked as ${state}.`, 201);
		},
	})),
];
