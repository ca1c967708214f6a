import type { Address, Contact, Person } from './contacts.mts';
import type { BooksOrg } from './org.mts';
import { booksDate, booksTime, shownDate } from './times.mts';
import type { Json } from './values.mts';
import { shownFiles } from './files.mts';

/** Shapes of contacts as recorded from a live organization: a list row and a single contact differ a lot. */

const emptyPerson: Person['texts'] = {
	salutation: '',
	first_name: '',
	last_name: '',
	email: '',
	phone: '',
	mobile: '',
	designation: '',
	department: '',
	skype: '',
};

const primaryOf = (contact: Contact): Person | undefined =>
	contact.persons.find((person) => person.isPrimary);
export const primaryTexts = (contact: Contact | undefined): Person['texts'] =>
	(contact && primaryOf(contact)?.texts) ?? emptyPerson;

const text = (contact: Contact, name: string) => String(contact.fields[name] ?? '');
const flag = (contact: Contact, name: string) => contact.fields[name] === true;

/** Keys that both shapes share. */
function common(org: BooksOrg, contact: Contact): Json {
	const { first_name, last_name, email, phone, mobile } = primaryTexts(contact);
	const terms = typeof contact.fields['payment_terms'] === 'number' ? contact.fields['payment_terms'] : 0;
	const currency = org.currencyOf(text(contact, 'currency_id'));
	const custom = org.contacts.customFields.render(contact.custom);
	return {
		contact_id: contact.id,
		contact_name: contact.name,
		company_name: text(contact, 'company_name'),
		website: text(contact, 'website'),
		language_code: text(contact, 'language_code'),
		language_code_formatted: text(contact, 'language_code'),
		contact_type: contact.type,
		customer_sub_type: text(contact, 'customer_sub_type') || 'business',
		source: contact.source,
		is_linked_with_zohocrm: contact.zcrmAccountId !== '' || contact.zcrmContactId !== '',
		payment_terms: terms,
		payment_terms_id: org.paymentTermsId,
		payment_terms_label:
			text(contact, 'payment_terms_label') || (terms > 0 ? `Net ${terms}` : 'Due on Receipt'),
		currency_id: currency.id,
		currency_code: currency.code,
		twitter: text(contact, 'twitter'),
		facebook: text(contact, 'facebook'),
		outstanding_receivable_amount: 0,
		outstanding_receivable_amount_bcy: 0,
		outstanding_payable_amount: 0,
		outstanding_payable_amount_bcy: 0,
		unused_credits_receivable_amount: 0,
		unused_credits_receivable_amount_bcy: 0,
		unused_credits_payable_amount: 0,
		unused_credits_payable_amount_bcy: 0,
		first_name,
		last_name,
		email,
		phone,
		mobile,
		status: contact.active ? 'active' : 'inactive',
		portal_status: flag(contact, 'is_portal_enabled') ? 'enabled' : 'disabled',
		track_1099: flag(contact, 'track_1099'),
		ach_supported: false,
		created_time: booksTime(contact.createdAt, org.timeZone),
		last_modified_time: booksTime(contact.modifiedAt, org.timeZone),
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		...custom.flat,
		tags: contact.fields['tags'] ?? [],
	};
}

/** A row of `GET /contacts`. It has neither addresses, persons nor CRM ids. */
export function contactRow(org: BooksOrg, contact: Contact): Json {
	return {
		...common(org, contact),
		customer_name: contact.name,
		vendor_name: contact.name,
		contact_type_formatted: contact.type === 'customer' ? 'Customer' : 'Vendor',
		portal_status_formatted: flag(contact, 'is_portal_enabled') ? 'Enabled' : 'Disabled',
		created_time_formatted: shownDate(contact.createdAt, org.timeZone),
		last_modified_time_formatted: shownDate(contact.modifiedAt, org.timeZone),
		contactperson_custom_fields: [],
		has_attachment: false,
	};
}

