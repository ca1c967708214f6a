/** In which currency CRM is to keep an invoice of Books. Pure. */

import type { JsonObject } from '../../sync/types';
import { usualPlaces, type CrmCurrency } from '../../zoho/crm/currencies';
import { numberOf, text } from '../../zoho/json';

export interface KnownCurrencies {
	/** Of the CRM organization; empty where the edition has but one. */
	currencies: CrmCurrency[];
	/** Code of CRM's home currency. */
	home: string;
	/** Code of the Books organization's base currency; '' when nobody told. */
	booksBase: string;
}

export type InvoiceCurrency =
	| {
			/** Fields of the CRM record; none where all records have the one currency. */
			currency: { Currency?: string; Exchange_Rate?: number };
			places: number;
	  }
	| { problem: string };

/** CRM keeps nine decimals of a rate. */
const ratePlaces = 9;

/**
 * Books' rate is base units for one foreign unit, CRM's the other way round, so it is carried over only where both systems count in the same currency; else CRM uses its own.
 */
export function invoiceCurrency(invoice: JsonObject, known: KnownCurrencies): InvoiceCurrency {
	const { currencies, home } = known;
	const code = text(invoice.currency_code).trim();
	if (code === '') return { problem: 'The invoice does not tell its currency ("currency_code").' };
	const own = currencies.find(({ isoCode }) => isoCode === code);
	const places = own?.places ?? usualPlaces(code);
	if (currencies.length < 2) {
		if (code === home) return { currency: {}, places };
		return {
			problem: `The invoice is in ${code}, but Zoho CRM knows ${home || 'one currency'} only. Add ${code} under Setup > General > Company Details > Currencies in Zoho CRM (from the edition Enterprise on), then save the invoice again.`,
		};
	}
	if (!own?.isActive) {
		const state = own ? 'is switched off in' : 'is not known to';
		const remedy = own ? 'Activate' : 'Add';
		return {
			problem: `The currency ${code} of the invoice ${state} Zoho CRM. ${remedy} it under Setup > General > Company Details > Currencies in Zoho CRM, then save the invoice again.`,
		};
	}
	const rate = rateFor(invoice, code, known);
	return { currency: { Currency: code, ...(rate !== undefined && { Exchange_Rate: rate }) }, places };
}

function rateFor(
	invoice: JsonObject,
	code: string,
	{ home, booksBase }: KnownCurrencies,
): number | undefined {
	const rate = numberOf(invoice.exchange_rate);
	if (rate === undefined || rate <= 0) return undefined;
	// An invoice tells its rate, not its base: only a rate of 1 gives that away.
	const base = booksBase || (rate === 1 ? code : '');
	return base === home ? Number((1 / rate).toFixed(ratePlaces)) : undefined;
}
