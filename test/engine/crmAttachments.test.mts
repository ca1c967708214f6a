/** Files on records, through n8n's engine and over HTTP: what arrives, and what becomes of it when something goes wrong on the way. */

import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import type { Attachment } from '../../sandbox/simulator/crm/attachments.mts';
import { CrmBench, chosen, location, of, wordsOf, type Run } from './crmSupport.mts';

let crm: CrmBench;
let id = '';
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(async () => {
	crm.reset();
	[id = ''] = await crm.fill('Contacts', [{ Last_Name: 'Lee' }]);
});

const megabyte = 1024 * 1024;
const on = (recordId = id): IDataObject => ({ resource: 'attachment', ...of('Contacts'), ...chosen(recordId) });
const file = (content: Buffer, fileName = 'offer.pdf', mimeType = 'application/pdf'): IBinaryKeyData => ({
	data: { data: content.toString('base64'), mimeType, fileName },
});
const upload = async (content: Buffer, fileName?: string, more: IDataObject = {}): Promise<Run> =>
	await crm.run({ ...on(), operation: 'upload', ...more }, [{}], undefined, file(content, fileName));
const link = async (address: string, more: IDataObject = {}): Promise<Run> => await crm.run({ ...on(), operation: 'upload', source: 'link', link: address, ...more });
const download = async (attachmentId: unknown, more: IDataObject = {}): Promise<Run> =>
	await crm.run({ ...on(), operation: 'download', attachmentId: String(attachmentId), ...more });
/** What hangs on the record in Zoho. */
const stored = (): Attachment[] => crm.simulator.world.tenantOf('crm', location)?.crm.attachments.of(id) ?? [];
const bytesIn = (run: Run, field = 'data') => Buffer.from(run.items[0]?.binary?.[field]?.data ?? '', 'base64');

/** Every byte there is, and what a form is made of. */
const awkward = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, n) => n)), Buffer.from('\r\n--n8n\r\n--\r\n\r\n--')]);

describe.each(['OAuth2', 'client credentials'])('with %s', (kind) => {
	beforeEach(() => void (kind === 'client credentials' && crm.grantClient()));

	test('a file arrives as it is, and comes back as it is', async () => {
		const sent = await upload(awkward, 'offer.bin');
		expect([wordsOf(sent).trim(), stored().map(({ name, content }) => [name, content])]).toEqual(['', [['offer.bin', awkward]]]);
		const got = await download(sent.rows[0]?.id, { binaryPropertyName: 'paper' });
		expect(bytesIn(got, 'paper')).toEqual(awkward);
		expect(got.items[0]?.binary?.paper).toMatchObject({ fileName: 'offer.bin', mimeType: 'application/octet-stream' });
		expect(got.rows).toMatchObject([{ id: sent.rows[0]?.id, recordId: id, fileName: 'offer.bin', size: awkward.length }]);
	});

	test('a token that ends at the upload is renewed, and the file is there once', async () => {
		await upload(Buffer.from('first'));
		crm.simulator.world.tokens.expireAll();
		const { error, calls } = await upload(awkward);
		expect([error, calls.map(({ service, status }) => `${service} ${status}`)]).toEqual([undefined, ['crm 401', 'accounts 200', 'crm 200']]);
		expect(stored().map(({ content }) => content?.length)).toEqual([awkward.length, 5]);
		expect(stored()[0]?.content).toEqual(awkward);
	});

	test('a token that ends at the download is renewed', async () => {
		const { rows } = await upload(awkward);
		crm.simulator.world.tokens.expireAll();
		const got = await download(rows[0]?.id);
		expect([got.error, bytesIn(got)]).toEqual([undefined, awkward]);
		expect(got.calls.map(({ service, status }) => `${service} ${status}`)).toEqual(['crm 401', 'accounts 200', 'crm 200']);
	});

	test('what Zoho says in place of the file is an error in words', async () => {
		const { rows } = await link('https://example.com/offer.pdf');
		expect(wordsOf(await download(rows[0]?.id))).toMatch(/linked attachment.*\$link_url/s);
		expect(wordsOf(await download('4876876000000999999'))).toMatch(/attachment 4876876000000999999 of Contacts \d+: there is no such attachment/);
		crm.fault({ what: 'status', status: 401, code: 'OAUTH_SCOPE_MISMATCH', service: 'crm', times: -1 });
		expect(wordsOf(await download(rows[0]?.id))).toMatch(/scope ZohoCRM\.modules\.attachments\.READ/);
	});
});

