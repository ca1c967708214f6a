/**
 * The simulated CRM's answers about files, links, contact roles, and how strict it is. The file for attachments (repository zoho/crm-oas, v8.0/attachments) is not among those that
 * lie beside the project: its names and words stand here.
 */

import { formParts } from '../../sandbox/simulator/multipart.mts';
import { allScopes, type Json, startCrm } from './crmSupport.mts';

const gone = '4876876000000999999';
const boundary = 'limit';
const formType = { 'content-type': `multipart/form-data; boundary=${boundary}` };
const form = (...parts: Array<[head: string, content: string]>) =>
	`${parts.map(([head, content]) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`).join('')}--${boundary}--\r\n`;
const file: [string, string] = ['name="file"; filename="a.pdf"', 'content'];

async function office(switches: Parameters<typeof startCrm>[0] = {}) {
	const crm = startCrm(switches);
	const id = await crm.add('Contacts', { Last_Name: 'Lee' });
	const attach = (body: string, query = '', headers: Record<string, string> = formType) => crm.call('POST', `/Contacts/${id}/Attachments${query}`, body, headers);
	return { ...crm, id, attach };
}

const words = ({ status, body }: { status: number; body: Json }) => [status, body['code'], body['message'], body['details']];
const user = { name: 'Patricia Boyle', id: expect.stringMatching(/^\d{19}$/) as string };
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/) as string;

test('an upload answers with the id, who and when, and the list shows file and link', async () => {
	const { attach, call, id } = await office();
	const { status, body } = await attach(form(file));
	const details = { id: expect.any(String) as string, Created_Time: moment, Modified_Time: moment, Created_By: user, Modified_By: user };
	expect([status, body]).toEqual([200, { data: [{ code: 'SUCCESS', details, message: 'attachment uploaded successfully', status: 'success' }] }]);
	await attach(form(['name="attachmentUrl"', 'https://example.com/a']), '?title=A');
	const listed = await call('GET', `/Contacts/${id}/Attachments?fields=File_Name,Size,Owner,Parent_Id`);
	const always = { $field_states: null, $editable: true, $se_module: 'Contacts', $state: 'save', Parent_Id: { id, name: 'Lee' }, Owner: { ...user, email: expect.any(String) as string } };
	expect(listed.body['data']).toEqual([
		{ ...always, id: expect.any(String) as string, File_Name: 'A', Size: '0', $type: 'Link URL', $file_id: null, $link_url: 'https://example.com/a' },
		{ ...always, id: body['data'][0].details.id, File_Name: 'a.pdf', Size: '7', $type: 'File', $file_id: expect.any(String) as string },
	]);
	expect(listed.body['info']).toEqual({ per_page: 200, next_page_token: null, count: 2, page: 1, previous_page_token: null, page_token_expiry: null, more_records: false });
});

test('what cannot be attached is refused in the words of the file', async () => {
	const { attach, call, id } = await office({ switches: { attachmentLimit: 7 } });
	expect(words(await attach(form()))).toEqual([400, 'MANDATORY_NOT_FOUND', 'required field not found', {}]);
	expect(words(await attach(form(file, ['name="attachmentUrl"', 'https://example.com'])))).toEqual([400, 'INVALID_DATA', 'invalid data provided', {}]);
	expect(words(await attach(form(['name="attachmentUrl"', 'example'])))).toEqual([400, 'INVALID_URL_PATTERN', 'the given attachment URL is incorrect', {}]);
	expect(words(await attach(JSON.stringify({ attachmentUrl: 'https://example.com' }), '', {}))).toEqual([400, 'INVALID_DATA', 'invalid data provided', {}]);
	expect(words(await attach(form(['name="file"; filename="a.pdf"', 'too much'])))).toEqual([
		...[413, 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE'],
		...['Please check if the size of the file is in the correct range', {}],
	]);
	expect((await attach(form(file))).status).toBe(200);
	expect(words(await call('POST', `/Contacts/${gone}/Attachments`, form(file), formType))).toEqual([
		...[400, 'INVALID_DATA', 'the related id given seems to be invalid', { resource_path_index: 1 }],
	]);
	expect(words(await call('GET', `/Contacts/${id}/Attachments`))).toEqual([400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', { param_name: 'fields' }]);
	expect(words(await call('DELETE', `/Contacts/${id}/Attachments/${gone}`))).toEqual([400, 'INVALID_DATA', 'record not deleted', { resource_path_index: 3 }]);
	expect((await call('GET', `/Contacts/${id}/Attachments/${gone}`)).status).toBe(204);
	expect((await call('PUT', `/Contacts/${id}/Attachments/${gone}`, {})).body['code']).toBe('INVALID_REQUEST_METHOD');
});

test('attachments go with their record', async () => {
	const { attach, call, id } = await office();
	await attach(form(file));
	await call('DELETE', `/Contacts/${id}`);
	expect((await call('GET', `/Contacts/${id}/Attachments?fields=File_Name`)).status).toBe(400);
});

test.each([
	['attachments', allScopes.filter((scope) => scope !== 'ZohoCRM.modules.ALL').concat('ZohoCRM.modules.contacts.ALL')],
	['the module', allScopes.filter((scope) => scope !== 'ZohoCRM.modules.ALL').concat('ZohoCRM.modules.attachments.ALL')],
])('a token without the scope of %s attaches nothing', async (_what, scopes) => {
	const { call } = startCrm({ scopes });
	const { status, body } = await call('POST', `/Contacts/${gone}/Attachments`, form(file), formType);
	expect([status, body['code']]).toEqual([401, 'OAUTH_SCOPE_MISMATCH']);
});

test.each([
	['no boundary', 'multipart/form-data', form(file)],
	['no end', formType['content-type'], form(file).replace(/--limit--\r\n$/, '')],
	['a part without a name', formType['content-type'], form(['filename="a.pdf"', 'content'])],
	['a part without an empty line', formType['content-type'], `--${boundary}\r\nContent-Disposition: form-data; name="file"\r\n--${boundary}--\r\n`],
	['another kind of body', 'application/json', '{}'],
])('a form with %s is none', (_what, type, body) => expect(formParts(type, Buffer.from(body))).toBeUndefined());

test('what looks like a boundary inside a file does not end it', () => {
	const content = `x--${boundary}--\r\n-- ${boundary}\r\n\r\n`;
	expect(formParts(formType['content-type'], Buffer.from(form(file, ['name="file"; filename="b"', content])))?.map((part) => part.content.toString())).toEqual(['content', content]);
});

test('contact roles are listed, set one by one, shown on the Deal, and go with the Contact', async () => {
	const { call, add, id } = await office();
	const deal = await add('Deals', { Deal_Name: 'D', Stage: 'Qualification' });
	const roles = (await call('GET', '/Contacts/roles')).body['contact_roles'] as Array<{ id: string; name: string; sequence_number: number }>;
	expect(roles[1]).toEqual({ id: expect.any(String) as string, name: 'Decision Maker', sequence_number: 2 });
	const { id: roleId, name } = roles[1] ?? { id: '', name: '' };
	const put = (contact: string, record: Json) => call('PUT', `/Deals/${deal}/Contact_Roles/${contact}`, { data: [record] });
	for (const [contact, record, code] of [[id, {}, 'MANDATORY_NOT_FOUND'], [id, { Contact_Role: 'King' }, 'INVALID_DATA'], [gone, { Contact_Role: { id: roleId } }, 'INVALID_DATA']] as const) {
		const { status, body } = await put(contact, record);
		expect([status, body['code'] ?? body['data'][0].code]).toEqual([400, code]);
	}
	expect((await call('PUT', `/Deals/${deal}/Contact_Roles`, { data: [{ id, Contact_Role: { id: roleId } }] })).body['code']).toBe('INVALID_REQUEST_METHOD');
	expect((await put(id, { Contact_Role: { id: roleId } })).body['data'][0].details).toEqual({ id });
	const shown = await call('GET', `/Deals/${deal}/Contact_Roles?fields=Last_Name`);
	expect(shown.body['data']).toEqual([{ id, Last_Name: 'Lee', Contact_Role: { id: roleId, name } }]);
	await call('DELETE', `/Contacts/${id}`);
	expect((await call('GET', `/Deals/${deal}/Contact_Roles?fields=Last_Name`)).status).toBe(204);
});
