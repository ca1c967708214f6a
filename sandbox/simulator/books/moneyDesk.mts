import type { DeskAction } from '../types.mts';
import { accountWritten, bankAccountsOf, bankDetail } from './accountRender.mts';
import { bankFields } from './accounts.mts';
import { shownCurrency } from './currencyRoutes.mts';
import { allKinds, type Kind, kinds, type Status } from './documentKinds.mts';
import { documentDetail } from './documentRender.mts';
import { expenseDetail } from './expenseRender.mts';
import { itemDetail } from './itemRender.mts';
import { journalDetail } from './journalRender.mts';
import type { BooksOrg } from './org.mts';
import { paymentDetail } from './paymentRender.mts';
import { customerSide, vendorSide } from './paymentSides.mts';
import { projectDetail } from './projectRender.mts';
import { shownTax } from './taxes.mts';
import type { Json } from './values.mts';
import { vendorPaymentDetail } from './vendorPaymentRender.mts';

/** A person's act on one record; answers the record's id. */
type Act = (org: BooksOrg, id: string, record: Json) => string;

/** A collection besides contacts: what its records are to webhooks, and what people do with them. */
interface Collection {
	/** Names that rules and payloads use; none for what has no rules. */
	entity?: string;
	key: string;
	idField: string;
	ids(org: BooksOrg): string[];
	detail(org: BooksOrg, id: string): Json;
	acts: Partial<Record<DeskAction['action'], Act>>;
}

function documents(kind: Kind): Collection {
	const { key, idField, moves } = kinds[kind];
	return {
		entity: kind,
		key,
		idField,
		ids: (org) => org.documents.of(kind).map(({ id }) => id),
		detail: (org, id) => documentDetail(org, org.documents.get(id, kind)),
		acts: {
			create: (org, _id, record) => org.documents.create(kind, record, 'user', true).id,
			update: (org, id, record) => org.documents.update(id, record, kind, true).id,
			delete: (org, id) => org.documents.remove(id, kind).id,
			...Object.fromEntries(
				(Object.keys(moves) as Status[]).map((state): [string, Act] => [
					state,
					(org, id) => org.documents.setStatus(id, state, kind).id,
				]),
			),
		},
	};
}

/** Accounts of the chart, or those of banks alone. */
const accounts = (
	given: Pick<Collection, 'key' | 'ids' | 'detail'>,
	fields?: typeof bankFields,
): Collection => ({
	...given,
	idField: 'account_id',
	acts: {
		create: (org, _id, record) => org.accounts.create(record, fields).id,
		update: (org, id, record) => org.accounts.update(id, record, fields).id,
		delete: (org, id) => org.accounts.remove(id).id,
		active: (org, id) => org.accounts.setActive(id, true).id,
		inactive: (org, id) => org.accounts.setActive(id, false).id,
	},
});

/** Of customers, or to vendors. */
function payments(store: 'payments' | 'vendorPayments', detail: typeof paymentDetail): Collection {
	const { entity, key, refund } = store === 'payments' ? customerSide : vendorSide;
	return {
		entity,
		key,
		idField: 'payment_id',
		ids: (org) => [...org[store].byId.keys()],
		detail: (org, id) => detail(org, org[store].get(id)),
		acts: {
			create: (org, _id, record) => org[store].create({ payment_mode: 'cash', ...record }).id,
			update: (org, id, record) => org[store].update(id, record).id,
			delete: (org, id) => org[store].remove(id).id,
			refund: (org, id, record) => {
				const usual = { date: org.today(), [refund.account]: org.accountIds.undeposited };
				org[store].saveRefund(id, { ...usual, ...record });
				return id;
			},
		},
	};
}

