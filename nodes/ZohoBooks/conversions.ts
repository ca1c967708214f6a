/** Documents that later ones are made of. Sources: Books v3 "Create an instant invoice", "Create invoices from estimates", "Convert purchase order to bill". */

import { asObject, isObject } from '../../zoho/json';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { callTo } from './resource';

type Has = ReturnType<typeof operationsOf>;

/** *Convert to Invoice*: of a sales order Zoho answers with the invoice, of an estimate with a message only. */
export function toInvoice({ books, one, id }: Kind, has: Has): KindOperation {
	const [path, parameter] = books.name === 'estimate' ? ['/invoices/fromestimates', 'estimate_ids'] : ['/invoices/fromsalesorder', 'salesorder_id'];
	return has.called(
		{ name: 'Convert to Invoice', value: 'convertToInvoice', description: `Make an invoice of ${one}`, action: `Convert ${one} to an invoice` },
		callTo({ ...books, scope: 'invoices' }, 'POST', path, {
			query: (_, idOf) => ({ [parameter]: idOf(id.name) }),
			answer: async (client, call) => {
				const { invoice } = asObject((await client.request(call)).body);
				return [isObject(invoice) ? invoice : { [books.idField]: call.query?.[parameter], converted: true }];
			},
		}),
		['id'],
	);
}

/** *Get as Bill*: Zoho makes no bill of a purchase order by itself, it tells what the bill would hold. */
export function toBill({ books, one, id }: Kind, has: Has): KindOperation {
	return has.called(
		{ name: 'Get as Bill', value: 'getAsBill', description: `Get the fields of a bill for ${one}, for Create of Bill`, action: `Get ${one} as a bill` },
		callTo({ ...books, scope: 'bills', recordKey: 'bill' }, 'GET', '/bills/editpage/frompurchaseorders', {
			query: (_, idOf) => ({ purchaseorder_ids: idOf(id.name) }),
		}),
		['id'],
	);
}
