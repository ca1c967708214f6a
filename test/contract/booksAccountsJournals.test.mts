import { startAccounts } from './booksAccountsSupport.mts';
import type { Json } from './booksSupport.mts';

type Books = ReturnType<typeof startAccounts>;
const path = '/journals';
const read = (books: Books, id: unknown) => books.one(`${path}/${id}`, 'journal');
const act = async ({ call }: Books, id: unknown, below: string, query: Record<string, string> = {}) =>
	(await call('POST', `${path}/${id}${below}`, undefined, { query })).status;

/** Lines of so much on each side. */
const lines = ({ idOf }: Books, debit: number, credit: number, more: Json = {}): Json[] => [
	{ account_id: idOf('Rent Expense'), debit_or_credit: 'debit', amount: debit, ...more },
	{ account_id: idOf('Petty Cash'), debit_or_credit: 'credit', amount: credit },
];

test('a journal needs a date and at least two lines whose debits and credits are equal', async () => {
	const books = startAccounts();
	const make = (body: Json) => books.refusal('POST', path, { journal_date: '2026-07-01', ...body });
	expect(await make({})).toEqual([400, 2]);
	expect(await make({ line_items: lines(books, 5, 5).slice(1) })).toEqual([400, 2]);
	expect(await make({ line_items: lines(books, 5, 5), journal_date: '' })).toEqual([400, 2]);
	expect(await make({ line_items: lines(books, 5, 4.99) })).toEqual([400, 13001]);
	// A draft, too.
	expect(await make({ line_items: lines(books, 5, 4.99), status: 'draft' })).toEqual([400, 13001]);
	expect(await make({ line_items: lines(books, 0, 0) })).toEqual([400, 2]);
	expect(await make({ line_items: lines(books, 5, 5, { debit_or_credit: 'both' }) })).toEqual([400, 2]);
	expect(await make({ line_items: lines(books, 5, 5, { account_id: '' }) })).toEqual([400, 2]);
	expect(await make({ line_items: lines(books, 5, 5, { account_id: '7' }) })).toEqual([404, 1002]);
	expect(await make({ line_items: lines(books, 5, 5, { tax_id: '7' }) })).toEqual([404, 1002]);
	expect(await make({ line_items: lines(books, 5, 5, { customer_id: '7' }) })).toEqual([404, 1002]);
	expect(await make({ line_items: lines(books, 5, 5), status: 'approved' })).toEqual([400, 2]);
	expect(await make({ line_items: lines(books, 5, 5), journal_type: 'accrual' })).toEqual([400, 2]);
	expect(await make({ line_items: lines(books, 0.3, 0.3) })).toEqual([201, 0]);
	// Binary fractions would not be equal here.
	const thirds = [0.1, 0.2].map((amount) => ({ ...lines(books, amount, 1)[0] }));
	expect(await make({ line_items: [...thirds, lines(books, 1, 0.3)[1]] })).toEqual([201, 0]);
});

test('is counted, and published unless it is a draft', async () => {
	const books = startAccounts();
	const make = (more: Json) =>
		books.made(path, 'journal', {
			journal_date: '2026-07-01',
			line_items: lines(books, 500.25, 500.25),
			...more,
		});
	expect(await make({})).toMatchObject({ entry_number: '1', status: 'published', journal_type: 'both' });
	const draft = await make({ status: 'draft', journal_type: 'Cash', notes: 'Monthly' });
	expect(draft).toMatchObject({ entry_number: '2', status: 'draft', journal_type: 'cash', total: 500.25 });
	expect(draft['comments']).toEqual([
		expect.objectContaining({ description: 'Journal created for $500.25', operation_type: 'Added' }),
	]);
	await books.call('DELETE', `${path}/${draft['journal_id']}`);
	expect(await make({})).toMatchObject({ entry_number: '3' });
});

