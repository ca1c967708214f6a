import { CrmBench, chosen, of, wordsOf, type Row } from './crmSupport.mts';

let crm: CrmBench;
/** Bodies that the node sent. */
let bodies: Row[] = [];
beforeAll(async () => {
	crm = await CrmBench.start();
	const handle = crm.simulator.handle.bind(crm.simulator);
	jest.spyOn(crm.simulator, 'handle').mockImplementation(async (request) => {
		if (request.body.length > 0) bodies.push(JSON.parse(request.body.toString('utf8')) as Row);
		return await handle(request);
	});
});
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => {
	crm.reset({ edition: 'enterprise', taxes: [{ name: 'VAT 7', value: 7 }, { name: 'VAT 19', value: 19 }] });
	bodies = [];
});

const org = () => {
	const found = crm.simulator.world.tenantOf('crm', 'in')?.crm;
	if (!found) throw new Error('no organization');
	return found;
};
/** The last body, without its records. */
const sentBeside = () => {
	const { data: _, ...rest } = bodies.at(-1) ?? {};
	return rest;
};

describe('options', () => {
	const options = { trigger: ['workflow', 'pathfinder'], applyFeatures: ['layout_rules', 'assignment_rules'], skipCadences: true, assignmentRuleId: '4876000000000000009' };
	const features = { apply_feature_execution: [{ name: 'layout_rules' }, { name: 'assignment_rules' }] };
	const skipped = { skip_feature_execution: [{ name: 'cadences' }] };

	test('stand beside the records, each where Zoho CRM knows it', async () => {
		const { error } = await crm.write('create', 'Leads', [{ Last_Name: 'Lee' }], { options });
		expect(error).toBeUndefined();
		expect(sentBeside()).toEqual({ trigger: ['workflow', 'pathfinder'], ...features, ...skipped, lar_id: '4876000000000000009' });
		const id = crm.records('Leads')[0]?.id;
		await crm.write('update', 'Leads', [{ id, Company: 'x' }], { options });
		expect(sentBeside()).toEqual({ trigger: ['workflow', 'pathfinder'], ...features, ...skipped });
		await crm.write('upsert', 'Leads', [{ Last_Name: 'Roy', Email: 'roy@example.com' }], { options });
		expect(sentBeside()).toEqual({ trigger: ['workflow', 'pathfinder'], ...skipped, lar_id: '4876000000000000009' });
	});

	test('without them nothing stands beside the records', async () => {
		await crm.write('create', 'Leads', [{ Last_Name: 'Lee' }]);
		expect(bodies).toEqual([{ data: [{ Last_Name: 'Lee' }] }]);
	});

	test('the layout is part of each record, and one that the module lacks is told', async () => {
		const [layout] = await crm.list((node) => node.methods.loadOptions.getLayouts, 'Contacts');
		expect(layout).toEqual({ name: 'Standard', value: org().module('Contacts').layoutId });
		await crm.write('create', 'Contacts', [{ Last_Name: 'Lee' }, { Last_Name: 'Roy' }], { options: { layoutId: layout?.value } });
		expect(bodies.at(-1)).toEqual({ data: [{ Last_Name: 'Lee', Layout: { id: layout?.value } }, { Last_Name: 'Roy', Layout: { id: layout?.value } }] });
		expect(wordsOf(await crm.write('create', 'Contacts', [{ Last_Name: 'Kim' }], { options: { layoutId: '1' } }))).toMatch(/\(field Layout\)/);
		expect(crm.records('Contacts')).toHaveLength(2);
	});

	test('choices are appended where that is wanted, and only of records that have them', async () => {
		const contacts = org().module('Contacts');
		for (const name of ['Trades', 'Towns'])
			org().addField(contacts, { name, label: name, type: 'multiselectpicklist', length: 120, values: ['a', 'b', 'c'], custom: true, id: org().newId() });
		const fields = await crm.list((node) => node.methods.loadOptions.getMultiSelectFields, 'Contacts');
		expect(fields.map(({ value }) => value)).toEqual(['Towns', 'Trades']);
		const ids = await crm.fill('Contacts', [{ Last_Name: 'Lee', Trades: ['a'], Towns: ['a'] }, { Last_Name: 'Roy', Trades: ['a'] }]);
		await crm.write('update', 'Contacts', [{ id: ids[0], Trades: ['b'], Towns: ['c'] }, { id: ids[1], Title: 'Dr' }], { options: { appendFields: ['Trades'] } });
		expect(crm.records('Contacts')).toMatchObject([{ Trades: ['a', 'b'], Towns: ['c'] }, { Trades: ['a'], Title: 'Dr' }]);
		expect((bodies.at(-1)?.data as Row[])[1]).toEqual({ id: ids[1], Title: 'Dr' });
	});
});

