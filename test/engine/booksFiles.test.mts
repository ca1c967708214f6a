/** Files of Books' records on their way, when something is wrong with them or between. */

import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import { formParts } from '../../sandbox/simulator/multipart.mts';
import type { SimRequest, SimResponse } from '../../sandbox/simulator/types.mts';
import { booksScopes } from '../../zoho/oauth';
import { Maker } from './booksCases/maker.mts';
import { BooksBench, wordsOf } from './booksSupport.mts';

let books: BooksBench;
let bill = '';
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(async () => {
	books.reset();
	books.grant(undefined, booksScopes);
	const make = new Maker(books.simulator, books.simulator.handle.bind(books.simulator), books.org.organizationId);
	bill = (await make.document('/bills', 'bill', 'vendor_id', { bill_number: 'B-1', date: '2026-07-01' })).id;
});
afterEach(() => jest.restoreAllMocks());

/** Every byte there is, many times over. */
const everyByte = Buffer.from(Array.from({ length: 3 * 1024 * 1024 }, (_, n) => (n * 7 + (n >> 8)) % 256));
const fileIn = (field: string, content = everyByte, fileName = 'scan.pdf'): IBinaryKeyData => ({ [field]: { data: content.toString('base64'), fileName, mimeType: 'application/pdf' } });

const on = (operation: string, more: IDataObject = {}): IDataObject => ({ resource: 'bill', operation, billId: { __rl: true, mode: 'id', value: bill }, ...more });
const add = async (binary?: IBinaryKeyData, more: IDataObject = {}, onError?: 'continueRegularOutput') => await books.runHere(on('addAttachment', more), [{}], onError, binary);
const get = async (more: IDataObject = {}) => await books.runHere(on('getAttachment', more));

/** Answers the next call in place of Books, and hands on what was sent. */
function answerOnce(answer: SimResponse): SimRequest[] {
	const seen: SimRequest[] = [];
	const handle = books.simulator.handle.bind(books.simulator);
	jest.spyOn(books.simulator, 'handle').mockImplementation(async (request) => (seen.push(request) === 1 ? answer : await handle(request)));
	return seen;
}

test('three megabytes of every byte come back as they went, in fields of any name', async () => {
	expect((await add(fileIn('invoice'), { binaryPropertyName: 'invoice' })).rows).toEqual([{ added: true }]);
	const { items } = await get({ binaryPropertyName: 'copy' });
	expect(Object.keys(items[0]?.binary ?? {})).toEqual(['copy']);
	expect(Buffer.from(items[0]?.binary?.copy?.data ?? '', 'base64').equals(everyByte)).toBe(true);
	expect(items[0]?.json).toEqual({ fileName: 'scan.pdf', mimeType: 'application/pdf', size: everyByte.length });
});

test('an item without the file sends nothing, and names the field', async () => {
	const run = await add(fileIn('other'));
	expect(wordsOf(run)).toMatch(/'data'|"data"/);
	expect(run.calls).toEqual([]);
	const continued = await add(undefined, {}, 'continueRegularOutput');
	expect([continued.error, continued.rows]).toEqual([undefined, [{ error: expect.stringMatching(/./) as string, details: expect.any(String) as string }]]);
});

test('what Books does not take is refused in its words, and nothing is kept', async () => {
	expect(wordsOf(await add(fileIn('data', Buffer.from('MZ'), 'scan.exe')))).toMatch(/attachment/);
	expect(wordsOf(await get())).toMatch(/The attachment does not exist/);
});

test('a record without a file, and an answer without one, say so', async () => {
	expect(wordsOf(await get())).toMatch(/The attachment does not exist.*Zoho code 1002/s);
	answerOnce({ status: 200, json: { code: 0, message: 'success' } });
	expect(wordsOf(await get())).toMatch(/Zoho has no file here.*Look in Zoho whether the record has one/s);
});

test('a file that Zoho gives no name gets that of its record', async () => {
	answerOnce({ status: 200, headers: { 'content-type': 'application/pdf' }, bytes: Buffer.from('%PDF') });
	const { items } = await get();
	expect(items[0]?.json).toMatchObject({ fileName: `bill-${bill}.pdf`, mimeType: 'application/pdf' });
});

test.each(['../../etc/passwd', '..\\boot.ini', 'a/b.pdf'])('the name %s leads to no other folder', async (name) => {
	answerOnce({ status: 200, headers: { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${name}"` }, bytes: Buffer.from('%PDF') });
	const { items } = await get();
	expect(items[0]?.binary?.data?.fileName).not.toMatch(/[/\\]/);
});

test('an upload whose answer gets lost is not repeated; a download is', async () => {
	books.fault({ what: 'lost-answer', method: 'POST', path: '/attachment' });
	const lost = await add(fileIn('data'));
	expect(wordsOf(lost)).toMatch(/unknown whether Zoho carried this out/);
	expect(lost.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
	books.fault({ what: 'cut', method: 'GET', path: '/attachment' });
	const read = await get();
	expect([read.error, read.calls.filter(({ method }) => method === 'GET').length]).toEqual([undefined, 2]);
});

test('after a refresh of the token the same form is sent once more, whole', async () => {
	const seen = answerOnce({ status: 401, json: { code: 57, message: 'You are not authorized to perform this operation' } });
	expect((await add(fileIn('data'))).rows).toEqual([{ added: true }]);
	const forms = seen.filter(({ url }) => url.pathname.endsWith('/attachment')).map(({ headers, body }) => formParts(headers['content-type'], body));
	expect(forms.map((parts) => parts?.map(({ name, content }) => [name, content.equals(everyByte)]))).toEqual([[['attachment', true]], [['attachment', true]]]);
	expect((await get()).rows).toMatchObject([{ size: everyByte.length }]);
});
