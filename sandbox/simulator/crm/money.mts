import type { TenantOptions } from '../types.mts';
import { type Edition, includes } from './modules.mts';
import type { Value } from './store.mts';

export interface CrmCurrency {
	id: string;
	isoCode: string;
	/** Units of it for one unit of the home currency. */
	rate: number;
	places: number;
	active: boolean;
}

export interface CrmTax {
	id: string;
	name: string;
	/** Per cent. */
	value: number;
	sequence: number;
}

/** Decimals that ISO 4217 gives a currency. */
const usualPlaces = (isoCode: string) =>
	new Intl.NumberFormat('en', { style: 'currency', currency: isoCode }).resolvedOptions()
		.maximumFractionDigits ?? 2;

/** Taxes and currencies of an organization. Several currencies start at Enterprise; below, those of the options are passed over. */
export class MoneySettings {
	readonly home: CrmCurrency;
	/** Empty unless the organization has several. */
	readonly currencies: readonly CrmCurrency[];
	taxes: CrmTax[];

	constructor(newId: () => string, edition: Edition, options: NonNullable<TenantOptions['crm']>) {
		const rows = includes(edition, 'enterprise') ? (options.currencies ?? []) : [];
		const homeCode = options.currency ?? rows.find((row) => row.exchange_rate === 1)?.iso_code ?? 'USD';
		const read = (row: {
			iso_code: string;
			exchange_rate: number;
			decimal_places?: number;
			is_active?: boolean;
		}) => ({
			id: newId(),
			isoCode: row.iso_code,
			rate: row.exchange_rate,
			places: row.decimal_places ?? usualPlaces(row.iso_code),
			active: row.is_active ?? true,
		});
		const named = rows.find((row) => row.iso_code === homeCode);
		this.home = read({ iso_code: homeCode, ...named, exchange_rate: 1 });
		const others = rows.filter((row) => row.iso_code !== homeCode).map(read);
		this.currencies = others.length ? [this.home, ...others] : [];
		this.taxes = (options.taxes ?? []).map((tax, index) => ({ ...tax, id: newId(), sequence: index + 1 }));
	}

	/** Decimals of a record's amounts. */
	places(code: Value | undefined): number {
		return this.#of(code).places;
	}

	rate(code: Value | undefined): number {
		return this.#of(code).rate;
	}

	/** Codes that a record may be written in. */
	get usable(): string[] {
		return this.currencies.filter(({ active }) => active).map(({ isoCode }) => isoCode);
	}

	tax(name: string): CrmTax | undefined {
		return this.taxes.find((tax) => tax.name === name);
	}

	#of(code: Value | undefined): CrmCurrency {
		return this.currencies.find(({ isoCode }) => isoCode === code) ?? this.home;
	}
}
