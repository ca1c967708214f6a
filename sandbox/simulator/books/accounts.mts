import { defaultAccounts } from './accountDefaults.mts';
import { isAccountType, isAtBank } from './accountTypes.mts';
import type { Currency } from './currencies.mts';
import type { CustomFields } from './customFields.mts';
import { invalid, refuse } from './errors.mts';
import type { Kind } from './fields.mts';
import { type Json, readText, readValue } from './values.mts';

export interface Account {
	id: string;
	name: string;
	code: string;
	type: string;
	currencyId: string;
	parentId: string;
	/** Other fields as they were set, those of bank accounts among them. */
	fields: Json;
	/** Field id → value. */
	custom: Map<string, unknown>;
	/** Books' own word for an account that somebody made: `gl_` and its first name. */
	placeholder: string;
	active: boolean;
	isSystem: boolean;
	isUser: boolean;
	createdAt: number;
	modifiedAt: number;
}

/** Settable fields besides name, code, type, currency and parent, after Zoho's OpenAPI file chart-of-accounts.yml. */
export const ledgerFields: Record<string, { kind: Kind; most?: number }> = {
	description: { kind: 'text' },
	show_on_dashboard: { kind: 'boolean' },
	can_show_in_ze: { kind: 'boolean' },
	include_in_vat_return: { kind: 'boolean' },
};
/** What bank accounts have besides name, code, type and currency, after bank-accounts.yml. */
export const bankFields: Record<string, { kind: Kind; most?: number }> = {
	description: { kind: 'text' },
	account_number: { kind: 'text' },
	bank_name: { kind: 'text' },
	routing_number: { kind: 'text' },
	is_primary_account: { kind: 'boolean' },
	is_paypal_account: { kind: 'boolean' },
	paypal_type: { kind: 'text' },
	paypal_email_address: { kind: 'text' },
};

/** What accounts need of the organization. */
export interface AccountSurroundings {
	now(): number;
	newId(): string;
	readonly customFields: CustomFields;
	readonly currencies: {
		readonly base: Currency;
		get(id: string): Currency;
		withCode(code: string): Currency | undefined;
	};
	/** Whether an item or a transaction names the account. */
	isUsed(id: string): boolean;
}

/**
 * The accounts of one organization: https://www.zoho.com/books/api/v3/chart-of-accounts and /bank-accounts; a bank account is one of them. Zoho's codes for refusals are not known:
 * those from 11000 on are made up.
 */
export class AccountStore {
	readonly byId = new Map<string, Account>();
	/** Ids of those that Books made, by their first names. */
	readonly #made = new Map<string, string>();
	readonly #org: AccountSurroundings;