test('what is owed is owed by a customer or to a vendor', async () => {
	const books = startAccounts();
	const [customer, vendor] = [
		await books.customer(),
		await books.customer({ contact_name: 'Beta', contact_type: 'vendor' }),
	];
	const make = (account: string, customer_id?: string) =>
		books.refusal('POST', path, {
			journal_date: '2026-07-01',
			line_items: lines(books, 5, 5, { account_id: books.idOf(account), customer_id }),
		});
	expect(await make('Accounts Receivable')).toEqual([400, 13003]);
	expect(await make('Accounts Receivable', vendor)).toEqual([400, 13003]);
	expect(await make('Accounts Receivable', customer)).toEqual([201, 0]);
	expect(await make('Accounts Payable', customer)).toEqual([400, 13003]);
	expect(await make('Accounts Payable', vendor)).toEqual([201, 0]);
	expect(await books.refusal('DELETE', `/contacts/${vendor}`)).toEqual([400, 3063]);
	const found = async (query: Record<string, string>) =>
		(await books.list(path, query)).map(({ entry_number }) => entry_number);
	expect(await found({ customer_id: customer })).toEqual(['1']);
	expect(await found({ vendor_id: vendor })).toEqual(['2']);
	expect(await found({ customer_id: vendor })).toEqual([]);
});

test('taxes of lines are on the side of their line, and both sides hold with them', async () => {
	const books = startAccounts();
	const tax_id = await books.tax('VAT', 19);
	const make = (credit: number) =>
		books.call('POST', path, {
			journal_date: '2026-07-01',
			line_items: lines(books, 100, credit, { tax_id }),
		});
	expect((await make(100)).body['code']).toBe(13001);
	const { journal } = (await make(119)).body;
	expect(journal).toMatchObject({ line_item_total: 100, total: 119 });
	expect(journal.taxes).toEqual([
		{ tax_name: 'VAT (19%)', tax_amount: 19, debit_or_credit: 'debit', tax_account: true },
	]);
	expect(journal.line_items[0]).toMatchObject({ tax_name: 'VAT', tax_percentage: '19' });
	expect(await books.refusal('DELETE', `/settings/taxes/${tax_id}`)).toEqual([400, 1005]);
});

test('in another currency it has the rate of its day; accounts of a third currency take no part', async () => {
	const books = startAccounts({ books: { exchangeRates: { EUR: 1.25 } } });
	const currency_id = books.org.currencies.find(({ code }) => code === 'EUR')?.id;
	const rupees = await books.bank({ account_name: 'Rupees', currency_code: 'INR' });
	const euros = await books.bank({ account_name: 'Euros', currency_code: 'EUR' });
	const { journal_id } = await books.journal(euros, books.idOf('Sales'), 10, { currency_id });
	expect(await read(books, journal_id)).toMatchObject({
		currency_code: 'EUR',
		exchange_rate: 1.25,
		total: 10,
		bcy_total: 12.5,
	});
	const body = (debit: string) => ({
		journal_date: '2026-07-01',
		currency_id,
		line_items: lines(books, 5, 5, { account_id: debit }),
	});
	expect(await books.refusal('POST', path, body(rupees))).toEqual([400, 13006]);
	expect(await books.refusal('POST', path, { ...body(euros), currency_id: '7' })).toEqual([404, 1002]);
});

test('an update keeps what it does not name, takes lines as the whole list, and wants the date', async () => {
	const books = startAccounts();
	const made = await books.journal(books.idOf('Rent Expense'), books.idOf('Petty Cash'), 5, {
		reference_number: 'R-1',
	});
	const at = `${path}/${made['journal_id']}`;
	const put = async (body: Json) => (await books.call('PUT', at, body)).body;
	expect((await put({ notes: 'n' }))['code']).toBe(2);
	const { journal } = await put({ journal_date: '2026-07-02', notes: 'n' });
	expect(journal).toMatchObject({ journal_date: '2026-07-02', notes: 'n', reference_number: 'R-1' });
	expect(journal.line_items).toEqual(made['line_items']);
	expect(journal.comments.map(({ description }: Json) => description)).toEqual([
		'Journal updated.',
		'Journal created for $5.00',
	]);
	expect(journal.comments[0]).toMatchObject({ operation_type: 'Updated', comment_type: 'system' });
	const [first] = made['line_items'] as Json[];
	const line_items = lines(books, 7, 7, { line_id: first?.['line_id'] });
	expect((await put({ journal_date: '2026-07-02', line_items: lines(books, 7, 6) }))['code']).toBe(13001);
	const changed = (await put({ journal_date: '2026-07-02', line_items }))['journal'];
	expect(changed.total).toBe(7);
	expect(changed.line_items[0].line_id).toBe(first?.['line_id']);
	expect(await books.ignored('PUT', at, { journal_date: '2026-07-02', status: 'draft' })).toEqual(['status']);
	expect((await read(books, made['journal_id']))['status']).toBe('published');
});

