import type { Json } from './booksSupport.mts';
import { startMoney } from './booksMoneySupport.mts';
import { present, type Recording, recordingsOf, typeOf } from './booksRecorded.mts';
import { describeWhere } from '../support/where.mts';

/**
 * What booksRecordings.test.mts leaves open, as it compares keys and types: the values of recorded documents and lists, every row of the lists, and that what the nodes and
 * templates read of a record is really there, in the recording and in the simulator.
 */

const recorded = recordingsOf(
	/^\/books\/v3\/(items|invoices|estimates|customerpayments|settings\/taxes)(\/|$)/,
);
const compared = new Set<Recording>();

type Kind = 'item' | 'invoice' | 'estimate' | 'payment';
const paths: Record<Kind, string> = {
	item: 'items',
	invoice: 'invoices',
	estimate: 'estimates',
	payment: 'customerpayments',
};

/** Single records that were answered, and lists. */
const singles = (kind: Kind): Json[] =>
	recorded
		.filter(({ response }) => response[kind])
		.map((one) => {
			compared.add(one);
			return one.response[kind] as Json;
		});
const isList = ({ request: { method }, response }: Recording) =>
	method === 'GET' && 'page_context' in response;
const rowsOf = ({ request: { path }, response }: Recording) =>
	response[path.split('/').at(-1) ?? ''] as Json[];

/** What the nodes and templates read. */
const lineReads = [
	'item_id',
	'name',
	'description',
	'quantity',
	'rate',
	'discount_amount',
	'item_total',
	'line_item_category',
	'line_item_id',
	'line_item_taxes',
	'tax_id',
	'tax_name',
	'tax_percentage',
	'tax_type',
];
const shippingReads = [
	'shipping_charge',
	'shipping_charge_exclusive_of_tax',
	'shipping_charge_tax_id',
	'shipping_charge_tax_name',
	'shipping_charge_tax_percentage',
	'shipping_charge_tax_type',
	'shipping_charge_taxes',
];
const documentReads = [
	'customer_id',
	'customer_name',
	'reference_number',
	'zcrm_potential_id',
	'status',
	'date',
	'currency_code',
	'exchange_rate',
	'line_items',
	'taxes',
	'sub_total',
	'tax_total',
	'total',
	'adjustment',
	'discount',
	'discount_total',
	'discount_type',
	'is_discount_before_tax',
	'is_inclusive_tax',
	'tax_rounding',
	'roundoff_value',
	'last_modified_time',
	'created_time',
	...shippingReads,
];
const reads: Record<Kind, string[]> = {
	item: [
		'item_id',
		'name',
		'rate',
		'sku',
		'unit',
		'description',
		'status',
		'tax_id',
		'product_type',
		'item_type',
		'purchase_rate',
		'purchase_description',
		'last_modified_time',
	],
	invoice: [
		...documentReads,
		'invoice_id',
		'invoice_number',
		'due_date',
		'balance',
		'payment_made',
		'credits_applied',
		'write_off_amount',
		'last_payment_date',
		'contact_persons',
		'billing_address',
	],
	estimate: [...documentReads, 'estimate_id', 'estimate_number', 'expiry_date'],
	payment: [
		'payment_id',
		'payment_number',
		'customer_id',
		'customer_name',
		'date',
		'payment_mode',
		'amount',
		'unused_amount',
		'reference_number',
		'currency_code',
		'updated_time',
		'invoices',
		'payment_refunds',
	],
};
const rowReads: Record<Kind, string[]> = {
	item: ['item_id', 'name', 'sku', 'last_modified_time'],
	invoice: ['invoice_id', 'invoice_number', 'reference_number', 'created_time', 'last_modified_time'],
	estimate: ['estimate_id', 'estimate_number', 'reference_number', 'created_time', 'last_modified_time'],
	payment: ['payment_id', 'payment_number', 'created_time', 'last_modified_time', 'date'],
};
const appliedReads = ['invoice_id', 'invoice_number', 'amount_applied'];

const without = (record: Json, names: readonly string[]) => names.filter((name) => !(name in record));

const kinds = Object.keys(paths) as Kind[];

/** Amounts of a document; where they are recorded they are calculated anew. */
const amounts = [
	'sub_total',
	'bcy_sub_total',
	'discount',
	'discount_percent',
	'discount_total',
	'discount_applied_on_amount',
	'discount_type',
	'is_discount_before_tax',
	'is_inclusive_tax',
	'sub_total_inclusive_of_tax',
	'tax_rounding',
	'tax_total',
	'taxes',
	'adjustment',
	'shipping_charge',
	'shipping_charge_exclusive_of_tax',
	'shipping_charge_inclusive_of_tax',
	'shipping_charge_exclusive_of_tax_formatted',
	'shipping_charge_tax',
	'shipping_charge_tax_percentage',
	'roundoff_value',
	'total',
	'bcy_total',
	'exchange_rate',
	'price_precision',
	'currency_code',
	'currency_symbol',
	'payment_made',
	'balance',
	'credits_applied',
	'write_off_amount',
	'status',
];
const lineAmounts = [
	'quantity',
	'rate',
	'bcy_rate',
	'discount',
	'discount_amount',
	'item_total',
	'tax_id',
	'tax_name',
	'tax_type',
	'tax_percentage',
	'line_item_taxes',
	'item_order',
	'line_item_category',
];
const picked = (record: Json, names: readonly string[]) =>
	Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name] as unknown]));
const amountsOf = (document: Json) => ({
	...picked(document, amounts),
	line_items: (document['line_items'] as Json[]).map((line) => picked(line, lineAmounts)),
});

