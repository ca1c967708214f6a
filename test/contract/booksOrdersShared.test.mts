import { allKinds, type Kind, kinds } from '../../sandbox/simulator/books/documentKinds.mts';
import { startOrders } from './booksOrdersSupport.mts';
import { addHook, type Json, startReceiver } from './booksSupport.mts';

type Orders = ReturnType<typeof startOrders>;
const partyOf = (books: Orders, kind: Kind) =>
	kinds[kind].party === 'customer' ? books.customer() : books.vendor();
const customFields = allKinds.map((entity) => ({ entity, apiName: 'cf_key', label: 'Key', unique: true }));
const upserting = allKinds.filter((kind) => kinds[kind].upserts);

describe.each(allKinds)('%s: what all documents have', (kind) => {
	test('comments are added, listed after the history, and deleted', async () => {
		const books = startOrders();
		const document = await books.made(kind, await partyOf(books, kind));
		const path = `${books.pathOf(kind, document)}/comments`;
		const comments = async () => (await books.call('GET', path)).body['comments'] as Json[];
		expect(await books.refusal('POST', path, { description: ' ' })).toEqual([400, 2]);
		await books.post(kind, document, '/comments', { description: 'Please check' });
		const [history, comment] = await comments();
		expect(history).toMatchObject({ comment_type: 'system', operation_type: 'Added' });
		expect(comment).toMatchObject({ comment_type: 'internal', description: 'Please check' });
		expect(await books.refusal('DELETE', `${path}/${history?.['comment_id']}`)).toEqual([404, 1002]);
		expect((await books.call('DELETE', `${path}/${comment?.['comment_id']}`)).status).toBe(200);
		expect(await comments()).toEqual([history]);
	});

	test('a new one is submitted, then approved, then counts', async () => {
		const books = startOrders();
		const document = await books.made(kind, await partyOf(books, kind));
		const status = async () => (await books.get(kind, document))['status'];
		expect(await books.refusal('POST', `${books.pathOf(kind, document)}/approve`)).toEqual([400, 4038]);
		for (const [below, state] of [
			['/submit', 'pending_approval'],
			['/submit', 'pending_approval'],
			['/approve', 'approved'],
			[`/status/${kinds[kind].issued}`, kinds[kind].issued],
		] as const) {
			await books.post(kind, document, below);
			expect(await status()).toBe(state);
		}
		expect(await books.refusal('POST', `${books.pathOf(kind, document)}/approve`)).toEqual([400, 4038]);
	});

	test('lists filter by number, contact, state, day, total and time, sort and page', async () => {
		const books = startOrders();
		const { list, numberField, idField } = kinds[kind];
		const contact = await partyOf(books, kind);
		const by = kind === 'vendorcredit' ? 'customer' : kinds[kind].party;
		const one = await books.made(kind, contact, [{ name: 'Desk', rate: 100 }], { date: '2026-03-01' });
		const two = await books.made(kind, contact, [{ name: 'Lamp', rate: 30 }], { date: '2026-03-05' });
		const found = async (query: Record<string, string>) =>
			(await books.list(`/${list}`, query)).map((row) => row[idField]);
		const [a, b] = [one[idField], two[idField]];
		expect(await found({})).toEqual([b, a]);
		expect(await found({ [`${numberField}_contains`]: String(two[numberField]) })).toEqual([b]);
		expect(await found({ [`${by}_id`]: contact, item_name_startswith: 'De' })).toEqual([a]);
		expect(await found({ [`${by}_id`]: '1' })).toEqual([]);
		expect(await found({ date_start: '2026-03-02' })).toEqual([b]);
		expect(await found({ total: '100' })).toEqual([a]);
		expect(await found({ sort_column: 'total' })).toEqual([b, a]);
		expect(await found({ sort_column: 'date', sort_order: 'A', per_page: '1', page: '2' })).toEqual([b]);
		expect(await found({ last_modified_time: '2090-01-01T00:00:00+0000' })).toEqual([]);
		expect(await found({ search_text: String(one[numberField]) })).toEqual([a]);
		expect(await found({ status: String((await books.get(kind, one))['status']) })).toEqual([b, a]);
		expect(await found({ status: 'void' })).toEqual([]);
		expect(await books.refusal('GET', `/${list}`, undefined, { filter_by: 'Status.Nope' })).toEqual([400, 2]);
		expect(await books.refusal('GET', `/${list}`, undefined, { sort_column: 'nope' })).toEqual([400, 2]);
	});

	test('a person makes and changes it at the desk', async () => {
		const books = startOrders();
		const { list, idField, party } = kinds[kind];
		const record = {
			[`${party}_id`]: await partyOf(books, kind),
			line_items: [{ name: 'Desk', rate: 1 }],
			...(kind === 'bill' ? { bill_number: '1' } : {}),
		};
		const desk = (action: 'create' | 'update' | 'delete', more: Json = {}) =>
			books.simulator.desk({ system: 'books', location: 'us', collection: list, action, ...more }) as Json;
		const made = desk('create', { record });
		const id = String(made[idField]);
		expect(desk('update', { id, record: { reference_number: 'R' } })['reference_number']).toBe('R');
		expect(books.org.records(list)).toHaveLength(1);
		desk('delete', { id });
		expect(books.org.records(list)).toEqual([]);
	});
});

