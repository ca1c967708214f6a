/**
 * Exact decimal arithmetic. A decimal is a bigint in units of 10^-12; an amount is a bigint in minor units of its currency
 * (cents where it has two decimals). Money never passes through a floating-point operation.
 */

import type { Json } from '../types';

/** In units of 10^-12. */
export type Decimal = bigint;
/** In minor units of its currency. */
export type Amount = bigint;

const scale = 12;
const one = 10n ** BigInt(scale);

/** A JSON number or numeric text; undefined for anything else. Digits beyond the twelfth decimal are rounded off. */
export function decimalOf(value: Json): Decimal | undefined {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text);
	if (!parts) return undefined;
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
	if (whole + fraction === '') return undefined;
	const digits = BigInt(whole + fraction);
	const shift = scale - fraction.length + Number(exponent);
	const units = shift >= 0 ? digits * 10n ** BigInt(shift) : divided(digits, 10n ** BigInt(-shift));
	return sign === '-' ? -units : units;
}

/** Quotient, rounded half away from zero, as people round money. `by` is positive. */
export function divided(value: bigint, by: bigint): bigint {
	const half = by / 2n;
	return value < 0n ? -((-value + half) / by) : (value + half) / by;
}

/** A decimal as an amount of a currency with that many decimals. */
export function toAmount(value: Decimal, places: number): Amount {
	return divided(value, 10n ** BigInt(scale - places));
}

/** A JSON value as an amount; 0 for a blank. */
export function amountOf(value: Json, places: number): Amount {
	return toAmount(decimalOf(value) ?? 0n, places);
}

/** Product of two decimals as an amount. */
export function product(one_: Decimal, other: Decimal, places: number): Amount {
	return divided(one_ * other, 10n ** BigInt(2 * scale - places));
}

/** So many per cent of an amount. */
export function percent(amount: Amount, percentage: Decimal): Amount {
	return divided(amount * percentage, one * 100n);
}

/** An amount divided by a decimal: the price of one. */
export function perUnit(amount: Amount, quantity: Decimal): Amount {
	return quantity === 0n ? 0n : sign(quantity) * divided(amount * one, quantity < 0n ? -quantity : quantity);
}

function sign(value: bigint): bigint {
	return value < 0n ? -1n : 1n;
}

export function absolute(value: bigint): bigint {
	return value < 0n ? -value : value;
}

/** Does the decimal have no more decimals than that? */
export function fits(value: Decimal, places: number): boolean {
	return value % 10n ** BigInt(scale - places) === 0n;
}

/** As a JSON number. Amounts of up to 15 digits are the number that a person would write. */
export function numberFrom(amount: Amount, places: number): number {
	return Number(textFrom(amount, places));
}

export function textFrom(amount: Amount, places: number): string {
	const digits = absolute(amount)
		.toString()
		.padStart(places + 1, '0');
	const split = digits.length - places;
	const fraction = places > 0 ? `.${digits.slice(split)}` : '';
	return `${amount < 0n ? '-' : ''}${digits.slice(0, split)}${fraction}`;
}

/** A decimal as a person writes it: without trailing zeros. */
export function wordsOf(value: Decimal): string {
	return textFrom(value, scale).replace(/\.?0+$/, '');
}

/** An amount as a decimal. */
export function fromAmount(amount: Amount, places: number): Decimal {
	return amount * 10n ** BigInt(scale - places);
}

/**
 * Decimals of a currency after ISO 4217: 2 for most, none for JPY, 3 for KWD; 2 for a code that nobody knows.
 */
export function usualPlaces(code: string): number {
	try {
		return (
			new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
				.maximumFractionDigits ?? 2
		);
	} catch {
		return 2;
	}
}

/** Shares of a sum in proportion to weights, whose sum is exact: the largest remainders get what is left over. */
export function shares(sum: Amount, weights: Amount[]): Amount[] {
	const total = weights.reduce((all, weight) => all + weight, 0n);
	if (total === 0n) return weights.map((_, index) => (index === 0 ? sum : 0n));
	const floors = weights.map((weight) => (sum * weight) / total);
	let left = sum - floors.reduce((all, share) => all + share, 0n);
	const step = left < 0n ? -1n : 1n;
	const order = weights
		.map((weight, index) => ({ index, rest: absolute((sum * weight) % total) }))
		.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
	for (const { index } of order) {
		if (left === 0n) break;
		floors[index] = (floors[index] ?? 0n) + step;
		left -= step;
	}
	return floors;
}
