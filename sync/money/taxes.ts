/** Taxes of Books lines by name and rate, groups split into what they consist of. */

import { isObject } from '../fields';
import type { Json, JsonObject } from '../types';
import { decimalOf, divided, wordsOf, type Decimal } from './decimal';
import type { NamedTax } from './types';

export const listOf = (value: Json): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
export const textOf = (value: Json): string =>
	typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

/** Taxes of a line; where they cannot be told, none and why. */
export interface LineTaxes {
	taxes: NamedTax[];
	problem?: string;
}

interface Part {
	name: string;
	rate: Decimal | undefined;
	amount: Decimal;
}

/** CRM allows a name once, whatever its case. */
export function taxKey(name: string): string {
	return name.trim().toLowerCase();
}

/** `VAT (19%)` → name and rate; a name without a rate has none. Recorded documents name the parts of a line's tax like this. */
function split(name: string): { name: string; rate?: Decimal } {
	const found = /^(.*\S)\s*\((\d+(?:\.\d+)?)\s*%\)$/.exec(name);
	const rate = found ? decimalOf(found[2]) : undefined;
	return found && rate !== undefined ? { name: found[1] ?? name, rate } : { name };
}

function partOf(row: JsonObject): Part {
	const { name, rate } = split(textOf(row.tax_name));
	return { name, rate: decimalOf(row.tax_percentage) ?? rate, amount: decimalOf(row.tax_amount) ?? 0n };
}

/**
 * The taxes of one line. A single tax has the line's `tax_percentage`; those of a group are told by `line_item_taxes`, whose names hold the rates. Parts of equal amounts have equal rates. A tax of
 * 0 % changes no amount and is left out.
 */
export function taxesOf(line: JsonObject): LineTaxes {
	const whole = decimalOf(line.tax_percentage);
	const own = textOf(line.tax_name);
	const parts = listOf(line.line_item_taxes).map(partOf);
	const [only, ...others] = parts;
	if (others.length === 0) {
		const name = only?.name || own;
		const rate = whole || only?.rate || 0n;
		if (rate === 0n) return { taxes: [] };
		return name === ''
			? { taxes: [], problem: `A tax of ${wordsOf(rate)} % has no name.` }
			: { taxes: [named(name, rate)] };
	}
	return ofGroup(own, whole, parts, line);
}

function ofGroup(own: string, whole: Decimal | undefined, parts: Part[], line: JsonObject): LineTaxes {
	const group = `The tax "${own || parts.map(({ name }) => name).join(' + ')}"`;
	const equal = parts.every(({ amount }) => amount === parts[0]?.amount);
	const share = equal && whole !== undefined ? divided(whole, BigInt(parts.length)) : undefined;
	const rates = parts.map(({ rate }) => rate ?? share);
	if (rates.some((rate) => rate === undefined) || parts.some(({ name }) => name === '')) {
		return { taxes: [], problem: `${group} does not tell the rates of the taxes that it consists of.` };
	}
	const sum = rates.reduce<Decimal>((all, rate) => all + (rate ?? 0n), 0n);
	const isCompound = [line, ...listOf(line.line_item_taxes)].some(
		({ tax_type: type }) => type === 'compound_tax',
	);
	if (isCompound || (whole !== undefined && sum !== whole)) {
		const told = parts.map(({ name }, index) => `${name} ${wordsOf(rates[index] ?? 0n)} %`).join(', ');
		return {
			taxes: [],
			problem: `${group}${whole === undefined ? '' : ` of ${wordsOf(whole)} %`} taxes other taxes (${told}). CRM calculates each tax from the price alone, so it cannot be told of such a one.`,
		};
	}
	const taxes = parts.map(({ name }, index) => named(name, rates[index] ?? 0n));
	return { taxes: taxes.filter(({ percentage }) => percentage !== 0) };
}

function named(name: string, rate: Decimal): NamedTax {
	return { name, percentage: Number(wordsOf(rate)) };
}

/** The tax on shipping as a line has it. Where it does not tell the parts of its group, a line with the same tax does. */
export function shippingTaxOf(invoice: JsonObject): JsonObject {
	const name = textOf(invoice.shipping_charge_tax_name);
	const id = textOf(invoice.shipping_charge_tax_id);
	const parts = listOf(invoice.shipping_charge_taxes);
	const twin = listOf(invoice.line_items).find(
		(line) => (id !== '' && textOf(line.tax_id) === id) || (name !== '' && textOf(line.tax_name) === name),
	);
	const names = listOf(twin?.line_item_taxes).map((part) => ({ ...part, tax_amount: 0 }));
	return {
		tax_name: name,
		tax_type: invoice.shipping_charge_tax_type,
		tax_percentage: invoice.shipping_charge_tax_percentage,
		line_item_taxes: parts.length > 0 ? parts : names,
	};
}
