import { CrmBench, chosen, of, type Row } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const ada = { Last_Name: 'Osei', First_Name: 'Ada', Company: 'Borealis', Email: 'ada@example.com', Phone: '555 0100', Designation: 'Director' };
const deal = { Deal_Name: 'Roof', Stage: 'Qualification', Pipeline: 'Standard (Standard)', Closing_Date: '2026-12-31' };
const at = (id: string) => ({ __rl: true, mode: 'id', value: id });
const convert = { resource: 'lead', operation: 'convert' };
const lead = async (more: Row = {}) => (await crm.fill('Leads', [{ ...ada, ...more } as never]))[0] ?? '';

test('a Lead becomes a Contact in a new Account, and is no Lead any more', async () => {
	const id = await lead();
	const { rows, error } = await crm.run({ ...convert, ...chosen(id) });
	expect(error).toBeUndefined();
	const [account] = crm.records('Accounts');
	const [contact] = crm.records('Contacts');
	expect(account).toMatchObject({ Account_Name: 'Borealis', Phone: '555 0100' });
	expect(contact).toMatchObject({ Last_Name: 'Osei', Title: 'Director', Account_Name: { id: account?.id } });
	expect(rows).toEqual([{ leadId: id, contact: { id: contact?.id, name: 'Ada Osei' }, account: { id: account?.id, name: 'Borealis' }, deal: null }]);
	expect((await crm.run({ operation: 'getAll', ...of('Leads'), returnAll: true, fields: ['Last_Name'] })).rows).toEqual([]);
	expect(crm.records('Leads')).toMatchObject([{ id, $converted: true }]);
});

test('a Lead without a company becomes a Contact alone', async () => {
	const { rows } = await crm.run({ ...convert, ...chosen(await lead({ Company: null })) });
	expect(rows).toMatchObject([{ contact: { name: 'Ada Osei' }, account: null, deal: null }]);
	expect(crm.records('Accounts')).toEqual([]);
});

test('the form of the Deal offers what CRM demands first, and its times and numbers arrive', async () => {
	const { fields } = await crm.list((node) => node.methods.resourceMapping.getDealFields, 'Contacts');
	expect(fields.filter(({ required }) => required).map(({ id }) => id).sort()).toEqual(['Closing_Date', 'Deal_Name', 'Pipeline', 'Stage']);
	expect(fields.map(({ id }) => id)).not.toContain('Contact_Name');
	const value = { ...deal, Amount: '={{ $json.amount }}' };
	const schema = fields.filter(({ id }) => id in value);
	const dealFields = { mappingMode: 'defineBelow', value, schema };
	await crm.run({ ...convert, ...chosen(await lead()), dealInput: 'fields', dealFields } as never, [{ amount: 500 }]);
	const [account] = crm.records('Accounts');
	expect(crm.records('Deals')).toMatchObject([{ ...deal, Amount: 500, Account_Name: { id: account?.id }, Contact_Name: { name: 'Ada Osei' } }]);
});

test('an existing Contact keeps its Account unless it is to be overwritten', async () => {
	const [old = '', chosenAccount = ''] = await crm.fill('Accounts', [{ Account_Name: 'Old' }, { Account_Name: 'Borealis Ltd' }]);
	for (const overwrite of [false, true]) {
		const [contact = ''] = await crm.fill('Contacts', [{ Last_Name: 'Osei', Account_Name: { id: old } }]);
		const run = { ...convert, ...chosen(await lead()), accountId: at(chosenAccount), contactId: at(contact), options: { overwrite } };
		const { rows } = await crm.run(run);
		expect(rows).toMatchObject([{ contact: { id: contact }, account: { id: chosenAccount } }]);
		const kept = crm.records('Contacts').find(({ id }) => id === contact);
		expect(kept).toMatchObject({ Account_Name: { id: overwrite ? chosenAccount : old } });
	}
	expect(crm.records('Accounts')).toHaveLength(2);
});

test('matching records are joined when that is wanted, and doubled when not', async () => {
	await crm.fill('Accounts', [{ Account_Name: 'Borealis' }]);
	await crm.fill('Contacts', [{ Last_Name: 'O.', Email: 'ada@example.com' }]);
	const joined = await crm.run({ ...convert, ...chosen(await lead()), options: { addToExisting: true } });
	expect(joined.rows).toMatchObject([{ contact: { name: 'O.' }, account: { name: 'Borealis' } }]);
	expect([crm.records('Contacts').length, crm.records('Accounts').length]).toEqual([1, 1]);
	await crm.run({ ...convert, ...chosen(await lead()) });
	expect([crm.records('Contacts').length, crm.records('Accounts').length]).toEqual([2, 2]);
});

