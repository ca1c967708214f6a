import { type Call, type Json, startBooks } from './booksSupport.mts';

/** A Books organization for tests about money: short ways to make records, that fail when Books refuses. */
export function startMoney(options: Parameters<typeof startBooks>[0] = {}) {
	const books = startBooks(options);
	const made = async (path: string, key: string, body: Json, query: Record<string, string> = {}) => {
		const answer = await books.call('POST', path, body, { query });
		if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
		return answer.body[key] as Json;
	};
	const customer = async (more: Json = {}): Promise<string> =>
		String((await books.add({ contact_name: 'Aurora', ...more }))['contact_id']);
	const payment = (customer_id: string, amount: number, invoices: Json[] = [], more: Json = {}) =>
		made('/customerpayments', 'payment', {
			customer_id,
			payment_mode: 'cash',
			date: '2026-03-01',
			amount,
			invoices,
			...more,
		});
	const one = async (path: string, key: string): Promise<Json> =>
		(await books.call('GET', path)).body[key] as Json;
	return {
		...books,
		made,
		customer,
		payment,
		item: (body: Json) => made('/items', 'item', body),
		tax: async (tax_name: string, tax_percentage: number) =>
			String((await made('/settings/taxes', 'tax', { tax_name, tax_percentage }))['tax_id']),
		group: async (tax_group_name: string, ids: string[]) =>
			String(
				(await made('/settings/taxgroups', 'tax_group', { tax_group_name, taxes: ids.join(',') }))[
					'tax_group_id'
				],
			),
		invoice: (customer_id: string, line_items: Json[], more: Json = {}) =>
			made('/invoices', 'invoice', { customer_id, line_items, ...more }),
		estimate: (customer_id: string, line_items: Json[], more: Json = {}) =>
			made('/estimates', 'estimate', { customer_id, line_items, ...more }),
		getInvoice: (id: string) => one(`/invoices/${id}`, 'invoice'),
		getPayment: (id: string) => one(`/customerpayments/${id}`, 'payment'),
		/** Status and code of a call that is refused, or of one that is not. */
		async refusal(method: string, path: string, body?: unknown, query: Record<string, string> = {}) {
			const answer = await books.call(method, path, body, { query });
			return [answer.status, answer.body['code']] as [number, number];
		},
		async list(path: string, query: Record<string, string> = {}): Promise<Json[]> {
			const { status, body } = await books.call('GET', path, undefined, { query });
			if (status !== 200) throw new Error(JSON.stringify(body));
			return body[path.split('/').at(-1) ?? ''] as Json[];
		},
	};
}

