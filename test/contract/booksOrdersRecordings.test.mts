import { startOrders } from './booksOrdersSupport.mts';
import { differences, pathHere, present, type Recording, recordingsOf } from './booksRecorded.mts';
import type { Json } from './booksSupport.mts';
import { describeWhere } from '../support/where.mts';

const recorded = recordingsOf(/^\/books\/v3\/(bills|creditnotes|purchaseorders)(\/|$)/);

/** Sends the recorded request, about records that exist here. */
async function replay({ request: { method, path, params, data } }: Recording) {
	const { call, vendor, customer, made, item, org } = startOrders({ books: { organizationId: '927270289' } });
	const [sells, buys] = [await vendor(), await customer()];
	const { item_id } = await item({ name: 'Software License', rate: 100, unit: 'license' });
	const line_items = [{ item_id, quantity: 1, rate: 100 }];
	const ids: Record<string, string> = {
		bills: String((await made('bill', sells, line_items))['bill_id']),
		creditnotes: String((await made('creditnote', buys, line_items))['creditnote_id']),
		purchaseorders: String((await made('purchaseorder', sells, line_items))['purchaseorder_id']),
	};
	const there = pathHere(path, ids);
	const body = data && structuredClone(data);
	if (body?.['vendor_id']) body['vendor_id'] = sells;
	for (const line of (body?.['line_items'] ?? []) as Json[]) {
		delete line['line_item_id'];
		line['account_id'] = org.accountIds.goods;
	}
	return await call(method, there, body, { query: { organization_id: '', ...params } });
}

describeWhere(present, 'recorded Books answers are not beside the project')(
	'bills, credit notes and purchase orders against recorded answers of a live organization',
	() => {
		test('there are recordings to compare with', () => {
			expect(recorded.length).toBeGreaterThanOrEqual(10);
		});

		test.each(recorded.map((one) => [`${one.request.method} ${one.file}`, one] as const))(
			'%s has every recorded key, with the same type',
			async (_name, recording) => {
				const answer = await replay(recording);
				expect([answer.status, answer.body['message']]).toEqual([
					recording.status,
					recording.response['message'],
				]);
				expect(differences(recording.response, answer.body)).toEqual([]);
			},
		);
	},
);
