/** Tags and related lists of many records: what becomes of the others when Zoho refuses a call because of one. */

import { relateRecords } from '../../../zoho/crm/relations';
import { tagRecords, type Tagging } from '../../../zoho/crm/tagging';
import { asArray, asObject, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { answer, clientFor, connect, queryOf, type Answer, type SentCall } from './fakeZoho.mts';

function setUp(handle: (call: SentCall, n: number) => Answer) {
	const connection = connect('crm', handle);
	return { connection, client: clientFor(connection) };
}

const ids = (count: number, from = 1) => Array.from({ length: count }, (_, n) => String(4_000_000 + from + n));
const idsIn = (call: SentCall) => asArray(asObject(call.body).ids).map(text);
const tagging: Tagging = { module: 'Contacts', action: 'add', tags: ['VIP'] };
const refusal = (code: string, details: JsonObject = {}, message = 'no') => ({ code, details, message, status: 'error' });
const tagged = (id: string) => ({ code: 'SUCCESS', details: { id, tags: [{ name: 'VIP', id: '1', color_code: null }] }, message: 'tags updated successfully', status: 'success' });

describe('tags', () => {
	/** A CRM in which some records are locked: one of them, and the call is refused. */
	const withLocked = (locked: string[]) =>
		setUp((call) => {
			const culprit = idsIn(call).find((id) => locked.includes(id));
			if (culprit !== undefined) return answer(400, refusal('RECORD_LOCKED', { action: 'record_locking', id: culprit }));
			return answer(200, { data: idsIn(call).map(tagged), locked_count: '0' });
		});

	test('locked records fail, all others have their tags', async () => {
		const all = ids(600);
		const locked = [all[3] ?? '', all[550] ?? ''];
		const { client, connection } = withLocked(locked);
		const results = await tagRecords(client, tagging, all);
		expect(results.map(({ ok }) => ok)).toEqual(all.map((id) => !locked.includes(id)));
		expect(results.map(({ index }) => index)).toEqual(all.map((_, index) => index));
		expect(results[3]?.fault).toMatchObject({ code: 'RECORD_LOCKED', recordId: all[3], index: 3 });
		expect(connection.sent.map((call) => idsIn(call).length)).toEqual([500, 499, 100, 99]);
	});

	test('a lone locked record is not sent again', async () => {
		const [id = ''] = ids(1);
		const { client, connection } = withLocked([id]);
		expect((await tagRecords(client, tagging, [id])).map(({ ok }) => ok)).toEqual([false]);
		expect(connection.sent).toHaveLength(1);
	});

	test('results are matched by id, whatever their order, and one that is missing is told', async () => {
		const [one = '', two = '', three = ''] = ids(3);
		const { client } = setUp(() => answer(200, { data: [tagged(three), refusal('FAILURE', { id: one })] }));
		const results = await tagRecords(client, tagging, [one, two, three]);
		expect(results.map(({ ok, fault }) => fault?.code ?? ok)).toEqual(['FAILURE', 'no-result', true]);
		expect(results[1]?.fault?.outcomeUnknown).toBe(true);
	});

	test('what fails for all calls ends them, and is told of each record', async () => {
		const { client, connection } = setUp(() => answer(400, refusal('INVALID_MODULE')));
		const results = await tagRecords(client, tagging, ids(1200));
		expect([connection.sent.length, results.filter(({ ok }) => ok).length, results.length]).toEqual([1, 0, 1200]);
		expect(results[1199]?.fault?.message).toMatch(/^not sent, because an earlier part/);
	});

	test('a record that stands there twice is sent once and told twice', async () => {
		const [id = ''] = ids(1);
		const { client, connection } = withLocked([]);
		expect((await tagRecords(client, tagging, [id, id])).map(({ ok, index }) => [ok, index])).toEqual([[true, 0], [true, 1]]);
		expect(connection.sent.map(idsIn)).toEqual([[id]]);
	});
});

describe('related lists', () => {
	const products = { module: 'Deals', recordId: '7', list: 'Products' };
	const related = (call: SentCall) => (call.method === 'PUT' ? asArray(asObject(call.body).data).map((one) => text(asObject(one).id)) : (queryOf(call).ids ?? '').split(','));
	const done = (id: string) => ({ code: 'SUCCESS', details: { id }, message: 'record updated', status: 'success' });

	test('go 100 a call, each with its values, and the address of a removal stays within 2,000 characters', async () => {
		const { client, connection } = setUp((call) => answer(200, { data: related(call).map(done) }));
		const records = Array.from({ length: 150 }, (_, n) => ({ id: `4876876000000${100_000 + n}`, list_price: n }));
		expect((await relateRecords(client, 'link', products, records)).every(({ ok }) => ok)).toBe(true);
		expect((await relateRecords(client, 'unlink', products, records)).every(({ ok }) => ok)).toBe(true);
		expect(connection.sent.map((call) => related(call).length)).toEqual([100, 50, 100, 50]);
		expect(asArray(asObject(connection.sent[1]?.body).data)[0]).toEqual(records[100]);
		expect(queryOf(connection.sent[2] as SentCall).ids?.length).toBeLessThanOrEqual(2000);
	});

	test('one item for all records is the fault of each; one that succeeds is the result of the first only', async () => {
		const records = ids(3).map((id) => ({ id }));
		const refused = setUp(() => answer(400, { data: [refusal('NOT_SUPPORTED')] }));
		expect((await relateRecords(refused.client, 'link', products, records)).map(({ fault }) => fault?.code)).toEqual(['NOT_SUPPORTED', 'NOT_SUPPORTED', 'NOT_SUPPORTED']);
		const partly = setUp((call) => answer(200, { data: related(call).slice(0, 1).map(done) }));
		expect((await relateRecords(partly.client, 'link', products, records)).map(({ ok, fault }) => fault?.code ?? ok)).toEqual([true, 'no-result', 'no-result']);
	});

	test('a contact role goes in an address of its own, without the id in the body', async () => {
		const { client, connection } = setUp(() => answer(200, { data: [done('9')] }));
		const at = { ...products, list: 'Contact_Roles' };
		await relateRecords(client, 'link', at, [{ id: '9', Contact_Role: { id: '3' } }]);
		await relateRecords(client, 'unlink', at, [{ id: '9' }]);
		expect(connection.sent.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
			{ method: 'PUT', path: '/crm/v8/Deals/7/Contact_Roles/9', body: { data: [{ Contact_Role: { id: '3' } }] } },
			{ method: 'DELETE', path: '/crm/v8/Deals/7/Contact_Roles/9', body: undefined },
		]);
	});
});