const collections: Record<string, Collection> = {
	chartofaccounts: accounts({
		key: 'chart_of_account',
		ids: (org) => [...org.accounts.byId.keys()],
		detail: (org, id) => accountWritten(org, org.accounts.get(id)),
	}),
	bankaccounts: accounts(
		{
			key: 'bankaccount',
			ids: (org) => bankAccountsOf(org).map(({ id }) => id),
			detail: (org, id) => bankDetail(org, org.accounts.get(id)),
		},
		bankFields,
	),
	journals: {
		key: 'journal',
		idField: 'journal_id',
		ids: (org) => org.journals.all().map(({ id }) => id),
		detail: (org, id) => journalDetail(org, org.journals.get(id)),
		acts: {
			create: (org, _id, record) => org.journals.create({ journal_date: org.today(), ...record }).id,
			update: (org, id, record) =>
				org.journals.update(id, { journal_date: org.journals.get(id).date, ...record }).id,
			delete: (org, id) => org.journals.remove(id).id,
			published: (org, id) => org.journals.setStatus(id, 'published').id,
		},
	},
	expenses: {
		key: 'expense',
		idField: 'expense_id',
		ids: (org) => [...org.expenses.byId.keys()],
		detail: (org, id) => expenseDetail(org, org.expenses.get(id)),
		acts: {
			create: (org, _id, record) => org.expenses.create({ date: org.today(), ...record }).id,
			update: (org, id, record) => org.expenses.update(id, record).id,
			delete: (org, id) => org.expenses.remove(id).id,
		},
	},
	items: {
		entity: 'item',
		key: 'item',
		idField: 'item_id',
		ids: (org) => [...org.items.byId.keys()],
		detail: (org, id) => itemDetail(org, org.items.get(id)),
		acts: {
			create: (org, _id, record) => org.items.create(record, 'user').id,
			update: (org, id, record) => org.items.update(id, record).id,
			delete: (org, id) => org.items.remove(id).id,
			active: (org, id) => org.items.setActive(id, true).id,
			inactive: (org, id) => org.items.setActive(id, false).id,
		},
	},
	...Object.fromEntries(allKinds.map((kind) => [kinds[kind].list, documents(kind)])),
	customerpayments: payments('payments', paymentDetail),
	vendorpayments: payments('vendorPayments', vendorPaymentDetail),
	projects: {
		key: 'project',
		idField: 'project_id',
		ids: (org) => [...org.projects.byId.keys()],
		detail: (org, id) => projectDetail(org, org.projects.get(id)),
		acts: {
			create: (org, _id, record) => org.projects.create(record).id,
			update: (org, id, record) => org.projects.update(id, record).id,
			delete: (org, id) => org.projects.remove(id).id,
			active: (org, id) => org.projects.setActive(id, true).id,
			inactive: (org, id) => org.projects.setActive(id, false).id,
		},
	},
	taxes: {
		key: 'tax',
		idField: 'tax_id',
		ids: (org) => [...org.taxes.byId.keys()],
		detail: (org, id) => shownTax(org.taxes.get(id)),
		acts: {
			// A group, where `taxes` names its parts.
			create: (org, _id, record) =>
				('tax_group_name' in record ? org.taxes.createGroup(record) : org.taxes.create(record)).id,
			update: (org, id, record) => org.taxes.update(id, record).id,
			delete: (org, id) => {
				org.taxes.remove(org.taxes.get(id));
				return id;
			},
		},
	},
	currencies: {
		key: 'currency',
		idField: 'currency_id',
		ids: (org) => [...org.currencyStore.byId.keys()],
		detail: (org, id) => shownCurrency(org, org.currencyStore.get(id)),
		acts: {
			create: (org, _id, record) => org.currencyStore.create(record).id,
			/** `rate`, from `effective_date` on, is a new exchange rate. */
			update: (org, id, record) => {
				if ('rate' in record) org.currencyStore.saveRate(id, record);
				return org.currencyStore.update(id, record).id;
			},
			delete: (org, id) => {
				org.currencyStore.remove(id);
				return id;
			},
		},
	},
};

/** Throws for a collection that there is not. */
export function collectionOf(name: string): Collection {
	const found = Object.hasOwn(collections, name) ? collections[name] : undefined;
	if (!found) throw new Error(`The sandbox's Books has no ${name}.`);
	return found;
}

/** Does what a person does; answers the record's id. Throws what Books would complain of. */
export function actOnCollection(
	org: BooksOrg,
	{ collection, action, id = '', record = {} }: DeskAction,
): string {
	const act = collectionOf(collection).acts[action];
	if (!act) throw new Error(`The sandbox's Books cannot do "${action}" with ${collection}.`);
	return act(org, id, record);
}
