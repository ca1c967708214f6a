import { type Comment, systemComment } from './comments.mts';
import type { Currency } from './currencies.mts';
import type { CustomFields } from './customFields.mts';
import { invalid, refuse } from './errors.mts';
import { type ExpenseLine, expenseTotals, readExpenseLines } from './expenseLines.mts';
import type { LineSurroundings } from './journalLines.mts';
import { moneyText } from './moneyText.mts';
import { readDay } from './times.mts';
import type { DocumentTotals } from './totals.mts';
import { type Json, readText, readValue } from './values.mts';

export interface Expense {
	id: string;
	date: string;
	/** `paid_through_account_id` */
	paidId: string;
	lines: ExpenseLine[];
	/** Amounts include tax. */
	inclusive: boolean;
	reference: string;
	description: string;
	/** The customer is to pay for it. */
	isBillable: boolean;
	customerId: string;
	vendorId: string;
	projectId: string;
	currencyId: string;
	/** Units of the base currency for one of the expense's. */
	rate: number;
	/** Field id → value. */
	custom: Map<string, unknown>;
	comments: Comment[];
	createdAt: number;
	modifiedAt: number;
}

/** What expenses need of the organization. */
export interface ExpenseSurroundings extends LineSurroundings {
	now(): number;
	readonly taxRounding: 'item_level' | 'entity_level';
	readonly customFields: CustomFields;
	/** Refuses an unknown one; the base currency for ''. */
	currencyOf(id: string): Currency;
	rateOn(currencyId: string, day: string): number;
	/** The invoice that has the expense, other than a void one. */
	invoiceOf(expenseId: string): { id: string; number: string } | undefined;
}

/** The expenses of one organization: https://www.zoho.com/books/api/v3/expenses. Zoho's codes for refusals are not known: those from 14000 on are made up. */
export class ExpenseStore {
	readonly byId = new Map<string, Expense>();
	readonly #org: ExpenseSurroundings;

	constructor(org: ExpenseSurroundings) {
		this.#org = org;
	}

	/** Refuses with 404 code 1002 when there is none. */
	get(id: string): Expense {
		return this.byId.get(id) ?? refuse(404, 1002, 'Expense does not exist.');
	}