describe.each(upserting)('%s by a unique custom field', (kind) => {
	test('is found, or made where X-Upsert says so', async () => {
		const books = startOrders({ books: { customFields } });
		const { list, party, key, idField } = kinds[kind];
		const contact = await partyOf(books, kind);
		const body: Json = {
			[`${party}_id`]: contact,
			line_items: [{ name: 'Desk', rate: 1 }],
			...(kind === 'bill' ? { bill_number: '1' } : {}),
		};
		const unique = { 'x-unique-identifier-key': 'cf_key', 'x-unique-identifier-value': 'K-1' };
		const put = (more: Json, headers: Record<string, string> = unique) =>
			books.call('PUT', `/${list}`, { ...body, ...more }, { headers });
		expect((await put({})).status).toBe(404);
		const made = await put({}, { ...unique, 'x-upsert': 'true' });
		expect([made.status, made.body[key].cf_key]).toEqual([201, 'K-1']);
		const again = await put({ notes: 'twice' }, { ...unique, 'x-upsert': 'true' });
		expect([again.status, again.body[key][idField]]).toEqual([200, made.body[key][idField]]);
		expect(again.body[key].notes).toBe('twice');
		expect(await books.list(`/${list}`)).toHaveLength(1);
		expect((await put({}, { ...unique, 'x-unique-identifier-key': 'cf_other' })).status).toBe(400);
		expect((await put({}, {})).status).toBe(400);
	});

	test('its custom fields are changed alone, and take no value twice', async () => {
		const books = startOrders({ books: { customFields } });
		const contact = await partyOf(books, kind);
		const [one, two] = [await books.made(kind, contact), await books.made(kind, contact)];
		const [method, path] = kinds[kind].customFields ?? ['PUT', ''];
		const set = (document: Json, value: string) => {
			const custom = [{ api_name: 'cf_key', value }];
			const body = method === 'PUT' ? custom : { custom_fields: custom };
			return books.call(method, `${path}/${document[kinds[kind].idField]}/customfields`, body);
		};
		expect((await set(one, 'K-1')).status).toBe(200);
		expect((await books.get(kind, one))['cf_key']).toBe('K-1');
		expect((await set(two, 'K-1')).body['code']).toBe(120303);
	});
});

test('a rejected purchase order can be submitted again', async () => {
	const { made, post, get, vendor } = startOrders();
	const order = await made('purchaseorder', await vendor());
	for (const [below, state] of [
		['/submit', 'pending_approval'],
		['/reject', 'rejected'],
		['/submit', 'pending_approval'],
	] as const) {
		await post('purchaseorder', order, below);
		expect((await get('purchaseorder', order))['status']).toBe(state);
	}
});

test('a comment tells when a purchase order is expected', async () => {
	const { made, post, get, vendor } = startOrders();
	const order = await made('purchaseorder', await vendor());
	const comment = { description: 'late', expected_delivery_date: '2026-05-01' };
	expect((await post('purchaseorder', order, '/comments', comment))['comment']).toMatchObject({
		description: 'late',
	});
	expect((await get('purchaseorder', order))['expected_delivery_date']).toBe('2026-05-01');
});

test.each([
	['salesorder', ['subject', 'body'], 'open'],
	['creditnote', ['subject', 'body'], 'open'],
	['purchaseorder', ['body'], 'open'],
	['invoice', [], 'sent'],
	['estimate', [], 'sent'],
] as const)('an email of a %s needs %j, and makes a draft %s', async (kind, needs, state) => {
	const books = startOrders();
	const document = await books.made(kind, await partyOf(books, kind));
	const path = `${books.pathOf(kind, document)}/email`;
	const whole: Json = { to_mail_ids: ['a@example.com'], subject: 's', body: 'b' };
	for (const name of ['to_mail_ids', ...needs]) {
		const { [name]: _left, ...rest } = whole;
		expect(await books.refusal('POST', path, rest)).toEqual([400, 2]);
	}
	expect((await books.call('POST', path, whole)).status).toBe(kinds[kind].answers.email);
	expect((await books.get(kind, document))['status']).toBe(state);
});

test.each(['bill', 'vendorcredit'] as const)('a %s cannot be emailed', async (kind) => {
	const books = startOrders();
	const document = await books.made(kind, await books.vendor());
	const mail = { to_mail_ids: ['a@example.com'], subject: 's', body: 'b' };
	expect(await books.refusal('POST', `${books.pathOf(kind, document)}/email`, mail)).toEqual([404, 5]);
});

test('each kind asks for the scope of its own', async () => {
	const books = startOrders({ scopes: ['ZohoBooks.contacts.ALL', 'ZohoBooks.debitnotes.ALL'] });
	const seller = await books.vendor();
	await books.made('vendorcredit', seller);
	const bill = { vendor_id: seller, bill_number: '1', line_items: [{ name: 'x', rate: 1 }] };
	expect(await books.refusal('POST', '/bills', bill)).toEqual([401, 57]);
	expect(await books.refusal('GET', '/creditnotes')).toEqual([401, 57]);
});

test('a workflow rule sends a new sales order', async () => {
	const receiver = await startReceiver();
	const { call, made, customer, simulator } = startOrders();
	await addHook(call, receiver.url, { entity: 'salesorder', event: 'add' });
	await made('salesorder', await customer());
	await simulator.world.deliveries.settled();
	await receiver.stop();
	expect(receiver.received.map(({ body }) => JSON.parse(body).salesorder.salesorder_number)).toEqual([
		'SO-00001',
	]);
});
