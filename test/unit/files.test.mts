import { fileReplyOf, formOf, jsonOf } from '../../nodes/shared/files';

const reply = (body: unknown, headers: Record<string, string> = {}, statusCode = 200) => fileReplyOf({ statusCode, headers, body });
const named = (disposition: string) => reply(Buffer.from('x'), { 'content-disposition': disposition }).file?.name;

describe('the name of a file that comes', () => {
	test.each([
		['attachment; filename="offer.pdf"', 'offer.pdf'],
		['attachment;filename=offer.pdf', 'offer.pdf'],
		["attachment; filename*=UTF-8''Angebot%20f%C3%BCr%20%C3%9C.pdf", 'Angebot für Ü.pdf'],
		['attachment; filename="x.pdf"; filename*=UTF-8\'\'y.pdf', 'y.pdf'],
		["attachment; filename*=UTF-8''100%25%", "100%25%"],
		[`attachment; filename="${Buffer.from('Angebot für 見.pdf').toString('latin1')}"`, 'Angebot für 見.pdf'],
		['attachment; filename="caf\u00e9.pdf"', 'café.pdf'],
		['attachment; filename="a \\"b\\" c.pdf"', 'a "b" c.pdf'],
		['attachment; filename="../../etc/passwd"', '.._.._etc_passwd'],
		["attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", '.._.._etc_passwd'],
		['attachment; filename="C:\\\\boot.ini"', 'C:_boot.ini'],
		['attachment; filename=".."', ''],
		['attachment', ''],
	])('%j is %j', (disposition, name) => expect(named(disposition)).toBe(name));
});

describe('what is a file', () => {
	test('whatever Zoho names one; without a name neither its JSON nor a page of something in between', () => {
		expect(reply(Buffer.from('{}'), { 'Content-Type': 'application/json', 'Content-Disposition': 'attachment; filename="a.json"' }).file?.name).toBe('a.json');
		expect(reply(Buffer.alloc(0), { 'content-disposition': 'attachment; filename="empty.txt"' }).file?.content).toHaveLength(0);
		expect(reply(Buffer.from('%PDF'), { 'content-type': 'application/pdf;charset=UTF-8' }).file).toMatchObject({ name: '', mimeType: 'application/pdf' });
		expect(reply(Buffer.from('{"code":57}'), { 'content-type': 'application/json' })).toMatchObject({ body: { code: 57 } });
		expect(reply(Buffer.from('<html>'), { 'content-type': 'text/html' })).toMatchObject({ body: '<html>' });
		expect(reply(Buffer.from('{"code":"X"}'), { 'content-disposition': 'attachment' }, 400)).toMatchObject({ status: 400, body: { code: 'X' } });
		expect(reply(Buffer.alloc(0), {}, 204)).toEqual({ status: 204, headers: {}, body: undefined });
	});

	test('bytes of JSON are read, whatever they come as', () => {
		const bytes = Buffer.from('{"a":1}');
		for (const given of [bytes, Uint8Array.from(bytes).buffer, { a: 1 }]) expect(jsonOf(given)).toEqual({ a: 1 });
		expect([jsonOf(undefined), jsonOf('text')]).toEqual([undefined, 'text']);
	});
});

describe('a form', () => {
	const read = async (call: Parameters<typeof formOf>[0]) => {
		const { body, headers } = formOf(call);
		const form = await new Response(new Uint8Array(body as Buffer), { headers: { 'content-type': String(headers?.['content-type']) } }).formData();
		return [...form].map(([name, value]) => [name, typeof value === 'string' ? value : { name: value.name, type: value.type, size: value.size }]);
	};
	const call = { method: 'POST', path: '/' } as const;
	const file = { name: 'a.txt', mimeType: 'text/plain; charset=utf-8', content: Buffer.from('12345') };

	test('has its texts first, then the file', async () => {
		expect(await read({ ...call, form: { title: 'ü\r\n--', note: '' }, file })).toEqual([['title', 'ü\r\n--'], ['note', ''], ['file', { name: 'a.txt', type: 'text/plain', size: 5 }]]);
		expect(formOf(call)).toEqual({});
	});

	test('names no header that its file does not have', async () => {
		const evil = { ...file, name: 'a"\r\nX-Evil: 1\r\n\r\n\u0000\\.txt', mimeType: 'text/plain\r\nX-Evil: 1' };
		expect(await read({ ...call, file: evil })).toEqual([['file', { name: 'a___X-Evil: 1______.txt', type: 'application/octet-stream', size: 5 }]]);
		expect(String(formOf({ ...call, file: evil }).body)).not.toMatch(/^X-Evil/m);
		expect(await read({ ...call, file: { ...file, name: ' ', mimeType: '' } })).toEqual([['file', { name: 'file', type: 'application/octet-stream', size: 5 }]]);
	});
});