	create(body: Json): Expense {
		for (const name of ['date', 'account_id', 'amount', 'paid_through_account_id'])
			if ((body[name] ?? '') === '') invalid(name);
		const now = this.#org.now();
		const expense: Expense = {
			id: this.#org.newId(),
			date: '',
			paidId: '',
			lines: [],
			inclusive: false,
			reference: '',
			description: '',
			isBillable: false,
			customerId: '',
			vendorId: '',
			projectId: '',
			currencyId: '',
			rate: 1,
			custom: new Map(),
			comments: [],
			createdAt: now,
			modifiedAt: now,
		};
		this.#apply(expense, body);
		const total = moneyText(this.currency(expense), this.totals(expense).total);
		expense.comments.push(systemComment(`Expense created for ${total}`, this.#org));
		this.byId.set(expense.id, expense);
		return expense;
	}

	/** Changes what the body names. What an invoice has taken over stays: assumed. */
	update(id: string, body: Json): Expense {
		const before = this.get(id);
		const draft = structuredClone(before);
		this.#apply(draft, body);
		const isOther = draft.customerId !== before.customerId || draft.isBillable !== before.isBillable;
		if (isOther && this.#org.invoiceOf(id))
			refuse(400, 14002, 'The customer of an expense that is invoiced cannot be changed.');
		draft.comments.push(systemComment('Expense updated.', this.#org));
		draft.modifiedAt = this.#org.now();
		this.byId.set(id, draft);
		return draft;
	}

	remove(id: string): Expense {
		const expense = this.get(id);
		if (this.#org.invoiceOf(id)) refuse(400, 14003, 'Expenses that are invoiced cannot be deleted.');
		this.byId.delete(id);
		return expense;
	}

	statusOf({ id, isBillable }: Expense): 'nonbillable' | 'unbilled' | 'invoiced' {
		return this.#org.invoiceOf(id) ? 'invoiced' : isBillable ? 'unbilled' : 'nonbillable';
	}

	invoiceOf({ id }: Expense): { id: string; number: string } | undefined {
		return this.#org.invoiceOf(id);
	}

	/** An invoice can have an expense that its customer is to pay, and that no other one has. */
	refuseUnbillable(id: string, customerId: string, invoiceId: string): void {
		const expense = this.get(id);
		const invoice = this.#org.invoiceOf(id);
		const isFree = expense.isBillable && expense.customerId === customerId;
		if (!isFree || (invoice && invoice.id !== invoiceId))
			refuse(400, 14004, 'The expense cannot be billed to this customer.');
	}

	currency(expense: Expense): Currency {
		return this.#org.currencyOf(expense.currencyId);
	}

	totals(expense: Expense): DocumentTotals {
		const { places } = this.currency(expense);
		return expenseTotals(expense.lines, expense.inclusive, this.#org.taxRounding, places);
	}

	/** Whether an expense names the account, contact, tax, project or currency. */
	uses(id: string): boolean {
		return [...this.byId.values()].some(
			({ paidId, customerId, vendorId, projectId, currencyId, lines }) =>
				[paidId, customerId, vendorId, projectId, currencyId].includes(id) ||
				lines.some(({ accountId, tax }) => [accountId, tax?.id].includes(id)),
		);
	}

	#apply(expense: Expense, body: Json): void {
		const has = (name: string) => name in body;
		const text = (name: string) => readText(name, body[name]);
		const flag = (name: string) => readValue(name, { kind: 'boolean' }, body[name]) === true;
		if (has('date')) expense.date = readDay('date', body['date']) || invalid('date');
		this.#setMoney(expense, body);
		expense.lines = readExpenseLines(body, expense.lines, this.currency(expense).places, this.#org);
		if (expense.lines.some(({ accountId }) => accountId === expense.paidId))
			invalid('paid_through_account_id');
		if (has('is_inclusive_tax')) expense.inclusive = flag('is_inclusive_tax');
		if (has('reference_number')) expense.reference = text('reference_number');
		if (has('description')) expense.description = text('description');
		if (has('project_id')) expense.projectId = text('project_id');
		if (has('customer_id')) expense.customerId = this.#contact('customer', text('customer_id'));
		if (has('vendor_id')) expense.vendorId = this.#contact('vendor', text('vendor_id'));
		if (has('is_billable')) expense.isBillable = flag('is_billable');
		if (expense.isBillable && expense.customerId === '')
			refuse(400, 14001, 'Select the customer who is to pay for the expense.');
		if (!has('custom_fields')) return;
		const others = [...this.byId.values()].filter(({ id }) => id !== expense.id);
		const values = others.map(({ custom }) => custom);
		this.#org.customFields.apply(expense.custom, body['custom_fields'], values);
	}

	/** As recorded, an expense is in the currency of the account that pays it. */
	#setMoney(expense: Expense, body: Json): void {
		const before = expense.currencyId;
		if ('paid_through_account_id' in body) {
			const field = 'paid_through_account_id';
			const account = this.#org.account(field, body[field], expense.paidId);
			if (account.id !== expense.paidId) expense.currencyId = account.currencyId;
			expense.paidId = account.id;
		}
		if ('currency_id' in body && readText('currency_id', body['currency_id']) !== '')
			expense.currencyId = this.#org.currencyOf(readText('currency_id', body['currency_id'])).id;
		if (expense.currencyId !== before) expense.rate = this.#org.rateOn(expense.currencyId, expense.date);
		if (!('exchange_rate' in body)) return;
		const rate = readValue('exchange_rate', { kind: 'number' }, body['exchange_rate']);
		expense.rate = typeof rate === 'number' && rate > 0 ? rate : invalid('exchange_rate');
	}

	#contact(type: 'customer' | 'vendor', id: string): string {
		if (id !== '' && this.#org.contactOf(id)?.type !== type)
			refuse(404, 1002, `${type === 'customer' ? 'Customer' : 'Vendor'} does not exist.`);
		return id;
	}
}
