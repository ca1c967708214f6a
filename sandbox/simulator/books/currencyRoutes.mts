import type { Currency, ExchangeRate } from './currencies.mts';
import type { BooksOrg } from './org.mts';
import { type BooksRoute, id, page, paging, success } from './route.mts';
import type { Json } from './values.mts';

const formats: Record<number, string> = { 0: '1,234,567', 2: '1,234,567.89', 3: '1,234,567.899' };

export function shownCurrency(org: BooksOrg, currency: Currency): Json {
	return {
		currency_id: currency.id,
		currency_code: currency.code,
		currency_name: currency.name,
		currency_symbol: currency.symbol,
		price_precision: currency.places,
		currency_format: formats[currency.places] ?? formats[2],
		is_base_currency: currency.id === org.currency.id,
	};
}

function row(org: BooksOrg, currency: Currency): Json {
	const last = org.currencyStore.ratesOf(currency.id).at(-1);
	return {
		...shownCurrency(org, currency),
		exchange_rate: last?.rate ?? 0,
		effective_date: last?.effectiveDate ?? '',
	};
}

const shownRate = (org: BooksOrg, rate: ExchangeRate): Json => ({
	exchange_rate_id: rate.id,
	currency_id: rate.currencyId,
	currency_code: org.currencyStore.get(rate.currencyId).code,
	effective_date: rate.effectiveDate,
	rate: rate.rate,
});

const path = '/settings/currencies';
const rates = `${path}/{}/exchangerates`;
const fields = ['currency_code', 'currency_symbol', 'price_precision', 'currency_format'];
const rateFields = ['effective_date', 'rate'];

/** Currencies and their exchange rates; methods, paths and messages after Zoho's OpenAPI file currency.yml. */
export const currencyRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path,
		scope: 'settings.READ',
		query: [...paging, 'filter_by'],
		answer: (call) => {
			const { rows, page_context } = page(call, [...call.org.currencyStore.byId.values()]);
			const { sort_column: _column, sort_order: _order, ...context } = page_context;
			return success({
				currencies: rows.map((currency) => row(call.org, currency)),
				page_context: { ...context, report_name: 'Currencies' },
			});
		},
	},
	{
		method: 'POST',
		path,
		scope: 'settings.CREATE',
		fields,
		answer: (call) => {
			const currency = call.org.currencyStore.create(call.body());
			return success({ currency: shownCurrency(call.org, currency) }, 'The currency has been added.', 201);
		},
	},
	{
		method: 'GET',
		path: `${path}/{}`,
		scope: 'settings.READ',
		answer: (call) => success({ currency: shownCurrency(call.org, call.org.currencyStore.get(id(call))) }),
	},
	{
		method: 'PUT',
		path: `${path}/{}`,
		scope: 'settings.UPDATE',
		fields,
		answer: (call) => {
			const currency = call.org.currencyStore.update(id(call), call.body());
			return success({ currency: shownCurrency(call.org, currency) }, 'Currency information has been saved.');
		},
	},
	{
		method: 'DELETE',
		path: `${path}/{}`,
		scope: 'settings.DELETE',
		answer: (call) => {
			call.org.currencyStore.remove(id(call));
			return success({}, 'The currency has been deleted.');
		},
	},
	{
		method: 'GET',
		path: rates,
		scope: 'settings.READ',
		query: [...paging, 'from_date', 'is_current_date', 'sort_column'],
		answer: (call) => {
			const own = call.org.currencyStore.ratesOf(call.org.currencyStore.get(id(call)).id).reverse();
			return success({ exchange_rates: own.map((rate) => shownRate(call.org, rate)) });
		},
	},
	{
		method: 'POST',
		path: rates,
		scope: 'settings.CREATE',
		fields: rateFields,
		// The file says that the answer is the rate's number, not the rate.
		answer: (call) => {
			const { rate } = call.org.currencyStore.saveRate(id(call), call.body());
			return success({ exchange_rate: rate }, 'The exchange rate has been added.', 201);
		},
	},
	{
		method: 'GET',
		path: `${rates}/{}`,
		scope: 'settings.READ',
		answer: (call) => success({ exchange_rate: call.org.currencyStore.rate(id(call), id(call, 1)).rate }),
	},
	{
		method: 'PUT',
		path: `${rates}/{}`,
		scope: 'settings.UPDATE',
		fields: rateFields,
		answer: (call) => {
			call.org.currencyStore.saveRate(id(call), call.body(), id(call, 1));
			return success({}, 'The exchange rate has been updated.');
		},
	},
	{
		method: 'DELETE',
		path: `${rates}/{}`,
		scope: 'settings.DELETE',
		answer: (call) => {
			call.org.currencyStore.removeRate(id(call), id(call, 1));
			return success({}, 'Exchange rate successfully deleted.');
		},
	},
];
