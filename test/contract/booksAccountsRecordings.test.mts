import { startAccounts } from './booksAccountsSupport.mts';
import { differences, pathHere, present, type Recording, recordingsOf } from './booksRecorded.mts';
import type { Answer, Json } from './booksSupport.mts';
import { describeWhere } from '../support/where.mts';

const recorded = recordingsOf(/^\/books\/v3\/(chartofaccounts|bankaccounts|journals|expenses)(\/|$)/);
const listKeys = ['chartofaccounts', 'bankaccounts', 'journals', 'expenses'];

/** Accounts of the recordings by their ids there; those that somebody made are a bank account here. */
const accountNames = new Map<string, string>();
for (const { response } of recorded)
	for (const { account_id, account_name, is_user_created } of (response['chartofaccounts'] ?? []) as Json[])
		if (is_user_created !== true) accountNames.set(String(account_id), String(account_name));

/** Sends the recorded request, about records that exist here. */
async function replay({ request: { method, path, params, data } }: Recording): Promise<Answer> {
	const { call, account, bank, journal, expense, idOf } = startAccounts({
		books: { organizationId: '927270289' },
	});
	// As there: two accounts, one of them with a number that is shown by its end.
	const made = await account({ account_name: 'Test COA', account_type: 'expense' });
	const checking = await bank({ account_name: 'Checking', account_number: '123456789' });
	const ids: Record<string, unknown> = {
		chartofaccounts: method === 'PUT' ? idOf('Sales') : made,
		bankaccounts: checking,
		journals: (await journal(idOf('Sales'), idOf('General Income'), 100))['journal_id'],
		expenses: (await expense(320.5, { paid_through_account_id: idOf('Undeposited Funds') }))['expense_id'],
	};
	const there = pathHere(path, ids);
	const body = data && structuredClone(data);
	for (const name of ['account_id', 'paid_through_account_id']) {
		if (!body?.[name]) continue;
		const known = accountNames.get(String(body[name]));
		body[name] = known === undefined ? checking : idOf(known);
	}
	return await call(method, there, body, { query: { organization_id: '', ...params } });
}

const pairedRows = (wanted: Json[], got: Json[]): Array<[Json, Json]> =>
	wanted.flatMap((row) => {
		// Bank accounts have more than cash, so like is compared with like.
		const like = got.find((one) => one['account_type'] === row['account_type']) ?? got[0];
		return like ? [[row, like] as [Json, Json]] : [];
	});

describeWhere(present, 'recorded Books answers are not beside the project')(
	'accounts, journals and expenses against recorded answers of a live organization',
	() => {
		test('there are recordings to compare with', () => {
			expect(recorded.length).toBeGreaterThanOrEqual(17);
		});

		test.each(recorded.map((one) => [`${one.request.method} ${one.file}`, one] as const))(
			'%s has every recorded key, with the same type',
			async (_name, recording) => {
				const { status, body, headers } = await replay(recording);
				const { response } = recording;
				expect([status, body['message']]).toEqual([recording.status, response['message']]);
				expect(differences(response, body)).toEqual([]);
				const key = listKeys.find((name) => Array.isArray(response[name]));
				if (key !== undefined) {
					const rows = pairedRows(response[key] as Json[], body[key] as Json[]);
					expect(rows.length).toBeGreaterThan(0);
					expect(rows.flatMap(([wanted, got]) => differences(wanted, got))).toEqual([]);
					const { custom_fields: _fields, ...context } = body['page_context'] as Json;
					expect(response['page_context']).toMatchObject(context);
				}
				if (status === 201) expect(headers['location']).toMatch(/^\/api\/v3\/\w+\/\d+$/);
			},
		);

		test('a new organization has the accounts of the recorded one, in the order of its list', async () => {
			const { list } = startAccounts();
			const [theirs] = recorded.filter(({ file }) => file === 'chart-of-accounts.json');
			const flags = ({ account_name, account_type, is_system_account, is_user_created }: Json) =>
				JSON.stringify([account_name, account_type, is_system_account, is_user_created]);
			const isTheirs = ({ account_name }: Json) => !/^Test /.test(String(account_name));
			const wanted = ((theirs?.response['chartofaccounts'] ?? []) as Json[]).filter(isTheirs);
			const got = await list('/chartofaccounts');
			expect(got.map(flags).sort()).toEqual(wanted.map(flags).sort());
			const types = (rows: Json[]) => [
				...new Set(rows.map(({ account_type }) => String(account_type)).filter((type) => type !== 'bank')),
			];
			expect(types(got)).toEqual(types(wanted));
		});

		test('values that nobody sent are the recorded ones', async () => {
			const of = async (file: string, key: string, names: string[]) => {
				const [one] = recorded.filter((recording) => recording.file === file);
				if (!one) throw new Error(file);
				const got = (await replay(one)).body[key] as Json;
				const wanted = one.response[key] as Json;
				for (const name of names) expect([file, name, got[name]]).toEqual([file, name, wanted[name]]);
			};
			await of('create-chart-of-account.json', 'chart_of_account', [
				'account_type_formatted',
				'status',
				'can_show_in_ze',
				'parent_account_id',
				'is_standalone_account',
			]);
			await of('update-chart-of-account.json', 'chart_of_account', [
				'can_show_in_ze',
				'description',
				'account_name',
			]);
			await of('get-bank-account.json', 'bankaccount', ['account_number', 'account_type', 'price_precision']);
			await of('create-bank-account.json', 'bankaccount', [
				'account_sub_type',
				'can_show_in_ze',
				'is_active',
			]);
			await of('create-expense.json', 'expense', [
				'status',
				'account_name',
				'amount',
				'sub_total',
				'total',
				'exchange_rate',
				'payment_mode',
				'user_name',
				'mileage_unit',
				'is_billable',
			]);
			await of('get-journal.json', 'journal', [
				'status',
				'journal_type',
				'total',
				'line_item_total',
				'custom_fields',
				'fiscal_year',
			]);
		});
	},
);
