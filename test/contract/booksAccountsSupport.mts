import { startMoney } from './booksMoneySupport.mts';
import type { Json } from './booksSupport.mts';

const scopes = ['accountants', 'banking', 'expenses', 'bills', 'creditnotes', 'debitnotes', 'vendorpayments'];

/** A Books organization for tests about its ledger: accounts, journals and expenses. */
export function startAccounts(options: Parameters<typeof startMoney>[0] = {}) {
	const money = startMoney({
		...options,
		scopes: [
			...scopes.map((scope) => `ZohoBooks.${scope}.ALL`),
			...['contacts', 'settings', 'invoices', 'estimates', 'customerpayments'].map(
				(scope) => `ZohoBooks.${scope}.ALL`,
			),
		],
		switches: { booksPerMinute: 10_000, ...options?.switches },
	});
	const { call, made, org } = money;
	const idOf = (name: string) => org.accounts.idOf(name);
	return {
		...money,
		/** An account that Books makes. */
		idOf,
		account: async (body: Json): Promise<string> =>
			String((await made('/chartofaccounts', 'chart_of_account', body))['account_id']),
		bank: async (body: Json = {}): Promise<string> =>
			String(
				(
					await made('/bankaccounts', 'bankaccount', {
						account_name: 'First Bank',
						account_type: 'bank',
						...body,
					})
				)['account_id'],
			),
		/** So much from one account to the other. */
		journal: (debit: string, credit: string, amount: number, more: Json = {}) =>
			made('/journals', 'journal', {
				journal_date: '2026-07-01',
				line_items: [
					{ account_id: debit, debit_or_credit: 'debit', amount },
					{ account_id: credit, debit_or_credit: 'credit', amount },
				],
				...more,
			}),
		expense: (amount: number, more: Json = {}) =>
			made('/expenses', 'expense', {
				date: '2026-07-01',
				account_id: idOf('Office Supplies'),
				paid_through_account_id: idOf('Petty Cash'),
				amount,
				...more,
			}),
		/** Status, code and what was passed over in silence. */
		ignored: async (method: string, path: string, body?: Json, query: Record<string, string> = {}) => {
			const { entry } = await call(method, path, body, { query });
			return [...(entry.ignored ?? []), ...(entry.ignoredFields ?? [])];
		},
		one: async (path: string, key: string): Promise<Json> => {
			const { status, body } = await call('GET', path);
			if (status !== 200) throw new Error(JSON.stringify(body));
			return body[key] as Json;
		},
	};
}
