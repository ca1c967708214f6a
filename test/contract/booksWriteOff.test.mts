/** What is given up of invoices of the simulated Books, also against Zoho's OpenAPI file. */

import { writeOffRoutes } from '../../sandbox/simulator/books/writeOffRoutes.mts';
import { describeWhere } from '../support/where.mts';
import { startMoney } from './booksMoneySupport.mts';
import { filesArePresent, OpenapiChecker } from './booksOpenapiChecker.mts';
import { routesAgainst } from './booksOpenapiRoutes.mts';

/** A sent invoice of 100. */
async function setUp(options: Parameters<typeof startMoney>[0] = {}) {
	const money = startMoney(options);
	const buyer = await money.customer();
	const { invoice_id } = await money.invoice(buyer, [{ name: 'Work', rate: 100 }]);
	const path = `/invoices/${invoice_id}`;
	const post = (below: string) => money.refusal('POST', path + below);
	const standing = async () => {
		const { status, balance, write_off_amount } = await money.getInvoice(String(invoice_id));
		return [status, balance, write_off_amount] as unknown[];
	};
	await post('/status/sent');
	return { ...money, buyer, invoice_id, path, post, standing };
}

test('what is due is written off, counts as paid, and is due again when that is cancelled', async () => {
	const { payment, buyer, invoice_id, post, standing, list } = await setUp();
	await payment(buyer, 30, [{ invoice_id, amount_applied: 30 }]);
	expect(await post('/writeoff')).toEqual([200, 0]);
	expect(await standing()).toEqual(['paid', 0, 70]);
	expect((await list('/invoices', { status: 'paid' }))[0]).toMatchObject({
		write_off_amount: 70,
		balance: 0,
	});
	expect(await post('/writeoff')).toEqual([400, 4040]);
	expect(await post('/writeoff/cancel')).toEqual([200, 0]);
	expect(await standing()).toEqual(['partially_paid', 70, 0]);
	expect(await post('/writeoff/cancel')).toEqual([400, 4041]);
});

test('a payment that is taken off makes its part due again, the rest stays written off', async () => {
	const { call, payment, buyer, invoice_id, post, standing } = await setUp();
	const made = await payment(buyer, 30, [{ invoice_id, amount_applied: 30 }]);
	await post('/writeoff');
	await call('DELETE', `/customerpayments/${made['payment_id']}`);
	expect(await standing()).toEqual(['partially_paid', 30, 70]);
	expect(await post('/writeoff')).toEqual([200, 0]);
	expect(await standing()).toEqual(['paid', 0, 100]);
});

test('drafts, void and paid invoices cannot be written off', async () => {
	const { invoice, call, payment, buyer, invoice_id, path, post, refusal } = await setUp();
	const draft = await invoice(buyer, [{ name: 'Work', rate: 1 }]);
	expect(await refusal('POST', `/invoices/${draft['invoice_id']}/writeoff`)).toEqual([400, 4040]);
	const made = await payment(buyer, 100, [{ invoice_id, amount_applied: 100 }]);
	expect(await post('/writeoff')).toEqual([400, 4040]);
	await call('DELETE', `/customerpayments/${made['payment_id']}`);
	await call('POST', `${path}/status/void`);
	expect(await post('/writeoff')).toEqual([400, 4040]);
	expect(await refusal('POST', '/invoices/7/writeoff')).toEqual([404, 1002]);
});

test('what is written off can be neither paid, deleted nor void, until that is cancelled', async () => {
	const { buyer, invoice_id, path, post, refusal, call } = await setUp();
	await post('/writeoff');
	const invoices = [{ invoice_id, amount_applied: 1 }];
	const money = { customer_id: buyer, payment_mode: 'cash', date: '2026-03-01', amount: 1, invoices };
	expect(await refusal('POST', '/customerpayments', money)).toEqual([400, 24016]);
	expect(await refusal('DELETE', path)).toEqual([400, 4026]);
	expect(await post('/status/void')).toEqual([400, 4039]);
	await post('/writeoff/cancel');
	expect((await call('DELETE', path)).status).toBe(200);
});

describeWhere(filesArePresent(['invoices.yml']), "Zoho's OpenAPI file is not beside the project")(
	"write-offs of the simulated Books against Zoho's OpenAPI file",
	() => {
		let checker: OpenapiChecker;

		beforeAll(async () => {
			checker = new OpenapiChecker(['invoices.yml']);
			// What else the file has of invoices is compared elsewhere.
			const { post } = await setUp({
				seen: (method, path, ...rest) => {
					if (path.includes('/writeoff')) checker.seen(method, path, ...rest);
				},
			});
			await post('/writeoff');
			await post('/writeoff/cancel');
		});

		routesAgainst(() => checker, writeOffRoutes, []);
	},
);
