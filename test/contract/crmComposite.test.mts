import { existsSync } from 'node:fs';
import { testWhere } from '../support/where.mts';
import { CrmOpenapiChecker, openapiFolder } from './crmOpenapiChecker.mts';
import { startCrm, type Json } from './crmSupport.mts';

/** The last of its fifteen kinds of details takes any, so that no details are of exactly one kind. */
const tooManyKinds = { operation: /^composite$/, status: 400, at: /^(\/details)?$/, why: 'details fit several of its kinds' };
const files = existsSync(openapiFolder) ? new CrmOpenapiChecker([tooManyKinds]) : undefined;

function start(options: Parameters<typeof startCrm>[0] = {}) {
	const crm = startCrm({ ...options, seen: (method, path, body, answer) => path === '/__composite_requests' && files?.seen(method, path, body, answer) });
	const send = async (__composite_requests: unknown, more: Json = {}) => await crm.call('POST', '/__composite_requests', { __composite_requests, ...more });
	return { ...crm, send };
}

const create = (record: Json, more: Json = {}) => ({ method: 'POST', uri: '/crm/v8/Contacts', body: { data: [record] }, ...more });

test('sub-requests are carried out in order, and may refer to what came before', async () => {
	const { send, org } = start();
	const { status, body } = await send([create({ Last_Name: 'A' }, { sub_request_id: '1' }), { method: 'PUT', uri: '/crm/v8/Contacts/@{1:$.data[0].details.id}', body: { data: [{ Title: 'Dr' }] } }, { method: 'GET', uri: '/crm/v8/Contacts', params: { fields: 'Title', per_page: 25 } }]);
	expect(status).toBe(200);
	expect(body['__composite_requests'].map((item: Json) => item['details'].response.status_code)).toEqual([201, 200, 200]);
	expect(org.records('Contacts')).toMatchObject([{ Last_Name: 'A', Title: 'Dr' }]);
});

test('one that is answered with an error counts as executed; what CRM does not take at all is told as an error', async () => {
	const { send } = start();
	const executed = await send([create({}), create({ Last_Name: 'B' })]);
	expect([executed.status, executed.body['__composite_requests'].map((item: Json) => [item['status'], item['details'].response.status_code])]).toEqual([200, [['success', 400], ['success', 201]]]);
	const two = { method: 'POST', uri: '/crm/v8/Contacts', body: { data: [{ Last_Name: 'C' }, { Last_Name: 'D' }] } };
	const refused = await send([two, { method: 'DELETE', uri: '/crm/v8/Contacts', params: { ids: '1,2' } }, { method: 'GET', uri: '/crm/v8/Contacts', params: { fields: 'id', per_page: 26 } }, { method: 'GET', uri: '/crm/v8/Contacts/@{9:$.data[0].id}' }, create({ Last_Name: 'E' })]);
	expect([refused.status, refused.body['__composite_requests'].map((item: Json) => item['code'])]).toEqual([207, ['NOT_SUPPORTED', 'NOT_SUPPORTED', 'NOT_SUPPORTED', 'INVALID_REFERENCE', 'SUCCESS']]);
});

test('a rollback takes back what was written, stops what follows, and tells nobody', async () => {
	const { send, add, org, call, sent } = start();
	const id = await add('Contacts', { Last_Name: 'Lee' });
	await call('POST', '/actions/watch', { watch: [{ channel_id: '10000', events: ['Contacts.all'], notify_url: 'https://n8n.example.com/x' }] });
	const requests = [{ method: 'DELETE', uri: `/crm/v8/Contacts/${id}` }, create({ Last_Name: 'New' }), create({}), create({ Last_Name: 'Late' })];
	const { status, body } = await send(requests, { rollback_on_fail: true });
	expect([status, body['__composite_requests'].map((item: Json) => item['code'])]).toEqual([207, ['ROLLBACK_PERFORMED', 'ROLLBACK_PERFORMED', 'SUCCESS', 'PROCESSING_STOPPED']]);
	expect(org.records('Contacts').map(({ Last_Name }) => Last_Name)).toEqual(['Lee']);
	expect(sent).toEqual([]);
	await send(requests.slice(0, 2), { rollback_on_fail: true });
	expect(org.records('Contacts').map(({ Last_Name }) => Last_Name)).toEqual(['New']);
	expect(sent.map((message) => String(message.body['operation'])).sort()).toEqual(['delete', 'insert']);
});

test('what is refused as a whole', async () => {
	const { send } = start();
	const get = { method: 'GET', uri: '/crm/v8/org' };
	const refused = [
		await send(undefined),
		await send({}),
		await send(Array.from({ length: 6 }, () => get)),
		await send([get], { rollback_on_fail: true, parallel_execution: true }),
		await send([get], { rollback_on_fail: 'yes' }),
		await send([{ method: 'GET' }]),
		await send([{ ...get, uri: '/books/v3/contacts' }]),
		await send([{ ...get, headers: { Authorization: 'x' } }]),
		await send([{ ...get, sub_request_id: '1' }, { ...get, sub_request_id: '1' }]),
	];
	expect(refused.map(({ status, body }) => [status, body['code']])).toEqual([
		[400, 'MANDATORY_NOT_FOUND'],
		[400, 'INVALID_DATA'],
		[400, 'INVALID_DATA'],
		[400, 'AMBIGUITY_DURING_PROCESSING'],
		[400, 'INVALID_DATA'],
		[400, 'MANDATORY_NOT_FOUND'],
		[400, 'INVALID_DATA'],
		[400, 'INVALID_DATA'],
		[400, 'DUPLICATE_DATA'],
	]);
	const narrow = start({ scopes: ['ZohoCRM.composite_requests.CUSTOM', 'ZohoCRM.org.READ'] });
	expect((await narrow.send([get])).status).toBe(200);
	expect((await narrow.send([get, create({ Last_Name: 'x' })])).body['code']).toBe('OAUTH_SCOPE_MISMATCH');
});

testWhere(files !== undefined, "Zoho's OpenAPI files for CRM are not beside the project")('every exchange fits the file', () => {
	expect([...new Set(files?.failures)]).toEqual([]);
	expect(files?.usedErrors.has(tooManyKinds)).toBe(true);
	// Of a missing scope the file has nothing; every call has that answer.
	expect([...(files?.undocumented ?? [])]).toEqual(['composite 401']);
	expect([...(files?.checked.keys() ?? [])].sort()).toEqual(['composite 200', 'composite 207', 'composite 400']);
});