describe('the name of a file', () => {
	test.each([
		['Angebot für Ümläut & Söhne.pdf', 'Angebot für Ümläut & Söhne.pdf'],
		['見積書 №5 😀.pdf', '見積書 №5 😀.pdf'],
		['the "final" one.pdf', 'the _final_ one.pdf'],
		['a\r\nContent-Type: text/html\r\n\r\n<b>.txt', 'a__Content-Type: text/html____<b>.txt'],
		['ends with \\', 'ends with _'],
		['a=b;filename="evil.exe', 'a=b;filename=_evil.exe'],
		['  spaced.pdf ', 'spaced.pdf'],
		['100% (1).pdf', '100% (1).pdf'],
	])('%j is %j in Zoho, and nothing else changes', async (given, kept) => {
		const { rows, error } = await upload(awkward, given);
		expect([error, stored().map(({ name, content }) => [name, content])]).toEqual([undefined, [[kept, awkward]]]);
		const got = await download(rows[0]?.id);
		expect([got.rows[0]?.fileName, bytesIn(got)]).toEqual([kept.replaceAll('/', '_'), awkward]);
	});

	test('is that of the field File Name, where it is filled in', async () => {
		await upload(awkward, 'offer.pdf', { fileName: 'Angebot.pdf' });
		expect(stored().map(({ name }) => name)).toEqual(['Angebot.pdf']);
	});

	test('from Zoho leads to no other folder', async () => {
		const org = crm.simulator.world.tenantOf('crm', location)?.crm;
		org?.attachments.add({ id: '4876876000000500001', parent: id, name: '../../etc/cron.d\\x', content: awkward, link: undefined, at: 0, by: org.users[0].id });
		expect((await download('4876876000000500001')).rows[0]?.fileName).toBe('.._.._etc_cron.d_x');
		org?.attachments.add({ id: '4876876000000500002', parent: id, name: '..', content: awkward, link: undefined, at: 0, by: org.users[0].id });
		expect((await download('4876876000000500002')).rows[0]?.fileName).toBe('4876876000000500002');
	});
});

test('JSON and pages that are attached are files, and so is nothing at all', async () => {
	for (const [name, content] of [['data.json', '{"code":"INVALID_DATA","status":"error"}'], ['page.html', '<html>'], ['empty.txt', '']] as const) {
		const { rows } = await upload(Buffer.from(content), name);
		const got = await download(rows[0]?.id);
		expect([name, got.error, got.rows[0]?.fileName, bytesIn(got).toString()]).toEqual([name, undefined, name, content]);
	}
});

describe('a file of 20 MB', () => {
	test('arrives, and one byte more is refused with the way out, once', async () => {
		const most = Buffer.alloc(20 * megabyte, 'x');
		expect((await upload(most)).error).toBeUndefined();
		const run = await upload(Buffer.concat([most, Buffer.from('y')]));
		expect(wordsOf(run)).toMatch(/size of the file is in the correct range.*larger than Zoho CRM takes.*Attach a link/s);
		expect([run.calls.map(({ status }) => status), stored().length]).toEqual([[413], 1]);
	}, 60_000);
});

describe('an upload whose end is not known', () => {
	test.each([
		['the connection breaks after the work', { what: 'lost-answer' }, 1],
		['a gateway answers in place of Zoho', { what: 'status', status: 502 }, 0],
	] as const)('is not sent again when %s, and the error says so', async (_words, fault, there) => {
		crm.fault({ ...fault, service: 'crm', method: 'POST' });
		const run = await upload(awkward);
		expect(wordsOf(run)).toMatch(/unknown whether Zoho carried this out/);
		expect([run.calls.length, stored().length]).toEqual([1, there]);
	});

	test('goes again when Zoho had no room for the call', async () => {
		crm.fault({ what: 'status', status: 429, code: 'TOO_MANY_REQUESTS', service: 'crm', method: 'POST' });
		const { error, calls } = await upload(awkward);
		expect([error, calls.length, stored().length]).toEqual([undefined, 2, 1]);
	});
});

test('a download that fails on the way is tried again', async () => {
	const { rows } = await upload(awkward);
	crm.fault({ what: 'cut', service: 'crm', method: 'GET' });
	crm.fault({ what: 'status', status: 503, service: 'crm', method: 'GET' });
	const got = await download(rows[0]?.id);
	expect([got.error, bytesIn(got), got.calls.length]).toEqual([undefined, awkward, 3]);
});

