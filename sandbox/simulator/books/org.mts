import type { DeskAction, Location, Switches, TenantOptions } from '../types.mts';
import type { RecordChange, World } from '../world.mts';
import { AccountStore } from './accounts.mts';
import { type Contact, ContactStore, type Person } from './contacts.mts';
import { type Currency, CurrencyStore } from './currencies.mts';
import { type CustomFieldEntity, CustomFields } from './customFields.mts';
import { type Kind, kinds, ofEachKind } from './documentKinds.mts';
import { type Payers, payersOf } from './documentPayments.mts';
import { DocumentStore } from './documents.mts';
import { refuse } from './errors.mts';
import { ExpenseStore } from './expenses.mts';
import { HookBook } from './hooks.mts';
import { ItemStore } from './items.mts';
import { JournalStore } from './journals.mts';
import { Limits, type Plan } from './limits.mts';
import { actOnCollection, collectionOf } from './moneyDesk.mts';
import { PaymentStore } from './payments.mts';
import { customerSide, type PaymentSide, vendorSide } from './paymentSides.mts';
import { ProjectStore } from './projects.mts';
import { contactDetail, personDetail } from './render.mts';
import { TaxStore } from './taxes.mts';
import { booksDate } from './times.mts';
import type { Json } from './values.mts';

