import type { IDataObject } from 'n8n-workflow';

import { CrmBench, chosen, of, persons, wordsOf } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset({ edition: 'enterprise' }));

describe('Note', () => {
	const save = (id: string, content: string, more: IDataObject = {}) => ({
		...{ resource: 'note', operation: 'upsert', ...of('Contacts'), ...chosen(id) },
		...{ title: 'Zoho Books invoice INV-1', content },
		...more,
	});

	test('of a title is made once, kept up to date, and not written when it says so already', async () => {
		const [id = ''] = await crm.fill('Contacts', persons(1));
		const actions = [];
		for (const content of ['Open', 'Open', 'Paid']) actions.push((await crm.run(save(id, content))).rows[0]?.action);
		expect(actions).toEqual(['insert', 'none', 'update']);
		expect(crm.records('Notes')).toMatchObject([{ Note_Title: 'Zoho Books invoice INV-1', Note_Content: 'Paid', Parent_Id: { id } }]);
	});

	test('of the same title on another record, and of another title, is another note', async () => {
		const [one = '', two = ''] = await crm.fill('Contacts', persons(2));
		await crm.run(save(one, 'Open'));
		await crm.run(save(two, 'Open'));
		await crm.run(save(one, 'Open', { title: 'Another' }));
		expect(crm.records('Notes')).toHaveLength(3);
	});

	test('saved by several items and runs at once is one note', async () => {
		const [id = ''] = await crm.fill('Contacts', persons(1));
		const run = async () => await crm.run(save(id, 'Open'), [{}, {}]);
		const runs = await Promise.all([run(), run(), run()]);
		expect(runs.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(crm.records('Notes')).toHaveLength(1);
	});

	test('whose answer is lost is looked for, and not made again', async () => {
		const [id = ''] = await crm.fill('Contacts', persons(1));
		crm.fault({ what: 'lost-answer', method: 'POST', path: '/crm/v8/Notes' });
		const { rows, error } = await crm.run(save(id, 'Open'));
		expect([error, rows]).toEqual([undefined, [expect.objectContaining({ action: 'insert', recordId: id })]]);
		expect(crm.records('Notes')).toHaveLength(1);
	});

	test('is listed with its record and deleted', async () => {
		const [id = ''] = await crm.fill('Contacts', persons(1));
		for (const title of ['a', 'b', 'c']) await crm.run(save(id, 'Open', { title, operation: 'create' }));
		const list = { resource: 'note', operation: 'getAll', ...of('Contacts'), ...chosen(id) };
		expect((await crm.run({ ...list, limit: 2 })).rows).toHaveLength(2);
		const all = await crm.run({ ...list, returnAll: true });
		expect(all.rows.map((row) => row.Note_Title).sort()).toEqual(['a', 'b', 'c']);
		const remove = { resource: 'note', operation: 'delete', noteId: all.rows[0]?.id as string };
		expect((await crm.run(remove)).rows).toEqual([{ id: all.rows[0]?.id, deleted: true }]);
		expect(crm.records('Notes')).toHaveLength(2);
		expect(wordsOf(await crm.run(remove))).toMatch(new RegExp(`Notes ${String(all.rows[0]?.id)}`));
	});

	test('on a record that is not there, or too long, is told with its title', async () => {
		const gone = await crm.run(save('4876000000000000001', 'Open'));
		expect(wordsOf(gone)).toMatch(/4876000000000000001/);
		const [id = ''] = await crm.fill('Contacts', persons(1));
		expect(wordsOf(await crm.run(save(id, 'Open', { title: 'x'.repeat(121) })))).toMatch(/xxx.*120/);
		const nowhere = { recordId: { __rl: true, mode: 'id', value: '={{ $json.none }}' } };
		expect((await crm.run(save('', 'Open', nowhere))).error?.message).toBe('No record is chosen');
	});
});

describe('Module', () => {
	const ensure = {
		...{ resource: 'module', operation: 'ensure' },
		...{ apiName: 'Books_Payments', singularLabel: 'Books Payment', pluralLabel: 'Books Payments' },
	};

	test('is made for every profile when it is missing, takes records, and is found the next time', async () => {
		const made = await crm.run(ensure);
		expect(made.rows).toMatchObject([{ apiName: 'Books_Payments', state: 'created', problems: [] }]);
		await crm.fill('Books_Payments', [{ Name: 'Payment 1' }]);
		const found = await crm.run(ensure);
		expect(found.rows).toMatchObject([{ apiName: 'Books_Payments', state: 'existed', id: made.rows[0]?.id }]);
		expect(found.calls.map(({ kind }) => kind)).toEqual(['read']);
	});

	test('with a name that CRM does not take is made with CRM\'s own, and told', async () => {
		const { rows, error } = await crm.run({ ...ensure, apiName: 'Books__Payments' });
		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ apiName: 'Books_Payments', state: 'created', problems: ['its API name is Books_Payments, not Books__Payments'] }]);
		expect((await crm.run({ ...ensure, apiName: 'Books__Payments' })).rows[0]?.state).toBe('existed');
	});

	test('cannot be made in an edition without custom modules, nor with a label that CRM refuses', async () => {
		expect(wordsOf(await crm.run({ ...ensure, singularLabel: 'Books/Payment' }))).toMatch(/module "Books Payments".*singular_label/);
		crm.reset({ edition: 'free' });
		expect(wordsOf(await crm.run(ensure))).toMatch(/module "Books Payments".*maximum number of custom modules/);
	});

	test('whose answer is lost is found', async () => {
		crm.fault({ what: 'lost-answer', method: 'POST', path: '/settings/modules' });
		const { rows, error } = await crm.run(ensure);
		expect([error, rows[0]?.apiName]).toEqual([undefined, 'Books_Payments']);
	});
});