describe('a link', () => {
	test.each(['query', 'form'] as const)('has the title that it is given, wherever Zoho looks for it (%s)', async (place) => {
		crm.simulator.world.switches.attachmentTitle = place;
		const { error } = await link('https://example.com/a?b=c&d=ü', { title: 'Offer "ü"' });
		expect([error, stored()]).toMatchObject([undefined, [{ name: 'Offer "ü"', link: 'https://example.com/a?b=c&d=ü', content: undefined }]]);
	});

	test('is listed with its address, and the newest comes first', async () => {
		await upload(awkward);
		await link('https://example.com/offer.pdf');
		const { rows } = await crm.run({ ...on(), operation: 'getAll', returnAll: true });
		expect(rows).toMatchObject([{ $type: 'Link URL', $link_url: 'https://example.com/offer.pdf' }, { $type: 'File', File_Name: 'offer.pdf' }]);
	});

	test('that is none is told as such', async () => {
		expect(wordsOf(await link('not an address'))).toMatch(/the given attachment URL is incorrect.*or the link that was given/s);
		expect(wordsOf(await link('={{ "" }}'))).toMatch(/field Link is empty/);
	});
});

describe('Get Many', () => {
	test('reads past 200, each once, and no more than the limit', async () => {
		for (let n = 0; n < 205; n++) {
			const org = crm.simulator.world.tenantOf('crm', location)?.crm;
			org?.attachments.add({ id: org.newId(), parent: id, name: `${n}.txt`, content: Buffer.alloc(1), link: undefined, at: 0, by: org.users[0].id });
		}
		const { rows, calls } = await crm.run({ ...on(), operation: 'getAll', returnAll: true });
		expect([new Set(rows.map((row) => row.File_Name)).size, calls.length]).toEqual([205, 2]);
		expect((await crm.run({ ...on(), operation: 'getAll', limit: 3 })).rows).toHaveLength(3);
	});

	test('of a record without any is empty, of one that is not there an error', async () => {
		const none = await crm.run({ ...on(), operation: 'getAll', returnAll: true });
		expect([none.error, none.rows]).toEqual([undefined, []]);
		expect(wordsOf(await crm.run({ ...on('4876876000000999999'), operation: 'getAll', returnAll: true }))).toMatch(/does not exist in Zoho CRM/);
	});
});

describe('Delete', () => {
	const remove = async (attachmentId: unknown) => await crm.run({ ...on(), operation: 'delete', attachmentId: String(attachmentId) });

	test('takes one attachment away, and tells when there is none', async () => {
		const { rows } = await upload(awkward);
		await upload(awkward);
		expect((await remove(rows[0]?.id)).rows).toEqual([{ id: rows[0]?.id, module: 'Contacts', recordId: id, deleted: true }]);
		expect(stored()).toHaveLength(1);
		expect(wordsOf(await remove(rows[0]?.id))).toMatch(/does not exist in Zoho CRM \(any more\)/);
	});

	test('whose answer is lost has succeeded where the repeat finds nothing', async () => {
		const { rows } = await upload(awkward);
		crm.fault({ what: 'lost-answer', service: 'crm', method: 'DELETE' });
		const run = await remove(rows[0]?.id);
		expect([run.error, run.calls.length, stored().length]).toEqual([undefined, 2, 0]);
	});
});

test('an item without a file fails alone, and every result is paired', async () => {
	const [other = ''] = await crm.fill('Contacts', [{ Last_Name: 'Roy' }]);
	const parameters = { ...on(), ...chosen('={{ $json.id }}'), operation: 'upload', binaryPropertyName: '={{ $json.field }}' };
	const items = [{ id, field: 'data' }, { id: other, field: 'nothing' }, { id: other, field: 'data' }];
	const run = await crm.run(parameters, items, 'continueRegularOutput', file(awkward));
	expect(run.rows).toMatchObject([{ recordId: id }, { error: expect.stringContaining('nothing') as string }, { recordId: other }]);
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
});

test('the list of the editor shows the attachments of the chosen record by name', async () => {
	await upload(awkward, 'zeta.pdf');
	await upload(awkward, 'Alpha.pdf');
	const names = async (filter?: string) => {
		const { results } = await crm.list((node) => node.methods.listSearch.searchAttachments, on(), filter);
		return results.map(({ name }) => name);
	};
	expect([await names(), await names('alph')]).toEqual([['Alpha.pdf', 'zeta.pdf'], ['Alpha.pdf']]);
});
