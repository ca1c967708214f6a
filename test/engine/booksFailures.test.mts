import { BooksBench, chosen, wordsOf } from './booksSupport.mts';

let books: BooksBench;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(() => books.reset());

const create = { operation: 'create', contactName: '={{ $json.name }}' };
const names = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `Company ${n}` }));
const tokenData = () => Object.values(books.store)[0]?.data.oauthTokenData as Record<string, unknown>;

test('a burst of "too many at once" is waited out: 12 contacts, none lost, none doubled', async () => {
	books.fault({ what: 'status', status: 429, code: 1070, times: 6 });
	const { rows, items, error, calls } = await books.runHere(create, names(12));
	expect(error).toBeUndefined();
	expect(rows.map(({ contact_name }) => contact_name)).toEqual(names(12).map(({ name }) => name));
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	expect(books.contacts()).toHaveLength(12);
	expect(calls.filter(({ status }) => status === 429)).toHaveLength(6);
});

test('the calls of a minute that are used up are waited out', async () => {
	books.fault({ what: 'status', status: 429, code: 44 });
	const { rows, error } = await books.runHere(create, names(2));
	expect([rows.length, error]).toEqual([2, undefined]);
});

test.each([
	['declarative', create],
	['programmatic', { operation: 'upsert', contactName: '={{ $json.name }}' }],
])('an expired token is refreshed once for 12 items (%s)', async (_kind, parameters) => {
	books.simulator.world.tokens.expireAll();
	const before = books.simulator.calls().length;
	const { rows, error } = await books.run(parameters, names(12));
	expect(error).toBeUndefined();
	expect(rows).toHaveLength(12);
	expect(books.simulator.counts(before).token).toBe(1);
});

test('12 items without an organization ask once which one there is', async () => {
	const { lines } = await books.run(create, names(12));
	expect(lines.filter((line) => line.startsWith('GET /organizations'))).toHaveLength(1);
});

test('of several organizations none is picked: the error names them and says where to choose', async () => {
	books.reset({}, [{ name: 'Aurora' }, { name: 'Boreal' }]);
	const run = await books.run(create, names(1));
	expect(wordsOf(run)).toMatch(/several organizations.*Choose one in the field Organization: Aurora \(\d+\), Boreal \(\d+\)/);
	expect(books.contacts()).toEqual([]);
});

test.each(['https://www.zohoapis.example.com', 'http://www.zohoapis.eu', 'https://www.zohoapis.eu.evil.example'])(
	'a token for the foreign address %s is not sent anywhere',
	async (address) => {
		const refusals = jest.spyOn(process.stderr, 'write');
		books.grant((data) => (data.oauthTokenData = { ...(data.oauthTokenData as object), api_domain: address } as never));
		for (const parameters of [create, { ...create, operation: 'upsert' }, { operation: 'getAll' }]) {
			const run = await books.runHere(parameters, names(1));
			expect(wordsOf(run)).toMatch(/is not an API host of Zoho; no token is sent to it/);
			expect(run.calls).toEqual([]);
		}
		expect(refusals).not.toHaveBeenCalled();
		refusals.mockRestore();
	},
);

test('an error tells the record, Zoho\'s words and code, and what to do', async () => {
	books.fill([{ contact_name: 'Company 0' }]);
	const run = await books.runHere(create, names(1));
	expect(run.error?.message).toMatch(/contact "Company 0": .*already exists/);
	expect(run.error?.description).toMatch(/Use the existing contact, or give this one another name.*Zoho code 3062, POST \/books\/v3\/contacts/);
});

test('a record that is gone is told by its ID', async () => {
	const run = await books.runHere({ operation: 'get', ...chosen('460000000000000001') });
	expect(wordsOf(run)).toMatch(/contact 460000000000000001: Contact does not exist.*Zoho code 1002/s);
});

test('a scope that is missing is named', async () => {
	books.grant(undefined, ['ZohoBooks.contacts.READ']);
	expect(wordsOf(await books.runHere(create, names(1)))).toMatch(/ZohoBooks\.contacts\.CREATE/);
});

test('with "continue", a failed item tells error and details, and the others are written', async () => {
	books.fill([{ contact_name: 'Company 1' }]);
	const { rows, items, error } = await books.runHere(create, names(3), 'continueRegularOutput');
	expect(error).toBeUndefined();
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
	expect(rows[1]).toEqual({
		error: expect.stringContaining('already exists') as string,
		details: expect.stringContaining('Zoho code 3062') as string,
	});
	expect(books.contacts()).toHaveLength(3);
});