describe('Custom field', () => {
	test.each(['boolean', 'currency', 'date', 'double', 'picklist', 'text', 'textarea'])('of the type %s is made and found', async (type) => {
		const ensure = { resource: 'customField', operation: 'ensure', ...of('Deals'), label: 'My Field', type, values: 'Open, Paid' };
		expect((await crm.run(ensure)).rows).toMatchObject([{ apiName: 'My_Field', state: 'created', problems: [] }]);
		expect((await crm.run(ensure)).rows).toMatchObject([{ apiName: 'My_Field', state: 'existed', problems: [] }]);
	});

	test('that is a pick list is told which values it lacks', async () => {
		const ensure = { resource: 'customField', operation: 'ensure', ...of('Deals'), label: 'State', type: 'picklist' };
		await crm.run({ ...ensure, values: 'Open, Paid' });
		const { rows } = await crm.run({ ...ensure, values: 'Paid, Void' });
		expect(rows[0]?.problems).toEqual(['it lacks the values "Void"']);
		expect(wordsOf(await crm.run({ ...ensure, values: '' }))).toMatch(/Values is empty/);
	});

	test('of an unknown type is refused', async () => {
		const ensure = { resource: 'customField', operation: 'ensure', ...of('Deals'), label: 'X', type: '={{ "money" }}' };
		const run = await crm.run(ensure);
		expect([wordsOf(run), run.calls]).toEqual([expect.stringMatching(/"money" is not a type of field.*currency/), []]);
	});
});

describe('Tax and Currency', () => {
	const ensure = { resource: 'tax', operation: 'ensure', taxName: 'VAT 19', percentage: 19 };

	test('a tax is made, found the next time, and another percentage is told', async () => {
		expect((await crm.run(ensure)).rows).toMatchObject([{ name: 'VAT 19', percentage: 19, state: 'created', problems: [] }]);
		expect((await crm.run(ensure)).rows).toMatchObject([{ state: 'existed', problems: [] }]);
		expect((await crm.run({ ...ensure, percentage: 20 })).rows).toMatchObject([{ percentage: 19, problems: [expect.stringContaining('19')] }]);
		expect((await crm.run({ resource: 'tax', operation: 'getAll', returnAll: true })).rows).toMatchObject([{ name: 'VAT 19', value: 19 }]);
		expect(wordsOf(await crm.run({ ...ensure, percentage: '={{ "much" }}' }))).toMatch(/not a number from 0 to 100/);
	});

	test('currencies are listed, and none is no error', async () => {
		const list = { resource: 'currency', operation: 'getAll', returnAll: true };
		expect(await crm.run(list)).toMatchObject({ rows: [] });
		crm.reset({ edition: 'standard' });
		expect((await crm.run(list)).error).toBeUndefined();
		const currencies = [
			{ iso_code: 'EUR', exchange_rate: 1 },
			{ iso_code: 'JPY', exchange_rate: 160 },
		];
		crm.reset({ edition: 'enterprise', currencies });
		expect((await crm.run(list)).rows.map((row) => row.iso_code)).toEqual(['EUR', 'JPY']);
	});
});

test('the related records of a record come with the fields asked for, no more than the limit', async () => {
	const [deal = ''] = await crm.fill('Deals', [{ Deal_Name: 'Lighting', Stage: 'Qualification' }]);
	for (let n = 1; n <= 3; n++) {
		const record = { Product_Name: `Lamp ${n}`, Unit_Price: n };
		crm.simulator.desk({ system: 'crm', location: 'in', collection: 'Products', action: 'create', record, parent: deal });
	}
	const related = { operation: 'getRelated', ...of('Deals'), ...chosen(deal), relatedList: 'Products', relatedFields: 'Product_Name, Unit_Price' };
	const all = await crm.run({ ...related, returnAll: true });
	expect(all.rows.map((row) => [row.Product_Name, row.Unit_Price]).sort()).toEqual([['Lamp 1', 1], ['Lamp 2', 2], ['Lamp 3', 3]]);
	expect((await crm.run({ ...related, limit: 2 })).rows).toHaveLength(2);
	const nowhere = { recordId: { __rl: true, mode: 'id', value: '={{ $json.none }}' } };
	expect((await crm.run({ ...related, ...nowhere, limit: 2 })).error?.message).toBe('No record is chosen');
	expect(wordsOf(await crm.run({ ...related, relatedList: 'Nothing', limit: 2 }))).toMatch(/related list name given seems to be invalid/);
});