test('is submitted, rejected, approved and published in that order', async () => {
	const books = startAccounts();
	const { journal_id: id } = await books.journal(books.idOf('Rent Expense'), books.idOf('Petty Cash'), 5, {
		status: 'draft',
	});
	const steps = async (...below: string[]) => {
		const answers = [];
		for (const one of below) answers.push(await act(books, id, one));
		return [...answers, (await read(books, id))['status']];
	};
	expect(await steps('/approve')).toEqual([400, 'draft']);
	expect(await steps('/submit', '/submit')).toEqual([200, 200, 'submitted']);
	expect(await steps('/status/publish')).toEqual([400, 'submitted']);
	expect(await act(books, id, '/reject', { reason: 'no' })).toBe(200);
	expect(await steps('/approve')).toEqual([400, 'rejected']);
	expect(await steps('/submit', '/approve', '/approve')).toEqual([200, 200, 200, 'approved']);
	expect(await steps('/status/publish', '/status/publish')).toEqual([201, 201, 'published']);
	expect(await steps('/submit')).toEqual([400, 'published']);
	expect((await books.list(path, { status: 'published' })).length).toBe(1);
	expect(await books.list(path, { status: 'submitted' })).toEqual([]);
});

describe('a reversal', () => {
	const query = (reversal_date: string, scheduled = 'false') => ({
		reversal_date,
		is_reversal_scheduled: scheduled,
	});

	test('is a journal that undoes a published one, once', async () => {
		const books = startAccounts();
		const { journal_id: id } = await books.journal(books.idOf('Rent Expense'), books.idOf('Petty Cash'), 5);
		const reverse = (of: unknown, given: Record<string, string>) =>
			books.call('POST', `${path}/${of}/reverse`, undefined, { query: given });
		const wrong: Array<Record<string, string>> = [
			{},
			{ reversal_date: '2026-07-31' },
			query(''),
			query('2026-06-30'),
		];
		for (const given of wrong) expect((await reverse(id, given)).body['code']).toBe(2);
		const { status, body } = await reverse(id, query('2026-07-31'));
		expect(status).toBe(200);
		expect(body['journal']).toMatchObject({ entry_number: '2', journal_date: '2026-07-31', total: 5 });
		expect(body['journal'].line_items.map(({ debit_or_credit }: Json) => debit_or_credit)).toEqual([
			'credit',
			'debit',
		]);
		expect(await read(books, id)).toMatchObject({
			reversal_date: '2026-07-31',
			is_scheduled_reversal: false,
		});
		expect((await reverse(id, query('2026-07-31'))).body['code']).toBe(13005);
		const draft = await books.journal(books.idOf('Rent Expense'), books.idOf('Petty Cash'), 5, {
			status: 'draft',
		});
		expect((await reverse(draft['journal_id'], query('2026-07-31'))).body['code']).toBe(13004);
	});

	test('can be made for a later day, and is there when that has come', async () => {
		const books = startAccounts({ switches: { tokenLifetime: 30 * 86_400 } });
		const { world } = books.simulator;
		const day = (ahead: number) => new Date(world.now() + ahead * 86_400_000).toISOString().slice(0, 10);
		const { journal_id: id } = await books.journal(books.idOf('Rent Expense'), books.idOf('Petty Cash'), 5, {
			journal_date: day(0),
		});
		const { body } = await books.call('POST', `${path}/${id}/reverse`, undefined, {
			query: query(day(10), 'true'),
		});
		expect(body['journal']).toMatchObject({ journal_id: id, is_scheduled_reversal: true });
		expect(await books.list(path)).toHaveLength(1);
		world.clock.advance(11 * 86_400_000);
		expect((await books.list(path)).map(({ journal_date }) => journal_date)).toEqual([day(-1), day(-11)]);
		expect(await read(books, id)).toMatchObject({ is_scheduled_reversal: false });
	});
});

