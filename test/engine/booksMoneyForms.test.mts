import { BooksBench, wordsOf } from './booksSupport.mts';
import { located, Script } from './booksMoneySupport.mts';

let books: BooksBench;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(() => books.reset());
afterEach(() => jest.restoreAllMocks());

const id = '460000000026049';
const customer = located('customerId', '460000000017138');
const line = { item_id: { __rl: true, mode: 'id', value: '460000000017088' }, name: '', description: '', quantity: 2, rate: '', discount: '10%', tax_id: '', line_item_id: '' };

describe('the form', () => {
	test('of an invoice becomes what Books takes: ids as text, days, numbers, and nothing for what is empty', async () => {
		const script = new Script(books, { 'POST /invoices': { invoice: { invoice_id: id } } });
		const { rows } = await books.runHere({
			resource: 'invoice',
			operation: 'create',
			...customer,
			lineItems: { line: [line, { ...line, item_id: { __rl: true, mode: 'list', value: '' }, name: 'Free', rate: '12.5', discount: '' }] },
			fields: {
				date: '2026-07-01T00:00:00',
				due_date: '2026-07-15',
				invoice_number: 'INV-7',
				custom_fields: { field: [{ api_name: 'cf_deal', value: 'x' }, { api_name: '460000000000123', value: 'y' }, { api_name: '', value: 'z' }] },
				adjustment: -1.5,
			},
			options: { send: true },
		});
		expect(rows).toEqual([{ invoice_id: id }]);
		expect(script.sent).toEqual([
			{
				line: 'POST /invoices?send=true&ignore_auto_number_generation=true',
				body: {
					customer_id: '460000000017138',
					line_items: [
						{ item_id: '460000000017088', quantity: 2, discount: '10%' },
						{ name: 'Free', quantity: 2, rate: 12.5 },
					],
					date: '2026-07-01',
					due_date: '2026-07-15',
					invoice_number: 'INV-7',
					custom_fields: [{ api_name: 'cf_deal', value: 'x' }, { customfield_id: '460000000000123', value: 'y' }],
					adjustment: -1.5,
				},
			},
		]);
	});

	test('takes the day of a DateTime that an expression yields', async () => {
		const script = new Script(books, { 'POST /estimates': { estimate: { estimate_id: id } } });
		await books.runHere({
			resource: 'estimate',
			operation: 'create',
			...customer,
			lineItems: { line: [line] },
			fields: { date: "={{ DateTime.fromISO('2026-03-31T23:30:00', { zone: 'America/New_York' }) }}", expiry_date: '2026-04-30' },
		});
		expect(script.sent[0]?.body).toMatchObject({ date: '2026-03-31', expiry_date: '2026-04-30' });
	});

	test('of a payment names what it pays', async () => {
		const script = new Script(books, { 'POST /customerpayments': { payment: { payment_id: id } } });
		const { rows } = await books.runHere({
			resource: 'customerPayment',
			operation: 'create',
			...customer,
			amount: 100,
			date: '2026-07-01T12:00:00.000+02:00',
			paymentMode: 'cash',
			invoices: { invoice: [{ invoice_id: { __rl: true, mode: 'id', value: '9' }, amount_applied: 60.5 }] },
			fields: { reference_number: 'R' },
		});
		expect(rows).toEqual([{ payment_id: id }]);
		expect(script.sent[0]?.body).toEqual({
			customer_id: '460000000017138',
			amount: 100,
			date: '2026-07-01',
			payment_mode: 'cash',
			invoices: [{ invoice_id: '9', amount_applied: 60.5 }],
			reference_number: 'R',
		});
	});

	test('of an item to create or update leaves the price alone where it is empty', async () => {
		const script = new Script(books, { 'PUT /items/5': { item: { item_id: '5' } }, 'POST /items': { item: { item_id: '6' } } });
		const form = { resource: 'item', operation: 'upsert', existingItemId: '={{ $json.id }}', itemName: '={{ $json.name }}', rate: '={{ $json.rate }}', fields: { sku: 'S' } };
		const { rows } = await books.runHere(form, [{ id: '5', name: '', rate: '' }, { id: '', name: 'New', rate: '120' }]);
		expect(rows).toEqual([{ item_id: '5' }, { item_id: '6' }]);
		expect(script.sent.map(({ line: sent, body }) => [sent, body]).sort()).toEqual([
			['POST /items', { name: 'New', rate: 120, sku: 'S' }],
			['PUT /items/5', { sku: 'S' }],
		]);
	});

	test('to update sends only what was added to it', async () => {
		const script = new Script(books, { [`PUT /invoices/${id}`]: { invoice: { invoice_id: id, notes: 'n' } } });
		const { rows } = await books.runHere({ resource: 'invoice', operation: 'update', ...located('invoiceId', id), fields: { notes: 'n', customer_id: customer.customerId } });
		expect(rows).toEqual([{ invoice_id: id, notes: 'n' }]);
		expect(script.sent).toEqual([{ line: `PUT /invoices/${id}`, body: { notes: 'n', customer_id: '460000000017138' } }]);
	});
});