test('what cannot be converted is told for its item, nothing of it is written, and the others are converted', async () => {
	const done = await lead();
	await crm.run({ ...convert, ...chosen(done) });
	const [first, last] = [await lead({ Last_Name: 'First' }), await lead({ Last_Name: 'Last' })];
	const items = [{ id: done }, { id: first }, { id: '4876000000000000001' }, { id: '' }, { id: last }];
	const dealJson = '={{ $itemIndex === 1 ? { Deal_Name: "Roof", Stage: "Qualification", Closing_Date: "2026-12-31" } : {...$json.deal, ' + JSON.stringify(deal).slice(1) + ' }}';
	const recordId = at('={{ $json.id }}');
	const run = await crm.run({ ...convert, recordId, dealInput: 'json', dealJson }, items, 'continueRegularOutput');
	expect(run.rows[0]).toMatchObject({ error: expect.stringMatching(/already converted/) as string, details: expect.stringMatching(/was converted before/) as string });
	expect(run.rows[1]).toMatchObject({ error: expect.stringMatching(/required field not found \(field Pipeline\)/) as string });
	expect(run.rows[2]).toMatchObject({ error: expect.stringMatching(/Leads 4876000000000000001: there is no such Lead/) as string });
	expect(run.rows[3]).toMatchObject({ error: 'No record is chosen' });
	expect(run.rows[4]).toMatchObject({ leadId: last, deal: { name: 'Roof' } });
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	expect(crm.records('Contacts').map(({ Last_Name }) => Last_Name)).toEqual(['Osei', 'Last']);
	expect(crm.records('Leads').find(({ id }) => id === first)).toMatchObject({ $converted: false });
});

test('the lists offer Leads, Accounts and Contacts', async () => {
	const id = await lead();
	await crm.fill('Accounts', [{ Account_Name: 'Acme' }]);
	await crm.fill('Contacts', [{ Last_Name: 'Lee' }]);
	const names = async (method: 'searchLeads' | 'searchAccounts' | 'searchContacts') =>
		(await crm.list((node) => node.methods.listSearch[method], '')).results.map(({ name }) => name);
	expect([await names('searchLeads'), await names('searchAccounts'), await names('searchContacts')]).toEqual([['Ada Osei'], ['Acme'], ['Lee']]);
	expect((await crm.list((node) => node.methods.listSearch.searchLeads, '', 'Ose')).results).toEqual([{ name: 'Ada Osei', value: id }]);
});

test('a conversion costs 5 credits', async () => {
	const budget = crm.simulator.world.tenantOf('crm', 'in')?.crm.budget;
	const id = await lead();
	const spend = jest.spyOn(budget as NonNullable<typeof budget>, 'spend');
	await crm.run({ ...convert, ...chosen(id) });
	expect(spend.mock.calls.map(([credits]) => credits)).toEqual([5]);
});

test('the tags and files that are named go with the Lead, the others do not', async () => {
	const id = await lead();
	const onLead = { ...of('Leads'), ...chosen(id) };
	await crm.run({ resource: 'tag', operation: 'add', ...onLead, tags: 'fair, urgent' });
	const file = { data: { data: Buffer.from('offer').toString('base64'), mimeType: 'application/pdf', fileName: 'offer.pdf' } };
	await crm.run({ resource: 'attachment', operation: 'upload', ...onLead }, [{}], undefined, file);
	const options = { moveAttachmentsTo: 'Contacts', contactTags: 'fair, unknown', accountTags: 'urgent' };
	const { rows, error } = await crm.run({ ...convert, ...chosen(id), options });
	expect(error).toBeUndefined();
	const names = (module: string) => (crm.records(module)[0]?.Tag as Array<{ name: string }>).map(({ name }) => name);
	expect([names('Contacts'), names('Accounts')]).toEqual([['fair'], ['urgent']]);
	const contact = (rows[0]?.contact as { id: string }).id;
	const files = async (module: string, record: string) => (await crm.run({ resource: 'attachment', operation: 'getAll', ...of(module), ...chosen(record) })).rows;
	expect(await files('Contacts', contact)).toMatchObject([{ File_Name: 'offer.pdf', Parent_Id: { id: contact } }]);
	expect(await files('Leads', id)).toEqual([]);
});
