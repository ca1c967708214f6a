import { bankAccountsOf, bankDetail, bankRow } from './accountRender.mts';
import { isMoney, rankOf } from './accountTypes.mts';
import { type Account, bankFields } from './accounts.mts';
import { balances } from './balances.mts';
import { refuse } from './errors.mts';
import { activityFilters } from './list.mts';
import type { BooksOrg } from './org.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { listed, type ListSpec, parametersOf } from './rows.mts';

/** `GET /bankaccounts`; parameters after Zoho's OpenAPI file, defaults as recorded. */
function bankList(org: BooksOrg): ListSpec<Account> {
	const balance = balances(org);
	return {
		key: 'bankaccounts',
		report: 'Bank Accounts',
		texts: {},
		exact: {},
		filters: activityFilters,
		defaultFilter: 'Status.All',
		sorts: {
			account_name: ({ name }) => name.toLowerCase(),
			account_type: ({ type }) => rankOf(type),
			account_code: ({ code }) => code.toLowerCase(),
		},
		defaultSort: ['account_name', 'A'],
		row: (account) => bankRow(org, account, balance),
	};
}

const path = '/bankaccounts';
const fields = [
	'account_name',
	'account_type',
	'account_code',
	'currency_id',
	'currency_code',
	...Object.keys(bankFields),
];

/** Other accounts are not among these. */
function find(call: BooksCall): Account {
	const account = call.org.accounts.get(id(call));
	return isMoney(account.type) ? account : refuse(404, 1002, 'Account does not exist.');
}
const noted = ({ org }: BooksCall, action: 'create' | 'update' | 'delete', account: Account) =>
	org.noted('bankaccounts', action, account.id, 'api');

/** Bank accounts; methods, paths and scopes after Zoho's OpenAPI file, messages as recorded. */
export const bankRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path,
		scope: 'banking.READ',
		query: (org) => parametersOf(bankList(org)),
		answer: (call) => success(listed(call, bankAccountsOf(call.org), bankList(call.org))),
	},
	{
		method: 'POST',
		path,
		scope: 'banking.CREATE',
		fields,
		answer: (call) => {
			const account = call.org.accounts.create(call.body(), bankFields);
			noted(call, 'create', account);
			return {
				...success({ bankaccount: bankDetail(call.org, account) }, 'The account has been created.', 201),
				headers: { location: `/api/v3${path}/${account.id}` },
			};
		},
	},
	{
		method: 'GET',
		path: `${path}/{}`,
		scope: 'banking.READ',
		answer: (call) => success({ bankaccount: bankDetail(call.org, find(call)) }),
	},
	{
		method: 'PUT',
		path: `${path}/{}`,
		scope: 'banking.UPDATE',
		fields,
		answer: (call) => {
			const account = call.org.accounts.update(find(call).id, call.body(), bankFields);
			noted(call, 'update', account);
			return success(
				{ bankaccount: bankDetail(call.org, account) },
				'The details of the account have been updated.',
			);
		},
	},
	{
		method: 'DELETE',
		path: `${path}/{}`,
		scope: 'banking.DELETE',
		answer: (call) => {
			noted(call, 'delete', call.org.accounts.remove(find(call).id));
			return success({}, 'The account has been deleted.');
		},
	},
	...(['active', 'inactive'] as const).map((state): BooksRoute => ({
		method: 'POST',
		path: `${path}/{}/${state}`,
		scope: 'banking.CREATE',
		answer: (call) => {
			noted(call, 'update', call.org.accounts.setActive(find(call).id, state === 'active'));
			return success({}, `The account has been marked as ${state}.`, 201);
		},
	})),
];