describe('line items', () => {
	const columns = (value: Row) => ({ columns: { mappingMode: 'defineBelow', value, schema: Object.keys(value).map((id) => ({ id, displayName: id, type: 'string', required: false, display: true, defaultMatch: false })) } });
	const form = (lines: Row[], more: Row = {}) => ({ operation: 'create', ...of('Invoices'), inputMode: 'fields', ...columns({ Subject: 'INV-1' }), lineItems: { line: lines }, ...more }) as never;

	test('are rows of the module\'s own subform, with taxes by their names and one look at the taxes for all items', async () => {
		const [product = ''] = await crm.fill('Products', [{ Product_Name: 'Bolt' }]);
		const line = { productId: '={{ $json.product }}', quantity: 2, listPrice: '={{ $json.price }}', discount: '10%', taxes: 'vat 19', description: 'Steel', more: '{}' };
		const run = await crm.run(form([line, { productId: product, quantity: 1, listPrice: '', more: '{ "Description": "free" }' }]), [{ product, price: '19.90' }, { product, price: '5' }]);
		expect(run.error).toBeUndefined();
		expect(run.calls.filter(({ path }) => path === '/crm/v8/org/taxes')).toHaveLength(1);
		expect(crm.records('Invoices')).toMatchObject([
			{ Subject: 'INV-1', Invoiced_Items: [{ Product_Name: { id: product }, Quantity: 2, List_Price: 19.9, Description: 'Steel', Line_Tax: [{ name: 'VAT 19', percentage: 19 }] }, { Quantity: 1, Description: 'free' }] },
			{ Invoiced_Items: [{ List_Price: 5 }, {}] },
		]);
		expect((bodies.at(-1)?.data as Row[])[0]).toMatchObject({ Invoiced_Items: [{ Discount: '10%' }, {}] });
	});

	test('are changed by the ID of their row, and added without one', async () => {
		const [product = ''] = await crm.fill('Products', [{ Product_Name: 'Bolt' }]);
		await crm.run(form([{ productId: product, quantity: 1, listPrice: '5' }]));
		const [invoice] = crm.records('Invoices');
		const [row] = invoice?.Invoiced_Items as Row[];
		const lines = [{ quantity: 7, listPrice: '', more: JSON.stringify({ id: row?.id }) }, { productId: product, quantity: 3, listPrice: '1' }];
		const { error } = await crm.run(form(lines, { operation: 'update', ...chosen(String(invoice?.id)), ...columns({ Subject: 'INV-1b' }) }));
		expect(error).toBeUndefined();
		expect(crm.records('Invoices')).toMatchObject([{ Subject: 'INV-1b', Invoiced_Items: [{ id: row?.id, Quantity: 7, List_Price: 5 }, { Quantity: 3 }] }]);
	});

	test.each<[string, Row, Row, RegExp]>([
		['a module without lines', { productId: '1' }, of('Contacts'), /Contacts has no line items/],
		['a tax that is not there', { productId: '1', taxes: 'GST' }, {}, /no tax "GST".*It has "VAT 7", "VAT 19"/s],
		['a price that is none', { productId: '1', listPrice: 'cheap' }, {}, /"List Price" of a line item is not a number/],
		['columns that are none', { productId: '1', more: '[]' }, {}, /"More Columns" of a line item is not a JSON object/],
		['a product id that lost digits', { productId: '={{ 4876876000000240001 }}' }, {}, /lost its last digits/],
	])('%s is refused before anything is written', async (_, line, more, words) => {
		const run = await crm.run(form([{ quantity: 1, ...line }], more));
		expect(wordsOf(run)).toMatch(words);
		expect(run.calls.filter(({ kind }) => kind === 'write')).toEqual([]);
	});

	test('the form says which fields take JSON', async () => {
		const { fields } = await crm.list((node) => node.methods.resourceMapping.getWritableFields, 'Invoices');
		const named = new Map(fields.map(({ id, displayName, type }) => [id, [displayName, type]]));
		expect(named.get('Invoiced_Items')).toEqual(['Invoiced Items (JSON list of rows)', 'array']);
		expect(named.get('Account_Name')).toEqual(['Account Name (JSON with ID)', 'object']);
		const [product = ''] = await crm.fill('Products', [{ Product_Name: 'Bolt' }]);
		const value = { Subject: 'INV-2', Invoiced_Items: JSON.stringify([{ Product_Name: { id: product }, Quantity: 4 }]) };
		const schema = fields.filter(({ id }) => id in value);
		await crm.run({ operation: 'create', ...of('Invoices'), inputMode: 'fields', columns: { mappingMode: 'defineBelow', value, schema } } as never);
		expect(crm.records('Invoices')).toMatchObject([{ Subject: 'INV-2', Invoiced_Items: [{ Quantity: 4 }] }]);
	});
});
