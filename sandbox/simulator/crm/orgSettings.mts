import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { refuse } from './errors.mts';
import { includes } from './modules.mts';
import type { CrmCurrency } from './money.mts';
import type { CrmOrg } from './org.mts';
import { renderUser } from './render.mts';
import { writeTime } from './times.mts';

/** Currencies and profiles. Source: Zoho's OpenAPI files for currencies and profiles (repository zoho/crm-oas, v8.0). */

export const currencyName = (isoCode: string) =>
	new Intl.DisplayNames('en', { type: 'currency' }).of(isoCode) ?? isoCode;

export const currencySymbol = (isoCode: string) =>
	new Intl.NumberFormat('en', { style: 'currency', currency: isoCode, currencyDisplay: 'narrowSymbol' })
		.formatToParts(0)
		.find(({ type }) => type === 'currency')?.value ?? isoCode;

/** Who made and changed what came with the organization, and when. */
const origin = (org: CrmOrg) => ({
	created_time: writeTime(org.createdAt, org.timeZone),
	modified_time: writeTime(org.createdAt, org.timeZone),
	created_by: renderUser(org, org.users[0].id, false),
	modified_by: renderUser(org, org.users[0].id, false),
});

const currencyJson = (org: CrmOrg, currency: CrmCurrency) => ({
	...origin(org),
	id: currency.id,
	iso_code: currency.isoCode,
	name: currencyName(currency.isoCode),
	symbol: currencySymbol(currency.isoCode),
	prefix_symbol: true,
	is_active: currency.active,
	is_base: currency === org.money.home,
	exchange_rate: currency.rate.toFixed(9),
	format: {
		decimal_separator: 'Period',
		thousand_separator: 'Comma',
		decimal_places: String(currency.places),
	},
});

/** `GET /org/currencies` and `GET /org/currencies/{id}`; 204 while the organization has but its home currency. */
export function listCurrencies({ org }: CrmCall, id?: string): SimResponse {
	if (!includes(org.edition, 'enterprise')) {
		refuse(
			400,
			'FEATURE_NOT_SUPPORTED',
			'The multi-currency feature is not available except the Enterprise and higher editions.',
			{},
		);
	}
	const shown = org.money.currencies.filter((currency) => id === undefined || currency.id === id);
	if (shown.length === 0) return { status: 204 };
	return { status: 200, json: { currencies: shown.map((currency) => currencyJson(org, currency)) } };
}

/** `GET /settings/profiles` and `GET /settings/profiles/{id}`. */
export function listProfiles({ org }: CrmCall, id?: string): SimResponse {
	const shown = org.profiles.filter((profile) => id === undefined || profile.id === id);
	if (shown.length === 0) return { status: 204 };
	return {
		status: 200,
		json: {
			profiles: shown.map((profile) => ({
				...origin(org),
				id: profile.id,
				name: profile.name,
				display_label: profile.name,
				description: '',
				custom: false,
				category: false,
				type: 'normal_profile',
				permissions_details: [],
				sections: [],
			})),
		},
	};
}
