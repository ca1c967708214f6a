/** What the invoices of a Deal add up to. */

import { decimalOf, divided, numberFrom, toAmount, usualPlaces, type Amount, type Decimal } from './decimal';
import { counts } from './ledger';
import type { DealTotals, Ledger, LedgerEntry } from './types';

/** Sums are exact to so many decimals, whatever the currencies. */
const places = 4;

/**
 * The sums in the Deal's currency. An invoice in another one is converted by its own rate where the Deal is in Books' base currency, and rounded as an amount of that; there is no other rate to go
 * by. Where nobody told Books' base currency, an invoice of the rate 1 gives it away.
 */
export function dealTotals(
	ledger: Ledger,
	{ dealCurrency, booksCurrency }: { dealCurrency: string; booksCurrency: string },
): DealTotals | { problem: string } {
	const entries = Object.values(ledger).filter(counts);
	const isForeign = ({ currency }: LedgerEntry) => currency !== '' && currency !== dealCurrency;
	const base = booksCurrency || entries.find(({ base: rate }) => rate === 1)?.currency || '';
	const lost = entries.filter((entry) => isForeign(entry) && (dealCurrency !== base || entry.base <= 0));
	if (lost.length > 0) {
		const numbers = lost.map(({ number, currency }) => `${number} (${currency})`).join(', ');
		return {
			problem: `The Deal is in ${dealCurrency || 'an unknown currency'}, but there is no rate from these invoices to it: ${numbers}. Give the Deal the currency of its invoices.`,
		};
	}
	const amountOf = (entry: LedgerEntry, value: number): Amount => {
		const amount = decimalOf(value) ?? 0n;
		return isForeign(entry) ? converted(amount, entry, usualPlaces(dealCurrency)) : toAmount(amount, places);
	};
	const sum = (field: 'total' | 'paid' | 'balance') =>
		numberFrom(
			entries.reduce((all: Amount, entry) => all + amountOf(entry, entry[field]), 0n),
			places,
		);
	return { Amount_Invoiced: sum('total'), Amount_Paid: sum('paid'), Balance_Due: sum('balance') };
}

function converted(amount: Decimal, { base }: LedgerEntry, decimals: number): Amount {
	const exact = divided(amount * (decimalOf(base) ?? 0n), decimalOf(1) ?? 1n);
	return toAmount(exact, decimals) * 10n ** BigInt(places - decimals);
}
