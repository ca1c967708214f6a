import { CrmBench, wordsOf, type Row } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const create = (record: Row, more: Row = {}) => ({ method: 'POST', uri: '/crm/v8/Contacts', body: { data: [record] }, ...more });
const send = (parameters: Row, items?: Row[], onError?: 'continueRegularOutput') =>
	crm.run({ resource: 'compositeRequest', operation: 'send', source: 'items', request: '={{ $json }}', execution: 'parallel', ...parameters } as never, items, onError);
const lastNames = () => crm.records('Contacts').map(({ Last_Name }) => Last_Name);

test('12 items are 3 calls, and each gets its own result', async () => {
	const items = Array.from({ length: 12 }, (_, n) => create({ Last_Name: `Lee ${n}` }));
	const { rows, items: out, calls } = await send({}, items);
	expect(calls.map(({ path }) => path)).toEqual(Array.from({ length: 3 }, () => '/crm/v8/__composite_requests'));
	expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	expect(rows.every(({ status }) => status === 201)).toBe(true);
	expect(lastNames()).toHaveLength(12);
});

test('one that fails, in whatever way, is told for its item and stops no other', async () => {
	const items = [create({ Last_Name: 'Good' }), create({}), { method: 'GET', uri: '/crm/v8/Nonsense', params: { fields: 'id' } }, { method: 'DELETE', uri: '/crm/v8/Contacts', params: { ids: '1' } }, create({ Last_Name: 'Last' })];
	const { rows } = await send({}, items, 'continueRegularOutput');
	expect(rows).toMatchObject([
		{ status: 201 },
		{ error: expect.stringMatching(/^POST \/crm\/v8\/Contacts: required field not found \(field Last_Name\)/) as string },
		{ error: expect.stringMatching(/^GET \/crm\/v8\/Nonsense: .*module/) as string },
		{ error: expect.stringMatching(/^DELETE \/crm\/v8\/Contacts: bulk delete is not supported/) as string },
		{ status: 201 },
	]);
	expect(wordsOf(await send({}, items))).toMatch(/required field not found/);
});

test('all or none: what the others wrote is taken back, and each is told so', async () => {
	const [id = ''] = await crm.fill('Contacts', [{ Last_Name: 'Lee' }]);
	const requests = [create({ Last_Name: 'New' }), { method: 'PUT', uri: `/crm/v8/Contacts/${id}`, body: { data: [{ Last_Name: 'Changed' }] } }, create({})];
	const { rows } = await send({ source: 'json', requests: JSON.stringify(requests), execution: 'rollback' }, [{}], 'continueRegularOutput');
	expect(rows.map(({ error }) => error)).toEqual([expect.stringMatching(/rollback performed/), expect.stringMatching(/rollback performed/), expect.stringMatching(/required field not found/)]);
	expect(lastNames()).toEqual(['Lee']);
	const done = await send({ source: 'json', requests: requests.slice(0, 2) as never, execution: 'rollback' });
	expect(done.rows.map(({ status }) => status)).toEqual([201, 200]);
	expect(lastNames()).toEqual(['Changed', 'New']);
});

test('a list in an item gives an item for each result, paired with it; what refers to an answer that failed is told', async () => {
	const list = [create({ Last_Name: 'New' }, { sub_request_id: 'a' }), { method: 'GET', path: 'Contacts/@{a:$.data[0].details.id}' }];
	const { rows, items } = await send({ source: 'json', requests: '={{ $json.list }}', execution: 'sequence' }, [{ list }, { list: list.slice(1) }], 'continueRegularOutput');
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }]);
	expect(rows).toMatchObject([{ status: 201, sub_request_id: 'a' }, { body: { data: [{ Last_Name: 'New' }] } }, { error: expect.stringMatching(/invalid reference/) as string }]);
});

test.each<[string, unknown, RegExp]>([
	['another host', { method: 'GET', uri: 'https://evil.example/crm/v8/Contacts' }, /no path below \/crm\/v8/],
	['a host without scheme', { method: 'GET', uri: '//evil.example/crm/v8/x' }, /no path below/],
	['a way up', { method: 'GET', uri: '/crm/v8/../../books/v3/contacts' }, /no path below/],
	['another version', { method: 'GET', uri: '/crm/v2/Contacts' }, /no path below/],
	['bulk jobs', { method: 'GET', uri: '/crm/bulk/v8/read/1' }, /no path below/],
	['itself', { method: 'POST', uri: '/crm/v8/__composite_requests', body: {} }, /no path below/],
	['a query in the path', { method: 'GET', uri: '/crm/v8/Contacts?fields=id' }, /as "params"/],
	['a coded way up', { method: 'GET', uri: '/crm/v8/%2e%2e/x' }, /no path below/],
	['an own token', { method: 'GET', uri: 'Contacts', headers: { Authorization: 'x' } }, /header "Authorization" cannot be given/],
	['no method', { uri: 'Contacts' }, /"method" is not one of/],
	['a text as body', { method: 'POST', uri: 'Contacts', body: 'x' }, /"body" is not an object/],
	['a strange id', { method: 'GET', uri: 'Contacts', sub_request_id: 'a b' }, /letters, digits and underscores/],
])('%s is refused before anything is sent', async (_, request, words) => {
	const run = await send({}, [request as Row]);
	expect([wordsOf(run), run.calls]).toEqual([expect.stringMatching(words), []]);
});

test('more than five in a list, or rolled back together, are refused; so is what is no list', async () => {
	const six = Array.from({ length: 6 }, () => create({ Last_Name: 'x' }));
	expect(wordsOf(await send({ source: 'json', requests: JSON.stringify(six) }))).toMatch(/There are 6 sub-requests; Zoho CRM takes 5/);
	expect(wordsOf(await send({ execution: 'rollback' }, six))).toMatch(/There are 6 sub-requests/);
	expect(wordsOf(await send({ source: 'json', requests: '{}' }))).toMatch(/not a JSON list/);
	expect(lastNames()).toEqual([]);
});

test('a scope that is missing is named', async () => {
	crm.grant(['ZohoCRM.modules.ALL']);
	expect(wordsOf(await send({}, [create({ Last_Name: 'x' })]))).toMatch(/ZohoCRM\.composite_requests\.CUSTOM/);
});
