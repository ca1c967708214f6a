import { isDebit, isMoney, shownType } from './accountTypes.mts';
import type { Account } from './accounts.mts';
import { balances, bookedKeys } from './balances.mts';
import type { BooksOrg } from './org.mts';
import { booksTime } from './times.mts';
import type { Json } from './values.mts';

/** Shapes of accounts as recorded from a live organization: as a row, as an answer to writes, and as a single one they differ a lot. */

const text = ({ fields }: Account, name: string) => String(fields[name] ?? '');

/** Keys of all three. */
const common = (org: BooksOrg, account: Account): Json => ({
	account_id: account.id,
	account_name: account.name,
	account_code: account.code,
	account_type: account.type,
	description: text(account, 'description'),
	is_active: account.active,
	parent_account_id: account.parentId,
	parent_account_name: org.accounts.nameOf(account.parentId),
	documents: [],
});

const times = (org: BooksOrg, account: Account): Json => ({
	created_time: booksTime(account.createdAt, org.timeZone),
	last_modified_time: booksTime(account.modifiedAt, org.timeZone),
});

/** A row of `GET /chartofaccounts`. As recorded, it says no to Zoho Expense even where the single account says yes. */
export function accountRow(org: BooksOrg, account: Account): Json {
	const children = org.accounts.childrenOf(account.id).length;
	return {
		...common(org, account),
		placeholder: account.placeholder,
		is_register_supported_account: false,
		is_user_created: account.isUser,
		is_system_account: account.isSystem,
		can_show_in_ze: false,
		depth: org.accounts.above(account).length,
		has_attachment: false,
		is_child_present: children > 0,
		child_count: children > 0 ? String(children) : '',
		is_standalone_account: false,
		...times(org, account),
	};
}

/** What writes answer. */
export function accountWritten(org: BooksOrg, account: Account): Json {
	const custom = org.customFields('account').render(account.custom);
	const { id, code } = org.currencyOf(account.currencyId);
	return {
		...common(org, account),
		...custom.flat,
		account_code_prefix: '',
		generation_number: '',
		status: account.active ? 'active' : 'inactive',
		account_type_formatted: shownType(account.type),
		currency_id: id,
		currency_code: code,
		can_show_in_ze: account.fields['can_show_in_ze'] === true,
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		is_standalone_account: false,
		opening_balances: [],
		...times(org, account),
	};
}

/** `GET /chartofaccounts/{id}`; recorded by NangoHQ/integration-templates: without currency and times. */
export function accountDetail(org: BooksOrg, account: Account): Json {
	return {
		...common(org, account),
		account_type_formatted: shownType(account.type),
		status: account.active ? 'active' : 'inactive',
		placeholder: account.placeholder,
		custom_fields: org.customFields('account').render(account.custom).list,
		is_system_account: account.isSystem,
		is_bulk_update_supported: true,
		is_register_supported_account: false,
		isdebit: isDebit(account.type),
		...bookedKeys(org, account),
	};
}

/** Of an account number the last four digits are shown. */
const masked = (number: string) => (number === '' ? '' : `xxxx${number.slice(-4)}`);

function bankCommon(org: BooksOrg, account: Account, balance: ReturnType<typeof balances>): Json {
	const { id, code } = org.currencyOf(account.currencyId);
	const { own, base } = balance(account);
	const hasBank = account.type !== 'cash';
	return {
		account_id: account.id,
		account_name: account.name,
		account_code: account.code,
		currency_id: id,
		currency_code: code,
		account_type: account.type,
		account_sub_type: 'commercial',
		uncategorized_transactions: 0,
		total_unprinted_checks: 0,
		is_active: account.active,
		balance: own,
		bank_balance: 0,
		bcy_balance: base,
		bank_name: text(account, 'bank_name'),
		feeds_last_refresh_date: '',
		is_direct_paypal: false,
		mfa_required: false,
		...(hasBank && {
			account_number: masked(text(account, 'account_number')),
			routing_number: text(account, 'routing_number'),
			is_primary_account: account.fields['is_primary_account'] === true,
			is_paypal_account: account.fields['is_paypal_account'] === true,
			partner_bank_source_formatted: '',
			partner_bank_source: '',
			payout_bank_name: '',
			is_beta_feed: false,
			consent_info: { consent_remaining_days: '', is_consent_expired: '' },
			feed_status: '',
		}),
	};
}

/** A row of `GET /bankaccounts`. */
export const bankRow = bankCommon;

/** A single bank account, as GET, POST and PUT answer. */
export function bankDetail(org: BooksOrg, account: Account): Json {
	const { symbol, places } = org.currencyOf(account.currencyId);
	const custom = org.customFields('account').render(account.custom);
	return {
		...bankCommon(org, account, balances(org)),
		account_code_prefix: '',
		generation_number: '',
		currency_symbol: symbol,
		price_precision: places,
		custom_fields: custom.list,
		custom_field_hash: custom.hash,
		last_import_duplicate_count: 0,
		institution_id: '',
		institution_name: '',
		is_pdf_password_stored: false,
		is_zlabs_supported: false,
		description: text(account, 'description'),
		can_show_in_ze: account.fields['can_show_in_ze'] === true,
		can_show_paypal_direct_integ_banner: false,
		is_feeds_owner: false,
		migrate_to_partner_bank: '',
		can_access_all_branches: true,
		can_access_all_locations: true,
		can_access_all_locations_of_bank_account: true,
		latest_transaction_date: '',
		sub_corporate_cards_count: '0',
		is_rule_update_required: false,
		is_undeposited_funds: account.id === org.accountIds.undeposited,
	};
}

/** Accounts that the list of bank accounts has. */
export const bankAccountsOf = (org: BooksOrg): Account[] =>
	[...org.accounts.byId.values()].filter(({ type }) => isMoney(type));
