import { allKinds, type Kind, kinds } from '../../sandbox/simulator/books/documentKinds.mts';
import { startMoney } from './booksMoneySupport.mts';
import type { Json } from './booksSupport.mts';

/** A Books organization for tests about orders, bills and credits: every document is made the same way. */
export function startOrders(options: Parameters<typeof startMoney>[0] = {}) {
	const scopes = [
		'contacts',
		'settings',
		'customerpayments',
		'vendorpayments',
		...allKinds.map((kind) => kinds[kind].scope),
	];
	const money = startMoney({
		scopes: scopes.map((scope) => `ZohoBooks.${scope}.ALL`),
		...options,
		switches: { booksPerMinute: 10_000, ...options?.switches },
	});
	const { call } = money;
	let bills = 0;
	const pathOf = (kind: Kind, document: Json | string) =>
		`/${kinds[kind].list}/${typeof document === 'string' ? document : document[kinds[kind].idField]}`;
	return {
		...money,
		pathOf,
		vendor: (more: Json = {}) =>
			money.customer({ contact_name: 'Beta Supplies', contact_type: 'vendor', ...more }),
		/** A document over the lines; of 100 where there are none. */
		made: (
			kind: Kind,
			contactId: string,
			line_items: Json[] = [{ name: 'Desk', rate: 100 }],
			more: Json = {},
		) =>
			money.made(`/${kinds[kind].list}`, kinds[kind].key, {
				[`${kinds[kind].party}_id`]: contactId,
				line_items,
				...(kind === 'bill' ? { bill_number: `B-${(bills += 1)}` } : {}),
				...more,
			}),
		/** A payment to a vendor; of what it does not pay of the bill, an advance. */
		pay: (vendor_id: string, amount: number, bills: Json[] = [], more: Json = {}) =>
			money.made('/vendorpayments', 'vendorpayment', {
				vendor_id,
				amount,
				date: '2026-03-01',
				bills,
				...more,
			}),
		/** Pays a part of a bill. */
		payBill: ({ vendor_id, bill_id }: Json, amount: number) =>
			money.made('/vendorpayments', 'vendorpayment', {
				vendor_id,
				amount,
				date: '2026-03-01',
				bills: [{ bill_id, amount_applied: amount }],
			}),
		get: async (kind: Kind, document: Json): Promise<Json> =>
			(await call('GET', pathOf(kind, document))).body[kinds[kind].key] as Json,
		/** Posts below the document; fails when Books refuses. */
		async post(kind: Kind, document: Json, below: string, body?: Json): Promise<Json> {
			const answer = await call('POST', pathOf(kind, document) + below, body);
			if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
			return answer.body;
		},
	};
}