/** A single contact, as GET, POST and PUT answer and as webhooks carry it. */
export function contactDetail(org: BooksOrg, contact: Contact): Json {
	const primary = primaryOf(contact);
	const currency = org.currencyOf(text(contact, 'currency_id'));
	return {
		...extras(contact),
		...common(org, contact),
		contact_tax_information: '',
		designation: primary?.texts.designation ?? '',
		department: primary?.texts.department ?? '',
		contact_salutation: primary?.texts.salutation ?? '',
		is_bcy_only_contact: currency.id === org.currency.id,
		is_credit_limit_migration_completed: true,
		photo_url: '',
		invited_by: '',
		is_client_review_asked: false,
		has_transaction: false,
		contact_relation_type: '',
		owner_id: text(contact, 'owner_id'),
		owner_name: '',
		documents: shownFiles(org, contact.id),
		is_crm_customer: contact.zcrmAccountId !== '' || contact.zcrmContactId !== '',
		primary_contact_id: primary?.id ?? '',
		zcrm_account_id: contact.zcrmAccountId,
		zcrm_contact_id: contact.zcrmContactId,
		crm_owner_id: '',
		credit_limit_exceeded_amount: 0,
		lock_details: { can_lock: false },
		locked_actions: [],
		lock_detail: { can_lock: true, custom_locks: [], system_locks: [] },
		currency_symbol: currency.symbol,
		price_precision: currency.places,
		exchange_rate: '',
		can_show_customer_ob: true,
		can_show_vendor_ob: true,
		opening_balance_amount: 0,
		opening_balance_amount_bcy: '',
		outstanding_ob_receivable_amount: 0,
		outstanding_ob_payable_amount: 0,
		unused_retainer_payments: 0,
		payment_reminder_enabled: true,
		is_sms_enabled: true,
		is_consent_agreed: false,
		consent_date: '',
		is_client_review_settings_enabled: false,
		tax_id_type: text(contact, 'tax_id_type'),
		tax_id_value: text(contact, 'tax_id_value'),
		tax_reg_label: '',
		account_id: '',
		account_name: '',
		contact_category: '',
		sales_channel: 'direct_sales',
		portal_receipt_count: 0,
		opening_balances: contact.fields['opening_balances'] ?? [],
		entity_address_id: contact.billing.address_id,
		billing_address: address(contact.billing),
		shipping_address: address(contact.shipping),
		contact_persons: contact.persons.map((person) => personInContact(person)),
		addresses: [],
		pricebook_id: text(contact, 'pricebook_id'),
		pricebook_name: '',
		default_templates: { ...noTemplates, ...(contact.fields['default_templates'] as Json | undefined) },
		associated_with_square: false,
		cards: [],
		checks: [],
		upi_mandates: [],
		bank_accounts: [],
		vpa_list: [],
		notes: text(contact, 'notes'),
		created_date: shownDate(contact.createdAt, org.timeZone),
		created_by_name: org.user.name,
		created_by_id: org.user.id,
		last_modified_by_id: org.user.id,
		zohopeople_client_id: '',
		customer_currency_summaries: [
			{
				currency_id: currency.id,
				currency_code: currency.code,
				currency_symbol: currency.symbol,
				price_precision: 2,
				is_base_currency: currency.id === org.currency.id,
				currency_name_formatted: currency.name,
				outstanding_receivable_amount: 0,
				unused_credits_receivable_amount: 0,
			},
		],
		approvers_list: [],
		submitted_date: '',
		submitted_by: '',
		submitted_by_name: '',
		submitted_by_email: '',
		submitted_by_photo_url: '',
		submitter_id: '',
		approver_id: '',
		integration_references: [],
	};
}

const shownElsewhere = new Set([
	'ignore_auto_number_generation',
	'is_portal_enabled',
	'default_templates',
	'currency_id',
]);

/** Fields of particular countries and settings: Zoho shows them where the organization has them; here, once they are set. */
function extras(contact: Contact): Json {
	return Object.fromEntries(Object.entries(contact.fields).filter(([name]) => !shownElsewhere.has(name)));
}

const address = ({ ...parts }: Address): Json => parts;

export function personInContact(person: Person): Json {
	return {
		contact_person_id: person.id,
		...person.texts,
		is_primary_contact: person.isPrimary,
		communication_preference: {
			is_email_enabled: true,
			is_sms_enabled: person.sms,
			is_whatsapp_enabled: person.whatsapp,
		},
		is_added_in_portal: person.inPortal,
		zcrm_contact_id: person.zcrmContactId,
		mobile_country_code: '',
		mobile_code_formatted: '',
		is_sms_enabled_for_cp: person.sms,
		can_invite: true,
		photo_url: '',
		is_portal_invitation_accepted: false,
	};
}

/** A contact person on its own. */
export function personDetail(org: BooksOrg, contact: Contact, person: Person): Json {
	return {
		contact_id: contact.id,
		contact_name: contact.name,
		...personInContact(person),
		currency_code: org.currencyOf(text(contact, 'currency_id')).code,
		created_date: booksDate(contact.createdAt, org.timeZone),
	};
}

const templates = [
	'statement_template',
	'invoice_template',
	'bill_template',
	'estimate_template',
	'creditnote_template',
	'paymentthankyou_template',
	'invoice_email_template',
	'estimate_email_template',
	'creditnote_email_template',
	'paymentthankyou_email_template',
	'payment_remittance_email_template',
];
const noTemplates: Json = Object.fromEntries(
	templates.flatMap((name) => [
		[`${name}_id`, ''],
		[`${name}_name`, ''],
	]),
);
