import { type Exact, exact, minus, plus, rounded, sum, times, toNumber } from '../crm/exact.mts';
import { isDebit } from './accountTypes.mts';
import type { Account } from './accounts.mts';
import { entriesOf } from './ledger.mts';
import type { Entry } from './ledgerEntry.mts';
import { moneyText } from './moneyText.mts';
import type { BooksOrg } from './org.mts';
import { shownDate } from './times.mts';
import { quotient } from './totals.mts';
import type { Json } from './values.mts';

const zero = exact(0);

/** What a record books on an account, in its own currency and in the base currency; nothing for most. */
interface Booked {
	entry: Entry;
	amount: Exact;
	base: Exact;
}

function bookedOn(org: BooksOrg, accountId: string, entries: readonly Entry[]): Booked[] {
	return entries.flatMap((entry) => {
		const own = entry.postings.filter(([id]) => id === accountId).map(([, amount]) => amount);
		const amount = sum(own);
		const base = rounded(times(amount, exact(entry.rate)), org.currency.places);
		return amount.units === 0n ? [] : [{ entry, amount, base }];
	});
}

/** Debits less credits: in the base currency, and in the account's own, where what is in another currency counts by today's rate. */
function balanceOf(org: BooksOrg, account: Account, entries: readonly Entry[]): { own: Exact; base: Exact } {
	const booked = bookedOn(org, account.id, entries);
	const base = sum(booked.map((one) => one.base));
	if (account.currencyId === org.currency.id) return { own: base, base };
	const { places } = org.currencyOf(account.currencyId);
	const rate = exact(org.currencyStore.rateOn(account.currencyId, org.today()));
	const own = booked
		.map((one) =>
			one.entry.currencyId === account.currencyId ? one.amount : quotient(one.base, rate, places),
		)
		.reduce(plus, zero);
	return { own, base };
}

/** As it is shown: what makes more of the account counts up. */
const shown = ({ type }: Account, debits: Exact): Exact => (isDebit(type) ? debits : minus(zero, debits));

/** Balances of many accounts; the entries are read once, when the first is asked for. */
export function balances(org: BooksOrg): (account: Account) => { own: number; base: number } {
	let entries: readonly Entry[] | undefined;
	return (account) => {
		entries ??= entriesOf(org);
		const { own, base } = balanceOf(org, account, entries);
		return { own: toNumber(shown(account, own)), base: toNumber(shown(account, base)) };
	};
}

/** A row of `transactions` of a single account: one for each record. */
function transaction(org: BooksOrg, { entry, amount, base }: Booked): Json {
	const side = (
		isOwn: boolean,
		name: string,
		of: Exact,
		currency: { symbol: string; places: number },
	): Json => {
		const size = of.units < 0n ? minus(zero, of) : of;
		return {
			[name]: isOwn ? toNumber(size) : '',
			[`${name}_formatted`]: isOwn ? moneyText(currency, size) : '',
		};
	};
	const isCredit = amount.units < 0n;
	const foreign = org.currencyOf(entry.currencyId);
	return {
		date: entry.date,
		date_formatted: shownDate(Date.parse(entry.date), 'UTC'),
		transaction_id: entry.recordId,
		entity_type: entry.type,
		entity_type_formatted: entry.name,
		reference_number: entry.reference,
		customer_id: entry.contactId,
		customer_name: org.contacts.byId.get(entry.contactId)?.name ?? '',
		...side(!isCredit, 'debit', base, org.currency),
		...side(isCredit, 'credit', base, org.currency),
		...side(!isCredit, 'fcy_debit', amount, foreign),
		...side(isCredit, 'fcy_credit', amount, foreign),
	};
}

/** What a single account tells of its transactions, as recorded. */
export function bookedKeys(org: BooksOrg, account: Account): Json {
	const entries = entriesOf(org);
	const booked = bookedOn(org, account.id, entries);
	const closing = shown(account, balanceOf(org, account, entries).base);
	return {
		is_involved_in_transaction: booked.length > 0,
		transactions: booked.map((one) => transaction(org, one)),
		closing_balance: toNumber(closing),
		closing_balance_formatted: moneyText(org.currency, closing),
	};
}
