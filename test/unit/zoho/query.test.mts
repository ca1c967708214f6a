import { queryPages, searchPages } from '../../../zoho/crm/query';
import type { JsonObject } from '../../../zoho/types';
import { FakeTime, all, answer, clientFor, connect, queryOf, type SentCall } from './fakeZoho.mts';

const rows = (count: number, from = 0) => Array.from({ length: count }, (_, n) => ({ id: String(from + n) }));
const textOf = (call: SentCall) => String((call.body as JsonObject).select_query);

/** COQL over so many rows, no more than `most` a call. */
function coql(total: number, most = 2_000) {
	return connect('crm', (call) => {
		const [, size = '', offset = '0'] = /limit (\d+)(?: offset (\d+))?$/.exec(textOf(call)) ?? [];
		if (Number(size) > most) return answer(400, { code: 'LIMIT_EXCEEDED', details: { limit: most }, message: 'limit', status: 'error' });
		const count = Math.max(0, Math.min(Number(size), total - Number(offset)));
		if (count === 0) return answer(204);
		return answer(200, { data: rows(count, Number(offset)), info: { more_records: Number(offset) + count < total } });
	});
}

const query = "select Last_Name from Contacts where Last_Name = 'limit 5' order by id";

describe('queryPages', () => {
	test.each([0, 1, 1_999, 2_000, 2_001, 4_000, 4_450])('%i rows come each once', async (total) => {
		const connection = coql(total);
		expect(await all(queryPages(clientFor(connection), query))).toEqual(rows(total));
		expect(connection.sent).toHaveLength(Math.max(1, Math.ceil(total / 2_000)));
	});

	test('no more than the limit is asked for', async () => {
		const connection = coql(5_000);
		expect(await all(queryPages(clientFor(connection), `${query};`, 2_010))).toHaveLength(2_010);
		expect(connection.sent.map(textOf)).toEqual([`${query} limit 2000`, `${query} limit 10 offset 2000`]);
	});

	test('an account that allows 200 rows a call is read to the end too', async () => {
		expect(await all(queryPages(clientFor(coql(450, 200)), query))).toEqual(rows(450));
	});

	test.each(['limit 3', 'LIMIT 3', 'limit 0, 3', 'limit 3 offset 10'])('"%s" of the query itself is kept', async (limit) => {
		const connection = connect('crm', () => answer(200, { data: rows(3), info: { more_records: true } }));
		expect(await all(queryPages(clientFor(connection), `${query} ${limit}`, 2))).toHaveLength(2);
		expect(connection.sent.map(textOf)).toEqual([`${query} ${limit}`]);
	});

	test('more rows than COQL reaches are an error, never a part that looks like the whole', async () => {
		await expect(all(queryPages(clientFor(coql(100_001)), query))).rejects.toThrow(/COQL reaches 100000 rows/);
		expect(await all(queryPages(clientFor(coql(100_000)), query))).toHaveLength(100_000);
	});

	test('a page in place of an answer is an error, never an empty result', async () => {
		const time = new FakeTime();
		const connection = connect('crm', () => answer(200, '<html>We are back soon</html>'));
		await expect(time.run(all(queryPages(clientFor(connection, time), query)))).rejects.toThrow(/HTTP status 200.*Run it again/s);
		const moved = connect('crm', () => answer(302));
		await expect(time.run(all(queryPages(clientFor(moved, time), query)))).rejects.toThrow(/HTTP status 302/);
	});
});

describe('searchPages', () => {
	const search = (total: number) =>
		connect('crm', (call) => {
			const { page, per_page } = queryOf(call);
			const start = (Number(page) - 1) * Number(per_page);
			const count = Math.max(0, Math.min(Number(per_page), total - start));
			return count === 0 ? answer(204) : answer(200, { data: rows(count, start), info: { more_records: start + count < total } });
		});

	test.each([0, 1, 200, 201, 2_000])('%i rows come each once, 200 a call', async (total) => {
		expect(await all(searchPages(clientFor(search(total)), 'Contacts', { word: 'Lee' }))).toEqual(rows(total));
	});

	test('a limit of 1 is 1 call for 1 row', async () => {
		const connection = search(500);
		expect(await all(searchPages(clientFor(connection), 'Contacts', { email: 'a+b@example.com' }, 1))).toEqual(rows(1));
		expect(connection.sent.map(queryOf)).toEqual([{ email: 'a+b@example.com', page: '1', per_page: '1' }]);
	});

	test('more matches than search can show are an error that says what to do', async () => {
		await expect(all(searchPages(clientFor(search(2_001)), 'Contacts', { word: 'Lee' }))).rejects.toThrow(/more than 2000 records match.*COQL/);
		expect(await all(searchPages(clientFor(search(2_001)), 'Contacts', { word: 'Lee' }, 2_000))).toHaveLength(2_000);
	});
});
