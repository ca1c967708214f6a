import { allKinds, type Kind, kinds } from '../../sandbox/simulator/books/documentKinds.mts';
import type { BooksOrg } from '../../sandbox/simulator/books/org.mts';
import { exact, sum, toNumber } from '../../sandbox/simulator/crm/exact.mts';
import { startMoney } from './booksMoneySupport.mts';
import type { Json } from './booksSupport.mts';

/** A Books organization for tests about orders, bills and credits: every document is made the same way. */
export function startOrders(options: Parameters<typeof startMoney>[0] = {}) {
	const scopes = ['contacts', 'settings', 'customerpayments', ...allKinds.map((kind) => kinds[kind].scope)];
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

/** Payments to vendors, as a store of them has to behave: they tell the bill what they pay of it. */
export function payBills(org: BooksOrg) {
	const paid = new Map<string, { billId: string; amount: number }>();
	let count = 0;
	const settle = (billId: string) => {
		const own = [...paid.values()].filter((one) => one.billId === billId);
		org.documents.settle(
			billId,
			sum(own.map(({ amount }) => exact(amount))),
			own.length > 0 ? '2026-03-01' : '',
		);
	};
	const pay = (billId: string, amount: number): string => {
		const id = String((count += 1));
		paid.set(id, { billId, amount });
		settle(billId);
		return id;
	};
	const vendorOf = (billId: string) => org.documents.owed(billId);
	org.billPayers = {
		of: (billId) =>
			[...paid].flatMap(([id, one]) =>
				one.billId === billId
					? [{ ...blankPayment, id, paymentId: `9${id}`, number: id, amount: exact(one.amount) }]
					: [],
			),
		advance: (billId) => {
			// Of the vendor of any bill: whose id stands for the payment's here.
			const { customerId: contactId, currencyId } = vendorOf(billId);
			return { contactId, currencyId, left: exact(20) };
		},
		apply: (_paymentId, document, amount) => {
			pay(document.id, Number(toNumber(amount)));
		},
		unapply: (billId, id) => {
			paid.delete(id);
			settle(billId);
		},
	};
	return { pay };
}

const blankPayment = {
	date: '2026-03-01',
	mode: 'cash',
	reference: '',
	description: '',
	rate: 1,
	accountId: '1',
	accountName: 'Petty Cash',
	isSingle: true,
};
