import { cents } from '../money.mts';
import { textAt } from '../pair.mts';
import { holds, same } from '../scene.mts';
import type { Step } from '../step.mts';
import {
	agreed,
	customerWithDeal,
	dealAmounts,
	inCrm,
	moneyTime,
	paymentInCrm,
	simpleInvoice,
	simpleInvoices,
} from './moneyScene.mts';

export const paymentPartial: Step = {
	name: 'payment_partial',
	proves: 'A payment of a part brings Invoice and Deal up to date, and is kept as a record of its own.',
	async run(scene) {
		const customer = await customerWithDeal(scene, 'Leibniz Wheels', 'gottfried@leibniz-wheels.example');
		const { desk, customerId, dealId } = customer;
		const id = await simpleInvoice(scene, customer, 200);
		const payment = textAt(desk.pay(customerId, 100, { [id]: 100 }), 'payment_id');
		await agreed(scene, customer, [id]);
		same('paid in CRM, in cents', inCrm(desk, id).paid, 10_000);
		same('the state in CRM', inCrm(desk, id).state, 'partially_paid');
		same('the Deal: invoiced, paid, due', dealAmounts(desk, dealId), [23_800, 10_000, 13_800]);
		const kept = paymentInCrm(desk, payment);
		same('amount and rest of the payment', [cents(kept.Amount), cents(kept.Unused_Amount)], [10_000, 0]);
		same('the invoices of the payment', textAt(kept, 'Zoho_Books_Invoice_IDs'), id);
	},
};

export const paymentOverThreeInvoices: Step = {
	name: 'payment_over_three_invoices',
	proves: 'One payment over three invoices settles two of them and a part of the third, once.',
	async run(scene) {
		const customer = await customerWithDeal(scene, 'Pascal Adders', 'blaise@pascal-adders.example');
		const { desk, customerId, dealId } = customer;
		const ids = await simpleInvoices(scene, customer, [100, 50, 30]);
		const [first = '', second = '', third = ''] = ids;
		const spent = { [first]: 119, [second]: 59.5, [third]: 10 };
		const payment = textAt(desk.pay(customerId, 188.5, spent), 'payment_id');
		await agreed(scene, customer, ids);
		same(
			'the states in CRM',
			ids.map((id) => inCrm(desk, id).state),
			['paid', 'paid', 'partially_paid'],
		);
		same('the Deal: invoiced, paid, due', dealAmounts(desk, dealId), [21_420, 18_850, 2_570]);
		const listed = textAt(paymentInCrm(desk, payment), 'Zoho_Books_Invoice_IDs').split(',');
		same('the invoices of the payment', listed.map((id) => id.trim()).sort(), [...ids].sort());
	},
};

export const paymentRefunded: Step = {
	name: 'payment_refunded',
	proves: 'What a customer paid too much is kept as not used, and as refunded when it was given back.',
	async run(scene) {
		const customer = await customerWithDeal(scene, 'Napier Bones', 'john@napier-bones.example');
		const { desk, customerId } = customer;
		const id = await simpleInvoice(scene, customer, 100);
		const payment = textAt(desk.pay(customerId, 150, { [id]: 119 }), 'payment_id');
		await agreed(scene, customer, [id]);
		const standing = () => {
			const [kept] = desk.linked('Books_Payments', payment);
			return [cents(kept?.Amount), cents(kept?.Unused_Amount), cents(kept?.Refunded_Amount)].join();
		};
		same('amount, not used, refunded', standing(), '15000,3100,0');
		desk.refund(payment, 31);
		await scene.eventually('the refund in CRM', () => standing() === '15000,0,3100', standing, moneyTime);
		await agreed(scene, customer, [id]);
		same('the state of the invoice in CRM', inCrm(desk, id).state, 'paid');
		same('amount, not used, refunded', standing(), '15000,0,3100');
	},
};

export const paymentDeleted: Step = {
	name: 'payment_deleted',
	proves: 'A payment deleted in Books is taken back: its record is cancelled, and Invoice and Deal are as before.',
	async run(scene) {
		const customer = await customerWithDeal(scene, 'Hamilton Turns', 'william@hamilton-turns.example');
		const { desk, customerId, dealId } = customer;
		const id = await simpleInvoice(scene, customer, 100);
		const before = dealAmounts(desk, dealId);
		const payment = textAt(desk.pay(customerId, 60, { [id]: 60 }), 'payment_id');
		await agreed(scene, customer, [id]);
		const record = paymentInCrm(desk, payment).id;
		desk.deletePayment(payment);
		await scene.eventually(
			'the record of the payment without link',
			() => desk.linked('Books_Payments', payment).length === 0,
			() => desk.linked('Books_Payments', payment),
			moneyTime,
		);
		await agreed(scene, customer, [id]);
		const cancelled = desk.pair.crm('Books_Payments').find((one) => one.id === record);
		same('the amount of the record', cents(cancelled?.Amount), 0);
		same('paid in CRM', inCrm(desk, id).paid, 0);
		same("the Deal's amounts", dealAmounts(desk, dealId), before);
	},
};

export const paymentDeliveredTwice: Step = {
	name: 'payment_delivered_twice',
	proves: 'A payment whose webhook arrives twice counts once.',
	async run(scene) {
		const customer = await customerWithDeal(scene, 'Boole Gates', 'george@boole-gates.example');
		const { desk, customerId, dealId } = customer;
		const id = await simpleInvoice(scene, customer, 100);
		const count = scene.simulator.world.deliveries.log.length;
		const restore = scene.misbehave({ on: 'delivery', service: 'books', what: 'double', times: -1 });
		const payment = textAt(desk.pay(customerId, 40, { [id]: 40 }), 'payment_id');
		restore();
		const sent = scene.simulator.world.deliveries.log.slice(count);
		holds('two deliveries of the payment', sent.length === 2, sent);
		await agreed(scene, customer, [id]);
		same('the Deal: invoiced, paid, due', dealAmounts(desk, dealId), [11_900, 4_000, 7_900]);
		same('the amount of the record', cents(paymentInCrm(desk, payment).Amount), 4_000);
	},
};