/** Every operation about money that the simulated Books has, at least once; those that need a unique custom field have tests of their own. */
export async function everyMoneyOperation(call: Call, customerId: string, accountId: string): Promise<void> {
	const created = async (path: string, key: string, body: Json) => {
		const answer = await call('POST', path, body);
		if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
		return answer.body[key] as Json;
	};
	const idOf = (record: Json, name: string) => String(record[name]);

	const tax = idOf(
		await created('/settings/taxes', 'tax', { tax_name: 'VAT', tax_percentage: 19 }),
		'tax_id',
	);
	const city = idOf(
		await created('/settings/taxes', 'tax', { tax_name: 'City', tax_percentage: 1 }),
		'tax_id',
	);
	const both = { tax_group_name: 'Both', taxes: `${tax},${city}` };
	const group = idOf(await created('/settings/taxgroups', 'tax_group', both), 'tax_group_id');
	await call('GET', '/settings/taxes');
	await call('GET', `/settings/taxes/${tax}`);
	await call('PUT', `/settings/taxes/${city}`, { tax_name: 'Town', tax_percentage: 2 });
	await call('GET', `/settings/taxgroups/${group}`);
	await call('PUT', `/settings/taxgroups/${group}`, both);
	await call('DELETE', `/settings/taxgroups/${group}`);
	await call('DELETE', `/settings/taxes/${city}`);

	const chf = idOf(
		await created('/settings/currencies', 'currency', { currency_code: 'CHF' }),
		'currency_id',
	);
	await call('GET', '/settings/currencies');
	await call('GET', `/settings/currencies/${chf}`);
	await call('PUT', `/settings/currencies/${chf}`, { currency_symbol: 'Fr.' });
	const rates = `/settings/currencies/${chf}/exchangerates`;
	await created(rates, 'exchange_rate', { effective_date: '2026-01-01', rate: 1.1 });
	const rate = idOf((await call('GET', rates)).body['exchange_rates'][0] as Json, 'exchange_rate_id');
	await call('GET', `${rates}/${rate}`);
	await call('PUT', `${rates}/${rate}`, { rate: 1.2 });
	await call('DELETE', `${rates}/${rate}`);
	await call('DELETE', `/settings/currencies/${chf}`);

	const item = idOf(
		await created('/items', 'item', { name: 'Lamp', rate: 33.35, sku: 'L', tax_id: tax }),
		'item_id',
	);
	await call('GET', '/items');
	await call('GET', `/items/${item}`);
	await call('GET', '/itemdetails', undefined, { query: { item_ids: item } });
	await call('PUT', `/items/${item}`, { description: 'Bright' });
	await call('PUT', `/item/${item}/customfields`, []);
	await call('POST', `/items/${item}/inactive`);
	await call('POST', `/items/${item}/active`);

	const document = { customer_id: customerId, line_items: [{ item_id: item, quantity: 3 }] };
	for (const [kind, states] of [
		['invoice', ['sent', 'void', 'draft']],
		['estimate', ['sent', 'accepted', 'declined']],
	] as const) {
		const id = idOf(await created(`/${kind}s`, kind, document), `${kind}_id`);
		await call('GET', `/${kind}s`);
		await call('GET', `/${kind}s/${id}`);
		await call('PUT', `/${kind}s/${id}`, { reference_number: 'A' });
		await call('PUT', `/${kind}/${id}/customfields`, []);
		for (const state of states) await call('POST', `/${kind}s/${id}/status/${state}`);
		await call('POST', `/${kind}s/${id}/email`, { to_mail_ids: ['a@example.com'] });
		await call('DELETE', `/${kind}s/${id}`);
	}

	const invoice = idOf(await created('/invoices', 'invoice', document), 'invoice_id');
	const payment = { customer_id: customerId, payment_mode: 'cash', amount: 100, date: '2026-01-02' };
	const applied = [{ invoice_id: invoice, amount_applied: 60 }];
	const made = await created('/customerpayments', 'payment', { ...payment, invoices: applied });
	const id = idOf(made, 'payment_id');
	await call('GET', '/customerpayments');
	await call('GET', `/customerpayments/${id}`);
	await call('GET', `/invoices/${invoice}/payments`);
	await call('PUT', `/customerpayments/${id}`, { description: 'late' });
	await call('PUT', `/customerpayment/${id}/customfields`, []);
	const refunds = `/customerpayments/${id}/refunds`;
	const money = { amount: 10, date: '2026-01-03', from_account_id: accountId };
	const [back] = (await created(refunds, 'payment_refunds', money)) as Json[];
	const refund = idOf(back ?? {}, 'payment_refund_id');
	await call('GET', refunds);
	await call('GET', `${refunds}/${refund}`);
	await call('PUT', `${refunds}/${refund}`, { amount: 20 });
	await call('DELETE', `${refunds}/${refund}`);
	await call('DELETE', `/customerpayments/${id}`);
	const other = idOf(
		await created('/customerpayments', 'payment', { ...payment, invoices: [] }),
		'payment_id',
	);
	await call('DELETE', '/customerpayments', undefined, {
		query: { payment_ids: other, bulk_delete: 'true' },
	});
	await call('DELETE', `/invoices/${invoice}`);
	await call('DELETE', `/items/${item}`);
}