/** The recorded document, made anew in the state and with the payments that it was recorded with. */
async function remade(kind: 'invoice' | 'estimate', document: Json): Promise<Json> {
	const { call, made, customer, payment } = startMoney({ location: 'us' });
	const buyer = await customer();
	const lines = (document['line_items'] as Json[]).map((line) =>
		picked(line, ['name', 'description', 'unit', 'quantity', 'rate', 'discount']),
	);
	// Due dates of recordings pass; whether they have is not what is compared.
	const { date } = document as { date: string };
	const due = kind === 'invoice' ? { due_date: '2099-01-01' } : {};
	const own = await made(`/${kind}s`, kind, { customer_id: buyer, line_items: lines, date, ...due });
	const id = String(own[`${kind}_id`]);
	if (document['status'] !== 'draft') await call('POST', `/${kind}s/${id}/status/sent`);
	const paid = Number(document['payment_made'] ?? 0);
	if (paid > 0) await payment(buyer, paid, [{ invoice_id: id, amount_applied: paid }]);
	return (await call('GET', `/${kind}s/${id}`)).body[kind] as Json;
}

/** One record of each kind, as the simulator answers it alone and in a list. */
async function simulated() {
	const money = startMoney();
	const buyer = await money.customer();
	const { item_id } = await money.item({ name: 'Lamp', rate: 10 });
	const { invoice_id } = await money.invoice(buyer, [{ item_id }]);
	const { estimate_id } = await money.estimate(buyer, [{ item_id }]);
	const { payment_id } = await money.payment(buyer, 5, [{ invoice_id, amount_applied: 5 }]);
	const ids: Record<Kind, string> = {
		item: String(item_id),
		invoice: String(invoice_id),
		estimate: String(estimate_id),
		payment: String(payment_id),
	};
	return {
		...money,
		single: async (kind: Kind) =>
			(await money.call('GET', `/${paths[kind]}/${ids[kind]}`)).body[kind] as Json,
		row: async (kind: Kind) => (await money.list(`/${paths[kind]}`))[0] as Json,
	};
}

describeWhere(present, 'recorded Books answers are not beside the project')(
	"the simulated Books' money against recorded answers of a live organization",
	() => {
		afterAll(() => {
			const left = recorded.filter((one) => !compared.has(one)).map(({ file }) => file);
			console.log(
				`Books recordings, money: ${compared.size} of ${recorded.length} exchanges compared by their values; by keys and types alone: ${left.join(', ')}.`,
			);
		});

		test.each(kinds)('what is read of an %s is in recordings and simulator', async (kind) => {
			const { single, row } = await simulated();
			const all = [...singles(kind), await single(kind)];
			expect(all.length).toBeGreaterThan(1);
			for (const record of all) {
				expect(without(record, reads[kind])).toEqual([]);
				for (const line of (record['line_items'] ?? []) as Json[])
					expect(without(line, lineReads)).toEqual([]);
				for (const applied of kind === 'payment' ? (record['invoices'] as Json[]) : [])
					expect(without(applied, appliedReads)).toEqual([]);
			}
			const lists = recorded.filter((one) => isList(one) && one.request.path.endsWith(`/${paths[kind]}`));
			const rows = [...lists.flatMap(rowsOf), await row(kind)];
			expect(rows.length).toBeGreaterThan(1);
			for (const one of rows) expect(without(one, rowReads[kind])).toEqual([]);
		});

		const documents = (['invoice', 'estimate'] as const).flatMap((kind) =>
			recorded.filter(({ response }) => response[kind]).map((one) => [one.file, kind, one] as const),
		);
		test.each(documents)('%s: amounts and state are calculated as recorded', async (_file, kind, one) => {
			const document = one.response[kind] as Json;
			compared.add(one);
			expect(amountsOf(await remade(kind, document))).toEqual(amountsOf(document));
		});

		test.each(recorded.filter(isList).map((one) => [one.file, one] as const))(
			'%s: the same page_context, and rows in its order',
			async (_file, one) => {
				compared.add(one);
				const { call } = await simulated();
				const { organization_id: _theirs, ...query } = one.request.params;
				const { body } = await call('GET', one.request.path.replace('/books/v3', ''), undefined, { query });
				const { as_of_date: _day, to_date: _to, ...context } = one.response['page_context'] as Json;
				expect(body['page_context']).toMatchObject(context);
				const column = String(context['sort_column']);
				const values = rowsOf(one).map((row) => String(row[column]).toLowerCase());
				const ordered = [...values].sort((a, b) => a.localeCompare(b));
				expect(values).toEqual(context['sort_order'] === 'D' ? ordered.reverse() : ordered);
			},
		);

		test('every row of a recorded list has the keys that ours have, and the same types', async () => {
			const { row } = await simulated();
			// Drafts have none.
			const isKnown = (name: string) => name === 'invoice_url';
			for (const kind of kinds) {
				const ours = await row(kind);
				for (const one of recorded.filter(
					(list) => isList(list) && list.request.path.endsWith(`/${paths[kind]}`),
				)) {
					for (const theirs of rowsOf(one)) {
						const extra = Object.keys(ours).filter((name) => !(name in theirs) && !isKnown(name));
						const other = Object.keys(theirs).filter(
							(name) => name in ours && typeOf(theirs[name]) !== typeOf(ours[name]),
						);
						expect([one.file, extra, other]).toEqual([one.file, [], []]);
					}
				}
			}
		});
	},
);
