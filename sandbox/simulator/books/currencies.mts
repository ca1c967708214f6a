import { invalid, refuse } from './errors.mts';
import { booksDate, readDay } from './times.mts';
import { type Json, readText, readValue } from './values.mts';

export interface Currency {
	id: string;
	code: string;
	symbol: string;
	name: string;
	/** Decimals of its amounts. */
	places: number;
}

/** From a day on, so many units of the base currency for one of the other. */
export interface ExchangeRate {
	id: string;
	currencyId: string;
	effectiveDate: string;
	rate: number;
}

const known: ReadonlyArray<readonly [code: string, symbol: string, name: string]> = [
	['USD', '$', 'United States Dollar'],
	['EUR', '€', 'Euro'],
	['INR', '₹', 'Indian Rupee'],
	['GBP', '£', 'Pound Sterling'],
	['AUD', '$', 'Australian Dollar'],
	['CAD', '$', 'Canadian Dollar'],
	['JPY', '¥', 'Japanese Yen'],
	['CNY', '¥', 'Yuan Renminbi'],
	['SAR', 'SAR', 'Saudi Riyal'],
	['AED', 'AED', 'UAE Dirham'],
	['KWD', 'KWD', 'Kuwaiti Dinar'],
];

/** Decimals that ISO 4217 gives a currency. */
const usualPlaces = (code: string) =>
	new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
		.maximumFractionDigits ?? 2;

/** What currencies need of the organization. */
export interface CurrencySurroundings {
	now(): number;
	newId(): string;
	readonly timeZone: string;
	/** Whether a document or payment is in it. */
	isUsed(currencyId: string): boolean;
}

/** Currencies and exchange rates of one organization: https://www.zoho.com/books/api/v3/currency */
export class CurrencyStore {
	readonly byId = new Map<string, Currency>();
	readonly base: Currency;
	rates: ExchangeRate[] = [];
	readonly #org: CurrencySurroundings;

	/** @param rates units of the base currency for one of the other, by its code */
	constructor(org: CurrencySurroundings, baseCode: string, rates: Readonly<Record<string, number>> = {}) {
		this.#org = org;
		for (const [code, symbol, name] of known) this.#add(code, symbol, name);
		for (const code of [baseCode, ...Object.keys(rates)]) if (!this.#find(code)) this.#add(code, code, code);
		const base = this.#find(baseCode);
		if (!base) throw new Error(`There is no currency ${baseCode}.`);
		this.base = base;
		const effectiveDate = booksDate(org.now(), org.timeZone);
		for (const [code, rate] of Object.entries(rates)) {
			const currencyId = this.#find(code)?.id ?? '';
			this.rates.push({ id: org.newId(), currencyId, effectiveDate, rate });
		}
	}

	get(id: string): Currency {
		return this.byId.get(id) ?? refuse(404, 1002, 'Currency does not exist.');
	}

	withCode(code: string): Currency | undefined {
		return this.#find(code.toUpperCase());
	}

	create(body: Json): Currency {
		const code = readText('currency_code', body['currency_code']).toUpperCase();
		if (!/^[A-Z]{3}$/.test(code)) return invalid('currency_code');
		if (this.#find(code)) refuse(400, 1004, `The currency "${code}" already exists.`);
		const currency = this.#add(code, code, code);
		this.#set(currency, body);
		return currency;
	}

	update(id: string, body: Json): Currency {
		const currency = this.get(id);
		this.#set(currency, body);
		return currency;
	}

	remove(id: string): void {
		const currency = this.get(id);
		if (currency === this.base || this.#org.isUsed(id))
			refuse(400, 1005, `The currency "${currency.code}" is in use and cannot be deleted.`);
		this.byId.delete(id);
		this.rates = this.rates.filter(({ currencyId }) => currencyId !== id);
	}

	/** The rate of a day: the last that was set by then; before the first one that one; 1 where none is known. */
	rateOn(id: string, day: string): number {
		if (id === this.base.id) return 1;
		const own = this.ratesOf(id);
		return (own.findLast(({ effectiveDate }) => effectiveDate <= day) ?? own[0])?.rate ?? 1;
	}

	/** Oldest first. */
	ratesOf(id: string): ExchangeRate[] {
		return this.rates
			.filter(({ currencyId }) => currencyId === id)
			.sort((a, b) => a.effectiveDate.localeCompare(b.effectiveDate));
	}

	/** A new rate, or a changed one; a second one of the same day takes the first one's place. */
	saveRate(currencyId: string, body: Json, rateId?: string): ExchangeRate {
		if (this.get(currencyId) === this.base) invalid('currency_id');
		const before = rateId === undefined ? undefined : this.rate(currencyId, rateId);
		const effectiveDate =
			readDay('effective_date', body['effective_date']) ||
			before?.effectiveDate ||
			booksDate(this.#org.now(), this.#org.timeZone);
		const rate = readValue('rate', { kind: 'number' }, body['rate'] ?? before?.rate);
		if (typeof rate !== 'number' || rate <= 0) return invalid('rate');
		const saved = { id: before?.id ?? this.#org.newId(), currencyId, effectiveDate, rate };
		this.rates = this.rates.filter(
			(other) =>
				other.id !== saved.id && (other.currencyId !== currencyId || other.effectiveDate !== effectiveDate),
		);
		this.rates.push(saved);
		return saved;
	}

	rate(currencyId: string, rateId: string): ExchangeRate {
		return (
			this.ratesOf(this.get(currencyId).id).find(({ id }) => id === rateId) ??
			refuse(404, 1002, 'Exchange rate does not exist.')
		);
	}

	removeRate(currencyId: string, rateId: string): void {
		const gone = this.rate(currencyId, rateId);
		this.rates = this.rates.filter((rate) => rate !== gone);
	}

	#find(code: string): Currency | undefined {
		return [...this.byId.values()].find((currency) => currency.code === code);
	}

	#add(code: string, symbol: string, name: string): Currency {
		const currency = {
			id: this.#org.newId(),
			code,
			symbol,
			name: `${code}- ${name}`,
			places: usualPlaces(code),
		};
		this.byId.set(currency.id, currency);
		return currency;
	}

	#set(currency: Currency, body: Json): void {
		if ('currency_symbol' in body)
			currency.symbol = readText('currency_symbol', body['currency_symbol']) || invalid('currency_symbol');
		if (!('price_precision' in body)) return;
		const places = readValue('price_precision', { kind: 'number' }, body['price_precision']);
		currency.places =
			typeof places === 'number' && [0, 2, 3].includes(places) ? places : invalid('price_precision');
	}
}
