import { accountRoutes } from '../../sandbox/simulator/books/accountRoutes.mts';
import { bankRoutes } from '../../sandbox/simulator/books/bankRoutes.mts';
import { expenseRoutes } from '../../sandbox/simulator/books/expenseRoutes.mts';
import { journalRoutes } from '../../sandbox/simulator/books/journalRoutes.mts';
import { startAccounts } from './booksAccountsSupport.mts';
import { filesArePresent, type KnownError, OpenapiChecker } from './booksOpenapiChecker.mts';
import { routesAgainst } from './booksOpenapiRoutes.mts';
import { describeWhere } from '../support/where.mts';

const files = ['chart-of-accounts.yml', 'bank-accounts.yml', 'journals.yml', 'expenses.yml'];
const routes = [...accountRoutes, ...bankRoutes, ...journalRoutes, ...expenseRoutes];

/** Where the files are wrong, and what says so. */
const knownErrors: KnownError[] = [
	{
		operation: /list_chart_of_accounts$/,
		at: /\/(depth|is_child_present)$/,
		why: 'text in the file, a number and a truth value in recorded lists',
	},
	{
		operation: /^journals.yml /,
		at: /^\/journal\/custom_fields$/,
		why: 'a list in the file, an empty text in recorded journals without custom fields',
	},
	{
		operation: /create_expense$/,
		at: /^status 201$/,
		why: '200 in the file, 201 recorded',
	},
	{
		operation: /_using_custom_field$/,
		at: /^status 201$/,
		why: 'the file has the update only, not that X-Upsert makes a record',
	},
	{
		operation: /^expenses.yml /,
		at: /\/(start|end)_reading$/,
		why: 'a number in the file, an empty text in recorded expenses without a distance',
	},
	{
		operation: /list_expenses$/,
		at: /^\/page_context$/,
		why: 'a list in the file, an object in recorded lists',
	},
];

const customFields = (['account', 'journal', 'expense'] as const).map((entity) => ({
	entity,
	apiName: 'cf_key',
	label: 'Key',
	unique: true,
}));
const key = (value: string) => ({ custom_fields: [{ api_name: 'cf_key', value }] });

async function everyOperation(checker: OpenapiChecker): Promise<void> {
	const books = startAccounts({ seen: (...exchange) => checker.seen(...exchange), books: { customFields } });
	const { call, account, bank, journal, expense, idOf } = books;
	const customer_id = await books.customer();
	const tax_id = await books.tax('VAT', 19);
	const chart = `/chartofaccounts/${await account({ account_name: 'Paper', account_type: 'expense', ...key('a') })}`;
	await journal(chart.replace(/\D/g, ''), idOf('Petty Cash'), 12.34);
	const bankAccount = `/bankaccounts/${await bank({ account_number: '12345', currency_code: 'EUR' })}`;
	for (const [at, body] of [
		[chart, { description: 'White', can_show_in_ze: false }],
		[bankAccount, { description: 'Wages', routing_number: '1' }],
	] as const) {
		await call('PUT', at, body);
		await call('GET', at);
		await call('POST', `${at}/inactive`);
		await call('POST', `${at}/active`);
	}
	await call('GET', '/chartofaccounts', undefined, { query: { showbalance: 'true' } });
	await call('GET', '/bankaccounts');
	await call('DELETE', bankAccount);
	await call(
		'DELETE',
		`/chartofaccounts/${await account({ account_name: 'Ink', account_type: 'expense', show_on_dashboard: true })}`,
	);

	const line = (account_id: string, debit_or_credit: string, amount: number) => ({
		account_id,
		debit_or_credit,
		amount,
		...(debit_or_credit === 'debit' && { tax_id }),
	});
	const line_items = [line(idOf('Rent Expense'), 'debit', 10.5), line(idOf('Petty Cash'), 'credit', 12.5)];
	const taxed = await books.made('/journals', 'journal', {
		journal_date: '2026-07-01',
		line_items,
		notes: 'n',
		...key('j'),
	});
	const draft = async () =>
		`/journals/${(await journal(idOf('Rent Expense'), idOf('Petty Cash'), 5, { status: 'draft' }))['journal_id']}`;
	const at = `/journals/${taxed['journal_id']}`;
	await call('PUT', at, { journal_date: '2026-07-02', reference_number: 'R' });
	const { comment } = (await call('POST', `${at}/comments`, { description: 'd' })).body;
	await call('GET', at);
	await call('DELETE', `${at}/comments/${comment[0].comment_id}`);
	await call('POST', `${at}/reverse`, undefined, {
		query: { reversal_date: '2026-07-31', is_reversal_scheduled: 'false' },
	});
	for (const steps of [
		['/submit', '/approve', '/status/publish'],
		['/submit', '/reject'],
	]) {
		const one = await draft();
		for (const step of steps) await call('POST', one + step);
		await call('DELETE', one);
	}
	await call('GET', '/journals');

	const spent = await expense(99.99, { tax_id, customer_id, is_billable: true, ...key('e') });
	const path = `/expenses/${spent['expense_id']}`;
	await call('PUT', path, { description: 'Taxi' });
	for (const read of [path, `${path}/comments`, '/expenses']) await call('GET', read);
	const headers = (value: string) => ({
		'x-unique-identifier-key': 'cf_key',
		'x-unique-identifier-value': value,
		'x-upsert': 'true',
	});
	const body = {
		date: '2026-07-01',
		amount: 5,
		account_id: idOf('Postage'),
		paid_through_account_id: idOf('Petty Cash'),
	};
	for (const value of ['e', 'f']) await call('PUT', '/expenses', body, { headers: headers(value) });
	await call('DELETE', path);
}

describeWhere(filesArePresent(files), "Zoho's OpenAPI files for Books' accounts are not beside the project")(
	"the simulated Books' accounts, journals and expenses against Zoho's OpenAPI files",
	() => {
		let checker: OpenapiChecker;

		beforeAll(async () => {
			checker = new OpenapiChecker(files, knownErrors);
			await everyOperation(checker);
		});

		routesAgainst(() => checker, routes, knownErrors);

		test.each(['/chartofaccounts', '/bankaccounts', '/journals', '/expenses'])(
			'every parameter that the files give the list of %s is known',
			(path) => {
				const operation = checker.operations.find((one) => one.method === 'GET' && one.path === path);
				const route = routes.find((one) => one.method === 'GET' && one.path === path);
				const known = typeof route?.query === 'function' ? route.query(startAccounts().org) : [];
				const asked = operation ? checker.queryOf(operation) : [];
				expect(asked.length).toBeGreaterThanOrEqual(4);
				// Views that only Books' own screens make.
				const passedOver = ['organization_id', 'customview_id'];
				expect(asked.filter((name) => ![...known, ...passedOver].includes(name))).toEqual([]);
			},
		);
	},
);