const home: Record<Location, { currency: string; timeZone: string; country: string; countryName: string }> = {
	us: { currency: 'USD', timeZone: 'America/New_York', country: 'US', countryName: 'U.S.A' },
	eu: { currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', countryName: 'Germany' },
	in: { currency: 'INR', timeZone: 'Asia/Kolkata', country: 'IN', countryName: 'India' },
	au: { currency: 'AUD', timeZone: 'Australia/Sydney', country: 'AU', countryName: 'Australia' },
	jp: { currency: 'JPY', timeZone: 'Asia/Tokyo', country: 'JP', countryName: 'Japan' },
	ca: { currency: 'CAD', timeZone: 'America/Toronto', country: 'CA', countryName: 'Canada' },
	cn: { currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN', countryName: 'China' },
	sa: { currency: 'SAR', timeZone: 'Asia/Riyadh', country: 'SA', countryName: 'Saudi Arabia' },
	uk: { currency: 'GBP', timeZone: 'Europe/London', country: 'GB', countryName: 'United Kingdom' },
	ae: { currency: 'AED', timeZone: 'Asia/Dubai', country: 'AE', countryName: 'United Arab Emirates' },
};

const plans: readonly Plan[] = ['free', 'standard', 'professional', 'premium', 'elite', 'ultimate'];
const planNames: Record<Plan, string> = {
	free: 'Free',
	standard: 'Standard',
	professional: 'Professional',
	premium: 'Premium',
	elite: 'Elite',
	ultimate: 'Ultimate',
};

export type BooksOptions = NonNullable<TenantOptions['books']>;

/** One Books organization: its contacts, webhooks, rules and used-up calls. */
export class BooksOrg {
	readonly location: Location;
	readonly organizationId: string;
	readonly name: string;
	readonly plan: Plan;
	readonly timeZone: string;
	readonly currencyStore: CurrencyStore;
	readonly paymentTermsId: string;
	readonly user: { id: string; name: string; email: string };
	readonly createdAt: number;
	readonly contacts: ContactStore;
	readonly taxes: TaxStore;
	readonly items: ItemStore;
	readonly documents: DocumentStore;
	readonly payments: PaymentStore;
	readonly vendorPayments: PaymentStore;
	readonly projects: ProjectStore;
	readonly inclusiveTax: boolean;
	readonly taxRounding: 'item_level' | 'entity_level';
	readonly accounts: AccountStore;
	readonly journals: JournalStore;
	readonly expenses: ExpenseStore;
	/** Accounts that records name where nobody chooses one. */
	readonly accountIds: Record<'sales' | 'undeposited' | 'receivable' | 'payable' | 'goods', string>;
	readonly templateIds: Record<Kind | 'payment', string>;
	readonly unitId: string;
	readonly #customFields: Record<Exclude<CustomFieldEntity, 'contact'>, CustomFields>;
	readonly hooks: HookBook;
	readonly limits: Limits;
	readonly #nativeCrmSync: boolean;
	readonly #world: World;

	constructor(world: World, location: Location, options: BooksOptions) {
		this.#world = world;
		this.location = location;
		this.organizationId = options.organizationId ?? String(60_000_000_000 + Number(world.newId().slice(-6)));
		this.name = options.name ?? 'Aurora Trading';
		this.plan = options.plan ?? 'professional';
		this.timeZone = options.timeZone ?? home[location].timeZone;
		const surroundings = { now: () => world.now(), newId: () => world.newId(), timeZone: this.timeZone };
		this.currencyStore = new CurrencyStore(
			{
				...surroundings,
				isUsed: (id) => this.documents.uses(id) || this.#isNamed(id) || this.accounts.uses(id),
			},
			options.currency ?? home[location].currency,
			options.exchangeRates,
		);
		this.paymentTermsId = world.newId();
		this.user = { id: world.newId(), name: 'Patricia Boyle', email: 'patricia.boyle@example.com' };
		this.createdAt = world.now();
		this.#nativeCrmSync = options.nativeCrmSync ?? false;
		this.contacts = new ContactStore(
			{
				...surroundings,
				get addressReplaces() {
					return world.switches.addressReplaces;
				},
				isUsed: (id) => this.documents.uses(id) || this.#isNamed(id),
			},
			options.customFields ?? [],
		);
		const customFields = (entity: CustomFieldEntity) =>
			new CustomFields(options.customFields ?? [], surroundings.newId, entity);
		this.#customFields = {
			item: customFields('item'),
			...ofEachKind(customFields),
			customerpayment: customFields('customerpayment'),
			vendorpayment: customFields('vendorpayment'),
			project: customFields('project'),
			account: customFields('account'),
			journal: customFields('journal'),
			expense: customFields('expense'),
		};
		this.inclusiveTax = options.inclusiveTax ?? false;
		this.taxRounding = options.taxRounding ?? 'entity_level';
		this.accounts = new AccountStore({
			...surroundings,
			customFields: this.#customFields.account,
			currencies: this.currencyStore,
			isUsed: (id) => this.documents.uses(id) || this.items.uses(id) || this.#isNamed(id),
		});
		this.accountIds = {
			sales: this.accounts.idOf('Sales'),
			undeposited: this.accounts.idOf('Undeposited Funds'),
			receivable: this.accounts.idOf('Accounts Receivable'),
			payable: this.accounts.idOf('Accounts Payable'),
			goods: this.accounts.idOf('Cost of Goods Sold'),
		};
		this.templateIds = { ...ofEachKind(() => world.newId()), payment: world.newId() };
		this.unitId = world.newId();
		const isTaxUsed = (id: string) =>
			this.documents.uses(id) || this.items.uses(id) || this.journals.uses(id) || this.expenses.uses(id);
		this.taxes = new TaxStore({ ...surroundings, isTaxUsed }, options.taxes);
		this.items = new ItemStore({
			...surroundings,
			customFields: this.#customFields.item,
			taxExists: (id) => this.taxes.byId.has(id),
			account: this.accounts.named.bind(this.accounts),
			isUsed: (id) => this.documents.uses(id),
		});
		const money = {
			...surroundings,
			currencyOf: (id: string) => (id === '' ? this.currency : this.currencyStore.get(id)),
			rateOn: (id: string, day: string) => this.currencyStore.rateOn(id, day),
		};
		this.documents = new DocumentStore({
			...money,
			inclusiveTax: this.inclusiveTax,
			taxRounding: this.taxRounding,
			get discountWithTax() {
				return world.switches.discountWithTax;
			},
			customFields: (kind) => this.#customFields[kind],
			contactOf: (id) => this.contacts.byId.get(id),
			itemOf: (id) => this.items.byId.get(id),
			taxOf: (id) => this.taxes.byId.get(id),
			account: this.accounts.named.bind(this.accounts),
			hasProject: (id) => this.projects.byId.has(id),
			checkExpense: (id, invoice) => this.expenses.refuseUnbillable(id, invoice.customerId, invoice.id),
			release: (id) => {
				for (const payment of this.payments.release(id))
					this.noted('customerpayments', 'update', payment.id, 'effect');
			},
		});
		const paymentsOf = (side: PaymentSide) =>
			new PaymentStore(
				{
					...money,
					customFields: this.#customFields[side.entity],
					currencyOfContact: (id) => this.#currencyOfContact(id, kinds[side.kind].party),
					document: (id) => this.documents.get(id, side.kind),
					balance: (document) => this.documents.balance(document),
					settle: (id, applied, lastDate) => {
						this.documents.settle(id, applied, lastDate);
						this.noted(kinds[side.kind].list, 'update', id, 'effect');
					},
					account: (name, value, before) =>
						(value ?? '') === '' ? this.accountIds.undeposited : this.accounts.named(name, value, before).id,
				},
				side,
			);
		this.payments = paymentsOf(customerSide);
		this.vendorPayments = paymentsOf(vendorSide);
		this.projects = new ProjectStore({
			...money,
			userId: this.user.id,
			customFields: this.#customFields.project,
			contactOf: (id) => this.contacts.byId.get(id),
			isUsed: (id) => this.documents.ofProject(id).length > 0,
		});
		const ledger = {
			...money,
			account: this.accounts.named.bind(this.accounts),
			contactOf: (id: string) => this.contacts.byId.get(id),
			taxOf: (id: string) => this.taxes.byId.get(id),
		};
		this.journals = new JournalStore({ ...ledger, customFields: this.#customFields.journal });
		this.expenses = new ExpenseStore({
			...ledger,
			taxRounding: this.taxRounding,
			customFields: this.#customFields.expense,
			invoiceOf: (id) => this.documents.invoiceOf(id),
		});
		this.hooks = new HookBook(world, this);
		this.limits = new Limits(this.plan, this.timeZone);
	}

	/** The payments that pay such documents. */
	payersOf(kind: 'invoice' | 'bill'): Payers {
		return payersOf(this, kind === 'invoice' ? this.payments : this.vendorPayments);
	}

	get switches(): Switches {
		return this.#world.switches;
	}

	/** The base currency. */
	get currency(): Currency {
		return this.currencyStore.base;
	}

	get currencies(): readonly Currency[] {
		return [...this.currencyStore.byId.values()];
	}

	/** By id; the base currency for one that there is not. */
	currencyOf(id: string): Currency {
		return this.currencyStore.byId.get(id) ?? this.currency;
	}

	/** '' for one that there is not. */
	accountName(id: string): string {
		return this.accounts.nameOf(id);
	}

	customFields(entity: CustomFieldEntity): CustomFields {
		return entity === 'contact' ? this.contacts.customFields : this.#customFields[entity];
	}

	now(): number {
		return this.#world.now();
	}

	newId(): string {
		return this.#world.newId();
	}

	/** By the organization's calendar. */
	today(): string {
		return booksDate(this.now(), this.timeZone);
	}

	/** Workflow rules come with the Professional plan and above. */
	get hasWorkflowRules(): boolean {
		return plans.indexOf(this.plan) >= plans.indexOf('professional');
	}

	/** Tells whoever must know that a contact was changed: the live view, and workflow rules unless the change came by import. */
	changed(action: RecordChange['action'], contact: Contact, by: RecordChange['by'], silent = false): void {
		if (action === 'create' && this.#nativeCrmSync) this.#linkWithCrm(contact);
		this.#world.announce({
			system: 'books',
			location: this.location,
			organization: this.organizationId,
			collection: 'contacts',
			id: contact.id,
			action,
			by,
		});
		if (!silent) this.hooks.fire(action, contact);
	}

	/** As `changed`, for records of the other collections. What a change of one does to another, as a payment to its invoice, fires the other one's rules by switch only. */
	noted(
		collection: string,
		action: RecordChange['action'],
		id: string,
		by: RecordChange['by'] | 'effect',
		silent = false,
	): void {
		const { entity, key, idField, detail } = collectionOf(collection);
		this.#world.announce({
			system: 'books',
			location: this.location,
			organization: this.organizationId,
			collection,
			id,
			action,
			by: by === 'effect' ? 'api' : by,
		});
		const fires =
			!silent && entity !== undefined && (by !== 'effect' || this.switches.paymentFiresInvoiceRule);
		if (fires)
			this.hooks.fireFor(entity, key, action, id, () =>
				action === 'delete' ? { [idField]: id } : detail(this, id),
			);
	}

	#currencyOfContact(id: string, type: Contact['type']): Currency {
		const contact = this.contacts.get(id);
		if (contact.type !== type)
			refuse(404, 1002, `${type === 'customer' ? 'Customer' : 'Vendor'} does not exist.`);
		return this.currencyOf(String(contact.fields['currency_id'] ?? ''));
	}

	/** Whether a payment, project, journal or expense names the contact, currency or account. */
	#isNamed(id: string): boolean {
		return [this.payments, this.vendorPayments, this.projects, this.journals, this.expenses].some((store) =>
			store.uses(id),
		);
	}

	/** The native Books–CRM integration has brought the contact to CRM. */
	#linkWithCrm(contact: Contact): void {
		if (contact.fields['customer_sub_type'] === 'individual') contact.zcrmContactId = this.#world.newId();
		else contact.zcrmAccountId = this.#world.newId();
		for (const person of contact.persons) person.zcrmContactId = this.#world.newId();
	}

	/** All records of a collection (`contacts`, `contactpersons`), oldest first. */
	records(collection: string): Json[] {
		const contacts = [...this.contacts.byId.values()];
		if (collection === 'contacts') return contacts.map((contact) => contactDetail(this, contact));
		if (collection !== 'contactpersons') {
			const { ids, detail } = collectionOf(collection);
			return ids(this).map((id) => detail(this, id));
		}
		return contacts.flatMap((contact) =>
			contact.persons.map((person) => personDetail(this, contact, person)),
		);
	}

	/** What a person does in Books' own screens. Throws a BooksRefusal with Books' complaint when it is not possible. */
	desk(action: DeskAction): Json {
		if (action.collection === 'contacts') return this.#deskContact(action);
		if (action.collection === 'contactpersons') return this.#deskPerson(action);
		const { detail, idField } = collectionOf(action.collection);
		const id = actOnCollection(this, action);
		const change = action.action === 'create' || action.action === 'delete' ? action.action : 'update';
		this.noted(action.collection, change, id, 'desk', action.silent);
		return change === 'delete' ? { [idField]: id } : detail(this, id);
	}

	#deskContact({ action, id = '', record = {}, silent }: DeskAction): Json {
		const change = plain(action);
		const contact =
			action === 'create'
				? this.contacts.create(record, 'user')
				: action === 'update'
					? this.contacts.update(id, record)
					: this.contacts.remove(id);
		this.changed(change, contact, 'desk', silent);
		return action === 'delete' ? { contact_id: contact.id } : contactDetail(this, contact);
	}

	#deskPerson({ action, id = '', parent = '', record = {}, silent }: DeskAction): Json {
		const done: { contact: Contact; person: Person } =
			action === 'create'
				? this.contacts.addPerson(parent, record)
				: action === 'update'
					? this.contacts.updatePerson(id, record)
					: this.contacts.removePerson(id);
		this.changed('update', done.contact, 'desk', silent);
		return action === 'delete'
			? { contact_person_id: done.person.id }
			: personDetail(this, done.contact, done.person);
	}

	/** A row of `GET /organizations`, as recorded. */
	row(isFirst: boolean): Json {
		const place = home[this.location];
		return {
			organization_id: this.organizationId,
			name: this.name,
			contact_name: this.user.name,
			email: this.user.email,
			is_default_org: isFirst,
			language_code: 'en',
			fiscal_year_start_month: '1',
			account_created_date: booksDate(this.createdAt, this.timeZone),
			time_zone: this.timeZone,
			is_dst_active: true,
			date_format: 'MM/dd/yyyy',
			field_separator: ',',
			industry_type: 'Technology',
			industry_size: '1-10',
			company_id_label: '',
			company_id_value: '',
			tax_id_label: '',
			tax_id_value: '',
			currency_id: this.currency.id,
			currency_code: this.currency.code,
			currency_symbol: this.currency.symbol,
			currency_format: '###,##0.00',
			price_precision: this.currency.places,
			plan_type: plans.indexOf(this.plan) + 1,
			plan_name: planNames[this.plan],
			plan_period: 'Month',
			country_code: place.country,
			country_name: place.countryName,
			portal_name: this.name.toLowerCase().replace(/[^a-z0-9]/g, ''),
			org_settings: { is_org_active: true },
		};
	}

	/** `GET /organizations/{id}`: the row, with addresses and the month by its name. */
	detail(isFirst: boolean): Json {
		const address = {
			street_address1: '',
			street_address2: '',
			city: '',
			state: '',
			country: home[this.location].countryName,
			zip: '',
		};
		return {
			...this.row(isFirst),
			fiscal_year_start_month: 'january',
			org_address: '',
			remit_to_address: '',
			phone: '',
			fax: '',
			website: '',
			is_org_active: true,
			address,
			custom_fields: [],
			org_joined_app_list: this.#nativeCrmSync ? ['books', 'crm'] : ['books'],
		};
	}
}

/** Contacts can only be made, changed and deleted. */
function plain(action: DeskAction['action']): 'create' | 'update' | 'delete' {
	if (action === 'create' || action === 'update' || action === 'delete') return action;
	throw new Error(`The sandbox's Books cannot do "${action}" with contacts.`);
}

export const noSuchOrganization = (id: string): never =>
	refuse(400, 6041, `This user is not associated with the CompanyID/CompanyName:${id}.`);