	constructor(org: AccountSurroundings) {
		this.#org = org;
		for (const { name, type, isSystem, isUser } of defaultAccounts) {
			const account = { ...this.#blank(), name, type, isSystem, isUser };
			this.byId.set(account.id, account);
			this.#made.set(name, account.id);
		}
	}

	/** Refuses with 404 code 1002 when there is none. */
	get(id: string): Account {
		return this.byId.get(id) ?? refuse(404, 1002, 'Account does not exist.');
	}

	/** One that Books made, by its first name. */
	idOf(name: string): string {
		const id = this.#made.get(name);
		if (id === undefined) throw new Error(`Books makes no account ${name}.`);
		return id;
	}

	nameOf(id: string): string {
		return this.byId.get(id)?.name ?? '';
	}

	/** The account that a transaction names: it must be there, and active. One that the transaction named before stays. */
	named(field: string, value: unknown, before = ''): Account {
		const account = this.get(readText(field, value) || invalid(field));
		if (!account.active && account.id !== before)
			refuse(400, 11005, `The account "${account.name}" is inactive.`);
		return account;
	}

	create(body: Json, fields = ledgerFields): Account {
		const account = { ...this.#blank(), isUser: true, fields: { can_show_in_ze: true } };
		this.#apply(account, { account_name: undefined, account_type: undefined, ...body }, fields);
		account.placeholder = `gl_${account.name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
		this.byId.set(account.id, account);
		return account;
	}

	/** Changes what the body names. */
	update(id: string, body: Json, fields = ledgerFields): Account {
		const draft = structuredClone(this.get(id));
		this.#apply(draft, body, fields);
		draft.modifiedAt = this.#org.now();
		this.byId.set(id, draft);
		return draft;
	}

	remove(id: string): Account {
		const account = this.get(id);
		if (account.isSystem) refuse(400, 11003, 'Accounts of the system cannot be deleted.');
		if (this.#org.isUsed(id) || this.childrenOf(id).length > 0)
			refuse(
				400,
				11004,
				'Accounts that are used in transactions, items or other accounts cannot be deleted.',
			);
		this.byId.delete(id);
		return account;
	}

	/** Those that Books needs stay active, it is assumed. */
	setActive(id: string, active: boolean): Account {
		const account = this.get(id);
		if (account.isSystem && !active) refuse(400, 11003, 'Accounts of the system cannot be made inactive.');
		account.active = active;
		account.modifiedAt = this.#org.now();
		return account;
	}

	childrenOf(id: string): Account[] {
		return [...this.byId.values()].filter(({ parentId }) => parentId === id);
	}

	/** The accounts above it, the nearest first. */
	above({ parentId }: Account): Account[] {
		const parent = this.byId.get(parentId);
		return parent ? [parent, ...this.above(parent)] : [];
	}

	/** Whether an account is in the currency. */
	uses(currencyId: string): boolean {
		return [...this.byId.values()].some((account) => account.currencyId === currencyId);
	}

	#blank(): Account {
		const now = this.#org.now();
		return {
			id: this.#org.newId(),
			name: '',
			code: '',
			type: '',
			currencyId: this.#org.currencies.base.id,
			parentId: '',
			fields: {},
			custom: new Map(),
			placeholder: '',
			active: true,
			isSystem: false,
			isUser: false,
			createdAt: now,
			modifiedAt: now,
		};
	}

	#apply(account: Account, body: Json, fields: typeof ledgerFields): void {
		if ('account_name' in body)
			account.name = readText('account_name', body['account_name']) || invalid('account_name');
		if ('account_code' in body) account.code = readText('account_code', body['account_code']);
		if ('account_type' in body)
			this.#setType(account, readText('account_type', body['account_type']), fields);
		this.#setCurrency(account, body);
		for (const [name, spec] of Object.entries(fields))
			if (name in body) account.fields[name] = readValue(name, spec, body[name]);
		if (!['', 'standard', 'adaptive'].includes(String(account.fields['paypal_type'] ?? '')))
			invalid('paypal_type');
		const others = [...this.byId.values()].filter(({ id }) => id !== account.id);
		const key = account.name.toLowerCase();
		if (others.some(({ name }) => name.toLowerCase() === key))
			refuse(400, 11001, `The account "${account.name}" already exists.`);
		if (account.code !== '' && others.some(({ code }) => code.toLowerCase() === account.code.toLowerCase()))
			refuse(400, 11002, `The account code "${account.code}" already exists.`);
		if (fields === ledgerFields && 'parent_account_id' in body)
			account.parentId = this.#readParent(account, readText('parent_account_id', body['parent_account_id']));
		if (fields === ledgerFields && 'custom_fields' in body) {
			const values = others.map(({ custom }) => custom);
			this.#org.customFields.apply(account.custom, body['custom_fields'], values);
		}
		// There is one primary account, it is assumed.
		if (body['is_primary_account'] === true)
			for (const other of others)
				if (other.fields['is_primary_account']) other.fields['is_primary_account'] = false;
	}

	/** What an account is does not change once it is used, nor what Books needs it for: assumed. */
	#setType(account: Account, type: string, fields: typeof ledgerFields): void {
		const isKept = type !== '' && type === account.type;
		if (!isKept && !(fields === bankFields ? isAtBank(type) : isAccountType(type))) invalid('account_type');
		if (account.type !== '' && type !== account.type && (account.isSystem || this.#org.isUsed(account.id)))
			refuse(400, 11006, `The type of the account "${account.name}" cannot be changed.`);
		account.type = type;
	}

	#setCurrency(account: Account, body: Json): void {
		const code = readText('currency_code', body['currency_code']);
		const id = readText('currency_id', body['currency_id']);
		if (id === '' && code === '') return;
		const currency =
			id === ''
				? (this.#org.currencies.withCode(code) ?? invalid('currency_code'))
				: this.#org.currencies.get(id);
		if (currency.id !== account.currencyId && this.#org.isUsed(account.id))
			refuse(400, 11007, `The currency of the account "${account.name}" cannot be changed.`);
		account.currencyId = currency.id;
	}

	/** An account below another is of its type, and not above it. */
	#readParent(account: Account, id: string): string {
		if (id === '') return '';
		const parent = this.get(id);
		const isAround = [parent, ...this.above(parent)].some((one) => one.id === account.id);
		return parent.type === account.type && !isAround ? id : invalid('parent_account_id');
	}
}