describe('JSON', () => {
	test('goes to Books as it is, with all digits of its ids', async () => {
		const script = new Script(books, { 'POST /invoices': { invoice: { invoice_id: id } } });
		const record = '{ "customer_id": 4600000000171380001, "line_items": [{ "item_id": "7", "rate": 1.10 }] }';
		await books.runHere({ resource: 'invoice', operation: 'create', inputMode: 'json', record });
		expect(script.sent[0]?.body).toEqual({ customer_id: '4600000000171380001', line_items: [{ item_id: '7', rate: 1.1 }] });
	});

	test('of an update holds the id, which is not written', async () => {
		const script = new Script(books, { 'PUT /customerpayments/3': { payment: { payment_id: '3' } } });
		await books.runHere({ resource: 'customerPayment', operation: 'update', inputMode: 'json', record: '{ "payment_id": "3", "description": "d" }' });
		expect(script.sent).toEqual([{ line: 'PUT /customerpayments/3', body: { description: 'd' } }]);
		const without = await books.runHere({ resource: 'customerPayment', operation: 'update', inputMode: 'json', record: '{ "description": "d" }' });
		expect(wordsOf(without)).toMatch(/No customer payment is chosen.*payment_id/);
	});
});

describe('actions', () => {
	test.each([
		['invoice', 'markSent', 'invoiceId', `/invoices/${id}/status/sent`, { status: 'sent' }],
		['invoice', 'markVoid', 'invoiceId', `/invoices/${id}/status/void`, { status: 'void' }],
		['invoice', 'markDraft', 'invoiceId', `/invoices/${id}/status/draft`, { status: 'draft' }],
		['estimate', 'markSent', 'estimateId', `/estimates/${id}/status/sent`, { status: 'sent' }],
		['estimate', 'markAccepted', 'estimateId', `/estimates/${id}/status/accepted`, { status: 'accepted' }],
		['estimate', 'markDeclined', 'estimateId', `/estimates/${id}/status/declined`, { status: 'declined' }],
		['item', 'markActive', 'itemId', `/items/${id}/active`, { status: 'active' }],
		['item', 'markInactive', 'itemId', `/items/${id}/inactive`, { status: 'inactive' }],
	])('%s %s', async (resource, operation, field, path, output) => {
		const script = new Script(books, { [`POST ${path}`]: {} });
		const { rows } = await books.runHere({ resource, operation, ...located(field, id) });
		expect([rows, script.lines]).toEqual([[output], [`POST ${path}`]]);
	});

	test('an invoice is sent by email to the addresses given', async () => {
		const script = new Script(books, { [`POST /invoices/${id}/email`]: {} });
		const mail = { resource: 'invoice', operation: 'email', ...located('invoiceId', id) };
		const { rows } = await books.runHere({ ...mail, emailTo: 'a@example.com, b@example.com', emailSubject: 'Hello' });
		expect(rows).toEqual([{ emailed: true }]);
		expect(script.sent[0]?.body).toEqual({ to_mail_ids: ['a@example.com', 'b@example.com'], subject: 'Hello' });
		expect(wordsOf(await books.runHere({ ...mail, emailTo: ' ' }))).toContain('No email address is given');
	});

	test.each([
		['invoice', 'invoiceId', 'invoice'],
		['estimate', 'estimateId', 'estimate'],
		['item', 'itemId', 'item'],
		['customerPayment', 'customerPaymentId', 'customerpayment'],
	])('custom fields of %s are written alone, as the bare list that Zoho takes', async (resource, field, path) => {
		const script = new Script(books, { [`PUT /${path}/${id}/customfields`]: {} });
		const { rows, error } = await books.runHere({
			resource,
			operation: 'updateCustomFields',
			...located(field, id),
			customFields: { field: [{ api_name: '460000000000123', value: 'x' }] },
		});
		expect(error).toBeUndefined();
		expect(script.sent).toEqual([{ line: `PUT /${path}/${id}/customfields`, body: [{ customfield_id: '460000000000123', value: 'x' }] }]);
		expect(rows).toEqual([{ custom_fields: [{ customfield_id: '460000000000123', value: 'x' }] }]);
	});

	test('refunds are made, listed and deleted', async () => {
		const refund = { payment_refund_id: '8', amount: 5 };
		const script = new Script(books, {
			'POST /customerpayments/3/refunds': { payment_refunds: refund },
			'GET /customerpayments/3/refunds': { payment_refunds: [refund], page_context: { page: 1, has_more_page: false } },
			'DELETE /customerpayments/3/refunds/8': {},
		});
		const payment = { resource: 'customerPayment', ...located('customerPaymentId', '3') };
		const made = await books.runHere({ ...payment, operation: 'createRefund', refundAmount: 5, refundDate: '2026-07-01T00:00:00', refundAccountId: '11', fields: { refund_mode: 'cash' } });
		const listed = await books.runHere({ ...payment, operation: 'getRefunds' });
		const gone = await books.runHere({ ...payment, operation: 'deleteRefund', refundId: '8' });
		expect([made.rows, listed.rows, gone.rows]).toEqual([[refund], [refund], [{ deleted: true }]]);
		expect(script.sent[0]?.body).toEqual({ amount: 5, date: '2026-07-01', from_account_id: '11', refund_mode: 'cash' });
	});

	test('payments of an invoice are put out one by one', async () => {
		new Script(books, { 'GET /invoices/3/payments': { payments: [{ payment_id: '1' }, { payment_id: '2' }] } });
		const { rows } = await books.runHere({ resource: 'invoice', operation: 'getPayments', ...located('invoiceId', '3') });
		expect(rows).toEqual([{ payment_id: '1' }, { payment_id: '2' }]);
	});

	test.each(['7, 9', ['9', '7']])('items by their ids: %p', async (given) => {
		const script = new Script(books, { 'GET /itemdetails': { items: [{ item_id: '9' }, { item_id: '7' }] } });
		const { rows } = await books.runHere({ resource: 'item', operation: 'getByIds', itemIds: '={{ $json.ids }}' }, [{ ids: given }]);
		expect(rows.map(({ item_id }) => item_id)).toEqual([given].flat().join(',').split(',').map((one) => one.trim()));
		expect(script.lines).toHaveLength(1);
	});
});

