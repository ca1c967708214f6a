import { startCrm } from './crmSupport.mts';

/** What n8n's built-in Zoho CRM node calls. */
describe('version 2 of the records API', () => {
	const start = () => {
		const crm = startCrm();
		const v2 = (method: string, path: string, body?: unknown) => crm.call(method, `${crm.org.apiDomain}/crm/v2${path}`, body);
		return { ...crm, v2 };
	};

	test('a record is made under the module name in lower case, and no approval state is told', async () => {
		const { v2, org } = start();
		const { status, body } = await v2('POST', '/accounts', { data: [{ Account_Name: 'Volta' }] });
		expect(status).toBe(201);
		expect(Object.keys(body.data[0].details).sort()).toEqual(['Created_By', 'Created_Time', 'Modified_By', 'Modified_Time', 'id']);
		expect(org.records('Accounts').map(({ Account_Name }) => Account_Name)).toEqual(['Volta']);
	});

	test('an upsert finds an Account by its name and a Contact by its e-mail', async () => {
		const { v2, org } = start();
		for (const [path, record] of [
			['/accounts/upsert', { Account_Name: 'Volta' }],
			['/contacts/upsert', { Last_Name: 'Bassi', Email: 'laura@volta.example' }],
		] as const) {
			expect((await v2('POST', path, { data: [record] })).body.data[0].action).toBe('insert');
			expect((await v2('POST', path, { data: [record] })).body.data[0].action).toBe('update');
		}
		expect([org.records('Accounts').length, org.records('Contacts').length]).toEqual([1, 1]);
	});

	test('a search finds by e-mail, and 204 tells that there is none', async () => {
		const { v2 } = start();
		await v2('POST', '/contacts', { data: [{ Last_Name: 'Bassi', Email: 'laura@volta.example' }] });
		const found = await v2('GET', '/Contacts/search?email=laura@volta.example');
		expect(found.body.data[0]).toMatchObject({ Last_Name: 'Bassi', Email: 'laura@volta.example' });
		expect(found.body.info).toEqual({ per_page: 200, count: 1, page: 1, more_records: false });
		expect((await v2('GET', '/Contacts/search?email=nobody@volta.example')).status).toBe(204);
	});

	test('what is wrong with a record is told with 202', async () => {
		const { v2 } = start();
		const { status, body } = await v2('POST', '/contacts', { data: [{ First_Name: 'Laura' }] });
		expect(status).toBe(202);
		expect(body.data[0]).toMatchObject({ code: 'MANDATORY_NOT_FOUND', status: 'error' });
	});

	test('a module that there is not, is refused', async () => {
		const { v2 } = start();
		expect((await v2('POST', '/nonsense', { data: [{}] })).body.code).toBe('INVALID_MODULE');
	});
});
