import { CallBook, countKinds, countOf, idsAskedFor, isPoll, kindOfCall, type Call } from '../../bench/callBook.mts';
import { Simulator } from '../../../sandbox/simulator/simulator.mts';

const call = (part: Partial<Call>): Call => ({
	n: 1,
	at: 0,
	service: 'crm',
	location: 'in',
	organization: '',
	method: 'GET',
	path: '/',
	query: '',
	status: 200,
	kind: 'read',
	records: 0,
	body: '',
	took: 0,
	...part,
});
const coql = (statement: string) => call({ method: 'POST', path: '/crm/v8/coql', body: JSON.stringify({ select_query: statement }) });

test('the book hears all calls, and keeps of bodies the COQL only', async () => {
	const simulator = new Simulator();
	const book = new CallBook(simulator);
	const { oauthTokenData } = simulator.grant({ location: 'in', product: 'crm' });
	const headers = { authorization: `Bearer ${oauthTokenData.access_token}` };
	const post = (path: string, body: object) =>
		simulator.handle({ method: 'POST', url: new URL(`https://www.zohoapis.in/crm/v8/${path}`), headers, body: Buffer.from(JSON.stringify(body)) });
	await post('Accounts', { data: [{ Account_Name: 'Volta' }] });
	await post('coql', { select_query: 'select id from Accounts where Account_Name is not null' });
	expect(book.all.map(kindOfCall)).toEqual(['crm POST /crm/v8/Accounts', 'crm POST /crm/v8/coql Accounts by time']);
	expect(book.all[0]?.body).toBe('');
	expect(countOf(book.since(1), 'crm')).toBe(1);
	await simulator.close();
});

test('a read by ids tells which', () => {
	expect(idsAskedFor(coql("select id from Contacts where id in ('1','2')"))).toEqual(['1', '2']);
	expect(idsAskedFor(coql("select id from Contacts where Account_Name.id in ('1')"))).toEqual([]);
	expect(idsAskedFor(call({ path: '/crm/v8/Contacts', query: 'ids=3,4&fields=Email' }))).toEqual(['3', '4']);
	expect(idsAskedFor(call({ path: '/crm/v8/Contacts', query: 'ids=3', method: 'DELETE', kind: 'write' }))).toEqual([]);
});

test('polls are told apart from the work', () => {
	expect(isPoll(coql("select id from Contacts where Modified_Time >= '2026-01-01T00:00:00Z'"))).toBe(true);
	expect(isPoll(coql("select id from Contacts where Email in ('a@b.example')"))).toBe(false);
	expect(isPoll(call({ path: '/crm/v8/Contacts/deleted', query: 'type=all' }))).toBe(true);
	expect(isPoll(call({ service: 'books', path: '/books/v3/contacts', query: 'last_modified_time=x' }))).toBe(true);
	expect(isPoll(call({ service: 'books', path: '/books/v3/contacts', method: 'POST', kind: 'write' }))).toBe(false);
});

test('calls are counted by kind, most first, whatever their ids', () => {
	const put = (id: string) => call({ method: 'PUT', path: `/crm/v8/Contacts/${id}`, kind: 'write' });
	const counted = countKinds([coql("select id from Accounts where Account_Name in ('x')"), put('4876876000000100001'), put('4876876000000100003')]);
	expect(Object.entries(counted)).toEqual([
		['crm PUT /crm/v8/Contacts/{id}', 2],
		['crm POST /crm/v8/coql Accounts by Account_Name', 1],
	]);
});