test('the list filters, searches and sorts', async () => {
	const books = startAccounts();
	const { idOf, org, refusal, ignored } = books;
	const make = (amount: number, more: Json) =>
		books.journal(idOf('Rent Expense'), idOf('Petty Cash'), amount, more);
	const one = await make(5, { journal_date: '2026-07-01', reference_number: 'Alpha', notes: 'Rent' });
	const two = await make(70, { journal_date: org.today(), reference_number: 'Beta', journal_type: 'Cash' });
	const [a, b] = [one['journal_id'], two['journal_id']];
	const found = async (query: Record<string, string>) =>
		(await books.list(path, query)).map(({ journal_id }) => journal_id);
	expect(await found({})).toEqual([b, a]);
	expect(await found({ sort_column: 'total' })).toEqual([a, b]);
	expect(await found({ sort_column: 'entry_number', sort_order: 'D', per_page: '1', page: '2' })).toEqual([
		a,
	]);
	const first: Array<Record<string, string>> = [
		{ reference_number: 'alpha' },
		{ reference_number_startswith: 'Al' },
		{ entry_number: '1' },
		{ notes_contains: 'en' },
		{ date: '2026-07-01' },
		{ date_before: '2026-07-02' },
		{ total_less_than: '6' },
		{ journal_type: 'Both' },
		{ journal_ids: `7,${a}` },
		{ search_text: 'rent' },
		{ last_modified_time: one['last_modified_time'], total: '5' },
	];
	for (const query of first) expect([query, await found(query)]).toEqual([query, [a]]);
	const both: Array<Record<string, string>> = [
		{ account_id: idOf('Petty Cash') },
		{ currency: org.currency.id },
		{ journal_entity_type: 'journal' },
		{ filter_by: 'JournalDate.All' },
	];
	for (const query of both) expect([query, await found(query)]).toEqual([query, [b, a]]);
	for (const span of ['Today', 'ThisWeek', 'ThisMonth', 'ThisQuarter', 'ThisYear'])
		expect([span, (await found({ filter_by: `JournalDate.${span}` }))[0]]).toEqual([span, b]);
	expect(await found({ filter_by: 'JournalDate.Today' })).toEqual([b]);
	const none: Array<Record<string, string>> = [
		{ account_id: idOf('Sales') },
		{ tax_id: '7' },
		{ branch_ids: '7' },
		{ journal_entity_type: 'period_end_journal' },
		// Equal, not after.
		{ last_modified_time: '2026-01-01T00:00:00+0000' },
	];
	for (const query of none) expect([query, await found(query)]).toEqual([query, []]);
	expect(await refusal('GET', path, undefined, { last_modified_time: '2026-01-01T00:00:00Z' })).toEqual([
		400, 2,
	]);
	expect(await refusal('GET', path, undefined, { filter_by: 'Status.All' })).toEqual([400, 2]);
	expect(await refusal('GET', path, undefined, { sort_column: 'created_time' })).toEqual([400, 2]);
	expect(await ignored('GET', path, undefined, { journal_date: 'x', customview: 'y' })).toEqual([
		'journal_date',
		'customview',
	]);
});

test('comments are added and deleted; its history stays', async () => {
	const books = startAccounts();
	const { journal_id: id } = await books.journal(books.idOf('Rent Expense'), books.idOf('Petty Cash'), 5);
	const comments = `${path}/${id}/comments`;
	expect(await books.refusal('POST', comments, { description: ' ' })).toEqual([400, 2]);
	const { comment } = (await books.call('POST', comments, { description: 'See page 3' })).body;
	expect(comment).toEqual([expect.objectContaining({ description: 'See page 3', comment_type: 'internal' })]);
	const all = (await read(books, id))['comments'] as Json[];
	expect(all.map(({ description }) => description)).toEqual(['See page 3', 'Journal created for $5.00']);
	expect(await books.refusal('DELETE', `${comments}/${all[1]?.['comment_id']}`)).toEqual([404, 1002]);
	expect((await books.call('DELETE', `${comments}/${all[0]?.['comment_id']}`)).status).toBe(200);
	expect((await read(books, id))['comments']).toHaveLength(1);
});

test('people write journals at the desk', () => {
	const { simulator, org, idOf } = startAccounts();
	const desk = (action: 'create' | 'published' | 'update' | 'delete', more: Json) =>
		simulator.desk({ system: 'books', location: 'us', collection: 'journals', action, ...more }) as Json;
	const line_items = [
		{ account_id: idOf('Rent Expense'), debit_or_credit: 'debit', amount: 1 },
		{ account_id: idOf('Petty Cash'), debit_or_credit: 'credit', amount: 1 },
	];
	const { journal_id: id } = desk('create', { record: { line_items, status: 'draft' } });
	expect(desk('published', { id })['status']).toBe('published');
	expect(desk('update', { id, record: { notes: 'n' } })).toMatchObject({
		notes: 'n',
		journal_date: org.today(),
	});
	expect(org.records('journals')).toHaveLength(1);
	desk('delete', { id });
	expect(org.records('journals')).toEqual([]);
});
