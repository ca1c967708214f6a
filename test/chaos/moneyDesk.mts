import { cents, MoneyDesk as Till } from '../../sandbox/check/money.mts';
import { textAt, type Item, type Pair } from '../../sandbox/check/pair.mts';
import { itemPlaces, marks, markOf } from './fields.mts';
import type { Journal } from './journal.mts';
import { standingOf } from './standing.mts';
import type { Act, Line } from './types.mts';

type MoneyAct = Extract<
	Act,
	{ do: 'item' | 'deal' | 'winDeal' | 'invoice' | 'invoiceLines' | 'void' | 'pay' | 'unpay' }
>;

const taxRate = 19;

/** The people who sell and keep the books. Each act answers false where nobody is there any more to do it with. */
export class MoneyDesk {
	readonly #pair: Pair;
	readonly #journal: Journal;
	readonly #till: Till;

	constructor(pair: Pair, journal: Journal) {
		this.#pair = pair;
		this.#journal = journal;
		this.#till = new Till(pair);
	}

	act(step: MoneyAct): boolean {
		switch (step.do) {
			case 'item':
				return this.#item(step);
			case 'deal':
				return this.#deal(step.deal, step.company);
			case 'winDeal':
				return this.#win(step.deal, step.amount);
			case 'invoice':
				return this.#invoice(step);
			case 'invoiceLines':
				return this.#changeLines(step.invoice, step.lines);
			case 'void':
				return this.#void(step.invoice);
			case 'pay':
				return this.#pay(step);
			case 'unpay':
				return this.#unpay(step.payment);
		}
	}

	#item({ system, item, rate }: Extract<Act, { do: 'item' }>): boolean {
		const { seed } = this.#journal;
		const values: Record<string, string | number> = { name: `Item ${seed}-${item}`, rate };
		const typed = Object.entries(values).map(([field, value]) => [itemPlaces[field]?.[system] ?? '', value]);
		const record = { ...Object.fromEntries(typed), [marks.item[system]]: markOf(seed, item) } as Item;
		if (system === 'books') this.#till.item(record);
		else this.#pair.createInCrm('Products', record);
		this.#journal.enter(item, system, { name: String(values.name), rate: String(rate) });
		return true;
	}

	#deal(deal: string, company: string): boolean {
		const account = this.#standing(company, 'crm');
		if (!account) return false;
		const made = this.#till.deal(`Deal ${this.#journal.seed}-${deal}`, { Account_Name: { id: account.id } });
		this.#journal.money.set(deal, textAt(made, 'id'));
		return true;
	}

	#win(deal: string, amount: number): boolean {
		const id = this.#journal.money.get(deal);
		if (id === undefined) return false;
		this.#pair.updateInCrm('Deals', id, { Stage: 'Closed Won', Amount: amount });
		this.#journal.won.add(id);
		return true;
	}

	#invoice({ invoice, company, deal, lines }: Extract<Act, { do: 'invoice' }>): boolean {
		const customer = this.#standing(company, 'books');
		if (!customer) return false;
		const dealId = deal === undefined ? undefined : this.#journal.money.get(deal);
		const made = this.#till.invoice(textAt(customer, 'contact_id'), {
			line_items: this.#lines(lines),
			...(dealId !== undefined && { zcrm_potential_id: dealId }),
		});
		this.#journal.money.set(invoice, textAt(made, 'invoice_id'));
		return true;
	}

	#changeLines(invoice: string, lines: readonly Line[]): boolean {
		const id = this.#journal.money.get(invoice);
		if (id === undefined) return false;
		this.#till.updateInvoice(id, { line_items: this.#lines(lines) });
		return true;
	}

	#void(invoice: string): boolean {
		const id = this.#journal.money.get(invoice);
		if (id === undefined) return false;
		this.#till.voidInvoice(id);
		return true;
	}

	#pay({ payment, invoice, part }: Extract<Act, { do: 'pay' }>): boolean {
		const id = this.#journal.money.get(invoice);
		if (id === undefined) return false;
		const { customer_id, balance } = this.#till.invoiceNow(id);
		const amount = Math.round(cents(balance) * part) / 100;
		if (amount === 0) return false;
		const made = this.#till.pay(String(customer_id), amount, { [id]: amount });
		this.#journal.money.set(payment, textAt(made, 'payment_id'));
		return true;
	}

	#unpay(payment: string): boolean {
		const id = this.#journal.money.get(payment);
		if (id === undefined) return false;
		const delivery = this.#pair.simulator.world.deliveries.log.length;
		this.#till.deletePayment(id);
		this.#journal.money.delete(payment);
		this.#journal.gonePayments.push({ id, delivery, at: Date.now() });
		return true;
	}

	/** The record of somebody of the script in one system, where it has arrived there. */
	#standing(who: string, system: 'books' | 'crm'): Item | undefined {
		const entry = this.#journal.present(who);
		return entry && standingOf(this.#pair, entry)[system][0];
	}

	/** A line of an item that Books does not have yet becomes one of free text. */
	#lines(lines: readonly Line[]): Item[] {
		return lines.map(({ item, quantity, rate, taxed }): Item => {
			const record = item === undefined ? undefined : this.#standing(item, 'books');
			return {
				...(record ? { item_id: record.item_id } : { name: 'By the hour', description: 'Free text' }),
				quantity,
				rate,
				...(taxed && { tax_id: this.#till.tax(taxRate) }),
			};
		});
	}
}