test('a create whose answer gets lost is not repeated, and the error says to look first', async () => {
	books.fault({ what: 'lost-answer', method: 'POST', path: '/contacts' });
	const run = await books.runHere(create, names(1));
	expect(wordsOf(run)).toMatch(/unknown whether Zoho carried this out.*Look for the record/);
	expect(books.contacts()).toHaveLength(1);
});

test('no address that Zoho sees holds a token or secret', async () => {
	books.simulator.world.tokens.expireAll();
	await books.run(create, names(3));
	await books.run({ operation: 'getAll' });
	const { data } = Object.values(books.store)[0] as { data: Record<string, unknown> };
	const { access_token, refresh_token } = tokenData();
	expect(books.simulator.calls().length).toBeGreaterThan(4);
	for (const { path, query, service } of books.simulator.calls()) {
		expect(`${service} ${path}?${query}`).not.toMatch(/1000\.|access_token|refresh_token|client_secret|\(secret\)/);
		for (const secret of [access_token, refresh_token, data.clientSecret]) expect(path + query).not.toContain(secret);
	}
});

test('a deletion that was carried out, but whose answer was lost, counts as one; of a contact that was never there it does not', async () => {
	const [contact] = books.fill([{ contact_name: 'Aurora' }]);
	const remove = { operation: 'delete', ...chosen(contact?.contact_id) };
	books.fault({ what: 'lost-answer', method: 'DELETE' });
	const { rows, error, lines } = await books.runHere(remove);
	expect(error).toBeUndefined();
	expect([rows, lines.length, books.contacts()]).toEqual([[{ deleted: true }], 2, []]);
	expect(wordsOf(await books.runHere(remove))).toMatch(/does not exist/);
});

test.each(['markInactive', 'markActive'])('%s is sent again when its answer is lost: twice is no more than once', async (operation) => {
	const [contact] = books.fill([{ contact_name: 'Aurora' }]);
	books.fault({ what: 'lost-answer', method: 'POST' });
	const { error, lines } = await books.runHere({ operation, ...chosen(contact?.contact_id) });
	expect(error).toBeUndefined();
	expect(lines).toHaveLength(2);
});

test('a record with a number that has lost digits is refused before anything is sent; in JSON text it keeps them', async () => {
	const lost = Number('4876876000000240001');
	const json = { inputMode: 'json', record: '={{ $json.record }}' };
	const record = { contact_name: 'Aurora', currency_id: lost };
	for (const operation of ['create', 'upsert']) {
		const run = await books.runHere({ operation, ...json }, [{ record }]);
		expect(wordsOf(run)).toMatch(/"currency_id" .*has lost its last digits.*in quotes/);
		expect(run.lines).toEqual([]);
	}
	const [contact] = books.fill([{ contact_name: 'Aurora' }]);
	const text = `{ "contact_id": ${String(contact?.contact_id)}9999, "website": "x" }`;
	const run = await books.runHere({ operation: 'update', ...json }, [{ record: text }]);
	expect(run.lines).toEqual([`PUT /contacts/${String(contact?.contact_id)}9999`]);
});

describe('the organization where none is chosen', () => {
	const two = [{ name: 'Aurora' }, { name: 'Boreal' }];
	const list = { operation: 'getAll' };

	/** Lets the simulated user belong to these organizations only. */
	function belongsTo(...numbers: number[]) {
		const tenants = books.simulator.world.tenants;
		books.simulator.world.tenants.splice(0, tenants.length, ...numbers.map((n) => all[n]).filter((one) => one !== undefined));
	}
	let all: typeof books.simulator.world.tenants;
	beforeEach(() => {
		books.reset({}, two);
		all = [...books.simulator.world.tenants];
	});

	const organizationOf = ({ query }: { query: string }) => new URLSearchParams(query).get('organization_id');

	test('is asked for again after the credential was reconnected', async () => {
		belongsTo(0);
		const before = await books.run(list);
		belongsTo(1);
		const [id = ''] = Object.keys(books.store);
		const { oauthTokenData } = books.simulator.grant({ location: 'eu', product: 'books', clientId: String(books.store[id]?.data.clientId) });
		Object.assign(books.store[id]?.data ?? {}, { oauthTokenData: { ...oauthTokenData } });
		const after = await books.run(list);
		expect([before.error, after.error]).toEqual([undefined, undefined]);
		expect([before, after].map(({ calls }) => organizationOf(calls.at(-1) as never))).toEqual(
			[0, 1].map((n) => all[n]?.books?.organizationId),
		);
	});

	test('is asked for again after Books said that the user does not belong to it', async () => {
		belongsTo(0);
		await books.run(list);
		belongsTo(1);
		expect(wordsOf(await books.run(list))).toMatch(/Zoho code 6041/);
		expect((await books.run(list)).error).toBeUndefined();
	});
});
