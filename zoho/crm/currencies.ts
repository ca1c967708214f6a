/** The currencies of a CRM organization. Source: CRM v8 "Get Currencies" (`GET /org/currencies`); several currencies start at the edition Enterprise. */

import type { ZohoClient } from '../client';
import { asObject, numberOf, objectsOf, text } from '../json';
import type { JsonObject, ZohoCall } from '../types';
import { crmRoot } from './read';

export interface CrmCurrency {
	isoCode: string;
	/** Units of it for one unit of the home currency (Books tells the inverse). */
	exchangeRate: number;
	/** Decimals of its amounts. */
	places: number;
	/** It is the home currency. */
	isHome: boolean;
	isActive: boolean;
}

/**
 * The currencies as CRM returns them: `id`, `iso_code`, `exchange_rate`, `is_base`, `is_active`, `format` …. Empty where the edition has but one currency: that is the
 * `iso_code` of `getOrg`.
 */
export async function listCurrencies(client: ZohoClient): Promise<JsonObject[]> {
	const call: ZohoCall = {
		method: 'GET',
		path: `${crmRoot}/org/currencies`,
		subject: 'the currencies',
		scope: 'ZohoCRM.settings.currencies.READ',
	};
	const { reply, error } = await client.attempt(call);
	if (error && error.intent !== 'unavailable') throw error;
	return objectsOf(asObject(reply?.body).currencies);
}

/** A row of `listCurrencies`, read. */
export function crmCurrency(row: JsonObject): CrmCurrency {
	const isoCode = text(row.iso_code);
	return {
		isoCode,
		exchangeRate: numberOf(row.exchange_rate) ?? 1,
		places: numberOf(asObject(row.format).decimal_places) ?? usualPlaces(isoCode),
		isHome: row.is_base === true,
		isActive: row.is_active !== false,
	};
}

/** Decimals that ISO 4217 gives a currency: 2 for most, none for JPY, 3 for KWD. */
export function usualPlaces(isoCode: string): number {
	try {
		const { maximumFractionDigits } = new Intl.NumberFormat('en', {
			style: 'currency',
			currency: isoCode,
		}).resolvedOptions();
		return maximumFractionDigits ?? 2;
	} catch {
		return 2;
	}
}
