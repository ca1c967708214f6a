import { existsSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { testWhere } from '../support/where.mts';
import { CrmOpenapiChecker, openapiFolder } from './crmOpenapiChecker.mts';
import { bulkErrors } from './crmOpenapiErrors.mts';
import { allScopes, type Answer, type Json, startCrm } from './crmSupport.mts';

const files = existsSync(openapiFolder) ? new CrmOpenapiChecker(bulkErrors) : undefined;
const hasFile = /^\/crm\/bulk\/v8\/(read|write)(\/\d+(\/result)?)?$/;

function start(options: Parameters<typeof startCrm>[0] = {}) {
	const crm = startCrm({
		...options,
		// Long beside the time that the test itself takes.
		switches: { bulkTime: 60_000, ...options.switches },
		seen: (method, path, body, answer) => {
			if (hasFile.test(path)) files?.seen(method, path, body, answer);
		},
	});
	const { org, world } = crm;
	const bulk = (path: string) => `${org.apiDomain}/crm/bulk/v8${path}`;
	const read = (query: Json, more: Json = {}) => crm.call('POST', bulk('/read'), { query, ...more });
	const result = async (path: string) => {
		const answer = await crm.service.handle({ method: 'GET', url: new URL(path), headers: { authorization: `Zoho-oauthtoken ${crm.tokenFor(['ZohoCRM.bulk.ALL', 'ZohoCRM.modules.ALL'])}` }, body: Buffer.from('') }, {});
		if ('cut' in answer || !answer.bytes) return { status: 'cut' in answer ? 0 : answer.status, rows: [] as string[][] };
		const [table = new Uint8Array()] = Object.values(unzipSync(answer.bytes));
		return { status: answer.status, rows: parse(strFromU8(table)) as string[][] };
	};
	const upload = async (content: Uint8Array, headers: Json = {}, host = 'content.zohoapis.in') => {
		const boundary = 'edge';
		const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\nContent-Type: application/zip\r\n\r\n`;
		const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
		const given = { feature: 'bulk-write', 'x-crm-org': org.zgid, 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers };
		return await crm.call('POST', `https://${host}/crm/v8/upload`, body, given);
	};
	const fileOf = async (csv: string, name = 'Contacts.csv') => (await upload(zipSync({ [name]: strToU8(csv) }))).body['details'].file_id as string;
	const write = async (csv: string, resource: Json = {}, operation = 'insert') => {
		const head = csv.split('\n')[0]?.trim().split(',') ?? [];
		const field_mappings = head.map((api_name, index) => ({ api_name, index }));
		const whole = { type: 'data', module: { api_name: 'Contacts' }, file_id: await fileOf(csv), file_names: ['Contacts.csv'], field_mappings, ...resource };
		return await crm.call('POST', bulk('/write'), { operation, resource: [whole] });
	};
	const done = async (kind: 'read' | 'write', created: Answer) => {
		const id = (created.body['data']?.[0] ?? created.body).details.id as string;
		for (const state of [/^ADDED$/, /^IN ?PROGRESS$/]) {
			const { body } = await crm.call('GET', bulk(`/${kind}/${id}`));
			expect(body['data']?.[0]?.state ?? body['status']).toMatch(state);
			world.clock.advance(40_000);
		}
		return { id, answer: await crm.call('GET', bulk(`/${kind}/${id}`)) };
	};
	return { ...crm, bulk, read, result, upload, fileOf, write, done };
}

const codeOf = ({ status, body }: Answer) => [status, body['code']];

test('a read goes through its states, brings a table, and goes on with a token that lives for a day', async () => {
	const { read, done, result, bulk, add, world, call, tokenFor } = start({ switches: { bulkRowsPerJob: 2 } });
	for (const name of ['A', 'B', 'C']) await add('Contacts', { Last_Name: name });
	const created = await read({ module: { api_name: 'Contacts' }, fields: ['Last_Name'], page: 1 });
	expect([created.status, created.body['data'][0].details.state]).toEqual([201, 'ADDED']);
	const early = created.body['data'][0].details.id as string;
	expect((await result(bulk(`/read/${early}/result`))).status).toBe(404);
	const { id, answer } = await done('read', created);
	expect(answer.body['data'][0]).toMatchObject({ state: 'COMPLETED', result: { count: 2, more_records: true, download_url: `/crm/bulk/v8/read/${id}/result` } });
	expect((await result(bulk(`/read/${id}/result`))).rows).toEqual([['Id', 'Last_Name'], [expect.any(String), 'A'], [expect.any(String), 'B']]);
	const page_token = answer.body['data'][0].result.next_page_token as string;
	const last = await done('read', await read({ page_token }));
	expect(last.answer.body['data'][0].result).toMatchObject({ count: 1, more_records: false });
	expect(codeOf(await read({ page_token, fields: ['Email'] }))).toEqual([400, 'INVALID_DATA']);
	world.clock.advance(25 * 3_600_000);
	const authorization = `Zoho-oauthtoken ${tokenFor(allScopes)}`;
	expect(codeOf(await call('POST', bulk('/read'), { query: { page_token } }, { authorization }))).toEqual([400, 'EXPIRED_VALUE']);
	expect((await call('GET', bulk('/read/4876876000000999999'), undefined, { authorization })).status).toBe(404);
});

test('what a read refuses', async () => {
	const { read } = start();
	const contacts = { module: { api_name: 'Contacts' } };
	const criterion = (field: string, comparator: string, value: unknown) => ({ ...contacts, criteria: { field: { api_name: field }, comparator, value } });
	const refused = [
		await read({ module: { api_name: 'Nonsense' } }),
		await read({ ...contacts, fields: ['Nonsense'] }),
		await read({ ...contacts, page: 2 }),
		await read(criterion('Nonsense', 'equal', 'x')),
		await read(criterion('Last_Name', 'greater_than', 'x')),
		await read(criterion('Last_Name', 'in', 'x')),
		await read(criterion('Date_of_Birth', 'equal', '01/02/1990')),
		await read({ ...contacts, criteria: { group_operator: 'xor', group: [criterion('Last_Name', 'equal', 'x').criteria] } }),
		await read({ ...contacts, criteria: { group_operator: 'or', group: Array.from({ length: 26 }, () => criterion('Last_Name', 'equal', 'x').criteria) } }),
		await read(contacts, { file_type: 'xml' }),
	];
	expect(refused.map(codeOf)).toEqual([
		[400, 'MODULE_NOT_AVAILABLE'],
		[400, 'FIELD_NOT_SUPPORTED'],
		[400, 'PAGE_RANGE_EXCEEDED'],
		[400, 'FIELD_IN_CRITERIA_NOT_AVAILABLE'],
		[400, 'FIELD_AND_COMPARATOR_IN_CRITERIA_NOT_COMPATIBLE'],
		[400, 'COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE'],
		[400, 'FIELD_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE'],
		[400, 'GROUP_OPERATOR_NOT_SUPPORTED'],
		[400, 'CRITERIA_LIMIT_EXCEEDED'],
		[400, 'REQUEST_BODY_NOT_SUPPORTED'],
	]);
});

test('an eleventh download within a minute is one too many', async () => {
	const { read, done, result, bulk, add, world } = start();
	await add('Contacts', { Last_Name: 'A' });
	const { id } = await done('read', await read({ module: { api_name: 'Contacts' } }));
	const statuses: number[] = [];
	for (let n = 0; n < 11; n++) statuses.push((await result(bulk(`/read/${id}/result`))).status);
	expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
	world.clock.advance(60_000);
	expect((await result(bulk(`/read/${id}/result`))).status).toBe(200);
});

test('a read costs 50 credits, a write 500', async () => {
	const { org, read, write, fileOf } = start();
	await fileOf('Last_Name\nLee\n');
	const spend = jest.spyOn(org.budget, 'spend');
	await read({ module: { api_name: 'Contacts' } });
	await write('Last_Name\nLee\n');
	expect(spend.mock.calls.map(([credits]) => credits)).toEqual([50, 1, 500]);
});

test('uploads: headers, scope, host and kind of file', async () => {
	const { upload, call, org } = start();
	const good = zipSync({ 'Contacts.csv': strToU8('Last_Name\nLee\n') });
	expect(await upload(good)).toMatchObject({ status: 200, body: { code: 'FILE_UPLOAD_SUCCESS', details: { file_id: expect.stringMatching(/^\d+$/) as string } } });
	expect((await upload(good, { feature: '' })).body).toMatchObject({ 'x-error': expect.stringMatching(/feature, X-CRM-ORG/) as string });
	expect((await upload(good, { 'x-crm-org': '1' })).status).toBe(400);
	expect(codeOf(await upload(strToU8('Last_Name\nLee\n')))).toEqual([400, 'INVALID_FILE_FORMAT']);
	expect((await upload(good, {}, 'www.zohoapis.in')).body['data']?.[0]?.code ?? (await upload(good, {}, 'www.zohoapis.in')).body['code']).toBe('INVALID_MODULE');
	expect(codeOf(await call('GET', 'https://content.zohoapis.in/crm/v8/upload'))).toEqual([400, 'INVALID_REQUEST_METHOD']);
	expect((await call('GET', `https://content.zohoapis.in/crm/v8/Contacts?fields=Email`)).status).toBe(404);
	const narrow = start({ scopes: ['ZohoCRM.modules.ALL', 'ZohoCRM.bulk.ALL'] });
	expect(codeOf(await narrow.upload(good))).toEqual([401, 'OAUTH_SCOPE_MISMATCH']);
	expect(org.location).toBe('in');
});

test('a write goes through its states, writes what it can, and tells of each row; its own channel hears nothing', async () => {
	const { write, done, result, org, call, sent } = start({ switches: { bulkResultOrder: 'sent' } });
	await call('POST', '/actions/watch', { watch: [{ channel_id: '10000', events: ['Contacts.all'], notify_url: 'https://n8n.example.com/x' }] });
	const created = await write('Last_Name,Email,Account_Name\nLee,lee@example.com,\n,x,\nRoy,roy@example.com,1\n', {
		field_mappings: [
			{ api_name: 'Last_Name', index: 0 },
			{ api_name: 'Email', index: 1 },
			{ api_name: 'Account_Name', index: 2, find_by: 'id' },
		],
	});
	expect(created).toMatchObject({ status: 201, body: { status: 'success', code: 'SUCCESS' } });
	const { answer } = await done('write', created);
	expect(answer.body).toMatchObject({ status: 'COMPLETED', resource: [{ status: 'COMPLETED', file: { added_count: 1, skipped_count: 2, updated_count: 0, total_count: 3 } }] });
	const { rows } = await result(answer.body['result'].download_url as string);
	expect(rows).toEqual([
		['Last_Name', 'Email', 'Account_Name', 'STATUS', 'RECORD_ID', 'ERRORS'],
		['Lee', 'lee@example.com', '', 'ADDED', org.records('Contacts')[0]?.['id'], ''],
		['', 'x', '', 'SKIPPED', '', 'MANDATORY_NOT_FOUND-Last_Name:INVALID_DATA-Email'],
		['Roy', 'roy@example.com', '1', 'SKIPPED', '', 'INVALID_DATA-Account_Name'],
	]);
	expect(sent).toEqual([]);
});

test('what a write refuses', async () => {
	const { write, fileOf, upload } = start();
	const one = 'Last_Name,Email\nLee,lee@example.com\n';
	const two = (await upload(zipSync({ 'a.csv': strToU8(one), 'b.csv': strToU8(one) }))).body['details'].file_id as string;
	const mapped = (...field_mappings: Json[]) => ({ field_mappings: [{ api_name: 'Last_Name', index: 0 }, ...field_mappings] });
	const refused = [
		await write(one, { module: { api_name: 'Notes' } }),
		await write(one, { file_id: '1' }),
		await write(one, { file_names: ['other.csv'] }),
		await write(one, { file_id: two, file_names: undefined }),
		await write('Email\nx\n'),
		await write(one, {}, 'update'),
		await write(one, { find_by: 'Title' }, 'upsert'),
		await write(one, mapped({ api_name: 'Nonsense', index: 1 })),
		await write(one, mapped({ api_name: 'Created_Time', index: 1 })),
		await write(one, mapped({ api_name: 'Email', index: 2 })),
		await write(one, mapped({ api_name: 'Account_Name', index: 1 })),
		await write(one, mapped({ api_name: 'Date_of_Birth', index: 1, format: 'soon' })),
		await write(one, mapped({ api_name: 'Layout', default_value: { value: '1' } })),
		await write(`Last_Name\n${'Lee\n'.repeat(25_001)}`),
		await write(one, {}, 'explode'),
	];
	expect(refused.map(codeOf)).toEqual([
		[400, 'MODULE_NOT_AVAILABLE'],
		[400, 'INVALID_FILE_ID'],
		[400, 'FILE_NOT_FOUND'],
		[400, 'FILE_NOT_SUPPORTED'],
		[400, 'MANDATORY_FIELDS_NOT_MAPPED'],
		[400, 'MANDATORY_NOT_FOUND'],
		[400, 'INVALID_FIELD'],
		[400, 'INVALID_FIELD_NAME'],
		[400, 'INVALID_FIELD_NAME'],
		[400, 'COLUMN_INDEX_NOT_FOUND'],
		[400, 'MANDATORY_NOT_FOUND'],
		[400, 'INVALID_FORMAT'],
		[400, 'INVALID_DATA'],
		[400, 'FILE_NOT_SUPPORTED'],
		[400, 'MISSING_REQUIRED_KEY'],
	]);
	expect(await fileOf(one)).toMatch(/^\d+$/);
});

test('an empty cell empties the field, unless empty cells are to be ignored; without a format a day is month first', async () => {
	const { write, done, org } = start();
	const days = { field_mappings: [{ api_name: 'Last_Name', index: 0 }, { api_name: 'Title', index: 1 }, { api_name: 'Date_of_Birth', index: 2 }] };
	await done('write', await write('Last_Name,Title,Date_of_Birth\nLee,Dr,02/03/1990\nRoy,Dr,1990-02-03\n', days));
	expect(org.records('Contacts')).toMatchObject([{ Last_Name: 'Lee', Date_of_Birth: '1990-02-03' }]);
	const id = org.records('Contacts')[0]?.['id'];
	const update = async (ignore_empty: boolean) => await done('write', await write(`id,Title\n${id},\n`, { find_by: 'id', ignore_empty }, 'update'));
	await update(true);
	expect(org.records('Contacts')[0]).toMatchObject({ Title: 'Dr' });
	await update(false);
	expect(org.records('Contacts')[0]).toMatchObject({ Title: null });
});

const inFiles = testWhere(files !== undefined, "Zoho's OpenAPI files for CRM are not beside the project");
inFiles('every exchange fits the files, known errors of theirs apart, each of which is still one', () => {
	expect([...new Set(files?.failures)]).toEqual([]);
	expect([...(files?.undocumented ?? [])]).toEqual([]);
	expect([...(files?.checked.keys() ?? [])].sort()).toEqual([
		'createBulkReadJob 201',
		'createBulkReadJob 400',
		'createBulkWriteJob 201',
		'createBulkWriteJob 400',
		'getBulkReadJobDetails 200',
		'getBulkReadJobDetails 404',
		'getJobDetails 200',
	]);
	expect(bulkErrors.filter((known) => !files?.usedErrors.has(known)).map(({ why }) => why)).toEqual([]);
});
