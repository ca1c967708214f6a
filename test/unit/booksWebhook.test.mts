import { readWebhook, signingSecret } from '../../nodes/ZohoBooksTrigger/webhook';
import type { Delivery } from '../../nodes/shared/trigger/delivery';
import type { TriggerContext, TriggerKeys } from '../../nodes/shared/trigger/keys';
import { signBooks } from '../../zoho/signature';

const keys: TriggerKeys = { label: 'l', channelId: 'c', secret: (purpose, length) => purpose.padEnd(length, 'x') };
let node = 0;
const context = (resource: string) =>
	({
		getWorkflow: () => ({ id: 'w' }),
		getNode: () => ({ id: `n${++node}` }),
		getNodeParameter: (name: string, fallback: unknown) => (name === 'resource' ? resource : fallback),
	}) as unknown as TriggerContext;

/** As Zoho signs it. */
function read(resource: string, entity: string, event: string, payload: object) {
	const query = { entity, event, organization: '7' };
	const rawBody = Buffer.from(JSON.stringify(payload));
	const signature = signBooks(signingSecret(keys), query, rawBody);
	const delivery: Delivery = { query, form: {}, isForm: false, rawBody, header: (name) => (name === 'x-zoho-webhook-signature' ? signature : undefined) };
	return readWebhook(delivery, keys, context(resource));
}

const now = () => `${new Date().toISOString().slice(0, 19)}+0000`;
const before = '2026-01-01T00:00:00+0000';

test.each([
	['invoice', 'invoice', { invoice: { invoice_id: '460000000026049', created_time: before, last_modified_time: now(), line_items: [] } }],
	['estimate', 'estimate', { estimate: { estimate_id: '460000000026049', created_time: before, last_modified_time: now(), line_items: [] } }],
	['item', 'item', { item: { item_id: '460000000026049', created_time: before, last_modified_time: now(), custom_fields: [] } }],
	['customerPayment', 'customerpayment', { payment: { payment_id: '460000000026049', created_time: before, updated_time: now(), invoices: [] } }],
	['customerPayment', 'customerpayment', { customer_payment: { payment_id: '460000000026049', created_time: before, updated_time: now(), invoices: [] } }],
	['customerPayment', 'customerpayment', { customerpayment: { payment_id: '460000000026049', created_time: before, updated_time: now(), invoices: [] } }],
])('a whole %s of this minute is used as it came (entity %s)', (resource, entity, payload) => {
	const [record] = Object.values(payload);
	expect(read(resource, entity, 'add_edit', payload)).toEqual([
		expect.objectContaining({ type: 'updated', resource, id: '460000000026049', organizationId: '7', record }),
	]);
});

test('a record without its lists is fetched', () => {
	const invoice = { invoice_id: '460000000026049', created_time: before, last_modified_time: now() };
	const [event] = read('invoice', 'invoice', 'add_edit', { invoice }) ?? [];
	expect(event).toMatchObject({ type: 'updated', id: '460000000026049' });
	expect(event?.record).toBeUndefined();
});

test('a payment that has not been changed since it was made is new', () => {
	const time = now();
	const payment = { payment_id: '460000000026049', created_time: time, updated_time: time, invoices: [] };
	expect(read('customerPayment', 'customerpayment', 'add_edit', { payment })).toEqual([expect.objectContaining({ type: 'created' })]);
});

test('a deleted invoice needs no more than its id', () => {
	expect(read('invoice', 'invoice', 'delete', { invoice_id: '460000000026049' })).toEqual([
		expect.objectContaining({ type: 'deleted', id: '460000000026049' }),
	]);
});

test('a delivery of another entity is not believed', () => {
	expect(read('invoice', 'estimate', 'add', { invoice: { invoice_id: '460000000026049' } })).toBeUndefined();
});
