import { isMoney } from './accountTypes.mts';
import { invalid, refuse } from './errors.mts';
import type { BooksOrg } from './org.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { readDay } from './times.mts';
import { isObject, type Json, readText, readValue } from './values.mts';

/** Statements of banks that somebody imports. Methods, paths, scopes and statuses after Zoho's OpenAPI file bank-accounts.yml. */

interface Statement {
	id: string;
	from: string;
	to: string;
	transactions: Json[];
}

/** By organization and account; the last one is the last. */
const statements = new WeakMap<BooksOrg, Map<string, Statement[]>>();

function statementsOf(org: BooksOrg, accountId: string): Statement[] {
	const known = statements.get(org) ?? new Map<string, Statement[]>();
	statements.set(org, known);
	const own = known.get(accountId) ?? [];
	known.set(accountId, own);
	return own;
}

function account(org: BooksOrg, accountId: string): string {
	const found = org.accounts.get(accountId);
	return isMoney(found.type) ? found.id : refuse(404, 1002, 'Account does not exist.');
}

function transaction(org: BooksOrg, entry: unknown): Json {
	if (!isObject(entry)) return invalid('transactions');
	const date = readDay('date', entry['date']) || invalid('date');
	const side = readText('debit_or_credit', entry['debit_or_credit']);
	if (side !== 'debit' && side !== 'credit') invalid('debit_or_credit');
	const amount = readValue('amount', { kind: 'number' }, entry['amount']);
	if (typeof amount !== 'number' || amount <= 0) invalid('amount');
	const text = (name: string) => readText(name, entry[name]);
	return {
		transaction_id: text('transaction_id') || org.newId(),
		date,
		debit_or_credit: side,
		amount,
		payee: text('payee'),
		reference_number: text('reference_number'),
		transaction_type: '',
		customer_id: '',
		status: 'uncategorized',
	};
}

function importStatement(call: BooksCall): void {
	const body = call.body();
	const accountId = account(call.org, readText('account_id', body['account_id']) || invalid('account_id'));
	const list = readValue('transactions', { kind: 'list' }, body['transactions']) as unknown[];
	if (list.length === 0) invalid('transactions');
	const transactions = list.map((entry) => transaction(call.org, entry));
	const days = transactions.map(({ date }) => String(date)).sort();
	const day = (name: string, fallback: string) => (name in body ? readDay(name, body[name]) : '') || fallback;
	const [from, to] = [day('start_date', days[0] ?? ''), day('end_date', days.at(-1) ?? '')];
	if (from > (days[0] ?? '') || to < (days.at(-1) ?? '')) invalid('start_date');
	statementsOf(call.org, accountId).push({ id: call.org.newId(), from, to, transactions });
}

export const bankStatementRoutes: readonly BooksRoute[] = [
	{
		method: 'POST',
		path: '/bankstatements',
		scope: 'banking.CREATE',
		fields: ['account_id', 'start_date', 'end_date', 'transactions'],
		answer: (call) => {
			importStatement(call);
			return success({}, 'Your bank statement has been imported.', 201);
		},
	},
	{
		method: 'GET',
		path: '/bankaccounts/{}/statement/lastimported',
		scope: 'banking.READ',
		answer: (call) => {
			const last = statementsOf(call.org, account(call.org, id(call))).at(-1);
			const shown = last && { statement_id: last.id, from_date: last.from, to_date: last.to, source: 'csv', transactions: last.transactions };
			// The file has a list of one.
			return success({ statement: shown ? [shown] : [] });
		},
	},
	{
		method: 'DELETE',
		path: '/bankaccounts/{}/statement/{}',
		scope: 'banking.DELETE',
		answer: (call) => {
			const own = statementsOf(call.org, account(call.org, id(call)));
			if (own.at(-1)?.id !== id(call, 1)) refuse(404, 1002, 'The statement does not exist.');
			own.pop();
			return success({}, 'You have successfully deleted the last imported statement.');
		},
	},
];