describe('Get Many', () => {
	test('sends filters as Zoho spells them, and nothing for those that are empty', async () => {
		const script = new Script(books, { 'GET /invoices': { invoices: [], page_context: { page: 1, has_more_page: false } } });
		await books.runHere({
			resource: 'invoice',
			operation: 'getAll',
			filters: { date_start: '2026-07-01T00:00:00', date_end: '', due_date_before: "={{ DateTime.fromISO('2026-08-01') }}", status: 'overdue', customer_id: '', last_modified_time: '2026-07-01T10:00:00.500+02:00' },
			options: { sort_column: 'due_date', sort_order: 'D' },
		});
		expect(Object.fromEntries(new URLSearchParams(script.lines[0]?.split('?')[1]))).toEqual({
			date_start: '2026-07-01',
			due_date_before: '2026-08-01',
			status: 'overdue',
			last_modified_time: '2026-07-01T08:00:00+0000',
			sort_column: 'due_date',
			sort_order: 'D',
			page: '1',
			per_page: '50',
		});
	});

	test.each([
		['item', 'items', '/items', { rate_greater_equals: '5', name_startswith: 'A', filter_by: 'Status.Inactive' }],
		['estimate', 'estimates', '/estimates', { estimate_number_contains: '7', expiry_date_start: '2026-01-01' }],
		['customerPayment', 'customerpayments', '/customerpayments', { amount_less_than: '5', filter_by: 'PaymentMode.Cash' }],
		['currency', 'currencies', '/settings/currencies', { filter_by: 'Currencies.ExcludeBaseCurrency' }],
		['tax', 'taxes', '/settings/taxes', {}],
	])('of %s puts out the rows of %s', async (resource, key, path, filters) => {
		const script = new Script(books, { [`GET ${path}`]: { [key]: [{ n: 1 }, { n: 2 }], page_context: { page: 1, has_more_page: false } } });
		const { rows, error } = await books.runHere({ resource, operation: 'getAll', returnAll: true, filters });
		expect(error).toBeUndefined();
		expect(rows).toEqual([{ n: 1 }, { n: 2 }]);
		expect(Object.fromEntries(new URLSearchParams(script.lines[0]?.split('?')[1]))).toEqual({ ...filters, page: '1', per_page: '200' });
	});
});

test('Create Once of the same reference number in one run makes one document', async () => {
	const made: Array<Record<string, unknown>> = [];
	const script = new Script(books, {
		'GET /invoices': () => ({ invoices: [...made], page_context: { page: 1, has_more_page: false } }),
		'GET /invoices/1': () => ({ invoice: made[0] }),
		'POST /invoices': ({ body }) => {
			const invoice = { ...(body as object), invoice_id: String(made.length + 1), status: 'draft', created_time: '2026-07-01T10:00:00+0200' };
			made.push(invoice);
			return { invoice };
		},
	});
	const { rows } = await books.runHere({ resource: 'invoice', operation: 'createOnce', inputMode: 'json', record: '={{ $json }}' }, [
		{ customer_id: '1', reference_number: 'deal-1' },
		{ customer_id: '1', reference_number: 'deal-1' },
		{ customer_id: '1', reference_number: 'deal-1' },
	]);
	expect(rows.map(({ invoice_id, _created }) => [invoice_id, _created])).toEqual([['1', true], ['1', false], ['1', false]]);
	expect(script.lines.filter((sent) => sent.startsWith('POST'))).toHaveLength(1);
});

describe('lists to choose from', () => {
	const listed = (key: string, rows: object[]) => ({ [key]: rows, page_context: { page: 1, has_more_page: true } });

	test('invoices show number and customer, and can be searched', async () => {
		const script = new Script(books, { 'GET /invoices': listed('invoices', [{ invoice_id: '1', invoice_number: 'INV-1', customer_name: 'Aurora' }]) });
		const found = await books.list((node) => node.methods.listSearch.searchInvoices, 'aur');
		expect(found).toEqual({ results: [{ name: 'INV-1 · Aurora', value: '1' }], paginationToken: '2' });
		expect(script.lines[0]).toContain('search_text=aur');
	});

	test('items show name and SKU', async () => {
		const script = new Script(books, { 'GET /items': listed('items', [{ item_id: '1', name: 'Drive', sku: 'HD' }]) });
		expect((await books.list((node) => node.methods.listSearch.searchItems, 'dri')).results).toEqual([{ name: 'Drive · HD', value: '1' }]);
		expect(script.lines[0]).toContain('name_contains=dri');
	});

	test('customers are no vendors', async () => {
		books.fill([{ contact_name: 'Aurora' }, { contact_name: 'Supplier', contact_type: 'vendor' }]);
		const { results } = await books.list((node) => node.methods.listSearch.searchCustomers);
		expect(results.map(({ name }) => name)).toEqual(['Aurora']);
	});

	test('taxes show their percentage', async () => {
		new Script(books, { 'GET /settings/taxes': listed('taxes', [{ tax_id: '1', tax_name: 'VAT', tax_percentage: 19 }]) });
		expect(await books.list((node) => node.methods.loadOptions.getTaxes)).toEqual([{ name: 'VAT (19 %)', value: '1' }]);
	});
});
